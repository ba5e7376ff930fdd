//! Sends a visitor who waits away, with a word for them that may be empty.

use crate::book::BookError;
use crate::desk::reception::form::{Answers, Asks, LONGEST_WORD, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{FieldKind, Label};
use crate::visit::VisitId;

pub(super) struct Decline;

impl Perform for Decline {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.is_waiting()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        Ok(Asks::about(&visit, vec![field(Label::Word, FieldKind::Text, "", LONGEST_WORD)]).into())
    }

    fn perform(visit: VisitId, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let word = answers.text(Label::Word).trim();
        Ok(request.book.decline(visit, request.by, word, request.now)?.into())
    }
}
