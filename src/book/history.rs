//! Looking through all visits: by words, host, type and time, newest first. Owns the index of what visits are found by,
//! which is written in the change that writes the visit; what was erased is in it no more.

use super::journal::{self, Entry};
use super::{Book, BookError, in_zone};
use crate::now::{Now, Wall};
use crate::pinyin::keys::{self, Piece};
use crate::pinyin::people::{People, Person};
use crate::pinyin::spelling::beginnings;
use crate::typed;
use crate::visit::{Host, Visit, VisitId, Wanted, fold};
use chrono::{Datelike, Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// So many hosts may be meant by one word.
const HOSTS: usize = 200;
/// Days are looked for one by one up to so many, months beyond.
const DAYS: i64 = 62;
/// Beyond so many months the time says little, and is only looked at in what was found.
const MONTHS: i64 = 36;

/// Writes what a visit is found by, instead of what it was found by before. To be called in the change that registers
/// or corrects it.
pub(super) fn index(change: &Connection, visit: &Visit) -> Result<(), BookError> {
    let row: Option<i64> = change
        .prepare_cached("SELECT rowid FROM visits WHERE id = ?")?
        .query_row([visit.id.0.to_string()], |row| row.get(0))
        .optional()?;
    let Some(row) = row else { return Ok(()) };
    change.prepare_cached("DELETE FROM found WHERE rowid = ?")?.execute([row])?;
    let details = &visit.details;
    let company = details.company.as_ref().map(|company| company.as_str()).unwrap_or_default();
    let mut sounds: BTreeSet<String> = keys::keys(details.name.as_str());
    sounds.extend(keys::keys(company));
    let sounds: Vec<String> = sounds.into_iter().collect();
    let mut marks = vec![
        visit.badge.to_string().to_lowercase(),
        mark('h', &visit.host_id),
        day(visit.arrived.date_naive()),
        month(visit.arrived.year(), visit.arrived.month()),
    ];
    marks.extend(visit.kind.as_ref().map(|kind| mark('k', &kind.id)));
    change
        .prepare_cached("INSERT INTO found (rowid, name, company, sounds, marks) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![
            row,
            tokens(details.name.as_str()),
            tokens(company),
            sounds.join(" "),
            marks.join(" ")
        ])?;
    Ok(())
}

fn tokens(text: &str) -> String {
    let mut all = Vec::new();
    for piece in keys::pieces(text) {
        match piece {
            Piece::Signs(signs) => all.extend(signs.into_iter().map(String::from)),
            Piece::Word(word) => all.push(word),
        }
    }
    all.join(" ")
}

/// A key of the company's own, as one word. Like a day's and a month's it begins with a digit: no badge does.
fn mark(what: char, key: &str) -> String {
    format!("0{what}{}", data_encoding::HEXLOWER.encode(key.as_bytes()))
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%dd").to_string()
}

fn month(year: i32, month: u32) -> String {
    format!("{year:04}{month:02}m")
}

impl Book {
    /// The visits that fit, newest first, at most so many; after this one of them.
    ///
    /// # Errors
    /// The book failed.
    pub fn search(
        &self,
        wanted: &Wanted,
        after: Option<VisitId>,
        most: usize,
    ) -> Result<Vec<Visit>, BookError> {
        let Some(found) = self.expression(wanted)? else { return Ok(Vec::new()) };
        let before: i64 = match after {
            None => i64::MAX,
            Some(id) => {
                let mut row = self.connection.prepare_cached("SELECT rowid FROM visits WHERE id = ?")?;
                row.query_row([id.0.to_string()], |row| row.get(0)).optional()?.unwrap_or(0)
            }
        };
        let from = wanted.from.map_or(i64::MIN, |from| from.timestamp_millis());
        let until = wanted.until.map_or(i64::MAX, |until| until.timestamp_millis());
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        if found.is_empty() {
            return self.visits(
                "rowid < ? AND arrived >= ? AND arrived < ? AND name <> ? ORDER BY rowid DESC LIMIT ?",
                params![before, from, until, super::ERASED, most],
            );
        }
        // The index is walked from its newest end, and left as soon as there are enough.
        let mut rows = self.connection.prepare_cached(
            "SELECT visits.id FROM found CROSS JOIN visits ON visits.rowid = found.rowid
             WHERE found MATCH ?1 AND found.rowid < ?2 AND arrived >= ?3 AND arrived < ?4
             ORDER BY found.rowid DESC LIMIT ?5",
        )?;
        let rows =
            rows.query_map(params![found, before, from, until, most], |row| row.get::<_, String>(0))?;
        let mut visits = Vec::new();
        for id in rows {
            visits.extend(self.visits("id = ?", [id?])?);
        }
        Ok(visits)
    }

    /// The question for the index; empty: all visits; none: nothing can fit.
    fn expression(&self, wanted: &Wanted) -> Result<Option<String>, BookError> {
        let mut parts = Vec::new();
        let mut hosts = None;
        let words: Vec<&str> = wanted.words.split_whitespace().collect();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let named = wanted.types.iter().find(|(name, _)| begins_with(rest, name));
            let count = named.map_or(1, |(name, _)| name.split_whitespace().count());
            let (these, others) = rest.split_at(count);
            let texts = these.iter().map(|asked| self.said(asked, &mut hosts));
            let texts: Option<Vec<String>> = texts.collect::<Result<_, _>>()?;
            let kind = named.map(|(_, kind)| format!("marks : {}", mark('k', kind)));
            let ways: Vec<String> = texts.map(|texts| texts.join(" AND ")).into_iter().chain(kind).collect();
            if ways.is_empty() {
                return Ok(None);
            }
            parts.push(format!("({})", ways.join(" OR ")));
            rest = others;
        }
        parts.extend(wanted.host.as_ref().map(|host| format!("marks : {}", mark('h', host))));
        parts.extend(wanted.kind.as_ref().map(|kind| format!("marks : {}", mark('k', kind))));
        parts.extend(time(wanted));
        Ok(Some(parts.join(" AND ")))
    }

    /// A word as the index has it: a day, a part of a name, a company or a badge, or a host's; none: no word at all.
    fn said(
        &self,
        asked: &str,
        hosts: &mut Option<(People, Vec<Host>)>,
    ) -> Result<Option<String>, BookError> {
        if let Some(mark) = dated(asked) {
            return Ok(Some(format!("marks : {mark}")));
        }
        let pieces: Vec<String> = keys::pieces(asked).iter().map(piece).collect();
        if pieces.is_empty() {
            return Ok(None);
        }
        let (people, hosts) = match hosts {
            Some(hosts) => hosts,
            None => hosts.insert(self.findable_hosts()?),
        };
        let mut ways = vec![format!("({})", pieces.join(" AND "))];
        let meant = people.find(asked, HOSTS);
        ways.extend(meant.into_iter().map(|at| format!("marks : {}", mark('h', &hosts[at].id))));
        Ok(Some(format!("({})", ways.join(" OR "))))
    }

    fn findable_hosts(&self) -> Result<(People, Vec<Host>), BookError> {
        let hosts = self.hosts()?;
        let person = |host: &Host| Person {
            names: std::iter::once(&host.name.base).chain(host.name.by.values()).cloned().collect(),
            departments: Vec::new(),
        };
        let people: Vec<Person> = hosts.iter().map(person).collect();
        Ok((People::new(&people), hosts))
    }

    /// All that the journal still says of a visit, in order.
    ///
    /// # Errors
    /// The book failed.
    pub fn story(&self, id: VisitId) -> Result<Vec<(Wall, Entry)>, BookError> {
        let subject = id.0.to_string();
        let zone: Option<i32> = self
            .connection
            .prepare_cached("SELECT zone FROM visits WHERE id = ?")?
            .query_row([&subject], |row| row.get(0))
            .optional()?;
        let mut lines = self.connection.prepare_cached(
            "SELECT at, body FROM journal JOIN journal_bodies USING (seq) WHERE subject = ? ORDER BY seq",
        )?;
        let lines = lines.query_map([subject], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        lines
            .map(|line| {
                let (at, body) = line?;
                Ok((in_zone(at, zone.unwrap_or(0)), serde_json::from_str(&body)?))
            })
            .collect()
    }

    /// The journal tells that visits leave the book in a file.
    ///
    /// # Errors
    /// The book failed; they must not leave.
    pub fn exported(&mut self, count: usize, by: &str, now: Now) -> Result<(), BookError> {
        self.write_exported(Entry::Exported { count, numbers: None, by: by.to_owned() }, now)
    }

    /// The journal tells that the numbers of a period leave the book in a file, and of how many visits they are.
    ///
    /// # Errors
    /// The book failed; they must not leave.
    pub fn numbers_exported(
        &mut self,
        period: &str,
        count: usize,
        by: &str,
        now: Now,
    ) -> Result<(), BookError> {
        self.write_exported(
            Entry::Exported { count, numbers: Some(period.to_owned()), by: by.to_owned() },
            now,
        )
    }

    fn write_exported(&mut self, entry: Entry, now: Now) -> Result<(), BookError> {
        let salt = self.random();
        let change = self.change()?;
        journal::write(&change, &entry, "", salt, now)?;
        Ok(change.commit()?)
    }

    /// Writes the whole index anew; how many visits it holds then.
    ///
    /// # Errors
    /// The book failed; the index is as it was.
    pub fn index_anew(&mut self) -> Result<usize, BookError> {
        let change = self.change()?;
        let count = fill(&change)?;
        change.commit()?;
        Ok(count)
    }
}

/// Fills an index that is empty or stale, out of the visits that were not erased.
pub(super) fn fill(change: &Connection) -> Result<usize, BookError> {
    change.execute("DELETE FROM found", [])?;
    let mut ids = change.prepare("SELECT id FROM visits WHERE name <> ? ORDER BY rowid")?;
    let ids = ids.query_map([super::ERASED], |row| row.get::<_, String>(0))?;
    let mut count = 0;
    for id in ids {
        for visit in super::visits::find(change, "id = ?", [id?])? {
            index(change, &visit)?;
            count += 1;
        }
    }
    Ok(count)
}

/// Whether what is asked begins with all the words of this name.
fn begins_with(asked: &[&str], name: &str) -> bool {
    let mut asked = asked.iter();
    !name.is_empty() && name.split_whitespace().all(|word| asked.next().is_some_and(|one| fold(one) == word))
}

/// The mark of a day or a month, as people write them: `2026-11-23`, `2026/11/23`, `2026年11月`.
fn dated(asked: &str) -> Option<String> {
    let of_month = || typed::month(asked).map(|first| month(first.year(), first.month()));
    typed::day(asked).map(day).or_else(of_month)
}

/// Signs must stand together; a word may go on.
fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Signs(signs) => {
            let signs: Vec<String> = signs.iter().map(char::to_string).collect();
            format!("{{name company}} : \"{}\"", signs.join(" "))
        }
        Piece::Word(word) => {
            let word = word.replace('"', "");
            let mut rest = word.chars();
            let letter = rest.next().is_some_and(|c| c.is_ascii_lowercase());
            let badge = letter && rest.clone().next().is_some() && rest.all(|c| c.is_ascii_digit());
            let also = if badge { format!(" OR marks : \"{word}\" *") } else { String::new() };
            let otherwise = beginnings(&word).into_iter().filter(|way| *way != word);
            let also = otherwise.fold(also, |also, way| format!("{also} OR sounds : \"{way}\" *"));
            format!("({{name company sounds}} : \"{word}\" *{also})")
        }
    }
}

/// The days or months that the time touches, with one more at each end: a visit's day is that of its own zone.
fn time(wanted: &Wanted) -> Option<String> {
    let (from, until) = (wanted.from?.date_naive(), wanted.until?.date_naive());
    let (first, last) = (from.checked_sub_days(Days::new(1))?, until.checked_add_days(Days::new(1))?);
    let days = (last - first).num_days();
    let marks: Vec<String> = if days <= DAYS {
        first.iter_days().take_while(|at| *at <= last).map(day).collect()
    } else {
        let number = |at: NaiveDate| i64::from(at.year()) * 12 + i64::from(at.month0());
        if number(last) - number(first) > MONTHS {
            return None;
        }
        let months = number(first)..=number(last);
        months
            .filter_map(|at| Some(month(i32::try_from(at / 12).ok()?, u32::try_from(at % 12).ok()? + 1)))
            .collect()
    };
    Some(format!("marks : ({})", marks.join(" OR ")))
}
