//! When badges end and when the house closes for whoever comes now. A house may close after midnight: until then the night
//! belongs to the day before.

use super::Visit;
use crate::now::{Now, Wall, Zone};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// A house that closes before noon closes in the night after the day on which its visitors came.
const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).unwrap();

const MINUTE_MILLIS: i64 = 60_000;

/// Until this hour an end means the night that is over then.
pub(super) const MORNING: NaiveTime = NaiveTime::from_hms_opt(6, 0, 0).unwrap();

impl Visit {
    /// When the house closes that opened on this day.
    pub fn closing_of(&self, day: NaiveDate, zone: Zone) -> Wall {
        zone.at(self.or_after_midnight(day, self.closes < NOON).and_time(self.closes))
    }

    /// The day of this moment, as the house counts days.
    pub fn day(&self, now: Now) -> NaiveDate {
        let today = now.day();
        let before = today.pred_opt().filter(|_| self.closes < NOON);
        before.filter(|before| now.wall < self.closing_of(*before, now.zone)).unwrap_or(today)
    }

    /// When that day began.
    pub fn day_began(&self, now: Now) -> Wall {
        let day = self.day(now);
        match day.pred_opt().filter(|_| self.closes < NOON) {
            Some(before) => self.closing_of(before, now.zone),
            None => now.zone.midnight(day),
        }
    }

    /// When the house closes for whoever comes now; for those who come later than that, when the day ends.
    pub fn house_closes(&self, now: Now) -> Wall {
        let closes = self.closing_of(self.day(now), now.zone);
        if now.wall < closes {
            return closes;
        }
        let last_minute = now.zone.wall(now.zone.day(now.day()).end - MINUTE_MILLIS);
        last_minute.max(now.wall + TimeDelta::milliseconds(MINUTE_MILLIS))
    }

    /// Until when the badge of whoever comes now is good; of those who come after the visiting hours, until the house
    /// closes.
    pub fn badge_ends(&self, now: Now) -> Wall {
        let (closes, is_night) = (self.house_closes(now), self.closes < NOON && self.ends <= self.closes);
        let ends = now.zone.at(self.or_after_midnight(self.day(now), is_night).and_time(self.ends));
        if now.wall < ends { ends.min(closes) } else { closes }
    }

    /// Why these two hours cannot both be meant; none: they can.
    pub(super) fn contradicts(&self) -> Option<String> {
        let (closes, ends) = (self.closes.format("%H:%M"), self.ends.format("%H:%M"));
        if self.closes < NOON {
            return (self.closes < self.ends && self.ends < NOON).then(|| {
                format!(
                    "the house closes at {closes} in the night, before badges end at {ends}; an hour until {closes}, or \
                     one from 12:00 on, is expected"
                )
            });
        }
        if self.closes < self.ends {
            return Some(format!("the house closes at {closes}, before badges end at {ends}"));
        }
        (self.ends < MORNING).then(|| {
            format!(
                "badges end at {ends} in the night, and the house closes at {closes} before it; an hour until {closes} is \
                 expected"
            )
        })
    }

    fn or_after_midnight(&self, day: NaiveDate, is_after: bool) -> NaiveDate {
        day.succ_opt().filter(|_| is_after).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::now::{BERLIN, Tick};

    fn house(ends: &str, closes: &str) -> Visit {
        let [ends, closes] = [ends, closes].map(|time| NaiveTime::parse_from_str(time, "%H:%M").unwrap());
        Visit { ends, closes, ..Config::built_in().visit }
    }

    fn at(wall: &str) -> Now {
        Now::new(Tick::default(), wall.parse().unwrap())
    }

    fn in_berlin(wall: &str) -> Now {
        Now { zone: BERLIN, ..at(wall) }
    }

    fn told(house: &Visit, now: Now) -> [String; 3] {
        let wall = |wall: Wall| wall.format("%m-%d %H:%M%:::z").to_string();
        [house.day(now).format("%d").to_string(), wall(house.badge_ends(now)), wall(house.house_closes(now))]
    }

    #[test]
    fn a_badge_is_good_until_the_visiting_hours_end_and_then_until_the_house_closes() {
        for (hours, now, right) in [
            // A house that closes in the evening, as ever.
            (("18:00", "22:00"), "23T09:41:00", ["23", "11-23 18:00+08", "11-23 22:00+08"]),
            (("18:00", "22:00"), "23T18:00:00", ["23", "11-23 22:00+08", "11-23 22:00+08"]),
            (("18:00", "22:00"), "23T21:59:59", ["23", "11-23 22:00+08", "11-23 22:00+08"]),
            (("18:00", "22:00"), "23T22:00:00", ["23", "11-23 23:59+08", "11-23 23:59+08"]),
            (("18:00", "22:00"), "24T00:30:00", ["24", "11-24 18:00+08", "11-24 22:00+08"]),
            (("18:00", "18:00"), "23T09:41:00", ["23", "11-23 18:00+08", "11-23 18:00+08"]),
            // Never before it begins.
            (("18:00", "22:00"), "23T23:59:30", ["23", "11-24 00:00+08", "11-24 00:00+08"]),
            // In the night: until it closes, that belongs to the evening before.
            (("18:00", "02:00"), "23T09:41:00", ["23", "11-23 18:00+08", "11-24 02:00+08"]),
            (("18:00", "02:00"), "23T19:00:00", ["23", "11-24 02:00+08", "11-24 02:00+08"]),
            (("18:00", "02:00"), "24T00:30:00", ["23", "11-24 02:00+08", "11-24 02:00+08"]),
            (("18:00", "02:00"), "24T01:59:59", ["23", "11-24 02:00+08", "11-24 02:00+08"]),
            (("18:00", "02:00"), "24T02:00:00", ["24", "11-24 18:00+08", "11-25 02:00+08"]),
            (("01:00", "02:00"), "23T20:00:00", ["23", "11-24 01:00+08", "11-24 02:00+08"]),
            (("01:00", "02:00"), "24T01:30:00", ["23", "11-24 02:00+08", "11-24 02:00+08"]),
            (("02:00", "02:00"), "23T20:00:00", ["23", "11-24 02:00+08", "11-24 02:00+08"]),
            // At midnight.
            (("18:00", "00:00"), "23T20:00:00", ["23", "11-24 00:00+08", "11-24 00:00+08"]),
            (("00:00", "00:00"), "23T09:41:00", ["23", "11-24 00:00+08", "11-24 00:00+08"]),
            (("18:00", "00:00"), "24T00:00:00", ["24", "11-24 18:00+08", "11-25 00:00+08"]),
            // A house that works through the night.
            (("18:00", "11:00"), "24T10:00:00", ["23", "11-24 11:00+08", "11-24 11:00+08"]),
        ] {
            let now_at = at(&format!("2026-11-{now}+08:00"));
            assert_eq!(told(&house(hours.0, hours.1), now_at), right, "{hours:?} at {now}");
        }
    }

    #[test]
    fn a_night_in_which_the_clocks_are_set_ends_at_the_hour_that_they_show() {
        for (hours, now, right) in [
            (("18:00", "06:00"), "2026-10-24T20:00:00+02:00", ["24", "10-25 06:00+01", "10-25 06:00+01"]),
            (("18:00", "06:00"), "2026-03-28T20:00:00+01:00", ["28", "03-29 06:00+02", "03-29 06:00+02"]),
            // The hour that comes twice is the first; then a new day has begun.
            (("18:00", "02:30"), "2026-10-25T02:10:00+02:00", ["24", "10-25 02:30+02", "10-25 02:30+02"]),
            (("18:00", "02:30"), "2026-10-25T02:10:00+01:00", ["25", "10-25 18:00+01", "10-26 02:30+01"]),
            // The hour that no clock shows.
            (("18:00", "02:30"), "2026-03-29T01:50:00+01:00", ["28", "03-29 03:30+02", "03-29 03:30+02"]),
            (("18:00", "02:30"), "2026-03-29T03:10:00+02:00", ["28", "03-29 03:30+02", "03-29 03:30+02"]),
        ] {
            assert_eq!(told(&house(hours.0, hours.1), in_berlin(now)), right, "{hours:?} at {now}");
        }
    }

    #[test]
    fn two_hours_that_contradict_each_other_are_no_house() {
        for (ends, closes) in [
            ("18:00", "22:00"),
            ("22:00", "22:00"),
            ("11:00", "22:00"),
            ("06:00", "22:00"),
            ("18:00", "02:00"),
            ("02:00", "02:00"),
            ("00:01", "00:01"),
            ("00:00", "00:00"),
            ("12:00", "11:59"),
            ("18:00", "07:00"),
        ] {
            assert_eq!(house(ends, closes).contradicts(), None, "{ends} {closes}");
        }
        for (ends, closes, said) in [
            ("18:00", "17:00", "the house closes at 17:00, before badges end at 18:00"),
            ("23:00", "22:00", "the house closes at 22:00, before badges end at 23:00"),
            ("07:00", "06:00", "an hour until 06:00, or one from 12:00 on, is expected"),
            ("00:30", "00:00", "an hour until 00:00, or one from 12:00 on, is expected"),
            ("00:00", "22:00", "badges end at 00:00 in the night"),
            ("02:00", "22:00", "an hour until 22:00 is expected"),
        ] {
            let why = house(ends, closes).contradicts().unwrap();
            assert!(why.contains(said), "{ends} {closes}: {why}");
        }
    }
}
