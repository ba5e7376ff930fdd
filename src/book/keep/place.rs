//! Where the open book is: whether its file, SQLite's log of it and the kiosk's lock are still those that were opened. A
//! folder that is put back from a backup, or a log that somebody removes, leaves a program writing into files that nobody
//! finds again; whatever is written is told to nobody before this has been looked at.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::keep::file;
use crate::book::keep::lock::Lock;
use crate::files::with;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::ops::Deref;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file, by the numbers of its disk and its own: nothing else has them while it is open.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::book) struct Seen {
    pub path: PathBuf,
    pub is: (u64, u64),
}

impl Seen {
    /// The file that has this name now.
    pub fn at(path: &Path) -> Result<Self, BookError> {
        let path = fs::canonicalize(path).map_err(|error| file::refused(path, &error))?;
        let is = number(&path).map_err(|error| file::refused(&path, &error))?;
        Ok(Self { path, is })
    }

    fn still(&self) -> Result<(), BookError> {
        match number(&self.path) {
            Ok(is) if is == self.is => Ok(()),
            _ => Err(BookError::Taken(self.path.clone())),
        }
    }
}

fn number(path: &Path) -> io::Result<(u64, u64)> {
    fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

/// What a book stands on.
pub(in crate::book) struct Place {
    pub book: Seen,
    pub log: Seen,
    /// Held until the connection is closed; none: it is opened beside the kiosk.
    pub lock: Option<Lock>,
}

impl Place {
    /// The place of a book that was just opened, where nobody has taken its file away since `book` was seen.
    pub fn of(book: Seen, lock: Option<Lock>) -> Result<Self, BookError> {
        let log = Seen::at(&with(&book.path, "-wal"))?;
        let place = Self { book, log, lock };
        place.holds().map(|()| place)
    }

    /// Two or three looks at file names, together some millionths of a second.
    fn holds(&self) -> Result<(), BookError> {
        self.book.still()?;
        self.log.still()?;
        match &self.lock {
            Some(lock) if !lock.holds() => Err(BookError::Taken(lock.path().to_owned())),
            _ => Ok(()),
        }
    }
}

impl Book {
    /// Whether the book is still in its place.
    ///
    /// # Errors
    /// [`BookError::Taken`]: it is to be opened again.
    pub fn in_place(&self) -> Result<(), BookError> {
        self.place.holds()
    }
}

/// A change of the book that is being written; nothing of it is kept before [`Writing::commit`].
pub(in crate::book) struct Writing<'a> {
    pub change: Transaction<'a>,
    pub place: &'a Place,
}

/// Why a change was not kept, or not where anybody would find it.
#[derive(Debug)]
pub(in crate::book) enum NotKept {
    Sqlite(rusqlite::Error),
    Taken(BookError),
}

impl<'a> Writing<'a> {
    /// Takes the book for writing at once; waits for whoever has it.
    pub fn begin(connection: &'a mut Connection, place: &'a Place) -> Result<Self, BookError> {
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Self { change, place })
    }

    /// Keeps the change, and makes sure that the book that has it is the one that is there.
    pub fn commit(self) -> Result<(), NotKept> {
        self.change.commit().map_err(NotKept::Sqlite)?;
        self.place.holds().map_err(NotKept::Taken)
    }
}

impl<'a> Deref for Writing<'a> {
    type Target = Transaction<'a>;

    fn deref(&self) -> &Self::Target {
        &self.change
    }
}

impl From<NotKept> for BookError {
    fn from(why: NotKept) -> Self {
        match why {
            NotKept::Sqlite(error) => error.into(),
            NotKept::Taken(error) => error,
        }
    }
}
