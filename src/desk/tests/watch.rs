//! Somebody whom reception is to be told about: reception is, and the visitor sees what everybody sees who waits for
//! reception.

use super::*;
use crate::book::{Entry, NewWatched};
use crate::config::Admits;
use crate::errand::{About, Letter};
use crate::visit::{Admission, Asked, Likeness, Visit};

const REASON: &str = "offended the guard in spring";
const NOTE: &str = "call the manager before anything else";

impl Reception {
    fn watch(&mut self, name: &str) -> &mut Self {
        self.watch_until(name, None)
    }

    fn watch_until(&mut self, name: &str, until: Option<Wall>) -> &mut Self {
        let new = NewWatched {
            name: name.to_owned(),
            reason: REASON.to_owned(),
            note: NOTE.to_owned(),
            until,
            ..NewWatched::default()
        };
        self.book.watch(new, "王芳", self.now).unwrap().expect("on the list");
        self
    }

    fn comes_invited(&mut self) -> &mut Self {
        self.scan(1).tell(Event::Confirm).tell(Event::Agree(Vec::new()))
    }

    fn waiting_page(&self) -> WaitingView {
        let PageView::Waiting(waiting) = self.page() else { panic!("not waiting: {:?}", self.page()) };
        *waiting
    }

    fn sorted(&mut self) -> (Vec<Errand>, Vec<Letter>) {
        let (mut badges, mut letters) = (Vec::new(), Vec::new());
        loop {
            let due = self.due();
            if due.is_empty() {
                break;
            }
            for errand in due {
                match &errand.work {
                    // The printer has one at a time.
                    Work::Badge(_) => {
                        self.ran(&errand, Outcome::Done(Seen::Confirmed));
                        badges.push(errand);
                    }
                    Work::Letter(letter) => letters.push(letter.clone()),
                    Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => {}
                }
            }
        }
        (badges, letters)
    }

    fn here(&self) -> Vec<Visit> {
        self.book.open_visits().unwrap()
    }

    fn sightings(&self) -> usize {
        self.book.entries().unwrap().iter().filter(|entry| matches!(entry, Entry::Sighted(_))).count()
    }
}

/// What somebody sees whose type of visit reception decides about.
fn ordinary() -> WaitingView {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        kind.admits = Admits::Reception;
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception.tell(Event::WalkIn).tell(Event::ChooseType("customer".to_owned()));
    reception.details("欧阳修明", "13800138000").tell(Event::ChooseHost("h1".to_owned()));
    reception.tell(Event::PurposeDone("参观".to_owned())).tell(Event::Agree(Vec::new()));
    reception.waiting_page()
}

#[test]
fn reception_is_told_and_the_visitor_sees_an_ordinary_wait() {
    let mut reception = Reception::open();
    reception.watch("欧阳秀铭").comes_invited();
    let shown = reception.waiting_page();
    assert_eq!(shown, ordinary(), "nothing differs");
    let visit = reception.here().remove(0);
    assert_eq!(visit.admission, Admission::Waiting(Asked::Reception));
    let sighting = visit.watched.clone().expect("a sighting");
    assert_eq!((sighting.name, sighting.phone), (Some(Likeness::SoundsAlike), None));
    let (badges, letters) = reception.sorted();
    assert!(badges.is_empty(), "no badge before the answer");
    assert_eq!(letters.len(), 1, "reception and nobody else");
    assert_eq!(
        (letters[0].about, letters[0].to.as_str()),
        (About::MayCome(Asked::Reception), "reception@example.com")
    );
    let sender = crate::paper::letter::Sender {
        company: "华越".to_owned(),
        reception_phone: String::new(),
        replies: true,
    };
    let written = crate::paper::letter::write(&letters[0], &sender);
    let note = crate::paper::letter::pages_have_a_note(letters[0].lang);
    for words in [&written.text, &written.html] {
        assert!(words.contains(note), "{words}");
        assert!(!words.contains(REASON) && !words.contains(NOTE), "{words}");
    }
    assert!(!written.subject.contains(note), "a subject is read by whoever passes");
    assert!(!format!("{:?}", reception.desk.view(reception.now)).contains(REASON));
    // The answer makes an ordinary visit of it.
    assert!(reception.book.admit(visit.id, "王芳", reception.now).unwrap());
    reception.tell(Event::Tick);
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters[0].about), (1, About::Arrival));
    assert_eq!(reception.sightings(), 1);
}

#[test]
fn who_is_like_nobody_on_the_list_gets_a_badge_at_once() {
    let mut reception = Reception::open();
    let over = reception.now.wall - MINUTE;
    reception.watch("王晓明").watch_until("欧阳修明", Some(over)).comes_invited();
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    assert_eq!((reception.here()[0].watched.clone(), reception.sightings()), (None, 0));
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters.len()), (1, 1));
    assert!(letters[0].lines.is_empty());
    // Off the list, nobody is held up.
    let mut reception = Reception::open();
    reception.watch("欧阳修明");
    let entry = reception.book.watched().unwrap().remove(0);
    assert_eq!((entry.reason.as_str(), entry.by.as_str()), (REASON, "王芳"));
    assert!(reception.book.unwatch(entry.id, "王芳", reception.now).unwrap());
    assert!(!reception.book.unwatch(entry.id, "王芳", reception.now).unwrap());
    reception.comes_invited();
    assert!(matches!(reception.page(), PageView::Thanks(_)));
}

#[test]
fn one_of_a_group_holds_up_the_group() {
    let mut reception = Reception::open();
    let three = Invitation { party: 2, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[three], reception.now).unwrap();
    reception.watch("王晓明").scan(1).tell(Event::Correct);
    reception.tell(Event::DetailsDone {
        name: "欧阳修明".to_owned(),
        company: "云栖".to_owned(),
        phone: "13800138000".to_owned(),
        party: 2,
        remember: false,
    });
    reception.tell(Event::NameMember { at: 0, name: "汪小鸣".to_owned() });
    reception.tell(Event::MembersDone).tell(Event::Agree(Vec::new()));
    reception.waiting_page();
    let here = reception.here();
    assert!(here.iter().all(|visit| visit.admission == Admission::Waiting(Asked::Reception)));
    let watched: Vec<bool> = here.iter().map(|visit| visit.watched.is_some()).collect();
    assert_eq!(watched, [false, true, false]);
    assert_eq!(reception.book.waiting().unwrap().len(), 1, "asked about as one");
    assert!(reception.book.admit(here[0].id, "王芳", reception.now).unwrap());
    assert_eq!(reception.sorted().0.len(), 3);
}

#[test]
fn who_comes_late_to_a_group_that_is_in_waits_alone() {
    let mut reception = Reception::open();
    let two = Invitation { party: 1, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[two], reception.now).unwrap();
    reception.watch("王晓明").scan(1).tell(Event::Correct);
    reception.details("欧阳修明", "13800138000").tell(Event::MembersDone).tell(Event::Agree(Vec::new()));
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    reception.sorted();
    reception.tell(Event::Done).scan(1).tell(Event::Confirm).details("王晓明", "13900139000");
    reception.tell(Event::Agree(Vec::new()));
    reception.waiting_page();
    let late = reception.here().remove(1);
    assert_eq!((late.leader.is_some(), late.admission), (true, Admission::Waiting(Asked::Reception)));
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters.len()), (0, 1));
    assert_eq!(letters[0].about, About::MayCome(Asked::Reception));
    let waiting = reception.book.waiting().unwrap();
    assert_eq!(waiting.iter().map(|visit| visit.id).collect::<Vec<_>>(), [late.id], "reception finds them");
    assert!(reception.book.admit(late.id, "王芳", reception.now).unwrap());
    assert_eq!(reception.sorted().0.len(), 1);
    assert!(reception.book.waiting().unwrap().is_empty());
}

#[test]
fn reception_is_asked_instead_of_the_host() {
    let mut reception = Reception::open();
    reception.watch("欧阳修明").tell(Event::WalkIn).tell(Event::ChooseType("customer".to_owned()));
    reception.details("欧阳修明", "13800138000").tell(Event::ChooseHost("h1".to_owned()));
    reception.tell(Event::PurposeDone("参观".to_owned())).tell(Event::Agree(Vec::new()));
    assert_eq!(reception.waiting_page(), ordinary());
    let (_, letters) = reception.sorted();
    assert_eq!(
        letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(),
        ["reception@example.com"]
    );
}

#[test]
fn who_is_here_already_is_marked_and_stays_in() {
    let mut reception = Reception::open();
    reception.comes_invited();
    reception.watch("欧阳修明");
    let visit = reception.here().remove(0);
    assert_eq!((visit.admission, visit.watched.is_some()), (Admission::Admitted, true));
    assert_eq!(reception.sightings(), 1);
    let nobody =
        reception.book.watch(NewWatched { name: " ".to_owned(), ..NewWatched::default() }, "", reception.now);
    assert!(nobody.unwrap().is_none());
}
