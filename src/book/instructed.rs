//! Who went through which safety instruction. Known by a hash of name and telephone number, so that it can be
//! kept longer than the visit.

use super::{Book, BookError, Chance, random};
use crate::visit::{Details, Instructed, Kind, fold};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

impl Book {
    /// The safety instruction of this type of visit that this person went through last.
    ///
    /// # Errors
    /// The book failed.
    pub fn instructed(&self, details: &Details, visit_type: &str) -> Result<Option<Instructed>, BookError> {
        let Some(person) = pepper(&self.connection)?.and_then(|pepper| person(&pepper, details)) else {
            return Ok(None);
        };
        let proof: Option<String> = self
            .connection
            .prepare_cached("SELECT proof FROM instructed WHERE person = ? AND visit_type = ?")?
            .query_row([&person, visit_type], |row| row.get(0))
            .optional()?;
        Ok(proof.map(|proof| serde_json::from_str(&proof)).transpose()?)
    }
}

pub(super) fn remember(
    change: &Transaction<'_>,
    chance: &mut Chance,
    details: &Details,
    kind: &Kind,
    proof: &Instructed,
) -> Result<(), BookError> {
    let pepper = match pepper(change)? {
        Some(pepper) => pepper,
        None => {
            let fresh = HEXLOWER.encode(&random::<32>(chance));
            change.execute("INSERT INTO house (name, value) VALUES ('pepper', ?)", [&fresh])?;
            fresh
        }
    };
    if let Some(person) = person(&pepper, details) {
        change.execute(
            "INSERT INTO instructed (person, visit_type, proof, at) VALUES (?, ?, ?, ?)
             ON CONFLICT (person, visit_type) DO UPDATE SET proof = excluded.proof, at = excluded.at",
            params![person, kind.id, serde_json::to_string(proof)?, proof.at.timestamp_millis()],
        )?;
    }
    Ok(())
}

fn pepper(connection: &Connection) -> Result<Option<String>, BookError> {
    let mut found = connection.prepare_cached("SELECT value FROM house WHERE name = 'pepper'")?;
    Ok(found.query_row([], |row| row.get(0)).optional()?)
}

/// None: without a telephone number two of one name cannot be told apart.
fn person(pepper: &str, details: &Details) -> Option<String> {
    let phone = details.phone.as_ref()?;
    let name = fold(details.name.as_str());
    let mut hash = Sha256::new();
    for part in [pepper, &name, phone.as_str()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Some(HEXLOWER.encode(&hash.finalize()))
}
