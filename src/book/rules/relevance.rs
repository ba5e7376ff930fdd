//! Whether what an errand is about still matters. Reads only.

use crate::book::error::BookError;
use crate::book::rows::errands::Row;
use crate::book::rows::invitations;
use crate::errand::{About, Work};
use rusqlite::Connection;

/// What is never over.
const ALWAYS: &str = "SELECT 1 WHERE ?1 <> ''";

/// Whether what an errand is about is over: it has been answered, collected or dealt with, or the visitor has
/// left; or it was told or printed otherwise since. Nothing more is printed or written about it then.
pub(in crate::book) fn is_over(connection: &Connection, row: &Row) -> Result<bool, BookError> {
    let here = "SELECT 1 FROM visits WHERE id = ?1 AND \"left\" IS NULL";
    let open = match &row.work {
        // Nobody wears a badge whose token is void.
        Work::Badge(badge) => {
            let mut worn = connection.prepare_cached(&format!("{here} AND badge_token = ?2"))?;
            return Ok(!worn.exists([&row.subject.to_string(), badge.token.as_str()])?);
        }
        Work::Roll(_) => "SELECT 1 FROM rolls WHERE id = ?1 AND ended IS NULL",
        Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => ALWAYS,
        Work::Letter(letter) => match letter.about {
            About::Arrival | About::CameBack | About::NoBadge(_) => here,
            // Or somebody has seen it since.
            About::BadgeUnknown(_) => {
                "SELECT 1 FROM visits WHERE id = ?1 AND \"left\" IS NULL AND EXISTS
                     (SELECT 1 FROM errands WHERE subject = ?1 AND state = 'unknown' AND paper = 1)"
            }
            About::MayCome(_) => {
                "SELECT 1 FROM visits
                 WHERE id = ?1 AND \"left\" IS NULL AND admission LIKE '{\"waiting\"%'"
            }
            About::Parcels { .. } => "SELECT 1 FROM deliveries WHERE id = ?1 AND collected IS NULL",
            About::Case => "SELECT 1 FROM cases WHERE feedback_id = ?1 AND closed IS NULL",
            About::Invited { cancelled: false } => {
                "SELECT 1 FROM invitations WHERE id = ?1 AND cancelled = 0"
            }
            About::Invited { cancelled: true }
            | About::Roll { .. }
            | About::Supply
            | About::Seal
            | About::NoBackup(_)
            | About::Damaged => ALWAYS,
        },
    };
    // An invitation's key need not be a UUID.
    let ticket = row.work.as_letter().and_then(|letter| letter.ticket.as_ref());
    let subject = ticket.map_or_else(|| row.subject.to_string(), |ticket| ticket.id.clone());
    if !connection.prepare_cached(open)?.exists([&subject])? {
        return Ok(true);
    }
    let Some(ticket) = ticket else { return Ok(false) };
    Ok(invitations::times_told(connection, &subject)? > ticket.sequence.saturating_add(1))
}
