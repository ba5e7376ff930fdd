//! What needs a hand: who waits, what went wrong, who stayed too long, what is late.

use super::actions::offered;
use super::board::Board;
use super::cards::{Beside, parcels_card, visit_card};
use super::place::Place;
use super::words::case_card;
use super::{Card, CardId, Fact, Tone};
use crate::book::Troubled;
use crate::desk::Desk;
use crate::errand::{About, Kind, State};
use crate::now::{Now, Wall};
use crate::visit::{Admission, Asked, Delivery, VisitId};
use chrono::Duration;
use std::collections::HashSet;

impl Desk {
    /// What needs a hand, the most urgent first.
    pub(super) fn matters(&self, board: &Board) -> Vec<Card> {
        let mut matters: Vec<(u8, Wall, Card)> = Vec::new();
        for visit in board.open.iter().filter(|visit| board.waits_alone(visit)) {
            let urgent = if visit.admission == Admission::Waiting(Asked::Reception) { 0 } else { 2 };
            matters.push((urgent, board.since(visit), self.board_card(visit, board)));
        }
        for trouble in &board.troubles {
            if let Some((urgency, card)) = self.trouble_card(trouble, board) {
                matters.push((urgency, trouble.since, card));
            }
        }
        let now = board.names.now;
        for visit in board.open.iter().filter(|visit| !visit.waits() && visit.good_until < now.wall) {
            let mut card = self.board_card(visit, board);
            card.actions = offered(&Place::Overstayed);
            matters.push((5, visit.good_until, card));
        }
        // Anybody can have typed the number.
        for visit in &board.doubted {
            let mut card = visit_card(visit, &Beside::of(visit), &board.names);
            card.tone = Tone::Amber;
            card.actions = offered(&Place::Doubted);
            matters.push((2, visit.left.unwrap_or(visit.arrived), card));
        }
        // Whoever came after the entry was made waited for reception.
        let is_listed = |id| board.watched.iter().any(|entry| entry.id == id);
        for visit in board.open.iter().filter(|visit| !visit.waits()) {
            if visit.watched.as_ref().is_some_and(|found| found.inside && is_listed(found.watched)) {
                let mut card = self.board_card(visit, board);
                card.tone = Tone::Amber;
                matters.push((1, visit.arrived, card));
            }
        }
        let soon = now.wall + Duration::days(1);
        for case in board.cases.iter().filter(|case| case.due < soon) {
            matters.push((6, case.due, case_card(case, now, false)));
        }
        for parcels in &board.parcels {
            // Whoever brings what must be signed for stands at the desk.
            let urgency = match (parcels.to_sign, self.lies_too_long(parcels, now)) {
                (true, _) => 3,
                (false, true) => 7,
                (false, false) => continue,
            };
            matters.push((urgency, parcels.arrived, parcels_card(parcels, true, &board.names)));
        }
        for visit in board.passes.iter().filter(|visit| visit.left.is_some()) {
            let mut card = visit_card(visit, &Beside::of(visit), &board.names);
            card.tone = Tone::Amber;
            card.actions = offered(&Place::PassOut);
            matters.push((8, visit.arrived, card));
        }
        matters.sort_by_key(|(urgency, since, _)| (*urgency, *since));
        // One card about one thing: the most urgent one.
        let mut seen = HashSet::new();
        matters.into_iter().map(|(_, _, card)| card).filter(|card| seen.insert(card.id.clone())).collect()
    }

    /// Whether their recipient is written to once more.
    pub(super) fn lies_too_long(&self, parcels: &Delivery, now: Now) -> bool {
        let remind = Duration::from_std(self.config.reception.parcel_hours).unwrap_or_default();
        parcels.arrived < now.wall - remind
    }

    fn trouble_card(&self, trouble: &Troubled, board: &Board) -> Option<(u8, Card)> {
        let visit = board.visit(VisitId(trouble.subject));
        let (urgency, fact, place) = match (trouble.kind, trouble.state) {
            (Kind::Paper, state) => (1, Fact::Badge(state), Place::BadgeTrouble(state)),
            (Kind::Letter, State::Failed(why)) => {
                (4, Fact::Mail(board.names.called(&trouble.to), why), Place::LetterTrouble)
            }
            _ => return None,
        };
        let actions = offered(&place);
        if trouble.kind == Kind::Paper {
            let mut card = self.board_card(visit?, board);
            card.facts.push(fact);
            card.tone = Tone::Red;
            card.actions = actions;
            return Some((urgency, card));
        }
        // Whoever waits has a card of their own, which says who could not be asked.
        if matches!(trouble.about, Some(About::MayCome(_))) {
            return None;
        }
        let (title, corner) = match visit {
            Some(visit) => (visit.details.name.to_string(), visit.badge.to_string()),
            None => (trouble.visitor.clone(), trouble.number.clone()),
        };
        let facts = trouble.about.map(Fact::Letter).into_iter().chain([fact]).collect();
        let id = CardId::Errand(trouble.errand);
        Some((
            urgency,
            Card { id, title, corner, at: Some(trouble.since), facts, tone: Tone::Amber, actions },
        ))
    }
}
