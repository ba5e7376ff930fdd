//! An X server whose screen is a file (Debian's xvfb), and a finger on it (xdotool). Owns starting and ending it.

use std::fs;
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::process::{Child, Command, Stdio};

/// An X server whose screen is a file.
pub struct Display {
    server: Child,
    /// What goes into `DISPLAY`.
    pub name: String,
    folder: tempfile::TempDir,
}

/// Where pixels are in the file, and how many.
struct Shape {
    begin: u64,
    line: u64,
    width: u32,
    height: u32,
}

impl Display {
    /// One whose screen has so many pixels.
    pub fn open(width: u32, height: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")])
            .args(["-nolisten", "tcp", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb (apt install xvfb)");
        let mut number = Vec::new();
        let mut out = server.stdout.take().expect("a pipe");
        let mut byte = [0];
        while out.read(&mut byte).expect("its number") == 1 && byte[0] != b'\n' {
            number.push(byte[0]);
        }
        let name = format!(":{}", String::from_utf8(number).expect("a number").trim());
        Self { server, name, folder }
    }

    fn file(&self) -> (fs::File, Shape) {
        let file = fs::File::open(self.folder.path().join("Xvfb_screen0")).expect("the screen");
        // XWDFile.h: the header's size is its first word, the number of 12-byte colours its 20th, big-endian.
        let word = |n: u64| {
            let mut word = [0; 4];
            file.read_exact_at(&mut word, n * 4).expect("the header");
            u32::from_be_bytes(word)
        };
        let shape = Shape {
            begin: u64::from(word(0)) + u64::from(word(19)) * 12,
            line: u64::from(word(12)),
            width: word(4),
            height: word(5),
        };
        (file, shape)
    }

    /// The brightness of a pixel near the upper left corner: 0 until something is drawn.
    pub fn pixel(&self) -> u32 {
        let (file, shape) = self.file();
        let mut pixel = [0; 4];
        file.read_exact_at(&mut pixel, shape.begin + 8 * shape.line + 8 * 4).expect("a pixel");
        u32::from_le_bytes(pixel) & 0x00FF_FFFF
    }

    /// The window with this title gets the whole screen, as a window manager would give it to a full-screen window.
    pub fn fill(&self, title: &str) {
        let (_, Shape { width, height, .. }) = self.file();
        let (width, height) = (width.to_string(), height.to_string());
        self.xdotool(&["search", "--name", title, "windowmove", "0", "0", "windowsize", &width, &height]);
    }

    /// A finger does something, in xdotool's words.
    pub fn xdotool(&self, words: &[&str]) -> String {
        let done = Command::new("xdotool").args(words).env("DISPLAY", &self.name).output();
        String::from_utf8(done.expect("xdotool (apt install xdotool)").stdout).expect("words")
    }

    /// What is to be seen, as the screen keeps it: four bytes a pixel.
    pub fn bytes(&self) -> Vec<u8> {
        let (file, Shape { begin, line, height, .. }) = self.file();
        let mut bytes = vec![0; line as usize * height as usize];
        file.read_exact_at(&mut bytes, begin).expect("the pixels");
        bytes
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What a finger and an eye do there.
#[allow(dead_code, reason = "the benches only tap and wait")]
impl Display {
    /// What is to be seen, as red, green and blue of each pixel.
    pub fn picture(&self) -> image::RgbImage {
        let (_, Shape { line, width, height, .. }) = self.file();
        let bytes = self.bytes();
        image::RgbImage::from_fn(width, height, |x, y| {
            let at = y as usize * line as usize + x as usize * 4;
            image::Rgb([bytes[at + 2], bytes[at + 1], bytes[at]])
        })
    }

    /// A finger comes down there and goes up again.
    pub fn tap(&self, [x, y]: [f64; 2]) {
        let (x, y) = (x.round().to_string(), y.round().to_string());
        self.xdotool(&["mousemove", &x, &y, "click", "1"]);
    }

    /// The sizes of the windows with this title.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
        found.lines().map(|id| self.xdotool(&["getwindowgeometry", "--shell", id])).collect()
    }
}
