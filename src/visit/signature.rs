//! A signature: strokes of a finger, checked and kept as vectors.

use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

/// A point of a stroke; the pad is 1000 high.
pub type Point = (i16, i16);

/// Points nearer to each other than this say nothing new.
const NEAR: f64 = 4.0;
/// The least way that a finger goes for a signature: a tap and a dot are shorter.
const SHORTEST: f64 = 250.0;
/// The least width or height of a signature.
const SMALLEST: i16 = 100;
/// More points than this are no signature.
const MOST_POINTS: usize = 5000;

/// A signature as the data of an SVG path; the pad it was written on is 1000 high.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signature(String);

impl Signature {
    /// The signature that these strokes are; none: they are empty, a dot, or endless.
    pub fn parse(strokes: &[Vec<Point>]) -> Option<Self> {
        let points = || strokes.iter().flatten();
        let (mut low, mut high) = ((i16::MAX, i16::MAX), (i16::MIN, i16::MIN));
        for (x, y) in points() {
            low = (low.0.min(*x), low.1.min(*y));
            high = (high.0.max(*x), high.1.max(*y));
        }
        let wide = |low: i16, high: i16| high.saturating_sub(low) >= SMALLEST;
        let way: f64 = strokes.iter().flat_map(|stroke| stroke.windows(2)).map(|p| away(p[0], p[1])).sum();
        let signed = (wide(low.0, high.0) || wide(low.1, high.1)) && way >= SHORTEST;
        (signed && points().count() <= MOST_POINTS).then(|| Self(path(strokes)))
    }

    /// The data of the SVG path.
    pub fn as_path(&self) -> &str {
        &self.0
    }

    /// The signature as an SVG picture.
    pub fn svg(&self) -> String {
        let numbers =
            || self.0.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|part| !part.is_empty());
        let right = numbers().step_by(2).filter_map(|x| x.parse::<i32>().ok()).max().unwrap_or(0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 1000\"><path d=\"{}\" fill=\"none\" \
             stroke=\"black\" stroke-width=\"14\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>\n",
            right + 50,
            self.0
        )
    }
}

impl From<String> for Signature {
    /// What the book has kept.
    fn from(path: String) -> Self {
        Self(path)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(…)")
    }
}

fn away(a: Point, b: Point) -> f64 {
    let (x, y) = (f64::from(a.0) - f64::from(b.0), f64::from(a.1) - f64::from(b.1));
    x.hypot(y)
}

/// The strokes as the data of an SVG path: curves through the middles between the points.
pub fn path(strokes: &[Vec<Point>]) -> String {
    let mut path = String::new();
    for stroke in strokes {
        let mut points = stroke.iter().copied();
        let Some(first) = points.next() else { continue };
        let mut last = first;
        // Writing into a String cannot fail.
        let _ = write!(path, "M{} {}", first.0, first.1);
        let mut curved = false;
        for point in points {
            let (x, y) = (i32::from(point.0) - i32::from(last.0), i32::from(point.1) - i32::from(last.1));
            if away(last, point) < NEAR {
                continue;
            }
            let middle = (i32::from(last.0) + x / 2, i32::from(last.1) + y / 2);
            let _ = match curved {
                true => write!(path, "Q{} {} {} {}", last.0, last.1, middle.0, middle.1),
                false => write!(path, "L{} {}", middle.0, middle.1),
            };
            curved = true;
            last = point;
        }
        // A dot is a line to itself.
        let _ = write!(path, "L{} {}", last.0, last.1);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave() -> Vec<Vec<Point>> {
        vec![(0..60).map(|i| (200 + i * 20, 500 + if i % 2 == 0 { 90 } else { -90 })).collect()]
    }

    #[test]
    fn nothing_a_dot_and_a_smudge_are_no_signature() {
        for strokes in [
            vec![],
            vec![vec![]],
            vec![vec![(500, 500)]],
            vec![vec![(500, 500), (503, 501)], vec![(700, 500)]],
            // Rubbing one spot for long.
            vec![(0..400).map(|i| (500 + i % 40, 500)).collect()],
            // A short line.
            vec![vec![(500, 500), (640, 500)]],
            vec![vec![(0, 0); 6000]],
        ] {
            assert_eq!(Signature::parse(&strokes), None, "{strokes:?}");
        }
        assert!(Signature::parse(&wave()).is_some());
        let cross = vec![vec![(100, 100), (300, 300)], vec![(300, 100), (100, 300)]];
        assert!(Signature::parse(&cross).is_some(), "three crosses have signed for many");
    }

    #[test]
    fn strokes_become_smooth_curves() {
        assert_eq!(path(&[vec![(0, 0), (1, 1), (20, 0), (40, 40)]]), "M0 0L10 0Q20 0 30 20L40 40");
        assert_eq!(path(&[vec![(7, 8)], vec![(1, 2)]]), "M7 8L7 8M1 2L1 2");
        assert_eq!(path(&[vec![(i16::MIN, 0), (i16::MAX, 0)]]), "M-32768 0L-1 0L32767 0");
    }

    #[test]
    fn its_picture_holds_all_of_it() {
        let svg = Signature::parse(&wave()).unwrap().svg();
        assert!(svg.contains("viewBox=\"0 0 1430 1000\"") && svg.contains("M200 590"), "{svg}");
        assert_eq!(format!("{:?}", Signature::parse(&wave())), "Some(Signature(…))");
    }
}
