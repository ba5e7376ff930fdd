//! The tables of the book: each file reads and writes one, columns by name. No rule stands here, and no use case is known.

pub(in crate::book) mod cases;
pub(in crate::book) mod deliveries;
pub(in crate::book) mod entry;
pub(in crate::book) mod errands;
pub(in crate::book) mod findable;
pub(in crate::book) mod hosts;
pub(in crate::book) mod invitations;
pub(in crate::book) mod journal;
pub(in crate::book) mod payloads;
pub(in crate::book) mod person_keys;
pub(in crate::book) mod rolls;
pub(in crate::book) mod visits;
pub(in crate::book) mod watched;

use crate::now::{Now, Wall};

/// What stands where a name was. The schema's indices say it too.
pub const ERASED: &str = "已删除 Erased";

/// The minutes east of UTC in which a moment is written down.
pub(in crate::book) fn zone_of(now: &Now) -> i32 {
    now.wall.offset().local_minus_utc() / 60
}

/// A moment, UTC milliseconds, by the clocks that were so many minutes east of UTC.
pub(in crate::book) fn in_zone(millis: i64, minutes: i32) -> Wall {
    use chrono::{FixedOffset, TimeZone, Utc};
    let zone = FixedOffset::east_opt(minutes * 60).unwrap_or(chrono::Offset::fix(&Utc));
    Utc.timestamp_millis_opt(millis).single().unwrap_or_default().with_timezone(&zone)
}
