//! `[scanner]`: the QR scanner.

use super::table::Table;
use super::values::{number, text};
use std::path::PathBuf;

/// The QR scanner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scanner {
    /// A serial device; without it, the scanner types like a keyboard.
    pub device: Option<PathBuf>,
    /// The serial device's speed in baud.
    pub baud: u32,
    /// What the scanner is set to send before each code; may be empty, and hold control characters.
    pub prefix: String,
    /// What it is set to send behind each code besides Enter; may be empty.
    pub suffix: String,
}

impl Scanner {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        Self {
            device: table.path("device"),
            baud: table.key("baud", number(300..=4_000_000)).unwrap_or(default.baud),
            prefix: table.key("prefix", text).unwrap_or_else(|| default.prefix.clone()),
            suffix: table.key("suffix", text).unwrap_or_else(|| default.suffix.clone()),
        }
    }
}
