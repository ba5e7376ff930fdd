//! Somebody asks that all that is known about them be erased: it is shown first, and then it is gone from the file.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Before, Book, Entry, Erasing, Verified};
use frontdesk::config::Config;
use frontdesk::errand::{Outcome, Seen};
use frontdesk::now::Now;
use frontdesk::visit::{
    Company, Feedback, Instructed, Invitation, InviteCode, Kind, Note, PersonName, Phone, Remark, Signature,
    Token, VisitId, Wanted,
};
use frontdesk::words::Lang;
use std::fs;
use std::path::Path;
use std::time::Duration;

const PERSONAL: [&str; 10] = [
    "司徒望舒",
    "situws",
    "13711112222",
    "Zyzzyva",
    "修理冷水机",
    "灯太暗",
    "望舒说",
    "M1 2L3 4",
    "司徒",
    "wangshu",
];

fn name() -> PersonName {
    PersonName::parse("司徒望舒").unwrap()
}

fn phone() -> Phone {
    Phone::parse("13711112222").unwrap()
}

fn bytes(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

fn invitation() -> Invitation {
    Invitation {
        id: "i1".to_owned(),
        token: Token::from_bytes([9; 16]),
        code: InviteCode::parse("A7K3M9").unwrap(),
        visitor: name(),
        company: Company::maybe("Zyzzyva").unwrap(),
        phone: Some(phone()),
        host_id: "H001".to_owned(),
        from: 0,
        until: i64::MAX,
        party: 0,
        cancelled: false,
        used_by: None,
        visit_type: None,
        email: None,
        lang: None,
        days: 0,
    }
}

/// They came, said something, were remembered; another of the same name and one with the same number came too.
fn lived_in(book: &mut Book, at: Now) {
    book.put_hosts(&[host()], at).unwrap();
    book.put_invitations(&[invitation()], at).unwrap();
    let mut new = visitor(at);
    new.details.name = name();
    new.details.phone = Some(phone());
    new.details.company = Company::maybe("Zyzzyva").unwrap();
    new.purpose = Note::maybe("修理冷水机");
    new.agreement.signature = Some(Signature::from("M1 2L3 4".to_owned()));
    new.remember = Some(true);
    new.kind = Some(Kind {
        id: "contractor".to_owned(),
        name: "施工".into(),
        escort: true,
        returns: true,
        purpose: None,
    });
    new.instructed = vec![Instructed {
        topic: "type:contractor".to_owned(),
        version: "1".to_owned(),
        lang: Lang::ZH,
        sha256: "0".to_owned(),
        at: at.wall,
    }];
    let visit = book.arrive(new, at).unwrap();
    let word = |words: &str| Feedback {
        rating: Some(2),
        words: Remark::maybe(words),
        complaint: true,
        visit: Some(visit.id),
        department: "品质部".to_owned(),
    };
    book.say(None, &word("灯太暗"), at).unwrap();
    book.say(None, &word("望舒说太吵"), at).unwrap();
    assert!(book.close_case(1, "reception", "换了灯", at).unwrap());
    for errand in book.due(at).unwrap() {
        book.ran(errand.id, Outcome::Done(Seen::Confirmed), at).unwrap();
    }
    for (other, number) in [("司徒明", Some("13711112222")), ("王芳", None)] {
        let mut new = visitor(at);
        new.details.name = PersonName::parse(other).unwrap();
        new.details.phone = number.map(|number| Phone::parse(number).unwrap());
        book.arrive(new, at).unwrap();
    }
}

#[test]
fn one_person_is_forgotten_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut book =
        Book::open(&folder.path().join("book.db"), Config::built_in().reception, morning()).unwrap();
    lived_in(&mut book, morning());
    let traces = book.traces(&name(), &phone()).unwrap();
    assert_eq!((traces.visits.len(), traces.invitations.len(), traces.words.len()), (1, 1, 2));
    assert_eq!((traces.open_cases, traces.remembered, traces.lessons), (1, true, 1));
    assert_eq!((traces.signatures, traces.photos, traces.watched, traces.nameless), (1, 0, 0, 0));
    assert!(traces.errands >= 2, "{traces:?}");
    // Not while they are here.
    let before = book.entries().unwrap().len();
    let here = book.forget_person(&name(), &phone(), "mei", morning()).unwrap();
    assert!(matches!(here, Erasing::StillHere(visit) if visit.id == traces.visits[0].id));
    assert_eq!(book.entries().unwrap().len(), before);
    book.leave(traces.visits[0].id, morning()).unwrap();
    let there = bytes(folder.path());
    for word in PERSONAL {
        assert!(there.contains(word), "{word} is not even there: the test sees nothing");
    }
    let later = morning().after(Duration::from_secs(60));
    let Erasing::Done(erased) = book.forget_person(&name(), &phone(), "mei", later).unwrap() else {
        panic!("nothing was erased")
    };
    assert_eq!(erased.count(), 6);
    let left = bytes(folder.path());
    // The other one with this number is another person.
    for word in PERSONAL.iter().filter(|word| !["13711112222", "司徒"].contains(word)) {
        assert!(!left.contains(word), "{word} is still in the file");
    }
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    let mut said = book.entries().unwrap();
    assert_eq!(said.pop(), Some(Entry::Wiped), "it is gone from the file too");
    let said = said.pop();
    let Some(Entry::Forgotten { count: 6, by, bodies: Some(bodies) }) = said else { panic!("{said:?}") };
    assert_eq!((by.as_str(), bodies.count() > 9), ("mei", true), "{bodies:?}");
    assert_eq!(book.forget_person(&name(), &phone(), "mei", later).unwrap(), Erasing::Nothing);
    let others = book.search(&Wanted { words: "situ".to_owned(), ..Wanted::default() }, None, 9).unwrap();
    assert_eq!(others.len(), 1);
    assert_eq!(others[0].details.name.as_str(), "司徒明");
    // Nobody comes in by the invitation of somebody who is not known any more.
    let code = InviteCode::parse("A7K3M9").unwrap();
    let invitation = book.invitation_by_code(&code).unwrap().unwrap();
    assert!(invitation.cancelled && invitation.phone.is_none());
    assert!(book.recall(&name(), &phone()).unwrap().is_none());
    let open = book.cases().unwrap();
    assert_eq!((open.len(), open[0].words.as_str()), (1, ""), "the complaint is still to be answered");
}

/// A book with this invitation in it.
fn inviting(folder: &Path, invitation: &Invitation) -> Book {
    let mut book = Book::open(&folder.join("book.db"), Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    book.put_invitations(std::slice::from_ref(invitation), morning()).unwrap();
    book
}

/// With an address and the key of somebody's file, which is no UUID.
fn mailed() -> Invitation {
    let until = morning().millis() + 3_600_000;
    Invitation {
        id: "I001".to_owned(),
        until,
        email: Some("wangshu@zyzzyva.example".to_owned()),
        ..invitation()
    }
}

/// They come by this invitation, or without one, give this number, and leave.
fn comes(book: &mut Book, invitation: Option<&str>, number: Option<&str>, at: Now) -> VisitId {
    let mut new = visitor(at);
    new.invitation = invitation.map(str::to_owned);
    new.details.name = name();
    new.details.phone = number.map(|number| Phone::parse(number).unwrap());
    let visit = book.arrive(new, at).unwrap().id;
    book.leave(visit, at).unwrap();
    visit
}

fn gone(folder: &Path) {
    let left = bytes(folder);
    for word in ["司徒望舒", "situws", "wangshu", "zyzzyva", "Zyzzyva", "13711112222"] {
        assert!(!left.contains(word), "{word} is still in the file");
    }
}

#[test]
fn the_mails_about_a_changed_invitation_are_forgotten_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = inviting(folder.path(), &mailed());
    let changed = Invitation { until: mailed().until + 60_000, ..mailed() };
    assert!(book.change_invitation(changed, "王芳", morning()).unwrap().is_some());
    assert_eq!(book.errands_of_invitation("I001").unwrap().len(), 1, "a mail waits");
    let there = bytes(folder.path());
    assert!(there.contains("司徒望舒") && there.contains("wangshu@zyzzyva.example"), "the test sees nothing");
    let later = morning().after(Duration::from_secs(60));
    let Erasing::Done(erased) = book.forget_person(&name(), &phone(), "mei", later).unwrap() else {
        panic!("nothing was erased")
    };
    assert_eq!((erased.invitations.as_slice(), erased.errands), (["I001".to_owned()].as_slice(), 1));
    gone(folder.path());
    assert!(book.errands_of_invitation("I001").unwrap().is_empty());
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn an_invitation_without_a_number_is_forgotten_with_whoever_came_by_it() {
    for given in [Some("13711112222"), None] {
        let folder = tempfile::tempdir().unwrap();
        let mut book = inviting(folder.path(), &Invitation { phone: None, ..mailed() });
        let visit = comes(&mut book, Some("I001"), given, morning());
        let traces = book.traces_of(visit).unwrap().unwrap();
        assert_eq!((traces.visits.len(), traces.invitations.as_slice()), (1, ["I001".to_owned()].as_slice()));
        let later = morning().after(Duration::from_secs(60));
        let erasing = match given {
            Some(_) => book.forget_person(&name(), &phone(), "mei", later).unwrap(),
            None => book.forget_whoever_made(visit, "mei", later).unwrap(),
        };
        assert!(matches!(erasing, Erasing::Done(erased) if erased.count() == 2));
        gone(folder.path());
    }
}

#[test]
fn another_ones_invitation_stays_where_somebody_else_came_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = inviting(
        folder.path(),
        &Invitation { visitor: PersonName::parse("王芳").unwrap(), phone: None, ..mailed() },
    );
    let visit = comes(&mut book, Some("I001"), Some("13711112222"), morning());
    let traces = book.traces_of(visit).unwrap().unwrap();
    assert_eq!((traces.visits.len(), traces.invitations.len()), (1, 0));
    book.forget_whoever_made(visit, "mei", morning()).unwrap();
    assert_eq!(book.invitation("I001").unwrap().unwrap().visitor.as_str(), "王芳");
}

#[test]
fn one_visit_leads_to_all_that_is_surely_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = inviting(folder.path(), &Invitation { days: 127, ..mailed() });
    let minute = |n: u64| morning().after(Duration::from_secs(60 * n));
    let invited = comes(&mut book, Some("I001"), None, minute(1));
    let known = comes(&mut book, None, Some("13711112222"), minute(2));
    let unknown = comes(&mut book, None, None, minute(3));
    let ids = |traces: &frontdesk::book::Traces| -> Vec<VisitId> {
        traces.visits.iter().map(|visit| visit.id).collect()
    };
    // By the number that they gave, or that their invitation gives.
    for visit in [known, invited] {
        let traces = book.traces_of(visit).unwrap().unwrap();
        assert_eq!((ids(&traces), traces.nameless), (vec![invited, known], 1));
        assert_eq!(traces.invitations, ["I001"]);
    }
    // Without any number another may have this name.
    let traces = book.traces_of(unknown).unwrap().unwrap();
    assert_eq!((ids(&traces), traces.invitations.len()), (vec![unknown], 0));
    assert_eq!(book.traces_of(VisitId(uuid::Uuid::from_u128(7))).unwrap(), None);
    let later = minute(9);
    assert!(matches!(book.forget_whoever_made(invited, "mei", later).unwrap(), Erasing::Done(_)));
    assert_eq!(book.traces_of(known).unwrap(), None, "it is erased");
    assert_eq!(book.visit(unknown).unwrap().unwrap().details.name, name());
    assert!(matches!(book.forget_whoever_made(unknown, "mei", later).unwrap(), Erasing::Done(_)));
    gone(folder.path());
}

#[test]
fn a_title_parts_whoever_gave_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| PersonName::parse(name).unwrap();
    let mut book = inviting(
        folder.path(),
        &Invitation { visitor: named("Mr. Wang"), until: mailed().until + 86_400_000, days: 127, ..mailed() },
    );
    let comes = |book: &mut Book, name: &str, minute: u64| {
        let at = morning().after(Duration::from_secs(60 * minute));
        let mut new = visitor(at);
        (new.invitation, new.details.name) = (Some("I001".to_owned()), named(name));
        let visit = book.arrive(new, at).unwrap().id;
        book.leave(visit, at).unwrap();
        visit
    };
    let days = 24 * 60;
    let (his, hers) = (comes(&mut book, "mr wang", 1), comes(&mut book, "Ms. Wang", 1 + days));
    let later = morning().after(Duration::from_secs(60 * (9 + days)));
    let erased = book.forget_person(&named("Mr. Wang"), &phone(), "mei", later).unwrap();
    assert!(
        matches!(erased, Erasing::Done(traces) if traces.visits.len() == 1 && traces.visits[0].id == his)
    );
    assert_eq!(book.visit(hers).unwrap().unwrap().details.name, named("Ms. Wang"));
}

/// Somebody's group, and one who joins it late; the late one is still here.
fn joined(book: &mut Book, at: Now) -> VisitId {
    let mut new = visitor(at);
    new.details.name = name();
    new.details.phone = Some(phone());
    new.others = 1;
    let leader = book.arrive(new, at).unwrap();
    let mut late = visitor(at);
    late.details.name = PersonName::parse("王芳").unwrap();
    (late.invitation, late.joins) = (leader.invitation_id.clone(), Some(leader.id));
    late.closes = at.after(Duration::from_secs(400 * 24 * 3600)).wall;
    book.arrive(late, at).unwrap();
    for errand in book.due(at).unwrap() {
        book.ran(errand.id, Outcome::Done(Seen::Confirmed), at).unwrap();
    }
    book.leave(leader.id, at).unwrap();
    leader.id
}

#[test]
fn a_group_that_somebody_joined_late_forgets_whose_it_was() {
    for is_asked_for in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut book =
            Book::open(&folder.path().join("book.db"), Config::built_in().reception, morning()).unwrap();
        book.put_hosts(&[host()], morning()).unwrap();
        joined(&mut book, morning());
        assert!(bytes(folder.path()).contains("\"group\":\"司徒望舒\""), "the test sees nothing");
        let later = morning().after(Duration::from_secs(40 * 24 * 3600));
        if is_asked_for {
            let erasing = book.forget_person(&name(), &phone(), "mei", later).unwrap();
            assert!(matches!(erasing, Erasing::Done(_)));
        } else {
            let over = Before { visits: later.wall, lessons: later.wall, people: later.wall };
            while book.forget(&over, later).unwrap() > 0 {}
        }
        gone(folder.path());
        assert_eq!(book.open_visits().unwrap()[0].details.name.as_str(), "王芳");
    }
}
