//! Withdraws an invitation on which somebody can still come, after a second thought.

use crate::book::BookError;
use crate::desk::reception::about::OfInvitation;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct CancelInvitation;

impl Perform for CancelInvitation {
    type About = OfInvitation;

    fn offered(on: &Place<'_>) -> bool {
        on.is_open_invitation()
    }

    fn step(OfInvitation(id): &OfInvitation, request: &Request<'_>) -> Result<Step, BookError> {
        Ok(if request.book.invitation(id)?.is_some() { Asks::default().into() } else { Step::Nowhere })
    }

    fn perform(
        OfInvitation(id): OfInvitation,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        Ok(request.book.cancel_invitation(&id, request.by, request.now)?.into())
    }
}
