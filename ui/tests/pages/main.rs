//! What the pages must do, tried without a display.

mod act;
mod desk;
mod forget;
mod labels;
mod layout;
mod low;
mod parts;
mod pictures;
mod reach;
mod redraws;
mod signs;
mod support;
mod typing;
mod words;
