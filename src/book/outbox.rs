//! Errands that are taken back or settled because something else is done in their place.

use crate::book::Change;
use crate::book::error::BookError;
use crate::book::rows::errands::rows;
use crate::errand::{Seen, State, Trouble, Work};
use crate::visit::VisitId;
use uuid::Uuid;

/// Somebody looked: the badge came out, or it did not and another one follows.
pub(in crate::book) fn settle_unknown(
    change: &Change<'_>,
    id: Uuid,
    visit: VisitId,
    came_out: bool,
) -> Result<(), BookError> {
    let state = if came_out { State::Done(Seen::Confirmed) } else { State::Failed(Trouble::Interrupted) };
    change.errand_is(id, visit.0, state)
}

/// Something else is done in place of these errands of a subject: what waits is not done any more, and what failed is
/// dealt with. What a runner has is left to it.
pub(in crate::book) fn take_back(
    change: &Change<'_>,
    subject: Uuid,
    which: fn(&Work) -> bool,
) -> Result<(), BookError> {
    let condition = "subject = ? AND (state = 'queued' OR (state = 'failed' AND settled = 0))";
    for row in rows(change, condition, [subject.to_string()])? {
        if !which(&row.work) {
            continue;
        }
        if let State::Queued(why) = row.state {
            let state = State::Failed(why.unwrap_or(Trouble::Late));
            change.errand_is(row.id, row.subject, state)?;
        }
        change
            .prepare_cached("UPDATE errands SET settled = 1 WHERE id = ?")?
            .execute([row.id.to_string()])?;
    }
    Ok(())
}

/// Gives up the files that are being written of visits found by words: somebody is erased, who may be in them and whose
/// name the words may be.
pub(in crate::book) fn give_up_searches(change: &Change<'_>) -> Result<(), BookError> {
    let searched = "state IN ('queued', 'sending') AND work ->> '$.what.visits.words' <> ''";
    for row in rows(change, searched, [])? {
        change.errand_is(row.id, row.subject, State::Failed(Trouble::Interrupted))?;
    }
    Ok(())
}
