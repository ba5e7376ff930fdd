//! Every control of every page does something for whoever uses it without a finger: by the action that its role offers
//! it tells somebody, or what is shown changes.

use crate::support::{Scene, Values, open, scenes, settle, show};
use frontdesk_ui::*;
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, ElementRoot};
use slint::ComponentHandle;
use std::cell::Cell;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::rc::Rc;

/// Counts every callback of these globals.
macro_rules! hear {
    ($kiosk:ident, $told:ident, $($global:ident: $($on:ident($($any:tt),*)),+;)+) => {$(
        let global = $kiosk.global::<$global>();
        $({
            let told = Rc::clone(&$told);
            global.$on(move |$($any),*| told.set(told.get() + 1));
        })+
    )+};
}

/// How often somebody was told something. That a key was touched or the focus moved tells nobody what to do.
fn told(kiosk: &Kiosk) -> Rc<Cell<u32>> {
    let told = Rc::new(Cell::new(0));
    hear! { kiosk, told,
        Welcome: on_invitation(), on_no_invitation(), on_delivery(), on_leaving();
        Invitation: on_by_code(), on_by_name(), on_look_up_code(_), on_look_up_name(), on_choose(_), on_confirm(),
            on_correct(), on_not_me(), on_edited();
        Details: on_leave(_, _), on_next();
        Group: on_name(_), on_done();
        Agree: on_pen_down(_, _), on_pen_moved(_, _), on_redo(), on_agree(), on_sign_at_reception(), on_decline();
        Thanks: on_done(), on_came_out(_);
        Leave: on_leave(), on_stay(), on_leave_together(), on_done(), on_come_back(), on_rate(_), on_comment(),
            on_complain();
        WalkIn: on_choose_type(_), on_ask(_), on_choose(_, _), on_purpose_done(_);
        Waiting: on_done();
        Safety: on_read(), on_answer(_);
        Photo: on_take(), on_keep(), on_without();
        Delivery: on_parcels_done(_), on_done();
        Feedback: on_send(), on_done();
        Reception: on_done(), on_staff();
        Privacy: on_done();
        RollCall: on_put_out(), on_tick_off();
        Pin: on_choose(_), on_pin(_);
        Counter: on_go(_), on_lock(), on_narrow(_), on_open(_), on_close(), on_do(_, _), on_ask_host(_), on_send();
        Frame: on_choose_language(_), on_go_on(), on_back(), on_home(), on_show_privacy(), on_show_reception(),
            on_call_roll();
        Keyboard: on_press(_), on_erase(_), on_choose(_), on_hold(_), on_turn(_), on_switch_writing(), on_help();
    }
    told
}

/// What can be seen and heard of the page.
fn shown(kiosk: &Kiosk) -> Vec<String> {
    let mut all = Vec::new();
    kiosk.root_element().visit_descendants(|element| {
        if element.accessible_role().is_some_and(|role| role != AccessibleRole::None) {
            let (at, size) = (element.absolute_position(), element.size());
            all.push(format!(
                "{:?} {:?} {:?} {:?} {at:?} {size:?}",
                element.accessible_label(),
                element.accessible_value(),
                element.accessible_checked(),
                element.accessible_enabled()
            ));
        }
        ControlFlow::<()>::Continue(())
    });
    all
}

const ACTED_ON: [AccessibleRole; 9] = [
    AccessibleRole::Button,
    AccessibleRole::TextInput,
    AccessibleRole::Spinbox,
    AccessibleRole::Tab,
    AccessibleRole::Checkbox,
    AccessibleRole::Switch,
    AccessibleRole::RadioButton,
    AccessibleRole::ListItem,
    AccessibleRole::Slider,
];

fn controls(kiosk: &Kiosk) -> Vec<ElementHandle> {
    let acted_on =
        |element: &ElementHandle| element.accessible_role().is_some_and(|role| ACTED_ON.contains(&role));
    let all = ElementQuery::from_root(kiosk).match_descendants().find_all();
    all.into_iter().filter(|element| acted_on(element)).collect()
}

/// Brings the scene back as it was, and so many times further down.
fn bring(kiosk: &Kiosk, scene: &Scene, down: usize) {
    show(kiosk, scene, Values::Short);
    for _ in 0..down {
        let areas =
            ElementQuery::from_root(kiosk).match_descendants().match_type_name("Flickable").find_all();
        for area in areas {
            area.scroll(0.0, area.size().height * -0.8);
        }
        settle();
    }
}

/// Keys and the foot are the same on every page; what has the same name on two pages leads elsewhere.
fn which(scene: &Scene, control: &ElementHandle) -> String {
    let kind = control.type_name().unwrap_or_default();
    let everywhere = ["Key", "Erase", "Hide", "Next", "OfferKey", "LargeText", "HighContrast", "LowReach"];
    let page = if everywhere.contains(&kind.as_str()) { None } else { Some(scene.page) };
    format!(
        "{page:?} {kind} {:?} {:?} {:?} {:?}",
        control.accessible_label(),
        control.accessible_enabled(),
        control.accessible_checked(),
        control.accessible_role()
    )
}

/// Acts as the role offers; says whether it was a value that changed.
fn act(control: &ElementHandle) -> bool {
    let before = control.accessible_value();
    match control.accessible_role() {
        Some(AccessibleRole::TextInput) => {
            control.set_accessible_value(if before.as_deref() == Some("7") { "8" } else { "7" });
        }
        Some(AccessibleRole::Spinbox | AccessibleRole::Slider) => {
            control.invoke_accessible_increment_action();
            settle();
            if control.accessible_value() == before {
                control.invoke_accessible_decrement_action();
            }
        }
        _ => control.invoke_accessible_default_action(),
    }
    settle();
    control.is_valid() && control.accessible_value() != before
}

fn every_control_acts(size: (u32, u32), language: &str) -> usize {
    let kiosk = open(size, language);
    let told = told(&kiosk);
    let (mut acted, mut idle) = (HashSet::new(), Vec::new());
    for scene in scenes() {
        for down in 0..4 {
            bring(&kiosk, scene, down);
            let before = shown(&kiosk);
            let mut all = controls(&kiosk);
            let fresh: Vec<usize> =
                (0..all.len()).filter(|at| acted.insert(which(scene, &all[*at]))).collect();
            if fresh.is_empty() {
                break;
            }
            for at in fresh {
                if !all[at].is_valid() {
                    bring(&kiosk, scene, down);
                    all = controls(&kiosk);
                }
                let control = &all[at];
                let name = which(scene, control);
                assert!(
                    control.accessible_label().is_some_and(|label| !label.is_empty()),
                    "{}: {name}",
                    scene.name
                );
                let heard = told.get();
                let by_value = act(control);
                let heard = told.get() > heard;
                // What is chosen already may stay as it is; what cannot be used must.
                let chosen = control.accessible_checked() == Some(true);
                let works = heard || by_value || shown(&kiosk) != before;
                let off = control.accessible_enabled() == Some(false);
                if if off { heard } else { !works && !chosen } {
                    idle.push(format!("{}: {name}", scene.name));
                }
                if !heard || by_value {
                    bring(&kiosk, scene, down);
                    all = controls(&kiosk);
                }
            }
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
    acted.len()
}

#[test]
fn every_control_of_a_tall_screen_acts_without_a_finger() {
    assert!(every_control_acts((1080, 1920), "en") > 200);
}

#[test]
fn every_control_of_a_wide_screen_acts_without_a_finger() {
    assert!(every_control_acts((1280, 800), "zh") > 200);
}
