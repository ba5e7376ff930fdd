//! Every control of every page is known to whoever cannot see it: by its role, and by a name in the language shown.

use crate::support::{SCENES, open, show, speak};
use frontdesk_ui::Kiosk;
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use std::collections::BTreeMap;

const CONTROLS: [AccessibleRole; 3] =
    [AccessibleRole::Button, AccessibleRole::TextInput, AccessibleRole::Spinbox];

fn controls(kiosk: &Kiosk) -> Vec<ElementHandle> {
    let all = ElementQuery::from_root(kiosk).match_descendants().find_all();
    let is_control =
        |element: &ElementHandle| element.accessible_role().is_some_and(|role| CONTROLS.contains(&role));
    all.into_iter().filter(is_control).collect()
}

fn names(kiosk: &Kiosk) -> Vec<String> {
    controls(kiosk).iter().map(|control| control.accessible_label().unwrap_or_default().into()).collect()
}

#[test]
fn every_control_has_a_name_in_the_language_shown() {
    let kiosk = open((1080, 1920), "en");
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for scene in SCENES {
        let mut by_language = Vec::new();
        for language in ["zh", "en"] {
            speak(&kiosk, language);
            show(&kiosk, scene, false);
            by_language.push(names(&kiosk));
        }
        let [chinese, english] = &by_language[..] else { unreachable!() };
        assert!(!chinese.is_empty(), "{}: there is nothing to press", scene.name);
        assert_eq!(chinese.len(), english.len(), "{}: {chinese:?}\n{english:?}", scene.name);
        for (zh, en) in chinese.iter().zip(english) {
            assert!(!zh.is_empty() && !en.is_empty(), "{}: a control has no name: {chinese:?}", scene.name);
            // What is the same in both is a key, a language's own name, or was typed or imported by people.
            if zh != en {
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
    for scene in SCENES {
        show(&kiosk, scene, false);
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
