//! The table of visits, column by column. Queries and writes; decides nothing.

use crate::book::error::BookError;
use crate::book::rows::{findable, in_zone, zone_of};
use crate::now::{Now, Wall, wall_from_millis};
use crate::visit::{
    Agreement, BadgeNumber, Company, Details, Note, PersonName, Phone, Signature, Token, Visit, VisitId,
};
use crate::words::Lang;
use rusqlite::{Connection, Params, Row, Transaction, named_params};
use uuid::Uuid;

const COLUMNS: &str = "id, invitation_id, badge, badge_token, name, company, phone, party, host_id, lang,
    notice_version, notice_lang, notice_sha256, agreed, arrived, good_until, \"left\", zone,
    kind, purpose, admission, assumed, signature, instructed, leader, signed, note, pass, watched,
    witness, doubted";

pub(in crate::book) fn damaged<E>(what: &'static str) -> impl FnOnce(E) -> BookError {
    move |_| BookError::Corrupt(format!("a visit's {what}"))
}

fn visit(row: &Row<'_>) -> Result<Visit, BookError> {
    let zone = row.get("zone")?;
    let time = |column: &str| -> Result<Wall, BookError> { Ok(in_zone(row.get(column)?, zone)) };
    let lang = |column: &str| -> Result<Lang, BookError> {
        row.get::<_, String>(column)?.parse().map_err(damaged("language"))
    };
    let text = |column: &str| row.get::<_, Option<String>>(column);
    Ok(Visit {
        id: VisitId(Uuid::parse_str(&row.get::<_, String>("id")?).map_err(damaged("id"))?),
        invitation_id: row.get("invitation_id")?,
        badge: BadgeNumber::try_from(row.get::<_, String>("badge")?).map_err(damaged("badge"))?,
        badge_token: Token::try_from(row.get::<_, String>("badge_token")?).map_err(damaged("token"))?,
        details: Details {
            name: PersonName::try_from(row.get::<_, String>("name")?).map_err(damaged("name"))?,
            company: text("company")?.map(Company::try_from).transpose().map_err(damaged("company"))?,
            phone: text("phone")?.map(Phone::try_from).transpose().map_err(damaged("phone"))?,
            party: row.get("party")?,
        },
        host_id: row.get("host_id")?,
        lang: lang("lang")?,
        agreement: Agreement {
            version: row.get("notice_version")?,
            lang: lang("notice_lang")?,
            sha256: row.get("notice_sha256")?,
            at: time("agreed")?,
            signature: text("signature")?.map(Signature::from),
            signed: row.get::<_, Option<i64>>("signed")?.map(|signed| in_zone(signed, zone)),
            witness: text("witness")?.map(|witness| serde_json::from_str(&witness)).transpose()?,
        },
        arrived: time("arrived")?,
        good_until: time("good_until")?,
        left: row.get::<_, Option<i64>>("left")?.map(|left| in_zone(left, zone)),
        kind: text("kind")?.map(|kind| serde_json::from_str(&kind)).transpose()?,
        purpose: text("purpose")?.map(Note::from),
        admission: serde_json::from_str(&row.get::<_, String>("admission")?)?,
        assumed: row.get("assumed")?,
        doubted: row.get("doubted")?,
        instructed: text("instructed")?
            .map(|all| serde_json::from_str(&all))
            .transpose()?
            .unwrap_or_default(),
        leader: text("leader")?
            .map(|id| Uuid::parse_str(&id))
            .transpose()
            .map_err(damaged("leader"))?
            .map(VisitId),
        note: text("note")?.map(Note::from),
        pass: text("pass")?,
        watched: text("watched")?.map(|sighting| serde_json::from_str(&sighting)).transpose()?,
    })
}

/// When somebody who had left came back last; none: they did not.
pub(in crate::book) fn came_back(connection: &Connection, visit: &Visit) -> Result<Option<Wall>, BookError> {
    let at: Option<i64> = connection
        .prepare_cached("SELECT max(at) FROM journal WHERE subject = ? AND kind = 'came_back'")?
        .query_row([visit.id.0.to_string()], |row| row.get(0))?;
    Ok(at.map(|at| wall_from_millis(at, &visit.arrived)))
}

/// The visits of which this holds.
pub(in crate::book) fn find(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Visit>, BookError> {
    let mut visits = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM visits WHERE {condition}"))?;
    let visits = visits.query_map(params, |row| Ok(visit(row)))?;
    visits.map(|visit| visit?).collect()
}

/// One visit.
pub(in crate::book) fn one(connection: &Connection, id: VisitId) -> Result<Option<Visit>, BookError> {
    Ok(find(connection, "id = ?", [id.0.to_string()])?.pop())
}

pub(in crate::book) fn insert(
    change: &Transaction<'_>,
    visit: &Visit,
    next_asked: Option<i64>,
    closes: i64,
    now: Now,
) -> Result<(), BookError> {
    let (details, agreement) = (&visit.details, &visit.agreement);
    change
        .prepare_cached(
            "INSERT INTO visits (id, invitation_id, badge, badge_token, name, company, phone, party, host_id, lang,
             notice_version, notice_lang, notice_sha256, agreed, arrived, good_until, zone, kind, purpose, admission,
             assumed, doubted, signature, instructed, leader, signed, watched, witness, next_asked, closes, name_key)
             VALUES (:id, :invitation_id, :badge, :badge_token, :name, :company, :phone, :party, :host_id, :lang,
             :notice_version, :notice_lang, :notice_sha256, :agreed, :arrived, :good_until, :zone, :kind, :purpose,
             :admission, 0, 0, :signature, :instructed, :leader, :signed, :watched, :witness, :next_asked, :closes,
             :name_key)",
        )?
        .execute(named_params! {
            ":id": visit.id.0.to_string(),
            ":invitation_id": visit.invitation_id,
            ":badge": visit.badge.to_string(),
            ":badge_token": visit.badge_token.as_str(),
            ":name": details.name.as_str(),
            ":company": details.company.as_ref().map(Company::as_str),
            ":phone": details.phone.as_ref().map(Phone::as_str),
            ":party": details.party,
            ":host_id": visit.host_id,
            ":lang": visit.lang.code(),
            ":notice_version": agreement.version,
            ":notice_lang": agreement.lang.code(),
            ":notice_sha256": agreement.sha256,
            ":agreed": agreement.at.timestamp_millis(),
            ":arrived": visit.arrived.timestamp_millis(),
            ":good_until": visit.good_until.timestamp_millis(),
            ":zone": zone_of(&now),
            ":kind": visit.kind.as_ref().map(serde_json::to_string).transpose()?,
            ":purpose": visit.purpose.as_ref().map(Note::as_str),
            ":admission": serde_json::to_string(&visit.admission)?,
            ":signature": agreement.signature.as_ref().map(Signature::as_path),
            ":instructed": Some(&visit.instructed)
                .filter(|all| !all.is_empty())
                .map(serde_json::to_string)
                .transpose()?,
            ":leader": visit.leader.map(|leader| leader.0.to_string()),
            ":signed": agreement.signed.map(|signed| signed.timestamp_millis()),
            ":watched": visit.watched.as_ref().map(serde_json::to_string).transpose()?,
            ":witness": agreement.witness.as_ref().map(serde_json::to_string).transpose()?,
            ":next_asked": next_asked,
            ":closes": closes,
            ":name_key": details.name.key(),
        })?;
    findable::index(change, visit)
}
