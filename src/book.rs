//! The book: what the reception remembers, in one SQLite file. Owns every table and every
//! transaction; decides nothing that a visitor sees, calls no device, reads no clock.
//!
//! Every change is one transaction that holds the row, its errands and its journal line. The kiosk
//! holds a lock on the file beside the book, so that a second kiosk is refused; staff commands open the
//! book beside it and wait for each other for some seconds at most.
//!
//! # Layers: each knows those above it in this list, and no two files know each other (`tests/floors.rs`)
//!
//! - `rows`: one table a file, read and written by the names of its columns; no rule
//! - `rules`: what follows from what stands there; reads only
//! - `keep`: the file, its lock, versions and copies, whether it is as it was written, what is done at night and erased
//! - all other files: one use case each, which is one change

mod admission;
mod arrive;
mod badges;
mod board;
mod call_roll;
mod change;
mod correct;
mod correcting;
mod deliveries;
mod due;
mod emergency;
mod errands;
mod error;
mod failures;
mod feedback;
mod history;
mod hosts;
mod invitations;
mod inviting;
mod keep;
mod leave;
mod mails;
mod mark_roll;
mod numbered;
mod numbers;
mod open;
mod outbox;
mod parties;
mod pauses;
mod people;
mod personal_data;
mod ran;
mod reception;
mod records;
mod roll;
mod roll_papers;
mod rows;
mod rules;
mod scans;
mod staff;
mod status;
mod strangers;
mod supplies;
mod visits;
mod watch;

pub use arrive::NewVisit;
pub use board::{Question, Troubled};
pub use correct::Correction;
pub use deliveries::NewDelivery;
pub use errands::ErrandEntry;
pub use error::BookError;
pub use failures::Failure;
pub use feedback::{ClosedCase, SaidOf};
pub use inviting::{Invitee, NewInvitation};
pub use keep::copies::{checked, copy, sweep};
pub use keep::lock::is_in_use;
pub use keep::look_over::{LookedOver, look_over, wants_look_over};
pub use keep::replaced::{before, replaced};
pub use keep::restore::{RestoreError, Restored, restore};
pub use keep::retention::Before;
pub use keep::verification::Verified;
pub use numbers::{Numbers, Spread};
pub use pauses::{Guarded, Pause};
pub use personal_data::{Erasing, Traces};
pub use records::JournalRecord;
pub use roll::{Called, Held, PastRoll, Roll, RollPrint};
pub use rows::ERASED;
pub use rows::entry::Entry;
pub use rows::payloads::Lines;
pub use rows::rolls::RollId;
pub use rules::groups::Joining;
pub use staff::{Receptionist, Try};
pub use status::BookStatus;
pub use supplies::{Checked, Stock};
pub use visits::Scanned;
pub use watch::{NewWatched, Pointless};

use crate::config::{self, Facilities, Reception};
use crate::now::{Now, Tick, Wall};
use change::Change;
use keep::clock_trust::ClockTrust;
use keep::place::{Place, Writing};
use rusqlite::Connection;
use std::path::PathBuf;
use std::time::Duration;

/// A clock that is kept right by the network is set back by less than this, and nothing is to be made of it.
const CLOCK_SWAYS: Duration = Duration::from_secs(60);

/// Where random bytes come from.
pub type Rng = Box<dyn FnMut(&mut [u8])>;

/// The open book.
pub struct Book {
    connection: Connection,
    /// Its file.
    path: PathBuf,
    rng: Rng,
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
    clock_trust: ClockTrust,
    /// What is counted down of the pauses of whoever guesses.
    pauses: pauses::Pauses,
    /// When the file is to be wiped again of what was erased, at the earliest.
    wipes_from: Tick,
    /// Where it is. The last field: the kiosk's lock is held until the connection is closed.
    place: Place,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Book")
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
        let Self { connection, place, rng, reception, facilities, .. } = self;
        let writing = Writing::begin(connection, place)?;
        Ok(Change::new(writing, rng, (reception, facilities.as_ref()), by, now))
    }

    /// Begins writing what no line of the journal tells of.
    fn writing(&mut self) -> Result<Writing<'_>, BookError> {
        Writing::begin(&mut self.connection, &self.place)
    }
}

#[cfg(test)]
mod plans;
