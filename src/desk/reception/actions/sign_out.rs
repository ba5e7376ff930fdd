//! Signs a visitor out: who is in, who waits, who stayed too long.

use crate::book::BookError;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::visit::VisitId;

pub(super) struct SignOut;

impl Perform for SignOut {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Overstayed) || on.open_visit().is_some()
    }

    // Who waits is let in or sent away first.
    fn stands_last(on: &Place<'_>) -> bool {
        on.is_waiting()
    }

    fn perform(visit: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(request.book.sign_out(visit, request.by, request.now)?.into())
    }
}
