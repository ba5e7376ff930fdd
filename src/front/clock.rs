//! The only clock of the program; tests and stories set one by hand.

use crate::now::{Now, Tick, Zone};
use chrono::{FixedOffset, Local, NaiveDateTime, Offset, TimeZone};
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Both clocks: how long the program runs, and what time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// This machine's.
    Machine(Instant),
    /// Moved by hand. Clones are the same clock.
    Hand(Rc<Cell<Now>>),
}

impl Clock {
    /// This machine's clock; its ticks count from now.
    pub fn start() -> Self {
        Self::Machine(Instant::now())
    }

    /// A clock that stands still until it is moved.
    pub fn at(now: Now) -> Self {
        Self::Hand(Rc::new(Cell::new(now)))
    }

    /// Moves a clock that stands still; this machine's goes by itself.
    pub fn pass(&self, wait: Duration) {
        if let Self::Hand(now) = self {
            now.set(now.get().after(wait));
        }
    }

    /// This moment.
    pub fn now(&self) -> Now {
        match self {
            Self::Machine(start) => Now {
                tick: Tick(start.elapsed()),
                wall: Local::now().fixed_offset(),
                zone: Zone::Ruled(offset_here),
            },
            Self::Hand(now) => now.get(),
        }
    }
}

/// By the rules of this machine's time zone.
fn offset_here(utc: NaiveDateTime) -> FixedOffset {
    Local.offset_from_utc_datetime(&utc).fix()
}
