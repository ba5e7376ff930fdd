//! What visits are found by: the words of their names and companies, how these sound, and marks for badge, host, type,
//! day and month. Owns the index of it, which is written in the change that writes the visit, and how it is asked; what
//! was erased is in it no more. An index that is made anew is made in slices, the newest visits first.

use super::{Book, BookError, visits};
use crate::now::{Now, Tick};
use crate::pinyin::keys::{self, COMPANY_LETTERS, Piece};
use crate::visit::{Visit, VisitId};
use chrono::{Datelike, NaiveDate};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::time::Duration;

/// The row that says which visits are not in the index yet: those with a lower number than this.
const TO_INDEX: &str = "to_index";
/// What is left of the index of an older version.
const OLDER: [&str; 2] = ["old_found_content", "old_found_data"];
/// So many visits are indexed in one change, and so many pages of an older index wiped: some 10 ms.
const VISITS_AT_ONCE: i64 = 100;
const PAGES_AT_ONCE: i64 = 100;
/// So many are indexed while the book is opened, in some 50 ms.
const FEW: i64 = 500;
/// From one such change to the next.
const PAUSE: Duration = Duration::from_millis(60);
/// Not before the first page is on the screen.
pub(super) const BEGINS: Tick = Tick(Duration::from_secs(10));
/// The keys of longer ids of hosts and types are hashed.
const LONG_KEY: usize = 12;

/// What is asked of the index. Nothing in it is empty.
#[derive(Clone, Debug)]
pub(super) enum Asked {
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
pub(super) fn badge(number: &str) -> String {
    format!("_b{}", number.to_lowercase())
}

/// A key of the company's own, as one mark: `h` of a host, `k` of a type of visit.
pub(super) fn key(what: char, key: &str) -> String {
    if key.len() <= LONG_KEY {
        return format!("_{what}{}", HEXLOWER.encode(key.as_bytes()));
    }
    format!("_{what}{}", HEXLOWER.encode(&Sha256::digest(key)[..LONG_KEY]))
}

pub(super) fn day(day: NaiveDate) -> String {
    day.format("_d%Y%m%d").to_string()
}

pub(super) fn month(year: i32, month: u32) -> String {
    format!("_m{year:04}{month:02}")
}

/// Writes what a visit is found by, instead of what it was found by before. To be called in the change that registers
/// or corrects it.
pub(super) fn index(change: &Connection, visit: &Visit) -> Result<(), BookError> {
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

/// Begins the whole index anew: where there are many visits it is made by and by.
pub(super) fn begin_anew(change: &Connection) -> Result<(), BookError> {
    change.execute("DELETE FROM findable", [])?;
    change.execute("DELETE FROM house WHERE name = ?", [TO_INDEX])?;
    change.execute(
        "INSERT INTO house (name, value) SELECT ?, max(rowid) + 1 FROM visits HAVING max(rowid) > 0",
        [TO_INDEX],
    )?;
    let few = change.query_row("SELECT count(*) <= ? FROM visits", [FEW], |row| row.get(0))?;
    while few && go_on(change)? {}
    Ok(())
}

/// Whether the index of an older version still stands in the book, with words of whoever has been erased since.
pub(super) fn is_older_there(connection: &Connection) -> Result<bool, BookError> {
    OLDER.into_iter().try_fold(false, |there, table| Ok(there || is_there(connection, table)?))
}

fn is_there(connection: &Connection, table: &str) -> Result<bool, BookError> {
    let mut there =
        connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")?;
    Ok(there.exists([table])?)
}

/// Whether something is left to be done to the index.
pub(super) fn is_unfinished(connection: &Connection) -> Result<bool, BookError> {
    Ok(to_index(connection)?.is_some() || is_older_there(connection)?)
}

fn to_index(connection: &Connection) -> Result<Option<i64>, BookError> {
    let mut below = connection.prepare_cached("SELECT value FROM house WHERE name = ?")?;
    let below = below.query_row([TO_INDEX], |row| row.get::<_, String>(0)).optional()?;
    Ok(below.map(|below| below.parse().unwrap_or(i64::MAX)))
}

impl Book {
    /// Whether old visits are not in the index yet: they are found by nothing but their time.
    ///
    /// # Errors
    /// The book failed.
    pub fn is_being_indexed(&self) -> Result<bool, BookError> {
        Ok(to_index(&self.connection)?.is_some())
    }

    /// Goes on with an index that is being made anew, a little each time, once the first page is on the screen.
    ///
    /// # Errors
    /// The book failed; it is tried again.
    pub fn index_again(&mut self, now: Now) -> Result<(), BookError> {
        if self.indexes_from.is_some_and(|from| now.tick >= from) {
            self.indexes_from = self.index_some()?.then(|| now.tick.after(PAUSE));
        }
        Ok(())
    }

    /// Finishes the index now, for what must not miss any visit.
    ///
    /// # Errors
    /// The book failed.
    pub fn finish_index(&mut self) -> Result<(), BookError> {
        while self.is_being_indexed()? {
            self.index_some()?;
        }
        Ok(())
    }

    /// Writes the whole index anew; how many visits it holds then.
    ///
    /// # Errors
    /// The book failed.
    pub fn index_anew(&mut self) -> Result<usize, BookError> {
        let change = self.writing()?;
        begin_anew(&change)?;
        change.commit()?;
        while self.index_some()? {}
        let count =
            self.connection.query_row("SELECT count(*) FROM findable", [], |row| row.get::<_, i64>(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// One slice; whether there is more to do.
    fn index_some(&mut self) -> Result<bool, BookError> {
        if !is_unfinished(&self.connection)? {
            return Ok(false);
        }
        let change = self.writing()?;
        let more = go_on(&change)?;
        change.commit()?;
        Ok(more)
    }
}

/// Does a little of what is left; whether there is more.
fn go_on(change: &Connection) -> Result<bool, BookError> {
    match to_index(change)? {
        Some(below) => slice(change, below)?,
        None if is_older_there(change)? => wipe_older(change)?,
        None => {}
    }
    is_unfinished(change)
}

/// The newest of the visits that are not indexed.
fn slice(change: &Connection, below: i64) -> Result<(), BookError> {
    let mut rows =
        change.prepare_cached("SELECT rowid, id FROM visits WHERE rowid < ? ORDER BY rowid DESC LIMIT ?")?;
    let rows: Vec<(i64, String)> = rows
        .query_map([below, VISITS_AT_ONCE], |row| Ok((row.get("rowid")?, row.get("id")?)))?
        .collect::<Result<_, _>>()?;
    for (_, id) in &rows {
        let visit = uuid::Uuid::parse_str(id).ok().map(|id| visits::one(change, VisitId(id)));
        match visit.transpose() {
            Ok(Some(Some(visit))) if visit.details.name.as_str() != super::ERASED => index(change, &visit)?,
            Ok(_) => {}
            // One row that cannot be read keeps no other from being found.
            Err(BookError::Corrupt(why)) => tracing::warn!("a visit cannot be indexed: {why}"),
            Err(BookError::Sqlite(why)) if why.sqlite_error_code().is_none() => {
                tracing::warn!("a visit cannot be indexed: a column is not what it should be");
            }
            Err(problem) => return Err(problem),
        }
    }
    match rows.last() {
        Some((last, _)) if rows.len() == usize::try_from(VISITS_AT_ONCE).unwrap_or(0) => {
            change
                .execute("UPDATE house SET value = ? WHERE name = ?", params![last.to_string(), TO_INDEX])?;
        }
        _ => {
            change.execute("DELETE FROM house WHERE name = ?", [TO_INDEX])?;
        }
    }
    Ok(())
}

/// Takes away some of what is left of an older index: dropped whole, it would be overwritten whole in one change, and may
/// be nearly all of the book.
fn wipe_older(change: &Connection) -> Result<(), BookError> {
    for table in OLDER {
        if !is_there(change, table)? {
            continue;
        }
        let some = format!(
            "DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT ?)"
        );
        if change.prepare_cached(&some)?.execute([PAGES_AT_ONCE])? == 0 {
            change.execute_batch(&format!("DROP TABLE {table}"))?;
        }
        return Ok(());
    }
    Ok(())
}
