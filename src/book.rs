//! The book: what the reception remembers, in one SQLite file. Owns every table and every
//! transaction; decides nothing that a visitor sees, calls no device, reads no clock.
//!
//! Every change is one transaction that holds the row, its errands and its journal line. The kiosk
//! holds a lock on the file beside the book, so that a second kiosk is refused; staff commands open the
//! book beside it and wait for each other for some seconds at most.

mod admission;
mod board;
mod bodies;
mod change;
mod copies;
mod deliveries;
mod emergency;
mod errands;
mod failures;
mod feedback;
mod findable;
mod forgetting;
mod groups;
mod history;
mod hosts;
mod invitations;
mod inviting;
mod journal;
mod lock;
mod looking;
mod mails;
mod names;
mod nights;
mod numbered;
mod numbers;
mod open;
mod pauses;
mod people;
mod place;
mod reception;
mod recipients;
mod retold;
mod roll;
mod scans;
mod staff;
mod steady;
mod stock_room;
mod strangers;
mod sums;
mod traces;
mod verifying;
mod visits;
mod watch;
mod wiping;

pub use board::{Question, Troubled};
pub use bodies::Lines;
pub use copies::{RestoreError, Restored, before, checked, copy, replaced, restore, sweep};
pub use deliveries::NewDelivery;
pub use errands::ErrandEntry;
pub use failures::Failure;
pub use feedback::{ClosedCase, SaidOf};
pub use forgetting::{Before, ERASED};
pub use groups::Joining;
pub use inviting::{Invitee, NewInvitation};
pub use journal::{Entry, Told};
pub use lock::is_in_use;
pub use looking::{LookedOver, look_over, wants_look_over};
pub use numbers::{Numbers, Spread};
pub use open::Look;
pub use pauses::{Guarded, Pause};
pub use reception::Correction;
pub use roll::{Called, Held, PastRoll, Roll, RollId, RollPrint};
pub use staff::{Receptionist, Try};
pub use stock_room::{Checked, Stock};
pub use traces::{Erasing, Traces};
pub use verifying::Verified;
pub use visits::{NewVisit, Scanned};
pub use watch::{NewWatched, Pointless};

use crate::config::{self, Facilities, Reception};
use crate::now::{Now, Tick, Wall};
use change::Change;
use place::Writing;
use rusqlite::{Connection, ErrorCode, ffi};
use std::path::PathBuf;
use std::time::Duration;

/// A clock that is kept right by the network is set back by less than this, and nothing is to be made of it.
const CLOCK_SWAYS: Duration = Duration::from_secs(60);

/// Where random bytes come from.
pub type Chance = Box<dyn FnMut(&mut [u8])>;

/// The open book.
pub struct Book {
    connection: Connection,
    /// Its file.
    path: PathBuf,
    chance: Chance,
    reception: Reception,
    /// Who gets the journal's seal and hears of copies that were not made; none: nobody.
    facilities: Option<Facilities>,
    /// When the house closes; none: at midnight.
    hours: Option<config::Visit>,
    /// SQLite's count of others' commits, as it was last seen.
    seen_version: i64,
    /// When the index of visits is gone on with; none: it is whole.
    indexes_from: Option<Tick>,
    /// Whether the wall clock can be believed.
    steady: steady::Steady,
    /// What is counted down of the pauses of whoever guesses.
    pauses: pauses::Pauses,
    /// When the file is to be wiped again of what was erased, at the earliest.
    wipes_from: Tick,
    /// Where it is. The last field: the kiosk's lock is held until the connection is closed.
    place: place::Place,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Book")
    }
}

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

/// What an import did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that were not there.
    pub added: usize,
    /// Rows that say something else now.
    pub changed: usize,
    /// Rows that were there already.
    pub same: usize,
    /// Mails that visitors get.
    pub mails: usize,
}

impl Book {
    /// From now on these hear what is for facilities.
    pub fn set_facilities(&mut self, facilities: &Facilities) {
        self.facilities = Some(facilities.clone());
    }

    /// From now on a day begins when the house has closed, where that is after midnight.
    pub fn set_hours(&mut self, hours: &config::Visit) {
        self.hours = Some(hours.clone());
    }

    /// When this day began, as the house counts days.
    fn day_began(&self, now: Now) -> Wall {
        self.hours.as_ref().map_or_else(|| now.midnight(), |hours| hours.day_began(now))
    }

    /// Begins a change that the kiosk makes by itself. It waits for staff commands, and takes the book for writing at once.
    fn change(&mut self, now: Now) -> Result<Change<'_>, BookError> {
        self.begin(None, now)
    }

    /// Begins a change that somebody makes; an empty name: nobody knows who.
    fn change_by<'a>(&'a mut self, by: &'a str, now: Now) -> Result<Change<'a>, BookError> {
        self.begin(Some(by), now)
    }

    fn begin<'a>(&'a mut self, by: Option<&'a str>, now: Now) -> Result<Change<'a>, BookError> {
        let Self { connection, place, chance, reception, facilities, .. } = self;
        let writing = Writing::begin(connection, place)?;
        Ok(Change::new(writing, chance, (reception, facilities.as_ref()), by, now))
    }

    /// Begins writing what no line of the journal tells of.
    fn writing(&mut self) -> Result<Writing<'_>, BookError> {
        Writing::begin(&mut self.connection, &self.place)
    }
}

fn zone_of(now: &Now) -> i32 {
    now.wall.offset().local_minus_utc() / 60
}

fn in_zone(millis: i64, minutes: i32) -> Wall {
    use chrono::{FixedOffset, TimeZone, Utc};
    let zone = FixedOffset::east_opt(minutes * 60).unwrap_or(chrono::Offset::fix(&Utc));
    Utc.timestamp_millis_opt(millis).single().unwrap_or_default().with_timezone(&zone)
}

#[cfg(test)]
mod plans;
