//! All visits, searched; and what a month looks like in numbers.

use super::cards::{Beside, Names, visit_card};
use super::{
    Card, CardId, Column, Detail, Fact, Figure, Heading, Label, NumbersView, Plot, PlotKind, ReceptionPages,
    Shared, Tone,
};
use crate::book::{Book, BookError, Entry, Spread};
use crate::config::VisitType;
use crate::desk::Desk;
use crate::errand::{ErrandId, Kind, State};
use crate::export::{department, kind_unknown};
use crate::now::{Now, Wall};
use crate::visit::{Visit, VisitId, Wanted, fold};
use chrono::{Datelike, NaiveDate};
use std::collections::HashSet;
use std::rc::Rc;

/// So many visits of the history are shown at first, and so many more each time.
pub(super) const FOUND: usize = 200;
/// So many bars of hosts and departments are drawn.
const MOST_BARS: usize = 12;

/// What the journal says of a visit, in order.
pub(super) fn story(id: VisitId, book: &Book) -> Result<Vec<Fact>, BookError> {
    let mut before: Option<Visit> = None;
    let mut story = Vec::new();
    let lines = book.story(id)?;
    let errands = Errands::of(&lines);
    for (at, entry) in lines {
        let (detail, after) = match errands.told(&entry) {
            Told::Not => continue,
            Told::Of(kind, state) => (Detail::Errand(kind, state), None),
            Told::AsItIs => detail(&entry, before.as_ref()),
        };
        story.push(Fact::Happened(at, what(&entry), by(&entry).to_owned(), detail));
        before = after.cloned().or(before);
    }
    Ok(story)
}

/// The errands of a story: what each of them is, and whether anything came of it yet.
struct Errands {
    letters: HashSet<ErrandId>,
    went_on: HashSet<ErrandId>,
}

/// What is told of a line.
enum Told {
    Not,
    Of(Kind, State),
    AsItIs,
}

impl Errands {
    #[allow(clippy::wildcard_enum_match_arm, reason = "only these are about errands")]
    fn of(lines: &[(Wall, Entry)]) -> Self {
        let (mut letters, mut went_on) = (HashSet::new(), HashSet::new());
        for (_, entry) in lines {
            match entry {
                Entry::ErrandQueued { errand, kind } if kind == "letter" => {
                    letters.insert(*errand);
                }
                Entry::ErrandIs { errand, state } if *state != State::Sending => {
                    went_on.insert(*errand);
                }
                _ => {}
            }
        }
        Self { letters, went_on }
    }

    /// What came of it; that it was ordered or begun, only as long as nothing has.
    #[allow(clippy::wildcard_enum_match_arm, reason = "only these are about errands")]
    fn told(&self, entry: &Entry) -> Told {
        let kind = |errand| if self.letters.contains(errand) { Kind::Letter } else { Kind::Paper };
        match entry {
            Entry::ErrandIs { state: State::Sending, .. } => Told::Not,
            Entry::ErrandQueued { errand, .. } if self.went_on.contains(errand) => Told::Not,
            Entry::ErrandQueued { errand, .. } => Told::Of(kind(errand), State::Queued(None)),
            Entry::ErrandIs { errand, state } => Told::Of(kind(errand), *state),
            _ => Told::AsItIs,
        }
    }
}

/// The journal's word, but for what says more.
#[allow(clippy::wildcard_enum_match_arm, reason = "these say more than their kind")]
fn what(entry: &Entry) -> &'static str {
    match entry {
        Entry::BadgeSeen { came_out: true, .. } => "badge_out",
        Entry::BadgeSeen { came_out: false, .. } => "badge_not_out",
        Entry::Settled { again: true, .. } => "sent_again",
        _ => entry.kind(),
    }
}

/// What there is to say besides, and the visit as it stood from then on, where the line has it.
#[allow(clippy::wildcard_enum_match_arm, reason = "these say more than their kind")]
fn detail<'a>(entry: &'a Entry, before: Option<&Visit>) -> (Detail, Option<&'a Visit>) {
    let text = |text: &str| if text.is_empty() { Detail::None } else { Detail::Text(text.to_owned()) };
    match entry {
        Entry::Arrived { visit, .. } | Entry::BadgeAgain(visit) => (Detail::None, Some(visit)),
        Entry::Corrected { visit, .. } => {
            (before.map_or(Detail::None, |before| Detail::Fields(corrected(before, visit))), Some(visit))
        }
        Entry::Reprinted { visit, reason, .. } => (text(reason), Some(visit)),
        Entry::Declined { word, .. } => (text(word), None),
        Entry::Pass { number, back, .. } => (Detail::Pass { number: number.clone(), back: *back }, None),
        Entry::RollMarked { safe, .. } => (Detail::Marked(*safe), None),
        _ => (Detail::None, None),
    }
}

/// What was not right before.
fn corrected(before: &Visit, after: &Visit) -> Vec<Label> {
    let (was, is) = (&before.details, &after.details);
    let kind = |visit: &Visit| visit.kind.as_ref().map(|kind| kind.id.clone());
    let changed = [
        (Label::Name, was.name != is.name),
        (Label::Company, was.company != is.company),
        (Label::Phone, was.phone != is.phone),
        (Label::Host, before.host_id != after.host_id),
        (Label::Purpose, before.purpose != after.purpose),
        (Label::Note, before.note != after.note),
        (Label::HowLong, before.good_until != after.good_until),
        (Label::Type, kind(before) != kind(after)),
    ];
    changed.into_iter().filter(|(_, changed)| *changed).map(|(label, _)| label).collect()
}

/// Who did it, where it was somebody of reception.
#[allow(clippy::wildcard_enum_match_arm, reason = "these stand in a visit's story and have somebody")]
fn by(entry: &Entry) -> &str {
    match entry {
        Entry::Admitted { by }
        | Entry::Declined { by, .. }
        | Entry::BadgeSeen { by, .. }
        | Entry::Corrected { by, .. }
        | Entry::Reprinted { by, .. }
        | Entry::SignedOut { by }
        | Entry::SignOutTakenBack { by }
        | Entry::SignOutConfirmed { by }
        | Entry::OnBehalf { by }
        | Entry::Pass { by, .. }
        | Entry::Settled { by, .. }
        | Entry::RollMarked { by, .. } => by,
        _ => "",
    }
}

impl Desk {
    /// What the history has to what is typed, newest first.
    pub(super) fn history(
        &self,
        pages: &ReceptionPages,
        names: &Names,
        book: &Book,
    ) -> Result<Vec<Column>, BookError> {
        let found = book.search(&self.looked_for(&pages.filter), None, pages.most)?;
        let mut names = names.clone();
        for visit in &found {
            names.learn(&visit.host_id, book)?;
        }
        // The newest are found first.
        let indexing = book.is_being_indexed()?.then(|| Card {
            facts: vec![Fact::Indexing],
            tone: Tone::Amber,
            ..Card::plain(CardId::Machine("indexing".to_owned()), "")
        });
        let cards = found
            .iter()
            .map(|visit| {
                let mut card = visit_card(visit, &Beside::of(visit), &names);
                card.at = Some(visit.arrived);
                let until = names.now.zone.here(visit.left.unwrap_or(visit.good_until));
                card.facts.push(Fact::Expected(visit.arrived, until));
                card.actions.clear();
                card
            })
            .chain(indexing)
            .collect();
        Ok(vec![Column { heading: Heading::Found, cards }])
    }

    /// What is typed, as the book looks for it: words that name a type of visit mean that too. The longest name first.
    pub(super) fn looked_for(&self, filter: &str) -> Wanted {
        let words = |text: &str| text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ");
        let typed = format!(" {} ", words(filter));
        let mut types = Vec::new();
        for VisitType { kind, .. } in &self.config.visit_types {
            let names = std::iter::once(&kind.name.base).chain(kind.name.by.values()).map(|name| words(name));
            let named = names.filter(|name| typed.contains(&format!(" {name} ")));
            types.extend(named.map(|name| (name, kind.id.clone())));
        }
        types.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Wanted { words: filter.trim().to_owned(), types, ..Wanted::default() }
    }

    /// The numbers of the month that is looked at.
    pub(super) fn month_numbers(
        &self,
        month: NaiveDate,
        now: Now,
        book: &Book,
    ) -> Result<Shared<NumbersView>, BookError> {
        let (from, until) = super::ordered::month(month, now);
        let numbers = book.numbers(from, until, now)?;
        let median = |spread: &Spread| (spread.count > 0).then_some(spread.median);
        let figures = [
            (Figure::Visits, Some(f64::from(numbers.visits))),
            (Figure::NoShows, Some(f64::from(numbers.no_shows))),
            (Figure::Assumed, Some(f64::from(numbers.assumed))),
            (Figure::ToBadge, median(&numbers.badge)),
            (Figure::ToAnswer, median(&numbers.answer).map(|seconds| seconds / 60.0)),
            (Figure::Satisfaction, numbers.satisfaction()),
            (Figure::Complaints, Some(f64::from(numbers.complaints))),
        ];
        let count = |count: &u32| f64::from(*count);
        let days = numbers.days.iter().map(|(day, visits)| (day.day().to_string(), count(visits))).collect();
        let hours =
            numbers.hours.iter().zip(0..).map(|(visits, hour)| (format!("{hour}"), count(visits))).collect();
        let faces =
            numbers.faces.iter().zip(1..).map(|(chosen, face)| (face.to_string(), count(chosen))).collect();
        let kind = |id: &str| {
            let known = self.config.visit_types.iter().find(|kind| kind.kind.id == id);
            known.map_or_else(|| kind_unknown(id, self.lang), |kind| kind.kind.name.get(self.lang).to_owned())
        };
        let types = numbers.kinds.iter().map(|(id, visits)| (kind(id), count(visits))).collect();
        let (mut hosts, mut departments) = (Vec::new(), Vec::<(String, f64)>::new());
        for (id, visits) in &numbers.hosts {
            let host = book.host(id)?;
            let name = host.as_ref().map_or_else(|| id.clone(), |host| host.name.get(self.lang).to_owned());
            let department = department(host.as_ref().map_or("", |host| host.department.get(self.lang)));
            hosts.push((name, count(visits)));
            match departments.iter_mut().find(|(known, _)| *known == department) {
                Some((_, sum)) => *sum += count(visits),
                None => departments.push((department, count(visits))),
            }
        }
        departments.sort_by(|a, b| b.1.total_cmp(&a.1));
        hosts.truncate(MOST_BARS);
        departments.truncate(MOST_BARS);
        let plot = |kind, bars| Plot { kind, bars };
        let plots = vec![
            plot(PlotKind::Days, days),
            plot(PlotKind::Hours, hours),
            plot(PlotKind::Types, types),
            plot(PlotKind::Departments, departments),
            plot(PlotKind::Hosts, hosts),
            plot(PlotKind::Faces, faces),
        ];
        Ok(Shared(Rc::new(NumbersView { month: from, figures: figures.to_vec(), plots })))
    }
}
