//! A flood of strangers fills no host's mailbox: after some within minutes reception is written to, and says so.

use super::*;
use crate::book::Entry;
use crate::errand::{About, Earlier, Letter, Reader};
use crate::visit::Asked;

/// What is written now, done at once.
fn written(reception: &mut Reception) -> Vec<Letter> {
    let mut letters = Vec::new();
    loop {
        let due = reception.due();
        if due.is_empty() {
            return letters;
        }
        for errand in due {
            reception.book.ran(errand.id, Outcome::Done(Seen::Confirmed), reception.now).unwrap();
            letters.extend(errand.work.as_letter().cloned());
        }
    }
}

fn spared(reception: &Reception) -> usize {
    let entries = reception.book.entries().unwrap();
    entries.iter().filter(|entry| **entry == Entry::HostsSpared).count()
}

const NAMES: [&str; 12] =
    ["王一", "王二", "王三", "王四", "王五", "王六", "王七", "王八", "王九", "王十", "李一", "李二"];

#[test]
fn after_ten_strangers_in_ten_minutes_reception_is_asked() {
    let mut reception = Reception::staffed();
    for name in NAMES {
        reception.walks_in(name);
    }
    let letters = written(&mut reception);
    let asked: Vec<About> = letters.iter().map(|letter| letter.about).collect();
    let mut expected = vec![About::MayCome(Asked::Host); 10];
    expected.extend([About::MayCome(Asked::Reception); 2]);
    assert_eq!(asked, expected);
    assert!(letters[10..].iter().all(
        |letter| letter.circumstances.earlier == Earlier::Spared && letter.to == "reception@example.com"
    ));
    assert_eq!(spared(&reception), 2, "and the journal says so");
    // The page says who is asked.
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .details("钱多", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h2".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(waiting.asked.iter().map(|asked| asked.who).collect::<Vec<_>>(), [Asked::Reception]);
    // Whoever is invited, and whoever reception registers, is none of the flood.
    reception.tell(Event::Session(Session::Done));
    written(&mut reception);
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock().staff(Tap::Do(Action::WalkIn, None));
    reception
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .details("孙武", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(Vec::new()))).tell(Event::Session(Session::Done));
    let letters = written(&mut reception);
    assert!(letters.iter().any(|letter| letter.about == About::MayCome(Asked::Host)), "{letters:?}");
    // Ten minutes later the hosts are asked again.
    reception.wait(Duration::from_secs(600)).walks_in("周七");
    let letters = written(&mut reception);
    assert!(
        letters.iter().any(|letter| letter.visitor == "周七" && letter.about == About::MayCome(Asked::Host))
    );
}

#[test]
fn parcels_for_one_host_are_counted_for_that_host() {
    let mut reception = Reception::open();
    let bring = |reception: &mut Reception, host: &str| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Delivery(Parcels::Begin))
            .tell(Event::Registration(Registration::ChooseHost(host.to_owned())));
        let carrier = "顺丰".to_owned();
        reception.tell(Event::Delivery(Parcels::Done { carrier, parcels: 1, to_sign: false }));
    };
    for _ in 0..11 {
        bring(&mut reception, "h1");
    }
    let PageView::Delivered(delivered) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(delivered.told, ToldShown::Reception);
    bring(&mut reception, "h2");
    let readers: Vec<Reader> =
        written(&mut reception).iter().map(|letter| letter.circumstances.reader).collect();
    let mut expected = vec![Reader::Host; 10];
    expected.extend([Reader::Reception, Reader::Host]);
    assert_eq!(readers, expected);
}

#[test]
fn where_reception_has_no_address_hosts_hear_of_everybody() {
    let mut reception = Reception::open();
    reception.config.reception.email = None;
    let (path, other) = (reception._folder.path().join("book.db"), tempfile::tempdir().unwrap());
    let settings = reception.config.reception.clone();
    reception.book = Book::open(&other.path().join("b"), settings.clone(), reception.now).unwrap();
    reception.book = Book::open(&path, settings, reception.now).unwrap();
    for name in NAMES {
        reception.walks_in(name);
    }
    let asked: Vec<About> = written(&mut reception).iter().map(|letter| letter.about).collect();
    assert_eq!(asked, [About::MayCome(Asked::Host); NAMES.len()]);
    assert_eq!(spared(&reception), 0);
}
