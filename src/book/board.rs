//! What reception's board shows, read at one look: who is here, who is expected, who left, what went wrong.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::errands::Row;
use crate::book::rows::in_zone;
use crate::book::rows::visits::came_back;
use crate::book::rules::relevance;
use crate::errand::{About, ErrandId, Kind, Letter, State};
use crate::now::Wall;
use crate::visit::{Asked, Invitation, Visit, VisitId};
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
    /// To whom a letter was to go; where they have no name, their address.
    pub to: String,
    /// The visitor whom a letter names; may be empty.
    pub visitor: String,
    /// What a letter calls the visit, the parcels or the complaint; may be empty.
    pub number: String,
    /// How it stands.
    pub state: State,
    /// Since when.
    pub since: Wall,
}

/// Somebody was asked whether a visitor who waits may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// About whom.
    pub visit: VisitId,
    /// As whom they were asked.
    pub asked: Asked,
    /// Who they are; empty: reception.
    pub to: String,
    /// How the mail stands.
    pub state: State,
    /// Since when.
    pub since: Wall,
}

impl Book {
    /// Who was asked about those who wait, in order.
    ///
    /// # Errors
    /// The book failed.
    pub fn questions(&self) -> Result<Vec<Question>, BookError> {
        let asked = self.rows(
            "subject IN (SELECT id FROM visits WHERE \"left\" IS NULL AND admission LIKE '{\"waiting\"%')
             ORDER BY rowid",
            [],
        )?;
        let question = |row: Row| {
            let letter = row.work.as_letter()?;
            let About::MayCome(asked) = letter.about else { return None };
            Some(Question {
                visit: VisitId(row.subject),
                asked,
                to: letter.to_name.clone(),
                state: row.state,
                since: in_zone(row.changed, row.zone),
            })
        };
        Ok(asked.into_iter().filter_map(question).collect())
    }

    /// Who of those who wait had left and is back, with when they came back.
    ///
    /// # Errors
    /// The book failed.
    pub fn back_and_waiting(&self) -> Result<Vec<(VisitId, Wall)>, BookError> {
        let waiting = self.visits("\"left\" IS NULL AND admission LIKE '{\"waiting\"%'", [])?;
        let mut back = Vec::new();
        for visit in waiting {
            back.extend(came_back(&self.connection, &visit)?.map(|at| (visit.id, at)));
        }
        Ok(back)
    }

    /// When the book was last copied; none: it was not, or that is long ago.
    ///
    /// # Errors
    /// The book failed.
    pub fn last_copy(&self) -> Result<Option<Wall>, BookError> {
        let copied = "work ->> 'kind' = 'backup' AND state = 'done' ORDER BY rowid DESC LIMIT 1";
        Ok(self.rows(copied, [])?.pop().map(|row| in_zone(row.changed, row.zone)))
    }

    /// What failed, or what nobody saw the end of, and nobody has dealt with, as long as it matters.
    ///
    /// # Errors
    /// The book failed.
    pub fn troubles(&self) -> Result<Vec<Troubled>, BookError> {
        let condition = format!("state IN ('failed', 'unknown') AND settled = 0 ORDER BY id LIMIT {MOST}");
        let mut troubles = Vec::new();
        for row in self.rows(&condition, [])? {
            if !relevance::is_over(&self.connection, &row)? {
                troubles.push(troubled(row));
            }
        }
        Ok(troubles)
    }

    /// Who is invited for a time that touches this span and may still come: earliest first, and those too who have come
    /// and come again on other days.
    ///
    /// # Errors
    /// The book failed.
    pub fn invited_between(&self, from: i64, until: i64) -> Result<Vec<Invitation>, BookError> {
        self.invitations(
            &format!(
                "good_until >= ? AND good_from <= ? AND cancelled = 0 AND (days <> 0 OR used_by IS NULL)
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
    let text = |text: fn(&Letter) -> &str| letter.map(text).unwrap_or_default().to_owned();
    let is_office = letter.is_some_and(|letter| matches!(letter.about, About::Seal));
    Troubled {
        errand: ErrandId(row.id),
        subject: row.subject,
        kind: row.work.kind(),
        about: letter.map(|letter| letter.about),
        to: text(Letter::name_or_address),
        visitor: text(|letter| &letter.visitor),
        // The seal counts lines of the journal.
        number: if is_office { String::new() } else { text(|letter| &letter.number) },
        state: row.state,
        since: in_zone(row.changed, row.zone),
    }
}
