//! `frontdesk import`: hosts and invitations out of CSV files, all or nothing.

use super::{ImportArguments, Importable};
use crate::book::{Book, Changes};
use crate::config::Config;
use crate::front::clock::Clock;
use crate::import::{self, Owner, RowProblem, Secrets};
use crate::now::Wall;
use crate::visit::{Invitation, InviteCode, Token};
use anyhow::Context;
use chrono::Days;
use std::process::ExitCode;

pub(super) fn run(config: &Config, wanted: &ImportArguments) -> anyhow::Result<ExitCode> {
    let file = wanted.file.display();
    let bytes = import::read(&wanted.file)?;
    let now = Clock::start().now();
    let looks = wanted.dry_run && config.book.path.exists();
    let mut book = if looks { super::book_as_it_is(config)? } else { super::book_or_new(config, "import")? };
    let mut over = 0;
    let changes = match wanted.what {
        Importable::Hosts => match import::hosts(&bytes, &book.hosts()?) {
            Ok(hosts) if wanted.dry_run => book.would_put_hosts(&hosts, now)?,
            Ok(hosts) => book.put_hosts(&hosts, now)?,
            Err(problems) => return Ok(refuse(&file.to_string(), &problems)),
        },
        Importable::Invitations => {
            let (hosts, kinds) = (book.hosts()?, config.kinds());
            let mut secrets = BookSecrets { book: &book, failed: Ok(()) };
            let read = import::invitations(&bytes, &hosts, &kinds, now.zone, &mut secrets, now.wall);
            secrets.failed?;
            let mut invitations = match read {
                Ok(invitations) => invitations,
                Err(problems) => return Ok(refuse(&file.to_string(), &problems)),
            };
            over = leave_out(&mut invitations, now.wall, config.visit.keep_days);
            if wanted.dry_run {
                book.would_put_invitations(&invitations, now)?
            } else {
                book.put_invitations(&invitations, now)?
            }
        }
    };
    say(&changes, wanted.dry_run);
    let remarks = match wanted.what {
        Importable::Hosts => import::host_remarks(&bytes),
        Importable::Invitations => import::invitation_remarks(&bytes),
    };
    remarks.iter().for_each(|remark| eprintln!("{file}:{remark}"));
    if over > 0 {
        println!("{over} left out: they ended more than {} days ago", config.visit.keep_days);
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

fn refuse(file: &str, problems: &[RowProblem]) -> ExitCode {
    for problem in problems {
        eprintln!("{file}:{problem}");
    }
    eprintln!("nothing was imported");
    ExitCode::from(1)
}

fn say(changes: &Changes, dry_run: bool) {
    let Changes { added, changed, same } = changes;
    let would = if dry_run { " (nothing was written)" } else { "" };
    println!("{added} added, {changed} changed, {same} unchanged{would}");
}
