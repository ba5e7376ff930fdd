//! What receptionists change about visits: details, host, stay, badge, pass, notes. Every change tells who made it.

use crate::book::badges::{self, badge_again, badge_of};
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::errands;
use crate::book::{Book, outbox, parties};
use crate::errand::{About, BADGE_GOOD_FOR, ErrandId, Work};
use crate::now::Now;
use crate::visit::{Admission, Visit, VisitId};
use rusqlite::params;

impl Book {
    /// Signs somebody out who does not do it themselves; whoever waits goes with their group. False where the visit
    /// has ended already.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn sign_out(&mut self, id: VisitId, by: &str, now: Now) -> Result<bool, BookError> {
        let Some(visit) = self.visit(id)?.filter(|visit| visit.left.is_none()) else { return Ok(false) };
        let all = if visit.waits() { self.group(id)? } else { vec![visit] };
        Ok(self.sign_out_these(&all, by, now)? > 0)
    }

    /// Signs everybody out who is here; how many.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn sign_out_all(&mut self, by: &str, now: Now) -> Result<usize, BookError> {
        let all = self.open_visits()?;
        // Whoever signs everybody out has seen that nobody is left.
        for visit in self.doubted(now)? {
            self.confirm_sign_out(visit.id, by, now)?;
        }
        self.sign_out_these(&all, by, now)
    }

    fn sign_out_these(&mut self, all: &[Visit], by: &str, now: Now) -> Result<usize, BookError> {
        let change = self.change_by(by, now)?;
        let mut count = 0;
        for visit in all {
            if parties::sign_out_one(&change, visit, &Entry::Left)? {
                count += 1;
                let entry = Entry::SignedOut { by: change.by() };
                change.log(&entry, &visit.id.0.to_string())?;
            }
        }
        change.commit()?;
        Ok(count)
    }

    /// Prints a badge again, with a new token; the old one is void. None where the visitor is not in.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn reprint(
        &mut self,
        id: VisitId,
        reason: &str,
        by: &str,
        now: Now,
    ) -> Result<Option<Visit>, BookError> {
        let is_in = |visit: &Visit| visit.left.is_none() && visit.admission == Admission::Admitted;
        let Some(mut visit) = self.visit(id)?.filter(is_in) else { return Ok(None) };
        let Some(host) = self.host(&visit.host_id)? else { return Ok(None) };
        let change = self.change_by(by, now)?;
        badge_again(&change, &mut visit)?;
        let entry =
            Entry::Reprinted { visit: Box::new(visit.clone()), reason: reason.to_owned(), by: change.by() };
        let subject = id.0.to_string();
        change.log(&entry, &subject)?;
        // Whether the one before came out does not matter any more.
        change.execute(
            "UPDATE errands SET settled = 1 WHERE subject = ? AND work ->> 'kind' = 'badge'
             AND state = 'unknown'",
            [&subject],
        )?;
        let badge = Work::Badge(badge_of(&visit, &host, now));
        change.queue(id, &badge, BADGE_GOOD_FOR)?;
        change.commit()?;
        Ok(Some(visit))
    }

    /// Lends a numbered pass in place of a badge; false where somebody else has it, or this visitor one already.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn lend_pass(&mut self, id: VisitId, number: &str, by: &str, now: Now) -> Result<bool, BookError> {
        self.pass(id, Some(number), by, now)
    }

    /// A pass is back; false where none was lent.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn take_pass(&mut self, id: VisitId, by: &str, now: Now) -> Result<bool, BookError> {
        self.pass(id, None, by, now)
    }

    fn pass(&mut self, id: VisitId, lent: Option<&str>, by: &str, now: Now) -> Result<bool, BookError> {
        let Some(visit) = self.visit(id)? else { return Ok(false) };
        let change = self.change_by(by, now)?;
        let subject = id.0.to_string();
        let changed = change.execute(
            "UPDATE visits SET pass = ?1 WHERE id = ?2 AND (pass IS NULL) = (?1 IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM visits WHERE pass = ?1)",
            params![lent, subject],
        )?;
        let number = lent.map(str::to_owned).or(visit.pass);
        if let (1, Some(number)) = (changed, number) {
            let entry = Entry::Pass { number, back: lent.is_none(), by: change.by() };
            change.log(&entry, &subject)?;
            // They have something to wear in place of the badge that was not printed.
            if lent.is_some() {
                outbox::take_back(&change, id.0, badges::is_badge)?;
            }
            change.commit()?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Every pass that is lent, with whoever has it, here or gone.
    ///
    /// # Errors
    /// The book failed.
    pub fn lent_passes(&self) -> Result<Vec<Visit>, BookError> {
        self.visits("pass IS NOT NULL ORDER BY pass", [])
    }

    /// Somebody dealt with what failed; with `again` a letter is written once more, as the book says now what is to be
    /// written. False where that is not so any more, or nobody can be written to.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn settle(&mut self, errand: ErrandId, again: bool, by: &str, now: Now) -> Result<bool, BookError> {
        let id = errand.0.to_string();
        if again {
            let Some(row) = self.rows("id = ? AND state = 'failed'", [&id])?.pop() else { return Ok(false) };
            let Some(letter) = row.work.as_letter() else { return Ok(false) };
            match (letter.about, &letter.ticket) {
                (About::Invited { cancelled: false }, Some(ticket)) => {
                    return self.invite_again(&ticket.id, by, now);
                }
                (About::Arrival | About::CameBack | About::MayCome(_), _) => {
                    return self.write_again(&row, by, now);
                }
                // Of what else there is to write nothing is corrected.
                _ => {}
            }
        }
        let change = self.change_by(by, now)?;
        let changed = if again {
            errands::queue_again(&change, errand.0, now)?
        } else {
            change.execute(
                "UPDATE errands SET settled = 1 WHERE id = ? AND state IN ('failed', 'unknown') AND settled = 0",
                [&id],
            )?
        };
        if changed == 0 {
            return Ok(false);
        }
        let subject: String =
            change.query_row("SELECT subject FROM errands WHERE id = ?", [&id], |row| row.get(0))?;
        change.log(&Entry::Settled { errand, again, by: change.by() }, &subject)?;
        change.commit()?;
        Ok(true)
    }
}
