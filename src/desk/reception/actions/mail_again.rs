//! Sends a mail again: the one about a visit that did not go, one that failed, or an invitation.

use crate::book::BookError;
use crate::desk::reception::CardId;
use crate::desk::reception::about::About;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::errand::ErrandId;
use crate::visit::VisitId;

pub(super) struct MailAgain;

/// Whose mail it is.
pub(super) enum Mail {
    OfVisit(VisitId),
    OfInvitation(String),
    Failed(ErrandId),
}

impl About for Mail {
    fn of(card: Option<&CardId>) -> Option<Self> {
        match card? {
            CardId::Visit(id) => Some(Mail::OfVisit(*id)),
            CardId::Invitation(id) => Some(Mail::OfInvitation(id.clone())),
            CardId::Errand(id) => Some(Mail::Failed(*id)),
            CardId::Case(_)
            | CardId::Word(_)
            | CardId::Parcels(_)
            | CardId::Supply(_)
            | CardId::Check(_)
            | CardId::Missed(_)
            | CardId::Called(_)
            | CardId::RollPage(_)
            | CardId::Roll(_)
            | CardId::Watched(_)
            | CardId::Machine(_) => None,
        }
    }
}

impl Perform for MailAgain {
    type About = Mail;

    fn offered(on: &Place<'_>) -> bool {
        let has_address =
            matches!(on, Place::Invitation { invitation, open: true, .. } if invitation.email.is_some());
        matches!(on, Place::LetterTrouble | Place::OpenVisit { unsent: true, .. })
            || (has_address && on.is_open_invitation())
    }

    fn stands_last(on: &Place<'_>) -> bool {
        on.is_waiting()
    }

    fn perform(mail: Mail, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        let Request { by, now, book, .. } = request;
        let done = match mail {
            Mail::OfVisit(id) => book.mail_again(id, by, *now)?,
            Mail::OfInvitation(id) => book.invite_again(&id, by, *now)?,
            Mail::Failed(id) => book.settle(id, true, by, *now)?,
        };
        Ok(done.into())
    }
}
