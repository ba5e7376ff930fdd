//! Visits, a line each, written as they come: a book of five years need not fit into memory.

use super::table::{Cell, Table};
use super::{ExportError, Format, word};
use crate::visit::{Admission, Host, Visit};
use crate::words::Lang;
use std::io::{Seek, Write};
use std::path::Path;

/// The columns, and how wide they are in a workbook, in characters.
const COLUMNS: [(&str, &str, f64); 16] = [
    ("证号", "Badge", 8.0),
    ("姓名", "Name", 20.0),
    ("公司", "Company", 24.0),
    ("电话", "Phone", 16.0),
    ("未登记的同行人数", "Others, not registered", 10.0),
    ("来访类型", "Type", 12.0),
    ("来访目的", "Purpose", 20.0),
    ("接待人", "Host", 16.0),
    ("部门", "Department", 16.0),
    ("到达", "Arrived", 17.0),
    ("离开", "Left", 17.0),
    ("是否推定离开", "Sign-out assumed", 12.0),
    ("准入", "Admission", 14.0),
    ("告知版本", "Notice", 12.0),
    ("语言", "Language", 8.0),
    ("备注", "Note", 24.0),
];

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
        let columns = COLUMNS.map(|(zh, en, width)| (word(lang, zh, en), width));
        Ok(Self { lang, lines: 0, table: Table::new(format, out, folder, &columns)? })
    }

    /// Writes one visit, with how many came along who have no line of their own. Times are those of the visit's own zone.
    ///
    /// # Errors
    /// It cannot be written, or no more fit; the file is to be thrown away.
    pub fn line(&mut self, visit: &Visit, host: Option<&Host>, along: u8) -> Result<(), ExportError> {
        let lang = self.lang;
        let details = &visit.details;
        let admission = match &visit.admission {
            Admission::Admitted => word(lang, "已放行", "admitted").to_owned(),
            Admission::Waiting(_) => word(lang, "等待中", "waiting").to_owned(),
            Admission::Declined(why) if why.is_empty() => word(lang, "未放行", "declined").to_owned(),
            Admission::Declined(why) => format!("{}{why}", word(lang, "未放行：", "declined: ")),
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
                (true, _) => word(lang, "是", "yes"),
                (false, true) => word(lang, "仅凭访客证号签出", "by number only"),
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
            let last = u16::try_from(COLUMNS.len() - 1).unwrap_or(u16::MAX);
            workbook.worksheet_from_index(0)?.autofilter(0, 0, rows.saturating_sub(1), last)?;
            Ok(())
        })?;
        Ok((out, rows))
    }
}
