//! Receptionists and their PINs. A try is counted before anybody looks at the PIN, so that pulling the plug in
//! between saves no guesser a miss.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::pauses::{self, Guarded, Pause};
use crate::book::rows::entry::Entry;
use crate::now::Now;
use crate::pin;
use crate::visit::Role;
use rusqlite::{OptionalExtension, params};
use std::time::Duration;

/// Somebody who may use reception's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receptionist {
    /// Their name, as it stands in the journal.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How many wrong PINs in a row.
    pub misses: u32,
}

/// Whether a PIN may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Try {
    /// It counts as wrong already; this is kept of the right one.
    Open(String),
    /// Not before so long has passed.
    Closed(Duration),
    /// Nobody has this name.
    Unknown,
}

fn role(word: &str) -> Role {
    if word == "manager" { Role::Manager } else { Role::Receptionist }
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Manager => "manager",
        Role::Receptionist => "receptionist",
    }
}

impl Book {
    /// Everybody who may use reception's pages, by name.
    ///
    /// # Errors
    /// The book failed.
    pub fn receptionists(&self) -> Result<Vec<Receptionist>, BookError> {
        let mut found = self.connection.prepare_cached(
            "SELECT name, role, ifnull(misses, 0) AS misses FROM staff LEFT JOIN pauses ON what = 'pin ' || name ORDER BY name",
        )?;
        let found = found.query_map([], |row| {
            Ok(Receptionist {
                name: row.get("name")?,
                role: role(&row.get::<_, String>("role")?),
                misses: row.get("misses")?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Somebody may use reception's pages from now on, with this hash of their PIN; pauses are over.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn set_pin(
        &mut self,
        name: &str,
        as_what: Role,
        hash: &str,
        by: &str,
        now: Now,
    ) -> Result<(), BookError> {
        let change = self.change_by(by, now)?;
        change.execute(
            "INSERT INTO staff (name, role, pin) VALUES (?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, pin = excluded.pin",
            params![name, word(as_what), hash],
        )?;
        pauses::write(&change, Guarded::Pin(name), Pause::default())?;
        let entry = Entry::PinSet { name: name.to_owned(), role: as_what, by: change.by() };
        change.log(&entry, "")?;
        Ok(change.commit()?)
    }

    /// Somebody may use reception's pages no longer; false where nobody has this name.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn remove_pin(&mut self, name: &str, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        if change.execute("DELETE FROM staff WHERE name = ?", [name])? == 0 {
            return Ok(false);
        }
        pauses::write(&change, Guarded::Pin(name), Pause::default())?;
        let entry = Entry::PinRemoved { name: name.to_owned(), by: change.by() };
        change.log(&entry, "")?;
        change.commit()?;
        Ok(true)
    }

    /// Counts a try as wrong, durably, before the PIN is looked at.
    ///
    /// # Errors
    /// The book failed: then the PIN must not be looked at.
    pub fn try_pin(&mut self, name: &str, now: Now) -> Result<Try, BookError> {
        let at = Guarded::Pin(name);
        let before = self.pause(at, now.tick)?;
        let change = self.change(now)?;
        let hash: Option<String> =
            change.query_row("SELECT pin FROM staff WHERE name = ?", [name], |row| row.get(0)).optional()?;
        let Some(hash) = hash else { return Ok(Try::Unknown) };
        if !before.left.is_zero() {
            return Ok(Try::Closed(before.left));
        }
        let misses = before.misses.saturating_add(1);
        let pause = Pause { misses, left: pin::pause(misses) };
        pauses::write(&change, at, pause)?;
        let entry = Entry::PinTried { name: name.to_owned(), misses };
        change.log(&entry, "")?;
        change.commit()?;
        self.pauses.noted(at, pause.left, now.tick);
        Ok(Try::Open(hash))
    }

    /// The PIN was right: what was counted as wrong was not.
    ///
    /// # Errors
    /// The book failed: then the pages stay locked.
    pub fn unlock(&mut self, name: &str, now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        pauses::write(&change, Guarded::Pin(name), Pause::default())?;
        change.log(&Entry::Unlocked { by: name.to_owned() }, "")?;
        change.commit()?;
        self.pauses.noted(Guarded::Pin(name), Duration::ZERO, now.tick);
        Ok(())
    }
}
