//! What the notice promises: after so many days nothing personal is left, and the journal still verifies.

use super::*;
use crate::book::{ERASED, Entry, Verified};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Everything that stands in the book's file, and beside it.
fn file(reception: &Reception) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(reception._folder.path()).unwrap().map(Result::unwrap) {
        all.push_str(&String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()));
    }
    all
}

impl Reception {
    /// So many ticks as pass in a quiet minute.
    fn night(&mut self) -> &mut Self {
        for _ in 0..30 {
            self.wait(Duration::from_secs(2));
        }
        self
    }

    /// The program ends, and is started again by whatever the clock says.
    fn power_cut(&mut self) {
        let elsewhere = tempfile::tempdir().unwrap();
        let open = |folder: &std::path::Path, now| {
            Book::open(&folder.join("book.db"), self.config.reception.clone(), now).unwrap()
        };
        self.book = open(elsewhere.path(), self.now);
        self.book = open(self._folder.path(), self.now);
        self.desk = Desk::new(&self.config, Notices::load(&self.config).unwrap());
    }
}

/// Somebody else on the same day.
fn new_visit(like: &Visit) -> crate::book::NewVisit {
    crate::book::NewVisit {
        invitation: None,
        details: like.details.clone(),
        host_id: like.host_id.clone(),
        lang: Lang::ZH,
        agreement: like.agreement.clone(),
        good_until: like.good_until,
        kind: None,
        purpose: None,
        admits: crate::config::Admits::Nobody,
        closes: like.good_until,
        instructed: Vec::new(),
        others: 0,
        members: Vec::new(),
        joins: None,
        remember: None,
        photo: None,
        by: None,
    }
}

/// A visitor with a name that is nowhere else, who has left and said something.
fn visited(reception: &mut Reception) {
    let own =
        Invitation { visitor: PersonName::parse("司徒望舒").unwrap(), ..invitation(7, "空", 8..18) };
    reception.book.put_invitations(&[own], reception.now).unwrap();
    reception
        .scan(7)
        .tell(Event::LookUp(LookUp::Correct))
        .details("司徒望舒", "13711112222")
        .tell(Event::Registration(Registration::Agree(vec![])));
    for errand in reception.due() {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    reception.tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave));
    reception.tell(Event::SignOut(SignOut::BeginFeedback { complaint: true }));
    reception
        .tell(Event::SignOut(SignOut::FeedbackDone {
            words: "灯太暗，望舒".to_owned(), anonymous: false
        }))
        .tell(Event::Session(Session::Home));
}

#[test]
fn after_the_promised_days_nothing_personal_is_left() {
    let mut reception = Reception::open();
    visited(&mut reception);
    assert!(reception.book.close_case(1, "reception", "望舒的灯换了", reception.now).unwrap());
    for errand in reception.due() {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    let keep = DAY * reception.config.visit.keep_days;
    reception.wait(keep - MINUTE);
    assert!(file(&reception).contains("司徒望舒"), "not before");
    reception.wait(DAY).night();
    let left = file(&reception);
    for personal in ["司徒望舒", "望舒", "13711112222", "2222\u{0}", "灯太暗"] {
        assert!(!left.contains(personal), "{personal} is still in the file");
    }
    assert!(matches!(reception.book.verify().unwrap(), Verified::Whole { .. }));
    let lines = reception.book.entries().unwrap();
    // The file keeps nothing either, and that is said once it is so.
    assert!(
        matches!(lines.as_slice(), [.., Entry::Erased { count, .. }, Entry::Wiped] if *count > 0),
        "{lines:?}"
    );
    // The next day there is nothing more to erase, and nothing is written.
    reception.wait(DAY).night().wait(DAY).night();
    assert_eq!(reception.book.entries().unwrap(), lines);
}

#[test]
fn who_is_still_here_and_what_is_still_open_stays() {
    let mut reception = Reception::open();
    visited(&mut reception);
    let hour = Duration::from_secs(60 * 60);
    reception.wait(DAY * (reception.config.visit.keep_days + 1));
    // Somebody comes on that day, and their data are young.
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("private".to_owned())))
        .details("王芳", "13900139000");
    reception
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Home));
    reception.wait(hour).night();
    let cases = reception.book.cases().unwrap();
    assert_eq!(cases[0].words, "灯太暗，望舒", "an open complaint is kept until it is answered");
    assert_eq!(reception.book.open_visits().unwrap()[0].details.name.as_str(), "王芳");
    assert!(PersonName::parse(ERASED).is_ok(), "the book can read what it wrote");
    let left = file(&reception);
    assert!(left.contains("灯太暗，望舒") && !left.contains("司徒望舒"), "the words stay, the name does not");
    assert!(!left.contains("13711112222"), "nor does the number in the mail about it");
    let subject = reception.book.entries().unwrap();
    let of_the_visit = subject.iter().filter(|entry| matches!(entry, Entry::Arrived { .. })).count();
    assert_eq!(of_the_visit, 1, "of today's");
    // Answered at last, they go too.
    assert!(reception.book.close_case(1, "reception", "望舒的灯换了", reception.now).unwrap());
    reception.wait(DAY * (reception.config.visit.keep_days + 1)).night();
    assert!(!file(&reception).contains("望舒"));
}

#[test]
fn who_brought_parcels_that_nobody_ever_came_for_is_erased() {
    let mut reception = Reception::open();
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception.tell(Event::Delivery(Parcels::Done {
        carrier: "快递员小赵".to_owned(),
        parcels: 2,
        to_sign: false,
    }));
    for errand in reception.due() {
        reception.ran(&errand, Outcome::Done(Seen::Confirmed));
    }
    reception.tell(Event::Session(Session::Home)).wait(DAY * 7).due();
    reception.wait(DAY * reception.config.visit.keep_days).night();
    assert!(!file(&reception).contains("小赵"));
    let left = reception.book.parcels().unwrap();
    assert_eq!((left.len(), left[0].carrier.as_ref()), (1, None), "the parcels lie there all the same");
    // When somebody comes for them at last, that is not kept for ever either.
    assert!(reception.book.collect(left[0].number, "大力士", reception.now).unwrap());
    reception.wait(DAY * (reception.config.visit.keep_days + 1)).night();
    assert!(!file(&reception).contains("大力士"));
}

#[test]
fn a_hundred_are_erased_some_at_a_time_and_not_before_the_first_page() {
    let mut reception = Reception::open();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Done(Seen::Confirmed)).tell(Event::Session(Session::Done));
    let first = reception.book.open_visits().unwrap().remove(0);
    for _ in 0..120 {
        let mut new = new_visit(&first);
        new.details.name = PersonName::parse("司徒望舒").unwrap();
        let visit = reception.book.arrive(new, reception.now).unwrap();
        reception.book.leave(visit.id, reception.now).unwrap();
    }
    let erased = |reception: &Reception| -> Vec<usize> {
        let count = |entry: &Entry| if let Entry::Erased { count, .. } = entry { Some(*count) } else { None };
        reception.book.entries().unwrap().iter().filter_map(count).collect()
    };
    reception.now = reception.now.after(DAY * (reception.config.visit.keep_days + 1));
    // The program has just been started on that day.
    reception.now.tick = Tick(Duration::from_secs(1));
    reception.power_cut();
    reception.tell(Event::System(System::Tick));
    assert!(erased(&reception).is_empty(), "the first page comes first");
    reception.now = reception.now.after(Duration::from_secs(2 * 60 * 60));
    reception.tell(Event::System(System::Tick));
    let batch = erased(&reception);
    assert!(batch.len() == 1 && batch[0] < 121, "{batch:?}");
    reception.tell(Event::System(System::Tick)).night();
    let batches = erased(&reception);
    assert!(batches.len() > 2 && batches.iter().all(|count| *count <= 200), "{batches:?}");
    assert!(!file(&reception).contains("司徒望舒"));
}

#[test]
fn a_clock_that_leaps_erases_nothing_and_signs_nobody_out() {
    let mut reception = Reception::open();
    visited(&mut reception);
    reception.due();
    reception.night().check_in();
    reception.tell(Event::Session(Session::Done));
    let here = reception.visits();
    // The clock's battery is empty: it is another year.
    let right = reception.now.wall;
    reception.now.wall = right + chrono::Duration::days(400);
    reception.tell(Event::System(System::Tick)).night();
    let intact = |reception: &mut Reception, when: &str| {
        reception.due();
        assert!(file(reception).contains("司徒望舒"), "{when}");
        assert_eq!(reception.visits(), here, "{when}");
    };
    intact(&mut reception, "at once");
    let wait = reception.book.next_due(reception.now).unwrap();
    assert!(wait.is_none_or(|wait| !wait.is_zero()), "nor does the kiosk run hot for it");
    // Not even when the program is started again by it, and somebody comes meanwhile.
    reception.scan(4).tell(Event::LookUp(LookUp::NotMe)).tell(Event::Session(Session::Home));
    reception.power_cut();
    reception.tell(Event::System(System::Tick)).night();
    intact(&mut reception, "after a restart");
    reception.wait(57 * MINUTE).night();
    intact(&mut reception, "within the hour");
    // Somebody sets it right, an hour passes, and nothing has happened.
    reception.now.wall = right + chrono::Duration::hours(1);
    reception.tell(Event::System(System::Tick)).wait(59 * MINUTE).night();
    intact(&mut reception, "set right");
    // A kiosk that was off over a long holiday forgets what it promised to, an hour later.
    reception.now.wall = right + chrono::Duration::days(40);
    reception.power_cut();
    reception.tell(Event::System(System::Tick)).night();
    intact(&mut reception, "back from the holiday");
    reception.wait(61 * MINUTE).night();
    assert!(!file(&reception).contains("司徒望舒"));
    reception.due();
    assert_eq!(reception.visits(), 0);
}
