//! Scans that meant nothing here: when the last ones were, and how many characters of each kind they had. Never what was
//! read, which may be anybody's.

use crate::book::Book;
use crate::book::error::BookError;
use crate::now::Now;
use crate::visit::Shape;
use rusqlite::{Connection, OptionalExtension};

/// So many of them are a pattern …
const PATTERN: usize = 3;

/// … when they lie within ten minutes, in milliseconds.
const WITHIN: i64 = 10 * 60 * 1000;

/// After a day, in milliseconds, nobody asks any more.
const SHOWN_FOR: i64 = 24 * 3600 * 1000;

impl Book {
    /// A scan meant nothing.
    ///
    /// # Errors
    /// The book failed; nothing was noted.
    pub fn scan_was_strange(&mut self, shape: Shape, now: Now) -> Result<(), BookError> {
        let mut scans = noted(&self.connection)?;
        scans.push((now.millis(), shape));
        let scans = &scans[scans.len().saturating_sub(PATTERN)..];
        let value = serde_json::to_string(scans).map_err(|why| BookError::Corrupt(why.to_string()))?;
        let change = self.writing()?;
        change.execute(
            "INSERT INTO house (name, value) VALUES ('strange_scans', ?)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [value],
        )?;
        Ok(change.commit()?)
    }

    /// A scan meant something: the scanner is as it should be.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn scan_was_right(&mut self) -> Result<(), BookError> {
        if noted(&self.connection)?.is_empty() {
            return Ok(());
        }
        let change = self.writing()?;
        change.execute("DELETE FROM house WHERE name = 'strange_scans'", [])?;
        Ok(change.commit()?)
    }

    /// The shape of the last of several strange scans within some minutes, if there were so many since the last right one.
    ///
    /// # Errors
    /// The book failed.
    pub fn strange_scans(&self, now: Now) -> Result<Option<Shape>, BookError> {
        strange(&self.connection, now)
    }
}

/// The same of a book that is only looked at.
pub(in crate::book) fn strange(connection: &Connection, now: Now) -> Result<Option<Shape>, BookError> {
    let scans = noted(connection)?;
    let [(first, _), .., (last, shape)] = scans.as_slice() else { return Ok(None) };
    let is_pattern = scans.len() == PATTERN && last - first <= WITHIN;
    Ok(Some(*shape).filter(|_| is_pattern && (now.millis() - last).abs() <= SHOWN_FOR))
}

/// Oldest first. What cannot be read was noted by another version.
fn noted(connection: &Connection) -> Result<Vec<(i64, Shape)>, BookError> {
    let mut noted = connection.prepare_cached("SELECT value FROM house WHERE name = 'strange_scans'")?;
    let value: Option<String> = noted.query_row([], |row| row.get(0)).optional()?;
    Ok(value.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default())
}
