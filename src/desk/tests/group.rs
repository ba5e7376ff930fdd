//! Groups: a badge each, late ones by the same code, out one by one or together.

use super::*;
use crate::visit::BadgeNumber;

pub(super) const CODE: u8 = 1;

impl Reception {
    /// Five were invited.
    pub(super) fn with_a_group() -> Self {
        let mut reception = Self::open();
        let five = Invitation { party: 4, ..invitation(CODE, "欧阳修明", 8..18) };
        reception.book.put_invitations(&[five], reception.now).unwrap();
        reception
    }

    /// Up to the page that asks who comes along.
    fn brings(&mut self, party: i32) -> &mut Self {
        self.tell(Event::Registration(Registration::DetailsDone {
            name: "欧阳修明".to_owned(),
            company: "云栖".to_owned(),
            phone: "13800138000".to_owned(),
            party,
            remember: false,
        }))
    }

    pub(super) fn group_of(&mut self, party: i32) -> &mut Self {
        self.scan(CODE)
            .tell(Event::LookUp(LookUp::Correct))
            .brings(party)
            .tell(Event::Registration(Registration::MembersDone))
            .tell(Event::Registration(Registration::Agree(vec![])))
    }

    fn name(&mut self, at: usize, name: &str) -> &mut Self {
        self.tell(Event::Registration(Registration::NameMember { at, name: name.to_owned() }))
    }

    fn members(&self) -> MembersView {
        let PageView::Members(members) = self.page() else { panic!("no group: {:?}", self.page()) };
        members
    }

    fn names(&self) -> Vec<String> {
        self.book.open_visits().unwrap().iter().map(|visit| visit.details.name.to_string()).collect()
    }

    /// The badge that the printer is given now; never more than one.
    fn badge(&mut self) -> Option<(Errand, crate::errand::Badge)> {
        let badge = |errand: Errand| match &errand.work {
            Work::Badge(badge) => Some((errand.clone(), badge.clone())),
            Work::Letter(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => None,
        };
        let mut badges: Vec<_> = self.due().into_iter().filter_map(badge).collect();
        assert!(badges.len() < 2, "the printer prints one after the other");
        badges.pop()
    }

    /// All badges that are printed, one after the other, each in so much time.
    fn printed(&mut self, each: Duration) -> Vec<crate::errand::Badge> {
        let mut printed = Vec::new();
        while let Some((errand, badge)) = self.badge() {
            self.wait(each).ran(&errand, Outcome::Done(Seen::Confirmed));
            printed.push(badge);
        }
        printed
    }
}

#[test]
fn each_of_a_group_gets_a_badge_with_a_name_or_with_which_one_of_how_many() {
    let mut reception = Reception::with_a_group();
    reception.scan(CODE).tell(Event::LookUp(LookUp::Correct)).brings(4);
    let members = reception.members();
    assert_eq!((members.leader.as_str(), members.names.len()), ("欧阳修明", 4));
    reception.name(1, "王芳").name(2, "12345");
    assert_eq!(reception.members().problem, Some(Problem::NameNotAName));
    reception.tell(Event::Registration(Registration::MembersDone));
    assert_eq!(reception.members().names, ["", "王芳", "", ""], "a name that is none is not gone past");
    reception
        .name(2, "")
        .name(3, "周杰")
        .name(3, " ")
        .name(9, "nobody")
        .tell(Event::Registration(Registration::MembersDone));
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    let expected = ["欧阳修明", "访客 2/5", "王芳", "访客 4/5", "访客 5/5"];
    assert_eq!(reception.names(), expected);
    let printed = reception.printed(Duration::from_secs(1));
    let printed: Vec<_> = printed.into_iter().map(|badge| (badge.number.to_string(), badge.name)).collect();
    let numbers = ["A001", "A002", "A003", "A004", "A005"].map(str::to_owned);
    assert_eq!(printed, numbers.into_iter().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
    let visits = reception.book.open_visits().unwrap();
    assert!(
        visits[1..].iter().all(|visit| visit.leader == Some(visits[0].id) && visit.details.phone.is_none())
    );
    let tokens: std::collections::HashSet<_> =
        visits.iter().map(|v| v.badge_token.as_str().to_owned()).collect();
    assert_eq!(tokens.len(), 5, "each has a token of their own");
}

#[test]
fn the_page_says_how_many_badges_came_out_and_which_one_did_not() {
    let mut reception = Reception::with_a_group();
    reception.group_of(2);
    let (first, _) = reception.badge().unwrap();
    assert_eq!((reception.thanks().badges, reception.thanks().badge_state), ((0, 3), BadgeShown::Printing));
    assert_eq!(reception.badge(), None, "not before the first one is out");
    reception.ran(&first, Outcome::Done(Seen::Confirmed));
    assert_eq!((reception.thanks().badges, reception.thanks().badge_state), ((1, 3), BadgeShown::Printing));
    let (second, doubtful) = reception.badge().unwrap();
    reception.ran(&second, Outcome::Unknown(Trouble::Mute));
    let thanks = reception.thanks();
    assert_eq!(
        (thanks.badge_number.as_str(), thanks.badge_state),
        ("A002", BadgeShown::Unknown(Trouble::Mute))
    );
    let (third, _) = reception.badge().unwrap();
    reception
        .ran(&third, Outcome::Done(Seen::Confirmed))
        .tell(Event::Registration(Registration::CameOut(false)));
    let (again, badge) = reception.badge().unwrap();
    assert_eq!(badge.number, doubtful.number);
    assert_ne!(badge.token, doubtful.token, "the one that may lie somewhere is void");
    reception.ran(&again, Outcome::Done(Seen::Confirmed));
    assert_eq!((reception.thanks().badges, reception.thanks().badge_state), ((3, 3), BadgeShown::Printed));
}

#[test]
fn who_leaves_before_their_badge_is_printed_gets_none() {
    let mut reception = Reception::with_a_group();
    reception.group_of(2);
    let (first, _) = reception.badge().unwrap();
    let second = reception.book.open_visits().unwrap().remove(1);
    reception.book.leave(second.id, reception.now).unwrap();
    reception.ran(&first, Outcome::Done(Seen::Confirmed));
    let printed = reception.printed(Duration::ZERO);
    assert_eq!(printed.iter().map(|badge| badge.number.to_string()).collect::<Vec<_>>(), ["A003"]);
}

#[test]
fn whoever_comes_after_a_large_group_gets_a_badge_too() {
    let mut reception = Reception::open();
    let fifty = Invitation { party: 49, ..invitation(CODE, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[fifty], reception.now).unwrap();
    reception.group_of(49).tell(Event::Session(Session::Done));
    reception
        .scan(4)
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "13800138000")
        .tell(Event::Registration(Registration::Agree(vec![])));
    let printed = reception.printed(Duration::from_secs(9));
    assert_eq!(printed.len(), 51, "its two minutes begin when the printer has time for it");
    assert_eq!(printed[50].name, "周杰");
}

#[test]
fn the_last_badge_of_fifty_is_not_too_late_for_the_printer() {
    let mut reception = Reception::open();
    let fifty = Invitation { party: 49, ..invitation(CODE, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[fifty], reception.now).unwrap();
    reception.group_of(49);
    assert_eq!(reception.visits(), 50);
    assert_eq!(reception.printed(Duration::from_secs(9)).len(), 50);
    let numbers: std::collections::HashSet<BadgeNumber> =
        reception.book.open_visits().unwrap().iter().map(|visit| visit.badge).collect();
    assert_eq!(numbers.len(), 50);
}

#[test]
fn whoever_comes_late_joins_by_the_same_code_as_long_as_there_is_room() {
    let mut reception = Reception::with_a_group();
    reception.group_of(3);
    assert_eq!(reception.thanks().late_code, code(CODE).as_str());
    reception.tell(Event::Session(Session::Done)).scan(CODE);
    let PageView::Confirm(found) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(found.joins && found.visitor == "欧***");
    reception.tell(Event::LookUp(LookUp::Confirm));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((details.details, details.party), (None, false), "nothing of the leader is given away");
    reception.details("周杰", "13400003333").tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!(reception.thanks().late_code, "", "five of five");
    assert_eq!(reception.thanks().badges, (0, 1), "the others' badges are not this one's");
    let visits = reception.book.open_visits().unwrap();
    assert_eq!((visits.len(), visits[4].leader), (5, Some(visits[0].id)));
    // The sixth is one too many.
    reception.tell(Event::Session(Session::Done)).scan(CODE);
    assert!(matches!(reception.miss(), Some(LookupError::Used(_))));
}

#[test]
fn the_last_place_is_given_once() {
    let mut reception = Reception::with_a_group();
    reception
        .group_of(3)
        .tell(Event::Session(Session::Done))
        .scan(CODE)
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "13400003333");
    // Meanwhile, at another door, somebody else takes it.
    let leader = reception.book.open_visits().unwrap().remove(0);
    let late = crate::book::NewVisit {
        invitation: leader.invitation_id.clone(),
        details: Details { party: 0, ..leader.details.clone() },
        host_id: leader.host_id.clone(),
        lang: Lang::ZH,
        agreement: leader.agreement.clone(),
        good_until: leader.good_until,
        kind: None,
        purpose: None,
        admits: crate::config::Admits::Nobody,
        closes: leader.good_until,
        instructed: Vec::new(),
        others: 0,
        members: Vec::new(),
        joins: Some(leader.id),
        remember: None,
        photo: None,
        by: None,
    };
    reception.book.arrive(late, reception.now).unwrap();
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    assert!(matches!(reception.miss(), Some(LookupError::Used(_))), "said plainly, and the kiosk goes on");
    assert_eq!(reception.visits(), 5);
}

#[test]
fn a_group_that_nobody_invited_gets_a_code_and_waits_and_comes_in_together() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .brings(1);
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])));
    assert!(matches!(reception.page(), PageView::Waiting(_)));
    assert!(reception.badge().is_none(), "nobody has a badge before the answer");
    assert_eq!(reception.book.waiting().unwrap().len(), 1, "one is asked about, not each");
    let leader = reception.book.waiting().unwrap().remove(0);
    reception.book.admit(leader.id, "staff", reception.now).unwrap();
    reception.tell(Event::System(System::Tick));
    assert_eq!(reception.printed(Duration::ZERO).len(), 2);
    let late_code = reception.thanks().late_code;
    assert_eq!(late_code.len(), 6);
    reception
        .tell(Event::Session(Session::Done))
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByCode));
    reception
        .tell(Event::LookUp(LookUp::Code(late_code)))
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "13400003333");
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!(reception.printed(Duration::ZERO).len(), 1, "the group was let in, so the late one is");
    assert_eq!(reception.visits(), 3);
}

#[test]
fn whoever_joins_a_group_that_waits_waits_with_it_and_a_declined_group_is_over() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .brings(1);
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Done));
    let leader = reception.book.waiting().unwrap().remove(0);
    let made = reception.book.invitation(leader.invitation_id.as_deref().unwrap()).unwrap().unwrap();
    let join = |reception: &mut Reception| {
        reception.tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())));
    };
    join(&mut reception);
    reception
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "13400003333")
        .tell(Event::Registration(Registration::Agree(vec![])));
    assert!(matches!(reception.page(), PageView::Waiting(_)) && reception.badge().is_none());
    assert_eq!(reception.book.waiting().unwrap().len(), 1);
    reception.book.decline(leader.id, "staff", "", reception.now).unwrap();
    assert_eq!(reception.visits(), 0, "the visits of all are over");
    reception.tell(Event::Session(Session::Done));
    join(&mut reception);
    assert_eq!(reception.miss(), Some(LookupError::Cancelled));
}

impl Reception {
    /// A walk-in group of so many more, registered and asked about, and its invitation for late ones.
    pub(super) fn group_that_waits(&mut self, party: i32) -> (Visit, Invitation) {
        self.tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
            .brings(party);
        self.tell(Event::Registration(Registration::MembersDone))
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        self.tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
            .tell(Event::Registration(Registration::Agree(vec![])))
            .tell(Event::Session(Session::Done));
        let leader = self.book.waiting().unwrap().pop().unwrap();
        let made = self.book.invitation(leader.invitation_id.as_deref().unwrap()).unwrap().unwrap();
        (leader, made)
    }

    /// Somebody scans a group's code, says that they belong to it, and agrees.
    pub(super) fn joins(&mut self, made: &Invitation, name: &str) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())))
            .tell(Event::LookUp(LookUp::Confirm));
        self.details(name, "13400003333").tell(Event::Registration(Registration::Agree(vec![])))
    }
}

#[test]
fn nobody_joins_a_group_that_gave_up_waiting() {
    let mut reception = Reception::open();
    let scan = |made: &Invitation| Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned()));
    // Signed out at the kiosk, by whoever calls the book for one, by reception, or by the closing house.
    for way in ["together", "alone", "reception", "everybody", "house"] {
        let (leader, made) = reception.group_that_waits(1);
        // Somebody stands before the notice of this group meanwhile.
        reception.tell(scan(&made)).tell(Event::LookUp(LookUp::Confirm)).details("周杰", "13400003333");
        match way {
            "together" => reception.book.leave_together(leader.id, reception.now).unwrap(),
            "alone" => reception.book.leave(leader.id, reception.now).unwrap(),
            "reception" => assert!(reception.book.sign_out(leader.id, "前台", reception.now).unwrap()),
            "everybody" => assert!(reception.book.sign_out_all("前台", reception.now).unwrap() > 0),
            _ => {
                reception.now = reception.now.after(MINUTE * 60 * 16);
                // Whoever stands there still does.
                reception.desk.idle.touch(reception.now.tick);
                reception.due();
            }
        }
        assert_eq!(reception.visits(), 0, "{way}: nobody of it waits without its leader");
        assert!(reception.book.invitation(&made.id).unwrap().unwrap().cancelled, "{way}");
        reception.tell(Event::Registration(Registration::Agree(vec![])));
        assert_eq!(reception.miss(), Some(LookupError::Cancelled), "{way}");
        reception.tell(scan(&made));
        assert_eq!(reception.miss(), Some(LookupError::Cancelled), "{way}");
        assert_eq!(reception.visits(), 0, "{way}: nobody waits whom nobody is asked about");
        // The next morning for the next group.
        reception.now.wall = morning().wall;
    }
}

#[test]
fn whoever_is_invited_joins_no_group_that_is_not_let_in() {
    let mut reception = Reception::with_a_group();
    reception.group_of(3).tell(Event::Session(Session::Done));
    let leader = reception.book.open_visits().unwrap().remove(0);
    let path = reception._folder.path().join("book.db");
    // As reception holds somebody back who was invited.
    let hold = |to: &str| {
        let held = rusqlite::Connection::open(&path).unwrap();
        held.execute("UPDATE visits SET admission = ?", [to]).unwrap();
    };
    hold("{\"waiting\":\"reception\"}");
    reception.scan(CODE);
    assert!(matches!(reception.page(), PageView::Confirm(Found { joins: true, waits: true, .. })));
    reception.tell(Event::Session(Session::Home));
    reception.book.leave_together(leader.id, reception.now).unwrap();
    reception.scan(CODE);
    assert_eq!(reception.miss(), Some(LookupError::Cancelled));
    hold("{\"declined\":\"\"}");
    reception.scan(CODE);
    assert_eq!(reception.miss(), Some(LookupError::Cancelled), "who is declined brings nobody in");
}

#[test]
fn who_joins_a_group_that_waits_is_promised_no_badge() {
    let mut reception = Reception::open();
    let (leader, made) = reception.group_that_waits(1);
    let promised = |reception: &mut Reception| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())));
        let PageView::Confirm(found) = reception.page() else { panic!("{:?}", reception.page()) };
        assert!(found.joins);
        reception.tell(Event::LookUp(LookUp::Confirm)).details("周杰", "13400003333");
        let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
        assert_eq!(found.waits, !agree.prints);
        agree.prints
    };
    assert!(!promised(&mut reception));
    reception.book.admit(leader.id, "前台", reception.now).unwrap();
    assert!(promised(&mut reception));
}

#[test]
fn a_code_of_a_group_that_nobody_invited_lets_in_a_few_more_and_only_while_somebody_is_here() {
    let mut reception = Reception::open();
    let (leader, made) = reception.group_that_waits(2);
    reception.book.admit(leader.id, "前台", reception.now).unwrap();
    for more in 1..=5 {
        reception.joins(&made, &format!("周杰{more}"));
        assert!(matches!(reception.page(), PageView::Thanks(_)), "{more}: {:?}", reception.page());
    }
    assert_eq!(reception.visits(), 3 + 5);
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())));
    assert!(matches!(reception.miss(), Some(LookupError::Used(_))), "two were announced, not fifty");
    // The next group: its leader has gone for a moment, then everybody.
    let (leader, made) = reception.group_that_waits(1);
    reception.book.admit(leader.id, "前台", reception.now).unwrap();
    reception.book.leave(leader.id, reception.now).unwrap();
    reception.joins(&made, "周杰");
    assert!(matches!(reception.page(), PageView::Thanks(_)), "one of them is here: {:?}", reception.page());
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())))
        .tell(Event::LookUp(LookUp::Confirm));
    reception.details("王强", "13400003334");
    reception.book.leave_together(leader.id, reception.now).unwrap();
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!(reception.miss(), Some(LookupError::GroupGone));
    // Who may come back with the same badge brings the code back.
    assert!(reception.book.come_back(leader.id, reception.now).unwrap());
    reception.joins(&made, "王强");
    assert!(matches!(reception.page(), PageView::Thanks(_)), "{:?}", reception.page());
    // Of fifty there are never more.
    let (_, made) = reception.group_that_waits(48);
    assert_eq!(made.party, crate::visit::PARTY_MAX);
}

#[test]
fn whoever_was_invited_with_others_may_come_when_they_have_left() {
    let mut reception = Reception::with_a_group();
    reception.group_of(2).tell(Event::Session(Session::Done));
    let leader = reception.book.open_visits().unwrap().remove(0);
    reception.book.leave_together(leader.id, reception.now).unwrap();
    reception
        .scan(CODE)
        .tell(Event::LookUp(LookUp::Confirm))
        .details("周杰", "13400003333")
        .tell(Event::Registration(Registration::Agree(vec![])));
    assert!(matches!(reception.page(), PageView::Thanks(_)), "{:?}", reception.page());
}

#[test]
fn nobody_has_signed_or_been_instructed_for_somebody_else() {
    let mut reception = Reception::with_a_group();
    reception.group_of(2).tell(Event::Session(Session::Done));
    let mut leader = reception.book.open_visits().unwrap().remove(0);
    reception.book.leave_together(leader.id, reception.now).unwrap();
    leader.agreement.signature = crate::visit::Signature::parse(&super::signature::written());
    leader.agreement.signed = Some(reception.now.wall);
    let lesson = Instructed {
        topic: "contractor".to_owned(),
        version: "1".to_owned(),
        lang: Lang::ZH,
        sha256: "0".to_owned(),
        at: reception.now.wall,
    };
    let new = crate::book::NewVisit {
        invitation: None,
        details: leader.details.clone(),
        host_id: leader.host_id.clone(),
        lang: Lang::ZH,
        agreement: leader.agreement.clone(),
        good_until: leader.good_until,
        kind: None,
        purpose: None,
        admits: crate::config::Admits::Nobody,
        closes: leader.good_until,
        instructed: vec![lesson],
        others: 0,
        members: vec![PersonName::parse("王芳").unwrap()],
        joins: None,
        remember: None,
        photo: None,
        by: None,
    };
    reception.book.arrive(new, reception.now).unwrap();
    let proofs = |visit: &Visit| {
        let agreement = &visit.agreement;
        (agreement.signature.is_some(), agreement.signed.is_some(), !visit.instructed.is_empty())
    };
    let mut told = Vec::new();
    for entry in reception.book.entries().unwrap() {
        if let crate::book::Entry::Arrived { visit, .. } = entry {
            told.push(*visit);
        }
    }
    for visits in [reception.book.open_visits().unwrap(), told[told.len() - 2..].to_vec()] {
        let [leader, member] = &visits[..] else { panic!("{visits:?}") };
        assert_eq!(proofs(leader), (true, true, true));
        assert_eq!(proofs(member), (false, false, false), "they agreed with the others, and no more");
        assert_eq!(member.agreement.version, leader.agreement.version);
    }
}

#[test]
fn a_group_leaves_one_by_one_or_together() {
    let mut reception = Reception::with_a_group();
    reception.group_of(3).tell(Event::Session(Session::Done));
    let visits = reception.book.open_visits().unwrap();
    let scan = |visit: &Visit| Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned()));
    reception.tell(scan(&visits[1]));
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(leave.others, 0, "only who leads it signs out the others");
    reception.tell(Event::SignOut(SignOut::LeaveTogether)).tell(Event::Session(Session::Done));
    assert_eq!(reception.visits(), 3);
    reception.tell(scan(&visits[0]));
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(leave.others, 2);
    reception.tell(Event::SignOut(SignOut::LeaveTogether));
    assert!(matches!(reception.page(), PageView::Left(_)));
    assert_eq!(reception.visits(), 0);
    assert!(matches!(reception.book.verify().unwrap(), crate::book::Verified::Whole { .. }));
}

#[test]
fn where_each_signs_nobody_is_brought_along_and_each_registers_by_the_groups_code() {
    let mut reception = Reception::open();
    let details = |reception: &Reception| {
        let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
        (details.party, details.others)
    };
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    assert_eq!(details(&reception), (true, OthersShown::No));
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    assert_eq!(details(&reception), (false, OthersShown::Asked));
    let worker = |name: &str, phone: &str, party| {
        Event::Registration(Registration::DetailsDone {
            name: name.to_owned(),
            company: "天成装饰".to_owned(),
            phone: phone.to_owned(),
            party,
            remember: false,
        })
    };
    // From the instruction to the signature, for whoever stands here.
    let instructed = |reception: &mut Reception| {
        assert!(matches!(reception.page(), PageView::Induction(_)), "{:?}", reception.page());
        reception.tell(Event::Registration(Registration::InductionRead));
        for question in reception.desk.notices.lesson("contractor", Lang::ZH).unwrap().clone().questions {
            reception.tell(Event::Registration(Registration::Answer(question.right)));
        }
        let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
        assert!(agree.signs);
        reception.tell(Event::Registration(Registration::Agree(super::signature::written())));
    };
    reception
        .tell(worker("孙伟", "13900139000", 1))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    // Whoever goes back finds that others come.
    reception.tell(Event::Session(Session::Back)).tell(Event::Session(Session::Back));
    let PageView::Details(shown) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(shown.details.map(|details| details.party), Some(1));
    reception
        .tell(worker("孙伟", "13900139000", 1))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())));
    instructed(&mut reception);
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(waiting.late_code.len(), 6);
    assert_eq!(reception.visits(), 1);
    let letter = reception.due().into_iter().find_map(|errand| errand.work.as_letter().cloned());
    assert!(letter.unwrap().circumstances.others, "whoever is asked knows that others come");
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByCode));
    reception.tell(Event::LookUp(LookUp::Code(waiting.late_code))).tell(Event::LookUp(LookUp::Confirm));
    assert_eq!(details(&reception), (false, OthersShown::No));
    reception.tell(worker("周杰", "13900139001", 3));
    instructed(&mut reception);
    let visits = reception.book.open_visits().unwrap();
    let proved = |visit: &Visit| visit.agreement.signature.is_some() && !visit.instructed.is_empty();
    assert_eq!((visits.len(), visits[1].leader), (2, Some(visits[0].id)));
    assert!(visits.iter().all(proved), "each for themselves");
    // Next time they need not: they signed and were instructed for themselves.
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    reception
        .tell(worker("周杰", "13900139001", 0))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())));
    let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(!agree.signs && agree.signed.is_some());
    // Who comes alone gets no code.
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    reception
        .tell(worker("王强", "13900139002", 0))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Registration(Registration::PurposeDone("设备维修".to_owned())));
    instructed(&mut reception);
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(waiting.late_code, "");
}

#[test]
fn an_invited_group_of_workers_comes_one_by_one_on_its_invitation() {
    let mut reception = Reception::with_a_group();
    let kind = Some("contractor".to_owned());
    let five = Invitation { party: 4, visit_type: kind, ..invitation(9, "孙伟", 8..18) };
    reception.book.put_invitations(&[five], reception.now).unwrap();
    reception.scan(9).tell(Event::LookUp(LookUp::Confirm));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((details.party, details.others), (false, OthersShown::Invited));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "孙伟".to_owned(),
        company: "天成装饰".to_owned(),
        phone: "13900139000".to_owned(),
        party: 4,
        remember: false,
    }));
    assert!(matches!(reception.page(), PageView::Induction(_)), "nobody is named: {:?}", reception.page());
}
