//! The tables of roll calls: their heads and who stands on them. Queries and writes; decides nothing.

use crate::book::error::BookError;
use crate::book::rows::{errands, in_zone};
use crate::errand::{ErrandId, RollLine, RollPage, State};
use crate::now::Wall;
use crate::visit::VisitId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::HashMap;
use uuid::Uuid;

/// A roll call's name in the book: UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RollId(pub Uuid);

impl From<RollId> for Uuid {
    fn from(id: RollId) -> Uuid {
        id.0
    }
}

pub(in crate::book) struct Head {
    pub id: RollId,
    pub at: Wall,
    pub drill: bool,
    pub by: String,
    pub ended: Option<Wall>,
    pub issue: u32,
    pub issued: Wall,
}

pub(in crate::book) struct Mark {
    pub place: u32,
    pub safe: Option<bool>,
    pub by: String,
    pub at: Option<i64>,
}

pub(in crate::book) const HEAD: &str =
    "SELECT id, at, drill, by, ended, zone, people, safe, issue, ifnull(issued, at) AS issued FROM rolls";

pub(in crate::book) fn damaged(what: &str) -> BookError {
    BookError::Corrupt(format!("a roll call's {what}"))
}

pub(in crate::book) fn head(row: &Row<'_>) -> Result<Head, BookError> {
    let zone = row.get("zone")?;
    Ok(Head {
        id: RollId(Uuid::parse_str(&row.get::<_, String>("id")?).map_err(|_| damaged("id"))?),
        at: in_zone(row.get("at")?, zone),
        drill: row.get("drill")?,
        by: row.get("by")?,
        ended: row.get::<_, Option<i64>>("ended")?.map(|ended| in_zone(ended, zone)),
        issue: row.get("issue")?,
        issued: in_zone(row.get("issued")?, zone),
    })
}

pub(in crate::book) fn open_head(connection: &Connection) -> Result<Option<Head>, BookError> {
    let mut open =
        connection.prepare_cached(&format!("{HEAD} WHERE ended IS NULL ORDER BY rowid DESC LIMIT 1"))?;
    open.query_row([], |row| Ok(head(row))).optional()?.transpose()
}

/// What is known of everybody on a roll.
pub(in crate::book) fn marks(
    connection: &Connection,
    roll: RollId,
) -> Result<HashMap<VisitId, Mark>, BookError> {
    let mut marks =
        connection.prepare_cached("SELECT visit, place, mark, by, at FROM roll_marks WHERE roll = ?")?;
    let mut rows = marks.query([roll.0.to_string()])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        let visit = Uuid::parse_str(&row.get::<_, String>("visit")?).map_err(|_| damaged("visit"))?;
        let mark = Mark {
            place: row.get("place")?,
            safe: row.get::<_, Option<String>>("mark")?.map(|mark| mark == "safe"),
            by: row.get::<_, Option<String>>("by")?.unwrap_or_default(),
            at: row.get("at")?,
        };
        found.insert(VisitId(visit), mark);
    }
    Ok(found)
}

/// Every print of every page of the newest list, in the order in which they were wanted.
pub(in crate::book) fn newest_pages(
    connection: &Connection,
    roll: RollId,
) -> Result<Vec<(ErrandId, RollPage, State)>, BookError> {
    let newest: Option<u32> = connection
        .prepare_cached("SELECT issue FROM rolls WHERE id = ?")?
        .query_row([roll.0.to_string()], |row| row.get(0))
        .optional()?;
    let mut pages = errands::roll_pages(connection, roll.0)?;
    pages.retain(|(_, page, _)| Some(page.issue) == newest);
    Ok(pages)
}

/// Whoever stands on no paper yet does from now on, behind the last.
pub(in crate::book) fn take_places(
    change: &Transaction<'_>,
    roll: RollId,
    listed: &mut [(VisitId, RollLine)],
    last: u32,
) -> Result<(), BookError> {
    let fresh = listed.iter_mut().filter(|(_, line)| line.place == 0);
    for (place, (visit, line)) in (last + 1..).zip(fresh) {
        line.place = place;
        change
            .prepare_cached(
                "INSERT INTO roll_marks (roll, visit, place) VALUES (?, ?, ?)
                 ON CONFLICT (roll, visit) DO UPDATE SET place = excluded.place",
            )?
            .execute(params![roll.0.to_string(), visit.0.to_string(), place])?;
    }
    Ok(())
}
