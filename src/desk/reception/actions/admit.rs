//! Lets a visitor in, with those of their group who wait with them. Where one of them has not signed, the receptionist
//! vouches for it: that takes more than one tap.

use crate::book::BookError;
use crate::desk::reception::Fact;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::{Place, is_unsigned};
use crate::visit::VisitId;

pub(super) struct Admit;

impl Perform for Admit {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.is_waiting()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        if !is_unsigned(&visit) && !request.book.group(*id)?.iter().any(is_unsigned) {
            return Ok(Step::AtOnce);
        }
        Ok(Asks { facts: vec![Fact::Unsigned], ..Asks::about(&visit, Vec::new()) }.into())
    }

    fn perform(visit: VisitId, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        Ok(request.book.admit(visit, request.by, request.now)?.into())
    }
}
