//! What the pages must do, tried without a display.

mod desk;
mod layout;
mod pictures;
mod reach;
mod support;
mod typing;
mod words;
