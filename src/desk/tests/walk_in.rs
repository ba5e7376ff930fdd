//! Coming without an invitation, waiting for an answer, and what the answer may be.

use super::*;
use crate::errand::{About, Letter};
use crate::visit::{Asked, Visit};

/// Hosts of two departments; the first has a deputy, the last is whom the warehouse sends strangers to.
fn house() -> Vec<Host> {
    let warehouse = |id: &str, name: &str| Host { department: "仓储部".into(), ..host(id, name) };
    vec![
        Host { deputy: Some("h2".to_owned()), ..host("h1", "李晓云") },
        host("h2", "刘欣怡"),
        warehouse("h3", "周敏"),
        Host { contact: true, ..warehouse("h4", "林小宇") },
    ]
}

impl Reception {
    fn with_a_house() -> Self {
        let mut reception = Self::open();
        reception.book.put_hosts(&house(), reception.now).unwrap();
        reception
    }

    /// Up to the page that asks whom they see.
    fn walk_in(&mut self, kind: &str) -> &mut Self {
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType(kind.to_owned())))
            .details("王芳", "13900139000")
    }

    /// A customer who is registered for 李晓云.
    fn customer(&mut self) -> Visit {
        self.walk_in("customer").tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        self.tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
            .tell(Event::Registration(Registration::Agree(Vec::new())));
        self.book.open_visits().unwrap().remove(0)
    }

    fn waiting(&self) -> WaitingView {
        let PageView::Waiting(waiting) = self.page() else { panic!("not waiting: {:?}", self.page()) };
        *waiting
    }

    /// The letters that are due now; they stay with their runner.
    fn letters(&mut self) -> Vec<(Errand, Letter)> {
        let letter = |errand: Errand| Some((errand.clone(), errand.work.as_letter()?.clone()));
        self.due().into_iter().filter_map(letter).collect()
    }

    fn hosts_shown(&self) -> Vec<String> {
        let PageView::Host(search) = self.page() else { panic!("no hosts: {:?}", self.page()) };
        let name = |row: HostRow| match row {
            HostRow::Department(name) => format!("[{name}]"),
            HostRow::Anybody { id, department } => format!("({id} {department})"),
            HostRow::Host { name, .. } => name,
        };
        search.rows.into_iter().map(name).collect()
    }
}

#[test]
fn every_type_is_offered_and_asks_what_it_needs() {
    let mut reception = Reception::with_a_house();
    reception.tell(Event::Registration(Registration::WalkIn));
    let PageView::Types(types) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(types.len(), reception.config.visit_types.len());
    assert_eq!(types[0], ("customer".to_owned(), "客户".to_owned()));
    reception.tell(Event::Registration(Registration::ChooseType("no such type".to_owned())));
    assert!(matches!(reception.page(), PageView::Types(_)));
    reception.tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "王芳".to_owned(),
        company: " ".to_owned(),
        phone: String::new(),
        party: 0,
        remember: false,
    }));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(details.problems.company, Some(Problem::CompanyMissing));
    assert_eq!(details.problems.phone, Some(Problem::PhoneMissing));
    // What is not asked for is not kept either.
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::Registration(Registration::ChooseType("interview".to_owned())));
    reception
        .details("王芳", "13900139000")
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!(visit.details.company, None);
    assert_eq!(visit.kind.map(|kind| kind.id), Some("interview".to_owned()));
}

#[test]
fn hosts_are_found_by_name_initials_and_department() {
    let mut reception = Reception::with_a_house();
    reception.walk_in("customer");
    assert_eq!(reception.hosts_shown(), ["[品质部]", "[仓储部]"]);
    for (asked, found) in [("lxy", "李晓云"), ("liuxin", "刘欣怡"), ("周", "周敏")] {
        reception.tell(Event::Registration(Registration::AskForHost(asked.to_owned())));
        assert_eq!(reception.hosts_shown()[0], found, "{asked}");
    }
    reception.tell(Event::Registration(Registration::AskForHost("cangchu".to_owned())));
    assert_eq!(reception.hosts_shown(), ["(h4 仓储部)", "[仓储部]", "周敏", "林小宇"]);
    reception
        .tell(Event::Registration(Registration::AskForHost(String::new())))
        .tell(Event::Registration(Registration::ChooseDepartment("仓储部".to_owned())));
    assert_eq!(
        reception.hosts_shown(),
        ["(h4 仓储部)", "周敏", "林小宇"],
        "one of them is there for everybody"
    );
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.hosts_shown(), ["[品质部]", "[仓储部]"]);
    reception.tell(Event::Registration(Registration::ChooseDepartment("品质部".to_owned())));
    assert_eq!(reception.hosts_shown(), ["李晓云", "刘欣怡"]);
    reception.tell(Event::Registration(Registration::ChooseHost("nobody".to_owned())));
    assert!(matches!(reception.page(), PageView::Host(_)));
}

#[test]
fn a_department_that_is_typed_stands_on_top_with_whoever_is_there_for_it() {
    let mut reception = Reception::with_a_house();
    reception.walk_in("customer");
    for asked in ["仓储", "cangch", "ccb", "cc"] {
        reception.tell(Event::Registration(Registration::AskForHost(asked.to_owned())));
        assert_eq!(reception.hosts_shown()[..2], ["(h4 仓储部)", "[仓储部]"], "{asked}");
    }
    // One without such a person is offered all the same, and can be chosen.
    reception.tell(Event::Registration(Registration::AskForHost("pinzhi".to_owned())));
    assert_eq!(reception.hosts_shown(), ["[品质部]", "李晓云", "刘欣怡"]);
    reception
        .tell(Event::Registration(Registration::AskForHost("ccb".to_owned())))
        .tell(Event::Registration(Registration::ChooseDepartment("仓储部".to_owned())));
    assert_eq!(reception.hosts_shown(), ["(h4 仓储部)", "周敏", "林小宇"]);
    // Back to what was typed; and another letter looks among all again.
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.hosts_shown()[0], "(h4 仓储部)");
    reception
        .tell(Event::Registration(Registration::ChooseDepartment("仓储部".to_owned())))
        .tell(Event::Registration(Registration::AskForHost("lxy".to_owned())));
    assert_eq!(reception.hosts_shown(), ["李晓云", "刘欣怡", "林小宇"], "names, and no department");
}

#[test]
fn one_goes_back_step_by_step_and_finds_what_was_chosen() {
    let mut reception = Reception::with_a_house();
    reception.walk_in("customer").tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
    assert!(matches!(reception.page(), PageView::Agree(AgreeView { walk_in: true, prints: false, .. })));
    reception.tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Purpose(offered) if offered.contains(&"参观".to_owned())));
    reception.tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Host(_)));
    reception.tell(Event::Session(Session::Back));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(details.details.map(|details| details.name.to_string()), Some("王芳".to_owned()));
    reception.tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Types(_)));
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.page(), PageView::Welcome);
    assert!(reception.book.open_visits().unwrap().is_empty(), "nothing was kept");
}

#[test]
fn a_host_is_asked_and_nothing_is_printed_before_the_answer() {
    let mut reception = Reception::with_a_house();
    let visit = reception.customer();
    let due = reception.due();
    let [Errand { work: Work::Letter(letter), .. }] = &due[..] else { panic!("{due:?}") };
    assert_eq!(
        (letter.about, letter.to.as_str(), letter.visit_type.as_str(), letter.purpose.as_str()),
        (About::MayCome(Asked::Host), "h1@example.com", "客户", "参观")
    );
    reception.ran(&due[0], Outcome::Done(Seen::Confirmed)).wait(Duration::from_secs(1));
    let waiting = reception.waiting();
    assert_eq!(waiting.number, visit.badge.to_string());
    assert_eq!(waiting.asked.len(), 1);
    assert_eq!((waiting.asked[0].state, waiting.asked[0].name.as_str()), (HostShown::Sent, "李晓云"));
    assert!(reception.book.admit(visit.id, "reception", reception.now).unwrap());
    reception.wait(Duration::from_secs(1));
    assert_eq!(reception.thanks().badge_state, BadgeShown::Printing);
    let due = reception.due();
    assert!(due.iter().any(|errand| matches!(errand.work, Work::Badge(_))));
    assert!(due.iter().any(|errand| matches!(&errand.work, Work::Letter(l) if l.about == About::Arrival)));
    assert!(!reception.book.admit(visit.id, "reception", reception.now).unwrap(), "only once");
}

#[test]
fn who_does_not_answer_is_followed_by_the_deputy_and_by_reception() {
    let mut reception = Reception::with_a_house();
    reception.customer();
    let asked = |reception: &mut Reception| {
        let letters = reception.letters();
        for (errand, _) in &letters {
            reception.ran(errand, Outcome::Done(Seen::Confirmed));
        }
        letters.into_iter().map(|(_, letter)| (letter.about, letter.to)).collect::<Vec<_>>()
    };
    assert_eq!(asked(&mut reception), [(About::MayCome(Asked::Host), "h1@example.com".to_owned())]);
    let answer = reception.config.reception.answer_minutes;
    reception.wait(answer - Duration::from_secs(1));
    assert_eq!(asked(&mut reception), []);
    assert_eq!(reception.book.next_due(reception.now).unwrap(), Some(Duration::from_secs(1)));
    reception.wait(Duration::from_secs(1));
    assert_eq!(asked(&mut reception), [(About::MayCome(Asked::Deputy), "h2@example.com".to_owned())]);
    reception.wait(answer);
    let reception_asked = [(About::MayCome(Asked::Reception), "reception@example.com".to_owned())];
    assert_eq!(asked(&mut reception), reception_asked);
    reception.wait(answer * 5);
    assert_eq!(asked(&mut reception), [], "nobody is asked twice");
    assert_eq!(reception.book.waiting().unwrap().len(), 1, "and nobody is forgotten");
}

#[test]
fn whoever_cannot_be_asked_is_passed_over_at_once() {
    let mut reception = Reception::with_a_house();
    // The host's address is refused.
    reception.customer();
    let letters = reception.letters();
    reception.ran(&letters[0].0, Outcome::Failed(Trouble::MailRefused));
    assert_eq!(reception.letters()[0].1.about, About::MayCome(Asked::Deputy));
    reception.wait(Duration::from_secs(1));
    let states: Vec<HostShown> = reception.waiting().asked.into_iter().map(|asked| asked.state).collect();
    assert_eq!(states, [HostShown::Failed, HostShown::Sending]);
    // A host without an address, and without a deputy: reception.
    let silent = Host { email: String::new(), ..host("h5", "何静") };
    reception.book.put_hosts(&[silent], reception.now).unwrap();
    reception
        .tell(Event::Session(Session::Done))
        .walk_in("interview")
        .tell(Event::Registration(Registration::ChooseHost("h5".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    assert_eq!(reception.letters()[0].1.about, About::MayCome(Asked::Reception));
}

#[test]
fn without_any_address_the_page_sends_to_reception() {
    let mut reception = Reception::with_a_house();
    let folder = tempfile::tempdir().unwrap();
    reception.config.reception.email = None;
    let settings = reception.config.reception.clone();
    reception.book = Book::open(&folder.path().join("book.db"), settings, reception.now).unwrap();
    reception.book.put_hosts(&house(), reception.now).unwrap();
    reception.walk_in("official").tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    assert!(reception.waiting().speak && reception.waiting().asked.is_empty());
    assert!(reception.due().is_empty());
}

#[test]
fn who_is_declined_gets_a_kind_word_and_no_badge() {
    let mut reception = Reception::with_a_house();
    let visit = reception.customer();
    let word = "李经理今天不在公司";
    assert!(reception.book.decline(visit.id, "reception", word, reception.now).unwrap());
    reception.wait(Duration::from_secs(1));
    assert_eq!(reception.page(), PageView::Refused(word.to_owned()));
    assert_eq!(reception.due(), [], "the question to the host was taken back");
    assert!(reception.book.open_visits().unwrap().is_empty());
    assert!(!reception.book.admit(visit.id, "reception", reception.now).unwrap(), "it is over");
    reception.tell(Event::Session(Session::Done));
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn who_leaves_the_waiting_page_stays_on_the_list() {
    let mut reception = Reception::with_a_house();
    let visit = reception.customer();
    reception.wait(reception.config.screen.idle_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
    assert_eq!(reception.book.waiting().unwrap().len(), 1);
    // The next visitor is not disturbed by the answer to the last one.
    reception.scan(1);
    reception.book.admit(visit.id, "reception", reception.now).unwrap();
    reception.wait(Duration::from_secs(2));
    assert!(matches!(reception.page(), PageView::Confirm(_)));
    assert!(reception.due().iter().any(|errand| matches!(errand.work, Work::Badge(_))));
}

#[test]
fn who_signs_out_while_waiting_is_asked_about_no_more() {
    let mut reception = Reception::with_a_house();
    let visit = reception.customer();
    reception.book.leave(visit.id, reception.now).unwrap();
    assert_eq!(reception.due(), [], "the question was not sent yet, and is not sent any more");
    reception.wait(reception.config.reception.answer_minutes * 3);
    assert_eq!((reception.due(), reception.book.waiting().unwrap().len()), (vec![], 0));
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn a_clock_that_is_set_leaves_nobody_unasked() {
    let mut reception = Reception::with_a_house();
    reception.customer();
    reception.letters();
    // Set back by a day, so that the deputy's turn is far away; summer time jumps by less.
    reception.now.wall -= chrono::Duration::hours(24);
    assert_eq!(reception.letters()[0].1.about, About::MayCome(Asked::Deputy));
}

#[test]
fn after_a_power_cut_the_questions_go_on() {
    let mut reception = Reception::with_a_house();
    reception.customer();
    reception.letters();
    let path = reception._folder.path().join("book.db");
    let settings = reception.config.reception.clone();
    let elsewhere = tempfile::tempdir().unwrap();
    reception.book = Book::open(&elsewhere.path().join("b"), settings.clone(), reception.now).unwrap();
    reception.book = Book::open(&path, settings, reception.now).unwrap();
    reception.wait(reception.config.reception.answer_minutes);
    let asked: Vec<About> = reception.letters().into_iter().map(|(_, letter)| letter.about).collect();
    assert!(asked.contains(&About::MayCome(Asked::Deputy)), "{asked:?}");
}

#[test]
fn a_short_visit_has_a_badge_for_no_longer() {
    let mut reception = Reception::with_a_house();
    reception
        .walk_in("private")
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!(visit.good_until, (reception.now.wall + chrono::Duration::hours(2)));
}

#[test]
fn the_first_giving_up_leaves_nothing() {
    let steps = [
        Event::Registration(Registration::WalkIn),
        Event::Registration(Registration::ChooseType("customer".to_owned())),
        Event::Registration(Registration::DetailsDone {
            name: "王芳".to_owned(),
            company: "云栖".to_owned(),
            phone: "13900139000".to_owned(),
            party: 1,
            remember: false,
        }),
        Event::Registration(Registration::NameMember { at: 0, name: "王芳芳".to_owned() }),
        Event::Registration(Registration::MembersDone),
        Event::Registration(Registration::ChooseHost("h1".to_owned())),
        Event::Registration(Registration::PurposeDone("参观".to_owned())),
    ];
    for given_up_after in 1..=steps.len() {
        let mut reception = Reception::with_a_house();
        for step in &steps[..given_up_after] {
            reception.tell(step.clone());
        }
        assert_ne!(reception.page(), PageView::Welcome);
        let screen = reception.config.screen.clone();
        reception.wait(screen.idle_seconds).wait(screen.warning_seconds);
        assert_eq!(reception.page(), PageView::Welcome, "after {given_up_after} steps");
        assert!(reception.book.open_visits().unwrap().is_empty() && reception.due().is_empty());
        let view = format!("{:?}", reception.desk);
        assert!(!view.contains("王芳"), "after {given_up_after} steps the name is still at the desk");
    }
}

#[test]
fn who_left_the_waiting_page_finds_it_again_by_name_and_number() {
    let mut reception = Reception::with_a_house();
    let visit = reception.customer();
    let look = |reception: &mut Reception, name: &str, last_four: &str| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByName));
        reception
            .tell(Event::LookUp(LookUp::Name { name: name.to_owned(), last_four: last_four.to_owned() }));
    };
    assert!(reception.waiting().again);
    look(&mut reception, "王 芳", "9000");
    // Masked, like an invitation, until they say that it is them.
    let PageView::Confirm(found) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((found.visitor.as_str(), found.here, found.whole), ("王***", true, false));
    assert!(!format!("{found:?}").contains("王芳") && !format!("{found:?}").contains("云栖"), "{found:?}");
    for no in [Event::LookUp(LookUp::NotMe), Event::Session(Session::Back)] {
        reception.tell(Event::LookUp(LookUp::Correct)).tell(no);
        assert_eq!(reception.miss(), None);
        look(&mut reception, "王 芳", "9000");
    }
    reception.tell(Event::LookUp(LookUp::Confirm));
    assert_eq!(reception.waiting().number, visit.badge.to_string());
    for (name, last_four) in [("王芳", "9001"), ("王方", "9000")] {
        look(&mut reception, name, last_four);
        assert_eq!(reception.miss(), Some(LookupError::NoMatch), "{name}");
    }
    // Who guesses is stopped here as well.
    for _ in 0..3 {
        look(&mut reception, "王芳", "0000");
    }
    assert_eq!(reception.miss(), Some(LookupError::Paused));
    look(&mut reception, "王芳", "9000");
    assert_eq!(reception.miss(), Some(LookupError::Paused));
    reception.wait(MINUTE * 40);
    // They were let in meanwhile, and no badge has come out.
    reception.book.admit(visit.id, "前台", reception.now).unwrap();
    look(&mut reception, "王芳", "9000");
    reception.tell(Event::LookUp(LookUp::Confirm));
    assert_eq!(reception.thanks().badge_state, BadgeShown::Printing);
    for errand in reception.due() {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    let printed = reception.now.wall;
    reception.wait(MINUTE * 3);
    look(&mut reception, "王芳", "9000");
    reception.tell(Event::LookUp(LookUp::Confirm));
    assert_eq!(
        reception.miss(),
        Some(LookupError::LetIn(visit.badge, printed)),
        "the badge is with its wearer"
    );
    // Who has gone, or was here on another day, is looked for among the invitations only.
    reception.book.leave(visit.id, reception.now).unwrap();
    look(&mut reception, "王芳", "9000");
    assert_eq!(reception.miss(), Some(LookupError::NoMatch));
}

#[test]
fn who_left_the_waiting_page_and_was_declined_finds_the_word() {
    let mut reception = Reception::with_a_house();
    let visit = reception.customer();
    let look = |reception: &mut Reception| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByName));
        reception
            .tell(Event::LookUp(LookUp::Name { name: "王芳".to_owned(), last_four: "9000".to_owned() }));
    };
    reception.tell(Event::Session(Session::Home));
    reception.book.decline(visit.id, "前台", "请改日再来", reception.now).unwrap();
    look(&mut reception);
    assert!(
        matches!(reception.page(), PageView::Confirm(Found { here: true, .. })),
        "{:?}",
        reception.page()
    );
    reception.tell(Event::LookUp(LookUp::Confirm));
    assert_eq!(reception.page(), PageView::Refused("请改日再来".to_owned()));
    // Whoever is invited after all, is.
    let at_noon =
        Invitation { phone: Phone::maybe("13900139000").unwrap(), ..invitation(7, "王芳", 8..18) };
    reception.book.put_invitations(&[at_noon], reception.now).unwrap();
    look(&mut reception);
    assert!(
        matches!(reception.page(), PageView::Confirm(Found { here: false, .. })),
        "{:?}",
        reception.page()
    );
    let gone = Invitation { cancelled: true, ..reception.book.invitation("i7").unwrap().unwrap() };
    reception.book.put_invitations(&[gone], reception.now).unwrap();
    look(&mut reception);
    assert!(
        matches!(reception.page(), PageView::Confirm(Found { here: true, .. })),
        "{:?}",
        reception.page()
    );
    // The next day nobody is told any more.
    reception.tell(Event::Session(Session::Home)).wait(MINUTE * 60 * 24);
    look(&mut reception);
    assert!(
        matches!(reception.miss(), Some(LookupError::Cancelled | LookupError::Expired)),
        "{:?}",
        reception.miss()
    );
}

#[test]
fn of_two_who_wait_under_one_name_neither_is_shown() {
    let mut reception = Reception::with_a_house();
    reception.customer();
    let of_another = |reception: &mut Reception, phone: &str| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
        reception.details("王芳", phone).tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception
            .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
            .tell(Event::Registration(Registration::Agree(Vec::new())));
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByName));
        reception
            .tell(Event::LookUp(LookUp::Name { name: "王芳".to_owned(), last_four: "9000".to_owned() }));
    };
    // Registered a second time by themselves: it is the same person.
    of_another(&mut reception, "13900139000");
    reception.tell(Event::LookUp(LookUp::Confirm));
    assert!(matches!(reception.page(), PageView::Waiting(_)), "{:?}", reception.page());
    of_another(&mut reception, "13800009000");
    assert_eq!(reception.miss(), Some(LookupError::Several));
}

#[test]
fn what_was_typed_into_a_field_that_is_not_shown_any_more_is_in_nobodys_way() {
    use crate::config::Ask;
    let mut reception = Reception::with_a_house();
    for kind in reception.config.visit_types.iter_mut().filter(|kind| kind.kind.id == "interview") {
        (kind.company, kind.phone) = (Ask::No, Ask::No);
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("interview".to_owned())));
    reception.tell(Event::Registration(Registration::LeaveField(Field::Phone, "138".to_owned())));
    assert!(matches!(reception.page(), PageView::Details(view) if view.problems == FieldProblems::default()));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "王芳".to_owned(),
        company: "单".repeat(200),
        phone: "138".to_owned(),
        party: 0,
        remember: false,
    }));
    assert!(matches!(reception.page(), PageView::Host(_)), "{:?}", reception.page());
}

#[test]
fn a_purpose_that_is_chosen_is_read_in_the_readers_language_and_a_typed_one_as_it_was_typed() {
    for (said, read) in [("Meeting", "商务洽谈"), ("Look at the new line", "Look at the new line")] {
        let mut reception = Reception::with_a_house();
        reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN))).walk_in("customer");
        reception
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
            .tell(Event::Registration(Registration::PurposeDone(said.to_owned())));
        reception.tell(Event::Registration(Registration::Agree(Vec::new())));
        let (_, letter) = reception.letters().remove(0);
        assert_eq!((letter.lang, letter.purpose.as_str()), (Lang::ZH, read));
    }
}

#[test]
fn a_purpose_that_reception_puts_right_is_read_as_it_was_put_right() {
    let mut reception = Reception::with_a_house();
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN))).walk_in("customer");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("Meeting".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!((visit.purpose_in(Lang::ZH), visit.purpose_in(Lang::EN)), (Some("商务洽谈"), Some("Meeting")));
    let right = crate::book::Correction {
        purpose: crate::visit::Note::maybe("Audit"),
        ..crate::book::Correction::of(&visit)
    };
    let visit = reception.book.correct(visit.id, right, "刘姐", reception.now).unwrap().unwrap();
    assert_eq!(visit.purpose_in(Lang::ZH), Some("Audit"));
    // A visit of an older book knows no more than what was said.
    let mut old = serde_json::to_value(&visit).unwrap();
    old["kind"].as_object_mut().unwrap().remove("purpose").unwrap();
    let old: Visit = serde_json::from_value(old).unwrap();
    assert_eq!(old.purpose_in(Lang::ZH), Some("Audit"));
}
