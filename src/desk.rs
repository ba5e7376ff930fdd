//! The desk: decides what happens at reception. Owns the page, the visitor's session and its
//! deadlines; never reads a clock, never touches a device, and changes only after the book said Ok.

mod exits;
mod idle;
mod look_up;
mod pages;
mod rate_limiter;
mod reception;
mod registration;
mod session;
mod sign_out;
mod system;
mod told;
mod view;

pub use look_up::LookUp;
pub use pages::agree::AgreeView;
pub use pages::confirm::Found;
pub use pages::delivered::DeliveredView;
pub use pages::details::{DetailsView, FieldProblems, OthersShown};
pub use pages::goodbye::{CaseView, GoodbyeView};
pub use pages::host::{HostRow, HostView};
pub use pages::induction::QuestionView;
pub use pages::leave::LeaveView;
pub use pages::members::MembersView;
pub use pages::parcels::{Parcels, ParcelsView};
pub use pages::photo::{PhotoShown, PhotoView};
pub use pages::roll_call::{RollCallView, RollNews};
pub use pages::search::{How, LookupError, SearchView};
pub use pages::thanks::ThanksView;
pub use pages::waiting::{AskedShown, WaitingView};
pub(crate) use reception::for_all_actions;
pub use reception::{
    Action, Card, CardId, Choice, Column, Detail, Devices, Fact, FieldError, FieldKind, FieldView, Figure,
    FormView, Heading, HostOffer, Label, NumbersView, Opened, PinMiss, PinView, Plot, PlotKind,
    ReceptionView, Said, Section, Shared, Tap, Tone, Trace, WatchedBy,
};
pub use registration::{Field, Registration};
pub use session::Session;
pub use sign_out::SignOut;
pub use system::System;
pub use view::{BadgeShown, HostShown, Hours, PageView, ToldShown, View};

use crate::book::{Book, BookError};
use crate::config::Config;
use crate::errand::PrinterState;
use crate::notice::Notices;
use crate::now::{Now, Tick, Wall};
use crate::words::Lang;
use chrono::NaiveDate;
use exits::Exits;
use idle::Idle;
use pages::Page;
use pages::welcome::Welcome;
use rate_limiter::RateLimiter;
use session::Aside;
use std::collections::HashSet;

/// Everything that can happen at a reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// On every visitor's page.
    Session(Session),
    /// An invitation, a visit or a badge is looked for.
    LookUp(LookUp),
    /// A visitor is registered.
    Registration(Registration),
    /// Parcels are brought.
    Delivery(Parcels),
    /// A visitor leaves, or comes back.
    SignOut(SignOut),
    /// Somebody of reception does something on their pages.
    Reception(Tap),
    /// Not by anybody's intention.
    System(System),
}

/// The desk.
#[derive(Debug)]
pub struct Desk {
    config: Config,
    notices: Notices,
    lang: Lang,
    visitor: u32,
    forms: u32,
    page: Page,
    aside: Option<Aside>,
    printer: PrinterState,
    idle: Idle,
    look_ups: RateLimiter,
    /// Who signed out by number alone.
    exits: Exits,
    /// Another one, at what is remembered of people: whoever types name and number there is told something too.
    recalls: RateLimiter,
    /// Whether the book was asked how both stood before the program was started.
    limiters_resumed: bool,
    /// On which day old visits were erased last.
    forgot: Option<NaiveDate>,
    /// Before when the visits were that were erased then.
    erased_before: Option<Wall>,
    /// There is an emergency; a word besides, which may be empty.
    emergency: Option<String>,
    /// How many photos were asked for.
    photos: u32,
    /// Whether the camera gives pictures; it does until somebody says otherwise.
    camera_gives: bool,
    /// How much of the disk is free, in percent; none: not told yet.
    disk_free: Option<u8>,
    /// The receptionist who registers whoever stands here.
    on_behalf: Option<String>,
    /// The types of visits whose badges have a place for a photo.
    photographed: HashSet<String>,
}

impl Desk {
    /// A desk at its welcome page.
    pub fn new(config: &Config, notices: Notices) -> Self {
        Self {
            lang: config.languages.first().map_or(Lang::EN, |language| language.code),
            idle: Idle::default(),
            config: config.clone(),
            notices,
            visitor: 1,
            forms: 1,
            page: Welcome.into(),
            aside: None,
            printer: PrinterState::NotSeen,
            look_ups: RateLimiter::default(),
            exits: Exits::default(),
            recalls: RateLimiter::default(),
            limiters_resumed: false,
            forgot: None,
            erased_before: None,
            emergency: None,
            photos: 0,
            camera_gives: true,
            disk_free: None,
            on_behalf: None,
            photographed: config.visit_types.iter().map(|kind| kind.kind.id.clone()).collect(),
        }
    }

    /// Photos are offered for these types of visits only, by their keys: the badges of others have no place for one.
    pub fn with_photos_for(mut self, kinds: HashSet<String>) -> Self {
        self.photographed = kinds;
        self
    }

    /// Takes one event. What no longer fits the page shown is dropped.
    ///
    /// # Errors
    /// The book failed; the desk is as it was before.
    pub fn handle(&mut self, event: Event, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.resume_limiters(now.tick, book)?;
        self.take(event, now, book)?;
        self.keep_limiters(now.tick, book)
    }

    fn take(&mut self, event: Event, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.pass_deadlines(now);
        self.page.logic_mut().pass(now.tick);
        self.exits.take_up(now, book)?;
        match event {
            Event::System(System::Report(report)) => return self.report(report, now, book),
            Event::System(System::Tick) => return self.tick(now, book),
            Event::Session(_)
            | Event::LookUp(_)
            | Event::Registration(_)
            | Event::Delivery(_)
            | Event::SignOut(_)
            | Event::Reception(_)
            | Event::System(System::Touched) => {}
        }
        // A tap answers the question too, and does nothing else: what lies below was not aimed at.
        let asked = self.idle.asks();
        self.idle.touch(now.tick);
        self.stay(now.tick);
        // But "clear and start over" is one of its answers, and who scans something is the next one.
        if asked && event != Event::Session(Session::Home) {
            if !matches!(event, Event::LookUp(LookUp::Scanned(_))) {
                return Ok(());
            }
            self.reset();
            self.idle.touch(now.tick);
        }
        match event {
            Event::Session(event) => self.session(event, now, book)?,
            Event::LookUp(LookUp::Scanned(text)) => self.scanned(&text, now, book)?,
            Event::Reception(tap) => self.staff(tap, now, book)?,
            event @ (Event::LookUp(_)
            | Event::Registration(_)
            | Event::Delivery(_)
            | Event::SignOut(_)
            | Event::System(_)) => self.hand_to_page(event, now, book)?,
        }
        self.refresh(now, book)
    }

    /// The number of the photo that the camera is to take now.
    pub fn wants_photo(&self, now: Tick) -> Option<u32> {
        self.page.logic().wants_photo(now)
    }

    /// When the desk wants to be told [`System::Tick`]; nothing happens at a desk before, but for what staff write into
    /// the book.
    pub fn wakes_at(&self, now: Tick) -> Option<Tick> {
        let page = self.page.logic().wakes_at(self, now);
        [self.idle_wakes_at(now), page].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests;
