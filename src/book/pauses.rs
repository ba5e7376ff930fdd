//! How long whoever guesses has to wait: before a PIN, at the look-up, at what is remembered of people. A pause is counted
//! in ticks while the kiosk runs, never by the wall clock, which can be set; what is left of it stands in the book, so
//! that no restart ends it.

use crate::book::Book;
use crate::book::error::BookError;
use crate::now::{Now, Tick};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::HashMap;
use std::time::Duration;

/// So often it is noted how much of a pause has passed: after a power cut it is longer by this at most.
const NOTED_EVERY: Duration = Duration::from_secs(10);

/// What can be guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarded<'a> {
    /// Codes, names and badge numbers, at the look-up.
    LookUp,
    /// What is remembered of people.
    Recall,
    /// The PIN of the receptionist of this name.
    Pin(&'a str),
}

impl Guarded<'_> {
    fn key(self) -> String {
        match self {
            Self::LookUp => "look_up".to_owned(),
            Self::Recall => "recall".to_owned(),
            Self::Pin(name) => format!("pin {name}"),
        }
    }
}

/// How somebody stands who guesses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    /// How often in a row they missed.
    pub misses: u32,
    /// How long nobody may try yet.
    pub left: Duration,
}

/// What was left of a pause at one tick, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Noted {
    left: i64,
    since: Tick,
}

impl Noted {
    fn left(self, now: Tick) -> Duration {
        Duration::from_millis(u64::try_from(self.left).unwrap_or(0)).saturating_sub(self.since.until(now))
    }
}

/// The pauses that this program counts down, by what they guard.
#[derive(Debug, Default)]
pub(in crate::book) struct Pauses(HashMap<String, Noted>);

impl Pauses {
    /// What was left when the book was last open goes on from now.
    pub fn begin(connection: &Connection, now: Tick) -> Result<Self, BookError> {
        let mut running =
            connection.prepare_cached("SELECT what, \"left\" FROM pauses WHERE \"left\" > 0")?;
        let running = running
            .query_map([], |row| Ok((row.get("what")?, Noted { left: row.get("left")?, since: now })))?;
        Ok(Self(running.collect::<Result<_, _>>()?))
    }

    /// This stands in the book since now.
    pub fn noted(&mut self, what: Guarded<'_>, left: Duration, now: Tick) {
        match millis(left) {
            0 => self.0.remove(&what.key()),
            left => self.0.insert(what.key(), Noted { left, since: now }),
        };
    }
}

fn millis(left: Duration) -> i64 {
    i64::try_from(left.as_millis()).unwrap_or(i64::MAX)
}

/// Writes it down within a change; [`Pauses::noted`] is told once that is kept.
pub(in crate::book) fn write(
    change: &Transaction<'_>,
    what: Guarded<'_>,
    pause: Pause,
) -> Result<(), BookError> {
    if pause == Pause::default() {
        change.prepare_cached("DELETE FROM pauses WHERE what = ?")?.execute([what.key()])?;
        return Ok(());
    }
    change
        .prepare_cached(
            "INSERT INTO pauses (what, misses, \"left\") VALUES (?, ?, ?)
             ON CONFLICT (what) DO UPDATE SET misses = excluded.misses, \"left\" = excluded.\"left\"",
        )?
        .execute(params![what.key(), pause.misses, millis(pause.left)])?;
    Ok(())
}

impl Book {
    /// How whoever guesses at this stands now. A command, which counts nothing, sees what was last noted.
    ///
    /// # Errors
    /// The book failed.
    pub fn pause(&self, what: Guarded<'_>, now: Tick) -> Result<Pause, BookError> {
        let key = what.key();
        let row: Option<(u32, i64)> = self
            .connection
            .prepare_cached("SELECT misses, \"left\" FROM pauses WHERE what = ?")?
            .query_row([&key], |row| Ok((row.get("misses")?, row.get("left")?)))
            .optional()?;
        let Some((misses, left)) = row else { return Ok(Pause::default()) };
        // A command may have written something else since.
        let counted = self.pauses.0.get(&key).filter(|noted| noted.left == left);
        let noted = counted.copied().unwrap_or(Noted { left, since: now });
        Ok(Pause { misses, left: noted.left(now) })
    }

    /// Whoever guesses at this stands like this from now on.
    ///
    /// # Errors
    /// The book failed; nothing was noted.
    pub fn note_pause(&mut self, what: Guarded<'_>, pause: Pause, now: Tick) -> Result<(), BookError> {
        let change = self.writing()?;
        write(&change, what, pause)?;
        change.commit()?;
        self.pauses.noted(what, pause.left, now);
        Ok(())
    }

    /// Notes how much of each pause has passed, now and then and at its end.
    ///
    /// # Errors
    /// The book failed; nothing was noted.
    pub fn count_pauses(&mut self, now: Now) -> Result<(), BookError> {
        let is_due =
            |noted: &Noted| noted.left(now.tick).is_zero() || noted.since.until(now.tick) >= NOTED_EVERY;
        let due: Vec<(String, Noted)> = self
            .pauses
            .0
            .iter()
            .filter(|(_, noted)| is_due(noted))
            .map(|(what, noted)| (what.clone(), *noted))
            .collect();
        if due.is_empty() {
            return Ok(());
        }
        let change = self.writing()?;
        for (what, noted) in &due {
            let left = millis(noted.left(now.tick));
            change
                .prepare_cached("UPDATE pauses SET \"left\" = ? WHERE what = ? AND \"left\" = ?")?
                .execute(params![left, what, noted.left])?;
        }
        change.commit()?;
        for (what, noted) in due {
            match millis(noted.left(now.tick)) {
                0 => self.pauses.0.remove(&what),
                left => self.pauses.0.insert(what, Noted { left, since: now.tick }),
            };
        }
        Ok(())
    }
}
