//! `frontdesk roll`: who is on site, at once and without a screen.

use super::waiting::who;
use crate::book::{Called, Roll};
use crate::config::Config;
use crate::front::clock::Clock;
use std::process::ExitCode;

pub(super) fn call(config: &Config, drill: bool) -> anyhow::Result<ExitCode> {
    let mut book = super::book(config)?;
    let before = book.open_roll()?.map(|open| open.id);
    let roll = book.call_roll(drill, &config.roll_to, &who(), Clock::start().now())?;
    print!("{}", list(&roll, before == Some(roll.id)));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn end(config: &Config) -> anyhow::Result<ExitCode> {
    let mut book = super::book(config)?;
    let Some(open) = book.open_roll()? else { anyhow::bail!("no roll call is open") };
    book.end_roll(open.id, &who(), Clock::start().now())?;
    println!("the roll call of {} is over", open.at.format("%H:%M"));
    Ok(ExitCode::SUCCESS)
}

fn list(roll: &Roll, known: bool) -> String {
    let kind = if roll.drill { "drill" } else { "roll call" };
    let since = if known { ", open since then" } else { "" };
    let count = roll.people.iter().filter(|called| called.left.is_none()).count();
    let mut said = format!("{kind} of {}{since}: {count} on site\n", roll.at.format("%H:%M"));
    let mut area = None;
    for called in &roll.people {
        if area != Some(&called.line.area) {
            said += &format!("{}\n", called.line.area);
            area = Some(&called.line.area);
        }
        said += &format!("  {}\n", person(called));
    }
    said
}

fn person(called: &Called) -> String {
    let line = &called.line;
    let state = match (called.safe, called.left, called.since) {
        (Some(true), ..) => "safe".to_owned(),
        (Some(false), ..) => "MISSING".to_owned(),
        (None, Some(left), _) => format!("left at {}", left.format("%H:%M")),
        (None, None, true) => "arrived since".to_owned(),
        (None, None, false) => "[ ]".to_owned(),
    };
    let company = if line.company.is_empty() { String::new() } else { format!(" ({})", line.company) };
    format!("{}  {}{company} for {} {}: {state}", line.number, line.name, line.host, line.host_phone)
        .replace(" :", ":")
}
