//! What a visitor does with fingers and keys: typing on screen, going from field to field, the scanner that never
//! reaches a field, the question whether somebody is there, and forgetting.

use crate::support::{SCENES, Values, fill, key, open, put, rest, scenes, settle, show, speak, tab};
use frontdesk_ui::*;
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, mock_elapsed_time};
use slint::platform::{Key, PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition, SharedString};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;

const TALL: (u32, u32) = (1080, 1920);

fn find(kiosk: &Kiosk, label: &str) -> ElementHandle {
    let found: Vec<_> = ElementHandle::find_by_accessible_label(kiosk, label)
        .filter(|element| element.accessible_role() == Some(AccessibleRole::Button))
        .collect();
    assert_eq!(found.len(), 1, "one button is called {label}");
    found.into_iter().next().expect("there is one")
}

/// Presses as an assistive client does.
fn press(kiosk: &Kiosk, label: &str) {
    find(kiosk, label).invoke_accessible_default_action();
    settle();
}

/// Presses as a finger does.
fn touch(kiosk: &Kiosk, label: &str) {
    rest();
    find(kiosk, label).mock_single_click(PointerEventButton::Left);
    settle();
}

fn details(kiosk: &Kiosk) -> Details<'_> {
    kiosk.global::<Details>()
}

fn on_details(kiosk: &Kiosk) {
    kiosk.global::<Frame>().set_page(Page::Details);
    settle();
}

fn keyboard_is_open(kiosk: &Kiosk) -> bool {
    ElementQuery::from_root(kiosk).match_descendants().match_type_name("Keys").find_first().is_some()
}

#[test]
fn a_name_is_typed_with_a_finger_and_corrected() {
    let kiosk = open(TALL, "en");
    on_details(&kiosk);
    assert!(!keyboard_is_open(&kiosk));
    tab(&kiosk);
    assert!(keyboard_is_open(&kiosk));
    touch(&kiosk, "Capital letters");
    for label in ["A", "n", "n", "e", "Space", "Hyphen"] {
        touch(&kiosk, label);
    }
    kiosk.global::<Keyboard>().set_chinese(true);
    settle();
    for label in ["Middle dot", "Digits and signs", "Latin signs", "’", "Chinese signs", "，"] {
        touch(&kiosk, label);
    }
    assert_eq!(details(&kiosk).get_typed().name, "Anne -·’，");
    for _ in 0..4 {
        touch(&kiosk, "Erase");
    }
    assert_eq!(details(&kiosk).get_typed().name, "Anne ");
    // What composition commits comes as one text.
    key(&kiosk, "欧阳修明");
    assert_eq!(details(&kiosk).get_typed().name, "Anne 欧阳修明");
    touch(&kiosk, "Hide keyboard");
    assert!(!keyboard_is_open(&kiosk));
    key(&kiosk, "x");
    assert_eq!(details(&kiosk).get_typed().name, "Anne 欧阳修明", "no field has the focus");
}

/// Every element of a type, from the top of the page on.
fn all(kiosk: &Kiosk, kind: &str) -> Vec<ElementHandle> {
    ElementQuery::from_root(kiosk).match_descendants().match_type_name(kind).find_all()
}

#[test]
fn the_year_is_said_where_it_is_another_one() {
    let kiosk = open(TALL, "en");
    let day = |year| Moment { year, month: 1, day: 1, weekday: 4, hour: 0, minute: 0 };
    kiosk.global::<Frame>().set_now(day(2027));
    let found = Found {
        key: "1".into(),
        visitor: "A***".into(),
        company: "".into(),
        host: "Li".into(),
        department: "".into(),
        from: day(2027),
        joins: false,
        waits: false,
        whole: true,
        brings: true,
        here: false,
        until: Moment { hour: 23, minute: 59, ..day(2036) },
    };
    put!(kiosk.global::<Invitation>(), view.found = slint::ModelRc::new(slint::VecModel::from(vec![found])));
    kiosk.global::<Frame>().set_page(Page::Confirm);
    settle();
    let says = |text: &'static str| {
        let element = ElementQuery::from_root(&kiosk).match_descendants().match_predicate(move |element| {
            element.accessible_label().is_some_and(|label| label.contains(text))
        });
        element.find_first().is_some()
    };
    assert!(says("Fri 1 Jan – Fri 1 Jan 2036") && !says("2027") && !says("00:00"));
}

#[test]
fn the_field_that_is_typed_into_is_in_sight_above_the_keyboard() {
    for size in [TALL, (800, 1280), (1280, 800), (1024, 768), (2160, 3840)] {
        let kiosk = open(size, "zh");
        for large in [false, true] {
            kiosk.global::<Frame>().set_page(Page::Welcome);
            settle();
            kiosk.global::<Look>().set_large(large);
            put!(details(&kiosk), view.name_slip = Slip::NameMissing);
            put!(details(&kiosk), view.company_slip = Slip::CompanyTooLong);
            on_details(&kiosk);
            for field in 0..3 {
                tab(&kiosk);
                settle();
                let (entry, keys) = (&all(&kiosk, "Entry")[field], &all(&kiosk, "Keys")[0]);
                let (top, bottom) =
                    (entry.absolute_position().y, entry.absolute_position().y + entry.size().height);
                let page = all(&kiosk, "Scroll")[0].absolute_position().y;
                assert!(
                    top >= page - 1.0 && bottom <= keys.absolute_position().y + 1.0,
                    "{size:?} large {large} field {field}: {top} to {bottom}, page from {page}, keys from {}",
                    keys.absolute_position().y
                );
            }
        }
    }
}

#[test]
fn the_line_that_is_written_is_in_sight_in_a_text_longer_than_its_room() {
    for size in [(800, 1280), (1280, 800)] {
        let kiosk = open(size, "en");
        kiosk.global::<Look>().set_large(true);
        put!(kiosk.global::<Feedback>(), typed.words = "I waited for an hour. ".repeat(30).into());
        kiosk.global::<Frame>().set_page(Page::Word);
        settle();
        tab(&kiosk);
        settle();
        let place = |kind| {
            let element = &all(&kiosk, kind)[0];
            let top = element.absolute_position().y;
            (top, top + element.size().height)
        };
        let (room, text) = (place("Scroll"), place("TextInput"));
        assert!(text.1 - text.0 > room.1 - room.0, "{size:?}: {text:?} fits {room:?}");
        assert!(text.1 <= room.1 + 1.0, "{size:?}: the end of {text:?} is not seen in {room:?}");
        for _ in 0..30 {
            key(&kiosk, &SharedString::from(Key::UpArrow));
        }
        let text = place("TextInput");
        assert!(text.0 >= room.0 - 1.0, "{size:?}: the beginning of {text:?} is not seen in {room:?}");
    }
}

#[test]
fn two_taps_on_a_word_select_nothing_that_could_be_pasted_elsewhere() {
    let kiosk = open(TALL, "en");
    on_details(&kiosk);
    tab(&kiosk);
    key(&kiosk, "Anne Miller");
    let mut fields = all(&kiosk, "TextInput").into_iter();
    let field = fields.find(|field| field.accessible_value().is_some_and(|text| text == "Anne Miller"));
    let field = field.expect("the name");
    for _ in 0..2 {
        field.mock_single_click(PointerEventButton::Left);
    }
    settle();
    key(&kiosk, "s");
    assert_eq!(details(&kiosk).get_typed().name.chars().count(), 12, "a selected word would be written over");
}

#[test]
fn erase_goes_on_while_it_is_held() {
    let kiosk = open(TALL, "en");
    put!(details(&kiosk), typed.name = "abcdefghij".into());
    on_details(&kiosk);
    tab(&kiosk);
    key(&kiosk, "\u{F72B}"); // End: to the end, with nothing selected
    rest();
    let erase = find(&kiosk, "Erase");
    let (at, size) = (erase.absolute_position(), erase.size());
    let position = LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
    kiosk.window().dispatch_event(WindowEvent::PointerMoved { position });
    kiosk.window().dispatch_event(WindowEvent::PointerPressed { position, button: PointerEventButton::Left });
    settle();
    assert_eq!(details(&kiosk).get_typed().name, "abcdefghi");
    for _ in 0..70 {
        mock_elapsed_time(Duration::from_millis(10));
    }
    let held = details(&kiosk).get_typed().name.len();
    assert!((3..=8).contains(&held), "erased while held: {held} left");
    kiosk
        .window()
        .dispatch_event(WindowEvent::PointerReleased { position, button: PointerEventButton::Left });
    for _ in 0..50 {
        mock_elapsed_time(Duration::from_millis(10));
    }
    assert_eq!(details(&kiosk).get_typed().name.len(), held, "let go is let go");
}

#[test]
fn the_green_key_leads_from_field_to_field_and_on() {
    let kiosk = open(TALL, "en");
    let left = Rc::new(RefCell::new(Vec::new()));
    let handed = Rc::new(RefCell::new(Vec::new()));
    details(&kiosk).on_leave({
        let left = left.clone();
        move |field, text| left.borrow_mut().push((field, text.to_string()))
    });
    details(&kiosk).on_next({
        let (handed, kiosk) = (handed.clone(), kiosk.as_weak());
        move || {
            let kiosk = kiosk.unwrap();
            let typed = details(&kiosk);
            let texts = [typed.get_typed().name, typed.get_typed().company, typed.get_typed().phone]
                .map(String::from);
            handed.borrow_mut().push((texts, typed.get_chosen().party))
        }
    });
    on_details(&kiosk);
    tab(&kiosk);
    press(&kiosk, "o");
    press(&kiosk, "Next field");
    press(&kiosk, "c");
    press(&kiosk, "Next field");
    press(&kiosk, "+");
    press(&kiosk, "8");
    assert_eq!(*left.borrow(), [(Field::Name, "o".to_owned()), (Field::Company, "c".to_owned())]);
    touch(&kiosk, "One person more");
    press(&kiosk, "Next");
    assert_eq!(*handed.borrow(), [(["o", "c", "+8"].map(str::to_owned), 1)]);
}

#[test]
fn a_field_takes_no_more_than_its_limit() {
    let kiosk = open(TALL, "en");
    on_details(&kiosk);
    tab(&kiosk);
    key(&kiosk, &"字".repeat(59));
    key(&kiosk, "欧阳");
    assert_eq!(details(&kiosk).get_typed().name.chars().count(), 59);
    key(&kiosk, "欧");
    assert_eq!(details(&kiosk).get_typed().name.chars().count(), 60);
    key(&kiosk, &"x".repeat(10_000));
    assert_eq!(details(&kiosk).get_typed().name.chars().count(), 60);
    tab(&kiosk);
    key(&kiosk, &"字".repeat(81));
    assert_eq!(details(&kiosk).get_typed().company, "");
}

#[test]
fn the_code_pad_has_exactly_the_characters_of_a_code() {
    let kiosk = open(TALL, "en");
    let looked_up = Rc::new(RefCell::new(String::new()));
    kiosk.global::<Invitation>().on_look_up_code({
        let looked_up = looked_up.clone();
        move |code| looked_up.replace(code.into()).clear()
    });
    kiosk.global::<Frame>().set_page(Page::Code);
    settle();
    assert!(keyboard_is_open(&kiosk), "the page begins with typing");
    let mut keys: Vec<String> = ElementQuery::from_root(&kiosk)
        .match_descendants()
        .match_type_name("Key")
        .find_all()
        .iter()
        .filter_map(|key| key.accessible_label().map(String::from))
        .collect();
    keys.sort();
    keys.dedup();
    let alphabet: Vec<String> = "0123456789ACDEFGHJKMNPRTVWXY".chars().map(String::from).collect();
    keys.retain(|key| key.chars().count() == 1);
    assert_eq!(keys, alphabet);
    // A real keyboard writes small letters.
    for label in ["7", "K", "3"] {
        press(&kiosk, label);
    }
    for text in ["m", "x", "y", "z"] {
        key(&kiosk, text);
    }
    assert_eq!(kiosk.global::<Invitation>().get_typed().code, "7K3MXY");
    press(&kiosk, "Find invitation");
    assert_eq!(*looked_up.borrow(), "7K3MXY");
}

#[test]
fn what_the_scanner_types_reaches_no_field() {
    let kiosk = open(TALL, "en");
    let seen = Rc::new(RefCell::new(String::new()));
    let swallows = Rc::new(Cell::new(true));
    kiosk.global::<Frame>().on_key({
        let (seen, swallows) = (seen.clone(), swallows.clone());
        move |text, _| {
            seen.borrow_mut().push_str(&text);
            swallows.get()
        }
    });
    key(&kiosk, "F");
    assert_eq!(*seen.borrow(), "F", "the welcome page has no field and still hears the scanner");
    for page in [Page::Invitation, Page::Code, Page::Person, Page::Details, Page::Thanks, Page::Welcome] {
        kiosk.global::<Frame>().set_page(page);
        settle();
        seen.borrow_mut().clear();
        for c in "FD:7K3\n".chars() {
            key(&kiosk, &c.to_string());
        }
        assert_eq!(*seen.borrow(), "FD:7K3\n", "heard on {page:?}");
    }
    let invitation = kiosk.global::<Invitation>();
    assert_eq!((invitation.get_typed().code, invitation.get_typed().name), ("".into(), "".into()));
    swallows.set(false);
    kiosk.global::<Frame>().set_page(Page::Code);
    settle();
    key(&kiosk, "A");
    assert_eq!(invitation.get_typed().code, "A", "what is no scan is typed");
}

#[test]
fn the_language_switches_without_losing_a_letter() {
    let kiosk = open(TALL, "en");
    let asked = Rc::new(RefCell::new(String::new()));
    kiosk.global::<Frame>().on_choose_language({
        let asked = asked.clone();
        move |code| asked.replace(code.into()).clear()
    });
    on_details(&kiosk);
    tab(&kiosk);
    press(&kiosk, "q");
    let named = ElementHandle::find_by_accessible_label(&kiosk, "中文");
    let switches: Vec<_> =
        named.filter(|element| element.accessible_role() == Some(AccessibleRole::Button)).collect();
    assert_eq!(switches.len(), 2, "one at the head, one at the foot");
    for switch in switches {
        asked.borrow_mut().clear();
        rest();
        switch.mock_single_click(PointerEventButton::Left);
        settle();
        assert_eq!(*asked.borrow(), "zh");
    }
    speak(&kiosk, "zh");
    settle();
    assert_eq!(details(&kiosk).get_typed().name, "q");
    press(&kiosk, "下一项");
    press(&kiosk, "下一项");
    press(&kiosk, "下一步");
}

#[test]
fn one_tap_says_that_somebody_is_there() {
    let kiosk = open(TALL, "en");
    let (on, home, next) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    kiosk.global::<Frame>().on_go_on({
        let on = on.clone();
        move || on.set(on.get() + 1)
    });
    kiosk.global::<Frame>().on_home({
        let home = home.clone();
        move || home.set(home.get() + 1)
    });
    details(&kiosk).on_next({
        let next = next.clone();
        move || next.set(next.get() + 1)
    });
    on_details(&kiosk);
    kiosk.global::<Frame>().set_still_there(20);
    settle();
    // Whoever meets the question with a tap, or taps beside it, is there.
    let below = find(&kiosk, "Next");
    for said in [1, 2] {
        below.mock_single_click(PointerEventButton::Left);
        assert_eq!((next.get(), on.get()), (0, said), "the page below takes no touch");
        rest();
    }
    touch(&kiosk, "I am still here");
    assert_eq!((on.get(), home.get()), (3, 0));
    touch(&kiosk, "Clear and start over");
    assert_eq!((on.get(), home.get()), (3, 1));
}

#[test]
fn any_touch_is_told_and_a_still_welcome_page_draws_nothing() {
    let kiosk = open(TALL, "en");
    let touches = Rc::new(Cell::new(0));
    kiosk.global::<Frame>().on_touched({
        let touches = touches.clone();
        move || touches.set(touches.get() + 1)
    });
    settle();
    assert_eq!(touches.get(), 0);
    assert!(!kiosk.window().has_active_animations(), "nothing moves on the welcome page");
    touch(&kiosk, "I have an invitation");
    assert!(touches.get() > 0, "a touch that a button takes is told too");
}

#[test]
fn the_visitor_says_whether_a_badge_came_out() {
    let kiosk = open(TALL, "en");
    let said = Rc::new(RefCell::new(Vec::new()));
    kiosk.global::<Thanks>().on_came_out({
        let said = said.clone();
        move |out| said.borrow_mut().push(out)
    });
    let unknown = SCENES.iter().find(|scene| scene.name == "thanks-unknown").expect("the scene exists");
    show(&kiosk, unknown, Values::Short);
    touch(&kiosk, "No badge came out");
    touch(&kiosk, "Yes, I have it");
    assert_eq!(*said.borrow(), [false, true]);
}

#[test]
fn the_keyboard_closes_with_the_page_it_served() {
    let kiosk = open(TALL, "en");
    for scene in scenes().filter(|scene| ![Page::Code, Page::Person, Page::Details].contains(&scene.page)) {
        on_details(&kiosk);
        tab(&kiosk);
        assert!(keyboard_is_open(&kiosk));
        kiosk.global::<Frame>().set_page(scene.page);
        settle();
        assert!(!keyboard_is_open(&kiosk), "still open on {}", scene.name);
    }
    on_details(&kiosk);
    assert!(!keyboard_is_open(&kiosk), "the page opens with all its fields in sight");
}

/// Every text that is shown or typed anywhere.
fn all_texts(kiosk: &Kiosk) -> String {
    let mut all = String::new();
    i_slint_backend_testing::ElementRoot::root_element(kiosk).visit_descendants(|element| {
        for text in [element.accessible_label(), element.accessible_value(), element.accessible_description()]
            .into_iter()
            .flatten()
        {
            all.push_str(&text);
            all.push('\n');
        }
        ControlFlow::<()>::Continue(())
    });
    all
}

#[test]
fn a_fresh_visitor_finds_nothing_of_the_last() {
    let kiosk = open(TALL, "en");
    for page in [Page::Code, Page::Person, Page::Details] {
        fill(&kiosk, Values::Longest);
        let invitation = kiosk.global::<Invitation>();
        put!(invitation, typed.code = "7K3MXY".into());
        kiosk.global::<Look>().set_large(true);
        kiosk.global::<Look>().set_contrast(true);
        kiosk.global::<Look>().set_low(true);
        kiosk.global::<Frame>().set_page(page);
        settle();
        tab(&kiosk);
        key(&kiosk, "9");
        kiosk.global::<Keyboard>().set_signs(true);

        let frame = kiosk.global::<Frame>();
        frame.set_visitor(frame.get_visitor() + 1);
        frame.set_forms(frame.get_forms() + 1);
        kiosk.global::<Forget>().invoke_all();
        frame.set_page(Page::Welcome);
        settle();

        let details = details(&kiosk);
        let typed = [
            details.get_typed().name,
            details.get_typed().company,
            details.get_typed().phone,
            invitation.get_typed().code,
            invitation.get_typed().name,
            invitation.get_typed().last_four,
        ];
        assert!(typed.iter().all(|text| text.is_empty()), "left over after {page:?}: {typed:?}");
        assert_eq!(details.get_chosen().party, 0);
        let look = kiosk.global::<Look>();
        assert!(!look.get_large() && !look.get_contrast() && !look.get_low());
        assert!(!keyboard_is_open(&kiosk) && !kiosk.global::<Keyboard>().get_signs());
        for other in [Page::Code, Page::Person, Page::Details] {
            kiosk.global::<Frame>().set_page(other);
            settle();
            let texts = all_texts(&kiosk);
            assert!(
                !texts.contains("阿卜杜热西提") && !texts.contains("138001") && !texts.contains("7K3"),
                "shown again on {other:?}"
            );
        }
    }
}
