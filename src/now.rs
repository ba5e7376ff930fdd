//! Time as an argument. Owns the two kinds of time that the front desk knows; never reads a clock.

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use std::time::Duration;

/// A point on the monotonic clock, counted from the start of the program. For deadlines on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick(pub Duration);

impl Tick {
    /// The tick `wait` later.
    pub fn after(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }

    /// How long it is from this tick until `later`; zero when that is past.
    pub fn until(self, later: Tick) -> Duration {
        later.0.saturating_sub(self.0)
    }
}

/// The wall time with the kiosk's own offset from UTC. For records and for what people read.
pub type Wall = DateTime<FixedOffset>;

/// One moment, as both clocks show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The monotonic clock: never jumps.
    pub tick: Tick,
    /// The wall clock: may jump when somebody sets it.
    pub wall: Wall,
}

impl Now {
    /// The wall time in milliseconds since 1970-01-01 UTC, as the book keeps it.
    pub fn millis(&self) -> i64 {
        self.wall.timestamp_millis()
    }

    /// This moment, `wait` later on both clocks.
    pub fn after(self, wait: Duration) -> Self {
        Self { tick: self.tick.after(wait), wall: self.wall + wait }
    }
}

/// The wall time of `millis` since 1970 as it reads in the time zone of `like`.
pub fn wall_from_millis(millis: i64, like: &Wall) -> Wall {
    Utc.timestamp_millis_opt(millis).single().unwrap_or_default().with_timezone(like.offset())
}
