//! How likely a character is in a name, on the scale of the dictionary: 5,000 for each factor of e.

use super::names_data::{
    COMPOUND_SURNAMES, GIVEN, GIVEN_READINGS, ORGANISATIONS, STANDARD, SURNAMES, TRANSCRIBED,
};

/// The most common surname, the most common compound one, the most common character
/// of a given name.
const TOP_SURNAME: f64 = 60_000.0;
const TOP_COMPOUND: f64 = 52_000.0;
const TOP_GIVEN: f64 = 50_000.0;
/// The most common character of a name that is no Chinese one.
const TOP_TRANSCRIBED: f64 = 40_000.0;
/// How slowly a rank's share falls: common names differ less than common words.
const FLAT: f64 = 12.0;
/// How much likelier two characters of a word are together than apart.
pub(super) const WORD_LUCK: i32 = 40_000;
/// How common a word of an organisation is.
pub(super) const ORGANISATION: i32 = 30_000;

/// A name's part with how it is read and how common it is.
pub(super) struct Part {
    pub text: &'static str,
    /// Syllables joined by `'`; none: as the character is usually read.
    pub reading: Option<&'static str>,
    pub score: i32,
}

fn score(top: f64, rank: usize) -> i32 {
    (top - 5000.0 * ((rank as f64 + FLAT) / FLAT).ln()) as i32
}

fn listed(list: &'static str, top: f64) -> impl Iterator<Item = Part> {
    list.split_whitespace().enumerate().map(move |(rank, entry)| {
        let (text, reading) = entry.split_once(':').map_or((entry, None), |(text, read)| (text, Some(read)));
        Part { text, reading, score: score(top, rank) }
    })
}

pub(super) fn surnames() -> impl Iterator<Item = Part> {
    listed(SURNAMES, TOP_SURNAME)
}

pub(super) fn compound_surnames() -> impl Iterator<Item = Part> {
    listed(COMPOUND_SURNAMES, TOP_COMPOUND)
}

fn ranked(list: &'static str, top: f64) -> impl Iterator<Item = (char, i32)> {
    list.chars().enumerate().map(move |(rank, c)| (c, score(top, rank)))
}

/// The characters of given names with their scores.
pub(super) fn given() -> impl Iterator<Item = (char, i32)> {
    ranked(GIVEN, TOP_GIVEN)
}

/// The characters of names that are no Chinese ones.
pub(super) fn transcribed() -> impl Iterator<Item = (char, i32)> {
    ranked(TRANSCRIBED, TOP_TRANSCRIBED)
}

/// How a character is read in given names, where that is not its usual reading.
pub(super) fn given_readings(c: char) -> impl Iterator<Item = &'static str> {
    GIVEN_READINGS.split_whitespace().filter_map(move |entry| entry.strip_prefix(c)?.strip_prefix(':'))
}

pub(super) fn organisations() -> impl Iterator<Item = String> {
    ORGANISATIONS.split_whitespace().map(str::to_owned)
}

/// Whether a rare character is one that names have.
pub(super) fn is_standard(c: char) -> bool {
    STANDARD.contains(c)
}
