//! `[facilities]`: who looks after the kiosk.

use super::table::Table;
use super::values::{address, parsed, spoken};
use crate::words::Lang;

/// Who looks after the kiosk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facilities {
    /// Where the journal's daily seal goes, and what is wrong with the machine; none: nobody is told by mail.
    pub email: Option<String>,
    /// The language of these mails.
    pub lang: Lang,
}

impl Facilities {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        Self {
            email: table.key("email", parsed("a mail address", address)),
            lang: table.key("lang", parsed("\"zh\" or \"en\"", spoken)).unwrap_or(default.lang),
        }
    }
}
