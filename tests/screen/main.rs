//! Stories on the screen, as a visitor lives them: taps and keys in, pages out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what failed by failing"
)]

mod composing;
mod desk;
mod devices;
mod forgetting;
mod languages;
mod lobby;
mod signing;
#[allow(dead_code, reason = "the stories of the book need the rest")]
#[path = "../support/visits.rs"]
mod support;
mod taps;
mod tree;
mod twins;
