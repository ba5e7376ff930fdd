//! A badge on a printer that stops, stalls, falls silent or runs out of paper: no badge twice, none called
//! printed that was not seen, and every trouble known within two seconds.

mod chaos;
mod plugged;
mod roll;

use crate::usb::{self, FakePrinter, SOON, badge, becomes, in_bands, print, ready_printer, with_printer};
use frontdesk::back::Back;
use frontdesk::back::printer::Printer;
use frontdesk::config::{self, AskStatus, Config, PrinterKind, UsbPrinter};
use frontdesk::errand::{Outcome, PrinterState, Seen, Trouble};
use frontdesk::paper::bitmap::Bitmap;
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const CONFIRMED: Outcome = Outcome::Done(Seen::Confirmed);
const READY: PrinterState = PrinterState::Ready { paper_low: false };
/// Well inside the first band of a badge.
const MIDDLE: usize = 6000;
const SMALL_BUFFER: &str = "\"buffer\"=4096";

/// The tray holds what was spoiled, cut off, white where the badge broke off, and then a whole badge.
fn spoiled_then_whole(fake: &mut FakePrinter, spoiled: &usb::Badge, whole: &usb::Badge) {
    let told = fake.tray_holds(2);
    let ink = told.badges[0].iter().take_while(|byte| **byte != 0).count();
    assert!(ink < spoiled.bitmap.bytes.len(), "it was spoiled");
    assert_eq!(told.badges[0][..ink], spoiled.bitmap.bytes[..ink]);
    assert!(told.badges[0][ink..].iter().all(|byte| *byte == 0), "white after it");
    assert_eq!(told.badges[1], whole.bitmap.bytes, "the next one is whole");
    assert_eq!((told.unfinished, told.strays), (0, 0));
}

#[test]
fn one_stall_before_a_badge_costs_nothing() {
    with_printer("one_stall_before_a_badge_costs_nothing", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"stalls": 1}));
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        let told = fake.tell();
        assert!(told.taken.starts_with(&badge(1).with_reports()));
        assert_eq!(told.badges.len(), 1);
    });
}

#[test]
fn a_printer_that_goes_on_stalling_is_told_and_nothing_was_taken() {
    with_printer("a_printer_that_goes_on_stalling_is_told_and_nothing_was_taken", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"stalls": 1_000_000}));
        let (outcome, took) = print(&mut printer, &badge(1));
        assert_eq!(outcome, Outcome::NotYet(Trouble::PrinterError));
        assert!(took < SOON, "{took:?}");
        assert_eq!(fake.tell().taken.len(), 0);
        becomes(&mut printer, PrinterState::Trouble(Trouble::PrinterError));
        fake.set(json!({"stalls": 0}));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        assert_eq!(fake.tell().badges, [badge(1).bitmap.bytes]);
    });
}

#[test]
fn a_stall_in_mid_badge_is_unknown_and_never_sent_again() {
    with_printer("a_stall_in_mid_badge_is_unknown_and_never_sent_again", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"stall_at": MIDDLE}));
        assert_eq!(print(&mut printer, &badge(1)).0, Outcome::Unknown(Trouble::PrinterError));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        spoiled_then_whole(fake, &badge(1), &badge(2));
    });
}

#[test]
fn a_printer_that_takes_nothing_is_mute_and_the_badge_waits() {
    with_printer("a_printer_that_takes_nothing_is_mute_and_the_badge_waits", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"buffer": 0}));
        becomes(&mut printer, PrinterState::Trouble(Trouble::Mute));
        let (outcome, took) = print(&mut printer, &badge(1));
        assert_eq!(outcome, Outcome::NotYet(Trouble::Mute));
        assert!(took < SOON, "{took:?}");
        fake.set(json!({"buffer": 65536}));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        assert_eq!(fake.tell().badges, [badge(1).bitmap.bytes]);
    });
}

#[test]
fn a_printer_that_stops_taking_in_mid_badge_is_brought_back() {
    with_printer("a_printer_that_stops_taking_in_mid_badge_is_brought_back", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"deaf_at": MIDDLE}));
        let (outcome, took) = print(&mut printer, &badge(1));
        assert_eq!(outcome, Outcome::Unknown(Trouble::Mute));
        assert!(took < SOON, "{took:?}");
        let taken = fake.tell().taken.len();
        becomes(&mut printer, PrinterState::Trouble(Trouble::Mute));
        fake.set(json!({"deaf_at": -1}));
        becomes(&mut printer, READY);
        // Exactly what was outstanding of the first band (200 rows of 72 bytes behind 13 bytes), ESC @, the cut.
        let told = fake.tell();
        let (_, left) = told.taken.split_at(taken);
        let outstanding = 13 + 200 * 72 - taken;
        assert!(left.starts_with(&[&vec![0; outstanding][..], b"\x1b@\x1dVB"].concat()));
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        spoiled_then_whole(fake, &badge(1), &badge(2));
    });
}

/// A trouble before the badge: told, nothing taken; when it is over, one badge and no more.
fn before(test: &str, trouble: Trouble, begins: Value, ends: Value) {
    with_printer(test, &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(begins.clone());
        for _ in 0..3 {
            assert_eq!(print(&mut printer, &badge(1)).0, Outcome::NotYet(trouble));
        }
        let told = fake.tell();
        assert!(!told.raw.is_empty(), "it was asked");
        assert_eq!(told.taken.len(), 0, "nothing waits in the printer");
        fake.set(ends.clone());
        becomes(&mut printer, READY);
        fake.set(begins);
        becomes(&mut printer, PrinterState::Trouble(trouble));
        fake.set(ends);
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        assert_eq!(fake.tell().badges, [badge(1).bitmap.bytes]);
    });
}

#[test]
fn no_paper_before_a_badge() {
    let (out, ok) = (json!({"paper": "out"}), json!({"paper": "ok"}));
    before("no_paper_before_a_badge", Trouble::PaperOut, out, ok);
}

#[test]
fn an_open_cover_before_a_badge() {
    let (open, shut) = (json!({"cover_open": true}), json!({"cover_open": false}));
    before("an_open_cover_before_a_badge", Trouble::CoverOpen, open, shut);
}

#[test]
fn offline_before_a_badge() {
    let (off, on) = (json!({"offline": true}), json!({"offline": false}));
    before("offline_before_a_badge", Trouble::Offline, off, on);
}

#[test]
fn an_error_before_a_badge() {
    let (error, fine) = (json!({"error": true}), json!({"error": false}));
    before("an_error_before_a_badge", Trouble::PrinterError, error, fine);
}

#[test]
fn paper_that_ends_in_mid_badge_is_unknown_and_the_printer_finishes_it_itself() {
    with_printer("paper_that_ends_in_mid_badge_is_unknown_and_the_printer_finishes_it_itself", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"paper_out_at": MIDDLE}));
        let (outcome, took) = print(&mut printer, &badge(1));
        assert_eq!(outcome, Outcome::Unknown(Trouble::PaperOut));
        assert!(took < SOON, "{took:?}");
        becomes(&mut printer, PrinterState::Trouble(Trouble::PaperOut));
        fake.set(json!({"paper": "ok"}));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        assert_eq!(fake.tell().badges, [badge(1).bitmap.bytes, badge(2).bitmap.bytes], "each once");
    });
}

#[test]
fn paper_that_ends_while_the_badge_is_still_on_its_way() {
    with_printer("paper_that_ends_while_the_badge_is_still_on_its_way", &[SMALL_BUFFER], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"paper_out_at": MIDDLE}));
        let [first, second] = [1, 2].map(|ink| in_bands(badge(ink).bitmap, 40));
        let (outcome, took) = print(&mut printer, &first);
        assert_eq!(outcome, Outcome::Unknown(Trouble::PaperOut));
        assert!(took < SOON, "{took:?}");
        becomes(&mut printer, PrinterState::Trouble(Trouble::PaperOut));
        fake.set(json!({"paper": "ok"}));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &second).0, CONFIRMED);
        spoiled_then_whole(fake, &first, &second);
    });
}

#[test]
fn a_cover_that_opens_in_mid_badge() {
    let shape = [SMALL_BUFFER, "\"speed\"=20000"];
    with_printer("a_cover_that_opens_in_mid_badge", &shape, |fake| {
        let mut printer = ready_printer(fake);
        let [first, second] = [1, 2].map(|ink| in_bands(badge(ink).bitmap, 40));
        let outcome = std::thread::scope(|scope| {
            let printing = scope.spawn(|| print(&mut printer, &first).0);
            while fake.tell().taken.len() < MIDDLE {}
            fake.set(json!({"cover_open": true}));
            printing.join().expect("an outcome")
        });
        assert_eq!(outcome, Outcome::Unknown(Trouble::CoverOpen));
        becomes(&mut printer, PrinterState::Trouble(Trouble::CoverOpen));
        fake.set(json!({"cover_open": false}));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &second).0, CONFIRMED);
        spoiled_then_whole(fake, &first, &second);
    });
}

#[test]
fn unplugged_in_mid_badge_and_plugged_in_again() {
    with_printer("unplugged_in_mid_badge_and_plugged_in_again", &[], |fake| {
        let mut printer = ready_printer(fake);
        for ink in [1, 3] {
            fake.forget();
            fake.set(json!({"unplug_at": MIDDLE}));
            let (outcome, took) = print(&mut printer, &badge(ink));
            assert_eq!(outcome, Outcome::Unknown(Trouble::Unplugged));
            assert!(took < SOON, "{took:?}");
            becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
            assert_eq!(print(&mut printer, &badge(9)).0, Outcome::NotYet(Trouble::Unplugged));
            fake.forget();
            fake.plug();
            becomes(&mut printer, READY);
            let begun = fake.tell().taken;
            let white = begun.iter().take_while(|byte| **byte == 0).count();
            assert!(begun[white..].starts_with(b"\x1b@"), "begins anew");
            assert_eq!(print(&mut printer, &badge(ink + 1)).0, CONFIRMED);
            assert_eq!(fake.tell().badges, [badge(ink + 1).bitmap.bytes]);
        }
    });
}

/// Pulled out of the computer it keeps its power, and with it half a raster.
#[test]
fn only_its_cable_was_pulled_in_mid_badge() {
    with_printer("only_its_cable_was_pulled_in_mid_badge", &["\"self_powered\"=true"], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"unplug_at": MIDDLE}));
        assert_eq!(print(&mut printer, &badge(1)).0, Outcome::Unknown(Trouble::Unplugged));
        becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
        fake.plug();
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        let told = fake.tray_holds(2);
        assert!(told.badges[0] != badge(1).bitmap.bytes, "the first is cut off as it is");
        assert!(told.badges[1] == badge(2).bitmap.bytes, "the next one is whole");
        assert_eq!((told.unfinished, told.strays), (0, 0));
    });
}

#[test]
fn a_kiosk_that_starts_anew_finds_the_printer_in_mid_badge() {
    with_printer("a_kiosk_that_starts_anew_finds_the_printer_in_mid_badge", &[], |fake| {
        let mut killed = ready_printer(fake);
        fake.set(json!({"deaf_at": MIDDLE}));
        assert!(matches!(print(&mut killed, &badge(1)).0, Outcome::Unknown(_)));
        drop(killed);
        fake.set(json!({"deaf_at": -1}));
        // The book knows that nobody saw the end of it.
        let mut printer = usb::printer_after(None, AskStatus::Auto, true);
        becomes(&mut printer, READY);
        let begun = fake.tray_holds(1);
        assert_eq!((begun.unfinished, begun.strays), (0, 0), "what hung in it is cut off");
        let piece = &begun.badges[0];
        let ink = piece.iter().zip(&badge(1).bitmap.bytes).take_while(|(is, was)| is == was).count();
        let stray = piece[ink..].iter().filter(|byte| **byte != 0).count();
        assert!(stray <= 3, "white behind the question that the raster took for its own");
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        let told = fake.tray_holds(2);
        assert!(told.badges[1] == badge(2).bitmap.bytes, "the next one is whole, and alone on its paper");
        assert_eq!((told.unfinished, told.strays), (0, 0));
    });
}

#[test]
fn a_kiosk_that_starts_after_a_whole_badge_wastes_no_paper() {
    with_printer("a_kiosk_that_starts_after_a_whole_badge_wastes_no_paper", &[], |fake| {
        let mut ended = ready_printer(fake);
        assert_eq!(print(&mut ended, &badge(1)).0, CONFIRMED);
        drop(ended);
        fake.forget();
        let mut printer = usb::any_printer();
        becomes(&mut printer, READY);
        let begun = fake.tell().taken;
        assert!(!begun.windows(2).any(|two| two == b"\x1dV"), "no paper for nothing");
    });
}

#[test]
fn out_of_paper_when_it_is_plugged_in_it_is_not_called_mute() {
    with_printer(
        "out_of_paper_when_it_is_plugged_in_it_is_not_called_mute",
        &["\"paper\"=\"out\"", SMALL_BUFFER],
        |fake| {
            let mut printer = usb::any_printer();
            becomes(&mut printer, PrinterState::Trouble(Trouble::PaperOut));
            becomes(&mut printer, PrinterState::Trouble(Trouble::PaperOut));
            fake.set(json!({"paper": "ok"}));
            becomes(&mut printer, READY);
            let badge = in_bands(badge(1).bitmap, 40);
            assert_eq!(print(&mut printer, &badge).0, CONFIRMED);
            assert_eq!(fake.tell().badges, [badge.bitmap.bytes]);
        },
    );
}

#[test]
fn unplugged_while_nothing_is_printed() {
    with_printer("unplugged_while_nothing_is_printed", &["unplugged"], |fake| {
        let mut printer = usb::any_printer();
        becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
        for ink in [1, 2] {
            fake.plug();
            becomes(&mut printer, READY);
            assert_eq!(print(&mut printer, &badge(ink)).0, CONFIRMED);
            fake.unplug();
            becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
        }
        assert_eq!(fake.tell().badges.len(), 2);
    });
}

#[test]
fn a_printer_that_falls_silent_is_mute_and_nothing_is_claimed() {
    with_printer("a_printer_that_falls_silent_is_mute_and_nothing_is_claimed", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"mute_at": MIDDLE}));
        assert_eq!(print(&mut printer, &badge(1)).0, Outcome::Unknown(Trouble::Mute));
        becomes(&mut printer, PrinterState::Trouble(Trouble::Mute));
        assert_eq!(print(&mut printer, &badge(2)).0, Outcome::NotYet(Trouble::Mute));
        fake.set(json!({"status": true, "tier_a": true}));
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        assert_eq!(fake.tell().badges, [badge(1).bitmap.bytes, badge(2).bitmap.bytes]);
    });
}

/// A badge as long as the built-in one: 576 x 808 dots.
fn long_badge() -> usb::Badge {
    let bytes = (0..72 * 808).map(|at| (at % 251) as u8 | 0x80).collect();
    in_bands(Bitmap { width: 576, height: 808, bytes }, 200)
}

/// It is told at once, though the badge is waited for as long as the slowest printer may take.
#[test]
fn a_printer_that_falls_silent_in_mid_badge_is_told_while_the_badge_is_waited_for() {
    let story = "a_printer_that_falls_silent_in_mid_badge_is_told_while_the_badge_is_waited_for";
    with_printer(story, &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"mute_at": MIDDLE}));
        let (badge, begun, mut told) = (long_badge(), Instant::now(), Vec::new());
        let outcome = printer
            .print("A017", &badge.bitmap, &badge.job, &mut |state| told.push((state, begun.elapsed())));
        // 808 rows take the slowest printer 2 s, and the cut 1.5 s.
        assert!(begun.elapsed() > Duration::from_millis(3500), "{:?}", begun.elapsed());
        assert_eq!(outcome, Outcome::Unknown(Trouble::Mute));
        let [(state, at)] = told[..] else { panic!("{told:?}") };
        assert_eq!(state, PrinterState::Trouble(Trouble::Mute));
        assert!(at < SOON, "{at:?}");
    });
}

#[test]
fn a_printer_that_was_silent_for_a_while_is_told_to_answer_again() {
    let story = "a_printer_that_was_silent_for_a_while_is_told_to_answer_again";
    with_printer(story, &["\"speed\"=20000"], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"mute_at": MIDDLE}));
        let badge = long_badge();
        let (say, hear) = std::sync::mpsc::channel();
        let outcome = std::thread::scope(|scope| {
            let printing = scope.spawn(|| {
                printer.print("A017", &badge.bitmap, &badge.job, &mut |state| say.send(state).expect("heard"))
            });
            assert_eq!(hear.recv_timeout(SOON + SOON), Ok(PrinterState::Trouble(Trouble::Mute)));
            fake.set(json!({"status": true, "tier_a": true}));
            assert_eq!(hear.recv_timeout(SOON), Ok(READY));
            printing.join().expect("an outcome")
        });
        assert!(matches!(outcome, Outcome::Done(_) | Outcome::Unknown(Trouble::Mute)), "{outcome:?}");
        assert!(hear.try_recv().is_err(), "each change once");
    });
}

/// Switched off and on it has forgotten everything but what is on its paper.
#[test]
fn what_is_left_of_a_badge_does_not_hang_on_the_next_visitors() {
    with_printer("what_is_left_of_a_badge_does_not_hang_on_the_next_visitors", &[], |fake| {
        let mut printer = ready_printer(fake);
        // All of it was taken, and then silence: nobody knows how far it came.
        fake.set(json!({"mute_at": MIDDLE, "deaf_at": MIDDLE}));
        assert_eq!(print(&mut printer, &badge(1)).0, Outcome::Unknown(Trouble::Mute));
        becomes(&mut printer, PrinterState::Trouble(Trouble::Mute));
        fake.unplug();
        becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
        fake.forget();
        fake.repair();
        becomes(&mut printer, READY);
        let begun = fake.tell().taken;
        let white = begun.iter().take_while(|byte| **byte == 0).count();
        assert!(begun[white..].starts_with(b"\x1b@\x1dVB"), "what hangs in it is cut off first");
        assert_eq!(print(&mut printer, &badge(2)).0, CONFIRMED);
        // After a badge whose end was seen there is nothing to cut off.
        fake.unplug();
        becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
        fake.forget();
        fake.plug();
        becomes(&mut printer, READY);
        let begun = fake.tell().taken;
        assert!(!begun.windows(2).any(|two| two == b"\x1dV"), "no paper for nothing");
    });
}

/// What facilities staff read in the journal of the machine, within 2 s of each change.
#[test]
fn every_trouble_is_in_the_log_with_what_to_do() {
    with_printer("every_trouble_is_in_the_log_with_what_to_do", &[], |fake| {
        let log = Log::default();
        let into = log.clone();
        tracing_subscriber::fmt().with_writer(move || into.clone()).with_ansi(false).init();
        let usb = UsbPrinter { id: None, status: AskStatus::Auto };
        let config = Config {
            printer: config::Printer { kind: PrinterKind::Usb(usb), width: 576, template: None },
            ..Config::built_in()
        };
        let presses = frontdesk::stock::presses(&config).expect("the built-in template");
        let _back = Back::start(&config, presses, false, Arc::new(|_| {})).expect("threads");
        log.says("The printer is ready.");
        for (begins, ends, line) in [
            (
                json!({"paper": "out"}),
                json!({"paper": "ok"}),
                "The printer is out of paper. Put in a new roll.",
            ),
            (
                json!({"paper": "low"}),
                json!({"paper": "ok"}),
                "The printer's paper is near its end. Have a new roll ready.",
            ),
            (
                json!({"cover_open": true}),
                json!({"cover_open": false}),
                "The printer's cover is open. Close the cover until it clicks.",
            ),
            (
                json!({"offline": true}),
                json!({"offline": false}),
                "The printer is offline. Press its online or feed button.",
            ),
            (
                json!({"buffer": 0}),
                json!({"buffer": 65536}),
                "The printer does not answer. Switch it off and on.",
            ),
        ] {
            fake.set(begins);
            log.says(line);
            fake.set(ends);
            log.says("The printer is ready.");
        }
        fake.unplug();
        log.says("No printer was found. Check its power and its USB cable.");
    });
}

/// What was logged and not yet looked at.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Waits for a line that says this, which must be soon; what was logged before is forgotten.
    fn says(&self, line: &str) {
        let begun = Instant::now();
        loop {
            let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if String::from_utf8_lossy(&log).contains(line) {
                return log.clear();
            }
            assert!(begun.elapsed() < SOON, "{line} is not in\n{}", String::from_utf8_lossy(&log));
            drop(log);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A slow printer goes on with the first badge when it has paper again, and says so while the second is on
/// its way: that must not be taken for the second, on whose paper it stops again.
fn late_answer(test: &str, shape: &[&str]) {
    with_printer(test, &[&["\"speed\"=10000"], shape].concat(), |fake| {
        let mut printer = ready_printer(fake);
        let [first, second, third] = [1, 2, 3].map(|ink| in_bands(badge(ink).bitmap, 40));
        fake.set(json!({"paper_out_at": 3000}));
        assert_eq!(print(&mut printer, &first).0, Outcome::Unknown(Trouble::PaperOut));
        fake.set(json!({"paper": "ok", "paper_out_at": first.bitmap.bytes.len() + 3000}));
        assert_eq!(print_when_it_can(&mut printer, &second), Outcome::Unknown(Trouble::PaperOut));
        fake.set(json!({"paper": "ok"}));
        assert_eq!(print_when_it_can(&mut printer, &third), CONFIRMED);
        assert_eq!(fake.tell().badges, [first, second, third].map(|badge| badge.bitmap.bytes), "each once");
    });
}

/// Tries as the book does: again only as long as nothing was taken.
fn print_when_it_can(printer: &mut Printer, badge: &usb::Badge) -> Outcome {
    let mut outcome = print(printer, badge).0;
    for _ in 0..10 {
        if matches!(outcome, Outcome::NotYet(_)) {
            outcome = print(printer, badge).0;
        }
    }
    outcome
}

#[test]
fn an_answer_that_belongs_to_an_earlier_badge_confirms_nothing() {
    late_answer("an_answer_that_belongs_to_an_earlier_badge_confirms_nothing", &["\"tier_a\"=false"]);
}

#[test]
fn a_mark_that_belongs_to_an_earlier_badge_confirms_nothing() {
    late_answer("a_mark_that_belongs_to_an_earlier_badge_confirms_nothing", &[]);
}

#[test]
fn noise_from_the_printer_confirms_nothing() {
    with_printer("noise_from_the_printer_confirms_nothing", &["\"tier_a\"=false"], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"paper_out_at": MIDDLE}));
        fake.set(json!({"stale": "00000f0000371113ff"}));
        assert_eq!(print(&mut printer, &badge(1)).0, Outcome::Unknown(Trouble::PaperOut));
    });
}
