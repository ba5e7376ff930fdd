//! Confirms a sign-out that somebody made by a badge's number alone.

use crate::book::BookError;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::visit::VisitId;

pub(super) struct HasLeft;

impl Perform for HasLeft {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Doubted) || on.open_left().is_some_and(|visit| visit.doubted)
    }

    fn perform(visit: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(request.book.confirm_sign_out(visit, request.by, request.now)?.into())
    }
}
