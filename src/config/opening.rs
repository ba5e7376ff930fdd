//! When the house receives visitors, and when it opens next.

use crate::now::Wall;
use crate::typed;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeZone};

/// So far ahead it is looked for the next opening; longer than any closed period.
const DAYS_AHEAD: u64 = 400;

/// The names of the days, as keys of `[opening]`, Monday first.
pub(super) const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `[opening]`: the hours of each day of the week, and the days on which the house is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// From and until, Monday first; empty: closed.
    pub hours: [Vec<(NaiveTime, NaiveTime)>; 7],
    /// The first and the last day of each closed period.
    pub closed: Vec<(NaiveDate, NaiveDate)>,
}

impl Opening {
    /// When the house opens next; none while it is open.
    pub fn opens_next(&self, now: Wall) -> Option<Wall> {
        let today = now.date_naive();
        for ahead in 0..DAYS_AHEAD {
            let Some(day) = today.checked_add_days(Days::new(ahead)) else { continue };
            for (from, until) in self.on(day) {
                if ahead == 0 && (*from..*until).contains(&now.time()) {
                    return None;
                }
                if ahead > 0 || now.time() < *from {
                    return now.offset().from_local_datetime(&day.and_time(*from)).single();
                }
            }
        }
        None
    }

    /// From and until on this day; empty: the house is closed.
    pub fn on(&self, day: NaiveDate) -> &[(NaiveTime, NaiveTime)] {
        match self.closed.iter().any(|(first, last)| (*first..=*last).contains(&day)) {
            true => &[],
            false => &self.hours[day.weekday().num_days_from_monday() as usize],
        }
    }

    /// The first and the last day of each closed period that has not passed on this day, the next one first.
    pub fn closed_from(&self, day: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
        let mut closed: Vec<_> = self.closed.iter().filter(|(_, last)| *last >= day).copied().collect();
        closed.sort_unstable();
        closed
    }
}

/// The end of a day, `24:00` (ISO 8601).
const MIDNIGHT: NaiveTime = NaiveTime::from_hms_nano_opt(23, 59, 59, 999_999_999).unwrap();

/// Such as `08:30-12:00, 13:30-18:00`, in order; an empty text is a closed day.
pub(super) fn hours(text: &str) -> Option<Vec<(NaiveTime, NaiveTime)>> {
    let time = typed::time;
    let span = |span: &str| {
        let (from, until) = span.split_once(['-', '–'])?;
        let until = if until.trim() == "24:00" { MIDNIGHT } else { time(until.trim())? };
        Some((time(from.trim())?, until)).filter(|(from, until)| from < until)
    };
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let spans: Vec<_> = text.split(',').map(span).collect::<Option<_>>()?;
    spans.windows(2).all(|two| two[0].1 <= two[1].0).then_some(spans)
}

/// A day such as `2026-10-01`, or two with a slash between them: from and until (ISO 8601).
pub(super) fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let day = typed::day;
    match text.split_once('/') {
        Some((first, last)) => Some((day(first)?, day(last)?)).filter(|(first, last)| first <= last),
        None => day(text).map(|day| (day, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn week() -> Opening {
        let work = hours("08:30-12:00, 13:30-18:00").unwrap();
        let mut hours = std::array::from_fn(|_| work.clone());
        hours[5].clear();
        hours[6].clear();
        Opening { hours, closed: vec![days("2026-10-01/2026-10-07").unwrap(), days("2027-01-01").unwrap()] }
    }

    fn opens(now: &str) -> Option<String> {
        let now = DateTime::parse_from_rfc3339(&format!("{now}:00+08:00")).unwrap();
        week().opens_next(now).map(|opens| opens.format("%m-%d %H:%M").to_string())
    }

    #[test]
    fn it_is_said_when_the_house_opens_next() {
        for (now, next) in [
            ("2026-11-23T08:29", Some("11-23 08:30")),
            ("2026-11-23T08:30", None),
            ("2026-11-23T12:00", Some("11-23 13:30")),
            ("2026-11-23T17:59", None),
            ("2026-11-23T18:00", Some("11-24 08:30")),
            ("2026-11-27T18:00", Some("11-30 08:30")),
            ("2026-09-30T18:00", Some("10-08 08:30")),
            ("2026-10-03T10:00", Some("10-08 08:30")),
            ("2026-12-31T23:59", Some("01-04 08:30")),
        ] {
            assert_eq!(opens(now).as_deref(), next, "{now}");
        }
    }

    #[test]
    fn each_day_has_its_hours_and_the_closed_days_to_come_are_known() {
        let day = |text: &str| days(text).unwrap().0;
        let unsorted = Opening { closed: week().closed.into_iter().rev().collect(), ..week() };
        assert_eq!(unsorted.on(day("2026-09-30")).len(), 2);
        for closed in ["2026-10-01", "2026-10-07", "2026-11-28", "2027-01-01"] {
            assert_eq!(unsorted.on(day(closed)), [], "{closed}");
        }
        for (now, left) in [("2026-10-07", 2), ("2026-10-08", 1), ("2027-01-01", 1), ("2027-01-02", 0)] {
            assert_eq!(unsorted.closed_from(day(now)), week().closed[2 - left..], "{now}");
        }
    }

    #[test]
    fn what_is_no_time_and_no_day() {
        for text in
            ["8:30", "18:00-08:30", "08:30-08:30", "08:30-25:00", "13:00-18:00, 08:00-12:00", "always"]
        {
            assert_eq!(hours(text), None, "{text}");
        }
        for text in ["2026-02-30", "2026-10-07/2026-10-01", "01.10.2026", ""] {
            assert_eq!(days(text), None, "{text}");
        }
        assert_eq!(hours(" 08:30–12:00 ").unwrap().len(), 1);
    }

    #[test]
    fn a_house_that_never_closes_and_one_with_a_night_shift() {
        let open = |day: &str, now: &str| {
            let hours = std::array::from_fn(|_| hours(day).unwrap());
            let now = DateTime::parse_from_rfc3339(&format!("{now}+08:00")).unwrap();
            Opening { hours, closed: Vec::new() }.opens_next(now).is_none()
        };
        assert!(open("00:00-24:00", "2026-11-23T00:00:00") && open("00:00-24:00", "2026-11-23T23:59:59"));
        let night = "00:00-06:00, 22:00-24:00";
        assert!(open(night, "2026-11-23T23:59:59") && !open(night, "2026-11-23T06:00:00"));
    }
}
