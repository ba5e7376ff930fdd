//! A visit told again, out of nothing but the journal, and compared with its row. What the journal no longer tells, because
//! it was erased or an early version did not write it down, is not compared. Changes nothing.

use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::{ERASED, visits};
use crate::errand::Fault;
use crate::now::{Wall, wall_from_millis};
use crate::visit::{Admission, Agreement, Details, Phone, Visit, VisitId};
use crate::words::Lang;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use uuid::Uuid;

/// A visit as the journal tells it.
struct Retelling {
    visit: Visit,
    /// Whether it tells when they left.
    tells_left: bool,
    /// Whether it tells who may say that they come in, and what was said.
    tells_admission: bool,
}

impl Retelling {
    /// What a line of this kind said was erased, with whoever led the group.
    fn forget(&mut self, kind: &str) {
        self.tells_admission &= !matches!(kind, "asked" | "admitted" | "declined");
        self.tells_left &= kind != "declined";
    }
}

/// Finds the visits that are not as the journal tells them; at most so many.
pub(in crate::book) fn check(connection: &Connection, most: usize) -> Result<Vec<Fault>, BookError> {
    let mut faults = Vec::new();
    let mut rows = connection.prepare("SELECT rowid, id FROM visits WHERE name <> ? ORDER BY rowid")?;
    let rows = rows.query_map([ERASED], |row| {
        Ok((row.get::<_, i64>("rowid")?, row.get_ref("id")?.as_bytes()?.to_vec()))
    })?;
    for row in rows {
        if faults.len() >= most {
            break;
        }
        let (row, id) = row?;
        let differ = match std::str::from_utf8(&id).ok().and_then(|id| Uuid::parse_str(id).ok()) {
            Some(id) => differ(connection, VisitId(id))?,
            None => vec!["id"],
        };
        if !differ.is_empty() {
            let columns = differ.join(", ");
            faults.push(Fault::Told { row, columns });
        }
    }
    Ok(faults)
}

/// In what a visit's row differs from what the journal tells.
fn differ(connection: &Connection, id: VisitId) -> Result<Vec<&'static str>, BookError> {
    let row = match visits::one(connection, id) {
        Ok(Some(row)) => row,
        Ok(None) => return Ok(vec!["id"]),
        Err(BookError::Corrupt(_)) => return Ok(vec!["text"]),
        // Bytes that are no text, or a number where a text stands.
        Err(BookError::Sqlite(_)) => return Ok(vec!["type"]),
        Err(problem) => return Err(problem),
    };
    let Some(told) = told(connection, &row)? else { return Ok(Vec::new()) };
    let Retelling { visit: told, tells_left, tells_admission } = told;
    let (a, b) = (&told.details, &row.details);
    let (c, d) = (&told.agreement, &row.agreement);
    let pairs = [
        ("invitation", told.invitation_id == row.invitation_id),
        ("badge", told.badge == row.badge),
        ("badge's token", told.badge_token == row.badge_token),
        ("name", a.name == b.name),
        ("company", a.company == b.company),
        ("telephone", key(a) == key(b)),
        ("party", a.party == b.party),
        ("host", told.host_id == row.host_id),
        ("language", told.lang == row.lang),
        ("notice", notice(c) == notice(d)),
        ("signature", (&c.signature, c.signed) == (&d.signature, d.signed)),
        ("arrival", told.arrived == row.arrived),
        ("end", told.good_until.timestamp_millis() == row.good_until.timestamp_millis()),
        ("leaving", !tells_left || (told.left, told.assumed) == (row.left, row.assumed)),
        ("type", told.kind == row.kind),
        ("purpose", told.purpose == row.purpose),
        ("admission", !tells_admission || told.admission == row.admission),
        ("instructions", told.instructed == row.instructed),
        ("group", told.leader == row.leader),
    ];
    Ok(pairs.into_iter().filter(|(_, same)| !same).map(|(what, _)| what).collect())
}

/// What they agreed to, and when: a row keeps milliseconds, a line of the journal what the clock said.
fn notice(agreement: &Agreement) -> (&str, Lang, &str, i64) {
    let Agreement { version, lang, sha256, at, .. } = agreement;
    (version, *lang, sha256, at.timestamp_millis())
}

/// A number however it was written: a migration may have written it otherwise.
fn key(details: &Details) -> Option<String> {
    details.phone.as_ref().map(Phone::key)
}

/// What the journal tells of a visit; of a group, its leader's lines tell of all. None: it tells nothing any more.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other lines tell of something else")]
fn told(connection: &Connection, row: &Visit) -> Result<Option<Retelling>, BookError> {
    let own = row.id.0.to_string();
    let leader = row.leader.map_or_else(|| own.clone(), |leader| leader.0.to_string());
    let mut lines = connection.prepare_cached(
        "SELECT at, subject = ?1 AS own, body, kind FROM journal LEFT JOIN journal_bodies USING (seq)
         WHERE subject IN (?1, ?2) ORDER BY seq",
    )?;
    let mut lines = lines.query([&own, &leader])?;
    let mut told: Option<Retelling> = None;
    while let Some(line) = lines.next()? {
        let (at, is_own): (i64, bool) = (line.get("at")?, line.get("own")?);
        if let (Some(told), Some(true)) =
            (&mut told, line.get_ref("body").map(|body| body == ValueRef::Null).ok())
        {
            told.forget(line.get_ref("kind")?.as_str().unwrap_or_default());
            continue;
        }
        // What cannot be read is found where the chain is read.
        let body = line.get_ref("body")?.as_bytes().unwrap_or_default();
        let Ok(entry) = serde_json::from_slice::<Entry>(body) else { continue };
        if let (true, Entry::Arrived { visit, .. }) = (is_own, &entry) {
            told = Some(Retelling { visit: Visit::clone(visit), tells_left: true, tells_admission: true });
        }
        let Some(Retelling { visit, tells_left, .. }) = &mut told else { continue };
        let wall: Wall = wall_from_millis(at, &visit.arrived);
        match entry {
            Entry::BadgeAgain(stands)
            | Entry::Reprinted { visit: stands, .. }
            | Entry::Corrected { visit: stands, .. }
                if is_own =>
            {
                // Whether they are here is told by other lines.
                let gone = (visit.left, visit.assumed);
                *visit = *stands;
                (visit.left, visit.assumed) = gone;
            }
            Entry::Left | Entry::LeftByNumber | Entry::SignedOut { .. } if is_own => {
                (visit.left, *tells_left) = (Some(wall), true)
            }
            Entry::CameBack | Entry::SignOutTakenBack { .. } if is_own => {
                (visit.left, *tells_left) = (None, true)
            }
            Entry::AssumedLeft { left } if is_own => {
                (visit.left, visit.assumed, *tells_left) = (left, true, left.is_some());
            }
            // A group is asked about, let in and declined as one, but for those of it who wait for nothing.
            Entry::Asked { who } if is_own || (visit.left.is_none() && visit.waits()) => {
                visit.admission = Admission::Waiting(who);
            }
            Entry::Admitted { .. } if visit.left.is_none() && visit.waits() => {
                visit.admission = Admission::Admitted;
            }
            Entry::Declined { word, .. } if visit.left.is_none() && visit.waits() => {
                (visit.admission, visit.left, *tells_left) = (Admission::Declined(word), Some(wall), true);
            }
            _ => {}
        }
    }
    Ok(told)
}
