//! Visits and numbers as files that leave the house: CSV or XLSX in words of the reader's language. Values in, bytes
//! out: knows no clock, and of files only where rows may wait.

mod numbers;
mod table;
mod visits;

pub use numbers::{Counted, department, kind_unknown, numbers, tables};
pub use table::{Format, written};
pub use visits::Visits;

use crate::files;
use rust_xlsxwriter::XlsxError;
use std::error::Error;

/// The file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no room for it.
    #[error("the disk that the file goes to is full; free some space on it, then try again")]
    Full,
    /// What the system says.
    #[error("{0}")]
    Io(std::io::Error),
    /// It is too much for a workbook, or the workbook cannot be made.
    #[error("{0}; a CSV file has no such limit")]
    Workbook(XlsxError),
    /// The library that makes workbooks gave up in the middle, as it does when the system refuses a write.
    #[error("the workbook could not be made: the system refused to write it")]
    GivenUp,
    /// The book failed.
    #[error("{0}")]
    Book(#[from] crate::book::BookError),
}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> Self {
        if files::is_full(&error) { Self::Full } else { Self::Io(error) }
    }
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        if let XlsxError::IoError(error) | XlsxError::TempFileError(_, error) = error {
            return error.into();
        }
        match error.source().and_then(|source| source.downcast_ref::<std::io::Error>()) {
            Some(system) => std::io::Error::from(system.kind()).into(),
            None => Self::Workbook(error),
        }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        let said = error.to_string();
        if let csv::ErrorKind::Io(system) = error.into_kind() {
            return system.into();
        }
        Self::Io(std::io::Error::other(said))
    }
}
