//! The journal: what happened, in order, each line chained to the one before. The chain holds only
//! commitments; bodies stand apart, so that a person can be erased and the chain still verifies. Owns what is written;
//! whether it is as it was written, `verifying` says.

use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::now::Now;
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

/// The hash before the first line.
pub(in crate::book) const NOTHING_BEFORE: &str = "";

pub(in crate::book) struct Line {
    pub seq: i64,
    pub at: i64,
    pub kind: String,
    pub subject: String,
    pub commitment: String,
    pub previous: String,
}

impl Line {
    /// Every field with its length before it, so that no two lines read the same.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        for field in [&self.kind, &self.subject, &self.commitment, &self.previous] {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field.as_bytes());
        }
        HEXLOWER.encode(&hash.finalize())
    }
}

pub(in crate::book) fn commitment(salt: &[u8], body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(body.as_bytes());
    HEXLOWER.encode(&hash.finalize())
}

/// Writes one line within the change that it tells of.
pub(in crate::book) fn write(
    change: &Transaction<'_>,
    entry: &Entry,
    subject: &str,
    salt: [u8; 16],
    now: Now,
) -> Result<(), BookError> {
    let (seq, previous) = last(change)?.map_or((1, NOTHING_BEFORE.to_owned()), |(seq, hash)| (seq + 1, hash));
    let body = serde_json::to_string(entry)?;
    let line = Line {
        seq,
        at: now.millis(),
        kind: entry.kind().to_owned(),
        subject: subject.to_owned(),
        commitment: commitment(&salt, &body),
        previous,
    };
    change
        .prepare_cached("INSERT INTO journal (seq, at, kind, subject, commitment, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![seq, line.at, line.kind, line.subject, line.commitment, line.previous, line.hash()])?;
    change
        .prepare_cached("INSERT INTO journal_bodies (seq, salt, body) VALUES (?, ?, ?)")?
        .execute(params![seq, salt.as_slice(), body])?;
    Ok(())
}

/// The last line's number and hash.
pub(in crate::book) fn last(connection: &Connection) -> Result<Option<(i64, String)>, BookError> {
    let mut last = connection
        .prepare_cached("SELECT seq, hash FROM journal WHERE seq = (SELECT max(seq) FROM journal)")?;
    Ok(last.query_row([], |row| Ok((row.get("seq")?, row.get("hash")?))).optional()?)
}
