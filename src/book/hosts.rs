//! Hosts: whom visitors come to see.

use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::hosts::{COLUMNS, host, one};
use crate::book::rules::recipients::colleague;
use crate::book::{Book, Change, Changes};
use crate::errand::Reader;
use crate::now::Now;
use crate::visit::Host;
use crate::words::Texts;
use rusqlite::{OptionalExtension, params};

impl Book {
    /// The colleague who is written to as this one in a host's place; none for reception, and where there is nobody.
    ///
    /// # Errors
    /// The book failed.
    pub fn colleague(&self, host: &Host, reader: Reader) -> Result<Option<Host>, BookError> {
        colleague(&self.connection, host, reader)
    }
}

/// Takes hosts in within a change.
pub(in crate::book) fn bring_in(change: &Change<'_>, hosts: &[Host]) -> Result<Changes, BookError> {
    let mut changes = Changes::default();
    for new in hosts {
        let old = change
            .prepare_cached(&format!("SELECT {COLUMNS} FROM hosts WHERE id = ?"))?
            .query_row([&new.id], |row| Ok(host(row)))
            .optional()?
            .transpose()?;
        match old {
            Some(old) if old == *new => {
                changes.same += 1;
                continue;
            }
            Some(_) => changes.changed += 1,
            None => changes.added += 1,
        }
        let texts = |texts: &Texts| serde_json::to_string(texts);
        change
            .prepare_cached(&format!(
                "INSERT INTO hosts ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department,
                 place = excluded.place, way = excluded.way, email = excluded.email, phone = excluded.phone,
                 lang = excluded.lang, deputy = excluded.deputy, contact = excluded.contact,
                 gone = excluded.gone"
            ))?
            .execute(params![
                new.id,
                texts(&new.name)?,
                texts(&new.department)?,
                texts(&new.place)?,
                texts(&new.way)?,
                new.email,
                new.phone,
                new.lang.code(),
                new.deputy,
                new.contact,
                new.gone
            ])?;
    }
    let Changes { added, changed, .. } = changes;
    if added + changed > 0 {
        change.log(&Entry::HostsImported { added, changed }, "")?;
    }
    Ok(changes)
}

impl Book {
    /// Takes hosts in, all or none; what is there already is brought up to date.
    ///
    /// # Errors
    /// The book failed; nothing was taken.
    pub fn put_hosts(&mut self, hosts: &[Host], now: Now) -> Result<Changes, BookError> {
        self.write_hosts(hosts, now, true)
    }

    /// What [`Book::put_hosts`] would do.
    ///
    /// # Errors
    /// As there.
    pub fn would_put_hosts(&mut self, hosts: &[Host], now: Now) -> Result<Changes, BookError> {
        self.write_hosts(hosts, now, false)
    }

    fn write_hosts(&mut self, hosts: &[Host], now: Now, keep: bool) -> Result<Changes, BookError> {
        let change = self.change(now)?;
        let changes = bring_in(&change, hosts)?;
        if keep {
            change.commit()?;
        }
        Ok(changes)
    }

    /// All hosts, by id.
    ///
    /// # Errors
    /// The book failed.
    pub fn hosts(&self) -> Result<Vec<Host>, BookError> {
        let mut hosts = self.connection.prepare(&format!("SELECT {COLUMNS} FROM hosts ORDER BY id"))?;
        let hosts = hosts.query_map([], |row| Ok(host(row)))?;
        hosts.map(|host| host?).collect()
    }

    /// What may be offered to whoever types: hosts and departments. Nothing of other visitors.
    ///
    /// # Errors
    /// The book failed.
    pub fn known_names(&self) -> Result<Vec<String>, BookError> {
        let texts = |texts: Texts| std::iter::once(texts.base).chain(texts.by.into_values());
        let hosts = self.hosts()?.into_iter();
        let mut names: Vec<String> =
            hosts.flat_map(|host| texts(host.name).chain(texts(host.department))).collect();
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// Whether staff's commands wrote to the book since this was asked last.
    ///
    /// # Errors
    /// The book failed.
    pub fn changed_elsewhere(&mut self) -> Result<bool, BookError> {
        let version = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok(std::mem::replace(&mut self.seen_version, version) != version)
    }

    /// One host.
    ///
    /// # Errors
    /// The book failed.
    pub fn host(&self, id: &str) -> Result<Option<Host>, BookError> {
        one(&self.connection, id)
    }

    /// Whether nothing was ever imported.
    ///
    /// # Errors
    /// The book failed.
    pub fn is_empty(&self) -> Result<bool, BookError> {
        Ok(self.connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM hosts)", [], |row| row.get(0))?)
    }
}
