//! Takes an entry off the watch list, after a second thought.

use crate::book::BookError;
use crate::desk::reception::about::OfWatched;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct Unwatch;

impl Perform for Unwatch {
    type About = OfWatched;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Watched)
    }

    fn step(_: &OfWatched, _: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::default().into())
    }

    fn perform(
        OfWatched(id): OfWatched,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        Ok(request.book.unwatch(id, request.by, request.now)?.into())
    }
}
