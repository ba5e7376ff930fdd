//! What is done once a day, as rows that outlive restarts: the book is copied, and the journal's last hash is mailed
//! to facilities.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::{in_zone, journal, zone_of};
use crate::book::rules::letters::office_letter;
use crate::config;
use crate::errand::{About, BACKUP_GOOD_FOR, Backup, Letter, OFFICE_GOOD_FOR, Seen, State, Trouble, Work};
use crate::now::{Now, Wall};
use chrono::{Days, NaiveDate, NaiveTime};
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::path::Path;

/// The day that the kiosk makes, or made, a copy for.
const COPIED: &str = "copied";

/// The day on which the journal was sealed.
const SEALED: &str = "sealed";

impl Book {
    /// Queues the copy of this night once its hour has come; also hours later, when the kiosk was off.
    ///
    /// # Errors
    /// The book failed; nothing was queued.
    pub fn copy_tonight(&mut self, backup: &config::Backup, now: Now) -> Result<bool, BookError> {
        let day = day_of(now, backup.at);
        if !is_new(&self.connection, COPIED, day, now)? {
            return Ok(false);
        }
        let change = self.change(now)?;
        note(&change, COPIED, day)?;
        let work = Work::Backup(Backup { folder: backup.folder.clone(), keep: backup.keep });
        change.queue_own(&work, BACKUP_GOOD_FOR)?;
        change.commit()?;
        Ok(true)
    }

    /// Somebody has copied the book by hand just now, into this folder.
    ///
    /// # Errors
    /// The book failed; nothing was noted.
    pub fn copied_by_hand(&mut self, folder: &Path, now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        // None of the copies there was removed.
        let work = Work::Backup(Backup { folder: folder.to_owned(), keep: 0 });
        let id = change.queue_own(&work, BACKUP_GOOD_FOR)?;
        change.errand_is(id.0, id.0, State::Done(Seen::Confirmed))?;
        Ok(change.commit()?)
    }

    /// Mails the hash of the journal's last line to facilities, once a day, for the day before.
    ///
    /// # Errors
    /// The book failed; nothing was queued.
    pub fn seal(&mut self, now: Now) -> Result<bool, BookError> {
        let sealed_to = self.facilities.as_ref().is_some_and(|facilities| facilities.email.is_some());
        let today = day_of(now, NaiveTime::MIN);
        if !sealed_to || !is_new(&self.connection, SEALED, today, now)? {
            return Ok(false);
        }
        let change = self.change(now)?;
        let Some(facilities) = change.facilities else { return Ok(false) };
        let Some(to) = facilities.email.clone() else { return Ok(false) };
        let Some((line, hash)) = journal::last(&change)? else { return Ok(false) };
        note(&change, SEALED, today)?;
        let yesterday = in_zone(now.millis(), zone_of(&now)) - Days::new(1);
        let mut letter = office_letter(About::Seal, to, facilities.lang, yesterday);
        letter.number = format!("line {line}");
        letter.lines = vec![hash];
        let work = Work::Letter(letter);
        change.log(&Entry::Sealed, "")?;
        change.queue_own(&work, OFFICE_GOOD_FOR)?;
        change.commit()?;
        Ok(true)
    }

    /// The letter that says that the book was not copied; none where nobody is to hear it.
    pub(in crate::book) fn no_backup(&self, why: Trouble, now: Now) -> Option<Letter> {
        let facilities = self.facilities.as_ref()?;
        let at = in_zone(now.millis(), zone_of(&now));
        Some(office_letter(About::NoBackup(why), facilities.email.clone()?, facilities.lang, at))
    }
}

/// When the book was copied into this folder last.
pub(in crate::book) fn last_copy_in(
    connection: &Connection,
    folder: &Path,
) -> Result<Option<Wall>, BookError> {
    let mut copied = connection.prepare(
        "SELECT work ->> 'folder' AS folder, changed, zone FROM errands WHERE work ->> 'kind' = 'backup' AND state = 'done'
         ORDER BY rowid DESC",
    )?;
    // One command names the folder from where it is run, another from the configuration's place.
    let real = |folder: &Path| std::fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).ok();
    let asked = real(folder);
    let mut rows = copied.query([])?;
    while let Some(row) = rows.next()? {
        if real(Path::new(&row.get::<_, String>("folder")?)) == asked {
            return Ok(Some(in_zone(row.get("changed")?, row.get("zone")?)));
        }
    }
    Ok(None)
}

/// The day whose hour `at` came last.
fn day_of(now: Now, at: NaiveTime) -> NaiveDate {
    let (day, time) = (now.wall.date_naive(), now.wall.time());
    if time < at { day - Days::new(1) } else { day }
}

/// Whether this has not been done for that day. A day far ahead was noted while the clock was wrong.
fn is_new(connection: &Connection, what: &str, day: NaiveDate, now: Now) -> Result<bool, BookError> {
    let done: Option<String> = connection
        .prepare_cached("SELECT value FROM house WHERE name = ?")?
        .query_row([what], |row| row.get(0))
        .optional()?;
    let done = done.and_then(|day| day.parse::<NaiveDate>().ok());
    Ok(done.is_none_or(|done| done < day || done > now.wall.date_naive() + Days::new(1)))
}

fn note(change: &Transaction<'_>, what: &str, day: NaiveDate) -> Result<(), BookError> {
    change
        .prepare_cached(
            "INSERT INTO house (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute([what, &day.to_string()])?;
    Ok(())
}
