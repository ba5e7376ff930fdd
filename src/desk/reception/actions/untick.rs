//! Takes a tick back.

use crate::book::BookError;
use crate::desk::reception::about::OfCheck;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct Untick;

impl Perform for Untick {
    type About = OfCheck;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Check { ticked: true })
    }

    fn perform(
        OfCheck(check): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        let today = request.now.wall.date_naive();
        Ok(request.book.untick(today, &check, request.by, request.now)?.into())
    }
}
