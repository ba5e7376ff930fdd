//! Signing with a finger: what is written reaches the desk, can be written again, and is nobody else's.

use super::lobby::{Lobby, rest};
use frontdesk::desk::{Event, PageView, Registration, Session};
use frontdesk::words::Lang;
use frontdesk_ui as ui;
use slint::ComponentHandle;

/// A signature that is one, from left to right.
const STROKE: [(f32, f32); 5] = [(0.2, 0.3), (0.3, 0.7), (0.4, 0.3), (0.5, 0.7), (0.6, 0.3)];

/// A contractor in front of the pad.
fn at_the_pad(lobby: &Lobby) {
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.kiosk.tell(Event::Registration(Registration::WalkIn));
    lobby.kiosk.tell(Event::Registration(Registration::ChooseType("contractor".to_owned())));
    lobby.kiosk.tell(Event::Registration(Registration::DetailsDone {
        name: "王芳".to_owned(),
        company: "天成装饰".to_owned(),
        phone: "13900139000".to_owned(),
        party: 0,
        remember: false,
    }));
    lobby.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
    lobby.kiosk.tell(Event::Registration(Registration::PurposeDone("Repair".to_owned())));
    rest();
    assert!(matches!(lobby.kiosk.view().page, PageView::Agree(_)), "{:?}", lobby.kiosk.view().page);
}

fn without_questions() -> Lobby {
    Lobby::open_with(|config| config.visit_types.iter_mut().for_each(|kind| kind.safety = None))
}

fn written(lobby: &Lobby) -> String {
    lobby.window.global::<ui::Agree>().get_typed().signature.into()
}

#[test]
fn what_is_written_is_what_is_kept_and_can_be_written_again() {
    let lobby = without_questions();
    at_the_pad(&lobby);
    assert!(!lobby.shows("Sign again"), "there is nothing to write again");
    lobby.tap("Agree and register");
    assert!(lobby.shows("Please sign with your finger before you agree."));
    lobby.sign(&STROKE);
    assert!(!lobby.shows("Please sign with your finger before you agree."), "it is out of date");
    let first = written(&lobby);
    assert!(first.starts_with('M') && first.len() > 20, "{first}");
    lobby.tap("Sign again");
    assert_eq!(written(&lobby), "");
    lobby.tap("Agree and register");
    assert!(
        lobby.shows("Please sign with your finger before you agree."),
        "nothing of the first one is left"
    );
    // Two strokes, the second from right to left.
    let back: Vec<(f32, f32)> = STROKE.iter().rev().map(|(x, y)| (x + 0.1, 1.0 - y)).collect();
    lobby.sign(&STROKE);
    lobby.sign(&back);
    let second = written(&lobby);
    assert_eq!(second.matches('M').count(), 2, "{second}");
    lobby.tap("Agree and register");
    assert!(matches!(lobby.kiosk.view().page, PageView::Waiting(_)));
    let visit = lobby.kiosk.with_book(|book| book.open_visits().unwrap().remove(0)).unwrap();
    assert_eq!(visit.agreement.signature.unwrap().as_path(), second, "what they saw is what is kept");
    assert_eq!(written(&lobby), "", "and it is gone from the screen");
}

#[test]
fn the_pad_is_empty_for_the_next_one_and_after_a_step_back() {
    let lobby = without_questions();
    for gives_up in [
        Event::Session(Session::Home),
        Event::Session(Session::Back),
        Event::Registration(Registration::Decline),
    ] {
        at_the_pad(&lobby);
        lobby.sign(&STROKE);
        assert_ne!(written(&lobby), "");
        lobby.kiosk.tell(gives_up.clone());
        rest();
        assert_eq!(written(&lobby), "", "{gives_up:?}");
        lobby.kiosk.tell(Event::Session(Session::Home));
        at_the_pad(&lobby);
        lobby.tap("Agree and register");
        assert!(
            lobby.shows("Please sign with your finger before you agree."),
            "{gives_up:?}: signed by nobody"
        );
        lobby.kiosk.tell(Event::Session(Session::Home));
    }
    // What lies over the page leaves it as it was.
    at_the_pad(&lobby);
    lobby.sign(&STROKE);
    let before = written(&lobby);
    lobby.tap("Privacy");
    lobby.tap("Done");
    assert_eq!(written(&lobby), before);
    lobby.tap("中文");
    assert_eq!(written(&lobby), before, "nor does the other language");
    let visits = lobby.kiosk.with_book(|book| book.open_visits().unwrap().len());
    assert_eq!(visits, Some(0));
}
