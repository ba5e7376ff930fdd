//! The journal's last hash goes to facilities every day; with it a journal that was written anew, or cut off, is found.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, Entry, Verified};
use frontdesk::config::{Config, Facilities};
use frontdesk::errand::{About, Letter, Outcome, Seen, Work};
use frontdesk::now::Now;
use frontdesk::words::Lang;
use std::path::Path;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

fn open(path: &Path, email: Option<&str>) -> Book {
    let mut book = Book::open(path, Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    book.set_facilities(&Facilities { email: email.map(str::to_owned), lang: Lang::EN });
    book
}

/// The seals that are sent now.
fn sent(book: &mut Book, at: Now) -> Vec<Letter> {
    let mut seals = Vec::new();
    for errand in book.due(at).unwrap() {
        book.ran(errand.id, Outcome::Done(Seen::Confirmed), at).unwrap();
        match errand.work {
            Work::Letter(letter) if letter.about == About::Seal => seals.push(letter),
            Work::Letter(_)
            | Work::Badge(_)
            | Work::Roll(_)
            | Work::Numbers(_)
            | Work::Backup(_)
            | Work::Export(_) => {}
        }
    }
    seals
}

fn last(book: &Book) -> (i64, String) {
    match book.verify().unwrap() {
        Verified::Whole { lines, last, .. } => (lines, last),
        broken @ Verified::Broken { .. } => panic!("{broken:?}"),
    }
}

#[test]
fn every_day_has_its_seal_and_no_day_has_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let to = "facilities@example.com";
    let mut book = open(&path, Some(to));
    assert!(book.seal(morning()).unwrap());
    sent(&mut book, morning());
    book.arrive(visitor(morning()), morning()).unwrap();
    let late = morning().after(HOUR * 14); // 23:41
    sent(&mut book, late);
    assert!(!book.seal(late).unwrap());
    let (lines, hash) = last(&book);
    let midnight = late.after(Duration::from_secs(20 * 60));
    assert!(book.seal(midnight).unwrap());
    let seals = sent(&mut book, midnight);
    assert_eq!(seals.len(), 1);
    let seal = &seals[0];
    assert_eq!(
        (seal.to.as_str(), &seal.number, &seal.lines),
        (to, &format!("line {lines}"), &vec![hash.clone()])
    );
    assert_eq!(seal.arrived.date_naive(), morning().wall.date_naive(), "of the day before");
    assert!(book.entries().unwrap().contains(&Entry::Sealed));
    assert_eq!(book.line_of(&hash.to_uppercase()).unwrap(), Some(lines));
    drop(book);
    let mut book = open(&path, Some(to));
    assert!(!book.seal(midnight.after(HOUR)).unwrap(), "a restart seals nothing twice");
    assert!(!book.seal(late).unwrap(), "nor a clock set back by an hour");
    assert!(book.seal(midnight.after(DAY * 900)).unwrap());
    assert!(book.seal(midnight.after(DAY)).unwrap(), "nor does a wrong clock end it");
    assert!(!book.seal(midnight.after(DAY)).unwrap());
    assert!(book.seal(midnight.after(DAY * 2)).unwrap());
}

#[test]
fn without_an_address_nothing_is_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"), None);
    let before = last(&book);
    for day in 0..5 {
        assert!(!book.seal(morning().after(DAY * day)).unwrap());
    }
    assert_eq!(last(&book), before);
}
