//! The front desk.

pub mod book;
pub mod config;
pub mod desk;
pub mod errand;
pub mod front;
pub mod notice;
pub mod now;
pub mod paper;
pub mod visit;
pub mod words;
