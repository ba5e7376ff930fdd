//! Invites one visitor or several. What the form asks is in `inviting`, which a change of an invitation shares.

use crate::book::BookError;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::{Answers, Asks};
use crate::desk::reception::inviting::{fields, read};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;

pub(super) struct Invite;

impl Perform for Invite {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Invitations)
    }

    fn step(_: &OfPart, request: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::these(fields(None, &request.desk.config, request.desk.lang, request.now)).into())
    }

    fn perform(_: OfPart, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        match read(answers, &request.desk.config, None, request.now) {
            Ok(new) => Ok((!request.book.invite(new, request.by, request.now)?.is_empty()).into()),
            Err(errors) => Ok(Came::Wrong(errors)),
        }
    }
}
