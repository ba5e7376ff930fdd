//! The book is copied every night and put back from a copy: while visitors come, on a full disk, killed in the middle.

use crate::disk::Disk;
use crate::support::{host, morning, visitor};
use frontdesk::back::{Back, copies};
use frontdesk::book::{self, Book, BookError, Entry, RestoreError, Verified};
use frontdesk::config::{self, Config, Facilities, Reception};
use frontdesk::errand::{About, Backup, ErrandId, Kind, Letter, Outcome, Report, Seen, State, Trouble, Work};
use frontdesk::now::Now;
use frontdesk::stock;
use frontdesk::words::Lang;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// Where the killed child has its files; set only in the child.
const FOLDER: &str = "FRONTDESK_COPIES_FOLDER";

fn reception() -> Reception {
    Config::built_in().reception
}

fn open(path: &Path) -> Book {
    let mut book = Book::open(path, reception(), morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    book
}

fn arrive(book: &mut Book, n: u64) {
    let at = morning().after(Duration::from_secs(n));
    book.arrive(visitor(at), at).unwrap();
}

fn visits(path: &Path) -> usize {
    Book::open_beside(path, reception()).unwrap().open_visits().unwrap().len()
}

/// A book with so many visits and so many mebibytes.
fn book_of(path: &Path, count: u64, mebibytes: usize) {
    let mut book = open(path);
    (0..count).for_each(|n| arrive(&mut book, n));
    drop(book);
    let connection = rusqlite::Connection::open(path).unwrap();
    for n in 0..mebibytes {
        connection
            .execute(
                "INSERT INTO house (name, value) VALUES (?, ?)",
                (format!("ballast {n}"), "x".repeat(1 << 20)),
            )
            .unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_copy_is_whole_while_visitors_come() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    book_of(&path, 3, 8);
    let mut kiosk = open(&path);
    let (to, path) = (folder.path().join("copy.db"), &path);
    let done = AtomicBool::new(false);
    let (came, slowest) = std::thread::scope(|scope| {
        let copying = scope.spawn(|| {
            let copied = book::copy(path, &to, &mut || std::thread::sleep(Duration::from_millis(60)));
            done.store(true, Ordering::Relaxed);
            copied
        });
        let (mut came, mut slowest) = (0, Duration::ZERO);
        while !done.load(Ordering::Relaxed) {
            let began = Instant::now();
            arrive(&mut kiosk, 10 + came);
            came += 1;
            slowest = slowest.max(began.elapsed());
        }
        copying.join().unwrap().unwrap();
        (came, slowest)
    });
    assert!(came > 10, "only {came} visitors came meanwhile");
    assert!(slowest < Duration::from_secs(2), "a visitor waited {slowest:?} for the copy");
    let (lines, _) = book::checked(&to).unwrap();
    assert!(lines >= 5 + 3, "{lines}");
    assert!(matches!(kiosk.verify().unwrap(), Verified::Whole { lines: now, .. } if now > lines));
    assert!(!folder.path().join("copy.db-wal").exists() && !folder.path().join("copy.db-journal").exists());
    let held = visits(&to);
    assert!((3..3 + came as usize).contains(&held), "{held} of {came}");
}

fn nightly(folder: &Path) -> config::Backup {
    config::Backup { folder: folder.to_owned(), keep: 3, at: "02:30:00".parse().unwrap() }
}

#[test]
fn one_copy_a_night_whatever_the_clock_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let backup = nightly(folder.path());
    let mut book = open(&path);
    // It is 09:41 on the first day: the copy of this night is still missing.
    assert!(book.copy_tonight(&backup, morning()).unwrap());
    let queued = book.due(morning()).unwrap();
    assert_eq!(
        queued[0].work,
        Work::Backup(Backup { folder: folder.path().to_owned(), keep: 3 }),
        "{queued:?}"
    );
    let night = morning().after(HOUR * 16 + Duration::from_secs(47 * 60)); // 02:28
    assert!(!book.copy_tonight(&backup, night).unwrap(), "not before its hour");
    let later = night.after(Duration::from_secs(120));
    assert!(book.copy_tonight(&backup, later).unwrap());
    drop(book);
    let mut book = open(&path);
    assert!(!book.copy_tonight(&backup, later.after(HOUR)).unwrap(), "a restart makes no second one");
    let away = later.after(DAY * 3 + HOUR * 9);
    assert!(book.copy_tonight(&backup, away).unwrap(), "the kiosk was off for days");
    assert!(!book.copy_tonight(&backup, away).unwrap(), "one for all of them");
    let wrong = away.after(DAY * 2000);
    assert!(book.copy_tonight(&backup, wrong).unwrap());
    assert!(book.copy_tonight(&backup, away).unwrap(), "the clock was wrong and is right again");
    assert!(!book.copy_tonight(&backup, away.after(HOUR)).unwrap());
    assert!(book.copy_tonight(&backup, away.after(DAY)).unwrap(), "and the nights go on");
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
}

fn letters(book: &mut Book, at: Now) -> Vec<Letter> {
    let of = |errand: frontdesk::errand::Errand| match errand.work {
        Work::Letter(letter) => Some(letter),
        Work::Badge(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => None,
    };
    book.due(at).unwrap().into_iter().filter_map(of).collect()
}

#[test]
fn a_night_without_a_copy_is_told_to_facilities() {
    for email in [Some("facilities@example.com".to_owned()), None] {
        let folder = tempfile::tempdir().unwrap();
        let mut book = open(&folder.path().join("book.db"));
        book.set_facilities(&Facilities { email: email.clone(), lang: Lang::EN });
        assert!(book.copy_tonight(&nightly(folder.path()), morning()).unwrap());
        let mut at = morning();
        let mut tries = 0;
        let mut told = Vec::new();
        while told.is_empty() && at.wall < morning().after(HOUR * 7).wall {
            for errand in book.due(at).unwrap() {
                match &errand.work {
                    Work::Letter(letter) => told.push((at, letter.clone())),
                    Work::Badge(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => {
                        tries += 1;
                        book.ran(errand.id, Outcome::NotYet(Trouble::FolderUnwritable), at).unwrap();
                    }
                }
            }
            at = at.after(Duration::from_secs(60));
        }
        assert!(tries > 20, "it was tried only {tries} times");
        let Some(email) = email else {
            assert!(told.is_empty(), "{told:?}");
            continue;
        };
        let (when, letter) = &told[0];
        assert_eq!((letter.about, &letter.to), (About::NoBackup(Trouble::FolderUnwritable), &email));
        assert!(when.wall >= morning().after(HOUR * 6).wall, "told while it could still be made");
        assert_eq!(letters(&mut book, at.after(HOUR)).len(), 0, "told once");
    }
}

#[test]
fn the_runner_makes_the_copy_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::built_in();
    config.book.path = folder.path().join("book.db");
    config.printer.kind = config::PrinterKind::File(folder.path().join("badges"));
    config.mail.kind = config::MailKind::Folder(folder.path().join("mails"));
    let mut book = open(&config.book.path);
    let backup = nightly(&folder.path().join("copies"));
    book.copy_tonight(&backup, morning()).unwrap();
    let (tell, told) = mpsc::channel();
    let told_by = move |report| drop(tell.send(report));
    let back = Back::start(&config, stock::presses(&config).unwrap(), false, Arc::new(told_by)).unwrap();
    let ran = |id: ErrandId| loop {
        match told.recv_timeout(Duration::from_secs(60)).unwrap() {
            Report::Ran(ran, outcome) if ran == id => break outcome,
            Report::Ran(..)
            | Report::Printer(_)
            | Report::Photo(..)
            | Report::Camera(_)
            | Report::Disk(_)
            | Report::LookedOver(_)
            | Report::Fed(_) => {}
        }
    };
    let errand = book.due(morning()).unwrap().remove(0);
    back.run(errand.clone());
    let outcome = ran(errand.id);
    assert_eq!(outcome, Outcome::Done(Seen::Confirmed));
    assert_eq!(book.ran(errand.id, outcome, morning()).unwrap(), Some(State::Done(Seen::Confirmed)));
    let made = copies::copies(&backup.folder);
    assert_eq!(made.len(), 1);
    assert_eq!(book::checked(&made[0].1).unwrap().0, 4, "with the line that says that a runner has it");
    // A folder that is a file takes none; the runner lives on.
    fs::write(folder.path().join("no folder"), "").unwrap();
    let nowhere = Work::Backup(Backup { folder: folder.path().join("no folder"), keep: 1 });
    back.run(frontdesk::errand::Errand { work: nowhere, ..errand.clone() });
    assert_eq!(ran(errand.id), Outcome::NotYet(Trouble::FolderUnwritable));
    assert_eq!(errand.work.kind(), Kind::File);
}

#[test]
fn a_full_disk_keeps_the_copies_that_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    book_of(&path, 2, 3);
    let disk = Disk::of("5m");
    let good = copies::make(&path, disk.path(), morning().wall).unwrap();
    let problem = copies::make(&path, disk.path(), morning().after(DAY).wall).unwrap_err();
    assert!(matches!(problem, BookError::Full), "{problem:?}");
    assert_eq!(names(disk.path()), ["frontdesk-2026-11-23T0941-1.db"], "no half copy is left");
    assert!(book::checked(&good).is_ok());
    // And a book on a full disk is not touched by putting one back.
    let small = Disk::of("5m");
    let theirs = small.path().join("book.db");
    fs::copy(&good, &theirs).unwrap();
    let before = fs::read(&theirs).unwrap();
    fs::write(small.path().join("ballast"), vec![7; 1_500_000]).unwrap();
    let problem = book::restore(&good, &theirs, true, "test", morning()).unwrap_err();
    assert!(matches!(problem, RestoreError::Book(BookError::Full)), "{problem:?}");
    assert_eq!(fs::read(&theirs).unwrap(), before);
    assert_eq!(names(small.path()), ["ballast", "book.db", "book.db.lock"]);
}

#[test]
fn the_oldest_copies_go_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("book.db"), folder.path().join("copies"));
    book_of(&path, 1, 0);
    let keep = |made: &Path| copies::prune(&Backup { folder: to.clone(), keep: 3 }, made);
    for n in 0..5 {
        keep(&copies::make(&path, &to, morning().after(DAY * n).wall).unwrap());
    }
    let others = ["frontdesk-2020-01-01T0000.db.txt", "frontdesk-2020-1-1T0000.db", "notes.txt", "other.db"];
    for other in others {
        fs::write(to.join(other), "mine").unwrap();
    }
    fs::create_dir(to.join("frontdesk-2020-01-01T0000.db")).unwrap();
    // The clock was set back: the new copy is the oldest by its name, and the only one of today's book.
    let back = copies::make(&path, &to, morning().wall - chrono::Days::new(400)).unwrap();
    keep(&back);
    assert!(book::checked(&back).is_ok());
    let mut left = vec![
        "frontdesk-2025-10-19T0941-6.db",
        "frontdesk-2026-11-26T0941-4.db",
        "frontdesk-2026-11-27T0941-5.db",
        "frontdesk-2020-01-01T0000.db",
    ];
    left.extend(others);
    left.sort_unstable();
    assert_eq!(names(&to), left);
}

/// One night the clock was years ahead: its copy goes when it is its turn, and takes no place from those made later.
#[test]
fn copies_go_in_the_order_in_which_they_were_made() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("book.db"), folder.path().join("copies"));
    book_of(&path, 1, 0);
    // What programs before this one named has no number.
    fs::create_dir(&to).unwrap();
    for old in ["frontdesk-2026-11-20T0230.db", "frontdesk-2041-01-01T0230.db"] {
        fs::write(to.join(old), "an old one").unwrap();
    }
    let night = |n: u64| morning().after(DAY * u32::try_from(n).unwrap()).wall;
    let wrong = morning().wall + chrono::Days::new(5000);
    let mut left = Vec::new();
    for at in [night(0), wrong, night(2), night(3), night(4)] {
        let made = copies::make(&path, &to, at).unwrap();
        copies::prune(&Backup { folder: to.clone(), keep: 3 }, &made);
        left.push(names(&to));
        assert_eq!(copies::copies(&to)[0].1, made, "the last one is the one made last");
    }
    let [a, b, c, d, e] = [
        "frontdesk-2026-11-23T0941-1.db",
        "frontdesk-2040-08-01T0941-2.db",
        "frontdesk-2026-11-25T0941-3.db",
        "frontdesk-2026-11-26T0941-4.db",
        "frontdesk-2026-11-27T0941-5.db",
    ];
    let (old, ahead) = ("frontdesk-2026-11-20T0230.db", "frontdesk-2041-01-01T0230.db");
    let sorted = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(left[0], sorted(vec![old, ahead, a]));
    assert_eq!(left[1], sorted(vec![ahead, a, b]));
    assert_eq!(left[2], sorted(vec![a, b, c]));
    assert_eq!(left[3], sorted(vec![b, c, d]));
    assert_eq!(left[4], sorted(vec![c, d, e]), "the one that is dated ahead has gone in its turn");
    // Two in one minute are two.
    let again = copies::make(&path, &to, night(4)).unwrap();
    assert_eq!(again.file_name().unwrap(), "frontdesk-2026-11-27T0941-6.db");
}

#[test]
fn a_newer_book_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path);
    arrive(&mut book, 1);
    for errand in book.due(morning().after(Duration::from_secs(2))).unwrap() {
        assert!(errand.tries == 0);
    }
    let copy = copies::make(&path, folder.path(), morning().wall).unwrap();
    assert!(matches!(
        book::restore(&copy, &path, true, "test", morning()),
        Err(RestoreError::Book(BookError::InUse))
    ));
    arrive(&mut book, 3);
    drop(book);
    let before = book::checked(&copy).unwrap();
    let refused = book::restore(&copy, &path, false, "test", morning()).unwrap_err();
    assert!(matches!(refused, RestoreError::Newer { lines: 3 }), "{refused}");
    assert_eq!(visits(&path), 2);
    let done = book::restore(&copy, &path, true, "mei", morning()).unwrap();
    assert_eq!(done.lines, before.0);
    let replaced = done.replaced.unwrap();
    assert_eq!((visits(&path), visits(&replaced)), (1, 2), "what it replaces is kept");
    assert_eq!(book::checked(&copy).unwrap(), before, "the copy itself is not touched");
    let mut book = Book::open(&path, reception(), morning()).unwrap();
    assert_eq!(book.entries().unwrap()[before.0 as usize], Entry::Restored { by: "mei".to_owned() });
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    // What was with its runner when the copy was made is taken up as after a power cut.
    let visit = book.open_visits().unwrap().remove(0);
    let states: Vec<_> = book.errands_of(visit.id).unwrap().into_iter().map(|errand| errand.state).collect();
    assert_eq!(states[0], State::Unknown(Trouble::Interrupted), "{states:?}");
    arrive(&mut book, 9);
    drop(book);
    // Another book in its place, shorter than the copy: its visits would be lost all the same.
    let other = folder.path().join("other.db");
    drop(open(&other));
    let refused = book::restore(&copy, &other, false, "test", morning()).unwrap_err();
    assert!(matches!(refused, RestoreError::Newer { lines: 2 }), "{refused}");
    // No book at all, and a book that the copy goes beyond.
    let none = folder.path().join("none.db");
    assert_eq!(book::restore(&copy, &none, false, "test", morning()).unwrap().replaced, None);
    assert_eq!(visits(&none), 1);
    let newer = copies::make(&path, folder.path(), morning().after(HOUR).wall).unwrap();
    let back = copies::make(&path, &folder.path().join("x"), morning().wall).unwrap();
    fs::copy(back, folder.path().join("behind.db")).unwrap();
    assert!(book::restore(&newer, &folder.path().join("behind.db"), false, "test", morning()).is_ok());
}

#[test]
fn a_damaged_book_is_replaced_and_a_damaged_copy_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    book_of(&path, 3, 0);
    let copy = copies::make(&path, folder.path(), morning().wall).unwrap();
    let whole = fs::read(&copy).unwrap();
    let before = fs::read(&path).unwrap();
    for (what, bytes) in [
        ("half", whole[..whole.len() / 2].to_vec()),
        ("text", b"name,company\n".repeat(3000)),
        ("nothing", Vec::new()),
        ("a page", [&whole[..8192], &[0xFF; 4096], &whole[12288..]].concat()),
    ] {
        fs::write(&copy, bytes).unwrap();
        let refused = book::restore(&copy, &path, true, "test", morning()).unwrap_err();
        assert!(matches!(refused, RestoreError::BadCopy(_)), "{what}: {refused:?}");
        assert_eq!(fs::read(&path).unwrap(), before, "{what}");
    }
    // A forged line makes a copy useless too.
    fs::write(&copy, &whole).unwrap();
    let forger = rusqlite::Connection::open(&copy).unwrap();
    forger.execute_batch("UPDATE journal_bodies SET body = replace(body, '欧阳', '司马')").unwrap();
    drop(forger);
    assert!(matches!(
        book::restore(&copy, &path, true, "test", morning()),
        Err(RestoreError::BadCopy(BookError::Corrupt(_)))
    ));
    fs::write(&copy, &whole).unwrap();
    // The book is damaged, and a log lies beside it that belongs to the damaged one.
    fs::write(&path, b"no book any more").unwrap();
    fs::write(folder.path().join("book.db-wal"), b"its log").unwrap();
    let replaced = book::restore(&copy, &path, false, "test", morning()).unwrap().replaced.unwrap();
    assert_eq!(visits(&path), 3);
    assert_eq!(fs::read(&replaced).unwrap(), b"no book any more");
    assert_eq!(fs::read(format!("{}-wal", replaced.display())).unwrap(), b"its log");
}

#[test]
fn what_only_the_log_had_goes_with_the_replaced_book() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path);
    arrive(&mut book, 1);
    let copy = copies::make(&path, folder.path(), morning().wall).unwrap();
    arrive(&mut book, 2);
    // As a power cut leaves it: the second visit is in the log alone.
    let theirs = folder.path().join("theirs.db");
    for end in ["", "-wal"] {
        fs::copy(format!("{}{end}", path.display()), format!("{}{end}", theirs.display())).unwrap();
    }
    assert!(matches!(
        book::restore(&copy, &theirs, false, "test", morning()),
        Err(RestoreError::Newer { .. })
    ));
    let replaced = book::restore(&copy, &theirs, true, "test", morning()).unwrap().replaced.unwrap();
    assert_eq!((visits(&theirs), visits(&replaced)), (1, 2));
    // A log without a book is not played into the new one.
    let lone = folder.path().join("lone.db");
    fs::copy(format!("{}-wal", path.display()), format!("{}-wal", lone.display())).unwrap();
    book::restore(&copy, &lone, false, "test", morning()).unwrap();
    assert_eq!(visits(&lone), 1);
}

/// The child: copies, or puts two copies back in turn, until it is killed.
#[test]
fn a_copying_that_is_going_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let path = folder.join("book.db");
    println!("begun");
    for n in 0.. {
        let at = morning().after(Duration::from_secs(60 * n));
        if std::env::var("FRONTDESK_COPIES_WHAT").unwrap() == "backup" {
            let copy = copies::make(&path, &folder.join("copies"), at.wall).unwrap();
            copies::prune(&Backup { folder: folder.join("copies"), keep: 2 }, &copy);
        } else {
            let copy = folder.join(if n % 2 == 0 { "one.copy" } else { "two.copy" });
            book::restore(&copy, &path, true, "test", at).unwrap();
        }
    }
}

fn killed(folder: &Path, what: &str, round: u64) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "copies::a_copying_that_is_going_to_be_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env("FRONTDESK_COPIES_WHAT", what)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().ends_with("begun")), "round {round}");
    std::thread::sleep(Duration::from_micros((round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) % 250_000));
    assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn killed_in_the_middle_of_copying_no_copy_is_half() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    book_of(&path, 3, 4);
    let (mut halves, mut whole) = (0, 0);
    for round in 0..25 {
        killed(folder.path(), "backup", round);
        for (_, copy) in copies::copies(&folder.path().join("copies")) {
            assert_eq!(book::checked(&copy).unwrap().0, 11, "{}", copy.display());
            whole += 1;
        }
        halves += usize::from(folder.path().join("copies/frontdesk-copy.part").exists());
    }
    assert!(halves > 0 && whole > 0, "{halves} halves, {whole} whole: kill at other moments");
    copies::make(&path, &folder.path().join("copies"), morning().after(DAY).wall).unwrap();
    assert!(!folder.path().join("copies/frontdesk-copy.part").exists(), "the next one cleans up");
    assert_eq!(visits(&path), 3);
}

#[test]
fn killed_in_the_middle_of_putting_back_the_book_is_one_or_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    book_of(&path, 3, 1);
    let copy = copies::make(&path, folder.path(), morning().wall).unwrap();
    fs::rename(copy, folder.path().join("one.copy")).unwrap();
    (10..14).for_each(|n| arrive(&mut open(&path), n));
    let copy = copies::make(&path, folder.path(), morning().wall).unwrap();
    fs::rename(copy, folder.path().join("two.copy")).unwrap();
    let mut seen = std::collections::BTreeMap::new();
    let (mut halves, mut untouched) = (0, 0);
    for round in 0..40 {
        let before = visits(&path);
        killed(folder.path(), "restore", round);
        halves += usize::from(folder.path().join("book.db.restoring").exists());
        let mut book = Book::open(&path, reception(), morning()).unwrap();
        assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "round {round}");
        let now = book.open_visits().unwrap().len();
        assert!([3, 7, before].contains(&now), "round {round}: {now} visits");
        *seen.entry(now).or_insert(0) += 1;
        untouched += usize::from(now == before && ![3, 7].contains(&now));
        // The kiosk goes on in between, and leaves a log.
        arrive(&mut book, 100 + round);
        for name in names(folder.path()).iter().filter(|name| name.contains(".replaced-")) {
            fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
    let both = seen.contains_key(&3) && seen.contains_key(&7);
    assert!(both && halves + untouched > 0, "{seen:?}, {halves} halves: kill at other moments");
}
