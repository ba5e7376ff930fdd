//! After the visit: a face, a comment, a complaint; coming back the same day; and whoever forgot to sign out.

use super::*;
use crate::errand::{About, Letter};
use crate::visit::Visit;

impl Reception {
    /// Somebody is here whose type may come back, and a department with somebody who answers.
    fn with_a_customer(&mut self) -> Visit {
        let contact = Host { contact: true, ..host("h3", "周敏") };
        self.book.put_hosts(&[contact], self.now).unwrap();
        self.config.visit_types[0].admits = crate::config::Admits::Nobody;
        self.desk = Desk::new(&self.config, Notices::load(&self.config).unwrap());
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
            .details("王芳", "13900139000");
        self.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
            .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
        self.tell(Event::Registration(Registration::Agree(Vec::new())));
        self.due();
        self.tell(Event::Session(Session::Done));
        self.book.open_visits().unwrap().remove(0)
    }

    fn leave(&mut self, visit: &Visit) -> &mut Self {
        self.tell(Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned())))
            .tell(Event::SignOut(SignOut::Leave))
    }

    fn goodbye(&self) -> GoodbyeView {
        let PageView::Left(goodbye) = self.page() else { panic!("not signed out: {:?}", self.page()) };
        *goodbye
    }

    fn complaint_letters(&mut self) -> Vec<(Errand, Letter)> {
        let letter = |errand: Errand| Some((errand.clone(), errand.work.as_letter()?.clone()));
        let letters = self.due().into_iter().filter_map(letter);
        letters.filter(|(_, letter)| letter.about == About::Case).collect()
    }

    fn feedback_in_journal(&self) -> Vec<crate::visit::Feedback> {
        let said = |entry| {
            if let crate::book::Entry::Feedback(feedback) = entry { Some(*feedback) } else { None }
        };
        self.book.entries().unwrap().into_iter().filter_map(said).collect()
    }
}

#[test]
fn a_face_is_kept_at_once_and_is_nobodys() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    reception.leave(&visit);
    assert_eq!((reception.goodbye().rating, reception.goodbye().host.as_str()), (0, "李晓云"));
    reception.tell(Event::SignOut(SignOut::Rate(2))).tell(Event::SignOut(SignOut::Rate(4)));
    assert_eq!(reception.goodbye().rating, 4);
    let said = reception.feedback_in_journal();
    assert_eq!(said.iter().map(|said| said.rating).collect::<Vec<_>>(), [Some(2), Some(4)]);
    assert!(said.iter().all(|said| said.visit.is_none() && said.department == "品质部"));
    assert!(reception.book.cases().unwrap().is_empty());
    reception.wait(reception.config.screen.thanks_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn a_complaint_opens_a_case_for_whoever_is_responsible() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    reception.leave(&visit).tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
    reception.tell(Event::SignOut(SignOut::FeedbackDone { words: "  ".to_owned(), anonymous: false }));
    assert_eq!(reception.page(), PageView::Feedback { complaint: true, named: true }, "nothing was said yet");
    reception
        .tell(Event::SignOut(SignOut::FeedbackDone {
            words: "等了一个小时".to_owned(), anonymous: false
        }));
    let PageView::FeedbackKept { case: Some(case), .. } = reception.page() else {
        panic!("{:?}", reception.page())
    };
    assert_eq!((case.number.as_str(), case.state), ("C1", HostShown::Sending));
    assert_eq!(case.due, reception.now.wall + chrono::Duration::days(3));
    let letters = reception.complaint_letters();
    let letter = &letters[0].1;
    assert_eq!((letter.to.as_str(), letter.visitor.as_str()), ("h3@example.com", "王芳"));
    assert_eq!((letter.purpose.as_str(), letter.due), ("等了一个小时", Some(case.due)));
    reception.ran(&letters[0].0, Outcome::Done(Seen::Confirmed));
    assert!(matches!(
        reception.page(),
        PageView::FeedbackKept { case: Some(CaseView { state: HostShown::Sent, .. }), .. }
    ));
    // It stays on the list until somebody has dealt with it.
    reception.wait(Duration::from_secs(9 * 86_400));
    assert_eq!(reception.book.cases().unwrap()[0].responsible, "周敏");
    assert!(reception.book.close_case(1, "reception", "已道歉", reception.now).unwrap());
    assert!(!reception.book.close_case(1, "reception", "", reception.now).unwrap(), "only once");
    assert!(reception.book.cases().unwrap().is_empty());
}

#[test]
fn without_a_name_nothing_leads_to_the_visitor() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    reception
        .leave(&visit)
        .tell(Event::SignOut(SignOut::Rate(1)))
        .tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
    reception
        .tell(Event::SignOut(SignOut::FeedbackDone { words: "没人接待".to_owned(), anonymous: true }));
    let letters = reception.complaint_letters();
    assert_eq!(letters[0].1.visitor, "");
    assert_eq!(letters[0].1.company, "");
    assert!(reception.feedback_in_journal().iter().all(|said| said.visit.is_none()));
    assert!(!format!("{:?}", reception.desk).contains("王芳"));
}

#[test]
fn a_department_without_anybody_leaves_it_to_reception() {
    let mut reception = Reception::open();
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    reception
        .tell(Event::Session(Session::Done))
        .leave(&visit)
        .tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
    reception.tell(Event::SignOut(SignOut::FeedbackDone { words: "太冷".to_owned(), anonymous: false }));
    assert_eq!(reception.complaint_letters()[0].1.to, "reception@example.com");
}

#[test]
fn a_comment_opens_no_case() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    reception
        .leave(&visit)
        .tell(Event::SignOut(SignOut::BeginFeedback { complaint: false }))
        .tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Left(_)));
    reception.tell(Event::SignOut(SignOut::BeginFeedback { complaint: false }));
    reception
        .tell(Event::SignOut(SignOut::FeedbackDone { words: "咖啡很好".to_owned(), anonymous: false }));
    assert!(matches!(reception.page(), PageView::FeedbackKept { case: None, .. }));
    assert_eq!(reception.feedback_in_journal().last().unwrap().visit, Some(visit.id));
    assert!(reception.book.cases().unwrap().is_empty() && reception.complaint_letters().is_empty());
}

#[test]
fn who_may_comes_back_the_same_day_with_the_same_badge() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    let scan = Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned()));
    reception.leave(&visit).tell(Event::Session(Session::Done)).wait(MINUTE).tell(scan.clone());
    assert!(matches!(reception.page(), PageView::Return(_)));
    reception.tell(Event::SignOut(SignOut::Stay));
    assert_eq!((reception.page(), reception.visits()), (PageView::Welcome, 0));
    reception.tell(scan.clone()).tell(Event::SignOut(SignOut::ComeBack));
    assert_eq!((reception.page(), reception.visits()), (PageView::Back { escort: false }, 1));
    let again = reception.book.open_visits().unwrap().remove(0);
    assert_eq!((again.badge, again.left), (visit.badge, None));
    // And leaves again. When the badge is no longer good, that was it.
    reception.tell(Event::Session(Session::Done)).leave(&visit).tell(Event::Session(Session::Done));
    reception.wait(Duration::from_secs(10 * 3600)).tell(scan);
    assert!(matches!(reception.miss(), Some(LookupError::Left(_))));
}

#[test]
fn an_invited_visitor_does_not_come_back_on_an_old_badge() {
    let mut reception = Reception::open();
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    reception.tell(Event::Session(Session::Done)).leave(&visit).tell(Event::Session(Session::Done));
    reception.tell(Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned())));
    assert!(matches!(reception.miss(), Some(LookupError::Left(_))));
}

#[test]
fn who_forgot_to_sign_out_is_taken_to_have_left_when_the_house_closed() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    // 09:41 to 22:00.
    let closing = Duration::from_secs((12 * 60 + 19) * 60);
    reception.wait(closing - Duration::from_secs(1));
    reception.due();
    assert_eq!(reception.visits(), 1);
    reception.wait(Duration::from_secs(1));
    reception.due();
    let visit = reception.book.visit(visit.id).unwrap().unwrap();
    assert_eq!(visit.left, Some(visit.arrived + chrono::Duration::from_std(closing).unwrap()));
    assert!(visit.assumed, "nobody saw it, and that is marked");
    assert!(!visit.may_return(reception.now.millis()));
    let lines = reception.book.entries().unwrap();
    assert_eq!(
        lines.iter().filter(|entry| matches!(entry, crate::book::Entry::AssumedLeft { .. })).count(),
        1
    );
}

#[test]
fn a_kiosk_that_was_off_at_closing_time_ends_the_visits_in_the_morning() {
    let mut reception = Reception::open();
    let visit = reception.with_a_customer();
    reception.wait(Duration::from_secs(24 * 3600));
    reception.due();
    let visit = reception.book.visit(visit.id).unwrap().unwrap();
    assert_eq!(visit.left.map(|left| left.format("%H:%M").to_string()), Some("22:00".to_owned()));
}

#[test]
fn whoever_must_be_escorted_waits_when_they_are_back() {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        (kind.kind.escort, kind.kind.returns, kind.admits) = (true, true, crate::config::Admits::Nobody);
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("private".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap()[0].badge_token.as_str().to_owned();
    reception
        .tell(Event::LookUp(LookUp::Scanned(badge.clone())))
        .tell(Event::SignOut(SignOut::Leave))
        .tell(Event::Session(Session::Done));
    reception.tell(Event::LookUp(LookUp::Scanned(badge))).tell(Event::SignOut(SignOut::ComeBack));
    assert_eq!(reception.page(), PageView::Back { escort: true });
}

#[test]
fn whoever_answers_a_complaint_knows_whom_to_call() {
    for anonymous in [false, true] {
        let mut reception = Reception::open();
        let visit = reception.with_a_customer();
        reception.leave(&visit).tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
        reception.tell(Event::SignOut(SignOut::FeedbackDone {
            words: "等了一个小时".to_owned(), anonymous
        }));
        let letter = reception.complaint_letters().remove(0).1;
        for (lang, phone) in [(Lang::ZH, "电话：13900139000"), (Lang::EN, "Phone: 13900139000")] {
            let said = super::told::read(&letter, lang);
            assert_eq!(said.contains(phone), !anonymous, "{said}");
        }
    }
}
