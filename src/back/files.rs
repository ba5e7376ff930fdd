//! Files that are there whole or not at all, also after a power cut.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file under another name, syncs it, and only then gives it its own.
///
/// # Errors
/// What the system says; a file of this name is then as it was.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut half = file.as_os_str().to_owned();
    half.push(".part");
    let written = File::create(&half).and_then(|mut part| {
        part.write_all(bytes)?;
        part.sync_all()
    });
    let named = written.and_then(|()| fs::rename(&half, file)).and_then(|()| File::open(folder)?.sync_all());
    if named.is_err() {
        // Half a file helps nobody; where it cannot be removed either, the next try writes over it.
        let _ = fs::remove_file(&half);
    }
    named
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
