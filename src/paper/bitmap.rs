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

/// A rectangle of whole dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The leftmost dot.
    pub x: u32,
    /// The topmost dot.
    pub y: u32,
    /// Dots across.
    pub width: u32,
    /// Dots down.
    pub height: u32,
}

impl Bitmap {
    /// White paper. The width is rounded up to whole bytes.
    pub fn white(width: u32, height: u32) -> Self {
        let row = width.div_ceil(8);
        Self { width: row * 8, height, bytes: vec![0; (row * height) as usize] }
    }

    /// The bytes of one row.
    pub fn row_bytes(&self) -> usize {
        (self.width / 8) as usize
    }

    /// Whether a dot is black; off the paper nothing is.
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        x < self.width && y < self.height && self.bytes[self.at(x, y)] & (0x80 >> (x % 8)) != 0
    }

    /// Makes a dot black; off the paper nothing happens.
    pub fn blacken(&mut self, x: u32, y: u32) {
        if x < self.width && y < self.height {
            let at = self.at(x, y);
            self.bytes[at] |= 0x80 >> (x % 8);
        }
    }

    /// Makes a whole rectangle black.
    pub fn blacken_area(&mut self, area: Area) {
        for y in area.y..area.y + area.height {
            for x in area.x..area.x + area.width {
                self.blacken(x, y);
            }
        }
    }

    /// Whether a rectangle holds no black dot.
    pub fn is_white(&self, area: Area) -> bool {
        (area.y..area.y + area.height).all(|y| (area.x..area.x + area.width).all(|x| !self.is_black(x, y)))
    }

    /// One byte a dot, 0 for black and 255 for white: for the screen.
    pub fn gray(&self) -> Vec<u8> {
        let mut gray = Vec::with_capacity(self.bytes.len() * 8);
        for byte in &self.bytes {
            gray.extend((0..8).map(|bit| if byte & (0x80 >> bit) != 0 { 0 } else { 255 }));
        }
        gray
    }

    /// The picture as a PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let written = PngEncoder::new(&mut file).write_image(
            &self.gray(),
            self.width,
            self.height,
            ExtendedColorType::L8,
        );
        // Memory takes every byte, and the size fits the dots: only an empty picture can fail.
        if let Err(why) = written {
            tracing::error!(%why, "a picture without dots cannot be a PNG file");
        }
        file
    }

    fn at(&self, x: u32, y: u32) -> usize {
        y as usize * self.row_bytes() + (x / 8) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stand_where_they_were_put() {
        let mut paper = Bitmap::white(13, 3);
        assert_eq!((paper.width, paper.bytes.len()), (16, 6));
        paper.blacken(0, 0);
        paper.blacken(15, 2);
        paper.blacken(16, 2);
        paper.blacken(0, 3);
        assert_eq!(paper.bytes, [0x80, 0, 0, 0, 0, 0x01]);
        assert!(paper.is_black(15, 2) && !paper.is_black(16, 2) && !paper.is_black(0, 3));
        assert!(paper.is_white(Area { x: 0, y: 1, width: 16, height: 1 }));
        assert!(!paper.is_white(Area { x: 15, y: 1, width: 1, height: 2 }));
    }

    #[test]
    fn a_png_shows_the_same_dots() {
        let mut paper = Bitmap::white(16, 2);
        paper.blacken_area(Area { x: 3, y: 1, width: 4, height: 1 });
        let picture = image::load_from_memory(&paper.png()).unwrap().into_luma8();
        assert_eq!(picture.dimensions(), (16, 2));
        assert_eq!(picture.into_raw(), paper.gray());
    }
}
