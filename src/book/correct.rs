//! Reception corrects a visit: whoever has to know of it is asked or told, and the group follows its leader.

use crate::book::correcting::write;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::visits;
use crate::book::rules::questions::{answer_until, host_question, noted_question};
use crate::book::rules::{groups, letters};
use crate::book::{Book, Change, mails, outbox, parties, watch};
use crate::errand::{ARRIVAL_GOOD_FOR, About, Work};
use crate::now::{Now, Wall};
use crate::visit::{Admission, Asked, Details, Kind, Note, Visit, VisitId};
use rusqlite::{Transaction, params};

/// A visit as reception says that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Who it is.
    pub details: Details,
    /// Whom they see.
    pub host_id: String,
    /// What for.
    pub purpose: Option<Note>,
    /// What for, as a type with its rules; none: it stands in the invitation.
    pub kind: Option<Kind>,
    /// Until when the badge is good.
    pub good_until: Wall,
    /// What reception noted.
    pub note: Option<Note>,
}

impl Correction {
    /// The visit as it is.
    pub fn of(visit: &Visit) -> Self {
        Self {
            details: visit.details.clone(),
            host_id: visit.host_id.clone(),
            purpose: visit.purpose.clone(),
            kind: visit.kind.clone(),
            good_until: visit.good_until,
            note: visit.note.clone(),
        }
    }
}

impl Book {
    /// Corrects a visit that has not ended. A new host is written to: asked, where the visitor waits, else told. Where a
    /// group goes, for what and until when is its leader's. The watch list is looked at again where it is somebody else
    /// than was said: whom it may mean, nobody but reception lets in. None where the visit has ended.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn correct(
        &mut self,
        id: VisitId,
        right: Correction,
        by: &str,
        now: Now,
    ) -> Result<Option<Visit>, BookError> {
        let host = self
            .host(&right.host_id)?
            .ok_or_else(|| BookError::Corrupt(format!("the host {} is gone", right.host_id)))?;
        let change = self.change_by(by, now)?;
        let reception = change.reception;
        let Some(old) = visits::one(&change, id)?.filter(|visit| visit.left.is_none()) else {
            return Ok(None);
        };
        let mut visit = Visit {
            details: right.details,
            host_id: right.host_id,
            purpose: right.purpose,
            kind: right.kind,
            good_until: right.good_until,
            note: right.note,
            ..old.clone()
        };
        write(&change, &visit, by)?;
        let inside = !visit.waits();
        let noted = visit.details != old.details && watch::look_again(&change, &mut visit, inside)?;
        correct_group(&change, (&old, &visit), by)?;
        parties::stays_longer(&change, &visit)?;
        let another_host = visit.host_id != old.host_id && visit.leader.is_none();
        let question = match visit.admission {
            Admission::Waiting(Asked::Host | Asked::Deputy) if noted => {
                noted_question(&change, reception, &visit, &host)?
            }
            // Whoever decides about visitors without the host goes on deciding.
            Admission::Waiting(Asked::Host | Asked::Deputy) if another_host => {
                Some(host_question(&change, reception, &visit, &host)?)
            }
            Admission::Waiting(_) | Admission::Admitted | Admission::Declined(_) => None,
        };
        let letter = match question {
            Some(question) => {
                visit.admission = Admission::Waiting(question.asked);
                wait_for(&change, &visit, &old.admission, answer_until(reception, question.asked, now))?;
                let entry = Entry::Asked { who: question.asked };
                change.log(&entry, &visit.asked_about().0.to_string())?;
                question.letter
            }
            None if visit.admission == Admission::Admitted && another_host => {
                letters::host_letter(&change, reception, &visit, &host, About::Arrival)?
            }
            None => None,
        };
        if let Some(letter) = letter {
            let work = Work::Letter(letter);
            let about = if visit.waits() { visit.asked_about() } else { id };
            // What went wrong on the way to another host, or waits to go there, is out of date.
            outbox::take_back(&change, about.0, mails::is_of_a_visitor)?;
            change.queue(about, &work, ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(Some(visit))
    }
}

/// Where a group goes, for what and until when is its leader's.
fn correct_group(change: &Change<'_>, (old, right): (&Visit, &Visit), by: &str) -> Result<(), BookError> {
    // Which purpose somebody chose is theirs.
    let kind = |visit: &Visit| visit.kind.as_ref().map(|kind| kind.id.clone());
    let group = groups::here(change, right.id)?;
    for member in group.into_iter().filter(|member| member.leader == Some(right.id)) {
        let mut corrected = member.clone();
        if right.host_id != old.host_id {
            corrected.host_id.clone_from(&right.host_id);
        }
        if right.good_until != old.good_until {
            corrected.good_until = right.good_until;
        }
        if kind(&member) == kind(old) && kind(right) != kind(old) {
            corrected.kind.clone_from(&right.kind);
        }
        if corrected != member {
            write(change, &corrected, by)?;
        }
    }
    Ok(())
}

/// Those who came together wait for the same answer from now on, until then, UTC milliseconds.
fn wait_for(
    change: &Transaction<'_>,
    visit: &Visit,
    before: &Admission,
    until: Option<i64>,
) -> Result<(), BookError> {
    change.execute(
        "UPDATE visits SET admission = ?1, next_asked = iif(id = ?3, ?2, NULL)
         WHERE (id = ?3 OR leader = ?3) AND \"left\" IS NULL AND admission = ?4",
        params![
            serde_json::to_string(&visit.admission)?,
            until,
            visit.asked_about().0.to_string(),
            serde_json::to_string(before)?,
        ],
    )?;
    Ok(())
}
