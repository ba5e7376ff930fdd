//! Reception saw that a badge came out of the printer.

use crate::book::BookError;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::visit::VisitId;

pub(super) struct CameOut;

impl Perform for CameOut {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.is_badge_unknown()
    }

    fn perform(visit: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        // A visitor may be erased meanwhile.
        if request.book.visit(visit)?.is_none() {
            return Ok(Came::TooLate);
        }
        request.book.badge_seen_by(visit, true, request.by, request.now)?;
        Ok(Came::Done)
    }
}
