//! The numbers of a period as dots, for the monthly review: what is counted, how many, and a bar for each share. Owns its
//! layout; its words come with it.

use super::bitmap::{Area, Bitmap};
use super::ink::Align;
use super::sheet::{GAP, SIDE, Sheet};
use crate::errand::{NumbersSheet, NumbersTable, Trouble};
use crate::words::words;

/// The height of a line, and of its bar.
const ROW: f32 = 34.0;
const BAR: u32 = 10;
/// The largest letters of a line.
const LARGEST: f32 = 26.0;
/// How wide a value stands.
const VALUE: f32 = 96.0;

/// The sheet as dots, on paper of `width` dots.
///
/// # Errors
/// Only where the drawing itself cannot be read, which would be a fault of this module.
pub fn lay_out(numbers: &NumbersSheet, width: u32) -> Result<Bitmap, Trouble> {
    let mut sheet = Sheet::new(width);
    sheet.row(&numbers.period, 60.0, 46.0, true);
    let time = numbers.at.format("%Y-%m-%d %H:%M").to_string();
    let counted = words!(numbers.lang, "numbers-counted", time = time);
    sheet.row(&counted, 38.0, 28.0, false);
    for table in &numbers.tables {
        sheet.table(table);
    }
    sheet.print()
}

impl Sheet {
    fn table(&mut self, table: &NumbersTable) {
        self.y += GAP;
        self.bar(&table.title, 48.0, 34.0, Align::Left);
        self.y += GAP / 2.0;
        let right = self.width - SIDE;
        for (name, value, share) in &table.lines {
            self.text(name, (SIDE, right - VALUE - GAP), ROW, LARGEST, false, Align::Left);
            self.text(value, (right - VALUE, right), ROW, LARGEST, true, Align::Right);
            self.y += ROW;
            if let Some(share) = share {
                let width = ((right - SIDE) * f32::from((*share).min(1000)) / 1000.0) as u32;
                if width > 0 {
                    self.blacken(Area { x: SIDE as u32, y: self.y as u32, width, height: BAR });
                }
                self.y += BAR as f32 + GAP;
            }
        }
    }
}
