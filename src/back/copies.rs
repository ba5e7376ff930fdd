//! Copies of the book in a folder: made on a thread of their own, named by minute and number, the oldest removed. Reads the
//! book's file through a connection of its own and never writes into it.

use super::Tell;
use super::exports::Exporter;
use super::runner::unharmed;
use super::sweep::{HALF_COPY, Sweep};
use crate::book::{self, BookError};
use crate::errand::{Backup, Errand, Outcome, Report, Seen, Trouble, Work};
use crate::files::make_folders;
use crate::now::Wall;
use chrono::{Local, NaiveDateTime};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, SystemTime};

/// How copies are named, in the local time of their beginning; a number in the order of making follows, which no clock
/// can make wrong.
const NAME: &str = "frontdesk-%Y-%m-%dT%H%M";
/// Between two mebibytes the kiosk has the disk for itself: a book of a gibibyte takes five seconds longer.
const PAUSE: Duration = Duration::from_millis(5);

/// Makes copies and writes what is exported, until the desk is gone.
pub(super) fn run_files(
    book: &Path,
    exporter: &Exporter,
    sweep: &Sweep,
    errands: &Receiver<Errand>,
    tell: &Tell,
) {
    sweep.run(SystemTime::now());
    while let Ok(errand) = errands.recv() {
        if let Work::Backup(_) = &errand.work {
            sweep.run(SystemTime::now());
        }
        let outcome = match &errand.work {
            Work::Backup(backup) => unharmed(Outcome::NotYet(Trouble::CopyFailed), || back_up(book, backup)),
            Work::Export(order) => unharmed(Outcome::Failed(Trouble::ExportFailed), || exporter.run(order)),
            Work::Badge(_) | Work::Letter(_) | Work::Roll(_) | Work::Numbers(_) => continue,
        };
        tracing::info!(errand = %errand.id.0, ?outcome, "file");
        tell(Report::Ran(errand.id, outcome));
    }
}

fn back_up(book: &Path, backup: &Backup) -> Outcome {
    match make(book, &backup.folder, Local::now().fixed_offset()) {
        Ok(copy) => {
            prune(backup, &copy);
            Outcome::Done(Seen::Confirmed)
        }
        Err(problem) => {
            tracing::error!("no copy of the book in {}: {problem}", backup.folder.display());
            Outcome::NotYet(trouble(&problem))
        }
    }
}

fn trouble(problem: &BookError) -> Trouble {
    if matches!(problem, BookError::Full) {
        Trouble::DiskFull
    } else if matches!(problem, BookError::ReadOnly(_) | BookError::Unopened { .. }) {
        Trouble::FolderUnwritable
    } else {
        Trouble::CopyFailed
    }
}

/// Copies the book into a folder, reads the copy through, and only then gives it its name.
///
/// # Errors
/// There is no copy; the folder has what it had.
pub fn make(book: &Path, folder: &Path, at: Wall) -> Result<PathBuf, BookError> {
    let refused =
        |error: std::io::Error| BookError::Unopened { path: folder.to_owned(), why: error.to_string() };
    make_folders(folder).map_err(refused)?;
    let half = folder.join(HALF_COPY);
    book::copy(book, &half, &mut || std::thread::sleep(PAUSE))?;
    let last = made(folder).first().map_or(0, |copy| copy.number);
    let copy = folder.join(named(at.naive_local(), last.saturating_add(1)));
    fs::rename(&half, &copy).and_then(|()| File::open(folder)?.sync_all()).map_err(refused)?;
    Ok(copy)
}

/// Removes the copies that were made first but for so many, never the one just made, and nothing that is no copy.
pub fn prune(backup: &Backup, newest: &Path) {
    let others = copies(&backup.folder).into_iter().map(|(_, copy)| copy).filter(|copy| copy != newest);
    let kept = usize::try_from(backup.keep).unwrap_or(usize::MAX).saturating_sub(1);
    for old in others.skip(kept) {
        if let Err(problem) = fs::remove_file(&old) {
            tracing::warn!("{}: {problem}", old.display());
        }
    }
}

/// The copies in a folder, the one that was made last first, with the local time that each has in its name.
pub fn copies(folder: &Path) -> Vec<(NaiveDateTime, PathBuf)> {
    made(folder).into_iter().map(|copy| (copy.at, copy.path)).collect()
}

/// A copy in a folder. They are told apart by their numbers: a clock that was wrong for a night dates one of them wrong.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Made {
    /// In the order of making; 0 for those of programs that gave none.
    number: u64,
    at: NaiveDateTime,
    path: PathBuf,
}

fn made(folder: &Path) -> Vec<Made> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut copies: Vec<_> = files.filter_map(|entry| read_name(entry.path())).collect();
    copies.sort_by(|a, b| b.cmp(a));
    copies
}

fn named(at: NaiveDateTime, number: u64) -> String {
    let number = if number == 0 { String::new() } else { format!("-{number}") };
    format!("{}{number}.db", at.format(NAME))
}

fn read_name(path: PathBuf) -> Option<Made> {
    let name = path.file_name()?.to_str()?;
    let stem = name.strip_suffix(".db")?;
    let (at, rest) = NaiveDateTime::parse_and_remainder(stem, NAME).ok()?;
    let number = if rest.is_empty() { 0 } else { rest.strip_prefix('-')?.parse().ok()? };
    // Leniently read: only what is written exactly so is a copy.
    (named(at, number) == name).then_some(Made { number, at, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_copy_and_in_which_order_they_were_made() {
        for (name, read) in [
            ("frontdesk-2026-11-23T0941.db", Some(0)),
            ("frontdesk-2026-11-23T0941-1.db", Some(1)),
            ("frontdesk-2031-01-01T0000-12.db", Some(12)),
            ("frontdesk-2026-11-23T0941-18446744073709551615.db", Some(u64::MAX)),
            ("frontdesk-2026-11-23T0941-0.db", None),
            ("frontdesk-2026-11-23T0941-01.db", None),
            ("frontdesk-2026-11-23T0941-+1.db", None),
            ("frontdesk-2026-11-23T0941-.db", None),
            ("frontdesk-2026-11-23T0941-1.db.txt", None),
            ("frontdesk-2026-11-23T0941-1-2.db", None),
            ("frontdesk-2026-11-23T09411.db", None),
            ("frontdesk-2026-1-1T0000.db", None),
            ("frontdesk-2026-02-30T0000-1.db", None),
            ("frontdesk-copy.part", None),
        ] {
            let copy = read_name(PathBuf::from("/copies").join(name));
            assert_eq!(copy.map(|copy| copy.number), read, "{name}");
        }
        let mut copies: Vec<Made> = [
            // The clock was wrong by years for two nights, before and after there were numbers.
            "frontdesk-2035-01-01T0230.db",
            "frontdesk-2026-11-20T0230.db",
            "frontdesk-2026-11-21T0230-1.db",
            "frontdesk-2040-01-01T0230-2.db",
            "frontdesk-2026-11-23T0230-9.db",
            "frontdesk-2026-11-24T0230-10.db",
        ]
        .into_iter()
        .filter_map(|name| read_name(PathBuf::from(name)))
        .collect();
        copies.sort_by(|a, b| b.cmp(a));
        let order: Vec<u64> = copies.iter().map(|copy| copy.number).collect();
        assert_eq!(order, [10, 9, 2, 1, 0, 0]);
    }
}
