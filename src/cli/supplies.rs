//! `frontdesk supplies` and `count`: what there is, and how much of it somebody counted.

use super::waiting::who;
use crate::config::{Config, Supply};
use crate::front::clock::Clock;
use anyhow::bail;
use std::process::ExitCode;

pub(super) fn list(config: &Config) -> anyhow::Result<ExitCode> {
    let stocks = super::book_as_it_is(config)?.supplies(&config.supplies)?;
    for (supply, stock) in config.supplies.iter().zip(&stocks) {
        let count = stock.stock.map_or("never counted".to_owned(), |stock| stock.to_string());
        let low = if stock.low { "  LOW" } else { "" };
        let roll = match supply.roll_metres {
            Some(metres) if stock.stock.is_some() => {
                format!(", {} of {metres} m of the roll in the printer are used", stock.used_mm / 1000)
            }
            _ => String::new(),
        };
        println!("{}  {}: {count} (safety stock {}){roll}{low}", supply.id, supply.name.base, supply.safety);
    }
    if config.supplies.is_empty() {
        println!("no supplies are configured ([[supply]])");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn count(config: &Config, id: &str, stock: u32) -> anyhow::Result<ExitCode> {
    let Some(supply) = config.supplies.iter().find(|supply| supply.id == id) else {
        let ids: Vec<&str> = config.supplies.iter().map(|Supply { id, .. }| id.as_str()).collect();
        bail!("no supply is named {id}; there are {}", ids.join(", "));
    };
    super::book(config)?.count_supply(supply, stock, &who(), Clock::start().now())?;
    println!("{id}: {stock}");
    Ok(ExitCode::SUCCESS)
}
