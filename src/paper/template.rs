//! The drawing that staff make in an SVG editor, read once: what stands on every badge, where words
//! go, where the QR code goes. Owns what a template may be; knows no visitor.

mod source;

use super::bitmap::{Area, Bitmap};
use super::ink::{self, Align, Style};
use super::mistake::TemplateError;
use super::{fonts, labels, qr};
use crate::picture::{self, PictureError};
use resvg::usvg::{self, ImageKind, Node, Options, Paint, Rect, TextAnchor, Tree};
use source::{Source, Text};

/// The widths of paper that badge printers have, in dots.
pub const WIDTHS: [u32; 4] = [384, 512, 576, 640];

/// A template, measured for paper of one width.
pub struct Template {
    /// What stands on every badge, in every language.
    pub art: Bitmap,
    /// The texts with placeholders.
    pub slots: Vec<Slot>,
    /// The square of the QR code with its quiet zone: whole modules of whole dots.
    pub qr: Area,
    /// Where a photo goes, if there is a place for one.
    pub photo: Option<Area>,
}

/// A text with placeholders.
pub struct Slot {
    /// The text as staff wrote it.
    pub words: String,
    /// Whether it differs from badge to badge, and not only from language to language.
    pub per_badge: bool,
    /// How it is set.
    pub style: Style,
}

/// Reads a template for paper of `width` dots.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn read(svg: &str, width: u32, options: &Options) -> Result<Template, TemplateError> {
    if !WIDTHS.contains(&width) {
        return Err(TemplateError::Width(width));
    }
    let source = Source::read(svg)?;
    let tree = parse(&source.measurable(), options)?;
    costs(tree.root(), &mut 0)?;
    let high = tree.size().height() / tree.size().width();
    if !(0.4..=3.0).contains(&high) {
        return Err(TemplateError::Shape { high });
    }
    let (height, scale) = ((width as f32 * high).round() as u32, width as f32 / tree.size().width());
    let page = Page { source: &source, tree, width, height, scale };
    let qr = page.qr_square()?;
    let photo = source.has(source::PHOTO).then(|| page.area(source::PHOTO)).transpose()?;
    let slots = source.texts.iter().map(|text| page.slot(text)).collect::<Result<Vec<_>, _>>()?;
    if let Some(slot) = slots.iter().find(|slot| overlap(&slot.style.frame, &qr)) {
        return Err(TemplateError::OnQr(slot.words.clone()));
    }
    let frame = photo.and_then(|area| {
        let (x, y) = (area.x as f32, area.y as f32);
        Rect::from_xywh(x, y, area.width as f32, area.height as f32)
    });
    if frame.is_some_and(|frame| overlap(&frame, &qr)) {
        return Err(TemplateError::OnQr(source::PHOTO.to_owned()));
    }

    let blank = parse(&source.blank(), options)?;
    if let Some(c) = missing_glyph(blank.root()) {
        return Err(TemplateError::MissingGlyph(c));
    }
    let art = ink::draw(&blank, width, height).ok_or(TemplateError::Shape { high })?;
    if !art.is_white(qr) {
        return Err(TemplateError::OnQr("something black".to_owned()));
    }
    Ok(Template { art, slots, qr, photo })
}

fn parse(svg: &str, options: &Options) -> Result<Tree, TemplateError> {
    Tree::from_str(svg, options).map_err(|why| TemplateError::NotSvg(why.to_string()))
}

/// The drawing on paper.
struct Page<'a> {
    source: &'a Source<'a>,
    tree: Tree,
    width: u32,
    height: u32,
    /// How many dots a unit of the drawing is.
    scale: f32,
}

impl Page<'_> {
    /// The largest square of whole modules in the middle of the rectangle `qr`.
    fn qr_square(&self) -> Result<Area, TemplateError> {
        let frame = self.frame(source::QR)?;
        let side = frame.width().min(frame.height());
        // A rounding in the editor must not cost a whole dot a module.
        let module = (side + 0.01) as u32 / qr::ACROSS;
        let fewest = qr::fewest_dots(self.width);
        if module < fewest {
            let (line, needed) = (self.source.line_of(source::QR), fewest * qr::ACROSS);
            return Err(TemplateError::QrTooSmall { line, side, width: self.width, needed, module: fewest });
        }
        let side = module * qr::ACROSS;
        let middle = |from: f32, to: f32| ((from + to - side as f32) / 2.0).round().max(0.0) as u32;
        let x = middle(frame.left(), frame.right()).min(self.width.saturating_sub(side));
        let y = middle(frame.top(), frame.bottom()).min(self.height.saturating_sub(side));
        Ok(Area { x, y, width: side, height: side })
    }

    /// The whole dots within a box.
    fn area(&self, id: &str) -> Result<Area, TemplateError> {
        let frame = self.frame(id)?;
        let (x, y) = (frame.left().max(0.0).ceil(), frame.top().max(0.0).ceil());
        let width = (frame.right().min(self.width as f32) - x).max(1.0);
        let height = (frame.bottom().min(self.height as f32) - y).max(1.0);
        Ok(Area { x: x as u32, y: y as u32, width: width as u32, height: height as u32 })
    }

    fn slot(&self, text: &Text) -> Result<Slot, TemplateError> {
        let line = text.line;
        let hidden = || TemplateError::Hidden { line, id: text.words.clone() };
        let Some(Node::Text(seen)) = find(self.tree.root(), &text.id) else { return Err(hidden()) };
        let chunk = seen.chunks().first().ok_or_else(hidden)?;
        let span = chunk.spans().first().ok_or_else(hidden)?;
        let turn = seen.abs_transform();
        if turn.kx.abs() > 0.001 || turn.ky.abs() > 0.001 || turn.sx <= 0.0 || turn.sy <= 0.0 {
            return Err(TemplateError::Turned { line });
        }
        let white = match span.fill().map(usvg::Fill::paint) {
            Some(Paint::Color(c)) => u32::from(c.red) + u32::from(c.green) + u32::from(c.blue) > 3 * 127,
            _ => false,
        };
        let style = Style {
            frame: self.frame(&source::box_of(&text.first))?,
            largest: span.font_size().get() * turn.sy * self.scale,
            bold: span.font().weight() >= 600,
            align: match chunk.anchor() {
                TextAnchor::Start => Align::Left,
                TextAnchor::Middle => Align::Middle,
                TextAnchor::End => Align::Right,
            },
            white,
        };
        let per_badge = labels::placeholders(&text.words).iter().any(|word| labels::is_value(word));
        Ok(Slot { words: text.words.clone(), per_badge, style })
    }

    /// Where a box is, in dots.
    fn frame(&self, id: &str) -> Result<Rect, TemplateError> {
        let line = self.source.line_of(id);
        let seen = find(self.tree.root(), id).and_then(|node| node.abs_bounding_box().to_non_zero_rect());
        let seen = seen.ok_or_else(|| TemplateError::Hidden { line, id: id.to_owned() })?;
        let dots = |units: f32| units * self.scale;
        let frame =
            Rect::from_ltrb(dots(seen.left()), dots(seen.top()), dots(seen.right()), dots(seen.bottom()));
        // Half a dot over the edge is an editor's rounding.
        let inside = |frame: &Rect| {
            let (right, bottom) = (self.width as f32 + 0.5, self.height as f32 + 0.5);
            frame.left() >= -0.5 && frame.top() >= -0.5 && frame.right() <= right && frame.bottom() <= bottom
        };
        frame.filter(inside).ok_or_else(|| TemplateError::OffPage { line, id: id.to_owned() })
    }
}

fn find<'t>(group: &'t usvg::Group, id: &str) -> Option<&'t Node> {
    group.children().iter().find_map(|node| match node {
        Node::Group(inner) => find(inner, id),
        Node::Path(_) | Node::Image(_) | Node::Text(_) => (node.id() == id).then_some(node),
    })
}

/// Refuses what takes long to draw: filters, and pictures of too many pixels in all, none of which is unpacked for that.
fn costs(group: &usvg::Group, pixels: &mut u64) -> Result<(), TemplateError> {
    let refused = |problem: PictureError| TemplateError::Picture(problem.to_string());
    for node in group.children() {
        let mut within = Ok(());
        // Clips, masks and patterns.
        node.subroots(|root| within = within.clone().and_then(|()| costs(root, pixels)));
        within?;
        match node {
            Node::Group(inner) if !inner.filters().is_empty() => return Err(TemplateError::Filter),
            Node::Group(inner) => costs(inner, pixels)?,
            Node::Image(image) => match image.kind() {
                ImageKind::PNG(bytes) | ImageKind::JPEG(bytes) => {
                    let (width, height) = picture::size(bytes).map_err(refused)?;
                    *pixels = pixels.saturating_add(u64::from(width) * u64::from(height));
                    if *pixels > picture::MOST_PIXELS {
                        return Err(refused(PictureError::TooLarge { width, height }));
                    }
                }
                // It is one of the subroots.
                ImageKind::SVG(_) => {}
                ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                    return Err(TemplateError::Picture("it is neither PNG nor JPEG".to_owned()));
                }
            },
            Node::Path(_) | Node::Text(_) => {}
        }
    }
    Ok(())
}

fn missing_glyph(group: &usvg::Group) -> Option<char> {
    group.children().iter().find_map(|node| match node {
        Node::Group(inner) => missing_glyph(inner),
        Node::Text(text) => text.chunks().iter().find_map(|chunk| fonts::first_missing(chunk.text())),
        Node::Path(_) | Node::Image(_) => None,
    })
}

fn overlap(frame: &Rect, area: &Area) -> bool {
    let (left, top) = (area.x as f32, area.y as f32);
    frame.left() < left + area.width as f32
        && frame.right() > left
        && frame.top() < top + area.height as f32
        && frame.bottom() > top
}
