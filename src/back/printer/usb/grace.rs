//! A printer that was just plugged in belongs to nobody for a moment: the kernel makes its node, and only then udev gives
//! it to the kiosk's group. Owns how long that is no trouble; it is tried again at every look, also afterwards.

use super::find::{Missed, Place};
use crate::back::printer::delays;
use crate::errand::Trouble;
use std::time::Instant;

/// The printer that may not be opened, and since when.
#[derive(Default)]
pub struct Grace(Option<(Place, Instant)>);

impl Grace {
    /// What to say about a printer that was not opened: while it is only on its way, that it is not there yet.
    pub fn trouble(&mut self, missed: &Missed, now: Instant) -> Trouble {
        let known = self.0.filter(|(place, _)| missed.refused == Some(*place));
        self.0 = missed.refused.map(|place| known.unwrap_or((place, now)));
        if self.is_running(now) { Trouble::Unplugged } else { missed.trouble }
    }

    /// Whether there is one that may be opened soon.
    pub fn is_running(&self, now: Instant) -> bool {
        self.0.is_some_and(|(_, since)| now.saturating_duration_since(since) < delays::GIVEN_AWAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn refused(place: Place) -> Missed {
        Missed { trouble: Trouble::NoAccess, refused: Some(place), others: Vec::new() }
    }

    fn other(trouble: Trouble) -> Missed {
        Missed { trouble, refused: None, others: Vec::new() }
    }

    #[test]
    fn a_printer_is_refused_only_when_it_stays_refused() {
        let begun = Instant::now();
        let at = |seconds: f64| begun + Duration::from_secs_f64(seconds);
        let mut grace = Grace::default();
        for (seconds, missed, said) in [
            (0.0, other(Trouble::Unplugged), Trouble::Unplugged),
            (1.0, refused((1, 2)), Trouble::Unplugged),
            (3.0, refused((1, 2)), Trouble::Unplugged),
            (5.9, refused((1, 2)), Trouble::Unplugged),
            (6.0, refused((1, 2)), Trouble::NoAccess),
            (90.0, refused((1, 2)), Trouble::NoAccess),
            // Plugged in again: it has another address, and is waited for again.
            (91.0, refused((1, 3)), Trouble::Unplugged),
            (95.9, refused((1, 3)), Trouble::Unplugged),
            (96.0, refused((1, 3)), Trouble::NoAccess),
            // Also where the address is the same, once it was away.
            (97.0, other(Trouble::Unplugged), Trouble::Unplugged),
            (98.0, refused((1, 3)), Trouble::Unplugged),
            // Other troubles wait for nothing.
            (99.0, other(Trouble::Busy), Trouble::Busy),
        ] {
            assert_eq!(grace.trouble(&missed, at(seconds)), said, "{seconds}");
            assert_eq!(grace.is_running(at(seconds)), said == Trouble::Unplugged && missed.refused.is_some());
        }
    }
}
