//! The last page: three truths with their live state. Nothing is said here that the book or a
//! device did not say.

use super::{Desk, Page};
use crate::book::{Book, BookError, ErrandEntry};
use crate::errand::{About, Badge, ErrandId, Kind, State};
use crate::now::{Now, Tick};
use crate::visit::{Host, Visit};
use std::time::Duration;

/// How long a visitor gets at least to read something new on this page.
const TIME_TO_READ: Duration = Duration::from_secs(10);

/// One visit after registration, as long as its visitor looks.
#[derive(Debug)]
pub(super) struct Thanks {
    pub visit: Visit,
    pub host: Host,
    pub badge: Option<(ErrandId, State)>,
    /// None: the host has no address.
    pub letter: Option<(ErrandId, State)>,
    pub until: Tick,
}

impl Thanks {
    pub fn new(visit: Visit, host: Host, errands: &[ErrandEntry], until: Tick) -> Self {
        let mut thanks = Self { visit, host, badge: None, letter: None, until };
        thanks.take_up(errands);
        thanks
    }

    fn take_up(&mut self, errands: &[ErrandEntry]) {
        let last = |wanted: &dyn Fn(&ErrandEntry) -> bool| {
            errands.iter().rfind(|entry| wanted(entry)).map(|entry| (entry.id, entry.state))
        };
        self.badge = last(&|entry| entry.kind == Kind::Badge);
        self.letter = last(&|entry| entry.about == Some(About::Arrival));
    }

    /// What the badge says, for its picture.
    pub fn badge_as_printed(&self) -> Badge {
        Badge::of(&self.visit, &self.host)
    }
}

impl Desk {
    /// The book says how an errand stands; the page shows it if it is one of this visitor's.
    pub(super) fn errand_is(&mut self, id: ErrandId, state: State, now: Now) {
        let Page::Thanks(thanks) = &mut self.page else { return };
        let mine = [&mut thanks.badge, &mut thanks.letter].into_iter().flatten().find(|(own, _)| *own == id);
        if let Some((_, shown)) = mine
            && *shown != state
        {
            *shown = state;
            // A question waits for its answer; the badge may lie in the tray, or half of it.
            let asks = matches!(thanks.badge, Some((_, State::Unknown(_))));
            let time = if asks { self.config.screen.idle } else { TIME_TO_READ };
            thanks.until = thanks.until.max(now.tick.after(time));
        }
    }

    /// The visitor says whether the badge came out that nobody saw.
    pub(super) fn came_out(&mut self, came_out: bool, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Thanks(thanks) = &mut self.page else { return Ok(()) };
        if !matches!(thanks.badge, Some((_, State::Unknown(_)))) {
            return Ok(());
        }
        thanks.visit = book.badge_seen(thanks.visit.id, came_out, now)?;
        thanks.take_up(&book.errands_of(thanks.visit.id)?);
        thanks.until = thanks.until.max(now.tick.after(TIME_TO_READ));
        Ok(())
    }
}
