//! What a look over the book finds, and how it is said to staff: which row, and never what stands in it.

use crate::words::Lang;
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
        let word = |zh: String, en: String| if lang == Lang::ZH { zh } else { en };
        match self {
            Self::File(why) => word(format!("数据文件已损坏：{why}"), format!("the file is damaged: {why}")),
            Self::Journal(line) => word(
                format!("日志第 {line} 行已损坏或被改动，此后的内容不能作为证明"),
                format!(
                    "journal line {line} is damaged or was changed; from there on the journal proves nothing"
                ),
            ),
            Self::Changed { table, row } => word(
                format!("表 {table} 第 {row} 行已损坏或被改动"),
                format!("row {row} of {table} is damaged or was changed"),
            ),
            Self::Gone { table, row } => {
                word(format!("表 {table} 缺少第 {row} 行"), format!("row {row} of {table} is missing"))
            }
            Self::Told { row, columns } => word(
                format!("来访记录第 {row} 行与日志不符（{columns}）"),
                format!("row {row} of visits does not match the journal ({columns})"),
            ),
        }
    }
}
