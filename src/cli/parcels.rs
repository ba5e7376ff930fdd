//! `frontdesk parcels` and `collected`: what lies at reception, and what was fetched.

use super::waiting::who;
use crate::config::Config;
use crate::front::clock::Clock;
use anyhow::{Context, bail};
use std::process::ExitCode;

pub(super) fn list(config: &Config) -> anyhow::Result<ExitCode> {
    let book = super::book_as_it_is(config)?;
    let parcels = book.parcels()?;
    for delivery in &parcels {
        let host = book.host(&delivery.host_id)?.map(|host| host.name.base).unwrap_or_default();
        let carrier = delivery.carrier.as_ref().map(|carrier| format!(", {}", carrier.as_str()));
        println!(
            "{}  {}  {} for {host}{}{}",
            delivery.label(),
            delivery.arrived.format("%m-%d %H:%M"),
            delivery.parcels,
            carrier.unwrap_or_default(),
            if delivery.to_sign { ", to be signed for" } else { "" }
        );
    }
    if parcels.is_empty() {
        println!("nothing lies here");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn collected(config: &Config, label: &str) -> anyhow::Result<ExitCode> {
    let number = label.trim().trim_start_matches(['P', 'p']).parse::<u32>().ok();
    let number = number.with_context(|| format!("\"{label}\" is no number such as P17"))?;
    let mut book = super::book(config)?;
    if !book.collect(number, &who(), Clock::start().now())? {
        bail!("P{number} does not lie here; see `frontdesk parcels`");
    }
    println!("P{number} is collected");
    Ok(ExitCode::SUCCESS)
}
