//! A checksum for every row of every table but the journal's, whose chain is its own: a bit that a disk or a memory turns
//! is seen, also where SQLite sees only a well-formed row. The sums are written by triggers that each connection of this
//! program sets up for itself, so that no writer can forget them; what others write has none. Decides nothing about what
//! is found.

use crate::book::error::BookError;
use crate::errand::Fault;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

/// The tables, by their numbers in `sums`: the place in this list, which is only ever added to.
const TABLES: [&str; 20] = [
    "hosts",
    "invitations",
    "visits",
    "void_tokens",
    "errands",
    "feedback",
    "cases",
    "deliveries",
    "instructed",
    "remembered",
    "house",
    "staff",
    "watched",
    "rolls",
    "roll_marks",
    "supplies",
    "checks",
    "pauses",
    "numbered",
    "strangers",
];

/// A row's sum, as SQLite calls it.
const SUM: &str = "row_sum";

/// Makes the sums known to a connection that only looks.
pub(in crate::book) fn known(connection: &Connection) -> Result<(), BookError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(SUM, -1, flags, |row| {
        let mut hash = Sha256::new();
        for at in 0..row.len() {
            match row.get_raw(at) {
                ValueRef::Null => hash.update([0]),
                ValueRef::Integer(number) => {
                    hash.update([1]);
                    hash.update(number.to_be_bytes());
                }
                ValueRef::Real(number) => {
                    hash.update([2]);
                    hash.update(number.to_be_bytes());
                }
                ValueRef::Text(bytes) => long(&mut hash, 3, bytes),
                ValueRef::Blob(bytes) => long(&mut hash, 4, bytes),
            }
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hash.finalize()[..8]);
        Ok(i64::from_be_bytes(first))
    })?;
    Ok(())
}

/// With its length before it, so that no two rows read the same.
fn long(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

/// Keeps the sums of all that this connection writes from now on. Each is of the row as it stands after the change: one
/// trigger may change what another has just changed.
pub(in crate::book) fn keep(connection: &Connection) -> Result<(), BookError> {
    let mut triggers = String::new();
    for (number, table) in (0..).zip(TABLES) {
        let sum = sum(connection, table)?;
        let forget = |row: &str| format!("DELETE FROM sums WHERE tab = {number} AND row = {row}.rowid;");
        let (old, new) = (forget("old"), forget("new"));
        let write =
            format!("INSERT INTO sums SELECT {number}, rowid, {sum} FROM {table} WHERE rowid = new.rowid;");
        triggers += &format!(
            "CREATE TEMP TRIGGER {table}_added AFTER INSERT ON main.{table} BEGIN {new} {write} END;
             CREATE TEMP TRIGGER {table}_changed AFTER UPDATE ON main.{table} BEGIN {old} {new} {write} END;
             CREATE TEMP TRIGGER {table}_removed AFTER DELETE ON main.{table} BEGIN {old} END;"
        );
    }
    Ok(connection.execute_batch(&triggers)?)
}

/// Writes the sums of all rows as they stand: after a migration, which is done before anybody keeps them.
pub(in crate::book) fn fill(change: &Connection) -> Result<(), BookError> {
    change.execute("DELETE FROM sums", [])?;
    for (number, table) in (0_i64..).zip(TABLES) {
        let sum = sum(change, table)?;
        change.execute(
            &format!("INSERT INTO sums SELECT ?, rowid, {sum} FROM {table} ORDER BY rowid"),
            [number],
        )?;
    }
    Ok(())
}

/// Finds the rows that are not as they were written, or are gone; at most so many.
pub(in crate::book) fn check(connection: &Connection, most: usize) -> Result<Vec<Fault>, BookError> {
    let mut faults = Vec::new();
    for (number, table) in (0_i64..).zip(TABLES) {
        let left = i64::try_from(most.saturating_sub(faults.len())).unwrap_or(0);
        let sum = sum(connection, table)?;
        let mut changed = connection.prepare(&format!(
            "SELECT {table}.rowid FROM {table}
             LEFT JOIN sums ON sums.tab = ?1 AND sums.row = {table}.rowid
             WHERE sums.sum IS NOT {sum} LIMIT ?2"
        ))?;
        for row in changed.query_map(params![number, left], |row| row.get(0))? {
            faults.push(Fault::Changed { table: table.to_owned(), row: row? });
        }
        let mut gone = connection.prepare(&format!(
            "SELECT row FROM sums WHERE tab = ?1 AND row NOT IN (SELECT rowid FROM {table}) LIMIT ?2"
        ))?;
        for row in gone.query_map(params![number, left], |row| row.get(0))? {
            faults.push(Fault::Gone { table: table.to_owned(), row: row? });
        }
    }
    let strays = "SELECT row FROM sums WHERE tab NOT BETWEEN 0 AND ?1 LIMIT 1";
    let mut strays = connection.prepare(strays)?;
    let last = i64::try_from(TABLES.len()).unwrap_or(0) - 1;
    for row in strays.query_map([last], |row| row.get(0))? {
        faults.push(Fault::Changed { table: "sums".to_owned(), row: row? });
    }
    faults.truncate(most);
    Ok(faults)
}

/// The sum of a row of this table, of its number and of all columns that are not worked out from others.
fn sum(connection: &Connection, table: &str) -> Result<String, BookError> {
    let mut columns = connection.prepare_cached("SELECT name FROM pragma_table_info(?) ORDER BY cid")?;
    let columns: Vec<String> = columns
        .query_map([table], |row| row.get::<_, String>(0))?
        .map(|name| name.map(|name| format!("{table}.\"{name}\"")))
        .collect::<Result<_, _>>()?;
    Ok(format!("{SUM}({table}.rowid, {})", columns.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::config::Config;
    use crate::now::{Now, Tick, Wall};
    use std::collections::BTreeSet;

    #[test]
    fn every_table_has_sums_but_the_journals_and_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let wall = Wall::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
        let now = Now::new(Tick::default(), wall);
        let book = Book::open(&folder.path().join("book.db"), Config::built_in().reception, now).unwrap();
        let mut all = book
            .connection
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict")
            .unwrap();
        let all: BTreeSet<String> =
            all.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let rest: Vec<&str> = all.iter().map(String::as_str).filter(|name| !TABLES.contains(name)).collect();
        assert_eq!(rest, ["journal", "journal_bodies", "sums"]);
        assert_eq!(TABLES.len() + rest.len(), all.len(), "{all:?}");
    }
}
