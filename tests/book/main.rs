//! The book: killed, filled, damaged, forged, old, and through random days at reception.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what failed by failing"
)]

mod again;
mod copies;
mod crash;
mod days;
#[allow(dead_code, reason = "the stories of files use the rest")]
#[path = "../support/disk.rs"]
mod disk;
mod flips;
mod forger;
mod history;
mod index;
mod inviting;
mod mishaps;
mod names;
mod numbers;
mod old;
mod older;
mod orders;
mod promises;
mod seals;
mod seventh;
mod stock_room;
mod support;
mod together;
mod traces;
mod wiping;
