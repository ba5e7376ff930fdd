//! The folder of a tour: one that it made itself. A file in it says so and names what was written, so that the next tour
//! removes that and nothing else; a kiosk's own book is never in it.

use crate::book;
use crate::config::Config;
use crate::files::{folder_of, make_folders, with};
use anyhow::{Context, bail, ensure};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// The file that marks a folder of tours; each line names a file that one wrote.
const MARK: &str = ".frontdesk-tour";
/// The book of a tour, and what else comes to be in its folder.
const BOOK: &str = "book/frontdesk.db";
const BESIDE: [&str; 4] = ["-wal", "-shm", ".lock", ".copying"];
const PEPPER: &str = "book/pepper";

/// A tour of every journey takes seconds with files for devices, and minutes with real ones.
const LONGEST_TOUR: Duration = Duration::from_secs(3600);

/// A folder that is a tour's own.
pub(super) struct Folder {
    path: PathBuf,
    mark: File,
    written: HashSet<String>,
}

impl Folder {
    /// Takes the folder for a tour, and removes what the last one wrote into it.
    ///
    /// # Errors
    /// No tour made it, it is in use, or the kiosk of this configuration has its own files there; nothing was removed.
    pub fn take(path: &Path, config: &Config) -> anyhow::Result<Self> {
        let shown = path.display();
        refuse_own(path, config)?;
        let is_new = match fs::symlink_metadata(path) {
            Err(problem) if problem.kind() == ErrorKind::NotFound => {
                make_folders(path).with_context(|| format!("{shown}"))?;
                true
            }
            Err(problem) => return Err(problem).with_context(|| format!("{shown}")),
            Ok(_) => {
                let found = fs::metadata(path).with_context(|| format!("{shown}"))?;
                ensure!(found.is_dir(), "{shown} is no folder; name another one with --out");
                let own = rustix::process::geteuid().as_raw();
                ensure!(
                    found.uid() == own,
                    "{shown} belongs to the user {}, and this is the user {own}; name another folder with --out",
                    found.uid()
                );
                fs::read_dir(path)?.next().is_none()
            }
        };
        let mark = path.join(MARK);
        let written = if is_new { Vec::new() } else { read(&mark, path)? };
        let book = path.join(BOOK);
        ensure!(
            !book::is_in_use(&book)?,
            "{} is in use by another tour or by a kiosk; name another folder with --out",
            book.display()
        );
        refuse_strange(&mark, &book)?;
        written.iter().for_each(|name| remove(path, name));
        let _ = fs::remove_dir(folder_of(&book));
        let mark = File::create(&mark).with_context(|| format!("{}", mark.display()))?;
        Ok(Self { path: path.to_owned(), mark, written: HashSet::new() })
    }

    /// The file of this name, which is about to be written.
    ///
    /// # Errors
    /// Somebody else has put one there, or the folder cannot be written.
    pub fn file(&mut self, name: &str) -> anyhow::Result<PathBuf> {
        let file = self.path.join(name);
        if self.written.contains(name) {
            return Ok(file);
        }
        if fs::symlink_metadata(&file).is_ok() {
            bail!(
                "{} is there, and no tour wrote it; move it away, or name another folder with --out",
                file.display()
            );
        }
        // Noted first: what a power cut leaves is known.
        writeln!(self.mark, "{name}").with_context(|| format!("{}", self.path.join(MARK).display()))?;
        self.written.insert(name.to_owned());
        Ok(file)
    }

    /// The book, and the pepper beside it.
    ///
    /// # Errors
    /// As [`Folder::file`].
    pub fn book(&mut self) -> anyhow::Result<(PathBuf, PathBuf)> {
        for end in BESIDE {
            self.file(&with(Path::new(BOOK), end).to_string_lossy())?;
        }
        Ok((self.file(BOOK)?, self.file(PEPPER)?))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// What a kiosk of its own has below the folder is no tour's.
fn refuse_own(path: &Path, config: &Config) -> anyhow::Result<()> {
    let own = [
        ("[book] path", Some(config.book.path.as_path())),
        ("[staff] pepper_file", Some(config.staff.pepper_file.as_path())),
        ("[export] folder", config.export.as_deref()),
        ("[backup] folder", config.backup.as_ref().map(|backup| backup.folder.as_path())),
    ];
    let out = real(path)?;
    for (key, place) in own.into_iter().filter_map(|(key, place)| Some((key, place?))) {
        // A folder of files that is a tour's own by name is nobody's before one has been there.
        ensure!(
            !real(place)?.starts_with(&out),
            "{key} {} lies below {}: the tour does not write there; name another folder with --out",
            place.display(),
            path.display()
        );
    }
    Ok(())
}

/// A book that was put there after the tour, or is written in by a kiosk since, is not the tour's.
fn refuse_strange(mark: &Path, book: &Path) -> anyhow::Result<()> {
    let changed = |file: &Path| fs::symlink_metadata(file).and_then(|found| found.modified());
    let (Ok(marked), Ok(written)) = (changed(mark), changed(book)) else { return Ok(()) };
    ensure!(
        written <= marked + LONGEST_TOUR,
        "{} was written after the last tour; move it away, or name another folder with --out",
        book.display()
    );
    Ok(())
}

/// A path without links, also of what is not there yet.
fn real(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for above in path.ancestors() {
        if let Ok(found) = fs::canonicalize(above) {
            return Ok(found.join(path.strip_prefix(above)?));
        }
    }
    Ok(path)
}

/// What the last tour wrote.
fn read(mark: &Path, folder: &Path) -> anyhow::Result<Vec<String>> {
    let is_file = fs::symlink_metadata(mark).is_ok_and(|found| found.is_file());
    ensure!(
        is_file,
        "{} is there, and no tour made it: a tour writes into a folder of its own only; name one that is not there yet \
         with --out, or remove this one yourself",
        folder.display()
    );
    let text = fs::read_to_string(mark).with_context(|| format!("{}", mark.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Removes one file, never through a link.
fn remove(folder: &Path, name: &str) {
    let name = Path::new(name);
    let is_below = name.components().all(|part| matches!(part, Component::Normal(_)));
    let is_plain = |found: fs::Metadata| found.is_file() || found.is_dir();
    let mut way: Vec<&Path> = name.ancestors().filter(|part| !part.as_os_str().is_empty()).collect();
    way.reverse();
    let all_plain = way.iter().all(|part| fs::symlink_metadata(folder.join(part)).is_ok_and(is_plain));
    if is_below && all_plain {
        let _ = fs::remove_file(folder.join(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn config(book: &Path) -> Config {
        let mut config = Config::built_in();
        config.book.path = book.to_owned();
        config.staff.pepper_file = book.with_file_name("pepper");
        config.export = None;
        config
    }

    /// All that is below a folder, with what stands in it.
    fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.extend(everything(&path));
            }
            all.push((path.clone(), fs::read(&path).unwrap_or_default()));
        }
        all.sort();
        all
    }

    #[test]
    fn folders_that_no_tour_made_are_left_as_they_are() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        let kiosk = config(&at("kiosk/frontdesk.db"));
        let put = |name: &str, text: &str| {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), text).unwrap();
        };
        put("kiosk/frontdesk.db", "the real book");
        put("other/book/frontdesk.db", "a real book too");
        put("other/001-holiday.png", "a picture");
        put("pictures/001-welcome.png", "mine");
        put("file", "no folder");
        put("marked-by-a-folder/.frontdesk-tour/x", "no mark");
        put("above/kiosk/x", "");
        symlink(at("kiosk"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        let before = everything(home.path());
        for (name, said) in [
            ("kiosk", "[book] path"),
            ("link", "[book] path"),
            ("", "[book] path"),
            (".", "[book] path"),
            ("other/../kiosk", "[book] path"),
            ("other", "no tour made it"),
            ("other/book", "no tour made it"),
            ("pictures", "no tour made it"),
            ("marked-by-a-folder", "no tour made it"),
            ("file", "is no folder"),
            ("dangling", "dangling"),
        ] {
            let refused = Folder::take(&at(name), &kiosk).map(drop).unwrap_err();
            assert!(format!("{refused:#}").contains(said), "{name}: {refused:#}");
            assert_eq!(everything(home.path()), before, "{name}");
        }
        // The pepper, exports and copies of a kiosk are not a tour's either, also before they are there.
        let mut kiosk = config(&at("elsewhere/frontdesk.db"));
        kiosk.staff.pepper_file = at("new/secret/pepper");
        assert!(Folder::take(&at("new"), &kiosk).is_err() && !at("new").exists());
        kiosk.export = Some(at("fresh/exports"));
        assert!(Folder::take(&at("fresh"), &kiosk).is_err() && !at("fresh").exists());
    }

    #[test]
    fn the_next_tour_removes_what_the_last_one_wrote_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let (out, kiosk) = (home.path().join("deep/tour"), config(&home.path().join("kiosk/frontdesk.db")));
        let mut tour = Folder::take(&out, &kiosk).unwrap();
        fs::write(tour.file("001-welcome.png").unwrap(), "a page").unwrap();
        let (book, pepper) = tour.book().unwrap();
        fs::create_dir(book.parent().unwrap()).unwrap();
        fs::write(&book, "its book").unwrap();
        fs::write(&pepper, "its pepper").unwrap();
        drop(tour);
        for (name, text) in [("002-holiday.png", "mine"), ("book/notes.txt", "mine too"), ("tour.json", "{}")]
        {
            fs::write(out.join(name), text).unwrap();
        }
        let mut tour = Folder::take(&out, &kiosk).unwrap();
        assert!(!out.join("001-welcome.png").exists() && !book.exists() && !pepper.exists());
        assert_eq!(fs::read(out.join("002-holiday.png")).unwrap(), b"mine");
        assert_eq!(fs::read(out.join("book/notes.txt")).unwrap(), b"mine too");
        // And what is in the way is not written over.
        for name in ["002-holiday.png", "tour.json"] {
            let refused = tour.file(name).unwrap_err().to_string();
            assert!(refused.contains("no tour wrote it"), "{refused}");
        }
        assert!(tour.file("001-welcome.png").is_ok() && tour.file("001-welcome.png").is_ok());
        drop(tour);
        // Somebody has put a real book where a tour's was, and a link where its folder was.
        fs::write(out.join("book/frontdesk.db"), "a real one").unwrap();
        let mut tour = Folder::take(&out, &kiosk).unwrap();
        assert!(tour.book().is_err() && out.join("book/frontdesk.db").exists());
        drop(tour);
        fs::write(out.join(MARK), "../kiosk\nlinked/frontdesk.db\n/etc/hostname\n\n").unwrap();
        fs::create_dir(home.path().join("kiosk")).unwrap();
        fs::write(home.path().join("kiosk/frontdesk.db"), "the real book").unwrap();
        symlink(home.path().join("kiosk"), out.join("linked")).unwrap();
        drop(Folder::take(&out, &kiosk).unwrap());
        assert!(home.path().join("kiosk/frontdesk.db").exists() && Path::new("/etc/hostname").exists());
    }

    #[test]
    fn a_book_that_was_written_after_the_tour_is_not_its_own() {
        let home = tempfile::tempdir().unwrap();
        let (out, kiosk) = (home.path().join("tour"), config(&home.path().join("kiosk/frontdesk.db")));
        let (book, _) = Folder::take(&out, &kiosk).unwrap().book().unwrap();
        fs::create_dir(book.parent().unwrap()).unwrap();
        fs::write(&book, "a real one").unwrap();
        let later = fs::metadata(out.join(MARK)).unwrap().modified().unwrap() + 2 * LONGEST_TOUR;
        File::options().append(true).open(&book).unwrap().set_modified(later).unwrap();
        let refused = Folder::take(&out, &kiosk).map(drop).unwrap_err();
        assert!(refused.to_string().contains("was written after the last tour"), "{refused}");
        assert_eq!(fs::read(&book).unwrap(), b"a real one");
    }

    #[test]
    fn a_book_that_is_in_use_stays() {
        let home = tempfile::tempdir().unwrap();
        let (out, kiosk) = (home.path().join("tour"), config(&home.path().join("kiosk/frontdesk.db")));
        let (book, _) = Folder::take(&out, &kiosk).unwrap().book().unwrap();
        let now = crate::front::clock::Clock::start().now();
        let open = book::Book::open(&book, kiosk.reception.clone(), now).unwrap();
        let refused = Folder::take(&out, &kiosk).map(drop).unwrap_err();
        assert!(refused.to_string().contains("is in use"), "{refused}");
        assert!(open.in_place().is_ok() && book.exists());
        drop(open);
        drop(Folder::take(&out, &kiosk).unwrap());
        assert!(!book.exists());
    }
}
