//! A book of the first version, stored here, opens in every later program with all that it holds.
//!
//! `tests/book/version-1.db` was made by `MAKE_OLD_BOOK=1 cargo test --test book old` when 1 was the newest
//! version. A new migration keeps it and adds one of its own; nobody makes this one again.

use crate::support::{morning, visitor};
use frontdesk::book::{Book, Verified};
use frontdesk::config::Config;
use frontdesk::errand::{Outcome, Seen, State, Trouble};
use frontdesk::stock;
use frontdesk::visit::{InviteCode, PersonName};
use std::fs;
use std::path::Path;
use std::time::Duration;

const STORED: &str = "tests/book/version-1.db";

fn arrive(book: &mut Book) -> frontdesk::visit::Visit {
    let mut new = visitor(morning());
    new.details.name = PersonName::parse("买买提·吐尔逊").unwrap();
    book.arrive(new, morning()).unwrap()
}

fn make(path: &Path) {
    let mut config = Config::built_in();
    config.book.path = path.to_owned();
    let mut book = stock::book(&config)(morning()).unwrap();
    arrive(&mut book);
    let errands = book.due(morning()).unwrap();
    book.ran(errands[0].id, Outcome::Unknown(Trouble::Mute), morning()).unwrap();
    // The letter stays with its runner: the power fails here.
}

#[test]
fn a_book_of_version_1_opens_with_all_that_it_holds() {
    if std::env::var_os("MAKE_OLD_BOOK").is_some() {
        make(Path::new(STORED));
        fs::remove_file(format!("{STORED}.lock")).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    fs::copy(STORED, &path).unwrap();
    let mut book = Book::open(&path, Config::built_in().reception, morning()).unwrap();
    assert!(matches!(book.verify().unwrap(), Verified::Whole { lines, .. } if lines >= 7));
    assert_eq!(book.hosts().unwrap().len(), 8);
    let code = InviteCode::parse("A7K3M9").unwrap();
    assert_eq!(book.invitation_by_code(&code).unwrap().unwrap().visitor.as_str(), "欧阳修明");
    let visit = book.open_visits().unwrap().remove(0);
    assert_eq!(visit.details.name.as_str(), "买买提·吐尔逊");
    let states: Vec<State> = book.errands_of(visit.id).unwrap().iter().map(|errand| errand.state).collect();
    assert_eq!(states, [State::Unknown(Trouble::Mute), State::Queued(Some(Trouble::Interrupted))]);
    // And it goes on.
    let next = arrive(&mut book);
    assert_eq!(next.badge, visit.badge.next());
    for errand in book.due(morning().after(Duration::from_secs(60))).unwrap() {
        book.ran(errand.id, Outcome::Done(Seen::Confirmed), morning()).unwrap();
    }
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
}
