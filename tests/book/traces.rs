//! Somebody asks that all that is known about them be erased: it is shown first, and then it is gone from the file.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, Entry, Erasing, Verified, Wanted};
use frontdesk::config::Config;
use frontdesk::errand::{Outcome, Seen};
use frontdesk::now::Now;
use frontdesk::visit::{
    Company, Feedback, Instructed, Invitation, InviteCode, Kind, Note, PersonName, Phone, Remark, Signature,
    Token,
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
    "司 徒",
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
    new.kind = Some(Kind { id: "contractor".to_owned(), name: "施工".into(), escort: true, returns: true });
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
    for word in PERSONAL.iter().filter(|word| !["13711112222", "司 徒"].contains(word)) {
        assert!(!left.contains(word), "{word} is still in the file");
    }
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    assert_eq!(book.entries().unwrap().last(), Some(&Entry::Forgotten { count: 6, by: "mei".to_owned() }));
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
