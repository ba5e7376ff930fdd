//! Hosts out of a CSV file: whom visitors come to see. Owns their columns; touches no book.

use super::table::{Cells, Columns, RowProblem, Table};
use super::{List, printable_texts, texts, wordings, yes_or_no};
use crate::visit::{Host, fold};
use crate::words::{Lang, Texts};
use std::collections::{HashMap, HashSet};

/// The column names of hosts, each with its other names.
const COLUMNS: Columns<'_> = Columns {
    all: &[
        ("id", &["工号", "编号", "staff number"]),
        ("name", &["姓名", "接待人"]),
        ("department", &["部门"]),
        ("place", &["地点", "房间", "位置", "room"]),
        ("way", &["路线", "怎么走"]),
        ("email", &["邮箱", "电子邮件", "e-mail", "mail"]),
        ("phone", &["电话", "手机", "telephone"]),
        ("lang", &["语言", "language"]),
        ("deputy", &["代理人"]),
        ("contact", &["部门联系人"]),
        ("gone", &["离职"]),
    ],
    in_languages: &["name", "department", "place", "way"],
    needed: &["name", "email"],
};

/// The hosts of a file, whose columns with these names nobody reads; `known` are those that the book has.
///
/// # Errors
/// Every problem, with its line and column.
pub fn hosts(bytes: &[u8], ignore: &[String], known: &[Host]) -> Result<List<Host>, Vec<RowProblem>> {
    let mut table = Table::open(bytes, &COLUMNS, ignore)?;
    let mut seen = HashMap::new();
    let mut hosts = Vec::new();
    let mut without_id = Vec::new();
    let in_book: HashSet<&str> = known.iter().map(|old| old.id.as_str()).collect();
    while let Some(mut row) = table.next_row() {
        let host = host(&mut row);
        if row.text("id").is_empty() && !in_book.contains(host.id.as_str()) {
            without_id.push((row.line(), fold(&host.name.base)));
        }
        row.once(&mut seen, "id", &host.id);
        for (column, texts) in
            [("name", &host.name), ("department", &host.department), ("place", &host.place)]
        {
            printable_texts(&mut row, column, texts);
        }
        hosts.push((row.line(), host));
        row.finish(&mut table);
    }
    for (line, host) in &hosts {
        if host.deputy.as_ref() == Some(&host.id) {
            table.wrong(*line, "deputy", "nobody stands in for themselves".to_owned());
        }
        let is_known = |deputy: &&String| seen.contains_key(*deputy) || in_book.contains(deputy.as_str());
        if let Some(deputy) = host.deputy.as_ref().filter(|deputy| !is_known(deputy)) {
            table.wrong(*line, "deputy", format!("no row has the id {deputy}, nor has anybody in the book"));
        }
    }
    for (line, name) in without_id {
        let same_name = |old: &&Host| !old.gone && fold(&old.name.base) == name;
        if let Some(old) = known.iter().filter(same_name).find(|old| !seen.contains_key(&old.id)) {
            table.wrong(line, "id", somebody_new(old));
        }
    }
    table.finish(hosts.into_iter().map(|(_, host)| host).collect())
}

/// A row without an id goes by its address; with another address it would be another host, and the one of
/// before would stay.
fn somebody_new(old: &Host) -> String {
    let Host { id, name, .. } = old;
    format!(
        "{} is in the book already, with the id {id}; give this row that id if it is the same person, or an id of \
         its own if it is somebody else",
        name.base
    )
}

fn host(row: &mut Cells) -> Host {
    let base = row.parsed("name", |text| match text {
        "" => Err("a name is expected".to_owned()),
        name => Ok(name.to_owned()),
    });
    let name = Texts { base: base.unwrap_or_default(), by: wordings(row, "name") };
    let email = row.parsed("email", super::mail_address);
    let email = email.unwrap_or_default();
    super::reachable(row, &email);
    let lang = row.parsed("lang", |text| match text {
        "" => Ok(Lang::ZH),
        text => super::language(text).ok_or_else(|| "zh or en is expected".to_owned()),
    });
    let id = row.text("id");
    let id = if !id.is_empty() {
        id
    } else if !email.is_empty() {
        // As it is written: a host who is known by it stays the same one.
        row.text("email")
    } else {
        fold(&name.base)
    };
    let deputy = row.text("deputy");
    let contact = row.parsed("contact", yes_or_no).unwrap_or(false);
    let gone = row.parsed("gone", yes_or_no).unwrap_or(false);
    Host {
        id,
        department: texts(row, "department"),
        place: texts(row, "place"),
        way: texts(row, "way"),
        name,
        email,
        phone: row.text("phone"),
        lang: lang.unwrap_or(Lang::ZH),
        deputy: (!deputy.is_empty()).then_some(deputy),
        contact,
        gone,
    }
}
