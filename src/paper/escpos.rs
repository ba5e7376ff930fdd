//! Dots as the bytes of an ESC/POS printer: reset, raster bands, cut.

use std::ops::Range;

/// All bytes of one badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The bytes, in their order: `ESC @`, `GS v 0` bands without gaps, `GS V 66`.
    pub bytes: Vec<u8>,
    /// Where raster dots stand in them: what must be filled up when a job breaks off inside.
    pub rasters: Vec<Range<usize>>,
}
