//! What killed programs have left half: copies and restores of the book, exports, badges and mails in folders. It is
//! removed once it is a day old; what is being written just now is younger.

use crate::book;
use crate::config::{Config, MailKind, PrinterKind};
use crate::files::{folder_of, with};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What nobody has written to for so long nobody will end.
const DEAD_AFTER: Duration = Duration::from_secs(24 * 3600);

/// A copy of the book while it is being made, and after a power cut; the next one is written over it.
pub(super) const HALF_COPY: &str = "frontdesk-copy.part";

/// Whether a file of this name is half of something.
type IsHalf = fn(&str) -> bool;

/// The folders that the kiosk writes into.
#[derive(Debug)]
pub(super) struct Sweep {
    book: PathBuf,
    pepper: PathBuf,
    folders: Vec<(PathBuf, IsHalf)>,
}

impl Sweep {
    pub fn new(config: &Config) -> Self {
        let mut folders: Vec<(PathBuf, IsHalf)> = Vec::new();
        folders.extend(config.backup.iter().map(|backup| (backup.folder.clone(), of_a_copy as IsHalf)));
        folders.extend(config.export.iter().map(|folder| (folder.clone(), of_an_export as IsHalf)));
        if let PrinterKind::File(folder) = &config.printer.kind {
            folders.push((folder.clone(), of_a_badge));
        }
        if let MailKind::Folder(folder) = &config.mail.kind {
            folders.push((folder.clone(), of_a_mail));
        }
        Self { book: config.book.path.clone(), pepper: config.staff.pepper_file.clone(), folders }
    }

    /// Removes all that is a day old.
    pub fn run(&self, now: SystemTime) {
        let is_dead = |file: &Path| is_dead(file, now);
        book::sweep(&self.book, &is_dead);
        remove(with(&self.pepper, ".part"), &is_dead);
        for (folder, is_half) in &self.folders {
            let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            for file in entries.map(|entry| entry.path()) {
                if file.file_name().and_then(OsStr::to_str).is_some_and(is_half) {
                    remove(file, &is_dead);
                }
            }
        }
    }
}

fn remove(file: PathBuf, is_dead: &dyn Fn(&Path) -> bool) {
    if !is_dead(&file) {
        return;
    }
    match fs::remove_file(&file) {
        Ok(()) => tracing::info!("a half-written file is removed from {}", folder_of(&file).display()),
        Err(problem) => tracing::warn!("{}: {problem}", file.display()),
    }
}

/// Whether nobody is writing it. One that is dated a day ahead was left while the clock was wrong.
fn is_dead(file: &Path, now: SystemTime) -> bool {
    let Ok(found) = fs::symlink_metadata(file) else { return false };
    let Ok(written) = found.modified() else { return false };
    let apart = now.duration_since(written).unwrap_or_else(|ahead| ahead.duration());
    found.is_file() && apart > DEAD_AFTER
}

fn of_a_copy(name: &str) -> bool {
    name.strip_prefix(HALF_COPY).is_some_and(|end| end.is_empty() || end == "-journal")
}

fn of_an_export(name: &str) -> bool {
    name.ends_with(".csv.part") || name.ends_with(".xlsx.part") || of_a_probe(name)
}

fn of_a_badge(name: &str) -> bool {
    name.starts_with(".badge.") && name.ends_with(".part")
}

fn of_a_mail(name: &str) -> bool {
    name.ends_with(".eml.part") || of_a_probe(name)
}

/// `doctor` tries whether a folder takes a file.
fn of_a_probe(name: &str) -> bool {
    let number = name.strip_prefix(".probe-").map(|end| end.strip_suffix(".part").unwrap_or(end));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    #[test]
    fn what_was_left_half_goes_after_a_day_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        let mut config = Config::built_in();
        config.book.path = at("state/book.db");
        config.staff.pepper_file = at("state/pepper");
        config.export = Some(at("exports"));
        config.printer.kind = PrinterKind::File(at("badges"));
        config.mail.kind = MailKind::Folder(at("mails"));
        config.backup = Some(config::Backup { folder: at("copies"), keep: 3, at: chrono::NaiveTime::MIN });
        let halves = [
            "state/book.db.restoring",
            "state/book.db.restoring-journal",
            "state/book.db.before-7.part",
            "state/book.db.before-7.part-journal",
            "state/book.db.copying",
            "state/pepper.part",
            "copies/frontdesk-copy.part",
            "copies/frontdesk-copy.part-journal",
            "exports/visits-2026-11.csv.part",
            "exports/numbers.xlsx.part",
            "exports/.probe-4711",
            "mails/.probe-4711.part",
            "mails/0192.eml.part",
            "badges/.badge.png.part",
        ];
        let others = [
            "state/book.db",
            "state/book.db-wal",
            "state/book.db.lock",
            "state/book.db.before-7",
            "state/book.db.replaced-2026-11-23T094100",
            "state/other.db.restoring",
            "state/pepper",
            "state/notes.part",
            "copies/frontdesk-2026-11-23T0941-1.db",
            "copies/other.part",
            "exports/visits-2026-11.csv",
            "exports/film.part",
            "mails/0192.eml",
            "badges/A001-1.png",
            "badges/x.part",
        ];
        let all = || halves.iter().chain(&others);
        for name in all() {
            fs::create_dir_all(folder_of(&at(name))).unwrap();
            fs::write(at(name), "").unwrap();
        }
        // A folder of such a name is somebody's.
        fs::create_dir(at("exports/old.csv.part")).unwrap();
        let (sweep, now) = (Sweep::new(&config), SystemTime::now());
        let hours = |n: u64| Duration::from_secs(n * 3600);
        sweep.run(now + hours(23));
        assert!(all().all(|name| at(name).exists()), "it may be being written");
        // Dated a year ahead: the clock was wrong.
        let ahead = fs::File::options().append(true).open(at(halves[0])).unwrap();
        ahead.set_modified(now + hours(24 * 365)).unwrap();
        sweep.run(now);
        assert!(!at(halves[0]).exists() && at(halves[1]).exists());
        sweep.run(now + hours(25));
        for name in halves {
            assert!(!at(name).exists(), "{name} is left");
        }
        for name in others {
            assert!(at(name).exists(), "{name} is gone");
        }
        assert!(at("exports/old.csv.part").exists());
    }
}
