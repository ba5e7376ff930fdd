//! `frontdesk export` and `numbers`: files for the review, whole or not there.

use super::waiting::who;
use super::{ExportArguments, NumbersArguments};
use crate::back::exports::{self, Place};
use crate::config::Config;
use crate::export::Format;
use crate::files::{folder_of, make_folders};
use crate::front::clock::Clock;
use crate::visit::{Host, Wanted};
use crate::words::Lang;
use anyhow::{Context, bail, ensure};
use std::path::Path;
use std::process::ExitCode;

pub(super) fn visits(config: &Config, wanted: &ExportArguments) -> anyhow::Result<ExitCode> {
    ensure!(wanted.from <= wanted.until, "--until is before --from");
    let now = Clock::start().now();
    let mut book = super::book(config)?;
    let hosts = book.hosts()?;
    let all = Wanted {
        words: wanted.words.clone(),
        from: Some(now.zone.midnight(wanted.from)),
        until: Some(now.zone.midnight(wanted.until.succ_opt().context("--until")?)),
        host: wanted.host.as_deref().map(|asked| host(&hosts, asked)).transpose()?,
        kind: wanted.kind.clone(),
        types: Vec::new(),
    };
    if let Some(kind) = &all.kind
        && config.visit_types.iter().all(|known| known.kind.id != *kind)
    {
        tracing::warn!("no [[visit_type]] has the id {kind} now");
    }
    let place = place(&wanted.out, wanted.lang, config)?;
    let count = exports::visits(&mut book, &all, place, &who(), now).with_context(unwritten(&wanted.out))?;
    println!("{}: {count} visits", wanted.out.display());
    Ok(ExitCode::SUCCESS)
}

pub(super) fn numbers(config: &Config, wanted: &NumbersArguments) -> anyhow::Result<ExitCode> {
    let (first, month) = (wanted.month, wanted.month.format("%Y-%m").to_string());
    let next = first.checked_add_months(chrono::Months::new(1)).context("--month")?;
    let now = Clock::start().now();
    let period = (month.as_str(), now.zone.midnight(first), now.zone.midnight(next));
    let (mut book, place) = (super::book(config)?, place(&wanted.out, wanted.lang, config)?);
    let visits = exports::numbers(&mut book, period, &config.kinds(), place, &who(), now)
        .with_context(unwritten(&wanted.out))?;
    println!("{}: {visits} visits in {month}", wanted.out.display());
    Ok(ExitCode::SUCCESS)
}

/// A file whose ending says what it is, in this language or the kiosk's own.
fn place<'a>(file: &'a Path, lang: Option<Lang>, config: &Config) -> anyhow::Result<Place<'a>> {
    let format = Format::of(file).context("--out: a name that ends in .csv or .xlsx is expected")?;
    // The folder for files is the kiosk's own, and made when it is needed.
    if let Some(own) = config.export.as_deref().filter(|own| folder_of(file) == *own) {
        make_folders(own).with_context(unwritten(file))?;
    }
    let own = || config.languages.first().map_or(Lang::EN, |language| language.code);
    Ok(Place { file, format, lang: lang.unwrap_or_else(own) })
}

fn unwritten(file: &Path) -> impl FnOnce() -> String {
    move || format!("{} was not written", file.display())
}

/// A host by id or by name.
fn host(hosts: &[Host], asked: &str) -> anyhow::Result<String> {
    let fits = |host: &&Host| {
        host.id == asked || host.name.base == asked || host.name.by.values().any(|name| name == asked)
    };
    let found: Vec<&Host> = hosts.iter().filter(fits).collect();
    match found.as_slice() {
        [host] => Ok(host.id.clone()),
        [] => bail!("no host is called {asked}"),
        several => {
            let ids: Vec<&str> = several.iter().map(|host| host.id.as_str()).collect();
            bail!("several hosts are called {asked}; say which by id: {}", ids.join(", "))
        }
    }
}
