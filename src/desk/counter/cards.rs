//! Visits, invitations and parcels as cards; one of them opened, with everything that is known of it.

use super::board::Board;
use super::{Card, Counter, Deed, Fact, Opened, Tone, WatchedBy};
use crate::book::{Book, BookError};
use crate::desk::Desk;
use crate::errand::{About, Kind, State};
use crate::now::{Now, wall_from_millis};
use crate::visit::{Admission, Delivery, Host, Invitation, Standing, Visit, VisitId, fold};
use crate::words::Lang;
use std::collections::HashMap;
use uuid::Uuid;

/// The hosts that cards name, in the language of the page.
#[derive(Clone)]
pub(super) struct Names {
    pub lang: Lang,
    pub now: Now,
    hosts: HashMap<String, Host>,
}

impl Names {
    pub fn new(lang: Lang, now: Now) -> Self {
        Self { lang, now, hosts: HashMap::new() }
    }

    pub fn learn(&mut self, id: &str, book: &Book) -> Result<(), BookError> {
        if !self.hosts.contains_key(id)
            && let Some(host) = book.host(id)?
        {
            self.hosts.insert(id.to_owned(), host);
        }
        Ok(())
    }

    pub fn host(&self, id: &str) -> Option<&Host> {
        self.hosts.get(id)
    }

    fn goes(&self, from: &str, host: &str) -> Fact {
        let host = self.host(host);
        let name = host.map(|host| host.name.get(self.lang)).unwrap_or_default();
        let department = host.map(|host| host.department.get(self.lang)).unwrap_or_default();
        let to =
            [department, name].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let place = host.map(|host| host.place.get(self.lang)).unwrap_or_default();
        Fact::Goes(from.to_owned(), to, place.to_owned())
    }
}

/// Everything on a card that can be looked for, as it is looked for.
#[allow(clippy::wildcard_enum_match_arm, reason = "states and times are not looked for by words")]
pub(super) fn words_of(card: &Card) -> String {
    let mut words = format!("{} {}", card.title, card.corner);
    for fact in &card.facts {
        match fact {
            Fact::Goes(from, to, place) => words.extend([" ", from.as_str(), " ", to, " ", place]),
            Fact::Text(text) | Fact::Note(text) | Fact::Purpose(text) | Fact::Phone(text) => {
                words.extend([" ", text.as_str()]);
            }
            Fact::Pass(text) | Fact::Responsible(text) | Fact::Email(text) | Fact::Code(text) => {
                words.extend([" ", text.as_str()]);
            }
            _ => {}
        }
    }
    fold(&words)
}

/// From which company they come, or for what.
fn from(visit: &Visit, lang: Lang) -> String {
    let kind = visit.kind.as_ref().map(|kind| kind.name.get(lang).to_owned());
    let company = visit.details.company.as_ref().map(ToString::to_string);
    match (company, kind) {
        (Some(company), Some(kind)) => format!("{company} · {kind}"),
        (one, other) => one.or(other).unwrap_or_default(),
    }
}

pub(super) fn visit_card(visit: &Visit, party: usize, names: &Names) -> Card {
    let now = names.now;
    let mut facts = vec![names.goes(&from(visit, names.lang), &visit.host_id)];
    if party > 0 {
        facts.push(Fact::Party(party));
    }
    let (tone, deeds) = match (&visit.admission, visit.left) {
        (Admission::Waiting(asked), None) => {
            facts.push(Fact::Waits((now.wall - visit.arrived).num_minutes().max(0)));
            let host = names.host(&visit.host_id).map(|host| host.name.get(names.lang)).unwrap_or_default();
            facts.push(Fact::Asked(*asked, host.to_owned(), None, visit.arrived));
            (Tone::Amber, vec![Deed::Admit, Deed::Decline])
        }
        (_, Some(left)) => {
            facts.push(Fact::Left(left, visit.assumed));
            (Tone::Plain, Vec::new())
        }
        _ if visit.good_until < now.wall => {
            facts.push(Fact::Overstayed(visit.good_until));
            (Tone::Amber, Vec::new())
        }
        _ => {
            facts.push(Fact::Came(visit.arrived));
            (Tone::Plain, Vec::new())
        }
    };
    if visit.watched.is_some() && visit.left.is_none() {
        facts.push(Fact::Discreet(String::new()));
    }
    if let Some(pass) = &visit.pass {
        facts.push(Fact::Pass(pass.clone()));
    }
    if let Some(note) = &visit.note {
        facts.push(Fact::Note(note.as_str().to_owned()));
    }
    Card {
        key: format!("v:{}", visit.id.0),
        title: visit.details.name.to_string(),
        corner: visit.badge.to_string(),
        at: None,
        facts,
        tone,
        deeds,
    }
}

pub(super) fn invitation_card(invitation: &Invitation, names: &Names) -> Card {
    let wall = |millis| wall_from_millis(millis, &names.now.wall);
    let company = invitation.company.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut facts = vec![names.goes(&company, &invitation.host_id)];
    if invitation.party > 0 {
        facts.push(Fact::Party(usize::from(invitation.party)));
    }
    facts.push(Fact::Expected(wall(invitation.from), wall(invitation.until)));
    Card {
        key: format!("i:{}", invitation.id),
        title: invitation.visitor.to_string(),
        corner: String::new(),
        at: Some(wall(invitation.from)).filter(|from| *from >= super::board::midnight(&names.now.wall)),
        facts,
        tone: Tone::Plain,
        deeds: Vec::new(),
    }
}

pub(super) fn parcels_card(delivery: &Delivery, names: &Names) -> Card {
    let carrier = delivery.carrier.as_ref().map(|carrier| carrier.as_str().to_owned()).unwrap_or_default();
    Card {
        key: format!("p:{}", delivery.number),
        title: carrier.clone(),
        corner: delivery.label(),
        at: Some(delivery.arrived),
        facts: vec![
            names.goes(&carrier, &delivery.host_id),
            Fact::Parcels(delivery.parcels, delivery.to_sign),
        ],
        tone: Tone::Amber,
        deeds: vec![Deed::Collect],
    }
}

/// The visit that a card's key names.
pub(super) fn visit_of(key: &str) -> Option<VisitId> {
    key.strip_prefix("v:").and_then(|id| Uuid::parse_str(id).ok()).map(VisitId)
}

impl Desk {
    /// Everything about one card; none where it is gone.
    pub(super) fn open_card(
        &self,
        key: &str,
        board: &Board,
        counter: &Counter,
        now: Now,
        book: &Book,
    ) -> Result<Option<Opened>, BookError> {
        let mut names = board.names.clone();
        if let Some(id) = visit_of(key) {
            let Some(visit) = book.visit(id)? else { return Ok(None) };
            names.learn(&visit.host_id, book)?;
            return self.open_visit(&visit, &names, counter, now, book).map(Some);
        }
        if let Some(id) = key.strip_prefix("i:") {
            let Some(invitation) = book.invitation(id)? else { return Ok(None) };
            names.learn(&invitation.host_id, book)?;
            let mut card = invitation_card(&invitation, &names);
            card.facts.push(Fact::Code(invitation.code.as_str().to_owned()));
            if let Some(phone) = &invitation.phone {
                card.facts.push(Fact::Phone(phone.to_string()));
            }
            card.facts.extend(invitation.email.clone().map(Fact::Email));
            if invitation.days > 0 {
                card.facts.push(Fact::Days(invitation.days));
            }
            match book.standing(&invitation, now)? {
                Standing::Good => {
                    card.deeds = vec![Deed::CheckIn, Deed::ChangeInvitation, Deed::CancelInvitation];
                }
                Standing::NotYet(_) => card.deeds = vec![Deed::ChangeInvitation, Deed::CancelInvitation],
                Standing::Cancelled => card.facts.push(Fact::Cancelled),
                Standing::Used(_) | Standing::Expired => {}
            }
            return Ok(Some(Opened { card, story: Vec::new(), signature: String::new() }));
        }
        let found = counter.columns.iter().flat_map(|column| &column.cards).find(|card| card.key == key);
        Ok(found.map(|card| Opened { card: card.clone(), story: Vec::new(), signature: String::new() }))
    }

    fn open_visit(
        &self,
        visit: &Visit,
        names: &Names,
        counter: &Counter,
        now: Now,
        book: &Book,
    ) -> Result<Opened, BookError> {
        let party = book.group(visit.id)?.len().saturating_sub(1);
        let mut card = visit_card(visit, party, names);
        card.facts.retain(|fact| !matches!(fact, Fact::Asked(..) | Fact::Discreet(_)));
        let errands = book.errands_of(visit.id)?;
        for entry in &errands {
            if let Some(About::MayCome(asked)) = entry.about {
                let host =
                    names.host(&visit.host_id).map(|host| host.name.get(names.lang)).unwrap_or_default();
                card.facts.push(Fact::Asked(asked, host.to_owned(), Some(entry.state), entry.since));
            }
        }
        if let Some(sighting) = &visit.watched {
            if let Some(entry) = book.watched()?.into_iter().find(|entry| entry.id == sighting.watched) {
                card.facts.push(Fact::Discreet(entry.note));
                if counter.is_manager() {
                    card.facts.push(Fact::Reason(entry.reason));
                }
            }
            for (of, likeness) in [
                (WatchedBy::Name, sighting.name),
                (WatchedBy::Phone, sighting.phone),
                (WatchedBy::Company, sighting.company),
            ] {
                card.facts.extend(likeness.map(|likeness| Fact::Alike(of, likeness)));
            }
        }
        if let Some(purpose) = &visit.purpose {
            card.facts.push(Fact::Purpose(purpose.as_str().to_owned()));
        }
        if let Some(phone) = &visit.details.phone {
            card.facts.push(Fact::Phone(phone.to_string()));
        }
        if visit.kind.as_ref().is_some_and(|kind| kind.escort) {
            card.facts.push(Fact::Escort);
        }
        if visit.left.is_none() && !visit.waits() && visit.good_until >= now.wall {
            card.facts.push(Fact::GoodUntil(visit.good_until));
        }
        let badge = errands.iter().rfind(|entry| entry.kind == Kind::Paper);
        card.facts.extend(badge.map(|entry| Fact::Badge(entry.state)));
        let agreement = &visit.agreement;
        let signed = agreement.signature.is_some();
        card.facts.push(Fact::Agreed(agreement.version.clone(), agreement.at, signed));
        for passed in &visit.instructed {
            let fact = Fact::Instructed(passed.version.clone(), passed.at);
            // One instruction may stand for a type and for a place.
            if !card.facts.contains(&fact) {
                card.facts.push(fact);
            }
        }
        card.deeds = deeds_for(visit, badge.map(|entry| entry.state));
        if visit.left.is_some() && counter.is_manager() {
            card.deeds.push(Deed::Erase);
        }
        let signature = agreement.signature.as_ref().map(|written| written.as_path().to_owned());
        Ok(Opened {
            card,
            story: super::review::story(visit.id, book)?,
            signature: signature.unwrap_or_default(),
        })
    }
}

/// What can be done about a visit.
fn deeds_for(visit: &Visit, badge: Option<State>) -> Vec<Deed> {
    let pass = if visit.pass.is_some() { Deed::TakePass } else { Deed::LendPass };
    if visit.left.is_some() {
        return visit.pass.iter().map(|_| Deed::TakePass).collect();
    }
    if visit.waits() {
        return vec![Deed::Admit, Deed::Decline, Deed::Correct, Deed::Note, Deed::SignOut];
    }
    let mut deeds = Vec::new();
    if let Some(State::Unknown(_)) = badge {
        deeds.extend([Deed::CameOut, Deed::NotOut]);
    }
    deeds.extend([Deed::SignOut, Deed::Correct, Deed::Reprint, pass, Deed::Extend, Deed::Note]);
    deeds
}
