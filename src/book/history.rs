//! Looking through all visits: by words, host, type and time, newest first. Owns what words mean; what visits are found
//! by is in `findable`.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::findable::{self, Asked};
use crate::book::rows::{ERASED, in_zone};
use crate::now::{Now, Wall};
use crate::pinyin::keys::{self, Piece};
use crate::pinyin::people::{People, Person};
use crate::pinyin::spelling::beginnings;
use crate::typed;
use crate::visit::{Host, Visit, VisitId, Wanted, fold};
use chrono::{Datelike, Days, NaiveDate};
use rusqlite::{OptionalExtension, params};

/// So many hosts may be meant by one word.
const HOSTS: usize = 200;

/// Days are looked for one by one up to so many, months beyond.
const DAYS: i64 = 62;

/// Beyond so many months the time says little, and is only looked at in what was found.
const MONTHS: i64 = 36;

impl Book {
    /// The visits that fit, newest first, at most so many; after this one of them. While [`Book::is_being_indexed`] the
    /// oldest are found by nothing but their time.
    ///
    /// # Errors
    /// The book failed.
    pub fn search(
        &self,
        wanted: &Wanted,
        after: Option<VisitId>,
        most: usize,
    ) -> Result<Vec<Visit>, BookError> {
        let Some(asked) = self.asked(wanted)? else { return Ok(Vec::new()) };
        let before: i64 = match after {
            None => i64::MAX,
            Some(id) => {
                let mut row = self.connection.prepare_cached("SELECT rowid FROM visits WHERE id = ?")?;
                row.query_row([id.0.to_string()], |row| row.get(0)).optional()?.unwrap_or(0)
            }
        };
        let from = wanted.from.map_or(i64::MIN, |from| from.timestamp_millis());
        let until = wanted.until.map_or(i64::MAX, |until| until.timestamp_millis());
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        if asked.is_empty() {
            return self.visits(
                "rowid < ? AND arrived >= ? AND arrived < ? AND name <> ? ORDER BY rowid DESC LIMIT ?",
                params![before, from, until, ERASED, limit],
            );
        }
        let asked = Asked::All(asked);
        // The index is walked from its newest end, and left as soon as there are enough.
        let mut rows = self.connection.prepare_cached(
            "SELECT visits.id FROM findable CROSS JOIN visits ON visits.rowid = findable.rowid
             WHERE findable MATCH ?1 AND findable.rowid < ?2 AND arrived >= ?3 AND arrived < ?4
             ORDER BY findable.rowid DESC LIMIT ?5",
        )?;
        let is_loose = asked.is_loose();
        let limit = if is_loose { -1 } else { limit };
        let rows = rows.query_map(params![asked.question(), before, from, until, limit], |row| {
            row.get::<_, String>(0)
        })?;
        let mut found = Vec::new();
        for id in rows {
            let mut visits = self.visits("id = ?", [id?])?;
            visits.retain(|visit| !is_loose || asked.fits(visit));
            found.append(&mut visits);
            if found.len() >= most {
                break;
            }
        }
        Ok(found)
    }

    /// What is asked of the index; empty: all visits; none: nothing can fit.
    fn asked(&self, wanted: &Wanted) -> Result<Option<Vec<Asked>>, BookError> {
        let mut parts = Vec::new();
        let mut hosts = None;
        let words: Vec<&str> = wanted.words.split_whitespace().collect();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let named = wanted.types.iter().find(|(name, _)| begins_with(rest, name));
            let count = named.map_or(1, |(name, _)| name.split_whitespace().count());
            let (these, others) = rest.split_at(count);
            let texts = these.iter().map(|asked| self.said(asked, &mut hosts));
            let texts: Option<Vec<Asked>> = texts.collect::<Result<_, _>>()?;
            let kind = named.map(|(_, kind)| mark('k', kind));
            let ways: Vec<Asked> = texts.map(Asked::All).into_iter().chain(kind).collect();
            if ways.is_empty() {
                return Ok(None);
            }
            parts.push(Asked::Any(ways));
            rest = others;
        }
        parts.extend(wanted.host.as_ref().map(|host| mark('h', host)));
        parts.extend(wanted.kind.as_ref().map(|kind| mark('k', kind)));
        parts.extend(time(wanted));
        Ok(Some(parts))
    }

    /// A word as the index has it: a day, a part of a name, a company or a badge, or a host's; none: no word at all.
    fn said(&self, asked: &str, hosts: &mut Option<(People, Vec<Host>)>) -> Result<Option<Asked>, BookError> {
        if let Some(mark) = dated(asked) {
            return Ok(Some(Asked::Mark(mark)));
        }
        let pieces: Vec<Asked> = keys::pieces(asked).into_iter().map(piece).collect();
        if pieces.is_empty() {
            return Ok(None);
        }
        let (people, hosts) = match hosts {
            Some(hosts) => hosts,
            None => hosts.insert(self.findable_hosts()?),
        };
        let mut ways = vec![Asked::All(pieces)];
        let meant = people.find(asked, HOSTS);
        ways.extend(meant.into_iter().map(|at| mark('h', &hosts[at].id)));
        Ok(Some(Asked::Any(ways)))
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
        let lines = lines.query_map([subject], |row| Ok((row.get("at")?, row.get::<_, String>("body")?)))?;
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
        let change = self.change(now)?;
        change.log(&entry, "")?;
        Ok(change.commit()?)
    }
}

/// Whether what is asked begins with all the words of this name.
fn begins_with(asked: &[&str], name: &str) -> bool {
    let mut asked = asked.iter();
    !name.is_empty() && name.split_whitespace().all(|word| asked.next().is_some_and(|one| fold(one) == word))
}

/// The mark of a day or a month, as people write them: `2026-11-23`, `2026/11/23`, `2026年11月`.
fn dated(asked: &str) -> Option<String> {
    let of_month = || typed::month(asked).map(|first| findable::month(first.year(), first.month()));
    typed::day(asked).map(findable::day).or_else(of_month)
}

fn mark(what: char, key: &str) -> Asked {
    Asked::Mark(findable::key(what, key))
}

/// Signs must stand together; a word may go on, and may be a badge's number.
fn piece(piece: Piece) -> Asked {
    match piece {
        Piece::Signs(signs) => Asked::Signs(signs),
        Piece::Word(word) => {
            let mut rest = word.chars();
            let letter = rest.next().is_some_and(|c| c.is_ascii_lowercase());
            let badge = letter && rest.clone().next().is_some() && rest.all(|c| c.is_ascii_digit());
            let badge = badge.then(|| Asked::MarkBegins(findable::badge(&word)));
            let otherwise = beginnings(&word).into_iter().filter(|way| *way != word).map(Asked::Word);
            let ways: Vec<Asked> = badge.into_iter().chain(otherwise).collect();
            Asked::Any(ways.into_iter().chain([Asked::Word(word)]).collect())
        }
    }
}

/// The days or months that the time touches, with one more at each end: a visit's day is that of its own zone.
fn time(wanted: &Wanted) -> Option<Asked> {
    let (from, until) = (wanted.from?.date_naive(), wanted.until?.date_naive());
    let (first, last) = (from.checked_sub_days(Days::new(1))?, until.checked_add_days(Days::new(1))?);
    let days = (last - first).num_days();
    let marks: Vec<Asked> = if days <= DAYS {
        first.iter_days().take_while(|at| *at <= last).map(|at| Asked::Mark(findable::day(at))).collect()
    } else {
        let number = |at: NaiveDate| i64::from(at.year()) * 12 + i64::from(at.month0());
        if number(last) - number(first) > MONTHS {
            return None;
        }
        let months = number(first)..=number(last);
        months
            .filter_map(|at| Some((i32::try_from(at / 12).ok()?, u32::try_from(at % 12).ok()? + 1)))
            .map(|(year, month)| Asked::Mark(findable::month(year, month)))
            .collect()
    };
    Some(Asked::Any(marks))
}
