//! Ends the roll call, after a second thought: who was not ticked stays so.

use crate::book::BookError;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct EndRoll;

impl Perform for EndRoll {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Part(part) if part.section == Section::Roll && part.roll)
    }

    fn step(_: &OfPart, _: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::default().into())
    }

    fn perform(_: OfPart, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        let Some(roll) = request.book.open_roll()? else { return Ok(Came::TooLate) };
        Ok(request.book.end_roll(roll.id, request.by, request.now)?.into())
    }
}
