//! Visits that are written otherwise than they were registered, each with its line of the journal.

use crate::book::Change;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::{findable, visits};
use crate::now::Wall;
use crate::visit::{Company, Invitation, Note, Phone, Visit, VisitId};
use rusqlite::params;

/// Whoever is here may be so until then, though their badge ends sooner.
pub(in crate::book) fn closes_later(change: &Change<'_>, id: VisitId, until: Wall) -> Result<(), BookError> {
    let subject = id.0.to_string();
    let changed = change.execute(
        "UPDATE visits SET closes = ?2 WHERE id = ?1 AND closes < ?2",
        params![subject, until.timestamp_millis()],
    )?;
    if changed > 0 {
        change.log(&Entry::ClosesAt { closes: until }, &subject)?;
    }
    Ok(())
}

/// Whoever came on this invitation and is here stays as long as it says now, and no shorter than it said before.
pub(in crate::book) fn follow_invitation(
    change: &Change<'_>,
    (old, invitation): (&Invitation, &Invitation),
    by: &str,
) -> Result<(), BookError> {
    let now = change.now;
    let ends = invitation.stay_ends(now).filter(|_| !invitation.cancelled);
    let Some(until) = ends.filter(|_| ends > old.stay_ends(now)) else { return Ok(()) };
    let here = visits::find(change, "invitation_id = ? AND \"left\" IS NULL", [&invitation.id])?;
    let before = old.stay_ends(now);
    for visit in here.into_iter().filter(|visit| visit.good_until < until) {
        // A badge that ended before the invitation did was limited on purpose; its wearer may be here until the end.
        if before.is_none_or(|before| visit.good_until >= before) {
            write(change, &Visit { good_until: until, ..visit }, by)?;
        } else {
            closes_later(change, visit.id, until)?;
        }
    }
    Ok(())
}

/// What reception may correct of a visit, as it is now, with the journal's line.
pub(in crate::book) fn write(change: &Change<'_>, visit: &Visit, by: &str) -> Result<(), BookError> {
    let (details, subject) = (&visit.details, visit.id.0.to_string());
    change.execute(
        "UPDATE visits SET name = ?1, company = ?2, phone = ?3, host_id = ?4, purpose = ?5, good_until = ?6,
         closes = max(closes, ?6), note = ?7, kind = ?8, name_key = ?10 WHERE id = ?9",
        params![
            details.name.as_str(),
            details.company.as_ref().map(Company::as_str),
            details.phone.as_ref().map(Phone::as_str),
            visit.host_id,
            visit.purpose.as_ref().map(Note::as_str),
            visit.good_until.timestamp_millis(),
            visit.note.as_ref().map(Note::as_str),
            visit.kind.as_ref().map(serde_json::to_string).transpose()?,
            subject,
            details.name.key(),
        ],
    )?;
    findable::index(change, visit)?;
    let entry = Entry::Corrected { visit: Box::new(visit.clone()), note: String::new(), by: by.to_owned() };
    change.log(&entry, &subject)
}
