//! `frontdesk tour`.

use super::TourArguments;
use crate::config::Config;
use crate::tour::{self, NOT_FELT_MILLISECONDS, Wish};
use anyhow::Context;
use std::process::ExitCode;
use std::time::Duration;

/// `named`: the configuration was named by whoever wants its devices proved; `read`: there is one at all.
pub(super) fn run(
    config: &Config,
    named: bool,
    read: bool,
    arguments: TourArguments,
) -> anyhow::Result<ExitCode> {
    let wish = Wish {
        own_devices: named,
        own_configuration: read,
        out: arguments.out,
        lang: arguments.lang,
        journey: arguments.journey,
        size: arguments.size,
        patience: Duration::from_secs(arguments.patience),
    };
    let walked = tour::run(config, &wish).context("the tour")?;
    for what in &walked.left_out {
        println!("not walked, for want of it in the configuration: {what}");
    }
    println!(
        "{} journeys, {} touches, {} pictures in {}",
        walked.journeys,
        walked.touches,
        walked.pictures,
        wish.out.display()
    );
    let slowest = walked.slowest_milliseconds;
    let felt = if slowest > NOT_FELT_MILLISECONDS { ": a finger feels that" } else { "" };
    println!(
        "from a touch to the next frame {:.0} ms in the middle, {slowest:.0} ms at most{felt}",
        walked.median_milliseconds
    );
    Ok(ExitCode::SUCCESS)
}
