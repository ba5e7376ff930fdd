//! Making the index of visits anew, in slices, the newest visits first. What stands in it is not decided here.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::findable::index;
use crate::book::rows::{ERASED, visits};
use crate::now::{Now, Tick};
use crate::visit::VisitId;
use rusqlite::{Connection, OptionalExtension, params};
use std::time::Duration;

/// The row that says which visits are not in the index yet: those with a lower number than this.
const TO_INDEX: &str = "to_index";

/// What is left of the index of an older version.
const OLDER: [&str; 2] = ["old_found_content", "old_found_data"];

/// So many visits are indexed in one change, and so many pages of an older index wiped: some 10 ms.
const VISITS_AT_ONCE: i64 = 100;

const PAGES_AT_ONCE: i64 = 100;

/// So many are indexed while the book is opened, in some 50 ms.
const FEW: i64 = 500;

/// From one such change to the next.
const PAUSE: Duration = Duration::from_millis(60);

/// Not before the first page is on the screen.
pub(in crate::book) const BEGINS: Tick = Tick(Duration::from_secs(10));

/// Begins the whole index anew: where there are many visits it is made by and by.
pub(in crate::book) fn begin_anew(change: &Connection) -> Result<(), BookError> {
    change.execute("DELETE FROM findable", [])?;
    change.execute("DELETE FROM house WHERE name = ?", [TO_INDEX])?;
    change.execute(
        "INSERT INTO house (name, value) SELECT ?, max(rowid) + 1 FROM visits HAVING max(rowid) > 0",
        [TO_INDEX],
    )?;
    let few = change.query_row("SELECT count(*) <= ? FROM visits", [FEW], |row| row.get(0))?;
    while few && go_on(change)? {}
    Ok(())
}

/// Whether the index of an older version still stands in the book, with words of whoever has been erased since.
pub(in crate::book) fn is_older_there(connection: &Connection) -> Result<bool, BookError> {
    OLDER.into_iter().try_fold(false, |there, table| Ok(there || is_there(connection, table)?))
}

fn is_there(connection: &Connection, table: &str) -> Result<bool, BookError> {
    let mut there =
        connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")?;
    Ok(there.exists([table])?)
}

/// Whether something is left to be done to the index.
pub(in crate::book) fn is_unfinished(connection: &Connection) -> Result<bool, BookError> {
    Ok(to_index(connection)?.is_some() || is_older_there(connection)?)
}

fn to_index(connection: &Connection) -> Result<Option<i64>, BookError> {
    let mut below = connection.prepare_cached("SELECT value FROM house WHERE name = ?")?;
    let below = below.query_row([TO_INDEX], |row| row.get::<_, String>(0)).optional()?;
    Ok(below.map(|below| below.parse().unwrap_or(i64::MAX)))
}

impl Book {
    /// Whether old visits are not in the index yet: they are found by nothing but their time.
    ///
    /// # Errors
    /// The book failed.
    pub fn is_being_indexed(&self) -> Result<bool, BookError> {
        Ok(to_index(&self.connection)?.is_some())
    }

    /// Goes on with an index that is being made anew, a little each time, once the first page is on the screen.
    ///
    /// # Errors
    /// The book failed; it is tried again.
    pub fn index_again(&mut self, now: Now) -> Result<(), BookError> {
        if self.indexes_from.is_some_and(|from| now.tick >= from) {
            self.indexes_from = self.index_some()?.then(|| now.tick.after(PAUSE));
        }
        Ok(())
    }

    /// Finishes the index now, for what must not miss any visit.
    ///
    /// # Errors
    /// The book failed.
    pub fn finish_index(&mut self) -> Result<(), BookError> {
        while self.is_being_indexed()? {
            self.index_some()?;
        }
        Ok(())
    }

    /// Writes the whole index anew; how many visits it holds then.
    ///
    /// # Errors
    /// The book failed.
    pub fn index_anew(&mut self) -> Result<usize, BookError> {
        let change = self.writing()?;
        begin_anew(&change)?;
        change.commit()?;
        while self.index_some()? {}
        let count =
            self.connection.query_row("SELECT count(*) FROM findable", [], |row| row.get::<_, i64>(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// One slice; whether there is more to do.
    fn index_some(&mut self) -> Result<bool, BookError> {
        if !is_unfinished(&self.connection)? {
            return Ok(false);
        }
        let change = self.writing()?;
        let more = go_on(&change)?;
        change.commit()?;
        Ok(more)
    }
}

/// Does a little of what is left; whether there is more.
fn go_on(change: &Connection) -> Result<bool, BookError> {
    match to_index(change)? {
        Some(below) => slice(change, below)?,
        None if is_older_there(change)? => wipe_older(change)?,
        None => {}
    }
    is_unfinished(change)
}

/// The newest of the visits that are not indexed.
fn slice(change: &Connection, below: i64) -> Result<(), BookError> {
    let mut rows =
        change.prepare_cached("SELECT rowid, id FROM visits WHERE rowid < ? ORDER BY rowid DESC LIMIT ?")?;
    let rows: Vec<(i64, String)> = rows
        .query_map([below, VISITS_AT_ONCE], |row| Ok((row.get("rowid")?, row.get("id")?)))?
        .collect::<Result<_, _>>()?;
    for (_, id) in &rows {
        let visit = uuid::Uuid::parse_str(id).ok().map(|id| visits::one(change, VisitId(id)));
        match visit.transpose() {
            Ok(Some(Some(visit))) if visit.details.name.as_str() != ERASED => index(change, &visit)?,
            Ok(_) => {}
            // One row that cannot be read keeps no other from being found.
            Err(BookError::Corrupt(why)) => tracing::warn!("a visit cannot be indexed: {why}"),
            Err(BookError::Sqlite(why)) if why.sqlite_error_code().is_none() => {
                tracing::warn!("a visit cannot be indexed: a column is not what it should be");
            }
            Err(problem) => return Err(problem),
        }
    }
    match rows.last() {
        Some((last, _)) if rows.len() == usize::try_from(VISITS_AT_ONCE).unwrap_or(0) => {
            change
                .execute("UPDATE house SET value = ? WHERE name = ?", params![last.to_string(), TO_INDEX])?;
        }
        _ => {
            change.execute("DELETE FROM house WHERE name = ?", [TO_INDEX])?;
        }
    }
    Ok(())
}

/// Takes away some of what is left of an older index: dropped whole, it would be overwritten whole in one change, and may
/// be nearly all of the book.
fn wipe_older(change: &Connection) -> Result<(), BookError> {
    for table in OLDER {
        if !is_there(change, table)? {
            continue;
        }
        let some = format!(
            "DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT ?)"
        );
        if change.prepare_cached(&some)?.execute([PAGES_AT_ONCE])? == 0 {
            change.execute_batch(&format!("DROP TABLE {table}"))?;
        }
        return Ok(());
    }
    Ok(())
}
