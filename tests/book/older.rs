//! A book of version 6 with a row in every table, stored here as text, and the books that the versions before it had of
//! the same days: each opens in every later program with all that its tables hold.
//!
//! `tests/book/version-6.sql` was made by `MAKE_OLD_BOOK=1 cargo test --test book older` when 6 was the newest version;
//! nobody makes it again. A migration that comes after the next one adds a book of its own.

use crate::support::{chance, host, morning, visitor};
use frontdesk::book::{
    Before, Book, Entry, Erasing, Invitee, NewDelivery, NewInvitation, NewVisit, NewWatched, Verified,
};
use frontdesk::config::{Admits, Config};
use frontdesk::errand::{Outcome, Seen, Trouble, Work};
use frontdesk::now::Now;
use frontdesk::visit::{
    Company, Feedback, Host, Instructed, Kind, Note, PersonName, Phone, Remark, Role, Signature, Visit,
    Wanted,
};
use frontdesk::words::Lang;
use rusqlite::Connection;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

const STORED: &str = "tests/book/version-6.sql";
/// The schemas of the versions before this one, in order.
pub const SCHEMAS: [&str; 6] = [
    include_str!("../../src/book/schema/0001.sql"),
    include_str!("../../src/book/schema/0002.sql"),
    include_str!("../../src/book/schema/0003.sql"),
    include_str!("../../src/book/schema/0004.sql"),
    include_str!("../../src/book/schema/0005.sql"),
    include_str!("../../src/book/schema/0006.sql"),
];
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

pub fn called(name: &str, phone: Option<&str>, at: Now) -> NewVisit {
    let mut new = visitor(at);
    new.details.name = PersonName::parse(name).unwrap();
    new.details.phone = phone.map(|phone| Phone::parse(phone).unwrap());
    new
}

/// Everything that is due is done, but for the letters to one host.
fn run(book: &mut Book, at: Now) {
    loop {
        let due = book.due(at).unwrap();
        if due.is_empty() {
            break;
        }
        for errand in due {
            let refused = matches!(&errand.work, Work::Letter(letter) if letter.to == "zhou@example.com");
            let outcome =
                if refused { Outcome::Failed(Trouble::MailRefused) } else { Outcome::Done(Seen::Confirmed) };
            book.ran(errand.id, outcome, at).unwrap();
        }
    }
}

/// Whoever signed, was instructed, wants to be remembered, and complained.
fn contractor(book: &mut Book, at: Now) {
    let mut new = called("司徒望舒", Some("13711112222"), at);
    new.details.company = Company::maybe("Zyzzyva").unwrap();
    new.purpose = Note::maybe("修理冷水机");
    new.agreement.signature = Some(Signature::from("M1 2L3 4".to_owned()));
    new.remember = Some(true);
    new.kind = Some(Kind {
        id: "contractor".to_owned(),
        name: "施工".into(),
        escort: true,
        returns: true,
        purpose: None,
    });
    new.instructed = vec![Instructed {
        topic: "type:contractor".to_owned(),
        version: "1".to_owned(),
        lang: Lang::ZH,
        sha256: "0".to_owned(),
        at: at.wall,
    }];
    let visit = book.arrive(new, at).unwrap();
    run(book, at);
    let word = Feedback {
        rating: Some(2),
        words: Remark::maybe("灯太暗"),
        complaint: true,
        visit: Some(visit.id),
        department: "品质部".to_owned(),
    };
    book.say(None, &word, at).unwrap();
    assert!(book.close_case(1, "mei", "换了灯", at).unwrap());
    book.leave(visit.id, at).unwrap();
}

/// Who is erased: one because it is long ago, one because they asked for it.
fn erased(book: &mut Book, early: Now, at: Now) {
    let long_ago = book.arrive(called("诸葛亮", Some("13600001111"), early), early).unwrap();
    run(book, early);
    book.leave(long_ago.id, early).unwrap();
    let asked = book.arrive(called("夏侯惇", Some("13600002222"), at), at).unwrap();
    run(book, at);
    book.leave(asked.id, at).unwrap();
    let over = Before { visits: at.wall, lessons: early.wall, people: early.wall };
    while book.forget(&over, at).unwrap() > 0 {}
    let asked = book.forget_person(&asked.details.name, &asked.details.phone.unwrap(), "mei", at).unwrap();
    assert!(matches!(asked, Erasing::Done(_)));
}

/// Reception's own pages: a roll call, a list, a shelf, a receptionist.
fn reception(book: &mut Book, visits: [&Visit; 3], at: Now) {
    let config = Config::built_in();
    book.set_pin("mei", Role::Manager, "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA", "root", at).unwrap();
    let watched =
        NewWatched { name: "欧阳修明".to_owned(), reason: "偷拍".to_owned(), ..NewWatched::default() };
    book.watch(watched, "mei", at).unwrap().unwrap();
    let roll = book.call_roll(true, &["safety@example.com".to_owned()], "mei", at).unwrap();
    for (visit, safe) in [(visits[0], true), (visits[1], false)] {
        assert!(book.mark(roll.id, visit.id, Some(safe), "mei", at).unwrap());
    }
    assert!(book.end_roll(roll.id, "mei", at.after(MINUTE)).unwrap());
    book.count_supply(&config.supplies[0], 7, "mei", at).unwrap();
    assert!(book.tick(at.wall.date_naive(), &config.daily_checks[0].id, "mei", at).unwrap());
    assert!(book.reprint(visits[2].id, "弄丢了", "mei", at).unwrap().is_some());
    assert!(book.lend_pass(visits[0].id, "3", "mei", at).unwrap());
    let parcels = NewDelivery {
        host_id: "H001".to_owned(),
        carrier: Note::maybe("顺丰"),
        parcels: 2,
        to_sign: false,
        invitation: None,
    };
    book.take_in(parcels, at).unwrap();
}

/// A book of these days.
pub fn make(path: &Path) -> Book {
    let mut config = Config::built_in();
    config.reception.email = Some("reception@example.com".to_owned());
    let early = morning();
    let at = early.after(DAY * 40);
    let mut book = Book::open_with(path, config.reception, early, chance(5)).unwrap();
    let other = Host { id: "H002".to_owned(), email: "zhou@example.com".to_owned(), ..host() };
    book.put_hosts(&[host(), other], early).unwrap();
    erased(&mut book, early, at);
    contractor(&mut book, at);
    let invitee = Invitee {
        name: PersonName::parse("孙伟").unwrap(),
        company: None,
        phone: None,
        email: Some("sun@example.com".to_owned()),
        lang: Some(Lang::EN),
    };
    let invited = book
        .invite(
            NewInvitation {
                visitors: vec![invitee],
                host_id: "H002".to_owned(),
                from: at.wall,
                until: at.after(DAY * 9).wall,
                days: 0,
                party: 0,
                visit_type: None,
            },
            "mei",
            at,
        )
        .unwrap()
        .remove(0);
    let mut group = called("王芳", Some("13900139000"), at);
    group.admits = Admits::Host;
    group.details.party = 2;
    group.members = ["周杰", "林青"].map(|name| PersonName::parse(name).unwrap()).into();
    let group = book.arrive(group, at).unwrap();
    assert!(book.admit(group.id, "mei", at.after(MINUTE)).unwrap());
    let mut alone = called("孙伟", None, at);
    (alone.invitation, alone.host_id) = (Some(invited.id), "H002".to_owned());
    let alone = book.arrive(alone, at).unwrap();
    let sighted = book.arrive(called("欧阳秀铭", None, at), at).unwrap();
    run(&mut book, at.after(MINUTE));
    reception(&mut book, [&group, &alone, &sighted], at.after(MINUTE * 2));
    book
}

/// A table's columns, but for those that are worked out.
pub fn columns(connection: &Connection, table: &str) -> Vec<String> {
    let mut columns = connection.prepare("SELECT name FROM pragma_table_info(?)").unwrap();
    columns.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The tables that hold rows of their own; those of the index hold what `found` holds.
fn tables(connection: &Connection) -> Vec<String> {
    let mut tables = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'found_%' ORDER BY rowid",
        )
        .unwrap();
    tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// All rows as text, a line each.
fn dump(connection: &Connection) -> String {
    let mut text = String::new();
    for table in tables(connection) {
        let columns: Vec<String> =
            columns(connection, &table).iter().map(|name| format!("\"{name}\"")).collect();
        let quoted: Vec<String> = columns.iter().map(|name| format!("quote({name})")).collect();
        let (row, columns) = (quoted.join(" || ', ' || "), columns.join(", "));
        let mut rows = connection
            .prepare(&format!("SELECT rowid || ', ' || {row} FROM {table} ORDER BY rowid"))
            .unwrap();
        for row in rows.query_map([], |row| row.get::<_, String>(0)).unwrap() {
            // One that is called otherwise has its number there already.
            let row = row.unwrap();
            let (number, rest) = row.split_once(", ").unwrap();
            if table == "found" {
                writeln!(text, "INSERT INTO found (rowid, {columns}) VALUES ({number}, {rest});").unwrap();
            } else {
                writeln!(text, "INSERT INTO {table} ({columns}) VALUES ({rest});").unwrap();
            }
        }
    }
    text
}

/// A book as the program of this version made it, with what is stored.
fn stored(path: &Path, version: usize) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    for schema in &SCHEMAS[..version] {
        connection.execute_batch(schema).unwrap();
    }
    connection.pragma_update(None, "user_version", version as i64).unwrap();
    connection
}

/// The newest of them, not opened yet.
pub fn stored_version_6(path: &Path) -> Connection {
    let book = stored(path, SCHEMAS.len());
    book.execute_batch(&fs::read_to_string(STORED).unwrap()).unwrap();
    book
}

/// The same, opened by this program.
/// The book of an earlier one, whose journal says of an erasure only that it was; stored when 5 was the newest.
pub fn book_of_version_5(path: &Path) -> Book {
    stored(path, 5).execute_batch(&fs::read_to_string("tests/book/version-5.sql").unwrap()).unwrap();
    Book::open(path, Config::built_in().reception, morning().after(DAY * 41)).unwrap()
}

pub fn book_of_version_6(path: &Path) -> Book {
    drop(stored_version_6(path));
    Book::open(path, Config::built_in().reception, morning().after(DAY * 41)).unwrap()
}

/// The same days in the tables of an earlier version: what those had no room for is left out.
fn poured(newest: &Path, path: &Path, version: usize) {
    let book = stored(path, version);
    book.execute("ATTACH ? AS newest", [newest.to_str().unwrap()]).unwrap();
    for table in tables(&book) {
        let columns: Vec<String> = columns(&book, &table).iter().map(|name| format!("\"{name}\"")).collect();
        let columns = columns.join(", ");
        let columns = if table == "found" { format!("rowid, {columns}") } else { columns };
        book.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newest.{table} ORDER BY rowid"
        ))
        .unwrap();
        let rows: i64 =
            book.query_row(&format!("SELECT count(*) FROM main.{table}"), [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "no row is tried of {table}");
    }
    book.execute_batch("DETACH newest; PRAGMA foreign_key_check;").unwrap();
}

fn names(visits: &[Visit]) -> Vec<&str> {
    visits.iter().map(|visit| visit.details.name.as_str()).collect()
}

/// What every version's tables had room for.
fn holds_its_days(book: &mut Book, badges: u32, at: Now) {
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "{:?}", book.verify());
    assert_eq!(book.hosts().unwrap().len(), 2);
    let here = book.open_visits().unwrap();
    assert_eq!(names(&here), ["王芳", "周杰", "林青", "孙伟", "欧阳秀铭"]);
    assert!(here.iter().all(|visit| !visit.waits()));
    let found = |words: &str| {
        let wanted = Wanted { words: words.to_owned(), ..Wanted::default() };
        book.search(&wanted, None, 9).unwrap()
    };
    assert_eq!(names(&found("situ")), ["司徒望舒"]);
    assert_eq!(found("").len(), 6);
    assert!(found("诸葛").is_empty() && found("xiahou").is_empty());
    let situ = found("situ").remove(0);
    assert_eq!(situ.details.company.as_ref().map(Company::as_str), Some("Zyzzyva"));
    assert_eq!(book.story(situ.id).unwrap().last().unwrap().1, Entry::Left);
    let kinds: Vec<_> = book.errands_of(here[3].id).unwrap().iter().map(|errand| errand.kind).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert_eq!(book.closed_cases(morning().wall).unwrap()[0].done, "换了灯");
    assert_eq!(book.parcels().unwrap()[0].carrier.as_ref().map(Note::as_str), Some("顺丰"));
    let month = book.numbers(morning().after(DAY * 10).wall, at.after(DAY).wall, at).unwrap();
    assert_eq!((month.visits, month.badge.count), (7, badges));
    // And it goes on.
    let next = book.arrive(called("钱多多", None, at), at).unwrap();
    run(book, at);
    assert!(book.reprint(next.id, "", "mei", at).unwrap().is_some());
    book.leave(next.id, at).unwrap();
    let over = Before { visits: at.after(DAY).wall, lessons: at.wall, people: at.wall };
    while book.forget(&over, at.after(DAY)).unwrap() > 0 {}
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "{:?}", book.verify());
}

/// What only a newer one's had.
fn holds_receptions_days(book: &Book, at: Now) {
    let roll = book.rolls(9).unwrap().remove(0);
    assert_eq!((roll.drill, roll.by.as_str(), roll.people, roll.safe), (true, "mei", 5, 1));
    assert_eq!(book.receptionists().unwrap()[0].name, "mei");
    assert_eq!(book.watched().unwrap()[0].reason, "偷拍");
    assert_eq!(book.lent_passes().unwrap()[0].pass.as_deref(), Some("3"));
    assert_eq!(book.supplies(&Config::built_in().supplies[..1]).unwrap()[0].stock, Some(7));
    assert_eq!(book.checks(at.wall.date_naive()).unwrap()[0].by, "mei");
}

#[test]
fn the_books_of_all_versions_since_open_with_all_that_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    if std::env::var_os("MAKE_OLD_BOOK").is_some() {
        let path = folder.path().join("new.db");
        make(&path);
        fs::write(STORED, dump(&Connection::open(&path).unwrap())).unwrap();
    }
    let newest = folder.path().join("newest.db");
    stored(&newest, SCHEMAS.len()).execute_batch(&fs::read_to_string(STORED).unwrap()).unwrap();
    let at = morning().after(DAY * 40 + MINUTE * 10);
    for version in 2..=SCHEMAS.len() {
        let path = folder.path().join(format!("{version}.db"));
        poured(&newest, &path, version);
        let mut book = Book::open(&path, Config::built_in().reception, at).unwrap();
        if version >= 4 {
            holds_receptions_days(&book, at);
        }
        // Before, the badge of whoever is erased was counted no more.
        holds_its_days(&mut book, if version >= 4 { 7 } else { 6 }, at);
    }
}
