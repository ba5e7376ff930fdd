//! `frontdesk cases` and `close`: complaints, and what was done about them.

use super::waiting::who;
use crate::config::Config;
use crate::front::clock::Clock;
use anyhow::{Context, bail};
use std::process::ExitCode;

pub(super) fn list(config: &Config) -> anyhow::Result<ExitCode> {
    let book = super::book_as_it_is(config)?;
    let cases = book.cases()?;
    let now = Clock::start().now();
    for case in &cases {
        println!(
            "{}  due {}{}  {}{}: {}",
            case.label(),
            case.due.format("%m-%d"),
            if case.due < now.wall { " (overdue)" } else { "" },
            if case.responsible.is_empty() { "reception" } else { &case.responsible },
            if case.department.is_empty() { String::new() } else { format!(" ({})", case.department) },
            case.words
        );
    }
    if cases.is_empty() {
        println!("no complaint is open");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn close(config: &Config, label: &str, done: &str) -> anyhow::Result<ExitCode> {
    let number = label.trim().trim_start_matches(['C', 'c']).parse::<u32>().ok();
    let number = number.with_context(|| format!("\"{label}\" is no number such as C3"))?;
    if done.trim().is_empty() {
        bail!("say what was done: --done \"…\"");
    }
    let mut book = super::book(config)?;
    if !book.close_case(number, &who(), done.trim(), Clock::start().now())? {
        bail!("no open complaint has number C{number}; see `frontdesk cases`");
    }
    println!("C{number} is closed");
    Ok(ExitCode::SUCCESS)
}
