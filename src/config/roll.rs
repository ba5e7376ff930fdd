//! `[roll]`: who gets the names of a roll call.

use super::table::Table;
use super::values::{list_of_addresses, one_of};

/// Roll calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roll {
    /// Who is written to besides reception.
    pub to: Vec<String>,
    /// What goes on paper where nobody with a PIN has called it.
    pub lobby: Lobby,
}

/// What of a roll call goes on paper. The names are mailed all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lobby {
    /// The names.
    #[default]
    Print,
    /// Nothing.
    Mail,
    /// How many people there are, and where.
    Numbers,
}

impl Roll {
    /// Who gets the names, and what the button in the lobby puts on paper: where the names reach somebody by mail, a
    /// passer-by gets numbers only; where they reach nobody, they are printed, for in a fire nobody would have them.
    pub(super) fn read(table: &mut Table<'_>, reception_is_mailed: bool) -> Self {
        let to = table.key("to", list_of_addresses).unwrap_or_default();
        let lobby = [("print", Lobby::Print), ("mail", Lobby::Mail), ("numbers", Lobby::Numbers)];
        let lobby = table.key("lobby", one_of(&lobby));
        let mailed = reception_is_mailed || !to.is_empty();
        if !mailed && matches!(lobby, Some(Lobby::Mail | Lobby::Numbers)) {
            let why = "the names would reach nobody: \"print\" is expected, or an address in [roll] to or [reception] email";
            table.object("lobby", why);
        }
        let otherwise = if mailed { Lobby::Numbers } else { Lobby::Print };
        Self { to, lobby: lobby.unwrap_or(otherwise) }
    }
}
