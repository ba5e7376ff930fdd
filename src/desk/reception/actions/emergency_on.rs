//! Says on every page that there is an emergency, after a second thought.

use crate::book::BookError;
use crate::desk::reception::about::OfEmergency;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct EmergencyOn;

impl Perform for EmergencyOn {
    type About = OfEmergency;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Emergency { on: false })
    }

    fn step(_: &OfEmergency, _: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::default().into())
    }

    fn perform(_: OfEmergency, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        request.book.set_emergency(Some(""), request.by, request.now)?;
        request.desk.emergency = request.book.emergency()?;
        Ok(Came::Done)
    }
}
