//! What a finger writes where one signs, stroke by stroke.

use crate::visit::{Point, path};

/// After so many points nothing more is drawn: nobody signs for minutes.
const MOST_POINTS: usize = 5000;

/// The strokes that were written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    pub strokes: Vec<Vec<Point>>,
}

impl Pen {
    /// The finger is here, in thousandths of the pad's height; it has just come down if it `begins`. What is
    /// written now, as the data of an SVG path.
    pub fn write(&mut self, x: i32, y: i32, begins: bool) -> String {
        let near = |at: i32| at.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        if begins || self.strokes.is_empty() {
            self.strokes.push(Vec::new());
        }
        let points: usize = self.strokes.iter().map(Vec::len).sum();
        if let Some(stroke) = self.strokes.last_mut().filter(|_| points < MOST_POINTS) {
            stroke.push((near(x), near(y)));
        }
        path(&self.strokes)
    }
}
