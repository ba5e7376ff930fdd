//! Forgetting: what is older than the notice promises is erased: rows, errands and the journal's bodies. The
//! chain keeps its commitments and still verifies.

use super::journal::{self, Entry};
use super::{Book, BookError, inviting};
use crate::now::{Now, Wall};
use crate::visit::PersonName;
use rusqlite::{Transaction, params};

/// What stands where a name was.
pub const ERASED: &str = "已删除 Erased";

/// So many are erased in one change, so that nobody at the kiosk waits for it.
const AT_ONCE: i64 = 100;

/// Until when what is over is erased.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// Visits that ended before this, with all that belongs to them; invitations, parcels and words as old.
    pub visits: Wall,
    /// Safety instructions gone through before this.
    pub lessons: Wall,
    /// People who were here last before this, and wanted to be remembered.
    pub people: Wall,
}

impl Book {
    /// Erases the personal data of what is over before this. How many were erased.
    ///
    /// # Errors
    /// The book failed; what was erased before is gone.
    pub fn forget(&mut self, over: &Before, now: Now) -> Result<usize, BookError> {
        let before = over.visits.timestamp_millis();
        let mut erased = 0;
        loop {
            let salt = self.random();
            let change = self.change()?;
            let old = old_subjects(&change, before)?;
            let invitations = forget_invitations(&change, before)?;
            let lessons =
                change.execute("DELETE FROM instructed WHERE at < ?", [over.lessons.timestamp_millis()])?;
            let people =
                change.execute("DELETE FROM remembered WHERE at < ?", [over.people.timestamp_millis()])?;
            let unwatched = change.execute("DELETE FROM watched WHERE until < ?", [before])?;
            let count = old.len() + invitations + lessons + people + unwatched;
            if count == 0 {
                break;
            }
            for subject in &old {
                forget_subject(&change, subject)?;
            }
            journal::write(&change, &Entry::Erased { before: over.visits, count }, "", salt, now)?;
            change.commit()?;
            erased += count;
        }
        if erased > 0 {
            // Deleted pages are overwritten in the file only once the log is written back. A staff command may be
            // reading; then it is done by the next one.
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(erased)
    }
}

/// Visits, words, deliveries and the papers and mails of roll calls that are over for long and not erased yet.
fn old_subjects(change: &Transaction<'_>, before: i64) -> Result<Vec<String>, BookError> {
    let mut old = change.prepare_cached(
        "SELECT id FROM visits WHERE \"left\" < ?1 AND name <> ?2
         UNION ALL
         SELECT id FROM feedback WHERE at < ?1 AND (words IS NOT NULL OR visit_id IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM cases WHERE feedback_id = feedback.id
                             AND (closed IS NULL OR closed >= ?1))
         UNION ALL
         SELECT id FROM deliveries WHERE collected < ?1
             AND EXISTS (SELECT 1 FROM journal JOIN journal_bodies USING (seq) WHERE subject = deliveries.id)
         UNION ALL
         SELECT id FROM rolls WHERE at < ?1 AND EXISTS (SELECT 1 FROM errands WHERE subject = rolls.id)
         LIMIT ?3",
    )?;
    let old = old.query_map(params![before, ERASED, AT_ONCE], |row| row.get(0))?;
    Ok(old.collect::<Result<_, _>>()?)
}

/// A UUID is nobody else's: the same lines serve for each kind of subject.
pub(super) fn forget_subject(change: &Transaction<'_>, subject: &str) -> Result<(), BookError> {
    debug_assert!(PersonName::parse(ERASED).is_ok());
    change
        .prepare_cached(
            "UPDATE visits SET name = ?2, company = NULL, phone = NULL, purpose = NULL, signature = NULL, photo = NULL,
             watched = NULL,
             admission = CASE WHEN admission LIKE '{\"declined\"%' THEN '{\"declined\":\"\"}' ELSE admission END
             WHERE id = ?1",
        )?
        .execute([subject, ERASED])?;
    for sql in [
        "UPDATE feedback SET words = NULL, visit_id = NULL WHERE id = ?",
        "UPDATE cases SET done = NULL WHERE feedback_id = ?",
        "UPDATE deliveries SET carrier = NULL WHERE id = ?",
        "DELETE FROM errands WHERE subject = ?",
        "DELETE FROM journal_bodies WHERE seq IN (SELECT seq FROM journal WHERE subject = ?)",
    ] {
        change.prepare_cached(sql)?.execute([subject])?;
    }
    Ok(())
}

fn forget_invitations(change: &Transaction<'_>, before: i64) -> Result<usize, BookError> {
    let mut forgotten = change.prepare_cached(
        "UPDATE invitations SET visitor = ?2, company = NULL, phone = NULL, email = NULL, name_key = '',
         last_four = '' WHERE good_until < ?1 AND visitor <> ?2 RETURNING id",
    )?;
    let forgotten: Vec<String> =
        forgotten.query_map(params![before, ERASED], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in &forgotten {
        change
            .prepare_cached("DELETE FROM errands WHERE subject = ?")?
            .execute([inviting::subject(id).to_string()])?;
        change
            .prepare_cached(
                "DELETE FROM journal_bodies WHERE seq IN (SELECT seq FROM journal WHERE subject = ?)",
            )?
            .execute([id])?;
    }
    Ok(forgotten.len())
}
