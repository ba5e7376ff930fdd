//! Parcels: for whom, how many, what is written about them, and what happens when nobody comes.

use super::*;
use crate::errand::{About, Letter};

fn letters(reception: &mut Reception) -> Vec<(Errand, Letter)> {
    let letter = |errand: Errand| Some((errand.clone(), errand.work.as_letter()?.clone()));
    reception.due().into_iter().filter_map(letter).collect()
}

fn brought(reception: &mut Reception, parcels: i32, to_sign: bool) -> DeliveredView {
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    assert!(matches!(reception.page(), PageView::Parcels(_)));
    reception.tell(Event::Delivery(Parcels::Done { carrier: " 顺丰 ".to_owned(), parcels, to_sign }));
    let PageView::Delivered(delivered) = reception.page() else { panic!("{:?}", reception.page()) };
    delivered
}

#[test]
fn parcels_are_registered_and_written_about_and_no_badge_is_printed() {
    let mut reception = Reception::open();
    let delivered = brought(&mut reception, 3, true);
    assert_eq!((delivered.number.as_str(), delivered.parcels), ("P1", 3));
    assert_eq!(delivered.host_state, HostShown::Sending);
    let due = letters(&mut reception);
    let [(errand, letter)] = &due[..] else { panic!("{due:?}") };
    assert_eq!(letter.about, About::Parcels { to_sign: true, again: false });
    assert_eq!((letter.visitor.as_str(), letter.party, letter.number.as_str()), ("顺丰", 3, "P1"));
    reception.ran(errand, Outcome::Done(Seen::Confirmed));
    let PageView::Delivered(delivered) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(delivered.host_state, HostShown::Sent);
    reception.wait(reception.config.screen.thanks_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
    assert!(reception.book.open_visits().unwrap().is_empty(), "who brings something is no visitor");
    assert_eq!(brought(&mut reception, 0, false).parcels, 1, "there is at least one");
}

#[test]
fn goods_for_a_department_go_to_whoever_is_there_for_it() {
    let mut reception = Reception::open();
    let warehouse = |id: &str, name: &str| Host { department: "仓储部".into(), ..host(id, name) };
    let hosts = [warehouse("h3", "周敏"), Host { contact: true, ..warehouse("h4", "林小宇") }];
    reception.book.put_hosts(&hosts, reception.now).unwrap();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("delivery".to_owned())));
    reception.tell(Event::Registration(Registration::AskForHost("cangchu".to_owned())));
    let PageView::Host(search) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(search.recipient);
    let HostRow::Anybody { id, department } = &search.rows[0] else { panic!("{:?}", search.rows) };
    assert_eq!(department, "仓储部");
    reception.tell(Event::Registration(Registration::ChooseHost(id.clone())));
    reception
        .tell(Event::Delivery(Parcels::Done { carrier: "德邦".to_owned(), parcels: 12, to_sign: true }));
    let due = letters(&mut reception);
    let [(_, letter)] = &due[..] else { panic!("{due:?}") };
    assert_eq!(letter.to, "h4@example.com", "not the first of the list");
}

#[test]
fn without_a_type_for_parcels_none_are_taken() {
    let types = "[[visit_type]]\nid = \"a\"\nname = \"A\"\n";
    let mut reception = Reception::configured(types);
    reception.tell(Event::Delivery(Parcels::Begin));
    assert_eq!(reception.page(), PageView::Welcome);
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("delivery".to_owned())));
    assert!(matches!(reception.page(), PageView::Types(types) if types.len() == 1));
    // Under another key and name it is the same.
    let types = "[[visit_type]]\nid = \"post\"\nname = \"快递\"\nparcels = true\n";
    let mut reception = Reception::configured(types);
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("post".to_owned())));
    assert!(matches!(reception.page(), PageView::Host(HostView { recipient: true, .. })));
    reception.tell(Event::Session(Session::Home));
    assert_eq!(brought(&mut reception, 2, false).parcels, 2);
}

#[test]
fn who_was_announced_with_parcels_is_asked_for_nothing_else() {
    let mut reception = Reception::open();
    let announced = Invitation {
        visit_type: Some("delivery".to_owned()),
        host_id: "h2".to_owned(),
        ..invitation(1, "欧阳修明", 8..18)
    };
    reception.book.put_invitations(&[announced], reception.now).unwrap();
    reception.scan(1);
    assert!(matches!(reception.page(), PageView::Confirm(Found { whole: false, .. })));
    reception.tell(Event::LookUp(LookUp::Correct));
    assert!(matches!(reception.page(), PageView::Confirm(_)), "there is nothing to correct");
    reception.tell(Event::LookUp(LookUp::Confirm));
    assert!(matches!(reception.page(), PageView::Parcels(ParcelsView { host, .. }) if host == "刘欣怡"));
    reception.tell(Event::Delivery(Parcels::Done { carrier: String::new(), parcels: 1, to_sign: false }));
    assert_eq!(letters(&mut reception)[0].1.to, "h2@example.com");
    assert_eq!(reception.visits(), 0, "nobody came in");
    // They are expected no more, and have not stayed away.
    let brought = reception.now.wall;
    reception.wait(MINUTE).scan(1);
    assert_eq!(reception.miss(), Some(LookupError::Used(brought)));
    let (from, until) = (brought - chrono::Days::new(1), brought + chrono::Days::new(1));
    let numbers = |reception: &Reception| reception.book.numbers(from, until, reception.now).unwrap();
    let before = numbers(&reception);
    reception.wait(MINUTE * 60 * 12);
    let after = numbers(&reception);
    let ended = after.invitations - before.invitations;
    assert_eq!(after.no_shows - before.no_shows, ended - 1, "all that ended today but this one");
}

#[test]
fn who_does_not_come_is_written_to_once_more() {
    let mut reception = Reception::open();
    brought(&mut reception, 1, false);
    for (errand, _) in letters(&mut reception) {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    let remind = reception.config.reception.parcel_hours;
    reception.wait(remind - Duration::from_secs(1));
    assert_eq!(letters(&mut reception), []);
    assert_eq!(reception.book.next_due(reception.now).unwrap(), Some(Duration::from_secs(1)));
    reception.wait(Duration::from_secs(1));
    let again = letters(&mut reception);
    assert_eq!(again[0].1.about, About::Parcels { to_sign: false, again: true });
    reception.wait(remind * 3);
    assert!(letters(&mut reception).iter().all(|(errand, _)| errand.id == again[0].0.id), "only once more");
    assert_eq!(reception.book.parcels().unwrap().len(), 1);
}

#[test]
fn what_was_collected_is_not_written_about_again() {
    let mut reception = Reception::open();
    brought(&mut reception, 1, false);
    letters(&mut reception);
    assert!(reception.book.collect(1, "reception", reception.now).unwrap());
    assert!(!reception.book.collect(1, "reception", reception.now).unwrap(), "only once");
    assert!(!reception.book.collect(7, "reception", reception.now).unwrap(), "never brought");
    reception.wait(reception.config.reception.parcel_hours);
    assert!(
        letters(&mut reception)
            .iter()
            .all(|(_, letter)| !matches!(letter.about, About::Parcels { again: true, .. }))
    );
    assert!(reception.book.parcels().unwrap().is_empty());
}

#[test]
fn one_goes_back_to_the_recipient_and_to_the_start() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Host(HostView { recipient: true, .. })));
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.page(), PageView::Welcome);
    // Given up halfway: nothing is kept.
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    let screen = reception.config.screen.clone();
    reception.wait(screen.idle_seconds).wait(screen.warning_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
    assert!(reception.book.parcels().unwrap().is_empty());
}

#[test]
fn who_was_announced_goes_back_to_what_was_announced() {
    let mut reception = Reception::open();
    let announced =
        Invitation { visit_type: Some("delivery".to_owned()), ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[announced], reception.now).unwrap();
    reception.scan(1).tell(Event::LookUp(LookUp::Confirm)).tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Confirm(_)), "{:?}", reception.page());
    reception.tell(Event::LookUp(LookUp::Confirm));
    let PageView::Parcels(parcels) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(parcels.carrier.as_deref(), Some("云栖新能源（杭州）有限公司"), "it was announced");
    reception
        .tell(Event::Delivery(Parcels::Done { carrier: "顺丰".to_owned(), parcels: 1, to_sign: false }));
    assert!(matches!(reception.page(), PageView::Delivered(_)));
    assert!(reception.book.invitation("i1").unwrap().unwrap().used_by.is_some(), "it is expected no more");
    // Who was not announced begins with nothing, and goes back to the recipients.
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    assert!(matches!(reception.page(), PageView::Parcels(ParcelsView { carrier: None, .. })));
}
