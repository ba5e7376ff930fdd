//! A photo for a badge: upright, grey, small. Owns its size and how it is cut out of what a camera sees.

use std::fmt;
use std::sync::Arc;

/// A grey photo of [`Photo::WIDTH`] × [`Photo::HEIGHT`] pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo(Arc<[u8]>);

impl Photo {
    /// Pixels across.
    pub const WIDTH: usize = 192;
    /// Pixels down.
    pub const HEIGHT: usize = 240;

    /// The middle of a grey picture, as large as it goes, with its light and dark spread over the whole range. None
    /// where the picture is smaller than a photo, or one plain surface: a covered lens.
    pub fn cut(width: usize, height: usize, gray: &[u8]) -> Option<Self> {
        if width < Self::WIDTH || height < Self::HEIGHT || gray.len() < width * height {
            return None;
        }
        // As wide or as high as the picture, in the photo's shape.
        let across = width.min(height * Self::WIDTH / Self::HEIGHT);
        let down = (across * Self::HEIGHT / Self::WIDTH).min(height);
        let (left, top) = ((width - across) / 2, (height - down) / 2);
        let mut photo = Vec::with_capacity(Self::WIDTH * Self::HEIGHT);
        for y in 0..Self::HEIGHT {
            let rows = span(y, Self::HEIGHT, down);
            for x in 0..Self::WIDTH {
                let columns = span(x, Self::WIDTH, across);
                let (mut sum, mut count) = (0_usize, 0_usize);
                for row in rows.clone() {
                    let start = (top + row) * width + left;
                    sum += gray[start + columns.start..start + columns.end]
                        .iter()
                        .map(|g| usize::from(*g))
                        .sum::<usize>();
                    count += columns.len();
                }
                photo.push((sum / count.max(1)) as u8);
            }
        }
        let (dark, light) = range(&photo)?;
        let spread = |gray: u8| {
            let above = f32::from(gray.saturating_sub(dark));
            (above * 255.0 / f32::from(light - dark)).min(255.0) as u8
        };
        Some(Self(photo.into_iter().map(spread).collect()))
    }

    /// One byte a pixel, rows from the top; 0 is black.
    pub fn gray(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<Vec<u8>> for Photo {
    type Error = usize;

    /// Out of [`Photo::gray`] again; else how many bytes there are.
    fn try_from(gray: Vec<u8>) -> Result<Self, usize> {
        if gray.len() == Self::WIDTH * Self::HEIGHT { Ok(Self(gray.into())) } else { Err(gray.len()) }
    }
}

impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Photo(…)")
    }
}

/// Which of `all` pixels make the one at `at` of `of`.
fn span(at: usize, of: usize, all: usize) -> std::ops::Range<usize> {
    let from = at * all / of;
    from..((at + 1) * all / of).max(from + 1)
}

/// Light beside which a face is still a face.
const LEAST_CONTRAST: u8 = 24;

/// The darkest and the lightest grey, without one pixel in a hundred at either end.
fn range(photo: &[u8]) -> Option<(u8, u8)> {
    let mut sorted = photo.to_vec();
    sorted.sort_unstable();
    let few = sorted.len() / 100;
    let (dark, light) = (*sorted.get(few)?, *sorted.get(sorted.len() - 1 - few)?);
    (light - dark >= LEAST_CONTRAST).then_some((dark, light))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that is darker on the left than on the right.
    fn slope(width: usize, height: usize) -> Vec<u8> {
        (0..height).flat_map(|_| (0..width).map(move |x| (60 + x * 120 / width) as u8)).collect()
    }

    #[test]
    fn the_middle_is_cut_out_upright_and_its_light_is_spread() {
        for (width, height) in [(640, 480), (480, 640), (192, 240), (1920, 1080), (333, 777)] {
            let photo = Photo::cut(width, height, &slope(width, height)).unwrap();
            let gray = photo.gray();
            assert_eq!(gray.len(), Photo::WIDTH * Photo::HEIGHT);
            assert!(gray[0] < 10 && gray[Photo::WIDTH - 1] > 245, "{width}x{height}");
            assert!(gray[Photo::WIDTH / 2].abs_diff(127) < 6, "the middle is in the middle");
            assert_eq!(Photo::try_from(gray.to_vec()).unwrap(), photo);
        }
    }

    #[test]
    fn what_is_no_photo() {
        assert_eq!(Photo::cut(640, 480, &[127; 640 * 480]), None, "a covered lens");
        assert_eq!(Photo::cut(160, 120, &slope(160, 120)), None, "too small");
        assert_eq!(Photo::cut(640, 480, &[0, 255]), None, "torn off");
        assert_eq!(Photo::try_from(vec![0; 7]), Err(7));
    }
}
