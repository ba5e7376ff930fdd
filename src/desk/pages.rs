//! Every page of the desk: one file each, with its state, the events it takes, what Back does, when it ends, what a
//! scan means there and its view. Whether something is meant for the page on the screen is decided here and nowhere else.
//!
//! A page never reaches for another one: it answers with what is to come [`Next`], and the desk follows once the book
//! has said Ok.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a page takes its own events and drops those of all others"
)]

pub(super) mod again;
pub(super) mod agree;
pub(super) mod choose;
pub(super) mod confirm;
pub(super) mod declined;
pub(super) mod delivered;
pub(super) mod details;
pub(super) mod goodbye;
pub(super) mod host;
pub(super) mod induction;
pub(super) mod leave;
pub(super) mod members;
pub(super) mod parcels;
pub(super) mod photo;
pub(super) mod purpose;
mod reception;
pub(super) mod refused;
pub(super) mod returning;
pub(super) mod roll_call;
pub(super) mod search;
pub(super) mod thanks;
pub(super) mod types;
pub(super) mod waiting;
pub(super) mod welcome;

use super::reception::{Pinning, ReceptionPages, Tap};
use super::{Desk, Event, PageView};
use crate::book::{Book, BookError};
use crate::config::{Config, Screen};
use crate::errand::{ErrandId, State};
use crate::now::{Now, Tick};
use crate::visit::Token;
use std::time::Duration;

/// What a page knows of itself.
pub(super) trait PageLogic {
    /// What the screen shows.
    fn view(&self, desk: &Desk, now: Now) -> PageView;

    /// Takes an event while this page is on the screen. An event that is not the page's own changes nothing.
    fn take(&mut self, _event: Event, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Stay)
    }

    /// One step back.
    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Reset)
    }

    /// What it means here that the scanner read something; `token` is missing where it was no code of ours.
    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(if self.is_over() { Scan::NextVisitor } else { Scan::Dropped })
    }

    /// How the page ends by itself.
    fn ends(&self, _config: &Config) -> Ends {
        Ends::Asking
    }

    /// Whether nothing is left to do but to read.
    fn is_over(&self) -> bool {
        false
    }

    /// Where the page clears at a time of its own: that time, and how long somebody who touches the screen may read on.
    fn clears(&mut self, _screen: &Screen) -> Option<(&mut Tick, Duration)> {
        None
    }

    /// Time has passed.
    fn pass(&mut self, _now: Tick) {}

    /// When the page changes by itself, next to when it ends.
    fn wakes_at(&self, _desk: &Desk, _now: Tick) -> Option<Tick> {
        None
    }

    /// Follows what others wrote into the book.
    fn follow(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Stay)
    }

    /// An errand stands like this, as the book says.
    fn errand_is(&mut self, _id: ErrandId, _state: State, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Stay)
    }

    /// The number of the photo that the camera is to take now.
    fn wants_photo(&self, _now: Tick) -> Option<u32> {
        None
    }
}

/// With what a page acts. The page itself is not on the desk meanwhile.
pub(super) struct Ctx<'a> {
    pub desk: &'a mut Desk,
    pub now: Now,
    pub book: &'a mut Book,
}

impl Ctx<'_> {
    /// Whether something lies over the page, so that nobody can have meant it.
    pub fn is_covered(&self) -> bool {
        self.desk.aside.is_some()
    }

    /// Until when a last page stays.
    pub fn until_read(&self) -> Tick {
        self.now.tick.after(self.desk.config.screen.thanks_seconds)
    }
}

/// What comes of an event.
pub(super) enum Next {
    /// The page stays.
    Stay,
    /// Another page.
    Go(Page),
    /// The visitor is done, or gives up.
    Reset,
    /// Reception's pages do something of their own.
    Reception(Tap),
}

impl Next {
    /// To this page.
    pub fn go(page: impl Into<Page>) -> Self {
        Self::Go(page.into())
    }
}

/// How a page ends by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Somebody who does nothing is asked, and gets some time to answer.
    Asking,
    /// After so long without a touch, and nobody is asked.
    Quietly(Duration),
    /// Then.
    At(Tick),
    /// Then, and the seconds until then are shown.
    CountingTo(Tick),
}

/// What a scan means on a page.
pub(super) enum Scan {
    /// Something is looked for; for a visit that ends, not for one that begins.
    LooksUp {
        /// Somebody is leaving.
        leaving: bool,
    },
    /// The page is over: this is the next visitor.
    NextVisitor,
    /// It opens a card at reception.
    OpensCard,
    /// Nothing: a form is being filled in.
    Dropped,
}

macro_rules! pages {
    ($($name:ident($state:ty),)*) => {
        /// What the visitor is doing.
        #[derive(Debug)]
        pub(super) enum Page {
            $($name(Box<$state>),)*
        }

        impl Page {
            pub fn logic(&self) -> &dyn PageLogic {
                match self {
                    $(Page::$name(page) => page.as_ref(),)*
                }
            }

            pub fn logic_mut(&mut self) -> &mut dyn PageLogic {
                match self {
                    $(Page::$name(page) => page.as_mut(),)*
                }
            }
        }

        $(impl From<$state> for Page {
            fn from(page: $state) -> Self {
                Page::$name(Box::new(page))
            }
        })*
    };
}

pages! {
    Welcome(welcome::Welcome),
    Search(search::Search),
    Choose(choose::Choose),
    Confirm(confirm::Confirm),
    Again(again::Again),
    Types(types::Types),
    Details(details::DetailsForm),
    Members(members::MembersForm),
    Host(host::HostSearch),
    Purpose(purpose::PurposeForm),
    Induction(induction::Induction),
    Photo(photo::PhotoCapture),
    Agree(agree::AgreeForm),
    Parcels(parcels::ParcelsForm),
    Delivered(delivered::Delivered),
    Waiting(waiting::Waiting),
    Refused(refused::Refused),
    Thanks(thanks::Thanks),
    Declined(declined::Declined),
    Leave(leave::Leaving),
    Left(goodbye::Goodbye),
    Feedback(goodbye::FeedbackForm),
    FeedbackKept(goodbye::FeedbackKept),
    Return(returning::Returning),
    Back(returning::Returned),
    RollCalled(roll_call::RollCalled),
    Pin(Pinning),
    ReceptionPages(ReceptionPages),
}

impl Desk {
    /// Lets the page on the screen act, and follows where it leads. The page is back in its place whatever the book says.
    pub(super) fn on_page(
        &mut self,
        now: Now,
        book: &mut Book,
        act: impl FnOnce(&mut dyn PageLogic, &mut Ctx<'_>) -> Result<Next, BookError>,
    ) -> Result<(), BookError> {
        let mut page = std::mem::replace(&mut self.page, welcome::Welcome.into());
        let next = act(page.logic_mut(), &mut Ctx { desk: self, now, book });
        self.page = page;
        self.follow(next?, now, book)
    }

    /// Hands an event to the page on the screen.
    pub(super) fn hand_to_page(&mut self, event: Event, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.on_page(now, book, |page, cx| page.take(event, cx))
    }

    pub(super) fn follow(&mut self, next: Next, now: Now, book: &mut Book) -> Result<(), BookError> {
        match next {
            Next::Stay => {}
            Next::Go(page) => self.show(page),
            Next::Reset => self.reset(),
            Next::Reception(tap) => return self.staff(tap, now, book),
        }
        Ok(())
    }

    pub(super) fn show(&mut self, page: impl Into<Page>) {
        self.aside = None;
        self.page = page.into();
    }
}
