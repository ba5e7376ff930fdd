//! The bytes that go to a printer for one badge, and those that it still waits for when a badge broke
//! off. Owns the order of commands around the raster; never talks to a device.

use crate::back::printer::delays;
use crate::paper::escpos::{Job, LONGEST_RASTER};
use std::ops::Range;

/// `ESC @`: back to a known state.
pub const RESET: [u8; 2] = [0x1B, b'@'];
/// As many NULs as the longest raster has bytes, then `ESC @`: whatever a printer was in the middle of
/// when it was last let go ends as white, and idle printers pass over NUL.
pub fn way_back() -> Vec<u8> {
    let mut bytes = vec![0; LONGEST_RASTER];
    bytes.extend(RESET);
    bytes
}

/// `GS a 255`: tell by yourself whenever something changes.
const REPORT: [u8; 3] = [0x1D, b'a', 0xFF];
/// `GS V 66 24`: feeds what is printed beyond the knife and cuts.
pub const CUT: [u8; 4] = [0x1D, b'V', 66, 24];
/// The bytes of `GS v 0` before its raster: m, width and rows.
const RASTER_HEAD: usize = 8;

/// Bytes for a printer, in which raster is known.
pub struct Wire {
    /// All of them.
    pub bytes: Vec<u8>,
    rasters: Vec<Range<usize>>,
}

impl Wire {
    /// A badge's bytes; with `reports`, the printer is told behind `ESC @` to report changes.
    pub fn of(job: &Job, reports: bool) -> Self {
        let (mut bytes, mut rasters) = (job.bytes.clone(), job.rasters.clone());
        if reports && bytes.starts_with(&RESET) {
            bytes.splice(RESET.len()..RESET.len(), REPORT);
            for raster in &mut rasters {
                *raster = raster.start + REPORT.len()..raster.end + REPORT.len();
            }
        }
        Self { bytes, rasters }
    }

    /// Commands without raster.
    pub fn plain(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), rasters: Vec::new() }
    }

    /// Where the transfer that begins at `taken` ends. A transfer that fails other than by timeout does
    /// not tell how much of it was taken, so it never holds more than one command or part of one
    /// raster. Commands are shorter than any packet: they are taken whole or not at all. And of raster,
    /// white that is too long by what was taken does no harm, as printers pass over NUL.
    pub fn end_of_chunk(&self, taken: usize) -> usize {
        let heads = self.rasters.iter().map(|raster| raster.start.saturating_sub(RASTER_HEAD));
        let edges = heads.chain(self.rasters.iter().flat_map(|raster| [raster.start, raster.end]));
        let edge = edges.filter(|edge| *edge > taken).min().unwrap_or(self.bytes.len());
        edge.min(taken + delays::CHUNK_BYTES)
    }

    /// What must be sent before anything else after the printer took only `taken` bytes: the rest of
    /// the command that it is in, white where that is raster; `ESC @`; and where a piece of a badge
    /// is on the paper, the cut, so that it does not hang on the next one.
    pub fn left_over(&self, taken: usize) -> Vec<u8> {
        let mut rest = self.rest_of_command(taken);
        rest.extend(RESET);
        if let (Some(first), Some(last)) = (self.rasters.first(), self.rasters.last())
            && (first.start + 1..last.end).contains(&taken)
        {
            rest.extend(&self.bytes[last.end..]);
        }
        rest
    }

    fn rest_of_command(&self, taken: usize) -> Vec<u8> {
        for raster in &self.rasters {
            let head = raster.start.saturating_sub(RASTER_HEAD);
            if taken <= head {
                // Between two commands, or in the few bytes before the first raster.
                return self.bytes[taken..head].to_vec();
            }
            if taken < raster.end {
                let mut rest = self.bytes[taken.min(raster.start)..raster.start].to_vec();
                rest.resize(rest.len() + raster.end - taken.max(raster.start), 0);
                return rest;
            }
        }
        self.bytes[taken..].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two bands of 2 x 3 and 2 x 1 bytes of ink.
    fn job() -> Job {
        let mut bytes = RESET.to_vec();
        let mut rasters = Vec::new();
        for rows in [3u8, 1] {
            bytes.extend([0x1D, b'v', b'0', 0, 2, 0, rows, 0]);
            rasters.push(bytes.len()..bytes.len() + usize::from(rows) * 2);
            bytes.extend(vec![0xAA; usize::from(rows) * 2]);
        }
        bytes.extend([0x1D, b'V', 66, 24]);
        Job { bytes, rasters }
    }

    /// Reads a stream of commands; None where it ends inside one or holds something else.
    fn commands(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
        let mut found = Vec::new();
        while let Some(first) = bytes.first() {
            let size = match (first, bytes.get(1)?) {
                (0x1B, b'@') => 2,
                (0x1D, b'a') => 3,
                (0x1D, b'V') => 4,
                (0x1D, b'v') => 8 + usize::from(*bytes.get(4)?) * usize::from(*bytes.get(6)?),
                _ => return None,
            };
            let (command, rest) = bytes.split_at_checked(size)?;
            found.push(command.to_vec());
            bytes = rest;
        }
        Some(found)
    }

    #[test]
    fn wherever_a_badge_breaks_off_the_printer_is_brought_back() {
        for reports in [false, true] {
            let wire = Wire::of(&job(), reports);
            for taken in 0..=wire.bytes.len() {
                let left = wire.left_over(taken);
                let stream = [&wire.bytes[..taken], &left].concat();
                let commands = commands(&stream).unwrap_or_else(|| panic!("{taken} of {:?}", wire.bytes));
                assert!(commands.iter().any(|command| command == &RESET), "{taken}");
                // Exactly what is outstanding: no ink is sent a second time.
                assert!(!left.contains(&0xAA), "{taken}");
                let cuts = commands.iter().filter(|command| command.starts_with(&[0x1D, b'V'])).count();
                let inked = commands.iter().any(|command| command.contains(&0xAA));
                assert_eq!(cuts, usize::from(inked), "{taken}");
            }
        }
    }

    #[test]
    fn no_transfer_holds_more_than_it_must() {
        let wire = Wire::of(&job(), true);
        let mut ends = vec![0];
        while ends[ends.len() - 1] < wire.bytes.len() {
            ends.push(wire.end_of_chunk(ends[ends.len() - 1]));
        }
        // ESC @ and GS a, head, raster, head, raster, cut.
        assert_eq!(ends, [0, 5, 13, 19, 27, 29, 33]);
        let long = Wire::plain(&[0; 10_000]);
        assert_eq!([0, 5000, 9000].map(|taken| long.end_of_chunk(taken)), [4096, 9096, 10_000]);
    }

    #[test]
    fn raster_is_filled_up_with_exactly_what_is_outstanding() {
        let wire = Wire::of(&job(), false);
        let left = wire.left_over(12); // 2 of the 6 bytes of the first band
        assert_eq!(left, [&[0u8; 4][..], &RESET, &[0x1D, b'V', 66, 24]].concat());
        assert_eq!(wire.left_over(16), [&RESET[..], &[0x1D, b'V', 66, 24]].concat(), "between two bands");
        assert_eq!(wire.left_over(0), [&RESET[..], &RESET].concat(), "not begun");
    }

    #[test]
    fn reports_are_asked_for_behind_the_reset() {
        let wire = Wire::of(&job(), true);
        assert_eq!(&wire.bytes[..5], &[0x1B, b'@', 0x1D, b'a', 0xFF]);
        assert_eq!(wire.bytes.len(), job().bytes.len() + 3);
        assert!(
            wire.rasters.iter().all(|raster| wire.bytes[raster.clone()].iter().all(|byte| *byte == 0xAA))
        );
    }
}
