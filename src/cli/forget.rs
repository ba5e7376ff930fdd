//! `frontdesk forget`: one person's traces, shown and erased.

use super::waiting::who;
use crate::book::{Book, Erasing, Traces, before, replaced};
use crate::config::Config;
use crate::front::clock::Clock;
use crate::visit::{PersonName, Phone};
use anyhow::{Context, bail};
use std::process::ExitCode;

pub(super) fn run(config: &Config, name: &str, phone: &str, yes: bool) -> anyhow::Result<ExitCode> {
    let name = PersonName::parse(name).context("--name")?;
    // A number that nobody could give today may have been taken by an earlier version.
    let slip = Phone::parse(phone).err();
    let phone = Phone::taken(phone).context("--phone")?;
    let mut book = if yes { super::book(config)? } else { super::book_as_it_is(config)? };
    let traces = book.traces(&name, &phone)?;
    if let Some(slip) = slip.filter(|_| traces.count() == 0) {
        return Err(slip).context("--phone");
    }
    if !yes {
        say(&traces);
        if let Some(here) = traces.here() {
            bail!("{} is on site: nothing can be erased before they have signed out", here.badge);
        }
        if traces.count() > 0 {
            println!("nothing was erased; give --yes to erase all of this for good");
        }
        return Ok(ExitCode::SUCCESS);
    }
    match book.forget_person(&name, &phone, &who(), Clock::start().now())? {
        Erasing::Done(traces) => {
            say(&traces);
            println!("all of this is erased");
            if config.backup.is_some() {
                println!(
                    "copies of the book that were begun before still have it, until the last of them is replaced"
                );
            }
            if config.export.is_some() {
                println!("files that were exported before may still have it; the book does not know them");
            }
            for (_, file) in replaced(&config.book.path) {
                println!("a book that was replaced by a copy may still have it: {}", file.display());
            }
            for file in before(&config.book.path) {
                println!("the book from before the last upgrade may still have it: {}", file.display());
            }
        }
        Erasing::StillHere(visit) => {
            bail!("{} is on site: nothing was erased; sign them out first", visit.badge);
        }
        Erasing::Nothing => say(&traces),
    }
    wiped(&mut book)
}

/// Whoever asked is not answered before the file has nothing of it any more.
fn wiped(book: &mut Book) -> anyhow::Result<ExitCode> {
    let now = Clock::start().now();
    if book.wipe(now)? {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "NOT DONE YET: a program is still reading old pages, so the erased data is still in the book's file. The kiosk \
         wipes it when that program has finished (a backup, or anything else that reads the book); `frontdesk doctor` \
         says so until then, and this command with --yes tries again"
    );
    Ok(ExitCode::from(1))
}

fn say(traces: &Traces) {
    for visit in &traces.visits {
        println!("visit {} of {}", visit.badge, visit.arrived.format("%Y-%m-%d %H:%M"));
    }
    for (count, what) in [
        (traces.invitations.len(), "invitations"),
        (traces.words.len(), "words on how it was"),
        (usize::from(traces.remembered), "wish to be remembered"),
        (traces.lessons, "safety instructions"),
        (traces.errands, "badges and mails"),
        (traces.photos, "photos"),
        (traces.signatures, "signatures"),
    ] {
        if count > 0 {
            println!("{count} {what}");
        }
    }
    match (traces.count(), traces.doubtful()) {
        (0, 0) => println!("there is nothing about anybody with this name and number"),
        (0, _) => println!("nothing certainly belongs to this name and number, but some entries may"),
        _ => {}
    }
    if traces.open_cases > 0 {
        println!(
            "{} of the words are complaints that are open: they stay so, without their words",
            traces.open_cases
        );
    }
    for (count, what) in [
        (traces.watched, "entries of the watch list may be about them"),
        (
            traces.nameless,
            "visits or invitations under this name without a telephone number may be somebody else's",
        ),
        (
            traces.other_numbers,
            "visits or invitations under this name have another number; if it is theirs, give it with --phone",
        ),
        (
            traces.other_names,
            "visits or invitations with this number are under another name; if it is theirs, give it with --name",
        ),
    ] {
        if count > 0 {
            println!("not erased: {count} {what}");
        }
    }
}
