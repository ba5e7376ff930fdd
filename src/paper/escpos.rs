//! Dots as the bytes of an ESC/POS printer: reset, raster bands, cut. Owns the command bytes of a
//! badge; asks the printer nothing and never sends anything (markers and status are the transport's).

use super::bitmap::Bitmap;
use escpos::driver::Driver;
use escpos::printer::Printer;
use escpos::utils::Protocol;
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

/// Rows in one `GS v 0`: cheap printers have buffers for little more.
const BAND_ROWS: usize = 200;
/// The bytes of the longest raster in one command: a band on the widest paper.
pub const LONGEST_RASTER: usize = BAND_ROWS * 640 / 8;
/// Dots fed beyond the cutter before the cut (3 mm at 203 dpi), so that the knife keeps off the ink.
const FEED_BEFORE_CUT: u8 = 24;

/// All bytes of one badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The bytes, in their order.
    pub bytes: Vec<u8>,
    /// Where raster dots stand in them: what must be filled up when a job breaks off inside.
    pub rasters: Vec<Range<usize>>,
}

/// How much paper the job of this picture takes, in whole millimetres at 203 dpi (8 dots a millimetre).
pub fn millimetres(bitmap: &Bitmap) -> u32 {
    (bitmap.height + u32::from(FEED_BEFORE_CUT)).div_ceil(8)
}

/// A picture that cannot be a job.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The bytes do not fit width and height, or there are none.
    #[error("a picture of {width} by {height} dots has not {bytes} bytes")]
    Shape {
        /// Dots across.
        width: u32,
        /// Dots down.
        height: u32,
        /// The bytes there are.
        bytes: usize,
    },
    /// The encoder refused.
    #[error("the badge cannot be encoded: {0}")]
    Encoder(String),
}

/// The job that prints `bitmap` once and cuts.
///
/// # Errors
/// For a bitmap whose bytes do not fit its size.
pub fn encode(bitmap: &Bitmap) -> Result<Job, EncodeError> {
    let row = bitmap.row_bytes();
    let whole = bitmap.width.is_multiple_of(8) && bitmap.bytes.len() == row * bitmap.height as usize;
    let across = u16::try_from(row).ok().filter(|row| whole && *row > 0 && bitmap.height > 0);
    let Some(across) = across else {
        let Bitmap { width, height, ref bytes } = *bitmap;
        return Err(EncodeError::Shape { width, height, bytes: bytes.len() });
    };
    let dots = without_real_time_commands(&bitmap.bytes);

    let failed = |why: escpos::errors::PrinterError| EncodeError::Encoder(why.to_string());
    let mut printer = Printer::new(Spool::default(), Protocol::default(), None);
    printer.init().map_err(failed)?;
    let mut rasters = Vec::new();
    let mut at = 2; // after ESC @
    for band in dots.chunks(row * BAND_ROWS) {
        let [width_low, width_high] = across.to_le_bytes();
        let rows = (band.len() / row) as u8; // at most BAND_ROWS
        let mut command = vec![0x1D, b'v', b'0', 0, width_low, width_high, rows, 0];
        rasters.push(at + command.len()..at + command.len() + band.len());
        command.extend_from_slice(band);
        at += command.len();
        printer.custom(&command).map_err(failed)?;
    }
    // The encoder's own cut leaves the ink under the knife: this one feeds first.
    printer.custom(&[0x1D, b'V', 66, FEED_BEFORE_CUT]).map_err(failed)?;
    printer.print().map_err(failed)?;
    Ok(Job { bytes: printer.driver().0.into_inner(), rasters })
}

/// Printers look for `DLE EOT`, `DLE ENQ` and `DLE DC4` even inside raster dots and take them for
/// real-time commands. Their first byte is one lone black dot; a second dot beside it breaks the
/// pattern and is hardly seen. A QR code is safe from this: its modules are 4 dots wide and more, so
/// that a lone dot is never one of them.
fn without_real_time_commands(dots: &[u8]) -> Cow<'_, [u8]> {
    const DLE: u8 = 0x10;
    const LONE_DOT_MADE_TWO: u8 = 0x18;
    let is_command = |pair: &[u8]| pair[0] == DLE && matches!(pair[1], 0x04 | 0x05 | 0x14);
    let found: Vec<usize> =
        dots.windows(2).enumerate().filter(|(_, pair)| is_command(pair)).map(|(at, _)| at).collect();
    if found.is_empty() {
        return Cow::Borrowed(dots);
    }
    let mut calm = dots.to_vec();
    for at in found {
        calm[at] = LONE_DOT_MADE_TWO;
    }
    Cow::Owned(calm)
}

/// A driver that only collects: the encoder's own transports lose bytes.
#[derive(Default)]
struct Spool(RefCell<Vec<u8>>);

impl Driver for Spool {
    fn name(&self) -> String {
        "spool".to_owned()
    }

    fn write(&self, bytes: &[u8]) -> escpos::errors::Result<()> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paper(rows: u32) -> Bitmap {
        let mut paper = Bitmap::white(576, rows);
        for (byte, n) in paper.bytes.iter_mut().zip((0..255u8).cycle()) {
            *byte = n | 0x81;
        }
        paper
    }

    #[test]
    fn a_job_is_reset_bands_and_cut() {
        let paper = paper(450);
        let job = encode(&paper).unwrap();
        assert!(job.bytes.starts_with(&[0x1B, b'@', 0x1D, b'v', b'0', 0, 72, 0, 200, 0]));
        assert!(job.bytes.ends_with(&[0x1D, b'V', 66, FEED_BEFORE_CUT]));
        let dots: Vec<u8> = job.rasters.iter().flat_map(|r| job.bytes[r.clone()].to_vec()).collect();
        assert_eq!(dots, paper.bytes);
        assert_eq!(job.rasters.iter().map(|r| r.len() / 72).collect::<Vec<_>>(), [200, 200, 50]);
        for pair in job.rasters.windows(2) {
            assert_eq!(pair[1].start - pair[0].end, 8, "one header between bands and nothing else");
        }
        assert_eq!(job.bytes.len(), 2 + 3 * 8 + paper.bytes.len() + 4);
    }

    #[test]
    fn no_real_time_command_is_printed_by_accident() {
        for command in [0x04, 0x05, 0x14] {
            // Inside a row, from one row to the next, and from one band to the next.
            for at in [5, 71, 200 * 72 - 1, 450 * 72 - 2] {
                let mut paper = Bitmap::white(576, 450);
                paper.bytes[at] = 0x10;
                paper.bytes[at + 1] = command;
                let job = encode(&paper).unwrap();
                assert!(!has_real_time_command(&job.bytes), "{command:#x} at {at}");
                let dots: Vec<u8> = job.rasters.iter().flat_map(|r| job.bytes[r.clone()].to_vec()).collect();
                let changed: u32 = dots.iter().zip(&paper.bytes).map(|(a, b)| (a ^ b).count_ones()).sum();
                assert_eq!((changed, dots[at], dots[at + 1]), (1, 0x18, command));
            }
        }
    }

    #[test]
    fn the_paper_is_as_long_as_the_picture_and_what_is_fed_before_the_cut() {
        assert_eq!(millimetres(&paper(800)), 103);
        assert_eq!(millimetres(&paper(801)), 104);
    }

    #[test]
    fn a_picture_that_is_none_is_refused() {
        assert!(encode(&Bitmap { width: 576, height: 3, bytes: vec![0; 7] }).is_err());
        assert!(encode(&Bitmap { width: 0, height: 0, bytes: Vec::new() }).is_err());
        assert!(encode(&Bitmap { width: 12, height: 1, bytes: vec![0] }).is_err());
    }

    fn has_real_time_command(bytes: &[u8]) -> bool {
        bytes.windows(2).any(|pair| pair[0] == 0x10 && [0x04, 0x05, 0x14].contains(&pair[1]))
    }

    proptest! {
        #[test]
        fn whatever_is_drawn(dots in prop::collection::vec(prop::sample::select(vec![0x10u8, 4, 5, 0x14, 0]), 48 * 3)) {
            let job = encode(&Bitmap { width: 384, height: 3, bytes: dots }).unwrap();
            prop_assert!(!has_real_time_command(&job.bytes));
        }
    }
}
