//! What the notice promises: after so many days nothing personal is left, and the journal still verifies.

use super::*;
use crate::book::{ERASED, Entry, Verified};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Everything that stands in the book's file, and beside it.
fn file(reception: &Reception) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(reception._folder.path()).unwrap().map(Result::unwrap) {
        all.push_str(&String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()));
    }
    all
}

/// A visitor with a name that is nowhere else, who has left and said something.
fn visited(reception: &mut Reception) {
    let own =
        Invitation { visitor: PersonName::parse("司徒望舒").unwrap(), ..invitation(7, "空", 8..18) };
    reception.book.put_invitations(&[own], reception.now).unwrap();
    reception.scan(7).tell(Event::Correct).details("司徒望舒", "13711112222").tell(Event::Agree(vec![]));
    for errand in reception.due() {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    reception.tell(Event::Done);
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception.tell(Event::Scanned(badge.as_str().to_owned())).tell(Event::Leave);
    reception.tell(Event::BeginWord { complaint: true });
    reception.tell(Event::WordDone { words: "灯太暗，望舒".to_owned(), anonymous: false }).tell(Event::Home);
}

#[test]
fn after_the_promised_days_nothing_personal_is_left() {
    let mut reception = Reception::open();
    visited(&mut reception);
    assert!(reception.book.close_case(1, "reception", "望舒的灯换了", reception.now).unwrap());
    for errand in reception.due() {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    let keep = DAY * reception.config.visit.keep_days;
    reception.wait(keep - MINUTE);
    assert!(file(&reception).contains("司徒望舒"), "not before");
    reception.wait(DAY);
    let left = file(&reception);
    for personal in ["司徒望舒", "望舒", "13711112222", "2222\u{0}", "灯太暗"] {
        assert!(!left.contains(personal), "{personal} is still in the file");
    }
    assert!(matches!(reception.book.verify().unwrap(), Verified::Whole { .. }));
    let lines = reception.book.entries().unwrap();
    assert!(matches!(lines.last(), Some(Entry::Erased { count, .. }) if *count > 0), "{lines:?}");
    // The next day there is nothing more to erase, and nothing is written.
    reception.wait(DAY).wait(DAY);
    assert_eq!(reception.book.entries().unwrap(), lines);
}

#[test]
fn who_is_still_here_and_what_is_still_open_stays() {
    let mut reception = Reception::open();
    visited(&mut reception);
    let hour = Duration::from_secs(60 * 60);
    reception.wait(DAY * (reception.config.visit.keep_days + 1));
    // Somebody comes on that day, and their data are young.
    reception
        .tell(Event::WalkIn)
        .tell(Event::ChooseType("private".to_owned()))
        .details("王芳", "13900139000");
    reception.tell(Event::ChooseHost("h1".to_owned())).tell(Event::Agree(vec![])).tell(Event::Home);
    reception.wait(hour);
    let cases = reception.book.cases().unwrap();
    assert_eq!(cases[0].words, "灯太暗，望舒", "an open complaint is kept until it is answered");
    assert_eq!(reception.book.open_visits().unwrap()[0].details.name.as_str(), "王芳");
    assert!(PersonName::parse(ERASED).is_ok(), "the book can read what it wrote");
}
