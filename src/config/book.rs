//! `[book]`: the SQLite file.

use super::table::Table;
use super::values::truth;
use std::path::PathBuf;

/// The SQLite file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Where it is.
    pub path: PathBuf,
    /// Whether an empty book is given sample hosts and invitations.
    pub samples: bool,
}

impl Book {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        Self {
            path: table.path("path").unwrap_or_else(|| table.in_folder(&default.path)),
            // Invented codes that everybody can read are for trying out: no file has them unasked.
            samples: table.key("samples", truth).unwrap_or(false),
        }
    }
}
