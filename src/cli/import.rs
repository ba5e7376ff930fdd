//! `frontdesk import`: hosts and invitations out of CSV files, all or nothing.

use super::waiting::who;
use super::{ImportArguments, Importable};
use crate::book::{Book, Changes};
use crate::config::Config;
use crate::front::clock::Clock;
use crate::import::{self, List, Owner, RowProblem, Secrets};
use crate::now::Wall;
use crate::visit::{Invitation, InviteCode, Token};
use anyhow::Context;
use chrono::Days;
use std::process::ExitCode;

pub(super) fn run(config: &Config, wanted: &ImportArguments) -> anyhow::Result<ExitCode> {
    let bytes = import::read(&wanted.file)?;
    let now = Clock::start().now();
    let looks = wanted.dry_run && config.book.path.exists();
    let mut book = if looks { super::book_as_it_is(config)? } else { super::book_or_new(config, "import")? };
    let ignore = [config.import_ignore.as_slice(), wanted.ignore_columns.as_slice()].concat();
    match wanted.what {
        Importable::Hosts => {
            let list = match import::hosts(&bytes, &ignore, &book.hosts()?) {
                Ok(list) => list,
                Err(problems) => return Ok(refuse(wanted, &problems)),
            };
            let changes = match wanted.dry_run {
                true => book.would_put_hosts(&list.rows, now)?,
                false => book.put_hosts(&list.rows, now)?,
            };
            say(wanted, &list, &changes);
        }
        Importable::Invitations => {
            let (hosts, kinds) = (book.hosts()?, config.kinds());
            let mut secrets = BookSecrets { book: &book, failed: Ok(()) };
            let read =
                import::invitations((&bytes, &ignore), &hosts, &kinds, now.zone, &mut secrets, now.wall);
            secrets.failed?;
            let mut list = match read {
                Ok(list) => list,
                Err(problems) => return Ok(refuse(wanted, &problems)),
            };
            let over = leave_out(&mut list.rows, now.wall, config.visit.keep_days);
            let by = who();
            let writes = Some(by.as_str()).filter(|_| !wanted.no_mail);
            let changes = match wanted.dry_run {
                true => book.would_import_invitations(&list.rows, writes, now)?,
                false => book.import_invitations(&list.rows, writes, now)?,
            };
            say(wanted, &list, &changes);
            if over > 0 {
                println!("{over} left out: they ended more than {} days ago", config.visit.keep_days);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Leaves out what would be erased at once: what is over for longer than personal data are kept. How many.
fn leave_out(invitations: &mut Vec<Invitation>, now: Wall, keep_days: u32) -> usize {
    let all = invitations.len();
    if let Some(kept) = now.checked_sub_days(Days::new(u64::from(keep_days))) {
        invitations.retain(|invitation| invitation.until >= kept.timestamp_millis());
    }
    all - invitations.len()
}

/// Earlier tokens and codes out of the book, new ones from the system; the first failure is kept.
struct BookSecrets<'a> {
    book: &'a Book,
    failed: anyhow::Result<()>,
}

impl BookSecrets<'_> {
    fn noting<T: Default>(&mut self, result: anyhow::Result<T>) -> T {
        result.unwrap_or_else(|problem| {
            self.failed = std::mem::replace(&mut self.failed, Ok(())).and(Err(problem));
            T::default()
        })
    }
}

impl Secrets for BookSecrets<'_> {
    fn earlier(&mut self, id: &str) -> Option<(Token, InviteCode)> {
        let earlier = self.noting(self.book.invitation(id).map_err(Into::into))?;
        Some((earlier.token, earlier.code))
    }

    fn owner_of_code(&mut self, code: &InviteCode) -> Option<Owner> {
        self.noting(self.book.invitation_by_code(code).map_err(Into::into)).map(owner)
    }

    fn owner_of_token(&mut self, token: &Token) -> Option<Owner> {
        self.noting(self.book.invitation_by_token(token).map_err(Into::into)).map(owner)
    }

    fn random(&mut self, bytes: &mut [u8]) {
        self.noting(getrandom::fill(bytes).context("the system gives no random bytes for codes"));
    }
}

fn owner(invitation: Invitation) -> Owner {
    Owner { id: invitation.id, visitor: invitation.visitor.to_string() }
}

fn refuse(wanted: &ImportArguments, problems: &[RowProblem]) -> ExitCode {
    named(wanted, problems);
    eprintln!("nothing was imported");
    ExitCode::from(1)
}

fn named(wanted: &ImportArguments, problems: &[RowProblem]) {
    for problem in problems {
        eprintln!("{}:{problem}", wanted.file.display());
    }
}

/// What was done, and what is to be known about it.
fn say<T>(wanted: &ImportArguments, list: &List<T>, changes: &Changes) {
    let Changes { added, changed, same, mails } = changes;
    let nothing = if wanted.dry_run { " (nothing was written)" } else { "" };
    println!("{added} added, {changed} changed, {same} unchanged{nothing}");
    let (mails, go) = match mails {
        1 => ("1 mail".to_owned(), if wanted.dry_run { "would go" } else { "goes" }),
        mails => (format!("{mails} mails"), if wanted.dry_run { "would go" } else { "go" }),
    };
    if changes.mails > 0 {
        let kiosk = if wanted.dry_run { "" } else { ", sent by the running kiosk" };
        println!("{mails} {go} to visitors{kiosk}");
    }
    if !list.ignored.is_empty() {
        println!("skipped columns: {}", list.ignored.join(", "));
    }
    named(wanted, &list.warnings);
}
