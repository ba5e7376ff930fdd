//! What a run of letters may mean: every way to cut it into syllables and those into characters, words
//! and names, best first. Grows and shrinks at its end, as letters are typed and erased.

mod pieces;

use super::lexicon::{LONGEST_SYLLABLE, Lexicon, Scored};
use super::names;
use pieces::{Piece, Role};

/// Letters of the longest word that is looked up.
const LONGEST_WORD: usize = 24;
/// The longest run of letters.
pub(super) const LONGEST: usize = 96;
/// So many ways to write the letters so far are followed.
const FOLLOWED: usize = 20;

/// What each further piece costs, so that one word beats its characters one by one.
const PIECE: i32 = 100_000;
/// The cost of what does not look like a part of a name.
const ODD_IN_NAME: i32 = 45_000;
/// A third character of a given name, and each one after.
const LONG_GIVEN: i32 = 15_000;
/// The cost of guessing the last syllable from its first letters.
const UNFINISHED: i32 = 60_000;
/// What is known here comes before what is not.
const KNOWN: i32 = 80_000;
/// The part of the dictionary's bonus for two characters that often stand together, in a given name, and for
/// which characters it is given.
const TOGETHER_IN_NAME: i32 = 4;
const USUAL_IN_NAME: i32 = 25_000;

/// Where in a name the next letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// At its beginning, where a surname is likely.
    Start,
    /// After the surname and so many characters of the given name.
    Given(u8),
    /// No name, or none of the usual form.
    Free,
}

/// One way to write the letters up to a position.
#[derive(Clone, Debug)]
struct Way {
    score: i32,
    stage: Stage,
    /// The position and the way there that this goes on from.
    from: (usize, usize),
    /// The last piece.
    piece: String,
    /// Whether a syllable is only guessed from its first letter.
    guessed: bool,
}

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    start: Stage,
    names: bool,
    letters: String,
    /// Positions at which a `'` was typed.
    cuts: Vec<usize>,
    /// The ways to each position, best first.
    columns: Vec<Vec<Way>>,
    /// For each position, the positions that whole syllables lead to from there (a bit each).
    reached: Vec<u128>,
    /// As the last of `columns`, but the last syllable need not be finished.
    ends: Vec<Way>,
}

impl Lattice {
    pub fn new(start: Stage, names: bool) -> Self {
        let root = Way { score: 0, stage: start, from: (0, 0), piece: String::new(), guessed: false };
        Self {
            start,
            names,
            letters: String::new(),
            cuts: Vec::new(),
            columns: vec![vec![root]],
            reached: vec![0],
            ends: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.letters.len()
    }

    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// The letters with the marks between syllables as they were typed.
    pub fn typed(&self, from: usize, to: usize) -> String {
        let mut typed = String::new();
        for (at, letter) in self.letters.char_indices().skip(from).take(to - from) {
            typed.push(letter);
            if self.cuts.contains(&(at + 1)) {
                typed.push('\'');
            }
        }
        typed
    }

    pub fn is_cut(&self, at: usize) -> bool {
        self.cuts.contains(&at)
    }

    pub fn cut(&mut self) {
        if self.len() > 0 && !self.is_cut(self.len()) {
            self.cuts.push(self.len());
        }
    }

    /// One more letter, `a` to `z`.
    pub fn push(&mut self, letter: char, lexicon: &Lexicon) {
        self.letters.push(letter);
        self.grow(lexicon);
    }

    /// The last letter, or the mark behind it, goes.
    pub fn pop(&mut self, lexicon: &Lexicon) {
        if self.cuts.last() == Some(&self.len()) {
            self.cuts.pop();
            return;
        }
        self.letters.pop();
        self.columns.truncate(self.len() + 1);
        self.reached.truncate(self.len() + 1);
        let kept = !(u128::MAX << self.columns.len());
        self.reached.iter_mut().for_each(|reached| *reached &= kept);
        self.finish(lexicon);
    }

    fn grow(&mut self, lexicon: &Lexicon) {
        let end = self.len();
        self.reached.push(0);
        for from in (end.saturating_sub(LONGEST_SYLLABLE)..end).rev() {
            if self.is_syllable(from, end, lexicon) {
                let bit = 1 << end;
                for (at, reached) in self.reached.iter_mut().enumerate().take(from + 1) {
                    if at == from || *reached & (1 << from) != 0 {
                        *reached |= bit;
                    }
                }
            }
        }
        let mut ways = Vec::new();
        for from in end.saturating_sub(LONGEST_WORD)..end {
            let pieces = self.pieces(from, end, lexicon);
            self.follow(from, &pieces, lexicon, &mut ways);
        }
        self.columns.push(best(ways));
        self.finish(lexicon);
    }

    /// What is at the end, with a last syllable that is not finished.
    fn finish(&mut self, lexicon: &Lexicon) {
        let end = self.len();
        let mut ways = self.columns[end].clone();
        for from in end.saturating_sub(LONGEST_SYLLABLE)..end {
            if !self.crosses_cut(from, end) && !self.is_cut(end) {
                let pieces = self.unfinished(&self.letters[from..end], UNFINISHED, lexicon);
                self.follow(from, &pieces, lexicon, &mut ways);
            }
        }
        self.ends = if end == 0 { Vec::new() } else { best(ways) };
    }

    fn crosses_cut(&self, from: usize, to: usize) -> bool {
        self.cuts.iter().any(|cut| from < *cut && *cut < to)
    }

    fn is_syllable(&self, from: usize, to: usize, lexicon: &Lexicon) -> bool {
        lexicon.is_syllable(&self.letters[from..to]) && !self.crosses_cut(from, to)
    }

    /// Where the syllables end if these letters are so many; none if they cannot be.
    pub fn syllables(&self, from: usize, to: usize, count: usize, lexicon: &Lexicon) -> Option<Vec<usize>> {
        if count == 0 || from >= to {
            return (count == 0 && from == to).then(Vec::new);
        }
        for next in (from + 1..=to.min(from + LONGEST_SYLLABLE)).rev() {
            if self.is_syllable(from, next, lexicon)
                && let Some(mut ends) = self.syllables(next, to, count - 1, lexicon)
            {
                ends.insert(0, next);
                return Some(ends);
            }
        }
        None
    }

    /// Whether what follows `at` can be syllables too, the last one perhaps unfinished.
    pub fn goes_on(&self, at: usize, lexicon: &Lexicon) -> bool {
        let end = self.len();
        let whole = |from: usize, to: usize| from == to || self.reached[from] & (1 << to) != 0;
        let begun = |from: usize| {
            let letters = &self.letters[from..end];
            !self.crosses_cut(from, end) && lexicon.beginning(letters).next().is_some()
        };
        whole(at, end) || (at..end).any(|from| whole(at, from) && begun(from))
    }

    /// Words of several characters that these letters are, most common first.
    pub fn words(&self, from: usize, to: usize, lexicon: &Lexicon) -> Vec<Scored<String>> {
        if self.reached[from] & (1 << to) == 0 {
            return Vec::new();
        }
        let letters = &self.letters[from..to];
        let known = lexicon.known().exactly(letters).into_iter().map(|text| (text.clone(), KNOWN));
        let fits = |word: &String| self.syllables(from, to, word.chars().count(), lexicon).is_some();
        let words = lexicon.words(letters).into_iter().filter(|(word, _)| fits(word));
        known.chain(words).collect()
    }

    /// Goes on from the ways to `from` with each of these pieces.
    fn follow(&self, from: usize, pieces: &[Piece], lexicon: &Lexicon, ways: &mut Vec<Way>) {
        for (number, way) in self.columns[from].iter().enumerate() {
            for piece in pieces {
                let Some((stage, cost)) = self.step(way.stage, piece) else { continue };
                let together = match (way.piece.is_empty(), piece.role, way.stage) {
                    (true, ..) => 0,
                    // Words that stand together say nothing of a name, its own characters do.
                    (_, Role::Given, Stage::Given(1..)) if piece.score >= USUAL_IN_NAME => {
                        lexicon.together(&way.piece, &piece.text) / TOGETHER_IN_NAME
                    }
                    _ if self.names => 0,
                    _ => lexicon.together(&way.piece, &piece.text),
                };
                ways.push(Way {
                    score: way.score + piece.score + together - cost,
                    stage,
                    from: (from, number),
                    piece: piece.text.clone(),
                    guessed: way.guessed || piece.guessed,
                });
            }
        }
    }

    /// Where in a name one is after this piece, and what that costs.
    fn step(&self, stage: Stage, piece: &Piece) -> Option<(Stage, i32)> {
        if !self.names {
            return (piece.role == Role::Other).then_some((Stage::Free, PIECE));
        }
        let size = i32::try_from(piece.text.chars().count()).unwrap_or(i32::MAX / PIECE);
        // A word of several characters has had its luck only once.
        let together = (PIECE - names::WORD_LUCK) * (size - 1) + PIECE;
        match (stage, piece.role) {
            (Stage::Start, Role::Surname) => Some((Stage::Given(0), together)),
            (Stage::Given(count), Role::Given) => {
                let long = if count >= 2 { LONG_GIVEN } else { 0 };
                Some((Stage::Given(count + 1), PIECE + long))
            }
            (Stage::Start | Stage::Free, Role::Sound) => Some((Stage::Free, PIECE)),
            (_, Role::Other) => Some((Stage::Free, together + ODD_IN_NAME)),
            _ => None,
        }
    }

    /// The best ways to write all letters, each once.
    pub fn whole(&self) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for way in &self.ends {
            let text = self.text(way);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The best ways to write the letters up to `to` in several pieces.
    pub fn up_to(&self, to: usize) -> impl Iterator<Item = String> + '_ {
        self.columns[to].iter().filter(|way| way.from.0 > 0).map(|way| self.text(way))
    }

    fn text(&self, way: &Way) -> String {
        let (from, number) = way.from;
        let mut text = if from == 0 { String::new() } else { self.text(&self.columns[from][number]) };
        text.push_str(&way.piece);
        text
    }

    /// The letters cut into the syllables of the best way.
    pub fn segmented(&self, lexicon: &Lexicon) -> String {
        let mut marks = self.cuts.clone();
        if let Some(mut way) = self.ends.first() {
            let mut to = self.len();
            loop {
                let from = way.from.0;
                let count = way.piece.chars().count();
                marks.extend(self.syllables(from, to, count, lexicon).unwrap_or_default());
                marks.push(from);
                if from == 0 {
                    break;
                }
                (to, way) = (from, &self.columns[from][way.from.1]);
            }
        }
        let mut shown = String::new();
        for (at, letter) in self.letters.char_indices() {
            if at > 0 && marks.contains(&at) {
                shown.push('\'');
            }
            shown.push(letter);
        }
        if self.is_cut(self.len()) {
            shown.push('\'');
        }
        shown
    }

    /// The lattice of the letters from `from` on, with another beginning.
    pub fn rest(&self, from: usize, start: Stage, lexicon: &Lexicon) -> Self {
        let mut rest = Self::new(start, self.names);
        for (at, letter) in self.letters.char_indices().skip(from) {
            rest.push(letter, lexicon);
            if self.is_cut(at + 1) {
                rest.cut();
            }
        }
        rest
    }

    pub fn start(&self) -> Stage {
        self.start
    }
}

/// The best of these ways. Nothing is guessed where all can be read.
fn best(mut ways: Vec<Way>) -> Vec<Way> {
    if ways.iter().any(|way| !way.guessed) {
        ways.retain(|way| !way.guessed);
    }
    ways.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.piece.cmp(&b.piece)));
    ways.truncate(FOLLOWED);
    ways
}
