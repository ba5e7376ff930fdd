//! Sign-outs by the number of a badge alone, which anybody can read on it or guess. Such a sign-out is marked until
//! somebody has said whether it is so, and is taken back in one step. Owns how many there were lately; decides nothing.

use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::visits;
use crate::book::rules::groups;
use crate::book::{Book, parties};
use crate::now::Now;
use crate::visit::{Visit, VisitId};
use rusqlite::{OptionalExtension, params};
use std::time::Duration;

/// Nobody asks about sign-outs that are older than this.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

impl Book {
    /// Ends a visit by the number of its badge alone, and those of the whole group where its leader still waits to be let
    /// in: each is marked. How many they were; none where the visit has ended already.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn leave_by_number(&mut self, id: VisitId, now: Now) -> Result<usize, BookError> {
        let change = self.change(now)?;
        let Some(visit) = visits::one(&change, id)?.filter(|visit| visit.left.is_none()) else {
            return Ok(0);
        };
        let leaving = if visit.waits() { groups::here(&change, id)? } else { vec![visit] };
        for visit in &leaving {
            parties::sign_out_one(&change, visit, &Entry::LeftByNumber)?;
            change
                .prepare_cached("UPDATE visits SET doubted = 1 WHERE id = ?")?
                .execute([visit.id.0.to_string()])?;
        }
        let kept = now.millis() - i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        change.execute("DELETE FROM numbered WHERE at < ?", [kept])?;
        let people = i64::try_from(leaving.len()).unwrap_or(i64::MAX);
        change.execute("INSERT INTO numbered (at, people) VALUES (?, ?)", params![now.millis(), people])?;
        change.commit()?;
        Ok(leaving.len())
    }

    /// For how long yet each sign-out by number alone of the last `within` counts, for each of its people. One that lies
    /// ahead was before the clock was set back; by a clock that cannot be believed each was just now.
    ///
    /// # Errors
    /// The book failed.
    pub fn numbered_lately(&self, within: Duration, now: Now) -> Result<Vec<Duration>, BookError> {
        let mut lately = self.connection.prepare_cached("SELECT at, people FROM numbered")?;
        let mut rows = lately.query([])?;
        let mut counting = Vec::new();
        while let Some(row) = rows.next()? {
            let (at, people): (i64, usize) = (row.get("at")?, row.get::<_, u32>("people")? as usize);
            let age = u64::try_from(now.millis() - at).unwrap_or(0);
            let age =
                if self.clock_trust.is_believed() { Duration::from_millis(age) } else { Duration::ZERO };
            let left = within.saturating_sub(age);
            if !left.is_zero() {
                counting.extend(std::iter::repeat_n(left, people));
            }
        }
        Ok(counting)
    }

    /// Everybody who was signed out by number alone and about whom nobody has said whether it is so, until the house
    /// closes; first gone first.
    ///
    /// # Errors
    /// The book failed.
    pub fn doubted(&self, now: Now) -> Result<Vec<Visit>, BookError> {
        self.visits("doubted = 1 AND closes > ? ORDER BY \"left\"", [now.millis()])
    }

    /// A sign-out by number alone was not theirs: the visit goes on. False where somebody has said otherwise, the house has
    /// closed, or their number was given away.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn take_back_sign_out(&mut self, id: VisitId, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let subject = id.0.to_string();
        let badge: Option<String> = change
            .prepare_cached("SELECT badge FROM visits WHERE id = ? AND doubted = 1 AND closes > ?")?
            .query_row(params![subject, now.millis()], |row| row.get(0))
            .optional()?;
        let Some(badge) = badge else { return Ok(false) };
        let taken = change
            .prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND \"left\" IS NULL")?
            .exists([badge])?;
        if taken {
            return Ok(false);
        }
        // Whoever waited goes on waiting: the next one is asked.
        change.execute(
            "UPDATE visits SET \"left\" = NULL, doubted = 0,
             next_asked = iif(leader IS NULL AND admission LIKE '{\"waiting\"%'
                              AND admission NOT LIKE '%\"reception\"%', ?2, NULL)
             WHERE id = ?1",
            params![subject, now.millis()],
        )?;
        let entry = Entry::SignOutTakenBack { by: change.by() };
        change.log(&entry, &subject)?;
        change.commit()?;
        Ok(true)
    }

    /// A sign-out by number alone was theirs. False where somebody has said so or otherwise already.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn confirm_sign_out(&mut self, id: VisitId, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let subject = id.0.to_string();
        let changed =
            change.execute("UPDATE visits SET doubted = 0 WHERE id = ? AND doubted = 1", [&subject])?;
        if changed == 1 {
            let entry = Entry::SignOutConfirmed { by: change.by() };
            change.log(&entry, &subject)?;
            change.commit()?;
        }
        Ok(changed == 1)
    }
}
