//! Roll calls: who is on site when one begins, in the order of the paper, and what is known of each. Owns the
//! order and the pages; lays nothing out, and needs neither network nor printer: the list stands in the book.

use super::errands;
use super::journal::{self, Entry};
use super::nights::office_letter;
use super::visits;
use super::{Book, BookError, in_zone, new_id, random, zone_of};
use crate::errand::{
    About, BADGE_TAKES, ErrandId, Letter, OFFICE_GOOD_FOR, ROLL_GOOD_FOR, RollLine, RollPage, State, Work,
};
use crate::now::{Now, Wall};
use crate::visit::{Host, Visit, VisitId, fold};
use crate::words::Lang;
use chrono::TimeDelta;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// So many people stand on one page: 30 cm of paper, which even a slow printer does in 6 s.
const PEOPLE_A_PAGE: usize = 32;

/// So long after its call a roll that is called again is the same one: long enough for a finger that taps twice and for
/// two people who see the same smoke, and so short that a roll nobody ended does not silence the next fire.
const SAME_ROLL: TimeDelta = TimeDelta::minutes(2);

/// A roll call's name in the book: UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RollId(pub Uuid);

impl From<RollId> for Uuid {
    fn from(id: RollId) -> Uuid {
        id.0
    }
}

/// A roll call as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// Its key.
    pub id: RollId,
    /// When it was called.
    pub at: Wall,
    /// It is a drill.
    pub drill: bool,
    /// Who called it.
    pub by: String,
    /// When it was ended.
    pub ended: Option<Wall>,
    /// Everyone who was on site when it was called, in the order of the paper, and behind them whoever has come since.
    pub people: Vec<Called>,
}

/// One person of a roll call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Their visit.
    pub visit: VisitId,
    /// What the paper says of them; the place is 0 for whoever came after the roll was called and stands on no paper.
    pub line: RollLine,
    /// Safe, or missing; none: not known yet.
    pub safe: Option<bool>,
    /// Who said so; empty where it is not known.
    pub by: String,
    /// When that was said.
    pub marked: Option<Wall>,
    /// When they left, where they have.
    pub left: Option<Wall>,
    /// They came after the roll was called.
    pub since: bool,
}

/// A roll call of before, without its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRoll {
    /// Its key.
    pub id: RollId,
    /// When it was called.
    pub at: Wall,
    /// It is a drill.
    pub drill: bool,
    /// Who called it; empty: whoever stood before the kiosk.
    pub by: String,
    /// When it was ended.
    pub ended: Wall,
    /// How many people were on site when it was called.
    pub people: usize,
    /// How many of them were said to be safe.
    pub safe: usize,
}

/// How the newest print of one page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollPrint {
    /// The page, from 1.
    pub page: u32,
    /// Its errand.
    pub errand: ErrandId,
    /// How that stands.
    pub state: State,
}

struct Head {
    id: RollId,
    at: Wall,
    drill: bool,
    by: String,
    ended: Option<Wall>,
}

impl Head {
    /// Whether this one is ended and called anew. A clock that was set back does not make it the same one.
    fn gives_way(&self, drill: bool, now: &Now) -> bool {
        let age = now.wall - self.at;
        let same = TimeDelta::zero() <= age && age < SAME_ROLL;
        match (self.drill, drill) {
            (false, true) => false,
            (true, false) => true,
            (false, false) | (true, true) => !same,
        }
    }
}

struct Mark {
    place: u32,
    safe: Option<bool>,
    by: String,
    at: Option<i64>,
}

const HEAD: &str = "SELECT id, at, drill, by, ended, zone, people, safe FROM rolls";

fn damaged(what: &str) -> BookError {
    BookError::Corrupt(format!("a roll call's {what}"))
}

fn head(row: &Row<'_>) -> Result<Head, BookError> {
    let zone = row.get(5)?;
    Ok(Head {
        id: RollId(Uuid::parse_str(&row.get::<_, String>(0)?).map_err(|_| damaged("id"))?),
        at: in_zone(row.get(1)?, zone),
        drill: row.get(2)?,
        by: row.get(3)?,
        ended: row.get::<_, Option<i64>>(4)?.map(|ended| in_zone(ended, zone)),
    })
}

fn open_head(connection: &Connection) -> Result<Option<Head>, BookError> {
    let mut open =
        connection.prepare_cached(&format!("{HEAD} WHERE ended IS NULL ORDER BY rowid DESC LIMIT 1"))?;
    open.query_row([], |row| Ok(head(row))).optional()?.transpose()
}

impl Book {
    /// Calls a roll: everyone on site now, in the book, on paper and by mail to reception and to these addresses. Called
    /// again within two minutes it is the same one, so that a finger that taps twice prints nothing twice; a real one
    /// ends a drill and a roll that is older, but no drill ends a real one.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn call_roll(&mut self, drill: bool, to: &[String], by: &str, now: Now) -> Result<Roll, BookError> {
        let hosts: HashMap<String, Host> =
            self.hosts()?.into_iter().map(|host| (host.id.clone(), host)).collect();
        let reception = self.reception.clone();
        let (change, chance) = self.change_at_random()?;
        match open_head(&change)? {
            Some(open) if open.gives_way(drill, &now) => end(&change, open.id, by, random(chance), now)?,
            Some(open) => {
                drop(change);
                return self.roll(open.id)?.ok_or_else(|| damaged("row"));
            }
            None => {}
        }
        let id = RollId(new_id(chance, now));
        let at = in_zone(now.millis(), zone_of(&now));
        change.execute(
            "INSERT INTO rolls (id, at, drill, by, zone) VALUES (?, ?, ?, ?, ?)",
            params![id.0.to_string(), now.millis(), drill, by, zone_of(&now)],
        )?;
        let visits = visits::find(&change, "\"left\" IS NULL", [])?;
        let called = in_order(visits, &hosts, &reception);
        for (visit, line) in &called {
            change
                .prepare_cached("INSERT INTO roll_marks (roll, visit, place) VALUES (?, ?, ?)")?
                .execute(params![id.0.to_string(), visit.0.to_string(), line.place])?;
        }
        let entry = Entry::RollCalled { drill, people: called.len(), by: by.to_owned() };
        journal::write(&change, &entry, &id.0.to_string(), random(chance), now)?;
        let lines: Vec<RollLine> = called.into_iter().map(|(_, line)| line).collect();
        let mut good_for = ROLL_GOOD_FOR;
        for page in pages(&lines, at, drill, reception.lang) {
            let errand = new_id(chance, now);
            errands::queue(&change, errand, id, &Work::Roll(page), good_for, random(chance), now)?;
            good_for += BADGE_TAKES;
        }
        let to: BTreeSet<&String> = to.iter().chain(&reception.email).collect();
        for to in to {
            let letter = Work::Letter(letter(&lines, at, drill, to, reception.lang));
            let errand = new_id(chance, now);
            errands::queue(&change, errand, id, &letter, OFFICE_GOOD_FOR, random(chance), now)?;
        }
        change.commit()?;
        self.roll(id)?.ok_or_else(|| damaged("row"))
    }

    /// One roll call, as it stands now.
    ///
    /// # Errors
    /// The book failed.
    pub fn roll(&self, id: RollId) -> Result<Option<Roll>, BookError> {
        let found = self
            .connection
            .prepare_cached(&format!("{HEAD} WHERE id = ?"))?
            .query_row([id.0.to_string()], |row| Ok(head(row)))
            .optional()?
            .transpose()?;
        found.map(|head| self.as_it_stands(head)).transpose()
    }

    /// The roll call that is open.
    ///
    /// # Errors
    /// The book failed.
    pub fn open_roll(&self) -> Result<Option<Roll>, BookError> {
        open_head(&self.connection)?.map(|head| self.as_it_stands(head)).transpose()
    }

    /// The last roll calls that are over, newest first, at most so many.
    ///
    /// # Errors
    /// The book failed.
    pub fn rolls(&self, most: usize) -> Result<Vec<PastRoll>, BookError> {
        let mut over = self
            .connection
            .prepare_cached(&format!("{HEAD} WHERE ended IS NOT NULL ORDER BY rowid DESC LIMIT ?"))?;
        let mut rows = over.query([i64::try_from(most).unwrap_or(i64::MAX)])?;
        let mut rolls = Vec::new();
        while let Some(row) = rows.next()? {
            let Head { id, at, drill, by, ended } = head(row)?;
            let Some(ended) = ended else { continue };
            let count = |column| -> Result<usize, BookError> {
                Ok(usize::try_from(row.get::<_, Option<i64>>(column)?.unwrap_or(0)).unwrap_or(0))
            };
            let (people, safe) = (count(6)?, count(7)?);
            rolls.push(PastRoll { id, at, drill, by, ended, people, safe });
        }
        Ok(rolls)
    }

    fn as_it_stands(&self, head: Head) -> Result<Roll, BookError> {
        let hosts: HashMap<String, Host> =
            self.hosts()?.into_iter().map(|host| (host.id.clone(), host)).collect();
        let marks = self.marks(head.id)?;
        let until = head.ended.map_or(i64::MAX, |ended| ended.timestamp_millis());
        // Whoever was called, whoever came after, and whoever came back with the badge of an earlier visit.
        let visits = self.visits(
            "id IN (SELECT visit FROM roll_marks WHERE roll = ?1) OR (arrived > ?2 AND arrived <= ?3)
             OR (?4 AND \"left\" IS NULL) ORDER BY rowid",
            params![head.id.0.to_string(), head.at.timestamp_millis(), until, head.ended.is_none()],
        )?;
        let mut people: Vec<Called> = visits
            .into_iter()
            .map(|visit| {
                let mark = marks.get(&visit.id);
                let place = mark.map_or(0, |mark| mark.place);
                Called {
                    visit: visit.id,
                    line: line(&visit, hosts.get(&visit.host_id), place, &self.reception),
                    safe: mark.and_then(|mark| mark.safe),
                    by: mark.map(|mark| mark.by.clone()).unwrap_or_default(),
                    marked: mark
                        .and_then(|mark| mark.at)
                        .map(|at| crate::now::wall_from_millis(at, &head.at)),
                    left: visit.left,
                    since: place == 0,
                }
            })
            .collect();
        people.sort_by_key(|called| (called.line.place == 0, called.line.place));
        let Head { id, at, drill, by, ended } = head;
        Ok(Roll { id, at, drill, by, ended, people })
    }

    fn marks(&self, roll: RollId) -> Result<HashMap<VisitId, Mark>, BookError> {
        let mut marks = self
            .connection
            .prepare_cached("SELECT visit, place, mark, by, at FROM roll_marks WHERE roll = ?")?;
        let mut rows = marks.query([roll.0.to_string()])?;
        let mut found = HashMap::new();
        while let Some(row) = rows.next()? {
            let visit = Uuid::parse_str(&row.get::<_, String>(0)?).map_err(|_| damaged("visit"))?;
            let mark = Mark {
                place: row.get(1)?,
                safe: row.get::<_, Option<String>>(2)?.map(|mark| mark == "safe"),
                by: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                at: row.get(4)?,
            };
            found.insert(VisitId(visit), mark);
        }
        Ok(found)
    }

    /// Somebody is safe, or missing, or neither is known any more; also whoever came after the roll was called. False
    /// where the roll call is over, or they are none of it.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn mark(
        &mut self,
        roll: RollId,
        visit: VisitId,
        safe: Option<bool>,
        by: &str,
        now: Now,
    ) -> Result<bool, BookError> {
        let salt = self.random();
        let change = self.change()?;
        let (subject, visit_id) = (roll.0.to_string(), visit.0.to_string());
        let open = change
            .prepare_cached("SELECT 1 FROM rolls WHERE id = ? AND ended IS NULL")?
            .exists([&subject])?;
        if !open {
            return Ok(false);
        }
        change.execute(
            "INSERT INTO roll_marks (roll, visit, place)
             SELECT ?1, id, 0 FROM visits
             WHERE id = ?2 AND (arrived > (SELECT at FROM rolls WHERE id = ?1) OR \"left\" IS NULL)
             ON CONFLICT DO NOTHING",
            [&subject, &visit_id],
        )?;
        let mark = safe.map(|safe| if safe { "safe" } else { "missing" });
        let (by_whom, at) = if safe.is_some() { (Some(by), Some(now.millis())) } else { (None, None) };
        let marked = change.execute(
            "UPDATE roll_marks SET mark = ?, by = ?, at = ? WHERE roll = ? AND visit = ?",
            params![mark, by_whom, at, subject, visit_id],
        )?;
        if marked == 0 {
            return Ok(false);
        }
        let entry = Entry::RollMarked { visit, safe, by: by.to_owned() };
        journal::write(&change, &entry, &visit_id, salt, now)?;
        change.commit()?;
        Ok(true)
    }

    /// A roll call is over: nothing more of it is printed. False where it was before.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn end_roll(&mut self, roll: RollId, by: &str, now: Now) -> Result<bool, BookError> {
        let salt = self.random();
        let change = self.change()?;
        let open = change
            .prepare_cached("SELECT 1 FROM rolls WHERE id = ? AND ended IS NULL")?
            .exists([roll.0.to_string()])?;
        if open {
            end(&change, roll, by, salt, now)?;
            change.commit()?;
        }
        Ok(open)
    }

    /// How the newest print of each page stands, in the order of the pages.
    ///
    /// # Errors
    /// The book failed.
    pub fn roll_pages(&self, roll: RollId) -> Result<Vec<RollPrint>, BookError> {
        let mut prints: Vec<RollPrint> = Vec::new();
        for (errand, page, state) in errands::roll_pages(&self.connection, roll.0)? {
            let print = RollPrint { page: page.page, errand, state };
            match prints.iter_mut().find(|earlier| earlier.page == print.page) {
                Some(earlier) => *earlier = print,
                None => prints.push(print),
            }
        }
        prints.sort_by_key(|print| print.page);
        Ok(prints)
    }

    /// Prints a page once more that failed, or that nobody saw come out, or that is wanted twice. False while it waits
    /// for the printer anyway, where there is no such page, and after the roll call.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn print_roll_page_again(
        &mut self,
        roll: RollId,
        page: u32,
        by: &str,
        now: Now,
    ) -> Result<bool, BookError> {
        let (change, chance) = self.change_at_random()?;
        let subject = roll.0.to_string();
        let open = change
            .prepare_cached("SELECT 1 FROM rolls WHERE id = ? AND ended IS NULL")?
            .exists([&subject])?;
        let newest =
            errands::roll_pages(&change, roll.0)?.into_iter().rfind(|(_, other, _)| other.page == page);
        let Some((errand, page, State::Done(_) | State::Failed(_) | State::Unknown(_))) = newest else {
            return Ok(false);
        };
        if !open {
            return Ok(false);
        }
        change.execute("UPDATE errands SET settled = 1 WHERE id = ?", [errand.0.to_string()])?;
        let entry = Entry::Settled { errand, again: true, by: by.to_owned() };
        journal::write(&change, &entry, &subject, random(chance), now)?;
        let again = new_id(chance, now);
        errands::queue(&change, again, roll, &Work::Roll(page), ROLL_GOOD_FOR, random(chance), now)?;
        change.commit()?;
        Ok(true)
    }
}

fn end(change: &Transaction<'_>, roll: RollId, by: &str, salt: [u8; 16], now: Now) -> Result<(), BookError> {
    let subject = roll.0.to_string();
    // Who they were is erased one day; how many they were is not.
    change.execute(
        "UPDATE rolls SET ended = ?1, (people, safe) =
             (SELECT count(*), count(CASE mark WHEN 'safe' THEN 1 END) FROM roll_marks WHERE roll = ?2 AND place > 0)
         WHERE id = ?2",
        params![now.millis(), subject],
    )?;
    journal::write(change, &Entry::RollEnded { by: by.to_owned() }, &subject, salt, now)
}

/// By area, host and name, so that whoever walks through the house with the paper finds people where they are.
fn in_order(
    visits: Vec<Visit>,
    hosts: &HashMap<String, Host>,
    reception: &crate::config::Reception,
) -> Vec<(VisitId, RollLine)> {
    let mut called: Vec<(VisitId, RollLine)> =
        visits.iter().map(|visit| (visit.id, line(visit, hosts.get(&visit.host_id), 0, reception))).collect();
    called.sort_by_cached_key(|(_, line)| {
        (line.area.clone(), line.host.clone(), line.host_phone.clone(), fold(&line.name), line.number.clone())
    });
    for (place, (_, line)) in (1..).zip(&mut called) {
        line.place = place;
    }
    called
}

/// Whoever has not been let in yet is in the lobby and not with the host.
fn line(visit: &Visit, host: Option<&Host>, place: u32, reception: &crate::config::Reception) -> RollLine {
    let lang = reception.lang;
    let with_host = host.map(|host| host.place.get(lang)).unwrap_or_default();
    let lobby = Some(reception.place.get(lang)).filter(|lobby| visit.waits() && !lobby.is_empty());
    RollLine {
        place,
        area: lobby.unwrap_or(with_host).to_owned(),
        host: host.map(|host| host.name.get(lang).to_owned()).unwrap_or_default(),
        host_phone: host.map(|host| host.phone.clone()).unwrap_or_default(),
        name: visit.details.name.to_string(),
        company: visit.details.company.as_ref().map(ToString::to_string).unwrap_or_default(),
        number: visit.badge.to_string(),
    }
}

/// The pages of these people; one that says so where there is nobody.
fn pages(lines: &[RollLine], at: Wall, drill: bool, lang: Lang) -> Vec<RollPage> {
    let people = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let mut chunks: Vec<&[RollLine]> = lines.chunks(PEOPLE_A_PAGE).collect();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    let pages = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
    (1..)
        .zip(chunks)
        .map(|(page, lines)| RollPage { at, drill, page, pages, people, lines: lines.to_vec(), lang })
        .collect()
}

fn letter(lines: &[RollLine], at: Wall, drill: bool, to: &str, lang: Lang) -> Letter {
    let words = |line: &RollLine| {
        let parts = [&line.number, &line.name, &line.company, &line.area, &line.host, &line.host_phone];
        let parts = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str);
        parts.collect::<Vec<_>>().join(" · ")
    };
    let mut letter = office_letter(About::Roll { drill }, to.to_owned(), lang, at);
    letter.lines = lines.iter().map(words).collect();
    letter
}
