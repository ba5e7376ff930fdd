//! The QR scanner: one that types like a keyboard, or one on a serial line. Owns how a scan is told
//! from typing, and takes away what the scanner puts around each code; never looks at what a code says.

mod inbox;
mod serial;
mod wedge;

pub use inbox::Inbox;
pub use serial::{listen, try_line};
pub use wedge::{Verdict, Wedge, control};

use crate::visit::bare;

/// A code without what the scanner is set to send before and behind each. Control characters are taken away in any case,
/// so those of the prefix and the suffix are not looked for.
fn unframed<'a>(read: &'a str, prefix: &str, suffix: &str) -> &'a str {
    let mut code = bare(read);
    code = bare(code.strip_prefix(bare_frame(prefix)).unwrap_or(code));
    code.strip_suffix(bare_frame(suffix))
        .unwrap_or(code)
        .trim_end_matches(|c: char| c.is_control() || c == ' ')
}

fn bare_frame(frame: &str) -> &str {
    frame.trim_matches(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scanner_puts_around_a_code_is_taken_away() {
        for (read, prefix, suffix, code) in [
            ("ABC", "", "", "ABC"),
            ("\u{2}ABC\u{3}\r\n", "", "", "ABC"),
            ("]Q1ABC", "", "", "ABC"),
            ("~ABC", "~", "", "ABC"),
            ("~]Q1ABC#", "~", "#", "ABC"),
            ("]Q1~ABC#\u{3}", "~", "#", "ABC"),
            ("\u{2}~ABC#\r", "~", "#", "ABC"),
            ("\u{2}ABC\u{3}", "\u{2}", "\u{3}", "ABC"),
            ("\u{2}~ABC#\u{3}", "\u{2}~", "#\u{3}", "ABC"),
            ("~ABC#", "\u{2}~", "#\r\n", "ABC"),
            ("ABC", "~", "#", "ABC"),
            ("A~B#C", "~", "#", "A~B#C"),
            ("~~ABC", "~", "", "~ABC"),
            ("\u{1d}", "", "", ""),
        ] {
            assert_eq!(unframed(read, prefix, suffix), code, "{read:?} {prefix:?} {suffix:?}");
        }
    }
}
