//! Pictures that staff name in the configuration: looked at by their header before a pixel is unpacked, for a small file
//! can hold a picture that no kiosk has the memory for.

use crate::files::named;
use image::{DynamicImage, ImageError, ImageReader, Limits};
use std::io::{self, Cursor};
use std::path::Path;

/// A picture of more pixels than 2048 × 2048 is refused: the largest screen shows a logo of a few hundred.
pub const MOST_PIXELS: u64 = 2048 * 2048;
/// A file of more bytes is refused: eight for each pixel, the most that PNG has (16 bits a channel, RGBA).
const MOST_BYTES: u64 = 8 * MOST_PIXELS;

/// Why a picture cannot be used; says what would be right.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Unread(#[from] io::Error),
    /// It has more pixels than [`MOST_PIXELS`].
    #[error(
        "it has {width} × {height} pixels; at most {MOST_PIXELS} pixels are allowed, such as 2048 × 2048: make it smaller"
    )]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// It is no picture, a damaged one, or of another kind.
    #[error("it is not a readable PNG or JPEG picture: {0}")]
    NoPicture(ImageError),
}

/// The picture in a file.
///
/// # Errors
/// [`PictureError`].
pub fn open(file: &Path) -> Result<DynamicImage, PictureError> {
    decode(&named::read(file, MOST_BYTES)?)
}

/// The picture in these bytes.
///
/// # Errors
/// [`PictureError`].
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let (width, height) = size(bytes)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    reader(bytes)?.decode().map_err(PictureError::NoPicture)
}

/// How many pixels a picture is across and down, by its header alone.
///
/// # Errors
/// [`PictureError::NoPicture`].
pub fn size(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    reader(bytes)?.into_dimensions().map_err(PictureError::NoPicture)
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    // Twice what the pixels need: what stands in the file besides them, such as a colour profile, is bounded too.
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * MOST_BYTES);
    reader.limits(limits);
    Ok(reader)
}

/// Pictures for the tests of those who use them.
#[cfg(test)]
pub mod samples {
    use image::{DynamicImage, ImageFormat};
    use std::io::Cursor;

    /// A whole picture of this kind, all black.
    pub fn whole(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// The beginning of a PNG that claims to have so many pixels (PNG specification, 11.2.2).
    pub fn claimed(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = whole(1, 1, ImageFormat::Png);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let checked = crc(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&checked);
        bytes
    }

    /// The check of a PNG chunk (PNG specification, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{claimed, whole};
    use super::*;
    use image::ImageFormat::{Jpeg, Png};

    #[test]
    fn a_picture_is_measured_before_it_is_unpacked() {
        for (bytes, taken) in [
            (whole(1, 1, Png), true),
            (whole(64, 48, Png), true),
            (whole(64, 48, Jpeg), true),
            (whole(2048, 2048, Png), true),
            (whole(4096, 1024, Jpeg), true),
            (whole(2049, 2048, Png), false),
            (whole(2049, 2048, Jpeg), false),
            // What the header claims counts, whatever follows it.
            (claimed(12_000, 12_000), false),
            (claimed(u32::MAX >> 1, u32::MAX >> 1), false),
            (claimed(1, 5_000_000), false),
        ] {
            let found = decode(&bytes);
            assert_eq!(found.is_ok(), taken, "{found:?}");
            let too_large = matches!(found, Err(PictureError::TooLarge { .. } | PictureError::NoPicture(_)));
            assert!(taken || too_large, "{found:?}");
        }
        let claimed = decode(&claimed(12_000, 12_000)).unwrap_err().to_string();
        assert!(claimed.contains("12000 × 12000") && claimed.contains("2048 × 2048"), "{claimed}");
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        let png = whole(64, 48, Png);
        for bytes in
            [&b""[..], b"\0", b"<svg/>", b"GIF89a\x01\x00\x01\x00", &png[..png.len() / 2], &png[..20]]
        {
            assert!(matches!(decode(bytes), Err(PictureError::NoPicture(_))), "{bytes:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path()), Err(PictureError::Unread(_))));
        assert!(matches!(open(&folder.path().join("none.png")), Err(PictureError::Unread(_))));
        let file = folder.path().join("logo.png");
        std::fs::write(&file, &png).unwrap();
        assert_eq!(open(&file).unwrap().width(), 64);
    }
}
