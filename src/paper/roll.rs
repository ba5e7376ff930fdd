//! One page of a roll call as dots: a box to tick for everyone on site, by area and host, or only how many there are at
//! each place. Owns its layout.

use super::bitmap::{Area, Bitmap};
use super::fit;
use super::ink::Align;
use super::sheet::{GAP, SIDE, Sheet, printable};
use crate::errand::{RollLine, RollPage, Trouble};
use crate::words::{Lang, words};
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
/// Between a box and what is black in it.
const INSIDE: u32 = 10;
/// The height of a place and how many people are there.
const COUNT: f32 = 64.0;

/// What is known of somebody, in words for paper and mail; none: nothing yet.
pub fn marked(line: &RollLine, lang: Lang) -> Option<String> {
    let mark = line.mark.map(|mark| {
        let time = mark.at.format("%H:%M").to_string();
        if mark.safe {
            words!(lang, "roll-safe", time = time)
        } else {
            words!(lang, "roll-missing", time = time)
        }
    });
    let left = line.said_left.map(|at| at.format("%H:%M").to_string());
    let left = left.map(|time| words!(lang, "roll-said-left", time = time));
    match (mark, left) {
        (Some(mark), Some(left)) => Some(words!(lang, "roll-marked", mark = mark, left = left)),
        (mark, left) => mark.or(left),
    }
}

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
        sheet.person(line, page.lang);
        last = Some(line);
    }
    for (area, people) in &page.counts {
        sheet.count(area, *people, page.lang);
    }
    sheet.print()
}

impl Sheet {
    fn head(&mut self, page: &RollPage) {
        let lang = page.lang;
        if page.drill {
            self.bar(words!(lang, "roll-drill"), 112.0, 84.0, Align::Middle);
        }
        self.row(words!(lang, "roll-heading"), 60.0, 46.0, true);
        self.row(&page.at.format("%Y-%m-%d %H:%M").to_string(), 44.0, 34.0, true);
        if let Some(listed) = &page.listed {
            let time = listed.format("%H:%M").to_string();
            self.row(&words!(lang, "roll-list", issue = page.issue + 1, time = time), 44.0, 34.0, true);
        }
        let RollPage { page: number, pages, people, .. } = *page;
        let count = words!(lang, "roll-page", page = number, pages = pages, people = people);
        self.row(&count, 38.0, 28.0, false);
        if page.said_left > 0 {
            self.row(&words!(lang, "roll-unconfirmed", count = page.said_left), 38.0, 28.0, true);
        }
        if !page.counts.is_empty() {
            self.row(words!(lang, "roll-names-by-mail"), 38.0, 28.0, false);
        } else if page.lines.is_empty() {
            self.row(words!(lang, "roll-nobody"), 60.0, 34.0, true);
        }
        self.y += GAP;
    }

    fn area(&mut self, area: &str, lang: Lang) {
        self.y += GAP;
        self.bar(named(area, lang), 48.0, 34.0, Align::Left);
    }

    /// How many people are at a place, with a box for how many of them were found.
    fn count(&mut self, area: &str, people: u32, lang: Lang) {
        self.y += GAP;
        let right = self.width - SIDE;
        let side = COUNT as u32 - 8;
        let left = (right as u32).saturating_sub(2 * side);
        self.frame(Area { x: left, y: self.y as u32 + 4, width: 2 * side, height: side });
        let words = words!(lang, "roll-people", people = people);
        let number = left as f32 - GAP;
        self.text(&words, (number - NUMBER, number), COUNT, 40.0, true, Align::Right);
        self.text(named(area, lang), (SIDE, number - NUMBER - GAP), COUNT, 34.0, false, Align::Left);
        self.y += COUNT;
    }

    fn host(&mut self, line: &RollLine, lang: Lang) {
        let mut words = words!(lang, "roll-host", host = &line.host);
        if !line.host_phone.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(words, " · {}", line.host_phone);
        }
        self.y += GAP / 2.0;
        self.row(&words, 38.0, 26.0, false);
    }

    fn person(&mut self, line: &RollLine, lang: Lang) {
        self.y += GAP / 2.0;
        let top = self.y;
        self.frame(Area { x: SIDE as u32, y: top as u32 + 4, width: BOX, height: BOX });
        if line.mark.is_some_and(|mark| mark.safe) {
            let (x, y, side) = (SIDE as u32 + INSIDE, top as u32 + 4 + INSIDE, BOX - 2 * INSIDE);
            self.blacken(Area { x, y, width: side, height: side });
        }
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
        if let Some(marked) = marked(line, lang) {
            self.text(&marked, (left, right), COMPANY, 24.0, true, Align::Left);
            self.y += COMPANY;
        }
    }
}

fn named(area: &str, lang: Lang) -> &str {
    if area.is_empty() { words!(lang, "roll-nowhere") } else { area }
}
