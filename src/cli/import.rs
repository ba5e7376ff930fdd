//! `frontdesk import`: hosts and invitations out of CSV files, all or nothing.

use super::{ImportArguments, Importable};
use crate::book::{Book, Changes};
use crate::config::Config;
use crate::front::clock::Clock;
use crate::import::{self, RowProblem, Secrets};
use crate::visit::{InviteCode, Token};
use anyhow::Context;
use chrono::Local;
use std::process::ExitCode;

pub(super) fn run(config: &Config, wanted: &ImportArguments) -> anyhow::Result<ExitCode> {
    let file = wanted.file.display();
    let bytes = import::read(&wanted.file)?;
    let now = Clock::start().now();
    let mut book = Book::open_beside(&config.book.path, config.reception.clone())?;
    let changes = match wanted.what {
        Importable::Hosts => match import::hosts(&bytes) {
            Ok(hosts) if wanted.dry_run => book.would_put_hosts(&hosts, now)?,
            Ok(hosts) => book.put_hosts(&hosts, now)?,
            Err(problems) => return Ok(refuse(&file.to_string(), &problems)),
        },
        Importable::Invitations => {
            let hosts = book.hosts()?;
            let mut secrets = BookSecrets { book: &book, failed: Ok(()) };
            let invitations = import::invitations(&bytes, &hosts, &config.kinds(), &Local, &mut secrets);
            secrets.failed?;
            match invitations {
                Ok(invitations) if wanted.dry_run => book.would_put_invitations(&invitations, now)?,
                Ok(invitations) => book.put_invitations(&invitations, now)?,
                Err(problems) => return Ok(refuse(&file.to_string(), &problems)),
            }
        }
    };
    say(&changes, wanted.dry_run);
    Ok(ExitCode::SUCCESS)
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

    fn is_taken(&mut self, code: &InviteCode) -> bool {
        self.noting(self.book.invitation_by_code(code).map_err(Into::into)).is_some()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        self.noting(getrandom::fill(bytes).context("the system gives no random bytes for codes"));
    }
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
