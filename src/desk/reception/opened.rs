//! One card opened, with everything that is known of it and everything that can be done about it.

use super::actions::offered;
use super::board::Board;
use super::cards::{Beside, invitation_card, visit_card};
use super::place::Place;
use super::{CardId, Column, Fact, Opened, ReceptionPages, WatchedBy};
use crate::book::{Book, BookError};
use crate::desk::Desk;
use crate::errand::{Kind, State};
use crate::now::Now;
use crate::visit::{Invitation, Standing, Visit, Watched, Witness};

impl Desk {
    /// Everything about one card of a part as it is now; none where it is gone.
    pub(super) fn open_card(
        &self,
        card: &CardId,
        board: &Board,
        (pages, columns): (&ReceptionPages, &[Column]),
        now: Now,
        book: &Book,
    ) -> Result<Option<Opened>, BookError> {
        if let CardId::Visit(id) = card {
            let Some(visit) = book.visit(*id)? else { return Ok(None) };
            return self.open_visit(&visit, board, pages, now, book).map(Some);
        }
        if let CardId::Invitation(id) = card {
            let Some(invitation) = book.invitation(id)? else { return Ok(None) };
            return self.open_invitation(&invitation, board, now, book).map(Some);
        }
        let found = columns.iter().flat_map(|column| &column.cards).find(|one| one.id == *card);
        Ok(found.map(|card| Opened { card: card.clone(), story: Vec::new(), signature: String::new() }))
    }

    fn open_invitation(
        &self,
        invitation: &Invitation,
        board: &Board,
        now: Now,
        book: &Book,
    ) -> Result<Opened, BookError> {
        let mut names = board.names.clone();
        names.learn(&invitation.host_id, book)?;
        let mut card = invitation_card(invitation, self.type_of(invitation), &names);
        card.facts.push(Fact::Code(invitation.code.as_str().to_owned()));
        if let Some(phone) = &invitation.phone {
            card.facts.push(Fact::Phone(phone.to_string()));
        }
        card.facts.extend(invitation.email.clone().map(Fact::Email));
        let letters = book.errands_of_invitation(&invitation.id)?;
        if let (Some(State::Failed(why)), Some(to)) =
            (letters.last().map(|letter| letter.state), &invitation.email)
        {
            card.facts.push(Fact::Mail(to.clone(), why));
        }
        let standing = book.standing(invitation, now)?;
        if standing == Standing::Cancelled {
            card.facts.push(Fact::Cancelled);
        }
        card.actions = offered(&Place::Invitation { invitation, standing, open: true });
        Ok(Opened { card, story: Vec::new(), signature: String::new() })
    }

    fn open_visit(
        &self,
        visit: &Visit,
        board: &Board,
        pages: &ReceptionPages,
        now: Now,
        book: &Book,
    ) -> Result<Opened, BookError> {
        let mut names = board.names.clone();
        names.learn(&visit.host_id, book)?;
        let beside = Beside { uninstructed: self.lacks_instruction(visit, board), ..board.beside(visit) };
        let mut card = visit_card(visit, &beside, &names);
        card.facts.retain(|fact| !matches!(fact, Fact::Discreet(_) | Fact::DiscreetInside));
        if visit.waits() && visit.left.is_none() {
            self.tell_who_was_asked(visit, board, &mut card.facts);
        }
        let together: Vec<&Visit> =
            if visit.left.is_none() { board.together(visit).collect() } else { vec![visit] };
        for one in together {
            tell_of_watch_list(one, &board.watched, pages.is_manager(), &mut card.facts);
        }
        card.facts.extend(visit.purpose_in(self.lang).map(|purpose| Fact::Purpose(purpose.to_owned())));
        if let Some(phone) = &visit.details.phone {
            card.facts.push(Fact::Phone(phone.to_string()));
        }
        if visit.kind.as_ref().is_some_and(|kind| kind.escort) {
            card.facts.push(Fact::Escort);
        }
        if visit.left.is_none() && !visit.waits() && visit.good_until >= now.wall {
            card.facts.push(Fact::GoodUntil(now.zone.here(visit.good_until)));
        }
        let errands = book.errands_of(visit.id)?;
        let badge = errands.iter().rfind(|entry| entry.kind == Kind::Paper);
        card.facts.extend(badge.map(|entry| Fact::Badge(entry.state)));
        tell_of_agreement(visit, &mut card.facts);
        let unsent = book.unsent_mail(visit)?;
        let (badge, is_unsent) = (badge.map(|entry| entry.state), unsent.is_some());
        card.facts.extend(unsent.map(|(to, why)| Fact::Mail(names.called(&to), why)));
        card.actions = offered(&Place::OpenVisit { visit, badge, unsent: is_unsent });
        let signature = visit.agreement.signature.as_ref().map(|written| written.as_path().to_owned());
        Ok(Opened {
            card,
            story: super::review::story(visit.id, book)?,
            signature: signature.unwrap_or_default(),
        })
    }

    /// Everybody who was asked, in order, in place of the last one.
    fn tell_who_was_asked(&self, visit: &Visit, board: &Board, facts: &mut Vec<Fact>) {
        let asked = board.questions(visit);
        let earlier = asked.split_last().map(|(_, earlier)| earlier).unwrap_or_default();
        let at = facts.iter().position(|fact| matches!(fact, Fact::Asked(..))).unwrap_or(facts.len());
        let earlier = earlier.iter().map(|question| {
            let to = board.names.called(&question.to);
            Fact::Asked(question.asked, to, Some(question.state), question.since)
        });
        facts.splice(at..at, earlier);
    }
}

/// In what a visitor is like which entry of the watch list.
fn tell_of_watch_list(visit: &Visit, list: &[Watched], with_reason: bool, facts: &mut Vec<Fact>) {
    let Some(sighting) = &visit.watched else { return };
    let entry = list.iter().find(|entry| entry.id == sighting.watched);
    if let Some(entry) = entry {
        match entry.note.is_empty() {
            false => facts.push(Fact::Discreet(entry.note.clone())),
            true if !with_reason => facts.push(Fact::NoNote),
            true => {}
        }
        if with_reason {
            facts.push(Fact::Reason(entry.reason.clone()));
        }
    }
    for (of, likeness, listed) in [
        (WatchedBy::Name, sighting.name, entry.map(|entry| &entry.name)),
        (WatchedBy::Phone, sighting.phone, entry.map(|entry| &entry.phone)),
        (WatchedBy::Company, sighting.company, entry.map(|entry| &entry.company)),
    ] {
        let listed = listed.cloned().unwrap_or_default();
        facts.extend(likeness.map(|likeness| Fact::Alike(of, likeness, listed)));
    }
}

fn tell_of_agreement(visit: &Visit, facts: &mut Vec<Fact>) {
    let agreement = &visit.agreement;
    let signed = agreement.signature.is_some();
    // It may have been signed on an earlier visit.
    let at = agreement.signed.filter(|_| signed).unwrap_or(agreement.at);
    facts.push(Fact::Agreed(agreement.version.clone(), at, signed));
    if let Some(Witness::By(by)) = &agreement.witness {
        facts.push(Fact::Vouched(by.clone()));
    }
    for passed in &visit.instructed {
        let fact = Fact::Instructed(passed.version.clone(), passed.at);
        // One instruction may stand for a type and for a place.
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
}
