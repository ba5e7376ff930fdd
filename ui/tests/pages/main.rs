//! What the pages must do, tried without a display.

mod layout;
mod pictures;
mod support;
mod typing;
mod words;
