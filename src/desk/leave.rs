//! Signing out: a badge is scanned, its wearer says yes, the visit ends.

use super::{Desk, How, Miss, Page};
use crate::book::{Book, BookError, Scanned};
use crate::now::Now;
use crate::visit::Token;

impl Desk {
    /// What was scanned is no invitation; perhaps it is a badge.
    pub(super) fn badge_scanned(&mut self, token: &Token, book: &Book) -> Result<(), BookError> {
        match book.badge_by_token(token)? {
            Some(Scanned::Here(visit)) => {
                // They chose it this morning.
                self.choose_language(visit.lang);
                self.show(Page::Leave(visit));
            }
            Some(Scanned::Left(at)) => self.missed(How::Scan, Miss::Left(at)),
            Some(Scanned::Void) => self.missed(How::Scan, Miss::VoidBadge),
            None => self.missed(How::Scan, Miss::Unknown),
        }
        Ok(())
    }

    pub(super) fn leave(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Leave(visit) = &self.page else { return Ok(()) };
        if self.aside.is_none() {
            book.leave(visit.id, now)?;
            self.page = Page::Left(now.tick.after(self.config.screen.thanks));
        }
        Ok(())
    }
}
