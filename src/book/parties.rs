//! Groups: several people on one invitation, each with a visit and a badge of their own. Whoever comes late
//! joins by the same code, as long as there is room.

use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::{invitations, visits};
use crate::book::rules::groups::{Joining, here, joining, of_group, own_invitation, room};
use crate::book::{Book, Change};
use crate::now::Now;
use crate::visit::{
    Agreement, BadgeNumber, Invitation, InviteCode, PARTY_MAX, PersonName, Token, Visit, VisitId,
};
use rusqlite::{Transaction, params};

/// So many more than were announced may join a group that nobody invited.
const UNANNOUNCED: u8 = 5;

/// So often a code is drawn until it is one that nobody has; two of 28⁶ are the same now and then.
const DRAWS: u32 = 20;

impl Book {
    /// How many more may come on this invitation.
    ///
    /// # Errors
    /// The book failed.
    pub fn room(&self, invitation: &str) -> Result<u8, BookError> {
        room(&self.connection, invitation)
    }

    /// Whether somebody may still join the group that came on this invitation, which this leader used.
    ///
    /// # Errors
    /// The book failed.
    pub fn joining(&self, invitation: &str, leader: VisitId) -> Result<Joining, BookError> {
        joining(&self.connection, invitation, leader)
    }

    /// Everybody of the group of this visit who has not left, its leader among them; first come first.
    ///
    /// # Errors
    /// The book failed.
    pub fn group(&self, leader: VisitId) -> Result<Vec<Visit>, BookError> {
        here(&self.connection, leader)
    }

    /// Everybody who came together with this visitor, who stands first; those who came later are not among them.
    ///
    /// # Errors
    /// The book failed.
    pub fn party(&self, leader: VisitId) -> Result<Vec<Visit>, BookError> {
        self.visits(
            "id = ?1 OR (leader = ?1 AND arrived = (SELECT arrived FROM visits WHERE id = ?1)) ORDER BY rowid",
            [leader.0.to_string()],
        )
    }

    /// How many came along with this visitor and have no visit of their own.
    ///
    /// # Errors
    /// The book failed.
    pub fn unregistered(&self, visit: &Visit) -> Result<u8, BookError> {
        if visit.details.party == 0 {
            return Ok(0);
        }
        let mut members = self.connection.prepare_cached("SELECT count(*) FROM visits WHERE leader = ?")?;
        let members: u32 = members.query_row([visit.id.0.to_string()], |row| row.get(0))?;
        Ok(visit.details.party.saturating_sub(u8::try_from(members).unwrap_or(u8::MAX)))
    }

    /// Signs out everybody of a group.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn leave_together(&mut self, leader: VisitId, now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        let group = here(&change, leader)?;
        sign_out(&change, &group)?;
        change.commit()?;
        Ok(())
    }
}

/// Signs these out, as far as they are here.
pub(in crate::book) fn sign_out(change: &Change<'_>, leaving: &[Visit]) -> Result<(), BookError> {
    for visit in leaving {
        sign_out_one(change, visit, &Entry::Left)?;
    }
    Ok(())
}

/// Signs one out, as the journal tells it; false where they are not here.
pub(in crate::book) fn sign_out_one(
    change: &Change<'_>,
    visit: &Visit,
    entry: &Entry,
) -> Result<bool, BookError> {
    let now = change.now;
    let subject = visit.id.0.to_string();
    let ended = change.execute(
        "UPDATE visits SET \"left\" = ?, next_asked = NULL WHERE id = ? AND \"left\" IS NULL",
        params![now.millis(), subject],
    )?;
    if ended == 1 {
        give_up(change, visit.id)?;
        change.log(entry, &subject)?;
    }
    Ok(ended == 1)
}

/// Takes one of the places that are left; the leader of the group.
pub(in crate::book) fn take_place(
    change: &Transaction<'_>,
    visit: &Visit,
    leader: VisitId,
) -> Result<Visit, BookError> {
    match joining(change, visit.invitation_id.as_deref().unwrap_or_default(), leader)? {
        Joining::Open(leader) => Ok(*leader),
        Joining::Full | Joining::Gone | Joining::Over | Joining::Brought(_) => Err(BookError::NoLongerGood),
    }
}

/// The invitation is this visit's from now on; where it is good on several days, on this one.
pub(in crate::book) fn use_up(change: &Transaction<'_>, visit: &Visit, now: Now) -> Result<(), BookError> {
    let id = visit.invitation_id.as_deref().unwrap_or_default();
    let invitation =
        invitations::read(change, "id = ? AND cancelled = 0", [id])?.ok_or(BookError::NoLongerGood)?;
    let used = match invitation.days {
        0 => invitation.used_by,
        _ => invitations::used_today(change, &invitation, now)?,
    };
    if used.is_some() {
        return Err(BookError::NoLongerGood);
    }
    change.execute("UPDATE invitations SET used_by = ? WHERE id = ?", params![visit.id.0.to_string(), id])?;
    Ok(())
}

/// A code that no invitation has.
pub(in crate::book) fn fresh_code(change: &Change<'_>) -> Result<InviteCode, BookError> {
    let mut code = InviteCode::from_bytes(change.random());
    let mut taken = change.prepare_cached("SELECT 1 FROM invitations WHERE code = ?")?;
    for _ in 0..DRAWS {
        if !taken.exists([code.as_str()])? {
            break;
        }
        code = InviteCode::from_bytes(change.random());
    }
    Ok(code)
}

/// A group that nobody invited gets an invitation for those who come late, and for so many others who register by
/// themselves; its id.
pub(in crate::book) fn invite_late_ones(
    change: &Change<'_>,
    leader: &Visit,
    others: u8,
) -> Result<String, BookError> {
    let now = change.now;
    let announced = leader.details.party.saturating_add(others);
    let code = fresh_code(change)?;
    let made = Invitation {
        id: own_invitation(leader.id),
        token: Token::from_bytes(change.random()),
        code,
        visitor: leader.details.name.clone(),
        company: leader.details.company.clone(),
        phone: leader.details.phone.clone(),
        host_id: leader.host_id.clone(),
        from: now.millis(),
        until: leader.good_until.timestamp_millis(),
        party: announced.saturating_add(UNANNOUNCED).min(PARTY_MAX),
        cancelled: false,
        used_by: Some(leader.id),
        visit_type: leader.kind.as_ref().map(|kind| kind.id.clone()),
        email: None,
        lang: None,
        days: 0,
    };
    invitations::insert(change, &made)?;
    Ok(made.id)
}

/// Whoever comes late may still join a group whose leader stays longer.
pub(in crate::book) fn stays_longer(change: &Transaction<'_>, leader: &Visit) -> Result<(), BookError> {
    change.execute(
        "UPDATE invitations SET good_until = max(good_until, ?) WHERE id = ?",
        params![leader.good_until.timestamp_millis(), own_invitation(leader.id)],
    )?;
    Ok(())
}

/// Nobody joins a group that was declined.
pub(in crate::book) fn invite_no_more(change: &Transaction<'_>, leader: VisitId) -> Result<(), BookError> {
    change.execute(
        "UPDATE invitations SET cancelled = 1 WHERE used_by = ? AND id = ?",
        params![leader.0.to_string(), own_invitation(leader)],
    )?;
    Ok(())
}

/// Nobody joins a group whose leader went away without an answer: nobody would be asked about them.
pub(in crate::book) fn give_up(change: &Transaction<'_>, leader: VisitId) -> Result<(), BookError> {
    if visits::one(change, leader)?.is_some_and(|leader| leader.waits()) {
        invite_no_more(change, leader)?;
    }
    Ok(())
}

/// One more of the party, whose leader stands first in it. They have read the notice through the leader's eyes; they
/// have signed nothing, and gone through no instruction.
pub(in crate::book) fn member(
    change: &Change<'_>,
    party: &[Visit],
    name: PersonName,
    badge: BadgeNumber,
) -> Visit {
    let leader = &party[0];
    Visit {
        id: VisitId(change.new_id()),
        badge,
        badge_token: Token::from_bytes(change.random()),
        details: of_group(&leader.details, name),
        leader: Some(leader.id),
        agreement: Agreement { signature: None, signed: None, ..leader.agreement.clone() },
        instructed: Vec::new(),
        ..leader.clone()
    }
}
