//! Shows the numbers of the month after.

use crate::book::BookError;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct Later;

impl Perform for Later {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Numbers)
    }

    fn perform(_: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        if let Some(pages) = request.pages() {
            pages.turn(1);
        }
        Ok(Came::Shown)
    }
}
