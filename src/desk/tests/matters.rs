//! What stands on reception's pages, and that it is what the book says now.

use super::*;
use crate::book::NewWatched;
use crate::visit::Asked;

impl Reception {
    fn brought(&mut self, to_sign: bool) -> &mut Self {
        self.tell(Event::Delivery(Parcels::Begin))
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        self.tell(Event::Delivery(Parcels::Done { carrier: "顺丰".to_owned(), parcels: 2, to_sign }))
            .tell(Event::Session(Session::Done))
    }

    pub(super) fn go(&mut self, section: Section) -> &mut Self {
        self.staff(Tap::Go(section))
    }

    fn titles(&self, heading: Heading) -> Vec<String> {
        self.cards(heading).into_iter().map(|card| card.title).collect()
    }
}

#[test]
fn parcels_are_seen_and_collected_before_anybody_is_reminded() {
    let mut reception = Reception::staffed();
    reception.brought(false).brought(true).unlock();
    let cards = reception.cards(Heading::Parcels);
    let shown: Vec<_> = cards.iter().map(|card| (card.corner.as_str(), card.tone)).collect();
    assert_eq!(shown, [("P1", Tone::Plain), ("P2", Tone::Amber)]);
    // Whoever brings what must be signed for waits for somebody.
    let hand = reception.cards(Heading::Hand);
    assert_eq!(hand.iter().map(|card| card.corner.as_str()).collect::<Vec<_>>(), ["P2"]);
    for card in &cards {
        assert_eq!(card.actions, [Action::Collect]);
        reception.act(Action::Collect, card);
        reception.is_done(Action::Collect);
    }
    assert!(reception.cards(Heading::Parcels).is_empty() && reception.cards(Heading::Hand).is_empty());
    reception.due();
    reception.wait(reception.config.reception.parcel_hours * 2);
    assert!(reception.due().is_empty(), "nobody is reminded");
}

#[test]
fn what_is_open_shows_what_was_just_done() {
    let mut reception = Reception::unlocked();
    // A supply is counted.
    reception.go(Section::Room);
    let supply = reception.cards(Heading::Supplies).remove(0);
    reception.staff(Tap::Card(supply.id.clone())).act(Action::Count, &supply).send(&["7"]);
    assert_eq!(reception.opened().card.facts[0], Fact::Stock(Some(7), 2));
    // A point of the look round is ticked, though what is typed hides it.
    let check = reception.cards(Heading::Checks).remove(0);
    reception.staff(Tap::Card(check.id.clone())).staff(Tap::Filter("zzz".to_owned()));
    assert!(reception.cards(Heading::Checks).is_empty());
    assert_eq!(reception.opened().card.title, check.title);
    reception.act(Action::Tick, &check);
    assert_eq!(reception.opened().card.actions, [Action::Untick]);
    // Somebody is safe.
    let (badge, _) = reception.tell(Event::Session(Session::Home)).check_in();
    reception
        .ran(&badge, Outcome::Done(Seen::Confirmed))
        .tell(Event::Session(Session::Done))
        .unlock()
        .go(Section::Roll);
    reception.staff(Tap::Do(Action::CallRoll, None)).send(&[]);
    let called = reception.open_card(Heading::Unaccounted, "欧阳修明").card;
    assert_eq!(called.actions, [Action::Safe, Action::Missing]);
    reception.act(Action::Safe, &called);
    assert_eq!(reception.opened().card.tone, Tone::Good);
    // Somebody is no longer on the list: there is nothing to show.
    let new = NewWatched { name: "王晓明".to_owned(), ..NewWatched::default() };
    reception.book.watch(new, "王芳", reception.now).unwrap();
    reception.go(Section::Watch);
    let watched = reception.open_card(Heading::Watched, "王晓明").card;
    reception.act(Action::Unwatch, &watched).send(&[]);
    assert_eq!(reception.pages().card, None);
}

#[test]
fn a_scan_does_not_throw_a_form_away() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).walks_in("陈立").unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Decline, &card);
    let form = reception.pages().form.unwrap();
    let badge = reception.book.open_visits().unwrap()[0].badge_token.clone();
    reception.tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    let after = reception.pages();
    assert_eq!((after.form, after.card), (Some(form.clone()), None), "what is typed stays");
    assert_eq!(after.said, Some(Said::Scanned("欧阳修明".to_owned())));
    reception.scan(4);
    assert_eq!(reception.pages().said, Some(Said::Scanned("周杰".to_owned())), "an invitation too");
    reception.wait(Duration::from_secs(6));
    assert_eq!((reception.pages().said, reception.pages().form), (None, Some(form)));
    reception
        .tell(Event::Session(Session::Back))
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    assert_eq!(reception.opened().card.title, "欧阳修明");
    // The badge that was printed before is theirs as well.
    let card = reception.opened().card;
    reception.act(Action::Reprint, &card).send(&["掉进水里"]).staff(Tap::Close);
    assert_eq!(reception.pages().card, None);
    reception.tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    assert_eq!(reception.opened().card.title, "欧阳修明");
}

#[test]
fn who_was_asked_is_called_as_on_this_page() {
    let mut reception = Reception::staffed();
    let mut called = host("h1", "李晓云");
    called.name.by.insert(Lang::EN, "Li Xiaoyun".to_owned());
    reception.book.put_hosts(&[called], reception.now).unwrap();
    reception.walks_in("陈立").tell(Event::Session(Session::ChooseLanguage(Lang::EN))).unlock();
    let facts = reception.card(Heading::Hand, "陈立").facts;
    let is_asked = |fact: &&Fact| matches!(fact, Fact::Asked(Asked::Host, name, ..) if name == "Li Xiaoyun");
    assert_eq!(facts.iter().filter(is_asked).count(), 1, "{facts:?}");
}

#[test]
fn who_was_asked_and_when_is_said_as_it_was() {
    let mut reception = Reception::staffed();
    let deputy = Host { deputy: Some("h2".to_owned()), ..host("h1", "李晓云") };
    reception.book.put_hosts(&[deputy], reception.now).unwrap();
    reception.walks_in("陈立").unlock();
    let asked = |reception: &Reception| {
        let facts = reception.card(Heading::Hand, "陈立").facts.into_iter();
        facts.filter(|fact| matches!(fact, Fact::Asked(..))).collect::<Vec<_>>()
    };
    let fact = |who, name: &str, state, at| Fact::Asked(who, name.to_owned(), Some(state), at);
    let came = reception.now.wall;
    assert_eq!(asked(&reception), [fact(Asked::Host, "李晓云", State::Queued(None), came)], "not yet");
    let letter = reception.due().remove(0);
    reception.wait(2 * MINUTE).ran(&letter, Outcome::Done(Seen::Confirmed)).unlock();
    let host = fact(Asked::Host, "李晓云", State::Done(Seen::Confirmed), came + 2 * MINUTE);
    assert_eq!(asked(&reception), std::slice::from_ref(&host));
    reception.wait(reception.config.reception.answer_minutes);
    let letter = reception.due().remove(0);
    reception.ran(&letter, Outcome::NotYet(Trouble::MailUnreachable)).unlock();
    let waits = State::Queued(Some(Trouble::MailUnreachable));
    let stands_in = fact(Asked::Deputy, "刘欣怡", waits, reception.now.wall);
    assert_eq!(asked(&reception), std::slice::from_ref(&stands_in));
    // Opened, it tells of both; once they are in, of nobody.
    let opened = reception.open_card(Heading::Hand, "陈立").card;
    let told: Vec<_> = opened.facts.iter().filter(|fact| matches!(fact, Fact::Asked(..))).cloned().collect();
    assert_eq!(told, [host, stands_in]);
    reception.act(Action::Admit, &opened);
    let opened = reception.opened().card;
    assert!(!opened.facts.iter().any(|fact| matches!(fact, Fact::Asked(..))), "{opened:?}");
}

#[test]
fn the_equipment_follows_the_printer_and_the_disk_at_once() {
    let mut reception = Reception::unlocked();
    reception.go(Section::Machine);
    let fact = |reception: &Reception, wanted: &Fact| {
        reception.cards(Heading::Machine).into_iter().find(|card| card.facts.contains(wanted))
    };
    assert!(fact(&reception, &Fact::Printer(PrinterState::NotSeen)).is_some());
    let low = PrinterState::Ready { paper_low: true };
    reception
        .tell(Event::System(System::Report(Report::Printer(low))))
        .tell(Event::System(System::Report(Report::Disk(3))));
    assert_eq!(fact(&reception, &Fact::Printer(low)).unwrap().tone, Tone::Amber);
    assert_eq!(fact(&reception, &Fact::Disk(3)).unwrap().tone, Tone::Red);
}

#[test]
fn the_equipment_says_what_the_look_over_the_book_found() {
    let mut reception = Reception::unlocked();
    let book = |reception: &mut Reception| {
        reception.go(Section::Machine);
        let mut cards = reception.cards(Heading::Machine).into_iter();
        let card = cards.find(|card| card.id == CardId::Machine("book".to_owned())).unwrap();
        (card.facts[0].clone(), card.tone)
    };
    assert_eq!(book(&mut reception), (Fact::LookedOver(None), Tone::Plain), "a new kiosk looks soon");
    reception.tell(Event::System(System::Report(Report::LookedOver(Vec::new()))));
    let at = reception.now.wall;
    assert_eq!(book(&mut reception), (Fact::LookedOver(Some((at, 0))), Tone::Plain));
    let fault = crate::errand::Fault::Changed { table: "hosts".to_owned(), row: 7 };
    reception.tell(Event::System(System::Report(Report::LookedOver(vec![fault]))));
    assert_eq!(book(&mut reception), (Fact::LookedOver(Some((at, 1))), Tone::Red));
}

#[test]
fn the_equipment_says_when_the_book_was_copied() {
    let mut reception = Reception::unlocked();
    reception.go(Section::Machine);
    let copies = |reception: &Reception| {
        let mut cards = reception.cards(Heading::Machine).into_iter();
        let card = cards.find(|card| card.id == CardId::Machine("copies".to_owned())).unwrap();
        (card.facts[0].clone(), card.tone)
    };
    assert_eq!(copies(&reception), (Fact::NoCopies, Tone::Amber), "none are configured");
    let backup = crate::config::Backup {
        folder: "copies".into(),
        at: chrono::NaiveTime::from_hms_opt(3, 0, 0).unwrap(),
        keep: 7,
    };
    reception.desk.config.backup = Some(backup.clone());
    reception.go(Section::Machine);
    assert_eq!(copies(&reception), (Fact::Copied(None), Tone::Amber));
    assert!(reception.book.copy_tonight(&backup, reception.now).unwrap());
    let copy = reception.due().into_iter().find(|errand| matches!(errand.work, Work::Backup(_))).unwrap();
    reception.ran(&copy, Outcome::Done(Seen::Confirmed));
    assert_eq!(copies(&reception), (Fact::Copied(Some(reception.now.wall)), Tone::Plain));
}

#[test]
fn scans_that_mean_nothing_are_a_pattern_until_one_is_right() {
    let mut reception = Reception::open();
    let says = |reception: &Reception| reception.book.strange_scans(reception.now).unwrap();
    // What a scanner for a German keyboard makes of an invitation, what a French one does, and somebody else's code.
    let swapped = token(1).as_str().replace('A', "a").replace('Q', "é");
    for (read, strange) in
        [("https://example.com/", false), ("\u{2}]Q1\u{3}", false), (swapped.as_str(), true)]
    {
        reception.wait(Duration::from_secs(60)).tell(Event::LookUp(LookUp::Scanned(read.to_owned())));
        assert_eq!(says(&reception).is_some(), strange, "{read}");
    }
    assert_eq!(says(&reception).unwrap().length(), 26, "the last one's");
    // Right ones are understood whatever is around them, and end it.
    reception.tell(Event::LookUp(LookUp::Scanned(format!(
        "\u{2}]Q1{}\u{3}\r\n",
        token(1).as_str().to_lowercase()
    ))));
    assert!(matches!(reception.page(), PageView::Confirm(_)));
    assert_eq!(says(&reception), None);
    // Tokens that nobody has ever had are as strange; but not over an afternoon.
    for minutes in [0, 6, 6, 3] {
        reception.tell(Event::Session(Session::Home)).wait(Duration::from_secs(60 * minutes));
        reception.tell(Event::LookUp(LookUp::Scanned(token(99).as_str().to_owned())));
        assert_eq!(says(&reception).is_some(), minutes == 3);
    }
    let mut late = reception.now;
    late.wall += chrono::TimeDelta::hours(25);
    assert_eq!(reception.book.strange_scans(late).unwrap(), None, "nobody asks any more");
}

#[test]
fn the_equipment_says_that_the_scanner_is_set_wrongly() {
    let mut reception = Reception::unlocked();
    let card = |reception: &Reception| {
        reception
            .cards(Heading::Machine)
            .into_iter()
            .find(|card| card.id == CardId::Machine("scanner".to_owned()))
    };
    for strange in 1..=3 {
        reception.go(Section::Machine);
        assert_eq!(card(&reception), None);
        reception.tell(Event::LookUp(LookUp::Scanned(token(90 + strange).as_str().to_owned())));
    }
    reception.go(Section::Machine);
    let shown = card(&reception).unwrap();
    assert_eq!((shown.facts, shown.tone), (vec![Fact::StrangeScans(false)], Tone::Amber));
    reception.desk.config.scanner.device = Some("/dev/ttyACM0".into());
    reception.go(Section::Machine);
    assert_eq!(card(&reception).unwrap().facts, [Fact::StrangeScans(true)]);
}

#[test]
fn what_was_done_about_a_complaint_is_shown_and_its_words_to_managers() {
    for (mut reception, is_manager) in [(Reception::staffed(), false), (Reception::manager(), true)] {
        let said = crate::visit::Feedback {
            rating: None,
            words: crate::visit::Remark::maybe("等了一个小时"),
            complaint: true,
            visit: None,
            department: "品质部".to_owned(),
        };
        reception.book.say(None, &said, reception.now).unwrap();
        reception.unlock().go(Section::Words);
        let case = reception.open_card(Heading::Cases, "品质部").card;
        reception.act(Action::CloseCase, &case).send(&[" "]);
        assert_eq!(reception.pages().form.unwrap().fields[0].error, Some(FieldError::Missing));
        reception.wait(Duration::from_secs(10)).send(&["道歉并送了茶"]);
        reception.is_done(Action::CloseCase);
        assert!(reception.cards(Heading::Cases).is_empty());
        let closed = reception.card(Heading::Closed, "品质部");
        let done =
            [Fact::Remedy("道歉并送了茶".to_owned()), Fact::Closed("王芳".to_owned(), reception.now.wall)];
        assert!(done.iter().all(|fact| closed.facts.contains(fact)), "{closed:?}");
        let words = Fact::Text("等了一个小时".to_owned());
        assert_eq!((closed.facts.contains(&words), closed.corner.as_str()), (is_manager, "C1"));
        assert_eq!(reception.opened().card, closed, "what is open follows");
        reception.wait(Duration::from_secs(40 * 24 * 3600)).unlock().go(Section::Words);
        assert!(reception.cards(Heading::Closed).is_empty(), "not for ever");
    }
}

#[test]
fn whoever_is_invited_for_more_than_one_day_stays_in_sight() {
    let mut reception = Reception::staffed();
    let day = 86_400_000;
    let weekly = |n, name: &str, days| {
        let once = invitation(n, name, 8..18);
        Invitation { days, until: once.until + 30 * day, ..once }
    };
    // It is Monday: one is good today, one on Tuesdays.
    let customer = Some("customer".to_owned());
    let today = Invitation { visit_type: customer, ..weekly(11, "钱一", 1) };
    let far = invitation(13, "孙三", 8..18);
    let far = Invitation { from: far.from + 119 * day, until: far.until + 119 * day, ..far };
    reception.book.put_invitations(&[today, weekly(12, "赵二", 2), far], reception.now).unwrap();
    reception.unlock().go(Section::Invitations);
    assert!(reception.titles(Heading::Expected).contains(&"钱一".to_owned()));
    assert_eq!(reception.titles(Heading::Later), ["赵二", "孙三"]);
    // What they come for is said, and found.
    let kind = reception.config.visit_types.iter().find(|kind| kind.kind.id == "customer").unwrap();
    let kind = kind.kind.name.get(Lang::ZH).to_owned();
    reception.staff(Tap::Filter(kind.clone()));
    assert_eq!(reception.titles(Heading::Expected), ["钱一"], "{kind}");
    reception.staff(Tap::Filter(String::new()));
    // They have come today, and come again.
    reception.staff(Tap::Lock).scan(11).tell(Event::LookUp(LookUp::Confirm));
    if matches!(reception.page(), PageView::Details(_)) {
        reception.details("钱一", "13800138000");
    }
    reception
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done))
        .unlock()
        .go(Section::Invitations);
    assert!(!reception.titles(Heading::Expected).contains(&"钱一".to_owned()));
    assert_eq!(reception.titles(Heading::Later), ["钱一", "赵二", "孙三"]);
    let opened = reception.open_card(Heading::Later, "钱一").card;
    assert_eq!(opened.actions, [Action::ChangeInvitation, Action::CancelInvitation]);
    reception.act(Action::CancelInvitation, &opened).send(&[]);
    reception.is_done(Action::CancelInvitation);
    assert_eq!(reception.titles(Heading::Later), ["赵二", "孙三"]);
}

#[test]
fn what_nobody_did_yesterday_is_said_the_next_day() {
    let mut reception = Reception::unlocked();
    reception.go(Section::Room);
    assert!(reception.cards(Heading::Missed).is_empty(), "nobody was there yesterday");
    let all = reception.titles(Heading::Checks);
    let check = reception.cards(Heading::Checks).remove(0);
    reception.act(Action::Tick, &check);
    reception.wait(Duration::from_secs(24 * 3600)).unlock().go(Section::Room);
    assert_eq!(reception.titles(Heading::Missed), all[1..], "all but the one that was ticked");
    // On the day after a day on which the house was closed there is nothing to say.
    reception.wait(Duration::from_secs(24 * 3600)).unlock().go(Section::Room);
    assert!(reception.cards(Heading::Missed).is_empty());
}

#[test]
fn the_card_of_whoever_leads_counts_those_who_are_in_with_them() {
    let mut reception = Reception::staffed();
    let group = Invitation { party: 40, ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[group], reception.now).unwrap();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "欧阳修明".to_owned(),
        company: "云栖".to_owned(),
        phone: "13800138000".to_owned(),
        party: 20,
        remember: false,
    }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done))
        .unlock();
    assert_eq!(reception.cards(Heading::Here).len(), 21);
    assert!(reception.card(Heading::Here, "欧阳修明").facts.contains(&Fact::Party(20)));
    reception.act(Action::SignOut, &reception.card(Heading::Here, "访客 2/21"));
    assert!(reception.card(Heading::Here, "欧阳修明").facts.contains(&Fact::Party(19)));
}
