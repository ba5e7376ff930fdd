//! `frontdesk failures`: what was not done, for whom, and what to do about it.

use crate::book::Failure;
use crate::config::Config;
use crate::errand::{About, Letter, Work};
use crate::paper::staff::{staff_sentence, what_to_do};
use crate::words::Lang;
use std::process::ExitCode;

pub(super) fn list(config: &Config) -> anyhow::Result<ExitCode> {
    let failures = super::book_as_it_is(config)?.failures()?;
    for failure in &failures {
        println!("{}", line(failure));
        let Failure { why, is_unknown, .. } = failure;
        let unseen = if *is_unknown { "Nobody saw the end. " } else { "" };
        println!("       {unseen}{} {}", staff_sentence(*why, Lang::EN), what_to_do(*why, Lang::EN));
    }
    if failures.is_empty() {
        println!("everything was done");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(failure: &Failure) -> String {
    let at = failure.at.format("%Y-%m-%d %H:%M");
    match &failure.work {
        Work::Badge(badge) => format!("{:<5}  {at}  the badge of {}", badge.number.to_string(), badge.name),
        Work::Letter(letter) => format!("{:<5}  {at}  {}", letter.number, mail(letter)),
        Work::Roll(page) => format!("{:<5}  {at}  page {} of a roll call", "", page.page),
        Work::Numbers(sheet) => format!("{:<5}  {at}  the printed numbers of {}", "", sheet.period),
        Work::Backup(_) => format!("{:<5}  {at}  the copy of the book", ""),
        Work::Export(export) => format!("{:<5}  {at}  {}", "", export.file.display()),
    }
}

fn mail(letter: &Letter) -> String {
    let Letter { visitor, to_name, to, .. } = letter;
    let what = match letter.about {
        About::Arrival => format!("that {visitor} is here"),
        About::CameBack => format!("that {visitor} has come back"),
        About::MayCome(_) => format!("whether {visitor} may come in"),
        About::NoBadge(_) => format!("that {visitor} has no badge"),
        About::BadgeUnknown(_) => format!("whether the badge of {visitor} came out"),
        About::Parcels { .. } => "that parcels are here".to_owned(),
        About::Case => "about a complaint".to_owned(),
        About::Invited { cancelled: false } => "with an invitation".to_owned(),
        About::Invited { cancelled: true } => "that an invitation is withdrawn".to_owned(),
        About::Roll { .. } => "who is on site".to_owned(),
        About::Supply => "that something runs out".to_owned(),
        About::Seal => "with the journal's seal".to_owned(),
        About::NoBackup(_) => "that the book was not copied".to_owned(),
        About::Damaged => "that the book is damaged".to_owned(),
    };
    let name = if to_name.is_empty() { String::new() } else { format!("{to_name} ") };
    format!("the mail to {name}<{to}> {what}")
}
