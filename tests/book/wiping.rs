//! Erased is what stands nowhere any more, neither in the book's file nor in the log beside it. Somebody who reads keeps
//! it there: then nobody is told that it is gone, and it goes as soon as they have read.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Before, Book, Entry, Erasing, NewWatched, Verified};
use frontdesk::config::Config;
use frontdesk::errand::{EXPORT_GOOD_FOR, Export, Exported, Outcome, Seen, State, Trouble, Work};
use frontdesk::now::Now;
use frontdesk::visit::{PersonName, Phone, VisitId, Wanted};
use frontdesk::words::Lang;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

const PERSONAL: [&str; 3] = ["司徒望舒", "situwangshu", "13711112222"];

struct House {
    folder: TempDir,
    book: Book,
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut book = open(&folder.path().join("book.db"), morning());
        book.put_hosts(&[host()], morning()).unwrap();
        Self { folder, book }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("book.db")
    }

    /// Somebody came, wants to be remembered, and has left.
    fn came(&mut self, remember: bool) -> VisitId {
        let mut new = visitor(morning());
        new.details.name = name();
        new.details.phone = Some(phone());
        new.remember = Some(remember);
        let id = self.book.arrive(new, morning()).unwrap().id;
        self.book.leave(id, morning()).unwrap();
        id
    }

    /// Somebody looks at the book as it is now, until they let go.
    fn reader(&self) -> Connection {
        let reader = Connection::open(self.path()).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM visits;").unwrap();
        reader
    }

    /// Which of these words stand in the book's file or in its log.
    fn left(&self, words: &[&'static str]) -> Vec<&'static str> {
        let file = |end: &str| fs::read(format!("{}{end}", self.path().display())).unwrap_or_default();
        let there = |word: &&str| {
            ["", "-wal"]
                .into_iter()
                .any(|end| file(end).windows(word.len()).any(|bytes| bytes == word.as_bytes()))
        };
        words.iter().copied().filter(|word| there(word)).collect()
    }

    fn restarts(&mut self, at: Now) {
        let spare = open(&self.folder.path().join("spare.db"), at);
        drop(std::mem::replace(&mut self.book, spare));
        self.book = open(&self.path(), at);
    }

    fn said(&self) -> Vec<Entry> {
        self.book.entries().unwrap()
    }
}

fn open(path: &Path, at: Now) -> Book {
    Book::open(path, Config::built_in().reception, at).unwrap()
}

fn name() -> PersonName {
    PersonName::parse("司徒望舒").unwrap()
}

fn phone() -> Phone {
    Phone::parse("13711112222").unwrap()
}

fn later(seconds: u64) -> Now {
    morning().after(Duration::from_secs(seconds))
}

#[test]
fn a_person_is_erased_once_nobody_reads_old_pages() {
    let mut house = House::open();
    house.came(true);
    assert_eq!(house.left(&PERSONAL), PERSONAL, "the test sees nothing");
    let reader = house.reader();
    let erasing = house.book.forget_person(&name(), &phone(), "mei", later(60)).unwrap();
    assert!(matches!(erasing, Erasing::Done(_)), "it is erased for all who look now");
    assert_eq!(house.left(&PERSONAL), PERSONAL, "a reader that keeps nothing proves nothing");
    assert_eq!(house.book.unwiped_since(later(60)).unwrap(), Some(later(60).wall));
    assert!(matches!(house.said().last(), Some(Entry::Forgotten { .. })), "nobody says that it is wiped");
    let look = Book::look(&house.path(), &[], None, later(60)).unwrap();
    assert_eq!(look.unwiped_since, Some(later(60).millis()), "doctor knows");

    // Asked again, while they still read: there is nothing about them, and it is not wiped.
    let again = house.book.forget_person(&name(), &phone(), "mei", later(61)).unwrap();
    assert_eq!(again, Erasing::Nothing);
    assert!(!house.book.wipe(later(61)).unwrap());
    // A restart forgets no debt.
    house.restarts(later(62));
    house.book.wipe_again(later(62)).unwrap();
    assert_eq!(house.book.unwiped_since(later(62)).unwrap(), Some(later(60).wall));
    assert_eq!(house.left(&PERSONAL), PERSONAL);

    drop(reader);
    house.book.wipe_again(later(63)).unwrap();
    assert_eq!(house.left(&PERSONAL), PERSONAL, "not more often than every two seconds");
    house.book.wipe_again(later(64)).unwrap();
    assert_eq!(house.left(&PERSONAL), Vec::<&str>::new());
    assert_eq!(house.book.unwiped_since(later(64)).unwrap(), None);
    assert_eq!(house.said().last(), Some(&Entry::Wiped));
    let lines = house.said().len();
    house.book.wipe_again(later(90)).unwrap();
    assert!(house.book.wipe(later(91)).unwrap());
    assert_eq!(house.said().len(), lines, "it is said once");
    assert!(matches!(house.book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn what_is_old_is_erased_once_nobody_reads_old_pages() {
    let mut house = House::open();
    house.came(true);
    let reader = house.reader();
    let now = later(40 * 86_400);
    let over = Before { visits: now.wall, lessons: now.wall, people: now.wall };
    while house.book.forget(&over, now).unwrap() > 0 {}
    assert_eq!(house.left(&PERSONAL), PERSONAL);
    assert_eq!(house.book.unwiped_since(now).unwrap(), Some(now.wall));
    drop(reader);
    let tomorrow = now.after(Duration::from_secs(86_400));
    assert_eq!(house.book.forget(&over, tomorrow).unwrap(), 0);
    assert_eq!(house.left(&PERSONAL), Vec::<&str>::new());
    assert_eq!(house.said().last(), Some(&Entry::Wiped));
}

#[test]
fn what_was_erased_by_another_program_meanwhile_is_still_owed() {
    let mut house = House::open();
    let first = house.came(false);
    let reader = house.reader();
    house.book.forget_whoever_made(first, "mei", later(10)).unwrap();
    let mut staff = Book::open_beside(&house.path(), Config::built_in().reception).unwrap();
    let mut other = visitor(morning());
    other.details.name = PersonName::parse("夏侯惇").unwrap();
    let other = house.book.arrive(other, later(11)).unwrap().id;
    house.book.leave(other, later(12)).unwrap();
    assert!(matches!(staff.forget_whoever_made(other, "root", later(13)).unwrap(), Erasing::Done(_)));
    assert_eq!(house.book.unwiped_since(later(13)).unwrap(), Some(later(10).wall), "since the first of them");
    drop(reader);
    assert!(staff.wipe(later(14)).unwrap());
    assert_eq!(house.left(&["司徒望舒", "夏侯惇"]), Vec::<&str>::new());
}

#[test]
fn whoever_is_taken_off_a_list_is_wiped_too() {
    let mut house = House::open();
    let entry =
        NewWatched { name: "慕容复".to_owned(), note: "燕子坞".to_owned(), ..NewWatched::default() };
    let watched = house.book.watch(entry, "mei", morning()).unwrap().unwrap();
    assert_eq!(house.left(&["慕容复", "燕子坞"]).len(), 2, "the test sees nothing");
    let reader = house.reader();
    assert!(house.book.unwatch(watched.id, "mei", later(1)).unwrap());
    assert!(house.book.unwiped_since(later(1)).unwrap().is_some());
    drop(reader);
    assert!(house.book.wipe(later(2)).unwrap());
    assert_eq!(house.left(&["慕容复", "燕子坞"]), Vec::<&str>::new());
    // Nor is anybody remembered in the file who wants it no more.
    house.came(true);
    house.came(false);
    assert!(house.book.unwiped_since(later(3)).unwrap().is_some());
}

/// What a manager's export of these visits is.
fn looks_for(words: &str) -> Work {
    Work::Export(Export {
        file: PathBuf::from("export/visits-2026-11-23T094100.xlsx"),
        what: Exported::Visits(Wanted { words: words.to_owned(), ..Wanted::default() }),
        lang: Lang::ZH,
        by: "mei".to_owned(),
    })
}

#[test]
fn a_file_keeps_no_name_that_it_was_looked_for_by() {
    for (outcome, state) in [
        (Outcome::Done(Seen::Confirmed), State::Done(Seen::Confirmed)),
        (Outcome::Failed(Trouble::ExportFailed), State::Failed(Trouble::ExportFailed)),
    ] {
        let mut house = House::open();
        let errand = house.book.order(&looks_for("司徒望舒"), EXPORT_GOOD_FOR, morning()).unwrap();
        let due = house.book.due(morning()).unwrap().remove(0);
        let Work::Export(order) = &due.work else { panic!("{due:?}") };
        assert!(
            matches!(&order.what, Exported::Visits(wanted) if wanted.words == "司徒望舒"),
            "until it is there"
        );
        assert_eq!(house.book.ran(errand, outcome, later(1)).unwrap(), Some(state));
        drop(std::mem::replace(&mut house.book, House::open().book));
        assert_eq!(house.left(&["司徒望舒"]), Vec::<&str>::new());
    }
}

#[test]
fn a_file_that_is_being_written_of_somebody_is_given_up_when_they_are_erased() {
    let mut house = House::open();
    let visit = house.came(false);
    let sending = house.book.order(&looks_for("司徒望舒"), EXPORT_GOOD_FOR, morning()).unwrap();
    house.book.due(morning()).unwrap();
    let waiting = house.book.order(&looks_for("wangshu 137"), EXPORT_GOOD_FOR, morning()).unwrap();
    let all = house.book.order(&looks_for(""), EXPORT_GOOD_FOR, morning()).unwrap();
    assert!(matches!(house.book.forget_whoever_made(visit, "mei", later(9)).unwrap(), Erasing::Done(_)));
    assert_eq!(house.left(&["司徒望舒", "wangshu"]), Vec::<&str>::new());
    let given_up = Some(State::Failed(Trouble::Interrupted));
    assert_eq!(house.book.errand(sending).unwrap(), given_up);
    assert_eq!(house.book.errand(waiting).unwrap(), given_up);
    assert_eq!(house.book.errand(all).unwrap(), Some(State::Queued(None)), "it names nobody");
}
