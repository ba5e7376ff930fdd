//! What stands on a page and where: every element with its area, what can be seen of it, and what it holds.
//! Judges nothing.

use i_slint_backend_testing::{AccessibleRole, ElementHandle};
use std::ops::ControlFlow;

/// Rounding to whole pixels.
pub const SLACK: f32 = 1.5;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    fn of(element: &ElementHandle) -> Area {
        let (at, size) = (element.absolute_position(), element.size());
        Area { left: at.x, top: at.y, right: at.x + size.width, bottom: at.y + size.height }
    }

    pub fn width(self) -> f32 {
        self.right - self.left
    }

    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// What of it can be seen through a window.
    pub fn seen_in(self, window: Area) -> Area {
        Area {
            left: self.left.max(window.left),
            top: self.top.max(window.top),
            right: self.right.min(window.right),
            bottom: self.bottom.min(window.bottom),
        }
    }

    pub fn is_within(self, other: Area) -> bool {
        self.left >= other.left - SLACK
            && self.top >= other.top - SLACK
            && self.right <= other.right + SLACK
            && self.bottom <= other.bottom + SLACK
    }

    /// Whether the middle of another one is in it.
    pub fn is_under(self, other: Area) -> bool {
        let (across, down) = ((other.left + other.right) / 2.0, (other.top + other.bottom) / 2.0);
        self.left <= across && across <= self.right && self.top <= down && down <= self.bottom
    }

    /// The empty space between two areas; negative when they overlap.
    pub fn apart(self, other: Area) -> f32 {
        let across = (other.left - self.right).max(self.left - other.right);
        let down = (other.top - self.bottom).max(self.top - other.bottom);
        across.max(down)
    }
}

#[derive(Clone, Debug)]
pub struct Part {
    pub kind: String,
    pub id: String,
    /// Words, whatever the part is called that says them.
    pub text: bool,
    pub words: String,
    pub role: Option<AccessibleRole>,
    /// Its words have less room than they need.
    pub cut: bool,
    /// What the keyboard writes goes here.
    pub typed: bool,
    pub whole: Area,
    /// Of the whole, what the scrolling areas around it let through.
    pub seen: Area,
    pub scrolls: bool,
    /// Where it stands among all parts, and where what it holds ends. Only what scrolls or is touched tells the second.
    pub at: usize,
    pub until: usize,
}

impl Part {
    fn of(at: usize, element: &ElementHandle) -> Part {
        let whole = Area::of(element);
        Part {
            text: is_text(element),
            kind: element.type_name().unwrap_or_default().into(),
            id: element.id().unwrap_or_default().into(),
            words: element.accessible_label().unwrap_or_default().into(),
            role: element.accessible_role(),
            cut: element.accessible_id().is_some_and(|id| id == "cut"),
            typed: element.accessible_id().is_some_and(|id| id == "typed"),
            whole,
            seen: whole,
            scrolls: false,
            at,
            until: at,
        }
    }

    pub fn is_seen(&self) -> bool {
        self.seen.width() > 0.5 && self.seen.height() > 0.5
    }

    /// Something that a finger changes or follows. A number that goes up and down is touched by its two buttons.
    pub fn is_touched(&self) -> bool {
        matches!(
            self.role,
            Some(
                AccessibleRole::Button
                    | AccessibleRole::TextInput
                    | AccessibleRole::Tab
                    | AccessibleRole::Checkbox
                    | AccessibleRole::Switch
                    | AccessibleRole::RadioButton
                    | AccessibleRole::Combobox
                    | AccessibleRole::Slider
            )
        )
    }

    pub fn is_scrolling_area(&self) -> bool {
        self.kind == "Flickable"
    }

    pub fn holds(&self, other: &Part) -> bool {
        self.at < other.at && other.at <= self.until
    }
}

fn is_text(element: &ElementHandle) -> bool {
    let kinds = ["Say", "Text", "TextInput"];
    let is = |kind: &str| kinds.contains(&kind);
    element.type_name().is_some_and(|kind| is(&kind))
        || element.bases().is_some_and(|mut bases| bases.any(|kind| is(&kind)))
}

fn below(element: &ElementHandle) -> Vec<ElementHandle> {
    let mut all = Vec::new();
    element.visit_descendants(|element| {
        all.push(element);
        ControlFlow::<()>::Continue(())
    });
    all
}

/// How many of the parts after this one belong to it. They follow each other, but elements that share one item with it
/// stand between.
fn end(parts: &[Part], at: usize, element: &ElementHandle) -> usize {
    let below = below(element);
    let Some(first) = below.first().map(|first| Part::of(0, first)) else { return at };
    let is_first = |part: &Part| part.whole == first.whole && part.kind == first.kind && part.id == first.id;
    let beside = parts[at + 1..].iter().take(8).position(is_first).expect("what it holds comes after it");
    at + beside + below.len()
}

/// All that is shown below an element, with what lies in a scrolling area narrowed to what can be seen of it.
pub fn parts(root: &ElementHandle) -> Vec<Part> {
    let elements = below(root);
    let mut parts: Vec<Part> =
        elements.iter().enumerate().map(|(at, element)| Part::of(at, element)).collect();
    for (at, element) in elements.iter().enumerate() {
        if parts[at].is_scrolling_area() || parts[at].is_touched() {
            parts[at].until = end(&parts, at, element);
        }
        if parts[at].is_scrolling_area() {
            let (window, until) = (parts[at].seen, parts[at].until);
            for inner in &mut parts[at + 1..=until] {
                inner.seen = inner.seen.seen_in(window);
                inner.scrolls = true;
            }
        }
    }
    parts
}
