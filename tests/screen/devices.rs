//! From the device to the screen: what the printer does is said on the pages, and no longer than it is so; and the badge
//! on the page is the one that is printed.

use super::lobby::{Lobby, rest};
use frontdesk::book::Book;
use frontdesk::desk::{BadgeShown, Event, LookUp, PageView, Session, System};
use frontdesk::errand::{ErrandId, Kind, PrinterState, Seen, State, Trouble};
use frontdesk::words::Lang;
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::cell::RefCell;
use std::path::PathBuf;
use std::time::{Duration, Instant};

impl Lobby {
    fn badges(&self) -> PathBuf {
        self.folder.path().join("badges")
    }

    /// The printer's trouble, played by the folder in its place.
    fn plays(&self, word: &str) {
        std::fs::create_dir_all(self.badges()).unwrap();
        std::fs::write(self.badges().join("state"), word).unwrap();
    }

    fn badge_is(&self, what: BadgeShown) {
        self.until(
            &format!("{what:?}"),
            |view| matches!(&view.page, PageView::Thanks(thanks) if thanks.badge_state == what),
        );
    }

    fn check_in(&self) {
        self.check_in_by("C4H8WX");
    }

    fn check_in_by(&self, code: &str) {
        self.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
        self.tap("I have an invitation");
        self.kiosk.tell(Event::LookUp(LookUp::Code(code.to_owned())));
        rest();
        self.tap("Yes, this is me");
        let agree =
            if self.shows("Agree and print badge") { "Agree and print badge" } else { "Agree and register" };
        self.tap(agree);
    }
}

/// The mails about whoever is here.
fn letters(lobby: &Lobby) -> Vec<(ErrandId, State)> {
    let book = lobby.reception();
    let visits = book.open_visits().unwrap();
    let errands = visits.iter().flat_map(|visit| book.errands_of(visit.id).unwrap());
    errands.filter(|errand| errand.kind == Kind::Letter).map(|errand| (errand.id, errand.state)).collect()
}

#[test]
fn a_trouble_of_the_printer_is_said_on_the_first_page_until_it_is_over() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    let register = "You can still register; please ask at reception for your badge.";
    let troubles = [
        ("paper_out", Trouble::PaperOut, "The printer is out of paper."),
        ("cover_open", Trouble::CoverOpen, "The printer’s cover is open."),
        ("offline", Trouble::Offline, "The printer is switched to pause."),
        ("unplugged", Trouble::Unplugged, "No printer is connected."),
        ("printer_error", Trouble::PrinterError, "The printer reports an error."),
        ("mute", Trouble::Mute, "The printer does not answer."),
    ];
    for (word, trouble, cause) in troubles {
        lobby.plays(word);
        lobby.until(word, |view| view.printer == PrinterState::Trouble(trouble));
        assert!(lobby.shows(&format!("{cause} {register}")), "{word}");
        lobby.plays("");
        lobby.until("the end of it", |view| view.printer == PrinterState::Ready { paper_low: false });
        assert!(!lobby.shows(&format!("{cause} {register}")), "{word} is over");
    }
    lobby.plays("paper_low");
    lobby.until("little paper", |view| view.printer == PrinterState::Ready { paper_low: true });
    assert!(lobby.shows("The printer is running low on paper. You can still register here."));
}

#[test]
fn the_thanks_say_what_the_printer_did_and_the_badge_follows_by_itself() {
    let lobby = Lobby::open();
    lobby.plays("cover_open");
    lobby.until("the cover", |view| view.printer == PrinterState::Trouble(Trouble::CoverOpen));
    lobby.check_in();
    lobby.badge_is(BadgeShown::Waiting(Trouble::CoverOpen));
    assert!(lobby.shows("John Carter, you are registered; your badge is waiting"));
    assert!(lobby.shows(
        "The printer’s cover is open. It is tried again by itself. If you would rather not wait, ask at reception."
    ));
    assert!(!lobby.badges().join("A001-1.png").exists());
    // Somebody closes it.
    lobby.plays("");
    let wait = lobby.kiosk.with_book(|book| book.next_due(lobby.clock.now()).unwrap()).unwrap().unwrap();
    assert!(wait < Duration::from_secs(30), "{wait:?}");
    lobby.clock.pass(wait);
    lobby.kiosk.tell(Event::System(System::Tick));
    lobby.badge_is(BadgeShown::Printed);
    assert!(lobby.shows("John Carter, please take your badge") && lobby.shows("Badge printed"));
    assert!(!lobby.shows("Badge not printed yet"));
    assert!(lobby.badges().join("A001-1.png").exists() && !lobby.badges().join("A001-2.png").exists());
}

#[test]
fn the_badge_on_the_page_is_dot_for_dot_the_one_that_is_printed() {
    let lobby = Lobby::open();
    lobby.check_in();
    lobby.badge_is(BadgeShown::Printed);
    let printed = image::open(lobby.badges().join("A001-1.png")).unwrap().to_rgb8();
    let shown = lobby.window.global::<ui::Thanks>().get_view().badge.to_rgba8().expect("a picture");
    assert_eq!((shown.width(), shown.height()), printed.dimensions());
    let black = printed.pixels().filter(|pixel| pixel.0 == [0; 3]).count();
    assert!(black > 5000, "there is something on it: {black}");
    for (at, (shown, printed)) in shown.as_slice().iter().zip(printed.pixels()).enumerate() {
        assert_eq!(
            [shown.r, shown.g, shown.b, shown.a],
            [printed[0], printed[1], printed[2], 255],
            "dot {at}"
        );
    }
}

/// The first kiosk has printer, mail and scanner, and keeps them.
#[test]
fn a_kiosk_whose_book_another_one_has_takes_no_device_before_that_ends() {
    let first = RefCell::new(None);
    let lobby = Lobby::open_with(|config| {
        let now = frontdesk::front::clock::Clock::start().now();
        *first.borrow_mut() = Book::open(&config.book.path, config.reception.clone(), now).ok();
    });
    let retries = || {
        lobby.clock.pass(Duration::from_secs(5));
        lobby.kiosk.tell(Event::System(System::Tick));
        rest();
    };
    for _ in 0..3 {
        assert_eq!(lobby.kiosk.view().page, PageView::Broken);
        assert!(lobby.started.borrow().is_empty(), "the first one's devices are taken away");
        retries();
    }
    drop(first.take());
    retries();
    assert_eq!(*lobby.started.borrow(), [false]);
    lobby.check_in();
    lobby.badge_is(BadgeShown::Printed);
}

/// What hangs in the printer is cut off before anybody else's badge is printed.
#[test]
fn a_kiosk_that_was_killed_while_a_badge_was_printed_tells_its_printer() {
    let killed = Lobby::open();
    killed.plays("cover_open");
    killed.until("the cover", |view| view.printer == PrinterState::Trouble(Trouble::CoverOpen));
    killed.check_in();
    killed.badge_is(BadgeShown::Waiting(Trouble::CoverOpen));
    let (path, clock) = (killed.config.book.path.clone(), killed.clock.clone());
    let Lobby { kiosk, window, folder: _folder, config, .. } = killed;
    window.hide().unwrap();
    drop((kiosk, window));
    clock.pass(Duration::from_secs(10));
    let mut book = Book::open(&path, config.reception.clone(), clock.now()).unwrap();
    let due = book.due(clock.now()).unwrap();
    assert!(due.iter().any(|errand| errand.work.kind() == Kind::Paper), "the printer has it");
    drop(book);
    // A thread has one screen.
    let next = move || Lobby::open_with(|config| config.book.path = path).started.take();
    assert_eq!(std::thread::spawn(next).join().unwrap(), [true]);
}

/// The post is still at it when the book has failed and is open again.
#[test]
fn a_mail_whose_runner_outlives_the_book_goes_out_once() {
    let lobby = Lobby::open();
    lobby.check_in();
    let wanted = letters(&lobby);
    let [(letter, State::Sending)] = wanted[..] else { panic!("{wanted:?}") };
    let mail = lobby.folder.path().join("mails").join(format!("{}.eml", letter.0));
    let begun = Instant::now();
    while !mail.exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no mail");
        std::thread::yield_now();
    }
    std::fs::remove_file(&mail).unwrap();
    // It went out, and before the kiosk hears of that, its book fails.
    let staff = rusqlite::Connection::open(&lobby.config.book.path).unwrap();
    staff.execute_batch("ALTER TABLE errands RENAME TO mislaid").unwrap();
    lobby.kiosk.tell(Event::System(System::Tick));
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
    staff.execute_batch("ALTER TABLE mislaid RENAME TO errands").unwrap();
    // Time enough for another try to fall due.
    for _ in 0..6 {
        lobby.clock.pass(Duration::from_secs(5));
        lobby.kiosk.tell(Event::System(System::Tick));
    }
    assert_eq!(letters(&lobby), [(letter, State::Sending)]);
    rest();
    lobby.check_in_by("R8C3KM");
    let sent = |(_, state): &(ErrandId, State)| *state == State::Done(Seen::Confirmed);
    lobby.until("the mails", |_| letters(&lobby).len() == 2 && letters(&lobby).iter().all(sent));
    // Mails go out one after the other: before this last one the first did not go out again.
    assert!(!mail.exists(), "the host got it twice");
}

/// Somebody takes a file of the book away while the kiosk runs; `back` puts it there again, where the kiosk needs it.
fn is_taken_away(what: &str, back: bool) {
    let lobby = Lobby::open_with(|config| {
        let folder = config.book.path.parent().unwrap().join("state");
        config.book.path = folder.join("frontdesk.db");
    });
    lobby.check_in();
    lobby.badge_is(BadgeShown::Printed);
    lobby.kiosk.tell(Event::Session(Session::Home));
    let (file, away) = (lobby.config.book.path.with_file_name(what), lobby.folder.path().join("away"));
    std::fs::rename(&file, &away).unwrap();
    // Before anybody is thanked: the visit would be nowhere.
    lobby.kiosk.tell(Event::LookUp(LookUp::Code("R8C3KM".to_owned())));
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
    let retry = || {
        lobby.clock.pass(Duration::from_secs(5));
        lobby.kiosk.tell(Event::System(System::Tick));
        rest();
    };
    if back {
        retry();
        assert_eq!(lobby.kiosk.view().page, PageView::Broken, "no other book is begun");
        assert!(!file.exists());
        std::fs::rename(&away, &file).unwrap();
    }
    retry();
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
    // Who was thanked before is still there, and the next one is registered.
    let numbers = || {
        let visits = lobby.kiosk.with_book(|book| book.open_visits().unwrap()).unwrap();
        visits.iter().map(|visit| visit.badge.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(), ["A001"]);
    lobby.check_in_by("R8C3KM");
    assert_eq!(numbers().len(), 2);
}

#[test]
fn a_book_that_is_taken_away_sends_visitors_to_reception_until_it_is_back() {
    is_taken_away("frontdesk.db", true);
}

#[test]
fn a_log_that_is_taken_away_sends_visitors_to_reception_for_a_moment() {
    is_taken_away("frontdesk.db-wal", false);
}

/// Nobody taps, and the book goes: the page says so by itself.
#[test]
fn a_book_that_is_taken_away_is_noticed_within_a_minute() {
    let lobby = Lobby::open();
    std::fs::remove_file(lobby.config.book.path.with_file_name("book.db-wal")).unwrap();
    lobby.clock.pass(Duration::from_secs(60));
    lobby.kiosk.tell(Event::System(System::Tick));
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
}
