//! The only clock of the program; tests and stories set one by hand.

use crate::now::{Now, Tick, Zone};
use chrono::{FixedOffset, Local, NaiveDateTime, Offset, TimeZone};
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Both clocks: how long the program runs, and what time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// This machine's.
    Machine(Instant),
    /// Moved by hand. Clones are the same clock.
    Hand(Rc<Cell<Now>>),
}

impl Clock {
    /// This machine's clock; its ticks count from now.
    pub fn start() -> Self {
        Self::Machine(Instant::now())
    }

    /// A clock that stands still until it is moved.
    pub fn at(now: Now) -> Self {
        Self::Hand(Rc::new(Cell::new(now)))
    }

    /// Moves a clock that stands still; this machine's goes by itself.
    pub fn pass(&self, wait: Duration) {
        if let Self::Hand(now) = self {
            now.set(now.get().after(wait));
        }
    }

    /// This moment.
    pub fn now(&self) -> Now {
        match self {
            Self::Machine(start) => Now {
                tick: Tick(start.elapsed()),
                wall: Local::now().fixed_offset(),
                zone: Zone::Ruled(offset_here),
            },
            Self::Hand(now) => now.get(),
        }
    }
}

/// By the rules of this machine's time zone.
fn offset_here(utc: NaiveDateTime) -> FixedOffset {
    Local.offset_from_utc_datetime(&utc).fix()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::now::{BERLIN, Wall};
    use chrono::TimeDelta;
    use std::path::Path;
    use std::process::Command;

    /// Set in the process that is to look at the clock of this machine.
    const WHERE: &str = "FRONTDESK_TEST_ZONE";

    /// A place's clocks as POSIX writes their rules, the same by name, what people write, and which moment that is.
    type Place = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

    const PLACES: [Place; 5] = [
        (
            "CET-1CEST,M3.5.0,M10.5.0/3",
            "Europe/Berlin",
            &[
                ("2026-10-25T01:59", "2026-10-25T01:59:00+02:00"),
                ("2026-10-25T02:00", "2026-10-25T02:00:00+02:00"),
                ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
                ("2026-10-25T02:59", "2026-10-25T02:59:00+02:00"),
                ("2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
                ("2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
                ("2026-03-29T02:00", "2026-03-29T03:00:00+02:00"),
                ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
                ("2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
                ("2026-07-01T09:00", "2026-07-01T09:00:00+02:00"),
                ("2026-12-01T09:00", "2026-12-01T09:00:00+01:00"),
            ],
        ),
        (
            "EST5EDT,M3.2.0,M11.1.0",
            "America/New_York",
            &[
                ("2026-11-01T01:30", "2026-11-01T01:30:00-04:00"),
                ("2026-11-01T02:00", "2026-11-01T02:00:00-05:00"),
                ("2026-03-08T02:30", "2026-03-08T03:30:00-04:00"),
            ],
        ),
        // Half an hour, and winter in July.
        (
            "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            "Australia/Lord_Howe",
            &[
                ("2026-04-05T01:45", "2026-04-05T01:45:00+11:00"),
                ("2026-04-05T02:00", "2026-04-05T02:00:00+10:30"),
                ("2026-10-04T02:15", "2026-10-04T02:45:00+11:00"),
            ],
        ),
        // At midnight.
        (
            "EET-2EEST,M4.5.5/0,M10.5.4/24",
            "Africa/Cairo",
            &[
                ("2026-10-29T23:30", "2026-10-29T23:30:00+03:00"),
                ("2026-10-30T00:00", "2026-10-30T00:00:00+02:00"),
                ("2026-04-24T00:00", "2026-04-24T01:00:00+03:00"),
            ],
        ),
        ("CST-8", "Asia/Shanghai", &[("2026-10-25T02:30", "2026-10-25T02:30:00+08:00")]),
    ];

    fn is_installed(name: &str) -> bool {
        Path::new("/usr/share/zoneinfo").join(name).is_file()
    }

    /// A process has one time zone: each place is looked at in one of its own, by the clock that the kiosk has.
    #[test]
    fn an_hour_that_comes_twice_on_this_machines_clock_is_the_first() {
        if let Ok(place) = std::env::var(WHERE) {
            return look_at(&PLACES[place.parse::<usize>().unwrap()]);
        }
        let this = "front::clock::tests::an_hour_that_comes_twice_on_this_machines_clock_is_the_first";
        for (at, (rules, name, _)) in PLACES.iter().enumerate() {
            for zone in [rules, name].into_iter().filter(|zone| *zone == rules || is_installed(zone)) {
                let mut there = Command::new(std::env::current_exe().unwrap());
                there.args(["--exact", this, "--nocapture"]).env("TZ", zone).env(WHERE, at.to_string());
                let ran = there.output().unwrap();
                let said = String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap();
                assert!(ran.status.success() && said.contains("1 passed"), "{zone}: {said}");
            }
        }
    }

    fn look_at((_, name, rows): &Place) {
        let here = Clock::start().now().zone;
        for (shown, right) in *rows {
            let shown: NaiveDateTime = format!("{shown}:00").parse().unwrap();
            assert_eq!(here.at(shown).to_rfc3339(), *right, "{name} {shown}");
            let is_shown = here.at(shown).naive_local() == shown;
            assert_eq!(here.exactly(shown).is_some(), is_shown, "{name} {shown}");
        }
        let begins: Wall = "2026-01-01T00:00:00+00:00".parse().unwrap();
        for quarters in 0..366 * 24 * 4 {
            let utc = begins + TimeDelta::minutes(15 * quarters);
            let wall = here.wall(utc.timestamp_millis());
            let found = here.at(wall.naive_local());
            // What the clock shows now is this moment, or was it once before.
            let earlier = wall - found;
            assert!(earlier == TimeDelta::zero() || earlier <= TimeDelta::hours(1), "{name} {wall} {found}");
            assert!(earlier >= TimeDelta::zero() && found.naive_local() == wall.naive_local(), "{wall}");
            if *name == "Europe/Berlin" {
                assert_eq!(wall.naive_local(), BERLIN.wall(utc.timestamp_millis()).naive_local(), "{utc}");
            }
        }
    }
}
