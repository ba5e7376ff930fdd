//! Files that are there whole or not at all, also after a power cut.

use super::{Owner, folder_of, make, make_folders, named, with};
use rustix::fs::{CWD, RenameFlags};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How the name of a file goes on while it is being written.
const HALF: &str = ".part";

/// Writes a file under another name, syncs it, and only then gives it its own.
///
/// # Errors
/// What the system says; a file of this name is then as it was.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    make_folders(folder_of(file))?;
    whole(file, |mut part| part.write_all(bytes))
}

/// The same, written by and by, into a folder that is there. Only its owner may read it: it tells of visitors.
///
/// # Errors
/// What `write` says, or the system; a file of this name is then as it was.
pub fn whole<E: From<io::Error>>(file: &Path, write: impl FnOnce(&File) -> Result<(), E>) -> Result<(), E> {
    let owner = Owner::within(folder_of(file)).map_err(E::from)?;
    written(file, owner, write, |half, file| fs::rename(half, file))
}

/// A new file for this owner; its folder is made where it is not there.
///
/// # Errors
/// It is there already, or what the system says; there is none then that was not there before.
pub fn new_whole(file: &Path, owner: Owner, bytes: &[u8]) -> io::Result<()> {
    make_folders(folder_of(file))?;
    written(
        file,
        owner,
        |mut part: &File| part.write_all(bytes),
        |half, file| {
            match rustix::fs::renameat_with(CWD, half, CWD, file, RenameFlags::NOREPLACE) {
                // Some disks cannot look and rename at once.
                Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) if !file.try_exists()? => {
                    fs::rename(half, file)
                }
                renamed => Ok(renamed?),
            }
        },
    )
}

fn written<E: From<io::Error>>(
    file: &Path,
    owner: Owner,
    write: impl FnOnce(&File) -> Result<(), E>,
    rename: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> Result<(), E> {
    // The new one takes the place of a file, and of nothing else that has its name.
    named::plain_or_none(file).map_err(E::from)?;
    let half = Half(with(file, HALF));
    let _ = fs::remove_file(&half.0);
    let part = make(&half.0, owner)?;
    write(&part)?;
    part.sync_all()?;
    rename(&half.0, file)?;
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

/// Whether a folder is there, or can be made, and takes a file.
///
/// # Errors
/// What the system says.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    write_whole(&probe, b"")?;
    fs::remove_file(probe)
}
