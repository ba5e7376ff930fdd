//! What a look over the book finds, and how it is said to staff: which row, and never what stands in it.

use crate::words::{Lang, words};
use serde::{Deserialize, Serialize};

/// Something in the book that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// SQLite cannot read the file as it should be; carries what it says.
    File(String),
    /// From this line on the journal proves nothing.
    Journal(i64),
    /// A row is not as it was written, or another program wrote it.
    Changed {
        /// Its table.
        table: String,
        /// Its number.
        row: i64,
    },
    /// A row is gone, and this program did not take it away.
    Gone {
        /// Its table.
        table: String,
        /// Its number.
        row: i64,
    },
    /// A visit is not as the journal tells it.
    Told {
        /// The number of its row.
        row: i64,
        /// In what they differ.
        columns: String,
    },
}

impl Fault {
    /// The same in words.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::File(why) => words!(lang, "fault-file", why = why),
            Self::Journal(line) => words!(lang, "fault-journal", line = line),
            Self::Changed { table, row } => words!(lang, "fault-changed", table = table, row = row),
            Self::Gone { table, row } => words!(lang, "fault-gone", table = table, row = row),
            Self::Told { row, columns } => words!(lang, "fault-told", row = row, columns = columns),
        }
    }
}
