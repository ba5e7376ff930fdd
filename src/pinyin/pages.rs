//! How candidates stand on the screen: in rows, each as wide as its text needs.

use std::ops::Range;

/// The space around a candidate's text, in ems: a touch target for one character is 64 px of 1080.
const AROUND: f32 = 1.0;
/// Rows of the page that lies over the keys.
pub const ROWS: usize = 3;

/// Letters are narrower than characters, and nothing is narrower than one character.
const LETTER: f32 = 0.62;
const NARROWEST: f32 = AROUND + 1.0;

/// How wide a candidate is, in ems of its text.
pub fn width(text: &str) -> f32 {
    let wide = |c: char| if u32::from(c) < 0x2E80 { LETTER } else { 1.0 };
    (AROUND + text.chars().map(wide).sum::<f32>()).max(NARROWEST)
}

/// How wide a candidate is in a row of so many ems, and how large its text: 1, or less where it does not fit.
pub fn fitted(text: &str, ems: f32) -> (f32, f32) {
    let wide = width(text);
    (wide.min(ems), ((ems - AROUND) / (wide - AROUND)).min(1.0))
}

/// These texts in rows of so many ems, as ranges of their indices. No row is empty: what is wider than a
/// row stands alone.
pub fn rows<T: AsRef<str>>(texts: &[T], ems: f32) -> impl Iterator<Item = Range<usize>> {
    let mut first = 0;
    std::iter::from_fn(move || {
        let mut used = 0.0;
        let fits = texts.get(first..)?.iter().take_while(|text| {
            used += width(text.as_ref());
            used <= ems
        });
        let row = first..texts.len().min(first + fits.count().max(1));
        first = row.end;
        (!row.is_empty()).then_some(row)
    })
}
