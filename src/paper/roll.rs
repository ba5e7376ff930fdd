//! One page of a roll call as dots: a box to tick for everyone on site, by area and host. Owns its layout and its
//! words.

use super::bitmap::{Area, Bitmap};
use super::fit;
use super::ink::Align;
use super::sheet::{GAP, SIDE, Sheet, printable};
use crate::errand::{RollLine, RollPage, Trouble};
use crate::words::Lang;
use std::fmt::Write;

/// The side of the box to tick: 5 mm, which a thick pen hits.
const BOX: u32 = 40;
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
    let mut sheet = Sheet::new(width);
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
        self.frame(Area { x: SIDE as u32, y: top as u32 + 4, width: BOX, height: BOX });
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
}
