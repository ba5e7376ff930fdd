//! `frontdesk watch`: whom reception is to be told about.

use super::waiting::who;
use super::{WatchCommand, WatchedArguments};
use crate::book::{Book, NewWatched, Pointless};
use crate::config::Config;
use crate::front::clock::Clock;
use crate::now::{Now, Wall};
use crate::typed;
use crate::visit::Watched;
use anyhow::{Context, bail};
use chrono::NaiveTime;
use std::process::ExitCode;

pub(super) fn run(config: &Config, command: WatchCommand) -> anyhow::Result<ExitCode> {
    let looks = matches!(command, WatchCommand::List);
    let mut book = if looks { super::book_as_it_is(config)? } else { super::book(config)? };
    let now = Clock::start().now();
    match command {
        WatchCommand::Add(new) => {
            let new = entry(new, now)?;
            if let Some(why) = new.pointless(now) {
                bail!("nobody was put on the list: {why}{}", option(why));
            }
            let watched = book.watch(new, &who(), now)?.context("nobody was put on the list")?;
            println!("{} is on the watch list", label(&watched));
        }
        WatchCommand::List => {
            let watched = book.watched()?;
            for entry in &watched {
                println!("{}", line(entry, &now.wall));
            }
            if watched.is_empty() {
                println!("nobody is on the watch list");
            }
        }
        WatchCommand::Remove { entry } => {
            let watched = named(&book, &entry)?;
            if !book.unwatch(watched.id, &who(), now)? {
                bail!("somebody else has taken {entry} off the list just now");
            }
            println!("{} is off the watch list", label(&watched));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is to be given, where the sentence does not say it.
fn option(why: Pointless) -> &'static str {
    match why {
        Pointless::Nobody => "; give --name, --phone or --company",
        Pointless::Name => " (--name)",
        Pointless::Phone(_) => " (--phone)",
        Pointless::Company => " (--company)",
        Pointless::Over => " (--until)",
    }
}

fn entry(new: WatchedArguments, now: Now) -> anyhow::Result<NewWatched> {
    let WatchedArguments { name, phone, company, reason, note, until } = new;
    let until = until.map(|day| last_moment(&day, now)).transpose()?;
    Ok(NewWatched { name, phone, company, reason, note, until })
}

/// The last second of a day such as 2026-12-31.
fn last_moment(day: &str, now: Now) -> anyhow::Result<Wall> {
    let date = typed::day(day).with_context(|| format!("\"{day}\" is no day such as 2026-12-31"))?;
    let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
    Ok(now.zone.at(date.and_time(last)))
}

/// The last eight digits of its key, by which it is named.
fn label(entry: &Watched) -> String {
    let key = entry.id.simple().to_string();
    key[key.len() - 8..].to_owned()
}

fn named(book: &Book, wanted: &str) -> anyhow::Result<Watched> {
    let wanted = wanted.trim().to_lowercase();
    let found: Vec<Watched> = book
        .watched()?
        .into_iter()
        .filter(|entry| label(entry) == wanted || entry.id.to_string() == wanted)
        .collect();
    match <[Watched; 1]>::try_from(found) {
        Ok([entry]) => Ok(entry),
        Err(_) => bail!("no entry is named {wanted}; see `frontdesk watch list`"),
    }
}

fn line(entry: &Watched, now: &Wall) -> String {
    let who = [&entry.name, &entry.phone, &entry.company].into_iter().filter(|part| !part.is_empty());
    let who = who.map(String::as_str).collect::<Vec<_>>().join(", ");
    let until = match &entry.until {
        Some(until) if until < now => format!(" (over since {})", until.format("%Y-%m-%d")),
        Some(until) => format!(" (until {})", until.format("%Y-%m-%d")),
        None => String::new(),
    };
    let said = [("reason", &entry.reason), ("note", &entry.note), ("by", &entry.by)];
    let said = said.into_iter().filter(|(_, words)| !words.is_empty());
    let said: String = said.map(|(what, words)| format!("; {what}: {words}")).collect();
    format!("{}  {who}{until}{said}", label(entry))
}
