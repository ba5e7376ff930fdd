//! Fingers that are too fast, too late, or everywhere; and pages that say only what is so.

use super::lobby::{Lobby, rest};
use frontdesk::book::{Book, BookError};
use frontdesk::desk::{Event, Field, HostRow, LookUp, PageView, Registration, Session, System};
use frontdesk::errand::{ErrandId, Kind, Outcome, PrinterState, Report, Seen, State, Trouble};
use frontdesk::front::clock::Clock;
use frontdesk::visit::VisitId;
use frontdesk::words::Lang;
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::time::{Duration, Instant};

fn at_the_invitation() -> Lobby {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.tap("I have an invitation");
    lobby.find();
    lobby
}

#[test]
fn whoever_is_asked_clears_and_starts_over_with_a_finger() {
    let lobby = at_the_invitation();
    lobby.clock.pass(lobby.config.screen.idle_seconds);
    lobby.kiosk.tell(Event::System(System::Tick));
    rest();
    lobby.press("Clear and start over");
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
}

#[test]
fn a_tap_that_meets_the_question_goes_on_and_clears_nothing() {
    let lobby = at_the_invitation();
    lobby.clock.pass(lobby.config.screen.idle_seconds);
    lobby.kiosk.tell(Event::System(System::Tick));
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(20));
    lobby.press("Clear and start over");
    assert!(matches!(lobby.kiosk.view().page, PageView::Confirm(_)));
    assert_eq!(lobby.kiosk.view().still_there, None);
}

#[test]
fn two_taps_are_one() {
    let lobby = at_the_invitation();
    let middle = |label: &str| {
        let element =
            i_slint_backend_testing::ElementHandle::find_by_accessible_label(&lobby.window, label).next();
        let element = element.unwrap_or_else(|| panic!("there is no {label}"));
        let (corner, size) = (element.absolute_position(), element.size());
        slint::LogicalPosition::new(corner.x + size.width / 2.0, corner.y + size.height / 2.0)
    };
    lobby.tap("Yes, this is me");
    lobby.tap("Next");
    lobby.tap("Next");
    let agree = middle("Agree and print badge");
    lobby.press("Agree and print badge");
    lobby.press_at(agree);
    assert!(matches!(lobby.kiosk.view().page, PageView::Thanks(_)), "nothing of the thanks was tapped");
    let done = middle("Done");
    lobby.press_at(done);
    assert!(matches!(lobby.kiosk.view().page, PageView::Thanks(_)), "a page that has just come takes no tap");
    rest();
    lobby.press_at(done);
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
}

#[test]
fn the_second_of_two_taps_chooses_nobody_and_answers_nothing() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.kiosk.tell(Event::Registration(Registration::WalkIn));
    lobby.kiosk.tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    lobby.kiosk.tell(Event::Registration(Registration::DetailsDone {
        name: "王芳".to_owned(),
        company: "云栖".to_owned(),
        phone: "13900139000".to_owned(),
        party: 0,
        remember: false,
    }));
    rest();
    lobby.press("Quality");
    let PageView::Host(hosts) = lobby.kiosk.view().page else { panic!("{:?}", lobby.kiosk.view().page) };
    let Some(HostRow::Host { name, id, .. }) = hosts.rows.first() else { panic!("{:?}", hosts.rows) };
    lobby.press(name);
    assert!(matches!(lobby.kiosk.view().page, PageView::Host(_)), "nobody was chosen");
    lobby.kiosk.tell(Event::Registration(Registration::ChooseHost(id.clone())));
    lobby.kiosk.tell(Event::Registration(Registration::PurposeDone("Repair".to_owned())));
    lobby.kiosk.tell(Event::Registration(Registration::InductionRead));
    rest();
    let question = || {
        let PageView::Question(question) = lobby.kiosk.view().page else { panic!("no question") };
        question
    };
    let right = question().answers[1].clone();
    lobby.press(&right);
    assert_eq!((question().number, question().why), (2, None));
    lobby.press(&question().answers[1]);
    assert_eq!((question().number, question().why), (2, None), "the second one was not read yet");
}

#[test]
fn no_page_tells_of_what_is_not_there() {
    let lobby = Lobby::open_with(|config| config.wifi = None);
    assert_eq!(lobby.window.global::<ui::Thanks>().get_wifi_name(), "");
    let place = lobby.config.reception.place.get(Lang::EN).to_owned();
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.tap("I have an invitation");
    lobby.find();
    lobby.tap("Yes, this is me");
    lobby.tap("Next");
    lobby.tap("Next");
    lobby.tap("I do not agree");
    assert_eq!(lobby.kiosk.view().page, PageView::Declined);
    assert_eq!(lobby.window.global::<ui::Reception>().get_place(), place);
}

#[test]
fn a_printer_that_changed_while_the_book_was_away_is_shown_as_it_is() {
    let morning = Clock::start().now();
    let mut other = None;
    let lobby = Lobby::open_with(|config| {
        other = Some(Book::open(&config.book.path, config.reception.clone(), morning).unwrap());
    });
    assert_eq!(lobby.kiosk.view().page, PageView::Broken, "another kiosk has the book");
    let cover_open = PrinterState::Trouble(Trouble::CoverOpen);
    lobby.kiosk.tell(Event::System(System::Report(Report::Printer(cover_open))));
    drop(other);
    lobby.clock.pass(Duration::from_secs(60));
    lobby.kiosk.tell(Event::System(System::Tick));
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
    assert_eq!(lobby.kiosk.view().printer, cover_open);
}

#[test]
fn an_accent_is_for_the_field_that_its_letter_stands_in() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.tap("I have an invitation");
    lobby.find();
    lobby.tap("Yes, this is me");
    lobby.tap("Name");
    lobby.hold("e");
    assert!(lobby.shows("é"));
    let name = lobby.window.global::<ui::Details>().get_typed().name;
    lobby.tap("Company (if any)");
    assert!(!lobby.shows("é"), "what was offered for the name is not for the company");
    assert_eq!(lobby.window.global::<ui::Details>().get_typed().name, name);
}

/// A staff command that is writing, until it is told to go on.
fn staff_command(lobby: &Lobby) -> rusqlite::Connection {
    let staff = rusqlite::Connection::open(&lobby.config.book.path).unwrap();
    staff.execute_batch("BEGIN IMMEDIATE").unwrap();
    staff
}

#[test]
fn a_tap_while_staff_write_into_the_book_is_carried_out_later() {
    let lobby = at_the_invitation();
    lobby.tap("Yes, this is me");
    lobby.tap("Next");
    lobby.tap("Next");
    let staff = staff_command(&lobby);
    let began = Instant::now();
    lobby.tap("Agree and print badge");
    // Impatient ones tap about, and three seconds pass.
    lobby.kiosk.tell(Event::Session(Session::ShowPrivacy));
    lobby.kiosk.tell(Event::Session(Session::CloseAside));
    for _ in 0..3 {
        lobby.clock.pass(Duration::from_secs(1));
        lobby.kiosk.tell(Event::System(System::Tick));
    }
    assert!(began.elapsed() < Duration::from_secs(4), "the screen stood still for {:?}", began.elapsed());
    assert!(matches!(lobby.kiosk.view().page, PageView::Agree(_)), "{:?}", lobby.kiosk.view().page);
    staff.execute_batch("ROLLBACK").unwrap();
    lobby.clock.pass(Duration::from_secs(1));
    lobby.kiosk.tell(Event::System(System::Tick));
    assert!(matches!(lobby.kiosk.view().page, PageView::Thanks(_)), "{:?}", lobby.kiosk.view().page);
    let here = lobby.kiosk.with_book(|book| book.open_visits().unwrap().len());
    assert_eq!(here, Some(3), "the visitor and the two others of the invitation, once");
}

/// The book fails when this is written into it, until it is mended.
fn break_book(lobby: &Lobby, table: &str) {
    let elsewhere = rusqlite::Connection::open(&lobby.config.book.path).unwrap();
    let fails = "BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END";
    elsewhere.execute_batch(&format!("CREATE TRIGGER broken BEFORE UPDATE ON {table} {fails}")).unwrap();
}

fn mend_book(lobby: &Lobby) {
    let elsewhere = rusqlite::Connection::open(&lobby.config.book.path).unwrap();
    elsewhere.execute_batch("DROP TRIGGER broken").unwrap();
    lobby.clock.pass(Duration::from_secs(6));
    lobby.kiosk.tell(Event::System(System::Tick));
    rest();
}

/// A visitor who is registered, and the errand of their badge.
fn registered(lobby: &Lobby) -> (VisitId, ErrandId) {
    lobby.kiosk.tell(Event::LookUp(LookUp::HaveInvitation));
    lobby.kiosk.tell(Event::LookUp(LookUp::Code("C4H8WX".to_owned())));
    lobby.kiosk.tell(Event::LookUp(LookUp::Confirm));
    lobby.kiosk.tell(Event::Registration(Registration::Agree(Vec::new())));
    let of = |book: &Book| {
        let visit = book.open_visits().unwrap().pop().expect("nobody was registered");
        let badge = book.errands_of(visit.id).unwrap().into_iter().find(|errand| errand.kind == Kind::Paper);
        (visit.id, badge.unwrap().id)
    };
    let found = lobby.kiosk.with_book(of).unwrap();
    rest();
    found
}

#[test]
fn a_badge_that_came_out_while_the_book_could_not_be_written_is_told_then() {
    let lobby = Lobby::open();
    let (visit, badge) = registered(&lobby);
    break_book(&lobby, "errands");
    lobby.kiosk.tell(Event::System(System::Report(Report::Ran(badge, Outcome::Done(Seen::Confirmed)))));
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
    mend_book(&lobby);
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
    let errands = lobby.kiosk.with_book(|book| book.errands_of(visit).unwrap()).unwrap();
    let stands = errands.iter().find(|errand| errand.id == badge).unwrap().state;
    assert_eq!(stands, State::Done(Seen::Confirmed), "nobody is asked whether it came out");
}

#[test]
fn when_the_book_fails_what_was_typed_is_forgotten_at_once() {
    let lobby = Lobby::open();
    let (_, badge) = registered(&lobby);
    lobby.kiosk.tell(Event::Session(Session::Home));
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    rest();
    lobby.tap("No appointment");
    lobby.tap("Customer");
    lobby.tap("Name");
    lobby.type_text("Zzyzx");
    lobby.tap("Hide keyboard");
    lobby.tap("Phone");
    lobby.type_text("7700123");
    lobby.tap("Hide keyboard");
    lobby.tap("Next");
    let held = || lobby.kiosk.with_desk(|desk| format!("{desk:?}"));
    assert!(held().contains("Zzyzx"));
    break_book(&lobby, "errands");
    lobby.kiosk.tell(Event::System(System::Report(Report::Ran(badge, Outcome::Done(Seen::Confirmed)))));
    rest();
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
    assert_eq!(lobby.kiosk.view().lang, Lang::EN, "whoever stands there can read it");
    let left = held() + &lobby.remains();
    for typed in ["Zzyzx", "7700123"] {
        assert!(!left.contains(typed), "\"{typed}\" remains in {left}");
    }
}

#[test]
fn a_book_that_is_found_damaged_is_not_written_to_any_more() {
    let lobby = at_the_invitation();
    lobby.kiosk.condemn(&BookError::Corrupt("row 7 missing from index open_badges".to_owned()));
    rest();
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
    assert!(!lobby.remains().contains("欧*"), "nor is anything left of whoever stood there");
    lobby.clock.pass(Duration::from_secs(60));
    lobby.kiosk.tell(Event::System(System::Tick));
    lobby.kiosk.tell(Event::Registration(Registration::WalkIn));
    assert_eq!(lobby.kiosk.view().page, PageView::Broken);
    assert!(lobby.kiosk.with_book(|_| ()).is_none());
}

#[test]
fn what_was_filled_in_for_one_person_is_taken_back_for_another() {
    let lobby = Lobby::open();
    let details = || lobby.window.global::<ui::Details>();
    let field = |field, text: &str| {
        lobby.kiosk.tell(Event::Registration(Registration::LeaveField(field, text.to_owned())));
        rest();
    };
    let begin = || {
        lobby.kiosk.tell(Event::Session(Session::Home));
        lobby.kiosk.tell(Event::Registration(Registration::WalkIn));
        lobby.kiosk.tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
        rest();
    };
    begin();
    let (name, phone, company) = ("王芳".to_owned(), "13900139000".to_owned(), "天成装饰".to_owned());
    lobby.kiosk.tell(Event::Registration(Registration::DetailsDone {
        name,
        company,
        phone,
        party: 0,
        remember: true,
    }));
    lobby.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
    lobby.kiosk.tell(Event::Registration(Registration::PurposeDone("对账".to_owned())));
    lobby.kiosk.tell(Event::Registration(Registration::Agree(Vec::new())));
    let stands = || (details().get_chosen().remember, details().get_typed().company.to_string());
    begin();
    assert_eq!(stands(), (false, String::new()), "off unless chosen");
    field(Field::Name, "王芳");
    field(Field::Phone, "13900139000");
    assert_eq!(stands(), (true, "天成装饰".to_owned()));
    // It was a slip: they are somebody else.
    field(Field::Phone, "13900139001");
    assert_eq!(stands(), (false, String::new()));
    // And back; but the company is theirs by now.
    field(Field::Phone, "13900139000");
    details().set_typed(ui::DetailsTyped { company: "云栖".into(), ..details().get_typed() });
    field(Field::Name, "王方");
    assert_eq!(stands(), (false, "云栖".to_owned()));
    // The same when they go on at once, without leaving the field.
    begin();
    field(Field::Name, "王芳");
    field(Field::Phone, "13900139000");
    let (name, phone, company) = ("王方".to_owned(), "13900139000".to_owned(), "天成装饰".to_owned());
    lobby.kiosk.tell(Event::Registration(Registration::DetailsDone {
        name,
        company,
        phone,
        party: 0,
        remember: true,
    }));
    rest();
    assert!(matches!(lobby.kiosk.view().page, PageView::Details(_)), "they see it before they go on");
    assert_eq!(stands(), (false, String::new()));
}
