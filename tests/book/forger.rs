//! Somebody with the book's file and a good editor changes the journal. Whatever they do, the verifier names the first
//! line that is not as it was written; what leaves the chain whole is found by a hash that was mailed before.

use crate::support::{host, morning, visitor};
use data_encoding::HEXLOWER;
use frontdesk::book::{Before, Book, Verified};
use frontdesk::config::Config;
use frontdesk::now::Now;
use frontdesk::visit::{PersonName, Phone, Role, Visit};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

struct Forger {
    folder: tempfile::TempDir,
    whole: Vec<u8>,
    /// The hash of each line, as it was; the line `n` at `n - 1`.
    hashes: Vec<String>,
}

impl Forger {
    fn new() -> Self {
        Self::with(|book| {
            for n in 0..4 {
                let at = morning().after(Duration::from_secs(n));
                book.arrive(visitor(at), at).unwrap();
            }
        })
    }

    fn with(days: impl FnOnce(&mut Book)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut book = Book::open(&path, Config::built_in().reception, morning()).unwrap();
        book.put_hosts(&[host()], morning()).unwrap();
        days(&mut book);
        drop(book);
        Self::of(folder)
    }

    /// With the book that is in this folder.
    fn of(folder: tempfile::TempDir) -> Self {
        let path = folder.path().join("book.db");
        let connection = Connection::open(&path).unwrap();
        let mut lines = connection.prepare("SELECT hash FROM journal ORDER BY seq").unwrap();
        let hashes = lines.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        drop(lines);
        connection.close().unwrap();
        Self { whole: fs::read(&path).unwrap(), folder, hashes }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("book.db")
    }

    /// What the verifier says once this was done to the book as it was.
    fn forge(&self, forge: impl FnOnce(&Connection)) -> Verified {
        fs::write(self.path(), &self.whole).unwrap();
        let connection = Connection::open(self.path()).unwrap();
        connection
            .execute_batch(
                "DROP TRIGGER journal_is_not_changed; DROP TRIGGER journal_is_not_shortened;
                 PRAGMA foreign_keys = OFF;",
            )
            .unwrap();
        forge(&connection);
        drop(connection);
        self.book().verify().unwrap()
    }

    fn seen(&self, sql: &str) -> i64 {
        Connection::open(self.path()).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn book(&self) -> Book {
        Book::open_beside(&self.path(), Config::built_in().reception).unwrap()
    }
}

/// Writes every hash from this line on anew, as the program itself would: the forger has its source.
fn rebuild(connection: &Connection, from: i64) {
    let mut previous: String = connection
        .query_row("SELECT coalesce((SELECT hash FROM journal WHERE seq = ? - 1), '')", [from], |row| {
            row.get(0)
        })
        .unwrap();
    let last: i64 = connection.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).unwrap();
    for seq in from..=last {
        let body: Option<(Vec<u8>, String)> = connection
            .query_row("SELECT salt, body FROM journal_bodies WHERE seq = ?", [seq], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .ok();
        let (at, kind, subject, mut commitment): (i64, String, String, String) = connection
            .query_row("SELECT at, kind, subject, commitment FROM journal WHERE seq = ?", [seq], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .unwrap();
        if let Some((salt, body)) = body {
            commitment = HEXLOWER.encode(&Sha256::new().chain_update(salt).chain_update(body).finalize());
        }
        let mut hash = Sha256::new().chain_update(seq.to_be_bytes()).chain_update(at.to_be_bytes());
        for field in [&kind, &subject, &commitment, &previous] {
            hash = hash.chain_update((field.len() as u64).to_be_bytes()).chain_update(field);
        }
        let hash = HEXLOWER.encode(&hash.finalize());
        connection
            .execute(
                "UPDATE journal SET commitment = ?, previous = ?, hash = ? WHERE seq = ?",
                params![commitment, previous, hash, seq],
            )
            .unwrap();
        previous = hash;
    }
}

#[test]
fn every_clumsy_forger_is_found_at_the_line() {
    let forger = Forger::new();
    let lines = forger.hashes.len() as i64;
    assert!(lines >= 14, "{lines}");
    let swap = |table: &str, a: i64, b: i64| {
        format!(
            "UPDATE {table} SET seq = -1 WHERE seq = {a}; UPDATE {table} SET seq = {a} WHERE seq = {b}; UPDATE {table} SET seq = {b} WHERE seq = -1;"
        )
    };
    let mut told = 0;
    for (line, what, sql) in [
        (3, "changed: its time", "UPDATE journal SET at = at + 1 WHERE seq = 3".to_owned()),
        (2, "changed: its kind", "UPDATE journal SET kind = 'erased' WHERE seq = 2".to_owned()),
        (4, "changed: whose it is", "UPDATE journal SET subject = '' WHERE seq = 4".to_owned()),
        (5, "changed: its commitment", "UPDATE journal SET commitment = upper(commitment) WHERE seq = 5".to_owned()),
        (6, "changed: its hash", "UPDATE journal SET hash = '' WHERE seq = 6".to_owned()),
        (7, "changed: what is before", "UPDATE journal SET previous = '' WHERE seq = 7".to_owned()),
        (3, "changed: its body", "UPDATE journal_bodies SET body = replace(body, '欧阳', '司马') WHERE seq = 3".to_owned()),
        (4, "changed: its salt", "UPDATE journal_bodies SET salt = x'00' WHERE seq = 4".to_owned()),
        (3, "swapped bodies", swap("journal_bodies", 3, 6)),
        (2, "removed", "DELETE FROM journal WHERE seq = 2".to_owned()),
        (1, "removed: the first", "DELETE FROM journal WHERE seq = 1".to_owned()),
        (
            5,
            "removed, and those after it moved up",
            format!("DELETE FROM journal_bodies WHERE seq = 5; DELETE FROM journal WHERE seq = 5;
                     UPDATE journal_bodies SET seq = seq - 1 WHERE seq > 5; UPDATE journal SET seq = seq - 1 WHERE seq > 5 AND {lines} > 5"),
        ),
        (3, "reordered", swap("journal", 3, 4) + &swap("journal_bodies", 3, 4)),
        (3, "reordered without bodies", "DELETE FROM journal_bodies WHERE seq IN (3, 4);".to_owned() + &swap("journal", 3, 4)),
        (
            4,
            "inserted",
            "UPDATE journal_bodies SET seq = -seq WHERE seq > 3; UPDATE journal_bodies SET seq = 1 - seq WHERE seq < 0;
             UPDATE journal SET seq = -seq WHERE seq > 3; UPDATE journal SET seq = 1 - seq WHERE seq < 0;
             INSERT INTO journal SELECT 4, at, kind, subject, commitment, previous, hash FROM journal WHERE seq = 3"
                .to_owned(),
        ),
        (
            lines + 1,
            "added",
            "INSERT INTO journal SELECT max(seq) + 1, 0, 'left', '', '', (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), 'x' FROM journal".to_owned(),
        ),
        (
            lines + 1,
            "a body without its line",
            "INSERT INTO journal_bodies SELECT max(seq) + 1, x'00', '{}' FROM journal".to_owned(),
        ),
        (lines, "cut off, but for its body", format!("DELETE FROM journal WHERE seq = {lines}")),
    ] {
        let found = forger.forge(|connection| connection.execute_batch(&sql).unwrap());
        assert!(matches!(found, Verified::Broken { line: at, .. } if at == line), "{what}: {found:?}");
        told += 1;
    }
    assert_eq!(told, 18);
    assert!(matches!(forger.forge(|_| ()), Verified::Whole { lines: all, .. } if all == lines));
}

#[test]
fn a_text_that_is_none_is_found_at_its_line() {
    let forger = Forger::new();
    for (line, sql) in [
        (3, "UPDATE journal SET kind = CAST(x'ff' AS TEXT) WHERE seq = 3"),
        (4, "UPDATE journal SET subject = CAST(x'61ff' AS TEXT) WHERE seq = 4"),
        (5, "UPDATE journal SET hash = CAST(x'ff' AS TEXT) WHERE seq = 5"),
        (6, "UPDATE journal_bodies SET body = CAST(x'7bff7d' AS TEXT) WHERE seq = 6"),
    ] {
        let found = forger.forge(|connection| connection.execute_batch(sql).unwrap());
        assert_eq!(found, Verified::Broken { line, why: "it cannot be read" }, "{sql}");
    }
}

const GONE: &str = "its body is gone, and no later line says that it was erased";

/// Every line that still tells something.
fn telling(connection: &Connection) -> Vec<i64> {
    let mut lines = connection.prepare("SELECT seq FROM journal_bodies ORDER BY seq").unwrap();
    lines.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn take_away(connection: &Connection, lines: &str) {
    assert!(connection.execute(&format!("DELETE FROM journal_bodies WHERE seq {lines}"), []).unwrap() > 0);
}

/// Whoever came under this name and left again.
fn came(book: &mut Book, name: &str, at: Now) -> Visit {
    let mut new = visitor(at);
    new.details.name = PersonName::parse(name).unwrap();
    new.details.phone = Some(Phone::parse("13711112222").unwrap());
    let visit = book.arrive(new, at).unwrap();
    book.leave(visit.id, at).unwrap();
    visit
}

#[test]
fn a_body_that_is_taken_away_is_found_at_its_line() {
    let day = |n: u64| morning().after(Duration::from_secs(n * 24 * 3600));
    let forger = Forger::with(|book| {
        came(book, "诸葛亮", morning());
        let asked = came(book, "夏侯惇", day(9));
        came(book, "王芳", day(9));
        let over = Before { visits: day(1).wall, lessons: day(1).wall, people: day(1).wall };
        while book.forget(&over, day(9)).unwrap() > 0 {}
        let phone = asked.details.phone.unwrap();
        book.forget_person(&asked.details.name, &phone, "mei", day(9)).unwrap();
        came(book, "周杰", day(9));
        book.set_pin("mei", Role::Manager, "", "root", day(9)).unwrap();
        book.exported(3, "mei", day(9)).unwrap();
    });
    let Verified::Whole { lines, erased, unlisted: 0, .. } = forger.forge(|_| ()) else {
        panic!("not whole")
    };
    let mut told = Vec::new();
    forger.forge(|book| told = telling(book));
    assert!(erased == 8 && told.len() > 12, "{erased} {told:?}");
    assert_eq!(told.len() as i64 + erased, lines);
    let mut erasings = 0;
    for line in &told {
        let found = forger.forge(|book| take_away(book, &format!("= {line}")));
        let Verified::Broken { line: at, why: GONE } = found else { panic!("{line}: {found:?}") };
        // Without the line that accounts for them, the first of those that were erased is missed.
        let is_erasing = format!("SELECT kind IN ('erased', 'forgotten') FROM journal WHERE seq = {line}");
        if forger.seen(&is_erasing) == 1 {
            erasings += 1;
            assert!(at < *line && !told.contains(&at), "{line}: {at}");
        } else {
            assert_eq!(at, *line);
        }
    }
    assert_eq!(erasings, 2);
    // Nor is it one of those that are said to be erased because somebody writes so where that is said.
    let (mut at, victim) = (0, *told.last().unwrap() - 3);
    let found = forger.forge(|book| {
        at = book
            .query_row("SELECT max(seq) FROM journal WHERE kind = 'forgotten'", [], |row| row.get(0))
            .unwrap();
        take_away(book, &format!("= {}", at - 3));
        let sql = "UPDATE journal_bodies SET body = json_set(body, '$.bodies', '1-99') WHERE seq = ?";
        assert_eq!(book.execute(sql, [at]).unwrap(), 1);
    });
    assert_eq!(found, Verified::Broken { line: at, why: "its body was changed" });
    // With every hash after it made to fit, what came later is still not accounted for.
    let found = forger.forge(|book| {
        take_away(book, &format!("= {victim}"));
        let sql = "UPDATE journal_bodies SET body = json_set(body, '$.bodies', '1-99') WHERE seq = ?";
        assert_eq!(book.execute(sql, [at]).unwrap(), 1);
        rebuild(book, at);
    });
    assert_eq!(found, Verified::Broken { line: victim, why: GONE });
}

#[test]
fn of_what_an_earlier_version_erased_as_much_is_known_as_it_said() {
    let folder = tempfile::tempdir().unwrap();
    drop(crate::older::book_of_version_5(&folder.path().join("book.db")));
    let forger = Forger::of(folder);
    let unlisted = |found: Verified| match found {
        Verified::Whole { erased, unlisted, .. } => (erased, unlisted),
        Verified::Broken { line, why } => panic!("{line}: {why}"),
    };
    let (erased, all) = unlisted(forger.forge(|_| ()));
    assert!(erased > 9 && erased == all);
    // It erased once more, and told of it as it did.
    let erase = |book: &Connection| {
        book.execute_batch(
            "INSERT INTO journal SELECT max(seq) + 1, max(at), 'erased', '', '', '', '' FROM journal;
             INSERT INTO journal_bodies SELECT max(seq), x'00',
                 '{\"entry\":\"erased\",\"before\":\"2026-11-24T09:41:00+08:00\",\"count\":1}' FROM journal",
        )
        .unwrap();
        let last: i64 = book.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).unwrap();
        rebuild(book, last);
    };
    let visit = "(SELECT seq FROM journal WHERE subject = (SELECT id FROM visits WHERE name = '司徒望舒'))";
    let first: i64 = forger.seen(&format!("SELECT min(seq) FROM journal WHERE seq IN {visit}"));
    // One line of a visit is never erased alone, and none after the erasing.
    for which in [format!("= {first}"), format!("IN {visit} AND seq > {first}")] {
        let found = forger.forge(|book| {
            take_away(book, &which);
            erase(book);
        });
        assert!(matches!(found, Verified::Broken { why: GONE, .. }), "{which}: {found:?}");
    }
    let found = forger.forge(|book| {
        erase(book);
        take_away(book, "= (SELECT max(seq) FROM journal)");
    });
    assert!(matches!(found, Verified::Broken { why: GONE, .. }), "{found:?}");
    // All about one visit may have been; nobody knows.
    let (more, all) = unlisted(forger.forge(|book| {
        take_away(book, &format!("IN {visit}"));
        erase(book);
    }));
    assert!(more > erased && more == all);
    // Once they are named, nothing goes unnamed.
    let found = forger.forge(|book| {
        take_away(book, &format!("IN {visit}"));
        book.execute_batch(
            "INSERT INTO journal SELECT max(seq) + 1, max(at), 'forgotten', '', '', '', '' FROM journal;
             INSERT INTO journal_bodies SELECT max(seq), x'00',
                 '{\"entry\":\"forgotten\",\"count\":0,\"by\":\"\",\"bodies\":\"\"}' FROM journal",
        )
        .unwrap();
        let last: i64 = book.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).unwrap();
        rebuild(book, last);
        erase(book);
    });
    assert_eq!(found, Verified::Broken { line: first, why: GONE });
}

#[test]
fn what_leaves_the_chain_whole_is_found_by_the_mailed_hash() {
    let forger = Forger::new();
    let lines = forger.hashes.len() as i64;
    let mailed = &forger.hashes[9]; // line 10, some days ago
    let whole = |found: Verified| matches!(found, Verified::Whole { .. });
    // What a body of line 3 says, with every hash after it made to fit.
    assert!(whole(forger.forge(|book| {
        book.execute_batch("UPDATE journal_bodies SET body = replace(body, '欧阳', '司马')").unwrap();
        rebuild(book, 1);
    })));
    assert_eq!(forger.book().line_of(mailed).unwrap(), None, "the chain was written anew");
    // A line left out, and the rest written anew.
    assert!(whole(forger.forge(|book| {
        book.execute_batch(
            "DELETE FROM journal_bodies WHERE seq = 8; DELETE FROM journal WHERE seq = 8;
             UPDATE journal_bodies SET seq = seq - 1 WHERE seq > 8; UPDATE journal SET seq = seq - 1 WHERE seq > 8;",
        )
        .unwrap();
        rebuild(book, 8);
    })));
    assert_eq!(forger.book().line_of(mailed).unwrap(), None);
    // Cut off before the seal, and again with lines of the forger's own instead.
    let cut = |book: &Connection, after: i64| {
        book.execute("DELETE FROM journal_bodies WHERE seq > ?", [after]).unwrap();
        book.execute("DELETE FROM journal WHERE seq > ?", [after]).unwrap();
    };
    assert!(whole(forger.forge(|book| cut(book, 9))));
    assert_eq!(forger.book().line_of(mailed).unwrap(), None);
    assert!(whole(forger.forge(|book| {
        cut(book, 9);
        book.execute_batch(
            "INSERT INTO journal SELECT 10, at, 'left', subject, commitment, '', '' FROM journal WHERE seq = 9;
             INSERT INTO journal_bodies VALUES (10, x'00', '{\"entry\":\"left\"}')",
        )
        .unwrap();
        rebuild(book, 10);
    })));
    assert_eq!(forger.book().line_of(mailed).unwrap(), None);
    // Cut off after it: that seal holds, and the next day's is missed.
    assert!(whole(forger.forge(|book| cut(book, 10))));
    assert_eq!(forger.book().line_of(mailed).unwrap(), Some(10));
    let next = &forger.hashes[usize::try_from(lines).unwrap() - 1];
    assert_eq!(forger.book().line_of(next).unwrap(), None);
    // Written anew only after it, it proves what was before.
    assert!(whole(forger.forge(|book| {
        book.execute_batch("UPDATE journal SET at = 0 WHERE seq = 11").unwrap();
        rebuild(book, 11);
    })));
    assert_eq!(forger.book().line_of(mailed).unwrap(), Some(10));
    assert_eq!(forger.book().line_of(next).unwrap(), None);
}

#[test]
fn without_forging_the_triggers_nothing_is_touched() {
    let forger = Forger::new();
    fs::write(forger.path(), &forger.whole).unwrap();
    let connection = Connection::open(forger.path()).unwrap();
    assert!(connection.execute_batch("UPDATE journal SET at = 0").is_err());
    assert!(connection.execute_batch("DELETE FROM journal").is_err());
}
