//! What was not done, or of which nobody saw the end: what staff have to do by hand.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::errands::{self, Row};
use crate::book::rows::in_zone;
use crate::book::rules::relevance;
use crate::errand::{State, Trouble, Work};
use crate::now::Wall;
use rusqlite::{Connection, params};

/// More are not looked at: whoever finds so many begins with the newest.
const MOST: i64 = 200;

/// An errand that was not done.
#[derive(Clone, Debug)]
pub struct Failure {
    /// When it was given up.
    pub at: Wall,
    /// What was to be done.
    pub work: Work,
    /// Why it was not.
    pub why: Trouble,
    /// Nobody saw the end: it may be done all the same.
    pub is_unknown: bool,
}

impl Book {
    /// What was not done and nobody has settled, newest first.
    ///
    /// # Errors
    /// The book failed.
    pub fn failures(&self) -> Result<Vec<Failure>, BookError> {
        failures(&self.connection, 0)
    }
}

/// Those that were given up since then, UTC milliseconds.
pub(in crate::book) fn failures(connection: &Connection, since: i64) -> Result<Vec<Failure>, BookError> {
    let condition = "state IN ('failed', 'unknown') AND settled = 0 AND changed >= ?
                     ORDER BY changed DESC, id DESC LIMIT ?";
    let mut failures = Vec::new();
    for row in errands::rows(connection, condition, params![since, MOST])? {
        let (why, is_unknown) = match row.state {
            State::Failed(why) => (why, false),
            State::Unknown(why) => (why, true),
            State::Queued(_) | State::Sending | State::Done(_) => continue,
        };
        // What is over had not to be done any more.
        if why == Trouble::Late && relevance::is_over(connection, &row)? {
            continue;
        }
        let Row { work, changed, zone, .. } = row;
        failures.push(Failure { at: in_zone(changed, zone), work, why, is_unknown });
    }
    Ok(failures)
}
