//! The one switch for an emergency.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::now::Now;
use rusqlite::OptionalExtension;

impl Book {
    /// Whether there is an emergency, and what is to be said besides; empty: what is configured.
    ///
    /// # Errors
    /// The book failed.
    pub fn emergency(&self) -> Result<Option<String>, BookError> {
        let mut said = self.connection.prepare_cached("SELECT value FROM house WHERE name = 'emergency'")?;
        Ok(said.query_row([], |row| row.get(0)).optional()?)
    }

    /// An emergency begins, with a word that may be empty, or is over.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn set_emergency(&mut self, word: Option<&str>, by: &str, now: Now) -> Result<(), BookError> {
        let change = self.change_by(by, now)?;
        change.execute("DELETE FROM house WHERE name = 'emergency'", [])?;
        if let Some(word) = word {
            change.execute("INSERT INTO house (name, value) VALUES ('emergency', ?)", [word])?;
        }
        change.log(&Entry::Emergency { on: word.is_some(), by: change.by() }, "")?;
        Ok(change.commit()?)
    }
}
