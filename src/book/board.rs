//! What reception's board shows, read at one look: who is here, who is expected, who left, what went wrong.

use super::errands::{self, Row};
use super::{Book, BookError, in_zone};
use crate::errand::{About, ErrandId, Kind, State};
use crate::now::Wall;
use crate::visit::{Invitation, Visit};
use uuid::Uuid;

/// No board shows more of one kind; the history has the rest.
const MOST: u32 = 5000;

/// Something that was to be done outside and was not, or nobody saw the end of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Troubled {
    /// Which errand.
    pub errand: ErrandId,
    /// The visit, delivery or other thing that it is for.
    pub subject: Uuid,
    /// Whose it was.
    pub kind: Kind,
    /// What a letter is about.
    pub about: Option<About>,
    /// To whom a letter was to go.
    pub to: String,
    /// How it stands.
    pub state: State,
    /// Since when.
    pub since: Wall,
}

impl Book {
    /// What failed, or what nobody saw the end of, and nobody has dealt with, as long as it matters.
    ///
    /// # Errors
    /// The book failed.
    pub fn troubles(&self) -> Result<Vec<Troubled>, BookError> {
        let condition = format!("state IN ('failed', 'unknown') AND settled = 0 ORDER BY id LIMIT {MOST}");
        let mut troubles = Vec::new();
        for row in self.rows(&condition, [])? {
            if !errands::is_over(&self.connection, &row)? {
                troubles.push(troubled(row));
            }
        }
        Ok(troubles)
    }

    /// Who is invited for a time that touches this span and has not come, earliest first.
    ///
    /// # Errors
    /// The book failed.
    pub fn invited_between(&self, from: i64, until: i64) -> Result<Vec<Invitation>, BookError> {
        self.invitations(
            &format!(
                "good_until >= ? AND good_from <= ? AND cancelled = 0 AND used_by IS NULL
                 ORDER BY good_from, id LIMIT {MOST}"
            ),
            [from, until],
        )
    }

    /// Who has left since then, last first.
    ///
    /// # Errors
    /// The book failed.
    pub fn left_since(&self, millis: i64) -> Result<Vec<Visit>, BookError> {
        self.visits(&format!("\"left\" >= ? ORDER BY \"left\" DESC LIMIT {MOST}"), [millis])
    }

    /// How many letters wait, and what keeps the oldest of them.
    ///
    /// # Errors
    /// The book failed.
    pub fn letters_waiting(&self) -> Result<(usize, Option<crate::errand::Trouble>), BookError> {
        let waiting = self.rows("state IN ('queued', 'sending') ORDER BY id", [])?;
        let letters: Vec<&Row> = waiting.iter().filter(|row| row.work.kind() == Kind::Letter).collect();
        let why = letters.iter().find_map(|row| match row.state {
            State::Queued(why) => why,
            State::Sending | State::Done(_) | State::Failed(_) | State::Unknown(_) => None,
        });
        Ok((letters.len(), why))
    }

    /// Changes whenever anything in the book does, whoever wrote it.
    ///
    /// # Errors
    /// The book failed.
    pub fn edition(&self) -> Result<(i64, u64), BookError> {
        let others = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok((others, self.connection.total_changes()))
    }
}

fn troubled(row: Row) -> Troubled {
    let letter = row.work.as_letter();
    let (about, to) = (letter.map(|letter| letter.about), letter.map(|letter| letter.to_name.clone()));
    Troubled {
        errand: ErrandId(row.id),
        subject: row.subject,
        kind: row.work.kind(),
        about,
        to: to.unwrap_or_default(),
        state: row.state,
        since: in_zone(row.changed, row.zone),
    }
}
