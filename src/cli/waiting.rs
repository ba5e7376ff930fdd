//! `frontdesk waiting`, `admit` and `decline`: who waits to be let in, and what reception says.

use crate::book::Book;
use crate::config::Config;
use crate::front::clock::Clock;
use crate::visit::{Admission, Asked, BadgeNumber, Visit};
use anyhow::{Context, bail};
use std::process::ExitCode;

/// The longest word for a visitor that the page holds.
const LONGEST_WORD: usize = 200;

pub(super) fn list(config: &Config) -> anyhow::Result<ExitCode> {
    let book = super::book_as_it_is(config)?;
    let waiting = book.waiting()?;
    for visit in &waiting {
        println!("{}", line(&book, visit)?);
    }
    if waiting.is_empty() {
        println!("nobody waits");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(book: &Book, visit: &Visit) -> anyhow::Result<String> {
    let host = book.host(&visit.host_id)?.map(|host| host.name.base).unwrap_or_default();
    let company = visit.details.company.as_ref().map(|company| format!(" ({company})")).unwrap_or_default();
    let asked = match visit.admission {
        Admission::Waiting(Asked::Host) => "the host was asked",
        Admission::Waiting(Asked::Deputy) => "whoever stands in was asked",
        Admission::Waiting(Asked::Reception) | Admission::Admitted | Admission::Declined(_) => {
            "reception decides"
        }
    };
    let unsigned =
        if visit.agreement.witness.is_some() { "; has not signed: sign with them first" } else { "" };
    let since = visit.arrived.format("%H:%M");
    Ok(format!("{}  {since}  {}{company} for {host}: {asked}{unsigned}", visit.badge, visit.details.name))
}

/// Who runs the command, for the journal.
pub(super) fn who() -> String {
    ["SUDO_USER", "USER"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// Lets in, or declines with a word.
pub(super) fn answer(config: &Config, number: &str, word: Option<&str>) -> anyhow::Result<ExitCode> {
    let number =
        BadgeNumber::parse(number).with_context(|| format!("\"{number}\" is no number such as A017"))?;
    if word.is_some_and(|word| word.chars().count() > LONGEST_WORD) {
        bail!("the word for the visitor is longer than {LONGEST_WORD} characters");
    }
    let mut book = super::book(config)?;
    let visit = book.waiting()?.into_iter().find(|visit| visit.badge == number);
    let Some(visit) = visit else { bail!("nobody with number {number} waits; see `frontdesk waiting`") };
    let by = who();
    let now = Clock::start().now();
    let done = match word {
        None => book.admit(visit.id, &by, now)?,
        Some(word) => book.decline(visit.id, &by, word.trim(), now)?,
    };
    if !done {
        bail!("somebody else has answered about {number} just now");
    }
    println!("{number} is {}", if word.is_none() { "let in" } else { "declined" });
    Ok(ExitCode::SUCCESS)
}
