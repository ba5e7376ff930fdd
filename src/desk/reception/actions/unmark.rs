//! Takes back what was said of somebody on the roll.

use super::mark;
use crate::book::BookError;
use crate::desk::reception::about::OfCalled;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct Unmark;

impl Perform for Unmark {
    type About = OfCalled;

    fn offered(on: &Place<'_>) -> bool {
        let Place::Called(called) = on else { return false };
        // Whoever has left is accounted for whatever was said before.
        if called.is_accounted_for() {
            called.safe == Some(true) && called.marked.is_some()
        } else {
            called.safe.is_some()
        }
    }

    fn perform(
        OfCalled(visit): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        mark(visit, None, request)
    }
}
