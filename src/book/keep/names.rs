//! Names and numbers as an earlier version wrote them down, written as they are looked for today. What the journal tells of
//! them stays as it was written.

use crate::book::error::BookError;
use crate::book::rows::ERASED;
use crate::book::rows::person_keys::Renewing;
use crate::visit::{Phone, name_key};
use rusqlite::{Transaction, params};

/// A row, its name and its number.
type Row = (i64, String, Option<String>);

/// Writes every key of names and numbers anew, and who is known by them.
pub(in crate::book) fn renew(change: &Transaction<'_>) -> Result<(), BookError> {
    let people = Renewing::begin(change)?;
    let known = |(_, name, phone): &Row| match (&people, phone) {
        (Some(people), Some(phone)) => people.renew(name, phone, change),
        _ => Ok(()),
    };
    let mut visit = change.prepare("UPDATE visits SET name_key = ?2, phone = ?3 WHERE rowid = ?1")?;
    for row in rows(change, "SELECT rowid, name, phone FROM visits WHERE name <> ?")? {
        known(&row)?;
        let (rowid, name, phone) = row;
        visit.execute(params![rowid, name_key(&name), phone.map(today)])?;
    }
    let mut invitation = change
        .prepare("UPDATE invitations SET name_key = ?2, phone = ?3, last_four = ?4 WHERE rowid = ?1")?;
    for row in rows(change, "SELECT rowid, visitor AS name, phone FROM invitations WHERE visitor <> ?")? {
        known(&row)?;
        let (rowid, name, phone) = row;
        let phone = phone.map(today);
        let last_four = phone.clone().and_then(|phone| Phone::taken(&phone).ok());
        let last_four = last_four.as_ref().map(Phone::last_four).unwrap_or_default();
        invitation.execute(params![rowid, name_key(&name), phone, last_four])?;
    }
    Ok(())
}

fn rows(change: &Transaction<'_>, sql: &str) -> Result<Vec<Row>, BookError> {
    let mut rows = change.prepare(sql)?;
    let mut rows = rows.query([ERASED])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        // A row with bytes that are no text is found by the look-over; it keeps no kiosk from starting.
        match (row.get("rowid"), row.get("name"), row.get("phone")) {
            (Ok(id), Ok(name), Ok(phone)) => all.push((id, name, phone)),
            _ => tracing::warn!("a name or a number in the book cannot be read and gets no key"),
        }
    }
    Ok(all)
}

/// A number as it is written today; one that cannot be read stays for whoever finds it.
fn today(phone: String) -> String {
    Phone::taken(&phone).map(String::from).unwrap_or(phone)
}
