//! The watch list: whom reception is to be told about, and whom of those who come that may be. A visitor is never told.

use crate::book::error::BookError;
use crate::book::keep::wiping;
use crate::book::rows::entry::Entry;
use crate::book::rows::watched::read;
use crate::book::rows::{in_zone, visits, zone_of};
use crate::book::{Book, Change};
use crate::now::{Now, Wall};
use crate::visit::{Details, Phone, Problem, Sighting, Visit, Watched, watch};
use rusqlite::{Transaction, params};
use uuid::Uuid;

/// Somebody who is to be put on the watch list.
#[derive(Clone, Debug, Default)]
pub struct NewWatched {
    /// The name; this and the next two may be empty, but not all of them.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The company. Where it stands alone, it is looked for alone.
    pub company: String,
    /// Why; for managers only.
    pub reason: String,
    /// What reception is to do.
    pub note: String,
    /// Until when; none: until it is taken off the list.
    pub until: Option<Wall>,
}

/// Why nobody who comes could ever be the one who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pointless {
    /// Neither name nor number nor company is known.
    #[error("neither a name nor a telephone number nor a company is given")]
    Nobody,
    /// The name has no letter.
    #[error("the name holds no letter: no visitor is called so")]
    Name,
    /// No visitor can give this number.
    #[error("{0}: no visitor has it")]
    Phone(Problem),
    /// The company has neither letter nor digit.
    #[error("the company holds neither a letter nor a digit: none is called so")]
    Company,
    /// Its time is over.
    #[error("the last day is over already")]
    Over,
}

impl NewWatched {
    /// What keeps it from ever being of use, first thing first.
    pub fn pointless(&self, now: Now) -> Option<Pointless> {
        let [name, phone, company] = [&self.name, &self.phone, &self.company].map(|text| text.trim());
        if name.is_empty() && phone.is_empty() && company.is_empty() {
            Some(Pointless::Nobody)
        } else if !name.is_empty() && !watch::is_name(name) {
            Some(Pointless::Name)
        } else if let Err(problem) = Phone::maybe(phone)
            && !watch::is_extension(phone)
        {
            Some(Pointless::Phone(problem))
        } else if !company.is_empty() && !watch::is_company(company) {
            Some(Pointless::Company)
        } else if self.until.is_some_and(|until| until < now.wall) {
            Some(Pointless::Over)
        } else {
            None
        }
    }
}

/// What the list says now of each of these.
pub(in crate::book) fn sightings(
    change: &Transaction<'_>,
    party: &[Details],
    now: Now,
) -> Result<Vec<Option<Sighting>>, BookError> {
    let entries = read(change, now.millis())?;
    Ok(party.iter().map(|details| watch::sighting(&entries, details)).collect())
}

/// Writes down, for reception, that this visit may be one of somebody on the list.
pub(in crate::book) fn write_down(change: &Change<'_>, visit: &Visit) -> Result<(), BookError> {
    let Some(sighting) = &visit.watched else { return Ok(()) };
    let subject = visit.id.0.to_string();
    change.log(&Entry::Sighted(Box::new(sighting.clone())), &subject)
}

/// Looks at the list again about a visitor who is not who they were said to be, or who is back: it is marked, and
/// written down where it is another than before. True where the list may mean them. `inside`: they stay in the house.
pub(in crate::book) fn look_again(
    change: &Change<'_>,
    visit: &mut Visit,
    inside: bool,
) -> Result<bool, BookError> {
    let now = change.now;
    let seen = sightings(change, std::slice::from_ref(&visit.details), now)?.pop().flatten();
    let known = visit.watched.clone().map(|known| Sighting { inside: false, ..known });
    if seen != known {
        visit.watched = seen.map(|seen| Sighting { inside, ..seen });
        mark(change, visit)?;
    }
    Ok(visit.watched.is_some())
}

fn mark(change: &Change<'_>, visit: &Visit) -> Result<(), BookError> {
    change.execute(
        "UPDATE visits SET watched = ? WHERE id = ?",
        params![visit.watched.as_ref().map(serde_json::to_string).transpose()?, visit.id.0.to_string()],
    )?;
    write_down(change, visit)
}

impl Book {
    /// Puts somebody on the watch list; whoever of those on site is like them is marked for reception too. None where
    /// that is [`Pointless`].
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn watch(&mut self, new: NewWatched, by: &str, now: Now) -> Result<Option<Watched>, BookError> {
        if new.pointless(now).is_some() {
            return Ok(None);
        }
        let change = self.change_by(by, now)?;
        let watched = Watched {
            id: change.new_id(),
            name: new.name.trim().to_owned(),
            phone: new.phone.trim().to_owned(),
            company: new.company.trim().to_owned(),
            reason: new.reason.trim().to_owned(),
            note: new.note.trim().to_owned(),
            until: new.until,
            added: in_zone(now.millis(), zone_of(&now)),
            by: change.by(),
        };
        change.execute(
            "INSERT INTO watched (id, name, phone, company, reason, note, until, added, zone, by)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                watched.id.to_string(),
                watched.name,
                watched.phone,
                watched.company,
                watched.reason,
                watched.note,
                watched.until.map(|until| until.timestamp_millis()),
                now.millis(),
                zone_of(&now),
                watched.by,
            ],
        )?;
        let entry = Entry::Watched { off: false, by: change.by() };
        change.log(&entry, &watched.id.to_string())?;
        for mut visit in visits::find(&change, "\"left\" IS NULL AND watched IS NULL", [])? {
            let found = watch::sighting(std::slice::from_ref(&watched), &visit.details);
            visit.watched = found.map(|found| Sighting { inside: !visit.waits(), ..found });
            if visit.watched.is_some() {
                mark(&change, &visit)?;
            }
        }
        change.commit()?;
        Ok(Some(watched))
    }

    /// Takes an entry off the list; false where it is not on it.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn unwatch(&mut self, id: Uuid, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let off = change.execute("DELETE FROM watched WHERE id = ?", [id.to_string()])? == 1;
        if off {
            let entry = Entry::Watched { off: true, by: change.by() };
            change.log(&entry, &id.to_string())?;
            wiping::owe(&change, now)?;
            change.commit()?;
            self.wipe_soon(now);
        }
        Ok(off)
    }

    /// Everybody on the list, first put there first; those too whose time is over.
    ///
    /// # Errors
    /// The book failed.
    pub fn watched(&self) -> Result<Vec<Watched>, BookError> {
        read(&self.connection, i64::MIN)
    }
}
