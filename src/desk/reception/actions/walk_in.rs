//! Registers somebody without an invitation: the screen is handed to them.

use crate::book::BookError;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

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
