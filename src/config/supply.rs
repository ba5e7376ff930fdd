//! `[[supply]]`: what must not run out.

use super::table::Table;
use super::values::{address, filled, number, parsed, texts};
use crate::words::Texts;

/// Something that must not run out.
#[derive(Clone, Debug, PartialEq)]
pub struct Supply {
    /// Its key in the book.
    pub id: String,
    /// What it is called.
    pub name: Texts,
    /// Below so many, whoever is responsible is written to.
    pub safety: u32,
    /// Who that is; none: reception.
    pub email: Option<String>,
    /// It is the printer's paper: so many metres are on a roll.
    pub roll_metres: Option<u32>,
}

impl Supply {
    pub(super) fn read(table: &mut Table<'_>, before: &[Self]) -> Option<Self> {
        let (id, name) = (table.key("id", filled), table.key("name", texts));
        let safety = table.key("safety", number(0..=100_000)).unwrap_or(0);
        let email = table.key("email", parsed("a mail address", address));
        let roll_metres = table.key("roll_metres", number(1..=1000));
        if let Some(id) = id.as_ref().filter(|id| before.iter().any(|known| known.id == **id)) {
            table.wrong(format!("[[supply]] id: {id} stands here twice"));
            return None;
        }
        if id.is_some() && roll_metres.is_some() && before.iter().any(|known| known.roll_metres.is_some()) {
            table.wrong("[[supply]] roll_metres: only one supply is the printer's paper");
            return None;
        }
        let (id, name) = table.both(("id", "name"), (id, name))?;
        Some(Self { id, name, safety, email, roll_metres })
    }
}
