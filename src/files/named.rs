//! Files that somebody named: in the configuration, or to a command. What is no plain file is refused before it is
//! opened: a pipe would be waited for, a device may do anything.

use rustix::fs::{Mode, OFlags};
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

/// A file that somebody wrote by hand is smaller than this.
pub const WRITTEN_BY_HAND: u64 = 1024 * 1024;

/// Whether a plain file is there.
///
/// # Errors
/// What the system says, or what is there instead.
pub fn plain(file: &Path) -> io::Result<()> {
    if file.as_os_str().as_bytes().contains(&0) {
        return Err(io::Error::new(ErrorKind::InvalidInput, "its name has a NUL character in it"));
    }
    refuse(fs::metadata(file)?.file_type())
}

/// The same, but for one that is not there yet.
///
/// # Errors
/// What the system says, or what is there instead.
pub fn plain_or_none(file: &Path) -> io::Result<()> {
    match plain(file) {
        Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(()),
        plain => plain,
    }
}

/// Opens a plain file for reading.
///
/// # Errors
/// What the system says, or what is there instead of a plain file.
pub fn open(file: &Path) -> io::Result<File> {
    plain(file)?;
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let opened = File::from(rustix::fs::open(file, flags, Mode::empty())?);
    // Somebody may have put something else there meanwhile.
    refuse(opened.metadata()?.file_type())?;
    Ok(opened)
}

/// Reads a plain file of at most so many bytes.
///
/// # Errors
/// As [`open`], or it is larger.
pub fn read(file: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(file)?.take(largest.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        let megabytes = largest / (1024 * 1024);
        let what = format!("it is larger than {megabytes} MB; is it the right file?");
        return Err(io::Error::new(ErrorKind::FileTooLarge, what));
    }
    Ok(bytes)
}

/// Reads a text that somebody wrote by hand.
///
/// # Errors
/// As [`read`], or it is not in UTF-8.
pub fn read_text(file: &Path) -> io::Result<String> {
    String::from_utf8(read(file, WRITTEN_BY_HAND)?)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not in UTF-8; save it again as UTF-8"))
}

fn refuse(kind: FileType) -> io::Result<()> {
    let (error, what) = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        (ErrorKind::IsADirectory, "it is a folder")
    } else if kind.is_fifo() {
        (ErrorKind::InvalidInput, "it is a pipe (FIFO)")
    } else if kind.is_socket() {
        (ErrorKind::InvalidInput, "it is a socket")
    } else if kind.is_char_device() || kind.is_block_device() {
        (ErrorKind::InvalidInput, "it is a device")
    } else {
        (ErrorKind::InvalidInput, "it is something else")
    };
    Err(io::Error::new(error, format!("{what}; a file is expected")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    #[test]
    fn only_plain_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("text"), "words").unwrap();
        fs::write(at("empty"), "").unwrap();
        fs::write(at("latin"), b"caf\xE9").unwrap();
        fs::write(at("large"), vec![b'x'; 1024 * 1024 + 1]).unwrap();
        fs::write(at("just"), vec![b'x'; 1024 * 1024]).unwrap();
        fs::create_dir(at("folder")).unwrap();
        let fifo = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(fifo.success());
        let _socket = UnixListener::bind(at("socket")).unwrap();
        symlink(at("text"), at("link")).unwrap();
        symlink(at("pipe"), at("link-to-pipe")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        for (name, said) in [
            ("text", None),
            ("empty", None),
            ("link", None),
            ("just", None),
            ("latin", Some("it is not in UTF-8")),
            ("large", Some("it is larger than 1 MB")),
            ("folder", Some("it is a folder; a file is expected")),
            ("pipe", Some("it is a pipe (FIFO); a file is expected")),
            ("link-to-pipe", Some("it is a pipe (FIFO); a file is expected")),
            ("socket", Some("it is a socket; a file is expected")),
            ("dangling", Some("No such file")),
            ("nothing", Some("No such file")),
            ("text/below", Some("Not a directory")),
            ("a\0b", Some("its name has a NUL character in it")),
            ("/dev/zero", Some("it is a device; a file is expected")),
        ] {
            // A name that begins with a slash stands for itself.
            let read = read_text(&at(name));
            match said {
                None => assert!(read.is_ok(), "{name:?}: {read:?}"),
                Some(said) => assert!(read.unwrap_err().to_string().contains(said), "{name:?}"),
            }
        }
        assert!(plain_or_none(&at("nothing")).is_ok() && plain(&at("nothing")).is_err());
        assert!(plain_or_none(&at("pipe")).is_err() && plain_or_none(&at("text/below")).is_err());
    }
}
