//! What reception corrects: hosts of one name, groups, types of visit, longer stays.

use super::*;
use crate::book::Entry;
use crate::now::BERLIN;
use crate::visit::Asked;

impl Reception {
    /// Two are called 王芳.
    fn with_namesakes() -> Self {
        let mut reception = Self::staffed();
        let other =
            Host { department: "采购部".into(), place: "一楼 101".into(), ..host("h4", "王芳") };
        reception.book.put_hosts(&[host("h3", "王芳"), other], reception.now).unwrap();
        reception
    }

    fn leads(&mut self, party: i32) -> &mut Self {
        let group = Invitation { party: 4, ..invitation(1, "欧阳修明", 8..18) };
        self.book.put_invitations(&[group], self.now).unwrap();
        self.scan(1).tell(Event::LookUp(LookUp::Correct));
        self.tell(Event::Registration(Registration::DetailsDone {
            name: "欧阳修明".to_owned(),
            company: "云栖".to_owned(),
            phone: "13800138000".to_owned(),
            party,
            remember: false,
        }));
        self.tell(Event::Registration(Registration::MembersDone))
            .tell(Event::Registration(Registration::Agree(Vec::new())))
            .tell(Event::Session(Session::Done))
    }

    fn all_here(&self) -> Vec<crate::visit::Visit> {
        self.book.open_visits().unwrap()
    }

    fn corrected(&self) -> usize {
        let entries = self.book.entries().unwrap();
        entries.iter().filter(|entry| matches!(entry, Entry::Corrected { .. })).count()
    }
}

#[test]
fn of_two_hosts_of_one_name_one_is_chosen() {
    let mut reception = Reception::with_namesakes();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send_with(&[(Label::Host, "王芳")]);
    let error = |reception: &Reception| {
        let form = reception.pages().form.unwrap();
        form.fields.iter().find(|field| field.label == Label::Host).unwrap().error
    };
    assert_eq!(error(&reception), Some(FieldError::SeveralHosts));
    reception.staff(Tap::AskHost("王芳".to_owned()));
    let form = reception.pages().form.unwrap();
    let offers: Vec<_> = form.hosts.iter().map(|host| (host.id.as_str(), host.at.as_str())).collect();
    assert_eq!(offers, [("h3", "品质部 · 三楼 302"), ("h4", "采购部 · 一楼 101")]);
    reception.staff(Tap::ChooseHost("h4".to_owned()));
    assert_eq!(reception.pages().form.unwrap().host_at, "采购部 · 一楼 101");
    reception.send_with(&[(Label::Host, "王芳")]);
    reception.is_done(Action::Correct);
    assert_eq!(reception.all_here()[0].host_id, "h4");
    // Whoever stands in the form already is known by more than the name.
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send_with(&[(Label::Company, "云栖新能源")]);
    reception.is_done(Action::Correct);
    assert_eq!(reception.all_here()[0].host_id, "h4");
    // Another name that is typed is nobody's place.
    reception.act(Action::Correct, &card).staff(Tap::AskHost("刘".to_owned()));
    assert_eq!(reception.pages().form.unwrap().host_at, "");
    reception.send_with(&[(Label::Host, "刘欣怡")]);
    assert_eq!(reception.all_here()[0].host_id, "h2");
}

#[test]
fn the_history_finds_types_of_any_name_and_companies_that_are_called_like_one() {
    let mut reception = Reception::staffed();
    reception
        .walks_in("陈立")
        .tell(Event::Session(Session::Home))
        .tell(Event::Registration(Registration::WalkIn));
    reception
        .tell(Event::Registration(Registration::ChooseType("official".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("检查".to_owned())));
    reception
        .tell(Event::Registration(Registration::Agree(super::signature::written())))
        .tell(Event::Session(Session::Done));
    reception.unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Correct, &card).send_with(&[(Label::Company, "Delivery Hero")]);
    reception.go(Section::History);
    for (asked, found) in [
        ("Official visit", vec!["王芳"]),
        ("official  VISIT wang", vec!["王芳"]),
        ("公务检查", vec!["王芳"]),
        ("visit official", vec![]),
        ("Delivery Hero", vec!["陈立"]),
        ("客户 chen", vec!["陈立"]),
        ("客户 wang", vec![]),
    ] {
        reception.staff(Tap::Filter(asked.to_owned()));
        let titles: Vec<String> =
            reception.cards(Heading::Found).into_iter().map(|card| card.title).collect();
        assert_eq!(titles, found, "{asked}");
    }
}

#[test]
fn a_corrected_type_is_named_in_the_story() {
    let mut reception = Reception::staffed();
    reception.walks_in("陈立").unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Correct, &card).send_with(&[(Label::Type, "1")]);
    let story = reception.open_card(Heading::Hand, "陈立").story;
    let told = |fact: &Fact| matches!(fact, Fact::Happened(_, "corrected", _, Detail::Fields(what)) if what == &[Label::Type]);
    assert_eq!(story.iter().filter(|fact| told(fact)).count(), 1, "{story:?}");
}

#[test]
fn the_history_shows_more_as_long_as_there_is_more() {
    let mut reception = Reception::staffed();
    for _ in 0..210 {
        reception.walks_in("陈立").tell(Event::Session(Session::Home));
    }
    reception.unlock().go(Section::History);
    let shown = |reception: &Reception| {
        let pages = reception.pages();
        (pages.columns.0[0].cards.len(), pages.actions.contains(&Action::More))
    };
    assert_eq!(shown(&reception), (200, true));
    reception.staff(Tap::Do(Action::More, None));
    assert_eq!(shown(&reception), (210, false));
    // Other words begin with the newest again.
    reception.staff(Tap::Filter("chenli".to_owned())).staff(Tap::Filter(String::new()));
    assert_eq!(shown(&reception), (200, true));
    reception.staff(Tap::Do(Action::More, None)).go(Section::Board).go(Section::History);
    assert_eq!(shown(&reception), (200, true));
}

#[test]
fn an_invitation_to_one_of_two_namesakes_is_made_and_changed() {
    let mut reception = Reception::with_namesakes();
    reception.unlock().go(Section::Invitations).staff(Tap::Do(Action::Invite, None));
    reception.staff(Tap::AskHost("王芳".to_owned())).staff(Tap::ChooseHost("h4".to_owned()));
    reception.send_with(&[
        (Label::Names, "张三"),
        (Label::Host, "王芳"),
        (Label::FirstDay, "1"),
        (Label::LastDay, "1"),
    ]);
    reception.is_done(Action::Invite);
    let card = reception.card(Heading::Later, "张三");
    reception.act(Action::ChangeInvitation, &card);
    assert_eq!(reception.pages().form.unwrap().host_at, "采购部 · 一楼 101");
    reception.send_with(&[(Label::Company, "云栖")]);
    reception.is_done(Action::ChangeInvitation);
    let CardId::Invitation(id) = &card.id else { panic!("{card:?}") };
    assert_eq!(reception.book.invitation(id).unwrap().unwrap().host_id, "h4");
}

#[test]
fn whoever_is_invited_for_a_day_in_winter_comes_at_the_hour_that_clocks_show_then() {
    let mut reception = Reception::staffed();
    let wall = DateTime::parse_from_rfc3339("2026-10-20T09:41:00+02:00").unwrap();
    reception.now = Now { wall, zone: BERLIN, ..reception.now };
    reception.unlock().go(Section::Invitations).staff(Tap::Do(Action::Invite, None));
    reception.send_with(&[
        (Label::Names, "张三"),
        (Label::Host, "李晓云"),
        (Label::FirstDay, "10"),
        (Label::LastDay, "10"),
    ]);
    reception.is_done(Action::Invite);
    let card = reception.card(Heading::Later, "张三");
    let winter = |time: &str| DateTime::parse_from_rfc3339(&format!("2026-10-30T{time}:00+01:00")).unwrap();
    assert!(card.facts.contains(&Fact::Expected(winter("09:00"), winter("18:00"))), "{:?}", card.facts);
    // Opened again, the form shows what was chosen, and changes nothing by itself.
    reception.act(Action::ChangeInvitation, &card).send_with(&[(Label::Company, "云栖")]);
    reception.is_done(Action::ChangeInvitation);
    let CardId::Invitation(id) = &card.id else { panic!("{card:?}") };
    let invitation = reception.book.invitation(id).unwrap().unwrap();
    assert_eq!(invitation.from, winter("09:00").timestamp_millis());
}

#[test]
fn where_a_group_goes_and_how_long_is_its_leaders() {
    let mut reception = Reception::staffed();
    reception.leads(2).unlock();
    let before = reception.all_here();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception
        .act(Action::Correct, &card)
        .send_with(&[(Label::Host, "刘欣怡"), (Label::Company, "云栖新能源")]);
    reception.is_done(Action::Correct);
    assert!(reception.all_here().iter().all(|visit| visit.host_id == "h2"));
    assert_eq!(reception.all_here()[1].details, before[1].details, "their own details stay");
    assert_eq!(reception.corrected(), 3, "a line for each");
    let letters: Vec<String> =
        reception.due().into_iter().filter_map(|errand| Some(errand.work.as_letter()?.to.clone())).collect();
    assert_eq!(letters.iter().filter(|to| *to == "h2@example.com").count(), 1, "one letter for all");
    reception.act(Action::Extend, &card).send(&["1"]);
    let good: Vec<_> = reception.all_here().iter().map(|visit| visit.good_until).collect();
    assert!(good[0] > before[0].good_until && good.iter().all(|until| *until == good[0]), "{good:?}");
    assert_eq!(reception.corrected(), 6);
    // A note is the leader's alone.
    reception.act(Action::Note, &card).send(&["轮椅"]);
    assert_eq!(reception.corrected(), 7);
    assert!(reception.all_here()[1].note.is_none());
}

#[test]
fn a_group_that_waits_is_asked_about_by_its_new_host_as_one() {
    let mut reception = Reception::staffed();
    let deputy = Host { deputy: Some("h2".to_owned()), ..host("h1", "李晓云") };
    reception.book.put_hosts(&[deputy, host("h3", "周敏")], reception.now).unwrap();
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
    if matches!(reception.page(), PageView::Members(_)) {
        reception.tell(Event::Registration(Registration::MembersDone));
    }
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(Vec::new()))).tell(Event::Session(Session::Done));
    reception.due();
    reception.wait(reception.config.reception.answer_minutes);
    reception.due();
    let wait = |reception: &Reception, asked| {
        let all = reception.all_here();
        let waits = crate::visit::Admission::Waiting(asked);
        all.len() == 2 && all.iter().all(|visit| visit.admission == waits)
    };
    assert!(wait(&reception, Asked::Deputy), "{:?}", reception.all_here());
    reception.unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Correct, &card).send_with(&[(Label::Host, "周敏")]);
    reception.is_done(Action::Correct);
    assert!(wait(&reception, Asked::Host), "all of them: {:?}", reception.all_here());
    let asked: Vec<String> =
        reception.due().into_iter().filter_map(|errand| Some(errand.work.as_letter()?.to.clone())).collect();
    assert_eq!(asked, ["h3@example.com"]);
    reception.wait(reception.config.reception.answer_minutes);
    reception.due();
    assert!(wait(&reception, Asked::Reception), "and all of them go on waiting for the next one");
}

#[test]
fn another_type_of_visit_brings_its_escort_rule() {
    let mut reception = Reception::staffed();
    reception.walks_in("陈立").unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Correct, &card);
    let form = reception.pages().form.unwrap();
    let types = form.fields.iter().find(|field| field.label == Label::Type).unwrap();
    let contractor = reception.config.visit_types.iter().find(|kind| kind.kind.id == "contractor").unwrap();
    let name = contractor.kind.name.get(Lang::ZH).to_owned();
    let at = types.choices.iter().position(|choice| *choice == Choice::Text(name.clone())).unwrap();
    assert!(contractor.kind.escort && types.chosen == 0);
    let kind = contractor.kind.clone();
    reception.send_with(&[(Label::Type, &at.to_string())]);
    reception.is_done(Action::Correct);
    assert_eq!(reception.all_here()[0].kind.as_ref(), Some(&kind));
    let opened = reception.open_card(Heading::Hand, "陈立").card;
    assert!(opened.facts.contains(&Fact::Escort), "{opened:?}");
    assert!(opened.facts.contains(&Fact::NotInstructed), "they have not gone through its instruction");
    // Nothing is chosen otherwise: the type stays.
    reception.act(Action::Correct, &opened).send_with(&[(Label::Company, "云栖新能源")]);
    assert_eq!(reception.all_here()[0].kind.as_ref(), Some(&kind));
}

#[test]
fn who_is_sent_where_an_instruction_is_needed_has_that_on_the_card() {
    let workshop = "[[way]]\nto = \"一号车间\"\nsay = \"出门左转\"\nsafety = true\n";
    let mut reception = Reception::configured(workshop).with_staff();
    let foreman = Host { place: "一号车间 2 号线".into(), ..host("h3", "周敏") };
    reception.book.put_hosts(&[foreman], reception.now).unwrap();
    reception.leads(1).unlock();
    let lacks = |reception: &Reception| {
        let cards = reception.cards(Heading::Here);
        cards.iter().filter(|card| card.facts.contains(&Fact::NotInstructed)).count()
    };
    assert_eq!(lacks(&reception), 0);
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send_with(&[(Label::Host, "周敏")]);
    assert_eq!(lacks(&reception), 2, "they and who is with them");
    reception.act(Action::Correct, &card).send_with(&[(Label::Host, "李晓云")]);
    assert_eq!(lacks(&reception), 0);
}

#[test]
fn a_stay_goes_on_past_midnight() {
    let mut reception = Reception::staffed();
    reception.check_in();
    // 21:50: the badge was good until 18:00, and the house closes at 22:00.
    reception.tell(Event::Session(Session::Done)).wait(Duration::from_secs((12 * 60 + 9) * 60));
    reception.unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    reception.act(Action::Extend, &card);
    let choices = reception.pages().form.unwrap().fields.remove(0).choices;
    let until = reception.now.wall + 3 * 60 * MINUTE;
    assert_eq!(choices[1], Choice::Hour(reception.now.wall + 60 * MINUTE));
    assert_eq!(choices[3], Choice::When(until), "of the next day");
    reception.send(&["3"]);
    reception.is_done(Action::Extend);
    assert_eq!(reception.all_here()[0].good_until, until);
    // The house does not close over them before; and shortly before midnight there is still something to choose.
    reception.wait(2 * 60 * MINUTE);
    reception.due();
    reception.unlock().act(Action::Extend, &card);
    let field = reception.pages().form.unwrap().fields.remove(0);
    assert_eq!((field.choices.len(), field.chosen), (6, 1), "what is chosen at first is there");
    reception.wait(2 * 60 * MINUTE);
    reception.due();
    assert_eq!(reception.visits(), 0, "it ends all the same");
}

#[test]
fn whoever_has_a_pass_needs_no_hand_for_the_badge_that_failed() {
    let mut reception = Reception::staffed();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Failed(Trouble::BadTemplate)).tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert_eq!(card.actions, [Action::Reprint, Action::LendPass]);
    reception.act(Action::LendPass, &card).send(&["7"]);
    reception.is_done(Action::LendPass);
    assert!(reception.cards(Heading::Hand).is_empty());
    assert!(reception.card(Heading::Here, "欧阳修明").facts.contains(&Fact::Pass("7".to_owned())));
}
