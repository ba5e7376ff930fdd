//! What the board and the other parts are made of, read anew whenever the book changed.

use super::actions::offered;
use super::cards::{Beside, Names, invitation_card, parcels_card, visit_card};
use super::parts::{past_rolls, roll_columns, room_columns, watched_card};
use super::place::{Place, is_unsigned};
use super::{Card, Column, Heading, ReceptionPages, Section};
use crate::book::{Book, BookError, Question, Roll, Troubled};
use crate::desk::Desk;
use crate::errand::Trouble;
use crate::now::{Now, Wall};
use crate::visit::{Case, Delivery, Invitation, Visit, VisitId, Watched};
use chrono::Duration;
use std::collections::{HashMap, HashSet};

/// So far ahead invitations are shown, as far as the form for them goes; the others come into sight by themselves.
const LOOK_AHEAD: Duration = Duration::days(120);

/// What today looks like.
pub(super) struct Board {
    /// Who has not left, first come first.
    pub open: Vec<Visit>,
    /// Where each of them stands in it.
    places: HashMap<VisitId, usize>,
    /// Where those stand in it who belong to the group of this one.
    groups: HashMap<VisitId, Vec<usize>>,
    /// Who was asked about whom, in order.
    questions: HashMap<VisitId, Vec<Question>>,
    /// Who of those who wait had left, and when they came back.
    back: HashMap<VisitId, Wall>,
    pub troubles: Vec<Troubled>,
    pub cases: Vec<Case>,
    pub parcels: Vec<Delivery>,
    pub passes: Vec<Visit>,
    /// Who was signed out by number alone.
    pub doubted: Vec<Visit>,
    /// The roll call that is open.
    pub roll: Option<Roll>,
    pub watched: Vec<Watched>,
    /// How many mails wait, and what keeps them.
    pub mails: (usize, Option<Trouble>),
    /// How much of the room wants a hand.
    pub room: usize,
    pub names: Names,
    /// What needs a hand, the most urgent first.
    pub matters: Vec<Card>,
}

impl Board {
    /// A visit that has not left.
    pub fn visit(&self, id: VisitId) -> Option<&Visit> {
        self.places.get(&id).map(|at| &self.open[*at])
    }

    /// Whether somebody waits for an answer of their own: of a group that waits its leader.
    pub fn waits_alone(&self, visit: &Visit) -> bool {
        let led = visit.leader.and_then(|leader| self.visit(leader));
        visit.waits() && !led.is_some_and(Visit::waits)
    }

    /// Those of the group that this visitor leads who are as far as their leader: in, or waiting for the same answer.
    fn with<'a>(&'a self, leader: &'a Visit) -> impl Iterator<Item = &'a Visit> {
        let group = self.groups.get(&leader.id).map(Vec::as_slice).unwrap_or_default();
        let group = group.iter().map(|at| &self.open[*at]);
        group.filter(move |member| member.waits() == leader.waits())
    }

    /// Those who are let in or sent away together with this visitor, who stands first.
    pub fn together<'a>(&'a self, visit: &'a Visit) -> impl Iterator<Item = &'a Visit> {
        std::iter::once(visit).chain(self.with(visit).filter(move |_| visit.waits()))
    }

    /// Who was asked about this visitor, in order.
    pub fn questions(&self, visit: &Visit) -> &[Question] {
        let about = if self.waits_alone(visit) { visit.id } else { visit.asked_about() };
        self.questions.get(&about).map(Vec::as_slice).unwrap_or_default()
    }

    /// Since when somebody waits.
    pub fn since(&self, visit: &Visit) -> Wall {
        self.back.get(&visit.id).copied().unwrap_or(visit.arrived)
    }

    /// What the card of this visitor tells besides their visit.
    pub fn beside(&self, visit: &Visit) -> Beside<'_> {
        let open = self.visit(visit.id).is_some();
        Beside {
            party: self.with(visit).count(),
            since: self.since(visit),
            asked: self.questions(visit).last(),
            watched: open && self.together(visit).any(|one| one.watched.is_some()),
            unsigned: open && self.together(visit).any(is_unsigned),
            uninstructed: false,
        }
    }
}

impl Desk {
    pub(super) fn read_board(&self, now: Now, book: &Book) -> Result<Board, BookError> {
        let (open, parcels, passes) = (book.open_visits()?, book.parcels()?, book.lent_passes()?);
        let doubted = book.doubted(now)?;
        let mut names = Names::new(self.lang, now);
        let visits = open.iter().chain(&passes).chain(&doubted).map(|visit| &visit.host_id);
        for host in visits.chain(parcels.iter().map(|parcels| &parcels.host_id)) {
            names.learn(host, book)?;
        }
        for visit in open.iter().filter(|visit| visit.waits()) {
            let deputy = names.host(&visit.host_id).and_then(|host| host.deputy.clone());
            deputy.map(|deputy| names.learn(&deputy, book)).transpose()?;
        }
        let places = open.iter().enumerate().map(|(at, visit)| (visit.id, at)).collect();
        let mut groups = HashMap::<VisitId, Vec<usize>>::new();
        for (at, visit) in open.iter().enumerate() {
            if let Some(leader) = visit.leader {
                groups.entry(leader).or_default().push(at);
            }
        }
        let mut questions = HashMap::<VisitId, Vec<Question>>::new();
        for question in book.questions()? {
            questions.entry(question.visit).or_default().push(question);
        }
        let mut board = Board {
            open,
            places,
            groups,
            questions,
            back: book.back_and_waiting()?.into_iter().collect(),
            troubles: book.troubles()?,
            cases: book.cases()?,
            parcels,
            passes,
            doubted,
            roll: book.open_roll()?,
            watched: book.watched()?,
            mails: book.letters_waiting()?,
            room: self.room_todo(book, now)?,
            names,
            matters: Vec::new(),
        };
        board.matters = self.matters(&board);
        Ok(board)
    }

    /// The card of somebody who is on the board.
    pub(super) fn board_card(&self, visit: &Visit, board: &Board) -> Card {
        let uninstructed = self.lacks_instruction(visit, board);
        visit_card(visit, &Beside { uninstructed, ..board.beside(visit) }, &board.names)
    }

    /// Whether a visitor goes where, or comes for what, has a safety instruction that they have not gone through, since
    /// their visit was corrected. Whoever comes along went through it with their leader.
    pub(super) fn lacks_instruction(&self, visit: &Visit, board: &Board) -> bool {
        let instructed = match visit.leader {
            Some(leader) => board.visit(leader),
            None => Some(visit),
        };
        let (Some(instructed), Some(host)) = (instructed, board.names.host(&visit.host_id)) else {
            return false;
        };
        let kind = visit.kind.as_ref().map(|kind| kind.id.as_str());
        let passed = |topic: &String| {
            let mut all = instructed.instructed.iter().chain(&visit.instructed);
            all.any(|passed| passed.topic == *topic)
        };
        visit.left.is_none()
            && !self.notices.topics(kind, &host.place, visit.lang).iter().all(|same| same.iter().any(passed))
    }

    /// The parts, each with how much there is to do.
    pub(super) fn todo(&self, board: &Board, pages: &ReceptionPages) -> Vec<(Section, usize)> {
        Section::ALL
            .into_iter()
            .filter(|section| may_open(*section, pages))
            .map(|section| {
                let count = match section {
                    Section::Board => board.matters.len(),
                    Section::Words => board.cases.len(),
                    Section::Machine => usize::from(self.printer_troubled()),
                    Section::Room => board.room,
                    Section::Roll => board.roll.as_ref().map_or(0, |roll| {
                        roll.people.iter().filter(|called| !called.is_accounted_for()).count()
                    }),
                    Section::Invitations | Section::History | Section::Watch | Section::Numbers => 0,
                };
                (section, count)
            })
            .collect()
    }

    pub(super) fn columns(
        &self,
        section: Section,
        board: &Board,
        pages: &ReceptionPages,
        now: Now,
        book: &Book,
    ) -> Result<Vec<Column>, BookError> {
        let column = |heading, cards| Column { heading, cards };
        Ok(match section {
            Section::Board => self.today_columns(board, now, book)?,
            Section::Words => self.words_columns(board, pages, now, book)?,
            Section::Machine => vec![column(Heading::Machine, self.machine_cards(board, now, book)?)],
            Section::Room => room_columns(&self.config, self.lang, book, now)?,
            Section::Roll => match &board.roll {
                Some(roll) => roll_columns(roll, book)?,
                None => vec![column(Heading::Rolls, past_rolls(book)?)],
            },
            Section::Watch => vec![column(
                Heading::Watched,
                board.watched.iter().map(|watched| watched_card(watched, pages.is_manager())).collect(),
            )],
            Section::Invitations => self.invitation_columns(board, now, book)?,
            Section::History => self.history(pages, &board.names, book)?,
            Section::Numbers => Vec::new(),
        })
    }

    fn today_columns(&self, board: &Board, now: Now, book: &Book) -> Result<Vec<Column>, BookError> {
        let column = |heading, cards| Column { heading, cards };
        let here = board.open.iter().filter(|visit| !visit.waits());
        let here = here.rev().map(|visit| self.board_card(visit, board)).collect();
        let expected = book.expected(now)?;
        let left = book.left_since(self.config.visit.day_began(now).timestamp_millis())?;
        let mut names = board.names.clone();
        for host in expected.iter().map(|i| &i.host_id).chain(left.iter().map(|visit| &visit.host_id)) {
            names.learn(host, book)?;
        }
        let left = left.iter().map(|visit| visit_card(visit, &Beside::of(visit), &names)).collect();
        let parcels = board.parcels.iter().map(|parcels| {
            let wanting = parcels.to_sign || self.lies_too_long(parcels, now);
            parcels_card(parcels, wanting, &board.names)
        });
        Ok(vec![
            column(Heading::Hand, board.matters.clone()),
            column(Heading::Here, here),
            column(Heading::Expected, self.invitation_cards(&expected, &names)),
            column(Heading::Left, left),
            column(Heading::Parcels, parcels.collect()),
        ])
    }

    /// Who is invited for today, and for later: on another day, or once more after they have come.
    fn invitation_columns(&self, board: &Board, now: Now, book: &Book) -> Result<Vec<Column>, BookError> {
        let today = book.expected(now)?;
        let ends = now.zone.day(now.day()).end;
        let mut later = book.invited_between(now.millis(), ends + LOOK_AHEAD.num_milliseconds())?;
        let known: HashSet<&str> = today.iter().map(|invited| invited.id.as_str()).collect();
        later.retain(|invited| !known.contains(invited.id.as_str()));
        let mut names = board.names.clone();
        for host in today.iter().chain(&later).map(|invited| &invited.host_id) {
            names.learn(host, book)?;
        }
        let cards = |all: &[Invitation]| -> Result<Vec<Card>, BookError> {
            let mut cards = self.invitation_cards(all, &names);
            for (card, invited) in cards.iter_mut().zip(all) {
                let standing = book.standing(invited, now)?;
                card.actions = offered(&Place::Invitation { invitation: invited, standing, open: false });
            }
            Ok(cards)
        };
        Ok(vec![
            Column { heading: Heading::Expected, cards: cards(&today)? },
            Column { heading: Heading::Later, cards: cards(&later)? },
        ])
    }

    fn invitation_cards(&self, all: &[Invitation], names: &Names) -> Vec<Card> {
        all.iter().map(|invited| invitation_card(invited, self.type_of(invited), names)).collect()
    }

    /// What somebody is invited for, as it is called.
    pub(super) fn type_of(&self, invitation: &Invitation) -> Option<&str> {
        let id = invitation.visit_type.as_ref()?;
        let kind = self.config.visit_types.iter().find(|kind| kind.kind.id == *id)?;
        Some(kind.kind.name.get(self.lang))
    }
}

pub(super) fn may_open(section: Section, pages: &ReceptionPages) -> bool {
    match section {
        Section::Board
        | Section::Invitations
        | Section::Words
        | Section::Room
        | Section::Roll
        | Section::Watch
        | Section::History
        | Section::Machine => true,
        Section::Numbers => pages.is_manager(),
    }
}
