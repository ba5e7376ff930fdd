//! `[company]`: whose kiosk this is.

use super::table::Table;
use super::values::{colour, filled, parsed};
use std::path::PathBuf;

/// Whose kiosk this is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// The name at the head of every page.
    pub name: String,
    /// The accent colour, 0xRRGGBB.
    pub accent: u32,
    /// A picture for the head of every page (PNG); the accent colour's square without one.
    pub logo: Option<PathBuf>,
}

impl Company {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        let accent = parsed("a colour such as \"#0E6B58\"", colour);
        Self {
            name: table.key("name", filled).unwrap_or_else(|| default.name.clone()),
            accent: table.key("accent", accent).unwrap_or(default.accent),
            logo: table.path("logo"),
        }
    }
}
