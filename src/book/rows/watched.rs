//! The table of the watch list. Decides nothing.

use crate::book::error::BookError;
use crate::book::rows::in_zone;
use crate::visit::Watched;
use rusqlite::{Connection, Row};
use uuid::Uuid;

fn entry(row: &Row<'_>) -> Result<Watched, BookError> {
    let zone = row.get("zone")?;
    Ok(Watched {
        id: Uuid::parse_str(&row.get::<_, String>("id")?)
            .map_err(|_| BookError::Corrupt("the key of an entry of the watch list".to_owned()))?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        company: row.get("company")?,
        reason: row.get("reason")?,
        note: row.get("note")?,
        until: row.get::<_, Option<i64>>("until")?.map(|until| in_zone(until, zone)),
        added: in_zone(row.get("added")?, zone),
        by: row.get("by")?,
    })
}

pub(in crate::book) fn read(connection: &Connection, since: i64) -> Result<Vec<Watched>, BookError> {
    let mut entries = connection.prepare_cached(
        "SELECT id, name, phone, company, reason, note, until, added, zone, by FROM watched
         WHERE until IS NULL OR until >= ? ORDER BY rowid",
    )?;
    let entries = entries.query_map([since], |row| Ok(entry(row)))?;
    entries.map(|entry| entry?).collect()
}
