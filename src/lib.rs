//! The front desk.

pub mod book;
pub mod config;
pub mod errand;
pub mod now;
pub mod visit;
pub mod words;
