//! Whether the wall clock can be believed. A clock that is wrong by years must not erase what is a day old, nor sign
//! out everybody: after a leap what cannot be taken back waits until the clock has been steady for an hour.

use super::{Book, BookError};
use crate::now::{Now, Tick};
use rusqlite::OptionalExtension;
use std::time::Duration;

/// So much further than time has passed no clock goes that is only being corrected.
const LEAP: i64 = 24 * 3600 * 1000;
/// A kiosk that was off for longer than this may have lost its clock; one that was off over a holiday has not, and
/// nobody knows which it was.
const LONG_OFF: i64 = 4 * 24 * 3600 * 1000;
/// Whoever sets a wrong clock right does it within this time.
const STEADY_FOR: Duration = Duration::from_secs(3600);

/// The wall clock, as it was seen to go.
#[derive(Debug, Default)]
pub(super) struct Steady {
    last: Option<Now>,
    /// Since when it goes evenly, where it has leapt.
    doubted: Option<Tick>,
}

impl Steady {
    /// What a book begins with whose clock was believed then.
    pub(super) fn begin(believed: Option<i64>, now: Now) -> Self {
        let off = believed.is_some_and(|believed| now.millis() - believed > LONG_OFF);
        if off {
            tracing::warn!(
                "the kiosk was off for days, or its clock is wrong: nothing is erased for an hour"
            );
        }
        Self { last: Some(now), doubted: off.then_some(now.tick) }
    }

    /// Whether the clock can be believed.
    fn look(&mut self, now: Now) -> bool {
        if let Some(last) = self.last.replace(now) {
            let passed = i64::try_from(last.tick.until(now.tick).as_millis()).unwrap_or(i64::MAX);
            let leap = (now.millis() - last.millis()).saturating_sub(passed);
            if leap > LEAP {
                tracing::warn!("the clock was set ahead by more than a day: nothing is erased for an hour");
                self.doubted = Some(now.tick);
            } else if leap < -LEAP && self.doubted.is_some() {
                self.doubted = Some(now.tick);
            }
        }
        self.doubted = self.doubted.filter(|since| since.until(now.tick) < STEADY_FOR);
        self.doubted.is_none()
    }

    /// Whether the clock was believed when it was looked at last.
    pub(super) fn is_believed(&self) -> bool {
        self.doubted.is_none()
    }
}

impl Book {
    /// Whether the wall clock can be believed, as far as is known: it goes as time does, and was believed no more than
    /// some days ago. After a leap it has to be steady for an hour.
    pub fn believes_clock(&mut self, now: Now) -> bool {
        self.steady.look(now)
    }

    /// When the clock was believed last; of a book that never noted it, when its newest line was written.
    pub(super) fn believed_last(&self) -> Result<Option<i64>, BookError> {
        let mut noted =
            self.connection.prepare_cached("SELECT value FROM house WHERE name = 'believed_clock'")?;
        if let Some(noted) = noted.query_row([], |row| row.get::<_, String>(0)).optional()? {
            return Ok(noted.parse().ok());
        }
        let mut last = self
            .connection
            .prepare_cached("SELECT at FROM journal WHERE seq = (SELECT max(seq) FROM journal)")?;
        Ok(last.query_row([], |row| row.get(0)).optional()?)
    }

    /// Notes that the clock is believed now: what is written by a wrong one does not make it right after a restart.
    pub(super) fn note_belief(&mut self, now: Now) -> Result<(), BookError> {
        let change = self.change()?;
        change.execute(
            "INSERT INTO house (name, value) VALUES ('believed_clock', ?)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [now.millis().to_string()],
        )?;
        Ok(change.commit()?)
    }
}
