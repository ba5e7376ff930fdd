//! Settles a mail that did not go: nobody sends it again.

use crate::book::BookError;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::errand::ErrandId;

pub(super) struct Settle;

impl Perform for Settle {
    type About = ErrandId;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::LetterTrouble)
    }

    fn perform(errand: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(request.book.settle(errand, false, request.by, request.now)?.into())
    }
}
