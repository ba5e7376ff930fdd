//! A change of the book: one transaction, and all that those who write in it need: random bytes, the moment, who makes
//! it, and for whom. Its rows, errands and lines of the journal are kept together or not at all. Decides nothing.

use crate::book::Rng;
use crate::book::error::BookError;
use crate::book::keep::place::{NotKept, Writing};
use crate::book::rows::entry::Entry;
use crate::book::rows::{errands, journal};
use crate::config::{Facilities, Reception};
use crate::errand::{ErrandId, State, Work};
use crate::now::Now;
use rusqlite::Transaction;
use std::cell::RefCell;
use std::ops::Deref;
use std::time::Duration;
use uuid::Uuid;

/// A change that is being written; nothing of it is kept before [`Change::commit`].
pub(in crate::book) struct Change<'a> {
    writing: Writing<'a>,
    /// Shared by all who write in it; none holds it while another draws.
    rng: RefCell<&'a mut Rng>,
    /// Reception's own settings.
    pub reception: &'a Reception,
    /// Who hears of the journal's seal and of copies that were not made; none: nobody.
    pub facilities: Option<&'a Facilities>,
    /// Who makes it; none: the kiosk, by itself.
    by: Option<&'a str>,
    /// When.
    pub now: Now,
}

impl<'a> Change<'a> {
    pub fn new(
        writing: Writing<'a>,
        rng: &'a mut Rng,
        (reception, facilities): (&'a Reception, Option<&'a Facilities>),
        by: Option<&'a str>,
        now: Now,
    ) -> Self {
        Self { writing, rng: RefCell::new(rng), reception, facilities, by, now }
    }

    /// Writes a line of the journal about this subject; empty: about none.
    pub fn log(&self, entry: &Entry, subject: &str) -> Result<(), BookError> {
        journal::write(self, entry, subject, self.random(), self.now)
    }

    /// Queues an errand of this subject.
    pub fn queue(
        &self,
        subject: impl Into<Uuid>,
        work: &Work,
        good_for: Duration,
    ) -> Result<ErrandId, BookError> {
        let id = ErrandId(self.new_id());
        self.queue_as(id, subject.into(), work, good_for)?;
        Ok(id)
    }

    /// Queues an errand that belongs to nothing but itself.
    pub fn queue_own(&self, work: &Work, good_for: Duration) -> Result<ErrandId, BookError> {
        let id = ErrandId(self.new_id());
        self.queue_as(id, id.0, work, good_for)?;
        Ok(id)
    }

    fn queue_as(
        &self,
        id: ErrandId,
        subject: Uuid,
        work: &Work,
        good_for: Duration,
    ) -> Result<(), BookError> {
        errands::insert(self, (id, subject), work, good_for, self.now)?;
        let entry = Entry::ErrandQueued { errand: id, kind: errands::word(work).to_owned() };
        self.log(&entry, &subject.to_string())
    }

    /// Writes how an errand of this subject stands.
    pub fn errand_is(&self, id: Uuid, subject: Uuid, state: State) -> Result<(), BookError> {
        errands::write_state(self, id, state, self.now)?;
        self.log(&Entry::ErrandIs { errand: ErrandId(id), state }, &subject.to_string())
    }

    /// Who makes this change, as the journal names them; empty: the kiosk.
    pub fn by(&self) -> String {
        self.by.unwrap_or_default().to_owned()
    }

    /// A new UUIDv7 of this moment.
    pub fn new_id(&self) -> Uuid {
        let millis = u64::try_from(self.now.millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.rng.borrow_mut())(&mut bytes);
        bytes
    }

    /// Keeps the change, and makes sure that the book that has it is the one that is there.
    pub fn commit(self) -> Result<(), NotKept> {
        self.writing.commit()
    }
}

impl<'a> Deref for Change<'a> {
    type Target = Transaction<'a>;

    fn deref(&self) -> &Self::Target {
        &self.writing
    }
}
