//! A table that is written row by row into a file: CSV, or XLSX with typed cells. Nothing that a visitor typed is taken
//! for a formula, or for a number that would lose digits: CSV gets an apostrophe, XLSX has texts that are texts.

use super::ExportError;
use crate::now::Wall;
use rust_xlsxwriter::{Format as Style, Workbook, Worksheet};
use std::io::{BufWriter, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values in UTF-8 with a byte order mark, as Excel reads them.
    Csv,
    /// A workbook of Office Open XML.
    Xlsx,
}

impl Format {
    /// The format that the ending of a file's name asks for; none: neither `.csv` nor `.xlsx`.
    pub fn of(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// What tells Excel that a text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// One cell.
pub(super) enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    /// In its own zone.
    Time(Wall),
}

/// A file that is being written.
pub(super) enum Table<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Xlsx(Box<Sheet<W>>),
}

/// A workbook whose first sheet is being written.
pub(super) struct Sheet<W> {
    pub workbook: Workbook,
    out: W,
    rows: u32,
    time: Style,
}

impl<W: Write + Seek + Send> Table<W> {
    /// Begins with the headings, each with a width in characters. Rows of an XLSX wait in a file of this folder, which
    /// has no name and is gone with the table.
    pub fn new(
        format: Format,
        mut out: W,
        folder: &Path,
        columns: &[(&str, f64)],
    ) -> Result<Self, ExportError> {
        match format {
            Format::Csv => {
                out.write_all(BYTE_ORDER_MARK)?;
                let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                file.write_record(columns.iter().map(|(heading, _)| heading))?;
                Ok(Self::Csv(Box::new(file)))
            }
            Format::Xlsx => given_up(|| {
                let mut workbook = Workbook::new();
                workbook.set_tempdir(folder)?;
                let sheet = workbook.add_worksheet_with_constant_memory()?;
                sheet.set_freeze_panes(1, 0)?;
                let bold = Style::new().set_bold();
                for (at, (heading, width)) in (0..).zip(columns) {
                    sheet.set_column_width(at, *width)?;
                    sheet.write_string_with_format(0, at, *heading, &bold)?;
                }
                let time = Style::new().set_num_format("yyyy-mm-dd hh:mm");
                Ok(Self::Xlsx(Box::new(Sheet { workbook, out, rows: 1, time })))
            }),
        }
    }

    /// The next row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        match self {
            Self::Csv(file) => {
                file.write_record(cells.iter().map(Cell::plain))?;
            }
            Self::Xlsx(sheet) => given_up(|| sheet.row(cells))?,
        }
        Ok(())
    }

    /// Ends the file; `finish` may add to a workbook of so many rows, with their heading.
    pub fn finish(
        self,
        finish: impl FnOnce(&mut Workbook, u32) -> Result<(), ExportError>,
    ) -> Result<W, ExportError> {
        match self {
            Self::Csv(file) => Ok(file.into_inner().map_err(|error| error.into_error())?),
            Self::Xlsx(sheet) => given_up(|| {
                let Sheet { mut workbook, out, rows, .. } = *sheet;
                finish(&mut workbook, rows)?;
                let mut out = BufWriter::new(out);
                workbook.save_to_writer(&mut out)?;
                Ok(out.into_inner().map_err(std::io::IntoInnerError::into_error)?)
            }),
        }
    }
}

/// What the library of workbooks does. It panics where the system refuses to write the rows that wait; nothing of the
/// workbook is used after that.
fn given_up<T>(work: impl FnOnce() -> Result<T, ExportError>) -> Result<T, ExportError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|said| {
        // What it says holds the system's error as `Debug` writes it.
        let full = said.downcast_ref::<String>().is_some_and(|said| said.contains("StorageFull"));
        Err(if full { ExportError::Full } else { ExportError::GivenUp })
    })
}

impl<W> Sheet<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        let row = self.rows;
        let sheet: &mut Worksheet = self.workbook.worksheet_from_index(0)?;
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text("") => {}
                Cell::Text(text) => drop(sheet.write_string(row, at, *text)?),
                Cell::Number(number) => drop(sheet.write_number(row, at, *number)?),
                Cell::Time(time) => {
                    sheet.write_datetime_with_format(row, at, time.naive_local(), &self.time)?;
                }
            }
        }
        self.rows += 1;
        Ok(())
    }
}

impl Cell<'_> {
    fn plain(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Number(number) => written(*number),
            Self::Time(time) => time.format("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

/// A whole number without a point, others with one digit behind it.
pub fn written(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number}") } else { format!("{number:.1}") }
}

/// A field of which a spreadsheet would make something else gets an apostrophe: a formula, and a number that would lose
/// digits. The wide signs and digits are taken for plain ones where Chinese or Japanese is typed.
fn harmless(field: &str) -> String {
    let formula =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠');
    if field.starts_with(formula) || loses_digits(field) { format!("'{field}") } else { field.to_owned() }
}

/// Whether a spreadsheet would read a number here and show other digits: those with a zero before them, those longer than
/// the eleven that it writes out (fifteen it keeps at all), and powers of ten.
fn loses_digits(field: &str) -> bool {
    let plain: String = field.trim().nfkc().collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let power = plain.split_once(['E', 'e']).is_some_and(|(number, power)| {
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        is_number(whole) && is_number(part) && is_number(power)
    });
    power || is_number(&plain) && (plain.len() > 11 || plain.len() > 1 && plain.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_lose_digits_are_guarded_as_formulas_are() {
        for field in [
            "057188886666",
            "010888",
            "00",
            "008613800138000",
            "447700900123",
            "123456789012345678",
            " 057188886666",
            "０５７１８８８８６６６６",
            "１２３４５６７８９０１２",
            "1E5",
            "12e10",
            "1.5E+10",
            "1e-5",
            "=1+1",
            "+442079460958",
            "-1",
            "@here",
            "＝1",
        ] {
            assert_eq!(harmless(field), format!("'{field}"), "{field}");
        }
        for field in [
            "",
            "0",
            "7",
            "13800138000",
            "88886666",
            "A017",
            "0571-8888",
            "1E",
            "E5",
            "Zone 007",
            "007 Bond",
            "2026-11-23",
            "09:00",
            "欧阳修明",
            "3.5",
        ] {
            assert_eq!(harmless(field), field, "{field}");
        }
    }
}
