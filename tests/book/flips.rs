//! A disk or a memory turns a bit. Whatever it changes in a row is seen by the look over the whole book, though every page
//! is well formed; and nothing else is called damaged.

use crate::older::book_of_version_6;
use crate::support::{host, morning, visitor};
use chrono::TimeDelta;
use frontdesk::book::{
    Before, Book, BookError, Entry, Erasing, Invitee, NewDelivery, NewInvitation, NewVisit, NewWatched,
    look_over, wants_look_over,
};
use frontdesk::config::{Admits, Config, Facilities};
use frontdesk::errand::{About, Fault, Outcome, Seen};
use frontdesk::now::Now;
use frontdesk::visit::{Feedback, Host, Kind, Note, PersonName, Phone, Remark, Role};
use frontdesk::words::Lang;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn open(path: &Path) -> Book {
    Book::open(path, Config::built_in().reception, morning()).unwrap()
}

fn later(seconds: u64) -> Now {
    morning().after(Duration::from_secs(seconds))
}

fn ran(book: &mut Book, at: Now) {
    loop {
        let due = book.due(at).unwrap();
        if due.is_empty() {
            return;
        }
        for errand in due {
            book.ran(errand.id, Outcome::Done(Seen::Confirmed), at).unwrap();
        }
    }
}

/// A book in which something stands in nearly every table, of which some was corrected, some erased.
fn lived_in(path: &Path) {
    let mut book = open(path);
    let hosts: Vec<Host> = (1..30)
        .map(|n| Host { id: format!("H{n:03}"), email: format!("host{n}@example.com"), ..host() })
        .collect();
    book.put_hosts(&hosts, morning()).unwrap();
    let invitee = |n: u32| Invitee {
        name: PersonName::parse(&format!("孙伟{n}")).unwrap(),
        company: None,
        phone: Phone::maybe(&format!("1380013{n:04}")).unwrap(),
        email: Some(format!("sun{n}@example.com")),
        lang: Some(Lang::EN),
    };
    let invitations = NewInvitation {
        visitors: (0..20).map(invitee).collect(),
        host_id: "H002".to_owned(),
        from: morning().wall,
        until: later(9 * 86_400).wall,
        days: 0,
        party: 0,
        visit_type: None,
    };
    book.invite(invitations, "mei", morning()).unwrap();
    for n in 0..12 {
        let mut new = visitor(later(n * 60));
        new.details.name =
            PersonName::parse(["王芳", "司徒望舒", "José Núñez", "周杰"][n as usize % 4]).unwrap();
        new.details.phone = Phone::maybe(&format!("137111122{n:02}")).unwrap();
        new.admits = if n % 3 == 0 { Admits::Host } else { Admits::Nobody };
        new.remember = Some(n % 2 == 0);
        new.members = if n == 3 { vec![PersonName::parse("林青").unwrap()] } else { Vec::new() };
        let visit = book.arrive(new, later(n * 60)).unwrap();
        match n % 6 {
            0 => assert!(book.admit(visit.id, "mei", later(n * 60 + 5)).unwrap()),
            1 => book.leave(visit.id, later(n * 60 + 9)).unwrap(),
            2 => drop(book.reprint(visit.id, "弄丢了", "mei", later(n * 60 + 9)).unwrap()),
            3 => assert!(book.decline(visit.id, "改天", "mei", later(n * 60 + 9)).unwrap()),
            _ => {}
        }
        ran(&mut book, later(n * 60 + 10));
    }
    let first = book.open_visits().unwrap().remove(0);
    assert!(book.lend_pass(first.id, "3", "mei", later(1000)).unwrap());
    let word = Feedback {
        rating: Some(2),
        words: Remark::maybe("灯太暗"),
        complaint: true,
        visit: Some(first.id),
        department: "品质部".to_owned(),
    };
    book.say(None, &word, later(1001)).unwrap();
    let parcels = NewDelivery {
        host_id: "H001".to_owned(),
        carrier: Note::maybe("顺丰"),
        parcels: 2,
        to_sign: false,
        invitation: None,
    };
    book.take_in(parcels, later(1002)).unwrap();
    book.watch(NewWatched { name: "慕容复".to_owned(), ..NewWatched::default() }, "mei", later(1003))
        .unwrap()
        .unwrap();
    book.set_pin("mei", Role::Manager, "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA", "root", later(1004))
        .unwrap();
    let roll = book.call_roll(true, &["safety@example.com".to_owned()], "mei", later(1005)).unwrap();
    assert!(book.mark(roll.id, first.id, Some(true), "mei", later(1006)).unwrap());
    // Somebody asked to be forgotten, and the house has closed.
    let gone = PersonName::parse("司徒望舒").unwrap();
    let erasing =
        book.forget_person(&gone, &Phone::parse("13711112201").unwrap(), "mei", later(1007)).unwrap();
    assert!(matches!(erasing, Erasing::Done(_)));
    book.due(later(13 * 3600)).unwrap();
}

/// What stands in the rows of all tables, as SQLite reads it; none: it sees that it cannot.
fn rows(path: &Path, tables: &[(String, String)]) -> Option<Vec<Vec<u8>>> {
    let read = || -> rusqlite::Result<Vec<Vec<u8>>> {
        let book = Connection::open(path)?;
        let mut all = Vec::new();
        for (table, columns) in tables {
            let mut rows = book.prepare(&format!("SELECT rowid, {columns} FROM {table} ORDER BY rowid"))?;
            let count = rows.column_count();
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let mut bytes = table.clone().into_bytes();
                for at in 0..count {
                    bytes.extend(format!("{:?};", row.get_ref(at)?).into_bytes());
                }
                all.push(bytes);
            }
        }
        Ok(all)
    };
    read().ok()
}

fn tables(path: &Path) -> Vec<(String, String)> {
    let book = Connection::open(path).unwrap();
    let mut tables = book
        .prepare(
            "SELECT name, (SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(t.name))
             FROM pragma_table_list AS t WHERE schema = 'main' AND type = 'table' AND strict AND name <> 'sums'",
        )
        .unwrap();
    tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

/// Where the texts of these tables stand in the file.
fn texts(path: &Path, file: &[u8], tables: &[&str]) -> Vec<usize> {
    let book = Connection::open(path).unwrap();
    let mut places = Vec::new();
    for table in tables {
        let mut rows = book.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let count = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for at in 0..count {
                let rusqlite::types::ValueRef::Text(text) = row.get_ref(at).unwrap() else { continue };
                if text.len() > 3 {
                    let found = file.windows(text.len()).position(|bytes| bytes == text);
                    places.extend(found.into_iter().flat_map(|from| from..from + text.len()));
                }
            }
        }
    }
    places
}

/// Of single bits anywhere in the file, and in the texts of these tables, so many are turned.
const EACH: usize = 250;

#[test]
fn every_bit_that_changes_a_row_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    lived_in(&path);
    assert_eq!(look_over(&path).unwrap(), [], "nothing was turned");
    let file = fs::read(&path).unwrap();
    let (tables, anywhere) = (tables(&path), (0..file.len()).collect::<Vec<_>>());
    let in_texts = texts(&path, &file, &["hosts", "invitations", "errands", "visits", "feedback", "watched"]);
    let whole = rows(&path, &tables).unwrap();
    let flipped = folder.path().join("flipped.db");
    let (mut seed, mut changed, mut by_sqlite) = (7_u64, 0, 0);
    for places in [&anywhere, &in_texts] {
        for _ in 0..EACH {
            // Knuth's MMIX generator.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (at, bit) = (places[(seed >> 33) as usize % places.len()], (seed >> 20) % 8);
            let mut bytes = file.clone();
            bytes[at] ^= 1 << bit;
            for end in ["", "-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(format!("{}{end}", flipped.display()));
            }
            fs::write(&flipped, bytes).unwrap();
            match rows(&flipped, &tables) {
                None => by_sqlite += 1,
                Some(rows) if rows == whole => {}
                Some(_) => {
                    changed += 1;
                    let seen = look_over(&flipped);
                    assert!(
                        !matches!(&seen, Ok(faults) if faults.is_empty()),
                        "bit {bit} of byte {at} changed a row, and nobody saw it"
                    );
                }
            }
        }
    }
    println!("{changed} of {} bits changed a row, {by_sqlite} more could not be read", 2 * EACH);
    assert!(changed > EACH, "the test turns bits that matter: {changed}");
}

#[test]
fn what_is_found_says_which_row() {
    for (sql, fault) in [
        (
            "UPDATE hosts SET email = 'evil@example.com' WHERE rowid = 2",
            Fault::Changed { table: "hosts".to_owned(), row: 2 },
        ),
        (
            "UPDATE invitations SET last_four = '0000' WHERE rowid = 3",
            Fault::Changed { table: "invitations".to_owned(), row: 3 },
        ),
        ("DELETE FROM errands WHERE rowid = 1", Fault::Gone { table: "errands".to_owned(), row: 1 }),
        ("INSERT INTO house VALUES ('x', 'y')", Fault::Changed { table: "house".to_owned(), row: 0 }),
        ("DELETE FROM sums WHERE tab = 0 AND row = 5", Fault::Changed { table: "hosts".to_owned(), row: 5 }),
        ("UPDATE journal_bodies SET body = '{}' WHERE seq = 4", Fault::Journal(4)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        lived_in(&path);
        let editor = Connection::open(&path).unwrap();
        editor.execute_batch(sql).unwrap();
        let fault = if let Fault::Changed { table, row: 0 } = fault {
            Fault::Changed { table, row: editor.last_insert_rowid() }
        } else {
            fault
        };
        assert_eq!(look_over(&path).unwrap(), [fault], "{sql}");
    }
}

#[test]
fn a_visit_is_told_again_from_the_journal_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    lived_in(&path);
    let at =
        |sql: &str| -> i64 { Connection::open(&path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap() };
    let row = at("SELECT max(rowid) FROM visits WHERE name <> '已删除 Erased'");
    for (set, columns) in [
        ("name = '王方'", "name"),
        ("phone = '13900000000'", "telephone"),
        ("company = '云栖'", "company"),
        ("host_id = 'H009'", "host"),
        ("arrived = arrived + 1", "arrival"),
        ("\"left\" = 1", "leaving"),
        ("admission = '{\"declined\":\"\"}'", "admission"),
        ("notice_sha256 = '1', party = 4", "party, notice"),
        ("signature = 'M1 2'", "signature"),
    ] {
        let copy = folder.path().join("copy.db");
        fs::copy(&path, &copy).unwrap();
        // With its sum, as if the program itself had written it so.
        let sound = |path: &Path| -> Result<Vec<Fault>, BookError> {
            let editor = Connection::open(path).unwrap();
            editor.execute_batch(&format!("UPDATE visits SET {set} WHERE rowid = {row}")).unwrap();
            look_over(path)
        };
        let told = Fault::Told { row, columns: columns.to_owned() };
        assert!(sound(&copy).unwrap().contains(&told), "{set}");
    }
}

/// The machine's clock shows nanoseconds; a row keeps milliseconds.
#[test]
fn less_than_a_millisecond_is_no_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path);
    book.put_hosts(&[host()], morning()).unwrap();
    let wall = morning().wall + TimeDelta::nanoseconds(123_456_789);
    let at = Now::new(morning().tick, wall);
    let mut new = visitor(at);
    new.good_until += TimeDelta::nanoseconds(1);
    let visit = book.arrive(new, at).unwrap();
    ran(&mut book, at);
    assert_eq!(look_over(&path).unwrap(), []);
    assert!(book.reprint(visit.id, "弄丢了", "mei", at).unwrap().is_some());
    book.leave(visit.id, at).unwrap();
    assert_eq!(look_over(&path).unwrap(), []);
}

/// A group is asked about and declined as one, but for those of it who wait for nothing.
#[test]
fn what_is_told_of_a_group_is_no_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut settings = Config::built_in().reception;
    settings.email = Some("reception@example.com".to_owned());
    let mut book = Book::open(&path, settings, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    let kind =
        Kind {
            id: "customer".to_owned(), name: "客户".into(), escort: false, returns: true, purpose: None
        };
    let new = NewVisit {
        kind: Some(kind),
        members: vec![PersonName::parse("林青").unwrap()],
        admits: Admits::Host,
        good_until: later(36_000).wall,
        ..visitor(morning())
    };
    let leader = book.arrive(new, morning()).unwrap();
    // The host says nothing: reception is asked.
    let asked = later(3600);
    ran(&mut book, asked);
    assert!(book.entries().unwrap().iter().any(|entry| matches!(entry, Entry::Asked { .. })));
    assert_eq!(look_over(&path).unwrap(), []);
    assert!(book.admit(leader.id, "mei", asked).unwrap());
    book.leave(leader.id, asked).unwrap();
    // Meanwhile the leader is on the watch list, and is not let in again; who came along is still here.
    let name = leader.details.name.to_string();
    book.watch(NewWatched { name, ..NewWatched::default() }, "mei", asked).unwrap().unwrap();
    assert!(book.come_back(leader.id, later(3700)).unwrap());
    assert_eq!(look_over(&path).unwrap(), []);
    // An earlier version wrote down of whoever came back so that they had left.
    let editor = Connection::open(&path).unwrap();
    let again = "SELECT max(seq) FROM journal WHERE kind = 'badge_again'";
    let line: i64 = editor.query_row(again, [], |row| row.get(0)).unwrap();
    let body: String =
        editor.query_row("SELECT body FROM journal_bodies WHERE seq = ?", [line], |row| row.get(0)).unwrap();
    let mut before: serde_json::Value = serde_json::from_str(&body).unwrap();
    before["left"] = asked.wall.to_rfc3339().into();
    let write = "UPDATE journal_bodies SET body = ? WHERE seq = ?";
    editor.execute(write, rusqlite::params![before.to_string(), line]).unwrap();
    assert_eq!(look_over(&path).unwrap(), [Fault::Journal(line)], "of the visit nothing is said");
    editor.execute(write, rusqlite::params![body, line]).unwrap();
    assert!(book.decline(leader.id, "mei", "", later(3800)).unwrap());
    assert_eq!(book.open_visits().unwrap().len(), 1);
    assert_eq!(look_over(&path).unwrap(), []);
}

/// What is said of a group stands under its leader's name, and is erased with it.
#[test]
fn a_group_whose_leader_was_erased_is_not_called_damaged() {
    for admitted in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut book = open(&path);
        book.put_hosts(&[host()], morning()).unwrap();
        let mut new = visitor(morning());
        new.details.phone = Phone::maybe("13711112201").unwrap();
        new.members = vec![PersonName::parse("林青").unwrap()];
        new.admits = Admits::Host;
        let leader = book.arrive(new, morning()).unwrap();
        let done = match admitted {
            true => book.admit(leader.id, "mei", later(60)).unwrap(),
            false => book.decline(leader.id, "改天", "mei", later(60)).unwrap(),
        };
        assert!(done);
        if admitted {
            book.leave(leader.id, later(120)).unwrap();
        }
        let erased = book.forget_whoever_made(leader.id, "mei", later(180)).unwrap();
        assert!(matches!(erased, Erasing::Done(_)), "{erased:?}");
        assert_eq!(look_over(&path).unwrap(), [], "admitted: {admitted}");
        // What is still told is compared.
        let editor = Connection::open(&path).unwrap();
        editor.execute("UPDATE visits SET company = '云栖' WHERE name = '林青'", []).unwrap();
        assert!(look_over(&path).unwrap().contains(&Fault::Told { row: 2, columns: "company".to_owned() }));
    }
}

#[test]
fn a_book_of_an_earlier_version_is_not_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    // Before it is brought up to date it has no sums: nobody vouches for it.
    std::fs::copy("tests/book/version-1.db", &path).unwrap();
    assert!(matches!(look_over(&path), Err(BookError::OlderThanProgram { found: 1, .. })));
    fs::remove_file(&path).unwrap();
    let mut book = book_of_version_6(&path);
    assert_eq!(look_over(&path).unwrap(), []);
    let now = later(41 * 86_400);
    ran(&mut book, now);
    let over = Before { visits: now.wall, lessons: now.wall, people: now.wall };
    while book.forget(&over, now).unwrap() > 0 {}
    assert_eq!(look_over(&path).unwrap(), [], "nor is what was erased");
}

#[test]
fn once_a_week_and_facilities_hear_of_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    lived_in(&path);
    let mut book = open(&path);
    let email = Some("facilities@example.com".to_owned());
    book.set_facilities(&Facilities { email, lang: Lang::ZH });
    let days = |days: u64| later(14 * 3600 + days * 86_400);
    assert!(wants_look_over(&path, days(0)).unwrap(), "it never was");
    assert_eq!(book.looked_over(days(0)).unwrap(), None);
    book.note_look_over(&look_over(&path).unwrap(), days(0)).unwrap();
    assert_eq!(book.looked_over(days(0)).unwrap(), Some((days(0).wall, 0)));
    assert_eq!(book.entries().unwrap().last(), Some(&Entry::LookedOver { faults: 0 }));
    for (day, wanted) in [(0, false), (6, false), (7, true), (30, true)] {
        assert_eq!(wants_look_over(&path, days(day)).unwrap(), wanted, "after {day} days");
    }
    let letters = |book: &mut Book, at: Now| -> Vec<Vec<String>> {
        let due = book.due(at).unwrap().into_iter();
        let letters = due.filter_map(|errand| errand.work.as_letter().cloned());
        letters.filter(|letter| letter.about == About::Damaged).map(|letter| letter.lines).collect()
    };
    assert!(letters(&mut book, days(0)).is_empty());
    let turn = |row: i64| {
        let editor = Connection::open(&path).unwrap();
        editor.execute("UPDATE hosts SET email = 'x@example.com' WHERE rowid = ?", [row]).unwrap();
    };
    turn(2);
    let faults = look_over(&path).unwrap();
    book.note_look_over(&faults, days(7)).unwrap();
    assert_eq!(letters(&mut book, days(7)), [["表 hosts 第 2 行已损坏或被改动"]]);
    assert_eq!(book.looked_over(days(8)).unwrap(), Some((days(7).wall, 1)));
    let look = Book::look(&path, &[], None, days(8)).unwrap();
    assert_eq!(look.looked_over.map(|last| (last.at, last.faults)), Some((days(7).millis(), faults.clone())));
    book.note_look_over(&faults, days(14)).unwrap();
    assert!(letters(&mut book, days(14)).is_empty(), "they know");
    turn(3);
    book.note_look_over(&look_over(&path).unwrap(), days(21)).unwrap();
    assert_eq!(letters(&mut book, days(21)).len(), 1, "this is news");
    // What was put right, or written anew, is as it was written again.
    let hosts =
        book.hosts().unwrap().into_iter().map(|host| Host { email: "y@example.com".to_owned(), ..host });
    let hosts: Vec<Host> = hosts.collect();
    book.put_hosts(&hosts, days(22)).unwrap();
    assert_eq!(look_over(&path).unwrap(), []);
}
