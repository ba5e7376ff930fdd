//! Hosts and invitations out of CSV files, as office programs save them: UTF-8 or GB18030, comma,
//! semicolon or tab, column names in English or Chinese. All or nothing; every bad row is named.
//! Touches no book.

mod hosts;
mod invitations;
mod office;
mod remarks;
mod table;

use crate::visit::{MailAddress, fold};
use crate::words::{Lang, Texts};
use std::collections::BTreeMap;
use table::Cells;

pub use hosts::hosts;
pub use invitations::{Owner, Secrets, invitations};
pub use remarks::{UTF8_ONLY, host_remarks, invitation_remarks};
pub use table::{ReadError, RowProblem, read};

fn yes_or_no(text: &str) -> Result<bool, String> {
    match fold(text).as_str() {
        "" | "no" | "0" | "false" | "否" => Ok(false),
        "yes" | "1" | "true" | "是" => Ok(true),
        _ => Err("yes or no is expected".to_owned()),
    }
}

fn mail_address(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    MailAddress::parse(text).map(String::from).ok_or_else(|| "this is not a mail address".to_owned())
}

fn language(word: &str) -> Option<Lang> {
    match word {
        "中文" => Some(Lang::ZH),
        "英文" | "English" => Some(Lang::EN),
        code => code.parse().ok().filter(Lang::is_spoken),
    }
}

/// A column with the common wording, and columns `…_en`, `…_zh` with better ones.
fn texts(row: &mut Cells, column: &'static str) -> Texts {
    Texts { base: row.text(column), by: wordings(row, column) }
}

fn wordings(row: &mut Cells, column: &'static str) -> BTreeMap<Lang, String> {
    let mut by = BTreeMap::new();
    for lang in [Lang::ZH, Lang::EN] {
        let text = row.text_in(column, lang);
        if !text.is_empty() {
            by.insert(lang, text);
        }
    }
    by
}

#[cfg(test)]
mod tests;
