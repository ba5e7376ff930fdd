//! What is known of people across their visits: who went through which safety instruction, who signed which notice,
//! who asked to be remembered. People are known by a hash of name and telephone number, so that this can be kept
//! longer than a visit.

use crate::book::error::BookError;
use crate::book::keep::wiping;
use crate::book::rows::person_keys::{Known, pepper};
use crate::book::{Book, Change};
use crate::now::Wall;
use crate::visit::{Company, Details, Instructed, PersonName, Phone, Remembered, Signature, Visit};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

impl Book {
    /// The safety instruction on this topic that this person went through last.
    ///
    /// # Errors
    /// The book failed.
    pub fn instructed(&self, details: &Details, topic: &str) -> Result<Option<Instructed>, BookError> {
        let Some(known) = Known::by(&self.connection, &details.name, details.phone.as_ref())? else {
            return Ok(None);
        };
        let proof: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT proof FROM instructed WHERE person IN (SELECT value FROM json_each(?)) AND topic = ?
                 ORDER BY at DESC LIMIT 1",
            )?
            .query_row([&known.any()?, topic], |row| row.get(0))
            .optional()?;
        Ok(proof.map(|proof| serde_json::from_str(&proof)).transpose()?)
    }

    /// What somebody of this name and number asked to be remembered.
    ///
    /// # Errors
    /// The book failed.
    pub fn recall(&self, name: &PersonName, phone: &Phone) -> Result<Option<Remembered>, BookError> {
        let Some(known) = Known::by(&self.connection, name, Some(phone))? else { return Ok(None) };
        let mut found = self.connection.prepare_cached(
            "SELECT company, host_id FROM remembered WHERE person IN (SELECT value FROM json_each(?))
             ORDER BY at DESC LIMIT 1",
        )?;
        let found: Option<(Option<String>, String)> = found
            .query_row([known.any()?], |row| Ok((row.get("company")?, row.get("host_id")?)))
            .optional()?;
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
            "number = ? AND notice_sha256 IN (SELECT value FROM json_each(?)) AND signature IS NOT NULL
             ORDER BY agreed",
            [phone.key(), serde_json::to_string(texts)?],
        )?;
        let theirs = |visit: &Visit| visit.details.name.is(&details.name);
        let agreement = visits.into_iter().find(theirs).map(|visit| visit.agreement);
        Ok(agreement.and_then(|agreement| {
            let at = agreement.signed.unwrap_or(agreement.at);
            agreement.signature.map(|signature| (signature, at))
        }))
    }
}

/// Remembers somebody for next time, or forgets them.
pub(in crate::book) fn remember(
    change: &Change<'_>,
    details: &Details,
    host_id: &str,
    wanted: bool,
) -> Result<(), BookError> {
    let now = change.now;
    let pepper = pepper_made(change)?;
    let Some(known) = Known::under(&pepper, &details.name, details.phone.as_ref()) else { return Ok(()) };
    let (mut before, mut was_known): (Option<String>, bool) = (None, false);
    let mut old = change.prepare_cached(
        "DELETE FROM remembered WHERE person IN (SELECT value FROM json_each(?)) RETURNING company",
    )?;
    for company in old.query_map([known.any()?], |row| row.get::<_, Option<String>>(0))? {
        (before, was_known) = (company?.or(before), true);
    }
    if wanted {
        // Whoever was not asked for a company keeps the one that is known.
        let company = details.company.as_ref().map(Company::as_str).or(before.as_deref());
        change.execute(
            "INSERT INTO remembered (person, company, host_id, at) VALUES (?, ?, ?, ?)",
            params![known.key(), company, host_id, now.millis()],
        )?;
    } else if was_known {
        wiping::owe(change, now)?;
    }
    Ok(())
}

/// Keeps that somebody went through a safety instruction.
pub(in crate::book) fn instruct(
    change: &Change<'_>,
    details: &Details,
    proof: &Instructed,
) -> Result<(), BookError> {
    let pepper = pepper_made(change)?;
    let Some(known) = Known::under(&pepper, &details.name, details.phone.as_ref()) else { return Ok(()) };
    change.execute(
        "DELETE FROM instructed WHERE person IN (SELECT value FROM json_each(?)) AND topic = ?",
        [&known.any()?, &proof.topic],
    )?;
    change.execute(
        "INSERT INTO instructed (person, topic, proof, at) VALUES (?, ?, ?, ?)",
        params![known.key(), proof.topic, serde_json::to_string(proof)?, proof.at.timestamp_millis()],
    )?;
    Ok(())
}

/// Whether somebody asked to be remembered, and how many safety instructions they are known to have gone through.
pub(in crate::book) fn known(
    connection: &Connection,
    name: &PersonName,
    phone: &Phone,
) -> Result<(bool, usize), BookError> {
    let Some(known) = Known::by(connection, name, Some(phone))? else { return Ok((false, 0)) };
    let any = known.any()?;
    let count = |sql: &str| connection.prepare_cached(sql)?.query_row([&any], |row| row.get::<_, u32>(0));
    let remembered =
        count("SELECT count(*) FROM remembered WHERE person IN (SELECT value FROM json_each(?))")? > 0;
    let lessons = count(
        "SELECT count(DISTINCT topic) FROM instructed WHERE person IN (SELECT value FROM json_each(?))",
    )?;
    Ok((remembered, usize::try_from(lessons).unwrap_or(0)))
}

/// Forgets all that is known of somebody across visits.
pub(in crate::book) fn forget(
    change: &Transaction<'_>,
    name: &PersonName,
    phone: &Phone,
) -> Result<(), BookError> {
    if let Some(known) = Known::by(change, name, Some(phone))? {
        let any = known.any()?;
        change.execute("DELETE FROM remembered WHERE person IN (SELECT value FROM json_each(?))", [&any])?;
        change.execute("DELETE FROM instructed WHERE person IN (SELECT value FROM json_each(?))", [&any])?;
    }
    Ok(())
}

fn pepper_made(change: &Change<'_>) -> Result<String, BookError> {
    if let Some(pepper) = pepper(change)? {
        return Ok(pepper);
    }
    let fresh = HEXLOWER.encode(&change.random::<32>());
    change.execute("INSERT INTO house (name, value) VALUES ('pepper', ?)", [&fresh])?;
    Ok(fresh)
}
