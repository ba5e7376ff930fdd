//! Signs everybody out who is here, after a second thought.

use crate::book::BookError;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{Said, Section};

pub(super) struct SignOutAll;

impl Perform for SignOutAll {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Board)
    }

    fn step(_: &OfPart, _: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::default().into())
    }

    fn perform(_: OfPart, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(Came::Said(Said::SignedOut(request.book.sign_out_all(request.by, request.now)?)))
    }
}
