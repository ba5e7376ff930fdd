//! The real program on a real display, touched from outside: what a lobby gets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what failed by failing"
)]

#[path = "../support/display.rs"]
mod display;
mod kills;
mod lobby;
mod reader;
mod stories;
