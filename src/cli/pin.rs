//! `frontdesk pin`: who may use reception's pages on the screen.

use super::unseen::Unseen;
use super::waiting::who;
use crate::book::{Book, Guarded};
use crate::config::Config;
use crate::files::Owner;
use crate::front::clock::Clock;
use crate::pin::{NoPepper, Pepper, Pin};
use crate::visit::{PersonName, Role};
use anyhow::{Context, bail, ensure};
use std::io::{BufRead, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

pub(super) fn set(config: &Config, name: &str, manager: bool) -> anyhow::Result<ExitCode> {
    let name = PersonName::parse(name).map_err(anyhow::Error::from)?;
    let mut book = super::book_or_new(config, "pin set")?;
    let pepper = pepper(config, &book)?;
    let pin = ask()?;
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|problem| anyhow::anyhow!("no random bytes: {problem}"))?;
    let hash = pin.hash(&pepper, salt).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let role = if manager { Role::Manager } else { Role::Receptionist };
    book.set_pin(name.as_str(), role, &hash, &who(), Clock::start().now())?;
    println!("{name} can open reception's pages as {}", called(role));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn remove(config: &Config, name: &str) -> anyhow::Result<ExitCode> {
    let mut book = super::book(config)?;
    ensure!(
        book.remove_pin(name.trim(), &who(), Clock::start().now())?,
        "nobody is called \"{name}\"; see `frontdesk pin list`"
    );
    println!("{} can open reception's pages no longer", name.trim());
    Ok(ExitCode::SUCCESS)
}

pub(super) fn list(config: &Config) -> anyhow::Result<ExitCode> {
    let (book, tick) = (super::book_as_it_is(config)?, Clock::start().now().tick);
    let all = book.receptionists()?;
    for one in &all {
        // It is counted down by the kiosk, and noted now and then.
        let closed = book.pause(Guarded::Pin(&one.name), tick)?.left.as_millis().div_ceil(1000);
        let closed = if closed > 0 { format!(", closed for up to {closed} s more") } else { String::new() };
        let misses = if one.misses > 0 { format!(", {} wrong PINs", one.misses) } else { String::new() };
        println!("{}  {}{misses}{closed}", one.name, called(one.role));
    }
    if all.is_empty() {
        println!("nobody can open reception's pages; `frontdesk pin set NAME`");
    }
    Ok(ExitCode::SUCCESS)
}

fn called(role: Role) -> &'static str {
    match role {
        Role::Receptionist => "receptionist",
        Role::Manager => "manager",
    }
}

/// The pepper; with the first PIN it is made. One that a full disk or a power cut left empty is none.
fn pepper(config: &Config, book: &Book) -> anyhow::Result<Pepper> {
    let file = &config.staff.pepper_file;
    let named = || format!("[staff] pepper_file {}", file.display());
    let (why, empty) = match Pepper::read(file) {
        Ok(pepper) => return Ok(pepper),
        Err(NoPepper::Missing) => ("is gone", false),
        Err(NoPepper::Empty) => ("is empty", true),
        Err(problem @ (NoPepper::Other | NoPepper::Unread(_))) => return Err(problem).with_context(named),
    };
    if !book.receptionists()?.is_empty() {
        bail!(
            "{} {why}, and no PIN works without it; restore it from a backup, or `frontdesk pin remove` everybody and set \
             new PINs",
            named()
        );
    }
    if empty {
        std::fs::remove_file(file).with_context(named)?;
    }
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|problem| anyhow::anyhow!("no random bytes: {problem}"))?;
    let owner = Owner::beside(&config.book.path).with_context(named)?;
    match Pepper::write_for(owner, file, random) {
        // Somebody was quicker.
        Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Pepper::read(file).with_context(named),
        written => written.with_context(named),
    }
}

/// Asks for the PIN twice, unseen; a script writes it once to the standard input.
fn ask() -> anyhow::Result<Pin> {
    let stdin = std::io::stdin();
    let read = || -> anyhow::Result<String> {
        let mut line = String::new();
        stdin.lock().read_line(&mut line).context("the PIN")?;
        Ok(line)
    };
    if !stdin.is_terminal() {
        return Ok(Pin::new(&read()?)?);
    }
    let _unseen = Unseen::begin()?;
    let again = |what: &str| -> anyhow::Result<String> {
        eprint!("{what}: ");
        std::io::stderr().flush().ok();
        let line = read()?;
        eprintln!();
        Ok(line)
    };
    let typed = again("New PIN (6 to 12 digits)")?;
    let pin = Pin::new(&typed)?;
    ensure!(typed == again("The same again")?, "these were two different PINs; nothing was changed");
    Ok(pin)
}
