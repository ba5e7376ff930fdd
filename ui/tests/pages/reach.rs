//! Every control of every page is known to whoever cannot see it: by its role, and by a name in the language shown.

use crate::support::{OTHERS, Values, emergency, foot, key, open, rest, scenes, settle, show, speak};
use frontdesk_ui::{Details, Frame, Keyboard, Kiosk, Look, Page};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use slint::platform::PointerEventButton;
use slint::{ComponentHandle, SharedString};
use std::collections::BTreeMap;

/// The mark of a form that goes on below, in both languages.
const MORE_BELOW: [&str; 2] = ["More below", "下面还有"];
const CONTROLS: [AccessibleRole; 4] =
    [AccessibleRole::Button, AccessibleRole::TextInput, AccessibleRole::Spinbox, AccessibleRole::Tab];

fn controls(kiosk: &Kiosk) -> Vec<ElementHandle> {
    let all = ElementQuery::from_root(kiosk).match_descendants().find_all();
    let is_control =
        |element: &ElementHandle| element.accessible_role().is_some_and(|role| CONTROLS.contains(&role));
    all.into_iter().filter(is_control).collect()
}

fn names(kiosk: &Kiosk) -> Vec<String> {
    let all = controls(kiosk);
    let names = all.iter().map(|control| String::from(control.accessible_label().unwrap_or_default()));
    // Which language needs more room than there is differs from form to form.
    names.filter(|name| !MORE_BELOW.contains(&name.as_str())).collect()
}

#[test]
fn every_control_has_a_name_in_the_language_shown() {
    let kiosk = open((1080, 1920), "en");
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for scene in scenes() {
        let mut by_language = Vec::new();
        for language in ["zh", "en"] {
            speak(&kiosk, language);
            show(&kiosk, scene, Values::Short);
            by_language.push(names(&kiosk));
        }
        let [chinese, english] = &by_language[..] else { unreachable!() };
        assert!(!chinese.is_empty(), "{}: there is nothing to press", scene.name);
        assert_eq!(chinese.len(), english.len(), "{}: {chinese:?}\n{english:?}", scene.name);
        for (zh, en) in chinese.iter().zip(english) {
            assert!(!zh.is_empty() && !en.is_empty(), "{}: a control has no name: {chinese:?}", scene.name);
            // What is the same in both is a key, a language's own name, or was typed or imported by people.
            if zh != en && (zh.as_str(), en.as_str()) != OTHERS {
                let han = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
                assert!(han(zh), "{}: \"{zh}\" is shown in Chinese", scene.name);
                *seen.entry(scene.name).or_default() += 1;
            }
        }
        // The foot, or Back, or the keyboard: something is always in words.
        assert!(seen.get(scene.name).is_some_and(|words| *words > 0), "{}: {chinese:?}", scene.name);
    }
}

#[test]
fn every_text_field_can_be_filled_without_a_finger() {
    let kiosk = open((1080, 1920), "en");
    speak(&kiosk, "en");
    let mut filled = 0;
    for scene in scenes() {
        show(&kiosk, scene, Values::Short);
        for field in
            controls(&kiosk).iter().filter(|c| c.accessible_role() == Some(AccessibleRole::TextInput))
        {
            field.set_accessible_value("A1");
            let value = field.accessible_value().unwrap_or_default();
            assert_eq!(value, "A1", "{}: {:?}", scene.name, field.accessible_label());
            filled += 1;
        }
    }
    assert!(filled > 20, "{filled}");
}

/// The controls in the lower part of the window, whole, by their names. One walk through a page is slow enough.
fn at_the_foot(kiosk: &Kiosk) -> Vec<(SharedString, ElementHandle)> {
    let size = kiosk.window().size();
    let (width, height) = (size.width as f32, size.height as f32);
    let is_low = |element: &ElementHandle| {
        let (at, size) = (element.absolute_position(), element.size());
        size.width > 0.0
            && at.x >= 0.0
            && at.x + size.width <= width
            && at.y >= height * 0.45
            && at.y + size.height <= height
    };
    let low = controls(kiosk).into_iter().filter(is_low);
    low.filter_map(|element| element.accessible_label().map(|name| (name, element))).collect()
}

fn at_the_foot_named(kiosk: &Kiosk, name: &str) -> ElementHandle {
    let found = at_the_foot(kiosk).into_iter().find(|(label, _)| label == name);
    found.expect("it is there").1
}

#[test]
fn what_helps_stands_at_the_foot_of_every_page_with_or_without_the_keyboard() {
    let (mut typing, mut missing) = (0, Vec::new());
    for (size, language) in
        [((1080, 1920), "zh"), ((1280, 800), "en"), ((800, 1280), "en"), ((1024, 768), "zh")]
    {
        let kiosk = open(size, language);
        for (low, large) in [(false, false), (true, false), (true, true)] {
            kiosk.global::<Look>().set_low(low);
            kiosk.global::<Look>().set_large(large);
            for scene in scenes().filter(|scene| scene.page != Page::Counter) {
                show(&kiosk, scene, Values::Short);
                for warned in [false, true] {
                    if warned {
                        emergency(&kiosk);
                        settle();
                    }
                    let keyboard = kiosk.global::<Keyboard>().get_shown();
                    typing += usize::from(keyboard);
                    let low_down = at_the_foot(&kiosk);
                    for name in foot(scene.page, language) {
                        if low_down.iter().all(|(label, _)| label != name) {
                            missing.push(format!(
                                "{}: no \"{name}\" at {size:?}, low {low}, large {large}, keyboard {keyboard}, emergency {warned}",
                                scene.name
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(typing > 100, "{typing}");
}

#[test]
fn the_switches_work_beside_the_keyboard_and_take_nothing_away() {
    for size in [(1080, 1920), (1280, 800)] {
        let kiosk = open(size, "en");
        kiosk.global::<Frame>().set_page(Page::Details);
        settle();
        key(&kiosk, "\t");
        key(&kiosk, "q");
        let (look, keyboard) = (kiosk.global::<Look>(), kiosk.global::<Keyboard>());
        for (on, name) in (1..).zip(["Large text", "High contrast", "Low reach"]) {
            rest();
            let switch = at_the_foot_named(&kiosk, name);
            switch.mock_single_click(PointerEventButton::Left);
            settle();
            let switched = [look.get_large(), look.get_contrast(), look.get_low()];
            assert_eq!(switched, [on >= 1, on >= 2, on >= 3], "{name} {size:?}");
            assert!(keyboard.get_shown(), "{name} {size:?}: the keyboard stays");
            assert_eq!(kiosk.global::<Details>().get_typed().name, "q");
        }
        let asked = std::rc::Rc::new(std::cell::Cell::new(0));
        let (privacy, reception) = (asked.clone(), asked.clone());
        kiosk.global::<Frame>().on_show_privacy(move || privacy.set(privacy.get() + 1));
        kiosk.global::<Frame>().on_show_reception(move || reception.set(reception.get() + 10));
        for name in ["Privacy", "Reception"] {
            rest();
            at_the_foot_named(&kiosk, name).mock_single_click(PointerEventButton::Left);
            settle();
        }
        assert_eq!(asked.get(), 11, "{size:?}");
    }
}

/// Whoever works at the desk chose large text, contrast and reach at the foot of the PIN's page; they find the other
/// language and the way out at the side, once the keyboard is away.
#[test]
fn receptions_pages_have_the_languages_and_the_way_out_and_keep_the_switches() {
    for (size, language, other, lock) in [
        ((1080, 1920), "zh", OTHERS.0, "退出"),
        ((1280, 800), "en", OTHERS.1, "Lock"),
        ((1024, 768), "zh", OTHERS.0, "退出"),
    ] {
        let kiosk = open(size, language);
        let look = kiosk.global::<Look>();
        let pin = scenes().find(|scene| scene.page == Page::Pin).expect("there is a PIN");
        show(&kiosk, pin, Values::Short);
        rest();
        at_the_foot_named(&kiosk, foot(Page::Pin, language)[0]).mock_single_click(PointerEventButton::Left);
        settle();
        assert!(look.get_large(), "{size:?}");
        for scene in scenes().filter(|scene| scene.page == Page::Counter) {
            show(&kiosk, scene, Values::Short);
            assert!(look.get_large(), "{size:?}: the switches stay");
            let keyboard = kiosk.global::<Keyboard>();
            keyboard.set_hides(keyboard.get_hides() + 1);
            settle();
            let names = names(&kiosk);
            assert!(names.iter().any(|name| name == other), "{}: {names:?}", scene.name);
            assert!(names.iter().any(|name| name.contains(lock)), "{}: {names:?}", scene.name);
        }
    }
}
