//! The template as a file: finds texts with placeholders and boxes in its XML, and writes the two
//! drawings that are made of it. Owns no measures: those come from `usvg`.

use super::super::labels;
use super::super::mistake::TemplateError;
use resvg::usvg::roxmltree::{Document, Node, NodeId};
use std::collections::HashMap;
use std::ops::Range;

/// A template's file, and where in it things stand.
pub struct Source<'a> {
    svg: &'a str,
    pub texts: Vec<Text>,
    boxes: Vec<Rectangle>,
}

/// A `<text>` with placeholders.
pub struct Text {
    /// What staff wrote in it.
    pub words: String,
    /// Its first placeholder; its box is called after it.
    pub first: String,
    /// The id it has while it is measured.
    pub id: String,
    pub line: u32,
    range: Range<usize>,
    /// What its start tag must be given for that.
    id_to_add: bool,
}

/// A rectangle that is a place and not printed.
struct Rectangle {
    id: String,
    line: u32,
    range: Range<usize>,
    /// The attributes that say where it is, as they are written.
    place: String,
}

/// So many elements are drawn at most: an editor's badge has some hundred, and a `<use>` of copies of copies can stand
/// for millions.
const MOST_DRAWN: u64 = 20_000;
/// Elements stand in each other so deep at most.
const DEEPEST: u32 = 200;

/// The id of the QR code's place.
pub const QR: &str = "qr";
/// The id of the photo's place.
pub const PHOTO: &str = "photo-box";

impl<'a> Source<'a> {
    /// Finds its way about in the file.
    ///
    /// # Errors
    /// What can be seen to be wrong before anything is drawn.
    pub fn read(svg: &'a str) -> Result<Self, TemplateError> {
        let xml = Document::parse(svg)
            .map_err(|why| TemplateError::NotXml { line: why.pos().row, why: why.to_string() })?;
        for node in xml.descendants().filter(Node::is_element) {
            if let Some(what) = other_file(node) {
                return Err(TemplateError::External {
                    line: line(node),
                    what: what.chars().take(80).collect(),
                });
            }
        }
        if drawn(&xml) > MOST_DRAWN {
            return Err(TemplateError::Crowded { most: MOST_DRAWN });
        }
        let texts = find_texts(&xml)?;
        let mut boxes = vec![find_rectangle(&xml, QR)?.ok_or(TemplateError::NoQr)?];
        boxes.extend(find_rectangle(&xml, PHOTO)?);
        for Text { first, line, .. } in &texts {
            let no_box = || TemplateError::NoBox { line: *line, word: first.clone() };
            let found = find_rectangle(&xml, &box_of(first))?.ok_or_else(no_box)?;
            if !boxes.iter().any(|other| other.id == found.id) {
                boxes.push(found);
            }
        }
        let source = Self { svg, texts, boxes };
        source.nothing_is_inside_another()?;
        Ok(source)
    }

    fn nothing_is_inside_another(&self) -> Result<(), TemplateError> {
        let texts = self.texts.iter().map(|text| (&text.range, text.line, &text.id));
        let boxes = self.boxes.iter().map(|rect| (&rect.range, rect.line, &rect.id));
        let mut all: Vec<_> = texts.chain(boxes).collect();
        all.sort_by_key(|(range, ..)| range.start);
        match all.windows(2).find(|pair| pair[1].0.start < pair[0].0.end) {
            Some(pair) => Err(TemplateError::Inside { line: pair[1].1, id: pair[1].2.clone() }),
            None => Ok(()),
        }
    }

    /// Whether there is such a box.
    pub fn has(&self, id: &str) -> bool {
        self.boxes.iter().any(|rect| rect.id == id)
    }

    /// The line on which a box is.
    pub fn line_of(&self, id: &str) -> u32 {
        self.boxes.iter().find(|rect| rect.id == id).map_or(0, |rect| rect.line)
    }

    /// The drawing with an id on every text with placeholders, and with boxes that cannot be
    /// invisible: `usvg` leaves out what is not seen, and staff draw boxes without a fill.
    pub fn measurable(&self) -> String {
        let mut changes = Vec::new();
        for text in self.texts.iter().filter(|text| text.id_to_add) {
            let end = text.range.start + 1 + tag(self.svg, &text.range).len();
            changes.push((end..end, format!(r#" id="{}""#, text.id)));
        }
        for Rectangle { range, place, .. } in &self.boxes {
            let (tag, style) = (tag(self.svg, range), "fill:#000;stroke:none;display:inline");
            changes.push((range.clone(), format!(r#"<{tag}{place} style="{style}"/>"#)));
        }
        self.edited(changes)
    }

    /// The drawing without the texts with placeholders and without the boxes.
    pub fn blank(&self) -> String {
        let texts = self.texts.iter().map(|text| &text.range);
        let gone = texts.chain(self.boxes.iter().map(|rect| &rect.range));
        self.edited(gone.map(|range| (range.clone(), String::new())).collect())
    }

    fn edited(&self, mut changes: Vec<(Range<usize>, String)>) -> String {
        changes.sort_by_key(|(range, _)| range.start);
        let (mut edited, mut at) = (String::with_capacity(self.svg.len() + 64), 0);
        for (range, instead) in changes {
            edited.push_str(&self.svg[at..range.start]);
            edited.push_str(&instead);
            at = range.end;
        }
        edited.push_str(&self.svg[at..]);
        edited
    }
}

/// The id of the box of texts that begin with a placeholder.
pub fn box_of(first: &str) -> String {
    format!("{first}-box")
}

/// An element's name as it is written, with the prefix that some editors set.
fn tag<'a>(svg: &'a str, element: &Range<usize>) -> &'a str {
    let rest = &svg[element.start + 1..];
    &rest[..rest.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(0)]
}

fn line(node: Node) -> u32 {
    node.document().text_pos_at(node.range().start).row
}

/// How many elements are drawn in all, with the copies that `<use>` makes; more than [`MOST_DRAWN`] where one uses itself,
/// or where they are nested deeper than the SVG reader's stack bears.
fn drawn(xml: &Document) -> u64 {
    let elements = || xml.descendants().filter(Node::is_element);
    let ids = elements().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    Drawn { ids, known: HashMap::new() }.within(xml.root_element(), 0)
}

struct Drawn<'a, 'i> {
    ids: HashMap<&'a str, Node<'a, 'i>>,
    known: HashMap<NodeId, u64>,
}

impl<'a, 'i> Drawn<'a, 'i> {
    fn within(&mut self, node: Node<'a, 'i>, depth: u32) -> u64 {
        if let Some(count) = self.known.get(&node.id()) {
            return *count;
        }
        // It stands so while what is in it is counted: who meets it again uses itself.
        self.known.insert(node.id(), MOST_DRAWN + 1);
        if depth > DEEPEST {
            return MOST_DRAWN + 1;
        }
        let link = node.attributes().find(|a| node.tag_name().name() == "use" && a.name() == "href");
        let copied = link.and_then(|link| self.ids.get(link.value().trim().strip_prefix('#')?)).copied();
        let inner = node.children().filter(Node::is_element).chain(copied);
        let count = inner.fold(1, |count: u64, inner| count.saturating_add(self.within(inner, depth + 1)));
        self.known.insert(node.id(), count);
        count
    }
}

/// The other file that an element wants, if any.
fn other_file<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let is_inside = |link: &str| link.starts_with('#') || link.starts_with("data:");
    let name = node.tag_name().name();
    if matches!(name, "image" | "feImage" | "use") {
        let mut links = node.attributes().filter(|a| a.name() == "href").map(|a| a.value().trim());
        if let Some(link) = links.find(|link| !is_inside(link)) {
            return Some(link);
        }
    }
    let sheet = node.text().filter(|_| name == "style");
    node.attributes().map(|a| a.value()).chain(sheet).find_map(|style| {
        let links =
            style.match_indices("url(").map(|(at, _)| style[at + 4..].trim_start_matches([' ', '\'', '"']));
        let link = links
            .map(|link| link.split([')', '\'', '"']).next().unwrap_or(link))
            .find(|link| !is_inside(link));
        link.or(style.contains("@import").then_some("@import"))
    })
}

fn find_texts(xml: &Document) -> Result<Vec<Text>, TemplateError> {
    let mut texts: Vec<Text> = Vec::new();
    for piece in xml.descendants().filter(Node::is_text) {
        let text = piece.text().unwrap_or_default();
        let around = |names: &[&str]| piece.ancestors().find(|up| names.contains(&up.tag_name().name()));
        if around(&["title", "desc", "metadata", "style", "script"]).is_some() {
            continue;
        }
        let line = line(piece);
        if let Some(word) = labels::braced(text).find(|word| !labels::is_known(word)) {
            return Err(TemplateError::UnknownPlaceholder { line, word: word.to_owned() });
        }
        let words = labels::placeholders(text);
        let Some(first) = words.first() else { continue };
        let Some(element) = around(&["text"]) else {
            let tag = piece.parent_element().map(|up| up.tag_name().name().to_owned()).unwrap_or_default();
            return Err(TemplateError::NotDrawn { line, word: (*first).to_owned(), tag });
        };
        if texts.iter().any(|text| text.range == element.range()) {
            continue;
        }
        let all: String = element.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
        let id = element.attribute("id").map(str::to_owned);
        texts.push(Text {
            words: all.split_whitespace().collect::<Vec<_>>().join(" "),
            first: (*first).to_owned(),
            id_to_add: id.is_none(),
            id: id.unwrap_or_else(|| format!("text-with-placeholders-{}", texts.len())),
            line: self::line(element),
            range: element.range(),
        });
    }
    for needed in ["name", "number"] {
        if !texts.iter().any(|text| labels::placeholders(&text.words).contains(&needed)) {
            return Err(TemplateError::Missing(needed));
        }
    }
    Ok(texts)
}

fn find_rectangle(xml: &Document, id: &str) -> Result<Option<Rectangle>, TemplateError> {
    let Some(node) = xml.descendants().find(|n| n.is_element() && n.attribute("id") == Some(id)) else {
        return Ok(None);
    };
    let (id, line, tag) = (id.to_owned(), line(node), node.tag_name().name());
    if tag != "rect" {
        return Err(TemplateError::NotARectangle { line, id, tag: tag.to_owned() });
    }
    let placing = |name: &str| matches!(name, "id" | "x" | "y" | "width" | "height" | "transform");
    let place = node.attributes().filter(|a| placing(a.name()));
    let place = place.map(|a| format!(" {}", &xml.input_text()[a.range()])).collect();
    Ok(Some(Rectangle { id, line, range: node.range(), place }))
}
