//! Visits, a line each, written as they come: a book of five years need not fit into memory.

use super::table::{Cell, Table};
use super::{ExportError, Format};
use crate::visit::{Admission, Host, Visit};
use crate::words::{Lang, words};
use std::io::{Seek, Write};
use std::path::Path;

const COLUMNS: usize = 16;

/// A file of visits that is being written.
pub struct Visits<W: Write> {
    lang: Lang,
    lines: usize,
    table: Table<W>,
}

impl<W: Write> std::fmt::Debug for Visits<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Visits({} lines)", self.lines)
    }
}

impl<W: Write + Seek + Send> Visits<W> {
    /// Begins a file with its headings. The rows of a workbook wait in this folder, in a file without a name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(lang: Lang, format: Format, folder: &Path, out: W) -> Result<Self, ExportError> {
        Ok(Self { lang, lines: 0, table: Table::new(format, out, folder, &columns(lang))? })
    }

    /// Writes one visit, with how many came along who have no line of their own. Times are those of the visit's own zone.
    ///
    /// # Errors
    /// It cannot be written, or no more fit; the file is to be thrown away.
    pub fn line(&mut self, visit: &Visit, host: Option<&Host>, along: u8) -> Result<(), ExportError> {
        let lang = self.lang;
        let details = &visit.details;
        let admission = match &visit.admission {
            Admission::Admitted => words!(lang, "export-admitted").to_owned(),
            Admission::Waiting(_) => words!(lang, "export-waiting").to_owned(),
            Admission::Declined(why) if why.is_empty() => words!(lang, "export-declined").to_owned(),
            Admission::Declined(why) => words!(lang, "export-declined-why", why = why),
        };
        let badge = visit.badge.to_string();
        let text = Cell::Text;
        self.table.row(&[
            text(&badge),
            text(details.name.as_str()),
            text(details.company.as_ref().map(|company| company.as_str()).unwrap_or_default()),
            text(details.phone.as_ref().map(|phone| phone.as_str()).unwrap_or_default()),
            Cell::Number(along.into()),
            text(visit.kind.as_ref().map(|kind| kind.name.get(lang)).unwrap_or_default()),
            text(visit.purpose_in(lang).unwrap_or_default()),
            text(host.map(|host| host.name.get(lang)).unwrap_or_default()),
            text(host.map(|host| host.department.get(lang)).unwrap_or_default()),
            Cell::Time(visit.arrived),
            visit.left.map_or(Cell::Text(""), Cell::Time),
            text(match (visit.assumed, visit.doubted) {
                (true, _) => words!(lang, "export-yes"),
                (false, true) => words!(lang, "export-by-number"),
                (false, false) => "",
            }),
            text(&admission),
            text(&visit.agreement.version),
            text(visit.lang.code()),
            text(visit.note.as_ref().map(|note| note.as_str()).unwrap_or_default()),
        ])?;
        self.lines += 1;
        Ok(())
    }

    /// Ends the file; how many visits are in it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<(W, usize), ExportError> {
        let rows = self.lines;
        let out = self.table.finish(|workbook, rows| {
            let last = u16::try_from(COLUMNS - 1).unwrap_or(u16::MAX);
            workbook.worksheet_from_index(0)?.autofilter(0, 0, rows.saturating_sub(1), last)?;
            Ok(())
        })?;
        Ok((out, rows))
    }
}

/// The columns, and how wide they are in a workbook, in characters.
fn columns(lang: Lang) -> [(&'static str, f64); COLUMNS] {
    [
        (words!(lang, "export-badge"), 8.0),
        (words!(lang, "export-name"), 20.0),
        (words!(lang, "export-company"), 24.0),
        (words!(lang, "export-phone"), 16.0),
        (words!(lang, "export-along"), 10.0),
        (words!(lang, "export-type"), 12.0),
        (words!(lang, "export-purpose"), 20.0),
        (words!(lang, "export-host"), 16.0),
        (words!(lang, "export-department"), 16.0),
        (words!(lang, "export-arrived"), 17.0),
        (words!(lang, "export-left"), 17.0),
        (words!(lang, "export-assumed"), 12.0),
        (words!(lang, "export-admission"), 14.0),
        (words!(lang, "export-notice"), 12.0),
        (words!(lang, "export-language"), 8.0),
        (words!(lang, "export-note"), 24.0),
    ]
}
