//! How a book stands, looked at without changing it.

use crate::book::error::BookError;
use crate::book::failures::failures;
use crate::book::keep::file::{opened_to_look, quick_check};
use crate::book::keep::lock::is_in_use;
use crate::book::keep::versions::{MIGRATIONS, known, version};
use crate::book::keep::{chores, look_over, wiping};
use crate::book::{Book, LookedOver, scans};
use crate::now::{Now, Wall};
use crate::visit::{Invitation, Shape};
use rusqlite::Connection;
use std::path::Path;

/// A day.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What `doctor` sees in a book without changing it.
#[derive(Clone, Debug)]
pub struct BookStatus {
    /// How many hosts.
    pub hosts: i64,
    /// How many invitations.
    pub invitations: i64,
    /// Visits that have not left.
    pub here: i64,
    /// Errands that wait.
    pub waiting: i64,
    /// Errands of the last day that were not done, or of which nobody saw the end.
    pub failed: usize,
    /// Whether it holds one of the invitations that were asked about.
    pub holds: bool,
    /// What open invitations are for, by the keys of types, and how many are for each.
    pub invited_for: Vec<(String, i64)>,
    /// The shape of the last of several scans that meant nothing, see [`Book::strange_scans`].
    pub strange_scans: Option<Shape>,
    /// How many hosts and open invitations have an address with letters beyond ASCII before its @.
    pub utf8_addresses: i64,
    /// The last journal line, UTC milliseconds.
    pub last_entry: Option<i64>,
    /// How many people have a PIN.
    pub receptionists: i64,
    /// When the book was copied last into the folder that was asked about, as it has it on record; none: it was not.
    pub last_copy: Option<Wall>,
    /// Its version, and this program's.
    pub versions: (usize, usize),
    /// Since when something that was erased has stood in the file, UTC milliseconds; none: nothing does.
    pub unwiped_since: Option<i64>,
    /// What came of the last look-over; none: there was none.
    pub looked_over: Option<LookedOver>,
    /// Whether a kiosk has the book open.
    pub in_use: bool,
    /// SQLite's version.
    pub sqlite: &'static str,
}

impl Book {
    /// Looks into a book without changing it, whether it holds one of these invitations, and when it was copied into this
    /// folder.
    ///
    /// # Errors
    /// It cannot be read or written, or is no book.
    pub fn look(
        path: &Path,
        invitations: &[Invitation],
        copies: Option<&Path>,
        now: Now,
    ) -> Result<BookStatus, BookError> {
        let connection = opened_to_look(path)?;
        // SQLite opens what may only be read all the same.
        if connection.is_readonly("main")? {
            return Err(BookError::ReadOnly(path.display().to_string()));
        }
        let found = known(version(&connection)?)?;
        let is_current = found == MIGRATIONS.len();
        quick_check(&connection)?;
        let of_last_day = now.millis() - DAY_MILLIS;
        let mut holds = false;
        for invitation in invitations {
            holds |= connection
                .prepare_cached("SELECT 1 FROM invitations WHERE token = ? OR code = ?")?
                .exists([invitation.token.as_str(), invitation.code.as_str()])?;
        }
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let in_use = is_in_use(path)?;
        Ok(BookStatus {
            hosts: count("SELECT count(*) FROM hosts")?,
            invitations: count("SELECT count(*) FROM invitations")?,
            here: count("SELECT count(*) FROM visits WHERE \"left\" IS NULL")?,
            waiting: count("SELECT count(*) FROM errands WHERE state = 'queued'")?
                + count("SELECT count(*) FROM errands WHERE state = 'sending'")?,
            failed: if is_current { failures(&connection, of_last_day)?.len() } else { 0 },
            holds,
            invited_for: if is_current { invited_for(&connection, now)? } else { Vec::new() },
            strange_scans: if is_current { scans::strange(&connection, now)? } else { None },
            utf8_addresses: if is_current { utf8_addresses(&connection, now)? } else { 0 },
            last_entry: connection.query_row("SELECT max(at) FROM journal", [], |row| row.get(0))?,
            receptionists: if is_current { count("SELECT count(*) FROM staff")? } else { 0 },
            last_copy: match copies.filter(|_| is_current) {
                Some(folder) => chores::last_copy_in(&connection, folder)?,
                None => None,
            },
            versions: (found, MIGRATIONS.len()),
            unwiped_since: if is_current { wiping::since(&connection)? } else { None },
            looked_over: if is_current { look_over::last(&connection)? } else { None },
            in_use,
            sqlite: rusqlite::version(),
        })
    }
}

/// Of whoever may still be written to.
fn utf8_addresses(connection: &Connection, now: Now) -> Result<i64, BookError> {
    Ok(connection.query_row(
        "SELECT (SELECT count(*) FROM hosts WHERE email GLOB '*[^ -~]*@*' AND gone = 0)
         + (SELECT count(*) FROM invitations WHERE email GLOB '*[^ -~]*@*' AND cancelled = 0 AND good_until >= ?)",
        [now.millis()],
        |row| row.get(0),
    )?)
}

/// What invitations are for that may still be used.
fn invited_for(connection: &Connection, now: Now) -> Result<Vec<(String, i64)>, BookError> {
    let mut found = connection.prepare_cached(
        "SELECT visit_type, count(*) AS count FROM invitations
         WHERE visit_type IS NOT NULL AND cancelled = 0 AND good_until >= ?
         AND (used_by IS NULL OR days <> 0 OR party > 0) GROUP BY visit_type ORDER BY visit_type",
    )?;
    let found = found.query_map([now.millis()], |row| Ok((row.get("visit_type")?, row.get("count")?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
