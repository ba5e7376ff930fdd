//! Visits, invitations and parcels as cards.

use super::actions::offered;
use super::place::Place;
use super::{Card, CardId, Fact, Tone};
use crate::book::{Book, BookError, Question};
use crate::now::{Now, Wall};
use crate::visit::{Admission, Asked, Company, Delivery, Host, Invitation, Visit, letters};
use crate::words::{Lang, isolated};
use std::collections::HashMap;

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

    /// Whoever a mail calls this, as the page calls them.
    pub fn called(&self, name: &str) -> String {
        let is_theirs = |host: &&Host| host.name.base == name || host.name.by.values().any(|one| one == name);
        self.hosts.values().find(is_theirs).map_or(name, |host| host.name.get(self.lang)).to_owned()
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

impl Card {
    /// A card with nothing on it but its title.
    pub(super) fn plain(id: CardId, title: &str) -> Self {
        Self {
            id,
            title: title.to_owned(),
            corner: String::new(),
            at: None,
            facts: Vec::new(),
            tone: Tone::Plain,
            actions: Vec::new(),
        }
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
    letters(&words)
}

/// What the card of a visitor tells besides their visit.
pub(super) struct Beside<'a> {
    /// Since when they wait.
    pub since: Wall,
    /// How many of their group are as far as they are.
    pub party: usize,
    /// Who was asked last whether they may come in.
    pub asked: Option<&'a Question>,
    /// They, or somebody who waits with them, may be on the watch list.
    pub watched: bool,
    /// They, or somebody who waits with them, are to sign with reception.
    pub unsigned: bool,
    /// They have not gone through a safety instruction that they need.
    pub uninstructed: bool,
}

impl Beside<'_> {
    /// Nothing besides.
    pub fn of(visit: &Visit) -> Self {
        let watched = visit.watched.is_some() && visit.left.is_none();
        Self { since: visit.arrived, party: 0, asked: None, watched, unsigned: false, uninstructed: false }
    }
}

/// From which company they come, or for what.
fn from(company: Option<&Company>, kind: Option<&str>) -> String {
    match (company, kind) {
        (Some(company), Some(kind)) => format!("{} · {}", isolated(company.as_str()), isolated(kind)),
        (company, kind) => company.map(Company::as_str).or(kind).unwrap_or_default().to_owned(),
    }
}

/// Who decides about somebody who waits, as far as they were asked.
fn asked(asked: Asked, question: Option<&Question>, visit: &Visit, names: &Names) -> Option<Fact> {
    match (asked, question.filter(|question| question.asked == asked)) {
        (_, Some(question)) => {
            Some(Fact::Asked(asked, names.called(&question.to), Some(question.state), question.since))
        }
        (Asked::Reception, None) => Some(Fact::Asked(asked, String::new(), None, visit.arrived)),
        (Asked::Host | Asked::Deputy, None) => None,
    }
}

pub(super) fn visit_card(visit: &Visit, beside: &Beside<'_>, names: &Names) -> Card {
    let now = names.now;
    let (good_until, left) = (now.zone.here(visit.good_until), visit.left.map(|left| now.zone.here(left)));
    let kind = visit.kind.as_ref().map(|kind| kind.name.get(names.lang));
    let mut facts = vec![names.goes(&from(visit.details.company.as_ref(), kind), &visit.host_id)];
    if beside.party > 0 {
        facts.push(Fact::Party(beside.party));
    }
    let tone = match (&visit.admission, left) {
        (Admission::Waiting(who), None) => {
            facts.push(Fact::Waits((now.wall - beside.since).num_minutes().max(0)));
            facts.extend(asked(*who, beside.asked, visit, names));
            Tone::Amber
        }
        (_, Some(left)) => {
            facts.push(match visit.doubted {
                true => Fact::SaidLeft(left),
                false => Fact::Left(left, visit.assumed),
            });
            Tone::Plain
        }
        _ if good_until < now.wall => {
            facts.push(Fact::Overstayed(good_until));
            Tone::Amber
        }
        _ => {
            facts.push(Fact::Came(visit.arrived));
            Tone::Plain
        }
    };
    if beside.watched {
        let waits = visit.waits();
        facts.push(if waits { Fact::Discreet(String::new()) } else { Fact::DiscreetInside });
    }
    if beside.unsigned {
        facts.push(Fact::Unsigned);
    }
    if beside.uninstructed {
        facts.push(Fact::NotInstructed);
    }
    if let Some(pass) = &visit.pass {
        facts.push(Fact::Pass(pass.clone()));
    }
    if let Some(note) = &visit.note {
        facts.push(Fact::Note(note.as_str().to_owned()));
    }
    Card {
        id: CardId::Visit(visit.id),
        title: visit.details.name.to_string(),
        corner: visit.badge.to_string(),
        at: None,
        facts,
        tone,
        actions: offered(&Place::Visit(visit)),
    }
}

pub(super) fn invitation_card(invitation: &Invitation, kind: Option<&str>, names: &Names) -> Card {
    let wall = |millis| names.now.zone.wall(millis);
    let mut facts = vec![names.goes(&from(invitation.company.as_ref(), kind), &invitation.host_id)];
    if invitation.party > 0 {
        facts.push(Fact::Party(usize::from(invitation.party)));
    }
    facts.push(Fact::Expected(wall(invitation.from), wall(invitation.until)));
    if invitation.days > 0 {
        facts.push(Fact::Days(invitation.days));
    }
    // Of several days, the one that comes next.
    let from = invitation.next_turn(names.now).map_or(invitation.from, |(from, _)| from);
    Card {
        id: CardId::Invitation(invitation.id.clone()),
        title: invitation.visitor.to_string(),
        corner: String::new(),
        at: Some(wall(from)).filter(|from| *from >= names.now.midnight()),
        facts,
        tone: Tone::Plain,
        actions: Vec::new(),
    }
}

/// Parcels; somebody must come for those that are wanting.
pub(super) fn parcels_card(delivery: &Delivery, wanting: bool, names: &Names) -> Card {
    let carrier = delivery.carrier.as_ref().map(|carrier| carrier.as_str().to_owned()).unwrap_or_default();
    Card {
        id: CardId::Parcels(delivery.number),
        title: carrier.clone(),
        corner: delivery.label(),
        at: Some(delivery.arrived),
        facts: vec![
            names.goes(&carrier, &delivery.host_id),
            Fact::Parcels(delivery.parcels, delivery.to_sign),
        ],
        tone: if wanting { Tone::Amber } else { Tone::Plain },
        actions: offered(&Place::Parcels),
    }
}
