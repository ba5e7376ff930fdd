//! Whoever tries to read the visitor list by guessing is slowed down, whatever they know already; honest visitors never
//! feel it.

use super::*;

#[test]
fn guessing_badges_is_paused_like_guessing_codes() {
    let mut reception = Reception::open();
    reception.tell(Event::SignOut(SignOut::Leaving)).tell(Event::LookUp(LookUp::ByCode));
    for n in 1..=5 {
        reception.tell(Event::LookUp(LookUp::Code(format!("A00{n}"))));
    }
    assert_eq!(reception.miss(), Some(LookupError::Paused));
}

#[test]
fn guessing_is_slowed_down_and_the_pause_outlives_the_visitor() {
    let mut reception = Reception::open();
    let guess = |reception: &mut Reception| {
        reception.tell(Event::LookUp(LookUp::HaveInvitation)).tell(Event::LookUp(LookUp::ByCode));
        reception.tell(Event::LookUp(LookUp::Code("000000".to_owned())));
        reception.miss()
    };
    for _ in 0..4 {
        assert_eq!(guess(&mut reception), Some(LookupError::Unknown));
    }
    assert_eq!(guess(&mut reception), Some(LookupError::Paused));
    reception.tell(Event::Session(Session::Home));
    assert_eq!(guess(&mut reception), Some(LookupError::Paused));
    reception.tell(Event::LookUp(LookUp::Code(code(1).as_str().to_owned())));
    assert_eq!(reception.miss(), Some(LookupError::Paused), "even the right one has to wait");
    assert!(matches!(reception.page(), PageView::Search(search) if search.pause == 30));
    let tick = reception.desk.wakes_at(reception.now.tick).unwrap();
    assert!(reception.now.tick.until(tick) <= Duration::from_secs(1), "the countdown is shown");
    reception.wait(Duration::from_secs(30));
    assert_eq!(reception.miss(), None);
    reception.tell(Event::LookUp(LookUp::Code(code(1).as_str().to_owned())));
    assert!(matches!(reception.page(), PageView::Confirm(_)));
}

impl Reception {
    fn number(&mut self, number: &str) -> &mut Self {
        self.tell(Event::SignOut(SignOut::Leaving))
            .tell(Event::LookUp(LookUp::ByCode))
            .tell(Event::LookUp(LookUp::Code(number.to_owned())))
    }

    fn code(&mut self, typed: &str) -> &mut Self {
        self.tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByCode))
            .tell(Event::LookUp(LookUp::Code(typed.to_owned())))
    }

    /// So many are here, each with a badge of their own.
    fn with_visitors(count: u8) -> Self {
        let mut reception = Self::open();
        for n in 10..10 + count {
            let invited = invitation(n, "周杰", 8..18);
            reception.book.put_invitations(&[invited], reception.now).unwrap();
            reception
                .scan(n)
                .tell(Event::LookUp(LookUp::Confirm))
                .tell(Event::Registration(Registration::Agree(vec![])))
                .tell(Event::Session(Session::Done));
        }
        assert_eq!(reception.visits(), usize::from(count));
        reception
    }

    /// What the page of the details fills in for this name and number.
    fn recalls(&mut self, phone: &str) -> Option<String> {
        if self.page() == PageView::Welcome {
            self.tell(Event::Registration(Registration::WalkIn))
                .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
            self.tell(Event::Registration(Registration::LeaveField(Field::Name, "王芳".to_owned())));
        }
        self.tell(Event::Registration(Registration::LeaveField(Field::Phone, phone.to_owned())));
        let PageView::Details(details) = self.page() else { panic!("{:?}", self.page()) };
        details.recalled
    }
}

#[test]
fn one_good_code_does_not_let_its_owner_guess_for_ever() {
    let mut reception = Reception::open();
    for n in 1..=4 {
        reception.code(&format!("00000{n}"));
        assert_eq!(reception.miss(), Some(LookupError::Unknown), "{n}");
        reception.code(code(1).as_str());
        assert!(matches!(reception.page(), PageView::Confirm(_)), "{n}");
        reception.tell(Event::LookUp(LookUp::NotMe)).tell(Event::Session(Session::Home));
    }
    reception.code("000009");
    assert_eq!(reception.miss(), Some(LookupError::Paused));
    // Neither does finding two to choose from, nor a badge that is scanned.
    reception.wait(Duration::from_secs(30)).tell(Event::Session(Session::Home));
    reception.tell(Event::LookUp(LookUp::HaveInvitation)).tell(Event::LookUp(LookUp::ByName));
    reception.tell(Event::LookUp(LookUp::Name { name: "周杰".to_owned(), last_four: "8000".to_owned() }));
    assert!(matches!(reception.page(), PageView::Choose(_)));
    reception.tell(Event::Session(Session::Home)).code("000008");
    assert_eq!(reception.miss(), Some(LookupError::Paused));
}

#[test]
fn a_visitor_who_is_registered_leaves_the_next_one_all_tries() {
    let mut reception = Reception::open();
    for n in 1..=4 {
        reception.code(&format!("00000{n}"));
    }
    reception
        .code(code(1).as_str())
        .tell(Event::LookUp(LookUp::Confirm))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Done));
    for n in 1..=4 {
        reception.code(&format!("00000{n}"));
        assert_eq!(reception.miss(), Some(LookupError::Unknown), "{n}");
    }
}

#[test]
fn whoever_tries_the_numbers_of_badges_is_slowed_down() {
    let mut reception = Reception::with_visitors(8);
    for n in 1..=5 {
        reception.number(&format!("A00{n}"));
        assert!(matches!(reception.page(), PageView::Leave(_)), "{n}");
        reception.tell(Event::SignOut(SignOut::Stay));
    }
    reception.number("A006");
    assert_eq!(reception.miss(), Some(LookupError::Paused));
    assert_eq!(reception.visits(), 8);
}

#[test]
fn at_closing_time_all_sign_out_by_their_badges_and_nobody_waits() {
    let mut reception = Reception::with_visitors(9);
    for n in 1..=9 {
        let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
        reception
            .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
            .tell(Event::SignOut(SignOut::Leave));
        assert!(matches!(reception.page(), PageView::Left(_)), "{n}");
        reception.tell(Event::Session(Session::Done));
    }
    assert_eq!(reception.visits(), 0);
}

#[test]
fn whoever_only_typed_a_number_is_told_no_host_and_says_nothing_in_anothers_name() {
    let mut reception = Reception::with_visitors(2);
    reception.number("A001").tell(Event::SignOut(SignOut::Leave));
    let PageView::Left(goodbye) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(goodbye.host, "");
    reception.tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
    assert_eq!(reception.page(), PageView::Feedback { complaint: true, named: false });
    reception
        .tell(Event::SignOut(SignOut::FeedbackDone { words: "太冷".to_owned(), anonymous: false }))
        .tell(Event::Session(Session::Done));
    let said = reception.book.entries().unwrap().into_iter().find_map(|entry| {
        if let crate::book::Entry::Feedback(feedback) = entry { Some(*feedback) } else { None }
    });
    assert_eq!(said.unwrap().visit, None);
    let due = reception.due();
    let mut letters = due.iter().filter_map(|errand| errand.work.as_letter());
    let about = letters.find(|letter| letter.about == crate::errand::About::Case);
    let about = about.map(|letter| letter.visitor.clone());
    assert_eq!(about.as_deref(), Some(""), "nor does the mail about it name anybody");
    // Whoever knows the name is told.
    reception.tell(Event::SignOut(SignOut::Leaving)).tell(Event::LookUp(LookUp::ByName));
    reception.tell(Event::LookUp(LookUp::Name { name: "周杰".to_owned(), last_four: "8000".to_owned() }));
    reception.tell(Event::SignOut(SignOut::Leave));
    let PageView::Left(goodbye) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(goodbye.host, "李晓云");
}

#[test]
fn whoever_tries_numbers_for_a_name_is_told_nothing_after_a_while() {
    let mut reception = Reception::open();
    let comes = |reception: &mut Reception, company: &str, remember| {
        let phone = "13900139000".to_owned();
        reception.recalls(&phone);
        let name = "王芳".to_owned();
        let done = Event::Registration(Registration::DetailsDone {
            name,
            company: company.to_owned(),
            phone,
            party: 0,
            remember,
        });
        reception.tell(done).tell(Event::Registration(Registration::ChooseHost("h2".to_owned())));
        reception
            .tell(Event::Registration(Registration::PurposeDone("对账".to_owned())))
            .tell(Event::Registration(Registration::Agree(vec![])))
            .tell(Event::Session(Session::Done));
    };
    comes(&mut reception, "天成装饰", true);
    for n in 1..=5 {
        assert_eq!(reception.recalls(&format!("1390013900{n}")), None);
    }
    assert_eq!(reception.recalls("13900139000"), None, "the right one too, for a while");
    // Going away and coming back is no way round it; time is.
    reception.tell(Event::Session(Session::Home));
    assert_eq!(reception.recalls("13900139000"), None);
    reception.tell(Event::Session(Session::Home)).wait(Duration::from_secs(30));
    assert_eq!(reception.recalls("13900139000").as_deref(), Some("天成装饰"));
    // Those who check in are never slowed down by each other.
    reception.tell(Event::Session(Session::Home)).wait(Duration::from_secs(60 * 60));
    for _ in 0..9 {
        comes(&mut reception, "天成装饰", true);
    }
    assert_eq!(reception.recalls("13900139000").as_deref(), Some("天成装饰"));
    // And invitations are looked up as ever.
    reception.tell(Event::Session(Session::Home)).code(code(1).as_str());
    assert!(matches!(reception.page(), PageView::Confirm(_)));
}
