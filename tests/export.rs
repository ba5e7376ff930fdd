//! Visits and numbers as files: whole, read right by Excel, and never a formula.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what failed by failing"
)]

#[allow(dead_code, reason = "the stories of the book use the rest")]
#[path = "book/support.rs"]
mod support;

use frontdesk::book::{Book, Entry, Numbers};
use frontdesk::config::Config;
use frontdesk::export::{self, Visits};
use frontdesk::visit::{Company, Kind, Note, PersonName, Phone, Visit};
use frontdesk::words::Lang;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;
use support::{host, morning, visitor};

/// Somebody who would like to run a program on the computer of whoever opens the file.
fn attacker(book: &mut Book) -> Visit {
    let mut new = visitor(morning());
    new.details.name = PersonName::parse("=cmd|'/C calc'!A1").unwrap();
    new.details.company = Company::maybe("@SUM(1+1)*\"x\", 有限公司").unwrap();
    new.details.phone = Some(Phone::parse("+442079460958").unwrap());
    new.purpose = Note::maybe("－1＋1");
    new.kind = Some(Kind { id: "customer".to_owned(), name: "客户".into(), escort: false, returns: false });
    book.arrive(new, morning()).unwrap()
}

fn file(lang: Lang, visits: &[Visit]) -> Vec<u8> {
    let mut file = Visits::new(lang, Cursor::new(Vec::new())).unwrap();
    for visit in visits {
        file.line(visit, Some(&host())).unwrap();
    }
    let (out, lines) = file.finish().unwrap();
    assert_eq!(lines, visits.len());
    out.into_inner()
}

fn book_with_attacker(path: &Path) -> (Book, Visit) {
    let mut book = Book::open(path, Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    let visit = attacker(&mut book);
    book.leave(visit.id, morning().after(Duration::from_secs(3600))).unwrap();
    let visit = book.visit(visit.id).unwrap().unwrap();
    (book, visit)
}

#[test]
fn nothing_that_was_typed_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let (_book, visit) = book_with_attacker(&folder.path().join("book.db"));
    let bytes = file(Lang::EN, std::slice::from_ref(&visit));
    assert!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]), "Excel takes it for UTF-8 only so");
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    assert_eq!(&reader.headers().unwrap()[1], "Name");
    let line = reader.records().next().unwrap().unwrap();
    assert_eq!(&line[1], "'=cmd|'/C calc'!A1");
    assert_eq!(&line[2], "'@SUM(1+1)*\"x\", 有限公司");
    assert_eq!(&line[3], "'+442079460958");
    assert_eq!(&line[6], "'－1＋1");
    assert_eq!((&line[9], &line[10]), ("2026-11-23 09:41", "2026-11-23 10:41"));
    for field in &line {
        assert!(
            !field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']),
            "{field}"
        );
    }
    let chinese = String::from_utf8(file(Lang::ZH, &[])).unwrap();
    assert!(chinese.contains("证号,姓名,公司,电话"), "{chinese}");
}

#[test]
fn numbers_come_with_their_words() {
    let numbers = Numbers {
        visits: 3,
        days: vec![("2026-11-23".parse().unwrap(), 3)],
        hosts: vec![("H001".to_owned(), 2), ("H9".to_owned(), 1)],
        kinds: vec![(String::new(), 3)],
        faces: [0, 0, 1, 0, 2],
        ..Numbers::default()
    };
    let with = (&numbers, &[][..], &[host()][..]);
    let write = |lang| export::numbers(lang, "2026-11", with, Vec::new()).unwrap();
    let csv = String::from_utf8(write(Lang::EN)).unwrap();
    for line in [
        "By day,2026-11-23,3",
        "By department,品质部,2",
        "By host,H9,1",
        "By type,Invited,3",
        "Satisfaction,5,2",
    ] {
        assert!(csv.contains(line), "{line} is not in {csv}");
    }
    assert!(csv.contains("\"Satisfaction, mean of 1 to 5\",4.3"), "{csv}");
    let csv = String::from_utf8(write(Lang::ZH)).unwrap();
    assert!(csv.contains("每日来访,2026-11-23,3") && csv.contains("来访类型,受邀,3"), "{csv}");
}

fn frontdesk(folder: &Path, arguments: &[&str]) -> Output {
    let config = folder.join("kiosk.toml");
    let book = format!("[book]\npath = \"{}\"\n", folder.join("book.db").display());
    fs::write(&config, book).unwrap();
    Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .arg("--config")
        .arg(config)
        .args(arguments)
        .env("TZ", "Asia/Shanghai")
        .env_remove("SUDO_USER")
        .env("USER", "mei")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

#[test]
fn staff_export_and_the_journal_tells() {
    let folder = tempfile::tempdir().unwrap();
    let (mut book, _) = book_with_attacker(&folder.path().join("book.db"));
    for n in 0..1200 {
        let at = morning().after(Duration::from_secs(3600 + n));
        let mut new = visitor(at);
        new.details.name = PersonName::parse(if n % 2 == 0 { "王芳" } else { "欧阳修明" }).unwrap();
        let visit = book.arrive(new, at).unwrap();
        book.leave(visit.id, at).unwrap();
    }
    let out = folder.path().join("all.csv");
    let out = out.to_str().unwrap();
    let all = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", out];
    let done = frontdesk(folder.path(), &all);
    assert!(done.status.success(), "{done:?}");
    let lines = csv::Reader::from_path(out).unwrap().records().count();
    assert_eq!(lines, 1201, "page after page, none twice, none left out");
    let told = book.entries().unwrap();
    assert!(
        matches!(told.last(), Some(Entry::Exported { count: 1201, by }) if by == "mei"),
        "{:?}",
        told.last()
    );
    let some = [&all[..], &["--words", "wf", "--host", "李晓云", "--lang", "en"]].concat();
    assert!(frontdesk(folder.path(), &some).status.success());
    assert_eq!(csv::Reader::from_path(out).unwrap().records().count(), 600);
    let none = ["export", "--from", "2026-11-24", "--until", "2026-11-24", "--out", out];
    assert!(frontdesk(folder.path(), &none).status.success());
    assert_eq!(csv::Reader::from_path(out).unwrap().records().count(), 0);
    // What cannot be written is not there, and what was there stays.
    let nowhere = folder.path().join("no/all.csv");
    let bad = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", nowhere.to_str().unwrap()];
    assert!(!frontdesk(folder.path(), &bad).status.success());
    let month = folder.path().join("month.csv");
    let done = frontdesk(folder.path(), &["numbers", "--month", "2026-11", "--out", month.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&done.stdout).contains("1201 visits"), "{done:?}");
    assert!(fs::read_to_string(month).unwrap().contains("2026-11-23,1201"));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}
