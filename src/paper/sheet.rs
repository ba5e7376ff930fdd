//! Lines of words, bars and boxes on the printer's paper, one below the other. A sheet must print: what the fonts lack
//! is shown as its code point, and nothing is left out.

use super::bitmap::{Area, Bitmap};
use super::ink::{self, Align, Setting, Style};
use super::{fit, fonts};
use crate::errand::Trouble;
use resvg::usvg::Rect;
use std::fmt::Write;

/// Dots between the paper's side and anything printed (1 mm at 203 dpi, as everything here).
pub(super) const SIDE: f32 = 8.0;
/// Between two things.
pub(super) const GAP: f32 = 8.0;
/// How thick the line of a box is.
const LINE: u32 = 3;

/// What is on the paper so far, and how far down.
pub(super) struct Sheet {
    pub width: f32,
    pub y: f32,
    texts: Vec<(Style, String)>,
    /// Black; words on them are white.
    bars: Vec<Area>,
    /// Boxes to tick.
    frames: Vec<Area>,
}

impl Sheet {
    /// One on paper of so many dots.
    pub fn new(width: u32) -> Self {
        Self { width: width as f32, y: SIDE, texts: Vec::new(), bars: Vec::new(), frames: Vec::new() }
    }

    /// An empty box.
    pub fn frame(&mut self, area: Area) {
        self.frames.push(area);
    }

    /// Something black.
    pub fn blacken(&mut self, area: Area) {
        self.bars.push(area);
    }

    /// A line of its own across the paper.
    pub fn row(&mut self, words: &str, height: f32, largest: f32, bold: bool) {
        self.text(words, (SIDE, self.width - SIDE), height, largest, bold, Align::Left);
        self.y += height;
    }

    /// The same, white on black.
    pub fn bar(&mut self, words: &str, height: f32, largest: f32, align: Align) {
        self.bars.push(Area { x: 0, y: self.y as u32, width: self.width as u32, height: height as u32 });
        self.text(words, (2.0 * SIDE, self.width - 2.0 * SIDE), height, largest, true, align);
        if let Some((style, _)) = self.texts.last_mut() {
            style.white = true;
        }
        self.y += height;
    }

    pub fn text(
        &mut self,
        words: &str,
        sides: (f32, f32),
        height: f32,
        largest: f32,
        bold: bool,
        align: Align,
    ) {
        if let Some(frame) = Rect::from_ltrb(sides.0, self.y, sides.1, self.y + height) {
            let style = Style { frame, largest, bold, align, white: false };
            self.texts.push((style, printable(words)));
        }
    }

    pub fn print(self) -> Result<Bitmap, Trouble> {
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
            tracing::error!(%why, "the words of a sheet cannot be drawn");
            Trouble::BadTemplate
        })?;
        Ok(paper)
    }
}

/// What the fonts can show, and for the rest the code point: `[U+AE40]`.
pub(super) fn printable(words: &str) -> String {
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
