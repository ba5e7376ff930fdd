//! The look-up: a QR code, a code of six characters, or full name and last four digits; for an invitation, or for the
//! visit that ends. What is found stays masked until the visitor says that it is theirs.

use super::leave::{By, is_theirs};
use super::types::Types;
use super::{Ctx, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::desk::idle::{next_second, seconds_left};
use crate::desk::{Desk, Event, LookUp, PageView, Registration, SignOut};
use crate::now::{Now, Tick, Wall};
use crate::visit::{BadgeNumber, InviteCode, PersonName, Problem, Token};
use unicode_normalization::UnicodeNormalization;

/// Looking for an invitation, or for the visit that ends.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search {
    pub leaving: bool,
    pub how: How,
    pub miss: Option<LookupError>,
}

impl PageLogic for Search {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        let pause = seconds_left(now.tick, now.tick.after(desk.look_ups.closed_for(now.tick)));
        PageView::Search(SearchView {
            leaving: self.leaving,
            how: self.how,
            // A pause that is over is not shown.
            miss: self.miss.filter(|miss| *miss != LookupError::Paused || pause > 0),
            pause,
        })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::LookUp(LookUp::Typed) => {
                self.miss = None;
                Ok(Next::Stay)
            }
            Event::LookUp(LookUp::Code(typed)) if self.how == How::Code => self.look_up_code(&typed, cx),
            Event::LookUp(LookUp::Name { name, last_four }) if self.how == How::Name => {
                self.look_up_name(&name, &last_four, cx)
            }
            Event::Registration(Registration::WalkIn) => Ok(Next::go(Types)),
            event => Ok(Self::begun_by(&event, self.leaving).map_or(Next::Stay, Next::go)),
        }
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(match (self.how, self.leaving) {
            (How::Code | How::Name, true) => Next::go(Search { leaving: true, ..Search::default() }),
            (How::Name, false) => Next::go(Search { how: How::Code, ..Search::default() }),
            (How::Scan, _) | (How::Code, false) => Next::Reset,
        })
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::LooksUp { leaving: self.leaving })
    }

    fn wakes_at(&self, desk: &Desk, now: Tick) -> Option<Tick> {
        let left = desk.look_ups.closed_for(now);
        (self.miss == Some(LookupError::Paused) && !left.is_zero()).then(|| next_second(now, now.after(left)))
    }
}

impl Search {
    /// The look-up that an event begins; somebody who is leaving still is when they look in another way.
    pub fn begun_by(event: &Event, leaving: bool) -> Option<Self> {
        let (how, leaving) = match event {
            // A code can be typed at once; a badge is at hand and is scanned.
            Event::LookUp(LookUp::HaveInvitation) => (How::Code, false),
            Event::SignOut(SignOut::Leaving) => (How::Scan, true),
            Event::LookUp(LookUp::ByCode) => (How::Code, leaving),
            Event::LookUp(LookUp::ByName) => (How::Name, leaving),
            _ => return None,
        };
        Some(Self { how, leaving, miss: None })
    }

    pub fn missed(self, miss: LookupError) -> Next {
        Next::go(Search { miss: Some(miss), ..self })
    }

    /// A miss that counts against guessing.
    fn guessed(self, miss: LookupError, cx: &mut Ctx<'_>) -> Next {
        let limiter = &mut cx.desk.look_ups;
        limiter.missed(cx.now.tick);
        let closed = !limiter.closed_for(cx.now.tick).is_zero();
        self.missed(if closed { LookupError::Paused } else { miss })
    }

    fn is_closed(cx: &Ctx<'_>) -> bool {
        !cx.desk.look_ups.closed_for(cx.now.tick).is_zero()
    }

    fn look_up_code(self, typed: &str, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        if Self::is_closed(cx) {
            return Ok(self.missed(LookupError::Paused));
        }
        if self.leaving {
            return self.leave_by_number(typed, cx);
        }
        let code = match InviteCode::parse(typed) {
            Ok(code) => code,
            Err(Problem::CodeShort(missing)) => return Ok(self.missed(LookupError::CodeShort(missing))),
            Err(_) => return Ok(self.missed(LookupError::CodeWrong)),
        };
        match cx.book.invitation_by_code(&code)? {
            Some(found) => cx.found(self, vec![found]),
            None => Ok(self.guessed(LookupError::Unknown, cx)),
        }
    }

    fn look_up_name(self, name: &str, last_four: &str, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        if Self::is_closed(cx) {
            return Ok(self.missed(LookupError::Paused));
        }
        let Ok(name) = PersonName::parse(name) else { return Ok(self.missed(LookupError::NameMissing)) };
        let last_four: String = last_four.trim().nfkc().collect();
        if last_four.len() != 4 || !last_four.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(self.missed(LookupError::LastFour));
        }
        let last_four = last_four.as_str();
        if self.leaving {
            return self.leave_by_name(&name, last_four, cx);
        }
        if let Some(again) = cx.look_again(self, &name, last_four)? {
            return Ok(again);
        }
        let found = cx.book.invitations_by_name(&name, last_four)?;
        let (good, why_not) = cx.good_ones(found, self.leaving)?;
        // An invitation for later says more than what came of an earlier visit.
        let later = matches!(why_not, Some(LookupError::NotYet(_)));
        if good.is_empty()
            && !later
            && let Some(answered) = cx.look_for_answered(self, &name, last_four)?
        {
            return Ok(answered);
        }
        Ok(match (good.is_empty(), why_not) {
            (true, None) => self.guessed(LookupError::NoMatch, cx),
            _ => self.offer(good, why_not),
        })
    }

    /// A badge's number is no secret: the name stays masked, somebody who tries one number after the other is slowed down
    /// as if they had missed, and after two who left by it others need more than a number.
    fn leave_by_number(self, typed: &str, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Some(number) = BadgeNumber::parse(typed) else { return Ok(self.missed(LookupError::CodeWrong)) };
        // Before it is known whether anybody has it.
        if cx.desk.exits.is_closed(cx.now.tick) {
            return Ok(self.missed(LookupError::NumberAlone));
        }
        match cx.book.open_visits()?.into_iter().find(|visit| visit.badge == number) {
            Some(visit) => {
                let next = cx.ask_to_leave(visit, By::Number, None)?;
                cx.desk.look_ups.missed(cx.now.tick);
                Ok(next)
            }
            None => Ok(self.guessed(LookupError::Unknown, cx)),
        }
    }

    fn leave_by_name(self, name: &PersonName, last_four: &str, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let visits = cx.book.open_visits()?.into_iter();
        let mut theirs = visits.filter(|visit| is_theirs(visit, name, last_four));
        match (theirs.next(), theirs.next()) {
            (None, _) => Ok(self.guessed(LookupError::NoMatch, cx)),
            // Whom of the two to sign out, only the badge tells.
            (Some(_), Some(_)) => Ok(self.missed(LookupError::Several)),
            (Some(visit), None) => cx.ask_to_leave(visit, By::Name, None),
        }
    }
}

/// By what an invitation is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum How {
    /// By the QR code.
    #[default]
    Scan,
    /// By the code of six characters.
    Code,
    /// By full name and the last four digits.
    Name,
}

/// The look-up.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchView {
    /// For the visit that ends, not for an invitation.
    pub leaving: bool,
    /// By what.
    pub how: How,
    /// Why it led nowhere.
    pub miss: Option<LookupError>,
    /// Seconds until look-ups are open again.
    pub pause: u32,
}

/// Why a look-up led nowhere. The later, the more it helps the visitor to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookupError {
    /// What was scanned is no invitation's code at all.
    Unreadable,
    /// What was scanned is neither an invitation nor a badge of this house.
    Strange,
    /// No invitation has this code.
    Unknown,
    /// No invitation has this name and number.
    NoMatch,
    /// How many characters are missing.
    CodeShort(u8),
    /// There is a character that no code has.
    CodeWrong,
    /// No name was typed.
    NameMissing,
    /// The last four digits are not four digits.
    LastFour,
    /// More than one visitor is here under this name and number.
    Several,
    /// Somebody who leaves scanned the invitation that they came with.
    ScanBadge,
    /// Too many misses: look-ups are closed for a while.
    Paused,
    /// The invitation was withdrawn.
    Cancelled,
    /// Its time is over.
    Expired,
    /// Its time comes then.
    NotYet(Wall),
    /// It was used already, then.
    Used(Wall),
    /// Everybody of the group that it was made for has left the house.
    GroupGone,
    /// Its type of visit was taken out of the configuration: nobody knows what that asks for.
    NotOffered,
    /// It is a badge that another one was printed for.
    VoidBadge,
    /// Two have signed out by number alone: the next one needs more than a number.
    NumberAlone,
    /// It is a badge of somebody who signed out then.
    Left(Wall),
    /// It is a badge of somebody who was taken to have left then, when the house closed.
    Assumed(Wall),
    /// The visitor who looks for themselves was let in, and this badge of theirs was printed then.
    LetIn(BadgeNumber, Wall),
}
