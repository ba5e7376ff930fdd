//! The table of errands: what is to be done outside, and how it stands. Queries and writes; decides nothing.

use crate::book::error::BookError;
use crate::book::rows::zone_of;
use crate::errand::{ARRIVAL_GOOD_FOR, BADGE_TAKES, ErrandId, Kind, RollPage, Seen, State, Trouble, Work};
use crate::now::Now;
use crate::visit::VisitId;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::time::Duration;
use uuid::Uuid;

pub(in crate::book) struct Row {
    pub id: Uuid,
    pub subject: Uuid,
    pub work: Work,
    pub state: State,
    pub tries: u32,
    pub good_until: i64,
    pub zone: i32,
    pub changed: i64,
}

const COLUMNS: &str = "id, subject, work, state, why, tries, good_until, zone, changed";

fn uuid(text: &str) -> Result<Uuid, BookError> {
    Uuid::parse_str(text).map_err(|_| BookError::Corrupt("an errand's id".to_owned()))
}

/// When an errand came to be, UTC milliseconds: a UUIDv7 begins with that.
pub(in crate::book) fn queued(id: Uuid) -> i64 {
    let (seconds, nanos) = id.get_timestamp().map_or((0, 0), |at| at.to_unix());
    i64::try_from(seconds).unwrap_or(0).saturating_mul(1000) + i64::from(nanos / 1_000_000)
}

fn row(row: &rusqlite::Row<'_>) -> Result<Row, BookError> {
    let why: Option<String> = row.get("why")?;
    let trouble =
        || -> Result<Trouble, BookError> { Ok(serde_json::from_str(why.as_deref().unwrap_or("null"))?) };
    let state = match row.get::<_, String>("state")?.as_str() {
        "queued" => State::Queued(why.as_deref().map(serde_json::from_str).transpose()?),
        "sending" => State::Sending,
        "done" => State::Done(serde_json::from_str::<Seen>(why.as_deref().unwrap_or("null"))?),
        "failed" => State::Failed(trouble()?),
        _ => State::Unknown(trouble()?),
    };
    Ok(Row {
        id: uuid(&row.get::<_, String>("id")?)?,
        subject: uuid(&row.get::<_, String>("subject")?)?,
        work: serde_json::from_str(&row.get::<_, String>("work")?)?,
        state,
        tries: row.get("tries")?,
        good_until: row.get("good_until")?,
        zone: row.get("zone")?,
        changed: row.get("changed")?,
    })
}

/// Writes an errand that waits. Paper is given the time that the printer takes for what waits before it.
pub(in crate::book) fn insert(
    change: &Transaction<'_>,
    (id, subject): (ErrandId, Uuid),
    work: &Work,
    good_for: Duration,
    now: Now,
) -> Result<(), BookError> {
    let good_for = match work.kind() {
        Kind::Paper => good_for.saturating_add(BADGE_TAKES.saturating_mul(papers(change)?)),
        Kind::Letter | Kind::File => good_for,
    };
    let good_until = now.after(good_for).millis();
    change
        .prepare_cached(
            "INSERT INTO errands (id, subject, work, state, tries, next_try, good_until, zone, changed)
             VALUES (?, ?, ?, 'queued', 0, ?, ?, ?, ?)",
        )?
        .execute(params![
            id.0.to_string(),
            subject.to_string(),
            serde_json::to_string(work)?,
            now.millis(),
            good_until,
            zone_of(&now),
            now.millis()
        ])?;
    Ok(())
}

/// What kind of work it is, as the journal calls it.
pub(in crate::book) fn word(work: &Work) -> &'static str {
    match work {
        Work::Badge(_) => "badge",
        Work::Roll(_) => "roll",
        Work::Numbers(_) => "numbers",
        Work::Letter(_) => "letter",
        Work::Backup(_) => "backup",
        Work::Export(_) => "export",
    }
}

/// How many pieces of paper wait for the printer or are with it.
fn papers(connection: &Connection) -> Result<u32, BookError> {
    let mut waiting = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM errands WHERE state = 'queued' AND paper = 1)
              + (SELECT count(*) FROM errands WHERE state = 'sending' AND paper = 1)",
    )?;
    Ok(waiting.query_row([], |row| row.get(0))?)
}

/// The badge of this visit of which nobody saw the end.
pub(in crate::book) fn unknown_badge(
    change: &Transaction<'_>,
    visit: VisitId,
) -> Result<Option<Uuid>, BookError> {
    let id = change
        .prepare_cached(
            "SELECT id FROM errands WHERE subject = ? AND state = 'unknown' AND work ->> 'kind' = 'badge'
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([visit.0.to_string()], |row| row.get::<_, String>(0))
        .optional()?;
    id.as_deref().map(uuid).transpose()
}

/// Every print of every page of a roll call, in the order in which they were wanted.
pub(in crate::book) fn roll_pages(
    connection: &Connection,
    roll: Uuid,
) -> Result<Vec<(ErrandId, RollPage, State)>, BookError> {
    let mut prints = Vec::new();
    for row in rows(connection, "subject = ? ORDER BY rowid", [roll.to_string()])? {
        if let Work::Roll(page) = row.work {
            prints.push((ErrandId(row.id), page, row.state));
        }
    }
    Ok(prints)
}

/// A letter that failed is tried once more as it is, under its own Message-ID; how many that were: one, or none any more.
pub(in crate::book) fn queue_again(change: &Transaction<'_>, id: Uuid, now: Now) -> Result<usize, BookError> {
    let mut again = change.prepare_cached(
        "UPDATE errands SET state = 'queued', why = NULL, tries = 0, next_try = ?1, changed = ?1,
         good_until = max(good_until, ?2) WHERE id = ?3 AND state = 'failed'",
    )?;
    Ok(again.execute(params![now.millis(), now.after(ARRIVAL_GOOD_FOR).millis(), id.to_string()])?)
}

/// Writes how an errand stands.
pub(in crate::book) fn write_state(
    change: &Transaction<'_>,
    id: Uuid,
    state: State,
    now: Now,
) -> Result<(), BookError> {
    let (word, why) = match state {
        State::Queued(why) => ("queued", why.map(|why| serde_json::to_string(&why)).transpose()?),
        State::Sending => ("sending", None),
        State::Done(seen) => ("done", Some(serde_json::to_string(&seen)?)),
        State::Failed(why) => ("failed", Some(serde_json::to_string(&why)?)),
        State::Unknown(why) => ("unknown", Some(serde_json::to_string(&why)?)),
    };
    change
        .prepare_cached("UPDATE errands SET state = ?, why = ?, changed = ? WHERE id = ?")?
        .execute(params![word, why, now.millis(), id.to_string()])?;
    match state {
        State::Queued(_) | State::Sending => {}
        State::Done(_) | State::Failed(_) | State::Unknown(_) => unsearched(change, id)?,
    }
    Ok(())
}

/// What a file was looked for by may be somebody's name: once the file is written or given up nobody needs it.
fn unsearched(change: &Transaction<'_>, id: Uuid) -> Result<(), BookError> {
    change
        .prepare_cached(
            "UPDATE errands SET work = json_set(work, '$.what.visits.words', '')
             WHERE id = ? AND work ->> 'kind' = 'export' AND work ->> '$.what.visits.words' <> ''",
        )?
        .execute([id.to_string()])?;
    Ok(())
}

pub(in crate::book) fn rows(
    connection: &Connection,
    condition: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Row>, BookError> {
    let mut rows = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM errands WHERE {condition}"))?;
    let rows = rows.query_map(params, |found| Ok(row(found)))?;
    rows.map(|found| found?).collect()
}
