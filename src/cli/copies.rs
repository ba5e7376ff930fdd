//! `frontdesk backup` and `restore`: copies of the book, and the book put back from one.

use super::waiting::who;
use crate::back::copies;
use crate::book::{self, Book};
use crate::config::Config;
use crate::errand::Backup;
use crate::files::folder_of;
use crate::front::clock::Clock;
use anyhow::{Context, ensure};
use std::path::Path;
use std::process::ExitCode;

pub(super) fn backup(config: &Config, to: Option<&Path>) -> anyhow::Result<ExitCode> {
    let path = &config.book.path;
    ensure!(
        path.exists(),
        "there is no book {}; name the kiosk's configuration with --config",
        path.display()
    );
    let now = Clock::start().now();
    let copy = match (to, &config.backup) {
        (Some(folder), _) => copies::make(path, folder, now.wall),
        (None, Some(nightly)) => copies::make(path, &nightly.folder, now.wall).inspect(|copy| {
            copies::prune(&Backup { folder: nightly.folder.clone(), keep: nightly.keep }, copy);
        }),
        (None, None) => anyhow::bail!("say where: --to FOLDER, or [backup] folder in the configuration"),
    }
    .context("no copy was made")?;
    let (lines, _) = book::checked(&copy)?;
    println!("{} is whole: {lines} journal lines", copy.display());
    // Reception's pages say when the book was copied last.
    let folder = std::path::absolute(folder_of(&copy))?;
    let noted = Book::open_as_it_is(path, config.reception.clone())
        .and_then(|mut book| book.copied_by_hand(&folder, now));
    if let Err(problem) = noted {
        tracing::warn!("the book does not know of this copy: {problem}");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(config: &Config, copy: &Path, older: bool) -> anyhow::Result<ExitCode> {
    let path = &config.book.path;
    let done = book::restore(copy, path, older, &who(), Clock::start().now())
        .with_context(|| format!("{} is as it was", path.display()))?;
    println!("{} is the copy {} now: {} journal lines", path.display(), copy.display(), done.lines);
    if let Some(replaced) = done.replaced {
        println!("what it replaced is {}", replaced.display());
        println!(
            "all that visitors gave still stands in that file: remove it once nobody needs it; {} days from now the \
             kiosk does ([visit] keep_days)",
            config.visit.keep_days
        );
    }
    Ok(ExitCode::SUCCESS)
}
