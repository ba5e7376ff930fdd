//! Every page in both languages, with short and longest values, in every size and with large text: nothing is cut,
//! nothing overlaps, nothing is outside the window, and everything that is touched is large enough, apart, and has a name.
//! What helps stands at the foot of every visitor's page.

use crate::support::{Scene, Values, emergency, foot, open, scenes, settle, show};
use frontdesk_ui::{Frame, Kiosk, Look};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, ElementRoot};
use slint::ComponentHandle;
use std::collections::HashSet;
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

/// What is touched. A spinbox is touched by its two buttons.
const TOUCHED: [AccessibleRole; 9] = [
    AccessibleRole::Button,
    AccessibleRole::TextInput,
    AccessibleRole::Tab,
    AccessibleRole::Checkbox,
    AccessibleRole::Switch,
    AccessibleRole::RadioButton,
    AccessibleRole::Combobox,
    AccessibleRole::Slider,
    AccessibleRole::ListItem,
];

/// Nothing that belongs to one of these reaches over its side.
const PANELS: [&str; 4] = ["Side", "PlotView", "CardView", "Attention"];

/// What is read or touched; none: it only holds or colours something. Asking an element is slow.
fn part(element: &ElementHandle) -> Option<Part> {
    let kind: String = element.type_name()?.into();
    let role = element.accessible_role();
    let touched = role.is_some_and(|role| TOUCHED.contains(&role));
    if !touched && !["Say", "Text", "TextInput", "TouchArea"].contains(&kind.as_str()) {
        return None;
    }
    let whole = Area::of(element);
    Some(Part {
        kind,
        id: element.id().unwrap_or_default().into(),
        words: element.accessible_label().unwrap_or_default().into(),
        role,
        cut: element.accessible_id().is_some_and(|id| id == "cut"),
        whole,
        seen: whole,
        scrolls: false,
    })
}

/// All that is read or touched.
fn below(element: &ElementHandle) -> Vec<Part> {
    let mut parts = Vec::new();
    element.visit_descendants(|element| {
        parts.extend(part(&element));
        ControlFlow::<()>::Continue(())
    });
    parts
}

/// Where it stands, exactly: nothing else that is read or touched stands there.
fn place(area: Area) -> [u32; 4] {
    [area.left, area.top, area.right, area.bottom].map(f32::to_bits)
}

/// Where everything below an element stands.
fn places(element: &ElementHandle) -> HashSet<[u32; 4]> {
    let mut places = HashSet::new();
    element.visit_descendants(|element| {
        places.insert(place(Area::of(&element)));
        ControlFlow::<()>::Continue(())
    });
    places
}

fn of_kind(kiosk: &Kiosk, kinds: &'static [&'static str]) -> Vec<ElementHandle> {
    let is_one =
        |element: &ElementHandle| element.type_name().is_some_and(|kind| kinds.contains(&kind.as_str()));
    ElementQuery::from_root(kiosk).match_descendants().match_predicate(is_one).find_all()
}

/// All that is shown, with what lies in a scrolling area narrowed to what can be seen of it; and what reaches over the
/// side of the panel it belongs to.
fn parts(kiosk: &Kiosk, faults: &mut Vec<String>) -> Vec<Part> {
    let (mut all, mut around) = (Vec::new(), Vec::new());
    kiosk.root_element().visit_descendants(|element| {
        all.extend(part(&element));
        let kind = element.type_name().unwrap_or_default();
        if kind == "Flickable" || PANELS.contains(&kind.as_str()) {
            around.push((element, kind));
        }
        ControlFlow::<()>::Continue(())
    });
    for (element, kind) in around {
        let (area, inside) = (Area::of(&element), places(&element));
        for part in all.iter_mut().filter(|part| inside.contains(&place(part.whole))) {
            if kind == "Flickable" {
                part.seen = part.seen.seen_in(area);
                part.scrolls = true;
            } else if !part.whole.is_within(Area { top: f32::MIN, bottom: f32::MAX, ..area }) {
                faults.push(format!("reaches over the side of {kind}: {part:?}"));
            }
        }
    }
    all
}

impl Part {
    fn is_text(&self) -> bool {
        ["Say", "Text", "TextInput"].contains(&self.kind.as_str())
    }

    fn is_touched(&self) -> bool {
        self.role.is_some_and(|role| TOUCHED.contains(&role))
    }

    /// It takes touches: not only to keep them from what is below, and not to be drawn on. The bar beside a list only
    /// shows where one is; the list itself is drawn with the finger.
    fn takes_touches(&self) -> bool {
        let grounds = ["::ground", "::sensor", "::shield", "::pen"];
        self.kind == "TouchArea"
            && !self.id.starts_with("ScrollBar::")
            && (self.id == "Entry::ground" || !grounds.iter().any(|name| self.id.ends_with(name)))
    }
}

/// A card is pressed beside what is pressed on it.
fn stands_on(one: &Part, card: &Part) -> bool {
    card.id == "CardView::paper" && one.whole.is_within(card.whole)
}

fn too_small(part: &Part, unit: f32) -> bool {
    part.whole.width().min(part.whole.height()) < 64.0 * unit - SLACK
}

/// Every fault of what is shown, each as a sentence.
fn faults(kiosk: &Kiosk) -> Vec<String> {
    let mut faults = Vec::new();
    let size = kiosk.window().size();
    let window = Area { left: 0.0, top: 0.0, right: size.width as f32, bottom: size.height as f32 };
    let unit = (size.width.min(size.height) as f32 / 1080.0).min(size.width.max(size.height) as f32 / 1620.0);
    let mut parts = parts(kiosk, &mut faults);
    if kiosk.global::<Frame>().get_still_there() > 0 {
        // The question covers the page: what is below it is out of play.
        let question =
            ElementQuery::from_root(kiosk).match_descendants().match_type_name("StillThere").find_first();
        parts = below(&question.expect("the question is shown"));
    }
    let texts: Vec<&Part> = parts
        .iter()
        .filter(|part| part.is_text() && part.seen.width() > 0.5 && part.seen.height() > 0.5)
        .collect();
    let touched: Vec<&Part> =
        parts.iter().filter(|part| part.is_touched() && part.seen.height() > 0.5).collect();
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
        // The words of a field are touched with the field around them.
        if one.role != Some(AccessibleRole::TextInput) && too_small(one, unit) {
            faults.push(format!("too small to touch: {one:?}"));
        }
        for other in touched[at + 1..].iter().filter(|other| !stands_on(other, one)) {
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
    for area in parts.iter().filter(|part| part.takes_touches() && part.seen.height() > 0.5) {
        if too_small(area, unit) {
            faults.push(format!("too small to touch: {area:?}"));
        }
        // What takes a touch belongs to something with a name.
        let named = area.id == "Entry::ground" || touched.iter().any(|part| area.whole.is_within(part.whole));
        if !named {
            faults.push(format!("takes a touch without a name: {area:?}"));
        }
    }
    let speaks = kiosk.global::<Frame>().get_language();
    let is_there =
        |name: &&str| touched.iter().any(|part| part.words == *name && part.whole.is_within(window));
    for name in foot(kiosk.global::<Frame>().get_page(), &speaks).into_iter().filter(|name| !is_there(name)) {
        faults.push(format!("cannot be reached: {name}"));
    }
    faults
}

thread_local!(pub static SPENT: std::cell::Cell<(u128, u128)> = const { std::cell::Cell::new((0, 0)) });

/// How the pages are shown.
#[derive(Clone, Copy, Debug)]
struct Shape {
    large: bool,
    low: bool,
    contrast: bool,
    values: Values,
    emergency: bool,
    languages: &'static [&'static str],
}

const BOTH: &[&str] = &["zh", "en"];
const PLAIN: Shape = Shape {
    large: false,
    low: false,
    contrast: false,
    values: Values::Short,
    emergency: false,
    languages: BOTH,
};
const LONGEST: Shape = Shape { values: Values::Longest, ..PLAIN };
const LARGE: Shape = Shape { large: true, ..PLAIN };
const LARGE_LONGEST: Shape = Shape { large: true, ..LONGEST };
/// All switches at once are the narrowest.
const NARROWEST: Shape = Shape { low: true, contrast: true, ..LARGE_LONGEST };
/// In letters without a blank, and in Chinese without a mark, each in its own language.
const LATIN: Shape = Shape { values: Values::Latin, languages: &["en"], ..PLAIN };
const LARGE_LATIN: Shape = Shape { large: true, ..LATIN };
const HAN: Shape = Shape { values: Values::Han, languages: &["zh"], ..PLAIN };
const LARGE_HAN: Shape = Shape { large: true, ..HAN };
/// With a notice above every page that takes some of its room.
const EMERGENCY: Shape = Shape { emergency: true, ..LARGE };
const EVERY: &[Shape] =
    &[PLAIN, LONGEST, LARGE, LARGE_LONGEST, NARROWEST, LATIN, LARGE_LATIN, HAN, LARGE_HAN];
/// For screens with little room.
const SMALL: &[Shape] =
    &[PLAIN, LONGEST, LARGE, LARGE_LONGEST, NARROWEST, LATIN, LARGE_LATIN, HAN, LARGE_HAN, EMERGENCY];
/// For screens that are another one, larger.
const EXTREMES: &[Shape] =
    &[LONGEST, Shape { contrast: true, ..LARGE_LONGEST }, LATIN, LARGE_LATIN, HAN, LARGE_HAN];
const SQUARISH: &[Shape] =
    &[LONGEST, Shape { contrast: true, ..LARGE_LONGEST }, LATIN, LARGE_LATIN, HAN, LARGE_HAN, EMERGENCY];

/// The faults of a scene; where values are unbroken, of what lies below too.
fn look_through(kiosk: &Kiosk, scene: &Scene, shape: Shape) -> Vec<String> {
    let start = std::time::Instant::now();
    show(kiosk, scene, shape.values);
    let t1 = start.elapsed().as_micros();
    if shape.emergency {
        emergency(kiosk);
        settle();
    }
    let start = std::time::Instant::now();
    let mut found = faults(kiosk);
    let t2 = start.elapsed().as_micros();
    SPENT.with(|s| {
        let (a, b) = s.get();
        s.set((a + t1, b + t2))
    });
    if shape.large && matches!(shape.values, Values::Latin | Values::Han) {
        for _ in 0..2 {
            for area in of_kind(kiosk, &["Flickable"]) {
                area.scroll(0.0, area.size().height * -0.8);
            }
            settle();
            found.extend(faults(kiosk));
        }
    }
    found
}

fn look_at(size: (u32, u32), shapes: &[Shape]) {
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        let kiosk = open(size, language);
        for shape in shapes.iter().filter(|shape| shape.languages.contains(&language)) {
            kiosk.global::<Look>().set_large(shape.large);
            kiosk.global::<Look>().set_low(shape.low);
            kiosk.global::<Look>().set_contrast(shape.contrast);
            for scene in scenes().filter(|scene| wanted(scene)) {
                for fault in look_through(&kiosk, scene, *shape) {
                    found.push(format!("{} {language} {size:?} {shape:?}: {fault}", scene.name));
                }
            }
        }
    }
    SPENT.with(|s| eprintln!("{size:?} show {} faults {}", s.get().0, s.get().1));
    let count = found.len();
    found.truncate(std::env::var("N").map_or(40, |n| n.parse().unwrap()));
    assert!(found.is_empty(), "{count} faults, the first:\n{}", found.join("\n"));
}

/// `FRONTDESK_PICTURES_OF` narrows the pages that are looked at, as it narrows the pictures.
fn wanted(scene: &Scene) -> bool {
    std::env::var("FRONTDESK_PICTURES_OF")
        .map_or(true, |of| of.split(',').any(|word| scene.name.contains(word)))
}

#[test]
fn a_tall_screen_shows_every_page_whole() {
    look_at((1080, 1920), EVERY);
}

#[test]
fn a_small_tall_tablet_shows_every_page_whole() {
    look_at((800, 1280), SMALL);
}

#[test]
fn a_small_wide_tablet_shows_every_page_whole() {
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
    look_at((1024, 768), SQUARISH);
}
