//! The journal as it is read: every line whose body was not erased. Writes nothing.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;

/// One line, as far as it was not erased.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalRecord {
    /// When it was written, UTC milliseconds.
    pub at: i64,
    /// The id of what it is about, such as a visit; may be empty.
    pub subject: String,
    /// What it tells.
    pub entry: Entry,
}

impl Book {
    /// Every entry whose body was not erased, in order.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, BookError> {
        Ok(self.told()?.into_iter().map(|told| told.entry).collect())
    }

    /// The same, with whom and when each was about: enough to tell every visit again elsewhere.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn told(&self) -> Result<Vec<JournalRecord>, BookError> {
        let mut lines = self
            .connection
            .prepare("SELECT at, subject, body FROM journal_bodies JOIN journal USING (seq) ORDER BY seq")?;
        let lines = lines.query_map([], |row| {
            Ok((row.get::<_, i64>("at")?, row.get::<_, String>("subject")?, row.get::<_, String>("body")?))
        })?;
        lines
            .map(|line| {
                let (at, subject, body) = line?;
                Ok(JournalRecord { at, subject, entry: serde_json::from_str(&body)? })
            })
            .collect()
    }
}
