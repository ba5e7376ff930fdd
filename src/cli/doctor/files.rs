//! What `doctor` says about whose the kiosk's files are: each is to belong to the kiosk's own user and to be read by
//! nobody else; and about the pepper, without which no PIN is right.

use super::{AS_THE_KIOSK, Finding, ok, warning, wrong};
use crate::book;
use crate::config::{Config, MailKind};
use crate::files::{folder_of, with};
use crate::pin::{NoPepper, Pepper};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The rights of anybody but a file's owner.
const OTHERS: u32 = 0o077;
/// Anybody may read it.
const EVERYBODY_READS: u32 = 0o004;

/// `pins`: how many people have a PIN; none where the book cannot be asked.
pub(super) fn files(config: &Config, pins: Option<i64>) -> Vec<Finding> {
    let path = &config.book.path;
    let (Ok(book), Ok(folder)) = (fs::metadata(path), fs::metadata(folder_of(path))) else {
        return Vec::new();
    };
    // A folder into which anybody may write says nothing.
    let is_shared = folder.mode() & 0o022 != 0;
    // A service's folder is its user's; root's is nobody's who could run a kiosk.
    let kiosk = if folder.uid() == 0 || is_shared { book } else { folder.clone() };
    let mut findings = Vec::new();
    if folder.uid() != kiosk.uid() && !is_shared {
        findings.push(foreign(folder_of(path), &folder, &kiosk));
    }
    let beside = ["-wal", "-shm", ".lock", ".copying"].map(|end| with(path, end)).into_iter();
    let replaced = book::replaced(path).into_iter().map(|(_, file)| file);
    let all = [path.clone()].into_iter().chain(beside).chain(book::before(path)).chain(replaced);
    findings.extend(all.filter_map(|file| file_of(&file, &kiosk)));
    if findings.is_empty() {
        findings.push(ok("files", format!("the book and what is beside it belong to {}", user(kiosk.uid()))));
    }
    findings.extend(pepper(config, &kiosk, pins));
    if let MailKind::Smtp(smtp) = &config.mail.kind
        && let Some(file) = &smtp.password_file
    {
        findings.extend(secret("password", file, &kiosk));
    }
    findings
}

fn foreign(path: &Path, found: &Metadata, kiosk: &Metadata) -> Finding {
    let (whose, owner) = (user(found.uid()), user(kiosk.uid()));
    let said =
        format!("{} belongs to {whose}, but the kiosk runs as {owner} and cannot use it", path.display());
    wrong("files", said, chown(path, kiosk))
}

fn file_of(file: &Path, kiosk: &Metadata) -> Option<Finding> {
    let found = match fs::symlink_metadata(file) {
        Ok(found) => found,
        Err(problem) if problem.kind() == ErrorKind::NotFound => return None,
        Err(problem) => {
            return Some(wrong("files", format!("{}: {problem}", file.display()), AS_THE_KIOSK));
        }
    };
    let shown = file.display();
    if !found.is_file() && !found.is_symlink() {
        return Some(wrong("files", format!("{shown} is not a regular file"), format!("move {shown} away")));
    }
    if found.uid() != kiosk.uid() {
        return Some(foreign(file, &found, kiosk));
    }
    let open = found.is_file() && found.mode() & OTHERS != 0;
    let said = format!("{shown} can be read by others (mode {:o})", found.mode() & 0o7777);
    open.then(|| warning("files", said, format!("chmod 600 {shown}")))
}

fn pepper(config: &Config, kiosk: &Metadata, pins: Option<i64>) -> Option<Finding> {
    let file = &config.staff.pepper_file;
    let (shown, has_pins) = (file.display(), pins.is_none_or(|pins| pins > 0));
    let gone = |what: &str| {
        wrong(
            "pepper",
            format!("{shown} {what}: no PIN opens reception's pages"),
            "put it back from a backup; without one `frontdesk pin remove` everybody, then `frontdesk pin set` again",
        )
    };
    match Pepper::read(file) {
        Ok(_) => Some(secret("pepper", file, kiosk).unwrap_or_else(|| {
            ok("pepper", format!("{shown} is there and can be read, with its 64 digits"))
        })),
        Err(NoPepper::Missing) if has_pins => pins.map(|_| gone("is gone")),
        Err(NoPepper::Missing) => None,
        Err(NoPepper::Empty) if has_pins => Some(gone("is empty")),
        Err(NoPepper::Empty) => {
            Some(warning("pepper", format!("{shown} is empty"), "`frontdesk pin set NAME` makes a new one"))
        }
        Err(NoPepper::Other) => Some(gone("holds no pepper of 64 hexadecimal digits")),
        Err(NoPepper::Unread(problem)) => Some(wrong(
            "pepper",
            format!("{shown}: {problem}"),
            format!("{}; or {AS_THE_KIOSK}", chown(file, kiosk)),
        )),
    }
}

/// A file that the kiosk's user must be able to read, and not everybody.
fn secret(name: &'static str, file: &Path, kiosk: &Metadata) -> Option<Finding> {
    let (found, shown) = (fs::metadata(file).ok()?, file.display());
    let mode = found.mode();
    let readable = (found.uid() == kiosk.uid() && mode & 0o400 != 0)
        || (found.gid() == kiosk.gid() && mode & 0o040 != 0)
        || mode & EVERYBODY_READS != 0
        || kiosk.uid() == 0;
    if !readable {
        let said =
            format!("{shown} belongs to {}, and {} cannot read it", user(found.uid()), user(kiosk.uid()));
        return Some(wrong(name, said, chown(file, kiosk)));
    }
    let said = format!("{shown} can be read by everybody on this machine");
    (mode & EVERYBODY_READS != 0).then(|| warning(name, said, format!("chmod 600 {shown}")))
}

fn chown(file: &Path, owner: &Metadata) -> String {
    let group = named("/etc/group", owner.gid());
    format!("chown {}:{group} {}", named("/etc/passwd", owner.uid()), file.display())
}

/// As staff know them.
fn user(number: u32) -> String {
    let name = named("/etc/passwd", number);
    if name == number.to_string() { format!("the user {number}") } else { format!("{name} (user {number})") }
}

/// The name that goes with a number, or the number.
fn named(table: &str, number: u32) -> String {
    let table = fs::read_to_string(PathBuf::from(table)).unwrap_or_default();
    let name = table.lines().find_map(|line| {
        let mut words = line.split(':');
        let (name, own) = (words.next()?, words.nth(1)?);
        (own == number.to_string()).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| number.to_string())
}
