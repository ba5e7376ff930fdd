//! What office programs make of a list when they save it as CSV: encodings, separators, line ends,
//! shortened numbers. Knows no columns and no rows.

use encoding_rs::GB18030;

/// UTF-8 with or without its mark, or else GB18030, which office programs in China write.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let without_mark = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let (marked, bytes) = (without_mark.is_some(), without_mark.unwrap_or(bytes));
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (marked || !mixes_scripts(text)).then(|| text.to_owned());
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    let western = has_han_within_words(&text) || has_western_letters(bytes);
    (!text.contains('\0') && !western).then(|| text.into_owned())
}

/// Whether two letters that follow each other are of two scripts that no name mixes: a short text in GB18030
/// may be valid UTF-8 by chance, as `谢伟` is `лΰ`.
fn mixes_scripts(text: &str) -> bool {
    // Of the letters that UTF-8 writes in two bytes; where each script begins (Unicode, Blocks.txt).
    let script = |c: char| match c {
        '\u{C0}'..='\u{24F}' => Some(0),
        '\u{370}'..='\u{3FF}' => Some(1),
        '\u{400}'..='\u{52F}' => Some(2),
        '\u{530}'..='\u{58F}' => Some(3),
        '\u{590}'..='\u{5FF}' => Some(4),
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' => Some(5),
        '\u{700}'..='\u{74F}' => Some(6),
        '\u{780}'..='\u{7BF}' => Some(7),
        '\u{7C0}'..='\u{7FF}' => Some(8),
        _ => None,
    };
    let letters = || text.chars().map(|c| script(c).filter(|_| c.is_alphabetic()));
    letters().zip(letters().skip(1)).any(|pair| matches!(pair, (Some(one), Some(other)) if one != other))
}

/// Whether a two-byte character ends in an ASCII letter and stands among ASCII letters alone: that is a
/// Western letter such as the `Ö` of `Özil`, which swallowed the letter after it. The rare characters of
/// GB18030 that end so (镕, 赟) stand beside other Chinese ones.
fn has_western_letters(bytes: &[u8]) -> bool {
    let (mut at, mut before) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let size = match (byte, next) {
            (0..=0x80, _) => 1,
            (_, b'0'..=b'9') => 4,
            _ => 2,
        };
        let rest = bytes.get(at + size..).unwrap_or_default();
        let after = rest.iter().find(|byte| **byte != b' ').copied().unwrap_or_default();
        let alone = [before, after].iter().all(u8::is_ascii);
        let in_word = [before, after].iter().any(u8::is_ascii_alphabetic);
        if size == 2 && next.is_ascii_alphabetic() && alone && in_word {
            return true;
        }
        if byte != b' ' {
            before = byte;
        }
        at += size;
    }
    false
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

/// Whether a record, as it stands in the file, has a quotation mark that is not closed, or closes one where no
/// cell ends: then it holds rows that are none of its own.
pub(super) fn badly_quoted(raw: &[u8], separator: u8) -> bool {
    let mut bytes = raw.iter().copied().peekable();
    let mut cell_begins = true;
    while let Some(byte) = bytes.next() {
        if byte != b'"' || !cell_begins {
            cell_begins = byte == separator || matches!(byte, b'\r' | b'\n');
            continue;
        }
        loop {
            match bytes.next() {
                None => return true,
                Some(b'"') if bytes.next_if_eq(&b'"').is_some() => {}
                Some(b'"') => break,
                Some(_) => {}
            }
        }
        while bytes.next_if_eq(&b' ').is_some() {}
        if bytes.peek().is_some_and(|next| *next != separator && !matches!(next, b'\r' | b'\n')) {
            return true;
        }
        cell_begins = false;
    }
    false
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
