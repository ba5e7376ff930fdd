//! Copies of the book. A copy has the name it was asked for only when it was read
//! through and is whole; a book is replaced in one step, and what it replaces is kept.

use crate::book::error::BookError;
use crate::book::keep::lock::{COPYING, Lock};
use crate::book::keep::replaced::{BEFORE, before, beside};
use crate::book::keep::verification::{Verified, verify};
use crate::book::keep::{file, versions};
use crate::files::{Owner, folder_of, give, make, named, with};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Pages that are copied at once: a mebibyte.
const STEP_PAGES: i32 = 256;

/// How the name of a book goes on that is being put in its place.
pub(in crate::book) const RESTORING: &str = ".restoring";

/// How the name of what is not whole yet goes on.
const HALF: &str = ".part";

/// Copies the book to a new file, as it is at this moment, while others go on writing into it, and reads the copy
/// through. `pause` is called after every mebibyte.
///
/// # Errors
/// The book cannot be read, the file cannot be written, or the copy is not whole; there is no file then.
pub fn copy(book: &Path, to: &Path, pause: &mut dyn FnMut()) -> Result<(), BookError> {
    let _one_at_a_time = match Lock::of_copying(book) {
        Err(BookError::InUse) => return Err(BookError::Busy),
        lock => lock?,
    };
    whole_or_none(to, || written(book, to, pause).and_then(|()| checked(to).map(|_| ())))
}

/// Makes a file, and removes what there is of it where that fails.
fn whole_or_none<E>(file: &Path, make: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
    make().inspect_err(|_| {
        let _ = fs::remove_file(file);
        let _ = fs::remove_file(with(file, "-journal"));
    })
}

fn written(book: &Path, to: &Path, pause: &mut dyn FnMut()) -> Result<(), BookError> {
    named::plain(book).map_err(|error| file::refused(book, &error))?;
    for old in [to.to_owned(), with(to, "-journal")] {
        remove(&old)?;
    }
    let readable = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from = Connection::open_with_flags(book, readable).map_err(|error| file::unopened(book, error))?;
    from.busy_timeout(file::PATIENCE)?;
    // Whoever may not read the book may not read its copy.
    let file = Owner::beside(book)
        .and_then(|owner| made_for(owner, to))
        .map_err(|error| file::refused(to, &error))?;
    stepwise(&from, to, pause)?;
    file.sync_all().map_err(|error| file::refused(to, &error))
}

/// The file of a copy, for the book's owner. A network's disk may know no owners: what is on it belongs to whom it says.
fn made_for(owner: Owner, to: &Path) -> io::Result<File> {
    let file = make(to, Owner::within(folder_of(to))?)?;
    if let Err(problem) = give(to, owner) {
        tracing::debug!("{} stays whose it is: {problem}", to.display());
    }
    Ok(file)
}

/// One view of the book until the end: a writer would make every step begin again.
pub(in crate::book) fn stepwise(
    from: &Connection,
    to: &Path,
    pause: &mut dyn FnMut(),
) -> Result<(), BookError> {
    from.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")?;
    pages(from, to, pause)?;
    Ok(from.execute_batch("COMMIT")?)
}

/// The pages, and a file that is whole by itself: no log beside it, which a network's disk could not hold.
pub(in crate::book) fn pages(from: &Connection, to: &Path, pause: &mut dyn FnMut()) -> Result<(), BookError> {
    let mut copy = Connection::open(to).map_err(|error| file::unopened(to, error))?;
    copy.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |row| row.get::<_, String>(0))?;
    {
        let pages = Backup::new(from, &mut copy)?;
        while pages.step(STEP_PAGES)? != StepResult::Done {
            pause();
        }
    }
    single_file(&copy)
}

pub(in crate::book) fn single_file(connection: &Connection) -> Result<(), BookError> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(BookError::Promise("journal_mode=DELETE".to_owned())) }
}

/// Keeps the book as it is, under its own name with the version that it is about to be brought to; the one that was kept
/// before an earlier version goes.
pub(in crate::book) fn keep_before(book: &Path, version: usize) -> Result<(), BookError> {
    let kept = with(book, &format!("{BEFORE}{version}"));
    let half = with(&kept, HALF);
    whole_or_none(&half, || {
        written(book, &half, &mut || ())?;
        fs::rename(&half, &kept)
            .and_then(|()| sync_folder(book))
            .map_err(|error| file::refused(&kept, &error))
    })?;
    tracing::info!("the book as it was before version {version} is kept as {}", kept.display());
    for other in before(book).into_iter().filter(|other| *other != kept) {
        remove(&other)?;
    }
    Ok(())
}

/// Removes what killed programs have left half beside the book, where it is dead.
pub fn sweep(book: &Path, is_dead: &dyn Fn(&Path) -> bool) {
    let dead = || beside(book).filter(|file| is_half(file, book).unwrap_or(false) && is_dead(file));
    if dead().next().is_none() {
        return;
    }
    // Whoever copies has its lock; a kiosk that runs is the only one who may restore.
    let Ok(lock) = Lock::of_copying(book) else { return };
    for file in dead() {
        match fs::remove_file(&file) {
            Ok(()) => tracing::info!("{} was left half and is removed", file.display()),
            Err(problem) => tracing::warn!("{}: {problem}", file.display()),
        }
    }
    drop(lock);
}

fn is_half(file: &Path, book: &Path) -> Option<bool> {
    let end = file.file_name()?.to_str()?.strip_prefix(book.file_name()?.to_str()?)?;
    let end = end.strip_suffix("-journal").unwrap_or(end);
    let before = end.strip_prefix(BEFORE).and_then(|end| end.strip_suffix(HALF));
    Some([RESTORING, COPYING].contains(&end) || before.is_some_and(|version| version.parse::<u32>().is_ok()))
}

/// Reads a copy through: how many lines its journal has, and the last one's hash.
///
/// # Errors
/// It is not whole, or this program cannot read it.
pub fn checked(copy: &Path) -> Result<(i64, String), BookError> {
    named::plain(copy).map_err(|error| file::refused(copy, &error))?;
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| file::unopened(copy, error))?;
    let version = versions::version(&connection)?;
    if versions::known(version)? == 0 {
        return Err(BookError::Corrupt("it is no book".to_owned()));
    }
    file::quick_check(&connection)?;
    match verify(&connection)? {
        Verified::Whole { lines, last, .. } => Ok((lines, last)),
        Verified::Broken { line, why } => Err(BookError::Corrupt(format!("journal line {line}: {why}"))),
    }
}

pub(in crate::book) fn sync_folder(file: &Path) -> io::Result<()> {
    File::open(folder_of(file))?.sync_all()
}

pub(in crate::book) fn remove(file: &Path) -> Result<(), BookError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(file::refused(file, &error)),
        _ => Ok(()),
    }
}
