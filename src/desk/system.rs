//! What happens without anybody's intention: a touch, the passing of time, what the back reports.

use super::Desk;
use super::Event;
use crate::book::{Before, Book, BookError};
use crate::errand::Report;
use crate::now::{Now, Tick, Wall};
use chrono::{Days, Months};
use std::time::Duration;

/// Nothing is erased before the program has run for so long: the first page comes first.
const FORGETS_FROM: Tick = Tick(Duration::from_secs(10));

/// Not by anybody's intention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum System {
    /// Somebody touched the screen or a key, wherever.
    Touched,
    /// The back tells something.
    Report(Report),
    /// A deadline may have passed.
    Tick,
}

impl Desk {
    /// Does what is due, and follows the book.
    pub(super) fn tick(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        book.count_pauses(now)?;
        self.emergency = book.emergency()?;
        self.forget_old(now, book)?;
        self.keep_the_book(now, book)?;
        self.refresh(now, book)?;
        if let Some(backup) = &self.config.backup {
            book.copy_tonight(backup, now)?;
        }
        book.seal(now)?;
        self.on_page(now, book, |page, cx| page.follow(cx))
    }

    /// Takes a report of the back.
    pub(super) fn report(&mut self, report: Report, now: Now, book: &mut Book) -> Result<(), BookError> {
        match report {
            Report::Printer(state) => {
                self.printer = state;
                self.devices_changed(now, book)?;
            }
            Report::Disk(free) => {
                self.disk_free = Some(free);
                self.devices_changed(now, book)?;
            }
            Report::LookedOver(faults) => book.note_look_over(&faults, now)?,
            Report::Fed(millimetres) => {
                let paper = self.config.supplies.iter().find(|supply| supply.roll_metres.is_some());
                if let Some(paper) = paper {
                    book.use_paper(paper, millimetres, now)?;
                }
            }
            report @ Report::Photo(..) => {
                return self.hand_to_page(Event::System(System::Report(report)), now, book);
            }
            Report::Camera(gives) => self.camera_gives = gives,
            Report::Ran(id, outcome) => {
                if let Some(state) = book.ran(id, outcome, now)? {
                    self.on_page(now, book, |page, cx| page.errand_is(id, state, cx))?;
                    self.refresh(now, book)?;
                }
            }
        }
        Ok(())
    }

    /// Once a day, what is older than the notice promises is erased, some at every tick; not before the first page is on
    /// the screen, and not by a clock that cannot be believed.
    fn forget_old(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let today = now.wall.date_naive();
        if self.forgot == Some(today) || now.tick < FORGETS_FROM || !book.believes_clock(now) {
            return Ok(());
        }
        let visit = &self.config.visit;
        let days = now.wall.checked_sub_days(Days::new(u64::from(visit.keep_days)));
        let months = |months| now.wall.checked_sub_months(Months::new(months));
        let parts = (days, months(visit.safety_months), months(visit.remember_months));
        if let (Some(visits), Some(lessons), Some(people)) = parts
            && book.forget(&Before { visits, lessons, people }, now)? == 0
        {
            self.forgot = Some(today);
            self.erased_before = Some(visits);
        }
        Ok(())
    }

    /// Before when visits were that nothing is kept of any more; none until that is known.
    pub fn erased_before(&self) -> Option<Wall> {
        self.erased_before
    }

    /// What the book still owes is done by and by, once the first page is on the screen.
    fn keep_the_book(&self, now: Now, book: &mut Book) -> Result<(), BookError> {
        if now.tick >= FORGETS_FROM {
            book.wipe_again(now)?;
        }
        book.index_again(now)
    }
}
