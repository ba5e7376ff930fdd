//! The book is looked over once a week, on a thread of its own and beside the kiosk: it reads the book's file through a
//! connection of its own and writes nothing.

use super::Tell;
use super::runner::unharmed;
use crate::book;
use crate::errand::Report;
use crate::now::{Now, Tick};
use chrono::Local;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// The first page has been on the screen for long by then.
const FIRST: Duration = Duration::from_secs(60);
/// How often it is asked whether a week has passed.
const ASK_EVERY: Duration = Duration::from_secs(60 * 60);

/// Looks over until the desk is gone.
pub(super) fn run(book: &Path, end: &Receiver<()>, tell: &Tell) {
    let mut wait = FIRST;
    while end.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = ASK_EVERY;
        let now = Now::new(Tick::default(), Local::now().fixed_offset());
        let looked = unharmed(Ok(None), || match book::wants_look_over(book, now)? {
            true => book::look_over(book).map(Some),
            false => Ok(None),
        });
        match looked {
            Ok(Some(faults)) => {
                tracing::info!(faults = faults.len(), "the book was looked over");
                tell(Report::LookedOver(faults));
            }
            Ok(None) => {}
            Err(problem) => tracing::warn!("the book was not looked over: {problem}"),
        }
    }
}
