//! What office programs make of a list when they save it as CSV: separators, line ends, quotation marks, what stands in a
//! cell for nothing or for an error. Knows no columns and no rows.

use std::borrow::Cow;

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

/// What a cell means, behind what an office program or a data base has put around it or in its place.
///
/// # Errors
/// It is an error or a formula: nobody knows what it was to say.
pub(super) fn value(cell: &str) -> Result<Cow<'_, str>, String> {
    // A number that was to stay a text: `="010888"`.
    let text = cell.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    if let Some(text) = text.filter(|text| !text.replace("\"\"", "").contains('"')) {
        let text = text.replace("\"\"", "\"");
        return Ok(Cow::Owned(if is_nothing(&text) { String::new() } else { text }));
    }
    if cell.starts_with('=') {
        return Err(format!("{cell} is a formula; save its result instead"));
    }
    if is_error(cell) {
        return Err(format!("{cell} is a spreadsheet error; correct the formula behind it"));
    }
    if is_nothing(cell) {
        return Ok(Cow::Borrowed(""));
    }
    // So formulas and numbers are guarded, in files of this program too.
    let guarded = cell
        .strip_prefix(['\'', '’'])
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '+' | '-' | '@')));
    Ok(Cow::Borrowed(guarded.unwrap_or(cell)))
}

fn is_nothing(cell: &str) -> bool {
    NOTHING.contains(&cell.to_lowercase().as_str())
}

/// What people and data bases write where there is nothing.
const NOTHING: [&str; 17] = [
    "null",
    "(null)",
    "<null>",
    "[null]",
    "n/a",
    "n.a.",
    "none",
    "nil",
    "undefined",
    "\\n",
    "-",
    "--",
    "—",
    "——",
    "/",
    "无",
    "暂无",
];

/// `#N/A` in the languages of office programs, where it has no exclamation mark.
const NOT_AVAILABLE: [&str; 12] = [
    "N/A",
    "N/D",
    "NV",
    "N/V",
    "NB",
    "N/B",
    "Н/Д",
    "I/T",
    "YOK",
    "HIÁNYZIK",
    "NENÍ_K_DISPOZICI",
    "GETTING_DATA",
];

/// `#N/A`, `#REF!`, `#NAME?` and the like in any language, `Err:502`, and what stands for a column that is too narrow.
fn is_error(cell: &str) -> bool {
    if let Some(code) = cell.strip_prefix("Err:") {
        return code.bytes().all(|digit| digit.is_ascii_digit());
    }
    let Some(name) = cell.strip_prefix('#').filter(|name| !name.is_empty()) else { return false };
    // Chinese has no capitals: `#溢出!`.
    let is_capital = |c: char| c.is_alphabetic() && !c.is_lowercase();
    let of_capitals = |name: &str| {
        name.chars().all(|c| is_capital(c) || matches!(c, '/' | '0' | '_' | '#' | '.' | '¡' | '¿'))
    };
    let called = name.strip_suffix(['!', '?', '！', '？']);
    called.is_some_and(of_capitals)
        || NOT_AVAILABLE.contains(&name.to_uppercase().as_str())
        || name.bytes().all(|sign| sign == b'#')
}

/// The sign between cells, and where the table begins: a first line `sep=;` names it, or else it is the one of comma,
/// semicolon and tab that the first line has most of.
pub(super) fn separator(text: &str) -> (u8, usize) {
    let begin = text.find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let rest = text.get(begin..).unwrap_or_default();
    let first = rest.split(['\r', '\n']).next().unwrap_or_default();
    if let Some(sign) = named_separator(first) {
        return (sign, begin + first.len());
    }
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let most = [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator));
    (most.unwrap_or(b','), 0)
}

/// `sep=;`, which Excel obeys and keeps; saved again, the line may be quoted or have cells.
fn named_separator(line: &str) -> Option<u8> {
    let line = line.strip_prefix('"').unwrap_or(line);
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="))?;
    let mut signs = line[named.len()..].bytes();
    let sign = signs.next().filter(|sign| sign.is_ascii_punctuation() && *sign != b'"' || *sign == b'\t')?;
    signs.all(|rest| matches!(rest, b'"' | b',' | b';' | b'\t' | b' ')).then_some(sign)
}
