//! Typing names and companies on the keyboard, letter by letter and candidate by candidate.

mod deeds;
mod random;
mod reach;
mod table;

use frontdesk::paper::fonts;
use frontdesk::pinyin::{Lexicon, pages};
use std::sync::LazyLock;

/// The dictionaries alone: this kiosk knows nobody.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(fonts::has_glyph, []));

/// The widths of the keyboard on a screen 1080 pixels wide, in ems.
const BAR_EMS: f32 = 18.9;
const ROW_EMS: f32 = 21.5;

/// How many taps it takes to choose the candidate at this place: on the bar one; on a page of rows also the
/// opening and each turn.
fn taps(texts: &[&str], index: usize) -> usize {
    let bar = pages::rows(texts, BAR_EMS).next().unwrap_or_default();
    if bar.contains(&index) {
        return 1;
    }
    let row = pages::rows(&texts[bar.end..], ROW_EMS)
        .position(|row| row.contains(&(index - bar.end)))
        .expect("every candidate stands in a row");
    2 + row / pages::ROWS
}
