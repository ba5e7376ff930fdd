//! What is taken from a list and may still not come out as it stands there: told by line, never refused.

use super::table::{Columns, RowProblem, Table};
use super::{hosts, invitations};
use crate::visit::MailAddress;

/// Why mail may not get to such an address.
pub const UTF8_ONLY: &str = "the part before the @ has letters beyond ASCII, so mail gets there only if every mail server \
     on the way takes such addresses (SMTPUTF8), which many do not";

/// Remarks about a list of hosts that could be imported.
pub fn host_remarks(bytes: &[u8]) -> Vec<RowProblem> {
    remarks(bytes, &hosts::COLUMNS)
}

/// Remarks about a list of invitations that could be imported.
pub fn invitation_remarks(bytes: &[u8]) -> Vec<RowProblem> {
    remarks(bytes, &invitations::COLUMNS)
}

fn remarks(bytes: &[u8], columns: &Columns<'_>) -> Vec<RowProblem> {
    let mut remarks = Vec::new();
    // What cannot be opened was refused.
    let Ok(mut table) = Table::open(bytes, columns) else { return remarks };
    while let Some(mut row) = table.next_row() {
        let address = MailAddress::parse(&row.text("email"));
        if let Some(address) = address.filter(MailAddress::needs_utf8) {
            let reason = format!("{address}: {UTF8_ONLY}");
            remarks.push(RowProblem { line: row.line(), column: "email".to_owned(), reason });
        }
    }
    remarks
}
