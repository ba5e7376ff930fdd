//! The table of hosts. Decides nothing.

use crate::book::error::BookError;
use crate::visit::Host;
use crate::words::Texts;
use rusqlite::{Connection, OptionalExtension, Row};

pub(in crate::book) const COLUMNS: &str =
    "id, name, department, place, way, email, phone, lang, deputy, contact, gone";

pub(in crate::book) fn host(row: &Row<'_>) -> Result<Host, BookError> {
    let texts = |column: &str| -> Result<Texts, BookError> {
        Ok(serde_json::from_str(&row.get::<_, String>(column)?)?)
    };
    Ok(Host {
        id: row.get("id")?,
        name: texts("name")?,
        department: texts("department")?,
        place: texts("place")?,
        way: texts("way")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        lang: row
            .get::<_, String>("lang")?
            .parse()
            .map_err(|_| BookError::Corrupt("a host's language".to_owned()))?,
        deputy: row.get("deputy")?,
        contact: row.get("contact")?,
        gone: row.get("gone")?,
    })
}

/// One host.
pub(in crate::book) fn one(connection: &Connection, id: &str) -> Result<Option<Host>, BookError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM hosts WHERE id = ?"))?
        .query_row([id], |row| Ok(host(row)))
        .optional()?
        .transpose()
}

/// Those who are there for their departments, by id.
pub(in crate::book) fn contacts(connection: &Connection) -> Result<Vec<Host>, BookError> {
    let mut hosts = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM hosts WHERE contact = 1 AND gone = 0 ORDER BY id"))?;
    let hosts = hosts.query_map([], |row| Ok(host(row)))?;
    hosts.map(|host| host?).collect()
}
