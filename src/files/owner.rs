//! Whose a file is. A command that root runs beside the kiosk must not take a file away from it, and what tells of
//! visitors is read by nobody else: each file belongs to whoever owns the one it goes with, with mode 0600.

use super::folder_of;
use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::process::{Gid, Uid, getegid, geteuid};
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, fchown};
use std::path::Path;

/// Its owner reads and writes it, and nobody else.
const FILE: u32 = 0o600;
const FOLDER: u32 = 0o700;
/// The bits of a mode that are rights.
const RIGHTS: u32 = 0o7777;

/// Whose something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The user's number.
    pub user: u32,
    /// The group's number.
    pub group: u32,
}

impl Owner {
    /// Whose files that go with this one are: its own owner's. Where it is not there yet, what root makes is its folder's
    /// owner's; what anybody else makes is theirs.
    ///
    /// # Errors
    /// The file cannot be seen.
    pub fn beside(file: &Path) -> io::Result<Self> {
        match fs::metadata(file) {
            Ok(found) => Ok(Self { user: found.uid(), group: found.gid() }),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Self::within(folder_of(file)),
            Err(problem) => Err(problem),
        }
    }

    /// Whose files in this folder are, or in the nearest one above that is there.
    ///
    /// # Errors
    /// The folder cannot be seen.
    pub fn within(folder: &Path) -> io::Result<Self> {
        if !geteuid().is_root() {
            return Ok(Self::own());
        }
        let found = fs::metadata(nearest(folder)?)?;
        Ok(Self { user: found.uid(), group: found.gid() })
    }

    fn own() -> Self {
        Self { user: geteuid().as_raw(), group: getegid().as_raw() }
    }
}

/// The folder, or the nearest one above it that is there.
fn nearest(folder: &Path) -> io::Result<&Path> {
    for folder in folder.ancestors() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if folder.try_exists()? {
            return Ok(folder);
        }
    }
    Ok(Path::new("."))
}

/// Makes a folder, and those above it that are not there, for the owner of the one that is.
///
/// # Errors
/// What the system says.
pub fn make_folders(folder: &Path) -> io::Result<()> {
    let there = nearest(folder)?;
    let owner = Owner::within(there)?;
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|folder| *folder != there && !folder.as_os_str().is_empty()).collect();
    for folder in missing.into_iter().rev() {
        match DirBuilder::new().mode(FOLDER).create(folder) {
            Ok(()) => {
                let made = File::open(folder)?;
                fit(&made, owner, FOLDER)?;
            }
            // Somebody was quicker.
            Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {}
            Err(problem) => return Err(problem),
        }
    }
    if folder.as_os_str().is_empty() || folder.is_dir() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::NotADirectory, "it is no folder"))
    }
}

/// Makes a file that must not be there.
///
/// # Errors
/// What the system says, or it would be nobody's who may use it; there is no file then.
pub fn make(file: &Path, owner: Owner) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let made = File::from(rustix::fs::open(file, flags, Mode::from_raw_mode(FILE))?);
    fit(&made, owner, FILE).inspect_err(|_| {
        let _ = fs::remove_file(file);
    })?;
    Ok(made)
}

/// Opens a file for writing, as it is, or makes it. One that is there becomes the owner's, where root opens it.
///
/// # Errors
/// What the system says; it is no plain file; or it would be nobody's who may use it.
pub fn open_or_make(file: &Path, owner: Owner) -> io::Result<File> {
    // A pipe is not waited for, and no link leads root elsewhere.
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    loop {
        match rustix::fs::open(file, flags, Mode::empty()) {
            Ok(opened) => {
                let opened = File::from(opened);
                if !opened.metadata()?.is_file() {
                    return Err(io::Error::other("it is no plain file"));
                }
                keep(&opened, owner)?;
                return Ok(opened);
            }
            Err(rustix::io::Errno::NOENT) => match make(file, owner) {
                Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made,
            },
            Err(problem) => return Err(problem.into()),
        }
    }
}

/// A file that another program has made, such as SQLite's log, becomes the owner's with mode 0600, where whoever runs
/// this may do so. It is not opened: closing it would take SQLite's locks away.
///
/// # Errors
/// What the system says.
pub fn give(file: &Path, owner: Owner) -> io::Result<()> {
    let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let found = File::from(rustix::fs::open(file, flags, Mode::empty())?);
    let is = found.metadata()?;
    if !is.is_file() || !may_give(&is) {
        return Ok(());
    }
    if geteuid().is_root() && (is.uid(), is.gid()) != (owner.user, owner.group) {
        let (user, group) = (Uid::from_raw(owner.user), Gid::from_raw(owner.group));
        rustix::fs::chownat(&found, "", Some(user), Some(group), AtFlags::EMPTY_PATH)?;
    }
    if is.mode() & RIGHTS != FILE {
        use std::os::fd::AsRawFd;
        let path = format!("/proc/self/fd/{}", found.as_raw_fd());
        rustix::fs::chmod(path, Mode::from_raw_mode(FILE))?;
    }
    Ok(())
}

/// A file with a second name may be something else's too: its rights are left alone.
fn may_give(found: &fs::Metadata) -> bool {
    let own = geteuid();
    found.nlink() == 1 && (own.is_root() || own.as_raw() == found.uid())
}

fn keep(file: &File, owner: Owner) -> io::Result<()> {
    let found = file.metadata()?;
    if may_give(&found) { fit_as(file, &found, owner, FILE) } else { Ok(()) }
}

/// What was just made.
fn fit(file: &File, owner: Owner, mode: u32) -> io::Result<()> {
    let found = file.metadata()?;
    if found.uid() != owner.user && !geteuid().is_root() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            format!(
                "it would belong to the user {}, and the user {} could not use it: run this as that user",
                found.uid(),
                owner.user
            ),
        ));
    }
    fit_as(file, &found, owner, mode)
}

fn fit_as(file: &File, found: &fs::Metadata, owner: Owner, mode: u32) -> io::Result<()> {
    if geteuid().is_root() && (found.uid(), found.gid()) != (owner.user, owner.group) {
        fchown(file, Some(owner.user), Some(owner.group))?;
    }
    if found.mode() & RIGHTS != mode {
        rustix::fs::fchmod(file, Mode::from_raw_mode(mode))?;
    }
    Ok(())
}
