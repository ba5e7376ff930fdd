//! A month in numbers: what is counted is right, also after everybody was erased.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Before, Book, Numbers};
use frontdesk::config::{Admits, Config};
use frontdesk::errand::{Outcome, Seen, Work};
use frontdesk::now::Now;
use frontdesk::visit::{Feedback, Host, Invitation, InviteCode, Kind, PersonName, Remark, Token};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

fn came(book: &mut Book, kind: Option<&str>, host: &str, admits: Admits, at: Now) -> frontdesk::visit::Visit {
    let mut new = visitor(at);
    host.clone_into(&mut new.host_id);
    new.admits = admits;
    new.kind = kind.map(|id| Kind {
        id: id.to_owned(),
        name: id.into(),
        escort: false,
        returns: false,
        purpose: None,
    });
    book.arrive(new, at).unwrap()
}

/// Runs what is due; badges come out after so many seconds.
fn run(book: &mut Book, at: Now, seconds: u64) {
    for errand in book.due(at).unwrap() {
        let wait = if matches!(errand.work, Work::Badge(_)) { seconds } else { 100 };
        book.ran(errand.id, Outcome::Done(Seen::Confirmed), at.after(Duration::from_secs(wait))).unwrap();
    }
}

fn invitation(n: u32, until: Now, cancelled: bool) -> Invitation {
    Invitation {
        id: format!("i{n}"),
        token: Token::from_bytes([n as u8; 16]),
        code: InviteCode::from_bytes([n as u8, 1, 2, 3, 4, 5]),
        visitor: PersonName::parse("王芳").unwrap(),
        company: None,
        phone: None,
        host_id: "H001".to_owned(),
        from: 0,
        until: until.millis(),
        party: 0,
        cancelled,
        used_by: None,
        visit_type: None,
        email: None,
        lang: None,
        days: 0,
    }
}

fn month(book: &Book, now: Now) -> Numbers {
    let first = "2026-11-01T00:00:00+08:00".parse().unwrap();
    book.numbers(first, "2026-12-01T00:00:00+08:00".parse().unwrap(), now).unwrap()
}

#[test]
fn a_month_is_counted_and_still_is_when_everybody_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut book =
        Book::open(&folder.path().join("book.db"), Config::built_in().reception, morning()).unwrap();
    let other = Host { id: "H002".to_owned(), department: "研发部".into(), ..host() };
    book.put_hosts(&[host(), other], morning()).unwrap();
    // Monday, 09:41: two, with badges after 4 and 8 s.
    let first = came(&mut book, Some("customer"), "H001", Admits::Nobody, morning());
    run(&mut book, morning(), 4);
    let second = came(&mut book, Some("customer"), "H002", Admits::Nobody, morning());
    run(&mut book, morning(), 8);
    book.leave(first.id, morning().after(HOUR)).unwrap();
    // Tuesday, 14:41: one who waits 90 s for an answer, and one who is declined after 30.
    let later = morning().after(DAY + HOUR * 5);
    let third = came(&mut book, Some("interview"), "H001", Admits::Reception, later);
    assert!(book.admit(third.id, "mei", later.after(Duration::from_secs(90))).unwrap());
    run(&mut book, later.after(Duration::from_secs(90)), 6);
    let fourth = came(&mut book, None, "H001", Admits::Reception, later);
    assert!(book.decline(fourth.id, "mei", "请改日再来", later.after(Duration::from_secs(30))).unwrap());
    // The others are taken to have left; December is another month.
    book.due(later.after(DAY)).unwrap();
    came(&mut book, None, "H001", Admits::Nobody, morning().after(DAY * 9));
    // Words on how it was; a complaint dealt with in time, one late, one of December.
    let word = |rating, complaint: bool| Feedback {
        rating: Some(rating),
        words: Remark::maybe("灯太暗"),
        complaint,
        visit: Some(second.id),
        department: String::new(),
    };
    for (rating, complaint) in [(5, false), (5, false), (4, false), (1, true), (2, true)] {
        book.say(None, &word(rating, complaint), morning()).unwrap();
    }
    assert!(book.close_case(1, "mei", "换灯", morning().after(HOUR)).unwrap());
    book.say(None, &word(3, true), morning().after(DAY * 9)).unwrap();
    // Invitations: three end in November, one of them withdrawn; the others in December.
    let ends = [(1, 1, false), (2, 2, false), (3, 1, true), (4, 9, false)];
    let all: Vec<_> = ends.map(|(n, day, gone)| invitation(n, morning().after(DAY * day), gone)).into();
    book.put_invitations(&all, morning()).unwrap();

    let now = morning().after(DAY * 20);
    let numbers = month(&book, now);
    assert_eq!((numbers.visits, numbers.people, numbers.assumed, numbers.declined), (4, 4, 2, 1));
    assert_eq!(numbers.days.len(), 30);
    let day = |day: &str| numbers.days.iter().find(|(at, _)| at.to_string() == day).unwrap().1;
    assert_eq!((day("2026-11-23"), day("2026-11-24"), day("2026-11-25")), (2, 2, 0));
    assert_eq!((numbers.hours[9], numbers.hours[14], numbers.hours.iter().sum::<u32>()), (2, 2, 4));
    assert_eq!(numbers.kinds, [("customer".to_owned(), 2), (String::new(), 1), ("interview".to_owned(), 1)]);
    assert_eq!(numbers.hosts, [("H001".to_owned(), 3), ("H002".to_owned(), 1)]);
    assert_eq!((numbers.badge.count, numbers.badge.median, numbers.badge.mean), (3, 8.0, 36.0));
    assert_eq!((numbers.answer.count, numbers.answer.median, numbers.answer.mean), (2, 30.0, 60.0));
    assert_eq!((numbers.faces, numbers.satisfaction()), ([1, 1, 0, 1, 2], Some(17.0 / 5.0)));
    assert_eq!((numbers.invitations, numbers.no_shows), (2, 2));
    assert_eq!((numbers.complaints, numbers.in_time, numbers.late), (2, 1, 1));
    // A month that is not over: whose time has not ended may still come.
    let early = month(&book, morning().after(DAY + HOUR));
    assert_eq!((early.invitations, early.complaints, early.late), (1, 2, 0));
    // Everybody is erased.
    let wall = now.wall;
    while book.forget(&Before { visits: wall, lessons: wall, people: wall }, now).unwrap() > 0 {}
    assert_eq!(month(&book, now), numbers);
    let none = book.numbers(wall, wall + chrono::Days::new(2), now).unwrap();
    assert_eq!((none.visits, none.badge.count, none.satisfaction(), none.days.len()), (0, 0, None, 3));
}

#[test]
fn everybody_is_counted_once_whether_they_were_registered_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut book =
        Book::open(&folder.path().join("book.db"), Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    // Three with a visit each, and one more who joins them late.
    let mut group = visitor(morning());
    group.details.party = 2;
    group.members = ["周杰", "林青"].map(|name| PersonName::parse(name).unwrap()).into();
    let leader = book.arrive(group, morning()).unwrap();
    let mut late = visitor(morning());
    (late.invitation, late.joins) = (leader.invitation_id.clone(), Some(leader.id));
    book.arrive(late, morning()).unwrap();
    // Four with one visit, as the first versions registered them.
    let mut old = visitor(morning());
    old.details.party = 3;
    book.arrive(old, morning()).unwrap();
    let now = morning().after(DAY * 20);
    let numbers = month(&book, now);
    assert_eq!((numbers.visits, numbers.people), (5, 8));
    book.sign_out_all("mei", morning()).unwrap();
    while book.forget(&Before { visits: now.wall, lessons: now.wall, people: now.wall }, now).unwrap() > 0 {}
    assert_eq!(month(&book, now).people, 8, "also when nobody knows any more who they were");
}
