//! A small disk of its own, for tests that fill it, make it read-only or take it away.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The file that fills a disk.
const BALLAST: &str = "ballast";

/// A file system of its own in memory; gone with the value.
pub struct Disk {
    path: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl Disk {
    /// Of this size, such as `2m`, in a folder of its own.
    pub fn of(size: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Self::at(folder.path().to_owned(), size);
        disk._folder = Some(folder);
        disk
    }

    /// Of this size, on this folder.
    pub fn at(path: PathBuf, size: &str) -> Self {
        fs::create_dir_all(&path).unwrap();
        let options = format!("size={size}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&path).status();
        assert!(mounted.unwrap().success(), "this test mounts a small disk and needs to be root");
        Self { path, _folder: None }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn again(&self, how: &str) {
        let options = format!("remount,{how}");
        let mount =
            || Command::new("mount").args(["-o", &options]).arg(&self.path).status().unwrap().success();
        // A program that another test starts has our open files until it is there, and keeps the disk busy so long.
        assert!((0..200).any(|_| mount()));
    }

    /// Fills it to the last page.
    pub fn fill(&self) {
        let mut ballast = File::create(self.path.join(BALLAST)).unwrap();
        while ballast.write_all(&[7; 4096]).is_ok() {}
    }

    /// Gives back what filled it.
    pub fn free(&self) {
        fs::remove_file(self.path.join(BALLAST)).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.path).status();
    }
}
