//! `[staff]`: the receptionists' own pages.

use super::table::Table;
use std::path::PathBuf;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// The receptionists' own pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staff {
    /// The file whose secret goes into every PIN's hash; made with the first PIN, readable by the kiosk only.
    pub pepper_file: PathBuf,
    /// Without a touch for this long, the pages are locked.
    pub lock_seconds: Duration,
}

impl Staff {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        let staff = Self {
            pepper_file: table.path("pepper_file").unwrap_or_else(|| table.in_folder(&default.pepper_file)),
            lock_seconds: table.time("lock_seconds", 15..=3600, SECOND).unwrap_or(default.lock_seconds),
        };
        for secret in ["pin", "pins", "pepper"] {
            table.refuse(secret, "secrets do not belong here; a PIN is set with `frontdesk pin set NAME`");
        }
        staff
    }
}
