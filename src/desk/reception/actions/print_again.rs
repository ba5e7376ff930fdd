//! Prints a page of the roll again that was printed, or may not have been.

use crate::book::BookError;
use crate::desk::reception::about::OfRollPage;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::errand::State;

pub(super) struct PrintAgain;

impl Perform for PrintAgain {
    type About = OfRollPage;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::RollPage(State::Failed(_) | State::Unknown(_) | State::Done(_)))
    }

    fn perform(
        OfRollPage(page): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        let Some(roll) = request.book.open_roll()? else { return Ok(Came::TooLate) };
        Ok(request.book.print_roll_page_again(roll.id, page, request.by, request.now)?.into())
    }
}
