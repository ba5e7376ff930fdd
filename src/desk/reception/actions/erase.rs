//! Erases all that is known of a visitor who has left, because they asked for it; the form shows before what that is.

use crate::book::{BookError, Erasing, Traces};
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{Fact, Said, Trace};
use crate::visit::VisitId;

pub(super) struct Erase;

impl Perform for Erase {
    type About = VisitId;

    const FOR_MANAGERS: bool = true;

    fn offered(on: &Place<'_>) -> bool {
        on.open_left().is_some()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        let facts = request.book.traces_of(*id)?.as_ref().map(traces).unwrap_or_default();
        Ok(Asks { facts, ..Asks::about(&visit, Vec::new()) }.into())
    }

    fn perform(visit: VisitId, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(match request.book.forget_whoever_made(visit, request.by, request.now)? {
            Erasing::Done(_) => {
                if let Some(pages) = request.pages() {
                    pages.open = None;
                }
                match request.book.unwiped_since(request.now)? {
                    Some(_) => Came::Said(Said::Unwiped),
                    None => Came::Done,
                }
            }
            Erasing::StillHere(_) => Came::Said(Said::StillHere),
            Erasing::Nothing => Came::TooLate,
        })
    }
}

/// What is to be erased.
fn traces(traces: &Traces) -> Vec<Fact> {
    [
        (Trace::Here, usize::from(traces.here().is_some())),
        (Trace::Visits, traces.visits.len()),
        (Trace::Invitations, traces.invitations.len()),
        (Trace::Words, traces.words.len()),
        (Trace::Remembered, usize::from(traces.remembered)),
        (Trace::Lessons, traces.lessons),
        (Trace::Papers, traces.errands),
        (Trace::Photos, traces.photos),
        (Trace::Signatures, traces.signatures),
        (Trace::OpenCases, traces.open_cases),
        (Trace::Watched, traces.watched),
        (Trace::Nameless, traces.nameless),
        (Trace::OtherNumbers, traces.other_numbers),
        (Trace::OtherNames, traces.other_names),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(of, count)| Fact::Trace(of, count))
    .collect()
}
