//! The table of complaints. Decides nothing.

use crate::book::error::BookError;
use crate::book::rows::in_zone;
use crate::visit::Case;
use rusqlite::Row;

pub(in crate::book) fn case(row: &Row<'_>) -> Result<Case, BookError> {
    let zone = row.get("zone")?;
    Ok(Case {
        number: row.get("number")?,
        words: row.get::<_, Option<String>>("words")?.unwrap_or_default(),
        department: row.get("department")?,
        responsible: row.get("responsible")?,
        due: in_zone(row.get("due")?, zone),
        opened: in_zone(row.get("at")?, zone),
    })
}
