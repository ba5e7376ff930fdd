//! What was ordered in a part: a file, or paper. Nothing is said to be there before its errand says so.

use super::{Action, Said};
use crate::book::{Book, BookError};
use crate::desk::{Desk, Page};
use crate::errand::{ErrandId, State};
use crate::now::{Now, Wall};
use chrono::{Months, NaiveDate};

/// What was ordered, until another part is opened.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    action: Action,
    /// The file; empty: it goes to the printer.
    file: String,
    errand: ErrandId,
    state: State,
}

impl Ordered {
    pub fn said(&self) -> Said {
        Said::Ordered(self.action, self.file.clone(), self.state)
    }

    /// As its errand stands now.
    pub fn now(mut self, book: &Book) -> Result<Self, BookError> {
        self.state = book.errand(self.errand)?.unwrap_or(self.state);
        Ok(self)
    }
}

impl Desk {
    /// Says how it stands until another part is opened, or something else is ordered.
    pub(super) fn ordered(&mut self, action: Action, file: String, errand: ErrandId) {
        if let Page::ReceptionPages(pages) = &mut self.page {
            pages.said = None;
            pages.ordered = Some(Ordered { action, file, errand, state: State::Queued(None) });
            pages.stale();
        }
    }
}

/// When the month of this day begins, and when it ends.
pub(super) fn month(day: NaiveDate, now: Now) -> (Wall, Wall) {
    let next = day.checked_add_months(Months::new(1)).unwrap_or(day);
    (now.zone.midnight(day), now.zone.midnight(next))
}
