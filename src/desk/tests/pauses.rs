//! Whoever guesses waits by time that nobody can set: neither another clock nor a restart ends a pause or draws it out.

use super::*;
use crate::book::Guarded;

const SECOND: Duration = Duration::from_secs(1);

impl Reception {
    /// The program is started again at once, by whatever the clock says then; its ticks begin anew.
    fn restarts(&mut self, wall: &str) -> &mut Self {
        let pepper = self.desk.config.staff.pepper_file.clone();
        self.now = Now::new(Tick::default(), DateTime::parse_from_rfc3339(wall).unwrap());
        let (path, elsewhere) = (self._folder.path().join("book.db"), tempfile::tempdir().unwrap());
        let open =
            |path: &std::path::Path| Book::open(path, self.config.reception.clone(), self.now).unwrap();
        self.book = open(&elsewhere.path().join("other.db"));
        self.book = open(&path);
        self.desk = Desk::new(&self.config, Notices::load(&self.config).unwrap());
        self.desk.config.staff.pepper_file = pepper;
        self.tell(Event::System(System::Tick))
    }

    /// Ticks come every two seconds, as in a kiosk.
    fn passes(&mut self, seconds: u64) -> &mut Self {
        for _ in 0..seconds / 2 {
            self.wait(SECOND * 2);
        }
        self.wait(SECOND * u32::try_from(seconds % 2).unwrap())
    }

    fn clock_is_set(&mut self, wall: &str) -> &mut Self {
        self.now = Now::new(self.now.tick, DateTime::parse_from_rfc3339(wall).unwrap());
        self.tell(Event::System(System::Tick))
    }

    fn wrong_pins(&mut self, count: u32) -> &mut Self {
        for _ in 0..count {
            self.staff(Tap::Open).staff(Tap::Pin("700000".to_owned()));
        }
        self.tell(Event::Session(Session::Home))
    }

    /// What stands at the PIN: for how many seconds nobody may try.
    fn pin_pause(&mut self) -> u32 {
        self.staff(Tap::Open);
        let pause = self.pin().pause;
        assert_eq!(self.pin().miss, (pause > 0).then_some(PinMiss::Paused), "said with its countdown");
        self.tell(Event::Session(Session::Home));
        pause
    }

    fn wrong_codes(&mut self, count: u32) -> &mut Self {
        for _ in 0..count {
            self.tell(Event::LookUp(LookUp::HaveInvitation)).tell(Event::LookUp(LookUp::ByCode));
            self.tell(Event::LookUp(LookUp::Code("000000".to_owned()))).tell(Event::Session(Session::Home));
        }
        self
    }

    /// What stands at the look-up after one more guess; a guess during a pause is none.
    fn guess_pause(&mut self) -> u32 {
        self.tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByCode))
            .tell(Event::LookUp(LookUp::Code("000000".to_owned())));
        let PageView::Search(search) = self.page() else { panic!("{:?}", self.page()) };
        assert_eq!(search.miss == Some(LookupError::Paused), search.pause > 0, "said with its countdown");
        self.tell(Event::Session(Session::Home));
        search.pause
    }
}

/// The morning on which every story begins, and clocks that are wrong by a minute, an hour, a day and years.
const CLOCKS: [&str; 10] = [
    "2026-11-23T09:41:00+08:00",
    "2026-11-23T09:42:00+08:00",
    "2026-11-23T10:41:00+08:00",
    "2026-11-24T09:41:00+08:00",
    "2038-01-19T11:14:08+08:00",
    "2026-11-23T09:40:00+08:00",
    "2026-11-23T08:41:00+08:00",
    "2026-11-22T09:41:00+08:00",
    "1970-01-01T08:00:00+08:00",
    "2026-11-23T02:41:00+01:00",
];

#[test]
fn a_clock_that_is_set_neither_ends_a_pause_nor_draws_it_out() {
    for wall in CLOCKS {
        let mut reception = Reception::staffed();
        reception.wrong_pins(3).wrong_codes(5).passes(10);
        reception.clock_is_set(wall);
        assert_eq!((reception.pin_pause(), reception.guess_pause()), (20, 20), "{wall}");
        reception.passes(19).clock_is_set(CLOCKS[0]);
        assert_eq!((reception.pin_pause(), reception.guess_pause()), (1, 1), "{wall}");
        reception.passes(1).clock_is_set(wall);
        assert_eq!(reception.pin_pause(), 0, "{wall}");
        assert_eq!(reception.guess_pause(), 60, "the sixth guess closes for longer: {wall}");
    }
}

#[test]
fn a_restart_ends_no_pause_whatever_the_clock_says_then() {
    for wall in CLOCKS {
        let mut reception = Reception::staffed();
        reception.wrong_pins(3).wrong_codes(5).passes(10).restarts(wall);
        assert_eq!((reception.pin_pause(), reception.guess_pause()), (20, 20), "{wall}");
        // It is noted every ten seconds: pulling the plug in between makes it longer, and never shorter.
        reception.passes(9).restarts(wall).restarts(CLOCKS[0]);
        assert_eq!((reception.pin_pause(), reception.guess_pause()), (20, 20), "{wall}");
        reception.passes(20);
        assert_eq!(reception.pin_pause(), 0, "{wall}");
        reception.unlock();
        assert_eq!(reception.pages().by, "王芳", "{wall}");
    }
}

#[test]
fn a_pause_that_is_over_does_not_begin_again_with_the_next_start() {
    let mut reception = Reception::staffed();
    reception.wrong_pins(3).wrong_codes(5).passes(30);
    for wall in CLOCKS {
        reception.restarts(wall);
        assert_eq!(reception.pin_pause(), 0, "{wall}");
        assert_eq!(reception.book.pause(Guarded::LookUp, reception.now.tick).unwrap().left, Duration::ZERO);
    }
    // But what was missed counts on.
    reception.wrong_pins(1);
    assert_eq!((reception.pin_pause(), reception.guess_pause()), (60, 60));
}

#[test]
fn pulling_the_plug_gives_a_guesser_no_tries() {
    let mut reception = Reception::staffed();
    for guess in 1..=4 {
        assert_eq!(reception.guess_pause(), 0, "{guess}");
        reception.restarts(CLOCKS[0]);
    }
    let pauses: Vec<u32> = (0..6)
        .map(|_| {
            let pause = reception.guess_pause();
            reception.restarts(CLOCKS[3]).passes(u64::from(pause));
            pause
        })
        .collect();
    assert_eq!(pauses, [30, 60, 120, 240, 480, 600]);
    // After half an hour of quiet all is forgotten.
    reception.passes(1800);
    assert_eq!(reception.guess_pause(), 0);
    reception.restarts(CLOCKS[0]);
    assert_eq!(reception.book.pause(Guarded::LookUp, reception.now.tick).unwrap().misses, 1);
}

#[test]
fn whoever_registers_forgives_what_was_missed_over_a_restart_too() {
    let mut reception = Reception::open();
    reception.wrong_codes(4);
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Confirm))
        .tell(Event::Registration(Registration::Agree(vec![])))
        .tell(Event::Session(Session::Done));
    reception.restarts(CLOCKS[0]).wrong_codes(4);
    assert_eq!(reception.guess_pause(), 30);
}

#[test]
fn trying_numbers_for_a_name_is_paused_over_a_restart_too() {
    let mut reception = Reception::open();
    let tries = |reception: &mut Reception, phone: &str| {
        reception
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
        reception.tell(Event::Registration(Registration::LeaveField(Field::Name, "王芳".to_owned())));
        reception
            .tell(Event::Registration(Registration::LeaveField(Field::Phone, phone.to_owned())))
            .tell(Event::Session(Session::Home));
    };
    let left = |reception: &Reception| reception.book.pause(Guarded::Recall, reception.now.tick).unwrap();
    for n in 1..=4 {
        tries(&mut reception, &format!("1390013900{n}"));
        reception.restarts(CLOCKS[0]);
        assert_eq!((left(&reception).misses, left(&reception).left), (n, Duration::ZERO));
    }
    tries(&mut reception, "13900139005");
    reception.restarts(CLOCKS[3]);
    assert_eq!((left(&reception).misses, left(&reception).left), (5, SECOND * 30));
    tries(&mut reception, "13900139006");
    assert_eq!(left(&reception).misses, 5, "nothing is looked up meanwhile");
    // The look-up has a pause of its own.
    assert_eq!(reception.guess_pause(), 0);
}

#[test]
fn a_pin_that_is_set_anew_ends_the_pause() {
    let mut reception = Reception::staffed();
    reception.wrong_pins(5);
    assert_eq!(reception.pin_pause(), 30, "the fourth and the fifth were not looked at");
    let pepper = crate::pin::Pepper::read(&reception.desk.config.staff.pepper_file).unwrap();
    let hash = crate::pin::Pin::new("159372").unwrap().hash(&pepper, [3; 16]).unwrap();
    let path = reception._folder.path().join("book.db");
    let mut beside = Book::open_beside(&path, reception.config.reception.clone()).unwrap();
    assert_eq!(beside.pause(Guarded::Pin("王芳"), Tick::default()).unwrap().left, SECOND * 30, "as noted");
    beside.set_pin("王芳", crate::visit::Role::Receptionist, &hash, "root", reception.now).unwrap();
    assert_eq!(reception.pin_pause(), 0);
    reception.staff(Tap::Open).staff(Tap::Pin("159372".to_owned()));
    assert_eq!(reception.pages().by, "王芳");
    reception.tell(Event::Session(Session::Home)).wrong_pins(3);
    assert_eq!(reception.pin_pause(), 30);
}
