//! A picture of black dots on white paper, packed as printers take it.
//! Owns the packing; knows nothing about what the dots mean.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// Dots on paper: one bit each, rows from the top, the leftmost dot in the highest bit, 1 is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots across; a multiple of 8.
    pub width: u32,
    /// Dots down.
    pub height: u32,
    /// `width / 8` bytes a row, without gaps.
    pub bytes: Vec<u8>,
}

impl Bitmap {
    /// The picture as a PNG file; empty for bytes that do not fit the size.
    pub fn png(&self) -> Vec<u8> {
        let mut gray = Vec::with_capacity(self.bytes.len() * 8);
        for byte in &self.bytes {
            gray.extend((0..8).map(|bit| if byte & (0x80 >> bit) != 0 { 0 } else { 255 }));
        }
        let mut png = Vec::new();
        let encoded =
            PngEncoder::new(&mut png).write_image(&gray, self.width, self.height, ExtendedColorType::L8);
        if encoded.is_ok() { png } else { Vec::new() }
    }
}
