//! Notes something for reception with a visit, in place of what was noted before.

use crate::book::{BookError, Correction};
use crate::desk::reception::form::{Answers, Asks, LONGEST_NOTE, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{FieldKind, Label};
use crate::visit::VisitId;

pub(super) struct Note;

impl Perform for Note {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.open_visit().is_some()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        let note = visit.note.as_ref().map(crate::visit::Note::as_str).unwrap_or_default();
        Ok(Asks::about(&visit, vec![field(Label::Note, FieldKind::Text, note, LONGEST_NOTE)]).into())
    }

    fn perform(id: VisitId, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let Some(visit) = request.book.visit(id)? else { return Ok(Came::TooLate) };
        let note = crate::visit::Note::maybe(answers.text(Label::Note));
        let right = Correction { note, ..Correction::of(&visit) };
        Ok(request.book.correct(id, right, request.by, request.now)?.is_some().into())
    }
}
