//! How many may sign out by the number of their badge alone: everybody can read one, and whoever types one after the other
//! empties the list of a fire. It is counted by time as it passes, whatever the clock is set to; what the book has of it is
//! taken up at the start, so that a restart gives nobody more.

use crate::book::{Book, BookError};
use crate::now::{Now, Tick};
use std::time::Duration;

/// So many people sign out by number alone within the time below: two who have lost their badges at once.
const MOST: usize = 2;
/// So long a sign-out by number alone counts.
const WITHIN: Duration = Duration::from_secs(10 * 60);

/// Sign-outs by number alone that count yet.
#[derive(Debug, Default)]
pub(super) struct Exits {
    /// Until when each of them does; none: the book was not asked yet.
    until: Option<Vec<Tick>>,
}

impl Exits {
    /// Takes up what there was before the start.
    pub fn take_up(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        if self.until.is_none() {
            let lately = book.numbered_lately(WITHIN, now)?;
            self.until = Some(lately.into_iter().map(|left| now.tick.after(left)).collect());
        }
        Ok(())
    }

    /// Whether a number alone is not enough.
    pub fn is_closed(&self, now: Tick) -> bool {
        let counting = self.until.iter().flatten().filter(|until| **until > now);
        counting.count() >= MOST
    }

    /// So many people have signed out by one number.
    pub fn signed_out(&mut self, people: usize, now: Tick) {
        let until = self.until.get_or_insert_default();
        until.retain(|until| *until > now);
        until.extend(std::iter::repeat_n(now.after(WITHIN), people));
    }
}
