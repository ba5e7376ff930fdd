//! After signing out: how it was, by a face; a comment or a complaint that is written; and what was kept of it.

use super::leave::returns_until;
use super::{Ctx, Ends, Next, PageLogic};
use crate::book::BookError;
use crate::config::{Config, Screen};
use crate::desk::idle::seconds_left;
use crate::desk::view::host_shown;
use crate::desk::{Desk, Event, HostShown, PageView, SignOut};
use crate::errand::{ErrandId, State};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Case, Feedback, FeedbackId, Host, Remark, Visit};
use std::time::Duration;

/// How long a face that was chosen stays in sight, at least.
const TIME_TO_SAY: Duration = Duration::from_secs(15);

/// A visit that has just ended, as long as its visitor looks.
#[derive(Debug, Clone)]
pub struct Goodbye {
    pub visit: Visit,
    /// Whether it was likely to be them who signed out.
    pub known: bool,
    pub host: Option<Host>,
    pub said: Option<FeedbackId>,
    pub rating: Option<u8>,
    pub until: Tick,
}

/// What was said is kept.
#[derive(Debug)]
pub struct FeedbackKept {
    pub case: Option<Case>,
    /// None: nobody who answers has an address.
    pub letter: Option<(ErrandId, State)>,
    pub until: Tick,
}

/// A comment or a complaint that is being written.
#[derive(Debug)]
pub struct FeedbackForm {
    goodbye: Goodbye,
    complaint: bool,
}

impl PageLogic for Goodbye {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        let host = self.host.as_ref().filter(|_| self.known);
        PageView::Left(Box::new(GoodbyeView {
            arrived: self.visit.arrived,
            left: self.visit.left.unwrap_or(now.wall),
            host: host.map(|host| host.name.get(desk.lang).to_owned()).unwrap_or_default(),
            rating: self.rating.unwrap_or_default(),
            waited: self.visit.waits(),
            returns: returns_until(&self.visit, now),
            seconds_left: seconds_left(now.tick, self.until),
        }))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::SignOut(SignOut::Rate(rating)) => {
                let rating = Some(rating.clamp(1, 5));
                let feedback = Feedback { rating, ..self.feedback(cx.desk) };
                let (id, _) = cx.book.say(self.said, &feedback, cx.now)?;
                self.said = Some(id);
                self.rating = rating;
                self.until = self.until.max(cx.now.tick.after(TIME_TO_SAY));
                Ok(Next::Stay)
            }
            Event::SignOut(SignOut::BeginFeedback { complaint }) => {
                Ok(Next::go(FeedbackForm { goodbye: self.clone(), complaint }))
            }
            _ => Ok(Next::Stay),
        }
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::CountingTo(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.thanks_seconds))
    }
}

impl Goodbye {
    fn feedback(&self, desk: &Desk) -> Feedback {
        let department = self.host.as_ref().map(|host| host.department.get(desk.config.reception.lang));
        Feedback {
            rating: self.rating,
            words: None,
            complaint: false,
            // A face alone is nobody's.
            visit: None,
            department: department.unwrap_or_default().to_owned(),
        }
    }
}

/// The page after signing out.
pub fn say_goodbye(visit: Visit, known: bool, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
    let host = cx.book.host(&visit.host_id)?;
    let visit = cx.book.visit(visit.id)?.unwrap_or(visit);
    let until = cx.until_read();
    Ok(Next::go(Goodbye { visit, known, host, said: None, rating: None, until }))
}

impl PageLogic for FeedbackForm {
    fn view(&self, _desk: &Desk, _now: Now) -> PageView {
        PageView::Feedback { complaint: self.complaint, named: self.goodbye.known }
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Event::SignOut(SignOut::FeedbackDone { words, anonymous }) = event else { return Ok(Next::Stay) };
        let Some(words) = Remark::maybe(&words) else { return Ok(Next::Stay) };
        let goodbye = &self.goodbye;
        let feedback = Feedback {
            words: Some(words),
            complaint: self.complaint,
            visit: (goodbye.known && !anonymous).then_some(goodbye.visit.id),
            ..goodbye.feedback(cx.desk)
        };
        let (id, case) = cx.book.say(goodbye.said, &feedback, cx.now)?;
        let letter = cx.book.errands_of(id)?.last().map(|entry| (entry.id, entry.state));
        // What was typed is in the book, and forgotten here.
        cx.desk.forget_typed();
        Ok(Next::go(FeedbackKept { case, letter, until: cx.until_read() }))
    }

    fn back(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::go(Goodbye { until: cx.until_read(), ..self.goodbye.clone() }))
    }
}

impl PageLogic for FeedbackKept {
    fn view(&self, _desk: &Desk, now: Now) -> PageView {
        PageView::FeedbackKept {
            case: self.case.as_ref().map(|case| CaseView {
                number: case.label(),
                due: case.due,
                state: host_shown(self.letter.map(|(_, state)| state)),
            }),
            seconds_left: seconds_left(now.tick, self.until),
        }
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::CountingTo(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.thanks_seconds))
    }

    /// The mail to those who answer stands otherwise.
    fn errand_is(&mut self, id: ErrandId, state: State, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        if let Some((own, shown)) = &mut self.letter
            && *own == id
        {
            *shown = state;
        }
        Ok(Next::Stay)
    }
}

/// A visit that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodbyeView {
    /// When they came.
    pub arrived: Wall,
    /// When they left.
    pub left: Wall,
    /// Whom they saw; empty where only the number of their badge was typed.
    pub host: String,
    /// The face that was chosen, 1 to 5; 0 for none.
    pub rating: u8,
    /// They never got a badge.
    pub waited: bool,
    /// Until when they may come back with the same badge.
    pub returns: Option<Wall>,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}

/// A complaint that somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    /// Its number, such as C3.
    pub number: String,
    /// Until when it is answered.
    pub due: Wall,
    /// How the mail to those who answer stands.
    pub state: HostShown,
}
