//! Closes a complaint, with what was done about it.

use crate::book::BookError;
use crate::desk::reception::about::OfCase;
use crate::desk::reception::form::{Answers, Asks, LONGEST_WORD, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{FieldKind, Label};

pub(super) struct CloseCase;

impl Perform for CloseCase {
    type About = OfCase;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Case)
    }

    fn step(OfCase(number): &OfCase, _: &Request<'_>) -> Result<Step, BookError> {
        let fields = vec![field(Label::Done, FieldKind::Text, "", LONGEST_WORD)];
        Ok(Asks { about: format!("C{number}"), ..Asks::these(fields) }.into())
    }

    fn perform(
        OfCase(number): OfCase,
        request: &mut Request<'_>,
        answers: &Answers<'_>,
    ) -> Result<Came, BookError> {
        match answers.filled(Label::Done) {
            Ok(done) => Ok(request.book.close_case(number, request.by, done, request.now)?.into()),
            Err(errors) => Ok(Came::Wrong(errors)),
        }
    }
}
