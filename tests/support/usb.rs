//! A make-believe USB printer for the real libusb, played by `usb_printer.py`. Owns steering it.
//!
//! A test is `usb::with_printer("its_own_name", &[…], |printer| …)`; see `bed.rs`.

use crate::bed;
use frontdesk::back::printer::Printer;
use frontdesk::config;
use frontdesk::errand::{Outcome, PrinterState};
use frontdesk::paper::bitmap::Bitmap;
use frontdesk::paper::escpos::Job;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// As in the kiosk: between two looks the runner waits this long for an errand.
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(500);
/// How soon every trouble must be known.
pub const SOON: Duration = Duration::from_secs(2);

/// Tells a story with a printer. `shape` are words for `usb_printer.py`: `vendor-class`, `one-way`,
/// `unplugged`, or settings such as `"tier_a"=false`.
pub fn with_printer(test: &str, shape: &[&str], story: impl FnOnce(&mut FakePrinter)) {
    bed::with_device(test, "usb_printer.py", shape, |control| {
        story(&mut FakePrinter { control: BufReader::new(control) });
    });
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
    /// How often it was tried to take the other printer.
    pub others_claims: u64,
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

    /// From now on, also after it was plugged in again, nobody may open it: udev has not given it away.
    pub fn forbid(&mut self) {
        self.order(&json!({"do": "forbid"}));
    }

    /// udev gives it away.
    pub fn allow(&mut self) {
        self.order(&json!({"do": "allow"}));
    }

    /// Plugs another printer in, on the next port.
    pub fn plug_other(&mut self) {
        self.order(&json!({"do": "plug-other"}));
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
            others_claims: answer["others_claims"].as_u64().expect("a number"),
        }
    }
}

/// Our side: the printer as the program has it.
pub fn printer(id: Option<(u16, u16)>, status: config::AskStatus) -> Printer {
    printer_after(id, status, false)
}

/// The same of a kiosk that starts anew; `torn`: nobody saw the end of the last badge.
pub fn printer_after(id: Option<(u16, u16)>, status: config::AskStatus, torn: bool) -> Printer {
    let kind = config::PrinterKind::Usb(config::UsbPrinter { id, status });
    Printer::new(&config::Printer { kind, width: 576, template: None }, torn)
}

/// Our side as it mostly is: any printer, asked how it is.
pub fn any_printer() -> Printer {
    printer(None, config::AskStatus::Auto)
}

/// A printer that was looked at and is fine, with an empty tray.
pub fn ready_printer(fake: &mut FakePrinter) -> Printer {
    let mut printer = any_printer();
    // On a busy machine its first answer may come too late.
    becomes(&mut printer, PrinterState::Ready { paper_low: false });
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
    let outcome = printer.print("A017", &badge.bitmap, &badge.job, &mut |_| {});
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
