//! `[[way]]`: how to get from reception to where hosts are.

use super::instruction::Instruction;
use super::table::Table;
use super::values::{filled, texts};
use crate::words::Texts;

/// How to get from reception to a room, a floor or a house.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// How the places of hosts begin that this is the way to.
    pub to: String,
    /// The way.
    pub say: Texts,
    /// The safety instruction that whoever sees a host there goes through.
    pub safety: Option<Instruction>,
}

impl Way {
    /// Whether this place, in any language, begins as the way's places do.
    pub fn leads_to(&self, place: &Texts) -> bool {
        std::iter::once(&place.base).chain(place.by.values()).any(|place| place.starts_with(&self.to))
    }

    pub(super) fn read(table: &mut Table<'_>, _: &[Self]) -> Option<Self> {
        let (to, say) = (table.key("to", filled), table.key("say", texts));
        let safety = Instruction::read(table);
        let (to, say) = table.both(("to", "say"), (to, say))?;
        Some(Self { to, say, safety })
    }
}
