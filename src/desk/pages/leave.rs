//! Signing out: a badge was scanned, or its number or its wearer's name was typed; they say yes, the visit ends.

use super::goodbye::say_goodbye;
use super::{Ctx, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::desk::{Desk, Event, PageView, SignOut};
use crate::now::{Now, Wall};
use crate::visit::{PersonName, Token, Visit};

/// A visit that may end.
#[derive(Debug, Clone)]
pub struct Leaving {
    visit: Visit,
    /// By what they were found.
    by: By,
    /// How many others of their group are here; of a group's leader only.
    others: usize,
    /// When their number alone was used to sign them out; it was taken back.
    doubted: Option<Wall>,
}

/// By what somebody was found who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The badge was scanned.
    Scan,
    /// Its number was typed.
    Number,
    /// The name and four digits were typed.
    Name,
}

impl By {
    /// Whether it is likely to be them: a number can be tried by anybody, so the name and the host are not shown, and
    /// nothing is said in their name.
    pub fn knows(self) -> bool {
        self != By::Number
    }
}

impl PageLogic for Leaving {
    fn view(&self, _desk: &Desk, now: Now) -> PageView {
        let Leaving { visit, by, others, doubted } = self;
        let by_number = !by.knows();
        let view = LeaveView::of(visit, by.knows(), *others, now);
        PageView::Leave(LeaveView { by_number, doubted: *doubted, ..view })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::SignOut(SignOut::Leave) if !cx.is_covered() => self.leave(false, cx),
            Event::SignOut(SignOut::LeaveTogether) if !cx.is_covered() => self.leave(true, cx),
            Event::SignOut(SignOut::Stay) => Ok(Next::Reset),
            _ => Ok(Next::Stay),
        }
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::NextVisitor)
    }
}

impl Leaving {
    /// Ends the visit, or those of the whole group.
    fn leave(&self, together: bool, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let (id, now) = (self.visit.id, cx.now);
        // Who waits is asked for as a group: nobody of it can wait without its leader.
        match (self.by, together || self.visit.waits()) {
            (By::Number, _) => {
                let people = cx.book.leave_by_number(id, now)?;
                cx.desk.exits.signed_out(people, now.tick);
            }
            (By::Scan | By::Name, true) => cx.book.leave_together(id, now)?,
            (By::Scan | By::Name, false) => cx.book.leave(id, now)?,
        }
        if self.by != By::Scan {
            cx.desk.look_ups.ended();
        }
        say_goodbye(self.visit.clone(), self.by.knows(), cx)
    }
}

impl Ctx<'_> {
    /// Is it you who leaves?
    pub fn ask_to_leave(&mut self, visit: Visit, by: By, doubted: Option<Wall>) -> Result<Next, BookError> {
        // Nobody signs a group out by a number that they read somewhere.
        let together = by.knows() || visit.waits();
        let others = if together { self.book.group(visit.id)?.len().saturating_sub(1) } else { 0 };
        Ok(Next::go(Leaving { visit, by, others, doubted }))
    }
}

/// Whether this is the visit of somebody of this name whose telephone number ends so.
pub fn is_theirs(visit: &Visit, name: &PersonName, last_four: &str) -> bool {
    visit.details.name.is(name) && visit.details.phone.as_ref().is_some_and(|phone| phone.ends_in(last_four))
}

/// A visit that may end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveView {
    /// The visitor's name; masked where only the badge's number was typed.
    pub name: String,
    /// The badge's number.
    pub number: String,
    /// When they came.
    pub arrived: Wall,
    /// How many others of the group that they lead are here.
    pub others: usize,
    /// They have no badge yet: somebody is asked whether they may come in.
    pub waits: bool,
    /// Until when they may come back with the same badge.
    pub returns: Option<Wall>,
    /// Only the badge's number was typed: reception is to look whether it is so.
    pub by_number: bool,
    /// When the number alone was used to sign them out; that was taken back.
    pub doubted: Option<Wall>,
}

impl LeaveView {
    /// A visit as the pages around leaving show it.
    pub(super) fn of(visit: &Visit, known: bool, others: usize, now: Now) -> Self {
        let name = &visit.details.name;
        Self {
            name: if known { name.to_string() } else { name.masked() },
            number: visit.badge.to_string(),
            arrived: visit.arrived,
            others,
            waits: visit.waits(),
            returns: returns_until(visit, now),
            by_number: false,
            doubted: None,
        }
    }
}

/// Until when they may come back with the same badge.
pub fn returns_until(visit: &Visit, now: Now) -> Option<Wall> {
    visit.returns_until(now.millis()).map(|until| now.zone.here(until))
}
