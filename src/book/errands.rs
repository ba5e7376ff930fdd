//! Errands as they are asked about, and those that somebody orders at the screen.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::errands::{Row, queued, rows};
use crate::book::rows::in_zone;
use crate::errand::{About, ErrandId, Kind, Reader, State, Work};
use crate::now::{Now, Wall};
use rusqlite::OptionalExtension;
use std::time::Duration;
use uuid::Uuid;

/// Whether the paper that the printer had last was not seen to come out whole. A roll call goes before badges that were
/// wanted earlier, so it is not simply the newest; but no roll call has so many pages.
const LAST_PAPER: &str = "SELECT state <> 'done' FROM
         (SELECT state, changed FROM errands
          WHERE paper = 1 AND (state IN ('done', 'unknown') OR state = 'failed' AND why = '\"interrupted\"')
          ORDER BY rowid DESC LIMIT 1000)
     ORDER BY changed DESC, state = 'done' LIMIT 1";

/// How an errand of a visit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrandEntry {
    /// Which.
    pub id: ErrandId,
    /// Whose it is.
    pub kind: Kind,
    /// What a letter is about.
    pub about: Option<About>,
    /// Who reads it.
    pub reader: Option<Reader>,
    /// To whom a letter goes: the address, and the name in the letter's language.
    pub to: Option<(String, String)>,
    /// When it came to be.
    pub queued: Wall,
    /// How it stands.
    pub state: State,
    /// Since when.
    pub since: Wall,
}

impl Book {
    /// Somebody at the screen wants something printed or written, about no visit.
    ///
    /// # Errors
    /// The book failed; nothing was queued.
    pub fn order(&mut self, work: &Work, good_for: Duration, now: Now) -> Result<ErrandId, BookError> {
        let change = self.change(now)?;
        let id = change.queue_own(work, good_for)?;
        change.commit()?;
        Ok(id)
    }

    /// How an errand stands; none: there is no such errand.
    ///
    /// # Errors
    /// The book failed.
    pub fn errand(&self, id: ErrandId) -> Result<Option<State>, BookError> {
        Ok(self.rows("id = ?", [id.0.to_string()])?.pop().map(|row| row.state))
    }

    /// Whether a piece of paper may hang in the printer: nobody saw the end of the last that was printed, or somebody
    /// saw that it did not come out.
    ///
    /// # Errors
    /// The book failed.
    pub fn is_paper_torn(&self) -> Result<bool, BookError> {
        let torn: Option<bool> =
            self.connection.prepare_cached(LAST_PAPER)?.query_row([], |row| row.get(0)).optional()?;
        Ok(torn.unwrap_or(false))
    }

    /// How the errands of a visit or a delivery stand, in the order in which they came to be.
    ///
    /// # Errors
    /// The book failed.
    pub fn errands_of(&self, subject: impl Into<Uuid>) -> Result<Vec<ErrandEntry>, BookError> {
        let rows = self.rows("subject = ? ORDER BY rowid", [subject.into().to_string()])?;
        Ok(rows
            .into_iter()
            .map(|row| ErrandEntry {
                id: ErrandId(row.id),
                kind: row.work.kind(),
                about: row.work.as_letter().map(|letter| letter.about),
                reader: row.work.as_letter().map(|letter| letter.circumstances.reader),
                to: row.work.as_letter().map(|letter| (letter.to.clone(), letter.to_name.clone())),
                queued: in_zone(queued(row.id), row.zone),
                state: row.state,
                since: in_zone(row.changed, row.zone),
            })
            .collect())
    }

    pub(in crate::book) fn rows(
        &self,
        condition: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<Row>, BookError> {
        rows(&self.connection, condition, params)
    }
}
