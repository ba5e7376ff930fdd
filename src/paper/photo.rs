//! A photo as black dots: error diffusion (Floyd and Steinberg 1976), a little lighter than it is, because heated dots
//! spread.

use super::bitmap::{Area, Bitmap};
use crate::visit::Photo;

/// How much lighter: greys are raised to this power, as shares of white.
const LIGHTER: f32 = 0.75;

/// Puts a photo onto the paper, as large as fits the place.
pub fn stamp(paper: &mut Bitmap, place: Area, photo: &Photo) {
    let (wide, high) = (Photo::WIDTH as u32, Photo::HEIGHT as u32);
    let width = place.width.min(place.height * wide / high).max(1);
    let height = (width * high / wide).max(1);
    let (left, top) =
        (place.x + (place.width - width) / 2, place.y + place.height.saturating_sub(height) / 2);
    let columns = width as usize;
    let mut errors = vec![0.0_f32; columns + 2];
    for y in 0..height {
        let mut below = vec![0.0_f32; columns + 2];
        let mut ahead = 0.0;
        for x in 0..width {
            let at = (y * high / height) as usize * Photo::WIDTH + (x * wide / width) as usize;
            let light = (f32::from(photo.gray()[at]) / 255.0).powf(LIGHTER);
            let wanted = light + ahead + errors[x as usize + 1];
            let black = wanted < 0.5;
            if black {
                paper.blacken(left + x, top + y);
            }
            let error = wanted - if black { 0.0 } else { 1.0 };
            ahead = error * 7.0 / 16.0;
            below[x as usize] += error * 3.0 / 16.0;
            below[x as usize + 1] += error * 5.0 / 16.0;
            below[x as usize + 2] += error / 16.0;
        }
        errors = below;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn black(paper: &Bitmap, area: Area) -> f32 {
        let all =
            (area.y..area.y + area.height).flat_map(|y| (area.x..area.x + area.width).map(move |x| (x, y)));
        all.filter(|(x, y)| paper.is_black(*x, *y)).count() as f32 / (area.width * area.height) as f32
    }

    #[test]
    fn the_darker_the_more_dots_and_none_beside_it() {
        let gray: Vec<u8> = (0..Photo::HEIGHT)
            .flat_map(|_| (0..Photo::WIDTH).map(|x| (x * 255 / (Photo::WIDTH - 1)) as u8))
            .collect();
        let photo = Photo::try_from(gray).unwrap();
        let mut paper = Bitmap::white(304, 400);
        let place = Area { x: 50, y: 40, width: 200, height: 300 };
        stamp(&mut paper, place, &photo);
        let strip = |at: u32| black(&paper, Area { x: 50 + at, y: 65, width: 20, height: 250 });
        assert!(strip(0) > 0.9 && strip(180) < 0.05, "{} {}", strip(0), strip(180));
        assert!((0..9).all(|n| strip(n * 20) > strip((n + 1) * 20)), "from dark to light");
        assert!((0.2..0.5).contains(&strip(90)), "half grey, a little lighter: {}", strip(90));
        for area in [
            Area { x: 0, y: 0, width: 50, height: 400 },
            Area { x: 250, y: 0, width: 54, height: 400 },
            Area { x: 0, y: 0, width: 304, height: 65 },
        ] {
            assert!(paper.is_white(area), "{area:?}");
        }
    }
}
