//! Paper: what visitors carry, laid out as dots and as the bytes of a printer, and what hosts read.
//! Owns layout, encoding and wording; never opens a device, a file or a clock.

pub mod badge;
pub mod bitmap;
pub mod calendar;
pub mod escpos;
mod fit;
pub mod fonts;
mod ink;
pub mod labels;
pub mod letter;
mod mistake;
pub mod numbers;
mod photo;
pub mod qr;
pub mod roll;
mod sheet;
#[cfg(test)]
mod snapshots;
pub mod staff;
mod template;

pub use mistake::TemplateError;
