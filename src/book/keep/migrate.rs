//! Migrations: bringing a book to this program's version, whole or not at all.

use crate::book::error::BookError;
use crate::book::keep::file::quick_check;
use crate::book::keep::lock::{Lock, is_in_use};
use crate::book::keep::versions::{MIGRATIONS, known, version};
use crate::book::keep::{copies, indexing, names, sums};
use crate::files::{free_bytes, with};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// From this version on visits are found by an index of this form.
const INDEXED: usize = 7;

/// From this version on it has the keys of names and numbers as they are looked for today.
const KEYED: usize = 7;

/// What becomes of a book that is older than this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::book) enum Older {
    /// It is brought up to date: the kiosk's lock is held.
    HasLock,
    /// The same, where the kiosk's lock can be had for it.
    TakesLock,
    /// It stays as it is, and is not opened.
    StaysSo,
}

/// Only whoever holds the kiosk's lock brings a book up to date: a kiosk of an older program would fail with it.
pub(in crate::book) fn bring_up_to_date(
    connection: &mut Connection,
    path: &Path,
    older: Older,
) -> Result<(), BookError> {
    let found = known(version(connection)?)?;
    // A new one has no kiosk yet.
    if found == MIGRATIONS.len() || found == 0 || older == Older::HasLock {
        return migrate(connection, path);
    }
    let old_kiosk = BookError::OldKiosk { found, known: MIGRATIONS.len() };
    if older == Older::StaysSo {
        let other = BookError::OlderThanProgram { found, known: MIGRATIONS.len() };
        return Err(if is_in_use(path)? { old_kiosk } else { other });
    }
    match Lock::of_kiosk(path) {
        Err(BookError::InUse) => Err(old_kiosk),
        lock => {
            let _lock = lock?;
            migrate(connection, path)
        }
    }
}

/// Brings an older book up to date; as it was, it is kept beside itself. One that is up to date takes no lock: whoever is at
/// the kiosk waits for no staff command that only looks.
fn migrate(connection: &mut Connection, path: &Path) -> Result<(), BookError> {
    match known(version(connection)?)? {
        done if done == MIGRATIONS.len() => return Ok(()),
        0 => {}
        // What is damaged is not rebuilt. The others go on while this is read.
        _ => {
            room_to_keep(path)?;
            quick_check(connection)?;
        }
    }
    let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Somebody may have been quicker.
    let done = known(version(&change)?)?;
    if done == 0
        && change.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? > 0
    {
        return Err(BookError::Corrupt("it is some other program's database".to_owned()));
    }
    if (1..MIGRATIONS.len()).contains(&done) {
        // Nobody writes while this change is open: what is kept is all that there was.
        copies::keep_before(path, MIGRATIONS.len())?;
    }
    for migration in &MIGRATIONS[done..] {
        change.execute_batch(migration)?;
    }
    if done < INDEXED {
        indexing::begin_anew(&change)?;
    }
    if (1..KEYED).contains(&done) {
        names::renew(&change)?;
    }
    if done < MIGRATIONS.len() {
        // The last of all: nobody has kept them while rows were written anew.
        sums::fill(&change)?;
        change.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    }
    Ok(change.commit()?)
}

/// Without room for a copy of the book nothing is read: a kiosk on a full disk asks every few seconds.
fn room_to_keep(path: &Path) -> Result<(), BookError> {
    let bytes: u64 =
        ["", "-wal"].map(|end| fs::metadata(with(path, end)).map_or(0, |file| file.len())).iter().sum();
    match free_bytes(path) {
        Some(free) if free < bytes => Err(BookError::Full),
        Some(_) | None => Ok(()),
    }
}
