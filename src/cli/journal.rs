//! `frontdesk journal verify`: whether the journal is as it was written.

use crate::book::Verified;
use crate::config::Config;
use anyhow::ensure;
use std::process::ExitCode;

/// SHA-256 in hex.
const HASH_LETTERS: usize = 64;

pub(super) fn verify(config: &Config, hash: Option<&str>) -> anyhow::Result<ExitCode> {
    if let Some(hash) = hash {
        let hex = hash.trim().chars().all(|c| c.is_ascii_hexdigit());
        ensure!(
            hex && hash.trim().len() == HASH_LETTERS,
            "\"{hash}\" is no hash: copy all 64 letters of the mail"
        );
    }
    let book = super::book_as_it_is(config)?;
    let lines = match book.verify()? {
        Verified::Whole { lines, last, erased, unlisted } => {
            println!("{lines} lines, each follows from the one before; the last is {last}");
            if erased > 0 {
                println!("{erased} of them tell nothing any more: later lines say that they were erased");
            }
            if unlisted > 0 {
                println!(
                    "{unlisted} of these were erased by an earlier version, which did not write down which lines: \
                     whether other visits were taken away with them is not proved"
                );
            }
            lines
        }
        Verified::Broken { line, why } => {
            println!("line {line}: {why}; from there on the journal proves nothing");
            return Ok(ExitCode::from(1));
        }
    };
    let Some(hash) = hash else { return Ok(ExitCode::SUCCESS) };
    match book.line_of(hash)? {
        Some(line) => {
            println!("the mailed hash is that of line {line}: lines 1 to {line} are as they were then");
            if line < lines {
                println!("lines {} to {lines} were written later", line + 1);
            }
            Ok(ExitCode::SUCCESS)
        }
        None => {
            println!(
                "no line has the mailed hash: the journal was written anew, cut off before it, or is another book's"
            );
            Ok(ExitCode::from(1))
        }
    }
}
