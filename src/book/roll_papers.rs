//! The list of a roll call as it goes out: in the order in which whoever walks through the house finds people, on pages
//! for the printer, with or without names, and as a mail.

use crate::book::Change;
use crate::book::error::BookError;
use crate::book::rows::rolls::{RollId, marks};
use crate::book::rows::{errands, visits};
use crate::book::rules::letters::office_letter;
use crate::config::{Lobby, Reception};
use crate::errand::{
    About, BADGE_TAKES, Letter, OFFICE_GOOD_FOR, ROLL_GOOD_FOR, RollLine, RollMark, RollPage, State, Work,
};
use crate::now::{Now, Wall, wall_from_millis};
use crate::paper::letter::without_links;
use crate::paper::roll::marked;
use crate::visit::{Host, Visit, VisitId, fold};
use crate::words::{Lang, isolated};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many people stand on one page: 30 cm of paper, which even a slow printer does in 6 s.
const PEOPLE_A_PAGE: usize = 32;

/// One list that goes out.
pub(in crate::book) struct Issue {
    pub roll: RollId,
    /// When the roll was called.
    pub called: Wall,
    /// When this list was made.
    pub at: Wall,
    pub drill: bool,
    /// Which list of this roll, from 0.
    pub issue: u32,
    pub lines: Vec<RollLine>,
    pub lang: Lang,
}

impl Issue {
    /// Queues what of it goes on paper.
    pub fn print(&self, change: &Change<'_>, paper: Lobby) -> Result<(), BookError> {
        let pages = match paper {
            Lobby::Print => self.pages(&self.lines, |page, lines| page.lines = lines.to_vec()),
            Lobby::Numbers => self.pages(&self.counts(), |page, counts| page.counts = counts.to_vec()),
            Lobby::Mail => Vec::new(),
        };
        let mut good_for = ROLL_GOOD_FOR;
        for page in pages {
            change.queue(self.roll, &Work::Roll(page), good_for)?;
            good_for += BADGE_TAKES;
        }
        Ok(())
    }

    /// Queues the mails with the names to reception and to these addresses; none to whom the last one says the same.
    pub fn mail(&self, change: &Change<'_>, to: &[String]) -> Result<(), BookError> {
        let sent = errands::rows(change, "subject = ? ORDER BY rowid", [self.roll.0.to_string()])?;
        let sent: HashMap<&str, &Letter> = sent
            .iter()
            .filter(|row| !matches!(row.state, State::Failed(_) | State::Unknown(_)))
            .filter_map(|row| row.work.as_letter())
            .map(|letter| (letter.to.as_str(), letter))
            .collect();
        let to: BTreeSet<&String> = to.iter().chain(&change.reception.email).collect();
        for to in to {
            let letter = self.letter(to);
            if sent.get(to.as_str()).is_some_and(|last| last.lines == letter.lines) {
                continue;
            }
            let work = Work::Letter(letter);
            change.queue(self.roll, &work, OFFICE_GOOD_FOR)?;
        }
        Ok(())
    }

    /// The pages of these; one that says so where there is nobody.
    fn pages<T>(&self, all: &[T], fill: impl Fn(&mut RollPage, &[T])) -> Vec<RollPage> {
        let said_left = self.said_left();
        let people = u32::try_from(self.lines.len()).unwrap_or(u32::MAX).saturating_sub(said_left);
        let mut chunks: Vec<&[T]> = all.chunks(PEOPLE_A_PAGE).collect();
        if chunks.is_empty() {
            chunks.push(&[]);
        }
        let pages = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
        let page = |(page, chunk)| {
            let mut page = RollPage {
                at: self.called,
                drill: self.drill,
                page,
                pages,
                people,
                lines: Vec::new(),
                lang: self.lang,
                issue: self.issue,
                listed: (self.issue > 0).then_some(self.at),
                counts: Vec::new(),
                said_left,
            };
            fill(&mut page, chunk);
            page
        };
        (1..).zip(chunks).map(page).collect()
    }

    /// How many were signed out by number alone.
    fn said_left(&self) -> u32 {
        let said = self.lines.iter().filter(|line| line.said_left.is_some());
        u32::try_from(said.count()).unwrap_or(u32::MAX)
    }

    /// How many there are at each place, without those who were signed out by number alone.
    fn counts(&self) -> Vec<(String, u32)> {
        let mut counts = BTreeMap::new();
        for line in self.lines.iter().filter(|line| line.said_left.is_none()) {
            *counts.entry(line.area.clone()).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    fn letter(&self, to: &str) -> Letter {
        let words = |line: &RollLine| {
            let known = marked(line, self.lang).unwrap_or_default();
            // These two were typed by strangers.
            let (name, company) = (&without_links(&line.name), &without_links(&line.company));
            let parts = [&line.number, name, company, &line.area, &line.host, &line.host_phone, &known];
            let parts = parts.into_iter().filter(|part| !part.is_empty()).map(|part| isolated(part));
            parts.collect::<Vec<_>>().join(" · ")
        };
        let mut letter = office_letter(About::Roll { drill: self.drill }, to.to_owned(), self.lang, self.at);
        letter.party = u8::try_from(self.said_left()).unwrap_or(u8::MAX);
        letter.lines = self.lines.iter().map(words).collect();
        letter
    }
}

/// Whoever is on site, whoever was signed out by number alone, and whoever is missing, by area, host and name, so that whoever walks through the house with the
/// paper finds people where they are. The place of those who stand on no paper yet is 0.
pub(in crate::book) fn on_the_list(
    connection: &Connection,
    roll: RollId,
    hosts: &HashMap<String, Host>,
    reception: &Reception,
    now: Now,
) -> Result<Vec<(VisitId, RollLine)>, BookError> {
    let known = marks(connection, roll)?;
    let missing = "SELECT visit FROM roll_marks WHERE roll = ?1 AND mark = 'missing'";
    let condition = format!("\"left\" IS NULL OR (doubted = 1 AND closes > ?2) OR id IN ({missing})");
    let visits = visits::find(connection, &condition, params![roll.0.to_string(), now.millis()])?;
    let listed = visits.iter().map(|visit| {
        let mark = known.get(&visit.id);
        let mut line = line(visit, hosts.get(&visit.host_id), mark.map_or(0, |mark| mark.place), reception);
        line.mark = mark.and_then(|mark| {
            Some(RollMark { safe: mark.safe?, at: wall_from_millis(mark.at?, &visit.arrived) })
        });
        (visit.id, line)
    });
    let mut listed: Vec<(VisitId, RollLine)> = listed.collect();
    listed.sort_by_cached_key(|(_, line)| {
        (line.area.clone(), line.host.clone(), line.host_phone.clone(), fold(&line.name), line.number.clone())
    });
    Ok(listed)
}

/// Whoever has not been let in yet is in the lobby and not with the host.
pub(in crate::book) fn line(
    visit: &Visit,
    host: Option<&Host>,
    place: u32,
    reception: &Reception,
) -> RollLine {
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
        mark: None,
        said_left: visit.left.filter(|_| visit.doubted),
    }
}
