//! Roll calls: who is on site when one begins, in the order of the paper, and what is known of each. Owns the
//! order and the pages; lays nothing out, and needs neither network nor printer: the list stands in the book.

use crate::book::error::BookError;
use crate::book::roll_papers::{Issue, line, on_the_list};
use crate::book::rows::journal::Entry;
use crate::book::rows::rolls::{
    HEAD, Head, RollId, damaged, head, marks, newest_pages, open_head, take_places,
};
use crate::book::rows::{in_zone, zone_of};
use crate::book::{Book, Change, outbox};
use crate::config::Lobby;
use crate::errand::{ErrandId, ROLL_GOOD_FOR, RollLine, State, Work};
use crate::now::{Now, Wall};
use crate::visit::{Host, VisitId};
use chrono::TimeDelta;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;
use uuid::Uuid;

/// So long after its call a roll that is called again is the same one: long enough for a finger that taps twice and for
/// two people who see the same smoke, and so short that a roll nobody ended does not silence the next fire.
const SAME_ROLL: TimeDelta = TimeDelta::minutes(2);

/// So long after the last tick people are still being ticked off: what they are ticked on goes on. Longer ago it may have
/// been another fire, and who was safe then need not be now.
const TICKED_WITHIN: TimeDelta = TimeDelta::minutes(30);

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
    /// When its list was last put out: printed, or mailed.
    pub issued: Wall,
    /// Everyone who was on site when it was called, in the order of the paper, and behind them whoever has come since.
    pub people: Vec<Called>,
}

/// What came of holding down the button in the lobby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A roll was called.
    Called,
    /// Somebody is ticking people off: that roll goes on, with its ticks, and its list was put out anew.
    GoesOn,
    /// The list was put out less than two minutes ago: nothing new was.
    Nothing,
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
    /// They were signed out by number alone, and nobody has said whether it is so.
    pub doubted: bool,
    /// They came after the roll was called.
    pub since: bool,
}

impl Called {
    /// Whether nobody has to look for them.
    pub fn is_accounted_for(&self) -> bool {
        self.safe == Some(true) || (self.left.is_some() && !self.doubted)
    }
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

impl Head {
    /// Whether this one is ended and called anew.
    fn gives_way(&self, drill: bool, now: &Now) -> bool {
        match (self.drill, drill) {
            (false, true) => false,
            (true, false) => true,
            (false, false) | (true, true) => !is_just_now(&self.issued, now),
        }
    }
}

/// Whether that was less than two minutes ago. A clock that was set back does not make it so.
fn is_just_now(then: &Wall, now: &Now) -> bool {
    let age = now.wall - then;
    TimeDelta::zero() <= age && age < SAME_ROLL
}

impl Book {
    /// Calls a roll: everyone on site now, in the book, on paper and by mail to reception and to these addresses. Called
    /// again within two minutes it is the same one, so that a finger that taps twice prints nothing twice; a real one
    /// ends a drill and a roll that is older, but no drill ends a real one.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn call_roll(&mut self, drill: bool, to: &[String], by: &str, now: Now) -> Result<Roll, BookError> {
        let id = self.call(drill, Lobby::Print, to, by, now)?;
        self.roll(id)?.ok_or_else(|| damaged("row"))
    }

    /// The button in the lobby was held down; nobody knows by whom. A roll is called, and this goes on paper. Within two
    /// minutes of the last list nothing new does; a roll on which somebody is ticking people off goes on, with its ticks,
    /// and lists who came since. No other silences this one.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn call_roll_in_lobby(
        &mut self,
        lobby: Lobby,
        to: &[String],
        now: Now,
    ) -> Result<(RollId, Held), BookError> {
        if let Some(open) = open_head(&self.connection)?.filter(|open| !open.drill) {
            if is_just_now(&open.issued, &now) {
                return Ok((open.id, Held::Nothing));
            }
            if is_ticked_now(&self.connection, open.id, &now)? {
                let paper = self.paper_for(open.id, lobby)?;
                self.issue_roll(paper, to, "", now)?;
                return Ok((open.id, Held::GoesOn));
            }
            let paper = self.paper_for(open.id, lobby)?;
            return Ok((self.call(false, paper, to, "", now)?, Held::Called));
        }
        Ok((self.call(false, lobby, to, "", now)?, Held::Called))
    }

    /// What a new list has on paper: names, where somebody with a PIN wanted them and they have not all come out. The new
    /// list takes the place of what still waits for the printer.
    fn paper_for(&self, roll: RollId, lobby: Lobby) -> Result<Lobby, BookError> {
        let pages = newest_pages(&self.connection, roll)?;
        let wanted =
            pages.iter().any(|(_, page, state)| !page.lines.is_empty() && !matches!(state, State::Done(_)));
        Ok(if wanted { Lobby::Print } else { lobby })
    }

    fn call(
        &mut self,
        drill: bool,
        lobby: Lobby,
        to: &[String],
        by: &str,
        now: Now,
    ) -> Result<RollId, BookError> {
        let hosts = self.hosts_by_id()?;
        let change = self.change_by(by, now)?;
        let reception = change.reception;
        match open_head(&change)? {
            Some(open) if open.gives_way(drill, &now) => end(&change, open.id)?,
            Some(open) => return Ok(open.id),
            None => {}
        }
        let id = RollId(change.new_id());
        change.execute(
            "INSERT INTO rolls (id, at, drill, by, zone) VALUES (?, ?, ?, ?, ?)",
            params![id.0.to_string(), now.millis(), drill, by, zone_of(&now)],
        )?;
        let mut called = on_the_list(&change, id, &hosts, reception, now)?;
        take_places(&change, id, &mut called, 0)?;
        let entry = Entry::RollCalled { drill, people: called.len(), by: change.by() };
        change.log(&entry, &id.0.to_string())?;
        let at = in_zone(now.millis(), zone_of(&now));
        let lines = called.into_iter().map(|(_, line)| line).collect();
        let issue = Issue { roll: id, called: at, at, drill, issue: 0, lines, lang: reception.lang };
        issue.print(&change, lobby)?;
        issue.mail(&change, to)?;
        change.commit()?;
        Ok(id)
    }

    /// Puts the list of the open roll out anew, as it stands now: whoever is on site or missing, with what is ticked, and
    /// with those who came since, who are on the paper from then on. What still waits for the printer is taken back; a mail
    /// goes where the last one says something else. False where no roll is open.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn issue_roll(&mut self, paper: Lobby, to: &[String], by: &str, now: Now) -> Result<bool, BookError> {
        let hosts = self.hosts_by_id()?;
        let change = self.change_by(by, now)?;
        let reception = change.reception;
        let Some(open) = open_head(&change)? else { return Ok(false) };
        let subject = open.id.0.to_string();
        let mut listed = on_the_list(&change, open.id, &hosts, reception, now)?;
        let last: u32 = change
            .prepare_cached("SELECT ifnull(max(place), 0) FROM roll_marks WHERE roll = ?")?
            .query_row([&subject], |row| row.get(0))?;
        take_places(&change, open.id, &mut listed, last)?;
        outbox::take_back(&change, open.id.0, |work| matches!(work, Work::Roll(_)))?;
        let issue = open.issue + 1;
        change.execute(
            "UPDATE rolls SET issue = ?, issued = ? WHERE id = ?",
            params![issue, now.millis(), subject],
        )?;
        let entry = Entry::RollIssued { people: listed.len(), by: change.by() };
        change.log(&entry, &subject)?;
        let lines = listed.into_iter().map(|(_, line)| line).collect();
        let at = in_zone(now.millis(), zone_of(&now));
        let Head { id: roll, at: called, drill, .. } = open;
        let issue = Issue { roll, called, at, drill, issue, lines, lang: reception.lang };
        issue.print(&change, paper)?;
        issue.mail(&change, to)?;
        change.commit()?;
        Ok(true)
    }

    fn hosts_by_id(&self) -> Result<HashMap<String, Host>, BookError> {
        Ok(self.hosts()?.into_iter().map(|host| (host.id.clone(), host)).collect())
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
            let Head { id, at, drill, by, ended, .. } = head(row)?;
            let Some(ended) = ended else { continue };
            let count = |column: &str| -> Result<usize, BookError> {
                Ok(usize::try_from(row.get::<_, Option<i64>>(column)?.unwrap_or(0)).unwrap_or(0))
            };
            let (people, safe) = (count("people")?, count("safe")?);
            rolls.push(PastRoll { id, at, drill, by, ended, people, safe });
        }
        Ok(rolls)
    }

    fn as_it_stands(&self, head: Head) -> Result<Roll, BookError> {
        let hosts = self.hosts_by_id()?;
        let marks = marks(&self.connection, head.id)?;
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
                    doubted: visit.doubted,
                    since: place == 0,
                }
            })
            .collect();
        people.sort_by_key(|called| (called.line.place == 0, called.line.place));
        let Head { id, at, drill, by, ended, issued, .. } = head;
        Ok(Roll { id, at, drill, by, ended, issued, people })
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
        let change = self.change_by(by, now)?;
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
        let entry = Entry::RollMarked { visit, safe, by: change.by() };
        change.log(&entry, &visit_id)?;
        change.commit()?;
        Ok(true)
    }

    /// A roll call is over: nothing more of it is printed. False where it was before.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn end_roll(&mut self, roll: RollId, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let open = change
            .prepare_cached("SELECT 1 FROM rolls WHERE id = ? AND ended IS NULL")?
            .exists([roll.0.to_string()])?;
        if open {
            end(&change, roll)?;
            change.commit()?;
        }
        Ok(open)
    }

    /// How the newest print of each page of the newest list stands, in the order of the pages.
    ///
    /// # Errors
    /// The book failed.
    pub fn roll_pages(&self, roll: RollId) -> Result<Vec<RollPrint>, BookError> {
        let mut prints: Vec<RollPrint> = Vec::new();
        for (errand, page, state) in newest_pages(&self.connection, roll)? {
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
        let change = self.change_by(by, now)?;
        let subject = roll.0.to_string();
        let open = change
            .prepare_cached("SELECT 1 FROM rolls WHERE id = ? AND ended IS NULL")?
            .exists([&subject])?;
        let newest = newest_pages(&change, roll)?.into_iter().rfind(|(_, other, _)| other.page == page);
        let Some((errand, page, State::Done(_) | State::Failed(_) | State::Unknown(_))) = newest else {
            return Ok(false);
        };
        if !open {
            return Ok(false);
        }
        change.execute("UPDATE errands SET settled = 1 WHERE id = ?", [errand.0.to_string()])?;
        let entry = Entry::Settled { errand, again: true, by: change.by() };
        change.log(&entry, &subject)?;
        change.queue(roll, &Work::Roll(page), ROLL_GOOD_FOR)?;
        change.commit()?;
        Ok(true)
    }
}

fn end(change: &Change<'_>, roll: RollId) -> Result<(), BookError> {
    let subject = roll.0.to_string();
    // Who they were is erased one day; how many they were is not.
    change.execute(
        "UPDATE rolls SET ended = ?1, (people, safe) =
             (SELECT count(*), count(CASE mark WHEN 'safe' THEN 1 END) FROM roll_marks WHERE roll = ?2 AND place > 0)
         WHERE id = ?2",
        params![change.now.millis(), subject],
    )?;
    change.log(&Entry::RollEnded { by: change.by() }, &subject)
}

/// Whether somebody behind a PIN is ticking people off.
fn is_ticked_now(connection: &Connection, roll: RollId, now: &Now) -> Result<bool, BookError> {
    let last: Option<i64> = connection
        .prepare_cached("SELECT max(at) FROM roll_marks WHERE roll = ? AND mark IS NOT NULL")?
        .query_row([roll.0.to_string()], |row| row.get(0))?;
    Ok(last.is_some_and(|last| (now.millis() - last).abs() < TICKED_WITHIN.num_milliseconds()))
}
