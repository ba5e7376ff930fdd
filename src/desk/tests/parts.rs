//! The other parts of reception's pages: roll call, watch list, invitations, supplies, history and numbers.

use super::*;
use crate::errand::About;
use crate::visit::Role;

fn values(texts: &[&str]) -> Tap {
    Tap::Send(texts.iter().map(|text| (*text).to_owned()).collect())
}

impl Reception {
    fn part(&mut self, section: Section) -> &mut Self {
        self.staff(Tap::Go(section))
    }

    fn section_deed(&mut self, deed: Deed) -> &mut Self {
        self.staff(Tap::Do(deed, String::new()))
    }

    pub(super) fn manager() -> Self {
        let mut reception = Self::staffed();
        let pepper = crate::pin::Pepper::read(&reception.desk.config.staff.pepper).unwrap();
        let hash = crate::pin::Pin::new("480215").unwrap().hash(&pepper, [2; 16]).unwrap();
        reception.book.set_pin("王芳", Role::Manager, &hash, "root", reception.now).unwrap();
        reception
    }
}

#[test]
fn a_fire_does_not_wait_for_a_pin() {
    let mut reception = Reception::staffed();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Done(Seen::Confirmed)).tell(Event::Done).walks_in("陈立");
    reception.staff(Tap::CallRoll);
    assert!(reception.pin().roll, "the PIN is asked for, and the roll has begun");
    let roll = reception.book.open_roll().unwrap().unwrap();
    assert_eq!((roll.people.len(), roll.drill, roll.by.as_str()), (2, false, ""));
    let due = reception.due();
    assert!(
        due.iter().any(|errand| matches!(&errand.work, Work::Roll(page) if page.lines.len() == 2)),
        "{due:?}"
    );
    let told = |errand: &Errand| matches!(&errand.work, Work::Letter(letter) if letter.about == About::Roll { drill: false });
    assert!(due.iter().any(told), "{due:?}");
    // Held down again it is the same roll; behind the PIN it is ticked off.
    reception.tell(Event::Back).staff(Tap::CallRoll).staff(Tap::Pin("480215".to_owned()));
    assert_eq!(reception.counter().section, Section::Roll);
    assert_eq!(reception.cards(Heading::Unaccounted).len(), 2);
    let card = reception.card(Heading::Unaccounted, "欧阳修明");
    reception.act(Deed::Safe, &card);
    assert_eq!(reception.card(Heading::Safe, "欧阳修明").tone, Tone::Good);
    let card = reception.card(Heading::Unaccounted, "陈立");
    reception.act(Deed::Missing, &card);
    assert_eq!(reception.card(Heading::Unaccounted, "陈立").tone, Tone::Red);
    let count = |reception: &Reception| {
        reception.counter().sections.iter().find(|(part, _)| *part == Section::Roll).unwrap().1
    };
    assert_eq!(count(&reception), 1, "one is not accounted for");
    reception.section_deed(Deed::EndRoll).send(&[]);
    assert_eq!((reception.book.open_roll().unwrap(), count(&reception)), (None, 0));
}

#[test]
fn a_roll_is_not_called_from_a_visitors_form() {
    let mut reception = Reception::staffed();
    reception.tell(Event::WalkIn).staff(Tap::CallRoll);
    assert!(matches!(reception.page(), PageView::Types(_)));
    assert_eq!(reception.book.open_roll().unwrap(), None);
}

#[test]
fn a_drill_is_called_after_a_second_thought() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Roll).section_deed(Deed::CallDrill);
    assert_eq!(reception.book.open_roll().unwrap(), None, "a question first");
    reception.send(&[]);
    assert!(reception.book.open_roll().unwrap().unwrap().drill);
}

#[test]
fn who_is_watched_for_waits_and_only_managers_read_why() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Watch).section_deed(Deed::Watch);
    reception.staff(values(&["", "", "", "请通知安保", "偷拍", "0"]));
    assert_eq!(reception.counter().form.unwrap().fields[0].slip, Some(Slip::Missing));
    reception.staff(values(&["欧阳修明", "", "", "请通知安保", "偷拍", "0"]));
    let card = reception.card(Heading::Watched, "欧阳修明");
    assert!(card.facts.contains(&Fact::Note("请通知安保".to_owned())));
    assert!(!card.facts.iter().any(|fact| matches!(fact, Fact::Reason(_))), "{card:?}");
    reception.staff(Tap::Lock).scan(1).tell(Event::Confirm).tell(Event::Agree(Vec::new()));
    assert!(matches!(reception.page(), PageView::Waiting(_)), "{:?}", reception.page());
    reception.tell(Event::Done).unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert!(card.facts.contains(&Fact::Discreet(String::new())), "{card:?}");
    reception.staff(Tap::Card(card.key));
    let opened = reception.counter().card.unwrap().card;
    assert!(opened.facts.contains(&Fact::Discreet("请通知安保".to_owned())));
    assert!(opened.facts.contains(&Fact::Alike(
        WatchedBy::Name,
        crate::visit::Likeness::Same,
        "欧阳修明".to_owned()
    )));
    assert!(!opened.facts.iter().any(|fact| matches!(fact, Fact::Reason(_))));
    let watched = reception.part(Section::Watch).card(Heading::Watched, "欧阳修明");
    reception.act(Deed::Unwatch, &watched).send(&[]);
    assert!(reception.cards(Heading::Watched).is_empty());
}

#[test]
fn a_manager_reads_why() {
    let mut reception = Reception::manager();
    reception.unlock().part(Section::Watch).section_deed(Deed::Watch);
    reception.staff(values(&["张三", "", "", "", "偷拍", "1"]));
    let card = reception.card(Heading::Watched, "张三");
    assert!(card.facts.contains(&Fact::Reason("偷拍".to_owned())), "{card:?}");
    assert!(matches!(card.facts.last(), Some(Fact::Until(Some(_)))), "for a week");
}

#[test]
fn several_are_invited_changed_and_withdrawn_on_the_screen() {
    let mut reception = Reception::unlocked();
    reception.part(Section::Invitations).section_deed(Deed::Invite);
    let blank = ["", "", "", "nobody", "刘欣怡", "0", "0", "3", "2", "0", "0", "0"];
    reception.staff(values(&blank));
    let slips: Vec<(Label, Slip)> = reception
        .counter()
        .form
        .unwrap()
        .fields
        .into_iter()
        .filter_map(|field| Some((field.label, field.slip?)))
        .collect();
    assert_eq!(
        slips,
        [(Label::Names, Slip::Missing), (Label::Email, Slip::NoAddress), (Label::Until, Slip::EndsEarly)]
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
        "1",
        "0",
        "1",
    ]));
    reception.is_done(Deed::Invite);
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
    reception.staff(Tap::Card(card.key.clone()));
    let opened = reception.counter().card.unwrap().card;
    assert!(opened.facts.contains(&Fact::Days(31)), "{opened:?}");
    reception.act(Deed::ChangeInvitation, &card);
    let mut fields: Vec<String> = reception
        .counter()
        .form
        .unwrap()
        .fields
        .iter()
        .map(|field| match field.kind {
            FieldKind::Choice => field.chosen.to_string(),
            FieldKind::Name | FieldKind::Text | FieldKind::Latin | FieldKind::Digits | FieldKind::Host => {
                field.text.clone()
            }
        })
        .collect();
    assert_eq!(fields[..2], ["张三", "云栖"]);
    fields[0] = "张三丰".to_owned();
    reception.staff(Tap::Send(fields));
    reception.is_done(Deed::ChangeInvitation);
    reception.staff(Tap::Close);
    let card = reception.card(Heading::Later, "张三丰");
    assert!(
        card.facts
            .iter()
            .any(|fact| matches!(fact, Fact::Expected(from, _) if from.format("%H").to_string() == "09")),
        "{card:?}"
    );
    reception.act(Deed::CancelInvitation, &card).send(&[]);
    assert!(reception.cards(Heading::Later).iter().all(|card| card.title != "张三丰"));
}

#[test]
fn supplies_are_counted_and_the_look_round_is_ticked_by_name() {
    let mut reception = Reception::unlocked();
    let todo = |reception: &Reception| {
        reception.counter().sections.iter().find(|(part, _)| *part == Section::Room).unwrap().1
    };
    // It is 9:41, and nobody has looked yet.
    assert_eq!(todo(&reception), reception.config.daily_checks.len());
    reception.part(Section::Room);
    let check = reception.cards(Heading::Checks).remove(0);
    reception.act(Deed::Tick, &check);
    let check = reception.cards(Heading::Checks).remove(0);
    assert_eq!((check.tone, check.deeds.as_slice()), (Tone::Good, [Deed::Untick].as_slice()));
    assert!(matches!(&check.facts[0], Fact::Ticked(by, _) if by == "王芳"));
    let supply = reception.cards(Heading::Supplies).remove(0);
    assert_eq!(supply.facts, [Fact::Stock(None, 2)], "never counted");
    reception.act(Deed::Count, &supply).staff(values(&["many"]));
    assert_eq!(reception.counter().form.unwrap().fields[0].slip, Some(Slip::NoNumber));
    reception.staff(values(&["1"]));
    assert_eq!(reception.cards(Heading::Supplies)[0].tone, Tone::Amber, "below the safety stock");
    assert_eq!(todo(&reception), reception.config.daily_checks.len(), "one ticked, one low");
}

#[test]
fn the_history_finds_by_pinyin_and_tells_what_happened() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Done).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Deed::Correct, &card).send(&["欧阳秀明", "云栖", "13800138000", "李晓云", ""]);
    let card = reception.card(Heading::Here, "欧阳秀明");
    reception.act(Deed::SignOut, &card);
    reception.part(Section::History).staff(Tap::Filter("oyxm".to_owned()));
    let found = reception.cards(Heading::Found);
    assert_eq!(found.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["欧阳秀明"]);
    reception.staff(Tap::Filter("zhou".to_owned()));
    assert!(reception.cards(Heading::Found).is_empty());
    reception.staff(Tap::Filter(String::new())).staff(Tap::Card(found[0].key.clone()));
    let story: Vec<(&str, String)> = reception
        .counter()
        .card
        .unwrap()
        .story
        .into_iter()
        .filter_map(|fact| if let Fact::Happened(_, what, by) = fact { Some((what, by)) } else { None })
        .collect();
    let by = "王芳".to_owned();
    for (what, by) in [("arrived", String::new()), ("corrected", by.clone()), ("signed_out", by)] {
        assert!(story.contains(&(what, by.clone())), "{what} {by} in {story:?}");
    }
}

#[test]
fn numbers_are_for_managers() {
    let mut reception = Reception::unlocked();
    assert!(reception.counter().sections.iter().all(|(section, _)| *section != Section::Numbers));
    reception.part(Section::Numbers);
    assert_eq!((reception.counter().section, reception.counter().numbers), (Section::Board, None));
    let mut reception = Reception::manager();
    reception.check_in();
    reception.tell(Event::Done).unlock().part(Section::Numbers);
    let numbers = reception.counter().numbers.unwrap();
    assert!(numbers.0.figures.contains(&(Figure::Visits, 1.0)));
    let days = numbers.0.plots.iter().find(|plot| plot.kind == PlotKind::Days).unwrap();
    assert_eq!((days.bars.len(), &days.bars[22]), (30, &("23".to_owned(), 1.0)));
    reception.section_deed(Deed::Earlier);
    assert!(reception.counter().numbers.unwrap().0.figures.contains(&(Figure::Visits, 0.0)));
}
