//! Mails as `.eml` files in a folder: for trying out, and where another program sends them on.

use crate::errand::{ErrandId, Outcome, Seen, Trouble};
use crate::files;
use lettre::Message;
use std::path::{Path, PathBuf};

/// The folder.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// One file an errand, named by it: sent again after a power cut, it is still one.
    pub fn put(&self, messages: &[(ErrandId, Message)], report: &mut dyn FnMut(ErrandId, Outcome)) {
        for (id, message) in messages {
            let file = self.0.join(format!("{}.eml", id.0));
            report(
                *id,
                match files::write_whole(&file, &message.formatted()) {
                    Ok(()) => Outcome::Done(Seen::Confirmed),
                    Err(problem) => {
                        tracing::warn!("{}: {problem}", self.0.display());
                        Outcome::NotYet(Trouble::of_folder(&problem))
                    }
                },
            );
        }
    }

    pub fn probe(&self) -> Result<(), Trouble> {
        files::try_folder(&self.0).map_err(|problem| Trouble::of_folder(&problem))
    }
}
