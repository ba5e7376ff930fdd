//! The table of deliveries. Decides nothing.

use crate::book::error::BookError;
use crate::book::rows::in_zone;
use crate::now::Wall;
use crate::visit::{Delivery, DeliveryId, Note};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

pub(in crate::book) const COLUMNS: &str =
    "id, number, host_id, carrier, parcels, to_sign, arrived, collected, zone";

pub(in crate::book) fn delivery(row: &Row<'_>) -> Result<Delivery, BookError> {
    let zone = row.get("zone")?;
    let id: String = row.get("id")?;
    Ok(Delivery {
        id: DeliveryId(Uuid::parse_str(&id).map_err(|_| BookError::Corrupt("a delivery's id".to_owned()))?),
        number: row.get("number")?,
        host_id: row.get("host_id")?,
        carrier: row.get::<_, Option<String>>("carrier")?.map(Note::from),
        parcels: row.get("parcels")?,
        to_sign: row.get("to_sign")?,
        arrived: in_zone(row.get("arrived")?, zone),
        collected: row.get::<_, Option<i64>>("collected")?.map(|collected| in_zone(collected, zone)),
    })
}

/// When this delivery came.
pub(in crate::book) fn came(connection: &Connection, id: Uuid) -> Result<Option<Wall>, BookError> {
    let mut found = connection.prepare_cached("SELECT arrived, zone FROM deliveries WHERE id = ?")?;
    let came = found
        .query_row([id.to_string()], |row| Ok(in_zone(row.get("arrived")?, row.get("zone")?)))
        .optional()?;
    Ok(came)
}
