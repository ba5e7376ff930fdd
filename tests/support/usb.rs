//! A make-believe USB printer for the real libusb: `usb_printer.py` plays it, and the test runs once more in a
//! process of its own that sees only that printer. Owns starting, steering and ending both.
//!
//! A test is `usb::with_printer("its_own_name", &[…], |printer| …)`. The outer run starts the printer and
//! then this same test binary, filtered to the one test, under `umockdev-wrapper`; the inner run finds the
//! control socket in its environment and tells the story. Wanted: umockdev, python3-gi, gir1.2-umockdev-1.0.

use frontdesk::back::printer::Printer;
use frontdesk::config;
use frontdesk::errand::{Outcome, PrinterState};
use frontdesk::paper::bitmap::Bitmap;
use frontdesk::paper::escpos::Job;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where the inner run finds the printer's control socket.
const CONTROL: &str = "FRONTDESK_TEST_PRINTER";
/// A story that takes longer hangs.
const LONGEST_STORY: Duration = Duration::from_secs(120);
/// As in the kiosk: between two looks the runner waits this long for an errand.
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(500);
/// How soon every trouble must be known.
pub const SOON: Duration = Duration::from_secs(2);

/// Tells a story with a printer. `shape` are words for `usb_printer.py`: `vendor-class`, `one-way`,
/// `unplugged`, or settings such as `"tier_a"=false`.
pub fn with_printer(test: &str, shape: &[&str], story: impl FnOnce(&mut FakePrinter)) {
    if let Some(path) = std::env::var_os(CONTROL) {
        let control = UnixStream::connect(path).expect("the printer's control socket");
        return story(&mut FakePrinter { control: BufReader::new(control) });
    }
    let home = tempfile::tempdir().expect("a folder");
    let socket = home.path().join("control");
    let mut printer = Ended(
        Command::new("umockdev-wrapper")
            .args(["/usr/bin/python3", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/usb_printer.py")])
            .arg(&socket)
            .args(shape)
            .env("TMPDIR", home.path()) // umockdev's own folder goes with ours
            .stdout(Stdio::piped())
            .spawn()
            .expect("umockdev is installed"),
    );
    let mut bed = String::new();
    let stdout = printer.0.stdout.as_mut().expect("a pipe");
    BufReader::new(stdout).read_line(&mut bed).expect("the printer's folder");
    assert!(!bed.is_empty(), "python3-gi and gir1.2-umockdev-1.0 are installed");
    let mut inner = Ended(
        Command::new("umockdev-wrapper")
            .arg(std::env::current_exe().expect("this test"))
            .args([test, "--exact", "--nocapture"])
            .env("UMOCKDEV_DIR", bed.trim())
            .env(CONTROL, &socket)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this test starts"),
    );
    let (out, err) = (inner.0.stdout.take().expect("a pipe"), inner.0.stderr.take().expect("a pipe"));
    let (out, err) = (said(out), said(err));
    let begun = Instant::now();
    let passed = loop {
        if let Some(status) = inner.0.try_wait().expect("its end") {
            break status.success();
        }
        assert!(begun.elapsed() < LONGEST_STORY, "{test} hangs");
        std::thread::sleep(Duration::from_millis(5));
    };
    let (out, err) = (out.join().expect("words"), err.join().expect("words"));
    assert!(passed && out.contains("1 passed"), "{test}:\n{out}\n{err}");
}

/// Reads a pipe to its end, beside.
fn said(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut words = String::new();
        let _ = pipe.read_to_string(&mut words);
        words
    })
}

/// A process that does not outlive its test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The make-believe printer, as the test steers it.
pub struct FakePrinter {
    control: BufReader<UnixStream>,
}

/// What the printer has taken and printed since it was told to forget.
#[derive(Debug)]
pub struct Told {
    /// Every byte.
    pub raw: Vec<u8>,
    /// The bytes without questions.
    pub taken: Vec<u8>,
    /// The badges in the tray: their dots.
    pub badges: Vec<Vec<u8>>,
    /// Bytes of a badge that was begun and not cut off.
    pub unfinished: u64,
    /// Bytes that were no command: garbage on the paper.
    pub strays: u64,
    /// Bytes of raster that were printed.
    pub printed: usize,
}

impl FakePrinter {
    /// Changes settings; see DEFAULTS in `usb_printer.py`.
    pub fn set(&mut self, mut settings: Value) {
        settings["do"] = json!("set");
        self.order(&settings);
    }

    /// Empties the tray and forgets what was taken.
    pub fn forget(&mut self) {
        self.order(&json!({"do": "forget"}));
    }

    /// Pulls the plug.
    pub fn unplug(&mut self) {
        self.order(&json!({"do": "unplug"}));
    }

    /// Plugs it in again, switched on anew.
    pub fn plug(&mut self) {
        self.order(&json!({"do": "plug"}));
    }

    /// Ends every mishap: as it was at the start, and plugged in.
    pub fn repair(&mut self) {
        self.order(&json!({"do": "repair"}));
    }

    /// What it has taken and printed.
    pub fn tell(&mut self) -> Told {
        self.order(&json!({"do": "tell"}))
    }

    /// Waits until so many badges lie in the tray; the printer may go on by itself.
    pub fn tray_holds(&mut self, count: usize) -> Told {
        let begun = Instant::now();
        loop {
            let told = self.tell();
            if told.badges.len() >= count || begun.elapsed() > SOON {
                assert_eq!(told.badges.len(), count, "badges in the tray");
                return told;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn order(&mut self, order: &Value) -> Told {
        let mut answer = String::new();
        writeln!(self.control.get_mut(), "{order}").expect("the printer hears");
        self.control.read_line(&mut answer).expect("the printer answers");
        let answer: Value = serde_json::from_str(&answer).expect("an answer");
        let bytes = |hex: &Value| {
            let hex = hex.as_str().expect("hex").to_uppercase();
            data_encoding::HEXUPPER.decode(hex.as_bytes()).expect("hex")
        };
        Told {
            raw: bytes(&answer["raw"]),
            taken: bytes(&answer["taken"]),
            badges: answer["badges"].as_array().expect("badges").iter().map(bytes).collect(),
            unfinished: answer["unfinished"].as_u64().expect("a number"),
            strays: answer["strays"].as_u64().expect("a number"),
            printed: answer["printed"].as_u64().expect("a number") as usize,
        }
    }
}

/// Our side: the printer as the program has it.
pub fn printer(id: Option<(u16, u16)>, status: config::AskStatus) -> Printer {
    let kind = config::PrinterKind::Usb(config::UsbPrinter { id, status });
    Printer::new(&config::Printer { kind, width: 576, template: None })
}

/// Our side as it mostly is: any printer, asked how it is.
pub fn any_printer() -> Printer {
    printer(None, config::AskStatus::Auto)
}

/// A printer that was looked at and is fine, with an empty tray.
pub fn ready_printer(fake: &mut FakePrinter) -> Printer {
    let mut printer = any_printer();
    assert_eq!(printer.look(), PrinterState::Ready { paper_low: false });
    fake.forget();
    printer
}

/// Looks as the runner does until the printer is so, which must be soon.
pub fn becomes(printer: &mut Printer, state: PrinterState) {
    let begun = Instant::now();
    loop {
        let (since, seen) = (begun.elapsed(), printer.look());
        assert!(
            begun.elapsed() - since < Duration::from_millis(500),
            "a look took {:?}",
            begun.elapsed() - since
        );
        assert!(begun.elapsed() < SOON, "still {seen:?} after {:?}", begun.elapsed());
        if seen == state {
            return;
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// Prints, and tells how long that took.
pub fn print(printer: &mut Printer, badge: &Badge) -> (Outcome, Duration) {
    let begun = Instant::now();
    let outcome = printer.print("A017", &badge.bitmap, &badge.job);
    (outcome, begun.elapsed())
}

/// A badge with ink of its own.
pub struct Badge {
    /// Its picture.
    pub bitmap: Bitmap,
    /// Its bytes.
    pub job: Job,
}

/// A badge of 576 x 240 dots in bands of 200 rows. `ink` tells badges apart.
pub fn badge(ink: u8) -> Badge {
    let bytes = (0..72 * 240).map(|at| ink ^ (at % 251) as u8 | 0x80).collect();
    in_bands(Bitmap { width: 576, height: 240, bytes }, 200)
}

/// A badge in bands of so many rows.
pub fn in_bands(bitmap: Bitmap, rows: usize) -> Badge {
    let across = bitmap.width as usize / 8;
    let mut job = Job { bytes: vec![0x1B, b'@'], rasters: Vec::new() };
    for band in bitmap.bytes.chunks(across * rows) {
        job.bytes.extend([0x1D, b'v', b'0', 0, across as u8, 0, (band.len() / across) as u8, 0]);
        job.rasters.push(job.bytes.len()..job.bytes.len() + band.len());
        job.bytes.extend(band);
    }
    job.bytes.extend([0x1D, b'V', 66, 24]);
    Badge { bitmap, job }
}

impl Badge {
    /// Its bytes as they go over the wire to a printer that answers: reports are switched on behind `ESC @`.
    pub fn with_reports(&self) -> Vec<u8> {
        [&self.job.bytes[..2], &[0x1D, b'a', 0xFF], &self.job.bytes[2..]].concat()
    }
}
