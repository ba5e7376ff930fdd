//! Lends one of the house's passes to a visitor.

use crate::book::BookError;
use crate::desk::reception::form::{Answers, Asks, FieldErrors, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{FieldError, FieldKind, Label};
use crate::visit::VisitId;

pub(super) struct LendPass;

impl Perform for LendPass {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.is_badge_failed() || on.open_inside().is_some_and(|visit| visit.pass.is_none())
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        Ok(Asks::about(&visit, vec![field(Label::Pass, FieldKind::Digits, "", 3)]).into())
    }

    fn perform(visit: VisitId, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let number = match pass(answers, request.desk.config.reception.passes) {
            Ok(number) => number.to_string(),
            Err(errors) => return Ok(Came::Wrong(errors)),
        };
        if !request.book.lend_pass(visit, &number, request.by, request.now)? {
            return Ok(Came::Wrong(vec![(Label::Pass, FieldError::Lent)]));
        }
        Ok(Came::Done)
    }
}

/// The number of a pass of which the house has so many.
fn pass(answers: &Answers<'_>, passes: u32) -> Result<u32, FieldErrors> {
    match answers.text(Label::Pass).trim().parse() {
        Ok(number) if (1..=passes).contains(&number) => Ok(number),
        Ok(_) => Err(vec![(Label::Pass, FieldError::NoPass)]),
        Err(_) => Err(vec![(Label::Pass, FieldError::NoNumber)]),
    }
}
