//! A book of version 7, stored here as the file that the program wrote: rows in every table, and errands of every kind
//! that still wait. It opens in every later program, and everything that waits is handed out.
//!
//! `tests/book/version-7.db` was made by `MAKE_OLD_BOOK=1 cargo test --test book seventh` when 7 was the newest version;
//! nobody makes it again.

use crate::older::{called, columns, make};
use crate::support::{host, morning};
use frontdesk::book::{
    Before, Book, Correction, Guarded, Invitee, NewDelivery, NewInvitation, NewWatched, Pause, Verified,
    look_over,
};
use frontdesk::config::{Admits, Config, Facilities, Lobby};
use frontdesk::errand::{
    Backup, Export, Exported, Fault, NUMBERS_GOOD_FOR, NumbersSheet, NumbersTable, Outcome, Seen, Trouble,
    Work,
};
use frontdesk::now::Now;
use frontdesk::visit::{
    Company, Feedback, Host, Kind, Note, PersonName, Photo, Remark, Signature, VisitId, Wanted, Witness,
};
use frontdesk::words::Lang;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

const STORED: &str = "tests/book/version-7.db";
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What waits in it, by kind, and how often.
const WAITED: [&str; 24] = [
    "backup: 1",
    "badge: 1",
    "export numbers: 1",
    "export visits: 1",
    "letter arrival: 4",
    "letter badge_unknown mute: 1",
    "letter came_back: 1",
    "letter case: 1",
    "letter damaged: 1",
    "letter invited cancelled false: 1",
    "letter invited cancelled true: 1",
    "letter may_come host: 1",
    "letter may_come reception: 1",
    "letter no_backup disk_full: 1",
    "letter no_badge late: 1",
    "letter no_badge printer_error: 1",
    "letter parcels again false to_sign false: 1",
    "letter parcels again false to_sign true: 1",
    "letter roll drill false: 2",
    "letter roll drill true: 2",
    "letter seal: 1",
    "letter supply: 1",
    "numbers: 1",
    "roll: 1",
];

/// When its last errands were queued.
fn evening() -> Now {
    morning().after(DAY * 40 + MINUTE * 30)
}

/// What happened at the desk, and what waits for the printer and the mail since.
fn at_the_desk(book: &mut Book, now: Now) {
    let mut asking = called("阮玲玉", Some("13800138000"), now);
    asking.admits = Admits::Host;
    book.arrive(asking, now).unwrap();
    let mut badge = |name: &str, outcome: Outcome| -> VisitId {
        let mut new = called(name, None, now);
        new.kind = Some(Kind {
            id: "contractor".to_owned(),
            name: "施工".into(),
            escort: false,
            returns: true,
            purpose: None,
        });
        let visit = book.arrive(new, now).unwrap();
        let due = book.due(now).unwrap();
        let badge = due.iter().find(|errand| matches!(errand.work, Work::Badge(_))).unwrap();
        book.ran(badge.id, outcome, now).unwrap();
        for other in due.iter().filter(|errand| errand.id != badge.id) {
            book.ran(other.id, Outcome::NotYet(Trouble::MailUnreachable), now).unwrap();
        }
        visit.id
    };
    badge("胡适之", Outcome::Failed(Trouble::PrinterError));
    badge("冰心", Outcome::Unknown(Trouble::Mute));
    let back = badge("林语堂", Outcome::Done(Seen::Confirmed));
    let doubted = badge("梁实秋", Outcome::Done(Seen::HandedOver));
    book.leave(back, now).unwrap();
    assert!(book.come_back(back, now).unwrap());
    assert_eq!(book.leave_by_number(doubted, now).unwrap(), 1);
    for to_sign in [false, true] {
        let carrier = Note::maybe("京东");
        let host_id = "H001".to_owned();
        book.take_in(NewDelivery { host_id, carrier, parcels: 1, to_sign, invitation: None }, now).unwrap();
    }
    let word = Feedback {
        rating: None,
        words: Remark::maybe("等了很久"),
        complaint: true,
        visit: Some(back),
        department: "品质部".to_owned(),
    };
    book.say(None, &word, now).unwrap();
    book.note_pause(Guarded::Pin("mei"), Pause { misses: 3, left: MINUTE }, now.tick).unwrap();
    book.note_pause(Guarded::LookUp, Pause { misses: 9, left: MINUTE * 2 }, now.tick).unwrap();
    let parcels = book.parcels().unwrap();
    assert!(book.collect(parcels[0].number, "mei", now).unwrap());
    // The newest badge has not been printed.
    let mut last = called("丰子恺", None, now);
    let stripes: Vec<u8> = (0..Photo::WIDTH * Photo::HEIGHT).map(|at| (at % 8 * 32) as u8).collect();
    last.photo = Photo::cut(Photo::WIDTH, Photo::HEIGHT, &stripes);
    last.agreement.signature = Some(Signature::from("M1 2L3 4".to_owned()));
    last.agreement.signed = Some(morning().wall);
    let last = book.arrive(last, now).unwrap();
    let noted = Correction { note: Note::maybe("自带电脑"), ..Correction::of(&last) };
    assert!(book.correct(last.id, noted, "mei", now).unwrap().is_some());
    let mut unsigned = called("茅盾", None, now);
    unsigned.agreement.witness = Some(Witness::Reception);
    book.arrive(unsigned, now).unwrap();
}

/// What reception and facilities ordered.
fn in_the_office(book: &mut Book, now: Now) {
    let config = Config::built_in();
    let invitee = |name: &str| Invitee {
        name: PersonName::parse(name).unwrap(),
        company: Company::maybe("人民文学出版社").unwrap(),
        phone: None,
        email: Some("guest@example.com".to_owned()),
        lang: Some(Lang::ZH),
    };
    let new = NewInvitation {
        visitors: vec![invitee("老舍"), invitee("巴金")],
        host_id: "H001".to_owned(),
        from: now.wall,
        until: now.after(DAY).wall,
        days: 0,
        party: 1,
        visit_type: Some(config.visit_types[0].kind.id.clone()),
    };
    let invited = book.invite(new, "mei", now).unwrap();
    for errand in book.due(now).unwrap() {
        let outcome = match errand.work.as_letter().is_some_and(|letter| letter.about.is_invitation()) {
            true => Outcome::Done(Seen::Confirmed),
            false => Outcome::NotYet(Trouble::MailLater),
        };
        book.ran(errand.id, outcome, now).unwrap();
    }
    assert!(book.cancel_invitation(&invited[0].id, "mei", now).unwrap());
    assert!(book.invite_again(&invited[1].id, "mei", now).unwrap());
    let supply = &config.supplies[0];
    book.count_supply(supply, supply.safety + 1, "mei", now).unwrap();
    book.count_supply(supply, 0, "mei", now).unwrap();
    book.set_emergency(Some("请到东门集合"), "mei", now).unwrap();
    book.set_emergency(None, "mei", now).unwrap();
    book.set_facilities(&Facilities { email: Some("it@example.com".to_owned()), lang: Lang::EN });
    let (folder, keep) = ("/var/backups/frontdesk".into(), 7);
    let backup = book.order(&Work::Backup(Backup { folder, keep }), MINUTE, now).unwrap();
    let due = book.due(now).unwrap();
    assert!(due.iter().any(|errand| errand.id == backup));
    for errand in due {
        let outcome = match errand.id == backup {
            true => Outcome::Failed(Trouble::DiskFull),
            false => Outcome::NotYet(Trouble::MailUnreachable),
        };
        book.ran(errand.id, outcome, now).unwrap();
    }
    assert!(book.seal(now).unwrap());
    book.note_look_over(&[Fault::Journal(3)], now).unwrap();
    let safety = ["safety@example.com".to_owned()];
    book.call_roll(false, &safety, "mei", now).unwrap();
    assert!(book.issue_roll(Lobby::Print, &safety, "mei", now).unwrap());
    let watched = NewWatched {
        name: "张三".to_owned(),
        until: Some(now.after(DAY * 30).wall),
        ..NewWatched::default()
    };
    book.watch(watched, "mei", now).unwrap().unwrap();
    let deputy = Host { id: "H003".to_owned(), deputy: Some("H001".to_owned()), ..host() };
    book.put_hosts(&[deputy], now).unwrap();
    for work in ordered(now) {
        book.order(&work, NUMBERS_GOOD_FOR, now).unwrap();
    }
}

/// What somebody of the office stands waiting for.
fn ordered(now: Now) -> [Work; 4] {
    let table = NumbersTable {
        title: "来访".to_owned(),
        lines: vec![
            ("面试".to_owned(), "7".to_owned(), Some(1000)),
            ("合计".to_owned(), "7".to_owned(), None),
        ],
    };
    let export = |what| Export {
        file: "/var/lib/frontdesk/exports/十一月.xlsx".into(),
        what,
        lang: Lang::ZH,
        by: "mei".to_owned(),
    };
    let wanted = Wanted { words: "王芳".to_owned(), from: Some(morning().wall), ..Wanted::default() };
    let numbers = Exported::Numbers { period: "2026-11".to_owned(), from: morning().wall, until: now.wall };
    [
        Work::Numbers(NumbersSheet {
            period: "2026-11".to_owned(),
            at: now.wall,
            tables: vec![table],
            lang: Lang::ZH,
        }),
        Work::Backup(Backup { folder: "/var/backups/frontdesk".into(), keep: 7 }),
        Work::Export(export(Exported::Visits(wanted))),
        Work::Export(export(numbers)),
    ]
}

fn make_the_book(path: &Path) {
    let mut book = make(path);
    at_the_desk(&mut book, evening());
    in_the_office(&mut book, evening());
}

/// A copy of it, not opened yet.
pub fn stored_version_7(path: &Path) {
    fs::copy(STORED, path).unwrap();
}

fn opened(path: &Path, now: Now) -> Book {
    let mut config = Config::built_in();
    config.reception.email = Some("reception@example.com".to_owned());
    let mut book = Book::open(path, config.reception, now).unwrap();
    book.set_facilities(&Facilities { email: Some("it@example.com".to_owned()), lang: Lang::EN });
    book
}

/// What is to be done, without whom it is for: such as `letter may_come host`.
fn kind(work: &Work) -> String {
    fn flat(value: &serde_json::Value) -> String {
        let parts = value.as_object().into_iter().flatten();
        let parts: Vec<_> = parts.map(|(name, value)| format!("{name} {}", flat(value))).collect();
        let word = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if parts.is_empty() { word() } else { parts.join(" ") }
    }
    match work {
        Work::Letter(letter) => format!("letter {}", flat(&serde_json::to_value(letter.about).unwrap())),
        Work::Export(Export { what: Exported::Visits(_), .. }) => "export visits".to_owned(),
        Work::Export(Export { what: Exported::Numbers { .. }, .. }) => "export numbers".to_owned(),
        Work::Badge(_) => "badge".to_owned(),
        Work::Roll(_) => "roll".to_owned(),
        Work::Numbers(_) => "numbers".to_owned(),
        Work::Backup(_) => "backup".to_owned(),
    }
}

#[test]
fn every_table_of_the_stored_book_has_a_row() {
    if std::env::var_os("MAKE_OLD_BOOK").is_some() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.db");
        make_the_book(&path);
        fs::copy(&path, STORED).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    stored_version_7(&path);
    let book = Connection::open(&path).unwrap();
    let version: i64 = book.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 7);
    let mut tables = book
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let empty: Vec<&String> = tables
        .iter()
        .filter(|table| {
            let rows: i64 =
                book.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            rows == 0
        })
        .collect();
    assert_eq!(empty, Vec::<&String>::new());
    let never: Vec<String> = tables
        .iter()
        .flat_map(|table| columns(&book, table).into_iter().map(move |column| (table, column)))
        .filter(|(table, column)| {
            let rows = format!("SELECT count(\"{column}\") FROM {table}");
            book.query_row(&rows, [], |row| row.get::<_, i64>(0)).unwrap() == 0
        })
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    assert_eq!(never, Vec::<String>::new());
}

#[test]
fn everything_that_waits_is_handed_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    stored_version_7(&path);
    let now = evening().after(MINUTE / 2);
    let mut book = opened(&path, now);
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "{:?}", book.verify());
    let mut waited: BTreeMap<String, usize> = BTreeMap::new();
    loop {
        let due = book.due(now).unwrap();
        if due.is_empty() {
            break;
        }
        for errand in due {
            *waited.entry(kind(&errand.work)).or_default() += 1;
            book.ran(errand.id, Outcome::Done(Seen::Confirmed), now).unwrap();
        }
    }
    let waited: Vec<_> = waited.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
    assert_eq!(waited, WAITED);
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "{:?}", book.verify());
}

#[test]
fn its_days_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    stored_version_7(&path);
    let now = evening().after(MINUTE);
    let mut book = opened(&path, now);
    assert_eq!(look_over(&path).unwrap(), []);
    let found = |book: &Book, words: &str| {
        let filter = Wanted { words: words.to_owned(), ..Wanted::default() };
        book.search(&filter, None, 9).unwrap()
    };
    let visit = found(&book, "fengzikai").remove(0);
    assert_eq!(visit.note.as_ref().map(Note::as_str), Some("自带电脑"));
    assert!(visit.agreement.signature.is_some() && visit.agreement.signed.is_some());
    let unsigned = found(&book, "茅盾").remove(0);
    assert_eq!(unsigned.agreement.witness, Some(Witness::Reception));
    let pause = book.pause(Guarded::Pin("mei"), now.tick).unwrap();
    assert_eq!((pause.misses, pause.left), (3, MINUTE));
    let doubted: Vec<_> = book.doubted(now).unwrap().iter().map(|one| one.details.name.to_string()).collect();
    assert_eq!(doubted, ["梁实秋"]);
    assert!(book.reprint(visit.id, "", "mei", now).unwrap().is_some());
    assert!(book.sign_out_all("mei", now).unwrap() > 0);
    let tomorrow = now.after(DAY);
    let over = Before { visits: tomorrow.wall, lessons: tomorrow.wall, people: tomorrow.wall };
    while book.forget(&over, tomorrow).unwrap() > 0 {}
    assert!(found(&book, "fengzikai").is_empty());
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "{:?}", book.verify());
    assert_eq!(look_over(&path).unwrap(), []);
}
