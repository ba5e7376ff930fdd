//! The QR code on a badge and in a mail: its size in dots, and its stamp. Owns the readability rules; the content
//! is a token and nothing else, so a lost badge tells nothing about its visitor.

use super::bitmap::{Area, Bitmap};
use crate::visit::Token;
use qrcode::{Color, EcLevel, QrCode, Version};

/// Modules across: version 2 holds a token's 26 characters at level Q (ISO/IEC 18004, table 7).
const MODULES: u32 = 25;
/// White modules on each side (ISO/IEC 18004, 5.3.8).
const QUIET: u32 = 4;
/// Modules across with the quiet zone.
pub const ACROSS: u32 = MODULES + 2 * QUIET;

/// The fewest dots a module on paper of this width. Six are 0.75 mm at 203 dpi, easy for any
/// scanner and for a worn print head. On the 48 mm of a 384-dot head a code of six would leave no
/// room for words beside it; four are 0.5 mm, which hand scanners still read at arm's length.
pub fn fewest_dots(width: u32) -> u32 {
    if width < 512 { 4 } else { 6 }
}

/// Puts the code of `token` onto the paper: `module` dots a module, the quiet zone within `place`.
///
/// # Errors
/// When the token does not fit the code, which no token of 26 characters does.
pub fn stamp(paper: &mut Bitmap, place: Area, token: &Token) -> Result<(), qrcode::types::QrError> {
    let code = QrCode::with_version(token.as_str(), Version::Normal(2), EcLevel::Q)?;
    let module = place.width / ACROSS;
    let (left, top) = (place.x + QUIET * module, place.y + QUIET * module);
    for (at, color) in (0..).zip(code.into_colors()) {
        if color == Color::Dark {
            let (x, y) = (left + at % MODULES * module, top + at / MODULES * module);
            paper.blacken_area(Area { x, y, width: module, height: module });
        }
    }
    Ok(())
}

/// The code of `token` as a picture (PNG) for a screen; none where it does not fit, which no token does not.
pub fn picture(token: &Token) -> Option<Vec<u8>> {
    // Eight dots a module, so that a telephone's screen shows it sharp.
    let side = ACROSS * 8;
    let mut paper = Bitmap::white(side, side);
    stamp(&mut paper, Area { x: 0, y: 0, width: side, height: side }, token).ok()?;
    Some(paper.png())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_keeps_its_quiet_zone() {
        let mut paper = Bitmap::white(304, 300);
        let place = Area { x: 11, y: 13, width: ACROSS * 6, height: ACROSS * 6 };
        stamp(&mut paper, place, &Token::from_bytes([0xA5; 16])).unwrap();
        let black: Vec<_> = (0..300)
            .flat_map(|y| (0..304).map(move |x| (x, y)))
            .filter(|(x, y)| paper.is_black(*x, *y))
            .collect();
        let (left, top) = (11 + 24, 13 + 24);
        assert!(black.iter().all(|(x, y)| (left..left + 150).contains(x) && (top..top + 150).contains(y)));
        assert!(black.contains(&(left, top)) && black.contains(&(left + 149, top)));
    }
}
