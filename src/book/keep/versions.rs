//! The versions of the book: its migrations, in order, and which of them a book has had. Changes nothing.

use crate::book::error::BookError;
use rusqlite::Connection;

/// The migrations, in order; the book's version is how many it has had.
pub(in crate::book) const MIGRATIONS: [&str; 7] = [
    include_str!("../schema/0001.sql"),
    include_str!("../schema/0002.sql"),
    include_str!("../schema/0003.sql"),
    include_str!("../schema/0004.sql"),
    include_str!("../schema/0005.sql"),
    include_str!("../schema/0006.sql"),
    include_str!("../schema/0007.sql"),
];

pub(in crate::book) fn version(connection: &Connection) -> Result<i64, BookError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Refuses a book that is not of this program's version.
pub(in crate::book) fn current(connection: &Connection) -> Result<(), BookError> {
    let (found, known) = (known(version(connection)?)?, MIGRATIONS.len());
    if found == known { Ok(()) } else { Err(BookError::OlderThanProgram { found, known }) }
}

pub(in crate::book) fn known(found: i64) -> Result<usize, BookError> {
    usize::try_from(found)
        .ok()
        .filter(|done| *done <= MIGRATIONS.len())
        .ok_or(BookError::TooNew { found, known: MIGRATIONS.len() as i64 })
}
