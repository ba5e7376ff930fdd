//! Fingers that are too fast, too late, or everywhere; and pages that say only what is so.

use super::lobby::{Lobby, rest};
use frontdesk::book::Book;
use frontdesk::desk::{Event, HostRow, PageView};
use frontdesk::errand::{PrinterState, Report, Trouble};
use frontdesk::front::clock::Clock;
use frontdesk::words::Lang;
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::time::Duration;

fn at_the_invitation() -> Lobby {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::ChooseLanguage(Lang::EN));
    lobby.tap("I have an invitation");
    lobby.find();
    lobby
}

#[test]
fn whoever_is_asked_clears_and_starts_over_with_a_finger() {
    let lobby = at_the_invitation();
    lobby.clock.pass(lobby.config.screen.idle);
    lobby.kiosk.tell(Event::Tick);
    rest();
    lobby.press("Clear and start over");
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
}

#[test]
fn a_tap_that_meets_the_question_goes_on_and_clears_nothing() {
    let lobby = at_the_invitation();
    lobby.clock.pass(lobby.config.screen.idle);
    lobby.kiosk.tell(Event::Tick);
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
    lobby.kiosk.tell(Event::ChooseLanguage(Lang::EN));
    lobby.kiosk.tell(Event::WalkIn);
    lobby.kiosk.tell(Event::ChooseType("contractor".to_owned()));
    lobby.kiosk.tell(Event::DetailsDone {
        name: "王芳".to_owned(),
        company: "云栖".to_owned(),
        phone: "13900139000".to_owned(),
        party: 0,
        remember: false,
    });
    rest();
    lobby.press("Quality");
    let PageView::Host(hosts) = lobby.kiosk.view().page else { panic!("{:?}", lobby.kiosk.view().page) };
    let Some(HostRow::Host { name, id, .. }) = hosts.rows.first() else { panic!("{:?}", hosts.rows) };
    lobby.press(name);
    assert!(matches!(lobby.kiosk.view().page, PageView::Host(_)), "nobody was chosen");
    lobby.kiosk.tell(Event::ChooseHost(id.clone()));
    lobby.kiosk.tell(Event::PurposeDone("Repair".to_owned()));
    lobby.kiosk.tell(Event::LessonRead);
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
    lobby.kiosk.tell(Event::ChooseLanguage(Lang::EN));
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
    lobby.kiosk.tell(Event::Report(Report::Printer(cover_open)));
    drop(other);
    lobby.clock.pass(Duration::from_secs(60));
    lobby.kiosk.tell(Event::Tick);
    assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
    assert_eq!(lobby.kiosk.view().printer, cover_open);
}

#[test]
fn an_accent_is_for_the_field_that_its_letter_stands_in() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::ChooseLanguage(Lang::EN));
    lobby.tap("I have an invitation");
    lobby.find();
    lobby.tap("Yes, this is me");
    lobby.tap("Name");
    lobby.hold("e");
    assert!(lobby.shows("é"));
    let name = lobby.window.global::<ui::Details>().get_name();
    lobby.tap("Company (if any)");
    assert!(!lobby.shows("é"), "what was offered for the name is not for the company");
    assert_eq!(lobby.window.global::<ui::Details>().get_name(), name);
}
