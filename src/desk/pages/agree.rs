//! The notice: agreeing to it registers the visit, declining ends it and keeps nothing.

use super::declined::Declined;
use super::search::{How, Search};
use super::{Ctx, Next, PageLogic};
use crate::book::{Book, BookError, NewVisit};
use crate::config::Admits;
use crate::desk::registration::{Origin, RegistrationDraft};
use crate::desk::{Desk, Event, PageView, Registration, Session};
use crate::notice::Notice;
use crate::now::{Now, Wall};
use crate::visit::{Admission, Agreement, Point, Signature, Witness};

/// The last step before a visit is registered.
#[derive(Debug)]
pub struct AgreeForm(RegistrationDraft);

impl PageLogic for AgreeForm {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        PageView::Agree(agree_view(&self.0, desk))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Registration(event) => match event {
                Registration::Agree(strokes) if !cx.is_covered() => self.agree(&strokes, cx),
                Registration::SignAtReception if !cx.is_covered() && self.0.signs() => {
                    self.register(None, None, Some(Witness::Reception), cx)
                }
                Registration::Signing => {
                    // What was said about the signature is out of date.
                    self.0.unsigned = false;
                    Ok(Next::Stay)
                }
                Registration::Decline if !cx.is_covered() => {
                    cx.desk.forget_typed();
                    Ok(Next::go(Declined))
                }
                _ => Ok(Next::Stay),
            },
            // Another language may have another version, which they have not signed yet.
            Event::Session(Session::ChooseLanguage(_)) => {
                self.0.signed = cx.signed(&self.0)?;
                Ok(Next::Stay)
            }
            _ => Ok(Next::Stay),
        }
    }

    fn back(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        cx.back_to_form(self.0.tidied())
    }
}

impl AgreeForm {
    fn agree(&mut self, strokes: &[Vec<Point>], cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let draft = &mut self.0;
        let signs = draft.kind().is_some_and(|kind| kind.signature);
        let written = signs.then(|| Signature::parse(strokes)).flatten();
        let (signature, signed) = match (written, draft.signed.clone().filter(|_| signs)) {
            (None, Some((earlier, at))) => (Some(earlier), Some(at)),
            (written, _) => (written, None),
        };
        draft.unsigned = signs && signature.is_none();
        if draft.unsigned {
            return Ok(Next::Stay);
        }
        self.register(signature, signed, None, cx)
    }

    /// Somebody who cannot sign on the screen agrees all the same; reception vouches for it and lets them in.
    fn register(
        &self,
        signature: Option<Signature>,
        signed: Option<Wall>,
        witness: Option<Witness>,
        cx: &mut Ctx<'_>,
    ) -> Result<Next, BookError> {
        let (draft, desk) = (&self.0, &*cx.desk);
        let notice = desk.notices.of(draft.kind_id(), desk.lang);
        let agreement = Agreement {
            version: notice.version.clone(),
            lang: notice.lang,
            sha256: notice.sha256.clone(),
            at: cx.now.wall,
            signature,
            signed,
            witness,
        };
        let (Some(mut details), Some(host)) = (draft.details.clone(), draft.host().cloned()) else {
            return Ok(Next::Stay);
        };
        let mut members = draft.named_members(desk.lang);
        let mut others = 0;
        if desk.is_one_by_one(draft) {
            others = std::mem::take(&mut details.party);
            members.clear();
        }
        let kind = draft.kind();
        let (ends, closes) = desk.stays_until(draft, cx.now, cx.book)?;
        let new = NewVisit {
            invitation: draft.invitation().map(str::to_owned),
            details,
            host_id: host.id.clone(),
            lang: desk.lang,
            agreement,
            good_until: ends,
            kind: kind.map(|kind| kind.kind.clone()),
            purpose: draft.purpose.clone(),
            // Invited visitors have been admitted before.
            admits: kind.filter(|_| draft.is_walk_in()).map_or(Admits::Nobody, |kind| kind.admits),
            closes,
            instructed: draft.instructed.clone(),
            others,
            members,
            joins: draft.joins(),
            remember: draft.remember,
            photo: draft.photo.clone().filter(|_| notice.photo),
            by: desk.on_behalf.clone(),
        };
        let (invitation, invited) = (new.invitation.clone(), !draft.is_walk_in());
        let visit = match cx.book.arrive(new, cx.now) {
            Err(BookError::NoLongerGood) => return no_longer_good(invitation, cx),
            other => other?,
        };
        match invited {
            true => cx.desk.look_ups.registered(),
            false => cx.desk.recalls.registered(),
        }
        match &visit.admission {
            Admission::Waiting(_) => cx.wait(visit, host),
            Admission::Admitted | Admission::Declined(_) => cx.thank(visit, host),
        }
    }
}

impl Desk {
    /// Until when the badge of a visitor who arrives is good, and when they are taken to have left: as the house is open, or
    /// as long as they are invited, or the group that they join stays.
    fn stays_until(
        &self,
        draft: &RegistrationDraft,
        now: Now,
        book: &Book,
    ) -> Result<(Wall, Wall), BookError> {
        let visit = &self.config.visit;
        let (mut ends, mut closes) = (visit.badge_ends(now), visit.house_closes(now));
        if let Origin::Invited(matched) = &draft.origin
            && let Some(until) = matched.invitation.stay_ends(now)
        {
            // A visitor who comes for last night stays for no hours of another day.
            let is_night = matched.invitation.day(now) < visit.day(now);
            (ends, closes) = if is_night { (until, until) } else { (ends.max(until), closes.max(until)) };
        }
        let leader = draft.joins().map(|leader| book.visit(leader)).transpose()?.flatten();
        if let Some(leader) = leader {
            (ends, closes) = (ends.max(leader.good_until), closes.max(leader.good_until));
        }
        let longest = draft.kind().and_then(|kind| kind.longest_hours).map(|longest| now.after(longest).wall);
        Ok((longest.map_or(ends, |longest| ends.min(longest)), closes))
    }
}

/// The invitation was used or withdrawn while its visitor read: what is wrong with it now is said.
fn no_longer_good(id: Option<String>, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
    let found = id.map(|id| cx.book.invitation(&id)).transpose()?.flatten();
    let next = cx.found(Search { how: How::Scan, ..Search::default() }, found.into_iter().collect())?;
    cx.desk.forget_typed();
    Ok(next)
}

impl Ctx<'_> {
    /// The notice.
    pub fn show_notice(&mut self, draft: RegistrationDraft) -> Result<Next, BookError> {
        let signed = self.signed(&draft)?;
        Ok(Next::go(AgreeForm(RegistrationDraft { signed, ..draft })))
    }

    /// The signature of a visitor who has signed this version of the notice, in whatever language and for whatever visit:
    /// they do not sign again.
    fn signed(&self, draft: &RegistrationDraft) -> Result<Option<(Signature, Wall)>, BookError> {
        match (draft.kind(), &draft.details) {
            (Some(kind), Some(details)) if kind.signature => {
                let id = Some(kind.kind.id.as_str());
                let version = &self.desk.notices.of(id, self.desk.lang).version;
                self.book.signed(details, &self.desk.notices.hashes(id, version))
            }
            _ => Ok(None),
        }
    }
}

/// A notice to read.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreeView {
    /// The notice in the language of the page.
    pub notice: Notice,
    /// On the way of somebody without an invitation.
    pub walk_in: bool,
    /// Whether a badge is printed at once; somebody may have to be asked before.
    pub prints: bool,
    /// Whether it is signed with a finger.
    pub signs: bool,
    /// When they signed this version of it; they need not sign again.
    pub signed: Option<Wall>,
    /// They agreed without the signature.
    pub unsigned: bool,
    /// Who it is for, as the badge will say; empty where that is not known.
    pub name: String,
    /// How many were to come along, and register by themselves.
    pub others: usize,
    /// How many questions follow.
    pub questions: usize,
}

impl AgreeView {
    /// A notice that is only read.
    pub(in crate::desk) fn reading(notice: Notice) -> Self {
        Self {
            notice,
            walk_in: false,
            prints: false,
            signs: false,
            signed: None,
            unsigned: false,
            name: String::new(),
            others: 0,
            questions: 0,
        }
    }
}

fn agree_view(draft: &RegistrationDraft, desk: &Desk) -> AgreeView {
    AgreeView {
        notice: desk.notices.of(draft.kind_id(), desk.lang).clone(),
        walk_in: draft.is_walk_in(),
        prints: match &draft.origin {
            Origin::Invited(matched) => !matched.waits,
            Origin::WalkIn(kind, _) => kind.admits == Admits::Nobody,
        },
        signs: draft.signs(),
        signed: draft.signed.as_ref().map(|(_, at)| *at),
        unsigned: draft.unsigned,
        name: draft.details.as_ref().map(|details| details.name.to_string()).unwrap_or_default(),
        others: desk.registers_alone(draft),
        questions: 0,
    }
}
