//! What the board and the other parts are made of, read anew whenever the book changed.

use super::cards::{Names, invitation_card, parcels_card, visit_card};
use super::parts::{past_rolls, roll_columns, room_columns, watched_card};
use super::{Card, Column, Counter, Deed, Fact, Heading, Section, Tone};
use crate::book::{Book, BookError, Called, Roll, Troubled};
use crate::desk::Desk;
use crate::errand::{About, Kind, State};
use crate::now::{Now, Wall};
use crate::visit::{Admission, Case, Delivery, Feedback, Invitation, Standing, Visit, VisitId, Watched};
use chrono::{Duration, NaiveTime, TimeZone};

/// So far ahead invitations are shown; the others come into sight by themselves.
const LOOK_AHEAD: Duration = Duration::days(60);

/// So far back what was said is shown, and no more of it.
const LOOK_BACK: Duration = Duration::days(31);
const MOST_WORDS: usize = 500;

/// What today looks like.
pub(super) struct Board {
    /// Who has not left, first come first.
    pub open: Vec<Visit>,
    pub troubles: Vec<Troubled>,
    pub cases: Vec<Case>,
    pub parcels: Vec<Delivery>,
    pub passes: Vec<Visit>,
    /// The roll call that is open.
    pub roll: Option<Roll>,
    pub watched: Vec<Watched>,
    /// How much of the room wants a hand.
    pub room: usize,
    pub names: Names,
}

impl Board {
    /// A visit that has not left.
    pub fn visit(&self, id: VisitId) -> Option<&Visit> {
        self.open.iter().find(|visit| visit.id == id)
    }

    /// How many of the group that this visitor leads are here.
    fn party(&self, leader: &Visit) -> usize {
        self.open.iter().filter(|visit| visit.leader == Some(leader.id)).count()
    }
}

/// The first moment of the day.
pub(super) fn midnight(now: &Wall) -> Wall {
    now.offset().from_local_datetime(&now.date_naive().and_time(NaiveTime::MIN)).single().unwrap_or(*now)
}

impl Desk {
    pub(super) fn read_board(&self, now: Now, book: &Book) -> Result<Board, BookError> {
        let (open, parcels, passes) = (book.open_visits()?, book.parcels()?, book.lent_passes()?);
        let mut names = Names::new(self.lang, now);
        for host in open.iter().map(|v| &v.host_id).chain(parcels.iter().map(|parcels| &parcels.host_id)) {
            names.learn(host, book)?;
        }
        Ok(Board {
            open,
            troubles: book.troubles()?,
            cases: book.cases()?,
            parcels,
            passes,
            roll: book.open_roll()?,
            watched: book.watched()?,
            room: self.room_todo(book, now)?,
            names,
        })
    }

    /// The parts, each with how much there is to do.
    pub(super) fn todo(&self, board: &Board, counter: &Counter) -> Vec<(Section, usize)> {
        Section::ALL
            .into_iter()
            .filter(|section| may_open(*section, counter))
            .map(|section| {
                let count = match section {
                    Section::Board => self.matters(board).len(),
                    Section::Words => board.cases.len(),
                    Section::Machine => usize::from(self.printer_troubled()),
                    Section::Room => board.room,
                    Section::Roll => board.roll.as_ref().map_or(0, |roll| {
                        let known = |called: &&Called| called.safe == Some(true) || called.left.is_some();
                        roll.people.len() - roll.people.iter().filter(known).count()
                    }),
                    Section::Invitations | Section::History | Section::Watch | Section::Numbers => 0,
                };
                (section, count)
            })
            .collect()
    }

    fn printer_troubled(&self) -> bool {
        matches!(self.printer, crate::errand::PrinterState::Trouble(_))
    }

    pub(super) fn columns(
        &self,
        section: Section,
        board: &Board,
        counter: &Counter,
        now: Now,
        book: &Book,
    ) -> Result<Vec<Column>, BookError> {
        let column = |heading, cards| Column { heading, cards };
        Ok(match section {
            Section::Board => {
                let mut names = board.names.clone();
                let here = board.open.iter().filter(|visit| !visit.waits());
                let here =
                    here.rev().map(|visit| visit_card(visit, board.party(visit), &board.names)).collect();
                let today = midnight(&now.wall);
                let expected = book.expected(&now.wall)?;
                let left = book.left_since(today.timestamp_millis())?;
                for host in expected.iter().map(|i| &i.host_id).chain(left.iter().map(|visit| &visit.host_id))
                {
                    names.learn(host, book)?;
                }
                let expected = expected.iter().map(|invited| invitation_card(invited, &names)).collect();
                let left = left.iter().map(|visit| visit_card(visit, 0, &names)).collect();
                vec![
                    column(Heading::Hand, self.matters(board)),
                    column(Heading::Here, here),
                    column(Heading::Expected, expected),
                    column(Heading::Left, left),
                ]
            }
            Section::Words => self.words_columns(board, counter, now, book)?,
            Section::Machine => vec![column(Heading::Machine, self.machine_cards(counter))],
            Section::Room => room_columns(&self.config, self.lang, book, now)?,
            Section::Roll => match &board.roll {
                Some(roll) => roll_columns(roll, book)?,
                None => vec![column(Heading::Rolls, past_rolls(book)?)],
            },
            Section::Watch => vec![column(
                Heading::Watched,
                board.watched.iter().map(|watched| watched_card(watched, counter.is_manager())).collect(),
            )],
            Section::Invitations => self.invitation_columns(board, now, book)?,
            Section::History => self.history(counter, &board.names, book)?,
            Section::Numbers => Vec::new(),
        })
    }

    /// Complaints, and for managers what was said of the last visits.
    fn words_columns(
        &self,
        board: &Board,
        counter: &Counter,
        now: Now,
        book: &Book,
    ) -> Result<Vec<Column>, BookError> {
        let cases = board.cases.iter().map(|case| case_card(case, now, counter.is_manager())).collect();
        let mut columns = vec![Column { heading: Heading::Cases, cards: cases }];
        if counter.is_manager() {
            let mut cards = Vec::new();
            for (at, said) in book.feedback_since(now.wall - LOOK_BACK, MOST_WORDS)? {
                let visit = said.visit.map(|id| book.visit(id)).transpose()?.flatten();
                cards.push(word_card(at, &said, visit.as_ref()));
            }
            columns.push(Column { heading: Heading::Words, cards });
        }
        Ok(columns)
    }

    /// Who is invited for today and for later.
    fn invitation_columns(&self, board: &Board, now: Now, book: &Book) -> Result<Vec<Column>, BookError> {
        let today = book.expected(&now.wall)?;
        let ends = (midnight(&now.wall) + Duration::days(1)).timestamp_millis();
        let later = book.invited_between(ends, ends + LOOK_AHEAD.num_milliseconds())?;
        let later: Vec<Invitation> = later.into_iter().filter(|invited| invited.from >= ends).collect();
        let mut names = board.names.clone();
        for host in today.iter().chain(&later).map(|invited| &invited.host_id) {
            names.learn(host, book)?;
        }
        let cards = |all: &[Invitation]| -> Result<Vec<Card>, BookError> {
            let with_deeds = all.iter().map(|invited| {
                let mut card = invitation_card(invited, &names);
                if let Standing::Good | Standing::NotYet(_) = book.standing(invited, now)? {
                    card.deeds = vec![Deed::ChangeInvitation, Deed::CancelInvitation];
                }
                Ok(card)
            });
            with_deeds.collect()
        };
        Ok(vec![
            Column { heading: Heading::Expected, cards: cards(&today)? },
            Column { heading: Heading::Later, cards: cards(&later)? },
        ])
    }

    /// What needs a hand, the most urgent first.
    fn matters(&self, board: &Board) -> Vec<Card> {
        let mut matters: Vec<(u8, Wall, Card)> = Vec::new();
        for visit in board.open.iter().filter(|visit| visit.leader.is_none()) {
            if let Admission::Waiting(asked) = &visit.admission {
                let urgent = if *asked == crate::visit::Asked::Reception { 0 } else { 2 };
                matters.push((urgent, visit.arrived, visit_card(visit, board.party(visit), &board.names)));
            }
        }
        for trouble in &board.troubles {
            if let Some((urgency, card)) = self.trouble_card(trouble, board) {
                matters.push((urgency, trouble.since, card));
            }
        }
        let now = board.names.now;
        for visit in board.open.iter().filter(|visit| !visit.waits() && visit.good_until < now.wall) {
            let mut card = visit_card(visit, board.party(visit), &board.names);
            card.deeds = vec![Deed::SignOut, Deed::Extend];
            matters.push((5, visit.good_until, card));
        }
        let soon = now.wall + Duration::days(1);
        for case in board.cases.iter().filter(|case| case.due < soon) {
            matters.push((6, case.due, case_card(case, now, false)));
        }
        let late = now.wall - Duration::from_std(self.config.reception.remind).unwrap_or_default();
        for delivery in board.parcels.iter().filter(|delivery| delivery.arrived < late) {
            matters.push((7, delivery.arrived, parcels_card(delivery, &board.names)));
        }
        for visit in board.passes.iter().filter(|visit| visit.left.is_some()) {
            let mut card = visit_card(visit, 0, &board.names);
            card.tone = Tone::Amber;
            card.deeds = vec![Deed::TakePass];
            matters.push((8, visit.arrived, card));
        }
        matters.sort_by_key(|(urgency, since, _)| (*urgency, *since));
        // One card about one thing: the most urgent one.
        let mut seen = std::collections::HashSet::new();
        matters.into_iter().map(|(_, _, card)| card).filter(|card| seen.insert(card.key.clone())).collect()
    }

    fn trouble_card(&self, trouble: &Troubled, board: &Board) -> Option<(u8, Card)> {
        let visit = board.visit(VisitId(trouble.subject));
        let (urgency, fact, deeds) = match (trouble.kind, trouble.state) {
            (Kind::Paper, State::Unknown(_)) => {
                (1, Fact::Badge(trouble.state), vec![Deed::CameOut, Deed::NotOut])
            }
            (Kind::Paper, _) => (1, Fact::Badge(trouble.state), vec![Deed::Reprint, Deed::LendPass]),
            (Kind::Letter, State::Failed(why)) => {
                (4, Fact::Mail(trouble.to.clone(), why), vec![Deed::MailAgain, Deed::Settle])
            }
            _ => return None,
        };
        if trouble.kind == Kind::Paper {
            let mut card = visit_card(visit?, 0, &board.names);
            card.facts.push(fact);
            card.tone = Tone::Red;
            card.deeds = deeds;
            return Some((urgency, card));
        }
        // Whoever waits has a card of their own, which says who could not be asked.
        if matches!(trouble.about, Some(About::MayCome(_))) {
            return None;
        }
        let title = visit.map(|visit| visit.details.name.to_string()).unwrap_or_default();
        let corner = visit.map(|visit| visit.badge.to_string()).unwrap_or_default();
        let facts = vec![fact];
        let key = format!("e:{}", trouble.errand.0);
        Some((urgency, Card { key, title, corner, at: Some(trouble.since), facts, tone: Tone::Amber, deeds }))
    }

    fn machine_cards(&self, counter: &Counter) -> Vec<Card> {
        let plain = |key: &str, fact: Fact, tone| Card {
            key: format!("m:{key}"),
            title: String::new(),
            corner: String::new(),
            at: None,
            facts: vec![fact],
            tone,
            deeds: Vec::new(),
        };
        let (mails, why) = counter.mails;
        let mut cards = vec![
            plain(
                "printer",
                Fact::Printer(self.printer),
                if self.printer_troubled() { Tone::Red } else { Tone::Plain },
            ),
            plain("mail", Fact::Mails(mails, why), if why.is_some() { Tone::Amber } else { Tone::Plain }),
        ];
        if let Some(free) = self.disk_free {
            cards.push(plain("disk", Fact::Disk(free), if free < 5 { Tone::Red } else { Tone::Plain }));
        }
        let on = self.emergency.is_some();
        let mut emergency = plain("emergency", Fact::Emergency(on), if on { Tone::Red } else { Tone::Plain });
        emergency.deeds = vec![if on { Deed::EmergencyOff } else { Deed::EmergencyOn }];
        cards.push(emergency);
        cards
    }
}

pub(super) fn may_open(section: Section, counter: &Counter) -> bool {
    match section {
        Section::Board
        | Section::Invitations
        | Section::Words
        | Section::Room
        | Section::Roll
        | Section::Watch
        | Section::History
        | Section::Machine => true,
        Section::Numbers => counter.is_manager(),
    }
}

/// What somebody said of a visit.
fn word_card(at: Wall, said: &Feedback, visit: Option<&Visit>) -> Card {
    let mut facts: Vec<Fact> = said.rating.map(Fact::Rating).into_iter().collect();
    facts.extend(said.words.as_ref().map(|words| Fact::Text(words.as_str().to_owned())));
    facts.push(Fact::SaidOn(at));
    Card {
        key: format!("f:{}", at.timestamp_millis()),
        title: if said.department.is_empty() { String::new() } else { said.department.clone() },
        corner: visit.map(|visit| visit.badge.to_string()).unwrap_or_default(),
        at: None,
        facts,
        tone: match said.rating {
            _ if said.complaint => Tone::Amber,
            Some(rating) if rating > 3 => Tone::Good,
            Some(_) | None => Tone::Plain,
        },
        deeds: Vec::new(),
    }
}

/// A complaint; what was said is for managers.
fn case_card(case: &Case, now: Now, with_words: bool) -> Card {
    let mut facts = vec![Fact::Responsible(case.responsible.clone()), Fact::Due(case.due)];
    if with_words {
        facts.insert(0, Fact::Text(case.words.clone()));
    }
    Card {
        key: format!("c:{}", case.number),
        title: case.department.clone(),
        corner: case.label(),
        at: Some(case.opened),
        facts,
        tone: if case.due < now.wall { Tone::Red } else { Tone::Amber },
        deeds: vec![Deed::CloseCase],
    }
}
