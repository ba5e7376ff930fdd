//! The table of invitations. Queries and writes; decides nothing.

use crate::book::error::BookError;
use crate::now::Now;
use crate::visit::{Company, Invitation, InviteCode, PersonName, Phone, Token, VisitId};
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Whose errands the mails are: the invitation's own key where it is a UUID as we write them, else one made from it.
pub(in crate::book) fn subject(id: &str) -> Uuid {
    match Uuid::parse_str(id) {
        Ok(own) if own.to_string() == id => own,
        _ => {
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&Sha256::digest(id)[..16]);
            uuid::Builder::from_custom_bytes(bytes).into_uuid()
        }
    }
}

/// How often it was told how an invitation stands.
pub(in crate::book) fn times_told(connection: &Connection, id: &str) -> Result<u32, BookError> {
    let mut told =
        connection.prepare_cached("SELECT count(*) FROM journal WHERE subject = ? AND kind = 'invited'")?;
    Ok(told.query_row([id], |row| row.get(0))?)
}

pub(in crate::book) const COLUMNS: &str =
    "id, token, code, visitor, company, phone, host_id, good_from, good_until, party, cancelled, used_by,
    visit_type, email, lang, days";

fn damaged<E>(what: &'static str) -> impl FnOnce(E) -> BookError {
    move |_| BookError::Corrupt(format!("an invitation's {what}"))
}

pub(in crate::book) fn invitation(row: &Row<'_>) -> Result<Invitation, BookError> {
    let text = |column: &str| row.get::<_, Option<String>>(column);
    Ok(Invitation {
        id: row.get("id")?,
        token: Token::try_from(row.get::<_, String>("token")?).map_err(damaged("token"))?,
        code: InviteCode::try_from(row.get::<_, String>("code")?).map_err(damaged("code"))?,
        visitor: PersonName::try_from(row.get::<_, String>("visitor")?).map_err(damaged("visitor"))?,
        company: text("company")?.map(Company::try_from).transpose().map_err(damaged("company"))?,
        phone: text("phone")?.map(Phone::try_from).transpose().map_err(damaged("phone"))?,
        host_id: row.get("host_id")?,
        from: row.get("good_from")?,
        until: row.get("good_until")?,
        party: row.get("party")?,
        cancelled: row.get("cancelled")?,
        used_by: text("used_by")?
            .map(|id| Uuid::parse_str(&id))
            .transpose()
            .map_err(damaged("visit"))?
            .map(VisitId),
        visit_type: text("visit_type")?,
        email: text("email")?,
        lang: text("lang")?.map(|lang| lang.parse()).transpose().map_err(damaged("language"))?,
        days: row.get("days")?,
    })
}

pub(in crate::book) fn read(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Option<Invitation>, BookError> {
    Ok(read_all(connection, condition, params)?.into_iter().next())
}

pub(in crate::book) fn read_all(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Invitation>, BookError> {
    let mut found =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM invitations WHERE {condition}"))?;
    let found = found.query_map(params, |row| Ok(invitation(row)))?;
    found.map(|invitation| invitation?).collect()
}

/// The visit for which an invitation was used on this day of it; of a group its leader.
pub(in crate::book) fn used_today(
    connection: &Connection,
    invitation: &Invitation,
    now: Now,
) -> Result<Option<VisitId>, BookError> {
    let today = invitation.span_of_day(now);
    let found: Option<String> = connection
        .prepare_cached(
            "SELECT id FROM visits WHERE invitation_id = ? AND leader IS NULL AND arrived >= ? AND arrived < ?
             ORDER BY rowid DESC LIMIT 1",
        )?
        .query_row(params![invitation.id, today.start, today.end], |row| row.get(0))
        .optional()?;
    Ok(found.map(|id| Uuid::parse_str(&id)).transpose().map_err(damaged("visit"))?.map(VisitId))
}

pub(in crate::book) fn insert(change: &Transaction<'_>, new: &Invitation) -> Result<(), BookError> {
    let inserted = change
        .prepare_cached(
            "INSERT INTO invitations (id, token, code, visitor, name_key, last_four, company, phone, host_id,
             good_from, good_until, party, cancelled, used_by, visit_type, email, lang, days)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET token = excluded.token, code = excluded.code,
             visitor = excluded.visitor, name_key = excluded.name_key,
             last_four = excluded.last_four, company = excluded.company, phone = excluded.phone,
             host_id = excluded.host_id, good_from = excluded.good_from, good_until = excluded.good_until,
             party = excluded.party, cancelled = excluded.cancelled, visit_type = excluded.visit_type,
             email = excluded.email, lang = excluded.lang, days = excluded.days",
        )?
        .execute(params![
            new.id,
            new.token.as_str(),
            new.code.as_str(),
            new.visitor.as_str(),
            new.visitor.key(),
            new.phone.as_ref().map(Phone::last_four).unwrap_or_default(),
            new.company.as_ref().map(Company::as_str),
            new.phone.as_ref().map(Phone::as_str),
            new.host_id,
            new.from,
            new.until,
            new.party,
            new.cancelled,
            new.used_by.map(|visit| visit.0.to_string()),
            new.visit_type,
            new.email,
            new.lang.map(|lang| lang.code().to_owned()),
            new.days,
        ]);
    match inserted {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Err(BookError::SameCode(new.id.clone()))
        }
        other => Ok(other.map(drop)?),
    }
}
