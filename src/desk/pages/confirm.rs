//! One invitation was found: is it yours? Masked until they say so.

use super::details::DetailsForm;
use super::parcels::ParcelsForm;
use super::search::Search;
use super::{Ctx, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::desk::look_up::MatchedInvitation;
use crate::desk::{Desk, Event, LookUp, PageView};
use crate::now::{Now, Wall};
use crate::visit::Token;

/// The invitation that is asked about.
#[derive(Debug)]
pub struct Confirm(pub MatchedInvitation);

impl PageLogic for Confirm {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        PageView::Confirm(found_view(&self.0, desk, now))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Confirm(matched) = self;
        match event {
            Event::LookUp(LookUp::Confirm) => {
                if matched.brings_parcels() {
                    return Ok(Next::go(ParcelsForm::announced(matched.clone())));
                }
                let draft = matched.draft();
                // Where nothing is missing the notice comes next.
                if draft.is_whole() { cx.induct(draft) } else { Ok(Next::go(DetailsForm(draft))) }
            }
            Event::LookUp(LookUp::Correct) if !matched.brings_parcels() => {
                Ok(Next::go(DetailsForm(matched.draft())))
            }
            Event::LookUp(LookUp::NotMe) => Ok(Next::go(Search::default())),
            _ => Ok(Next::Stay),
        }
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::go(Search::default()))
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::LooksUp { leaving: false })
    }
}

/// An invitation, or a visit that is registered, as it is shown before it is confirmed: masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The id.
    pub id: String,
    /// The visitor, masked.
    pub visitor: String,
    /// The company, masked; may be empty.
    pub company: String,
    /// Whom they see.
    pub host: String,
    /// In which department.
    pub department: String,
    /// From when it is good.
    pub from: Wall,
    /// Until when.
    pub until: Wall,
    /// Others of the group are here already.
    pub joins: bool,
    /// They wait to be let in.
    pub waits: bool,
    /// Nothing is missing: after the yes comes the notice.
    pub whole: bool,
    /// They may bring others.
    pub brings: bool,
    /// It is a visit that was registered today, then; no invitation.
    pub here: bool,
}

/// An invitation, masked.
pub fn found_view(matched: &MatchedInvitation, desk: &Desk, now: Now) -> Found {
    let (invitation, draft) = (&matched.invitation, matched.draft());
    // Of several days, this one.
    let (from, until) = invitation.next_turn(now).unwrap_or((invitation.from, invitation.until));
    Found {
        id: invitation.id.clone(),
        visitor: invitation.visitor.masked(),
        company: invitation.company.as_ref().map(|company| company.masked()).unwrap_or_default(),
        host: matched.host.name.get(desk.lang).to_owned(),
        department: matched.host.department.get(desk.lang).to_owned(),
        from: now.zone.wall(from),
        until: now.zone.wall(until),
        joins: matched.joins.is_some(),
        waits: matched.waits,
        whole: !matched.brings_parcels() && draft.is_whole(),
        brings: matched.joins.is_none() && !desk.begins_one_by_one(&draft),
        here: false,
    }
}
