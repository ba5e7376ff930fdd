//! Whether the wall clock can be believed. A clock that is wrong by years must not erase what is a day old, nor sign
//! out everybody: after a leap what cannot be taken back waits until the clock has been steady for an hour. Whoever came
//! while the clock was behind is in the house on the day on which they came, not on the one that it showed.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::in_zone;
use crate::now::{Now, Tick};
use rusqlite::{OptionalExtension, params};
use std::time::Duration;

/// So much further than time has passed no clock goes that is only being corrected.
const LEAP: i64 = 24 * 3600 * 1000;

/// A kiosk that was off for longer than this may have lost its clock; one that was off over a holiday has not, and
/// nobody knows which it was.
const LONG_OFF: i64 = 4 * 24 * 3600 * 1000;

/// A clock that is behind by less than this is wrong by no day that matters.
const BEHIND: i64 = 3600 * 1000;

/// So many leaps are remembered; nobody sets a clock as often within a day.
const LEAPS: usize = 16;

/// A minute, in milliseconds.
const MINUTE: i64 = 60 * 1000;

/// Whoever sets a wrong clock right does it within this time.
const STEADY_FOR: Duration = Duration::from_secs(3600);

/// The wall clock, as it was seen to go.
#[derive(Debug, Default)]
pub(in crate::book) struct ClockTrust {
    pub last: Option<Now>,
    /// Since when it goes evenly, where it has leapt.
    pub doubted: Option<Tick>,
    /// What it showed when it began to go evenly; UTC milliseconds.
    pub even_since: i64,
    /// When it was behind, oldest first.
    pub behind: Vec<Behind>,
}

/// A time during which the clock was behind, as it showed it itself; UTC milliseconds.
#[derive(Clone, Copy, Debug)]
pub(in crate::book) struct Behind {
    since: i64,
    until: i64,
    /// By so many milliseconds.
    by: i64,
    /// Nothing is made of it yet.
    pending: bool,
}

impl ClockTrust {
    /// What a book begins with whose clock was believed then.
    pub(in crate::book) fn begin(believed: Option<i64>, now: Now) -> Self {
        let off = believed.is_some_and(|believed| now.millis() - believed > LONG_OFF);
        if off {
            tracing::warn!(
                "the kiosk was off for days, or its clock is wrong: nothing is erased for an hour"
            );
        }
        let doubted = off.then_some(now.tick);
        Self { last: Some(now), doubted, even_since: now.millis(), behind: Vec::new() }
    }

    /// Whether the clock can be believed.
    fn look(&mut self, now: Now) -> bool {
        if let Some(last) = self.last.replace(now) {
            let passed = i64::try_from(last.tick.until(now.tick).as_millis()).unwrap_or(i64::MAX);
            let leap = (now.millis() - last.millis()).saturating_sub(passed);
            self.note_leap(last.millis().saturating_add(passed), leap, now);
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

    /// A leap by so much, just before which it showed this. Whoever set it ahead by mistake sets it back again: what was
    /// behind before is so by the difference.
    fn note_leap(&mut self, showed: i64, leap: i64, now: Now) {
        if leap.abs() <= BEHIND {
            return;
        }
        for behind in &mut self.behind {
            (behind.by, behind.pending) = (behind.by.saturating_add(leap), true);
        }
        if leap > 0 {
            self.behind.push(Behind { since: self.even_since, until: showed, by: leap, pending: true });
        }
        self.behind.drain(..self.behind.len().saturating_sub(LEAPS));
        self.even_since = now.millis();
    }

    /// Whether the clock was believed when it was looked at last.
    pub(in crate::book) fn is_believed(&self) -> bool {
        self.doubted.is_none()
    }
}

impl Book {
    /// Whether the wall clock can be believed, as far as is known: it goes as time does, and was believed no more than
    /// some days ago. After a leap it has to be steady for an hour.
    pub fn believes_clock(&mut self, now: Now) -> bool {
        self.clock_trust.look(now)
    }

    /// Whoever came while the clock was behind, and is here, is taken to have left when the house closes on the day on
    /// which they really came: by the day that it showed the house may have closed long ago. Only for a clock that is
    /// believed.
    pub(in crate::book) fn close_on_the_right_day(&mut self, now: Now) -> Result<(), BookError> {
        while let Some(at) = self.clock_trust.behind.iter().position(|behind| behind.pending) {
            let Behind { since, until, by, .. } = self.clock_trust.behind[at];
            let change = self.change(now)?;
            let here: Vec<(String, i64, i64, i32)> = change
                .prepare(
                    "SELECT id, arrived, closes, zone FROM visits
                     WHERE \"left\" IS NULL AND closes IS NOT NULL AND arrived BETWEEN ? AND ?",
                )?
                .query_map([since, until], |row| {
                    Ok((row.get("id")?, row.get("arrived")?, row.get("closes")?, row.get("zone")?))
                })?
                .collect::<Result<_, _>>()?;
            for (id, arrived, closes, zone) in here {
                let came = arrived.saturating_add(by.max(0));
                let day = now.zone.wall(came).date_naive();
                // An hour before the one at which they came is in the night after it.
                let [showed, closes] = [arrived, closes].map(|at| in_zone(at, zone).time());
                let closing = if closes > showed { day } else { day.succ_opt().unwrap_or(day) };
                let right = now.zone.at(closing.and_time(closes)).timestamp_millis();
                let right = if right > came { right } else { now.zone.day(day).end - MINUTE };
                let changed = change.execute(
                    "UPDATE visits SET closes = ?1 WHERE id = ?2 AND closes <> ?1",
                    params![right, id],
                )?;
                if changed > 0 {
                    let entry = Entry::ClosesAt { closes: in_zone(right, zone) };
                    change.log(&entry, &id)?;
                }
            }
            change.commit()?;
            self.clock_trust.behind[at].pending = false;
        }
        Ok(())
    }

    /// When the clock was believed last; of a book that never noted it, when its newest line was written.
    pub(in crate::book) fn believed_last(&self) -> Result<Option<i64>, BookError> {
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
    pub(in crate::book) fn note_belief(&mut self, now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        change.execute(
            "INSERT INTO house (name, value) VALUES ('believed_clock', ?)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [now.millis().to_string()],
        )?;
        Ok(change.commit()?)
    }
}
