//! Somebody with the book's file and a good editor changes the journal. Whatever they do, the verifier names the first
//! line that is not as it was written; what leaves the chain whole is found by a hash that was mailed before.

use crate::support::{host, morning, visitor};
use data_encoding::HEXLOWER;
use frontdesk::book::{Book, Verified};
use frontdesk::config::Config;
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
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut book = Book::open(&path, Config::built_in().reception, morning()).unwrap();
        book.put_hosts(&[host()], morning()).unwrap();
        for n in 0..4 {
            let at = morning().after(Duration::from_secs(n));
            book.arrive(visitor(at), at).unwrap();
        }
        drop(book);
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
        (3, "reordered without bodies", "DELETE FROM journal_bodies;".to_owned() + &swap("journal", 3, 4)),
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

#[test]
fn what_leaves_the_chain_whole_is_found_by_the_mailed_hash() {
    let forger = Forger::new();
    let lines = forger.hashes.len() as i64;
    let mailed = &forger.hashes[9]; // line 10, some days ago
    let whole = |found: Verified| matches!(found, Verified::Whole { .. });
    // Erasing bodies is no forging.
    assert!(whole(forger.forge(|book| assert!(book.execute("DELETE FROM journal_bodies", []).is_ok()))));
    assert_eq!(forger.book().line_of(mailed).unwrap(), Some(10));
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
        book.execute_batch("INSERT INTO journal SELECT 10, at, 'left', subject, commitment, '', '' FROM journal WHERE seq = 9")
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
