//! The safety instruction: read, asked, explained, asked again; known for a while.

use super::*;

impl Reception {
    /// A contractor up to the instruction, or to the notice where it is known.
    fn contractor(&mut self, name: &str, phone: &str) -> &mut Self {
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())))
            .details(name, phone);
        self.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
            .tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())))
    }

    fn question(&self) -> QuestionView {
        let PageView::Question(question) = self.page() else { panic!("not asked: {:?}", self.page()) };
        question
    }

    /// Answers all that is asked as it is right.
    fn answer_all(&mut self) -> &mut Self {
        self.tell(Event::Registration(Registration::InductionRead));
        let lesson = self.desk.notices.lesson("contractor", Lang::ZH).unwrap().clone();
        for question in lesson.questions {
            self.tell(Event::Registration(Registration::Answer(question.right)));
        }
        self
    }

    fn sign(&mut self) -> &mut Self {
        self.tell(Event::Registration(Registration::Agree(super::signature::written())))
    }
}

#[test]
fn a_wrong_answer_is_explained_and_asked_again() {
    let mut reception = Reception::open();
    reception.contractor("王芳", "13900139000");
    let PageView::Induction(lesson) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(lesson.notice.version, "2026-11");
    reception
        .tell(Event::Registration(Registration::Answer(1)))
        .tell(Event::Registration(Registration::Agree(super::signature::written())));
    assert!(matches!(reception.page(), PageView::Induction(_)), "nothing is skipped");
    reception.tell(Event::Registration(Registration::InductionRead));
    let first = reception.question();
    assert_eq!((first.number, first.of, first.why), (1, 3, None));
    reception.tell(Event::Registration(Registration::Answer(0)));
    assert!(reception.question().why.unwrap().contains("集合点"));
    reception.tell(Event::Registration(Registration::Answer(1)));
    assert!(reception.question().why.is_some(), "the reason is read before the next try");
    reception
        .tell(Event::Registration(Registration::InductionRead))
        .tell(Event::Registration(Registration::Answer(7)));
    assert!(reception.question().why.is_some());
    reception
        .tell(Event::Registration(Registration::InductionRead))
        .tell(Event::Registration(Registration::Answer(1)));
    assert_eq!(reception.question().number, 2);
    // The other language asks the same.
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert!(reception.question().text.contains("weld"));
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.question().number, 1);
    reception.tell(Event::Session(Session::Back)).tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Purpose(_)));
}

#[test]
fn what_was_passed_is_kept_with_the_visit_and_known_for_a_while() {
    let mut reception = Reception::open();
    reception.contractor("王芳", "13900139000").answer_all();
    assert!(matches!(reception.page(), PageView::Agree(_)));
    reception.sign();
    let visit = reception.book.open_visits().unwrap().remove(0);
    let passed = visit.instructed[0].clone();
    assert_eq!(visit.instructed.len(), 1);
    assert_eq!((passed.version.as_str(), passed.at), ("2026-11", reception.now.wall));
    // Months later the same person, with the same telephone, is not asked.
    reception
        .tell(Event::Session(Session::Done))
        .wait(Duration::from_secs(300 * 86_400))
        .contractor("王 芳", "139 0013 9000");
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    reception.sign();
    let visit = reception.book.open_visits().unwrap().pop().unwrap();
    assert_eq!(visit.instructed[0].at, passed.at, "it stays as old as it is");
    // Another person is, and so is this one after a year.
    reception.tell(Event::Session(Session::Done)).contractor("王芳", "13900139001");
    assert!(matches!(reception.page(), PageView::Induction(_)));
    reception
        .tell(Event::Session(Session::Home))
        .wait(Duration::from_secs(70 * 86_400))
        .contractor("王芳", "13900139000");
    assert!(matches!(reception.page(), PageView::Induction(_)));
}

#[test]
fn another_version_is_gone_through_again() {
    let mut reception = Reception::open();
    reception.contractor("王芳", "13900139000").answer_all().sign().tell(Event::Session(Session::Done));
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        let text = std::fs::read_to_string(format!("assets/safety/{lang}.md")).unwrap();
        std::fs::write(folder.path().join(format!("{lang}.md")), text.replace("2026-11", "2026-12")).unwrap();
    }
    let instruction = crate::config::Instruction::Folder(folder.path().to_owned());
    for kind in &mut reception.config.visit_types {
        kind.safety = kind.safety.as_ref().map(|_| instruction.clone());
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception.contractor("王芳", "13900139000");
    assert!(matches!(reception.page(), PageView::Induction(_)));
}

const WORKSHOP: &str = "[[way]]\nto = \"一号车间\"\nsay = \"出门左转\"\nsafety = true\n";

impl Reception {
    /// A house with a workshop, and a customer at the notice or at the instruction for it.
    fn goes_to(&mut self, host: &str, phone: &str) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
        self.details("王芳", phone).tell(Event::Registration(Registration::ChooseHost(host.to_owned())));
        self.tell(Event::Registration(Registration::PurposeDone("验货".to_owned())))
    }

    fn with_a_workshop(text: &str) -> Self {
        let mut reception = Self::configured(text);
        let worker = Host { place: "一号车间 3 号门".into(), ..host("h9", "周敏") };
        reception.book.put_hosts(&[worker], reception.now).unwrap();
        reception
    }
}

#[test]
fn who_goes_into_a_workshop_is_instructed_whatever_they_come_for() {
    let mut reception = Reception::with_a_workshop(WORKSHOP);
    reception.goes_to("h1", "13900139000");
    assert!(matches!(reception.page(), PageView::Agree(_)), "the offices are safe: {:?}", reception.page());
    reception.goes_to("h9", "13900139000");
    assert!(matches!(reception.page(), PageView::Induction(_)), "{:?}", reception.page());
    reception.answer_all();
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!(visit.instructed.iter().map(|proof| proof.topic.as_str()).collect::<Vec<_>>(), ["→ 一号车间"]);
    // It is known for as long as that of a type.
    reception.goes_to("h9", "13900139000");
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    reception.goes_to("h9", "13900139001");
    assert!(matches!(reception.page(), PageView::Induction(_)), "another one has to");
    reception
        .tell(Event::Session(Session::Home))
        .wait(Duration::from_secs(370 * 86_400))
        .goes_to("h9", "13900139000");
    assert!(matches!(reception.page(), PageView::Induction(_)), "after a year");
    // Whoever is invited there too, with no type at all.
    let invited = Invitation {
        host_id: "h9".to_owned(),
        until: reception.now.millis() + 3_600_000,
        ..invitation(1, "欧阳修明", 8..18)
    };
    reception.book.put_invitations(&[invited], reception.now).unwrap();
    reception.tell(Event::Session(Session::Home)).scan(1).tell(Event::LookUp(LookUp::Confirm));
    assert!(matches!(reception.page(), PageView::Induction(_)), "{:?}", reception.page());
}

#[test]
fn the_same_instruction_is_gone_through_once_and_two_of_them_one_after_the_other() {
    let mut reception = Reception::with_a_workshop(WORKSHOP);
    let to_the_workshop = |reception: &mut Reception| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
        reception
            .details("王芳", "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h9".to_owned())));
        reception.tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())));
        assert!(matches!(reception.page(), PageView::Induction(_)), "{:?}", reception.page());
    };
    to_the_workshop(&mut reception);
    reception.answer_all();
    assert!(matches!(reception.page(), PageView::Agree(_)), "once is enough: {:?}", reception.page());
    reception.sign();
    let visit = reception.book.open_visits().unwrap().remove(0);
    let topics: Vec<_> = visit.instructed.iter().map(|proof| proof.topic.as_str()).collect();
    assert_eq!(topics, ["contractor", "→ 一号车间"]);

    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        let text = "version: 7\n\n车间 workshop\n\n## ? 眼镜？\n- [ ] 不戴\n- [x] 戴\n> 有飞屑。\n";
        std::fs::write(folder.path().join(format!("{lang}.md")), text).unwrap();
    }
    let own = WORKSHOP.replace("safety = true", &format!("safety = {:?}", folder.path()));
    let mut reception = Reception::with_a_workshop(&own);
    to_the_workshop(&mut reception);
    reception.answer_all();
    let PageView::Induction(second) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(second.notice.version, "7");
    assert_eq!(reception.visits(), 0);
    reception
        .tell(Event::Registration(Registration::InductionRead))
        .tell(Event::Registration(Registration::Answer(1)))
        .sign();
    let visit = reception.book.open_visits().unwrap().remove(0);
    let passed: Vec<_> = visit.instructed.iter().map(|proof| (&*proof.topic, &*proof.version)).collect();
    assert_eq!(passed, [("contractor", "2026-11"), ("→ 一号车间", "7")]);
}

#[test]
fn an_invitation_for_a_type_has_its_instruction_and_signature_and_asks_nobody() {
    let mut reception = Reception::open();
    let repair =
        Invitation { visit_type: Some("contractor".to_owned()), ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[repair], reception.now).unwrap();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).details("欧阳修明", "13800138000");
    assert!(matches!(reception.page(), PageView::Induction(_)));
    reception.answer_all();
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(agree.signs && agree.prints && !agree.walk_in);
    reception.sign();
    assert_eq!(reception.thanks().badge_state, BadgeShown::Printing, "whoever was invited is let in");
    let thanks = reception.thanks();
    assert!(thanks.escort, "they wait for the host, and go nowhere alone");
    let footer = |badge: &crate::errand::Badge| crate::paper::labels::value("footer", badge);
    assert!(footer(&thanks.badge).contains("须由接待人全程陪同"));
    reception
        .tell(Event::Session(Session::Done))
        .scan(4)
        .tell(Event::LookUp(LookUp::Confirm))
        .tell(Event::Registration(Registration::Agree(vec![])));
    let thanks = reception.thanks();
    assert!(!thanks.escort && !footer(&thanks.badge).contains("陪同"), "others go by themselves");
}

#[test]
fn whoever_gives_up_on_the_way_through_the_instruction_leaves_nothing() {
    let steps: [fn(&mut Reception); 4] = [
        |_| {},
        |reception| _ = reception.tell(Event::Registration(Registration::InductionRead)),
        |reception| {
            _ = reception
                .tell(Event::Registration(Registration::InductionRead))
                .tell(Event::Registration(Registration::Answer(0)))
        },
        |reception| _ = reception.answer_all(),
    ];
    for (at, go) in steps.into_iter().enumerate() {
        let mut reception = Reception::open();
        reception.contractor("王芳", "13900139000");
        go(&mut reception);
        let screen = reception.config.screen.clone();
        reception.wait(screen.idle_seconds).wait(screen.warning_seconds);
        assert_eq!((reception.page(), reception.visits()), (PageView::Welcome, 0), "step {at}");
        assert!(!format!("{:?}", reception.desk).contains("王芳"), "step {at}");
        // Who comes again has to go through all of it.
        reception.contractor("王芳", "13900139000");
        assert!(matches!(reception.page(), PageView::Induction(_)), "step {at}: nothing was kept");
    }
}

impl Reception {
    fn says(&mut self, name: &str, phone: &str, party: i32) -> &mut Self {
        self.tell(Event::Registration(Registration::DetailsDone {
            name: name.to_owned(),
            company: "云栖".to_owned(),
            phone: phone.to_owned(),
            party,
            remember: false,
        }))
    }

    fn lesson(&self) -> AgreeView {
        let PageView::Induction(lesson) = self.page() else { panic!("not instructed: {:?}", self.page()) };
        lesson
    }

    /// Somebody else enters the group's code, and registers for themselves.
    fn comes_by(&mut self, code: &str, name: &str, phone: &str) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByCode));
        self.tell(Event::LookUp(LookUp::Code(code.to_owned())))
            .tell(Event::LookUp(LookUp::Confirm))
            .says(name, phone, 0);
        self.lesson();
        self.answer_all()
    }
}

#[test]
fn each_who_is_invited_to_a_workshop_is_instructed() {
    let mut reception = Reception::with_a_workshop(WORKSHOP);
    let three = Invitation { party: 2, host_id: "h9".to_owned(), ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[three], reception.now).unwrap();
    reception.scan(1).tell(Event::LookUp(LookUp::Confirm));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((details.party, details.others), (false, OthersShown::Invited));
    reception.says("欧阳修明", "13800138000", 2);
    assert_eq!(reception.lesson().others, 0, "it was said where they gave their name");
    reception.answer_all().tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!((reception.visits(), reception.thanks().late_code.as_str()), (1, code(1).as_str()));
    for (name, phone) in [("王芳", "13900139001"), ("周杰", "13900139002")] {
        reception
            .comes_by(code(1).as_str(), name, phone)
            .tell(Event::Registration(Registration::Agree(vec![])));
    }
    let visits = reception.book.open_visits().unwrap();
    assert_eq!(visits.len(), 3);
    assert!(visits.iter().all(|visit| visit.instructed[0].topic == "→ 一号车间"), "each for themselves");
    assert!(visits[1..].iter().all(|visit| visit.leader == Some(visits[0].id)));
}

#[test]
fn whoever_was_named_as_coming_along_into_a_workshop_registers_by_a_code() {
    let mut reception = Reception::with_a_workshop(WORKSHOP);
    let sees = |reception: &mut Reception, host: &str| {
        reception
            .tell(Event::Registration(Registration::ChooseHost(host.to_owned())))
            .tell(Event::Registration(Registration::PurposeDone("验货".to_owned())));
    };
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception.says("王芳", "13900139000", 2);
    reception
        .tell(Event::Registration(Registration::NameMember { at: 0, name: "周杰".to_owned() }))
        .tell(Event::Registration(Registration::MembersDone));
    sees(&mut reception, "h9");
    assert_eq!(reception.lesson().others, 2);
    // In the offices nobody is instructed: the group is one again.
    reception.tell(Event::Session(Session::Back)).tell(Event::Session(Session::Back));
    sees(&mut reception, "h1");
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((agree.others, agree.name.as_str()), (0, "王芳"));
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::Session(Session::Back))
        .tell(Event::Session(Session::Back));
    let PageView::Members(members) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(members.names, ["周杰", ""]);
    reception.tell(Event::Registration(Registration::MembersDone));
    sees(&mut reception, "h9");
    reception.answer_all();
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(agree.others, 2, "and here, for whoever knows the instruction already");
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    let visits = reception.book.open_visits().unwrap();
    assert_eq!((visits.len(), visits[0].details.party, waiting.late_code.len()), (1, 0, 6));
    reception
        .comes_by(&waiting.late_code, "周杰", "13900139001")
        .tell(Event::Registration(Registration::Agree(vec![])));
    let visits = reception.book.open_visits().unwrap();
    assert_eq!((visits.len(), visits[1].leader), (2, Some(visits[0].id)));
    assert!(visits.iter().all(|visit| visit.instructed.len() == 1));
    // The same with an office: all at once.
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception.says("赵倩", "13900139005", 2).tell(Event::Registration(Registration::MembersDone));
    sees(&mut reception, "h1");
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!(reception.visits(), 2 + 3);
}

#[test]
fn eight_contractors_come_on_one_code() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    reception
        .says("王芳", "13900139000", 7)
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Session(Session::Back)).tell(Event::Session(Session::Back));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(
        details.details.map(|details| details.party),
        Some(7),
        "nobody is named, and the number stays"
    );
    reception
        .says("王芳", "13900139000", 7)
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned()))).answer_all().sign();
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    let leader = reception.book.open_visits().unwrap().remove(0);
    let invitation = leader.invitation_id.clone().unwrap();
    assert_eq!(reception.book.room(&invitation).unwrap(), 7 + 5, "and a few who were not counted");
    for n in 1..=7 {
        reception.comes_by(&waiting.late_code, &format!("周杰{n}"), &format!("1390013900{n}")).sign();
        assert!(matches!(reception.page(), PageView::Waiting(_)), "{n}: {:?}", reception.page());
    }
    let visits = reception.book.open_visits().unwrap();
    assert_eq!((visits.len(), reception.book.room(&invitation).unwrap()), (8, 5));
    assert!(visits.iter().all(|visit| visit.agreement.signature.is_some() && visit.instructed.len() == 1));
}
