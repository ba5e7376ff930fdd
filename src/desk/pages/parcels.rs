//! Somebody brings something: how many, and whether it must be signed for. No badge is printed.

use super::confirm::Confirm;
use super::delivered::Delivered;
use super::host::HostSearch;
use super::{Ctx, Next, PageLogic};
use crate::book::{BookError, NewDelivery};
use crate::desk::look_up::MatchedInvitation;
use crate::desk::{Desk, Event, PageView};
use crate::now::Now;
use crate::visit::{Host, Note, PARCELS_MAX};

/// Parcels are brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parcels {
    /// "I bring something".
    Begin,
    /// What is brought, whole.
    Done {
        /// Who brings it, as typed.
        carrier: String,
        /// How many parcels.
        parcels: i32,
        /// Somebody must come and sign.
        to_sign: bool,
    },
}

/// What is brought, to this host, announced by the invitation of this one?
#[derive(Debug)]
pub struct ParcelsForm {
    host: Host,
    announced: Option<MatchedInvitation>,
}

impl ParcelsForm {
    /// For a host who was looked for.
    pub fn to(host: Host) -> Self {
        Self { host, announced: None }
    }

    /// As an invitation says.
    pub fn announced(matched: MatchedInvitation) -> Self {
        Self { host: matched.host.clone(), announced: Some(matched) }
    }
}

impl PageLogic for ParcelsForm {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        let company =
            |matched: &MatchedInvitation| matched.invitation.company.as_ref().map(ToString::to_string);
        PageView::Parcels(ParcelsView {
            carrier: self.announced.as_ref().map(|matched| company(matched).unwrap_or_default()),
            host: self.host.name.get(desk.lang).to_owned(),
            department: self.host.department.get(desk.lang).to_owned(),
        })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Event::Delivery(Parcels::Done { carrier, parcels, to_sign }) = event else {
            return Ok(Next::Stay);
        };
        let new = NewDelivery {
            host_id: self.host.id.clone(),
            carrier: Note::maybe(&carrier),
            parcels: u8::try_from(parcels.clamp(1, i32::from(PARCELS_MAX))).unwrap_or(PARCELS_MAX),
            to_sign,
            invitation: self.announced.as_ref().map(|matched| matched.invitation.id.clone()),
        };
        let delivery = cx.book.take_in(new, cx.now)?;
        Ok(Next::go(Delivered::of(delivery, self.host.clone(), cx)?))
    }

    fn back(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match &self.announced {
            Some(matched) => Ok(Next::go(Confirm(matched.clone()))),
            None => Ok(Next::go(HostSearch::new(None, cx.book.hosts()?))),
        }
    }
}

/// For whom something is brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelsView {
    /// The recipient's name.
    pub host: String,
    /// The recipient's department; may be empty.
    pub department: String,
    /// Who was announced, where anybody was: what to start from; may be empty.
    pub carrier: Option<String>,
}
