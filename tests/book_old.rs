//! A book of the first version, stored here, opens in every later program with all that it holds.
//!
//! `tests/books/version-1.db` was made by `MAKE_OLD_BOOK=1 cargo test --test book_old` when 1 was the newest
//! version. A new migration keeps it and adds one of its own; nobody makes this one again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what failed by failing")]

use chrono::DateTime;
use frontdesk::book::{Book, NewVisit, Verified};
use frontdesk::config::Config;
use frontdesk::errand::{Outcome, Seen, State, Trouble};
use frontdesk::now::{Now, Tick};
use frontdesk::stock;
use frontdesk::visit::{Agreement, Company, Details, InviteCode, PersonName};
use frontdesk::words::Lang;
use std::fs;
use std::path::Path;
use std::time::Duration;

const STORED: &str = "tests/books/version-1.db";

fn now() -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
    Now { tick: Tick::default(), wall }
}

fn arrive(book: &mut Book) -> frontdesk::visit::Visit {
    let new = NewVisit {
        invitation: None,
        details: Details {
            name: PersonName::parse("买买提·吐尔逊").unwrap(),
            company: Company::maybe("天山果业合作社").unwrap(),
            phone: None,
            party: 1,
        },
        host_id: "H001".to_owned(),
        lang: Lang::ZH,
        agreement: Agreement { version: "2026-11".to_owned(), lang: Lang::ZH, sha256: "0".repeat(64), at: now().wall },
        good_until: now().after(Duration::from_secs(3600)).wall,
        waiting_at: "一楼前台".into(),
    };
    book.arrive(new, now()).unwrap()
}

fn make(path: &Path) {
    let mut config = Config::built_in();
    config.book.path = path.to_owned();
    let mut book = stock::book(&config)(now()).unwrap();
    arrive(&mut book);
    let errands = book.due(now()).unwrap();
    book.ran(errands[0].id, Outcome::Unknown(Trouble::Mute), now()).unwrap();
    // The letter stays with its runner: the power fails here.
}

#[test]
fn a_book_of_version_1_opens_with_all_that_it_holds() {
    if std::env::var_os("MAKE_OLD_BOOK").is_some() {
        fs::create_dir_all("tests/books").unwrap();
        make(Path::new(STORED));
        fs::remove_file(format!("{STORED}.lock")).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    fs::copy(STORED, &path).unwrap();
    let mut book = Book::open(&path, Config::built_in().reception, now()).unwrap();
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
    for errand in book.due(now().after(Duration::from_secs(60))).unwrap() {
        book.ran(errand.id, Outcome::Done(Seen::Confirmed), now()).unwrap();
    }
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
}
