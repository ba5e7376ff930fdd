//! `[[daily_check]]`: what reception looks at every day.

use super::table::Table;
use super::values::{filled, texts};
use crate::words::Texts;

/// Something that reception looks at every day.
#[derive(Clone, Debug, PartialEq)]
pub struct DailyCheck {
    /// Its key in the book.
    pub id: String,
    /// What is looked at.
    pub name: Texts,
}

impl DailyCheck {
    pub(super) fn read(table: &mut Table<'_>, before: &[Self]) -> Option<Self> {
        let (id, name) = (table.key("id", filled), table.key("name", texts));
        if let Some(id) = id.as_ref().filter(|id| before.iter().any(|known| known.id == **id)) {
            table.wrong(format!("[[daily_check]] id: {id} stands here twice"));
            return None;
        }
        let (id, name) = table.both(("id", "name"), (id, name))?;
        Some(Self { id, name })
    }
}
