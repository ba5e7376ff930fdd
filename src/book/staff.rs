//! Receptionists and their PINs. A try is counted before anybody looks at the PIN, so that pulling the plug in
//! between saves no guesser a miss.

use super::journal::{self, Entry};
use super::{Book, BookError};
use crate::now::Now;
use crate::pin;
use crate::visit::Role;
use rusqlite::{OptionalExtension, params};

/// Somebody who may use reception's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receptionist {
    /// Their name, as it stands in the journal.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How many wrong PINs in a row.
    pub misses: u32,
    /// Nobody may try before this, UTC milliseconds.
    pub closed_until: i64,
}

/// Whether a PIN may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Try {
    /// It counts as wrong already; this is kept of the right one.
    Open(String),
    /// Not before this, UTC milliseconds.
    Closed(i64),
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
        let mut found = self
            .connection
            .prepare_cached("SELECT name, role, misses, closed_until FROM staff ORDER BY name")?;
        let found = found.query_map([], |row| {
            Ok(Receptionist {
                name: row.get(0)?,
                role: role(&row.get::<_, String>(1)?),
                misses: row.get(2)?,
                closed_until: row.get(3)?,
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
        let salt = self.random();
        let change = self.change()?;
        change.execute(
            "INSERT INTO staff (name, role, pin) VALUES (?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, pin = excluded.pin, misses = 0, closed_until = 0",
            params![name, word(as_what), hash],
        )?;
        let entry = Entry::PinSet { name: name.to_owned(), role: as_what, by: by.to_owned() };
        journal::write(&change, &entry, "", salt, now)?;
        Ok(change.commit()?)
    }

    /// Somebody may use reception's pages no longer; false where nobody has this name.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn remove_pin(&mut self, name: &str, by: &str, now: Now) -> Result<bool, BookError> {
        let salt = self.random();
        let change = self.change()?;
        if change.execute("DELETE FROM staff WHERE name = ?", [name])? == 0 {
            return Ok(false);
        }
        let entry = Entry::PinRemoved { name: name.to_owned(), by: by.to_owned() };
        journal::write(&change, &entry, "", salt, now)?;
        change.commit()?;
        Ok(true)
    }

    /// Counts a try as wrong, durably, before the PIN is looked at.
    ///
    /// # Errors
    /// The book failed: then the PIN must not be looked at.
    pub fn try_pin(&mut self, name: &str, now: Now) -> Result<Try, BookError> {
        let salt = self.random();
        let change = self.change()?;
        let found: Option<(String, u32, i64)> = change
            .query_row("SELECT pin, misses, closed_until FROM staff WHERE name = ?", [name], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((hash, misses, closed_until)) = found else { return Ok(Try::Unknown) };
        if now.millis() < closed_until {
            // A pause that ends later than any could was begun before the clock was set back.
            let latest = now.after(pin::pause(misses)).millis();
            if closed_until > latest {
                change.execute("UPDATE staff SET closed_until = ? WHERE name = ?", params![latest, name])?;
                change.commit()?;
            }
            return Ok(Try::Closed(closed_until.min(latest)));
        }
        let misses = misses.saturating_add(1);
        change.execute(
            "UPDATE staff SET misses = ?, closed_until = ? WHERE name = ?",
            params![misses, now.after(pin::pause(misses)).millis(), name],
        )?;
        let entry = Entry::PinTried { name: name.to_owned(), misses };
        journal::write(&change, &entry, "", salt, now)?;
        change.commit()?;
        Ok(Try::Open(hash))
    }

    /// The PIN was right: what was counted as wrong was not.
    ///
    /// # Errors
    /// The book failed: then the pages stay locked.
    pub fn unlock(&mut self, name: &str, now: Now) -> Result<(), BookError> {
        let salt = self.random();
        let change = self.change()?;
        change.execute("UPDATE staff SET misses = 0, closed_until = 0 WHERE name = ?", [name])?;
        journal::write(&change, &Entry::Unlocked { by: name.to_owned() }, "", salt, now)?;
        Ok(change.commit()?)
    }
}
