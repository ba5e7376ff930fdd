//! Words into a box: how large, and where they break. Owns the typesetter's judgement; measures with
//! the fonts' own widths and draws nothing.

use super::fonts;
use unicode_segmentation::UnicodeSegmentation;

/// From one baseline to the next, as a share of the font size.
pub const LEADING: f32 = 1.16;
/// The height of one line from the tallest accent to the deepest tail, as a share of the font size.
const LINE: f32 = 1.2;
/// No text of a badge needs more lines than this: 80 wide characters then stand 14 to a line.
const LINES_MAX: usize = 6;
/// Another line, or a less natural break, is worth it when it makes the letters larger by at least this.
const GAIN: f32 = 1.25;
/// Letters below this many dots (2.5 mm at 203 dpi) are hard to read: then less of a gain will do,
/// and only then a word is torn.
const READABLE: f32 = 20.0;
/// What is gain enough for letters that are hard to read.
const GAIN_WHEN_SMALL: f32 = 1.1;

/// A text broken into lines of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The font size in dots.
    pub size: f32,
    /// The lines, none empty.
    pub lines: Vec<String>,
}

/// Breaks `text` so that it stands as large as it can in a box of `width` by `height` dots, but not
/// larger than `largest`. One line shrinks until two would be clearly larger, and so on.
pub fn fit(text: &str, bold: bool, width: f32, height: f32, largest: f32) -> Fitted {
    let pieces = pieces(text, bold);
    let room = Room { width, height, largest };
    let mut best = best(&pieces, &room, Break::Joint);
    for weaker in [Break::Word, Break::Wide, Break::Torn] {
        if best.size >= largest {
            break;
        }
        let other = self::best(&pieces, &room, weaker);
        if other.size > best.size * gain_wanted(best.size) && (weaker != Break::Torn || best.size < READABLE)
        {
            best = other;
        }
    }
    // A sign that lost its neighbour at a break may be drawn wider than within the whole.
    let widest = best.lines.iter().map(|line| fonts::width(line, bold)).fold(0.01, f32::max);
    best.size = best.size.min(width / widest);
    best
}

fn gain_wanted(size: f32) -> f32 {
    if size < READABLE { GAIN_WHEN_SMALL } else { GAIN }
}

/// Where a line may end, from the most natural place to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// After the dot that joins the parts of a name or of a line.
    Joint,
    /// After a blank or a hyphen.
    Word,
    /// Between characters of scripts without blanks.
    Wide,
    /// Inside a word.
    Torn,
}

struct Room {
    width: f32,
    height: f32,
    largest: f32,
}

/// One character as people count them, with its width at a font size of one.
struct Piece<'a> {
    text: &'a str,
    width: f32,
    /// Where between this and the next one a break would be.
    then: Break,
}

fn pieces(text: &str, bold: bool) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> =
        text.graphemes(true).map(|text| Piece { text, width: 0.0, then: Break::Torn }).collect();
    let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    for (at, width) in fonts::advances(text, bold) {
        // What begins within a piece is its own.
        if let Some(piece) = pieces.get_mut(starts.partition_point(|start| *start <= at).saturating_sub(1)) {
            piece.width += width;
        }
    }
    for i in 1..pieces.len() {
        let earlier = i.checked_sub(2).map_or("", |i| pieces[i].text);
        pieces[i - 1].then = between(earlier, pieces[i - 1].text, pieces[i].text);
    }
    pieces
}

/// What a break between `before` and `after` would be. A closing mark never starts a line and an
/// opening one never ends it, unless all is torn.
fn between(earlier: &str, before: &str, after: &str) -> Break {
    const NOT_FIRST: &str = "）〕】》」』”’，。、；：！？…·・)]},.;:!?-% ";
    const NOT_LAST: &str = "（〔【《「『“‘([{";
    let (Some(last), Some(next)) = (before.chars().next(), after.chars().next()) else { return Break::Torn };
    if NOT_FIRST.contains(next) || NOT_LAST.contains(last) {
        return Break::Torn;
    }
    match last {
        '·' | '・' => Break::Joint,
        ' ' if earlier == "·" => Break::Joint,
        ' ' | '-' | '‐' | '/' => Break::Word,
        _ if is_wide(last) || is_wide(next) => Break::Wide,
        _ => Break::Torn,
    }
}

/// Whether a character is one of those that are set without blanks between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// The largest setting whose lines end at breaks no weaker than `weakest`.
fn best(pieces: &[Piece], room: &Room, weakest: Break) -> Fitted {
    let mut best: Option<Fitted> = None;
    for count in 1..=LINES_MAX {
        let lines = balance(pieces, count, weakest);
        let widest = lines.iter().map(|line| width(line)).fold(0.01, f32::max);
        let tall = lines.len().saturating_sub(1) as f32 * LEADING + LINE;
        let size = room.largest.min(room.width / widest).min(room.height / tall);
        if best.as_ref().is_none_or(|best| size > best.size * gain_wanted(best.size)) {
            let lines = lines.iter().map(|line| line.iter().map(|piece| piece.text).collect()).collect();
            best = Some(Fitted { size, lines });
        }
        if size >= room.largest {
            break;
        }
    }
    best.unwrap_or(Fitted { size: room.largest, lines: Vec::new() })
}

/// At most `count` lines, as even as they can be.
fn balance<'p, 't>(pieces: &'p [Piece<'t>], count: usize, weakest: Break) -> Vec<&'p [Piece<'t>]> {
    let all = width(pieces);
    let (mut narrow, mut wide) = (all / count as f32, all);
    // The narrowest measure at which the lines suffice, by halving: 12 times is below a dot.
    for _ in 0..if count == 1 { 0 } else { 12 } {
        let middle = (narrow + wide) / 2.0;
        if pour(pieces, middle, weakest).len() > count { narrow = middle } else { wide = middle }
    }
    pour(pieces, wide, weakest)
}

/// Lines of at most `measure` each, as far as the breaks allow.
fn pour<'p, 't>(pieces: &'p [Piece<'t>], measure: f32, weakest: Break) -> Vec<&'p [Piece<'t>]> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut so_far) = (0, None, 0.0);
    for (i, piece) in pieces.iter().enumerate() {
        so_far += piece.width;
        // A blank may hang over: it is cut off at the line's end.
        if so_far > measure + 0.001
            && piece.text != " "
            && let Some(stop) = end.take()
        {
            lines.push(trim(&pieces[start..stop]));
            start = stop;
            so_far = width(&pieces[start..=i]);
        }
        if piece.then <= weakest {
            end = Some(i + 1);
        }
    }
    lines.push(trim(&pieces[start..]));
    lines.retain(|line| !line.is_empty());
    lines
}

fn trim<'p, 't>(mut line: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
    while let [first, rest @ ..] = line
        && first.text == " "
    {
        line = rest;
    }
    while let [rest @ .., last] = line
        && last.text == " "
    {
        line = rest;
    }
    line
}

fn width(line: &[Piece]) -> f32 {
    line.iter().map(|piece| piece.width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        fit(text, true, 512.0, 154.0, 128.0).lines
    }

    #[test]
    fn a_short_name_stands_at_full_size() {
        assert_eq!(
            fit("欧阳修明", true, 512.0, 154.0, 128.0),
            Fitted { size: 128.0, lines: vec!["欧阳修明".into()] }
        );
    }

    #[test]
    fn blanks_alone_are_no_lines() {
        assert!(lines("").is_empty() && lines("  ").is_empty());
    }

    #[test]
    fn a_name_shrinks_before_it_breaks() {
        assert_eq!(lines("买买提·吐尔逊"), ["买买提·吐尔逊"]);
        assert_eq!(lines("阿卜杜热合曼·阿卜杜拉"), ["阿卜杜热合曼·", "阿卜杜拉"]);
        assert_eq!(lines("Christopher Montgomery"), ["Christopher", "Montgomery"]);
        assert_eq!(lines("Anna-Katharina Müller-Lüdenscheidt"), ["Anna-Katharina", "Müller-Lüdenscheidt"]);
    }

    #[test]
    fn words_are_torn_only_in_need() {
        let w = fit(&"W".repeat(60), true, 512.0, 154.0, 128.0);
        assert!(w.lines.len() > 2 && w.size > 24.0, "{w:?}");
        let king = fit(&"王".repeat(60), true, 512.0, 154.0, 128.0);
        assert!(king.size > 24.0 && king.lines.concat() == "王".repeat(60), "{king:?}");
        assert_eq!(lines("Wolfeschlegelsteinhausen").len(), 1);
    }

    #[test]
    fn marks_stay_with_their_words() {
        let mut kept = 0;
        for text in ["云栖新能源（杭州）有限公司，分公司。", "云栖“新能源”杭州‘有限’公司……分公司"]
        {
            for wide in [120.0, 150.0, 180.0, 240.0, 300.0] {
                let set = fit(text, false, wide, 90.0, 36.0);
                // What is hard to read already may be torn.
                if set.size < READABLE {
                    continue;
                }
                kept += 1;
                for line in set.lines {
                    let starts = line.starts_with(['）', '，', '。', '”', '’', '…']);
                    assert!(!starts && !line.ends_with(['（', '“', '‘']), "{line} of {text}");
                }
            }
        }
        assert!(kept > 5, "{kept}");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(text in "[a-zA-Z \u{4E00}-\u{4E80}·-]{1,80}", w in 60f32..600.0, h in 20f32..200.0) {
            let fitted = fit(&text, false, w, h, 128.0);
            let squeeze = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(squeeze(&fitted.lines.concat()), squeeze(&text));
            for line in &fitted.lines {
                let wide = crate::paper::fonts::width(line, false) * fitted.size;
                prop_assert!(wide <= w * 1.001);
            }
            prop_assert!(fitted.size > 0.0 && fitted.size <= 128.0);
        }
    }
}
