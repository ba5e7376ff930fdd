//! Ticks a point of today's checks.

use crate::book::BookError;
use crate::desk::reception::about::OfCheck;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct Tick;

impl Perform for Tick {
    type About = OfCheck;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Check { ticked: false })
    }

    fn perform(
        OfCheck(check): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        let today = request.now.wall.date_naive();
        Ok(request.book.tick(today, &check, request.by, request.now)?.into())
    }
}
