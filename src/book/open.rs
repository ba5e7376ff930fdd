//! Opening the book: the lock, the promises SQLite must keep, migrations, what a power cut left behind.

use super::failures::failures;
use super::lock::{Lock, is_in_use};
use super::pauses::Pauses;
use super::place::{Place, Seen};
use super::steady::Steady;
use super::{
    Book, BookError, Chance, LookedOver, copies, findable, looking, names, nights, scans, sums, wiping,
};
use crate::config::Reception;
use crate::files::{Owner, folder_of, free_bytes, give, is_full, make, make_folders, named, with};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Invitation, Shape};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

/// The migrations, in order; the book's version is how many it has had.
const MIGRATIONS: [&str; 7] = [
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
    include_str!("schema/0006.sql"),
    include_str!("schema/0007.sql"),
];

/// From this version on visits are found by an index of this form.
const INDEXED: usize = 7;

/// From this version on it has the keys of names and numbers as they are looked for today.
const KEYED: usize = 7;

/// Before this, two connections that write or checkpoint at once can damage a WAL database
/// (sqlite.org/wal.html, "the WAL-reset bug").
const SQLITE_AT_LEAST: i32 = 3_051_003;

/// A day.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// How long staff commands wait for the kiosk and for each other, and the kiosk while it opens its book.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long the kiosk waits for a staff command before it goes on and tries again: nobody feels a screen that
/// stands still for so long.
const KIOSK_PATIENCE: Duration = Duration::from_millis(100);

/// What `doctor` sees in a book without changing it.
#[derive(Clone, Debug)]
pub struct Look {
    /// How many hosts.
    pub hosts: i64,
    /// How many invitations.
    pub invitations: i64,
    /// Visits that have not left.
    pub here: i64,
    /// Errands that wait.
    pub waiting: i64,
    /// Errands of the last day that were not done, or of which nobody saw the end.
    pub failed: usize,
    /// Whether it holds one of the invitations that were asked about.
    pub holds: bool,
    /// What open invitations are for, by the keys of types, and how many are for each.
    pub invited_for: Vec<(String, i64)>,
    /// The shape of the last of several scans that meant nothing, see [`Book::strange_scans`].
    pub strange_scans: Option<Shape>,
    /// How many hosts and open invitations have an address with letters beyond ASCII before its @.
    pub utf8_addresses: i64,
    /// The last journal line, UTC milliseconds.
    pub last_entry: Option<i64>,
    /// How many people have a PIN.
    pub receptionists: i64,
    /// When the book was copied last into the folder that was asked about, as it has it on record; none: it was not.
    pub last_copy: Option<Wall>,
    /// Its version, and this program's.
    pub versions: (usize, usize),
    /// Since when something that was erased has stood in the file, UTC milliseconds; none: nothing does.
    pub unwiped_since: Option<i64>,
    /// What came of the last look-over; none: there was none.
    pub looked_over: Option<LookedOver>,
    /// Whether a kiosk has the book open.
    pub in_use: bool,
    /// SQLite's version.
    pub sqlite: &'static str,
}

impl Book {
    /// Opens the kiosk's book, makes it where it is not there yet, and takes up what a power cut left.
    ///
    /// # Errors
    /// [`BookError`], each with what to do about it.
    pub fn open(path: &Path, reception: Reception, now: Now) -> Result<Self, BookError> {
        Self::open_with(path, reception, now, Box::new(system_chance))
    }

    /// The same, for a kiosk that had it open: where it is not there any more no other one is begun.
    ///
    /// # Errors
    /// As there, or [`BookError::Gone`].
    pub fn reopen(path: &Path, reception: Reception, now: Now) -> Result<Self, BookError> {
        is_there(path)?;
        Self::open(path, reception, now)
    }

    /// Opens the book for a staff command, beside a kiosk that may be running. An older one is brought up to date where
    /// no kiosk has it.
    ///
    /// # Errors
    /// As [`Book::reopen`], with [`BookError::OldKiosk`] in place of [`BookError::InUse`].
    pub fn open_beside(path: &Path, reception: Reception) -> Result<Self, BookError> {
        is_there(path)?;
        Self::connect(path, reception, None, Older::TakesLock)
    }

    /// The same, for a command that is good before the kiosk's first start: where there is no book it is begun.
    ///
    /// # Errors
    /// As there.
    pub fn begin_beside(path: &Path, reception: Reception) -> Result<Self, BookError> {
        Self::connect(path, reception, None, Older::TakesLock)
    }

    /// Opens the book for a command that only looks: it brings none up to date.
    ///
    /// # Errors
    /// As there, or [`BookError::OlderThanProgram`].
    pub fn open_as_it_is(path: &Path, reception: Reception) -> Result<Self, BookError> {
        is_there(path)?;
        Self::connect(path, reception, None, Older::StaysSo)
    }

    /// [`Book::open`] with another source of random bytes: the same source, the same book.
    ///
    /// # Errors
    /// As there.
    pub fn open_with(path: &Path, reception: Reception, now: Now, chance: Chance) -> Result<Self, BookError> {
        let lock = Lock::of_kiosk(path)?;
        let mut book = Self { chance, ..Self::connect(path, reception, Some(lock), Older::HasLock)? };
        book.steady = Steady::begin(book.believed_last()?, now);
        book.pauses = Pauses::begin(&book.connection, now.tick)?;
        book.take_up(now)?;
        book.connection.busy_timeout(KIOSK_PATIENCE)?;
        Ok(book)
    }

    /// Reads the whole book and says whether it is sound. This takes seconds once it is large: it is done beside the
    /// kiosk, on a connection of its own, and holds up nobody who reads or writes.
    ///
    /// # Errors
    /// [`BookError::Corrupt`], or it cannot be read.
    pub fn check(path: &Path) -> Result<(), BookError> {
        quick_check(&opened_to_look(path)?)
    }

    fn connect(
        path: &Path,
        reception: Reception,
        lock: Option<Lock>,
        older: Older,
    ) -> Result<Self, BookError> {
        let (seen, mut connection) = opened(path)?;
        promises(&connection)?;
        sums::known(&connection)?;
        bring_up_to_date(&mut connection, path, older)?;
        sums::keep(&connection)?;
        let indexes_from = findable::is_unfinished(&connection)?.then_some(findable::BEGINS);
        own(path)?;
        let place = Place::of(seen, lock)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            chance: Box::new(system_chance),
            reception,
            facilities: None,
            hours: None,
            seen_version: 0,
            steady: Steady::default(),
            pauses: Pauses::default(),
            wipes_from: Tick::default(),
            indexes_from,
            place,
        })
    }

    /// A real write, synced to the disk, that leaves nothing behind.
    ///
    /// # Errors
    /// The book cannot be written.
    pub fn check_writable(&mut self) -> Result<(), BookError> {
        let version: i64 = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let change = self.writing()?;
        change.pragma_update(None, "user_version", version)?;
        Ok(change.commit()?)
    }

    /// Looks into a book without changing it, whether it holds one of these invitations, and when it was copied into this
    /// folder.
    ///
    /// # Errors
    /// It cannot be read or written, or is no book.
    pub fn look(
        path: &Path,
        invitations: &[Invitation],
        copies: Option<&Path>,
        now: Now,
    ) -> Result<Look, BookError> {
        let connection = opened_to_look(path)?;
        // SQLite opens what may only be read all the same.
        if connection.is_readonly("main")? {
            return Err(BookError::ReadOnly(path.display().to_string()));
        }
        let found = known(version(&connection)?)?;
        let is_current = found == MIGRATIONS.len();
        quick_check(&connection)?;
        let of_last_day = now.millis() - DAY_MILLIS;
        let mut holds = false;
        for invitation in invitations {
            holds |= connection
                .prepare_cached("SELECT 1 FROM invitations WHERE token = ? OR code = ?")?
                .exists([invitation.token.as_str(), invitation.code.as_str()])?;
        }
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let in_use = is_in_use(path)?;
        Ok(Look {
            hosts: count("SELECT count(*) FROM hosts")?,
            invitations: count("SELECT count(*) FROM invitations")?,
            here: count("SELECT count(*) FROM visits WHERE \"left\" IS NULL")?,
            waiting: count("SELECT count(*) FROM errands WHERE state = 'queued'")?
                + count("SELECT count(*) FROM errands WHERE state = 'sending'")?,
            failed: if is_current { failures(&connection, of_last_day)?.len() } else { 0 },
            holds,
            invited_for: if is_current { invited_for(&connection, now)? } else { Vec::new() },
            strange_scans: if is_current { scans::strange(&connection, now)? } else { None },
            utf8_addresses: if is_current { utf8_addresses(&connection, now)? } else { 0 },
            last_entry: connection.query_row("SELECT max(at) FROM journal", [], |row| row.get(0))?,
            receptionists: if is_current { count("SELECT count(*) FROM staff")? } else { 0 },
            last_copy: match copies.filter(|_| is_current) {
                Some(folder) => nights::last_copy_in(&connection, folder)?,
                None => None,
            },
            versions: (found, MIGRATIONS.len()),
            unwiped_since: if is_current { wiping::since(&connection)? } else { None },
            looked_over: if is_current { looking::last(&connection)? } else { None },
            in_use,
            sqlite: rusqlite::version(),
        })
    }
}

/// Of whoever may still be written to.
fn utf8_addresses(connection: &Connection, now: Now) -> Result<i64, BookError> {
    Ok(connection.query_row(
        "SELECT (SELECT count(*) FROM hosts WHERE email GLOB '*[^ -~]*@*' AND gone = 0)
         + (SELECT count(*) FROM invitations WHERE email GLOB '*[^ -~]*@*' AND cancelled = 0 AND good_until >= ?)",
        [now.millis()],
        |row| row.get(0),
    )?)
}

/// What invitations are for that may still be used.
fn invited_for(connection: &Connection, now: Now) -> Result<Vec<(String, i64)>, BookError> {
    let mut found = connection.prepare_cached(
        "SELECT visit_type, count(*) AS count FROM invitations
         WHERE visit_type IS NOT NULL AND cancelled = 0 AND good_until >= ?
         AND (used_by IS NULL OR days <> 0 OR party > 0) GROUP BY visit_type ORDER BY visit_type",
    )?;
    let found = found.query_map([now.millis()], |row| Ok((row.get("visit_type")?, row.get("count")?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(super) fn opened_to_look(path: &Path) -> Result<Connection, BookError> {
    named::plain(path).map_err(|error| refused(path, &error))?;
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(|error| unopened(path, error))?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Opens the file with SQLite. It is made first where it is not there yet, so that it belongs to whoever owns the folder;
/// SQLite gives its logs the owner and the rights of the book.
fn opened(path: &Path) -> Result<(Seen, Connection), BookError> {
    let failed = |error: io::Error| refused(path, &error);
    named::plain_or_none(path).map_err(failed)?;
    make_folders(folder_of(path)).map_err(|error| refused(folder_of(path), &error))?;
    let owner = Owner::beside(path).map_err(failed)?;
    match make(path, owner) {
        Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {}
        made => drop(made.map_err(failed)?),
    }
    let seen = Seen::at(path)?;
    let connection = Connection::open(path).map_err(|error| unopened(path, error))?;
    connection.busy_timeout(PATIENCE)?;
    Ok((seen, connection))
}

/// What becomes of a book that is older than this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Older {
    /// It is brought up to date: the kiosk's lock is held.
    HasLock,
    /// The same, where the kiosk's lock can be had for it.
    TakesLock,
    /// It stays as it is, and is not opened.
    StaysSo,
}

/// Only whoever holds the kiosk's lock brings a book up to date: a kiosk of an older program would fail with it.
fn bring_up_to_date(connection: &mut Connection, path: &Path, older: Older) -> Result<(), BookError> {
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

fn is_there(path: &Path) -> Result<(), BookError> {
    match path.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => Err(BookError::Gone(path.to_owned())),
        Err(problem) => Err(refused(path, &problem)),
    }
}

/// The book and SQLite's files beside it belong to the book's owner, and nobody else reads them.
fn own(path: &Path) -> Result<(), BookError> {
    let owner = Owner::beside(path).map_err(|error| refused(path, &error))?;
    for file in ["", "-wal", "-shm"].map(|end| with(path, end)) {
        match give(&file, owner) {
            Err(problem) if problem.kind() != io::ErrorKind::NotFound => {
                return Err(refused(&file, &problem));
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn refused(path: &Path, error: &io::Error) -> BookError {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    if is_full(error) {
        BookError::Full
    } else if [ReadOnlyFilesystem, PermissionDenied].contains(&error.kind()) {
        BookError::ReadOnly(format!("{}: {error}", path.display()))
    } else {
        BookError::Unopened { path: path.to_owned(), why: error.to_string() }
    }
}

pub(super) fn unopened(path: &Path, error: rusqlite::Error) -> BookError {
    let failed = BookError::from(error);
    if let BookError::Sqlite(error) = &failed {
        BookError::Unopened { path: path.to_owned(), why: error.to_string() }
    } else {
        failed
    }
}

/// Sets what the kiosk stands on, and reads it back.
fn promises(connection: &Connection) -> Result<(), BookError> {
    let broken = |promise: &str| Err(BookError::Promise(promise.to_owned()));
    if rusqlite::version_number() < SQLITE_AT_LEAST {
        return broken("to be 3.51.3 or newer");
    }
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return broken("journal_mode=WAL");
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What SQLite puts aside is somebody's too: it goes to no file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Deleted text is overwritten: what was erased is gone from the file too.
    connection.pragma_update(None, "secure_delete", true)?;
    if connection.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0))? != 2 {
        return broken("synchronous=FULL");
    }
    if connection.pragma_query_value(None, "foreign_keys", |row| row.get::<_, i64>(0))? != 1 {
        return broken("foreign_keys=ON");
    }
    Ok(())
}

pub(super) fn version(connection: &Connection) -> Result<i64, BookError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Refuses a book that is not of this program's version.
pub(super) fn current(connection: &Connection) -> Result<(), BookError> {
    let (found, known) = (known(version(connection)?)?, MIGRATIONS.len());
    if found == known { Ok(()) } else { Err(BookError::OlderThanProgram { found, known }) }
}

pub(super) fn known(found: i64) -> Result<usize, BookError> {
    usize::try_from(found)
        .ok()
        .filter(|done| *done <= MIGRATIONS.len())
        .ok_or(BookError::TooNew { found, known: MIGRATIONS.len() as i64 })
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
        findable::begin_anew(&change)?;
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

pub(super) fn quick_check(connection: &Connection) -> Result<(), BookError> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(BookError::Corrupt(found)) }
}

pub(super) fn system_chance(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        // Linux's getrandom(2) fails only where the kernel has none; the standard hasher's keys are
        // random too, and a badge must not be refused for this.
        tracing::error!("the system gives no random bytes");
        for byte in bytes {
            use std::hash::{BuildHasher, RandomState};
            *byte = (RandomState::new().hash_one(0) & 0xFF) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::now::Wall;

    #[test]
    fn every_connection_that_writes_keeps_what_it_writes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let wall = Wall::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
        let reception = Config::built_in().reception;
        let kiosk = Book::open(&path, reception.clone(), Now::new(Tick::default(), wall)).unwrap();
        let staff = Book::open_beside(&path, reception).unwrap();
        for book in [&kiosk, &staff] {
            let number = |name: &str| {
                book.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap()
            };
            let mode: String =
                book.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
            assert_eq!(mode, "wal");
            assert_eq!(number("synchronous"), 2, "FULL: a power cut loses nothing that was said to be kept");
            assert_eq!(number("foreign_keys"), 1);
            assert_eq!(number("secure_delete"), 1, "what is erased is overwritten");
        }
        let patience = |book: &Book| {
            book.connection.pragma_query_value(None, "busy_timeout", |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!((patience(&kiosk), patience(&staff)), (100, 5000), "the screen does not stand still");
    }
}
