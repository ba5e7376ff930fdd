//! What came of a tour, in figures. Counts; judges nothing but what a finger feels.

use super::Step;

/// From a tap to the next frame, a finger does not feel less than this.
pub const NOT_FELT_MILLISECONDS: f64 = 50.0;

/// What came of a tour.
#[derive(Debug)]
pub struct Walked {
    /// How many journeys were walked.
    pub journeys: usize,
    /// How many taps, scans and strokes were made.
    pub touches: usize,
    /// How many pictures were taken.
    pub pictures: usize,
    /// From a touch to the end of the next frame, in milliseconds: half of them took less.
    pub median_milliseconds: f64,
    /// The one that took longest.
    pub slowest_milliseconds: f64,
    /// What the configuration gives no reason for, each with why.
    pub left_out: Vec<String>,
}

impl Walked {
    /// The figures of these steps.
    pub(super) fn of(steps: &[Step], left_out: Vec<String>) -> Self {
        let mut journeys: Vec<&str> = steps.iter().map(|step| step.journey).collect();
        journeys.dedup();
        let mut took: Vec<f64> = steps.iter().filter_map(|step| step.milliseconds_to_next_frame).collect();
        took.sort_by(f64::total_cmp);
        Self {
            journeys: journeys.len(),
            touches: took.len(),
            pictures: steps.iter().filter(|step| step.picture.is_some()).count(),
            median_milliseconds: took.get(took.len() / 2).copied().unwrap_or_default(),
            slowest_milliseconds: took.last().copied().unwrap_or_default(),
            left_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(journey: &'static str, took: Option<f64>) -> Step {
        Step {
            journey,
            page: "welcome".to_owned(),
            done: "tap".to_owned(),
            at: None,
            taps: 0,
            goal: false,
            milliseconds_to_next_frame: took,
            picture: took.map(|_| "1.png".to_owned()),
        }
    }

    #[test]
    fn what_nobody_touched_does_not_count() {
        let steps = [
            step("a", None),
            step("a", Some(30.0)),
            step("b", None),
            step("b", Some(10.0)),
            step("b", Some(20.0)),
        ];
        let walked = Walked::of(&steps, Vec::new());
        assert_eq!((walked.journeys, walked.touches, walked.pictures), (2, 3, 3));
        assert_eq!((walked.median_milliseconds, walked.slowest_milliseconds), (20.0, 30.0));
    }
}
