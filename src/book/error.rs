//! Why the book cannot be used, in words for staff. Owns what each of SQLite's errors means here; recovers from none.

use rusqlite::{ErrorCode, ffi};
use std::path::PathBuf;

/// The book cannot be used. Says what happened and what to do, for staff.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// Another kiosk has it.
    #[error("another kiosk has this book open; stop it, or give each kiosk a book of its own ([book] path)")]
    InUse,
    /// It is no book, or it is damaged.
    #[error("the book is damaged or is no book ({0}); move it away and restore the last backup")]
    Corrupt(String),
    /// It may not be written.
    #[error(
        "the book cannot be written ({0}); look at the rights of its folder and whether the disk is read-only"
    )]
    ReadOnly(String),
    /// The disk is full.
    #[error("the disk is full; free some space, the kiosk then goes on by itself")]
    Full,
    /// A newer program wrote it.
    #[error("the book is of version {found}, this program knows up to {known}; install the newer program")]
    TooNew {
        /// Its version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// It is of an older version, and a kiosk that knows no newer one has it open.
    #[error(
        "the book is of version {found} and in use by a kiosk that was started before this program was installed; restart \
         the kiosk (systemctl restart frontdesk), which brings it to version {known}"
    )]
    OldKiosk {
        /// Its version.
        found: usize,
        /// This program's version.
        known: usize,
    },
    /// It is of an older version, and whoever opens it only looks.
    #[error(
        "the book is of version {found}, and this program's is {known}; start the kiosk, which brings it up to date"
    )]
    OlderThanProgram {
        /// Its version.
        found: usize,
        /// This program's version.
        known: usize,
    },
    /// It was there, and is not there any more.
    #[error(
        "the book {0} is gone; put it back and the kiosk goes on by itself, or restart the kiosk to begin a new one"
    )]
    Gone(PathBuf),
    /// A file of it is another one than the one that was opened.
    #[error(
        "{0} was moved, removed or replaced while it was in use; what was written into it last may be missing from the \
         book that is there now"
    )]
    Taken(PathBuf),
    /// Its file or folder, or that of a copy, cannot be opened.
    #[error("{path} cannot be opened: {why}")]
    Unopened {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// SQLite did not keep a promise that the kiosk stands on.
    #[error("SQLite refused {0}; the kiosk does not run without it")]
    Promise(String),
    /// An invitation names a host that the book does not know.
    #[error(
        "invitation {invitation} names the host {host}, whom the book does not know; import the hosts first"
    )]
    UnknownHost {
        /// The invitation's id.
        invitation: String,
        /// The host's id.
        host: String,
    },
    /// Two invitations have one code or token.
    #[error("invitation {0} has a code or a token that another invitation has already")]
    SameCode(String),
    /// The invitation was used or withdrawn in the meantime.
    #[error("the invitation was used or withdrawn in the meantime")]
    NoLongerGood,
    /// Every badge number is out.
    #[error("every badge number is in use; sign visitors out")]
    NoBadgeFree,
    /// A staff command is writing for long; nothing was changed.
    #[error("the book is being written by another program")]
    Busy,
    /// Anything else that SQLite says.
    #[error("the book failed: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for BookError {
    fn from(error: rusqlite::Error) -> Self {
        // The file that connections share cannot grow: SQLite calls that an I/O error.
        if error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for BookError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}
