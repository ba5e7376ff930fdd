//! Paper: what visitors carry, laid out as dots and as the bytes of a printer.
//! Owns layout and encoding; never opens a device, a file or a clock.

pub mod badge;
pub mod bitmap;
pub mod escpos;
mod fit;
pub mod fonts;
mod ink;
mod labels;
mod mistake;
mod qr;
mod template;

pub use mistake::TemplateError;
