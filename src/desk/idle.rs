//! When the desk lets go of a visitor: the question "are you still there?", then the reset, and the
//! end of pages that clear by themselves.

use super::Desk;
use super::pages::Ends;
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
        // A visitor who reads what lies over the page comes back to it.
        Some(if self.aside.is_some() { end.max(touched.after(self.config.screen.idle_seconds)) } else { end })
    }

    fn page_ends_at(&self, touched: Tick) -> Option<Tick> {
        match self.page.logic().ends(&self.config) {
            Ends::At(until) | Ends::CountingTo(until) => Some(until),
            Ends::Quietly(after) => Some(touched.after(after)),
            Ends::Asking => Some(self.idle.asked?.after(self.config.screen.warning_seconds)),
        }
    }

    /// Somebody looks at a page that clears by itself: it stays long enough to be read on.
    pub(super) fn stay(&mut self, now: Tick) {
        if let Some((until, longer)) = self.page.logic_mut().clears(&self.config.screen) {
            *until = (*until).max(now.after(longer));
        }
    }

    /// When the visitor is to be asked.
    fn asks_at(&self) -> Option<Tick> {
        let asks = self.page.logic().ends(&self.config) == Ends::Asking && !self.idle.asks();
        asks.then_some(self.idle.touched?.after(self.config.screen.idle_seconds))
    }

    pub(super) fn idle_wakes_at(&self, now: Tick) -> Option<Tick> {
        if let Some(asks) = self.asks_at() {
            return Some(asks);
        }
        let end = self.ends_at()?;
        let counts = matches!(self.page.logic().ends(&self.config), Ends::CountingTo(_));
        Some(if self.idle.asks() || counts { next_second(now, end) } else { end })
    }

    /// The whole seconds left to answer the question, where it is asked.
    pub(super) fn still_there(&self, now: Tick) -> Option<u32> {
        let asked = self.idle.asked?;
        Some(seconds_left(now, asked.after(self.config.screen.warning_seconds)))
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
