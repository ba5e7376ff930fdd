//! Signing out: a badge is scanned, or its number or its wearer's name is typed; they say yes, the visit ends.

use super::invitation::scan_meant_nothing;
use super::{Desk, How, Leaving, Miss, Page};
use crate::book::{Book, BookError, Scanned};
use crate::now::{Now, Wall};
use crate::visit::{BadgeNumber, PersonName, Token, Visit};

/// By what somebody was found who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
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

impl Desk {
    /// What was scanned is no invitation; perhaps it is a badge.
    pub(super) fn badge_scanned(
        &mut self,
        token: &Token,
        text: &str,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let badge = book.badge_by_token(token, now)?;
        match badge {
            Some(_) => book.scan_was_right()?,
            None => scan_meant_nothing(text, now, book)?,
        }
        match badge {
            Some(Scanned::MayReturn(visit)) => {
                self.speak(visit.lang);
                self.show(Page::Return(visit));
            }
            Some(Scanned::Here(visit)) => {
                // They chose it this morning.
                self.speak(visit.lang);
                self.ask_to_leave(*visit, By::Scan, None, book)?;
            }
            Some(Scanned::Doubted(visit)) => {
                let left = visit.left.unwrap_or(visit.arrived);
                // Whoever holds the badge is here, whoever typed its number.
                let here = book.take_back_sign_out(visit.id, "", now)?;
                match book.visit(visit.id)?.filter(|_| here) {
                    Some(visit) => {
                        self.speak(visit.lang);
                        self.ask_to_leave(visit, By::Scan, Some(left), book)?;
                    }
                    None => self.missed(How::Scan, Miss::Left(left)),
                }
            }
            Some(Scanned::Assumed(at)) => self.missed(How::Scan, Miss::Assumed(at)),
            Some(Scanned::Left(at)) => self.missed(How::Scan, Miss::Left(at)),
            Some(Scanned::Void) => self.missed(How::Scan, Miss::VoidBadge),
            None => self.missed(How::Scan, Miss::Strange),
        }
        Ok(())
    }

    fn ask_to_leave(
        &mut self,
        visit: Visit,
        by: By,
        doubted: Option<Wall>,
        book: &Book,
    ) -> Result<(), BookError> {
        // Nobody signs a group out by a number that they read somewhere.
        let together = by.knows() || visit.waits();
        let others = if together { book.group(visit.id)?.len().saturating_sub(1) } else { 0 };
        self.show(Page::Leave(Box::new(Leaving { visit, by, others, doubted })));
        Ok(())
    }

    /// A badge's number is no secret: the name stays masked, whoever tries one number after the other is slowed down
    /// as if they had missed, and after two who left by it others need more than a number.
    pub(super) fn leave_by_number(&mut self, typed: &str, now: Now, book: &Book) -> Result<(), BookError> {
        let Some(number) = BadgeNumber::parse(typed) else {
            self.missed(How::Code, Miss::CodeWrong);
            return Ok(());
        };
        // Before it is known whether anybody has it.
        if self.exits.is_closed(now.tick) {
            self.missed(How::Code, Miss::NumberAlone);
            return Ok(());
        }
        match book.open_visits()?.into_iter().find(|visit| visit.badge == number) {
            Some(visit) => {
                self.ask_to_leave(visit, By::Number, None, book)?;
                self.guard.missed(now.tick);
            }
            None => self.guessed(How::Code, Miss::Unknown, now),
        }
        Ok(())
    }

    pub(super) fn leave_by_name(
        &mut self,
        name: &PersonName,
        last_four: &str,
        now: Now,
        book: &Book,
    ) -> Result<(), BookError> {
        let visits = book.open_visits()?.into_iter();
        let mut theirs = visits.filter(|visit| is_theirs(visit, name, last_four));
        match (theirs.next(), theirs.next()) {
            (None, _) => self.guessed(How::Name, Miss::NoMatch, now),
            // Whom of the two to sign out, only the badge tells.
            (Some(_), Some(_)) => self.missed(How::Name, Miss::Several),
            (Some(visit), None) => return self.ask_to_leave(visit, By::Name, None, book),
        }
        Ok(())
    }

    /// Ends the visit, or those of the whole group.
    pub(super) fn leave(&mut self, together: bool, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Leave(leaving) = &self.page else { return Ok(()) };
        if self.aside.is_some() {
            return Ok(());
        }
        // Who waits is asked for as a group: nobody of it can wait without its leader.
        match (leaving.by, together || leaving.visit.waits()) {
            (By::Number, _) => {
                let people = book.leave_by_number(leaving.visit.id, now)?;
                self.exits.signed_out(people, now.tick);
            }
            (By::Scan | By::Name, true) => book.leave_together(leaving.visit.id, now)?,
            (By::Scan | By::Name, false) => book.leave(leaving.visit.id, now)?,
        }
        let (visit, by) = (leaving.visit.clone(), leaving.by);
        if by != By::Scan {
            self.guard.ended();
        }
        self.say_goodbye(visit, by.knows(), now, book)
    }

    /// Whoever has left is in again, with the same badge.
    pub(super) fn come_back(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Return(visit) = &self.page else { return Ok(()) };
        if self.aside.is_some() {
            return Ok(());
        }
        let left = visit.left.unwrap_or(visit.arrived);
        let id = visit.id;
        if !book.come_back(id, now)? {
            self.missed(How::Scan, Miss::Left(left));
            return Ok(());
        }
        let back = book.visit(id)?;
        let escort = back.as_ref().and_then(|visit| visit.kind.as_ref()).is_some_and(|kind| kind.escort);
        if let Some(visit) = back.filter(Visit::waits)
            && let Some(host) = book.host(&visit.host_id)?
        {
            return self.wait(visit, host, now, book);
        }
        self.page = Page::Back(now.tick.after(self.config.screen.thanks), escort);
        Ok(())
    }
}

/// Whether this is the visit of somebody of this name whose telephone number ends so.
pub(super) fn is_theirs(visit: &Visit, name: &PersonName, last_four: &str) -> bool {
    visit.details.name.is(name) && visit.details.phone.as_ref().is_some_and(|phone| phone.ends_in(last_four))
}
