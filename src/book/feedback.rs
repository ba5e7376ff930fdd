//! A word on how it was, and complaints until somebody has dealt with them.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::cases::case;
use crate::book::rows::entry::Entry;
use crate::book::rows::{in_zone, zone_of};
use crate::errand::{About, CASE_GOOD_FOR, Circumstances, Letter, Work};
use crate::now::{Now, Wall, wall_from_millis};
use crate::visit::{Case, Feedback, FeedbackId, Host, Remark, Visit, VisitId};
use crate::words::Lang;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// What was said of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOf {
    /// When.
    pub at: Wall,
    /// What.
    pub said: Feedback,
    /// The badge's number; empty where it was said without a name, or the visit was erased.
    pub badge: String,
}

/// A complaint that somebody dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedCase {
    /// The complaint.
    pub case: Case,
    /// What was done about it.
    pub done: String,
    /// Who said so; empty where it was erased.
    pub by: String,
    /// When.
    pub at: Wall,
}

impl Book {
    /// Keeps a word on how it was; said again under the same id, it is as it was said last. A complaint opens
    /// a case, once: somebody of its department answers it, or reception, and is written to.
    ///
    /// # Errors
    /// The book failed; nothing was kept.
    pub fn say(
        &mut self,
        id: Option<FeedbackId>,
        feedback: &Feedback,
        now: Now,
    ) -> Result<(FeedbackId, Option<Case>), BookError> {
        let contact = self.contact_of(&feedback.department)?;
        let due = in_zone(now.after(self.reception.case_days).millis(), zone_of(&now));
        let visit = feedback.visit.map(|visit| self.visit(visit)).transpose()?.flatten();
        let change = self.change(now)?;
        let id = id.unwrap_or_else(|| FeedbackId(change.new_id()));
        let subject = id.0.to_string();
        change.execute(
            "INSERT INTO feedback (id, at, rating, words, complaint, visit_id, department)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET rating = excluded.rating, words = excluded.words,
             complaint = excluded.complaint, visit_id = excluded.visit_id",
            params![
                subject,
                now.millis(),
                feedback.rating,
                feedback.words.as_ref().map(|words| words.as_str()),
                feedback.complaint,
                feedback.visit.map(|visit| visit.0.to_string()),
                feedback.department,
            ],
        )?;
        change.log(&Entry::Feedback(Box::new(feedback.clone())), &subject)?;
        let known: Option<u32> = change
            .query_row("SELECT number FROM cases WHERE feedback_id = ?", [&subject], |row| row.get(0))
            .optional()?;
        let words = feedback.words.as_ref().filter(|_| feedback.complaint && known.is_none());
        let Some(words) = words else {
            change.commit()?;
            return Ok((id, None));
        };
        let case = Case {
            number: change
                .query_row("SELECT coalesce(max(number), 0) + 1 FROM cases", [], |row| row.get(0))?,
            words: words.as_str().to_owned(),
            department: feedback.department.clone(),
            responsible: contact.as_ref().map(|host| host.name.base.clone()).unwrap_or_default(),
            due,
            opened: in_zone(now.millis(), zone_of(&now)),
        };
        change.execute(
            "INSERT INTO cases (number, feedback_id, responsible, due, zone) VALUES (?, ?, ?, ?, ?)",
            params![case.number, subject, case.responsible, case.due.timestamp_millis(), zone_of(&now)],
        )?;
        let entry = Entry::CaseOpened { number: case.number, responsible: case.responsible.clone() };
        change.log(&entry, &subject)?;
        let to = match contact {
            Some(host) => Some((host.email.clone(), host.name.get(host.lang).to_owned(), host.lang)),
            None => {
                let reception = change.reception;
                reception.email.clone().map(|email| (email, String::new(), reception.lang))
            }
        };
        if let Some((to, to_name, lang)) = to {
            let letter = case_letter(&case, (to, to_name, lang), visit.as_ref());
            change.queue(id, &Work::Letter(letter), CASE_GOOD_FOR)?;
        }
        change.commit()?;
        Ok((id, Some(case)))
    }

    /// Whoever is there for a department and can be written to.
    fn contact_of(&self, department: &str) -> Result<Option<Host>, BookError> {
        let lang = self.reception.lang;
        let is_there = |host: &Host| {
            host.contact && !host.gone && !host.email.is_empty() && host.department.get(lang) == department
        };
        Ok(self.hosts()?.into_iter().find(is_there))
    }

    /// The complaints that nobody has dealt with, the most urgent first.
    ///
    /// # Errors
    /// The book failed.
    pub fn cases(&self) -> Result<Vec<Case>, BookError> {
        let mut found = self.connection.prepare_cached(
            "SELECT number, words, department, responsible, due, at, zone
             FROM cases JOIN feedback ON feedback.id = feedback_id WHERE closed IS NULL ORDER BY due, number",
        )?;
        let found = found.query_map([], |row| Ok(case(row)))?;
        found.map(|case| case?).collect()
    }

    /// The complaints that somebody dealt with since this moment, last first.
    ///
    /// # Errors
    /// The book failed.
    pub fn closed_cases(&self, since: Wall) -> Result<Vec<ClosedCase>, BookError> {
        let mut found = self.connection.prepare_cached(
            "SELECT number, words, department, responsible, due, at, zone, done, closed,
             (SELECT body ->> 'by' FROM journal JOIN journal_bodies USING (seq)
              WHERE subject = feedback_id AND kind = 'case_closed' ORDER BY seq DESC LIMIT 1) AS closed_by
             FROM cases JOIN feedback ON feedback.id = feedback_id WHERE closed >= ? ORDER BY closed DESC, number",
        )?;
        let found = found.query_map([since.timestamp_millis()], |row| {
            let by: Option<String> = row.get("closed_by")?;
            Ok((case(row), row.get::<_, Option<String>>("done")?, by, row.get("closed")?))
        })?;
        found
            .map(|found| {
                let (case, done, by, at) = found?;
                let at = wall_from_millis(at, &since);
                Ok(ClosedCase { case: case?, done: done.unwrap_or_default(), by: by.unwrap_or_default(), at })
            })
            .collect()
    }

    /// What was said of visits since this moment, newest first, at most so many.
    ///
    /// # Errors
    /// The book failed.
    pub fn feedback_since(&self, since: Wall, most: usize) -> Result<Vec<SaidOf>, BookError> {
        let mut found = self.connection.prepare_cached(
            "SELECT at, rating, words, complaint, visit_id, department,
             (SELECT badge FROM visits WHERE visits.id = visit_id) AS badge FROM feedback
             WHERE at >= ? ORDER BY at DESC LIMIT ?",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let found = found.query_map(params![since.timestamp_millis(), most], |row| {
            let (words, visit): (Option<String>, Option<String>) = (row.get("words")?, row.get("visit_id")?);
            let said = Feedback {
                rating: row.get("rating")?,
                words: words.and_then(|words| Remark::maybe(&words)),
                complaint: row.get("complaint")?,
                visit: visit.and_then(|id| Uuid::parse_str(&id).ok()).map(VisitId),
                department: row.get("department")?,
            };
            let badge: Option<String> = row.get("badge")?;
            Ok(SaidOf {
                at: wall_from_millis(row.get("at")?, &since),
                said,
                badge: badge.unwrap_or_default(),
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Somebody dealt with a complaint; false where that was done before, or it is not known.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn close_case(&mut self, number: u32, by: &str, done: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let closed = change.execute(
            "UPDATE cases SET closed = ?, done = ? WHERE number = ? AND closed IS NULL",
            params![now.millis(), done, number],
        )?;
        if closed == 1 {
            let subject: String =
                change.query_row("SELECT feedback_id FROM cases WHERE number = ?", [number], |row| {
                    row.get(0)
                })?;
            let entry = Entry::CaseClosed { number, by: change.by(), done: done.to_owned() };
            change.log(&entry, &subject)?;
            change.commit()?;
        }
        Ok(closed == 1)
    }
}

/// The letter about a complaint to whoever answers it, with who complained, where that is known.
fn case_letter(case: &Case, (to, to_name, lang): (String, String, Lang), visit: Option<&Visit>) -> Letter {
    let details = visit.map(|visit| &visit.details);
    let company = details.and_then(|details| details.company.as_ref());
    Letter {
        about: About::Case,
        to,
        to_name,
        lang,
        visitor: details.map(|details| details.name.to_string()).unwrap_or_default(),
        company: company.map(ToString::to_string).unwrap_or_default(),
        party: 0,
        host: case.department.clone(),
        number: case.label(),
        arrived: case.opened,
        visit_type: String::new(),
        purpose: case.words.clone(),
        waiting_at: String::new(),
        due: Some(case.due),
        lines: Vec::new(),
        ticket: None,
        circumstances: Circumstances {
            phone: details
                .and_then(|details| details.phone.as_ref())
                .map(ToString::to_string)
                .unwrap_or_default(),
            ..Circumstances::default()
        },
    }
}
