//! The books beside the book: those that copies or newer versions have replaced. Owns their names and their end.

use crate::files::{folder_of, with};
use crate::now::{Now, Wall};
use chrono::{DateTime, NaiveDateTime, Utc};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// How the name of a replaced book goes on after its own, with the local time and its length.
const REPLACED: &str = ".replaced-";

const REPLACED_AT: &str = "%Y-%m-%dT%H%M%S";

const REPLACED_AT_LENGTH: usize = 17;

/// How the name of a book goes on that was kept before it was brought to a version, with its number.
pub(in crate::book) const BEFORE: &str = ".before-";

/// How SQLite's logs of a file end.
pub(in crate::book) const LOGS: [&str; 3] = ["-wal", "-journal", "-shm"];

/// The books beside this one that it was before it was brought to a newer version.
pub fn before(book: &Path) -> Vec<PathBuf> {
    let number = |file: &Path| {
        let name = file.file_name()?.to_str()?.strip_prefix(book.file_name()?.to_str()?)?;
        name.strip_prefix(BEFORE)?.parse::<u32>().ok()
    };
    beside(book).filter(|file| number(file).is_some()).collect()
}

pub(in crate::book) fn beside(book: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder_of(book)).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}

pub(in crate::book) fn aside(book: &Path, now: Now) -> PathBuf {
    let name = |n: u32| {
        let again = if n == 0 { String::new() } else { format!("-{n}") };
        with(book, &format!("{REPLACED}{}{again}", now.wall.format(REPLACED_AT)))
    };
    (0..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

/// The books beside this one that copies have replaced, oldest first, with their logs; and the local time at which each was.
pub fn replaced(book: &Path) -> Vec<(NaiveDateTime, PathBuf)> {
    let mut replaced: Vec<_> =
        beside(book).filter_map(|file| Some((replaced_at(&file, book)?, file))).collect();
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

/// Removes what copies or newer versions have replaced before this: all that visitors gave still stands in it.
pub(in crate::book) fn forget_replaced(book: &Path, over: Wall, now: Now) {
    let old = replaced(book).into_iter().map(|(at, file)| (Some(at), file));
    for (at, file) in old.chain(before(book).into_iter().map(|file| (None, file))) {
        let at = at.filter(|at| *at <= now.wall.naive_local()).or_else(|| written_at(&file, now));
        if at.is_some_and(|at| at < over.naive_local())
            && let Err(problem) = fs::remove_file(&file)
        {
            tracing::warn!("{} is not removed: {problem}", file.display());
        }
    }
}

/// When a file was written last, in local time. Where that is yet to come the clock was wrong: it counts from now.
fn written_at(file: &Path, now: Now) -> Option<NaiveDateTime> {
    let modified: DateTime<Utc> = fs::metadata(file).and_then(|found| found.modified()).ok()?.into();
    if modified.timestamp_millis() > now.millis() {
        let file = File::options().append(true).open(file).ok()?;
        file.set_modified(now.wall.to_utc().into()).ok()?;
    }
    Some(modified.with_timezone(now.wall.offset()).naive_local())
}
