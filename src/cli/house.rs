//! `frontdesk emergency` and `signature`.

use super::Switch;
use super::waiting::who;
use crate::config::Config;
use crate::files;
use crate::front::clock::Clock;
use crate::visit::{BadgeNumber, Witness};
use anyhow::{Context, bail};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// The longest text that every page has room for.
const LONGEST_NOTICE: usize = 120;

pub(super) fn emergency(config: &Config, switch: Switch, say: &str) -> anyhow::Result<ExitCode> {
    if say.chars().count() > LONGEST_NOTICE {
        bail!("the text is longer than {LONGEST_NOTICE} characters");
    }
    let word = match switch {
        Switch::On => Some(say.trim()),
        Switch::Off => None,
    };
    let mut book = super::book(config)?;
    book.set_emergency(word, &who(), Clock::start().now())?;
    // Whether a kiosk runs is not known here.
    let done = if word.is_some() {
        "is on: a running kiosk says it on every page"
    } else {
        "is off: a running kiosk goes on as usual"
    };
    println!("the emergency {done} within 2 seconds");
    Ok(ExitCode::SUCCESS)
}

pub(super) fn signature(config: &Config, number: &str, out: &Path) -> anyhow::Result<ExitCode> {
    let number =
        BadgeNumber::parse(number).with_context(|| format!("\"{number}\" is no number such as A017"))?;
    let visit = super::book_as_it_is(config)?.open_visits()?.into_iter().find(|visit| visit.badge == number);
    let Some(visit) = visit else { bail!("nobody with number {number} is here") };
    let agreement = visit.agreement;
    let Some(signature) = agreement.signature else {
        match agreement.witness {
            Some(Witness::By(by)) => bail!("{number} agreed without a signature, before {by} at reception"),
            Some(Witness::Reception) => bail!("{number} has not signed: reception is to sign with them"),
            None => bail!("{number} agreed without a signature"),
        }
    };
    files::whole(out, |mut part| part.write_all(signature.svg().as_bytes()))
        .with_context(|| format!("{}", out.display()))?;
    // It may have been written on an earlier visit.
    let at = agreement.signed.unwrap_or(agreement.at).format("%Y-%m-%d %H:%M");
    let version = agreement.version;
    println!("{}: notice {version} ({}), {at}", out.display(), agreement.lang);
    Ok(ExitCode::SUCCESS)
}
