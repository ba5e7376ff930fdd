//! Visits and numbers as files that leave the house: CSV in words of the reader's language. Values in, bytes out:
//! knows no file, no book's inside and no clock. Nothing that a visitor typed is taken for a formula.

mod numbers;
mod visits;

pub use numbers::numbers;
pub use visits::Visits;

use crate::words::Lang;

/// The file could not be written; carries what the system says.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ExportError(#[from] std::io::Error);

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self(error.into())
    }
}

/// What tells Excel that a text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A field that a spreadsheet would take for a formula gets an apostrophe. The wide signs are taken for one where
/// Chinese or Japanese is typed.
fn harmless(field: &str) -> String {
    let formula =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠');
    if field.starts_with(formula) { format!("'{field}") } else { field.to_owned() }
}

fn word(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    if lang == Lang::ZH { zh } else { en }
}
