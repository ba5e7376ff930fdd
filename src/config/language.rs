//! `[[language]]`: the languages of the switch.

use super::table::Table;
use super::values::{filled, parsed, spoken};
use crate::words::Lang;

/// One language of the switch.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// Its code.
    pub code: Lang,
    /// Its own name, as on the switch.
    pub name: String,
}

impl Language {
    pub(super) fn read(table: &mut Table<'_>, before: &[Self]) -> Option<Self> {
        let code = table.key("code", parsed("\"zh\" or \"en\"", spoken));
        let name = table.key("name", filled);
        if let Some(code) = code.filter(|code| before.iter().any(|known| known.code == *code)) {
            table.wrong(format!("[[language]] code: {code} stands here twice"));
            return None;
        }
        let (code, name) = table.both(("code", "name"), (code, name))?;
        Some(Self { code, name })
    }
}
