//! Whether the journal is as it was written: every line follows from the one before, and every body is there, but for
//! those of which a later line says that they were erased. Changes nothing.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::journal::{Line, NOTHING_BEFORE, commitment};
use crate::book::rows::payloads::Lines;
use rusqlite::{Connection, OptionalExtension, Row};

/// What a look through the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every line is as it was written.
    Whole {
        /// How many lines there are.
        lines: i64,
        /// The hash of the last one; kept elsewhere, it proves that none was cut off.
        last: String,
        /// How many of them tell nothing any more: later lines say that their bodies were erased.
        erased: i64,
        /// How many of these were erased by a program that did not write down which lines they were of: all about a
        /// visit at once, but nobody knows of which visits.
        unlisted: i64,
    },
    /// From this line on nothing can be trusted.
    Broken {
        /// Its number.
        line: i64,
        /// What does not fit.
        why: &'static str,
    },
}

/// What the journal says of the bodies that were erased.
struct Erasures {
    /// The lines that are named.
    listed: Lines,
    /// The lines that tell of an erasing without naming any, in order.
    unlisted: Vec<i64>,
}

impl Book {
    /// Reads the whole chain and every body that is still there.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn verify(&self) -> Result<Verified, BookError> {
        verify(&self.connection)
    }

    /// The line with this hash, as it was mailed; none: it is in no line of this journal.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn line_of(&self, hash: &str) -> Result<Option<i64>, BookError> {
        let hash = hash.trim().to_ascii_lowercase();
        let mut line = self.connection.prepare("SELECT seq FROM journal WHERE hash = ?")?;
        Ok(line.query_row([hash], |row| row.get(0)).optional()?)
    }
}

impl Erasures {
    fn read(connection: &Connection) -> Result<Self, BookError> {
        let mut told = connection.prepare(
            "SELECT seq, body FROM journal JOIN journal_bodies USING (seq)
             WHERE kind IN ('erased', 'forgotten') ORDER BY seq",
        )?;
        let (mut spans, mut unlisted, mut lists) = (Vec::new(), Vec::new(), false);
        let mut rows = told.query([])?;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get("seq")?;
            // What cannot be read accounts for nothing, and is found in its turn.
            let entry = text(row, "body")?.and_then(|body| serde_json::from_str::<Entry>(&body).ok());
            let Some(Entry::Erased { bodies, .. } | Entry::Forgotten { bodies, .. }) = entry else {
                continue;
            };
            match bodies {
                Some(lines) => {
                    // Nobody erases what is not written yet.
                    spans.extend(lines.before(seq));
                    lists = true;
                }
                // A program that names them is not followed by one that does not.
                None if lists => {}
                None => unlisted.push(seq),
            }
        }
        Ok(Self { listed: Lines::of(spans), unlisted })
    }

    /// Whether an erasing that names no lines can have taken this body: with it went all that had been written until
    /// then about the same visit.
    fn may_have_taken(&self, line: &Line, connection: &Connection) -> Result<bool, BookError> {
        let Some(then) = self.unlisted.iter().find(|then| **then > line.seq) else { return Ok(false) };
        let mut kept = connection.prepare_cached(
            "SELECT 1 FROM journal JOIN journal_bodies USING (seq) WHERE subject = ? AND journal.seq < ?",
        )?;
        Ok(!kept.exists(rusqlite::params![line.subject, then])?)
    }
}

/// A text; none where its bytes are none: a STRICT table takes any bytes that are called a text.
fn text(row: &Row<'_>, column: &str) -> Result<Option<String>, BookError> {
    let bytes = row.get_ref(column)?;
    Ok(bytes.as_bytes().ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()))
}

/// A line with the hash that stands in it; none where it cannot be read.
fn line(row: &Row<'_>) -> Result<Option<(Line, String)>, BookError> {
    let (seq, at) = (row.get("seq")?, row.get("at")?);
    let texts = (
        text(row, "kind")?,
        text(row, "subject")?,
        text(row, "commitment")?,
        text(row, "previous")?,
        text(row, "hash")?,
    );
    let (Some(kind), Some(subject), Some(commitment), Some(previous), Some(hash)) = texts else {
        return Ok(None);
    };
    Ok(Some((Line { seq, at, kind, subject, commitment, previous }, hash)))
}

pub(in crate::book) fn verify(connection: &Connection) -> Result<Verified, BookError> {
    let erasures = Erasures::read(connection)?;
    let mut lines = connection.prepare(
        "SELECT seq, at, kind, subject, commitment, previous, hash, salt, body
         FROM journal LEFT JOIN journal_bodies USING (seq) ORDER BY seq",
    )?;
    let mut rows = lines.query([])?;
    let (mut expected, mut last) = (1, NOTHING_BEFORE.to_owned());
    let (mut erased, mut unlisted) = (0, 0);
    while let Some(row) = rows.next()? {
        let broken = |why| Ok(Verified::Broken { line: expected, why });
        if row.get::<_, i64>("seq")? != expected {
            return broken("it is missing");
        }
        let Some((line, hash)) = line(row)? else { return broken("it cannot be read") };
        if line.previous != last {
            return broken("it does not follow from the line before");
        }
        if line.hash() != hash {
            return broken("it was changed");
        }
        if let Some(salt) = row.get::<_, Option<Vec<u8>>>("salt")? {
            let Some(body) = text(row, "body")? else { return broken("it cannot be read") };
            if commitment(&salt, &body) != line.commitment {
                return broken("its body was changed");
            }
        } else {
            // What is about nobody is never erased.
            let is_listed = erasures.listed.have(line.seq);
            let is_erasable = !line.subject.is_empty();
            if !is_erasable || !(is_listed || erasures.may_have_taken(&line, connection)?) {
                return broken("its body is gone, and no later line says that it was erased");
            }
            erased += 1;
            unlisted += i64::from(!is_listed);
        }
        last = hash;
        expected += 1;
    }
    let strays: i64 = connection.query_row(
        "SELECT count(*) FROM journal_bodies WHERE seq NOT IN (SELECT seq FROM journal)",
        [],
        |row| row.get(0),
    )?;
    if strays > 0 {
        return Ok(Verified::Broken { line: expected, why: "it is missing, and its body is there" });
    }
    Ok(Verified::Whole { lines: expected - 1, last, erased, unlisted })
}
