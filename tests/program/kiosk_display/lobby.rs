//! A lobby with a display: the program as it is shipped, its folder, a scanner on a wire. Where to tap is what the
//! tour has found out.

use crate::display::Display;
use frontdesk::book::Book;
use frontdesk::config::Config;
use serde_json::Value;
use serialport::{SerialPort, TTYPort};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The screen, in pixels: small, for a debug build draws slowly.
pub const SIZE: (u32, u32) = (540, 960);
/// For a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(90);
/// So long nothing has changed: the page has come to rest, and takes the next tap.
const AT_REST: Duration = Duration::from_millis(700);
/// From one key to the next.
const PACE: Duration = Duration::from_millis(300);
/// Another page changes more than this share of the pixels; a blinking cursor or a countdown, less than that.
const A_PAGE: f64 = 0.02;
const A_CURSOR: f64 = 0.005;

pub fn frontdesk(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.current_dir(folder).env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
    command
}

/// What a tour saw: its steps and its pictures.
pub struct Toured {
    pub folder: tempfile::TempDir,
    steps: Vec<Value>,
}

/// The tour of this journey, walked on a screen of the same size.
fn toured(journey: &str) -> Toured {
    let folder = tempfile::tempdir().unwrap();
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let done = frontdesk(folder.path())
        .args(["tour", "--journey", journey, "--out", "seen", "--size", &size])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let steps = fs::read(folder.path().join("seen/tour.json")).unwrap();
    Toured { steps: serde_json::from_slice(&steps).unwrap(), folder }
}

/// The tour of the typed code: where to tap on the way to the badge.
pub fn by_code() -> &'static Toured {
    static TOUR: OnceLock<Toured> = OnceLock::new();
    TOUR.get_or_init(|| toured("invitation-code"))
}

/// The tour of the kiosk that cannot work.
pub fn broken() -> &'static Toured {
    static TOUR: OnceLock<Toured> = OnceLock::new();
    TOUR.get_or_init(|| toured("broken"))
}

impl Toured {
    /// Where was tapped until the journey had what it is for.
    pub fn taps(&self) -> Vec<[f64; 2]> {
        let goal = self.steps.iter().position(|step| step["goal"] == true).expect("a goal");
        let at = |step: &Value| Some([step["at"][0].as_f64()?, step["at"][1].as_f64()?]);
        self.steps[..=goal].iter().filter_map(at).collect()
    }

    /// The picture whose name ends so.
    pub fn picture(&self, name: &str) -> image::RgbImage {
        let pictures = self.steps.iter().filter_map(|step| step["picture"].as_str());
        let file = pictures.into_iter().find(|file| file.ends_with(name)).expect("a picture of that name");
        image::open(self.folder.path().join("seen").join(file)).unwrap().to_rgb8()
    }
}

/// How far two pictures are from each other, on average of all pixels, of 255.
pub fn apart(one: &image::RgbImage, other: &image::RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}

/// Which share of the pixels has changed.
fn changed(one: &image::RgbImage, other: &image::RgbImage) -> f64 {
    let different = one.pixels().zip(other.pixels()).filter(|(a, b)| a != b).count();
    different as f64 / f64::from(SIZE.0 * SIZE.1)
}

/// A folder with a configuration, a display, and a place for a serial scanner.
pub struct Lobby {
    pub folder: tempfile::TempDir,
    pub display: Display,
    /// Where programs for those who cannot see are told what is on the screen.
    pub bus: Option<Bus>,
}

impl Lobby {
    /// With the sample hosts and invitations or with none; with a place for a serial scanner or with none.
    pub fn open(samples: bool, scanner: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Whoever comes later than the house closes stays until the end of the day: no closing comes in between.
        let mut config = format!(
            "[book]\npath = \"book/book.db\"\nsamples = {samples}\n[printer]\nkind = \"file\"\nfolder = \"badges\"\n\
             [mail]\nkind = \"folder\"\nfolder = \"mails\"\n[visit]\nends = \"00:01\"\ncloses = \"00:01\"\n"
        );
        if scanner {
            config += &format!("[scanner]\ndevice = \"{}\"\n", folder.path().join("scanner").display());
        }
        fs::write(folder.path().join("kiosk.toml"), config).unwrap();
        Self { folder, display: Display::open(SIZE.0, SIZE.1), bus: None }
    }

    /// Starts the program on a display; its words go into a file of this name.
    pub fn start_on(&self, display: &Display, words: &str) -> Kiosk {
        let said = File::create(self.folder.path().join(words)).unwrap();
        let child = frontdesk(self.folder.path())
            .envs(self.bus.iter().map(|bus| ("DBUS_SESSION_BUS_ADDRESS", &bus.address)))
            .args(["--config", "kiosk.toml"])
            .env("DISPLAY", &display.name)
            .stderr(said)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Kiosk(child)
    }

    /// Starts it on the lobby's display and waits until its first page is drawn.
    pub fn start(&self) -> Kiosk {
        let kiosk = self.start_on(&self.display, "said");
        self.first_page(&self.display);
        kiosk
    }

    /// Waits until the window is there and fills the screen.
    pub fn first_page(&self, display: &Display) {
        wait("the first frame", || display.pixel() != 0);
        // What is drawn may be what another program has left; its window comes a moment later.
        wait("the whole screen", || {
            display.fill("Huayue");
            display.picture().get_pixel(SIZE.0 - 1, SIZE.1 - 1).0 != [0; 3]
        });
        self.at_rest(display);
    }

    /// Puts a scanner in. What it sends is heard from when the kiosk has opened the line.
    pub fn put_in_scanner(&self) -> TTYPort {
        let (scanner, line) = TTYPort::pair().unwrap();
        let device = self.folder.path().join("scanner");
        let _ = fs::remove_file(&device);
        symlink(line.name().unwrap(), &device).unwrap();
        scanner
    }

    /// Scans until the page follows.
    pub fn scan(&self, scanner: &mut TTYPort, code: &str) {
        let before = self.display.picture();
        let mut scanned = Instant::now() - PATIENCE;
        wait("the scanner is heard", || {
            if scanned.elapsed() > Duration::from_secs(3) {
                // Before the line is open the bytes may be thrown away, or the write be refused.
                let _ = scanner.write_all(format!("{code}\r").as_bytes());
                scanned = Instant::now();
            }
            changed(&self.display.picture(), &before) > A_PAGE
        });
        self.at_rest(&self.display);
    }

    /// Taps what leads to another page, and waits until that is there and rests.
    pub fn tap(&self, at: [f64; 2]) {
        let before = self.display.picture();
        self.display.tap(at);
        wait("another page comes", || changed(&self.display.picture(), &before) > A_PAGE);
        self.at_rest(&self.display);
    }

    /// Taps a key of a page that stays. Taps on it wait for each other.
    pub fn key(&self, at: [f64; 2]) {
        self.display.tap(at);
        std::thread::sleep(PACE);
    }

    pub fn at_rest(&self, display: &Display) {
        let (mut last, mut since) = (display.picture(), Instant::now());
        wait("the page rests", || {
            let now = display.picture();
            if changed(&now, &last) > A_CURSOR {
                since = Instant::now();
            }
            last = now;
            since.elapsed() >= AT_REST
        });
    }

    pub fn book(&self) -> Book {
        Book::open_beside(&self.folder.path().join("book/book.db"), Config::built_in().reception).unwrap()
    }

    /// The files with this ending in a folder, by name.
    pub fn files(&self, folder: &str, ending: &str) -> Vec<PathBuf> {
        let Ok(all) = fs::read_dir(self.folder.path().join(folder)) else { return Vec::new() };
        let all = all.map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> =
            all.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
        files.sort();
        files
    }

    /// What the program has said, line by line.
    pub fn said(&self, words: &str) -> Vec<String> {
        let said = fs::read_to_string(self.folder.path().join(words)).unwrap();
        said.lines().map(str::to_owned).collect()
    }
}

/// Waits until it is so.
pub fn wait(what: &str, mut met: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !met() {
        assert!(begun.elapsed() < PATIENCE, "{what}: not within {} s", PATIENCE.as_secs());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The program; it ends with its test, as by a power cut.
pub struct Kiosk(Child);

impl Kiosk {
    pub fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A session's bus with the accessibility bus on it, as a screen reader has switched it on.
pub struct Bus {
    pub address: String,
    children: [Child; 2],
}

impl Bus {
    pub fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon (apt install dbus)");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let on_the_bus = |program: &str| {
            let mut command = Command::new(program);
            command.env("DBUS_SESSION_BUS_ADDRESS", &address).stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        let launcher = on_the_bus("/usr/libexec/at-spi-bus-launcher")
            .arg("--launch-immediately")
            .spawn()
            .expect("at-spi-bus-launcher (apt install at-spi2-core)");
        wait("the accessibility bus", || {
            let mut enable = on_the_bus("dbus-send");
            enable.args(["--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]).args([
                "org.freedesktop.DBus.Properties.Set",
                "string:org.a11y.Status",
                "string:IsEnabled",
                "variant:boolean:true",
            ]);
            enable.status().is_ok_and(|done| done.success())
        });
        Self { address, children: [launcher, daemon] }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
