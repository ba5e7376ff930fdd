//! Roll calls: who is on site when one begins, in the order of the paper, and what is known of each. Owns the
//! order and the pages; lays nothing out, and needs neither network nor printer: the list stands in the book.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::roll_papers::line;
use crate::book::rows::rolls::{HEAD, Head, RollId, head, marks, newest_pages, open_head};
use crate::errand::{ErrandId, RollLine, State};
use crate::now::Wall;
use crate::visit::{Host, VisitId};
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;

/// A roll call as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// Its key.
    pub id: RollId,
    /// When it was called.
    pub at: Wall,
    /// It is a drill.
    pub drill: bool,
    /// Who called it.
    pub by: String,
    /// When it was ended.
    pub ended: Option<Wall>,
    /// When its list was last put out: printed, or mailed.
    pub issued: Wall,
    /// Everyone who was on site when it was called, in the order of the paper, and behind them whoever has come since.
    pub people: Vec<Called>,
}

/// What came of holding down the button in the lobby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A roll was called.
    Called,
    /// Somebody is ticking people off: that roll goes on, with its ticks, and its list was put out anew.
    GoesOn,
    /// The list was put out less than two minutes ago: nothing new was.
    Nothing,
}

/// One person of a roll call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Their visit.
    pub visit: VisitId,
    /// What the paper says of them; the place is 0 for whoever came after the roll was called and stands on no paper.
    pub line: RollLine,
    /// Safe, or missing; none: not known yet.
    pub safe: Option<bool>,
    /// Who said so; empty where it is not known.
    pub by: String,
    /// When that was said.
    pub marked: Option<Wall>,
    /// When they left, where they have.
    pub left: Option<Wall>,
    /// They were signed out by number alone, and nobody has said whether it is so.
    pub doubted: bool,
    /// They came after the roll was called.
    pub since: bool,
}

impl Called {
    /// Whether nobody has to look for them.
    pub fn is_accounted_for(&self) -> bool {
        self.safe == Some(true) || (self.left.is_some() && !self.doubted)
    }
}

/// A roll call of before, without its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRoll {
    /// Its key.
    pub id: RollId,
    /// When it was called.
    pub at: Wall,
    /// It is a drill.
    pub drill: bool,
    /// Who called it; empty: whoever stood before the kiosk.
    pub by: String,
    /// When it was ended.
    pub ended: Wall,
    /// How many people were on site when it was called.
    pub people: usize,
    /// How many of them were said to be safe.
    pub safe: usize,
}

/// How the newest print of one page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollPrint {
    /// The page, from 1.
    pub page: u32,
    /// Its errand.
    pub errand: ErrandId,
    /// How that stands.
    pub state: State,
}

impl Book {
    pub(in crate::book) fn hosts_by_id(&self) -> Result<HashMap<String, Host>, BookError> {
        Ok(self.hosts()?.into_iter().map(|host| (host.id.clone(), host)).collect())
    }

    /// One roll call, as it stands now.
    ///
    /// # Errors
    /// The book failed.
    pub fn roll(&self, id: RollId) -> Result<Option<Roll>, BookError> {
        let found = self
            .connection
            .prepare_cached(&format!("{HEAD} WHERE id = ?"))?
            .query_row([id.0.to_string()], |row| Ok(head(row)))
            .optional()?
            .transpose()?;
        found.map(|head| self.as_it_stands(head)).transpose()
    }

    /// The roll call that is open.
    ///
    /// # Errors
    /// The book failed.
    pub fn open_roll(&self) -> Result<Option<Roll>, BookError> {
        open_head(&self.connection)?.map(|head| self.as_it_stands(head)).transpose()
    }

    /// The last roll calls that are over, newest first, at most so many.
    ///
    /// # Errors
    /// The book failed.
    pub fn rolls(&self, most: usize) -> Result<Vec<PastRoll>, BookError> {
        let mut over = self
            .connection
            .prepare_cached(&format!("{HEAD} WHERE ended IS NOT NULL ORDER BY rowid DESC LIMIT ?"))?;
        let mut rows = over.query([i64::try_from(most).unwrap_or(i64::MAX)])?;
        let mut rolls = Vec::new();
        while let Some(row) = rows.next()? {
            let Head { id, at, drill, by, ended, .. } = head(row)?;
            let Some(ended) = ended else { continue };
            let count = |column: &str| -> Result<usize, BookError> {
                Ok(usize::try_from(row.get::<_, Option<i64>>(column)?.unwrap_or(0)).unwrap_or(0))
            };
            let (people, safe) = (count("people")?, count("safe")?);
            rolls.push(PastRoll { id, at, drill, by, ended, people, safe });
        }
        Ok(rolls)
    }

    fn as_it_stands(&self, head: Head) -> Result<Roll, BookError> {
        let hosts = self.hosts_by_id()?;
        let marks = marks(&self.connection, head.id)?;
        let until = head.ended.map_or(i64::MAX, |ended| ended.timestamp_millis());
        // Whoever was called, whoever came after, and whoever came back with the badge of an earlier visit.
        let visits = self.visits(
            "id IN (SELECT visit FROM roll_marks WHERE roll = ?1) OR (arrived > ?2 AND arrived <= ?3)
             OR (?4 AND \"left\" IS NULL) ORDER BY rowid",
            params![head.id.0.to_string(), head.at.timestamp_millis(), until, head.ended.is_none()],
        )?;
        let mut people: Vec<Called> = visits
            .into_iter()
            .map(|visit| {
                let mark = marks.get(&visit.id);
                let place = mark.map_or(0, |mark| mark.place);
                Called {
                    visit: visit.id,
                    line: line(&visit, hosts.get(&visit.host_id), place, &self.reception),
                    safe: mark.and_then(|mark| mark.safe),
                    by: mark.map(|mark| mark.by.clone()).unwrap_or_default(),
                    marked: mark
                        .and_then(|mark| mark.at)
                        .map(|at| crate::now::wall_from_millis(at, &head.at)),
                    left: visit.left,
                    doubted: visit.doubted,
                    since: place == 0,
                }
            })
            .collect();
        people.sort_by_key(|called| (called.line.place == 0, called.line.place));
        let Head { id, at, drill, by, ended, issued, .. } = head;
        Ok(Roll { id, at, drill, by, ended, issued, people })
    }

    /// How the newest print of each page of the newest list stands, in the order of the pages.
    ///
    /// # Errors
    /// The book failed.
    pub fn roll_pages(&self, roll: RollId) -> Result<Vec<RollPrint>, BookError> {
        let mut prints: Vec<RollPrint> = Vec::new();
        for (errand, page, state) in newest_pages(&self.connection, roll)? {
            let print = RollPrint { page: page.page, errand, state };
            match prints.iter_mut().find(|earlier| earlier.page == print.page) {
                Some(earlier) => *earlier = print,
                None => prints.push(print),
            }
        }
        prints.sort_by_key(|print| print.page);
        Ok(prints)
    }
}
