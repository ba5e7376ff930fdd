//! The back: printer and mail, each on a thread of its own. Takes errands, tells what came of them;
//! never touches the book.

mod files;
pub mod mail;
pub mod printer;
mod runner;

use crate::config::Config;
use crate::errand::{Errand, Kind, Report};
use crate::paper::badge::Presses;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// How the back tells: called on its threads, must not block.
pub type Tell = Arc<dyn Fn(Report) + Send + Sync>;

/// The runners of both kinds. They end when this is dropped and their last errand is run.
#[derive(Debug)]
pub struct Back {
    badges: Sender<Errand>,
    letters: Sender<Errand>,
}

impl Back {
    /// Starts the runners.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start(config: &Config, presses: Presses, tell: Tell) -> std::io::Result<Self> {
        let (badges, badge_errands) = channel();
        let (letters, letter_errands) = channel();
        let printer = printer::Printer::new(&config.printer);
        let post = runner::post(config);
        let told = Arc::clone(&tell);
        thread::Builder::new()
            .name("printer".to_owned())
            .spawn(move || runner::run_badges(printer, &presses, &badge_errands, &told))?;
        thread::Builder::new()
            .name("mail".to_owned())
            .spawn(move || runner::run_letters(post, &letter_errands, &tell))?;
        Ok(Self { badges, letters })
    }

    /// Hands an errand to its runner.
    pub fn run(&self, errand: Errand) {
        let runner = match errand.work.kind() {
            Kind::Badge => &self.badges,
            Kind::Letter => &self.letters,
        };
        // A runner outlives every panic of its work; it is only gone when the program is ending, and then
        // the book has the errand as `sending` and the next start takes it up.
        if runner.send(errand).is_err() {
            tracing::error!("a runner is gone");
        }
    }
}
