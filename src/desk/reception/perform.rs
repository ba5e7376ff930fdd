//! What an action is: where it is offered, what it asks before, what it does. Knows none of them by name.

use super::about::About;
use super::form::{Answers, Asks, FieldErrors};
use super::place::Place;
use super::{CardId, ReceptionPages, Said};
use crate::book::{Book, BookError};
use crate::desk::{Desk, Page};
use crate::now::Now;

/// One thing that receptionists can do, with all its aspects.
pub(super) trait Perform: Sync {
    /// What it is about. A card of another kind never comes as far as this action.
    type About: About;

    /// Whether only managers may do it.
    const FOR_MANAGERS: bool = false;

    /// Whether it is offered there.
    fn offered(on: &Place<'_>) -> bool;

    /// Whether it stands behind what the table names after it.
    fn stands_last(_on: &Place<'_>) -> bool {
        false
    }

    /// What is asked before. Where nothing is, one tap is enough.
    fn step(_about: &Self::About, _request: &Request<'_>) -> Result<Step, BookError> {
        Ok(Step::AtOnce)
    }

    /// Does it. The answers are empty where nothing was asked.
    fn perform(
        about: Self::About,
        request: &mut Request<'_>,
        answers: &Answers<'_>,
    ) -> Result<Came, BookError>;
}

/// Who asks for an action, when, and what it may change.
pub(in crate::desk) struct Request<'a> {
    pub desk: &'a mut Desk,
    pub by: &'a str,
    pub now: Now,
    pub book: &'a mut Book,
}

impl Request<'_> {
    /// The pages, while they are open.
    pub(super) fn pages(&mut self) -> Option<&mut ReceptionPages> {
        if let Page::ReceptionPages(pages) = &mut self.desk.page { Some(pages) } else { None }
    }
}

/// What comes before an action.
#[derive(Debug)]
pub(in crate::desk) enum Step {
    /// Nothing.
    AtOnce,
    /// These questions.
    Ask(Box<Asks>),
    /// Nothing can be done: what it is about is not there.
    Nowhere,
}

impl From<Asks> for Step {
    fn from(asks: Asks) -> Self {
        Step::Ask(Box::new(asks))
    }
}

/// What came of an action.
#[derive(Debug)]
pub(in crate::desk) enum Came {
    /// It is in the book.
    Done,
    /// Nothing changed: somebody else was quicker, or what it is about is over.
    TooLate,
    /// Nothing changed: no such card offers it.
    Nowhere,
    /// Something else is to be said.
    Said(Said),
    /// These answers cannot be taken; nothing that was typed is lost.
    Wrong(FieldErrors),
    /// The pages show it, or others are shown.
    Shown,
}

impl From<bool> for Came {
    fn from(done: bool) -> Self {
        if done { Came::Done } else { Came::TooLate }
    }
}

/// An action as it stands in the table, whatever it is about.
pub(in crate::desk) trait Registered: Sync {
    /// See [`Perform::FOR_MANAGERS`].
    fn is_for_managers(&self) -> bool;
    /// See [`Perform::offered`].
    fn offered(&self, on: &Place<'_>) -> bool;
    /// See [`Perform::stands_last`].
    fn stands_last(&self, on: &Place<'_>) -> bool;
    /// See [`Perform::step`].
    fn step(&self, card: Option<&CardId>, request: &Request<'_>) -> Result<Step, BookError>;
    /// See [`Perform::perform`].
    fn perform(
        &self,
        card: Option<&CardId>,
        request: &mut Request<'_>,
        answers: &Answers<'_>,
    ) -> Result<Came, BookError>;
}

impl<T: Perform> Registered for T {
    fn is_for_managers(&self) -> bool {
        T::FOR_MANAGERS
    }

    fn offered(&self, on: &Place<'_>) -> bool {
        T::offered(on)
    }

    fn stands_last(&self, on: &Place<'_>) -> bool {
        T::stands_last(on)
    }

    fn step(&self, card: Option<&CardId>, request: &Request<'_>) -> Result<Step, BookError> {
        T::About::of(card).map_or(Ok(Step::Nowhere), |about| T::step(&about, request))
    }

    fn perform(
        &self,
        card: Option<&CardId>,
        request: &mut Request<'_>,
        answers: &Answers<'_>,
    ) -> Result<Came, BookError> {
        T::About::of(card).map_or(Ok(Came::Nowhere), |about| T::perform(about, request, answers))
    }
}
