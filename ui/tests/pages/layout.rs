//! Every page, the visitors' and reception's, in both languages, with short values and with fields filled to their
//! limits, in every size, with large text and under an emergency: nothing is cut, nothing overlaps, nothing is outside
//! the window, what scrolls shows enough to be read, and everything that is touched is large enough, apart, and has a name.

use crate::parts::{Area, Part, SLACK, parts};
use crate::support::{Values, emergency, open, scenes, settle, show};
use frontdesk_ui::{Frame, Keyboard, Kiosk, Look};
use i_slint_backend_testing::{AccessibleRole, ElementQuery, ElementRoot};
use slint::ComponentHandle;

/// What is on the screen: the page, or the question that covers it.
fn shown(kiosk: &Kiosk) -> Vec<Part> {
    if kiosk.global::<Frame>().get_still_there() == 0 {
        return parts(&kiosk.root_element());
    }
    let question =
        ElementQuery::from_root(kiosk).match_descendants().match_type_name("StillThere").find_first();
    parts(&question.expect("the question is shown"))
}

/// A screen of 1080 units by at least 1620, as in look.slint.
struct Screen {
    window: Area,
    unit: f32,
}

impl Screen {
    fn of(kiosk: &Kiosk) -> Screen {
        let size = kiosk.window().size();
        let (width, height) = (size.width as f32, size.height as f32);
        Screen {
            window: Area { left: 0.0, top: 0.0, right: width, bottom: height },
            unit: (width.min(height) / 1080.0).min(width.max(height) / 1620.0),
        }
    }

    fn units(&self, units: f32) -> f32 {
        units * self.unit - SLACK
    }
}

/// Every fault of what is shown, each as a sentence.
fn faults(kiosk: &Kiosk) -> Vec<String> {
    let screen = Screen::of(kiosk);
    let parts = shown(kiosk);
    let texts: Vec<&Part> = parts.iter().filter(|part| part.text && part.is_seen()).collect();
    let touched: Vec<&Part> = parts.iter().filter(|part| part.is_touched() && part.is_seen()).collect();
    let mut faults = Vec::new();
    if texts.is_empty() {
        faults.push("no words at all".into());
    }
    let typed = texts.iter().filter(|part| part.typed).count();
    if typed != usize::from(kiosk.global::<Keyboard>().get_shown()) {
        faults.push(format!("{typed} fields are typed into"));
    }
    words_at_fault(&texts, &mut faults);
    for part in texts.iter().chain(&touched) {
        let window = screen.window;
        let sideways = Area { top: window.top, bottom: window.bottom, ..part.whole };
        if !(if part.scrolls { sideways } else { part.whole }).is_within(window) {
            faults.push(format!("outside the window: {part:?}"));
        }
    }
    for area in parts.iter().filter(|part| part.is_scrolling_area()) {
        // A line may be lower, when it is all there is.
        let cuts = parts.iter().any(|part| area.holds(part) && !part.whole.is_within(part.seen));
        if cuts && area.seen.height() < screen.units(64.0) {
            faults.push(format!("too low to read what scrolls in it: {area:?}"));
        }
    }
    touches_at_fault(&screen, &parts, &touched, &texts, &mut faults);
    faults
}

fn words_at_fault(texts: &[&Part], faults: &mut Vec<String>) {
    for (at, one) in texts.iter().enumerate() {
        if one.cut {
            faults.push(format!("cut: {one:?}"));
        }
        // Whoever corrects a text begins at its end.
        if one.typed && one.seen.bottom < one.whole.bottom - SLACK {
            faults.push(format!("one does not see what one types: {one:?}"));
        }
        for other in &texts[at + 1..] {
            if one.seen.apart(other.seen) < -SLACK {
                faults.push(format!("words overlap: {one:?} and {other:?}"));
            }
        }
    }
}

/// Where a finger finds it: a field takes touches all around its words.
fn reach(part: &Part, parts: &[Part]) -> Area {
    let around = parts.iter().filter(|area| area.kind == "TouchArea" && area.whole.is_under(part.whole));
    let least = around.map(|area| area.whole).min_by(|one, other| one.height().total_cmp(&other.height()));
    if part.role == Some(AccessibleRole::TextInput) { least.unwrap_or(part.whole) } else { part.whole }
}

fn touches_at_fault(
    screen: &Screen,
    parts: &[Part],
    touched: &[&Part],
    texts: &[&Part],
    faults: &mut Vec<String>,
) {
    for (at, one) in touched.iter().enumerate() {
        if one.words.is_empty() {
            faults.push(format!("no name for an assistive client: {one:?}"));
        }
        let area = reach(one, parts);
        if area.width().min(area.height()) < screen.units(64.0) {
            faults.push(format!("too small to touch: {area:?} of {one:?}"));
        }
        // What may be done with a card lies on the card.
        for other in touched[at + 1..].iter().filter(|other| !one.holds(other)) {
            if one.seen.apart(other.seen) < screen.units(8.0) {
                faults.push(format!("too close to each other: {one:?} and {other:?}"));
            }
        }
        // Words of another control or of the page must not lie under a finger.
        for text in texts {
            if !text.seen.is_within(one.seen) && one.seen.apart(text.seen) < -SLACK {
                faults.push(format!("words reach over an edge: {one:?} and {text:?}"));
            }
        }
    }
    // What takes a touch belongs to something with a name; the grounds only keep touches from what is below, and the bar
    // beside a list shows how far one is: the list itself follows a finger anywhere.
    let unnamed = ["::ground", "::sensor", "::shield", "ScrollBar::touch-area"];
    let areas = parts.iter().filter(|part| part.kind == "TouchArea" && part.is_seen());
    for area in areas.filter(|part| !unnamed.iter().any(|name| part.id.ends_with(name))) {
        // Where one signs is no control, but it has a name.
        let drawn_on = |part: &&Part| part.role == Some(AccessibleRole::Image);
        let named = touched.iter().copied().chain(parts.iter().filter(drawn_on));
        if !named.into_iter().any(|part| area.whole.is_within(part.whole)) {
            faults.push(format!("takes a touch without a name: {area:?}"));
        }
    }
}

/// What lays a page out differently.
#[derive(Clone, Copy, Debug)]
struct Shape {
    large: bool,
    low: bool,
    contrast: bool,
    emergency: bool,
    values: Values,
}

const PLAIN: Shape =
    Shape { large: false, low: false, contrast: false, emergency: false, values: Values::Short };
const LARGE: Shape = Shape { large: true, ..PLAIN };
/// All switches at once are the narrowest.
const NARROW: Shape = Shape { large: true, low: true, contrast: true, ..PLAIN };
const ALARM: Shape = Shape { emergency: true, ..NARROW };

const fn with(values: Values, shape: Shape) -> Shape {
    Shape { values, ..shape }
}

const EVERY: &[Shape] = &[
    PLAIN,
    with(Values::Longest, PLAIN),
    with(Values::Latin, PLAIN),
    LARGE,
    with(Values::Longest, LARGE),
    with(Values::Han, LARGE),
    with(Values::Longest, NARROW),
    with(Values::Latin, NARROW),
];
/// An emergency takes most of a page away where there is least of it.
const SMALL: &[Shape] = &[
    with(Values::Short, Shape { emergency: true, ..PLAIN }),
    with(Values::Longest, Shape { emergency: true, ..LARGE }),
    with(Values::Han, ALARM),
    with(Values::Latin, ALARM),
];
/// For screens that are another one, larger.
const EXTREMES: &[Shape] = &[
    with(Values::Longest, PLAIN),
    with(Values::Han, PLAIN),
    with(Values::Longest, NARROW),
    with(Values::Latin, NARROW),
];

fn look_at(size: (u32, u32), shapes: &[Shape]) {
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        let kiosk = open(size, language);
        for shape in shapes {
            kiosk.global::<Look>().set_large(shape.large);
            kiosk.global::<Look>().set_low(shape.low);
            kiosk.global::<Look>().set_contrast(shape.contrast);
            for scene in scenes() {
                show(&kiosk, scene, shape.values);
                if shape.emergency {
                    emergency(&kiosk);
                    settle();
                }
                for fault in faults(&kiosk) {
                    found.push(format!("{} {language} {size:?} {shape:?}: {fault}", scene.name));
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
fn a_small_tall_tablet_shows_every_page_whole_in_an_emergency() {
    look_at((800, 1280), SMALL);
}

#[test]
fn a_small_wide_tablet_shows_every_page_whole() {
    look_at((1280, 800), EVERY);
}

#[test]
fn a_small_wide_tablet_shows_every_page_whole_in_an_emergency() {
    look_at((1280, 800), SMALL);
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
