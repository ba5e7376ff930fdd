//! Words and drawings onto paper: `resvg` shapes them, a half covered dot is black. Owns the
//! crispness and the promise that words stay inside their box; decides no wording.

use super::bitmap::Bitmap;
use super::fit::{Fitted, LEADING};
use super::fonts;
use resvg::tiny_skia::{Color, FillRule, Mask, Pixmap, Transform};
use resvg::usvg::{self, FontResolver, Group, ImageHrefResolver, Node, Options, Rect, Text, Tree};
use std::fmt::Write;

/// The middle of letters above their baseline, as a share of the font size: half the height of a
/// capital, and of a Chinese character.
const MIDDLE: f32 = 0.38;
/// A dot is black when at least this much of it is covered.
const HALF: u8 = 128;
/// Below this size in dots a stroke can be thinner than a dot, and lie half on one row and half on
/// the next: then a third is enough, or it would vanish.
const SMALL: f32 = 16.0;
const THIRD: u8 = 85;

/// From this size in dots on, strokes are so much wider than a dot that looking at the middle of each
/// dot shows the same letters as measuring how much of it is covered, in a third of the time.
const LARGE: f32 = 64.0;

/// How a text stands between the sides of its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left side.
    Left,
    /// In the middle.
    Middle,
    /// At the right side.
    Right,
}

/// Where and how a text stands, in dots.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    pub frame: Rect,
    pub largest: f32,
    pub bold: bool,
    pub align: Align,
    /// White on black.
    pub white: bool,
}

/// A text with its lines and its place.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    pub style: &'a Style,
    pub text: Fitted,
    /// How far it is moved to the right and down so that all its ink is in the frame.
    pub nudge: (f32, f32),
}

/// What `usvg` reads drawings with: our fonts whatever the drawing asks for, and no other file.
pub fn options() -> Options<'static> {
    let shelf = fonts::shelf();
    Options {
        font_family: fonts::FAMILY.to_owned(),
        fontdb: shelf.fonts.clone(),
        font_resolver: FontResolver {
            select_font: Box::new(|font, _| if font.weight() >= 600 { shelf.bold } else { shelf.regular }),
            select_fallback: Box::new(|_, _, _| None),
        },
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

/// A whole drawing on white paper of `width` by `height` dots.
pub fn draw(tree: &Tree, width: u32, height: u32) -> Option<Bitmap> {
    let mut canvas = Pixmap::new(width, height)?;
    canvas.fill(Color::WHITE);
    let scale = width as f32 / tree.size().width();
    resvg::render(tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let mut paper = Bitmap::white(width, height);
    for (at, pixel) in (0..).zip(canvas.pixels()) {
        // Rec. 601 brightness: a coloured logo becomes black where it looks dark.
        let bright =
            u32::from(pixel.red()) * 299 + u32::from(pixel.green()) * 587 + u32::from(pixel.blue()) * 114;
        if bright < u32::from(HALF) * 1000 {
            paper.blacken(at % width, at / width);
        }
    }
    Some(paper)
}

/// Sets the texts onto the paper. A text whose letters reach over their frame (an accent, a swash) is
/// moved and shrunk into it.
///
/// # Errors
/// When `usvg` cannot read what was written, which would be a fault of this module.
pub fn set(paper: &mut Bitmap, settings: &mut [Setting], options: &Options) -> Result<(), usvg::Error> {
    let mut tree = Tree::from_str(&write(paper, settings), options)?;
    // Once is enough but for rounding; thrice always ends.
    for _ in 0..3 {
        let mut moved = false;
        for (at, text) in texts(&tree) {
            let ink = text.flattened().abs_bounding_box();
            moved |= settings.get_mut(at).is_some_and(|setting| pull_in(setting, ink));
        }
        if !moved {
            break;
        }
        tree = Tree::from_str(&write(paper, settings), options)?;
    }
    for (at, text) in texts(&tree) {
        let ink = text.flattened().abs_bounding_box();
        if let Some(setting) = settings.get(at) {
            print(paper, text.flattened(), ink, setting);
        }
    }
    Ok(())
}

/// The drawing of all texts, in dots; each text's id is its place in the list.
fn write(paper: &Bitmap, settings: &[Setting]) -> String {
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}">"#,
        paper.width, paper.height
    );
    for (at, Setting { style, text, nudge }) in settings.iter().enumerate() {
        let frame = style.frame;
        let (anchor, x) = match style.align {
            Align::Left => ("start", frame.left()),
            Align::Middle => ("middle", (frame.left() + frame.right()) / 2.0),
            Align::Right => ("end", frame.right()),
        };
        let weight = if style.bold { 700 } else { 400 };
        // Writing to a String cannot fail.
        let _ = write!(
            svg,
            r#"<text id="{at}" font-size="{:.2}" font-weight="{weight}" text-anchor="{anchor}">"#,
            text.size
        );
        let middle = (frame.top() + frame.bottom()) / 2.0
            - text.lines.len().saturating_sub(1) as f32 / 2.0 * LEADING * text.size;
        for (i, line) in text.lines.iter().enumerate() {
            let y = middle + (i as f32 * LEADING + MIDDLE) * text.size + nudge.1;
            let _ = write!(svg, r#"<tspan x="{:.2}" y="{y:.2}">{}</tspan>"#, x + nudge.0, Escaped(line));
        }
        svg.push_str("</text>");
    }
    svg.push_str("</svg>");
    svg
}

/// Text that cannot be taken for markup.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The texts of a drawing, each with its place in the list.
fn texts(tree: &Tree) -> impl Iterator<Item = (usize, &Text)> {
    tree.root().children().iter().filter_map(|node| match node {
        Node::Text(text) => Some((text.id().parse().ok()?, text.as_ref())),
        Node::Group(_) | Node::Path(_) | Node::Image(_) => None,
    })
}

/// Moves and shrinks a text so that its ink is in its frame; says whether it had to.
fn pull_in(setting: &mut Setting, ink: Rect) -> bool {
    const SLACK: f32 = 0.25; // of a dot: not seen on paper
    let frame = setting.style.frame;
    let shrink = (frame.width() / ink.width()).min(frame.height() / ink.height());
    if shrink < 1.0 {
        setting.text.size *= shrink * 0.995;
    }
    let inside = |from: f32, to: f32, low: f32, high: f32| (low - from).max(0.0) - (to - high).max(0.0);
    let dx = inside(ink.left(), ink.right(), frame.left(), frame.right());
    let dy = inside(ink.top(), ink.bottom(), frame.top(), frame.bottom());
    if shrink >= 1.0 && dx.abs() > SLACK {
        setting.nudge.0 += dx;
    }
    if shrink >= 1.0 && dy.abs() > SLACK {
        setting.nudge.1 += dy;
    }
    shrink < 1.0 || dx.abs() > SLACK || dy.abs() > SLACK
}

/// Prints the outlines of one text. Only the dots around it are touched, which is what makes a badge quick.
fn print(paper: &mut Bitmap, text: &Group, ink: Rect, setting: &Setting) {
    let left = (ink.left().max(0.0) as u32) / 8 * 8;
    let top = ink.top().max(0.0) as u32;
    let right = (ink.right().ceil().max(0.0) as u32 + 1).next_multiple_of(8).min(paper.width);
    let bottom = (ink.bottom().ceil().max(0.0) as u32 + 1).min(paper.height);
    if left >= right || top >= bottom {
        return;
    }
    let Some(mut mask) = Mask::new(right - left, bottom - top) else { return };
    cover(
        &mut mask,
        text,
        Transform::from_translate(-(left as f32), -(top as f32)),
        setting.text.size < LARGE,
    );
    let enough = if setting.text.size < SMALL { THIRD } else { HALF };
    let row = paper.row_bytes();
    for (y, covered) in (top as usize..).zip(mask.data().chunks_exact((right - left) as usize)) {
        let start = y * row + (left / 8) as usize;
        for (byte, eight) in paper.bytes[start..].iter_mut().zip(covered.chunks_exact(8)) {
            let dots = eight.iter().fold(0, |dots, dot| dots << 1 | u8::from(*dot >= enough));
            *byte = if setting.style.white { *byte & !dots } else { *byte | dots };
        }
    }
}

fn cover(mask: &mut Mask, group: &Group, at: Transform, fine: bool) {
    for node in group.children() {
        match node {
            Node::Group(group) => cover(mask, group, at, fine),
            Node::Path(path) => {
                mask.fill_path(path.data(), FillRule::Winding, fine, at.pre_concat(path.abs_transform()))
            }
            Node::Image(_) | Node::Text(_) => {}
        }
    }
}
