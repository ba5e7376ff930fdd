//! Copies of the book, and the book put back from one. A copy has the name it was asked for only when it was read
//! through and is whole; a book is replaced in one step, and what it replaces is kept.

use super::journal::{self, Entry};
use super::open::{self, Lock};
use super::verifying::{Verified, verify};
use super::{BookError, random};
use crate::now::{Now, Wall};
use chrono::NaiveDateTime;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Pages that are copied at once: a mebibyte.
const STEP_PAGES: i32 = 256;

/// How the name of a replaced book goes on after its own, with the local time and its length.
const REPLACED: &str = ".replaced-";
const REPLACED_AT: &str = "%Y-%m-%dT%H%M%S";
const REPLACED_AT_LENGTH: usize = 17;
/// How SQLite's logs of a file end.
const LOGS: [&str; 3] = ["-wal", "-journal", "-shm"];

/// A book was not put back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A kiosk has the book, or the book or its disk failed.
    #[error(transparent)]
    Book(#[from] BookError),
    /// The copy cannot be used.
    #[error("the copy cannot be used: {0}")]
    BadCopy(BookError),
    /// The book has journal lines that the copy has not.
    #[error(
        "the book goes on after the copy: its journal has {lines} lines that the copy has not, and they would be \
         missing; give --older to put the copy back all the same"
    )]
    Newer {
        /// How many.
        lines: i64,
    },
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// How many lines the copy's journal has.
    pub lines: i64,
    /// Where the replaced book is now; none: there was none.
    pub replaced: Option<PathBuf>,
}

/// Copies the book to a new file, as it is at this moment, while others go on writing into it, and reads the copy
/// through. `pause` is called after every mebibyte.
///
/// # Errors
/// The book cannot be read, the file cannot be written, or the copy is not whole; there is no file then.
pub fn copy(book: &Path, to: &Path, pause: &mut dyn FnMut()) -> Result<(), BookError> {
    let _one_at_a_time = match Lock::take(book, ".copying") {
        Err(BookError::InUse) => return Err(BookError::Busy),
        lock => lock?,
    };
    let made = written(book, to, pause).and_then(|()| checked(to).map(|_| ()));
    if made.is_err() {
        let _ = fs::remove_file(to);
        let _ = fs::remove_file(with(to, "-journal"));
    }
    made
}

fn written(book: &Path, to: &Path, pause: &mut dyn FnMut()) -> Result<(), BookError> {
    for old in [to.to_owned(), with(to, "-journal")] {
        remove(&old)?;
    }
    let readable = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from = Connection::open_with_flags(book, readable).map_err(|error| open::unopened(book, error))?;
    from.busy_timeout(open::PATIENCE)?;
    // Whoever may not read the book may not read its copy.
    let rights = fs::metadata(book).map_err(|error| open::refused(book, &error))?.permissions();
    let file = File::create_new(to).map_err(|error| open::refused(to, &error))?;
    file.set_permissions(rights).map_err(|error| open::refused(to, &error))?;
    stepwise(&from, to, pause)?;
    file.sync_all().map_err(|error| open::refused(to, &error))
}

/// The pages, and a file that is whole by itself: no log beside it, which a network's disk could not hold.
fn stepwise(from: &Connection, to: &Path, pause: &mut dyn FnMut()) -> Result<(), BookError> {
    let mut copy = Connection::open(to).map_err(|error| open::unopened(to, error))?;
    copy.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |row| row.get::<_, String>(0))?;
    // One view of the book until the end: a writer would make every step begin again.
    from.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")?;
    {
        let pages = Backup::new(from, &mut copy)?;
        while pages.step(STEP_PAGES)? != StepResult::Done {
            pause();
        }
    }
    from.execute_batch("COMMIT")?;
    single_file(&copy)
}

fn single_file(connection: &Connection) -> Result<(), BookError> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(BookError::Promise("journal_mode=DELETE".to_owned())) }
}

/// Reads a copy through: how many lines its journal has, and the last one's hash.
///
/// # Errors
/// It is not whole, or this program cannot read it.
pub fn checked(copy: &Path) -> Result<(i64, String), BookError> {
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| open::unopened(copy, error))?;
    let version = open::version(&connection)?;
    if open::known(version)? == 0 {
        return Err(BookError::Corrupt("it is no book".to_owned()));
    }
    open::quick_check(&connection)?;
    match verify(&connection)? {
        Verified::Whole { lines, last, .. } => Ok((lines, last)),
        Verified::Broken { line, why } => Err(BookError::Corrupt(format!("journal line {line}: {why}"))),
    }
}

/// Puts a copy in the book's place. What stood there is kept beside it under another name.
///
/// # Errors
/// [`RestoreError`]; the book is then as it was.
pub fn restore(copy: &Path, book: &Path, older: bool, by: &str, now: Now) -> Result<Restored, RestoreError> {
    let _no_kiosk = open::take_lock(book)?;
    let fresh = with(book, ".restoring");
    let restored = prepare(copy, &fresh, by, now).and_then(|(lines, last)| {
        let replaced = put_in_place(&fresh, book, older, (lines, &last), now)?;
        Ok(Restored { lines, replaced })
    });
    if restored.is_err() {
        let _ = fs::remove_file(&fresh);
        let _ = fs::remove_file(with(&fresh, "-journal"));
    }
    restored
}

/// The copy's copy, checked, with the line that says so in its journal. What the copy's own journal said.
fn prepare(copy: &Path, fresh: &Path, by: &str, now: Now) -> Result<(i64, String), RestoreError> {
    for old in [fresh.to_owned(), with(fresh, "-journal")] {
        remove(&old)?;
    }
    let from = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| RestoreError::BadCopy(open::unopened(copy, error)))?;
    open::version(&from).and_then(open::known).map_err(RestoreError::BadCopy)?;
    stepwise(&from, fresh, &mut || ())?;
    let before = checked(fresh).map_err(RestoreError::BadCopy)?;
    let mut connection = Connection::open(fresh).map_err(BookError::from)?;
    let change =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(BookError::from)?;
    let salt = random(&mut (Box::new(open::system_chance) as super::Chance));
    journal::write(&change, &Entry::Restored { by: by.to_owned() }, "", salt, now)?;
    change.commit().map_err(BookError::from)?;
    drop(connection);
    File::open(fresh).and_then(|file| file.sync_all()).map_err(|error| open::refused(fresh, &error))?;
    Ok(before)
}

/// Until the one renaming, the book stands in its place as it was.
fn put_in_place(
    fresh: &Path,
    book: &Path,
    older: bool,
    copy: (i64, &str),
    now: Now,
) -> Result<Option<PathBuf>, RestoreError> {
    let refused = |error: io::Error| RestoreError::Book(open::refused(book, &error));
    like(fresh, book).map_err(refused)?;
    let kept = aside(book, now);
    if !book.exists() {
        // A log without its book belongs to none: SQLite would play it into this one.
        set_logs_aside(book, &kept).map_err(refused)?;
        fs::rename(fresh, book).and_then(|()| sync_folder(book)).map_err(refused)?;
        return Ok(None);
    }
    // Held until the end: nobody writes into what is being replaced.
    let held = match only_mine(book, fresh, older, copy) {
        Ok(connection) => Some(connection),
        // This is what copies are made for: it is kept as it is, with its log.
        Err(RestoreError::Book(BookError::Corrupt(_))) => None,
        Err(problem) => return Err(problem),
    };
    if fs::hard_link(book, &kept).is_err() {
        // Some disks know no second name; nobody writes, so that its bytes are the book.
        fs::copy(book, &kept).and_then(|_| File::open(&kept)?.sync_all()).map_err(refused)?;
    }
    if held.is_none() {
        set_logs_aside(book, &kept).map_err(refused)?;
    }
    sync_folder(book).map_err(refused)?;
    fs::rename(fresh, book).and_then(|()| sync_folder(book)).map_err(refused)?;
    drop(held);
    Ok(Some(kept))
}

/// The book in one file, while nobody else reads or writes it; unless it goes on after the copy.
fn only_mine(book: &Path, fresh: &Path, older: bool, copy: (i64, &str)) -> Result<Connection, RestoreError> {
    if !begins_as_a_book(book) {
        // SQLite would throw the log of such a file away.
        return Err(BookError::Corrupt("it is no book".to_owned()).into());
    }
    let mine = || -> Result<(Connection, i64), BookError> {
        let connection = Connection::open_with_flags(book, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(|error| open::unopened(book, error))?;
        connection.busy_timeout(open::PATIENCE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let beyond = beyond(&connection, fresh, copy)?;
        Ok((connection, beyond))
    };
    let (connection, lines) = mine()?;
    if lines > 0 && !older {
        return Err(RestoreError::Newer { lines });
    }
    single_file(&connection)?;
    connection.execute_batch("BEGIN EXCLUSIVE").map_err(BookError::from)?;
    Ok(connection)
}

fn begins_as_a_book(book: &Path) -> bool {
    let mut first = [0; 16];
    let read = File::open(book).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && &first == b"SQLite format 3\0"
}

/// How many lines the book's journal has that the copy's has not.
fn beyond(book: &Connection, fresh: &Path, (lines, last): (i64, &str)) -> Result<i64, BookError> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'journal'";
    if book.query_row(tables, [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(0);
    }
    let all: i64 = book.query_row("SELECT coalesce(max(seq), 0) FROM journal", [], |row| row.get(0))?;
    let line = |connection: &Connection, number: i64| -> Result<Option<String>, BookError> {
        let mut hash = connection.prepare("SELECT hash FROM journal WHERE seq = ?")?;
        Ok(hash.query_row([number], |row| row.get(0)).optional()?)
    };
    let fresh = Connection::open_with_flags(fresh, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if all <= lines && line(book, all)? == line(&fresh, all)? {
        return Ok(0);
    }
    // Where it went another way, or is another book, nothing of it is known to be in the copy.
    let goes_on = line(book, lines)?.is_some_and(|hash| hash == last);
    Ok(if goes_on { all - lines } else { all })
}

fn aside(book: &Path, now: Now) -> PathBuf {
    let name = |n: u32| {
        let again = if n == 0 { String::new() } else { format!("-{n}") };
        with(book, &format!("{REPLACED}{}{again}", now.wall.format(REPLACED_AT)))
    };
    (0..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

/// The books beside this one that copies have replaced, oldest first, with their logs; and the local time at which each was.
pub fn replaced(book: &Path) -> Vec<(NaiveDateTime, PathBuf)> {
    let entries = fs::read_dir(folder_of(book)).into_iter().flatten().filter_map(Result::ok);
    let mut replaced: Vec<_> =
        entries.filter_map(|entry| Some((replaced_at(&entry.path(), book)?, entry.path()))).collect();
    replaced.sort();
    replaced
}

fn replaced_at(file: &Path, book: &Path) -> Option<NaiveDateTime> {
    let name =
        file.file_name()?.to_str()?.strip_prefix(book.file_name()?.to_str()?)?.strip_prefix(REPLACED)?;
    let (at, end) = name.split_at_checked(REPLACED_AT_LENGTH)?;
    let end = LOGS.iter().find_map(|log| end.strip_suffix(log)).unwrap_or(end);
    // Another one of the same second has a number.
    let number =
        end.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
    let at = NaiveDateTime::parse_from_str(at, REPLACED_AT).ok()?;
    (end.is_empty() || number).then_some(at)
}

/// Removes what copies have replaced before this: all that visitors gave still stands in it.
pub(super) fn forget_replaced(book: &Path, before: Wall) {
    for (at, file) in replaced(book) {
        if at < before.naive_local()
            && let Err(problem) = fs::remove_file(&file)
        {
            tracing::warn!("{} is not removed: {problem}", file.display());
        }
    }
}

fn set_logs_aside(book: &Path, kept: &Path) -> io::Result<()> {
    for end in LOGS {
        match fs::rename(with(book, end), with(kept, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The same owner and rights: a command of root's must not take the book from its kiosk.
fn like(fresh: &Path, book: &Path) -> io::Result<()> {
    let there = book.exists();
    let theirs = fs::metadata(if there { book } else { folder_of(book) })?;
    let mine = fs::metadata(fresh)?;
    if (mine.uid(), mine.gid()) != (theirs.uid(), theirs.gid()) {
        std::os::unix::fs::chown(fresh, Some(theirs.uid()), Some(theirs.gid()))?;
    }
    if there { fs::set_permissions(fresh, theirs.permissions()) } else { Ok(()) }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn sync_folder(file: &Path) -> io::Result<()> {
    File::open(folder_of(file))?.sync_all()
}

fn remove(file: &Path) -> Result<(), BookError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(open::refused(file, &error)),
        _ => Ok(()),
    }
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
