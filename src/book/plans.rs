//! How SQLite finds what is looked for at every event: by an index, however large the book is. It is asked about every
//! question that the book really puts.

use super::*;
use crate::config::{Admits, Config};
use crate::errand::{Outcome, Seen};
use crate::now::{Tick, Wall};
use crate::visit::{Agreement, Details, Host, PersonName, Phone};
use crate::words::Lang;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What grows with every visitor. Of hosts and of the house there are few.
const BIG: [&str; 11] = [
    "visits",
    "errands",
    "invitations",
    "journal",
    "journal_bodies",
    "feedback",
    "cases",
    "deliveries",
    "instructed",
    "remembered",
    "void_tokens",
];

fn morning() -> Now {
    let wall = Wall::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
    Now::new(Tick(Duration::from_secs(60)), wall)
}

fn visitor(admits: Admits) -> NewVisit {
    let details = Details {
        name: PersonName::parse("王芳").unwrap(),
        company: None,
        phone: Phone::maybe("13900139000").unwrap(),
        party: 0,
    };
    NewVisit {
        invitation: None,
        details,
        host_id: "h1".to_owned(),
        lang: Lang::ZH,
        agreement: Agreement {
            version: "1".to_owned(),
            lang: Lang::ZH,
            sha256: "0".to_owned(),
            at: morning().wall,
            signature: None,
            signed: None,
            witness: None,
        },
        good_until: morning().after(Duration::from_secs(3600)).wall,
        kind: None,
        purpose: None,
        admits,
        closes: morning().after(Duration::from_secs(12 * 3600)).wall,
        instructed: Vec::new(),
        others: 0,
        members: vec![PersonName::parse("周杰").unwrap()],
        joins: None,
        remember: Some(true),
        photo: None,
        by: None,
    }
}

fn book(folder: &std::path::Path) -> Book {
    let mut config = Config::built_in();
    config.reception.email = Some("reception@example.com".to_owned());
    let mut book = Book::open(&folder.join("book.db"), config.reception, morning()).unwrap();
    let host = Host {
        id: "h1".to_owned(),
        name: "李晓云".into(),
        department: "品质部".into(),
        place: "".into(),
        way: "".into(),
        email: "h1@example.com".to_owned(),
        phone: String::new(),
        lang: Lang::ZH,
        deputy: None,
        contact: false,
        gone: false,
    };
    book.put_hosts(&[host], morning()).unwrap();
    book
}

/// Every question that the book puts while this happens.
fn asked(book: &mut Book, happens: impl FnOnce(&mut Book)) -> BTreeSet<String> {
    let seen: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let into = Arc::clone(&seen);
    let note = move |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(statement, _) = event {
            into.lock().unwrap().insert(statement.sql().into_owned());
        }
    };
    book.connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note)).unwrap();
    happens(book);
    book.connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, None::<fn(TraceEvent<'_>)>).unwrap();
    let asked = seen.lock().unwrap().clone();
    asked.into_iter().filter(|sql| !sql.starts_with("PRAGMA") && !sql.starts_with("--")).collect()
}

/// The steps in which a big table is read from one end to the other.
fn scans(book: &Book, sql: &str) -> Vec<String> {
    let scans = |step: &String| {
        let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split_whitespace().next());
        table.is_some_and(|table| BIG.contains(&table))
    };
    plan(book, sql).into_iter().filter(scans).collect()
}

/// How it is found. What is no question has no plan.
fn plan(book: &Book, sql: &str) -> Vec<String> {
    let Ok(mut plan) = book.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")) else {
        return Vec::new();
    };
    let marks = vec![rusqlite::types::Null; plan.parameter_count()];
    let steps = plan.query_map(rusqlite::params_from_iter(marks), |row| row.get(3)).unwrap();
    steps.map(Result::unwrap).collect()
}

#[test]
fn what_is_asked_at_every_event_reads_no_table_from_end_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let mut all = asked(&mut book, |book| {
        let mut now = morning();
        let waits = book.arrive(visitor(Admits::Host), now).unwrap();
        let visit = book.arrive(visitor(Admits::Nobody), now).unwrap();
        book.take_in(
            NewDelivery {
                host_id: "h1".to_owned(),
                carrier: None,
                parcels: 1,
                to_sign: true,
                invitation: None,
            },
            now,
        )
        .unwrap();
        book.believes_clock(now);
        for _ in 0..4 {
            for errand in book.due(now).unwrap() {
                book.ran(errand.id, Outcome::Done(Seen::Confirmed), now).unwrap();
            }
            book.next_due(now).unwrap();
            now = now.after(Duration::from_secs(6 * 60));
        }
        book.due(now).unwrap();
        book.take_up(now).unwrap();
        book.admit(waits.id, "", now).unwrap();
        book.badge_seen(visit.id, true, now).unwrap();
        book.emergency().unwrap();
        book.open_visits().unwrap();
        book.group(visit.id).unwrap();
        book.party(visit.id).unwrap();
        book.errands_of(visit.id).unwrap();
        book.recall(&visit.details.name, visit.details.phone.as_ref().unwrap()).unwrap();
        book.leave(visit.id, now).unwrap();
        book.due(now.after(Duration::from_secs(13 * 3600))).unwrap();
        book.next_due(now).unwrap();
    });
    for expected in ["state = 'queued'", "state = 'sending'", "remind <=", "next_asked <=", "closes <="] {
        assert!(all.iter().any(|sql| sql.contains(expected)), "nobody asked for {expected}");
    }
    all.retain(|sql| !scans(&book, sql).is_empty());
    let steps: Vec<_> = all.iter().map(|sql| scans(&book, sql)).collect();
    assert_eq!(all, BTreeSet::new(), "{steps:?}");
}

#[test]
fn what_is_to_be_erased_is_found_without_reading_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let visit = book.arrive(visitor(Admits::Nobody), morning()).unwrap();
    book.leave_together(visit.id, morning()).unwrap();
    let now = morning().after(Duration::from_secs(400 * 86_400));
    let over = Before { visits: now.wall, lessons: now.wall, people: now.wall };
    let mut all = asked(&mut book, |book| {
        assert!(book.forget(&over, now).unwrap() > 2);
        assert_eq!(book.forget(&over, now).unwrap(), 0);
    });
    assert!(all.iter().any(|sql| sql.contains(ERASED)), "the indices know what stands instead of a name");
    for at in ["visits_to_erase", "invitations_to_erase", "feedback_to_erase", "deliveries_to_erase"] {
        let plans: Vec<String> = all.iter().flat_map(|sql| plan(&book, sql)).collect();
        assert!(plans.iter().any(|plan| plan.contains(at)), "{at} is not used: {plans:#?}");
    }
    all.retain(|sql| !scans(&book, sql).is_empty());
    assert_eq!(all, BTreeSet::new());
}
