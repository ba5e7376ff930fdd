//! Somebody brings something: for whom, how many, and whether it must be signed for. No badge is printed.

use super::told::Told;
use super::walk_in::HostSearch;
use super::{Desk, Page};
use crate::book::{Book, BookError, ErrandEntry, NewDelivery};
use crate::errand::About;
use crate::now::{Now, Tick};
use crate::visit::{Delivery, Host, Note, PARCELS_MAX};

/// Parcels are brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parcels {
    /// "I bring something".
    Begin,
    /// What is brought, whole.
    Done {
        /// Who brings it, as typed.
        carrier: String,
        /// How many parcels.
        parcels: i32,
        /// Somebody must come and sign.
        to_sign: bool,
    },
}

/// One delivery after registration, as long as somebody looks.
#[derive(Debug)]
pub(super) struct Delivered {
    pub delivery: Delivery,
    pub host: Host,
    /// None: nobody can be written to.
    pub letter: Option<Told>,
    pub until: Tick,
}

impl Delivered {
    fn take_up(&mut self, book: &Book) -> Result<(), BookError> {
        let about_parcels = |entry: &ErrandEntry| matches!(entry.about, Some(About::Parcels { .. }));
        let letter = book.errands_of(self.delivery.id)?.into_iter().find(about_parcels);
        self.letter = letter.map(|entry| Told::of(&entry, &self.host, book)).transpose()?;
        Ok(())
    }
}

impl Desk {
    pub(super) fn begin_delivery(&mut self, book: &Book) -> Result<(), BookError> {
        if matches!(self.page, Page::Welcome) && self.config.parcels().is_some() {
            self.look_for_recipient(book)?;
            self.aside = None;
        }
        Ok(())
    }

    pub(super) fn look_for_recipient(&mut self, book: &Book) -> Result<(), BookError> {
        self.page = Page::Host(Box::new(HostSearch::new(None, book.hosts()?)));
        Ok(())
    }

    pub(super) fn parcels_done(
        &mut self,
        carrier: &str,
        parcels: i32,
        to_sign: bool,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let Page::Parcels(host, announced) = &self.page else { return Ok(()) };
        let host = Host::clone(host);
        let new = NewDelivery {
            host_id: host.id.clone(),
            carrier: Note::maybe(carrier),
            parcels: u8::try_from(parcels.clamp(1, i32::from(PARCELS_MAX))).unwrap_or(PARCELS_MAX),
            to_sign,
            invitation: announced.as_ref().map(|guest| guest.invitation.id.clone()),
        };
        let delivery = book.take_in(new, now)?;
        let until = now.tick.after(self.config.screen.thanks);
        let mut delivered = Delivered { delivery, host, letter: None, until };
        delivered.take_up(book)?;
        self.page = Page::Delivered(Box::new(delivered));
        Ok(())
    }

    /// The mail to the recipient may stand otherwise.
    pub(super) fn follow_delivery(&mut self, book: &Book) -> Result<(), BookError> {
        if let Page::Delivered(delivered) = &mut self.page {
            delivered.take_up(book)?;
        }
        Ok(())
    }
}
