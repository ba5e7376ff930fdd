//! What needs memory and disk alone: the book killed, filled, damaged, forged, old, and through random days at
//! reception; badges and lists dot by dot; typing; the floors of the house.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test says what failed by failing"
)]

mod again;
mod badge_looks;
mod badge_names;
#[path = "../support/badge_paper.rs"]
mod badge_paper;
#[path = "../support/badges.rs"]
mod badges;
mod copies;
mod crash;
mod days;
#[allow(dead_code, reason = "the stories of files use the rest")]
#[path = "../support/disk.rs"]
mod disk;
mod flips;
mod floors;
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
mod roll;
mod seals;
mod seventh;
mod stock_room;
#[path = "../support/visits.rs"]
mod support;
mod together;
mod traces;
mod troubles;
mod typing;
mod wiping;
