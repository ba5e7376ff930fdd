//! The limit at the look-up: after some misses a pause that grows, so that nobody can read the
//! visitor list by trying. It belongs to the kiosk and outlives a visitor's session; the book keeps it over a restart.
//! What is found gives nothing back: a guesser who knows one code would go on for ever. Only a visit that comes of it does.

use super::Desk;
use crate::book::{Book, BookError, Guarded, Pause};
use crate::now::Tick;
use std::time::Duration;

/// How many misses are taken for slips.
const FREE_MISSES: u32 = 5;
/// The first pause; each further miss doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause: a guesser gets six tries an hour.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// After so long without a miss all is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(30 * 60);

/// Counts misses.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    misses: u32,
    last: Tick,
    closed_until: Tick,
    /// Misses and end as the book has them.
    kept: (u32, Tick),
}

impl RateLimiter {
    /// As it stood when the kiosk was last running: the rest of a pause is still to pass.
    fn resumed(pause: Pause, now: Tick) -> Self {
        let closed_until = now.after(pause.left);
        Self { misses: pause.misses, last: now, closed_until, kept: (pause.misses, closed_until) }
    }

    /// Brings the book up to date. One that is being written is told later.
    fn keep(&mut self, what: Guarded<'_>, now: Tick, book: &mut Book) -> Result<(), BookError> {
        let stands = (self.misses, self.closed_until);
        if stands != self.kept {
            let pause = Pause { misses: self.misses, left: self.closed_for(now) };
            match book.note_pause(what, pause, now) {
                Ok(()) => self.kept = stands,
                Err(BookError::Busy) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    /// How long look-ups are closed yet; zero when they are open.
    pub fn closed_for(&self, now: Tick) -> Duration {
        now.until(self.closed_until)
    }

    /// A look-up found nothing, or something that anybody may know.
    pub fn missed(&mut self, now: Tick) {
        if self.last.until(now) >= FORGOTTEN_AFTER {
            self.misses = 0;
        }
        self.misses = self.misses.saturating_add(1);
        self.last = now;
        if let Some(over) = self.misses.checked_sub(FREE_MISSES) {
            let pause = FIRST_PAUSE.saturating_mul(1 << over.min(16)).min(LONGEST_PAUSE);
            self.closed_until = now.after(pause);
        }
    }

    /// Somebody signed out whom the look-up had found: theirs was an honest one.
    pub fn ended(&mut self) {
        self.misses = self.misses.saturating_sub(1);
        if self.misses < FREE_MISSES {
            self.closed_until = Tick::default();
        }
    }

    /// A visitor was registered who had been looked up. This can be done once with each invitation.
    pub fn registered(&mut self) {
        *self = Self { kept: self.kept, ..Self::default() };
    }
}

impl Desk {
    /// A guesser goes on waiting after a restart of the program.
    pub(super) fn resume_limiters(&mut self, now: Tick, book: &Book) -> Result<(), BookError> {
        if !self.limiters_resumed {
            self.look_ups = RateLimiter::resumed(book.pause(Guarded::LookUp, now)?, now);
            self.recalls = RateLimiter::resumed(book.pause(Guarded::Recall, now)?, now);
            self.limiters_resumed = true;
        }
        Ok(())
    }

    /// What was missed stands in the book before anybody sees that it was.
    pub(super) fn keep_limiters(&mut self, now: Tick, book: &mut Book) -> Result<(), BookError> {
        self.look_ups.keep(Guarded::LookUp, now, book)?;
        self.recalls.keep(Guarded::Recall, now, book)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Tick {
        Tick(Duration::from_secs(seconds))
    }

    #[test]
    fn the_fifth_miss_closes_and_each_further_one_for_longer() {
        let mut limiter = RateLimiter::default();
        for _ in 0..4 {
            limiter.missed(at(1));
            assert_eq!(limiter.closed_for(at(1)), Duration::ZERO);
        }
        let mut pauses = Vec::new();
        let mut now = at(1);
        for _ in 0..8 {
            limiter.missed(now);
            let pause = limiter.closed_for(now);
            pauses.push(pause.as_secs());
            now = now.after(pause);
            assert_eq!(limiter.closed_for(now), Duration::ZERO);
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 600, 600, 600]);
    }

    #[test]
    fn a_visit_and_a_long_quiet_forgive() {
        let mut limiter = RateLimiter::default();
        for _ in 0..4 {
            limiter.missed(at(1));
        }
        limiter.registered();
        limiter.missed(at(2));
        assert_eq!(limiter.closed_for(at(2)), Duration::ZERO);
        for _ in 0..3 {
            limiter.missed(at(3));
        }
        limiter.missed(at(3 + 1800));
        assert_eq!(limiter.closed_for(at(3 + 1800)), Duration::ZERO);
    }

    #[test]
    fn whoever_signs_out_gives_back_their_own_look_up_and_no_more() {
        let mut limiter = RateLimiter::default();
        for _ in 0..20 {
            limiter.missed(at(1));
            limiter.ended();
            assert_eq!(limiter.closed_for(at(1)), Duration::ZERO);
        }
        for _ in 0..5 {
            limiter.missed(at(1));
        }
        assert!(!limiter.closed_for(at(1)).is_zero());
        limiter.ended();
        assert_eq!(limiter.closed_for(at(1)), Duration::ZERO, "the fifth was honest");
        limiter.missed(at(1));
        assert!(!limiter.closed_for(at(1)).is_zero(), "and gave nothing else back");
    }
}
