//! What is known of people across their visits: who went through which safety instruction, who signed which notice,
//! who asked to be remembered. People are known by a hash of name and telephone number, so that this can be kept
//! longer than a visit.

use super::{Book, BookError, Chance, random};
use crate::now::{Now, Wall};
use crate::visit::{Company, Details, Instructed, PersonName, Phone, Remembered, Signature, Visit, fold};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

impl Book {
    /// The safety instruction on this topic that this person went through last.
    ///
    /// # Errors
    /// The book failed.
    pub fn instructed(&self, details: &Details, topic: &str) -> Result<Option<Instructed>, BookError> {
        let Some(person) = self.person(&details.name, details.phone.as_ref())? else { return Ok(None) };
        let proof: Option<String> = self
            .connection
            .prepare_cached("SELECT proof FROM instructed WHERE person = ? AND topic = ?")?
            .query_row([&person, topic], |row| row.get(0))
            .optional()?;
        Ok(proof.map(|proof| serde_json::from_str(&proof)).transpose()?)
    }

    /// What somebody of this name and number asked to be remembered.
    ///
    /// # Errors
    /// The book failed.
    pub fn recall(&self, name: &PersonName, phone: &Phone) -> Result<Option<Remembered>, BookError> {
        let Some(person) = self.person(name, Some(phone))? else { return Ok(None) };
        let mut found =
            self.connection.prepare_cached("SELECT company, host_id FROM remembered WHERE person = ?")?;
        let found: Option<(Option<String>, String)> =
            found.query_row([&person], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((company, host_id)) = found else { return Ok(None) };
        let company = company.map(Company::try_from).transpose();
        let company = company.map_err(|_| BookError::Corrupt("a remembered company".to_owned()))?;
        Ok(Some(Remembered { company, host_id }))
    }

    /// The signature of this person under one of these texts, by their SHA-256 in hex, and when it was written; as long as
    /// the visit is kept on which that was.
    ///
    /// # Errors
    /// The book failed.
    pub fn signed(&self, details: &Details, texts: &[&str]) -> Result<Option<(Signature, Wall)>, BookError> {
        let Some(phone) = &details.phone else { return Ok(None) };
        let visits = self.visits(
            "phone = ? AND notice_sha256 IN (SELECT value FROM json_each(?)) AND signature IS NOT NULL
             ORDER BY agreed",
            [phone.as_str(), &serde_json::to_string(texts)?],
        )?;
        let name = fold(details.name.as_str());
        let theirs = |visit: &Visit| fold(visit.details.name.as_str()) == name;
        let agreement = visits.into_iter().find(theirs).map(|visit| visit.agreement);
        Ok(agreement.and_then(|agreement| {
            let at = agreement.signed.unwrap_or(agreement.at);
            agreement.signature.map(|signature| (signature, at))
        }))
    }

    fn person(&self, name: &PersonName, phone: Option<&Phone>) -> Result<Option<String>, BookError> {
        Ok(pepper(&self.connection)?.and_then(|pepper| person(&pepper, name, phone)))
    }
}

/// Remembers somebody for next time, or forgets them.
pub(super) fn remember(
    change: &Transaction<'_>,
    chance: &mut Chance,
    details: &Details,
    host_id: &str,
    wanted: bool,
    now: Now,
) -> Result<(), BookError> {
    let Some(person) = person(&pepper_made(change, chance)?, &details.name, details.phone.as_ref()) else {
        return Ok(());
    };
    if wanted {
        change.execute(
            // Whoever was not asked for a company keeps the one that is known.
            "INSERT INTO remembered (person, company, host_id, at) VALUES (?, ?, ?, ?)
             ON CONFLICT (person) DO UPDATE SET company = coalesce(excluded.company, company),
             host_id = excluded.host_id, at = excluded.at",
            params![person, details.company.as_ref().map(Company::as_str), host_id, now.millis()],
        )?;
    } else {
        change.execute("DELETE FROM remembered WHERE person = ?", [person])?;
    }
    Ok(())
}

/// Keeps that somebody went through a safety instruction.
pub(super) fn instruct(
    change: &Transaction<'_>,
    chance: &mut Chance,
    details: &Details,
    proof: &Instructed,
) -> Result<(), BookError> {
    let pepper = pepper_made(change, chance)?;
    if let Some(person) = person(&pepper, &details.name, details.phone.as_ref()) {
        change.execute(
            "INSERT INTO instructed (person, topic, proof, at) VALUES (?, ?, ?, ?)
             ON CONFLICT (person, topic) DO UPDATE SET proof = excluded.proof, at = excluded.at",
            params![person, proof.topic, serde_json::to_string(proof)?, proof.at.timestamp_millis()],
        )?;
    }
    Ok(())
}

/// Whether somebody asked to be remembered, and how many safety instructions they are known to have gone through.
pub(super) fn known(
    connection: &Connection,
    name: &PersonName,
    phone: &Phone,
) -> Result<(bool, usize), BookError> {
    let Some(person) = pepper(connection)?.and_then(|pepper| person(&pepper, name, Some(phone))) else {
        return Ok((false, 0));
    };
    let count = |sql: &str| connection.prepare_cached(sql)?.query_row([&person], |row| row.get::<_, u32>(0));
    let remembered = count("SELECT count(*) FROM remembered WHERE person = ?")? > 0;
    let lessons = count("SELECT count(*) FROM instructed WHERE person = ?")?;
    Ok((remembered, usize::try_from(lessons).unwrap_or(0)))
}

/// Forgets all that is known of somebody across visits.
pub(super) fn forget(change: &Transaction<'_>, name: &PersonName, phone: &Phone) -> Result<(), BookError> {
    if let Some(person) = pepper(change)?.and_then(|pepper| person(&pepper, name, Some(phone))) {
        change.execute("DELETE FROM remembered WHERE person = ?", [&person])?;
        change.execute("DELETE FROM instructed WHERE person = ?", [&person])?;
    }
    Ok(())
}

fn pepper_made(change: &Transaction<'_>, chance: &mut Chance) -> Result<String, BookError> {
    if let Some(pepper) = pepper(change)? {
        return Ok(pepper);
    }
    let fresh = HEXLOWER.encode(&random::<32>(chance));
    change.execute("INSERT INTO house (name, value) VALUES ('pepper', ?)", [&fresh])?;
    Ok(fresh)
}

fn pepper(connection: &Connection) -> Result<Option<String>, BookError> {
    let mut found = connection.prepare_cached("SELECT value FROM house WHERE name = 'pepper'")?;
    Ok(found.query_row([], |row| row.get(0)).optional()?)
}

/// None: without a telephone number two of one name cannot be told apart.
fn person(pepper: &str, name: &PersonName, phone: Option<&Phone>) -> Option<String> {
    let phone = phone?;
    let name = fold(name.as_str());
    let mut hash = Sha256::new();
    for part in [pepper, &name, phone.as_str()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Some(HEXLOWER.encode(&hash.finalize()))
}
