//! The other parts of reception's pages: roll call, watch list, invitations, supplies, history and numbers.

use super::*;
use crate::errand::About;
use crate::errand::{Kind, Outcome, Seen};
use crate::visit::Role;

fn values(texts: &[&str]) -> Tap {
    Tap::Send(texts.iter().map(|text| (*text).to_owned()).collect())
}

impl Reception {
    fn part(&mut self, section: Section) -> &mut Self {
        self.staff(Tap::Go(section))
    }

    fn part_action(&mut self, action: Action) -> &mut Self {
        self.staff(Tap::Do(action, None))
    }

    /// The open form as nobody has touched it, field by field.
    fn as_it_stands(&self) -> Vec<String> {
        let fields = self.pages().form.unwrap().fields;
        let value = |field: &FieldView| match field.kind {
            FieldKind::Choice | FieldKind::Weekdays => field.chosen.to_string(),
            FieldKind::Name | FieldKind::Text | FieldKind::Latin | FieldKind::Digits | FieldKind::Host => {
                field.text.clone()
            }
        };
        fields.iter().map(value).collect()
    }

    pub(super) fn field_errors(&self) -> Vec<(Label, FieldError)> {
        let form = self.pages().form.expect("a form is open");
        form.fields.into_iter().filter_map(|field| Some((field.label, field.error?))).collect()
    }

    pub(super) fn manager() -> Self {
        let mut reception = Self::staffed();
        let pepper = crate::pin::Pepper::read(&reception.desk.config.staff.pepper_file).unwrap();
        let hash = crate::pin::Pin::new("480215").unwrap().hash(&pepper, [2; 16]).unwrap();
        reception.book.set_pin("王芳", Role::Manager, &hash, "root", reception.now).unwrap();
        reception
    }
}

#[test]
fn a_fire_does_not_wait_for_a_pin() {
    let mut reception = Reception::staffed();
    let (badge, _) = reception.check_in();
    reception
        .ran(&badge, Outcome::Done(Seen::Confirmed))
        .tell(Event::Session(Session::Done))
        .walks_in("陈立");
    reception.staff(Tap::CallRoll);
    assert!(matches!(reception.page(), PageView::RollCall(_)), "the roll has begun");
    assert!(reception.staff(Tap::Open).pin().roll, "the PIN is asked for, to tick people off");
    let roll = reception.book.open_roll().unwrap().unwrap();
    assert_eq!((roll.people.len(), roll.drill, roll.by.as_str()), (2, false, ""));
    let due = reception.due();
    assert!(
        due.iter().any(|errand| matches!(&errand.work, Work::Roll(page) if page.lines.len() == 2)),
        "{due:?}"
    );
    let told = |errand: &Errand| matches!(&errand.work, Work::Letter(letter) if letter.about == About::Roll { drill: false });
    assert!(due.iter().any(told), "{due:?}");
    // Behind the PIN it is ticked off.
    reception.staff(Tap::Pin("480215".to_owned()));
    assert_eq!(reception.pages().section, Section::Roll);
    assert_eq!(reception.book.open_roll().unwrap().unwrap().id, roll.id);
    assert_eq!(reception.cards(Heading::Unaccounted).len(), 2);
    let card = reception.card(Heading::Unaccounted, "欧阳修明");
    reception.act(Action::Safe, &card);
    assert_eq!(reception.card(Heading::Safe, "欧阳修明").tone, Tone::Good);
    let card = reception.card(Heading::Unaccounted, "陈立");
    reception.act(Action::Missing, &card);
    assert_eq!(reception.card(Heading::Unaccounted, "陈立").tone, Tone::Red);
    let count = |reception: &Reception| {
        reception.pages().sections.iter().find(|(part, _)| *part == Section::Roll).unwrap().1
    };
    assert_eq!(count(&reception), 1, "one is not accounted for");
    reception.part_action(Action::EndRoll).send(&[]);
    assert_eq!((reception.book.open_roll().unwrap(), count(&reception)), (None, 0));
}

#[test]
fn one_tap_on_the_board_calls_the_roll() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    assert!(reception.pages().actions.contains(&Action::CallRoll));
    reception.part_action(Action::CallRoll);
    let roll = reception.book.open_roll().unwrap().unwrap();
    assert_eq!((roll.drill, roll.by.as_str(), roll.people.len()), (false, "王芳", 1));
    assert_eq!((reception.pages().form, reception.pages().section), (None, Section::Roll));
    reception.is_done(Action::CallRoll);
    let card = reception.card(Heading::Unaccounted, "欧阳修明");
    reception.act(Action::Safe, &card);
    // A finger that slips on the board throws no ticks away; a second thought may.
    reception.wait(10 * MINUTE).unlock().part_action(Action::CallRoll);
    assert_eq!(reception.book.open_roll().unwrap().unwrap().id, roll.id);
    reception.send(&[]);
    assert_ne!(reception.book.open_roll().unwrap().unwrap().id, roll.id);
}

#[test]
fn a_drill_is_told_from_a_fire_and_a_fire_does_not_wait_for_its_end() {
    let mut reception = Reception::staffed();
    let (badge, _) = reception.check_in();
    reception
        .ran(&badge, Outcome::Done(Seen::Confirmed))
        .tell(Event::Session(Session::Done))
        .walks_in("陈立")
        .unlock();
    reception.part(Section::Roll).part_action(Action::CallDrill).send(&[]);
    let drill = reception.now.wall;
    assert_eq!(reception.pages().head, Some(Fact::Roll(2, true, drill)));
    assert_eq!(reception.cards(Heading::Unaccounted).len(), 2, "the people, and nothing besides");
    let card = reception.card(Heading::Unaccounted, "陈立");
    reception.act(Action::Safe, &card).part(Section::Board);
    assert_eq!(reception.pages().head, None);
    reception.wait(MINUTE / 2);
    reception.part(Section::Roll).part_action(Action::CallRoll).send(&[]);
    let fire = reception.now.wall;
    assert_eq!(reception.pages().head, Some(Fact::Roll(2, false, fire)));
    assert!(reception.cards(Heading::Rolls).is_empty(), "while one is open, it alone counts");
    // A page that came out may be wanted twice.
    loop {
        let due = reception.due();
        if due.is_empty() {
            break;
        }
        for errand in due {
            reception.ran(&errand, Outcome::Done(Seen::Confirmed));
        }
    }
    let page = reception.cards(Heading::Pages).remove(0);
    assert_eq!(page.actions, [Action::PrintAgain]);
    reception.act(Action::PrintAgain, &page);
    reception.is_done(Action::PrintAgain);
    assert!(reception.cards(Heading::Pages)[0].actions.is_empty(), "it waits for the printer");
    reception.wait(MINUTE / 2);
    reception.part_action(Action::EndRoll).send(&[]);
    assert_eq!(reception.pages().head, None);
    let over: Vec<Vec<Fact>> = reception.cards(Heading::Rolls).into_iter().map(|card| card.facts).collect();
    assert_eq!(
        over,
        [
            vec![Fact::Roll(2, false, fire), Fact::Accounted(0, 2), Fact::Ended(reception.now.wall)],
            vec![Fact::Roll(2, true, drill), Fact::Accounted(1, 2), Fact::Ended(fire)],
        ]
    );
    assert_eq!(reception.cards(Heading::Rolls)[0].title, "王芳");
}

#[test]
fn invitations_are_changed_and_withdrawn_on_their_cards() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Invitations);
    let card = reception.card(Heading::Expected, "欧阳修明");
    assert_eq!(card.actions, [Action::ChangeInvitation, Action::CancelInvitation]);
    reception.act(Action::CancelInvitation, &card).send(&[]);
    reception.is_done(Action::CancelInvitation);
    // What is over for today is neither changed nor withdrawn.
    assert!(reception.card(Heading::Expected, "孙伟").actions.is_empty());
}

#[test]
fn a_roll_is_not_called_from_a_visitors_form() {
    let mut reception = Reception::staffed();
    reception.tell(Event::Registration(Registration::WalkIn)).staff(Tap::CallRoll);
    assert!(matches!(reception.page(), PageView::Types(_)));
    assert_eq!(reception.book.open_roll().unwrap(), None);
}

#[test]
fn a_drill_is_called_after_a_second_thought() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Roll).part_action(Action::CallDrill);
    assert_eq!(reception.book.open_roll().unwrap(), None, "a question first");
    reception.send(&[]);
    assert!(reception.book.open_roll().unwrap().unwrap().drill);
}

#[test]
fn who_is_watched_for_waits_and_only_managers_read_why() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Watch).part_action(Action::Watch);
    reception.staff(values(&["", "", "", "请通知安保", "偷拍", "0"]));
    assert_eq!(reception.pages().form.unwrap().fields[0].error, Some(FieldError::Missing));
    // Nobody is ever called so, and nobody has such a number: it would be waited for in vain.
    for (typed, error) in [
        (["—", "", ""], (Label::Name, FieldError::Problem(Problem::NameNotAName))),
        (["", "abc", ""], (Label::Phone, FieldError::Problem(Problem::PhoneNotANumber))),
        (["欧阳修明", "", "—"], (Label::Company, FieldError::Missing)),
    ] {
        reception.staff(values(&[&typed[..], &["", "", "0"]].concat()));
        assert_eq!(reception.field_errors(), [error]);
    }
    assert!(reception.book.watched().unwrap().is_empty());
    reception.staff(values(&["欧阳修明", "", "", "请通知安保", "偷拍", "0"]));
    let card = reception.card(Heading::Watched, "欧阳修明");
    assert!(card.facts.contains(&Fact::Note("请通知安保".to_owned())));
    assert!(!card.facts.iter().any(|fact| matches!(fact, Fact::Reason(_))), "{card:?}");
    reception
        .staff(Tap::Lock)
        .scan(1)
        .tell(Event::LookUp(LookUp::Confirm))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    assert!(matches!(reception.page(), PageView::Waiting(_)), "{:?}", reception.page());
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert!(card.facts.contains(&Fact::Discreet(String::new())), "{card:?}");
    reception.staff(Tap::Card(card.id));
    let opened = reception.pages().card.unwrap().card;
    assert!(opened.facts.contains(&Fact::Discreet("请通知安保".to_owned())));
    assert!(opened.facts.contains(&Fact::Alike(
        WatchedBy::Name,
        crate::visit::Likeness::Same,
        "欧阳修明".to_owned()
    )));
    assert!(!opened.facts.iter().any(|fact| matches!(fact, Fact::Reason(_))));
    let watched = reception.part(Section::Watch).card(Heading::Watched, "欧阳修明");
    reception.act(Action::Unwatch, &watched).send(&[]);
    assert!(reception.cards(Heading::Watched).is_empty());
}

#[test]
fn a_manager_reads_why() {
    let mut reception = Reception::manager();
    reception.unlock().part(Section::Watch).part_action(Action::Watch);
    reception.staff(values(&["张三", "", "", "", "偷拍", "1"]));
    let card = reception.card(Heading::Watched, "张三");
    assert!(card.facts.contains(&Fact::Reason("偷拍".to_owned())), "{card:?}");
    assert!(matches!(card.facts.last(), Some(Fact::Until(Some(_)))), "for a week");
}

#[test]
fn several_are_invited_changed_and_withdrawn_on_the_screen() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Invitations).part_action(Action::Invite);
    let blank = ["", "", "", "nobody", "刘欣怡", "0", "0", "3", "2", "0", "0", "0"];
    reception.staff(values(&blank));
    assert_eq!(
        reception.field_errors(),
        [
            (Label::Names, FieldError::Missing),
            (Label::Email, FieldError::NoAddress),
            (Label::Until, FieldError::EndsEarly)
        ]
    );
    // Tomorrow from 9 to 18, every working day for a week.
    reception.staff(values(&[
        "张三，李四",
        "云栖",
        "",
        "z@example.com",
        "刘欣怡",
        "1",
        "8",
        "3",
        "12",
        "31",
        "0",
        "1",
    ]));
    reception.is_done(Action::Invite);
    let titles: Vec<String> = reception.cards(Heading::Later).into_iter().map(|card| card.title).collect();
    assert!(["张三", "李四"].iter().all(|name| titles.contains(&(*name).to_owned())), "{titles:?}");
    let letters: Vec<String> = reception
        .due()
        .into_iter()
        .filter_map(|errand| errand.work.as_letter().filter(|letter| letter.ticket.is_some()).cloned())
        .map(|letter| letter.to)
        .collect();
    assert_eq!(letters, ["z@example.com", "z@example.com"]);
    let card = reception.card(Heading::Later, "张三");
    assert!(card.facts.contains(&Fact::Days(31)), "the days are seen before anybody opens it: {card:?}");
    reception.staff(Tap::Card(card.id.clone()));
    let opened = reception.pages().card.unwrap().card;
    assert!(opened.facts.contains(&Fact::Days(31)), "{opened:?}");
    reception.act(Action::ChangeInvitation, &card);
    let mut fields = reception.as_it_stands();
    assert_eq!(fields[..2], ["张三", "云栖"]);
    fields[0] = "张三丰".to_owned();
    reception.staff(Tap::Send(fields));
    reception.is_done(Action::ChangeInvitation);
    reception.staff(Tap::Close);
    let card = reception.card(Heading::Later, "张三丰");
    assert!(
        card.facts
            .iter()
            .any(|fact| matches!(fact, Fact::Expected(from, _) if from.format("%H").to_string() == "09")),
        "{card:?}"
    );
    reception.act(Action::CancelInvitation, &card).send(&[]);
    assert!(reception.cards(Heading::Later).iter().all(|card| card.title != "张三丰"));
}

/// Invitations as files of the company bring them, that the screen itself offers nobody.
fn imported() -> Vec<Invitation> {
    let (day, minute) = (86_400_000, 60_000);
    let now = morning().millis();
    let plain = || invitation(50, "王小明", 8..18);
    vec![
        Invitation { from: now - 11 * minute, until: now + 8 * 60 * minute + 30_250, ..plain() },
        Invitation { from: now - 3 * day, until: now + 60 * minute, ..plain() },
        // From 5:17 until 23:53.
        Invitation { from: now - 264 * minute, until: now + 852 * minute, ..plain() },
        Invitation { days: 1 + 4, until: now + 30 * day, ..plain() },
        Invitation { days: 127, until: now + 200 * day, ..plain() },
        Invitation { from: now + 300 * day, until: now + 301 * day, ..plain() },
        Invitation { from: now + minute, until: now + minute, ..plain() },
        Invitation { visitor: PersonName::parse("Smith, John").unwrap(), party: 3, ..plain() },
        Invitation { visit_type: Some("gone".to_owned()), lang: Some(Lang::EN), ..plain() },
        Invitation { visit_type: Some("customer".to_owned()), lang: "ko".parse().ok(), ..plain() },
        Invitation { email: Some("k@example.com".to_owned()), host_id: "h3".to_owned(), ..plain() },
    ]
}

#[test]
fn whoever_changes_only_the_phone_changes_nothing_else() {
    for (at, old) in imported().into_iter().enumerate() {
        let mut reception = Reception::unlocked();
        // Two hosts are called so; which one was meant stands in the file.
        reception.book.put_hosts(&[host("h3", "李晓云")], reception.now).unwrap();
        reception.book.put_invitations(std::slice::from_ref(&old), reception.now).unwrap();
        reception.part(Section::Invitations);
        reception.staff(Tap::Do(Action::ChangeInvitation, Some(CardId::Invitation(old.id.clone()))));
        let mut fields = reception.as_it_stands();
        fields[2] = "13655554444".to_owned();
        reception.staff(Tap::Send(fields));
        assert_eq!(reception.pages().said, Some(Said::Done(Action::ChangeInvitation)), "{at}: {old:?}");
        let changed = reception.book.invitation(&old.id).unwrap().unwrap();
        assert_eq!(changed, Invitation { phone: Phone::maybe("13655554444").unwrap(), ..old }, "{at}");
    }
}

#[test]
fn an_odd_day_is_one_choice_more_in_its_place() {
    let mut reception = Reception::unlocked();
    let old = imported().remove(0);
    reception.book.put_invitations(std::slice::from_ref(&old), reception.now).unwrap();
    reception.staff(Tap::Do(Action::ChangeInvitation, Some(CardId::Invitation(old.id.clone()))));
    let fields = reception.pages().form.unwrap().fields;
    let from = fields.iter().find(|field| field.label == Label::From).unwrap();
    let clock = |choice: &Choice| {
        let Choice::Hour(at) = choice else { panic!("{choice:?}") };
        at.format("%H:%M").to_string()
    };
    assert_eq!(
        from.choices[from.chosen - 1..=from.chosen + 1].iter().map(clock).collect::<Vec<_>>(),
        ["09:00", "09:30", "10:00"]
    );
    // What is chosen of the others holds, and nothing that cannot be understood is passed over.
    let mut values = reception.as_it_stands();
    values[7] = (from.chosen + 1).to_string();
    values[6] = "900".to_owned();
    reception.staff(Tap::Send(values.clone()));
    assert_eq!(reception.field_errors(), [(Label::LastDay, FieldError::Missing)]);
    values[6] = "0".to_owned();
    reception.staff(Tap::Send(values));
    reception.is_done(Action::ChangeInvitation);
    let changed = reception.book.invitation(&old.id).unwrap().unwrap();
    assert_eq!((changed.from, changed.until), (old.from + 30 * 60_000, old.until));
}

#[test]
fn several_have_one_address_or_one_each_and_nobody_is_dropped() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Invitations).part_action(Action::Invite);
    let with = |names: &str, emails: &str| {
        values(&[names, "", "", emails, "刘欣怡", "1", "1", "3", "12", "0", "0", "0"])
    };
    reception.staff(with("张三，李四，王五", "z@example.com, l@example.com"));
    assert_eq!(reception.field_errors(), [(Label::Email, FieldError::NotEach)]);
    for wrong in ["z@example.com，l@", "z@xn--pokxncvks.example, l@example.com", "z@exa mple.com"] {
        reception.staff(with("张三，李四", wrong));
        assert_eq!(reception.field_errors(), [(Label::Email, FieldError::NoAddress)], "{wrong}");
    }
    let many = |count: u32| -> String {
        (0..count).map(|n| format!("王{}，", char::from_u32(0x4E00 + n).unwrap())).collect()
    };
    reception.staff(with(&many(51), ""));
    assert_eq!(reception.field_errors(), [(Label::Names, FieldError::TooMany)]);
    reception.staff(with("张三，李四", "z@example.com, l@example.com"));
    reception.is_done(Action::Invite);
    let letters = |reception: &mut Reception| -> Vec<(String, String)> {
        let due = reception.due();
        for errand in &due {
            reception.ran(errand, Outcome::Done(Seen::Confirmed));
        }
        let letters = due.iter().filter_map(|errand| errand.work.as_letter());
        letters.map(|letter| (letter.visitor.clone(), letter.to.clone())).collect()
    };
    let pair = |name: &str, to: &str| (name.to_owned(), to.to_owned());
    assert_eq!(letters(&mut reception), [pair("张三", "z@example.com"), pair("李四", "l@example.com")]);
    reception.part_action(Action::Invite).staff(with("赵六，孙七", "office@example.com"));
    let office = "office@example.com";
    assert_eq!(letters(&mut reception), [pair("赵六", office), pair("孙七", office)]);
    reception.part_action(Action::Invite).staff(with("周八，吴九", "z@例子。公司，info@Müller.de"));
    let domains = ["z@xn--fsqu00a.xn--55qx5d", "info@xn--mller-kva.de"];
    assert_eq!(letters(&mut reception), [pair("周八", domains[0]), pair("吴九", domains[1])]);
    reception.part_action(Action::Invite).staff(with(&many(50), ""));
    reception.is_done(Action::Invite);
    let later = reception.cards(Heading::Later);
    assert_eq!(later.iter().filter(|card| card.title.starts_with('王')).count(), 50);
}

#[test]
fn supplies_are_counted_and_the_look_round_is_ticked_by_name() {
    let mut reception = Reception::unlocked();
    let todo = |reception: &Reception| {
        reception.pages().sections.iter().find(|(part, _)| *part == Section::Room).unwrap().1
    };
    // It is 9:41, and nobody has looked yet.
    assert_eq!(todo(&reception), reception.config.daily_checks.len());
    reception.part(Section::Room);
    let check = reception.cards(Heading::Checks).remove(0);
    reception.act(Action::Tick, &check);
    let check = reception.cards(Heading::Checks).remove(0);
    assert_eq!((check.tone, check.actions.as_slice()), (Tone::Good, [Action::Untick].as_slice()));
    assert!(matches!(&check.facts[0], Fact::Ticked(by, _) if by == "王芳"));
    let supply = reception.cards(Heading::Supplies).remove(0);
    assert_eq!(supply.facts, [Fact::Stock(None, 2)], "never counted");
    reception.act(Action::Count, &supply).staff(values(&["many"]));
    assert_eq!(reception.pages().form.unwrap().fields[0].error, Some(FieldError::NoNumber));
    reception.staff(values(&["1"]));
    assert_eq!(reception.cards(Heading::Supplies)[0].tone, Tone::Amber, "below the safety stock");
    assert_eq!(todo(&reception), reception.config.daily_checks.len(), "one ticked, one low");
}

#[test]
fn the_history_finds_by_pinyin_and_tells_what_happened() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send(&["欧阳秀明", "云栖", "13800138000", "李晓云", ""]);
    let card = reception.card(Heading::Here, "欧阳秀明");
    reception.act(Action::SignOut, &card);
    reception.part(Section::History).staff(Tap::Filter("oyxm".to_owned()));
    let found = reception.cards(Heading::Found);
    assert_eq!(found.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["欧阳秀明"]);
    reception.staff(Tap::Filter("zhou".to_owned()));
    assert!(reception.cards(Heading::Found).is_empty());
    reception.staff(Tap::Filter(String::new())).staff(Tap::Card(found[0].id.clone()));
    let story: Vec<(&str, String)> = reception
        .pages()
        .card
        .unwrap()
        .story
        .into_iter()
        .filter_map(|fact| if let Fact::Happened(_, what, by, _) = fact { Some((what, by)) } else { None })
        .collect();
    let by = "王芳".to_owned();
    for (what, by) in [("arrived", String::new()), ("corrected", by.clone()), ("signed_out", by)] {
        assert!(story.contains(&(what, by.clone())), "{what} {by} in {story:?}");
    }
}

#[test]
fn a_story_tells_what_came_of_badge_and_mail_and_of_each_no_more_than_that() {
    let mut reception = Reception::staffed();
    let (badge, mail) = reception.check_in();
    let errands = |reception: &mut Reception| {
        reception.tell(Event::Session(Session::Done)).unlock();
        let card = reception.card(Heading::Here, "欧阳修明").id;
        reception.staff(Tap::Card(card));
        let story = reception.pages().card.unwrap().story.into_iter();
        let of = |fact| {
            let Fact::Happened(_, _, _, Detail::Errand(kind, state)) = fact else { return None };
            Some((kind, state))
        };
        story.filter_map(of).collect::<Vec<_>>()
    };
    let (paper, letter) = (Kind::Paper, Kind::Letter);
    assert_eq!(errands(&mut reception), [(paper, State::Queued(None)), (letter, State::Queued(None))]);
    reception.ran(&badge, Outcome::Done(Seen::Confirmed));
    reception.ran(&mail, Outcome::NotYet(Trouble::MailUnreachable));
    let printed = (paper, State::Done(Seen::Confirmed));
    let waits = (letter, State::Queued(Some(Trouble::MailUnreachable)));
    assert_eq!(errands(&mut reception), [printed, waits]);
    let again = reception.wait(MINUTE).due().remove(0);
    reception.ran(&again, Outcome::Done(Seen::HandedOver));
    assert_eq!(errands(&mut reception), [printed, waits, (letter, State::Done(Seen::HandedOver))]);
}

#[test]
fn a_story_tells_why_and_what() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).walks_in("陈立").unlock();
    let story = |reception: &mut Reception, card: &CardId| -> Vec<(&str, Detail)> {
        reception.staff(Tap::Card(card.clone()));
        let story = reception.pages().card.unwrap().story;
        reception.staff(Tap::Close);
        let told = story.into_iter();
        told.filter_map(
            |fact| if let Fact::Happened(_, what, _, more) = fact { Some((what, more)) } else { None },
        )
        .filter(|(_, more)| !matches!(more, Detail::None | Detail::Errand(..)))
        .collect()
    };
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send(&["欧阳秀明", "星河", "13800138000", "刘欣怡", ""]);
    reception.act(Action::Note, &card).send(&["轮椅"]);
    reception.act(Action::Extend, &card).send(&["1"]);
    reception.act(Action::Reprint, &card).send(&["掉进水里"]);
    reception.act(Action::Correct, &card).send(&["欧阳秀明", "星河", "13800138000", "刘欣怡", "验货"]);
    reception.act(Action::LendPass, &card).send(&["7"]).act(Action::TakePass, &card);
    reception.staff(Tap::Lock).staff(Tap::CallRoll).staff(Tap::Open).staff(Tap::Pin("480215".to_owned()));
    let called = reception.card(Heading::Unaccounted, "欧阳秀明");
    reception.act(Action::Safe, &called).act(Action::Missing, &called).act(Action::Unmark, &called);
    let pass = |back| Detail::Pass { number: "7".to_owned(), back };
    assert_eq!(
        story(&mut reception, &card.id),
        [
            ("corrected", Detail::Fields(vec![Label::Name, Label::Company, Label::Host])),
            ("corrected", Detail::Fields(vec![Label::Note])),
            ("corrected", Detail::Fields(vec![Label::HowLong])),
            ("reprinted", Detail::Text("掉进水里".to_owned())),
            ("corrected", Detail::Fields(vec![Label::Purpose])),
            ("pass", pass(false)),
            ("pass", pass(true)),
            ("roll_marked", Detail::Marked(Some(true))),
            ("roll_marked", Detail::Marked(Some(false))),
            ("roll_marked", Detail::Marked(None)),
        ]
    );
    let waiting = reception.part(Section::Board).card(Heading::Hand, "陈立");
    reception.act(Action::Decline, &waiting).send(&["请下周再来"]);
    assert_eq!(story(&mut reception, &waiting.id), [("declined", Detail::Text("请下周再来".to_owned()))]);
}

#[test]
fn numbers_are_for_managers() {
    let mut reception = Reception::unlocked();
    assert!(reception.pages().sections.iter().all(|(section, _)| *section != Section::Numbers));
    reception.part(Section::Numbers);
    assert_eq!((reception.pages().section, reception.pages().numbers), (Section::Board, None));
    let mut reception = Reception::manager();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock().part(Section::Numbers);
    let numbers = reception.pages().numbers.unwrap();
    assert!(numbers.0.figures.contains(&(Figure::Visits, Some(1.0))));
    let days = numbers.0.plots.iter().find(|plot| plot.kind == PlotKind::Days).unwrap();
    assert_eq!((days.bars.len(), &days.bars[22]), (30, &("23".to_owned(), 1.0)));
    let hours = numbers.0.plots.iter().find(|plot| plot.kind == PlotKind::Hours).unwrap();
    assert_eq!((hours.bars.len(), &hours.bars[9]), (24, &("9".to_owned(), 1.0)), "a night's visit too");
    reception.part_action(Action::Earlier);
    assert!(reception.pages().numbers.unwrap().0.figures.contains(&(Figure::Visits, Some(0.0))));
    let figures = reception.pages().numbers.unwrap().0.figures.clone();
    for unmeasured in [Figure::ToBadge, Figure::ToAnswer, Figure::Satisfaction] {
        assert!(figures.contains(&(unmeasured, None)), "{unmeasured:?} of a month without visits");
    }
}
