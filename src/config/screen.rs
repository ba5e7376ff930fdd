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
    pub idle_seconds: Duration,
    /// How long the question stands before the page is reset; at least 20 s (WCAG 2.2.1).
    pub warning_seconds: Duration,
    /// How long the last page stays.
    pub thanks_seconds: Duration,
}

impl Screen {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        Self {
            fullscreen: table.key("fullscreen", truth).unwrap_or(default.fullscreen),
            idle_seconds: table.time("idle_seconds", 10..=3600, SECOND).unwrap_or(default.idle_seconds),
            warning_seconds: table
                .time("warning_seconds", 20..=3600, SECOND)
                .unwrap_or(default.warning_seconds),
            thanks_seconds: table.time("thanks_seconds", 10..=3600, SECOND).unwrap_or(default.thanks_seconds),
        }
    }
}
