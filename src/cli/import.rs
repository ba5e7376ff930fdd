//! `frontdesk import`: hosts and invitations out of CSV files, all or nothing.

use super::{ImportArguments, Importable};
use crate::book::{Book, Changes};
use crate::config::Config;
use crate::front::clock::Clock;
use crate::import::{self, RowProblem};
use anyhow::bail;
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
            let mut failed = None;
            let mut random = |bytes: &mut [u8]| failed = getrandom::fill(bytes).err().or(failed);
            let invitations = import::invitations(&bytes, &hosts, now, &mut random);
            if let Some(problem) = failed {
                bail!("the system gives no random bytes for codes: {problem}");
            }
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
