//! Every page in both languages, with short and longest values, in every size and with large text: nothing is cut,
//! nothing overlaps, nothing is outside the window, and everything that is touched is large enough, apart, and has a name.

use crate::support::{SCENES, Values, open, show};
use frontdesk_ui::{Frame, Kiosk, Look};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, ElementRoot};
use slint::ComponentHandle;
use std::ops::ControlFlow;

/// Rounding to whole pixels.
const SLACK: f32 = 1.5;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Area {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Area {
    fn of(element: &ElementHandle) -> Area {
        let (at, size) = (element.absolute_position(), element.size());
        Area { left: at.x, top: at.y, right: at.x + size.width, bottom: at.y + size.height }
    }

    fn width(self) -> f32 {
        self.right - self.left
    }

    fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// What of it can be seen through a window.
    fn seen_in(self, window: Area) -> Area {
        Area {
            left: self.left.max(window.left),
            top: self.top.max(window.top),
            right: self.right.min(window.right),
            bottom: self.bottom.min(window.bottom),
        }
    }

    fn is_within(self, other: Area) -> bool {
        self.left >= other.left - SLACK
            && self.top >= other.top - SLACK
            && self.right <= other.right + SLACK
            && self.bottom <= other.bottom + SLACK
    }

    /// The empty space between two areas; negative when they overlap.
    fn apart(self, other: Area) -> f32 {
        let across = (other.left - self.right).max(self.left - other.right);
        let down = (other.top - self.bottom).max(self.top - other.bottom);
        across.max(down)
    }
}

#[derive(Clone, Debug)]
struct Part {
    kind: String,
    id: String,
    words: String,
    role: Option<AccessibleRole>,
    cut: bool,
    whole: Area,
    /// Of the whole, what the scrolling area around it lets through.
    seen: Area,
    scrolls: bool,
}

fn part(element: &ElementHandle) -> Part {
    let whole = Area::of(element);
    Part {
        kind: element.type_name().unwrap_or_default().into(),
        id: element.id().unwrap_or_default().into(),
        words: element.accessible_label().unwrap_or_default().into(),
        role: element.accessible_role(),
        cut: element.accessible_id().is_some_and(|id| id == "cut"),
        whole,
        seen: whole,
        scrolls: false,
    }
}

fn below(element: &ElementHandle) -> Vec<Part> {
    let mut parts = Vec::new();
    element.visit_descendants(|element| {
        parts.push(part(&element));
        ControlFlow::<()>::Continue(())
    });
    parts
}

/// All that is shown, with what lies in a scrolling area narrowed to what can be seen of it.
fn parts(kiosk: &Kiosk) -> Vec<Part> {
    let mut all = below(&kiosk.root_element());
    for scroll in ElementQuery::from_root(kiosk).match_descendants().match_type_name("Flickable").find_all() {
        let window = Area::of(&scroll);
        for inner in below(&scroll) {
            for part in all
                .iter_mut()
                .filter(|part| part.whole == inner.whole && part.kind == inner.kind && part.id == inner.id)
            {
                part.seen = part.whole.seen_in(window);
                part.scrolls = true;
            }
        }
    }
    all
}

fn is_text(part: &Part) -> bool {
    ["Say", "Text", "TextInput"].contains(&part.kind.as_str())
}

fn is_touched(part: &Part) -> bool {
    matches!(part.role, Some(AccessibleRole::Button | AccessibleRole::TextInput))
}

/// Every fault of what is shown, each as a sentence.
fn faults(kiosk: &Kiosk) -> Vec<String> {
    let mut faults = Vec::new();
    let size = kiosk.window().size();
    let window = Area { left: 0.0, top: 0.0, right: size.width as f32, bottom: size.height as f32 };
    let unit = (size.width.min(size.height) as f32 / 1080.0).min(size.width.max(size.height) as f32 / 1620.0);
    let mut parts = parts(kiosk);
    if kiosk.global::<Frame>().get_still_there() > 0 {
        // The question covers the page: what is below it is out of play.
        let question =
            ElementQuery::from_root(kiosk).match_descendants().match_type_name("StillThere").find_first();
        parts = below(&question.expect("the question is shown"));
    }
    let texts: Vec<&Part> = parts
        .iter()
        .filter(|part| is_text(part) && part.seen.width() > 0.5 && part.seen.height() > 0.5)
        .collect();
    let touched: Vec<&Part> =
        parts.iter().filter(|part| is_touched(part) && part.seen.height() > 0.5).collect();
    if texts.is_empty() {
        faults.push("no words at all".into());
    }

    for text in &texts {
        if text.cut {
            faults.push(format!("cut: {text:?}"));
        }
    }
    for part in texts.iter().chain(&touched) {
        let sideways = Area { top: window.top, bottom: window.bottom, ..part.whole };
        if !(if part.scrolls { sideways.is_within(window) } else { part.whole.is_within(window) }) {
            faults.push(format!("outside the window: {part:?}"));
        }
    }
    for (at, one) in texts.iter().enumerate() {
        for other in &texts[at + 1..] {
            if one.seen.apart(other.seen) < -SLACK {
                faults.push(format!("words overlap: {one:?} and {other:?}"));
            }
        }
    }
    for (at, one) in touched.iter().enumerate() {
        if one.words.is_empty() {
            faults.push(format!("no name for an assistive client: {one:?}"));
        }
        if one.role == Some(AccessibleRole::Button)
            && one.whole.width().min(one.whole.height()) < 64.0 * unit - SLACK
        {
            faults.push(format!("too small to touch: {one:?}"));
        }
        for other in &touched[at + 1..] {
            if one.seen.apart(other.seen) < 8.0 * unit - SLACK {
                faults.push(format!("too close to each other: {one:?} and {other:?}"));
            }
        }
        // Words of another control or of the page must not lie under a finger.
        for text in &texts {
            let inside = text.seen.is_within(one.seen);
            if !inside && one.seen.apart(text.seen) < -SLACK {
                faults.push(format!("words reach over an edge: {one:?} and {text:?}"));
            }
        }
    }
    // What takes a touch belongs to something with a name; the grounds only keep touches from what is below.
    let unnamed = ["::ground", "::sensor", "::shield"];
    let areas = parts.iter().filter(|part| part.kind == "TouchArea");
    for area in areas.filter(|part| !unnamed.iter().any(|name| part.id.ends_with(name))) {
        // Where one signs is no control, but it has a name.
        let drawn_on = parts
            .iter()
            .any(|part| part.role == Some(AccessibleRole::Image) && area.whole.is_within(part.whole));
        let named = drawn_on || touched.iter().any(|part| area.whole.is_within(part.whole));
        if !named && area.seen.height() > 0.5 {
            faults.push(format!("takes a touch without a name: {area:?}"));
        }
    }
    faults
}

/// Large text, low reach, longest values, high contrast. All switches at once are the narrowest.
type Shape = (bool, bool, bool, bool);
const EVERY: &[Shape] = &[
    (false, false, false, false),
    (false, false, true, false),
    (true, false, false, false),
    (true, false, true, false),
    (true, true, true, true),
];
/// For screens that are another one, larger.
const EXTREMES: &[Shape] = &[(false, false, true, false), (true, false, true, true)];

fn look_at(size: (u32, u32), shapes: &[Shape]) {
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        let kiosk = open(size, language);
        for &(large, low, longest, contrast) in shapes {
            kiosk.global::<Look>().set_large(large);
            kiosk.global::<Look>().set_low(low);
            kiosk.global::<Look>().set_contrast(contrast);
            for scene in SCENES {
                show(&kiosk, scene, if longest { Values::Longest } else { Values::Short });
                for fault in faults(&kiosk) {
                    found.push(format!(
                        "{} {language} {size:?} large {large} low {low} contrast {contrast} longest {longest}: {fault}",
                        scene.name
                    ));
                }
            }
        }
    }
    let count = found.len();
    found.truncate(40);
    assert!(found.is_empty(), "{count} faults, the first:\n{}", found.join("\n"));
}

#[test]
fn a_tall_screen_shows_every_page_whole() {
    look_at((1080, 1920), EVERY);
}

#[test]
fn a_small_tall_tablet_shows_every_page_whole() {
    look_at((800, 1280), EVERY);
}

#[test]
fn a_small_wide_tablet_shows_every_page_whole() {
    look_at((1280, 800), EVERY);
}

#[test]
fn a_very_large_screen_shows_every_page_whole() {
    look_at((2160, 3840), EXTREMES);
}

#[test]
fn a_wide_screen_shows_every_page_whole() {
    look_at((1920, 1080), EXTREMES);
}

#[test]
fn an_old_squarish_screen_shows_every_page_whole() {
    look_at((1024, 768), EXTREMES);
}
