//! Shows more of what was found in the history.

use crate::book::BookError;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct More;

impl Perform for More {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::History) && matches!(on, Place::Part(part) if part.full)
    }

    fn perform(_: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        if let Some(pages) = request.pages() {
            pages.more();
        }
        Ok(Came::Shown)
    }
}
