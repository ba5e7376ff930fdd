//! The front desk.

pub mod book;
pub mod config;
pub mod errand;
pub mod now;
pub mod paper;
pub mod visit;
pub mod words;
