//! Mail: to a real server, to one that fails at each step, to a folder.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what failed by failing"
)]

mod invited;
mod mishaps;
mod server;
mod support;
