//! Paper: what visitors carry, laid out as dots and as the bytes of a printer.
//! Owns layout and encoding; never opens a device, a file or a clock.

pub mod bitmap;
pub mod escpos;
