//! The book on a full disk, on a read-only one, damaged, taken, too new: a clear word each, and nothing lost.

use crate::disk::Disk;
use crate::promises::journal_tells_every_visit;
use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, BookError, Entry, Verified};
use frontdesk::config::{Config, Reception};
use frontdesk::now::Now;
use frontdesk::visit::{Host, VisitId};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn reception() -> Reception {
    Config::built_in().reception
}

fn arrive(book: &mut Book, at: Now) -> Result<VisitId, BookError> {
    Ok(book.arrive(visitor(at), at)?.id)
}

fn small_book(folder: &Path) -> PathBuf {
    let path = folder.join("book.db");
    let mut book = Book::open(&path, reception(), morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    arrive(&mut book, morning()).unwrap();
    path
}

fn refused(path: &Path) -> BookError {
    Book::open(path, reception(), morning()).expect_err("this is no book to write visitors into")
}

/// A power cut between them would leave a kiosk with hosts whom nobody may visit.
#[test]
fn first_hosts_and_invitations_come_both_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Book::open(&folder.path().join("book.db"), reception(), morning()).unwrap();
    let (hosts, mut invitations) = frontdesk::stock::samples(&Config::built_in(), morning()).unwrap();
    invitations[5].host_id = "nobody".to_owned();
    assert!(matches!(book.begin_with(&hosts, &invitations, morning()), Err(BookError::UnknownHost { .. })));
    assert!(book.is_empty().unwrap());
    invitations[5].host_id = "H004".to_owned();
    book.begin_with(&hosts, &invitations, morning()).unwrap();
    assert_eq!(book.hosts().unwrap(), hosts);
    assert!(book.invitation_by_token(&invitations[11].token).unwrap().is_some());
}

#[test]
fn a_full_disk_refuses_the_next_visitor_and_keeps_the_others() {
    let disk = Disk::of("3m");
    let path = small_book(disk.path());
    let mut book = Book::open(&path, reception(), morning()).unwrap();
    fs::write(disk.path().join("ballast"), vec![7; 1_500_000]).unwrap();
    let mut thanked = Vec::new();
    let mut at = morning();
    let full = loop {
        at = at.after(Duration::from_secs(1));
        match arrive(&mut book, at) {
            Ok(visit) => thanked.push(visit),
            Err(problem) => break problem,
        }
        assert!(thanked.len() < 20_000, "the disk never got full");
    };
    assert!(matches!(full, BookError::Full), "{full:?}");
    assert!(full.to_string().contains("disk is full"));
    for visit in &thanked {
        assert!(book.visit(*visit).unwrap().is_some(), "a visitor was thanked and lost");
    }
    fs::remove_file(disk.path().join("ballast")).unwrap();
    assert!(arrive(&mut book, at).is_ok(), "with space again it goes on");
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    journal_tells_every_visit(&path);
}

/// When the last page is gone before SQLite has the file that connections share, it calls that an I/O error.
#[test]
fn a_full_disk_is_called_full_at_every_fill() {
    for ballast in (0..40).map(|n| n * 4096) {
        let disk = Disk::of("3m");
        let path = small_book(disk.path());
        let room = rustix::fs::statvfs(disk.path()).unwrap();
        let room = usize::try_from(room.f_bavail * room.f_frsize).unwrap();
        fs::write(disk.path().join("ballast"), vec![7; room - ballast]).unwrap();
        match Book::open(&path, reception(), morning()) {
            Err(problem) => assert!(matches!(problem, BookError::Full), "{ballast}: {problem:?}"),
            Ok(mut book) => match arrive(&mut book, morning()) {
                Err(problem) => assert!(matches!(problem, BookError::Full), "{ballast}: {problem:?}"),
                Ok(_) => return,
            },
        }
    }
    panic!("the disk never had room");
}

#[test]
fn a_read_only_disk_is_named() {
    let disk = Disk::of("3m");
    let path = small_book(disk.path());
    disk.again("ro");
    let problem = refused(&path);
    assert!(matches!(problem, BookError::ReadOnly(_)), "{problem:?}");
    disk.again("rw");
    let book = Book::open(&path, reception(), morning()).unwrap();
    assert_eq!(book.open_visits().unwrap().len(), 1);
}

#[test]
fn what_is_no_book_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    for (what, bytes) in [("text", b"name,company\nAnn,Acme\n".repeat(300)), ("noise", vec![0xA5; 50_000])] {
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(refused(&path), BookError::Corrupt(_)), "{what}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{what} was changed");
    }
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    assert!(matches!(refused(&path), BookError::Corrupt(_)), "some other program's database");
    let elsewhere = folder.path().join("folder.db");
    fs::create_dir(&elsewhere).unwrap();
    assert!(matches!(refused(&elsewhere), BookError::Unopened { .. }));
}

#[test]
fn a_damaged_book_is_said_to_be_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = small_book(folder.path());
    {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.pragma_update(None, "wal_checkpoint", "TRUNCATE").ok();
    }
    let whole = fs::read(&path).unwrap();
    let mut found = 0;
    for page in 1..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096..page * 4096 + 64].fill(0xFF);
        fs::write(&path, &damaged).unwrap();
        // As the kiosk does after its first page is on the screen.
        match Book::check(&path) {
            Err(BookError::Corrupt(_)) => found += 1,
            Err(other) => panic!("page {page}: {other:?}"),
            Ok(()) => {}
        }
    }
    assert!(found > 5, "only {found} damaged pages were noticed");
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(refused(&path), BookError::Corrupt(_)), "half a book");
    fs::write(&path, &whole).unwrap();
    assert!(Book::check(&path).is_ok());
}

#[test]
fn a_book_from_the_future_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = small_book(folder.path());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(refused(&path), BookError::TooNew { found: 99, .. }));
}

#[test]
fn a_second_kiosk_is_refused_and_staff_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = small_book(folder.path());
    let mut kiosk = Book::open(&path, reception(), morning()).unwrap();
    assert!(matches!(refused(&path), BookError::InUse));
    let path_of_staff = path.clone();
    let staff = std::thread::spawn(move || {
        let mut beside = Book::open_beside(&path_of_staff, reception()).unwrap();
        for n in 0..50 {
            let more = Host { id: format!("new{n}"), ..host() };
            beside.put_hosts(&[more], morning()).unwrap();
        }
    });
    for _ in 0..50 {
        // As the kiosk does, which stands still for nobody: on a slow disk staff may write for longer than it waits.
        while let Err(problem) = arrive(&mut kiosk, morning()) {
            assert!(matches!(problem, BookError::Busy), "{problem:?}");
        }
    }
    staff.join().unwrap();
    assert_eq!((kiosk.hosts().unwrap().len(), kiosk.open_visits().unwrap().len()), (51, 51));
    assert!(matches!(kiosk.verify().unwrap(), Verified::Whole { .. }));
    drop(kiosk);
    assert!(Book::open(&path, reception(), morning()).is_ok(), "the lock goes with its kiosk");
}

/// A child holds what its parent has open, until it runs its own program.
#[test]
fn a_book_that_was_let_go_is_free_while_other_programs_are_started() {
    let folder = tempfile::tempdir().unwrap();
    let path = small_book(folder.path());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                assert!(Command::new("true").status().unwrap().success());
            }
        });
        let taken = (0..200).filter(|_| Book::open(&path, reception(), morning()).is_err()).count();
        done.store(true, Ordering::Relaxed);
        assert_eq!(taken, 0, "of 200 times");
    });
}

#[test]
fn the_journal_alone_tells_every_visit() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Book::open(&folder.path().join("book.db"), reception(), morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    for n in 0..20 {
        arrive(&mut book, morning().after(Duration::from_secs(n))).unwrap();
    }
    let told: Vec<_> = book
        .entries()
        .unwrap()
        .into_iter()
        .filter_map(|entry| if let Entry::Arrived { visit, .. } = entry { Some(*visit) } else { None })
        .collect();
    assert_eq!(told, book.open_visits().unwrap());
}

/// What takes a book from under the program that has it open, and what is in its place then.
type Take = fn(&Path);
const TAKINGS: [(&str, Take); 8] = [
    ("its log is removed", |book| fs::remove_file(beside(book, "-wal")).unwrap()),
    ("its log is moved", |book| fs::rename(beside(book, "-wal"), beside(book, "-old")).unwrap()),
    ("its log is another file", |book| {
        fs::rename(beside(book, "-wal"), beside(book, "-old")).unwrap();
        fs::copy(beside(book, "-old"), beside(book, "-wal")).unwrap();
    }),
    ("it is moved", |book| fs::rename(book, beside(book, ".moved")).unwrap()),
    ("it is removed", |book| fs::remove_file(book).unwrap()),
    ("a copy takes its place", |book| {
        fs::copy(book, beside(book, ".copy")).unwrap();
        fs::rename(beside(book, ".copy"), book).unwrap();
    }),
    ("its folder is moved", |book| {
        let folder = book.parent().unwrap();
        fs::rename(folder, folder.with_extension("moved")).unwrap();
    }),
    ("its lock is removed", |book| fs::remove_file(beside(book, ".lock")).unwrap()),
];

fn beside(book: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", book.display()))
}

/// Nobody is thanked for what stands in a file that nobody will find.
#[test]
fn nothing_is_acknowledged_in_a_book_that_was_taken_away() {
    for (how, take) in TAKINGS {
        let home = tempfile::tempdir().unwrap();
        let path = small_book(&home.path().join("state"));
        let mut kiosk = Book::open(&path, reception(), morning()).unwrap();
        let mut beside_it = Book::open_beside(&path, reception()).unwrap();
        assert!(kiosk.in_place().is_ok() && arrive(&mut kiosk, morning()).is_ok());
        take(&path);
        assert!(matches!(kiosk.in_place(), Err(BookError::Taken(_))), "{how}");
        let refused = arrive(&mut kiosk, morning()).unwrap_err();
        assert!(matches!(refused, BookError::Taken(_)), "{how}: {refused:?}");
        assert!(refused.to_string().contains("was moved, removed or replaced"), "{refused}");
        if how != "its lock is removed" {
            let refused = arrive(&mut beside_it, morning()).unwrap_err();
            assert!(matches!(refused, BookError::Taken(_)), "{how}, beside: {refused:?}");
        }
        drop((kiosk, beside_it));
        // A kiosk that had it begins no other one.
        let again = Book::reopen(&path, reception(), morning());
        assert_eq!(again.is_ok(), path.exists(), "{how}");
        if !path.exists() {
            assert!(matches!(again, Err(BookError::Gone(_))), "{how}");
            assert!(!path.exists(), "{how}");
        }
    }
}

/// Two or three looks at names: next to a write that waits for the disk they are nothing.
#[test]
fn looking_whether_the_book_is_in_its_place_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = small_book(home.path());
    let book = Book::open(&path, reception(), morning()).unwrap();
    let begun = std::time::Instant::now();
    for _ in 0..10_000 {
        book.in_place().unwrap();
    }
    let one = begun.elapsed() / 10_000;
    println!("one look: {one:?}");
    assert!(one < Duration::from_micros(500), "{one:?}");
}
