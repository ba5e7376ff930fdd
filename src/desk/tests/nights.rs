//! Whoever is invited beyond closing time is here until then, and a house may close after midnight.

use super::*;
use crate::book::{Entry, Verified};
use crate::now::{BERLIN, Zone};

/// Invited for the night, from eight in the evening until six.
fn night(n: u8, name: &str) -> Invitation {
    invitation(n, name, 20..30)
}

impl Reception {
    /// The clock goes on to this hour, with a tick a minute as far as anything may happen.
    fn goes_on(&mut self, wall: &str) -> &mut Self {
        let wall = DateTime::parse_from_rfc3339(wall).unwrap();
        let passed = (wall - self.now.wall).to_std().unwrap();
        self.wait(passed);
        self.due();
        self
    }

    fn comes_on(&mut self, n: u8) -> Visit {
        self.scan(n)
            .tell(Event::LookUp(LookUp::Confirm))
            .tell(Event::Registration(Registration::Agree(Vec::new())))
            .tell(Event::Session(Session::Done));
        self.book.open_visits().unwrap().pop().expect("somebody who is here")
    }

    fn walks_in_as(&mut self, name: &str) -> Visit {
        for kind in &mut self.desk.config.visit_types {
            (kind.admits, kind.longest_hours) = (crate::config::Admits::Nobody, None);
        }
        self.walks_in(name).tell(Event::Session(Session::Home));
        self.book.open_visits().unwrap().pop().expect("somebody who is here")
    }

    fn holds_badge(&mut self, visit: &Visit) -> PageView {
        self.tell(Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned()))).page()
    }

    fn on_the_fire_list(&mut self) -> Vec<String> {
        let roll = self.book.call_roll(false, &[], "", self.now).unwrap();
        self.book.end_roll(roll.id, "", self.now).unwrap();
        roll.people.into_iter().map(|called| called.line.name).collect()
    }

    fn as_it_is(&self, visit: &Visit) -> Visit {
        self.book.visit(visit.id).unwrap().unwrap()
    }

    fn with_closing(ends: &str, closes: &str) -> Self {
        let mut reception = Self::configured(&format!("[visit]\nends = \"{ends}\"\ncloses = \"{closes}\"\n"));
        reception.book.set_hours(&reception.config.visit);
        reception
    }
}

#[test]
fn whoever_is_invited_until_six_is_here_until_six() {
    let mut reception = Reception::staffed();
    reception.book.put_invitations(&[night(9, "孙伟")], reception.now).unwrap();
    reception.goes_on("2026-11-23T20:05:00+08:00");
    let visit = reception.comes_on(9);
    assert_eq!(visit.good_until.to_rfc3339(), "2026-11-24T06:00:00+08:00");
    let badge = reception.due().into_iter().find_map(|errand| match errand.work {
        Work::Badge(badge) => Some(badge.good_until),
        Work::Letter(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => None,
    });
    assert_eq!(badge, Some(visit.good_until), "as the badge says");
    // Another one is here without an invitation.
    let other = reception.walks_in_as("陈立");
    reception.goes_on("2026-11-23T22:00:00+08:00").goes_on("2026-11-23T22:40:00+08:00");
    assert!(reception.as_it_is(&other).assumed, "the house has closed");
    assert_eq!(reception.on_the_fire_list(), ["孙伟"]);
    // At night the badge still takes, and lets nobody be late.
    reception.goes_on("2026-11-24T02:05:00+08:00");
    assert!(matches!(reception.holds_badge(&visit), PageView::Leave(_)));
    reception.tell(Event::Session(Session::Home)).unlock();
    assert!(reception.cards(Heading::Hand).is_empty(), "nobody stays too long");
    reception.tell(Event::Session(Session::Home)).goes_on("2026-11-24T05:59:00+08:00");
    assert_eq!(reception.on_the_fire_list(), ["孙伟"]);
    reception.goes_on("2026-11-24T06:00:00+08:00");
    let left = reception.as_it_is(&visit);
    assert!(left.assumed && left.left.unwrap().to_rfc3339() == "2026-11-24T06:00:00+08:00");
    assert_eq!(reception.on_the_fire_list(), Vec::<String>::new());
    assert!(matches!(reception.book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn whoever_signs_out_at_night_with_the_badge_is_out_and_may_come_back_until_the_end() {
    let mut reception = Reception::open();
    let kind = Some("customer".to_owned());
    let invited = Invitation { visit_type: kind, ..night(9, "孙伟") };
    reception.book.put_invitations(&[invited], reception.now).unwrap();
    reception.goes_on("2026-11-23T23:30:00+08:00");
    let visit = reception.comes_on(9);
    reception.goes_on("2026-11-24T00:10:00+08:00");
    reception.holds_badge(&visit);
    reception.tell(Event::SignOut(SignOut::Leave)).tell(Event::Session(Session::Done));
    assert_eq!(reception.as_it_is(&visit).left.unwrap(), reception.now.wall);
    // Meanwhile a new day gives its first number to somebody else.
    let other = reception.walks_in_as("陈立");
    assert_ne!(other.badge, visit.badge, "a badge that is still good is nobody else's");
    reception.goes_on("2026-11-24T02:05:00+08:00");
    assert!(matches!(reception.holds_badge(&visit), PageView::Return(_)));
    reception.tell(Event::SignOut(SignOut::ComeBack)).tell(Event::Session(Session::Done));
    assert_eq!(reception.as_it_is(&visit).left, None);
    reception.goes_on("2026-11-24T06:00:00+08:00");
    assert!(reception.as_it_is(&visit).assumed);
    assert!(matches!(reception.holds_badge(&visit), PageView::Search(_)), "no longer");
    assert!(matches!(reception.miss(), Some(LookupError::Assumed(_))), "{:?}", reception.miss());
}

#[test]
fn whose_badge_is_limited_may_be_here_as_long_as_the_invitation_goes_on() {
    let mut reception = Reception::open();
    for kind in &mut reception.desk.config.visit_types {
        kind.longest_hours = Some(Duration::from_secs(2 * 3600));
    }
    let invited = Invitation { visit_type: Some("customer".to_owned()), ..night(9, "孙伟") };
    reception.book.put_invitations(std::slice::from_ref(&invited), reception.now).unwrap();
    reception.goes_on("2026-11-23T20:05:00+08:00");
    let visit = reception.comes_on(9);
    let two_hours = "2026-11-23T22:05:00+08:00";
    assert_eq!(visit.good_until.to_rfc3339(), two_hours);
    let longer = Invitation { until: invited.until + 2 * 3_600_000, ..invited };
    reception.book.change_invitation(longer, "王芳", reception.now).unwrap().unwrap();
    assert_eq!(reception.as_it_is(&visit).good_until.to_rfc3339(), two_hours, "limited on purpose");
    reception.goes_on("2026-11-24T06:30:00+08:00");
    assert_eq!(reception.on_the_fire_list(), ["孙伟"]);
    reception.goes_on("2026-11-24T08:00:00+08:00");
    assert!(reception.as_it_is(&visit).assumed);
}

#[test]
fn those_who_come_late_to_a_group_stay_as_long_as_it_does() {
    let mut reception = Reception::staffed();
    let group = Invitation { party: 2, ..night(9, "孙伟") };
    reception.book.put_invitations(&[group], reception.now).unwrap();
    reception.goes_on("2026-11-23T20:05:00+08:00").scan(9).tell(Event::LookUp(LookUp::Confirm));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "孙伟".to_owned(),
        company: String::new(),
        phone: "13800138000".to_owned(),
        party: 1,
        remember: false,
    }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done));
    assert_eq!(reception.visits(), 2);
    reception
        .goes_on("2026-11-24T01:00:00+08:00")
        .scan(9)
        .tell(Event::LookUp(LookUp::Confirm))
        .details("周杰", "13900139000");
    reception.tell(Event::Registration(Registration::Agree(Vec::new()))).tell(Event::Session(Session::Done));
    let ends: Vec<_> =
        reception.book.open_visits().unwrap().iter().map(|visit| visit.good_until.to_rfc3339()).collect();
    assert_eq!(ends, ["2026-11-24T06:00:00+08:00"; 3]);
    reception.goes_on("2026-11-24T05:59:00+08:00");
    assert_eq!(reception.on_the_fire_list().len(), 3);
    reception.goes_on("2026-11-24T06:00:00+08:00");
    assert_eq!(reception.visits(), 0);
}

#[test]
fn a_group_that_nobody_invited_stays_longer_with_its_late_ones() {
    let mut reception = Reception::staffed();
    for kind in &mut reception.desk.config.visit_types {
        (kind.admits, kind.longest_hours) = (crate::config::Admits::Nobody, None);
    }
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "陈立".to_owned(),
        company: "云栖".to_owned(),
        phone: "13900139000".to_owned(),
        party: 1,
        remember: false,
    }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done));
    let code = reception.book.open_visits().unwrap()[0].invitation_id.clone().unwrap();
    let code = reception.book.invitation(&code).unwrap().unwrap().code;
    reception.goes_on("2026-11-23T17:30:00+08:00").unlock();
    let card = reception.card(Heading::Here, "陈立");
    // Eight hours longer: until two.
    reception.act(Action::Extend, &card).send(&["5"]).tell(Event::Session(Session::Home));
    reception
        .goes_on("2026-11-23T22:30:00+08:00")
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByCode));
    reception
        .tell(Event::LookUp(LookUp::Code(code.as_str().to_owned())))
        .tell(Event::LookUp(LookUp::Confirm))
        .details("周杰", "13900139001");
    reception.tell(Event::Registration(Registration::Agree(Vec::new()))).tell(Event::Session(Session::Done));
    let ends: Vec<_> =
        reception.book.open_visits().unwrap().iter().map(|visit| visit.good_until.to_rfc3339()).collect();
    assert_eq!(ends, ["2026-11-24T02:00:00+08:00"; 3]);
    reception.goes_on("2026-11-24T01:59:00+08:00");
    assert_eq!(reception.visits(), 3);
    reception.goes_on("2026-11-24T02:00:00+08:00");
    assert_eq!(reception.visits(), 0);
}

#[test]
fn what_reception_corrects_shortens_no_night_and_a_longer_one_goes_on() {
    let mut reception = Reception::staffed();
    reception.book.put_invitations(&[night(9, "孙伟")], reception.now).unwrap();
    reception.goes_on("2026-11-23T20:05:00+08:00");
    let visit = reception.comes_on(9);
    reception.unlock();
    let card = reception.card(Heading::Here, "孙伟");
    reception
        .act(Action::Correct, &card)
        .send_with(&[(Label::Company, "云栖新能源")])
        .tell(Event::Session(Session::Home));
    assert_eq!(reception.as_it_is(&visit).good_until.to_rfc3339(), "2026-11-24T06:00:00+08:00");
    reception.goes_on("2026-11-24T05:30:00+08:00").unlock();
    let card = reception.card(Heading::Here, "孙伟");
    reception.act(Action::Extend, &card).send(&["1"]).tell(Event::Session(Session::Home));
    reception.goes_on("2026-11-24T06:59:00+08:00");
    assert_eq!(reception.visits(), 1);
    reception.goes_on("2026-11-24T07:00:00+08:00");
    assert_eq!(reception.visits(), 0);
}

#[test]
fn whoever_is_here_stays_as_long_as_the_invitation_says_after_it_was_changed() {
    let mut reception = Reception::open();
    let evening = invitation(9, "孙伟", 19..21);
    reception.book.put_invitations(std::slice::from_ref(&evening), reception.now).unwrap();
    reception.goes_on("2026-11-23T19:05:00+08:00");
    let visit = reception.comes_on(9);
    assert_eq!(visit.good_until.to_rfc3339(), "2026-11-23T22:00:00+08:00", "until the house closes");
    let longer = Invitation { used_by: Some(visit.id), ..night(9, "孙伟") };
    reception.book.put_invitations(&[longer], reception.now).unwrap();
    assert_eq!(reception.as_it_is(&visit).good_until.to_rfc3339(), "2026-11-24T06:00:00+08:00");
    reception.goes_on("2026-11-23T22:40:00+08:00");
    assert_eq!(reception.on_the_fire_list(), ["孙伟"]);
    // Nobody is sent away because a list says less now.
    reception.book.put_invitations(&[evening], reception.now).unwrap();
    reception.goes_on("2026-11-24T05:59:00+08:00");
    assert_eq!(reception.visits(), 1);
    let corrected = |entry: &Entry| matches!(entry, Entry::Corrected { .. });
    assert_eq!(reception.book.entries().unwrap().iter().filter(|entry| corrected(entry)).count(), 1);
}

#[test]
fn a_night_of_the_week_is_used_once_and_ends_in_the_morning() {
    let mut reception = Reception::staffed();
    let weekly =
        Invitation {
            days: 0b101, until: night(9, "孙伟").until + 9 * 24 * 3_600_000, ..night(9, "孙伟")
        };
    reception.book.put_invitations(&[weekly], reception.now).unwrap();
    reception.goes_on("2026-11-23T20:05:00+08:00");
    let monday = reception.comes_on(9);
    assert_eq!(monday.good_until.to_rfc3339(), "2026-11-24T06:00:00+08:00");
    reception.goes_on("2026-11-24T02:05:00+08:00").scan(9);
    assert!(matches!(reception.miss(), Some(LookupError::Used(_))), "the same night");
    reception.tell(Event::Session(Session::Home)).goes_on("2026-11-24T20:05:00+08:00").scan(9);
    assert!(matches!(reception.miss(), Some(LookupError::NotYet(_))), "Tuesday evening is none");
    assert!(reception.as_it_is(&monday).assumed);
    // Whoever comes after midnight comes for the evening before.
    reception.tell(Event::Session(Session::Home)).goes_on("2026-11-26T00:30:00+08:00").unlock();
    assert_eq!(reception.card(Heading::Expected, "孙伟").facts.last(), Some(&Fact::Days(0b101)));
    reception.tell(Event::Session(Session::Home)).scan(9);
    let PageView::Confirm(found) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(found.from.to_rfc3339(), "2026-11-25T20:00:00+08:00", "this night is shown, and no other");
    assert_eq!(found.until.to_rfc3339(), "2026-11-26T06:00:00+08:00");
    let wednesday = reception.comes_on(9);
    assert_eq!(wednesday.good_until.to_rfc3339(), "2026-11-26T06:00:00+08:00");
    reception.goes_on("2026-11-26T06:00:00+08:00");
    assert!(reception.as_it_is(&wednesday).assumed);
}

#[test]
fn an_invitation_that_says_a_day_and_no_hour_keeps_nobody_beyond_closing_time() {
    for (n, hours) in [(10, 0..24), (11, 9..24), (12, 0..5 * 24), (13, 8..18), (14, 8..22)] {
        let mut reception = Reception::open();
        let mut invited = invitation(n, "周敏", hours);
        if invited.until % 3_600_000 == 0 && n < 13 {
            invited.until -= 60_000;
        }
        reception.book.put_invitations(&[invited], reception.now).unwrap();
        let visit = reception.comes_on(n);
        let ends = if n == 14 { "2026-11-23T22:00:00+08:00" } else { "2026-11-23T18:00:00+08:00" };
        assert_eq!(visit.good_until.to_rfc3339(), ends, "{n}");
        reception.goes_on("2026-11-23T21:59:00+08:00");
        assert_eq!(reception.visits(), 1, "{n}");
        reception.goes_on("2026-11-23T22:00:00+08:00");
        assert_eq!(reception.visits(), 0, "{n}");
    }
}

#[test]
fn a_house_that_closes_at_two_counts_the_night_to_the_evening_before() {
    let mut reception = Reception::with_closing("18:00", "02:00");
    let morning = reception.walks_in_as("陈立");
    assert_eq!(morning.good_until.to_rfc3339(), "2026-11-23T18:00:00+08:00");
    reception.goes_on("2026-11-23T23:30:00+08:00");
    let evening = reception.walks_in_as("孙伟");
    reception.goes_on("2026-11-24T00:30:00+08:00");
    assert_eq!(reception.visits(), 2, "midnight closes nothing");
    let late = reception.walks_in_as("周敏");
    let ends = [&evening, &late].map(|visit| visit.good_until.to_rfc3339());
    assert_eq!(ends, ["2026-11-24T02:00:00+08:00"; 2]);
    let numbers = [&morning, &evening, &late].map(|visit| visit.badge.to_string());
    assert_eq!(numbers, ["A001", "A002", "A003"], "the numbers of the evening go on");
    reception.goes_on("2026-11-24T01:59:00+08:00");
    assert_eq!(reception.on_the_fire_list().len(), 3);
    reception.goes_on("2026-11-24T02:00:00+08:00");
    assert_eq!(reception.on_the_fire_list(), Vec::<String>::new());
    for visit in [&morning, &evening, &late] {
        assert_eq!(reception.as_it_is(visit).left.unwrap().to_rfc3339(), "2026-11-24T02:00:00+08:00");
    }
    reception.goes_on("2026-11-24T02:01:00+08:00");
    let next = reception.walks_in_as("赵倩");
    assert_eq!(next.badge.to_string(), "A001", "a new day");
    assert_eq!(next.good_until.to_rfc3339(), "2026-11-24T18:00:00+08:00");
    reception.goes_on("2026-11-25T01:59:00+08:00");
    assert_eq!(reception.visits(), 1);
}

#[test]
fn an_invitation_ends_later_than_a_house_that_closes_at_two() {
    let mut reception = Reception::with_closing("01:00", "02:00");
    let short = Invitation { until: night(10, "周敏").until - 9 * 3_600_000, ..night(10, "周敏") };
    reception.book.put_invitations(&[night(9, "孙伟"), short], reception.now).unwrap();
    reception.goes_on("2026-11-23T20:05:00+08:00");
    let (long, short) = (reception.comes_on(9), reception.comes_on(10));
    assert_eq!(long.good_until.to_rfc3339(), "2026-11-24T06:00:00+08:00");
    assert_eq!(
        short.good_until.to_rfc3339(),
        "2026-11-24T01:00:00+08:00",
        "no shorter than the house's hours"
    );
    reception.goes_on("2026-11-24T02:00:00+08:00");
    assert_eq!(reception.on_the_fire_list(), ["孙伟"]);
}

#[test]
fn a_badge_of_the_night_of_summer_time_says_the_hour_that_clocks_show_then() {
    for (evening, six) in [
        ("2026-10-24T20:05:00+02:00", "2026-10-25T06:00:00+01:00"),
        ("2026-03-28T20:05:00+01:00", "2026-03-29T06:00:00+02:00"),
    ] {
        let mut reception = Reception::staffed();
        reception.now =
            Now { zone: BERLIN, wall: DateTime::parse_from_rfc3339(evening).unwrap(), ..reception.now };
        let until = DateTime::parse_from_rfc3339(six).unwrap();
        let invited = Invitation {
            from: reception.now.millis() - 300_000,
            until: until.timestamp_millis(),
            ..night(9, "孙伟")
        };
        reception.book.put_invitations(&[invited], reception.now).unwrap();
        let visit = reception.comes_on(9);
        let badge = |reception: &mut Reception| {
            let due = reception.due();
            let badges = due.into_iter().filter_map(|errand| match errand.work {
                Work::Badge(badge) => Some((errand.id, badge.good_until.to_rfc3339())),
                Work::Letter(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => {
                    None
                }
            });
            let (id, until) = badges.last().expect("a badge");
            reception.tell(Event::System(System::Report(Report::Ran(id, Outcome::Done(Seen::Confirmed)))));
            until
        };
        assert_eq!(badge(&mut reception), six);
        // Printed again, it says the same; so does the card.
        reception.book.reprint(visit.id, "lost", "王芳", reception.now).unwrap();
        assert_eq!(badge(&mut reception), six);
        reception.unlock();
        let opened = reception.open_card(Heading::Here, "孙伟");
        let said = |fact: &Fact| matches!(fact, Fact::GoodUntil(at) if at.to_rfc3339() == six);
        assert!(opened.card.facts.iter().any(said), "{:?}", opened.card.facts);
        reception.tell(Event::Session(Session::Home));
        let before = until - chrono::Duration::minutes(1);
        let before = before.with_timezone(until.offset()).to_rfc3339();
        reception.goes_on(&before);
        assert_eq!(reception.visits(), 1);
        reception.goes_on(six);
        assert_eq!(reception.visits(), 0);
    }
}

#[test]
fn whoever_came_to_a_night_house_while_the_clock_was_behind_is_here_until_it_closes() {
    let mut reception = Reception::with_closing("18:00", "02:00");
    reception.now = Now {
        wall: DateTime::parse_from_rfc3339("2026-11-20T19:00:00+08:00").unwrap(),
        zone: Zone::Fixed(*reception.now.wall.offset()),
        ..reception.now
    };
    reception.tell(Event::System(System::Tick)).due();
    let visit = reception.walks_in_as("陈立");
    reception.wait(MINUTE * 10).due();
    reception.now.wall = DateTime::parse_from_rfc3339("2026-11-23T19:30:00+08:00").unwrap();
    reception.tell(Event::System(System::Tick)).due();
    for at in ["2026-11-23T21:00:00+08:00", "2026-11-24T00:30:00+08:00", "2026-11-24T01:59:00+08:00"] {
        reception.goes_on(at);
        assert_eq!(reception.visits(), 1, "{at}");
    }
    reception.goes_on("2026-11-24T02:00:00+08:00");
    assert_eq!(reception.as_it_is(&visit).left.unwrap().to_rfc3339(), "2026-11-24T02:00:00+08:00");
}

#[test]
fn reception_invites_for_any_hour_of_the_night() {
    let mut reception = Reception::staffed();
    reception.unlock().go(Section::Invitations).staff(Tap::Do(Action::Invite, None));
    reception.send_with(&[
        (Label::Names, "张三"),
        (Label::Host, "李晓云"),
        (Label::LastDay, "1"),
        (Label::From, "14"),
        (Label::Until, "20"),
    ]);
    let card = reception.card(Heading::Expected, "张三");
    let [from, until] = ["2026-11-23T20:00:00+08:00", "2026-11-24T02:00:00+08:00"]
        .map(|at| DateTime::parse_from_rfc3339(at).unwrap());
    assert!(card.facts.contains(&Fact::Expected(from, until)), "{card:?}");
}
