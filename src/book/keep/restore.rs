//! The book put back from a copy, in one step; what it replaces is kept.

use crate::book::error::BookError;
use crate::book::keep::copies::{RESTORING, checked, pages, remove, single_file, stepwise, sync_folder};
use crate::book::keep::lock::Lock;
use crate::book::keep::replaced::{LOGS, aside};
use crate::book::keep::{file, versions};
use crate::book::rows::entry::Entry;
use crate::book::rows::journal;
use crate::files::{Owner, make, named, with};
use crate::now::Now;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A book was not put back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A kiosk has the book, or the book or its disk failed.
    #[error(transparent)]
    Book(#[from] BookError),
    /// The copy cannot be used.
    #[error("the copy cannot be used: {0}")]
    BadCopy(BookError),
    /// The book has journal lines that the copy has not.
    #[error(
        "the book goes on after the copy: its journal has {lines} lines that the copy has not, and they would be \
         missing; give --older to put the copy back all the same"
    )]
    Newer {
        /// How many.
        lines: i64,
    },
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// How many lines the copy's journal has.
    pub lines: i64,
    /// Where the replaced book is now; none: there was none.
    pub replaced: Option<PathBuf>,
}

/// Puts a copy in the book's place. What stood there is kept beside it under another name.
///
/// # Errors
/// [`RestoreError`]; the book is then as it was.
pub fn restore(copy: &Path, book: &Path, older: bool, by: &str, now: Now) -> Result<Restored, RestoreError> {
    let _no_kiosk = Lock::of_kiosk(book)?;
    let fresh = with(book, RESTORING);
    let restored = prepare(copy, (&fresh, book), by, now).and_then(|(lines, last)| {
        let replaced = put_in_place(&fresh, book, older, (lines, &last), now)?;
        Ok(Restored { lines, replaced })
    });
    if restored.is_err() {
        let _ = fs::remove_file(&fresh);
        let _ = fs::remove_file(with(&fresh, "-journal"));
    }
    restored
}

/// The copy's copy, checked, with the line that says so in its journal. What the copy's own journal said.
fn prepare(
    copy: &Path,
    (fresh, book): (&Path, &Path),
    by: &str,
    now: Now,
) -> Result<(i64, String), RestoreError> {
    for old in [fresh.to_owned(), with(fresh, "-journal")] {
        remove(&old)?;
    }
    named::plain(copy).map_err(|error| RestoreError::BadCopy(file::refused(copy, &error)))?;
    let from = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| RestoreError::BadCopy(file::unopened(copy, error)))?;
    Owner::beside(book).and_then(|owner| make(fresh, owner)).map_err(|error| file::refused(fresh, &error))?;
    versions::version(&from).and_then(versions::known).map_err(RestoreError::BadCopy)?;
    stepwise(&from, fresh, &mut || ())?;
    let before = checked(fresh).map_err(RestoreError::BadCopy)?;
    let mut connection = Connection::open(fresh).map_err(BookError::from)?;
    let change =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(BookError::from)?;
    let mut salt = [0; 16];
    file::system_rng(&mut salt);
    journal::write(&change, &Entry::Restored { by: by.to_owned() }, "", salt, now)?;
    change.commit().map_err(BookError::from)?;
    drop(connection);
    File::open(fresh).and_then(|file| file.sync_all()).map_err(|error| file::refused(fresh, &error))?;
    Ok(before)
}

/// Until the one renaming, the book stands in its place as it was.
fn put_in_place(
    fresh: &Path,
    book: &Path,
    older: bool,
    copy: (i64, &str),
    now: Now,
) -> Result<Option<PathBuf>, RestoreError> {
    let refused = |error: io::Error| RestoreError::Book(file::refused(book, &error));
    let kept = aside(book, now);
    if !book.exists() {
        // A log without its book belongs to none: SQLite would play it into this one.
        set_logs_aside(book, &kept).map_err(refused)?;
        fs::rename(fresh, book).and_then(|()| sync_folder(book)).map_err(refused)?;
        return Ok(None);
    }
    // Held until the end: nobody writes into what is being replaced.
    let held = match only_mine(book, fresh, older, copy) {
        Ok(connection) => Some(connection),
        // This is what copies are made for: it is kept as it is, with its log.
        Err(RestoreError::Book(BookError::Corrupt(_))) => None,
        Err(problem) => return Err(problem),
    };
    if fs::hard_link(book, &kept).is_err() {
        again(held.as_ref(), book, &kept)?;
    }
    if held.is_none() {
        set_logs_aside(book, &kept).map_err(refused)?;
    }
    sync_folder(book).map_err(refused)?;
    fs::rename(fresh, book).and_then(|()| sync_folder(book)).map_err(refused)?;
    drop(held);
    Ok(Some(kept))
}

/// The book in one file, while nobody else reads or writes it; unless it goes on after the copy.
fn only_mine(book: &Path, fresh: &Path, older: bool, copy: (i64, &str)) -> Result<Connection, RestoreError> {
    if !begins_as_a_book(book) {
        // SQLite would throw the log of such a file away.
        return Err(BookError::Corrupt("it is no book".to_owned()).into());
    }
    let mine = || -> Result<(Connection, i64), BookError> {
        let connection = Connection::open_with_flags(book, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(|error| file::unopened(book, error))?;
        connection.busy_timeout(file::PATIENCE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let beyond = beyond(&connection, fresh, copy)?;
        Ok((connection, beyond))
    };
    let (connection, lines) = mine()?;
    if lines > 0 && !older {
        return Err(RestoreError::Newer { lines });
    }
    single_file(&connection)?;
    connection.execute_batch("BEGIN EXCLUSIVE").map_err(BookError::from)?;
    Ok(connection)
}

fn begins_as_a_book(book: &Path) -> bool {
    let mut first = [0; 16];
    let read = File::open(book).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && &first == b"SQLite format 3\0"
}

/// How many lines the book's journal has that the copy's has not.
fn beyond(book: &Connection, fresh: &Path, (lines, last): (i64, &str)) -> Result<i64, BookError> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'journal'";
    if book.query_row(tables, [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(0);
    }
    let all: i64 = book.query_row("SELECT coalesce(max(seq), 0) FROM journal", [], |row| row.get(0))?;
    let line = |connection: &Connection, number: i64| -> Result<Option<String>, BookError> {
        let mut hash = connection.prepare("SELECT hash FROM journal WHERE seq = ?")?;
        Ok(hash.query_row([number], |row| row.get(0)).optional()?)
    };
    let fresh = Connection::open_with_flags(fresh, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if all <= lines && line(book, all)? == line(&fresh, all)? {
        return Ok(0);
    }
    // Where it went another way, or is another book, nothing of it is known to be in the copy.
    let goes_on = line(book, lines)?.is_some_and(|hash| hash == last);
    Ok(if goes_on { all - lines } else { all })
}

/// The book under a second name, where its disk knows no links. Its pages are read through the connection that holds it:
/// opening the file once more and closing it would let go of it.
fn again(held: Option<&Connection>, book: &Path, kept: &Path) -> Result<(), BookError> {
    let failed = |error: io::Error| file::refused(kept, &error);
    let mut file = Owner::beside(book).and_then(|owner| make(kept, owner)).map_err(failed)?;
    let written = match held {
        Some(connection) => pages(connection, kept, &mut || ()),
        None => {
            File::open(book).and_then(|mut from| io::copy(&mut from, &mut file)).map(drop).map_err(failed)
        }
    };
    written.and_then(|()| file.sync_all().map_err(failed)).inspect_err(|_| {
        let _ = fs::remove_file(kept);
    })
}

fn set_logs_aside(book: &Path, kept: &Path) -> io::Result<()> {
    for end in LOGS {
        match fs::rename(with(book, end), with(kept, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
