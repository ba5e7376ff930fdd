//! How many mails to hosts strangers may cause, by coming or by bringing something: a flood of them must not fill a host's
//! mailbox. What is more goes to reception, who sees the lobby. Owns the count; writes no letter.

use crate::book::error::BookError;
use crate::book::{CLOCK_SWAYS, Change};
use crate::visit::{Host, VisitId};
use rusqlite::params;

/// Who is counted together.
pub(in crate::book) enum Stranger<'a> {
    /// Whoever comes without an invitation, whomever they see.
    WalkIn,
    /// Whoever brings something to this host: many hosts get something out of one car.
    Courier(&'a Host),
    /// This visitor, who comes back again and again.
    Returner(VisitId),
}

impl Stranger<'_> {
    fn key(&self) -> String {
        match self {
            Self::WalkIn => String::new(),
            Self::Courier(host) => format!("parcels {}", host.id),
            Self::Returner(visit) => format!("back {}", visit.0),
        }
    }
}

/// Whether one more of them is announced to a host by mail; it is counted then. What lies ahead was counted before the
/// clock was set back, and does not count.
pub(in crate::book) fn may_reach_host(
    change: &Change<'_>,
    stranger: &Stranger<'_>,
) -> Result<bool, BookError> {
    let (reception, now) = (change.reception, change.now);
    // Where reception has no address, a host's full mailbox is better than nobody who knows.
    if reception.email.is_none() {
        return Ok(true);
    }
    let minutes = i64::try_from(reception.walk_ins_minutes.as_millis()).unwrap_or(i64::MAX);
    let since = now.millis().saturating_sub(minutes);
    let key = stranger.key();
    let count: u32 = change
        .prepare_cached("SELECT count(*) FROM strangers WHERE what = ? AND at > ? AND at <= ?")?
        .query_row(params![key, since, now.after(CLOCK_SWAYS).millis()], |row| row.get(0))?;
    if count >= reception.walk_ins_to_hosts {
        return Ok(false);
    }
    change.prepare_cached("DELETE FROM strangers WHERE at <= ?")?.execute([since])?;
    change
        .prepare_cached("INSERT INTO strangers (at, what) VALUES (?, ?)")?
        .execute(params![now.millis(), key])?;
    Ok(true)
}
