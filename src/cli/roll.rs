//! `frontdesk roll`: who is on site, at once and without a screen.

use super::waiting::who;
use crate::book::{Called, Roll};
use crate::config::Config;
use crate::front::clock::Clock;
use std::process::ExitCode;

pub(super) fn call(config: &Config, drill: bool) -> anyhow::Result<ExitCode> {
    let mut book = super::book(config)?;
    let before = book.open_roll()?.map(|open| open.id);
    let roll = book.call_roll(drill, &config.roll.to, &who(), Clock::start().now())?;
    print!("{}", list(&roll, before == Some(roll.id), drill));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn end(config: &Config) -> anyhow::Result<ExitCode> {
    let mut book = super::book(config)?;
    let Some(open) = book.open_roll()? else { anyhow::bail!("no roll call is open") };
    book.end_roll(open.id, &who(), Clock::start().now())?;
    println!("the roll call of {} is over", open.at.format("%Y-%m-%d %H:%M"));
    Ok(ExitCode::SUCCESS)
}

fn list(roll: &Roll, known: bool, drill_wanted: bool) -> String {
    let kind = if roll.drill { "drill" } else { "roll call" };
    let since = match (known, drill_wanted && !roll.drill) {
        (true, true) => ", open since then: no drill ends it, `frontdesk roll end` does",
        (true, false) => ", called just now",
        (false, _) => "",
    };
    let count = roll.people.iter().filter(|called| called.left.is_none()).count();
    let left = match roll.people.iter().filter(|called| called.doubted).count() {
        0 => String::new(),
        left => format!(", {left} signed out, not confirmed"),
    };
    let mut said = format!("{kind} of {}{since}: {count} on site{left}\n", roll.at.format("%Y-%m-%d %H:%M"));
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
        (None, Some(left), _) if called.doubted => {
            format!("[ ] signed out at {} by number only, not confirmed", left.format("%H:%M"))
        }
        (None, Some(left), _) => format!("left at {}", left.format("%H:%M")),
        (None, None, true) => "arrived since".to_owned(),
        (None, None, false) => "[ ]".to_owned(),
    };
    let company = if line.company.is_empty() { String::new() } else { format!(" ({})", line.company) };
    format!("{}  {}{company} for {} {}: {state}", line.number, line.name, line.host, line.host_phone)
        .replace(" :", ":")
}
