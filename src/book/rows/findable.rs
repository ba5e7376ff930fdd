//! What visits are found by: the words of their names and companies, how these sound, and marks for badge, host, type,
//! day and month. Owns the index of it, which is written in the change that writes the visit, and how it is asked; what
//! was erased is in it no more. An index that is made anew is made in slices, the newest visits first.

use crate::book::error::BookError;
use crate::pinyin::keys::{self, COMPANY_LETTERS, Piece};
use crate::visit::Visit;
use chrono::{Datelike, NaiveDate};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The keys of longer ids of hosts and types are hashed.
const LONG_KEY: usize = 12;

/// What is asked of the index. Nothing in it is empty.
#[derive(Clone, Debug)]
pub(in crate::book) enum Asked {
    All(Vec<Asked>),
    Any(Vec<Asked>),
    /// This is one of a visit's marks.
    Mark(String),
    /// One of its marks begins so.
    MarkBegins(String),
    /// These signs stand together in a name or a company.
    Signs(Vec<char>),
    /// A word, or how something sounds, begins so.
    Word(String),
}

impl Asked {
    /// The question for SQLite.
    pub fn question(&self) -> String {
        let joined = |all: &[Self], with: &str| {
            format!("({})", all.iter().map(Self::question).collect::<Vec<_>>().join(with))
        };
        match self {
            Self::All(all) => joined(all, " AND "),
            Self::Any(all) => joined(all, " OR "),
            Self::Mark(mark) => format!("\"{mark}\""),
            Self::MarkBegins(mark) => format!("\"{mark}\" *"),
            Self::Signs(signs) if signs.len() == 1 => format!("\"{}\" *", signs[0]),
            Self::Signs(signs) => {
                let pairs = signs.windows(2).map(|pair| format!("\"{}{}\"", pair[0], pair[1]));
                format!("({})", pairs.collect::<Vec<_>>().join(" AND "))
            }
            Self::Word(word) => match cut(word) {
                // A company's sounds are kept so far.
                Some(begins) => format!("(\"{word}\" * OR \"{begins}\")"),
                None => format!("\"{word}\" *"),
            },
        }
    }

    /// Whether the index may find more than was asked for.
    pub fn is_loose(&self) -> bool {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().any(Self::is_loose),
            Self::Signs(signs) => signs.len() > 2,
            Self::Word(word) => cut(word).is_some(),
            Self::Mark(_) | Self::MarkBegins(_) => false,
        }
    }

    /// Whether a visit is what was asked for.
    pub fn fits(&self, visit: &Visit) -> bool {
        self.is_in(visit, &words(visit))
    }

    fn is_in(&self, visit: &Visit, words: &BTreeSet<String>) -> bool {
        let begins = |asked: &str| words.iter().any(|word| word.starts_with(asked));
        match self {
            Self::All(all) => all.iter().all(|one| one.is_in(visit, words)),
            Self::Any(all) => all.iter().any(|one| one.is_in(visit, words)),
            Self::Mark(mark) => words.contains(mark),
            Self::MarkBegins(mark) => begins(mark),
            Self::Signs(signs) => texts(visit).any(|text| {
                keys::pieces(text).iter().any(|piece| match piece {
                    Piece::Signs(all) => all.windows(signs.len()).any(|some| some == signs),
                    Piece::Word(_) => false,
                })
            }),
            Self::Word(word) => begins(word) || cut(word).is_some() && keys::spells(company(visit), word),
        }
    }
}

/// The beginning of a word that is longer than a company's sounds are kept.
fn cut(word: &str) -> Option<&str> {
    word.char_indices().nth(COMPANY_LETTERS).map(|(end, _)| &word[..end])
}

fn company(visit: &Visit) -> &str {
    visit.details.company.as_ref().map(|company| company.as_str()).unwrap_or_default()
}

fn texts(visit: &Visit) -> impl Iterator<Item = &str> {
    [visit.details.name.as_str(), company(visit)].into_iter()
}

/// All that a visit is found by.
fn words(visit: &Visit) -> BTreeSet<String> {
    let mut words = keys::keys(visit.details.name.as_str());
    words.extend(keys::company_keys(company(visit)));
    for piece in texts(visit).flat_map(keys::pieces) {
        match piece {
            // Each with the one after it: signs that stand together are found without their places.
            Piece::Signs(signs) => {
                words.extend((0..signs.len()).map(|at| signs[at..].iter().take(2).collect::<String>()));
            }
            Piece::Word(word) => {
                words.insert(word);
            }
        }
    }
    words.extend([
        badge(&visit.badge.to_string()),
        key('h', &visit.host_id),
        day(visit.arrived.date_naive()),
        month(visit.arrived.year(), visit.arrived.month()),
    ]);
    words.extend(visit.kind.as_ref().map(|kind| key('k', &kind.id)));
    words
}

/// A badge's number as a mark; no word of anybody's begins as marks do.
pub(in crate::book) fn badge(number: &str) -> String {
    format!("_b{}", number.to_lowercase())
}

/// A key of the company's own, as one mark: `h` of a host, `k` of a type of visit.
pub(in crate::book) fn key(what: char, key: &str) -> String {
    if key.len() <= LONG_KEY {
        return format!("_{what}{}", HEXLOWER.encode(key.as_bytes()));
    }
    format!("_{what}{}", HEXLOWER.encode(&Sha256::digest(key)[..LONG_KEY]))
}

pub(in crate::book) fn day(day: NaiveDate) -> String {
    day.format("_d%Y%m%d").to_string()
}

pub(in crate::book) fn month(year: i32, month: u32) -> String {
    format!("_m{year:04}{month:02}")
}

/// Writes what a visit is found by, instead of what it was found by before. To be called in the change that registers
/// or corrects it.
pub(in crate::book) fn index(change: &Connection, visit: &Visit) -> Result<(), BookError> {
    let row: Option<i64> = change
        .prepare_cached("SELECT rowid FROM visits WHERE id = ?")?
        .query_row([visit.id.0.to_string()], |row| row.get(0))
        .optional()?;
    let Some(row) = row else { return Ok(()) };
    change.prepare_cached("DELETE FROM findable WHERE rowid = ?")?.execute([row])?;
    let words = words(visit).into_iter().collect::<Vec<_>>().join(" ");
    change
        .prepare_cached("INSERT INTO findable (rowid, words) VALUES (?, ?)")?
        .execute(params![row, words])?;
    Ok(())
}
