//! The front desk: a lobby kiosk at which visitors check in by themselves.
//!
//! | floor | modules | knows |
//! | --- | --- | --- |
//! | 4 | `main`, `cli`, `kiosk`, `tour` | everyone |
//! | 3 | `front`, `back` | everything below; front and back never each other |
//! | 2 | `desk` | book and values |
//! | 1 | `book` | values |
//! | 0 | `now`, `words`, `visit`, `errand`, `config`, `paper`, `import` | only each other, without a circle |

pub mod back;
pub mod config;
pub mod errand;
pub mod now;
pub mod paper;
pub mod visit;
pub mod words;
