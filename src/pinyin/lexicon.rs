//! What a syllable may be written as, and how common each is. Owns the dictionaries; composes nothing.

use super::known::Known;
use super::names;
use super::readings::{readings, typed};
use super::spelling::{self, beginnings, spellings};
use inputx_pinyin::PinyinDict;
use pinyin::ToPinyin;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

/// The blocks of Han characters, up to Extension H.
const HAN: std::ops::Range<u32> = 0x3007..0x323B0;
/// A reading that only the second dictionary knows is that much rarer than the character's main one.
const SIDE_READING: i32 = 15_000;
/// The letters of a syllable, `zhuang` being the longest.
pub(super) const LONGEST_SYLLABLE: usize = 6;

/// Dictionaries, ready for look-ups. Building one takes some 20 ms.
pub struct Lexicon {
    words: PinyinDict,
    syllables: BTreeMap<&'static str, Syllable>,
    compound_surnames: HashMap<String, Vec<(String, i32)>>,
    known: Known,
    organisations: Known,
    shows: fn(char) -> bool,
}

/// A character or a word with how common it is: 5,000 more for each factor of e.
pub(super) type Scored<T> = (T, i32);

/// What one syllable may be.
#[derive(Debug, Default)]
pub(super) struct Syllable {
    /// Every character that is read so and can be shown, most common first.
    pub characters: Vec<Scored<char>>,
    /// Those that are surnames when read so.
    pub surnames: Vec<Scored<char>>,
    /// Those that names of other peoples are written with.
    pub transcribed: Vec<Scored<char>>,
    /// All of them again, by how common they are in given names.
    pub given: Vec<Scored<char>>,
}

impl Lexicon {
    /// A lexicon of what can be shown, which also knows `known`: hosts, departments, companies.
    pub fn new(shows: fn(char) -> bool, known: impl IntoIterator<Item = String>) -> Self {
        let mut lexicon = Self {
            words: PinyinDict::embedded(),
            syllables: BTreeMap::new(),
            compound_surnames: HashMap::new(),
            known: Known::new(known, shows),
            organisations: Known::new(names::organisations(), shows),
            shows,
        };
        lexicon.take_characters();
        lexicon.take_names();
        lexicon
    }

    fn take_characters(&mut self) {
        let han = HAN.filter_map(char::from_u32).filter(|c| (self.shows)(*c));
        let read: Vec<(char, &str)> =
            han.flat_map(|c| readings(c).map(move |reading| (c, reading))).collect();
        let mut common: HashMap<(&str, char), i32> = HashMap::new();
        let mut main: HashMap<char, i32> = HashMap::new();
        let mut found = Vec::new();
        for (_, reading) in &read {
            if self.syllables.insert(reading, Syllable::default()).is_some() {
                continue;
            }
            self.words.lookup_with_freq_into(reading, &mut found);
            for (word, score) in &found {
                if let Some(c) = only(word) {
                    let score = i32::try_from(*score).unwrap_or(i32::MAX);
                    common.insert((reading, c), score);
                    let best = main.entry(c).or_default();
                    *best = score.max(*best);
                }
            }
        }
        for (c, reading) in read {
            let side = || main.get(&c).map(|score| (score - SIDE_READING).max(unheard(c)));
            let score = common.get(&(reading, c)).copied().or_else(side).unwrap_or_else(|| unheard(c));
            self.syllables.entry(reading).or_default().characters.push((c, score));
        }
        for syllable in self.syllables.values_mut() {
            syllable.characters.sort_by_key(|(c, score)| (-score, *c));
        }
    }

    fn take_names(&mut self) {
        let given: HashMap<char, i32> = names::given().collect();
        for (reading, syllable) in &mut self.syllables {
            // The characters of words come after those of names, in their own order.
            let in_names = |c: char, score: i32| {
                let elsewhere = score / 4;
                given.get(&c).map_or(elsewhere, |score| {
                    let mut usual = names::given_readings(c).peekable();
                    let read_so = match usual.peek() {
                        Some(_) => usual.any(|usual| usual == *reading),
                        None => c.to_pinyin().is_some_and(|first| typed(first.plain()) == *reading),
                    };
                    if read_so { *score } else { (score - SIDE_READING).max(elsewhere) }
                })
            };
            syllable.given =
                syllable.characters.iter().map(|(c, score)| (*c, in_names(*c, *score))).collect();
            syllable.given.sort_by_key(|(c, score)| (-score, *c));
        }
        for part in names::surnames() {
            let Some(c) = only(part.text).filter(|c| (self.shows)(*c)) else { continue };
            let usual = || c.to_pinyin().map(|reading| typed(reading.plain()));
            let Some(reading) = part.reading.or_else(usual) else { continue };
            if let Some(syllable) = self.syllables.get_mut(reading) {
                syllable.surnames.push((c, part.score));
                // Some readings live on in surnames alone.
                if syllable.characters.iter().all(|(known, _)| *known != c) {
                    syllable.characters.push((c, 0));
                    syllable.given.push((c, 0));
                }
            }
        }
        for (c, score) in names::transcribed().filter(|(c, _)| (self.shows)(*c)) {
            let usual = c.to_pinyin().and_then(|reading| self.syllables.get_mut(typed(reading.plain())));
            usual.into_iter().for_each(|syllable| syllable.transcribed.push((c, score)));
        }
        for part in names::compound_surnames() {
            let Some(reading) = part.reading.filter(|_| part.text.chars().all(self.shows)) else { continue };
            let letters = reading.replace('\'', "");
            self.compound_surnames.entry(letters).or_default().push((part.text.to_owned(), part.score));
        }
        for names in self.compound_surnames.values_mut() {
            names.sort_by_key(|(_, score)| -score);
        }
    }

    pub(super) fn is_syllable(&self, letters: &str) -> bool {
        self.syllables.contains_key(spelling::syllable(letters))
    }

    pub(super) fn syllable(&self, letters: &str) -> Option<&Syllable> {
        self.syllables.get(spelling::syllable(letters))
    }

    /// The syllables that begin with these letters but are longer.
    pub(super) fn beginning<'a>(
        &'a self,
        letters: &'a str,
    ) -> impl Iterator<Item = (&'static str, &'a Syllable)> {
        self.syllables
            .range::<str, _>((Bound::Excluded(letters), Bound::Unbounded))
            .take_while(move |(longer, _)| longer.starts_with(letters))
            .map(|(reading, syllable)| (*reading, syllable))
            .chain(
                spelling::begun(letters)
                    .filter_map(move |reading| Some((reading, self.syllables.get(reading)?))),
            )
    }

    pub(super) fn compound_surnames(&self, letters: &str) -> &[Scored<String>] {
        let found = spellings(letters).into_iter().find_map(|letters| self.compound_surnames.get(&letters));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// The words of two characters and more with exactly these letters, most common first.
    pub(super) fn words(&self, letters: &str) -> Vec<Scored<String>> {
        let organisations = self.organisations.exactly(letters).into_iter();
        let mut words: Vec<_> = organisations.map(|word| (word.clone(), names::ORGANISATION)).collect();
        let mut found = Vec::new();
        for letters in spellings(letters) {
            self.words.lookup_with_freq_into(&letters, &mut found);
            let found = found.drain(..).filter(|(word, _)| self.is_word(word));
            words.extend(found.map(|(word, score)| (word, i32::try_from(score).unwrap_or(i32::MAX))));
        }
        words
    }

    /// The most common words that begin with these letters and go on, at most `most`.
    pub(super) fn longer_words(&self, letters: &str, most: usize) -> Vec<Scored<String>> {
        let mut best: Vec<Scored<String>> = Vec::new();
        for letters in beginnings(letters) {
            self.words.prefix_for_each(&letters, |code, word, score| {
                let score = i32::try_from(score).unwrap_or(i32::MAX);
                let low = best.last().filter(|_| best.len() == most).map_or(i32::MIN, |(_, score)| *score);
                if code.len() > letters.len() && score > low && self.is_word(word) {
                    best.truncate(most.saturating_sub(1));
                    let at = best.partition_point(|(_, other)| *other >= score);
                    best.insert(at, (word.to_owned(), score));
                }
            });
        }
        best
    }

    fn is_word(&self, word: &str) -> bool {
        word.chars().nth(1).is_some() && word.chars().all(self.shows)
    }

    /// How much more likely `next` is after `before`: 0 to 50,000.
    pub(super) fn together(&self, before: &str, next: &str) -> i32 {
        self.words.bigram_boost(Some(before), next) as i32
    }
}

fn only(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// For what no text of the dictionary's sources held: the older the block, the less rare.
fn unheard(c: char) -> i32 {
    match u32::from(c) {
        _ if names::is_standard(c) => 2500,
        0x4E00..=0x9FFF => 2000,
        0x3400..=0x4DBF => 1000,
        _ => 500,
    }
}
