//! `frontdesk export` and `numbers`: files for the review, whole or not there.

use super::waiting::who;
use super::{ExportArguments, NumbersArguments};
use crate::book::{Book, Wanted};
use crate::config::Config;
use crate::export::{self, Visits};
use crate::front::clock::Clock;
use crate::now::Wall;
use crate::visit::Host;
use crate::words::Lang;
use anyhow::{Context, bail, ensure};
use chrono::{Local, NaiveDate, NaiveTime, TimeZone};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// So many visits are read at once.
const AT_ONCE: usize = 500;

pub(super) fn visits(config: &Config, wanted: &ExportArguments) -> anyhow::Result<ExitCode> {
    ensure!(wanted.from <= wanted.until, "--until is before --from");
    let mut book = super::book(config)?;
    let hosts = book.hosts()?;
    let all = Wanted {
        words: wanted.words.clone(),
        from: Some(midnight(wanted.from)?),
        until: Some(midnight(wanted.until.succ_opt().context("--until")?)?),
        host: wanted.host.as_deref().map(|asked| host(&hosts, asked)).transpose()?,
        kind: wanted.kind.clone(),
    };
    if let Some(kind) = &all.kind
        && config.visit_types.iter().all(|known| known.kind.id != *kind)
    {
        tracing::warn!("no [[visit_type]] has the id {kind} now");
    }
    let lang = wanted.lang.unwrap_or_else(|| own(config));
    let hosts: BTreeMap<&str, &Host> = hosts.iter().map(|host| (host.id.as_str(), host)).collect();
    let mut count = 0;
    whole(&wanted.out, |part| {
        let mut file = Visits::new(lang, BufWriter::new(part))?;
        let mut last = None;
        loop {
            let some = book.search(&all, last, AT_ONCE)?;
            let Some(oldest) = some.last() else { break };
            last = Some(oldest.id);
            for visit in &some {
                file.line(visit, hosts.get(visit.host_id.as_str()).copied())?;
            }
        }
        let (mut out, lines) = file.finish()?;
        count = lines;
        out.flush()?;
        // The journal says so before the file has its name: none leaves unsaid.
        book.exported(lines, &who(), Clock::start().now())?;
        Ok(())
    })?;
    println!("{}: {count} visits", wanted.out.display());
    Ok(ExitCode::SUCCESS)
}

pub(super) fn numbers(config: &Config, wanted: &NumbersArguments) -> anyhow::Result<ExitCode> {
    let first = format!("{}-01", wanted.month).parse::<NaiveDate>();
    let first = first.with_context(|| format!("\"{}\" is no month such as 2026-11", wanted.month))?;
    let next = first.checked_add_months(chrono::Months::new(1)).context("--month")?;
    let book: Book = super::book(config)?;
    let numbers = book.numbers(midnight(first)?, midnight(next)?, Clock::start().now())?;
    let lang = wanted.lang.unwrap_or_else(|| own(config));
    let (kinds, hosts) = (config.kinds(), book.hosts()?);
    whole(&wanted.out, |part| {
        let with = (&numbers, kinds.as_slice(), hosts.as_slice());
        export::numbers(lang, &wanted.month, with, BufWriter::new(part))?.flush()?;
        Ok(())
    })?;
    println!("{}: {} visits in {}", wanted.out.display(), numbers.visits, wanted.month);
    Ok(ExitCode::SUCCESS)
}

fn own(config: &Config) -> Lang {
    config.languages.first().map_or(Lang::EN, |language| language.code)
}

/// The first moment of a day here; where the clock is put forward over midnight, the first that there is.
fn midnight(day: NaiveDate) -> anyhow::Result<Wall> {
    let times = [NaiveTime::MIN, NaiveTime::from_hms_opt(1, 0, 0).unwrap_or(NaiveTime::MIN)];
    let first = times.iter().find_map(|time| Local.from_local_datetime(&day.and_time(*time)).earliest());
    Ok(first.with_context(|| format!("{day} does not begin here"))?.fixed_offset())
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

/// Writes a file under another name, syncs it, and only then gives it its own.
fn whole(out: &Path, write: impl FnOnce(&File) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut part = out.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = private(&part)
        .map_err(anyhow::Error::from)
        .and_then(|file| {
            write(&file)?;
            Ok(file.sync_all()?)
        })
        .and_then(|()| Ok(fs::rename(&part, out)?))
        .and_then(|()| Ok(File::open(folder)?.sync_all()?));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written.with_context(|| format!("{} was not written", out.display()))
}

/// Names and numbers of visitors are for whoever exports them.
fn private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let _ = fs::remove_file(path);
    File::options().write(true).create_new(true).mode(0o600).open(path)
}
