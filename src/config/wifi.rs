//! `[wifi]`: the network for visitors.

use super::table::Table;
use super::values::{filled, text};

/// The network for visitors.
#[derive(Clone, Debug, PartialEq)]
pub struct Wifi {
    /// The network's name.
    pub name: String,
    /// Its password; may be empty.
    pub password: String,
}

impl Wifi {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let name = table.key("name", filled);
        let password = table.key("password", text).unwrap_or_default();
        if !table.says("name") {
            table.wrong("[wifi] name: the network's name is expected");
        }
        name.map(|name| Self { name, password })
    }
}
