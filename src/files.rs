//! Files: how one is made, whose it is then and who may read it; how it is written whole or not at all; and how one
//! that somebody named is opened. Knows nothing of what stands in them.

pub mod named;
mod owner;
mod whole;

pub use owner::{Owner, give, make, make_folders, open_or_make};
pub use whole::{new_whole, try_folder, whole, write_whole};

use std::io;
use std::path::{Path, PathBuf};

/// The folder that a file is in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether there is no room left: on the disk, or of what this user may have of it.
pub fn is_full(problem: &io::Error) -> bool {
    matches!(problem.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// How many bytes may still be written to the disk that holds this; none where the system does not say.
pub fn free_bytes(path: &Path) -> Option<u64> {
    let disk = disk_of(path)?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// What the system says of the disk that holds this, or will.
pub fn disk_of(path: &Path) -> Option<rustix::fs::StatVfs> {
    let folder = path.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    rustix::fs::statvfs(folder).ok()
}

/// The file whose name goes on so after another one's.
pub fn with(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
