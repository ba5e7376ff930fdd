//! What runners report, and what follows from how an errand ended. After a power cut the book itself reports.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::errands::Row;
use crate::book::rules::letters::letter;
use crate::book::rules::recipients;
use crate::book::rules::relevance::is_over;
use crate::errand::{
    ARRIVAL_GOOD_FOR, About, ErrandId, Kind, Letter, OFFICE_GOOD_FOR, Outcome, Reader, State, Trouble, Work,
    wait_before_retry,
};
use crate::now::Now;
use crate::visit::{Admission, VisitId};
use rusqlite::params;

/// No errand is begun again before this many milliseconds have passed.
const SOONEST_RETRY_MILLIS: i64 = 250;

impl Book {
    /// A runner reports. An errand that no runner has is left as it is; but what was in doubt, or was to be begun anew,
    /// because the book or the program had failed is done after all, if its runner saw that.
    ///
    /// # Errors
    /// The book failed; the errand is still `sending`.
    pub fn ran(&mut self, id: ErrandId, outcome: Outcome, now: Now) -> Result<Option<State>, BookError> {
        let Some(row) = self.rows("id = ?", [id.0.to_string()])?.pop() else { return Ok(None) };
        let interrupted = [State::Unknown(Trouble::Interrupted), State::Queued(Some(Trouble::Interrupted))];
        let after_all = interrupted.contains(&row.state) && matches!(outcome, Outcome::Done(_));
        if row.state != State::Sending && !after_all {
            return Ok(Some(row.state));
        }
        let state = match outcome {
            Outcome::Done(seen) => State::Done(seen),
            Outcome::Failed(why) => State::Failed(why),
            Outcome::Unknown(why) => State::Unknown(why),
            Outcome::NotYet(why) if now.millis() > row.good_until => State::Failed(why),
            Outcome::NotYet(why) => State::Queued(Some(why)),
        };
        self.end(&row, state, now)?;
        Ok(Some(state))
    }

    /// Writes how an errand stands now, with what follows from it.
    pub(in crate::book) fn end(&mut self, row: &Row, state: State, now: Now) -> Result<(), BookError> {
        let over = is_over(&self.connection, row)?;
        let mut state = state;
        if let (State::Queued(why), true) = (state, over) {
            state = State::Failed(why.unwrap_or(Trouble::Late));
        }
        let letter = match (&row.work, state) {
            _ if over => None,
            (Work::Badge(_), State::Failed(why)) => self
                .letter_to_reception(VisitId(row.subject), About::NoBadge(why))?
                .map(|letter| (letter, ARRIVAL_GOOD_FOR)),
            (Work::Badge(_), State::Unknown(why)) => self
                .letter_to_reception(VisitId(row.subject), About::BadgeUnknown(why))?
                .map(|letter| (letter, ARRIVAL_GOOD_FOR)),
            (Work::Backup(_), State::Failed(why)) => {
                self.no_backup(why, now).map(|letter| (letter, OFFICE_GOOD_FOR))
            }
            _ => None,
        };
        let change = self.change(now)?;
        if let State::Queued(_) = state {
            let wait = wait_before_retry(row.work.kind(), ErrandId(row.id), row.tries);
            // Tried once more just before it is too late, but never at once: nothing has changed yet.
            let next = now.after(wait).millis().min(row.good_until).max(now.millis() + SOONEST_RETRY_MILLIS);
            change
                .prepare_cached("UPDATE errands SET next_try = ? WHERE id = ?")?
                .execute(params![next, row.id.to_string()])?;
        }
        change.errand_is(row.id, row.subject, state)?;
        if let (State::Done(_), Work::Badge(_)) = (state, &row.work) {
            change
                .prepare_cached("UPDATE visits SET badged = ? WHERE id = ? AND badged IS NULL")?
                .execute(params![now.millis(), row.subject.to_string()])?;
        }
        if let (State::Failed(_), Work::Letter(Letter { about: About::MayCome(asked), .. })) =
            (state, &row.work)
        {
            // Whoever cannot be asked cannot answer: the next one's turn has come, if it is still theirs.
            let waits = serde_json::to_string(&Admission::Waiting(*asked))?;
            change.execute(
                "UPDATE visits SET next_asked = ? WHERE id = ? AND next_asked IS NOT NULL AND admission = ?",
                params![now.millis(), row.subject.to_string(), waits],
            )?;
        }
        if let Some((letter, good_for)) = letter {
            change.queue(row.subject, &Work::Letter(letter), good_for)?;
        }
        Ok(change.commit()?)
    }

    fn letter_to_reception(&self, visit: VisitId, about: About) -> Result<Option<Letter>, BookError> {
        let Some(visit) = self.visit(visit)? else { return Ok(None) };
        let Some(host) = self.host(&visit.host_id)? else { return Ok(None) };
        let to = recipients::first(&self.connection, &self.reception, &host, &[Reader::Reception])?;
        Ok(to.map(|recipient| letter(&visit, &host, about, recipient, &self.reception.place)))
    }

    /// What a power cut left with a runner: a letter is sent again under the same Message-ID, a badge may
    /// have come out, so somebody must look.
    pub(in crate::book) fn take_up(&mut self, now: Now) -> Result<(), BookError> {
        if self.connection.query_row("SELECT max(seq) IS NULL FROM journal", [], |row| row.get(0))? {
            let change = self.change(now)?;
            change.log(&Entry::Begun, "")?;
            change.commit()?;
        }
        for row in self.rows("state = 'sending'", [])? {
            let state = match row.work.kind() {
                Kind::Paper => State::Unknown(Trouble::Interrupted),
                Kind::Letter | Kind::File => State::Queued(Some(Trouble::Interrupted)),
            };
            self.end(&row, state, now)?;
        }
        Ok(())
    }
}
