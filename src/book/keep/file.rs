//! The book's file: opened to be looked at, and what is said where it cannot be. Writes nothing into it.

use crate::book::error::BookError;
use crate::files::{is_full, named};
use rusqlite::{Connection, OpenFlags};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long staff commands wait for the kiosk and for each other, and the kiosk while it opens its book.
pub(in crate::book) const PATIENCE: Duration = Duration::from_secs(5);

pub(in crate::book) fn opened_to_look(path: &Path) -> Result<Connection, BookError> {
    named::plain(path).map_err(|error| refused(path, &error))?;
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(|error| unopened(path, error))?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

pub(in crate::book) fn refused(path: &Path, error: &io::Error) -> BookError {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    if is_full(error) {
        BookError::Full
    } else if [ReadOnlyFilesystem, PermissionDenied].contains(&error.kind()) {
        BookError::ReadOnly(format!("{}: {error}", path.display()))
    } else {
        BookError::Unopened { path: path.to_owned(), why: error.to_string() }
    }
}

pub(in crate::book) fn unopened(path: &Path, error: rusqlite::Error) -> BookError {
    let failed = BookError::from(error);
    if let BookError::Sqlite(error) = &failed {
        BookError::Unopened { path: path.to_owned(), why: error.to_string() }
    } else {
        failed
    }
}

pub(in crate::book) fn quick_check(connection: &Connection) -> Result<(), BookError> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(BookError::Corrupt(found)) }
}

pub(in crate::book) fn system_rng(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        // Linux's getrandom(2) fails only where the kernel has none; the standard hasher's keys are
        // random too, and a badge must not be refused for this.
        tracing::error!("the system gives no random bytes");
        for byte in bytes {
            use std::hash::{BuildHasher, RandomState};
            *byte = (RandomState::new().hash_one(0) & 0xFF) as u8;
        }
    }
}
