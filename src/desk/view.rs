//! The whole screen as one value; what is on a page is that page's own ([`super::pages`]). Holds values and states,
//! never words: those are the screen's.

use super::session::Aside;
use super::{AgreeView, Desk};
use crate::errand::{PrinterState, Seen, State, Trouble};
use crate::now::{Now, Wall};
use crate::words::Lang;
use chrono::{NaiveDate, NaiveTime};

/// How many closed periods to come are told.
const CLOSED_SHOWN: usize = 2;

/// Everything that the screen shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Counts the visitors: when it changes, the screen forgets all that was typed.
    pub visitor: u32,
    /// Counts what was typed: when it changes, the screen forgets it.
    pub forms: u32,
    /// The language of the page.
    pub lang: Lang,
    /// The time on the page, to the minute.
    pub now: Wall,
    /// How the printer is.
    pub printer: PrinterState,
    /// What is said on every page while there is an emergency.
    pub emergency: Option<String>,
    /// When the house opens next, while it is closed.
    pub opens: Option<Wall>,
    /// When the house receives visitors, where that is said.
    pub hours: Option<Hours>,
    /// "Are you still there?", with the seconds left to answer.
    pub still_there: Option<u32>,
    /// The page.
    pub page: PageView,
}

/// When the house receives visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From and until today; empty: the house is closed all day.
    pub today: Vec<(NaiveTime, NaiveTime)>,
    /// The first and the last day of the closed periods that come next, today's among them.
    pub closed: Vec<(NaiveDate, NaiveDate)>,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub enum PageView {
    /// The greeting.
    Welcome,
    /// Looking for an invitation.
    Search(super::SearchView),
    /// Several were found: which one?
    Choose(Vec<super::Found>),
    /// One was found: is it yours?
    Confirm(super::Found),
    /// What do you come for? The keys and names of what is offered.
    Types(Vec<(String, String)>),
    /// Who are you?
    Details(super::DetailsView),
    /// Who comes along?
    Members(super::MembersView),
    /// Whom do you see?
    Host(super::HostView),
    /// What for, in your own words? What is offered.
    Purpose(Vec<String>),
    /// What is brought?
    Parcels(super::ParcelsView),
    /// The parcels are registered.
    Delivered(super::DeliveredView),
    /// The safety induction, to read.
    Induction(super::AgreeView),
    /// A question of the safety induction.
    Question(super::QuestionView),
    /// A photo for the badge.
    Photo(super::PhotoView),
    /// The notice.
    Agree(super::AgreeView),
    /// Somebody is asked whether the visitor may come in.
    Waiting(Box<super::WaitingView>),
    /// The visitor may not come in; a word for them, which may be empty.
    Refused(String),
    /// Registered.
    Thanks(Box<super::ThanksView>),
    /// The visitor declined; nothing was kept.
    Declined,
    /// A badge was scanned: sign out?
    Leave(super::LeaveView),
    /// Signed out; how was it?
    Left(Box<super::GoodbyeView>),
    /// Somebody who left may come back: do they?
    Return(super::LeaveView),
    /// They are in again.
    Back {
        /// Whoever must be escorted waits.
        escort: bool,
    },
    /// A comment or a complaint is written.
    Feedback {
        /// It is a complaint.
        complaint: bool,
        /// It can be said with a name: it was likely to be them who signed out.
        named: bool,
    },
    /// What was said is kept; with the complaint's case.
    FeedbackKept {
        /// The complaint's case.
        case: Option<super::CaseView>,
        /// Seconds until the page clears.
        seconds_left: u32,
    },
    /// The roll was called in the lobby.
    RollCall(super::RollCallView),
    /// A receptionist's PIN.
    Pin(super::PinView),
    /// Reception's pages.
    ReceptionPages(Box<super::ReceptionView>),
    /// Where reception is and how it is reached.
    Reception,
    /// The notice, to read at any time.
    Privacy(super::AgreeView),
    /// The book cannot be used: please go to reception.
    Broken,
}

/// What is known of the badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeShown {
    /// It is with the printer.
    Printing,
    /// The printer confirmed it.
    Printed,
    /// The printer took it and never says more.
    HandedOver,
    /// The printer cannot now; it is tried again.
    Waiting(Trouble),
    /// It will not be printed.
    Failed(Trouble),
    /// Nobody saw whether it came out.
    Unknown(Trouble),
}

/// What is known of the mail to the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostShown {
    /// On its way.
    Sending,
    /// The mail server took it.
    Sent,
    /// It is tried again.
    Waiting,
    /// It will not be sent.
    Failed,
    /// Nobody can be written to.
    Nobody,
}

/// To whom a mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldShown {
    /// To the host.
    Host,
    /// To this colleague in the host's place.
    Colleague(String),
    /// To reception.
    Reception,
}

impl Desk {
    /// The whole screen as one value.
    pub fn view(&self, now: Now) -> View {
        View {
            visitor: self.visitor,
            forms: self.forms,
            lang: self.lang,
            now: to_the_minute(now.wall),
            printer: self.printer,
            emergency: self.emergency.as_ref().map(|word| match word.as_str() {
                "" => self.config.emergency.get(self.lang).to_owned(),
                word => word.to_owned(),
            }),
            opens: self.config.opening.as_ref().and_then(|opening| opening.opens_next(now)),
            hours: self.config.opening.as_ref().map(|opening| {
                let today = now.wall.date_naive();
                let mut closed = opening.closed_from(today);
                closed.truncate(CLOSED_SHOWN);
                Hours { today: opening.on(today).to_vec(), closed }
            }),
            still_there: self.still_there(now.tick),
            page: self.page_view(now),
        }
    }

    fn page_view(&self, now: Now) -> PageView {
        match self.aside {
            Some(Aside::Reception) => PageView::Reception,
            Some(Aside::Privacy) => {
                PageView::Privacy(AgreeView::reading(self.notices.get(self.lang).clone()))
            }
            None => self.page.logic().view(self, now),
        }
    }
}

pub(super) fn badge_shown(state: Option<State>) -> BadgeShown {
    match state {
        None | Some(State::Queued(None) | State::Sending) => BadgeShown::Printing,
        Some(State::Queued(Some(trouble))) => BadgeShown::Waiting(trouble),
        Some(State::Done(Seen::Confirmed)) => BadgeShown::Printed,
        Some(State::Done(Seen::HandedOver)) => BadgeShown::HandedOver,
        Some(State::Failed(trouble)) => BadgeShown::Failed(trouble),
        Some(State::Unknown(trouble)) => BadgeShown::Unknown(trouble),
    }
}

pub(super) fn host_shown(state: Option<State>) -> HostShown {
    match state {
        None => HostShown::Nobody,
        Some(State::Queued(None) | State::Sending) => HostShown::Sending,
        Some(State::Queued(Some(_))) => HostShown::Waiting,
        Some(State::Done(_)) => HostShown::Sent,
        Some(State::Failed(_) | State::Unknown(_)) => HostShown::Failed,
    }
}

fn to_the_minute(wall: Wall) -> Wall {
    use chrono::Timelike;
    wall.with_second(0).and_then(|wall| wall.with_nanosecond(0)).unwrap_or(wall)
}
