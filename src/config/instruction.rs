//! `safety`, wherever it stands: which safety instruction visitors go through.

use super::table::Table;
use super::values::{a_path, filled, truth};
use std::path::PathBuf;

/// Where a safety instruction comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Instruction {
    /// The one that is built in.
    BuiltIn,
    /// A folder with one file for each language.
    Folder(PathBuf),
}

impl Instruction {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let read = table.key("safety", |value| match (truth(value), a_path(value)) {
            (Ok(built_in), _) => Ok(built_in.then_some(Self::BuiltIn)),
            (_, Ok(folder)) => Ok(Some(Self::Folder(PathBuf::from(folder)))),
            (_, Err(why)) if filled(value).is_ok() => Err(why),
            _ => Err("true for the built-in one, or the name of a folder is expected".to_owned()),
        });
        match read.flatten()? {
            Self::BuiltIn => Some(Self::BuiltIn),
            Self::Folder(folder) => Some(Self::Folder(table.in_folder(folder))),
        }
    }
}
