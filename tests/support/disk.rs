//! A small disk of its own, for tests that fill it, make it read-only or take it away.

use std::process::Command;

/// A file system of its own in memory; gone with the value.
pub struct Disk(pub tempfile::TempDir);

impl Disk {
    pub fn of(size: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).status();
        assert!(mounted.unwrap().success(), "this test mounts a small disk and needs to be root");
        Self(folder)
    }

    pub fn again(&self, how: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(self.0.path()).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}
