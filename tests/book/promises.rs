//! What the book stands on: how SQLite writes, strict tables, ids that tell their time, a journal that tells every visit,
//! and a printer that is given one badge at a time.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, Entry};
use frontdesk::config::Config;
use frontdesk::errand::{About, Errand, Kind, Outcome, Seen, State, Trouble, Work};
use frontdesk::now::Now;
use frontdesk::visit::{PersonName, Visit};
use std::path::Path;
use std::time::{Duration, Instant};

fn open(path: &Path, at: Now) -> Book {
    let mut config = Config::built_in();
    config.reception.email = Some("reception@example.com".to_owned());
    let mut book = Book::open(path, config.reception, at).unwrap();
    book.put_hosts(&[host()], at).unwrap();
    book
}

fn group_of(book: &mut Book, people: usize, at: Now) -> Vec<Visit> {
    let members = (1..people).map(|n| PersonName::parse(&format!("访客{n}")).unwrap()).collect();
    book.arrive(frontdesk::book::NewVisit { members, ..visitor(at) }, at).unwrap();
    book.open_visits().unwrap()
}

fn papers(book: &mut Book, at: Now) -> Vec<Errand> {
    book.due(at).unwrap().into_iter().filter(|errand| errand.work.kind() == Kind::Paper).collect()
}

fn badge_of(book: &Book, visit: &Visit) -> State {
    let errands = book.errands_of(visit.id).unwrap();
    errands.iter().rfind(|errand| errand.kind == Kind::Paper).unwrap().state
}

#[test]
fn after_a_power_cut_only_the_badge_in_the_printer_is_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path, morning());
    let visits = group_of(&mut book, 42, morning());
    let first = papers(&mut book, morning());
    assert_eq!(first.len(), 1, "the printer is given one");
    assert_eq!(papers(&mut book, morning()), [], "and the next one when that is out");
    let wait = book.next_due(morning()).unwrap().unwrap();
    assert!(wait > Duration::from_secs(60), "the kiosk does not run hot meanwhile: {wait:?}");
    drop(book);

    let mut book = open(&path, morning());
    assert_eq!(badge_of(&book, &visits[0]), State::Unknown(Trouble::Interrupted));
    let mut printed = Vec::new();
    while let Some(badge) = papers(&mut book, morning()).pop() {
        book.ran(badge.id, Outcome::Done(Seen::Confirmed), morning()).unwrap();
        let Work::Badge(badge) = badge.work else { panic!("{badge:?}") };
        printed.push(badge.number);
    }
    let others: Vec<_> = visits[1..].iter().map(|visit| visit.badge).collect();
    assert_eq!(printed, others, "all others, in their order");
}

#[test]
fn while_there_is_no_paper_the_badges_keep_their_order_and_one_knocks_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"), morning());
    let visits = group_of(&mut book, 5, morning());
    let mut at = morning();
    let mut knocked = 0;
    for _ in 0..30 {
        for badge in papers(&mut book, at) {
            let Work::Badge(card) = &badge.work else { panic!("{badge:?}") };
            assert_eq!(card.number, visits[0].badge);
            book.ran(badge.id, Outcome::NotYet(Trouble::PaperOut), at).unwrap();
            knocked += 1;
        }
        let wait = book.next_due(at).unwrap().unwrap();
        assert!(!wait.is_zero());
        at = at.after(Duration::from_secs(1));
    }
    assert!((5..30).contains(&knocked), "{knocked}");
    let mut order = Vec::new();
    at = at.after(Duration::from_secs(4));
    while let Some(badge) = papers(&mut book, at).pop() {
        book.ran(badge.id, Outcome::Done(Seen::Confirmed), at).unwrap();
        let Work::Badge(badge) = badge.work else { panic!("{badge:?}") };
        order.push(badge.number);
    }
    assert_eq!(order, visits.iter().map(|visit| visit.badge).collect::<Vec<_>>());
}

#[test]
fn a_badge_that_came_out_after_all_is_no_longer_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path, morning());
    let visit = group_of(&mut book, 1, morning()).remove(0);
    for errand in book.due(morning()).unwrap() {
        if errand.work.kind() == Kind::Letter {
            book.ran(errand.id, Outcome::Done(Seen::Confirmed), morning()).unwrap();
        }
    }
    let badge = book.errands_of(visit.id).unwrap().into_iter().find(|e| e.kind == Kind::Paper).unwrap();
    drop(book);
    // The disk was full, say, and the printer went on.
    let mut book = open(&path, morning());
    assert_eq!(badge_of(&book, &visit), State::Unknown(Trouble::Interrupted));
    let state = book.ran(badge.id, Outcome::Done(Seen::Confirmed), morning()).unwrap();
    assert_eq!(state, Some(State::Done(Seen::Confirmed)));
    assert_eq!(badge_of(&book, &visit), State::Done(Seen::Confirmed));
    assert_eq!(book.due(morning()).unwrap(), [], "reception need not look for it");
    let letter = book.errands_of(visit.id).unwrap().pop().unwrap();
    assert_eq!(letter.about, Some(About::BadgeUnknown(Trouble::Interrupted)));
    assert!(matches!(letter.state, State::Failed(_)));
    // What a printer itself did not see to the end stays in doubt.
    let visit = book.arrive(visitor(morning()), morning()).unwrap();
    let badge = papers(&mut book, morning()).remove(0);
    book.ran(badge.id, Outcome::Unknown(Trouble::Mute), morning()).unwrap();
    book.ran(badge.id, Outcome::Done(Seen::Confirmed), morning()).unwrap();
    assert_eq!(badge_of(&book, &visit), State::Unknown(Trouble::Mute));
}

/// A letter goes out again only if nobody knows that it went out.
#[test]
fn a_letter_that_was_sent_after_all_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path, morning());
    let visit = book.arrive(visitor(morning()), morning()).unwrap();
    let letter = book.due(morning()).unwrap().into_iter().find(|e| e.work.kind() == Kind::Letter).unwrap();
    let state = |book: &Book| {
        book.errands_of(visit.id).unwrap().into_iter().find(|errand| errand.id == letter.id).unwrap().state
    };
    let soon = morning().after(Duration::from_secs(60));
    drop(book);
    let mut book = open(&path, soon);
    assert_eq!(state(&book), State::Queued(Some(Trouble::Interrupted)));
    // What was not done is tried again when its time comes, as it would be anyhow.
    book.ran(letter.id, Outcome::NotYet(Trouble::MailLater), soon).unwrap();
    assert_eq!(state(&book), State::Queued(Some(Trouble::Interrupted)));
    // Its runner outlived the book, and saw the server take it.
    book.ran(letter.id, Outcome::Done(Seen::Confirmed), soon).unwrap();
    assert_eq!(state(&book), State::Done(Seen::Confirmed));
    let much_later = soon.after(Duration::from_secs(3600));
    let again = book.due(much_later).unwrap();
    assert!(again.iter().all(|errand| errand.id != letter.id), "the host gets it twice");
    // What waits because the server said so is no runner's.
    let visit = book.arrive(visitor(much_later), much_later).unwrap();
    let letter = book
        .due(much_later)
        .unwrap()
        .into_iter()
        .find(|e| e.subject == visit.id.0 && e.work.kind() == Kind::Letter)
        .unwrap();
    book.ran(letter.id, Outcome::NotYet(Trouble::MailLater), much_later).unwrap();
    book.ran(letter.id, Outcome::Done(Seen::Confirmed), much_later).unwrap();
    let stands =
        book.errands_of(visit.id).unwrap().into_iter().find(|errand| errand.id == letter.id).unwrap();
    assert_eq!(stands.state, State::Queued(Some(Trouble::MailLater)));
}

/// What hangs in the printer is cut off at the next start, and no paper is cut off for nothing.
#[test]
fn the_book_knows_whether_the_last_paper_came_out_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut at = morning();
    let mut book = open(&path, at);
    assert!(!book.is_paper_torn().unwrap(), "nothing was ever printed");
    let visits = group_of(&mut book, 3, at);
    let mut prints = |book: &mut Book, outcome: Option<Outcome>| {
        at = at.after(Duration::from_secs(20));
        let badge = papers(book, at).pop().unwrap();
        if let Some(outcome) = outcome {
            book.ran(badge.id, outcome, at).unwrap();
        }
        at
    };
    prints(&mut book, Some(Outcome::Done(Seen::Confirmed)));
    assert!(!book.is_paper_torn().unwrap());
    // Nothing was taken: nothing hangs.
    prints(&mut book, Some(Outcome::NotYet(Trouble::PaperOut)));
    assert!(!book.is_paper_torn().unwrap());
    let killed = prints(&mut book, None);
    drop(book);
    let mut book = open(&path, killed);
    assert!(book.is_paper_torn().unwrap(), "the kill hit the badge");
    let later = killed.after(Duration::from_secs(10));
    book.badge_seen(visits[1].id, false, later).unwrap();
    assert!(book.is_paper_torn().unwrap(), "it did not come out, so it may hang there");
    prints(&mut book, Some(Outcome::Done(Seen::Confirmed)));
    assert!(!book.is_paper_torn().unwrap(), "the next one was cut off");
    prints(&mut book, Some(Outcome::Unknown(Trouble::Mute)));
    assert!(book.is_paper_torn().unwrap(), "nobody saw the end");
}

#[test]
fn staff_may_look_while_another_command_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let kiosk = open(&path, morning());
    let writing = rusqlite::Connection::open(&path).unwrap();
    writing.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    let beside = Book::open_beside(&path, Config::built_in().reception).unwrap();
    assert_eq!(beside.hosts().unwrap().len(), 1);
    assert!(began.elapsed() < Duration::from_secs(3), "it waited for nobody");
    drop(kiosk);
}

#[test]
fn every_table_is_strict_and_every_id_tells_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path, morning());
    group_of(&mut book, 3, morning());
    book.due(morning()).unwrap();
    drop(book);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mut lax = connection
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
             AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap();
    let lax: Vec<String> = lax.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(lax, Vec::<String>::new(), "these take any type in any column");
    let mut ids = connection.prepare("SELECT id FROM visits UNION ALL SELECT id FROM errands").unwrap();
    let ids: Vec<String> = ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(ids.len(), 7, "three visits, three badges, a letter");
    for id in ids {
        let id = uuid::Uuid::parse_str(&id).unwrap();
        assert_eq!(id.get_version_num(), 7);
        let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
        let millis = i64::try_from(seconds * 1000 + u64::from(nanos) / 1_000_000).unwrap();
        assert_eq!(millis, morning().millis());
    }
}

/// Every visit has one line that tells of its arrival, and every such line its visit.
pub fn journal_tells_every_visit(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let count = |sql: &str| -> i64 { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    let untold = "SELECT count(*) FROM visits WHERE
         (SELECT count(*) FROM journal WHERE kind = 'arrived' AND subject = visits.id) <> 1";
    assert_eq!(count(untold), 0, "visits of which the journal does not tell once");
    let invented =
        "SELECT count(*) FROM journal WHERE kind = 'arrived' AND subject NOT IN (SELECT id FROM visits)";
    assert_eq!(count(invented), 0, "arrivals of which there is no visit");
    let errands = "SELECT count(*) FROM errands WHERE
         (SELECT count(*) FROM journal JOIN journal_bodies USING (seq)
          WHERE kind = 'errand_queued' AND subject = errands.subject AND body ->> 'errand' = errands.id) <> 1";
    assert_eq!(count(errands), 0, "errands of which the journal does not tell once");
}

#[test]
fn the_journal_tells_of_arrivals_by_subject_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = open(&path, morning());
    let visits = group_of(&mut book, 3, morning());
    book.leave(visits[1].id, morning().after(Duration::from_secs(60))).unwrap();
    let told = book.told().unwrap();
    let left = told.iter().find(|line| line.entry == Entry::Left).unwrap();
    assert_eq!(left.subject, visits[1].id.0.to_string());
    assert_eq!(left.at, morning().after(Duration::from_secs(60)).millis());
    drop(book);
    journal_tells_every_visit(&path);
}
