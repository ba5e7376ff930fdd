//! What was erased still stands in the file, and in the log beside it, until the log is written back whole and cut off.
//! Whoever reads an older state of the book keeps both from happening. Owns that debt: it is a row of the book, written
//! in the change that erases, so that neither a restart nor another program forgets it.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::keep::indexing;
use crate::book::rows::entry::Entry;
use crate::book::rows::{in_zone, journal, zone_of};
use crate::now::{Now, Wall};
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::time::Duration;

/// The row that says since when the file is to be wiped, and the journal's last line when something was erased last.
const OWED: &str = "to_wipe";

/// A reader that is there now may be there for minutes: a copy reads at its leisure.
const TRIED_EVERY: Duration = Duration::from_secs(2);

impl Book {
    /// Since when something that was erased has stood in the file or in its log; none: nothing does.
    ///
    /// # Errors
    /// The book failed.
    pub fn unwiped_since(&self, now: Now) -> Result<Option<Wall>, BookError> {
        Ok(since(&self.connection)?.map(|since| in_zone(since, zone_of(&now))))
    }

    /// Wipes the file, where something was erased and a reader kept that from being done at once: every two seconds, and
    /// without waiting for anybody.
    ///
    /// # Errors
    /// The book failed; it is tried again.
    pub fn wipe_again(&mut self, now: Now) -> Result<(), BookError> {
        if now.tick < self.wipes_from || owed(&self.connection)?.is_none() {
            return Ok(());
        }
        self.wipes_from = now.tick.after(TRIED_EVERY);
        let patience =
            self.connection.pragma_query_value(None, "busy_timeout", |row| row.get::<_, u32>(0))?;
        self.connection.busy_timeout(Duration::ZERO)?;
        let wiped = self.wipe(now);
        self.connection.busy_timeout(Duration::from_millis(patience.into()))?;
        match wiped {
            // Somebody is writing.
            Err(BookError::Busy) => Ok(()),
            wiped => wiped.map(drop),
        }
    }

    /// Wipes the file of all that was erased, and says so in the journal; whether nothing of it is left. Waits for a
    /// reader for as long as this book waits for anybody.
    ///
    /// # Errors
    /// The book failed.
    pub fn wipe(&mut self, now: Now) -> Result<bool, BookError> {
        let Some(debt) = owed(&self.connection)? else { return Ok(true) };
        // It holds words of whoever was erased since.
        if indexing::is_older_there(&self.connection)? {
            return Ok(false);
        }
        // With secure_delete the pages are overwritten in the log; they are in the file once the log is written back,
        // and what stood in the log is gone once that is cut off.
        let busy: bool =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Ok(false);
        }
        let change = self.change(now)?;
        // What somebody has erased in the meantime is still owed.
        let is_paid = change.execute("DELETE FROM house WHERE name = ? AND value = ?", [OWED, &debt])? == 1;
        if is_paid {
            change.log(&Entry::Wiped, "")?;
        }
        let is_wiped = owed(&change)?.is_none();
        change.commit()?;
        Ok(is_wiped)
    }

    /// The same after a change that has erased something, which stays erased whatever happens here.
    pub(in crate::book) fn wipe_soon(&mut self, now: Now) {
        match self.wipe(now) {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!("a reader keeps what was erased in the book's file; it is wiped later")
            }
            Err(problem) => tracing::warn!("the book's file is wiped later: {problem}"),
        }
    }
}

/// Notes within a change that it erases something.
pub(in crate::book) fn owe(change: &Transaction<'_>, now: Now) -> Result<(), BookError> {
    let since = since(change)?.unwrap_or(now.millis());
    // Every change that erases writes a line: no two of them note the same.
    let line = journal::last(change)?.map_or(0, |(line, _)| line);
    change.execute(
        "INSERT INTO house (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [OWED, &format!("{since} {line}")],
    )?;
    Ok(())
}

/// Since when something has been owed, UTC milliseconds.
pub(in crate::book) fn since(connection: &Connection) -> Result<Option<i64>, BookError> {
    let owed = owed(connection)?;
    Ok(owed.map(|owed| owed.split_whitespace().next().and_then(|at| at.parse().ok()).unwrap_or(0)))
}

fn owed(connection: &Connection) -> Result<Option<String>, BookError> {
    let mut owed = connection.prepare_cached("SELECT value FROM house WHERE name = ?")?;
    Ok(owed.query_row([OWED], |row| row.get(0)).optional()?)
}
