//! Opening the book: the lock, the promises SQLite must keep, migrations, what a power cut left behind.

use crate::book::error::BookError;
use crate::book::keep::clock_trust::ClockTrust;
use crate::book::keep::file::{PATIENCE, opened_to_look, quick_check, refused, system_rng, unopened};
use crate::book::keep::lock::Lock;
use crate::book::keep::migrate::{Older, bring_up_to_date};
use crate::book::keep::place::{Place, Seen};
use crate::book::keep::{indexing, sums};
use crate::book::pauses::Pauses;
use crate::book::{Book, Rng};
use crate::config::Reception;
use crate::files::{Owner, folder_of, give, make, make_folders, named, with};
use crate::now::{Now, Tick};
use rusqlite::Connection;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Before this, two connections that write or checkpoint at once can damage a WAL database
/// (sqlite.org/wal.html, "the WAL-reset bug").
const SQLITE_AT_LEAST: i32 = 3_051_003;

/// How long the kiosk waits for a staff command before it goes on and tries again: nobody feels a screen that
/// stands still for so long.
const KIOSK_PATIENCE: Duration = Duration::from_millis(100);

impl Book {
    /// Opens the kiosk's book, makes it where it is not there yet, and takes up what a power cut left.
    ///
    /// # Errors
    /// [`BookError`], each with what to do about it.
    pub fn open(path: &Path, reception: Reception, now: Now) -> Result<Self, BookError> {
        Self::open_with(path, reception, now, Box::new(system_rng))
    }

    /// The same, for a kiosk that had it open: where it is not there any more no other one is begun.
    ///
    /// # Errors
    /// As there, or [`BookError::Gone`].
    pub fn reopen(path: &Path, reception: Reception, now: Now) -> Result<Self, BookError> {
        is_there(path)?;
        Self::open(path, reception, now)
    }

    /// Opens the book for a staff command, beside a kiosk that may be running. An older one is brought up to date where
    /// no kiosk has it.
    ///
    /// # Errors
    /// As [`Book::reopen`], with [`BookError::OldKiosk`] in place of [`BookError::InUse`].
    pub fn open_beside(path: &Path, reception: Reception) -> Result<Self, BookError> {
        is_there(path)?;
        Self::connect(path, reception, None, Older::TakesLock)
    }

    /// The same, for a command that is good before the kiosk's first start: where there is no book it is begun.
    ///
    /// # Errors
    /// As there.
    pub fn begin_beside(path: &Path, reception: Reception) -> Result<Self, BookError> {
        Self::connect(path, reception, None, Older::TakesLock)
    }

    /// Opens the book for a command that only looks: it brings none up to date.
    ///
    /// # Errors
    /// As there, or [`BookError::OlderThanProgram`].
    pub fn open_as_it_is(path: &Path, reception: Reception) -> Result<Self, BookError> {
        is_there(path)?;
        Self::connect(path, reception, None, Older::StaysSo)
    }

    /// [`Book::open`] with another source of random bytes: the same source, the same book.
    ///
    /// # Errors
    /// As there.
    pub fn open_with(path: &Path, reception: Reception, now: Now, rng: Rng) -> Result<Self, BookError> {
        let lock = Lock::of_kiosk(path)?;
        let mut book = Self { rng, ..Self::connect(path, reception, Some(lock), Older::HasLock)? };
        book.clock_trust = ClockTrust::begin(book.believed_last()?, now);
        book.pauses = Pauses::begin(&book.connection, now.tick)?;
        book.take_up(now)?;
        book.connection.busy_timeout(KIOSK_PATIENCE)?;
        Ok(book)
    }

    /// Reads the whole book and says whether it is sound. This takes seconds once it is large: it is done beside the
    /// kiosk, on a connection of its own, and holds up nobody who reads or writes.
    ///
    /// # Errors
    /// [`BookError::Corrupt`], or it cannot be read.
    pub fn check(path: &Path) -> Result<(), BookError> {
        quick_check(&opened_to_look(path)?)
    }

    fn connect(
        path: &Path,
        reception: Reception,
        lock: Option<Lock>,
        older: Older,
    ) -> Result<Self, BookError> {
        let (seen, mut connection) = opened(path)?;
        promises(&connection)?;
        sums::known(&connection)?;
        bring_up_to_date(&mut connection, path, older)?;
        sums::keep(&connection)?;
        let indexes_from = indexing::is_unfinished(&connection)?.then_some(indexing::BEGINS);
        own(path)?;
        let place = Place::of(seen, lock)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            rng: Box::new(system_rng),
            reception,
            facilities: None,
            hours: None,
            seen_version: 0,
            clock_trust: ClockTrust::default(),
            pauses: Pauses::default(),
            wipes_from: Tick::default(),
            indexes_from,
            place,
        })
    }

    /// A real write, synced to the disk, that leaves nothing behind.
    ///
    /// # Errors
    /// The book cannot be written.
    pub fn check_writable(&mut self) -> Result<(), BookError> {
        let version: i64 = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let change = self.writing()?;
        change.pragma_update(None, "user_version", version)?;
        Ok(change.commit()?)
    }
}

/// Opens the file with SQLite. It is made first where it is not there yet, so that it belongs to whoever owns the folder;
/// SQLite gives its logs the owner and the rights of the book.
fn opened(path: &Path) -> Result<(Seen, Connection), BookError> {
    let failed = |error: io::Error| refused(path, &error);
    named::plain_or_none(path).map_err(failed)?;
    make_folders(folder_of(path)).map_err(|error| refused(folder_of(path), &error))?;
    let owner = Owner::beside(path).map_err(failed)?;
    match make(path, owner) {
        Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {}
        made => drop(made.map_err(failed)?),
    }
    let seen = Seen::at(path)?;
    let connection = Connection::open(path).map_err(|error| unopened(path, error))?;
    connection.busy_timeout(PATIENCE)?;
    Ok((seen, connection))
}

fn is_there(path: &Path) -> Result<(), BookError> {
    match path.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => Err(BookError::Gone(path.to_owned())),
        Err(problem) => Err(refused(path, &problem)),
    }
}

/// The book and SQLite's files beside it belong to the book's owner, and nobody else reads them.
fn own(path: &Path) -> Result<(), BookError> {
    let owner = Owner::beside(path).map_err(|error| refused(path, &error))?;
    for file in ["", "-wal", "-shm"].map(|end| with(path, end)) {
        match give(&file, owner) {
            Err(problem) if problem.kind() != io::ErrorKind::NotFound => {
                return Err(refused(&file, &problem));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Sets what the kiosk stands on, and reads it back.
fn promises(connection: &Connection) -> Result<(), BookError> {
    let broken = |promise: &str| Err(BookError::Promise(promise.to_owned()));
    if rusqlite::version_number() < SQLITE_AT_LEAST {
        return broken("to be 3.51.3 or newer");
    }
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return broken("journal_mode=WAL");
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What SQLite puts aside is somebody's too: it goes to no file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Deleted text is overwritten: what was erased is gone from the file too.
    connection.pragma_update(None, "secure_delete", true)?;
    if connection.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0))? != 2 {
        return broken("synchronous=FULL");
    }
    if connection.pragma_query_value(None, "foreign_keys", |row| row.get::<_, i64>(0))? != 1 {
        return broken("foreign_keys=ON");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::now::Wall;

    #[test]
    fn every_connection_that_writes_keeps_what_it_writes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let wall = Wall::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
        let reception = Config::built_in().reception;
        let kiosk = Book::open(&path, reception.clone(), Now::new(Tick::default(), wall)).unwrap();
        let staff = Book::open_beside(&path, reception).unwrap();
        for book in [&kiosk, &staff] {
            let number = |name: &str| {
                book.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap()
            };
            let mode: String =
                book.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
            assert_eq!(mode, "wal");
            assert_eq!(number("synchronous"), 2, "FULL: a power cut loses nothing that was said to be kept");
            assert_eq!(number("foreign_keys"), 1);
            assert_eq!(number("secure_delete"), 1, "what is erased is overwritten");
        }
        let patience = |book: &Book| {
            book.connection.pragma_query_value(None, "busy_timeout", |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!((patience(&kiosk), patience(&staff)), (100, 5000), "the screen does not stand still");
    }
}
