//! `[camera]`: where photos for badges come from.

use super::table::Table;
use std::path::PathBuf;

/// Where photos for badges come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Camera {
    /// A V4L2 device.
    Device(PathBuf),
    /// Always this picture (PNG), for trying out.
    Picture(PathBuf),
}

impl Camera {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        match (table.path("device"), table.path("picture")) {
            (Some(device), None) => Some(Self::Device(device)),
            (None, Some(picture)) => Some(Self::Picture(picture)),
            (None, None) if table.says("device") || table.says("picture") => None,
            _ => {
                table.wrong("[camera]: either a device is expected, or a picture to try out without one");
                None
            }
        }
    }
}
