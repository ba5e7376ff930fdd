//! The look-over: the whole book is read once a week, on a connection of its own. SQLite reads its structure, the journal
//! is verified, every row is compared with its sum and every visit with what the journal tells. Owns when it is done,
//! what came of it, and who hears of it; changes nothing that it looks at.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::keep::file::opened_to_look;
use crate::book::keep::verification::{Verified, verify};
use crate::book::keep::{retold, sums, versions};
use crate::book::rows::entry::Entry;
use crate::book::rows::{in_zone, zone_of};
use crate::book::rules::letters::office_letter;
use crate::errand::{About, Fault, OFFICE_GOOD_FOR, Work};
use crate::now::{Now, Wall};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The row that says when the book was looked over last, and what was found.
const LOOKED: &str = "looked_over";

/// From one look-over to the next.
const WEEK_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A date so far ahead was written while the clock was wrong.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Where more is wrong it is no use to tell each.
const MOST: usize = 40;

/// What came of the last look-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedOver {
    /// When, UTC milliseconds.
    pub at: i64,
    /// What was found; empty: all is as it was written.
    pub faults: Vec<Fault>,
}

/// Reads a whole book as it is at this moment, while others go on writing into it; what is not as it was written.
///
/// # Errors
/// [`BookError::OlderThanProgram`]: it has no sums yet; or it cannot be read at all, or is no book.
pub fn look_over(path: &Path) -> Result<Vec<Fault>, BookError> {
    let connection = opened_to_look(path)?;
    versions::current(&connection)?;
    sums::known(&connection)?;
    // One view of the book until the end: what is compared belongs together.
    connection.execute_batch("BEGIN")?;
    let mut faults = Vec::new();
    let structure: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if structure != "ok" {
        faults.push(Fault::File(structure));
    }
    for look in [chain, sums::check, retold::check] {
        match look(&connection, MOST.saturating_sub(faults.len())) {
            Ok(more) => faults.extend(more),
            // Where the structure is damaged a table may not be readable at all.
            Err(BookError::Corrupt(why)) if faults.is_empty() => faults.push(Fault::File(why)),
            Err(problem) if faults.is_empty() => return Err(problem),
            Err(_) => {}
        }
    }
    faults.truncate(MOST);
    Ok(faults)
}

fn chain(connection: &Connection, _most: usize) -> Result<Vec<Fault>, BookError> {
    Ok(match verify(connection)? {
        Verified::Whole { .. } => Vec::new(),
        Verified::Broken { line, .. } => vec![Fault::Journal(line)],
    })
}

/// Whether a week has passed since the book was looked over.
///
/// # Errors
/// It cannot be read.
pub fn wants_look_over(path: &Path, now: Now) -> Result<bool, BookError> {
    let connection = opened_to_look(path)?;
    if versions::current(&connection).is_err() {
        return Ok(false);
    }
    let due = |last: LookedOver| {
        let at = now.millis();
        last.at + WEEK_MILLIS <= at || last.at > at + DAY_MILLIS
    };
    Ok(last(&connection)?.is_none_or(due))
}

/// What came of the last look-over; none: there was none.
pub(in crate::book) fn last(connection: &Connection) -> Result<Option<LookedOver>, BookError> {
    let mut last = connection.prepare_cached("SELECT value FROM house WHERE name = ?")?;
    let last = last.query_row([LOOKED], |row| row.get::<_, String>(0)).optional()?;
    // What cannot be read was not written so: it is looked over again.
    Ok(last.and_then(|last| serde_json::from_str(&last).ok()))
}

impl Book {
    /// When the book was looked over last, and how much was not as it was written; none: it was not yet.
    ///
    /// # Errors
    /// The book failed.
    pub fn looked_over(&self, now: Now) -> Result<Option<(Wall, usize)>, BookError> {
        let last = last(&self.connection)?;
        Ok(last.map(|last| (in_zone(last.at, zone_of(&now)), last.faults.len())))
    }

    /// Notes what a look-over has found. Facilities are written to once about the same.
    ///
    /// # Errors
    /// The book failed; nothing was noted.
    pub fn note_look_over(&mut self, faults: &[Fault], now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        let before = last(&change)?.map(|last| last.faults).unwrap_or_default();
        note(&change, &LookedOver { at: now.millis(), faults: faults.to_vec() })?;
        change.log(&Entry::LookedOver { faults: faults.len() }, "")?;
        let to = change.facilities.and_then(|facilities| Some((facilities.email.clone()?, facilities.lang)));
        if let Some((to, lang)) = to
            && !faults.is_empty()
            && faults != before.as_slice()
        {
            let mut letter = office_letter(About::Damaged, to, lang, in_zone(now.millis(), zone_of(&now)));
            letter.lines = faults.iter().map(|fault| fault.sentence(lang)).collect();
            let work = Work::Letter(letter);
            change.queue_own(&work, OFFICE_GOOD_FOR)?;
        }
        Ok(change.commit()?)
    }
}

fn note(change: &Transaction<'_>, looked: &LookedOver) -> Result<(), BookError> {
    change.execute(
        "INSERT INTO house (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [LOOKED, &serde_json::to_string(looked)?],
    )?;
    Ok(())
}
