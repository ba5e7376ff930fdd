//! Prints the whole list of the open roll once more, with its ticks and with who came since: names on paper, whatever
//! goes on it without a PIN.

use crate::book::BookError;
use crate::config::Lobby;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct PrintRoll;

impl Perform for PrintRoll {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Part(part) if part.section == Section::Roll && part.roll)
    }

    fn perform(_: Self::About, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        let to = &request.desk.config.roll.to;
        Ok(request.book.issue_roll(Lobby::Print, to, request.by, request.now)?.into())
    }
}
