//! Staff's commands as they run them over SSH: the real program beside a kiosk's book.

use crate::beside::Kiosk;
use frontdesk::book::NewDelivery;
use frontdesk::errand::{Kind, Outcome, Trouble};
use frontdesk::front::clock::Clock;
use frontdesk::visit::{Admission, Feedback, Note, Remark, Signature};
use image::GenericImageView;
use std::fs;
use std::path::PathBuf;

#[test]
fn who_waits_is_listed_let_in_or_declined() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.says(&["waiting"]), "nobody waits\n");
    let (first, second) = (kiosk.waiting("欧阳修明", None), kiosk.waiting("John Carter", None));
    let listed = kiosk.says(&["waiting"]);
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines[0].starts_with("A001") && lines[0].contains("欧阳修明 for 李晓云"), "{listed}");
    assert!(lines[1].starts_with("A002") && lines[1].contains("John Carter"), "{listed}");

    assert_eq!(kiosk.says(&["admit", "A001"]), "A001 is let in\n");
    assert_eq!(kiosk.admission(&first), Admission::Admitted);
    // The badge and the mail to the host are to be done now.
    assert_eq!(kiosk.book.due(Clock::start().now()).unwrap().len(), 2);
    assert_eq!(kiosk.says(&["decline", "A002", "--word", "Please call first"]), "A002 is declined\n");
    assert_eq!(kiosk.admission(&second), Admission::Declined("Please call first".to_owned()));
    assert!(kiosk.book.due(Clock::start().now()).unwrap().is_empty(), "nothing is printed");

    assert_eq!(kiosk.says(&["waiting"]), "nobody waits\n");
    kiosk.refuses(&["admit", "A001"], "nobody with number A001 waits");
    kiosk.refuses(&["decline", "A009"], "nobody with number A009 waits");
    kiosk.refuses(&["admit", "seventeen"], "is no number such as A017");
}

#[test]
fn parcels_lie_here_until_they_are_collected() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.says(&["parcels"]), "nothing lies here\n");
    let parcels = NewDelivery {
        host_id: "H001".to_owned(),
        carrier: Note::maybe("SF Express"),
        parcels: 3,
        to_sign: true,
        invitation: None,
    };
    kiosk.book.take_in(parcels, kiosk.now).unwrap();
    let listed = kiosk.says(&["parcels"]);
    assert!(
        listed.starts_with("P1  ") && listed.ends_with("3 for 李晓云, SF Express, to be signed for\n"),
        "{listed}"
    );
    kiosk.refuses(&["collected", "P2"], "P2 does not lie here");
    assert_eq!(kiosk.says(&["collected", "p1"]), "P1 is collected\n");
    assert!(kiosk.book.parcels().unwrap().is_empty());
    assert_eq!(kiosk.says(&["parcels"]), "nothing lies here\n");
}

#[test]
fn complaints_stay_open_until_something_was_done() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.says(&["cases"]), "no complaint is open\n");
    let complaint = Feedback {
        rating: Some(1),
        words: Remark::maybe("等了一个小时"),
        complaint: true,
        visit: None,
        department: "品质部".to_owned(),
    };
    kiosk.book.say(None, &complaint, kiosk.now).unwrap();
    let listed = kiosk.says(&["cases"]);
    assert!(listed.starts_with("C1  due ") && listed.ends_with("(品质部): 等了一个小时\n"), "{listed}");
    kiosk.refuses(&["close", "C1", "--done", " "], "say what was done");
    kiosk.refuses(&["close", "C7", "--done", "x"], "no open complaint has number C7");
    assert_eq!(kiosk.says(&["close", "C1", "--done", "apologised"]), "C1 is closed\n");
    assert!(kiosk.book.cases().unwrap().is_empty());
}

#[test]
fn an_emergency_is_on_until_it_is_off() {
    let kiosk = Kiosk::new();
    assert!(kiosk.says(&["emergency", "on", "--say", "请离开大楼"]).contains("is on"));
    assert_eq!(kiosk.book.emergency().unwrap().as_deref(), Some("请离开大楼"));
    kiosk.refuses(&["emergency", "on", "--say", &"长".repeat(121)], "longer than 120 characters");
    assert!(kiosk.says(&["emergency", "off"]).contains("is off"));
    assert_eq!(kiosk.book.emergency().unwrap(), None);
    assert_eq!(kiosk.run(&["emergency", "maybe"]).0, 2);
}

#[test]
fn a_signature_of_somebody_who_is_here() {
    let mut kiosk = Kiosk::new();
    let drawn: Vec<(i16, i16)> = (0..40).map(|n| (n * 8, 50 + n % 7 * 10)).collect();
    let signature = Signature::parse(&[drawn]).unwrap();
    kiosk.waiting("欧阳修明", Some(signature.clone()));
    kiosk.waiting("John Carter", None);
    let said = kiosk.says(&["signature", "A001", "--out", "a001.svg"]);
    assert!(said.starts_with("a001.svg: notice 2026-09 (zh), "), "{said}");
    assert_eq!(fs::read_to_string(kiosk.path().join("a001.svg")).unwrap(), signature.svg());
    kiosk.refuses(&["signature", "A002", "--out", "a002.svg"], "A002 agreed without a signature");
    kiosk.refuses(&["signature", "A003", "--out", "a003.svg"], "nobody with number A003 is here");
    assert!(!kiosk.path().join("a002.svg").exists());
}

#[test]
fn what_was_not_done_is_listed_with_what_to_do() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.says(&["failures"]), "everything was done\n");
    let visit = kiosk.waiting("欧阳修明", None);
    kiosk.book.admit(visit.id, "wang", kiosk.now).unwrap();
    for errand in kiosk.book.due(kiosk.now).unwrap() {
        let outcome = match errand.work.kind() {
            Kind::Letter => Outcome::Failed(Trouble::MailRefused),
            Kind::Paper | Kind::File => Outcome::Unknown(Trouble::Mute),
        };
        kiosk.book.ran(errand.id, outcome, kiosk.now).unwrap();
    }
    let said = kiosk.says(&["failures"]);
    assert_eq!(said.lines().filter(|line| line.starts_with("A001")).count(), 2, "{said}");
    for words in [
        "the mail to 李晓云 <li@example.com> that 欧阳修明 is here",
        "The mail server refuses this mail. Check the addresses of recipient and sender.",
        "the badge of 欧阳修明",
        "Nobody saw the end. The printer does not answer. Switch it off and on.",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    let doctor = kiosk.run(&["doctor"]).1;
    let warned =
        doctor.lines().any(|line| line.starts_with("warning  errands") && line.contains("2 mails or badges"));
    assert!(warned, "{doctor}");
    // The visitor has left: what is over now was not done all the same.
    kiosk.book.leave(visit.id, kiosk.now).unwrap();
    assert_eq!(kiosk.says(&["failures"]).lines().count(), 4);
}

#[test]
fn a_badge_is_shown_as_a_picture() {
    let kiosk = Kiosk::new();
    let badge =
        |name: &str, out: &str| kiosk.run(&["badge", "--name", name, "--company", "云栖", "--out", out]);
    let (status, printed, complained) = badge("欧阳修明", "one.png");
    assert_eq!((status, complained.as_str()), (0, ""));
    assert!(printed.starts_with("one.png (576 x "), "{printed}");
    let picture = image::open(kiosk.path().join("one.png")).unwrap();
    assert_eq!(picture.width(), 576);
    let ink = picture.pixels().filter(|(_, _, pixel)| pixel.0[0] < 128).count();
    assert!(ink > 5000, "{ink} dots of ink");
    assert_eq!(badge("曾喆", "two.png").0, 0);
    assert_ne!(
        fs::read(kiosk.path().join("one.png")).unwrap(),
        fs::read(kiosk.path().join("two.png")).unwrap()
    );
    let (status, _, complained) = badge("\u{10FFFD}", "no.png");
    assert!(status == 1 && !kiosk.path().join("no.png").exists(), "{complained}");
    assert_eq!(kiosk.run(&["badge", "--name", "A", "--lang", "cn", "--out", "no.png"]).0, 2);
}

#[test]
fn commands_make_no_book() {
    let kiosk = Kiosk::new();
    fs::write(kiosk.path().join("kiosk.toml"), "[book]\npath = \"other.db\"\n").unwrap();
    for words in [
        &["waiting"][..],
        &["admit", "A001"],
        &["decline", "A001"],
        &["parcels"],
        &["collected", "P1"],
        &["cases"],
        &["close", "C1", "--done", "x"],
        &["emergency", "on"],
        &["signature", "A001", "--out", "x.svg"],
        &["failures"],
    ] {
        kiosk.refuses(words, "there is no book");
    }
    let made: PathBuf = kiosk.path().join("other.db");
    assert!(!made.exists());
}

/// What the README tells people to try.
#[test]
fn the_codes_of_the_readme_are_in_the_demo() {
    let readme = include_str!("../../README.md");
    let demo = include_str!("../../assets/demo/invitations.csv");
    let trying = readme.split("To try it:").nth(1).unwrap().split("## ").next().unwrap();
    let codes: Vec<&str> = trying
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| {
            [6, 26].contains(&code.len())
                && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        })
        .collect();
    assert!(codes.len() >= 8, "{codes:?}");
    for code in codes {
        assert!(demo.contains(&format!(",{code},")), "{code} is in no invitation");
    }
    for (who, word) in [("曾喆", "1234"), ("Aiko Tanaka", "5678")] {
        assert!(trying.contains(who) && trying.contains(&format!("`{word}`")));
        assert!(demo.lines().any(|line| line.contains(who) && line.contains(&format!("{word},"))), "{who}");
    }
}
