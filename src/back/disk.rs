//! The disk: how full it is, told when that changes, and what the kiosk wrote for itself into folders, removed when the
//! time for personal data is over. Removes nothing that is not named as the kiosk names it.

use super::Tell;
use crate::config::{Config, MailKind, PrinterKind};
use crate::errand::Report;
use crate::files::disk_of;
use crate::now::Wall;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// How often the disk is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How much of the disk that holds this is free, in percent; none where the system does not say.
pub fn free_percent(path: &Path) -> Option<u8> {
    let disk = disk_of(path)?;
    // What only root may use is nobody's.
    let percent = disk.f_bavail.saturating_mul(100).checked_div(disk.f_blocks)?;
    Some(u8::try_from(percent).unwrap_or(100))
}

/// A folder that badges or mails are put into, and how they are named there.
#[derive(Clone, Debug)]
pub struct Kept {
    folder: PathBuf,
    is_ours: fn(&str) -> bool,
}

impl Kept {
    /// The folders of this configuration: of a printer or a mail server's stand-in.
    pub fn of(config: &Config) -> Vec<Self> {
        let badges = match &config.printer.kind {
            PrinterKind::File(folder) => Some(Self { folder: folder.clone(), is_ours: is_badge }),
            PrinterKind::Usb(_) => None,
        };
        let mails = match &config.mail.kind {
            MailKind::Folder(folder) => Some(Self { folder: folder.clone(), is_ours: is_mail }),
            MailKind::Smtp(_) => None,
        };
        badges.into_iter().chain(mails).collect()
    }

    /// Removes what was written before this.
    pub fn sweep(&self, before: SystemTime) {
        let (mut swept, mut refused) = (0_u32, None);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let ours = entry.file_name().to_str().is_some_and(self.is_ours);
            let file = entry.metadata().ok().filter(|about| ours && about.is_file());
            if file.and_then(|about| about.modified().ok()).is_none_or(|written| written >= before) {
                continue;
            }
            match fs::remove_file(entry.path()) {
                Ok(()) => swept += 1,
                Err(problem) => refused = Some(problem),
            }
        }
        if swept > 0 {
            tracing::info!("{}: {swept} old files removed", self.folder.display());
        }
        if let Some(problem) = refused {
            tracing::error!("{}: old files could not be removed: {problem}", self.folder.display());
        }
    }
}

/// `A017-1.png` or `.bin`, as the file printer names them, and what a power cut left of one.
fn is_badge(name: &str) -> bool {
    let stem = name.strip_suffix(".png").or_else(|| name.strip_suffix(".bin"));
    let numbered = stem.and_then(|stem| stem.rsplit_once('-')).is_some_and(|(name, copy)| {
        !name.is_empty()
            && name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-'))
            && !copy.is_empty()
            && copy.bytes().all(|c| c.is_ascii_digit())
    });
    numbered || (name.starts_with(".badge.") && name.ends_with(".part"))
}

/// An errand's mail, as the mail folder names it, and what a power cut left of one.
fn is_mail(name: &str) -> bool {
    let name = name.strip_suffix(".part").unwrap_or(name);
    name.strip_suffix(".eml").is_some_and(|id| Uuid::try_parse(id).is_ok())
}

/// Tells until the desk is gone; removes what is older than it says.
pub(super) fn run(book: &Path, kept: &[Kept], forget: &Receiver<Wall>, tell: &Tell) {
    let mut last = None;
    loop {
        let free = free_percent(book);
        if let Some(free) = free.filter(|_| free != last) {
            tell(Report::Disk(free));
        }
        last = free;
        match forget.recv_timeout(LOOK_EVERY) {
            Ok(before) => kept.iter().for_each(|folder| folder.sweep(before.into())),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn only_what_the_kiosk_wrote_is_swept() {
        let id = "01a2d40e-a7e0-769f-af53-cbeaf7e856a8";
        let eml = format!("{id}.eml");
        let part = format!("{id}.eml.part");
        for (name, badge, mail) in [
            ("A017-1.png", true, false),
            ("A017-12.bin", true, false),
            ("roll-1-1.png", true, false),
            ("numbers-2.bin", true, false),
            (".badge.png.part", true, false),
            (&eml, false, true),
            (&part, false, true),
            ("state", false, false),
            ("A017.png", false, false),
            ("A017-1.png.bak", false, false),
            ("A017-x.png", false, false),
            ("-1.png", false, false),
            ("访客证-1.png", false, false),
            ("logo.png", false, false),
            ("letter.eml", false, false),
            ("01a2d40e.eml", false, false),
            ("notes.txt", false, false),
        ] {
            assert_eq!((is_badge(name), is_mail(name)), (badge, mail), "{name}");
        }
    }

    #[test]
    fn what_is_old_is_swept_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let begun = SystemTime::now();
        let day = Duration::from_secs(24 * 3600);
        for (name, days) in [("A001-1.png", 31), ("A001-1.bin", 31), ("A002-1.png", 29), ("mine.png", 900)] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(begun - day * days).unwrap();
        }
        fs::create_dir(folder.path().join("A003-1.png")).unwrap();
        let kept = Kept { folder: folder.path().to_owned(), is_ours: is_badge };
        kept.sweep(begun - day * 30);
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["A002-1.png", "A003-1.png", "mine.png"]);
        // A folder that is not there yet is no trouble.
        Kept { folder: folder.path().join("none"), is_ours: is_mail }.sweep(begun);
    }
}
