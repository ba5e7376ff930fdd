//! Takes a pass back.

use crate::book::BookError;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::visit::VisitId;

pub(super) struct TakePass;

impl Perform for TakePass {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        let open = on.open_inside().or(on.open_left());
        matches!(on, Place::PassOut) || open.is_some_and(|visit| visit.pass.is_some())
    }

    fn perform(visit: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(request.book.take_pass(visit, request.by, request.now)?.into())
    }
}
