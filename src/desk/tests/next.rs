//! The next one in the queue, and whoever is interrupted: nobody finds what another one typed, and nobody is told
//! what is not theirs.

use super::*;
use crate::visit::{BadgeNumber, Visit};

impl Reception {
    fn forms(&self) -> (u32, u32) {
        let view = self.desk.view(self.now);
        (view.visitor, view.forms)
    }

    /// A walk-in who is asked for: registered and waiting, with so many others.
    fn waits(&mut self, kind: &str, party: i32) -> Visit {
        self.tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType(kind.to_owned())));
        self.tell(Event::Registration(Registration::DetailsDone {
            name: "王芳".to_owned(),
            company: "云栖".to_owned(),
            phone: "13900139000".to_owned(),
            party,
            remember: false,
        }));
        self.tell(Event::Registration(Registration::MembersDone))
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        self.tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
            .tell(Event::Registration(Registration::Agree(Vec::new())));
        assert!(matches!(self.page(), PageView::Waiting(_)), "{:?}", self.page());
        self.book.open_visits().unwrap().remove(0)
    }

    fn is_leaving(&mut self, number: BadgeNumber) -> LeaveView {
        self.tell(Event::Session(Session::Home))
            .tell(Event::SignOut(SignOut::Leaving))
            .tell(Event::LookUp(LookUp::ByCode));
        self.tell(Event::LookUp(LookUp::Code(number.to_string())));
        let PageView::Leave(leave) = self.page() else { panic!("{:?}", self.page()) };
        leave
    }
}

#[test]
fn a_scan_on_the_last_ones_page_begins_with_an_empty_sheet() {
    let mut reception = Reception::open();
    reception.check_in();
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception
        .tell(Event::Session(Session::Done))
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave));
    // They wrote a complaint, and went back.
    reception
        .tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }))
        .tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Left(_)));
    let before = reception.forms();
    reception.scan(4);
    assert!(matches!(reception.page(), PageView::Confirm(_)));
    assert!(reception.forms().0 != before.0 && reception.forms().1 != before.1);
    // Somebody went back from the form to the types, and another one scans.
    reception.tell(Event::Session(Session::Home)).tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .tell(Event::Session(Session::Back));
    let before = reception.forms();
    reception.scan(4);
    assert_ne!(reception.forms().1, before.1);
    assert_eq!(reception.desk.view(reception.now).lang, Lang::EN, "they chose it on this page");
    // What cannot be read takes nothing away.
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByName));
    let before = reception.forms();
    reception.tell(Event::LookUp(LookUp::Scanned("https://example.com".to_owned())));
    assert_eq!(reception.forms(), before);
}

#[test]
fn a_scan_on_a_page_that_is_over_is_the_next_ones() {
    let mut reception = Reception::open();
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN))).check_in();
    let before = reception.forms();
    // Their own telephone, still under the scanner.
    reception.scan(1);
    assert!(matches!(reception.page(), PageView::Thanks(_)), "{:?}", reception.page());
    reception.scan(4);
    assert!(matches!(reception.page(), PageView::Confirm(found) if found.visitor.starts_with('周')));
    assert!(reception.forms().0 != before.0 && reception.forms().1 != before.1, "all of it is forgotten");
    assert_eq!(reception.desk.view(reception.now).lang, Lang::ZH);
    reception
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "")
        .tell(Event::Registration(Registration::Decline));
    assert_eq!(reception.page(), PageView::Declined);
    let before = reception.forms();
    reception.tell(Event::LookUp(LookUp::Scanned("https://example.com".to_owned())));
    assert_eq!(reception.miss(), Some(LookupError::Unreadable), "the scanner works, and says so");
    assert_ne!(reception.forms().0, before.0);
    // A group's invitation is for the next of the group.
    let group = Invitation { party: 2, ..invitation(9, "王芳", 8..18) };
    reception.book.put_invitations(&[group], reception.now).unwrap();
    reception
        .scan(9)
        .tell(Event::LookUp(LookUp::Correct))
        .details("王芳", "")
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    reception.scan(9);
    assert!(matches!(reception.page(), PageView::Confirm(found) if found.joins));
}

#[test]
fn who_scans_at_the_question_whether_somebody_is_there_is_the_next_one() {
    let mut reception = Reception::open();
    let idle = reception.config.screen.idle_seconds;
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).wait(idle);
    assert!(reception.desk.view(reception.now).still_there.is_some());
    let before = reception.forms();
    reception.scan(4);
    assert!(matches!(reception.page(), PageView::Confirm(found) if found.visitor.starts_with('周')));
    assert_ne!(reception.forms(), before);
    reception.tell(Event::Session(Session::Back)).wait(idle / 2);
    assert!(reception.desk.view(reception.now).still_there.is_none(), "they have just come");
}

#[test]
fn who_waits_is_told_of_no_badge_and_leaves_with_the_whole_group() {
    let mut reception = Reception::open();
    let leader = reception.waits("customer", 2);
    assert_eq!(reception.visits(), 3);
    let leave = reception.is_leaving(leader.badge);
    assert_eq!((leave.waits, leave.others, leave.returns), (true, 2, None));
    reception.tell(Event::SignOut(SignOut::Leave));
    let PageView::Left(goodbye) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(goodbye.waited && goodbye.returns.is_none());
    assert_eq!(reception.visits(), 0, "nobody waits without a leader");
    assert!(reception.book.waiting().unwrap().is_empty());
}

#[test]
fn who_may_come_back_is_told_to_keep_the_badge() {
    let mut reception = Reception::open();
    let customer = reception.waits("customer", 0);
    reception.book.admit(customer.id, "前台", reception.now).unwrap();
    let ends = reception.book.visit(customer.id).unwrap().unwrap().good_until;
    assert_eq!(reception.is_leaving(customer.badge).returns, Some(ends));
    reception.tell(Event::SignOut(SignOut::Leave));
    let PageView::Left(goodbye) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((goodbye.waited, goodbye.returns), (false, Some(ends)));
    // An invitation without a type is for one visit.
    reception.tell(Event::Session(Session::Home)).check_in();
    let invited = reception.book.open_visits().unwrap().remove(0);
    assert_eq!(reception.is_leaving(invited.badge).returns, None);
}

#[test]
fn an_answer_comes_over_what_is_read_and_stays_long_enough() {
    let mut reception = Reception::open();
    let customer = reception.waits("customer", 0);
    reception.tell(Event::Session(Session::ShowPrivacy));
    reception.book.admit(customer.id, "前台", reception.now).unwrap();
    reception.wait(Duration::from_secs(1));
    assert!(matches!(reception.page(), PageView::Thanks(_)), "{:?}", reception.page());
    // Whoever reads the privacy notice meanwhile comes back to the page with the way.
    let (idle, thanks) = (reception.config.screen.idle_seconds, reception.config.screen.thanks_seconds);
    reception.tell(Event::Session(Session::ShowPrivacy)).wait(thanks + Duration::from_secs(1));
    assert!(matches!(reception.page(), PageView::Privacy(_)));
    reception.tell(Event::Session(Session::CloseAside)).wait(thanks / 2);
    assert!(matches!(reception.page(), PageView::Thanks(_)));
    reception.wait(thanks);
    assert_eq!(reception.page(), PageView::Welcome);
    // And who goes away while it is open is not waited for for ever.
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Confirm))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    reception.tell(Event::Session(Session::ShowPrivacy)).wait(idle + thanks);
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn an_invitation_does_not_sign_out_and_registers_nobody_a_second_time() {
    let mut reception = Reception::open();
    let five = Invitation { party: 4, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[five], reception.now).unwrap();
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    reception.tell(Event::Session(Session::Home)).tell(Event::SignOut(SignOut::Leaving)).scan(1);
    assert_eq!(reception.miss(), Some(LookupError::ScanBadge));
    let PageView::Search(search) = reception.page() else { panic!() };
    assert!(search.leaving, "the badge is next");
    reception.tell(Event::Session(Session::Home)).scan(1);
    assert!(
        matches!(reception.page(), PageView::Confirm(found) if found.joins),
        "late ones still come by it"
    );
}

#[test]
fn what_was_passed_is_not_asked_again_on_the_way_back() {
    let mut reception = Reception::open();
    let to_the_host = |reception: &mut Reception, name: &str| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
        reception
            .details(name, "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception
            .tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())))
            .tell(Event::Registration(Registration::InductionRead));
        for question in reception.desk.notices.lesson("contractor", Lang::ZH).unwrap().clone().questions {
            reception.tell(Event::Registration(Registration::Answer(question.right)));
        }
        assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    };
    to_the_host(&mut reception, "王芳");
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::Registration(Registration::PurposeDone("检修".to_owned())));
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    // Another one in the same form has not gone through it.
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::Session(Session::Back))
        .tell(Event::Session(Session::Back))
        .details("李静", "13900139001");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("检修".to_owned())));
    assert!(matches!(reception.page(), PageView::Induction(_)), "{:?}", reception.page());
}

#[test]
fn a_slip_in_a_companions_name_is_not_the_visitors() {
    let mut reception = Reception::open();
    let two = Invitation { party: 1, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[two], reception.now).unwrap();
    reception.scan(1).tell(Event::LookUp(LookUp::Confirm));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "欧阳修明".to_owned(),
        company: String::new(),
        phone: "13800138000".to_owned(),
        party: 1,
        remember: false,
    }));
    reception
        .tell(Event::Registration(Registration::NameMember { at: 0, name: "123".to_owned() }))
        .tell(Event::Session(Session::Back));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(details.problems, FieldProblems::default());
}

#[test]
fn another_language_may_have_another_version_to_sign_and_fewer_questions() {
    let mut reception = Reception::open();
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
    write("zh.md", "version: 1\n\n须知\n");
    write("en.md", "version: 2\n\nRules\n");
    let question = |n: usize| format!("## ? Question {n}\n- [x] yes\n- [ ] no\n> Because.\n\n");
    std::fs::create_dir(folder.path().join("safety")).unwrap();
    write("safety/zh.md", &format!("version: 1\n\n安全\n\n{}{}", question(1), question(2)));
    write("safety/en.md", &format!("version: 1\n\nSafety\n\n{}", question(1)));
    reception.config.visit.notices = Some(folder.path().to_owned());
    for kind in reception.config.visit_types.iter_mut().filter(|kind| kind.kind.id == "contractor") {
        kind.safety = Some(crate::config::Instruction::Folder(folder.path().join("safety")));
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    let begin = |reception: &mut Reception| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
        reception
            .details("王芳", "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception.tell(Event::Registration(Registration::PurposeDone("维修".to_owned())));
    };
    begin(&mut reception);
    reception
        .tell(Event::Registration(Registration::InductionRead))
        .tell(Event::Registration(Registration::Answer(0)))
        .tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert!(matches!(reception.page(), PageView::Induction(_)), "there is no second question in English");
    reception
        .tell(Event::Registration(Registration::InductionRead))
        .tell(Event::Registration(Registration::Answer(0)));
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    reception.tell(Event::Registration(Registration::Agree(super::signature::written())));
    begin(&mut reception);
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(agree.signs, "version 2 was signed, and this is version 1");
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(!agree.signs && agree.signed.is_some());
}
