//! Calls the roll as a drill, after a second thought.

use crate::book::BookError;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct CallDrill;

impl Perform for CallDrill {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Part(part) if part.section == Section::Roll && !part.roll)
    }

    fn step(_: &OfPart, _: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::default().into())
    }

    fn perform(_: OfPart, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        let to = &request.desk.config.roll.to;
        // A real one that is open goes on.
        Ok(request.book.call_roll(true, to, request.by, request.now)?.drill.into())
    }
}
