//! Midnight, summer time and clocks that jump: nobody is signed out too early, asked twice or not asked at all.

use super::*;
use crate::errand::About;
use crate::now::{BERLIN, Zone};
use crate::visit::Asked;

impl Reception {
    /// A customer who waits for an answer.
    fn asks(&mut self) -> &mut Self {
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
            .details("王芳", "13900139000");
        self.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
            .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
        self.tell(Event::Registration(Registration::Agree(vec![]))).tell(Event::Session(Session::Home))
    }

    /// What was to be run now, and is.
    fn run_letters(&mut self) -> Vec<About> {
        let about = |errand: &Errand| errand.work.as_letter().map(|letter| letter.about);
        let due = self.due();
        for errand in &due {
            self.ran(errand, Outcome::Done(Seen::Confirmed));
        }
        due.iter().filter_map(about).collect()
    }
}

fn set(reception: &mut Reception, wall: &str) {
    let wall = DateTime::parse_from_rfc3339(wall).unwrap();
    let zone = match reception.now.zone {
        Zone::Fixed(_) => Zone::Fixed(*wall.offset()),
        ruled @ Zone::Ruled(_) => ruled,
    };
    reception.now = Now { wall, zone, ..reception.now };
    reception.tell(Event::System(System::Tick));
}

/// Time passes, and the clock goes on by itself.
fn until<'a>(reception: &'a mut Reception, wall: &str) -> &'a mut Reception {
    let passed = DateTime::parse_from_rfc3339(wall).unwrap() - reception.now.wall;
    reception.wait(passed.to_std().unwrap())
}

/// A private visitor who is in at once, without a word more.
fn comes(reception: &mut Reception) -> Visit {
    for kind in &mut reception.config.visit_types {
        kind.admits = crate::config::Admits::Nobody;
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("private".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Home));
    reception.book.open_visits().unwrap().pop().unwrap()
}

#[test]
fn somebody_who_comes_shortly_before_midnight_is_here_until_then() {
    let mut reception = Reception::open();
    set(&mut reception, "2026-11-23T23:50:00+08:00");
    let visit = comes(&mut reception);
    assert_eq!(visit.good_until.to_rfc3339(), "2026-11-23T23:59:00+08:00");
    reception.due();
    assert_eq!(reception.visits(), 1);
    set(&mut reception, "2026-11-24T00:01:00+08:00");
    reception.due();
    assert_eq!(reception.visits(), 0);
    assert!(reception.book.visit(visit.id).unwrap().unwrap().assumed);
    let next = comes(&mut reception);
    assert_eq!(next.badge.to_string(), "A001", "a new day begins with the first number");
    assert_eq!(next.good_until.to_rfc3339(), "2026-11-24T02:01:00+08:00", "two hours at most");
}

#[test]
fn on_the_night_of_summer_time_nobody_is_forgotten_or_asked_too_early() {
    let mut reception = Reception::open();
    set(&mut reception, "2026-03-29T01:58:00+01:00");
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
    reception.tell(Event::Registration(Registration::Agree(vec![]))).tell(Event::Session(Session::Home));
    let asked = |reception: &mut Reception| {
        let due = reception.due();
        due.into_iter().any(|errand| {
            matches!(&errand.work, Work::Letter(letter) if letter.about == About::MayCome(Asked::Reception))
        })
    };
    assert!(!asked(&mut reception));
    // Two o'clock is three o'clock: four minutes have passed, not sixty-four.
    set(&mut reception, "2026-03-29T03:02:00+02:00");
    assert!(!asked(&mut reception), "the host has five minutes");
    set(&mut reception, "2026-03-29T03:03:00+02:00");
    assert!(asked(&mut reception));
    // And when the clock goes back, an hour comes twice.
    set(&mut reception, "2026-10-25T02:30:00+02:00");
    let visit = comes(&mut reception);
    set(&mut reception, "2026-10-25T02:10:00+01:00");
    reception.due();
    assert!(reception.book.visit(visit.id).unwrap().unwrap().left.is_none());
}

/// A house where clocks are set forward in March and back in October.
fn in_berlin(wall: &str) -> Reception {
    let mut reception = Reception::open();
    reception.now.zone = BERLIN;
    set(&mut reception, wall);
    reception
}

#[test]
fn whoever_comes_before_the_clocks_are_set_leaves_at_the_hour_that_they_show_then() {
    for (comes_at, later, closes) in [
        ("2026-03-29T01:30:00+01:00", "2026-03-29T18:59:00+02:00", "2026-03-29T19:00:00+02:00"),
        ("2026-10-25T01:30:00+02:00", "2026-10-25T18:59:00+01:00", "2026-10-25T19:00:00+01:00"),
    ] {
        let mut reception = in_berlin(comes_at);
        reception.config.visit.closes = chrono::NaiveTime::from_hms_opt(19, 0, 0).unwrap();
        let visit = comes(&mut reception);
        until(&mut reception, later).due();
        assert!(reception.book.visit(visit.id).unwrap().unwrap().left.is_none(), "{later}");
        until(&mut reception, closes).due();
        let left = reception.book.visit(visit.id).unwrap().unwrap().left.expect("the house closed");
        assert_eq!(left, DateTime::parse_from_rfc3339(closes).unwrap());
    }
}

#[test]
fn a_clock_that_is_set_back_a_day_signs_nobody_out_and_the_day_ends_all_the_same() {
    let mut reception = Reception::open();
    let visit = comes(&mut reception);
    set(&mut reception, "2026-11-22T09:00:00+08:00");
    reception.due();
    assert_eq!(reception.visits(), 1);
    // Set right again, it is a day ahead of what it was: it is believed after an hour.
    set(&mut reception, "2026-11-23T22:00:00+08:00");
    reception.wait(MINUTE * 60).due();
    assert!(reception.book.visit(visit.id).unwrap().unwrap().assumed);
}

#[test]
fn a_clock_that_is_set_back_an_hour_leaves_nobody_waiting_an_hour() {
    let mut reception = Reception::open();
    reception.asks();
    assert_eq!(reception.run_letters(), [About::MayCome(Asked::Host)]);
    set(&mut reception, "2026-11-23T08:42:00+08:00");
    assert_eq!(reception.book.next_due(reception.now).unwrap(), Some(Duration::ZERO));
    assert_eq!(reception.run_letters(), [About::MayCome(Asked::Reception)], "the host had their time");
}

#[test]
fn a_clock_that_is_kept_right_asks_nobody_too_early() {
    let mut reception = Reception::open();
    reception.asks().run_letters();
    set(&mut reception, "2026-11-23T09:40:30+08:00");
    assert_eq!(reception.run_letters(), []);
    set(&mut reception, "2026-11-23T09:46:00+08:00");
    assert_eq!(reception.run_letters(), [About::MayCome(Asked::Reception)]);
}

#[test]
fn a_clock_that_jumps_forward_forgets_nobody() {
    let mut reception = Reception::open();
    reception.asks();
    // The question was not sent yet, and is too late by this clock: the next one is asked.
    set(&mut reception, "2026-11-23T13:00:00+08:00");
    let mut asked = reception.run_letters();
    asked.extend(reception.run_letters());
    assert!(asked.contains(&About::MayCome(Asked::Reception)), "{asked:?}");
    assert_eq!(reception.book.waiting().unwrap().len(), 1);
    // And back again to where it was: reception is asked only once.
    set(&mut reception, "2026-11-23T09:42:00+08:00");
    assert_eq!(reception.run_letters(), []);
    let waits = reception.book.waiting().unwrap().remove(0);
    assert!(reception.book.admit(waits.id, "前台", reception.now).unwrap());
}

#[test]
fn parcels_are_not_written_about_later_because_a_clock_was_set_back() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Delivery(Parcels::Done { carrier: String::new(), parcels: 1, to_sign: false }));
    assert_eq!(reception.run_letters(), [About::Parcels { to_sign: false, again: false }]);
    set(&mut reception, "2026-11-22T09:41:00+08:00");
    assert_eq!(reception.run_letters(), [About::Parcels { to_sign: false, again: true }]);
}

#[test]
fn no_badge_is_good_longer_than_the_house_is_open() {
    let mut reception = Reception::open();
    for (at, until) in [
        ("2026-11-23T18:30:00+08:00", "2026-11-23T22:00:00+08:00"),
        ("2026-11-23T22:30:00+08:00", "2026-11-23T23:59:00+08:00"),
    ] {
        set(&mut reception, at);
        for kind in &mut reception.config.visit_types {
            kind.longest_hours = None;
        }
        assert_eq!(comes(&mut reception).good_until.to_rfc3339(), until);
    }
}

#[test]
fn whoever_came_while_the_clock_was_behind_is_here_until_the_house_closes_on_the_right_day() {
    for behind in ["2026-11-22T18:05:00+08:00", "2020-01-01T08:00:00+08:00"] {
        let mut reception = Reception::open();
        set(&mut reception, behind);
        let visit = comes(&mut reception);
        reception.wait(MINUTE * 10).due();
        let here = |reception: &mut Reception| {
            reception.tell(Event::System(System::Tick)).due();
            reception.book.visit(visit.id).unwrap().unwrap()
        };
        // Somebody sets it right; an hour later it is believed, however far it was behind.
        set(&mut reception, "2026-11-23T08:15:00+08:00");
        for at in ["2026-11-23T08:15:00+08:00", "2026-11-23T10:00:00+08:00", "2026-11-23T21:59:00+08:00"] {
            until(&mut reception, at);
            assert_eq!(here(&mut reception).left, None, "{behind}: at {at}");
        }
        reception.now = reception.now.after(MINUTE);
        let left = here(&mut reception);
        assert_eq!(left.left.unwrap().to_rfc3339(), "2026-11-23T22:00:00+08:00", "{behind}");
        // Nor is it erased as if it were as old as it says.
        reception.now = reception.now.after(MINUTE * 60 * 12);
        assert_eq!(here(&mut reception).details.name.as_str(), "王芳", "{behind}");
    }
}

#[test]
fn whoever_came_before_the_clock_fell_behind_is_not_here_again() {
    let mut reception = Reception::open();
    let before = comes(&mut reception);
    // Off for the night, the kiosk goes on by the time at which it was switched off.
    let (path, other) = (reception._folder.path().join("book.db"), tempfile::tempdir().unwrap());
    let settings = reception.config.reception.clone();
    set(&mut reception, "2026-11-23T09:50:00+08:00");
    reception.book = Book::open(&other.path().join("b"), settings.clone(), reception.now).unwrap();
    reception.book = Book::open(&path, settings, reception.now).unwrap();
    let behind = comes(&mut reception);
    set(&mut reception, "2026-11-24T08:00:00+08:00");
    reception.due();
    let left = |reception: &Reception, visit: &Visit| reception.book.visit(visit.id).unwrap().unwrap().left;
    assert_eq!(left(&reception, &before).unwrap().to_rfc3339(), "2026-11-23T22:00:00+08:00");
    assert_eq!(left(&reception, &behind), None);
}

#[test]
fn a_clock_that_is_set_ahead_by_mistake_and_back_again_keeps_nobody_here_for_longer() {
    for ahead in ["2026-11-24T02:00:00+08:00", "2027-12-24T10:00:00+08:00"] {
        let mut reception = Reception::open();
        let visit = comes(&mut reception);
        reception.due();
        set(&mut reception, ahead);
        reception.due();
        set(&mut reception, "2026-11-23T10:00:00+08:00");
        until(&mut reception, "2026-11-23T21:59:00+08:00").due();
        assert_eq!(reception.visits(), 1, "{ahead}");
        until(&mut reception, "2026-11-23T22:00:00+08:00").due();
        assert!(reception.book.visit(visit.id).unwrap().unwrap().assumed, "{ahead}");
    }
}
