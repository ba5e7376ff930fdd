//! The keys by which people are known across their visits: a hash of name and telephone number under the book's own
//! pepper. Decides nothing.

use crate::book::error::BookError;
use crate::visit::{PersonName, Phone, fold, name_key};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// The people whom an earlier version knew by their name and number as they were written on a visit or an invitation are
/// known by the key of both. Whoever is on none any more is still found by [`Known::under`], as long as they write
/// their name as they did then.
pub(in crate::book) struct Renewing {
    pub pepper: String,
    /// By what anybody is known.
    pub people: HashSet<String>,
}

impl Renewing {
    /// None: nobody is known.
    pub fn begin(change: &Transaction<'_>) -> Result<Option<Self>, BookError> {
        let Some(pepper) = pepper(change)? else { return Ok(None) };
        let mut people =
            change.prepare("SELECT person FROM remembered UNION SELECT person FROM instructed")?;
        let people = people.query_map([], |row| row.get(0))?.collect::<Result<HashSet<String>, _>>()?;
        Ok((!people.is_empty()).then_some(Self { pepper, people }))
    }

    /// Whoever is of this name and number, as they are written.
    pub fn renew(&self, name: &str, phone: &str, change: &Transaction<'_>) -> Result<(), BookError> {
        let old = hashed(&self.pepper, &fold(name), phone);
        if !self.people.contains(&old) {
            return Ok(());
        }
        let Ok(number) = Phone::taken(phone) else { return Ok(()) };
        let new = hashed(&self.pepper, &name_key(name), &number.key());
        for sql in [
            // What is known by two forms of a number is kept as it was known last.
            "INSERT INTO remembered (person, company, host_id, at)
             SELECT ?2, company, host_id, at FROM remembered WHERE person = ?1 AND ?1 <> ?2
             ON CONFLICT (person) DO UPDATE SET company = coalesce(excluded.company, company),
             host_id = excluded.host_id, at = excluded.at WHERE excluded.at > at",
            "INSERT INTO instructed (person, topic, proof, at)
             SELECT ?2, topic, proof, at FROM instructed WHERE person = ?1 AND ?1 <> ?2
             ON CONFLICT (person, topic) DO UPDATE SET proof = excluded.proof, at = excluded.at
             WHERE excluded.at > at",
            "DELETE FROM remembered WHERE person = ?1 AND ?1 <> ?2",
            "DELETE FROM instructed WHERE person = ?1 AND ?1 <> ?2",
        ] {
            change.prepare_cached(sql)?.execute([&old, &new])?;
        }
        Ok(())
    }
}

pub(in crate::book) fn pepper(connection: &Connection) -> Result<Option<String>, BookError> {
    let mut found = connection.prepare_cached("SELECT value FROM house WHERE name = 'pepper'")?;
    Ok(found.query_row([], |row| row.get(0)).optional()?)
}

/// By what somebody may be known: first as it is written today, then in every order of the words of their name, then as
/// earlier versions wrote it.
pub(in crate::book) struct Known(Vec<String>);

impl Known {
    /// None: nobody is known in this book yet, or they have no number.
    pub fn by(
        book: &Connection,
        name: &PersonName,
        phone: Option<&Phone>,
    ) -> Result<Option<Self>, BookError> {
        Ok(pepper(book)?.and_then(|pepper| Self::under(&pepper, name, phone)))
    }

    /// None: without a telephone number two of one name cannot be told apart.
    pub fn under(pepper: &str, name: &PersonName, phone: Option<&Phone>) -> Option<Self> {
        let phone = phone?;
        let (number, before) = (phone.key(), fold(name.as_str()));
        let today = name.keys().into_iter().map(|key| hashed(pepper, &key, &number)).collect::<Vec<_>>();
        let former = phone.former().into_iter().map(|number| hashed(pepper, &before, &number));
        Some(Self(today.into_iter().chain(former).collect()))
    }

    pub fn key(&self) -> Option<&String> {
        self.0.first()
    }

    /// For a question.
    pub fn any(&self) -> Result<String, BookError> {
        Ok(serde_json::to_string(&self.0)?)
    }
}

fn hashed(pepper: &str, name: &str, number: &str) -> String {
    let mut hash = Sha256::new();
    for part in [pepper, name, number] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    HEXLOWER.encode(&hash.finalize())
}
