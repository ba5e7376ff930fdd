//! Registers somebody without an invitation: the screen is handed to them.

use crate::book::BookError;
use crate::desk::counter::Section;
use crate::desk::counter::about::OfPart;
use crate::desk::counter::form::Answers;
use crate::desk::counter::perform::{Came, Perform, Request};
use crate::desk::counter::place::Place;

pub(super) struct WalkIn;

impl Perform for WalkIn {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Board)
    }

    fn perform(_: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        request.desk.hand_over(request.now);
        request.desk.begin_walk_in();
        Ok(Came::Shown)
    }
}
