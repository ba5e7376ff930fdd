//! Signing out by the number of a badge alone: two in ten minutes, marked, and taken back in one tap.

use super::*;
use crate::book::Entry;

impl Reception {
    fn by_number(&mut self, number: &str) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .tell(Event::SignOut(SignOut::Leaving))
            .tell(Event::LookUp(LookUp::ByCode));
        self.tell(Event::LookUp(LookUp::Code(number.to_owned())))
    }

    /// So many are here, each with a badge of their own.
    fn staffed_with(count: u8) -> Self {
        let mut reception = Self::staffed();
        for n in 10..10 + count {
            let invited = invitation(n, "周杰", 8..18);
            reception.book.put_invitations(&[invited], reception.now).unwrap();
            reception
                .scan(n)
                .tell(Event::LookUp(LookUp::Confirm))
                .tell(Event::Registration(Registration::Agree(vec![])))
                .tell(Event::Session(Session::Done));
        }
        reception
    }

    fn visit_of(&self, number: &str) -> Visit {
        let today = self.book.registered_today(self.now).unwrap();
        today.into_iter().find(|visit| visit.badge.to_string() == number).unwrap()
    }

    fn is_on_the_roll(&mut self, number: &str) -> bool {
        let roll = self.book.call_roll(false, &[], "王芳", self.now).unwrap();
        let on = roll.people.iter().any(|one| one.line.number == number && !one.is_accounted_for());
        self.book.end_roll(roll.id, "王芳", self.now).unwrap();
        on
    }
}

const TEN_MINUTES: Duration = Duration::from_secs(10 * 60);

#[test]
fn one_person_does_not_empty_the_house_by_typing_numbers() {
    let mut reception = Reception::staffed_with(6);
    for number in ["A001", "A002"] {
        reception.by_number(number);
        let PageView::Leave(leave) = reception.page() else { panic!("{number}: {:?}", reception.page()) };
        assert!(leave.by_number, "what comes of it is said before");
        reception.tell(Event::SignOut(SignOut::Leave));
    }
    for number in ["A003", "A004", "Z999"] {
        reception.by_number(number);
        assert_eq!(
            reception.miss(),
            Some(LookupError::NumberAlone),
            "{number}: whether anybody has it or not"
        );
    }
    assert_eq!(reception.visits(), 4);
    assert!(reception.is_on_the_roll("A001"), "said to have left, and looked for all the same");
    // The badge itself, or name and telephone number, are enough for anybody.
    let badge = reception.visit_of("A005").badge_token;
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave));
    assert!(matches!(reception.page(), PageView::Left(_)));
    assert!(!reception.is_on_the_roll("A005"), "this one has left");
    reception.wait(TEN_MINUTES).by_number("A003");
    assert!(matches!(reception.page(), PageView::Leave(_)), "{:?}", reception.page());
}

#[test]
fn no_clock_and_no_restart_gives_anybody_more_numbers() {
    for (ahead, restarts) in [(0, true), (3600, false), (-3600, false), (-86_400, true)] {
        let mut reception = Reception::staffed_with(4);
        for number in ["A001", "A002"] {
            reception.by_number(number).tell(Event::SignOut(SignOut::Leave));
        }
        reception.now.wall += chrono::TimeDelta::seconds(ahead);
        if restarts {
            reception.desk.exits = Default::default();
        }
        reception.by_number("A003");
        assert_eq!(reception.miss(), Some(LookupError::NumberAlone), "{ahead} {restarts}");
        reception.wait(TEN_MINUTES).by_number("A003");
        assert!(matches!(reception.page(), PageView::Leave(_)), "{ahead} {restarts}: {:?}", reception.page());
    }
}

#[test]
fn reception_takes_a_sign_out_back_in_one_tap_or_says_that_it_is_so() {
    let mut reception = Reception::staffed_with(3);
    let both = ["A001", "A002"].map(|number| {
        reception.by_number(number).tell(Event::SignOut(SignOut::Leave));
        reception.visit_of(number)
    });
    assert!(both.iter().all(|visit| visit.doubted && visit.left.is_some()));
    reception.tell(Event::Session(Session::Home)).unlock();
    let cards = reception.cards(Heading::Hand);
    let cards: Vec<&Card> =
        cards.iter().filter(|card| card.actions == [Action::StillHere, Action::HasLeft]).collect();
    assert_eq!(cards.len(), 2);
    assert!(cards.iter().all(|card| card.facts.iter().any(|fact| matches!(fact, Fact::SaidLeft(_)))));
    let (here, gone) = (cards[0].clone(), cards[1].clone());
    reception.act(Action::StillHere, &here);
    reception.is_done(Action::StillHere);
    reception.act(Action::HasLeft, &gone);
    reception.is_done(Action::HasLeft);
    let [first, second] = [reception.visit_of("A001"), reception.visit_of("A002")];
    assert_eq!((first.left, first.doubted), (None, false));
    assert_eq!((second.left, second.doubted), (both[1].left, false));
    assert!(!reception.cards(Heading::Hand).iter().any(|card| card.actions.contains(&Action::StillHere)));
    assert!(!reception.is_on_the_roll("A002") && reception.is_on_the_roll("A001"));
    // What is dealt with is dealt with, and taking back gives nobody more numbers.
    reception.act(Action::StillHere, &gone);
    assert_eq!(reception.pages().said, Some(Said::TooLate));
    reception.staff(Tap::Lock).by_number("A003");
    assert_eq!(reception.miss(), Some(LookupError::NumberAlone));
    let by = |entry: Entry| {
        if let Entry::SignOutTakenBack { by } | Entry::SignOutConfirmed { by } = entry {
            Some(by)
        } else {
            None
        }
    };
    let told: Vec<String> = reception.book.entries().unwrap().into_iter().filter_map(by).collect();
    assert_eq!(told, ["王芳", "王芳"]);
    assert!(matches!(reception.book.verify().unwrap(), crate::book::Verified::Whole { .. }));
}

#[test]
fn whoever_holds_the_badge_is_here_whoever_typed_its_number() {
    let mut reception = Reception::staffed_with(2);
    let badge = reception.visit_of("A001").badge_token;
    reception.by_number("A001").tell(Event::SignOut(SignOut::Leave));
    let said = reception.visit_of("A001").left;
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((leave.doubted, leave.by_number), (said, false));
    reception.tell(Event::SignOut(SignOut::Stay));
    assert_eq!(reception.visits(), 2, "they stay");
    // By the badge they leave for good, and nobody has to look.
    reception
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave));
    assert!(!reception.visit_of("A001").doubted);
    assert!(!reception.is_on_the_roll("A001"));
}

#[test]
fn no_group_is_signed_out_by_a_number() {
    let mut reception = Reception::staffed();
    let mut invited = invitation(10, "周杰", 8..18);
    invited.party = 3;
    reception.book.put_invitations(&[invited], reception.now).unwrap();
    reception.scan(10).tell(Event::LookUp(LookUp::Confirm));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "周杰".to_owned(),
        company: "云栖".to_owned(),
        phone: "13800138000".to_owned(),
        party: 3,
        remember: false,
    }));
    for at in 0..3 {
        reception.tell(Event::Registration(Registration::NameMember {
            at,
            name: format!("王{}", ["一", "二", "三"][at]),
        }));
    }
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Done));
    let here = reception.visits();
    assert!(here > 1, "{:?}", reception.page());
    reception.by_number("A001");
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(leave.others, 0);
    reception.tell(Event::SignOut(SignOut::LeaveTogether));
    assert_eq!(reception.visits(), here - 1, "only the one whose number it is");
}

#[test]
fn who_is_said_to_have_left_is_forgotten_when_the_house_closes() {
    let mut reception = Reception::staffed_with(1);
    reception.by_number("A001").tell(Event::SignOut(SignOut::Leave));
    let badge = reception.visit_of("A001").badge_token;
    let closes = reception.now.wall.with_time(chrono::NaiveTime::from_hms_opt(22, 0, 1).unwrap()).unwrap();
    reception.wait((closes - reception.now.wall).to_std().unwrap());
    assert!(!reception.is_on_the_roll("A001"));
    assert!(reception.book.doubted(reception.now).unwrap().is_empty());
    assert!(
        !reception.book.take_back_sign_out(reception.visit_of("A001").id, "王芳", reception.now).unwrap()
    );
    reception.tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    assert!(matches!(reception.miss(), Some(LookupError::Left(_))));
}
