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
    pub(super) fn watch(&mut self, name: &str) -> &mut Self {
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
        self.scan(1)
            .tell(Event::LookUp(LookUp::Confirm))
            .tell(Event::Registration(Registration::Agree(Vec::new())))
    }

    pub(super) fn waiting_page(&self) -> WaitingView {
        let PageView::Waiting(waiting) = self.page() else { panic!("not waiting: {:?}", self.page()) };
        *waiting
    }

    pub(super) fn sorted(&mut self) -> (Vec<Errand>, Vec<Letter>) {
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
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
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
    reception.tell(Event::System(System::Tick));
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters[0].about), (1, About::Arrival));
    assert_eq!(reception.sightings(), 1);
}

#[test]
fn who_is_like_nobody_on_the_list_gets_a_badge_at_once() {
    let mut reception = Reception::open();
    let over = reception.now.wall + MINUTE;
    reception.watch("王晓明").watch_until("欧阳修明", Some(over)).wait(2 * MINUTE).comes_invited();
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
    reception.watch("王晓明").scan(1).tell(Event::LookUp(LookUp::Correct));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "欧阳修明".to_owned(),
        company: "云栖".to_owned(),
        phone: "13800138000".to_owned(),
        party: 2,
        remember: false,
    }));
    reception.tell(Event::Registration(Registration::NameMember { at: 0, name: "汪小鸣".to_owned() }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
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
    reception.watch("王晓明").scan(1).tell(Event::LookUp(LookUp::Correct));
    reception
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    reception.sorted();
    reception
        .tell(Event::Session(Session::Done))
        .scan(1)
        .tell(Event::LookUp(LookUp::Confirm))
        .details("王晓明", "13900139000");
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    reception.waiting_page();
    let late = reception.here().remove(1);
    assert_eq!((late.leader.is_some(), late.admission), (true, Admission::Waiting(Asked::Reception)));
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters.len()), (0, 1));
    assert_eq!(letters[0].about, About::MayCome(Asked::Reception));
    let waiting = reception.book.waiting().unwrap();
    assert_eq!(waiting.iter().map(|visit| visit.id).collect::<Vec<_>>(), [late.id], "reception finds them");
    let mut reception = reception.with_staff();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Hand, "王晓明");
    assert!(card.facts.contains(&Fact::Discreet(String::new())), "{card:?}");
    assert_eq!(reception.pages().sections[0], (Section::Board, 1));
    let leader = reception.card(Heading::Here, "欧阳修明");
    assert!(!leader.facts.iter().any(|fact| matches!(fact, Fact::Party(_))), "nobody is in with them yet");
    reception.act(Action::Admit, &card);
    reception.is_done(Action::Admit);
    assert_eq!(reception.sorted().0.len(), 1);
    assert!(reception.book.waiting().unwrap().is_empty());
    assert!(reception.card(Heading::Here, "欧阳修明").facts.contains(&Fact::Party(1)));
}

#[test]
fn one_of_a_group_is_seen_on_the_card_of_the_group() {
    let mut reception = Reception::staffed();
    let two = Invitation { party: 1, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[two], reception.now).unwrap();
    reception.watch("王晓明").scan(1).tell(Event::LookUp(LookUp::Correct));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "欧阳修明".to_owned(),
        company: "云栖".to_owned(),
        phone: "13800138000".to_owned(),
        party: 1,
        remember: false,
    }));
    reception.tell(Event::Registration(Registration::NameMember { at: 0, name: "汪小鸣".to_owned() }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done))
        .unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert!(card.facts.contains(&Fact::Discreet(String::new())), "{card:?}");
    let opened = reception.open_card(Heading::Hand, "欧阳修明").card;
    assert!(opened.facts.contains(&Fact::Discreet(NOTE.to_owned())), "{opened:?}");
}

#[test]
fn whoever_is_corrected_into_somebody_on_the_list_is_seen() {
    let mut reception = Reception::staffed();
    reception.watch("王晓明").comes_invited().tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send_with(&[(Label::Name, "汪小鸣")]);
    reception.is_done(Action::Correct);
    let visit = reception.here().remove(0);
    assert_eq!((visit.admission, visit.watched.is_some()), (Admission::Admitted, true), "they are in");
    assert_eq!(reception.sightings(), 1);
    // They need a hand, and nobody who looks on learns why.
    let here = reception.card(Heading::Hand, "汪小鸣");
    assert!(here.facts.contains(&Fact::DiscreetInside), "{here:?}");
    // The card says which entry, and how they differ.
    let opened = reception.open_card(Heading::Here, "汪小鸣").card;
    let alike = Fact::Alike(WatchedBy::Name, Likeness::SoundsAlike, "王晓明".to_owned());
    assert!(opened.facts.contains(&alike), "{opened:?}");
    // A note is no other name.
    reception.act(Action::Note, &opened).send(&["轮椅"]);
    assert_eq!(reception.sightings(), 1);
    // Whoever they are now, the list does not mean.
    reception.act(Action::Correct, &opened).send_with(&[(Label::Name, "李四")]);
    assert_eq!((reception.here()[0].watched.clone(), reception.sightings()), (None, 1));
    assert!(reception.cards(Heading::Hand).is_empty());
}

#[test]
fn whoever_is_in_the_house_when_the_list_grows_needs_a_hand() {
    let mut reception = Reception::staffed();
    reception.comes_invited().tell(Event::Session(Session::Done));
    let new = NewWatched { name: "欧阳修明".to_owned(), ..NewWatched::default() };
    let entry = reception.book.watch(new, "赵主任", reception.now).unwrap().unwrap();
    reception.unlock();
    assert_eq!(reception.card(Heading::Hand, "欧阳修明").tone, Tone::Amber);
    let opened = reception.open_card(Heading::Hand, "欧阳修明").card;
    assert!(opened.facts.contains(&Fact::NoNote), "{opened:?}");
    reception.staff(Tap::Close);
    reception.book.unwatch(entry.id, "赵主任", reception.now).unwrap();
    reception.wait(Duration::from_secs(2));
    assert!(reception.cards(Heading::Hand).is_empty(), "the list does not mean them any more");
}

#[test]
fn whoever_waits_for_the_host_waits_for_reception_once_the_list_means_them() {
    let mut reception = Reception::staffed();
    reception.watch("王晓明").walks_in("陈立");
    let asked = |reception: &Reception| reception.here()[0].admission.clone();
    assert_eq!(asked(&reception), Admission::Waiting(Asked::Host));
    reception.unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Correct, &card).send_with(&[(Label::Name, "王晓明"), (Label::Host, "刘欣怡")]);
    reception.is_done(Action::Correct);
    assert_eq!(asked(&reception), Admission::Waiting(Asked::Reception));
    let (_, letters) = reception.sorted();
    assert!(letters.iter().all(|letter| letter.to != "h2@example.com"), "the new host is not asked");
    let to_reception =
        letters.iter().find(|letter| letter.about == About::MayCome(Asked::Reception)).unwrap();
    assert!(!to_reception.lines.is_empty(), "the pages have a note");
    // Nobody else is asked later.
    reception.wait(30 * MINUTE);
    assert!(reception.sorted().1.is_empty());
    assert_eq!(asked(&reception), Admission::Waiting(Asked::Reception));
}

#[test]
fn whoever_comes_back_is_looked_up_again_and_waits_like_an_arrival() {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        kind.admits = Admits::Nobody;
        kind.kind.returns = true;
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    let mut reception = reception.with_staff();
    reception.walks_in("王晓明");
    assert_eq!(reception.sorted().0.len(), 1);
    let visit = reception.here().remove(0);
    let badge = Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned()));
    reception.tell(badge.clone()).tell(Event::SignOut(SignOut::Leave)).tell(Event::Session(Session::Done));
    reception.watch("王晓明").wait(3 * 60 * MINUTE);
    reception.tell(badge.clone()).tell(Event::SignOut(SignOut::ComeBack));
    assert!(reception.waiting_page().asked.iter().all(|asked| asked.who == Asked::Reception));
    let back = reception.here().remove(0);
    assert_eq!((back.id, &back.admission), (visit.id, &Admission::Waiting(Asked::Reception)));
    assert_eq!((back.watched.is_some(), reception.sightings()), (true, 1));
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters.len()), (0, 1), "reception and nobody else");
    assert_eq!(letters[0].about, About::MayCome(Asked::Reception));
    // The badge in their hand opens nothing meanwhile.
    reception.tell(Event::Session(Session::Done)).tell(badge);
    assert_eq!(reception.miss(), Some(LookupError::VoidBadge));
    reception.tell(Event::Session(Session::Home)).wait(5 * MINUTE).unlock();
    let card = reception.card(Heading::Hand, "王晓明");
    assert!(card.facts.contains(&Fact::Waits(5)), "since they came back: {card:?}");
    reception.act(Action::Admit, &card);
    let (badges, letters) = reception.sorted();
    assert_eq!((badges.len(), letters[0].about), (1, About::CameBack));
    assert_eq!(letters[0].arrived, reception.now.wall - 5 * MINUTE);
    let Work::Badge(badge) = &badges[0].work else { panic!("{badges:?}") };
    assert_ne!(badge.token, visit.badge_token);
}

#[test]
fn reception_is_asked_instead_of_the_host() {
    let mut reception = Reception::open();
    reception
        .watch("欧阳修明")
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
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
