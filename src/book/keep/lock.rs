//! The locks beside the book: the kiosk's, and the one of whoever copies it. The system lets them go when the process
//! ends, however.

use crate::book::error::BookError;
use crate::book::keep::file::refused;
use crate::files::{Owner, folder_of, make_folders, named, open_or_make, with};
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// How the file ends that the kiosk locks.
const KIOSK: &str = ".lock";

/// How the file ends that is locked while the book is copied.
pub(in crate::book) const COPYING: &str = ".copying";

/// A lock on a file beside the book.
pub(in crate::book) struct Lock {
    pub file: File,
    pub path: PathBuf,
}

impl Drop for Lock {
    /// Closing the file is not enough: a child that is just being started holds it too, until it runs.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// The kiosk's own: whoever has it is the only kiosk.
    pub fn of_kiosk(book: &Path) -> Result<Self, BookError> {
        Self::take(book, KIOSK)
    }

    /// Whoever has it is the only one who copies the book.
    pub fn of_copying(book: &Path) -> Result<Self, BookError> {
        Self::take(book, COPYING)
    }

    /// Takes the file beside the book that ends so; [`BookError::InUse`] where another program has it.
    fn take(book: &Path, end: &str) -> Result<Self, BookError> {
        let path = with(book, end);
        let failed = |error: io::Error| refused(&path, &error);
        make_folders(folder_of(book)).map_err(|error| refused(folder_of(book), &error))?;
        loop {
            let file = Owner::beside(book).and_then(|owner| open_or_make(&path, owner)).map_err(failed)?;
            match file.try_lock() {
                // Somebody may have taken the file away in between: a lock on nothing keeps nobody out.
                Ok(()) if !is_there(&file, &path) => {}
                Ok(()) => return Ok(Self { file, path }),
                Err(TryLockError::WouldBlock) => return Err(BookError::InUse),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its file is still where it was.
    pub fn holds(&self) -> bool {
        is_there(&self.file, &self.path)
    }
}

fn is_there(file: &File, path: &Path) -> bool {
    let is = |found: fs::Metadata| (found.dev(), found.ino());
    file.metadata().is_ok_and(|own| fs::symlink_metadata(path).is_ok_and(|there| is(own) == is(there)))
}

/// Whether a kiosk has the book. Makes no file: it would be whoever's who looks.
///
/// # Errors
/// Its lock cannot be looked at.
pub fn is_in_use(book: &Path) -> Result<bool, BookError> {
    let path = with(book, KIOSK);
    match named::open(&path) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(problem) => Err(refused(&path, &problem)),
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(problem)) => Err(refused(&path, &problem)),
        },
    }
}
