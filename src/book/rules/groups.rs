//! Groups as they stand: who belongs to one, and who may still join it. Reads only.

use crate::book::error::BookError;
use crate::book::rows::{deliveries, visits};
use crate::now::Wall;
use crate::visit::{Admission, Details, PersonName, Visit, VisitId};
use rusqlite::{Connection, OptionalExtension};

pub(in crate::book) fn room(change: &Connection, invitation: &str) -> Result<u8, BookError> {
    let room = change
        .prepare_cached(
            "SELECT max(0, party + 1 - (SELECT count(*) FROM visits WHERE id = used_by OR leader = used_by))
             FROM invitations WHERE id = ? AND cancelled = 0",
        )?
        .query_row([invitation], |row| row.get(0))
        .optional()?;
    Ok(room.unwrap_or(0))
}

/// Whether somebody may join a group, with its leader.
#[derive(Clone, Debug, PartialEq)]
pub enum Joining {
    /// They may.
    Open(Box<Visit>),
    /// Everybody who was expected has come.
    Full,
    /// Nobody of a group that was never invited is in the house any more.
    Gone,
    /// It was declined, or gave up waiting.
    Over,
    /// It is no group: what was announced was brought, then.
    Brought(Wall),
}

pub(in crate::book) fn joining(
    change: &Connection,
    invitation: &str,
    leader: VisitId,
) -> Result<Joining, BookError> {
    let Some(leading) = visits::one(change, leader)? else {
        return Ok(deliveries::came(change, leader.0)?.map_or(Joining::Over, Joining::Brought));
    };
    let over = match leading.admission {
        Admission::Admitted => false,
        Admission::Waiting(_) => leading.left.is_some(),
        Admission::Declined(_) => true,
    };
    if over {
        return Ok(Joining::Over);
    }
    if room(change, invitation)? == 0 {
        return Ok(Joining::Full);
    }
    // Whoever was invited may come alone.
    if invitation == own_invitation(leader) && here(change, leader)?.is_empty() {
        return Ok(Joining::Gone);
    }
    Ok(Joining::Open(Box::new(leading)))
}

/// Everybody of the group of this visit who has not left; first come first.
pub(in crate::book) fn here(change: &Connection, leader: VisitId) -> Result<Vec<Visit>, BookError> {
    let condition = "(id = ?1 OR leader = ?1) AND \"left\" IS NULL ORDER BY rowid";
    visits::find(change, condition, [leader.0.to_string()])
}

/// The key of the invitation that a group without one is given.
pub(in crate::book) fn own_invitation(leader: VisitId) -> String {
    format!("group-{}", leader.0)
}

/// Whether nobody of the house has invited this visitor: nor those whose code they come by.
pub(in crate::book) fn is_uninvited(visit: &Visit) -> bool {
    let own = own_invitation(visit.leader.unwrap_or(visit.id));
    visit.invitation_id.as_ref().is_none_or(|invitation| *invitation == own)
}

/// Whether others were announced who register by themselves.
pub(in crate::book) fn is_announced(leader: &Visit) -> bool {
    leader.details.party == 0 && leader.invitation_id.as_deref() == Some(own_invitation(leader.id).as_str())
}

/// What is known of each who comes together, the leader first.
pub(in crate::book) fn party_of(leader: &Details, members: &[PersonName]) -> Vec<Details> {
    let members = members.iter().map(|name| of_group(leader, name.clone()));
    std::iter::once(leader.clone()).chain(members).collect()
}

pub(in crate::book) fn of_group(leader: &Details, name: PersonName) -> Details {
    Details { name, company: leader.company.clone(), phone: None, party: 0 }
}
