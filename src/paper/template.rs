//! The drawing that staff make in an SVG editor, read once: what stands on every badge, where words
//! go, where the QR code goes. Owns what a template may be; knows no visitor.

use super::bitmap::{Area, Bitmap};
use super::ink::{self, Align, Style};
use super::mistake::TemplateError;
use super::{fonts, labels, qr};
use resvg::usvg::roxmltree::{Document, Node as Xml};
use resvg::usvg::{self, Node, NonZeroRect, Options, Paint, Rect, TextAnchor, Tree};
use std::ops::Range;

/// The widths of paper that badge printers have, in dots.
pub const WIDTHS: [u32; 4] = [384, 512, 576, 640];

/// A template, measured for paper of one width.
#[derive(Debug)]
pub struct Template {
    /// What stands on every badge, in every language.
    pub art: Bitmap,
    /// The texts with placeholders.
    pub slots: Vec<Slot>,
    /// The square of the QR code with its quiet zone: whole modules of whole dots.
    pub qr: Area,
}

/// A text with placeholders.
#[derive(Debug)]
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
    let xml = Document::parse(svg)
        .map_err(|why| TemplateError::NotXml { line: why.pos().row, why: why.to_string() })?;
    refuse_other_files(&xml)?;
    let texts = find_texts(&xml)?;
    let boxes = find_boxes(&xml, &texts)?;

    let tree = parse(&measurable(svg, &texts, &boxes), options)?;
    let high = tree.size().height() / tree.size().width();
    if !(0.4..=3.0).contains(&high) {
        return Err(TemplateError::Shape { high });
    }
    let page = Page {
        width,
        height: (width as f32 * high).round() as u32,
        scale: width as f32 / tree.size().width(),
    };
    let qr = page.qr_square(&tree, &xml, &boxes)?;
    let slots =
        texts.iter().map(|text| page.slot(&tree, &xml, text, &boxes)).collect::<Result<Vec<_>, _>>()?;
    for slot in &slots {
        if overlap(&slot.style.frame, &qr) {
            return Err(TemplateError::OnQr(slot.words.clone()));
        }
    }

    let tree = parse(&without(svg, &texts, &boxes), options)?;
    if let Some(c) = missing_glyph(tree.root()) {
        return Err(TemplateError::MissingGlyph(c));
    }
    let art = ink::draw(&tree, page.width, page.height).ok_or(TemplateError::Shape { high })?;
    if !art.is_white(qr) {
        return Err(TemplateError::OnQr("something black".to_owned()));
    }
    Ok(Template { art, slots, qr })
}

/// A `<text>` with placeholders, in the file.
struct Found<'a, 'input> {
    element: Xml<'a, 'input>,
    /// The id it has while it is measured.
    id: String,
    words: String,
    /// Its first placeholder; its box is called after it.
    first: String,
}

fn line(xml: &Document, node: Xml) -> u32 {
    xml.text_pos_at(node.range().start).row
}

fn refuse_other_files(xml: &Document) -> Result<(), TemplateError> {
    for node in xml.descendants().filter(Xml::is_element) {
        let refuse = |what: &str| {
            let what = what.chars().take(80).collect();
            Err(TemplateError::External { line: line(xml, node), what })
        };
        if matches!(node.tag_name().name(), "image" | "feImage" | "use") {
            let hrefs = node.attributes().filter(|a| a.name() == "href").map(|a| a.value().trim());
            for href in hrefs {
                if !href.starts_with('#') && !href.starts_with("data:") {
                    return refuse(href);
                }
            }
        }
        let styles = node
            .attributes()
            .map(|a| a.value())
            .chain(node.text().filter(|_| node.has_tag_name_anywhere("style")));
        for style in styles {
            for (at, _) in style.match_indices("url(") {
                let link = style[at + 4..].trim_start_matches([' ', '\'', '"']);
                if !link.starts_with('#') && !link.starts_with("data:") {
                    return refuse(link.split([')', '\'', '"']).next().unwrap_or(link));
                }
            }
            if style.contains("@import") {
                return refuse("@import");
            }
        }
    }
    Ok(())
}

/// Names without their namespace: editors write `svg:style` as well as `style`.
trait AnyNamespace {
    fn has_tag_name_anywhere(&self, name: &str) -> bool;
}

impl AnyNamespace for Xml<'_, '_> {
    fn has_tag_name_anywhere(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn find_texts<'a, 'input>(xml: &'a Document<'input>) -> Result<Vec<Found<'a, 'input>>, TemplateError> {
    let mut texts: Vec<Found> = Vec::new();
    for piece in xml.descendants().filter(Xml::is_text) {
        let words = labels::placeholders(piece.text().unwrap_or_default());
        let Some(first) = words.first() else { continue };
        let around = |names: &[&str]| piece.ancestors().find(|up| names.contains(&up.tag_name().name()));
        if around(&["title", "desc", "metadata", "style", "script"]).is_some() {
            continue;
        }
        let line = line(xml, piece);
        if let Some(word) = words.iter().find(|word| !labels::is_known(word)) {
            return Err(TemplateError::UnknownPlaceholder { line, word: (*word).to_owned() });
        }
        let Some(element) = around(&["text"]) else {
            let tag = piece.parent_element().map(|up| up.tag_name().name().to_owned()).unwrap_or_default();
            return Err(TemplateError::NotDrawn { line, word: (*first).to_owned(), tag });
        };
        if texts.iter().any(|text| text.element == element) {
            continue;
        }
        let all: String = element.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
        let words = all.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = element.attribute("id").map_or_else(|| format!("text-{}", texts.len()), str::to_owned);
        texts.push(Found { element, id, words, first: (*first).to_owned() });
    }
    for needed in ["name", "number"] {
        if !texts.iter().any(|text| labels::placeholders(&text.words).contains(&needed)) {
            return Err(TemplateError::Missing(needed));
        }
    }
    Ok(texts)
}

fn find_boxes<'a, 'input>(
    xml: &'a Document<'input>,
    texts: &[Found],
) -> Result<Vec<Xml<'a, 'input>>, TemplateError> {
    let by_id = |id: &str| xml.descendants().find(|n| n.is_element() && n.attribute("id") == Some(id));
    let mut boxes = vec![by_id("qr").ok_or(TemplateError::NoQr)?];
    for text in texts {
        let Some(found) = by_id(&format!("{}-box", text.first)) else {
            return Err(TemplateError::NoBox { line: line(xml, text.element), word: text.first.clone() });
        };
        if !boxes.contains(&found) {
            boxes.push(found);
        }
    }
    for node in &boxes {
        if !node.has_tag_name_anywhere("rect") {
            let (id, tag) =
                (node.attribute("id").unwrap_or_default().to_owned(), node.tag_name().name().to_owned());
            return Err(TemplateError::NotARectangle { line: line(xml, *node), id, tag });
        }
    }
    Ok(boxes)
}

/// The drawing with a name on every text with placeholders, and with boxes that cannot be invisible:
/// `usvg` leaves out what is not seen, and staff draw boxes without a fill.
fn measurable(svg: &str, texts: &[Found], boxes: &[Xml]) -> String {
    let mut changes = Vec::new();
    for text in texts.iter().filter(|text| text.element.attribute("id").is_none()) {
        let start = text.element.range().start;
        let name = svg[start..].find([' ', '\t', '\n', '\r', '>', '/']).unwrap_or(0);
        changes.push((start + name..start + name, format!(r#" id="{}""#, text.id)));
    }
    for rect in boxes {
        let kept = rect
            .attributes()
            .filter(|a| ["id", "x", "y", "width", "height", "transform"].contains(&a.name()));
        let kept: String = kept.map(|a| format!(" {}", &svg[a.range()])).collect();
        let tag = &svg[rect.range().start + 1..];
        let tag = &tag[..tag.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(0)];
        changes.push((
            rect.range(),
            format!(r##"<{tag}{kept} style="fill:#000;stroke:none;display:inline"/>"##),
        ));
    }
    edit(svg, changes)
}

/// The drawing without the texts with placeholders and without the boxes.
fn without(svg: &str, texts: &[Found], boxes: &[Xml]) -> String {
    let gone = texts.iter().map(|text| text.element).chain(boxes.iter().copied());
    edit(svg, gone.map(|node| (node.range(), String::new())).collect())
}

fn edit(svg: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| range.start);
    let (mut edited, mut at) = (String::with_capacity(svg.len() + 64), 0);
    for (range, instead) in changes {
        edited.push_str(&svg[at..range.start]);
        edited.push_str(&instead);
        at = range.end;
    }
    edited.push_str(&svg[at..]);
    edited
}

fn parse(svg: &str, options: &Options) -> Result<Tree, TemplateError> {
    Tree::from_str(svg, options).map_err(|why| TemplateError::NotSvg(why.to_string()))
}

/// The paper, and how many dots a unit of the drawing is.
struct Page {
    width: u32,
    height: u32,
    scale: f32,
}

impl Page {
    /// The largest square of whole modules in the middle of the rectangle `qr`.
    fn qr_square(&self, tree: &Tree, xml: &Document, boxes: &[Xml]) -> Result<Area, TemplateError> {
        let frame = self.frame(tree, xml, "qr", boxes)?;
        // A rounding in the editor must not cost a whole dot a module.
        let side = frame.width().min(frame.height()) + 0.01;
        let module = side as u32 / qr::ACROSS;
        let fewest = qr::fewest_dots(self.width);
        if module < fewest {
            let line = boxes.first().map_or(0, |rect| line(xml, *rect));
            let needed = fewest * qr::ACROSS;
            return Err(TemplateError::QrTooSmall { line, side, width: self.width, needed, module: fewest });
        }
        let side = module * qr::ACROSS;
        let middle = |from: f32, to: f32| ((from + to - side as f32) / 2.0).round().max(0.0) as u32;
        let x = middle(frame.left(), frame.right()).min(self.width - side);
        let y = middle(frame.top(), frame.bottom()).min(self.height - side);
        Ok(Area { x, y, width: side, height: side })
    }

    fn slot(&self, tree: &Tree, xml: &Document, found: &Found, boxes: &[Xml]) -> Result<Slot, TemplateError> {
        let line = line(xml, found.element);
        let hidden = || TemplateError::Hidden { line, id: found.words.clone() };
        let text = match find(tree.root(), &found.id) {
            Some(Node::Text(text)) => text,
            _ => return Err(hidden()),
        };
        let first = text.chunks().first().ok_or_else(hidden)?;
        let span = first.spans().first().ok_or_else(hidden)?;
        let turn = text.abs_transform();
        if turn.kx.abs() > 0.001 || turn.ky.abs() > 0.001 || turn.sx <= 0.0 || turn.sy <= 0.0 {
            return Err(TemplateError::Turned { line });
        }
        let white = match span.fill().map(usvg::Fill::paint) {
            Some(Paint::Color(c)) => u32::from(c.red) + u32::from(c.green) + u32::from(c.blue) > 3 * 127,
            _ => false,
        };
        let style = Style {
            frame: self.frame(tree, xml, &format!("{}-box", found.first), boxes)?,
            largest: span.font_size().get() * turn.sy * self.scale,
            bold: span.font().weight() >= 600,
            align: match first.anchor() {
                TextAnchor::Start => Align::Left,
                TextAnchor::Middle => Align::Middle,
                TextAnchor::End => Align::Right,
            },
            white,
        };
        let per_badge = labels::placeholders(&found.words).iter().any(|word| labels::is_value(word));
        Ok(Slot { words: found.words.clone(), per_badge, style })
    }

    /// Where a box is, in dots.
    fn frame(&self, tree: &Tree, xml: &Document, id: &str, boxes: &[Xml]) -> Result<Rect, TemplateError> {
        let line =
            boxes.iter().find(|rect| rect.attribute("id") == Some(id)).map_or(0, |rect| line(xml, *rect));
        let seen = find(tree.root(), id).map(Node::abs_bounding_box).and_then(|b| b.to_non_zero_rect());
        let seen: NonZeroRect = seen.ok_or_else(|| TemplateError::Hidden { line, id: id.to_owned() })?;
        let dots = |v: f32| v * self.scale;
        let off_page = || TemplateError::OffPage { line, id: id.to_owned() };
        let frame =
            Rect::from_ltrb(dots(seen.left()), dots(seen.top()), dots(seen.right()), dots(seen.bottom()))
                .ok_or_else(off_page)?;
        let inside = frame.left() >= -0.5
            && frame.top() >= -0.5
            && frame.right() <= self.width as f32 + 0.5
            && frame.bottom() <= self.height as f32 + 0.5;
        inside.then_some(frame).ok_or_else(off_page)
    }
}

fn find<'t>(group: &'t usvg::Group, id: &str) -> Option<&'t Node> {
    group.children().iter().find_map(|node| match node {
        Node::Group(inner) => find(inner, id),
        _ => (node.id() == id).then_some(node),
    })
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
