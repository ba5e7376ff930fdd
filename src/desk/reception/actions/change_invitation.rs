//! Changes an invitation on which somebody can still come. What is left as it stood stays as it was.

use crate::book::{BookError, NewInvitation};
use crate::desk::reception::about::OfInvitation;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::inviting::{fields, read};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::visit::Invitation;

pub(super) struct ChangeInvitation;

impl Perform for ChangeInvitation {
    type About = OfInvitation;

    fn offered(on: &Place<'_>) -> bool {
        on.is_open_invitation()
    }

    fn step(OfInvitation(id): &OfInvitation, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(old) = request.book.invitation(id)? else { return Ok(Step::Nowhere) };
        let Some(host) = request.book.host(&old.host_id)? else { return Ok(Step::Nowhere) };
        let fields = fields(Some((&old, &host)), &request.desk.config, request.desk.lang, request.now);
        Ok(Asks { host: Some(host), ..Asks::these(fields) }.into())
    }

    fn perform(
        OfInvitation(id): OfInvitation,
        request: &mut Request<'_>,
        answers: &Answers<'_>,
    ) -> Result<Came, BookError> {
        let Some(old) = request.book.invitation(&id)? else { return Ok(Came::TooLate) };
        let new = match read(answers, &request.desk.config, Some(&old), request.now) {
            Ok(new) => new,
            Err(errors) => return Ok(Came::Wrong(errors)),
        };
        let Some(changed) = changed(old, new) else { return Ok(Came::TooLate) };
        Ok(request.book.change_invitation(changed, request.by, request.now)?.is_some().into())
    }
}

/// The invitation as it is changed.
fn changed(old: Invitation, new: NewInvitation) -> Option<Invitation> {
    let visitor = new.visitors.into_iter().next()?;
    Some(Invitation {
        visitor: visitor.name,
        company: visitor.company,
        phone: visitor.phone,
        email: visitor.email,
        lang: visitor.lang,
        host_id: new.host_id,
        from: new.from.timestamp_millis(),
        until: new.until.timestamp_millis(),
        days: new.days,
        visit_type: new.visit_type,
        ..old
    })
}
