//! One page of a roll call as dots: a box to tick for everyone on site, by area and host. Owns its layout and its
//! words. A roll must print: what the fonts lack is shown as its code point, and nothing is left out.

use super::bitmap::{Area, Bitmap};
use super::ink::{self, Align, Setting, Style};
use super::{fit, fonts};
use crate::errand::{RollLine, RollPage, Trouble};
use crate::words::Lang;
use resvg::usvg::Rect;
use std::fmt::Write;

/// Dots between the paper's side and anything printed (1 mm at 203 dpi, as everything here).
const SIDE: f32 = 8.0;
/// Between two things.
const GAP: f32 = 8.0;
/// The side of the box to tick: 5 mm, which a thick pen hits.
const BOX: u32 = 40;
/// How thick its line is.
const LINE: u32 = 3;
/// The height of a name's row.
const NAME: f32 = 48.0;
/// The largest letters of a name, and the smallest in one row.
const LARGEST: f32 = 36.0;
const SMALLEST: f32 = 18.0;
/// The height of the company under it.
const COMPANY: f32 = 30.0;
/// How wide a number such as A017 stands.
const NUMBER: f32 = 92.0;

/// One page as dots, on paper of `width` dots.
///
/// # Errors
/// Only where the drawing itself cannot be read, which would be a fault of this module.
pub fn lay_out(page: &RollPage, width: u32) -> Result<Bitmap, Trouble> {
    let mut sheet =
        Sheet { width: width as f32, y: SIDE, texts: Vec::new(), bars: Vec::new(), frames: Vec::new() };
    sheet.head(page);
    let mut last: Option<&RollLine> = None;
    for line in &page.lines {
        let same_area = last.is_some_and(|last| last.area == line.area);
        if !same_area {
            sheet.area(&line.area, page.lang);
        }
        let same_host = same_area
            && last.is_some_and(|last| last.host == line.host && last.host_phone == line.host_phone);
        if !same_host {
            sheet.host(line, page.lang);
        }
        sheet.person(line);
        last = Some(line);
    }
    sheet.print()
}

/// What is on the paper so far, and how far down.
struct Sheet {
    width: f32,
    y: f32,
    texts: Vec<(Style, String)>,
    /// Black, under white words.
    bars: Vec<Area>,
    /// Boxes to tick.
    frames: Vec<Area>,
}

impl Sheet {
    fn head(&mut self, page: &RollPage) {
        let chinese = page.lang == Lang::ZH;
        if page.drill {
            self.bar("演习 DRILL", 112.0, 84.0, Align::Middle);
        }
        self.row("点名 / Roll call", 60.0, 46.0, true);
        self.row(&page.at.format("%Y-%m-%d %H:%M").to_string(), 44.0, 34.0, true);
        let RollPage { page: number, pages, people, .. } = page;
        let count = match (chinese, *people) {
            (true, people) => format!("第 {number}/{pages} 页 · 在场共 {people} 人"),
            (false, 1) => format!("Page {number} of {pages} · 1 person on site"),
            (false, people) => format!("Page {number} of {pages} · {people} people on site"),
        };
        self.row(&count, 38.0, 28.0, false);
        if page.lines.is_empty() {
            self.row(if chinese { "没有访客在场。" } else { "No visitors are on site." }, 60.0, 34.0, true);
        }
        self.y += GAP;
    }

    fn area(&mut self, area: &str, lang: Lang) {
        let unknown = if lang == Lang::ZH { "地点不详" } else { "Place not known" };
        self.y += GAP;
        self.bar(if area.is_empty() { unknown } else { area }, 48.0, 34.0, Align::Left);
    }

    fn host(&mut self, line: &RollLine, lang: Lang) {
        let word = if lang == Lang::ZH { "接待人" } else { "Host" };
        let mut words = format!("{word} {}", line.host);
        if !line.host_phone.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(words, " · {}", line.host_phone);
        }
        self.y += GAP / 2.0;
        self.row(&words, 38.0, 26.0, false);
    }

    fn person(&mut self, line: &RollLine) {
        self.y += GAP / 2.0;
        let top = self.y;
        self.frames.push(Area { x: SIDE as u32, y: top as u32 + 4, width: BOX, height: BOX });
        let left = SIDE + BOX as f32 + 2.0 * GAP;
        let right = self.width - SIDE;
        let sides = (left, right - NUMBER - GAP);
        // A name that would be too small to read gets as much height again.
        let small = fit::fit(&printable(&line.name), true, sides.1 - sides.0, NAME, LARGEST).size < SMALLEST;
        let height = if small { 2.0 * NAME } else { NAME };
        self.text(&line.name, sides, height, LARGEST, true, Align::Left);
        self.text(&line.number, (right - NUMBER, right), NAME, 32.0, false, Align::Right);
        self.y += height;
        if !line.company.is_empty() {
            self.text(&line.company, (left, right), COMPANY, 24.0, false, Align::Left);
            self.y += COMPANY;
        }
    }

    /// A line of its own across the paper.
    fn row(&mut self, words: &str, height: f32, largest: f32, bold: bool) {
        self.text(words, (SIDE, self.width - SIDE), height, largest, bold, Align::Left);
        self.y += height;
    }

    /// The same, white on black.
    fn bar(&mut self, words: &str, height: f32, largest: f32, align: Align) {
        self.bars.push(Area { x: 0, y: self.y as u32, width: self.width as u32, height: height as u32 });
        self.text(words, (2.0 * SIDE, self.width - 2.0 * SIDE), height, largest, true, align);
        if let Some((style, _)) = self.texts.last_mut() {
            style.white = true;
        }
        self.y += height;
    }

    fn text(&mut self, words: &str, sides: (f32, f32), height: f32, largest: f32, bold: bool, align: Align) {
        if let Some(frame) = Rect::from_ltrb(sides.0, self.y, sides.1, self.y + height) {
            let style = Style { frame, largest, bold, align, white: false };
            self.texts.push((style, printable(words)));
        }
    }

    fn print(self) -> Result<Bitmap, Trouble> {
        let mut paper = Bitmap::white(self.width as u32, (self.y + SIDE) as u32);
        for bar in self.bars {
            paper.blacken_area(bar);
        }
        for Area { x, y, width, height } in self.frames {
            for line in [
                Area { x, y, width, height: LINE },
                Area { x, y: y + height - LINE, width, height: LINE },
                Area { x, y, width: LINE, height },
                Area { x: x + width - LINE, y, width: LINE, height },
            ] {
                paper.blacken_area(line);
            }
        }
        let mut settings: Vec<Setting> = self
            .texts
            .iter()
            .map(|(style, words)| {
                let frame = style.frame;
                let text = fit::fit(words, style.bold, frame.width(), frame.height(), style.largest);
                Setting { style, text, nudge: (0.0, 0.0) }
            })
            .collect();
        ink::set(&mut paper, &mut settings, &ink::options()).map_err(|why| {
            tracing::error!(%why, "the words of a roll call cannot be drawn");
            Trouble::BadTemplate
        })?;
        Ok(paper)
    }
}

/// What the fonts can show, and for the rest the code point: `[U+AE40]`.
fn printable(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for c in words.chars() {
        if fonts::has_glyph(c) {
            shown.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_shown_as_its_code_point() {
        assert_eq!(printable("欧阳修明"), "欧阳修明");
        assert_eq!(printable("김 Ann🙂\n"), "[U+AE40] Ann[U+1F642][U+000A]");
    }
}
