//! A roll is called, or its list put out anew: in the book, on paper and by mail, in one change.

use crate::book::error::BookError;
use crate::book::roll::{Held, Roll};
use crate::book::roll_papers::{Issue, on_the_list};
use crate::book::rows::entry::Entry;
use crate::book::rows::rolls::{Head, RollId, damaged, newest_pages, open_head, take_places};
use crate::book::rows::{in_zone, zone_of};
use crate::book::{Book, Change, outbox};
use crate::config::Lobby;
use crate::errand::{State, Work};
use crate::now::{Now, Wall};
use chrono::TimeDelta;
use rusqlite::{Connection, params};

/// So long after its call a roll that is called again is the same one: long enough for a finger that taps twice and for
/// two people who see the same smoke, and so short that a roll nobody ended does not silence the next fire.
const SAME_ROLL: TimeDelta = TimeDelta::minutes(2);

/// So long after the last tick people are still being ticked off: what they are ticked on goes on. Longer ago it may have
/// been another fire, and who was safe then need not be now.
const TICKED_WITHIN: TimeDelta = TimeDelta::minutes(30);

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
}

pub(in crate::book) fn end(change: &Change<'_>, roll: RollId) -> Result<(), BookError> {
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
