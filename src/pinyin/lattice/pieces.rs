//! What a few letters may be in one piece: a character, a word, a surname, a guess.

use super::{Lattice, PIECE};
use crate::pinyin::lexicon::{Lexicon, Scored, Syllable};

/// So many characters and words of one span are followed.
const BRANCHES: usize = 8;
/// The cost of guessing a syllable from its first letter.
const INITIAL: i32 = 130_000;

/// What a piece is in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Surname,
    Given,
    /// A sound of a name that is no Chinese one.
    Sound,
    Other,
}

pub(super) struct Piece {
    pub text: String,
    pub score: i32,
    pub role: Role,
    pub guessed: bool,
}

impl Lattice {
    /// All that the letters from here to there may be as one piece.
    pub(super) fn pieces(&self, from: usize, to: usize, lexicon: &Lexicon) -> Vec<Piece> {
        let letters = &self.letters[from..to];
        let mut pieces = Vec::new();
        let mut add =
            |text: String, score: i32, role: Role| pieces.push(Piece { text, score, role, guessed: false });
        let one = lexicon.syllable(letters).filter(|_| !self.crosses_cut(from, to));
        if let Some(syllable) = one {
            for (c, score) in syllable.characters.iter().take(BRANCHES) {
                add(c.to_string(), *score, Role::Other);
            }
            if self.names {
                for (c, score) in syllable.surnames.iter().take(BRANCHES) {
                    add(c.to_string(), *score, Role::Surname);
                }
                for (c, score) in syllable.given.iter().take(BRANCHES) {
                    add(c.to_string(), *score, Role::Given);
                }
                for (c, score) in syllable.transcribed.iter().take(BRANCHES) {
                    add(c.to_string(), *score, Role::Sound);
                }
            }
        }
        for (word, score) in self.words(from, to, lexicon).into_iter().take(BRANCHES) {
            add(word, score, Role::Other);
        }
        if self.names && self.syllables(from, to, 2, lexicon).is_some() {
            for (name, score) in lexicon.compound_surnames(letters) {
                add(name.clone(), *score, Role::Surname);
            }
        }
        if one.is_none() && self.is_initial(from, to) {
            pieces.extend(self.unfinished(letters, INITIAL, lexicon));
        }
        if from + 1 == to && one.is_none() {
            // Whatever is typed has a way, and be it as it is.
            pieces.push(Piece { text: letters.to_owned(), score: -PIECE, role: Role::Other, guessed: true });
        }
        pieces
    }

    fn is_initial(&self, from: usize, to: usize) -> bool {
        let initial = matches!(&self.letters[from..to], "zh" | "ch" | "sh") || from + 1 == to;
        initial && !self.crosses_cut(from, to)
    }

    /// The likeliest characters of the syllables that only begin with these letters.
    pub(super) fn unfinished(&self, letters: &str, cost: i32, lexicon: &Lexicon) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut top = |role: Role, list: fn(&Syllable) -> &[Scored<char>]| {
            let begun = lexicon.beginning(letters).flat_map(|(_, syllable)| list(syllable).iter().take(4));
            let mut begun: Vec<_> = begun.copied().collect();
            begun.sort_by_key(|(c, score)| (-score, *c));
            begun.truncate(BRANCHES / 2);
            pieces.extend(begun.into_iter().map(|(c, score)| Piece {
                text: c.to_string(),
                score: score - cost,
                role,
                guessed: true,
            }));
        };
        top(Role::Other, |syllable| &syllable.characters);
        if self.names {
            top(Role::Surname, |syllable| &syllable.surnames);
            top(Role::Given, |syllable| &syllable.given);
        }
        pieces
    }
}
