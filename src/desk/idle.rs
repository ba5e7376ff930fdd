//! When the desk lets go of a visitor: the question "are you still there?", then the reset, and the
//! end of pages that clear by themselves.

use super::{Desk, Page};
use crate::now::{Now, Tick};
use std::time::Duration;

/// When somebody was last there, and whether they were asked.
#[derive(Debug, Default)]
pub(super) struct Idle {
    touched: Option<Tick>,
    asked: Option<Tick>,
}

impl Idle {
    /// Somebody is there.
    pub fn touch(&mut self, now: Tick) {
        self.touched = Some(now);
        self.asked = None;
    }

    /// Whether the question stands on the screen.
    pub fn asks(&self) -> bool {
        self.asked.is_some()
    }
}

impl Desk {
    /// Everything whose time has come by `now`.
    pub(super) fn pass_deadlines(&mut self, now: Now) {
        if self.ends_at().is_some_and(|end| now.tick >= end) {
            self.reset();
        } else if self.asks_at().is_some_and(|ask| now.tick >= ask) {
            self.idle.asked = Some(now.tick);
        }
    }

    /// When this visitor's session ends by itself.
    pub(super) fn ends_at(&self) -> Option<Tick> {
        let touched = self.idle.touched?;
        let end = self.page_ends_at(touched)?;
        // Whoever reads what lies over the page comes back to it.
        Some(if self.aside.is_some() { end.max(touched.after(self.config.screen.idle)) } else { end })
    }

    fn page_ends_at(&self, touched: Tick) -> Option<Tick> {
        match &self.page {
            Page::Thanks(thanks) => Some(thanks.until),
            Page::Back(until, _) | Page::Refused(_, until) => Some(*until),
            Page::Left(goodbye) => Some(goodbye.until),
            Page::Heard(heard) => Some(heard.until),
            Page::Waiting(waiting) => Some(waiting.until),
            Page::Delivered(delivered) => Some(delivered.until),
            // Nothing was typed here: a language or larger letters are taken back without asking.
            Page::Welcome | Page::Declined | Page::RollCalled(_) | Page::Pin(_) => {
                Some(touched.after(self.config.screen.idle))
            }
            // Nobody is asked: whoever comes by must not read on.
            Page::ReceptionPages(_) => Some(touched.after(self.config.staff.lock)),
            Page::Search(_)
            | Page::Choose(_)
            | Page::Confirm(_)
            | Page::Again(_)
            | Page::Types
            | Page::Details(_)
            | Page::Members(_)
            | Page::Lecture(_)
            | Page::Photo(_)
            | Page::Host(_)
            | Page::Purpose(_)
            | Page::Parcels(..)
            | Page::Return(_)
            | Page::Word(..)
            | Page::Agree(_)
            | Page::Leave(_) => Some(self.idle.asked?.after(self.config.screen.warning)),
        }
    }

    /// Somebody looks at a page that clears by itself: it stays long enough to be read on.
    #[allow(clippy::wildcard_enum_match_arm, reason = "only these pages clear by themselves")]
    pub(super) fn stay(&mut self, now: Tick) {
        let screen = &self.config.screen;
        let (until, longer) = match &mut self.page {
            Page::Waiting(waiting) => (&mut waiting.until, screen.idle),
            Page::Thanks(thanks) => (&mut thanks.until, screen.thanks),
            Page::Refused(_, until) | Page::Back(until, _) => (until, screen.thanks),
            Page::Left(goodbye) => (&mut goodbye.until, screen.thanks),
            Page::Heard(heard) => (&mut heard.until, screen.thanks),
            Page::Delivered(delivered) => (&mut delivered.until, screen.thanks),
            _ => return,
        };
        *until = (*until).max(now.after(longer));
    }

    /// When the visitor is to be asked.
    fn asks_at(&self) -> Option<Tick> {
        if self.is_over()
            || matches!(
                self.page,
                Page::Welcome | Page::RollCalled(_) | Page::Pin(_) | Page::ReceptionPages(_)
            )
            || self.idle.asks()
        {
            return None;
        }
        Some(self.idle.touched?.after(self.config.screen.idle))
    }

    pub(super) fn idle_wakes_at(&self, now: Tick) -> Option<Tick> {
        if let Some(asks) = self.asks_at() {
            return Some(asks);
        }
        let end = self.ends_at()?;
        let counts_down = self.idle.asks()
            || matches!(
                self.page,
                Page::Thanks(_) | Page::Waiting(_) | Page::Delivered(_) | Page::Left(_) | Page::Heard(_)
            );
        Some(if counts_down { next_second(now, end) } else { end })
    }

    /// The whole seconds left to answer the question, where it is asked.
    pub(super) fn still_there(&self, now: Tick) -> Option<u32> {
        let asked = self.idle.asked?;
        Some(seconds_left(now, asked.after(self.config.screen.warning)))
    }

    pub(super) fn guard_wakes_at(&self, now: Tick) -> Option<Tick> {
        let shown = matches!(&self.page, Page::Search(search) if search.miss == Some(super::Miss::Paused));
        let left = self.guard.closed_for(now);
        (shown && !left.is_zero()).then(|| next_second(now, now.after(left)))
    }
}

/// The whole seconds until `end`, begun ones counted.
pub(super) fn seconds_left(now: Tick, end: Tick) -> u32 {
    let left = now.until(end);
    u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

/// The next moment at which a countdown to `end` shows another number.
pub(super) fn next_second(now: Tick, end: Tick) -> Tick {
    let left = now.until(end);
    let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
    now.after(if part.is_zero() { left.min(Duration::from_secs(1)) } else { part })
}
