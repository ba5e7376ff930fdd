//! Registers somebody who is expected and stands at the desk: the screen is handed to them.

use crate::book::BookError;
use crate::desk::How;
use crate::desk::reception::about::OfInvitation;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::visit::Standing;

pub(super) struct CheckIn;

impl Perform for CheckIn {
    type About = OfInvitation;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Invitation { standing: Standing::Good, open: true, .. })
    }

    fn perform(
        OfInvitation(id): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        let Some(invitation) = request.book.invitation(&id)? else { return Ok(Came::TooLate) };
        request.desk.hand_over(request.now);
        request.desk.found(How::Scan, vec![invitation], request.now, request.book)?;
        // The receptionist has seen who it is.
        request.desk.confirm(request.now, request.book)?;
        Ok(Came::Shown)
    }
}
