//! Forgetting: what is older than the notice promises is erased: rows, errands and the journal's bodies. The
//! chain keeps its commitments, a line says of which lines the bodies went, and it still verifies. Some at a time, so
//! that nobody at the kiosk waits for it.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::keep::{replaced, wiping};
use crate::book::rows::entry::Entry;
use crate::book::rows::payloads::Erasing;
use crate::book::rows::{ERASED, invitations};
use crate::now::{Now, Wall};
use crate::visit::PersonName;
use rusqlite::{Connection, Params, Transaction, params};

/// So many of each kind are erased in one change.
const AT_ONCE: i64 = 50;

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

/// What is erased in one change.
struct Old {
    /// Visits, words, deliveries, roll calls and files that were wanted.
    subjects: Vec<String>,
    /// The keys of invitations.
    invitations: Vec<String>,
    /// The row numbers of instructions, people and entries of the watch list.
    lessons: Vec<i64>,
    people: Vec<i64>,
    watched: Vec<i64>,
}

impl Book {
    /// Erases the personal data of some of what is over before this, by a clock that is believed. How many were erased;
    /// 0: there is nothing left to erase, and books that copies have replaced before this are gone. From the file it is
    /// gone then too, or [`Book::unwiped_since`] says that a reader still keeps it.
    ///
    /// # Errors
    /// The book failed; what was erased before is gone.
    pub fn forget(&mut self, over: &Before, now: Now) -> Result<usize, BookError> {
        let old = Old::find(&self.connection, over)?;
        let count = old.subjects.len()
            + old.invitations.len()
            + old.lessons.len()
            + old.people.len()
            + old.watched.len();
        if count == 0 {
            self.note_belief(now)?;
            replaced::forget_replaced(&self.path, over.visits, now);
            self.wipe_soon(now);
            return Ok(0);
        }
        let change = self.change(now)?;
        let mut erasing = Erasing::default();
        for subject in &old.subjects {
            forget_subject(&change, subject, &mut erasing)?;
        }
        for id in &old.invitations {
            forget_mails(&change, id, &mut erasing)?;
            change
                .prepare_cached(
                    "UPDATE invitations SET visitor = '已删除 Erased', company = NULL, phone = NULL, email = NULL,
                     name_key = '', last_four = '' WHERE id = ?",
                )?
                .execute([id])?;
        }
        each(&change, "DELETE FROM instructed WHERE rowid = ?", &old.lessons)?;
        each(&change, "DELETE FROM remembered WHERE rowid = ?", &old.people)?;
        each(&change, "DELETE FROM watched WHERE rowid = ?", &old.watched)?;
        let entry = Entry::Erased { before: over.visits, count, bodies: Some(erasing.lines()) };
        change.log(&entry, "")?;
        wiping::owe(&change, now)?;
        change.commit()?;
        Ok(count)
    }
}

impl Old {
    fn find(book: &Connection, over: &Before) -> Result<Self, BookError> {
        let before = over.visits.timestamp_millis();
        let mut subjects = Vec::new();
        for sql in [
            "SELECT id FROM visits WHERE \"left\" < ? AND name <> '已删除 Erased' LIMIT ?",
            "SELECT id FROM feedback WHERE at < ? AND (words IS NOT NULL OR visit_id IS NOT NULL)
                 AND NOT EXISTS (SELECT 1 FROM cases WHERE feedback_id = feedback.id
                                 AND (closed IS NULL OR closed >= ?1)) LIMIT ?",
            // Nobody may ever come for them.
            "SELECT id FROM deliveries WHERE erased = 0 AND arrived < ?1
                 AND (collected IS NULL OR collected < ?1) LIMIT ?",
            // The papers and mails of roll calls.
            "SELECT id FROM rolls WHERE at < ? AND EXISTS (SELECT 1 FROM errands WHERE subject = rolls.id) LIMIT ?",
            // What somebody looked for in a file.
            "SELECT subject FROM errands WHERE work ->> 'kind' = 'export' AND changed < ? LIMIT ?",
        ] {
            subjects.extend(some(book, sql, params![before, AT_ONCE])?);
        }
        let lessons = over.lessons.timestamp_millis();
        let people = over.people.timestamp_millis();
        Ok(Self {
            subjects,
            invitations: some(
                book,
                "SELECT id FROM invitations WHERE good_until < ? AND visitor <> '已删除 Erased' LIMIT ?",
                params![before, AT_ONCE],
            )?,
            lessons: some(book, "SELECT rowid FROM instructed WHERE at < ? LIMIT ?", [lessons, AT_ONCE])?,
            people: some(book, "SELECT rowid FROM remembered WHERE at < ? LIMIT ?", [people, AT_ONCE])?,
            watched: some(book, "SELECT rowid FROM watched WHERE until < ? LIMIT ?", [before, AT_ONCE])?,
        })
    }
}

fn some<T: rusqlite::types::FromSql>(
    book: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, BookError> {
    let mut found = book.prepare_cached(sql)?;
    let found = found.query_map(params, |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn each(change: &Transaction<'_>, sql: &str, rows: &[i64]) -> Result<(), BookError> {
    let mut statement = change.prepare_cached(sql)?;
    for row in rows {
        statement.execute([row])?;
    }
    Ok(())
}

/// A UUID is nobody else's: the same lines serve for each kind of subject.
pub(in crate::book) fn forget_subject(
    change: &Transaction<'_>,
    subject: &str,
    erasing: &mut Erasing,
) -> Result<(), BookError> {
    debug_assert!(PersonName::parse(ERASED).is_ok());
    for sql in [
        "UPDATE visits SET name = '已删除 Erased', company = NULL, phone = NULL, purpose = NULL, signature = NULL,
         photo = NULL, note = NULL, watched = NULL, name_key = '',
         admission = CASE WHEN admission LIKE '{\"declined\"%' THEN '{\"declined\":\"\"}' ELSE admission END
         WHERE id = ?",
        // What they complained about may still have to be answered: without their name from now on.
        "UPDATE errands SET work = json_set(work, '$.visitor', '', '$.company', '', '$.circumstances.phone', '')
         WHERE subject IN (SELECT id FROM feedback WHERE visit_id = ?)",
        // Whose group it was is said of whoever joined it.
        "UPDATE errands SET work = json_set(work, '$.circumstances.group', '')
         WHERE subject IN (SELECT id FROM visits WHERE leader = ?) AND work ->> '$.circumstances.group' <> ''",
        "UPDATE feedback SET words = NULL, visit_id = NULL WHERE id = ?",
        "UPDATE feedback SET visit_id = NULL WHERE visit_id = ?",
        "UPDATE cases SET done = NULL WHERE feedback_id = ?",
        "UPDATE deliveries SET carrier = NULL, erased = 1 WHERE id = ?",
        "DELETE FROM errands WHERE subject = ?",
    ] {
        change.prepare_cached(sql)?.execute([subject])?;
    }
    erasing.all_about(subject, change)
}

/// The mails to whoever was invited, and what the journal says of the invitation.
pub(in crate::book) fn forget_mails(
    change: &Transaction<'_>,
    id: &str,
    erasing: &mut Erasing,
) -> Result<(), BookError> {
    change
        .prepare_cached("DELETE FROM errands WHERE subject = ?")?
        .execute([invitations::subject(id).to_string()])?;
    erasing.all_about(id, change)
}
