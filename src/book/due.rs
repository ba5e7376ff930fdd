//! Errands whose time has come: marked before a runner gets them. First run, retry and recovery are the same path. The
//! printer gets one piece of paper at a time: what it has not been given can still be taken back, and no power cut makes
//! it doubtful.

use crate::book::error::BookError;
use crate::book::rows::errands::Row;
use crate::book::rows::in_zone;
use crate::book::rules::relevance::is_over;
use crate::book::{Book, CLOCK_SWAYS};
use crate::errand::{Errand, ErrandId, LONGEST_WAIT, State, Trouble, Work};
use crate::now::Now;
use crate::visit::VisitId;
use rusqlite::{OptionalExtension, params};
use std::time::Duration;

/// The paper whose turn it is, if the printer has none: a roll call before all else, then badges, first come first.
/// While it
/// waits for another try the others wait with it: what keeps it waiting is the printer, and it keeps its place.
const NEXT_PAPER: &str = "SELECT id, next_try FROM errands WHERE state = 'queued' AND paper = 1
     AND NOT EXISTS (SELECT 1 FROM errands WHERE state = 'sending' AND paper = 1)
     ORDER BY work ->> 'kind' = 'numbers', work ->> 'kind' = 'badge', rowid LIMIT 1";

/// So many invitations are with the post office at a time. A list of people brings hundreds at once, and a host must not
/// wait for all of them to hear who is at reception.
const INVITATIONS: usize = 5;

/// Of what is no paper, all that may go: no invitation while as many as may be are on their way.
const MAY_GO: &str = "state = 'queued' AND paper = 0 AND (work -> '$.about.invited' IS NULL OR
     (SELECT count(*) FROM errands WHERE state = 'sending' AND paper = 0 AND work -> '$.about.invited' IS NOT NULL) < 5)";

impl Book {
    /// The errands whose time has come, marked `sending` before anybody gets them. What is too late is
    /// ended here.
    ///
    /// # Errors
    /// The book failed; nobody gets anything.
    pub fn due(&mut self, now: Now) -> Result<Vec<Errand>, BookError> {
        let millis = now.millis();
        if self.believes_clock(now) {
            self.close_on_the_right_day(now)?;
            self.close_house(now)?;
        }
        self.ask_next(now)?;
        self.remind_of_parcels(now)?;
        // First, because ending a badge may queue a letter that is due at once.
        for row in self.rows("state = 'queued' AND good_until < ?", [millis])? {
            if let State::Queued(why) = row.state {
                self.end(&row, State::Failed(why.unwrap_or(Trouble::Late)), now)?;
            }
        }
        // A next try beyond the longest wait means that the clock was set back.
        let far = now.after(LONGEST_WAIT).millis();
        let mut due = Vec::new();
        // What is marked already has to reach its runner, whatever the book says then; the next call meets the same
        // trouble.
        match self.hand_out_papers(now, far, &mut due) {
            Err(problem) if due.is_empty() => return Err(problem),
            _ => {}
        }
        let mut rows = self.rows(&format!("{MAY_GO} AND next_try <= ?"), [millis])?;
        rows.extend(self.rows(&format!("{MAY_GO} AND next_try > ?"), [far])?);
        let mut invitations = self.invitations_on_their_way()?;
        for row in rows {
            let is_invitation = row.work.as_letter().is_some_and(|letter| letter.about.is_invitation());
            if is_invitation && invitations >= INVITATIONS {
                continue;
            }
            invitations += usize::from(is_invitation);
            match self.hand_out(row, now) {
                Ok(errand) => due.extend(errand),
                Err(_) if !due.is_empty() => break,
                Err(problem) => return Err(problem),
            }
        }
        Ok(due)
    }

    fn invitations_on_their_way(&self) -> Result<usize, BookError> {
        let sending = self.rows("state = 'sending' AND paper = 0", [])?;
        let invitations = sending.iter().filter_map(|row| row.work.as_letter());
        Ok(invitations.filter(|letter| letter.about.is_invitation()).count())
    }

    /// The paper whose turn it is. What is over by now is ended on the way and keeps nobody waiting.
    fn hand_out_papers(&mut self, now: Now, far: i64, due: &mut Vec<Errand>) -> Result<(), BookError> {
        while due.is_empty() {
            let next: Option<(String, i64)> = self
                .connection
                .prepare_cached(NEXT_PAPER)?
                .query_row([], |row| Ok((row.get("id")?, row.get("next_try")?)))
                .optional()?;
            let Some((id, next_try)) = next else { break };
            if next_try > now.millis() && next_try <= far {
                break;
            }
            let Some(row) = self.rows("id = ?", [id])?.pop() else { break };
            due.extend(self.hand_out(row, now)?);
        }
        Ok(())
    }

    /// Marks an errand `sending`; none where there is nothing to do any more.
    fn hand_out(&mut self, mut row: Row, now: Now) -> Result<Option<Errand>, BookError> {
        if is_over(&self.connection, &row)? {
            self.end(&row, State::Failed(Trouble::Late), now)?;
            return Ok(None);
        }
        let change = self.change(now)?;
        let still = change
            .prepare_cached("UPDATE errands SET tries = tries + 1 WHERE id = ? AND state = 'queued'")?
            .execute([row.id.to_string()])?;
        // A staff command was quicker.
        if still == 0 || is_over(&change, &row)? {
            return Ok(None);
        }
        change.errand_is(row.id, row.subject, State::Sending)?;
        change.commit()?;
        if let Work::Badge(badge) = &mut row.work {
            // A badge without its photo is better than none.
            badge.photo = self.photo(VisitId(row.subject)).ok().flatten();
        }
        Ok(Some(Errand {
            id: ErrandId(row.id),
            subject: row.subject,
            work: row.work,
            tries: row.tries,
            good_until: in_zone(row.good_until, row.zone),
        }))
    }

    /// How long until [`Book::due`] has something to do, or [`Book::index_again`].
    ///
    /// # Errors
    /// The book failed.
    pub fn next_due(&self, now: Now) -> Result<Option<Duration>, BookError> {
        // What lies farther ahead than anything is put off was written before the clock was set back.
        let far = |wait: Duration| now.after(wait + CLOCK_SWAYS).millis();
        let next: Option<i64> = self
            .connection
            .prepare_cached(&format!(
                "SELECT min(at) FROM (
                     SELECT min(next_try) AS at FROM errands WHERE {MAY_GO}
                     UNION ALL
                     SELECT next_try FROM ({NEXT_PAPER})
                     UNION ALL
                     SELECT min(good_until) + 1 FROM errands WHERE state = 'queued'
                     UNION ALL
                     SELECT min(next_asked) FROM visits WHERE next_asked IS NOT NULL AND \"left\" IS NULL
                     UNION ALL
                     SELECT 0 WHERE EXISTS (SELECT 1 FROM visits WHERE next_asked > ?1 AND \"left\" IS NULL)
                     UNION ALL
                     SELECT min(closes) FROM visits WHERE \"left\" IS NULL AND ?3
                     UNION ALL
                     SELECT min(remind) FROM deliveries WHERE remind IS NOT NULL AND collected IS NULL
                     UNION ALL
                     SELECT 0 WHERE EXISTS (SELECT 1 FROM deliveries WHERE remind > ?2 AND collected IS NULL)
                 )"
            ))?
            .query_row(
                params![
                    far(self.reception.answer_minutes),
                    far(self.reception.parcel_hours),
                    self.clock_trust.is_believed()
                ],
                |row| row.get(0),
            )?;
        let next = next.map(|next| Duration::from_millis(u64::try_from(next - now.millis()).unwrap_or(0)));
        let indexed = self.indexes_from.map(|from| now.tick.until(from));
        Ok([next, indexed].into_iter().flatten().min().map(|next| next.min(LONGEST_WAIT)))
    }
}
