//! `[backup]`: the nightly copy of the book.

use super::table::Table;
use super::values::{number, parsed};
use crate::typed::time;
use chrono::NaiveTime;
use std::path::PathBuf;

/// When copies are made where nothing is said: nobody is here, and the clocks are not set at this hour.
const NIGHT: NaiveTime = NaiveTime::from_hms_opt(2, 30, 0).unwrap();

/// The nightly copy of the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// Where copies go.
    pub folder: PathBuf,
    /// So many are kept.
    pub keep: u32,
    /// When it is made.
    pub at: NaiveTime,
}

impl Backup {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let folder = table.path("folder");
        let keep = table.key("keep", number(1..=366)).unwrap_or(14);
        let at = table.key("at", parsed("a time such as \"02:30\"", time)).unwrap_or(NIGHT);
        if !table.says("folder") {
            table.wrong("[backup] folder: where copies go is expected");
        }
        folder.map(|folder| Self { folder, keep, at })
    }
}
