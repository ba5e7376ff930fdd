//! Prints a badge again, with a new code: the old one opens nothing after that. The journal says why.

use crate::book::BookError;
use crate::desk::reception::form::{Answers, Asks, LONGEST_NOTE, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{FieldKind, Label};
use crate::visit::VisitId;

pub(super) struct Reprint;

impl Perform for Reprint {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.is_badge_failed() || on.open_inside().is_some()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        Ok(Asks::about(&visit, vec![field(Label::Reason, FieldKind::Text, "", LONGEST_NOTE)]).into())
    }

    fn perform(visit: VisitId, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let reason = match answers.filled(Label::Reason) {
            Ok(reason) => reason,
            Err(errors) => return Ok(Came::Wrong(errors)),
        };
        Ok(request.book.reprint(visit, reason, request.by, request.now)?.is_some().into())
    }
}
