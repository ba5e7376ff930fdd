//! The QR scanner: one that types like a keyboard, or one on a serial line. Owns how a scan is told
//! from typing; never looks at what a scan says.

mod serial;
mod wedge;

pub use serial::{listen, try_line};
pub use wedge::{Verdict, Wedge};
