//! A folder in place of a printer, for demonstrations and tests: each badge becomes `A017-1.png` (the
//! picture) and `A017-1.bin` (the bytes for a real printer). Owns those files; an earlier one is never
//! overwritten, and a badge is confirmed only when both are safely on the disk.
//!
//! A file `state` in the folder plays a mishap until it is changed or removed. It holds one of these
//! words: `paper_out`, `cover_open`, `offline`, `unplugged`, `printer_error`, `mute` — the printer has
//! this trouble and prints nothing — or `paper_low`, which prints. Anything else is no mishap.

use crate::errand::{Outcome, PrinterState, Seen, Trouble};
use crate::files::{Owner, make, make_folders, named};
use crate::paper::bitmap::Bitmap;
use crate::paper::escpos::Job;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;

/// The name of the file that plays a mishap.
const STATE: &str = "state";

/// A folder that takes badges.
pub struct Folder {
    path: PathBuf,
    /// What came of the last writing; until it goes well, each look tries one.
    written: Option<Result<(), Trouble>>,
}

impl Folder {
    /// The folder at this path. It is made when it is first needed.
    pub fn new(path: PathBuf) -> Self {
        Self { path, written: None }
    }

    /// How it is now: whether it can be written, and what mishap is played.
    pub fn look(&mut self) -> PrinterState {
        let written = match self.written {
            Some(Ok(())) if self.path.is_dir() => Ok(()),
            Some(_) | None => self.try_to_write().map_err(|problem| Trouble::of_folder(&problem)),
        };
        self.written = Some(written);
        written.map_or_else(PrinterState::Trouble, |()| self.played())
    }

    /// Puts one badge into the folder.
    pub fn print(&mut self, name: &str, bitmap: &Bitmap, job: &Job) -> Outcome {
        if let PrinterState::Trouble(trouble) = self.played() {
            return Outcome::NotYet(trouble);
        }
        match self.put(name, bitmap, job) {
            Ok(()) => Outcome::Done(Seen::Confirmed),
            Err((why, begun)) => {
                tracing::debug!(%why, "the folder for badges cannot be written");
                let trouble = Trouble::of_folder(&why);
                self.written = Some(Err(trouble));
                // A piece of it is there: somebody must look before it is written again.
                if begun { Outcome::Unknown(trouble) } else { Outcome::NotYet(trouble) }
            }
        }
    }

    fn played(&self) -> PrinterState {
        // Without the file, or with one that cannot be read, nothing is played.
        let word = named::read_text(&self.path.join(STATE)).unwrap_or_default();
        let trouble = match word.trim() {
            "paper_out" => Trouble::PaperOut,
            "cover_open" => Trouble::CoverOpen,
            "offline" => Trouble::Offline,
            "unplugged" => Trouble::Unplugged,
            "printer_error" => Trouble::PrinterError,
            "mute" => Trouble::Mute,
            other => return PrinterState::Ready { paper_low: other == "paper_low" },
        };
        PrinterState::Trouble(trouble)
    }

    /// Both files, or an error and whether a piece of the badge is there all the same.
    fn put(&self, name: &str, bitmap: &Bitmap, job: &Job) -> Result<(), (io::Error, bool)> {
        let [(bytes, bytes_path), (picture, picture_path)] =
            self.prepare(name, bitmap, job).map_err(|why| (why, false))?;
        fs::rename(bytes, bytes_path).map_err(|why| (why, false))?;
        fs::rename(picture, picture_path)
            .and_then(|()| File::open(&self.path)?.sync_all())
            .map_err(|why| (why, true))
    }

    /// Writes both files aside; gives each with the name that it is to get.
    fn prepare(&self, name: &str, bitmap: &Bitmap, job: &Job) -> io::Result<[(PathBuf, PathBuf); 2]> {
        make_folders(&self.path)?;
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let mut copy = 1u32;
        let (picture, bytes) = loop {
            let path = |kind| self.path.join(format!("{name}-{copy}.{kind}"));
            let (picture, bytes) = (path("png"), path("bin"));
            if !picture.try_exists()? && !bytes.try_exists()? {
                break (picture, bytes);
            }
            copy += 1;
        };
        Ok([
            (self.write_aside("bin", &job.bytes)?, bytes),
            (self.write_aside("png", &bitmap.png())?, picture),
        ])
    }

    /// Writes a file under a name that nobody looks at, down to the disk.
    fn write_aside(&self, kind: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.path.join(format!(".badge.{kind}.part"));
        let _ = fs::remove_file(&path);
        let mut file = make(&path, Owner::within(&self.path)?)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(path)
    }

    fn try_to_write(&self) -> io::Result<()> {
        make_folders(&self.path)?;
        fs::remove_file(self.write_aside("try", b"")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge(shade: u8) -> (Bitmap, Job) {
        let bitmap = Bitmap { width: 8, height: 2, bytes: vec![shade; 2] };
        (bitmap, Job { bytes: vec![0x1B, b'@', shade], rasters: Vec::new() })
    }

    fn print(folder: &mut Folder, name: &str, shade: u8) -> Outcome {
        let (bitmap, job) = badge(shade);
        folder.print(name, &bitmap, &job)
    }

    fn names(folder: &std::path::Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn each_badge_is_a_picture_and_its_bytes_and_none_is_overwritten() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("deep/badges");
        let mut folder = Folder::new(path.clone());
        assert_eq!(folder.look(), PrinterState::Ready { paper_low: false });
        assert_eq!(print(&mut folder, "A017", 0xF0), Outcome::Done(Seen::Confirmed));
        assert_eq!(print(&mut folder, "A017", 0x0F), Outcome::Done(Seen::Confirmed));
        assert_eq!(names(&path), ["A017-1.bin", "A017-1.png", "A017-2.bin", "A017-2.png"]);
        assert_eq!(fs::read(path.join("A017-1.bin")).expect("bytes"), badge(0xF0).1.bytes);
        assert_eq!(fs::read(path.join("A017-2.png")).expect("a picture"), badge(0x0F).0.png());
        // Half of an earlier one is enough to keep away from its name.
        fs::remove_file(path.join("A017-2.png")).expect("removed");
        print(&mut folder, "A017", 0xAA);
        assert_eq!(fs::read(path.join("A017-2.bin")).expect("bytes"), badge(0x0F).1.bytes);
        assert!(path.join("A017-3.png").exists());
    }

    #[test]
    fn a_word_in_the_folder_plays_a_mishap_until_it_is_gone() {
        let home = tempfile::tempdir().expect("a folder");
        let mut folder = Folder::new(home.path().to_owned());
        for (word, trouble) in [
            ("paper_out", Trouble::PaperOut),
            ("cover_open\n", Trouble::CoverOpen),
            (" offline", Trouble::Offline),
            ("unplugged", Trouble::Unplugged),
            ("printer_error", Trouble::PrinterError),
            ("mute", Trouble::Mute),
        ] {
            fs::write(home.path().join(STATE), word).expect("written");
            assert_eq!(folder.look(), PrinterState::Trouble(trouble));
            assert_eq!(print(&mut folder, "A001", 1), Outcome::NotYet(trouble));
            assert_eq!(names(home.path()), [STATE], "nothing is printed with {word}");
        }
        fs::write(home.path().join(STATE), "paper_low").expect("written");
        assert_eq!(folder.look(), PrinterState::Ready { paper_low: true });
        assert_eq!(print(&mut folder, "A001", 1), Outcome::Done(Seen::Confirmed));
        fs::remove_file(home.path().join(STATE)).expect("removed");
        assert_eq!(folder.look(), PrinterState::Ready { paper_low: false });
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_until_it_can() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("badges");
        fs::write(&path, "a file where the folder should be").expect("written");
        let mut folder = Folder::new(path.clone());
        assert_eq!(print(&mut folder, "A001", 1), Outcome::NotYet(Trouble::FolderUnwritable));
        assert_eq!(folder.look(), PrinterState::Trouble(Trouble::FolderUnwritable));
        fs::remove_file(&path).expect("removed");
        assert_eq!(folder.look(), PrinterState::Ready { paper_low: false });
        assert_eq!(print(&mut folder, "A001", 1), Outcome::Done(Seen::Confirmed));
        fs::remove_dir_all(&path).expect("removed");
        assert_eq!(folder.look(), PrinterState::Ready { paper_low: false }, "made again");
    }

    #[test]
    fn a_name_never_leads_out_of_the_folder() {
        let home = tempfile::tempdir().expect("a folder");
        let mut folder = Folder::new(home.path().join("badges"));
        assert_eq!(print(&mut folder, "../A001", 1), Outcome::Done(Seen::Confirmed));
        assert_eq!(names(home.path()), ["badges"]);
    }
}
