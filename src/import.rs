//! Hosts and invitations out of CSV files, as office programs save them: UTF-8, UTF-16 or GB18030, comma,
//! semicolon or tab, column names in English or Chinese. All or nothing; every bad row is named, and every
//! row that no badge can be printed from. Touches no book.

mod encoding;
mod hosts;
mod invitations;
mod office;
mod table;
mod weekdays;

use crate::paper::fonts;
use crate::visit::{MailAddress, fold};
use crate::words::{self, Lang, Texts, words};
use std::collections::BTreeMap;
use table::Cells;

pub use hosts::hosts;
pub use invitations::{Owner, Secrets, invitations};
pub use table::{ReadError, RowProblem, read};

/// Why mail may not get to such an address.
pub const UTF8_ONLY: &str = "the part before the @ has letters beyond ASCII, so mail gets there only if every mail server \
     on the way takes such addresses (SMTPUTF8), which many do not";

/// What a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// The columns that were to be ignored, as they are headed.
    pub ignored: Vec<String>,
    /// What is no mistake, and will be in somebody's way, by line.
    pub warnings: Vec<RowProblem>,
}

/// Warns of the first sign that no badge can show: said while there is time, not when the visitor stands there.
fn printable(row: &mut Cells, column: &str, text: &str) {
    if let Some(sign) = fonts::first_missing(text) {
        let code = u32::from(sign);
        row.warn(
            column,
            format!(
                "the font has no \"{sign}\" (U+{code:04X}), so a badge with it cannot be printed; \
                 use other letters if you can"
            ),
        );
    }
}

/// The same for a text in every language.
fn printable_texts(row: &mut Cells, column: &str, texts: &Texts) {
    printable(row, column, &texts.base);
    for (lang, text) in &texts.by {
        printable(row, &format!("{column}_{lang}"), text);
    }
}

/// Warns of an address that mail may not get to.
fn reachable(row: &mut Cells, address: &str) {
    if MailAddress::parse(address).is_some_and(|address| address.needs_utf8()) {
        row.warn("email", format!("{address}: {UTF8_ONLY}"));
    }
}

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
    let is_called = |lang: &Lang| words!(*lang, "language-called").split(" · ").any(|name| name == word);
    let named = words::spoken().into_iter().find(is_called);
    named.or_else(|| word.parse().ok().filter(Lang::is_spoken))
}

/// A column with the common wording, and columns with better ones, such as `…_en`.
fn texts(row: &mut Cells, column: &'static str) -> Texts {
    Texts { base: row.text(column), by: wordings(row, column) }
}

fn wordings(row: &mut Cells, column: &'static str) -> BTreeMap<Lang, String> {
    let mut by = BTreeMap::new();
    for lang in words::spoken() {
        let text = row.text_in(column, lang);
        if !text.is_empty() {
            by.insert(lang, text);
        }
    }
    by
}

#[cfg(test)]
mod tests;
