//! Time as an argument. Owns the two kinds of time that the front desk knows; never reads a clock.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use std::ops::Range;
use std::time::Duration;

/// A point on the monotonic clock, counted from the start of the program. For deadlines on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick(pub Duration);

impl Tick {
    /// The tick `wait` later.
    pub fn after(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }

    /// How long it is from this tick until `later`; zero when that is past.
    pub fn until(self, later: Tick) -> Duration {
        later.0.saturating_sub(self.0)
    }
}

/// The wall time with the kiosk's own offset from UTC. For records and for what people read.
pub type Wall = DateTime<FixedOffset>;

/// So far ahead the clocks are looked at: no law says longer in advance when they are changed.
const MOST_DAYS: usize = 3660;

/// How the clocks of the kiosk's place are set: which offset from UTC is in force when.
#[derive(Clone, Copy, Debug)]
pub enum Zone {
    /// The same all the year round.
    Fixed(FixedOffset),
    /// By rules, such as those of summer time: the offset at a moment in UTC.
    Ruled(fn(NaiveDateTime) -> FixedOffset),
}

impl Zone {
    fn offset(self, utc: NaiveDateTime) -> FixedOffset {
        match self {
            Self::Fixed(offset) => offset,
            Self::Ruled(rules) => rules(utc),
        }
    }

    /// What the clocks show so many milliseconds after 1970-01-01 UTC.
    pub fn wall(self, millis: i64) -> Wall {
        let utc = Utc.timestamp_millis_opt(millis).single().unwrap_or_default();
        utc.with_timezone(&self.offset(utc.naive_utc()))
    }

    /// The same moment, as the clocks here show it then.
    pub fn here(self, wall: Wall) -> Wall {
        self.wall(wall.timestamp_millis())
    }

    /// The moment at which the clocks show this: the first, where an hour comes twice; where one is left out, the moment
    /// at which they would have shown it.
    pub fn at(self, shown: NaiveDateTime) -> Wall {
        // Nowhere is more than 14 hours ahead of UTC, or 12 behind; nor are clocks changed twice within a day.
        let day = TimeDelta::days(1);
        let [before, after] = [shown - day, shown + day].map(|utc| self.offset(utc));
        let utc = |offset: FixedOffset| shown - TimeDelta::seconds(offset.local_minus_utc().into());
        let is_so = |offset: &FixedOffset| self.offset(utc(*offset)) == *offset;
        let offset = [before, after].into_iter().find(is_so).unwrap_or(before);
        self.wall(utc(offset).and_utc().timestamp_millis())
    }

    /// The same, but none where no clock shows this: where people say when something is to be, they mean another hour.
    pub fn exactly(self, shown: NaiveDateTime) -> Option<Wall> {
        Some(self.at(shown)).filter(|at| at.naive_local() == shown)
    }

    /// The first moment of a day.
    pub fn midnight(self, day: NaiveDate) -> Wall {
        self.at(day.and_time(NaiveTime::MIN))
    }

    /// A day's first millisecond, and that of the next, since 1970-01-01 UTC.
    pub fn day(self, day: NaiveDate) -> Range<i64> {
        let begins = |day| self.midnight(day).timestamp_millis();
        begins(day)..begins(day.succ_opt().unwrap_or(day))
    }

    /// From this moment until that one in pieces, each as long as at its hour of the day the clocks are not set anew.
    pub fn pieces(self, from: Wall, until: Wall) -> Vec<(Wall, Wall)> {
        let mut pieces = Vec::new();
        let mut begins = from;
        for day in from.date_naive().iter_days().skip(1).take(MOST_DAYS) {
            let next = self.at(day.and_time(from.time()));
            if next > until {
                break;
            }
            if next.offset() != begins.offset() {
                pieces.push((begins, next - TimeDelta::seconds(1)));
                begins = next;
            }
        }
        pieces.push((begins, until));
        pieces
    }
}

/// One moment, as both clocks show it, and how the wall clock is set.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The monotonic clock: never jumps.
    pub tick: Tick,
    /// The wall clock: may jump when somebody sets it.
    pub wall: Wall,
    /// What the wall clock shows at other moments.
    pub zone: Zone,
}

impl Now {
    /// A moment where clocks are never changed.
    pub fn new(tick: Tick, wall: Wall) -> Self {
        Self { tick, wall, zone: Zone::Fixed(*wall.offset()) }
    }

    /// The wall time in milliseconds since 1970-01-01 UTC, as the book keeps it.
    pub fn millis(&self) -> i64 {
        self.wall.timestamp_millis()
    }

    /// The day on the wall.
    pub fn day(&self) -> NaiveDate {
        self.wall.date_naive()
    }

    /// The first moment of this day.
    pub fn midnight(&self) -> Wall {
        self.zone.midnight(self.day())
    }

    /// This moment, `wait` later on both clocks.
    pub fn after(self, wait: Duration) -> Self {
        let wall = self.zone.wall((self.wall + wait).timestamp_millis());
        Self { tick: self.tick.after(wait), wall, ..self }
    }
}

/// The wall time of `millis` since 1970 as it reads by a clock that is set like the one of `like`.
pub fn wall_from_millis(millis: i64, like: &Wall) -> Wall {
    Zone::Fixed(*like.offset()).wall(millis)
}

/// Where clocks are set forward on a Sunday in March, and back on one in October.
#[cfg(test)]
pub(crate) const BERLIN: Zone =
    Zone::Ruled(|utc| chrono::Offset::fix(&chrono_tz::Europe::Berlin.offset_from_utc_datetime(&utc)));

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Offset;

    fn at(zone: Zone, shown: &str) -> String {
        zone.at(shown.parse().unwrap()).to_rfc3339()
    }

    #[test]
    fn clocks_are_set_forward_and_back() {
        let zone = BERLIN;
        assert_eq!(at(zone, "2026-03-29T01:59:00"), "2026-03-29T01:59:00+01:00");
        assert_eq!(at(zone, "2026-03-29T02:30:00"), "2026-03-29T03:30:00+02:00", "no clock shows it");
        assert_eq!(at(zone, "2026-03-29T18:00:00"), "2026-03-29T18:00:00+02:00");
        assert_eq!(at(zone, "2026-10-25T02:30:00"), "2026-10-25T02:30:00+02:00", "the first of two");
        assert_eq!(at(zone, "2026-10-25T03:00:00"), "2026-10-25T03:00:00+01:00");
        let east = Zone::Fixed(FixedOffset::east_opt(8 * 3600).unwrap());
        assert_eq!(at(east, "2026-03-29T02:30:00"), "2026-03-29T02:30:00+08:00");
    }

    #[test]
    fn every_moment_reads_as_what_it_is_found_by() {
        let zones: [Zone; 3] = [
            BERLIN,
            Zone::Ruled(|utc| chrono_tz::Pacific::Kiritimati.offset_from_utc_datetime(&utc).fix()),
            Zone::Ruled(|utc| chrono_tz::America::New_York.offset_from_utc_datetime(&utc).fix()),
        ];
        for zone in zones {
            let begins = zone.midnight(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
            for hours in 0..366 * 24 {
                let wall = zone.wall((begins + TimeDelta::hours(hours)).timestamp_millis());
                let found = zone.at(wall.naive_local());
                assert_eq!(found.naive_local(), wall.naive_local());
                assert!(found == wall || wall - found == TimeDelta::hours(1), "{wall} {found}");
            }
        }
    }

    #[test]
    fn time_passes_into_summer() {
        let wall = DateTime::parse_from_rfc3339("2026-03-29T01:30:00+01:00").unwrap();
        let now = Now { zone: BERLIN, ..Now::new(Tick::default(), wall) };
        assert_eq!(now.after(Duration::from_secs(3600)).wall.to_rfc3339(), "2026-03-29T03:30:00+02:00");
        assert_eq!(now.after(Duration::from_secs(3600)).midnight().to_rfc3339(), "2026-03-29T00:00:00+01:00");
    }
}
