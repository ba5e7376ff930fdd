//! Copies of the book in a folder: made on a thread of their own, named by the minute, the oldest removed. Reads the
//! book's file through a connection of its own and never writes into it.

use super::Tell;
use super::exports::Exporter;
use super::runner::unharmed;
use crate::book::{self, BookError};
use crate::errand::{Backup, Errand, Outcome, Report, Seen, Trouble, Work};
use crate::now::Wall;
use chrono::{Local, NaiveDateTime};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// How copies are named, in the local time of their beginning.
const NAME: &str = "frontdesk-%Y-%m-%dT%H%M.db";
/// While it is being made, and after a power cut; the next one is written over it.
const HALF: &str = "frontdesk-copy.part";
/// Between two mebibytes the kiosk has the disk for itself: a book of a gibibyte takes five seconds longer.
const PAUSE: Duration = Duration::from_millis(5);

/// Makes copies and writes what is exported, until the desk is gone.
pub(super) fn run_files(book: &Path, exporter: &Exporter, errands: &Receiver<Errand>, tell: &Tell) {
    while let Ok(errand) = errands.recv() {
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
    fs::create_dir_all(folder).map_err(refused)?;
    let half = folder.join(HALF);
    book::copy(book, &half, &mut || std::thread::sleep(PAUSE))?;
    let copy = folder.join(at.format(NAME).to_string());
    fs::rename(&half, &copy).and_then(|()| File::open(folder)?.sync_all()).map_err(refused)?;
    Ok(copy)
}

/// Removes the oldest copies but for so many, never the one just made, and nothing that is no copy.
pub fn prune(backup: &Backup, newest: &Path) {
    let others = copies(&backup.folder).into_iter().map(|(_, copy)| copy).filter(|copy| copy != newest);
    let kept = usize::try_from(backup.keep).unwrap_or(usize::MAX).saturating_sub(1);
    for old in others.skip(kept) {
        if let Err(problem) = fs::remove_file(&old) {
            tracing::warn!("{}: {problem}", old.display());
        }
    }
}

/// The copies in a folder, newest first, with the local time that each is of.
pub fn copies(folder: &Path) -> Vec<(NaiveDateTime, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut copies: Vec<_> =
        files.filter_map(|entry| Some((made_at(&entry.path())?, entry.path()))).collect();
    copies.sort_by(|a, b| b.cmp(a));
    copies
}

fn made_at(path: &Path) -> Option<NaiveDateTime> {
    let name = path.file_name()?.to_str()?;
    let at = NaiveDateTime::parse_from_str(name, NAME).ok()?;
    // Leniently read: only what is written exactly so is a copy.
    (at.format(NAME).to_string() == name).then_some(at)
}
