//! Visitors leave, come back with the same badge, or are taken to have left when the house closes.

use crate::book::badges::badge_again;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::visits::one;
use crate::book::rows::{hosts, in_zone, zone_of};
use crate::book::rules::questions::noted_question;
use crate::book::rules::{groups, letters};
use crate::book::strangers::{Stranger, may_reach_host};
use crate::book::{Book, Change, parties, watch};
use crate::errand::{ARRIVAL_GOOD_FOR, About, Work};
use crate::now::{Now, wall_from_millis};
use crate::visit::{Admission, Asked, Visit, VisitId};
use rusqlite::{OptionalExtension, params};

impl Book {
    /// Ends a visit, and those of the whole group where its leader still waits to be let in: nobody of it can wait
    /// without them. One that has ended already stays as it is.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn leave(&mut self, id: VisitId, now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        let Some(visit) = one(&change, id)? else { return Ok(()) };
        let leaving = if visit.waits() { groups::here(&change, id)? } else { vec![visit] };
        parties::sign_out(&change, &leaving)?;
        change.commit()?;
        Ok(())
    }

    /// Somebody who left comes back with the same badge, and their host is told. Whom the watch list may mean by now
    /// waits for reception instead, as if they arrived, and their badge is void. False where it is no longer allowed, or
    /// the badge's number was given away.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn come_back(&mut self, id: VisitId, now: Now) -> Result<bool, BookError> {
        let change = self.change(now)?;
        let reception = change.reception;
        let Some(mut visit) = one(&change, id)? else { return Ok(false) };
        let subject = id.0.to_string();
        let taken = change
            .prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND \"left\" IS NULL")?
            .exists([visit.badge.to_string()])?;
        if taken || !visit.may_return(now.millis()) {
            return Ok(false);
        }
        let back = change.execute(
            "UPDATE visits SET \"left\" = NULL, doubted = 0 WHERE id = ? AND closes > ?",
            params![subject, now.millis()],
        )?;
        // The house has closed meanwhile.
        if back == 0 {
            return Ok(false);
        }
        visit.left = None;
        change.log(&Entry::CameBack, &subject)?;
        let noted = watch::look_again(&change, &mut visit, false)?;
        if noted {
            wait_for_reception(&change, &mut visit)?;
        }
        visit.arrived = in_zone(now.millis(), zone_of(&now));
        visit.details.party = 0;
        let letter = match hosts::one(&change, &visit.host_id)? {
            None => None,
            Some(host) if noted => {
                noted_question(&change, reception, &visit, &host)?.and_then(|question| question.letter)
            }
            Some(host) if may_reach_host(&change, &Stranger::Returner(id))? => {
                letters::host_letter(&change, reception, &visit, &host, About::CameBack)?
            }
            Some(host) => {
                change.log(&Entry::HostsSpared, &subject)?;
                letters::spared_letter(&change, reception, &visit, &host, About::CameBack)?
            }
        };
        if let Some(letter) = letter {
            let letter = Work::Letter(letter);
            change.queue(id, &letter, ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(true)
    }

    /// Whoever has not signed out when the house closes is taken to have left then.
    pub(in crate::book) fn close_house(&mut self, now: Now) -> Result<(), BookError> {
        for visit in self.visits("\"left\" IS NULL AND closes <= ?", [now.millis()])? {
            let change = self.change(now)?;
            let subject = visit.id.0.to_string();
            let closed: Option<i64> = change
                .query_row(
                    "UPDATE visits SET \"left\" = max(closes, arrived), assumed = 1, next_asked = NULL
                     WHERE id = ? AND \"left\" IS NULL RETURNING \"left\"",
                    [&subject],
                    |row| row.get(0),
                )
                .optional()?;
            // They have just signed out themselves.
            let Some(closed) = closed else { continue };
            let left = wall_from_millis(closed, &visit.arrived);
            parties::give_up(&change, visit.id)?;
            change.log(&Entry::AssumedLeft { left: Some(left) }, &subject)?;
            change.commit()?;
        }
        Ok(())
    }
}

/// A visitor who is back waits for reception's answer; the badge in their hand is void until there is one.
fn wait_for_reception(change: &Change<'_>, visit: &mut Visit) -> Result<(), BookError> {
    let subject = visit.id.0.to_string();
    visit.admission = Admission::Waiting(Asked::Reception);
    change.execute(
        "UPDATE visits SET admission = ?, next_asked = NULL WHERE id = ?",
        params![serde_json::to_string(&visit.admission)?, subject],
    )?;
    let entry = Entry::Asked { who: Asked::Reception };
    change.log(&entry, &subject)?;
    badge_again(change, visit)?;
    change.log(&Entry::BadgeAgain(Box::new(visit.clone())), &subject)
}
