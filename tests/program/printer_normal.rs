//! A badge on a printer that works: taken once, byte by byte, and called confirmed only where the printer
//! said so.

use crate::usb::{
    self, FakePrinter, SOON, any_printer, badge, becomes, print, printer, ready_printer, with_printer,
};
use frontdesk::back::printer::Printer;
use frontdesk::config::AskStatus;
use frontdesk::errand::{Outcome, PrinterState, Seen, Trouble};
use serde_json::json;
use std::time::Instant;

const CONFIRMED: Outcome = Outcome::Done(Seen::Confirmed);
const HANDED_OVER: Outcome = Outcome::Done(Seen::HandedOver);
const READY: PrinterState = PrinterState::Ready { paper_low: false };
const MUTE: [&str; 3] = ["\"status\"=false", "\"tier_a\"=false", "\"tier_b\"=false"];

#[test]
fn a_mark_confirms_the_badge() {
    with_printer("a_mark_confirms_the_badge", &[], |fake| {
        let mut printer = ready_printer(fake);
        for ink in [1, 2] {
            fake.forget();
            let badge = badge(ink);
            assert_eq!(print(&mut printer, &badge).0, CONFIRMED);
            let told = fake.tell();
            let (bytes, mark) = told.taken.split_at(told.taken.len() - 11);
            assert!(bytes == badge.with_reports(), "exactly the badge's bytes");
            assert_eq!(&mark[..7], b"\x1d(H\x06\x0000");
            assert_eq!(told.badges, [badge.bitmap.bytes]);
            assert_eq!((told.unfinished, told.strays), (0, 0));
        }
    });
}

#[test]
fn an_answer_behind_the_cut_confirms_the_badge() {
    with_printer("an_answer_behind_the_cut_confirms_the_badge", &["\"tier_a\"=false"], |fake| {
        let mut printer = ready_printer(fake);
        for ink in [1, 2] {
            fake.forget();
            let badge = badge(ink);
            assert_eq!(print(&mut printer, &badge).0, CONFIRMED);
            let told = fake.tell();
            assert!(
                told.taken == [&badge.with_reports()[..], b"\x1dr\x01"].concat(),
                "exactly the badge's bytes"
            );
            assert_eq!(told.badges, [badge.bitmap.bytes]);
        }
    });
}

#[test]
fn a_mute_printer_is_never_said_to_have_printed() {
    with_printer("a_mute_printer_is_never_said_to_have_printed", &MUTE, |fake| {
        let mut printer = any_printer();
        for _ in 0..8 {
            assert_eq!(printer.look(), READY);
        }
        fake.forget();
        for ink in [1, 2] {
            let badge = badge(ink);
            assert_eq!(print(&mut printer, &badge).0, HANDED_OVER);
            assert!(fake.tell().taken.ends_with(&badge.job.bytes));
        }
        let told = fake.tray_holds(2);
        assert!(told.raw == [badge(1).job.bytes, badge(2).job.bytes].concat(), "exactly the badges' bytes");
        // Given up after the first looks: it is not asked at each.
        assert_eq!(printer.look(), READY);
        assert_eq!(fake.tell().raw.len(), told.raw.len());
        assert_eq!(printer.answers(), Some(false));
    });
}

/// The printer says something by itself, and is looked at until it was asked how it is.
fn asked_again(fake: &mut FakePrinter, printer: &mut Printer) {
    let before = fake.tell().raw.len();
    fake.set(json!({"stale": "14000000"}));
    let begun = Instant::now();
    while fake.tell().raw.len() == before {
        assert!(begun.elapsed() < SOON, "it is not asked");
        assert_eq!(printer.look(), READY);
    }
}

/// It was busy with itself for long when it was switched on.
#[test]
fn a_printer_that_begins_to_speak_is_asked_from_then_on() {
    with_printer("a_printer_that_begins_to_speak_is_asked_from_then_on", &MUTE, |fake| {
        let mut printer = any_printer();
        for _ in 0..8 {
            assert_eq!(printer.look(), READY);
        }
        assert_eq!(print(&mut printer, &badge(1)).0, HANDED_OVER);
        // It says something, and yet does not answer.
        asked_again(fake, &mut printer);
        assert_eq!(printer.answers(), Some(false));
        assert_eq!(print(&mut printer, &badge(2)).0, HANDED_OVER);
        fake.set(json!({"status": true, "tier_a": true, "tier_b": true}));
        asked_again(fake, &mut printer);
        assert_eq!(printer.answers(), Some(true));
        assert_eq!(print(&mut printer, &badge(3)).0, CONFIRMED);
        fake.set(json!({"paper": "out"}));
        becomes(&mut printer, PrinterState::Trouble(Trouble::PaperOut));
        assert_eq!(fake.tell().badges, [1, 2, 3].map(|ink| badge(ink).bitmap.bytes));
    });
}

#[test]
fn a_printer_that_must_not_be_asked_is_not() {
    with_printer("a_printer_that_must_not_be_asked_is_not", &[], |fake| {
        let mut printer = printer(None, AskStatus::Never);
        assert_eq!(printer.look(), READY);
        let badge = badge(1);
        assert_eq!(print(&mut printer, &badge).0, HANDED_OVER);
        assert_eq!(printer.look(), READY);
        let told = fake.tray_holds(1);
        let white = told.raw.iter().take_while(|byte| **byte == 0).count();
        let sent = [b"\x1b@", &badge.job.bytes[..]].concat();
        assert!(told.raw[white..] == sent, "no question, no report, no mark");
        fake.unplug();
        becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
    });
}

#[test]
fn a_printer_without_a_way_back_is_handed_the_badge() {
    with_printer("a_printer_without_a_way_back_is_handed_the_badge", &["one-way"], |fake| {
        let mut printer = ready_printer(fake);
        let badge = badge(1);
        assert_eq!(print(&mut printer, &badge).0, HANDED_OVER);
        assert!(fake.tray_holds(1).raw == badge.job.bytes);
        fake.unplug();
        becomes(&mut printer, PrinterState::Trouble(Trouble::Unplugged));
        fake.plug();
        becomes(&mut printer, READY);
    });
}

#[test]
fn a_printer_that_answers_but_cannot_confirm_is_asked_once_more_at_the_end() {
    let shape = ["\"tier_a\"=false", "\"tier_b\"=false"];
    with_printer("a_printer_that_answers_but_cannot_confirm_is_asked_once_more_at_the_end", &shape, |fake| {
        let mut printer = any_printer();
        for _ in 0..3 {
            assert_eq!(printer.look(), READY);
        }
        assert_eq!(print(&mut printer, &badge(1)).0, HANDED_OVER);
        fake.set(json!({"lose_paper_when_cut": true}));
        assert_eq!(print(&mut printer, &badge(2)).0, Outcome::Unknown(Trouble::PaperOut));
        assert_eq!(fake.tell().badges.len(), 2);
        fake.repair();
        becomes(&mut printer, READY);
    });
}

#[test]
fn little_paper_is_told_and_still_prints() {
    with_printer("little_paper_is_told_and_still_prints", &["\"paper\"=\"low\""], |fake| {
        let mut printer = any_printer();
        becomes(&mut printer, PrinterState::Ready { paper_low: true });
        assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
        fake.set(json!({"paper": "ok"}));
        becomes(&mut printer, READY);
    });
}

#[test]
fn a_slow_printer_is_waited_for() {
    // 17 kB at 12 kB/s through a buffer of 4 kB; and answers that come late.
    let shape = ["\"buffer\"=4096", "\"speed\"=12000", "\"answer_late\"=0.05"];
    with_printer("a_slow_printer_is_waited_for", &shape, |fake| {
        let mut printer = ready_printer(fake);
        let badge = usb::in_bands(badge(1).bitmap, 40); // bands that its buffer can hold
        let (outcome, took) = print(&mut printer, &badge);
        assert_eq!(outcome, CONFIRMED);
        assert!(took.as_millis() > 1000, "it was slow: {took:?}");
        assert_eq!(fake.tell().badges, [badge.bitmap.bytes]);
    });
}

#[test]
fn what_was_not_taken_is_sent_and_nothing_twice() {
    with_printer("what_was_not_taken_is_sent_and_nothing_twice", &[], |fake| {
        let mut printer = ready_printer(fake);
        fake.set(json!({"short": 512}));
        let badge = badge(1);
        assert_eq!(print(&mut printer, &badge).0, CONFIRMED);
        let told = fake.tell();
        assert!(told.taken.starts_with(&badge.with_reports()), "no byte lost, none repeated");
        assert_eq!(told.printed, badge.bitmap.bytes.len());
        assert_eq!(told.badges, [badge.bitmap.bytes]);
    });
}

#[test]
fn a_printer_of_the_vendors_own_class_is_known_by_its_id() {
    with_printer("a_printer_of_the_vendors_own_class_is_known_by_its_id", &["vendor-class"], |fake| {
        assert_eq!(any_printer().look(), PrinterState::Trouble(Trouble::Unplugged));
        let other = &mut printer(Some((0x04B8, 0x0001)), AskStatus::Auto);
        assert_eq!(other.look(), PrinterState::Trouble(Trouble::Unplugged));
        let named = &mut printer(Some((0x04B8, 0x0E28)), AskStatus::Auto);
        assert_eq!(named.look(), READY);
        assert_eq!(print(named, &badge(1)).0, CONFIRMED);
        assert_eq!(fake.tell().badges.len(), 1);
    });
}

#[test]
fn a_printer_that_another_program_holds_is_told_and_taken_when_free() {
    with_printer(
        "a_printer_that_another_program_holds_is_told_and_taken_when_free",
        &["\"busy\"=true"],
        |fake| {
            let mut printer = any_printer();
            becomes(&mut printer, PrinterState::Trouble(Trouble::Busy));
            assert_eq!(print(&mut printer, &badge(1)).0, Outcome::NotYet(Trouble::Busy));
            fake.set(json!({"busy": false}));
            becomes(&mut printer, READY);
            assert_eq!(print(&mut printer, &badge(1)).0, CONFIRMED);
            assert_eq!(fake.tell().badges.len(), 1);
        },
    );
}

#[test]
fn without_a_printer_there_is_trouble_and_no_crash() {
    // Outside of the make-believe: whatever USB this machine has, or none.
    let mut printer = printer(Some((0xDEAD, 0xBEEF)), AskStatus::Auto);
    assert_eq!(printer.look(), PrinterState::Trouble(Trouble::Unplugged));
    assert_eq!(print(&mut printer, &badge(1)).0, Outcome::NotYet(Trouble::Unplugged));
}
