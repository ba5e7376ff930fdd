//! What happens without anybody's intention: a touch, the passing of time, what the back reports.

use crate::errand::Report;

/// Not by anybody's intention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum System {
    /// Somebody touched the screen or a key, wherever.
    Touched,
    /// The back tells something.
    Report(Report),
    /// A deadline may have passed.
    Tick,
}
