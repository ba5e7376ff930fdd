//! `[screen]`: the touchscreen, and how long its pages wait.

use super::table::Table;
use super::values::truth;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// The touchscreen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screen {
    /// Whether the window fills the screen.
    pub fullscreen: bool,
    /// Without a touch for this long, the visitor is asked whether they are still there.
    pub idle: Duration,
    /// How long the question stands before the page is reset; at least 20 s (WCAG 2.2.1).
    pub warning: Duration,
    /// How long the last page stays.
    pub thanks: Duration,
}

impl Screen {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        Self {
            fullscreen: table.key("fullscreen", truth).unwrap_or(default.fullscreen),
            idle: table.time("idle_seconds", 10..=3600, SECOND).unwrap_or(default.idle),
            warning: table.time("warning_seconds", 20..=3600, SECOND).unwrap_or(default.warning),
            thanks: table.time("thanks_seconds", 10..=3600, SECOND).unwrap_or(default.thanks),
        }
    }
}
