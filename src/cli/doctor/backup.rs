//! What `doctor` says about copies of the book. Their age is what the book itself has on record: a name in a folder says
//! only what the clock said.

use super::{Finding, ok, warning, wrong};
use crate::back::copies;
use crate::config::Config;
use crate::now::Wall;
use chrono::{NaiveDateTime, TimeDelta};
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A copy that is older was to be replaced twice since.
const COPY_AGE: TimeDelta = TimeDelta::days(2);
/// A clock that goes back at night is an hour behind what it wrote.
const SWAYS: TimeDelta = TimeDelta::hours(2);

/// `last`: when the book was copied into the folder last, as it has it on record itself; the outer one is none where it
/// could not be asked.
pub(super) fn backup(config: &Config, last: Option<Option<Wall>>, now: Wall) -> Vec<Finding> {
    let Some(backup) = &config.backup else { return Vec::new() };
    let folder = &backup.folder;
    let copies = copies::copies(folder);
    let mut findings = vec![match last {
        Some(last) => age(folder, last, &copies, now),
        // A kiosk that has not run yet has nothing to copy.
        None if !config.book.path.exists() => ok("backup", format!("no copy yet in {}", folder.display())),
        None => warning(
            "backup",
            "the book could not be read, so the time of its last copy is unknown",
            "see the book above",
        ),
    }];
    findings.extend(dated_ahead(folder, &copies, now));
    findings.extend(whose_disk(folder, &config.book.path));
    findings
}

fn age(folder: &Path, last: Option<Wall>, copies: &[(NaiveDateTime, PathBuf)], now: Wall) -> Finding {
    let shown = folder.display();
    let what_to_do =
        "check that its disk is there, is writable and has space; `frontdesk backup` makes a copy now";
    let Some(last) = last else {
        let found = format!("the book has no record of a copy in {shown}");
        return wrong("backup", found, what_to_do);
    };
    let at = last.format("%Y-%m-%d %H:%M");
    let age = now.signed_duration_since(last);
    if copies.is_empty() {
        return wrong("backup", format!("the copy of {at} is not in {shown} any more"), what_to_do);
    }
    if age < -SWAYS {
        let found = format!("the last copy in {shown} was made at {at}, which is in the future");
        return wrong("backup", found, "set the clock (timedatectl); then `frontdesk backup` makes a copy");
    }
    let found = format!("the last copy in {shown} was made at {at}, {} hours ago", age.num_hours().max(0));
    if age > COPY_AGE { wrong("backup", found, what_to_do) } else { ok("backup", found) }
}

fn dated_ahead(folder: &Path, copies: &[(NaiveDateTime, PathBuf)], now: Wall) -> Option<Finding> {
    let latest = now.naive_local() + SWAYS;
    let ahead: Vec<&PathBuf> = copies.iter().filter(|(at, _)| *at > latest).map(|(_, copy)| copy).collect();
    let example = ahead.first()?.file_name()?.to_string_lossy();
    let found =
        format!("{} of the copies in {} are dated in the future: {example}", ahead.len(), folder.display());
    let what_to_do = "check the clock (timedatectl); if it is right now, it was wrong when they were made: remove them, or \
                      leave them to the kiosk, which removes the copies in the order in which they were made";
    Some(wrong("backup", found, what_to_do))
}

/// A copy is for the day on which the book's disk dies.
fn whose_disk(folder: &Path, book: &Path) -> Option<Finding> {
    let read = |file: &str| fs::read(file).unwrap_or_default();
    let folder = std::path::absolute(folder).ok()?;
    if let Some(point) = unmounted(&folder, &read("/etc/fstab"), &read("/proc/self/mountinfo")) {
        let found = format!(
            "{} is in /etc/fstab but is not mounted: copies go to this machine's own disk",
            point.display()
        );
        let what_to_do = format!("mount {}; the kiosk sees it after a restart", point.display());
        return Some(wrong("backup", found, what_to_do));
    }
    let disk =
        |path: &Path| path.ancestors().find_map(|above| fs::metadata(above).ok()).map(|found| found.dev());
    let same = disk(&folder)? == disk(&std::path::absolute(book).ok()?)?;
    let found = format!("{} is on the book's own disk: if that disk fails, both are lost", folder.display());
    same.then(|| warning("backup", found, "put [backup] folder on another disk or a network share"))
}

/// The place above this folder that is to be mounted and is not.
fn unmounted(folder: &Path, fstab: &[u8], mounts: &[u8]) -> Option<PathBuf> {
    let points = |text: &[u8], at: usize| -> Vec<PathBuf> {
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().starts_with(b"#"));
        let words = |line: &[u8]| {
            let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            words.nth(at).map(unescaped)
        };
        lines.filter_map(words).collect()
    };
    let mounted = points(mounts, 4);
    let wanted = points(fstab, 1).into_iter();
    // The innermost: what is mounted above it does not make up for it.
    let wanted = wanted.filter(|point| point.is_absolute() && folder.starts_with(point));
    wanted.max_by_key(|point| point.components().count()).filter(|point| !mounted.contains(point))
}

/// A name as fstab and mountinfo write it: blanks are `\040`.
fn unescaped(word: &[u8]) -> PathBuf {
    let (mut name, mut rest) = (Vec::new(), word);
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..3).filter(|_| *first == b'\\');
        let code = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        name.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(3..).unwrap_or_default() } else { after };
    }
    PathBuf::from(OsString::from_vec(name))
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;
    use chrono::DateTime;

    fn at(text: &str) -> Wall {
        DateTime::parse_from_rfc3339(&format!("{text}:00+08:00")).unwrap()
    }

    #[test]
    fn the_age_of_a_copy_is_what_the_book_has_on_record() {
        let now = at("2026-11-23T09:41");
        let files = |names: &[&str]| -> Vec<(NaiveDateTime, PathBuf)> {
            let at = |name: &&str| NaiveDateTime::parse_from_str(name, "%Y-%m-%dT%H:%M").unwrap();
            names.iter().map(|name| (at(name), PathBuf::from(format!("frontdesk-{name}-1.db")))).collect()
        };
        for (record, names, health, said) in [
            (Some("2026-11-23T02:30"), &["2026-11-23T02:30"][..], Health::Ok, "7 hours ago"),
            (Some("2026-11-21T09:42"), &["2026-11-21T09:42"], Health::Ok, "47 hours ago"),
            (Some("2026-11-21T09:40"), &["2026-11-21T09:40"], Health::Wrong, "48 hours ago"),
            // What its name says, or another file, does not make it younger.
            (Some("2026-11-02T02:30"), &["2026-11-23T02:30"], Health::Wrong, "511 hours ago"),
            (Some("2026-11-02T02:30"), &["2035-01-01T00:00"], Health::Wrong, "511 hours ago"),
            // In the hour that comes twice.
            (Some("2026-11-23T10:20"), &["2026-11-23T10:20"], Health::Ok, "0 hours ago"),
            (Some("2035-01-01T00:00"), &["2035-01-01T00:00"], Health::Wrong, "in the future"),
            (Some("2026-11-23T02:30"), &[], Health::Wrong, "is not in /copies any more"),
            (None, &["2026-11-23T02:30"], Health::Wrong, "no record of a copy"),
            (None, &[], Health::Wrong, "no record of a copy"),
        ] {
            let finding = age(Path::new("/copies"), record.map(at), &files(names), now);
            assert_eq!(finding.health, health, "{record:?} {names:?}: {}", finding.found);
            assert!(finding.found.contains(said), "{}", finding.found);
        }
        for (names, ahead) in [
            (&["2026-11-23T02:30"][..], None),
            (&["2026-11-23T11:40"], None),
            (&["2026-11-23T11:42"], Some("1 of the copies")),
            (&["2026-11-23T02:30", "2035-01-01T00:00"], Some("frontdesk-2035-01-01T00:00-1.db")),
            (&["2036-01-01T00:00", "2035-01-01T00:00"], Some("2 of the copies")),
        ] {
            let finding = dated_ahead(Path::new("/copies"), &files(names), now);
            assert_eq!(finding.is_some(), ahead.is_some(), "{names:?}");
            if let (Some(finding), Some(ahead)) = (finding, ahead) {
                assert!(
                    finding.health == Health::Wrong && finding.found.contains(ahead),
                    "{}",
                    finding.found
                );
            }
        }
    }

    #[test]
    fn a_disk_that_is_not_mounted_is_no_other_disk() {
        let fstab = b"# <device> <point> <type>\nUUID=1 / ext4 errors=remount-ro 0 1\n\
                      //nas/share\t/mnt/backup\tcifs\tcredentials=/etc/nas 0 0\n  #/dev/sdz /srv ext4\n\
                      /dev/sdb1 /media/two\\040words ext4 noauto 0 0\n/swap none swap sw 0 0\n\
                      /dev/sdc1 /mnt/backup/deep ext4\n";
        let mount = |points: &[&str]| -> Vec<u8> {
            let line = |point: &&str| format!("36 35 98:0 / {point} rw,noatime master:1 - ext4 /dev/x rw\n");
            points.iter().map(line).collect::<String>().into_bytes()
        };
        for (folder, mounted, missing) in [
            ("/mnt/backup/frontdesk", &["/", "/mnt/backup"][..], None),
            ("/mnt/backup/frontdesk", &["/"], Some("/mnt/backup")),
            ("/mnt/backup", &["/"], Some("/mnt/backup")),
            ("/mnt/backup-2", &["/"], None),
            ("/mnt", &["/"], None),
            ("/var/backups", &["/"], None),
            ("/srv/x", &["/"], None),
            ("/media/two words/x", &["/"], Some("/media/two words")),
            ("/media/two words/x", &["/", "/media/two\\040words"], None),
            ("/mnt/backup/deep/x", &["/", "/mnt/backup"], Some("/mnt/backup/deep")),
            ("/mnt/backup/deep/x", &["/", "/mnt/backup", "/mnt/backup/deep"], None),
            ("/none", &["/"], None),
        ] {
            let found = unmounted(Path::new(folder), fstab, &mount(mounted));
            assert_eq!(found.as_deref(), missing.map(Path::new), "{folder} with {mounted:?}");
        }
        assert_eq!(unmounted(Path::new("/mnt/backup"), b"", b""), None);
    }
}
