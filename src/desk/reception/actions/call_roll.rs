//! Calls the roll. From the board one tap is enough, for a fire does not wait for a second thought; only a real roll that
//! is open is not thrown away by a finger that slips, with all who are ticked on it.

use crate::book::BookError;
use crate::config::Lobby;
use crate::desk::Page;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct CallRoll;

impl Perform for CallRoll {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Board) || on.is_part(Section::Roll)
    }

    fn step(_: &OfPart, request: &Request<'_>) -> Result<Step, BookError> {
        Ok(if calls_at_once(request)? { Step::AtOnce } else { Asks::default().into() })
    }

    fn perform(_: OfPart, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        let (at_once, before) = (calls_at_once(request)?, request.book.open_roll()?.map(|open| open.id));
        let to = &request.desk.config.roll.to;
        let roll = request.book.call_roll(false, to, request.by, request.now)?;
        // It was called a moment ago, perhaps in the lobby and without names.
        if before == Some(roll.id) {
            request.book.issue_roll(Lobby::Print, to, request.by, request.now)?;
        }
        if at_once {
            // Whoever called it ticks it off next.
            request.desk.go(Section::Roll, request.now);
        }
        Ok((!roll.drill).into())
    }
}

fn calls_at_once(request: &Request<'_>) -> Result<bool, BookError> {
    let Page::ReceptionPages(pages) = &request.desk.page else { return Ok(false) };
    let is_real = request.book.open_roll()?.is_some_and(|roll| !roll.drill);
    Ok(pages.section == Section::Board && !is_real)
}
