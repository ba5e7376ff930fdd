//! A printer that is plugged in beside the running kiosk, and two of them: it is taken once it may be opened, and no
//! other printer ever gets its badges.

use super::usb::{self, FakePrinter, any_printer, badge, becomes, print, printer, with_printer};
use super::{CONFIRMED, Log, READY};
use frontdesk::back::printer::Printer;
use frontdesk::config::AskStatus;
use frontdesk::errand::{Outcome, PrinterState, Trouble};
use std::process::Command;
use std::time::{Duration, Instant};

const UNPLUGGED: PrinterState = PrinterState::Trouble(Trouble::Unplugged);
const NO_ACCESS: PrinterState = PrinterState::Trouble(Trouble::NoAccess);
/// What a printer is given before it is called forbidden, in src/back/printer/delays.rs.
const GIVEN_AWAY: Duration = Duration::from_secs(5);

/// Looks as the runner does, for so long; what it said, each state once.
fn seen(printer: &mut Printer, time: Duration) -> Vec<PrinterState> {
    let (begun, mut states) = (Instant::now(), Vec::new());
    while begun.elapsed() < time {
        let state = printer.look();
        if states.last() != Some(&state) {
            states.push(state);
        }
        std::thread::sleep(usb::BETWEEN_LOOKS);
    }
    states
}

#[test]
fn a_printer_is_taken_when_udev_has_given_it_away() {
    with_printer("plugged::a_printer_is_taken_when_udev_has_given_it_away", &["unplugged"], |fake| {
        let mut printer = any_printer();
        assert_eq!(printer.look(), UNPLUGGED);
        fake.forbid();
        fake.plug();
        assert_eq!(seen(&mut printer, GIVEN_AWAY / 2), [UNPLUGGED], "it is on its way, and no trouble");
        assert!(printer.is_awaited());
        assert_eq!(print(&mut printer, &badge(1)).0, Outcome::NotYet(Trouble::Unplugged));
        fake.allow();
        becomes(&mut printer, READY);
        assert!(!printer.is_awaited());
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        assert_eq!(fake.tell().badges.len(), 1);
    });
}

#[test]
fn a_printer_that_stays_forbidden_is_told_and_taken_at_every_later_change() {
    with_printer(
        "plugged::a_printer_that_stays_forbidden_is_told_and_taken_at_every_later_change",
        &[],
        |fake| {
            fake.forbid();
            let mut printer = any_printer();
            let states = seen(&mut printer, GIVEN_AWAY + Duration::from_secs(2));
            assert_eq!(states, [UNPLUGGED, NO_ACCESS]);
            assert!(!printer.is_awaited());
            // The rule is installed at last, and udev is triggered: nothing was plugged.
            fake.allow();
            becomes(&mut printer, READY);
            // Once more, from the plug on.
            fake.unplug();
            becomes(&mut printer, UNPLUGGED);
            fake.forbid();
            fake.plug();
            assert_eq!(seen(&mut printer, Duration::from_secs(1)), [UNPLUGGED]);
            fake.allow();
            becomes(&mut printer, READY);
        },
    );
}

#[test]
fn the_first_of_two_printers_is_taken_and_kept() {
    with_printer("plugged::the_first_of_two_printers_is_taken_and_kept", &[], |fake| {
        let log = Log::default();
        let into = log.clone();
        tracing_subscriber::fmt().with_writer(move || into.clone()).with_ansi(false).init();
        fake.plug_other();
        let mut printer = any_printer();
        becomes(&mut printer, READY);
        log.says("the printer is connected: 04b8:0e28 (port 1-1)");
        assert_eq!(printer.others(), ["03f0:4117 Office Laser 4 (port 1-2)"]);
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        fake.unplug();
        becomes(&mut printer, UNPLUGGED);
        assert_eq!(seen(&mut printer, Duration::from_secs(2)), [UNPLUGGED]);
        log.says(
            "another printer is connected, but the kiosk does not use it: 03f0:4117 Office Laser 4 (port 1-2)",
        );
        assert_eq!(print(&mut printer, &badge(2)).0, Outcome::NotYet(Trouble::Unplugged));
        fake.plug();
        becomes(&mut printer, READY);
        assert_eq!(print(&mut printer, &badge(3)).0, CONFIRMED);
        assert_eq!(fake.tell().others_claims, 0, "nobody touched the office's printer");
    });
}

/// A kiosk that starts while its printer is held, or is not given to it, does not fall back on another one.
#[test]
fn a_printer_that_is_busy_is_not_replaced_by_the_next() {
    with_printer("plugged::a_printer_that_is_busy_is_not_replaced_by_the_next", &["\"busy\"=true"], |fake| {
        fake.plug_other();
        let mut printer = any_printer();
        assert_eq!(seen(&mut printer, Duration::from_secs(1)), [PrinterState::Trouble(Trouble::Busy)]);
        fake.set(serde_json::json!({"busy": false}));
        fake.forbid();
        assert_eq!(seen(&mut printer, Duration::from_secs(1)), [UNPLUGGED]);
        fake.allow();
        becomes(&mut printer, READY);
        assert_eq!(fake.tell().others_claims, 0);
    });
}

#[test]
fn an_id_takes_that_printer_or_none() {
    with_printer("plugged::an_id_takes_that_printer_or_none", &[], |fake| {
        fake.plug_other();
        let mut named = printer(Some((0x04B8, 0x0E28)), AskStatus::Auto);
        becomes(&mut named, READY);
        drop(named);
        let mut missing = printer(Some((0x0416, 0x5011)), AskStatus::Auto);
        assert_eq!(seen(&mut missing, Duration::from_secs(1)), [UNPLUGGED]);
        let others = ["04b8:0e28 (port 1-1)", "03f0:4117 Office Laser 4 (port 1-2)"];
        assert_eq!(missing.others(), others);
        assert_eq!(fake.tell().others_claims, 0);
    });
}

/// What `doctor` says of the printer.
fn doctor(_: &FakePrinter, id: &str) -> String {
    let place = tempfile::tempdir().unwrap();
    let config = place.path().join("kiosk.toml");
    std::fs::write(&config, format!("[printer]\nkind = \"usb\"\n{id}")).unwrap();
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    let ran = doctor.arg("--config").arg(config).arg("doctor").env("FRONTDESK_LOG", "off").output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    let lines: Vec<&str> = said.lines().skip_while(|line| !line.contains(" printer ")).take(2).collect();
    lines.join("\n")
}

#[test]
fn doctor_says_which_printer_it_is() {
    with_printer("plugged::doctor_says_which_printer_it_is", &[], |fake| {
        let said = doctor(fake, "");
        assert!(said.starts_with("ok ") && said.contains("USB 04b8:0e28 (port 1-1), ready"), "{said}");
        fake.plug_other();
        let said = doctor(fake, "");
        assert!(said.starts_with("warning ") && said.contains("USB 04b8:0e28 (port 1-1), ready"), "{said}");
        assert!(said.contains("not used: 03f0:4117 Office Laser 4 (port 1-2)"), "{said}");
        assert!(said.contains("[printer] id"), "{said}");
        let said = doctor(fake, "id = \"04b8:0e28\"\n");
        assert!(said.starts_with("ok "), "the others are nothing to it: {said}");
        let said = doctor(fake, "id = \"0416:5011\"\n");
        assert!(
            said.starts_with("WRONG ") && said.contains("connected: 04b8:0e28 (port 1-1), 03f0:4117"),
            "{said}"
        );
        fake.forbid();
        let said = doctor(fake, "id = \"04b8:0e28\"\n");
        assert!(said.starts_with("WRONG ") && said.contains("may not use the printer"), "{said}");
        assert_eq!(fake.tell().others_claims, 0);
    });
}
