//! Files that are there whole or not at all, also after a power cut.

use crate::errand::Trouble;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Writes a file under another name, syncs it, and only then gives it its own.
///
/// # Errors
/// What the system says; a file of this name is then as it was.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder_of(file))?;
    whole(file, |mut part| part.write_all(bytes))
}

/// The same, written by and by, into a folder that is there. Only the kiosk's user may read it: it tells of visitors.
///
/// # Errors
/// What `write` says, or the system; a file of this name is then as it was.
pub fn whole<E: From<io::Error>>(file: &Path, write: impl FnOnce(&File) -> Result<(), E>) -> Result<(), E> {
    let mut half = file.as_os_str().to_owned();
    half.push(".part");
    let half = Half(half.into());
    let _ = fs::remove_file(&half.0);
    let part = File::options().write(true).create_new(true).mode(0o600).open(&half.0)?;
    write(&part)?;
    part.sync_all()?;
    fs::rename(&half.0, file)?;
    Ok(File::open(folder_of(file))?.sync_all()?)
}

/// A file that is being written. Half a file helps nobody: unless it got its name it is removed, also where what writes
/// it panics. Where it cannot be removed either, the next try writes over it.
struct Half(PathBuf);

impl Drop for Half {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// What a folder that refused a file has.
pub fn trouble(problem: &io::Error) -> Trouble {
    if is_full(problem) { Trouble::DiskFull } else { Trouble::FolderUnwritable }
}

/// Whether there is no room left: on the disk, or of what this user may have of it.
pub fn is_full(problem: &io::Error) -> bool {
    matches!(problem.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// The folder that a file is in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a folder is there, or can be made, and takes a file.
///
/// # Errors
/// What the system says.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    write_whole(&probe, b"")?;
    fs::remove_file(probe)
}
