//! Reception saw that a badge did not come out: it is printed again.

use crate::book::BookError;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::visit::VisitId;

pub(super) struct NotOut;

impl Perform for NotOut {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.is_badge_unknown()
    }

    fn perform(visit: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        // A visitor may be erased meanwhile.
        if request.book.visit(visit)?.is_none() {
            return Ok(Came::TooLate);
        }
        request.book.badge_seen_by(visit, false, request.by, request.now)?;
        Ok(Came::Done)
    }
}
