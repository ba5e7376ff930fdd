//! What people type or paste, before it is anything: dates and times, and the signs in a text that nobody sees.
//! Owns how they may be written; knows no field, no book and no clock.

mod dates;

pub use dates::{A_DAY, Moment, day, moment, month, time};

use std::borrow::Cow;

/// A text without the signs in it that nobody sees and nobody typed: marks of a direction, of byte order, of where a line
/// may break, fillers. Joiners stay where they shape the letter before them.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        // From the Arabic letters to the Myanmar ones.
        let shapes = || seen.ends_with(|before| ('\u{0600}'..='\u{109F}').contains(&before));
        if !is_invisible(c) || (matches!(c, '\u{200C}' | '\u{200D}') && shapes()) {
            seen.push(c);
        }
    }
    Cow::Owned(seen)
}

/// Whether a sign is drawn nowhere (Unicode, Default_Ignorable_Code_Point). Of the selectors those are left that choose
/// between the shapes of a Chinese character.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE03}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFC}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_nobody_sees_are_taken_out_and_nothing_else() {
        for (typed, seen) in [
            ("\u{FEFF}王芳", "王芳"),
            ("王\u{200B}芳", "王芳"),
            ("\u{202A}13800138000\u{202C}", "13800138000"),
            ("\u{2066}a@example.com\u{2069}", "a@example.com"),
            ("a@\u{200B}example.com", "a@example.com"),
            ("王芳\u{FE0D}", "王芳"),
            ("\u{3164}김민준\u{3164}", "김민준"),
            ("co\u{00AD}operate", "cooperate"),
            ("‎2026‎/12/‎1", "2026/12/1"),
            ("a\u{200D}b", "ab"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("辻\u{E0100}", "辻\u{E0100}"),
            ("神\u{FE00}", "神\u{FE00}"),
            ("José Núñez · 云栖", "José Núñez · 云栖"),
            ("plain", "plain"),
        ] {
            assert_eq!(visible(typed), seen, "{typed:?}");
        }
    }
}
