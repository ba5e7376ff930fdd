//! When the house receives visitors, and when it opens next.

use super::closing::MORNING;
use super::table::Table;
use crate::now::{Now, Wall, Zone};
use crate::typed;
use chrono::{Datelike, NaiveDate, NaiveTime};
use toml::de::DeValue;

/// So far ahead it is looked for the next opening; longer than any closed period.
const DAYS_AHEAD: usize = 400;

/// The names of the days, as keys of `[opening]`, Monday first.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `[opening]`: the hours of each day of the week, and the days on which the house is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// From and until, Monday first; empty: closed. What ends before it begins ends on the next day.
    pub hours: [Vec<(NaiveTime, NaiveTime)>; 7],
    /// The first and the last day of each closed period.
    pub closed: Vec<(NaiveDate, NaiveDate)>,
}

impl Opening {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let (mut opening, mut wrong) = (Self::default(), false);
        for (day, spans) in DAYS.into_iter().zip(&mut opening.hours) {
            let read = table.key(day, |value| hours(value.as_str().unwrap_or("-")));
            wrong |= table.says(day) && read.is_none();
            *spans = read.unwrap_or_default();
        }
        for (day, why) in opening.overlaps() {
            table.object(day, &why);
            wrong = true;
        }
        opening.closed = table.key("closed", list_of_days).unwrap_or_default();
        let never = opening.hours.iter().all(Vec::is_empty);
        if never && !wrong {
            table.wrong("[opening]: the hours of one day at least are expected");
        }
        (!never).then_some(opening)
    }

    /// When the house opens next; none while it is open.
    pub fn opens_next(&self, now: Now) -> Option<Wall> {
        let (today, zone) = (now.day(), now.zone);
        // Last night may not be over.
        let days = today.pred_opt().into_iter().chain(today.iter_days().take(DAYS_AHEAD));
        for (from, until) in days.flat_map(|day| self.moments(day, zone)) {
            if now.wall < from {
                return Some(from);
            }
            if now.wall < until {
                return None;
            }
        }
        None
    }

    /// From when until when the house is open that opens on this day.
    fn moments(&self, day: NaiveDate, zone: Zone) -> impl Iterator<Item = (Wall, Wall)> {
        let next = day.succ_opt().unwrap_or(day);
        self.on(day).iter().map(move |(from, until)| {
            let ends = if until < from { next } else { day };
            (zone.at(day.and_time(*from)), zone.at(ends.and_time(*until)))
        })
    }

    /// Every day whose hours begin while those of the night before go on, and what is wrong with it.
    fn overlaps(&self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        for (at, day) in DAYS.into_iter().enumerate() {
            let before = (at + DAYS.len() - 1) % DAYS.len();
            if let (Some((from, until)), Some((begins, _))) =
                (self.hours[before].last(), self.hours[at].first())
                && until < from
                && begins < until
            {
                let until = until.format("%H:%M");
                found.push((day, format!("the hours of {} go on until {until} of this day", DAYS[before])));
            }
        }
        found
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

/// Such as `08:30-12:00, 13:30-18:00`, in order; an empty text is a closed day. The last may go on over midnight.
///
/// # Errors
/// What is expected instead.
fn hours(text: &str) -> Result<Vec<(NaiveTime, NaiveTime)>, String> {
    let right =
        || "hours such as \"08:30-12:00, 13:30-18:00\", or \"\" for a closed day, is expected".to_owned();
    let time = |text: &str| typed::time(text).ok_or_else(right);
    let span = |span: &str| {
        let (from, until) = span.split_once(['-', '–']).ok_or_else(right)?;
        let (from, until) = (from.trim(), until.trim());
        let ends = if until == "24:00" { MIDNIGHT } else { time(until)? };
        let begins = time(from)?;
        if begins == ends {
            return Err(right());
        }
        // Two hours in the wrong order are no night.
        if ends < begins && ends > MORNING {
            let morning = MORNING.format("%H:%M");
            return Err(format!(
                "{from}-{until} ends before it begins; over midnight it can go on until {morning}, and from 00:00 on the \
                 next day has hours of its own"
            ));
        }
        Ok((begins, ends))
    };
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let spans: Vec<_> = text.split(',').map(span).collect::<Result<_, _>>()?;
    let is_after = |two: &[(NaiveTime, NaiveTime)]| two[0].0 < two[0].1 && two[0].1 <= two[1].0;
    if spans.windows(2).all(is_after) { Ok(spans) } else { Err(right()) }
}

/// Several days or periods.
fn list_of_days(value: &DeValue<'_>) -> Result<Vec<(NaiveDate, NaiveDate)>, String> {
    let right =
        || "a list of days such as [\"2026-10-01/2026-10-07\", \"2027-01-01\"] is expected".to_owned();
    let day = |entry: &DeValue<'_>| entry.as_str().and_then(days).ok_or_else(right);
    value.as_array().ok_or_else(right)?.iter().map(|entry| day(entry.get_ref())).collect()
}

/// A day such as `2026-10-01`, or two with a slash between them: from and until (ISO 8601).
fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let day = typed::day;
    match text.split_once('/') {
        Some((first, last)) => Some((day(first)?, day(last)?)).filter(|(first, last)| first <= last),
        None => day(text).map(|day| (day, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::now::{BERLIN, Tick};
    use chrono::DateTime;

    fn week() -> Opening {
        let work = hours("08:30-12:00, 13:30-18:00").unwrap();
        let mut hours = std::array::from_fn(|_| work.clone());
        hours[5].clear();
        hours[6].clear();
        Opening { hours, closed: vec![days("2026-10-01/2026-10-07").unwrap(), days("2027-01-01").unwrap()] }
    }

    fn at(now: &str) -> Now {
        Now::new(Tick::default(), DateTime::parse_from_rfc3339(now).unwrap())
    }

    fn opens(now: &str) -> Option<String> {
        week().opens_next(at(&format!("{now}:00+08:00"))).map(|opens| opens.format("%m-%d %H:%M").to_string())
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
            assert!(hours(text).is_err(), "{text}");
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
            Opening { hours, closed: Vec::new() }.opens_next(at(&format!("{now}+08:00"))).is_none()
        };
        assert!(open("00:00-24:00", "2026-11-23T00:00:00") && open("00:00-24:00", "2026-11-23T23:59:59"));
        let night = "00:00-06:00, 22:00-24:00";
        assert!(open(night, "2026-11-23T23:59:59") && !open(night, "2026-11-23T06:00:00"));
    }
    #[test]
    fn a_house_that_is_open_over_midnight() {
        let mut nights =
            Opening { hours: std::array::from_fn(|_| hours("18:00-02:00").unwrap()), closed: Vec::new() };
        nights.hours[6].clear();
        nights.hours[0] = hours("11:00-14:30, 17:00-00:00").unwrap();
        nights.closed = vec![days("2026-11-26").unwrap()];
        for (now, next) in [
            // Monday, until midnight.
            ("2026-11-23T11:00:00+08:00", None),
            ("2026-11-23T16:00:00+08:00", Some("11-23 17:00")),
            ("2026-11-23T23:59:59+08:00", None),
            ("2026-11-24T00:00:00+08:00", Some("11-24 18:00")),
            // Tuesday evening, and the night after it.
            ("2026-11-24T17:59:59+08:00", Some("11-24 18:00")),
            ("2026-11-24T18:00:00+08:00", None),
            ("2026-11-25T00:30:00+08:00", None),
            ("2026-11-25T01:59:59+08:00", None),
            ("2026-11-25T02:00:00+08:00", Some("11-25 18:00")),
            // Wednesday's night goes on into a day on which the house is closed, which has none.
            ("2026-11-26T01:00:00+08:00", None),
            ("2026-11-26T02:00:00+08:00", Some("11-27 18:00")),
            ("2026-11-26T19:00:00+08:00", Some("11-27 18:00")),
            // Saturday's night into Sunday.
            ("2026-11-29T01:00:00+08:00", None),
            ("2026-11-29T03:00:00+08:00", Some("11-30 11:00")),
        ] {
            let opens = nights.opens_next(at(now)).map(|opens| opens.format("%m-%d %H:%M").to_string());
            assert_eq!(opens.as_deref(), next, "{now}");
        }
        // When clocks are set, it opens and closes by what they show.
        let berlin = |now: &str| Now { zone: BERLIN, ..at(now) };
        let every =
            Opening { hours: std::array::from_fn(|_| hours("18:00-03:00").unwrap()), closed: Vec::new() };
        assert_eq!(every.opens_next(berlin("2026-10-25T02:30:00+01:00")), None);
        let opens = every.opens_next(berlin("2026-10-25T03:00:00+01:00")).unwrap();
        assert_eq!(opens.to_rfc3339(), "2026-10-25T18:00:00+01:00");
        let opens = every.opens_next(berlin("2026-03-29T03:00:00+02:00")).unwrap();
        assert_eq!(opens.to_rfc3339(), "2026-03-29T18:00:00+02:00");
    }

    #[test]
    fn which_hours_are_understood_and_what_is_said_of_the_others() {
        for (text, spans) in [
            ("18:00-02:00", 1),
            ("18:00 – 00:00", 1),
            ("22:00-06:00", 1),
            ("11:00-14:30, 18:00-02:00", 2),
            ("00:00-24:00", 1),
            ("00:00-06:00, 22:00-24:00", 2),
            ("", 0),
        ] {
            assert_eq!(hours(text).map(|hours| hours.len()), Ok(spans), "{text}");
        }
        let order = "ends before it begins; over midnight it can go on until 06:00";
        for (text, said) in [
            ("18:00-08:30", order),
            ("18:00-06:01", order),
            ("17:00-13:00", order),
            ("18:00-02:00, 20:00-23:00", "is expected"),
            ("20:00-02:00, 03:00-04:00", "is expected"),
            ("08:30-08:30", "is expected"),
            ("24:00-02:00", "is expected"),
            ("18-02", "is expected"),
        ] {
            assert!(hours(text).is_err_and(|why| why.contains(said)), "{text}");
        }
        let mut week = Opening { hours: Default::default(), closed: Vec::new() };
        week.hours[0] = hours("18:00-02:00").unwrap();
        week.hours[1] = hours("02:00-04:00").unwrap();
        week.hours[6] = hours("20:00-05:00").unwrap();
        assert!(week.overlaps().is_empty());
        week.hours[0] = hours("04:00-12:00").unwrap();
        let said = "the hours of sunday go on until 05:00 of this day".to_owned();
        assert_eq!(week.overlaps(), [("monday", said)]);
    }
}
