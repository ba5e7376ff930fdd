//! How full the book's disk is: looked at every minute, told when it changes. Changes nothing.

use super::Tell;
use crate::errand::Report;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often the disk is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How much of the disk that holds this is free, in percent; none where the system does not say.
pub fn free_percent(path: &Path) -> Option<u8> {
    let folder = path.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let disk = rustix::fs::statvfs(folder).ok()?;
    // What only root may use is nobody's.
    let percent = disk.f_bavail.saturating_mul(100).checked_div(disk.f_blocks)?;
    Some(u8::try_from(percent).unwrap_or(100))
}

/// Tells until the desk is gone.
pub(super) fn run(book: &Path, end: &Receiver<()>, tell: &Tell) {
    let mut last = None;
    loop {
        let free = free_percent(book);
        if let Some(free) = free.filter(|_| free != last) {
            tell(Report::Disk(free));
        }
        last = free;
        if end.recv_timeout(LOOK_EVERY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}
