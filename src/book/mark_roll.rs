//! People are ticked off a roll call, its pages are printed once more, and it is ended.

use crate::book::Book;
use crate::book::call_roll::end;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::rolls::{RollId, newest_pages};
use crate::errand::{ROLL_GOOD_FOR, State, Work};
use crate::now::Now;
use crate::visit::VisitId;
use rusqlite::params;

impl Book {
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
