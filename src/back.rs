//! The back: printer, mail, camera and files, each on a thread of its own. Takes errands, tells what came of them. Of
//! the book it writes nothing but the journal's line that visits leave it in a file.

pub mod camera;
pub mod copies;
pub mod deaf;
pub mod disk;
pub mod exports;
pub mod limits;
mod look_over;
pub mod mail;
pub mod printer;
mod runner;
mod sweep;

use crate::config::Config;
use crate::errand::{Errand, Kind, Report};
use crate::now::Wall;
use crate::paper::badge::Presses;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// How the back tells: called on its threads, must not block.
pub type Tell = Arc<dyn Fn(Report) + Send + Sync>;

/// The runners of every kind. They end when this is dropped and their last errand is run.
#[derive(Debug)]
pub struct Back {
    badges: Sender<Errand>,
    letters: Sender<Errand>,
    files: Sender<Errand>,
    /// None: there is no camera.
    photos: Option<Sender<u32>>,
    /// The disk is looked at as long as this lives.
    disk: Sender<Wall>,
    /// Held: the book is looked over as long as this lives.
    _looks: Sender<()>,
}

impl Back {
    /// Starts the runners; `torn`: a piece of the last paper may hang in the printer, as the book tells.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start(config: &Config, presses: Presses, torn: bool, tell: Tell) -> std::io::Result<Self> {
        let (badges, badge_errands) = channel();
        let (letters, letter_errands) = channel();
        let (printer, width) = (printer::Printer::new(&config.printer, torn), config.printer.width);
        let post = runner::post(config);
        let (files, file_errands) = channel();
        let (told_by_printer, told) = (Arc::clone(&tell), Arc::clone(&tell));
        let (told_by_files, book) = (Arc::clone(&tell), config.book.path.clone());
        let exporter = exports::Exporter::new(config);
        let sweep = sweep::Sweep::new(config);
        thread::Builder::new()
            .name("printer".to_owned())
            .spawn(move || runner::run_paper(printer, &presses, width, &badge_errands, &told_by_printer))?;
        thread::Builder::new()
            .name("mail".to_owned())
            .spawn(move || runner::run_letters(post, &letter_errands, &told))?;
        thread::Builder::new()
            .name("files".to_owned())
            .spawn(move || copies::run_files(&book, &exporter, &sweep, &file_errands, &told_by_files))?;
        let (disk, forget) = channel();
        let kept = disk::Kept::of(config);
        let (book, told_by_disk) = (config.book.path.clone(), Arc::clone(&tell));
        thread::Builder::new()
            .name("disk".to_owned())
            .spawn(move || disk::run(&book, &kept, &forget, &told_by_disk))?;
        let (looks, looks_end) = channel();
        let (book, told_by_looks) = (config.book.path.clone(), Arc::clone(&tell));
        thread::Builder::new()
            .name("look-over".to_owned())
            .spawn(move || look_over::run(&book, &looks_end, &told_by_looks))?;
        let photos = match config.camera.clone() {
            Some(camera) => {
                let (photos, wanted) = channel();
                thread::Builder::new()
                    .name("camera".to_owned())
                    .spawn(move || camera::run(&camera, &wanted, &tell))?;
                Some(photos)
            }
            None => None,
        };
        Ok(Self { badges, letters, files, photos, disk, _looks: looks })
    }

    /// Asks for the photo with this number; it is told later.
    pub fn take_photo(&self, number: u32) {
        if self.photos.as_ref().is_none_or(|photos| photos.send(number).is_err()) {
            tracing::error!("there is no camera");
        }
    }

    /// Removes badges and mails from folders that were put there before this.
    pub fn forget(&self, before: Wall) {
        if self.disk.send(before).is_err() {
            tracing::error!("nobody looks at the disk");
        }
    }

    /// Hands an errand to its runner.
    pub fn run(&self, errand: Errand) {
        let runner = match errand.work.kind() {
            Kind::Paper => &self.badges,
            Kind::Letter => &self.letters,
            Kind::File => &self.files,
        };
        // A runner outlives every panic of its work; it is only gone when the program is ending, and then
        // the book has the errand as `sending` and the next start takes it up.
        if runner.send(errand).is_err() {
            tracing::error!("a runner is gone");
        }
    }
}
