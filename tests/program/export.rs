//! Visits and numbers as files: whole, read right by Excel, and never a formula.

use crate::disk::Disk;
use crate::support::{host, morning, visitor};
use frontdesk::back::Back;
use frontdesk::book::{Book, Entry, Numbers};
use frontdesk::config::Config;
use frontdesk::errand::{Errand, ErrandId, Export, Exported, Outcome, Report, Seen, Trouble, Work};
use frontdesk::export::{self, ExportError, Format, Visits};
use frontdesk::paper::badge::{Press, Presses};
use frontdesk::visit::{Company, Kind, Note, PersonName, Phone, Visit};
use frontdesk::words::Lang;
use std::fs;
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Somebody who would like to run a program on the computer of whoever opens the file.
fn attacker(book: &mut Book) -> Visit {
    let mut new = visitor(morning());
    new.details.name = PersonName::parse("=cmd|'/C calc'!A1").unwrap();
    new.details.company = Company::maybe("@SUM(1+1)*\"x\", 有限公司").unwrap();
    new.details.phone = Some(Phone::parse("+442079460958").unwrap());
    new.purpose = Note::maybe("－1＋1");
    new.kind = Some(Kind {
        id: "customer".to_owned(),
        name: "客户".into(),
        escort: false,
        returns: false,
        purpose: None,
    });
    book.arrive(new, morning()).unwrap()
}

fn file(lang: Lang, format: Format, visits: &[Visit]) -> Vec<u8> {
    let mut file = Visits::new(lang, format, &std::env::temp_dir(), Cursor::new(Vec::new())).unwrap();
    for visit in visits {
        file.line(visit, Some(&host()), 0).unwrap();
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
    let bytes = file(Lang::EN, Format::Csv, std::slice::from_ref(&visit));
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
    // A number that a spreadsheet would take for one is guarded, as far as it would lose digits.
    for (phone, field) in [("057188886666", "'057188886666"), ("13800138000", "13800138000")] {
        let mut visit = visit.clone();
        visit.details.phone = Some(Phone::try_from(phone.to_owned()).unwrap());
        let bytes = file(Lang::EN, Format::Csv, std::slice::from_ref(&visit));
        let line = csv::Reader::from_reader(&bytes[3..]).records().next().unwrap().unwrap();
        assert_eq!(&line[3], field);
    }
    let chinese = String::from_utf8(file(Lang::ZH, Format::Csv, &[])).unwrap();
    assert!(chinese.contains("证号,姓名,公司,电话"), "{chinese}");
}

#[test]
fn whoever_has_a_line_of_their_own_is_counted_in_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = Book::open(&path, Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    let mut group = visitor(morning());
    group.details.party = 2;
    group.members = ["周杰", "林青"].map(|name| PersonName::parse(name).unwrap()).into();
    book.arrive(group, morning()).unwrap();
    // As the first versions registered them.
    let mut old = visitor(morning());
    old.details.party = 3;
    book.arrive(old, morning()).unwrap();
    let out = folder.path().join("all.csv");
    let all = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", out.to_str().unwrap()];
    let done = frontdesk(folder.path(), &[&all[..], &["--lang", "en"]].concat());
    assert!(done.status.success(), "{done:?}");
    let mut reader = csv::Reader::from_path(out).unwrap();
    assert_eq!(&reader.headers().unwrap()[4], "Others, not registered");
    let along: Vec<String> = reader.records().map(|line| line.unwrap()[4].to_owned()).collect();
    assert_eq!(along, ["3", "0", "0", "0"], "newest first");
}

/// What another program reads in a workbook.
fn read(workbook: &Path) -> Vec<serde_json::Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let done = Command::new(root.join(".venv/bin/python"))
        .arg(root.join("support/read_workbook.py"))
        .arg(workbook)
        .output()
        .expect("tests/.venv (tests/run makes it)");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn a_workbook_has_texts_that_are_texts_and_times_that_are_times() {
    let folder = tempfile::tempdir().unwrap();
    let (_book, visit) = book_with_attacker(&folder.path().join("book.db"));
    let workbook = folder.path().join("visits.xlsx");
    fs::write(&workbook, file(Lang::ZH, Format::Xlsx, std::slice::from_ref(&visit))).unwrap();
    let sheets = read(&workbook);
    let cells = &sheets[0]["cells"];
    assert_eq!(cells[0][1], serde_json::json!(["s", "姓名"]));
    for (at, cell) in [
        (1, ["s", "=cmd|'/C calc'!A1"]),
        (2, ["s", "@SUM(1+1)*\"x\", 有限公司"]),
        (3, ["s", "+442079460958"]),
        (4, ["n", "0"]),
        (6, ["s", "－1＋1"]),
        (9, ["d", "2026-11-23 09:41:00"]),
        (10, ["d", "2026-11-23 10:41:00"]),
    ] {
        assert_eq!(cells[1][at], serde_json::json!(cell), "no program takes a text for a formula");
    }
    assert_eq!((&sheets[0]["filter"], &sheets[0]["frozen"]), (&"A1:P2".into(), &"A2".into()));
}

#[test]
fn a_workbook_of_numbers_has_a_chart_for_each_table_with_something_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (book, _) = book_with_attacker(&folder.path().join("book.db"));
    let (from, until) = (morning().wall - chrono::Days::new(1), morning().wall + chrono::Days::new(1));
    let numbers = book.numbers(from, until, morning()).unwrap();
    let how = (Lang::EN, Format::Xlsx, folder.path());
    let hosts = book.hosts().unwrap();
    let written = export::numbers(how, "2026-11", (&numbers, &[], &hosts), Cursor::new(Vec::new())).unwrap();
    let workbook = folder.path().join("numbers.xlsx");
    fs::write(&workbook, written.into_inner()).unwrap();
    let sheets = read(&workbook);
    assert_eq!((&sheets[0]["name"], &sheets[1]["name"]), (&"Numbers".into(), &"Charts".into()));
    assert_eq!(sheets[1]["charts"], 6, "days, hours, types, departments, hosts, faces");
    let lines = sheets[0]["cells"].as_array().unwrap();
    let day = lines.iter().find(|line| line[1][1] == "2026-11-23").unwrap();
    assert_eq!(day[2], serde_json::json!(["n", "1"]), "a number that can be counted with: {day}");
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
    let write = |lang| {
        let how = (lang, Format::Csv, Path::new("/nowhere"));
        export::numbers(how, "2026-11", with, Cursor::new(Vec::new())).unwrap().into_inner()
    };
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

/// Runs an errand with the runners of a real kiosk; what came of it.
fn run(config: &Config, errand: Errand) -> Outcome {
    let (tell, told) = channel();
    let press = Press::built_in(384).unwrap();
    let tell = Arc::new(move |report| drop(tell.send(report)));
    let back = Back::start(config, Presses::new(press, None, Vec::new()), false, tell).unwrap();
    back.run(errand);
    loop {
        if let Report::Ran(_, outcome) = told.recv_timeout(Duration::from_secs(60)).expect("a report") {
            return outcome;
        }
    }
}

/// A file is ordered on the screen; its errand, and what came of it.
fn ordered(config: &Config, book: &mut Book, order: Export) -> (ErrandId, Outcome) {
    let id = book.order(&Work::Export(order), Duration::from_secs(600), morning()).unwrap();
    let due = book.due(morning()).unwrap();
    let errand = due.into_iter().find(|errand| errand.id == id).expect("due at once");
    let outcome = run(config, errand);
    book.ran(id, outcome, morning()).unwrap();
    (id, outcome)
}

#[test]
fn what_is_ordered_on_the_screen_is_written_beside_the_kiosk_and_the_journal_tells_first() {
    let folder = tempfile::tempdir().unwrap();
    let (mut book, _) = book_with_attacker(&folder.path().join("book.db"));
    let mut config = Config::built_in();
    config.book.path = folder.path().join("book.db");
    let order = |file: &str, what| Export {
        file: folder.path().join("files").join(file),
        what,
        lang: Lang::EN,
        by: "王芳".to_owned(),
    };
    let wanted = |book: &mut Book, order: Export| {
        let (_, outcome) = ordered(&config, book, order);
        outcome
    };
    let all = || Exported::Visits(frontdesk::visit::Wanted::default());
    let csv = order("visits.csv", all());
    assert_eq!(wanted(&mut book, csv.clone()), Outcome::Done(Seen::Confirmed));
    assert_eq!(csv::Reader::from_path(&csv.file).unwrap().records().count(), 1);
    let readable = fs::metadata(&csv.file).unwrap().permissions().mode() & 0o077;
    assert_eq!(readable, 0, "names are for whoever exports them");
    let told = book.entries().unwrap();
    let visits = Entry::Exported { count: 1, numbers: None, by: "王芳".to_owned() };
    assert!(told.contains(&visits));
    let period = ("2026-11".to_owned(), morning().wall, morning().wall + chrono::Days::new(1));
    let month = Exported::Numbers { period: period.0, from: period.1, until: period.2 };
    let numbers = order("numbers.xlsx", month);
    assert_eq!(wanted(&mut book, numbers.clone()), Outcome::Done(Seen::Confirmed));
    assert_eq!(read(&numbers.file).len(), 2);
    let month = Entry::Exported { count: 1, numbers: Some("2026-11".to_owned()), by: "王芳".to_owned() };
    assert!(book.entries().unwrap().contains(&month));
    // A folder that is a file: nothing is there, and nothing is said to be.
    fs::write(folder.path().join("no"), "").unwrap();
    let nowhere = Export { file: folder.path().join("no/visits.csv"), ..order("", all()) };
    assert_eq!(wanted(&mut book, nowhere), Outcome::Failed(Trouble::FolderUnwritable));
    let left: Vec<_> = fs::read_dir(folder.path().join("files")).unwrap().collect();
    assert_eq!(left.len(), 2, "{left:?}");
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
        matches!(told.last(), Some(Entry::Exported { count: 1201, numbers: None, by }) if by == "mei"),
        "{:?}",
        told.last()
    );
    let some = [&all[..], &["--words", "wf", "--host", "李晓云", "--lang", "en"]].concat();
    assert!(frontdesk(folder.path(), &some).status.success());
    assert_eq!(csv::Reader::from_path(out).unwrap().records().count(), 600);
    let none = ["export", "--from", "2026-11-24", "--until", "2026-11-24", "--out", out];
    assert!(frontdesk(folder.path(), &none).status.success());
    assert_eq!(csv::Reader::from_path(out).unwrap().records().count(), 0);
    let sheet = folder.path().join("all.xlsx");
    let workbook = [&all[..5], &["--out", sheet.to_str().unwrap()]].concat();
    assert!(frontdesk(folder.path(), &workbook).status.success());
    assert_eq!(read(&sheet)[0]["cells"].as_array().unwrap().len(), 1202, "with the headings");
    let other = folder.path().join("all.ods");
    let done = frontdesk(folder.path(), &[&all[..5], &["--out", other.to_str().unwrap()]].concat());
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains(".csv or .xlsx"), "{said}");
    // What cannot be written is not there, and what was there stays.
    let nowhere = folder.path().join("no/all.csv");
    let bad = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", nowhere.to_str().unwrap()];
    assert!(!frontdesk(folder.path(), &bad).status.success());
    let month = folder.path().join("month.csv");
    let done = frontdesk(folder.path(), &["numbers", "--month", "2026-11", "--out", month.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&done.stdout).contains("1201 visits"), "{done:?}");
    assert!(fs::read_to_string(month).unwrap().contains("2026-11-23,1201"));
    let told = Entry::Exported { count: 1201, numbers: Some("2026-11".to_owned()), by: "mei".to_owned() };
    assert_eq!(book.entries().unwrap().last(), Some(&told));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

/// Writes visits until the disk refuses them.
fn filled(disk: &Disk, format: Format, visit: &Visit) -> ExportError {
    let file = fs::File::create(disk.path().join("visits")).unwrap();
    let mut table = match Visits::new(Lang::EN, format, disk.path(), file) {
        Ok(table) => table,
        Err(refused) => return refused,
    };
    for _ in 0..20_000 {
        if let Err(refused) = table.line(visit, None, 0) {
            return refused;
        }
    }
    table.finish().map(drop).expect_err("the disk never got full")
}

#[test]
fn a_file_that_fills_the_disk_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (_, visit) = book_with_attacker(&folder.path().join("book.db"));
    for (size, format) in [
        ("4k", Format::Xlsx),
        ("64k", Format::Xlsx),
        ("1m", Format::Xlsx),
        ("64k", Format::Csv),
        ("1m", Format::Csv),
    ] {
        let full = filled(&Disk::of(size), format, &visit);
        assert!(matches!(full, ExportError::Full), "{size} {format:?}: {full:?}");
        assert!(full.to_string().contains("disk that the file goes to is full"), "{full}");
    }
}

#[test]
fn a_file_that_would_fill_the_disk_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let (mut book, _) = book_with_attacker(&folder.path().join("book.db"));
    let disk = Disk::of("2m");
    for name in ["all.xlsx", "all.csv"] {
        let out = disk.path().join(name);
        let visits =
            ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", out.to_str().unwrap()];
        let month = ["numbers", "--month", "2026-11", "--out", out.to_str().unwrap()];
        for asked in [&visits[..], &month[..]] {
            let done = frontdesk(folder.path(), asked);
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(!done.status.success() && said.contains("is full; free some space"), "{said}");
            assert!(!said.contains("panicked"), "{said}");
        }
    }
    assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 0, "no part of a file is left");
    assert!(!book.entries().unwrap().iter().any(|entry| matches!(entry, Entry::Exported { .. })));
    // A CSV needs no second copy of its rows.
    disk.again("size=16384k");
    let out = disk.path().join("all.csv");
    let asked = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", out.to_str().unwrap()];
    assert!(frontdesk(folder.path(), &asked).status.success());
    fs::remove_file(&out).unwrap();
    // The folder of the configuration is made when it is needed; no other one is.
    let out = folder.path().join("out/exports/all.csv");
    let asked = |out: &Path| {
        let out = out.to_str().unwrap();
        let days = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", out];
        frontdesk(folder.path(), &days).status.success()
    };
    assert!(asked(&out) && out.exists());
    assert!(!asked(&folder.path().join("elsewhere/all.csv")));
    // With room it is there.
    disk.again("size=40m");
    let out = disk.path().join("all.xlsx");
    let asked = ["export", "--from", "2026-11-23", "--until", "2026-11-23", "--out", out.to_str().unwrap()];
    assert!(frontdesk(folder.path(), &asked).status.success());
    assert_eq!(read(&out)[0]["cells"].as_array().unwrap().len(), 2);
    // On the screen the reason is the same.
    disk.again("size=2m");
    let export = Export {
        file: disk.path().join("screen.xlsx"),
        what: Exported::Visits(frontdesk::visit::Wanted::default()),
        lang: Lang::ZH,
        by: "王芳".to_owned(),
    };
    let mut config = Config::built_in();
    config.book.path = folder.path().join("book.db");
    assert_eq!(ordered(&config, &mut book, export).1, Outcome::Failed(Trouble::DiskFull));
}
