//! The signature: asked for where the type says so, and kept with what was signed.

use super::*;
use crate::config::Admits;
use crate::errand::About;
use crate::visit::{Admission, Asked, Point, Witness};

/// A finger that has signed.
pub(super) fn written() -> Vec<Vec<Point>> {
    vec![(0..40).map(|i| (200 + i * 30, if i % 2 == 0 { 300 } else { 700 })).collect()]
}

#[test]
fn an_empty_pad_and_a_dot_are_refused_and_nothing_is_kept() {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        kind.signature = true;
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("private".to_owned())))
        .details("王芳", "13900139000");
    reception.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    let unsigned = |reception: &Reception| {
        let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
        agree.unsigned
    };
    assert!(!unsigned(&reception), "nobody is told off before they have tried");
    for strokes in [vec![], vec![vec![(500, 500)]], vec![vec![(500, 500), (510, 505)]]] {
        reception.tell(Event::Registration(Registration::Agree(strokes)));
        assert!(unsigned(&reception));
        reception.tell(Event::Registration(Registration::Signing));
        assert!(!unsigned(&reception));
    }
    assert_eq!(reception.visits(), 0);
    reception.tell(Event::Registration(Registration::Agree(written())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    let signature = visit.agreement.signature.unwrap();
    assert!(signature.as_path().starts_with("M200 300") && visit.agreement.version == "2026-12");
    let journal = format!("{:?}", reception.book.entries().unwrap());
    assert!(journal.contains("Signature(…)"), "the journal has it too, and its words do not show it");
}

#[test]
fn nobody_signs_where_nothing_asks_for_it() {
    let mut reception = Reception::open();
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::Agree(written())));
    assert_eq!(reception.book.open_visits().unwrap().remove(0).agreement.signature, None);
}

/// A contractor up to the notice, which they have to sign; they are invited, or nobody is asked about them.
fn contractor(invited: bool) -> Reception {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        kind.safety = None;
        kind.admits = Admits::Nobody;
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    if invited {
        let repair = Invitation {
            visit_type: Some("contractor".to_owned()),
            party: 4,
            ..invitation(1, "王芳", 8..18)
        };
        reception.book.put_invitations(&[repair], reception.now).unwrap();
        reception
            .scan(1)
            .tell(Event::LookUp(LookUp::Correct))
            .details("王芳", "13900139000")
            .tell(Event::Registration(Registration::MembersDone));
    } else {
        reception
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
        reception
            .details("王芳", "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception.tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())));
    }
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(agree.signs && agree.prints);
    reception
}

fn waiting(reception: &Reception) -> WaitingView {
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    *waiting
}

#[test]
fn whoever_cannot_sign_is_registered_and_reception_vouches_for_them() {
    for invited in [false, true] {
        let mut reception = contractor(invited);
        reception
            .tell(Event::Registration(Registration::Agree(vec![])))
            .tell(Event::Registration(Registration::SignAtReception))
            .tell(Event::Registration(Registration::SignAtReception));
        let shown = waiting(&reception);
        assert!(shown.witness && shown.asked.iter().all(|asked| asked.who == Asked::Reception));
        let visit = reception.book.waiting().unwrap().remove(0);
        assert_eq!(
            (&visit.agreement.signature, &visit.agreement.witness),
            (&None, &Some(Witness::Reception))
        );
        assert_eq!(
            visit.admission,
            Admission::Waiting(Asked::Reception),
            "though nobody else would be asked"
        );
        let due = reception.due();
        let [Errand { work: Work::Letter(letter), .. }] = &due[..] else { panic!("no badge yet: {due:?}") };
        assert!(letter.circumstances.unsigned && letter.about == About::MayCome(Asked::Reception));
        assert!(reception.book.admit(visit.id, "刘姐", reception.now).unwrap());
        reception.wait(Duration::from_secs(1));
        assert_eq!(reception.thanks().badge_state, BadgeShown::Printing);
        let visit = reception.book.open_visits().unwrap().remove(0);
        assert_eq!(visit.agreement.witness, Some(Witness::By("刘姐".to_owned())));
        let unsigned = |errand: Errand| errand.work.as_letter().map(|letter| letter.circumstances.unsigned);
        assert_eq!(reception.due().into_iter().filter_map(unsigned).collect::<Vec<_>>(), [false]);
        // They have signed nothing, so the next time they are asked again.
        reception.tell(Event::Session(Session::Done));
        assert!(reception.book.signed(&visit.details, &[&visit.agreement.sha256]).unwrap().is_none());
    }
}

#[test]
fn who_may_sign_no_other_way_is_not_let_in_by_that_button() {
    let mut reception = Reception::open();
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::SignAtReception));
    assert!(matches!(reception.page(), PageView::Agree(_)), "nothing is signed here");
    assert_eq!(reception.visits(), 0);
    let mut reception = contractor(false);
    reception
        .tell(Event::Session(Session::ShowPrivacy))
        .tell(Event::Registration(Registration::SignAtReception));
    assert_eq!(reception.visits(), 0, "a tap for a page that is not shown is dropped");
}

/// How many badges the printer is given, one after the other.
fn badges(reception: &mut Reception) -> usize {
    let badge = |errand: &Errand| matches!(errand.work, Work::Badge(_));
    let mut count = 0;
    while let Some(errand) = reception.due().into_iter().find(badge) {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
        count += 1;
    }
    count
}

#[test]
fn whoever_comes_late_and_cannot_sign_waits_alone() {
    let mut reception = contractor(true);
    reception.tell(Event::Registration(Registration::Agree(written()))).tell(Event::Session(Session::Done));
    assert!(reception.book.waiting().unwrap().is_empty());
    badges(&mut reception);
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "13400003333")
        .tell(Event::Registration(Registration::SignAtReception));
    let shown = waiting(&reception);
    assert!(shown.witness);
    let asked: Vec<_> = shown.asked.iter().map(|asked| asked.who).collect();
    assert_eq!(asked, [Asked::Reception], "the page tells who was asked about this one");
    let late = reception.book.waiting().unwrap().remove(0);
    assert_eq!(late.details.name.as_str(), "周杰");
    // Reception finds them, and sees why they wait.
    let mut reception = reception.with_staff();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Hand, "周杰");
    assert!(card.facts.contains(&Fact::Unsigned) && card.actions.contains(&Action::Admit), "{card:?}");
    assert!(reception.cards(Heading::Here).iter().all(|card| card.title != "周杰"));
    assert!(reception.book.admit(late.id, "刘姐", reception.now).unwrap());
    assert_eq!(badges(&mut reception), 1, "the others have theirs");
}

#[test]
fn one_tap_is_not_enough_to_vouch_for_an_agreement() {
    let mut reception = contractor(false);
    reception
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Registration(Registration::SignAtReception))
        .tell(Event::Session(Session::Done));
    let mut reception = reception.with_staff();
    reception.unlock();
    let card = reception.card(Heading::Hand, "王芳");
    assert!(card.facts.contains(&Fact::Unsigned), "{card:?}");
    reception.act(Action::Admit, &card);
    let form = reception.pages().form.expect("a second thought");
    assert_eq!((form.action, form.facts.as_slice()), (Action::Admit, [Fact::Unsigned].as_slice()));
    assert!(!reception.book.waiting().unwrap().is_empty(), "not yet");
    reception.tell(Event::Session(Session::Back));
    assert!(!reception.book.waiting().unwrap().is_empty(), "on second thoughts");
    reception.act(Action::Admit, &card).send(&[]);
    reception.is_done(Action::Admit);
    let opened = reception.open_card(Heading::Here, "王芳").card;
    assert!(opened.facts.contains(&Fact::Vouched("王芳".to_owned())), "{opened:?}");
    assert!(!opened.facts.contains(&Fact::Unsigned));
}

#[test]
fn a_signature_that_is_used_again_is_shown_with_the_day_on_which_it_was_written() {
    let mut reception = contractor(false);
    let first = reception.now.wall;
    reception.tell(Event::Registration(Registration::Agree(written()))).tell(Event::Session(Session::Done));
    let visit = reception.book.open_visits().unwrap().remove(0);
    reception.book.leave(visit.id, reception.now).unwrap();
    reception.wait(Duration::from_secs(24 * 3600));
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    reception
        .details("王芳", "13900139000")
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Done));
    let mut reception = reception.with_staff();
    reception.unlock();
    let opened = reception.open_card(Heading::Here, "王芳");
    let shown = visit.agreement.signature.as_ref().unwrap().as_path();
    assert_eq!(opened.signature, shown);
    let agreed = Fact::Agreed(visit.agreement.version.clone(), first, true);
    assert!(opened.card.facts.contains(&agreed), "{:?}", opened.card);
}

#[test]
fn a_book_that_fails_is_told_of_in_the_chosen_language() {
    let mut reception = contractor(false);
    let file = reception._folder.path().join("book.db");
    let book = rusqlite::Connection::open(file).unwrap();
    book.execute_batch("ALTER TABLE visits RENAME COLUMN signature TO lost").unwrap();
    let (now, english) = (reception.now, Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert!(reception.desk.handle(english, now, &mut reception.book).is_err());
    reception.desk.start_over();
    assert_eq!(reception.desk.view(now).lang, Lang::EN);
}
