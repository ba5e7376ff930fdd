//! Badges: their numbers, their errands, and new ones in place of old ones. Owns which number is free.

use crate::book::error::BookError;
use crate::book::{Change, outbox};
use crate::errand::{BADGE_GOOD_FOR, Badge, Work};
use crate::now::{Now, Wall};
use crate::visit::{BadgeNumber, Host, Token, Visit};
use rusqlite::{Connection, OptionalExtension, params};

/// The badge gets a new token; the old one is void, and is not printed where it was not yet.
pub(in crate::book) fn badge_again(change: &Change<'_>, visit: &mut Visit) -> Result<(), BookError> {
    let now = change.now;
    outbox::take_back(change, visit.id.0, is_badge)?;
    let subject = visit.id.0.to_string();
    change.execute(
        "INSERT INTO void_tokens (token, visit_id, voided) VALUES (?, ?, ?)",
        params![visit.badge_token.as_str(), subject, now.millis()],
    )?;
    visit.badge_token = Token::from_bytes(change.random());
    change.execute(
        "UPDATE visits SET badge_token = ? WHERE id = ?",
        params![visit.badge_token.as_str(), subject],
    )?;
    Ok(())
}

pub(in crate::book) fn is_badge(work: &Work) -> bool {
    matches!(work, Work::Badge(_))
}

/// What the badge says; a visit of the night in which the clocks are set reads by those of its beginning.
pub(in crate::book) fn badge_of(visit: &Visit, host: &Host, now: Now) -> Badge {
    Badge { good_until: now.zone.here(visit.good_until), ..Badge::of(visit, host) }
}

/// The badges of all who came together, in their order.
pub(in crate::book) fn queue_badges(
    change: &Change<'_>,
    party: &[Visit],
    host: &Host,
) -> Result<(), BookError> {
    let now = change.now;
    for visit in party {
        let badge = Work::Badge(badge_of(visit, host, now));
        change.queue(visit.id, &badge, BADGE_GOOD_FOR)?;
    }
    Ok(())
}

/// So long before now nobody came whose badge is still good: half a day longer than the longest stay.
const NO_BADGE_BEFORE: i64 = 36 * 3600 * 1000;

/// The number after the last one given today, or the first one; those that are still worn, or may be, are passed over.
pub(in crate::book) fn next_badge(
    change: &Connection,
    began: Wall,
    now: Now,
) -> Result<BadgeNumber, BookError> {
    let last = change
        .prepare_cached("SELECT badge FROM visits WHERE arrived >= ? ORDER BY rowid DESC LIMIT 1")?
        .query_row([began.timestamp_millis()], |row| row.get::<_, String>(0))
        .optional()?
        .and_then(|badge| BadgeNumber::parse(&badge));
    free_badge(change, 0, last.map_or(BadgeNumber::FIRST, BadgeNumber::next), now)
}

/// The first number from this one on that nobody has, or may come back with, but for `given` numbers that are being given.
pub(in crate::book) fn free_badge(
    change: &Connection,
    given: usize,
    first: BadgeNumber,
    now: Now,
) -> Result<BadgeNumber, BookError> {
    let mut given = given;
    let mut number = first;
    let mut worn = change.prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND \"left\" IS NULL")?;
    let mut good =
        change.prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND arrived >= ? AND good_until > ?")?;
    for _ in 0..BadgeNumber::COUNT {
        let badge = number.to_string();
        let mut is_good = || good.exists(params![badge, now.millis() - NO_BADGE_BEFORE, now.millis()]);
        if !worn.exists([&badge])? && !is_good()? {
            if given == 0 {
                return Ok(number);
            }
            given -= 1;
        }
        number = number.next();
    }
    Err(BookError::NoBadgeFree)
}
