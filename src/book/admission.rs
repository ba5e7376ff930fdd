//! Whether a visitor may come in: asking the host, who stands in, and reception, one after the other, and
//! what they say.

use crate::book::badges::queue_badges;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::{hosts, visits};
use crate::book::rules::questions::{answer_until, question};
use crate::book::rules::{groups, letters};
use crate::book::{Book, CLOCK_SWAYS, parties};
use crate::errand::{ARRIVAL_GOOD_FOR, About, Earlier, State, Work};
use crate::now::Now;
use crate::visit::{Admission, Asked, Visit, VisitId, Witness};
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeSet;

impl Book {
    /// Asks the next one about everybody who was waiting too long.
    pub(in crate::book) fn ask_next(&mut self, now: Now) -> Result<(), BookError> {
        // Nobody is given longer: this was written before the clock was set back.
        let far = now.after(self.reception.answer_minutes + CLOCK_SWAYS).millis();
        let waiting = "\"left\" IS NULL AND next_asked";
        let mut late = self.visits(&format!("{waiting} <= ?"), [now.millis()])?;
        late.extend(self.visits(&format!("{waiting} > ?"), [far])?);
        for visit in late {
            let (Admission::Waiting(asked), Some(host)) = (&visit.admission, self.host(&visit.host_id)?)
            else {
                continue;
            };
            let next = if *asked == Asked::Host { Asked::Deputy } else { Asked::Reception };
            // A mail that is only late still goes out.
            let may_answer = self.errands_of(visit.id)?.into_iter().any(|entry| {
                matches!(entry.about, Some(About::MayCome(_))) && !matches!(entry.state, State::Failed(_))
            });
            let earlier = if may_answer { Earlier::Silent } else { Earlier::Unreachable };
            let mut everybody = visit.clone();
            everybody.details.party = party(&self.group(visit.id)?, &visit);
            let question = question(&self.connection, &self.reception, &everybody, &host, (next, earlier))?;
            let until = answer_until(&self.reception, question.asked, now);
            let change = self.change(now)?;
            let admission = Admission::Waiting(question.asked);
            let still = change.execute(
                // Those who joined wait for the same answer.
                "UPDATE visits SET admission = ?1, next_asked = iif(id = ?3, ?2, NULL)
                 WHERE (id = ?3 OR leader = ?3) AND \"left\" IS NULL AND admission = ?4",
                params![
                    serde_json::to_string(&admission)?,
                    until,
                    visit.id.0.to_string(),
                    serde_json::to_string(&visit.admission)?
                ],
            )?;
            // Somebody has just answered.
            if still == 0 {
                continue;
            }
            let entry = Entry::Asked { who: question.asked };
            change.log(&entry, &visit.id.0.to_string())?;
            if let Some(letter) = question.letter {
                let work = Work::Letter(letter);
                change.queue(visit.id, &work, ARRIVAL_GOOD_FOR)?;
            }
            change.commit()?;
        }
        Ok(())
    }

    /// Everybody who waits to be let in, first come first; of a group that waits its leader.
    ///
    /// # Errors
    /// The book failed.
    pub fn waiting(&self) -> Result<Vec<Visit>, BookError> {
        let mut waiting: Vec<Visit> = self.open_visits()?.into_iter().filter(Visit::waits).collect();
        let ids: BTreeSet<VisitId> = waiting.iter().map(|visit| visit.id).collect();
        waiting.retain(|visit| visit.leader.is_none_or(|leader| !ids.contains(&leader)));
        Ok(waiting)
    }

    /// Lets a waiting visitor and their group in: their badges and the letter to their host are queued. Whoever lets
    /// them in vouches for an agreement that they could not sign. False where they wait no more.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn admit(&mut self, id: VisitId, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let reception = change.reception;
        let Some(mut visit) = still_waiting(&change, id)? else { return Ok(false) };
        let Some(host) = hosts::one(&change, &visit.host_id)? else { return Ok(false) };
        // Who has joined until now is let in with the others; who is in already has a badge.
        let mut group = groups::here(&change, id)?;
        group.retain(Visit::waits);
        visit.admission = Admission::Admitted;
        let vouches = Witness::By(by.to_owned());
        visit.agreement.witness = visit.agreement.witness.map(|_| vouches.clone());
        answered(&change, &visit, None)?;
        change.execute(
            "UPDATE visits SET witness = ?1 WHERE (id = ?2 OR leader = ?2) AND \"left\" IS NULL AND witness = ?3",
            params![
                serde_json::to_string(&vouches)?,
                id.0.to_string(),
                serde_json::to_string(&Witness::Reception)?
            ],
        )?;
        note_answer(&change, id, now)?;
        let entry = Entry::Admitted { by: change.by() };
        change.log(&entry, &id.0.to_string())?;
        queue_badges(&change, &group, &host)?;
        visit.details.party = party(&group, &visit);
        let led = visit.leader.map(|leader| visits::one(&change, leader)).transpose()?.flatten();
        let back = visits::came_back(&change, &visit)?;
        let about = if back.is_some() { About::CameBack } else { About::Arrival };
        visit.arrived = back.unwrap_or(visit.arrived);
        if let Some(mut letter) = letters::host_letter(&change, reception, &visit, &host, about)? {
            letter.circumstances.group =
                led.map(|leader| leader.details.name.to_string()).unwrap_or_default();
            let letter = Work::Letter(letter);
            change.queue(id, &letter, ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(true)
    }

    /// Declines a waiting visitor and their group, with a word for them that may be empty: their visit is over,
    /// and nothing is printed. False where they wait no more.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn decline(&mut self, id: VisitId, by: &str, word: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let Some(mut visit) = still_waiting(&change, id)? else { return Ok(false) };
        visit.admission = Admission::Declined(word.to_owned());
        answered(&change, &visit, Some(now.millis()))?;
        parties::invite_no_more(&change, id)?;
        note_answer(&change, id, now)?;
        let entry = Entry::Declined { by: change.by(), word: word.to_owned() };
        change.log(&entry, &id.0.to_string())?;
        change.commit()?;
        Ok(true)
    }
}

/// How many come with this visitor: those announced, or those who have come, if they are more.
fn party(group: &[Visit], leader: &Visit) -> u8 {
    let here = u8::try_from(group.len().saturating_sub(1)).unwrap_or(u8::MAX);
    leader.details.party.max(here)
}

/// When it was answered, for the numbers.
fn note_answer(change: &Transaction<'_>, id: VisitId, now: Now) -> Result<(), BookError> {
    change
        .prepare_cached(
            "UPDATE visits SET answered = ?1 WHERE (id = ?2 OR leader = ?2) AND answered IS NULL",
        )?
        .execute(params![now.millis(), id.0.to_string()])?;
    Ok(())
}

/// The visit, if it is still to be answered about.
fn still_waiting(change: &Connection, id: VisitId) -> Result<Option<Visit>, BookError> {
    Ok(visits::one(change, id)?.filter(|visit| visit.left.is_none() && visit.waits()))
}

/// Writes the answer for the whole group.
fn answered(change: &Transaction<'_>, visit: &Visit, left: Option<i64>) -> Result<(), BookError> {
    change.execute(
        "UPDATE visits SET admission = ?1, next_asked = NULL, \"left\" = ?2
         WHERE (id = ?3 OR leader = ?3) AND \"left\" IS NULL AND admission LIKE '{\"waiting\"%'",
        params![serde_json::to_string(&visit.admission)?, left, visit.id.0.to_string()],
    )?;
    Ok(())
}
