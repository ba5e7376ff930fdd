//! What office programs make of a list when they save it as CSV: encodings, separators, line ends,
//! shortened numbers. Knows no columns and no rows.

use encoding_rs::GB18030;

/// UTF-8 with or without its mark, or else GB18030, which office programs in China write.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0') && !has_han_within_words(&text)).then(|| text.into_owned())
}

/// Western letters such as the `ü` of `Müller`, saved in a Western encoding, look like one Han character between
/// Latin letters.
fn has_han_within_words(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|three| {
        let [before, han, after] = [three[0], three[1], three[2]];
        before.is_ascii_alphabetic() && ('\u{3400}'..='\u{9FFF}').contains(&han) && after.is_ascii_lowercase()
    })
}

/// Counts lines up to the first character of the record that a reader found at a byte, which may lie on
/// the line end, or on empty lines, before it.
pub(super) fn line_counter(text: &[u8]) -> impl FnMut(u64) -> u64 {
    let (mut at, mut line) = (0, 1);
    move |byte| {
        let byte = usize::try_from(byte).unwrap_or(text.len());
        while at < text.len() && (at < byte || matches!(text[at], b'\r' | b'\n')) {
            let ends = text[at] == b'\n' || text[at] == b'\r' && text.get(at + 1) != Some(&b'\n');
            line += u64::from(ends);
            at += 1;
        }
        line
    }
}

pub(super) fn spans_lines(record: &csv::StringRecord) -> bool {
    record.iter().any(|cell| cell.contains(['\n', '\r']))
}

/// Whether an office program has made a short power of ten of a long number: `1.38E+10`.
pub(super) fn shortened(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let (number, power) = cell.split_once(['E', 'e']).unwrap_or_default();
    let (whole, rest) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    digits(whole) && digits(rest) && power.strip_prefix('+').is_some_and(digits)
}

/// The one of comma, semicolon and tab that the first line has most of.
pub(super) fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().as_bytes();
    let count = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
