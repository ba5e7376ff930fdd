//! Ends the emergency: no page says it after this.

use crate::book::BookError;
use crate::desk::reception::about::OfEmergency;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct EmergencyOff;

impl Perform for EmergencyOff {
    type About = OfEmergency;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Emergency { on: true })
    }

    fn perform(_: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        request.book.set_emergency(None, request.by, request.now)?;
        request.desk.emergency = None;
        Ok(Came::Done)
    }
}
