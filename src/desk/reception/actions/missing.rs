//! Somebody on the roll is missing.

use super::mark;
use crate::book::BookError;
use crate::desk::reception::about::OfCalled;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct Missing;

impl Perform for Missing {
    type About = OfCalled;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Called(called) if !called.is_accounted_for() && called.safe.is_none())
    }

    fn perform(
        OfCalled(visit): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        mark(visit, Some(false), request)
    }
}
