//! What is over is over: an answer, a sign-out or a collected parcel ends what was still to be said about it, even
//! where a runner has it and comes back without success.

use super::*;
use crate::errand::About;
use crate::visit::Asked;

fn letter_about(errand: &Errand) -> Option<About> {
    errand.work.as_letter().map(|letter| letter.about)
}

/// A visitor whose host is asked; the question is with its runner.
fn asked(reception: &mut Reception) -> (Errand, VisitId) {
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(vec![]))).tell(Event::Session(Session::Home));
    let question = reception.due().remove(0);
    assert_eq!(letter_about(&question), Some(About::MayCome(Asked::Host)));
    (question, reception.book.waiting().unwrap()[0].id)
}

#[test]
fn a_question_that_was_answered_is_not_sent_a_second_time() {
    let mut reception = Reception::open();
    let (question, visit) = asked(&mut reception);
    reception.book.decline(visit, "staff", "", reception.now).unwrap();
    reception.ran(&question, Outcome::NotYet(Trouble::MailUnreachable));
    reception.wait(MINUTE * 20);
    assert_eq!(reception.due(), [], "the host is not asked about somebody who was sent away");
}

#[test]
fn a_late_no_to_one_question_does_not_hurry_the_next() {
    let mut reception = Reception::open();
    let deputy = Host { deputy: Some("h2".to_owned()), ..host("h1", "李晓云") };
    reception.book.put_hosts(&[deputy], reception.now).unwrap();
    let (first, _) = asked(&mut reception);
    reception.wait(reception.config.reception.answer_minutes);
    let second = reception.due().remove(0);
    assert_eq!(letter_about(&second), Some(About::MayCome(Asked::Deputy)));
    reception.ran(&second, Outcome::Done(Seen::Confirmed));
    // Only now the server says no to the first one; the deputy's time to answer is not over for that.
    reception.ran(&first, Outcome::Failed(Trouble::MailRefused)).wait(Duration::from_secs(1));
    assert_eq!(reception.due(), []);
}

#[test]
fn whoever_has_left_gets_no_badge_and_nobody_is_told_that_it_is_missing() {
    let mut reception = Reception::open();
    let (badge, letter) = reception.check_in();
    reception.ran(&letter, Outcome::Done(Seen::Confirmed)).tell(Event::Session(Session::Done));
    reception.ran(&badge, Outcome::NotYet(Trouble::PaperOut));
    let visit = reception.book.open_visits().unwrap()[0].id;
    reception.book.leave(visit, reception.now).unwrap();
    reception.wait(MINUTE);
    assert_eq!(reception.due(), []);
    assert_eq!(reception.book.errands_of(visit).unwrap()[0].state, State::Failed(Trouble::Late));
    reception.wait(MINUTE * 10);
    assert_eq!(reception.due(), [], "and reception is not sent to look for it");
}

#[test]
fn collected_parcels_are_written_about_no_more() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Delivery(Parcels::Done { carrier: String::new(), parcels: 1, to_sign: false }));
    let letter = reception.due().remove(0);
    reception.book.collect(1, "staff", reception.now).unwrap();
    reception.ran(&letter, Outcome::NotYet(Trouble::MailUnreachable)).wait(MINUTE * 20);
    assert_eq!(reception.due(), []);
}

#[test]
fn an_invitation_withdrawn_while_its_visitor_reads_is_said_plainly() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).details("欧阳修明", "13800138000");
    let withdrawn = Invitation { cancelled: true, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[withdrawn], reception.now).unwrap();
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!((reception.miss(), reception.visits()), (Some(LookupError::Cancelled), 0));
}

#[test]
fn a_badge_whose_day_was_closed_says_that_it_was_assumed() {
    let mut reception = Reception::open();
    reception.check_in();
    reception.tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception.wait(Duration::from_secs(14 * 60 * 60 + 30 * 60));
    assert_eq!((reception.due(), reception.visits()), (vec![], 0));
    reception.tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    assert!(matches!(reception.miss(), Some(LookupError::Assumed(_))), "{:?}", reception.miss());
}

#[test]
fn whoever_has_left_the_company_is_not_offered_and_not_asked() {
    let mut reception = Reception::open();
    let gone = Host { gone: true, ..host("h2", "刘欣怡") };
    let deputy = Host { deputy: Some("h2".to_owned()), ..host("h1", "李晓云") };
    reception.book.put_hosts(&[gone, deputy], reception.now).unwrap();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .details("王芳", "13900139000");
    reception.tell(Event::Registration(Registration::AskForHost("liuxin".to_owned())));
    assert!(matches!(reception.page(), PageView::Host(HostView { rows, .. }) if rows.is_empty()));
    reception.tell(Event::Session(Session::Home));
    asked(&mut reception);
    reception.wait(reception.config.reception.answer_minutes);
    assert_eq!(letter_about(&reception.due()[0]), Some(About::MayCome(Asked::Reception)));
}

#[test]
fn a_page_for_a_comment_left_again_stays_long_enough() {
    let mut reception = Reception::open();
    reception.check_in();
    reception.tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave));
    let thanks = reception.config.screen.thanks_seconds;
    reception
        .tell(Event::SignOut(SignOut::BeginFeedback { complaint: false }))
        .wait(thanks)
        .tell(Event::Session(Session::Back));
    reception.wait(thanks - Duration::from_secs(1));
    assert!(matches!(reception.page(), PageView::Left(_)));
}

#[test]
fn whoever_touches_a_page_that_clears_by_itself_may_read_on() {
    let left = |reception: &mut Reception| {
        reception.check_in();
        let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
        reception
            .tell(Event::Session(Session::Done))
            .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
            .tell(Event::SignOut(SignOut::Leave));
    };
    type Walk = fn(&mut Reception);
    let pages: [(&str, Walk); 5] = [
        ("thanks", |r| _ = r.check_in()),
        ("delivered", |r| {
            r.tell(Event::Delivery(Parcels::Begin))
                .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
            r.tell(Event::Delivery(Parcels::Done { carrier: String::new(), parcels: 1, to_sign: false }));
        }),
        ("left", |_| {}),
        ("heard", |r| {
            r.tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
            r.tell(Event::SignOut(SignOut::FeedbackDone { words: "太冷了".to_owned(), anonymous: true }));
        }),
        ("refused", |r| {
            r.tell(Event::Session(Session::Home))
                .tell(Event::Registration(Registration::WalkIn))
                .tell(Event::Registration(Registration::ChooseType("private".to_owned())));
            r.details("王芳", "13900139000")
                .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
            r.tell(Event::Registration(Registration::Agree(Vec::new())));
            let visit = r.book.open_visits().unwrap().remove(0);
            r.book.decline(visit.id, "reception", "", r.now).unwrap();
            r.wait(Duration::from_secs(1));
        }),
    ];
    for (name, go) in pages {
        let mut reception = Reception::open();
        if ["left", "heard"].contains(&name) {
            left(&mut reception);
        }
        go(&mut reception);
        let ends = reception.desk.ends_at().map(|end| reception.now.tick.until(end)).unwrap();
        let page = values_apart(&reception);
        reception.wait(ends - Duration::from_secs(1)).tell(Event::System(System::Touched));
        let thanks = reception.config.screen.thanks_seconds;
        reception.wait(thanks - Duration::from_secs(1));
        assert_eq!(values_apart(&reception), page, "{name}: they read on");
        reception.wait(Duration::from_secs(1));
        assert_eq!(reception.page(), PageView::Welcome, "{name}: nobody does any more");
    }
}

/// Which page it is, whatever it counts down.
fn values_apart(reception: &Reception) -> std::mem::Discriminant<PageView> {
    std::mem::discriminant(&reception.page())
}

#[test]
fn a_department_stays_chosen_in_another_language() {
    let mut reception = Reception::open();
    let department: Texts = serde_json::from_str(r#"{"base":"品质部","by":{"en":"Quality"}}"#).unwrap();
    reception.book.put_hosts(&[Host { department, ..host("h1", "李晓云") }], reception.now).unwrap();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseDepartment("品质部".to_owned())))
        .tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    let PageView::Host(hosts) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(hosts.department.as_deref(), Some("Quality"));
    assert!(hosts.rows.iter().any(|row| matches!(row, HostRow::Host { id, .. } if id == "h1")));
}

#[test]
fn of_two_with_one_name_and_number_none_is_signed_out_by_name() {
    let mut reception = Reception::open();
    for _ in 0..2 {
        reception
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("private".to_owned())));
        reception
            .details("王芳", "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception.tell(Event::Registration(Registration::Agree(vec![]))).tell(Event::Session(Session::Home));
    }
    reception.tell(Event::SignOut(SignOut::Leaving)).tell(Event::LookUp(LookUp::ByName));
    reception.tell(Event::LookUp(LookUp::Name { name: "王芳".to_owned(), last_four: "9000".to_owned() }));
    assert_eq!((reception.miss(), reception.visits()), (Some(LookupError::Several), 2));
    // The badge's number says which.
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::LookUp(LookUp::ByCode))
        .tell(Event::LookUp(LookUp::Code("A002".to_owned())));
    reception.tell(Event::SignOut(SignOut::Leave));
    assert_eq!(reception.book.open_visits().unwrap()[0].badge.to_string(), "A001");
}
