//! The hours of an invitation on each of its days: when a turn begins and ends, also over midnight, and on which day a
//! moment in the night is.

use super::Invitation;
use crate::now::{Now, Wall, Zone};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use std::ops::Range;

/// An invitation that is good for longer than this is a time in which to come, on any of its days; a shorter one is a stay.
const LONGEST_STAY: i64 = 24 * 60 * 60 * 1000;
/// The last moment of a day.
const DAYS_END: NaiveTime = NaiveTime::from_hms_milli_opt(23, 59, 59, 999).unwrap();
/// Whoever writes a day and no hour has it end in this minute, or later.
const LAST_MINUTE: NaiveTime = NaiveTime::from_hms_opt(23, 59, 0).unwrap();

/// From an hour until another one, on a day or over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    from: NaiveTime,
    until: NaiveTime,
}

impl Hours {
    /// Those of the first and the last moment of an invitation.
    pub fn of(first: &Wall, last: &Wall) -> Self {
        Self { from: first.time(), until: last.time() }
    }

    /// Whether they end on the next morning.
    pub fn are_over_midnight(self) -> bool {
        self.until < self.from
    }

    /// When the turn ends that begins on this day. Where it ends at the hour at which it began, the rest of the day is
    /// meant.
    pub fn end(self, day: NaiveDate) -> NaiveDateTime {
        if self.are_over_midnight() {
            day.succ_opt().unwrap_or(day).and_time(self.until)
        } else if self.until == self.from {
            day.and_time(DAYS_END)
        } else {
            day.and_time(self.until)
        }
    }

    /// The same in a place.
    fn end_in(self, zone: Zone, day: NaiveDate) -> Wall {
        // The last hour of a day may come twice.
        let is_rest = self.until == self.from;
        if is_rest { zone.wall(zone.day(day).end - 1) } else { zone.at(self.end(day)) }
    }

    /// Whether their end is an hour at which somebody is to leave, and not only a day that is over.
    fn say_when_to_leave(self, is_stay: bool) -> bool {
        let is_day = self.from == self.until && (!is_stay || self.from == NaiveTime::MIN);
        self.until < LAST_MINUTE && !is_day
    }
}

impl Invitation {
    fn first_and_last(&self, zone: Zone) -> (Wall, Wall) {
        (zone.wall(self.from), zone.wall(self.until))
    }

    fn hours(&self, zone: Zone) -> Hours {
        let (first, last) = self.first_and_last(zone);
        Hours::of(&first, &last)
    }

    /// The first moment that is no longer of the day before, UTC milliseconds.
    fn begins(&self, day: NaiveDate, zone: Zone) -> i64 {
        let hours = self.hours(zone);
        match (hours.are_over_midnight(), day.pred_opt()) {
            (true, Some(before)) => hours.end_in(zone, before).timestamp_millis() + 1,
            _ => zone.midnight(day).timestamp_millis(),
        }
    }

    /// The day of this moment: where the hours go over midnight, the night belongs to the evening before.
    pub fn day(&self, now: Now) -> NaiveDate {
        let today = now.day();
        match today.pred_opt() {
            Some(before) if now.millis() < self.begins(today, now.zone) => before,
            _ => today,
        }
    }

    /// That day, UTC milliseconds.
    pub fn span_of_day(&self, now: Now) -> Range<i64> {
        let day = self.day(now);
        self.begins(day, now.zone)..self.begins(day.succ_opt().unwrap_or(day), now.zone)
    }

    /// Whether it can be used on this day, whatever the hour.
    pub fn is_good_on(&self, day: NaiveDate, zone: Zone) -> bool {
        let (first, last) = self.first_and_last(zone);
        let within = (first.date_naive()..=last.date_naive()).contains(&day);
        within && (self.days == 0 || self.turn_on(day, zone).is_some())
    }

    fn has(&self, weekday: Weekday) -> bool {
        self.days & (1 << weekday.num_days_from_monday()) != 0
    }

    /// From when until when it is good on this day of the week, UTC milliseconds; none: it is not.
    fn turn_on(&self, day: NaiveDate, zone: Zone) -> Option<(i64, i64)> {
        let hours = self.hours(zone);
        let [from, until] =
            [zone.at(day.and_time(hours.from)), hours.end_in(zone, day)].map(|at| at.timestamp_millis());
        (self.has(day.weekday()) && from <= self.until).then_some((from, until))
    }

    /// From when until when it is good, UTC milliseconds: now, or the next time; none: never more.
    pub fn next_turn(&self, now: Now) -> Option<(i64, i64)> {
        let millis = now.millis();
        if self.days == 0 {
            return (millis <= self.until).then_some((self.from, self.until));
        }
        let first = now.zone.wall(self.from).date_naive();
        let day = self.day(now).max(first);
        // Today's hours may be over: the same day of the next week is the farthest.
        let days = (0..=8).filter_map(|days| day.checked_add_days(Days::new(days)));
        days.filter_map(|day| self.turn_on(day, now.zone)).find(|(_, until)| millis <= *until)
    }

    /// Until when whoever comes on it now is expected to stay; none where it says no hour, or that is past. One for some
    /// days, on which they come once, has the same hours on each.
    pub fn stay_ends(&self, now: Now) -> Option<Wall> {
        let hours = self.hours(now.zone);
        let is_stay = self.days == 0 && self.until - self.from <= LONGEST_STAY;
        let ends = if is_stay { now.zone.wall(self.until) } else { hours.end_in(now.zone, self.day(now)) };
        Some(ends).filter(|ends| hours.say_when_to_leave(is_stay) && *ends > now.wall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::now::{BERLIN, Tick};
    use crate::visit::{InviteCode, PersonName, Standing, Token};
    use chrono::FixedOffset;

    const MON_WED: u8 = 0b101;

    fn shanghai() -> Zone {
        Zone::Fixed(FixedOffset::east_opt(8 * 3600).unwrap())
    }

    /// As people write it: "11-23 20:00"; the 23rd is a Monday.
    fn wall(zone: Zone, text: &str) -> Wall {
        zone.at(NaiveDateTime::parse_from_str(&format!("2026-{text}"), "%Y-%m-%d %H:%M").unwrap())
    }

    fn at(zone: Zone, text: &str) -> Now {
        Now { zone, ..Now::new(Tick::default(), wall(zone, text)) }
    }

    fn invited(zone: Zone, from: &str, until: &str, days: u8) -> Invitation {
        Invitation {
            id: "1".to_owned(),
            token: Token::from_bytes([1; 16]),
            code: InviteCode::from_bytes([1; 6]),
            visitor: PersonName::parse("孙伟").unwrap(),
            company: None,
            phone: None,
            host_id: "H001".to_owned(),
            from: wall(zone, from).timestamp_millis(),
            until: wall(zone, until).timestamp_millis(),
            party: 0,
            cancelled: false,
            used_by: None,
            visit_type: None,
            email: None,
            lang: None,
            days,
        }
    }

    #[test]
    fn whoever_is_invited_stays_until_the_hour_that_the_invitation_says() {
        for (from, until, days, now, ends) in [
            ("11-23 20:00", "11-24 06:00", 0, "11-23 20:05", Some("11-24 06:00")),
            ("11-23 20:00", "11-24 06:00", 0, "11-24 02:05", Some("11-24 06:00")),
            ("11-23 20:00", "11-24 06:00", 0, "11-24 06:00", None),
            ("11-23 14:00", "11-23 21:00", 0, "11-23 14:00", Some("11-23 21:00")),
            ("11-23 20:00", "11-24 20:00", 0, "11-23 20:00", Some("11-24 20:00")),
            ("11-23 20:00", "11-24 00:00", 0, "11-23 20:05", Some("11-24 00:00")),
            // A day, and no hour: as the house is open on it.
            ("11-23 00:00", "11-23 23:59", 0, "11-23 09:41", None),
            ("11-23 09:00", "11-23 23:59", 0, "11-23 09:41", None),
            ("11-23 00:00", "11-24 00:00", 0, "11-23 09:41", None),
            ("11-23 00:00", "11-27 23:59", 0, "11-25 09:41", None),
            ("11-23 00:00", "11-27 00:00", 0, "11-25 09:41", None),
            // Once within some days: the hours of each.
            ("11-23 08:00", "11-27 20:00", 0, "11-25 09:41", Some("11-25 20:00")),
            ("11-23 08:00", "11-27 20:00", 0, "11-25 21:00", None),
            ("11-23 20:00", "11-27 06:00", 0, "11-23 20:05", Some("11-24 06:00")),
            ("11-23 20:00", "11-27 06:00", 0, "11-26 03:00", Some("11-26 06:00")),
            // Days of the week.
            ("11-23 09:00", "12-02 18:00", MON_WED, "11-25 10:00", Some("11-25 18:00")),
            ("11-23 20:00", "12-03 06:00", MON_WED, "11-25 20:05", Some("11-26 06:00")),
            ("11-23 20:00", "12-03 06:00", MON_WED, "11-26 05:59", Some("11-26 06:00")),
            ("11-23 09:00", "12-02 09:00", MON_WED, "11-25 10:00", None),
            ("11-23 00:00", "12-02 23:59", MON_WED, "11-25 10:00", None),
        ] {
            let stays = invited(shanghai(), from, until, days).stay_ends(at(shanghai(), now));
            let stays = stays.map(|ends| ends.format("%m-%d %H:%M").to_string());
            assert_eq!(stays.as_deref(), ends, "{from} to {until}, days {days}, at {now}");
        }
    }

    #[test]
    fn a_stay_in_the_night_of_summer_time_ends_at_the_hour_that_clocks_show() {
        for (from, until, days, now, ends) in [
            ("10-24 20:00", "10-25 06:00", 0, "10-24 20:00", "2026-10-25T06:00:00+01:00"),
            ("03-28 20:00", "03-29 06:00", 0, "03-28 20:00", "2026-03-29T06:00:00+02:00"),
            ("10-24 20:00", "10-25 02:30", 0, "10-24 20:00", "2026-10-25T02:30:00+02:00"),
            // Saturdays.
            ("10-10 20:00", "11-15 06:00", 0b010_0000, "10-24 21:00", "2026-10-25T06:00:00+01:00"),
            ("10-10 20:00", "11-15 06:00", 0b010_0000, "10-17 21:00", "2026-10-18T06:00:00+02:00"),
        ] {
            let stays = invited(BERLIN, from, until, days).stay_ends(at(BERLIN, now));
            assert_eq!(stays.unwrap().to_rfc3339(), ends, "{from} to {until}, days {days}, at {now}");
        }
    }

    #[test]
    fn a_night_of_days_of_the_week_belongs_to_the_evening_on_which_it_began() {
        let nights = invited(shanghai(), "11-23 20:00", "12-01 06:00", MON_WED);
        let from = |text| Standing::NotYet(wall(shanghai(), text).timestamp_millis());
        for (now, day, standing) in [
            ("11-22 22:00", 22, from("11-23 20:00")),
            ("11-23 19:59", 23, from("11-23 20:00")),
            ("11-23 20:00", 23, Standing::Good),
            ("11-23 23:59", 23, Standing::Good),
            ("11-24 00:00", 23, Standing::Good),
            ("11-24 06:00", 23, Standing::Good),
            ("11-24 06:01", 24, from("11-25 20:00")),
            // Tuesday evening is none.
            ("11-24 20:30", 24, from("11-25 20:00")),
            ("11-25 05:00", 24, from("11-25 20:00")),
            ("11-26 05:59", 25, Standing::Good),
            ("11-27 03:00", 26, from("11-30 20:00")),
            ("12-01 06:00", 30, Standing::Good),
            ("12-01 06:01", 1, Standing::Expired),
            ("12-02 20:30", 2, Standing::Expired),
        ] {
            let now = at(shanghai(), now);
            assert_eq!(chrono::Datelike::day(&nights.day(now)), day, "{now:?}");
            assert_eq!(nights.standing(now, None), standing, "{now:?}");
            assert!(nights.span_of_day(now).contains(&now.millis()), "{now:?}");
        }
        let good: Vec<u32> = (22..=30)
            .filter(|day| nights.is_good_on(NaiveDate::from_ymd_opt(2026, 11, *day).unwrap(), shanghai()))
            .collect();
        assert_eq!(good, [23, 25, 30]);
        assert!(!nights.is_good_on(NaiveDate::from_ymd_opt(2026, 12, 2).unwrap(), shanghai()), "it is over");
    }
}
