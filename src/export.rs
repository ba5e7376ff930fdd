//! Visits and numbers as files that leave the house: CSV or XLSX in words of the reader's language. Values in, bytes
//! out: knows no clock, and of files only where rows may wait.

mod numbers;
mod table;
mod visits;

pub use numbers::{Counted, department, kind_unknown, numbers, tables};
pub use table::{Format, written};
pub use visits::Visits;

use crate::words::Lang;

/// The file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// What the system says.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It is too much for a workbook, or the workbook cannot be made.
    #[error("{0}; a CSV file has no such limit")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The book failed.
    #[error("{0}")]
    Book(#[from] crate::book::BookError),
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.into())
    }
}

fn word(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    if lang == Lang::ZH { zh } else { en }
}
