//! Visits, a line each, written as they come: a book of five years need not fit into memory.

use super::{BYTE_ORDER_MARK, ExportError, harmless, word};
use crate::now::Wall;
use crate::visit::{Admission, Host, Visit};
use crate::words::Lang;
use std::io::Write;

/// The columns.
const COLUMNS: [(&str, &str); 16] = [
    ("证号", "Badge"),
    ("姓名", "Name"),
    ("公司", "Company"),
    ("电话", "Phone"),
    ("同行人数", "Accompanied by"),
    ("来访类型", "Type"),
    ("来访目的", "Purpose"),
    ("接待人", "Host"),
    ("部门", "Department"),
    ("到达", "Arrived"),
    ("离开", "Left"),
    ("是否推定离开", "Sign-out assumed"),
    ("准入", "Admission"),
    ("告知版本", "Notice"),
    ("语言", "Language"),
    ("备注", "Note"),
];

/// A file of visits that is being written.
pub struct Visits<W: Write> {
    lang: Lang,
    lines: usize,
    file: csv::Writer<W>,
}

impl<W: Write> std::fmt::Debug for Visits<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Visits({} lines)", self.lines)
    }
}

impl<W: Write> Visits<W> {
    /// Begins a file with its headings.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(lang: Lang, mut out: W) -> Result<Self, ExportError> {
        out.write_all(BYTE_ORDER_MARK)?;
        let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        file.write_record(COLUMNS.map(|(zh, en)| word(lang, zh, en)))?;
        Ok(Self { lang, lines: 0, file })
    }

    /// Writes one visit. Times are those of the visit's own zone.
    ///
    /// # Errors
    /// It cannot be written; the file is to be thrown away.
    pub fn line(&mut self, visit: &Visit, host: Option<&Host>) -> Result<(), ExportError> {
        let lang = self.lang;
        let details = &visit.details;
        let badge = visit.badge.to_string();
        let admission = match &visit.admission {
            Admission::Admitted => word(lang, "已放行", "admitted").to_owned(),
            Admission::Waiting(_) => word(lang, "等待中", "waiting").to_owned(),
            Admission::Declined(why) if why.is_empty() => word(lang, "未放行", "declined").to_owned(),
            Admission::Declined(why) => format!("{}{why}", word(lang, "未放行：", "declined: ")),
        };
        let time = |time: Wall| time.format("%Y-%m-%d %H:%M").to_string();
        let fields = [
            badge,
            harmless(details.name.as_str()),
            harmless(details.company.as_ref().map(|company| company.as_str()).unwrap_or_default()),
            harmless(details.phone.as_ref().map(|phone| phone.as_str()).unwrap_or_default()),
            details.party.to_string(),
            harmless(visit.kind.as_ref().map(|kind| kind.name.get(lang)).unwrap_or_default()),
            harmless(visit.purpose.as_ref().map(|purpose| purpose.as_str()).unwrap_or_default()),
            harmless(host.map(|host| host.name.get(lang)).unwrap_or_default()),
            harmless(host.map(|host| host.department.get(lang)).unwrap_or_default()),
            time(visit.arrived),
            visit.left.map(time).unwrap_or_default(),
            harmless(if visit.assumed { word(lang, "是", "yes") } else { "" }),
            harmless(&admission),
            harmless(&visit.agreement.version),
            harmless(visit.lang.code()),
            harmless(visit.note.as_ref().map(|note| note.as_str()).unwrap_or_default()),
        ];
        self.file.write_record(fields)?;
        self.lines += 1;
        Ok(())
    }

    /// Ends the file; how many visits are in it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<(W, usize), ExportError> {
        let out = self.file.into_inner().map_err(|error| error.into_error())?;
        Ok((out, self.lines))
    }
}
