//! The one parser of all dates and times that people type: in lists, on the command line, in the configuration, in a search.
//! Each format stands from its first character to its last, and its digits are counted: nothing that could be another day is
//! guessed at. The year comes first; what begins with a day or a month is two days, and refused.

use super::visible;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use unicode_normalization::UnicodeNormalization;

/// What is expected where a day is, for whoever typed something else.
pub const A_DAY: &str = "a day such as 2026-12-01";

/// Two digits would be a year of the first century, and five a slip.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// A day, and a time of it if one was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time; none: a day alone.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// What a clock shows then; the first moment of a day alone.
    pub fn begins(&self) -> NaiveDateTime {
        self.day.and_time(self.time.unwrap_or(NaiveTime::MIN))
    }

    /// Whether it may be a day that an office program has given the time 0:00.
    pub fn is_midnight(&self) -> bool {
        self.time == Some(NaiveTime::MIN)
    }
}

/// A day: `2026-12-01`, `2026/12/1`, `2026.12.1`, `2026年12月1日`.
pub fn day(text: &str) -> Option<NaiveDate> {
    moment(text).filter(|moment| moment.time.is_none()).map(|moment| moment.day)
}

/// The first day of a month: `2026-12`, `2026/12`, `2026.12`, `2026年12月`.
pub fn month(text: &str) -> Option<NaiveDate> {
    let text = tidied(text);
    let mut rest = Rest(&text);
    let year = rest.digits(4..=4)?;
    let chinese = rest.one_of(&["年"]).is_some();
    if !chinese {
        rest.one_of(&["-", "/", "."])?;
    }
    let month = rest.digits(1..=2)?;
    if chinese {
        rest.one_of(&["月"])?;
    }
    rest.end()?;
    date(year, month, 1)
}

/// A day, or a day and a time with a blank, a `T` or `日` between them.
pub fn moment(text: &str) -> Option<Moment> {
    let text = tidied(text);
    let mut rest = Rest(&text);
    let (day, is_closed) = rest.day()?;
    if rest.end().is_some() {
        return Some(Moment { day, time: None });
    }
    let is_apart = rest.blanks() || rest.one_of(&["T"]).is_some();
    if !is_apart && !is_closed {
        return None;
    }
    let time = rest.time()?;
    rest.end()?;
    Some(Moment { day, time: Some(time) })
}

/// A time of the day: `9:30`, `09:30:00`, `2:30 PM`, `下午2:30`, `14时30分`, `9点`.
pub fn time(text: &str) -> Option<NaiveTime> {
    let text = tidied(text);
    let mut rest = Rest(&text);
    let time = rest.time()?;
    rest.end()?;
    Some(time)
}

/// Full-width digits and signs as plain ones, every dash as a hyphen, nothing around it and nothing unseen in it. The
/// mark of a footnote is no digit.
fn tidied(text: &str) -> String {
    let is_note = |c: char| c.is_numeric() && !c.is_ascii_digit() && !matches!(c, '０'..='９' | '〇');
    let text: String = visible(text).replace(is_note, "\u{FFFD}").nfkc().collect();
    text.trim().replace(['‐', '‑', '–', '−'], "-")
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    YEARS.contains(&date.year()).then_some(date)
}

/// The half of the day that goes with an hour.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    /// AM: 12 is midnight.
    First,
    /// 上午: programs write midnight as 12, people noon.
    Morning,
    /// PM, 下午.
    Second,
}

/// What is left of a text that is read from its beginning.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// All the digits that come next, if they are so many.
    fn digits(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        let number = digits.parse().ok().filter(|_| count.contains(&digits.len()))?;
        self.0 = rest;
        Some(number)
    }

    fn one_of(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let sign = *signs.iter().find(|sign| self.0.starts_with(**sign))?;
        self.0 = &self.0[sign.len()..];
        Some(sign)
    }

    /// Whether there are blanks; they are passed over.
    fn blanks(&mut self) -> bool {
        let rest = self.0.trim_start();
        let any = rest.len() < self.0.len();
        self.0 = rest;
        any
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    /// A day, and whether a sign closed it, so that a time may follow at once.
    fn day(&mut self) -> Option<(NaiveDate, bool)> {
        let year = self.digits(4..=4)?;
        if let Some(sign) = self.one_of(&["-", "/", "."]) {
            let month = self.digits(1..=2)?;
            self.one_of(&[sign])?;
            return Some((date(year, month, self.digits(1..=2)?)?, false));
        }
        // Blanks beside Chinese signs are the typesetter's.
        self.blanks();
        self.one_of(&["年"])?;
        self.blanks();
        let month = self.digits(1..=2)?;
        self.blanks();
        self.one_of(&["月"])?;
        self.blanks();
        let day = date(year, month, self.digits(1..=2)?)?;
        let before = self.0;
        self.blanks();
        let is_closed = self.one_of(&["日", "号", "號"]).is_some();
        if !is_closed {
            self.0 = before;
        }
        Some((day, is_closed))
    }

    fn half(&mut self) -> Option<Half> {
        let found = self.one_of(&["上午", "下午", "AM", "PM", "am", "pm"])?;
        Some(match found {
            "上午" => Half::Morning,
            "AM" | "am" => Half::First,
            _ => Half::Second,
        })
    }

    fn time(&mut self) -> Option<NaiveTime> {
        let before = self.half();
        self.blanks();
        let hour = self.digits(1..=2)?;
        let (mut minute, mut second) = (0, 0);
        if self.one_of(&[":"]).is_some() {
            minute = self.digits(2..=2)?;
            if self.one_of(&[":"]).is_some() {
                second = self.digits(2..=2)?;
                if self.one_of(&["."]).is_some() {
                    self.digits(1..=9)?;
                }
            }
        } else {
            self.one_of(&["时", "時", "点", "點"])?;
            if self.0.starts_with(|c: char| c.is_ascii_digit()) {
                minute = self.digits(1..=2)?;
                self.one_of(&["分"])?;
            }
            if self.0.starts_with(|c: char| c.is_ascii_digit()) {
                second = self.digits(1..=2)?;
                self.one_of(&["秒"])?;
            }
        }
        let half = match before {
            Some(half) => Some(half),
            None => {
                self.blanks();
                self.half()
            }
        };
        let hour = match (half, hour) {
            (None, hour) => hour,
            (Some(Half::First), 12) => 0,
            (Some(Half::First | Half::Morning), 1..=11) => hour,
            (Some(Half::Second), 12..=23) => hour,
            (Some(Half::Second), 1..=11) => hour + 12,
            (Some(Half::First | Half::Morning | Half::Second), _) => return None,
        };
        NaiveTime::from_hms_opt(hour, minute, second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let moment = moment(text)?;
        let day = moment.day.format("%Y-%m-%d");
        Some(moment.time.map_or_else(|| day.to_string(), |time| format!("{day} {}", time.format("%H:%M:%S"))))
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in [
            "2026-12-01",
            "2026-12-1",
            "2026/12/1",
            "2026/12/01",
            "2026.12.1",
            "2026年12月1日",
            "2026年12月01日",
            "2026年12月1号",
            "2026年12月1號",
            "2026年12月1",
            "2026 年 12 月 1 日",
            "２０２６／１２／１",
            "２０２６年１２月１日",
            " 2026-12-01\u{3000}",
            "2026–12–01",
            "\u{200E}2026\u{200E}/\u{200E}12\u{200E}/\u{200E}1",
            "\u{FEFF}2026-12-01",
        ] {
            assert_eq!(read(typed).as_deref(), Some("2026-12-01"), "{typed:?}");
            assert_eq!(day(typed), NaiveDate::from_ymd_opt(2026, 12, 1), "{typed:?}");
        }
        assert_eq!(read("2028-2-29").as_deref(), Some("2028-02-29"));
    }

    #[test]
    fn a_day_and_a_time() {
        for (typed, time) in [
            ("2026年12月1日14:30", "14:30:00"),
            ("2026年12月1号14:30", "14:30:00"),
            ("2026年12月1日 14:30", "14:30:00"),
            ("2026年12月1 14:30", "14:30:00"),
            ("2026年12月1日14时30分", "14:30:00"),
            ("2026年12月1日14点", "14:00:00"),
            ("2026年12月1日下午2:30", "14:30:00"),
            ("2026年12月1日 下午2时5分", "14:05:00"),
            ("2026年12月1日上午9:30", "09:30:00"),
            ("2026/12/1 14:30", "14:30:00"),
            ("2026/12/1  14:30:15", "14:30:15"),
            ("2026/12/1 9:30", "09:30:00"),
            ("2026/12/1 0:00", "00:00:00"),
            ("2026/12/1 0:00:00", "00:00:00"),
            ("2026/12/1 2:30 PM", "14:30:00"),
            ("2026/12/1 2:30pm", "14:30:00"),
            ("2026/12/1 12:30 PM", "12:30:00"),
            ("2026/12/1 12:00 AM", "00:00:00"),
            ("2026-12-01T14:30", "14:30:00"),
            ("2026-12-01T14:30:00", "14:30:00"),
            ("2026-12-01 14:30:00.000", "14:30:00"),
            ("2026-12-01\u{00A0}14:30", "14:30:00"),
            ("２０２６－１２－０１　１４：３０", "14:30:00"),
        ] {
            assert_eq!(read(typed), Some(format!("2026-12-01 {time}")), "{typed:?}");
            assert_eq!(day(typed), None, "{typed:?} is no day alone");
        }
    }

    #[test]
    fn what_is_glued_or_may_be_another_day_is_refused() {
        for typed in [
            "2027-2-1①",
            "2027-2-1²",
            "",
            "2026-12-114:30",
            "2026/12/114:30",
            "2026年12月114:30",
            "2026-12-0114:30",
            "2026-12-01-14:30",
            "2026-12-01,14:30",
            "202612-01",
            "20261201",
            "2026121",
            "2026-1201",
            "2026-12",
            "2026-012-01",
            "2026-12-001",
            "2026-12/01",
            "2026年12-1",
            "1/12/2026",
            "12/1/2026",
            "01.12.2026",
            "1-12-2026",
            "26-12-01",
            "0026-12-01",
            "20260-12-01",
            "1999-12-31",
            "2200-01-01",
            "+2026-12-01",
            "2026-13-01",
            "2026-02-29",
            "2026-00-10",
            "2026-12-00",
            "2026-12-01 9:5",
            "2026-12-01 930",
            "2026-12-01 9.30",
            "2026-12-01 24:00",
            "2026-12-01 9:60",
            "2026-12-01 9:30:60",
            "2026-12-01 009:30",
            "2026-12-01 9:30:5",
            "2026-12-01 9:30 9:30",
            "2026-12-01 9:30Z",
            "2026-12-01T14:30:00+08:00",
            "2026-12-01 上午12:30",
            "2026-12-01 上午13:30",
            "2026-12-01 0:30 PM",
            "2026-12-01 13:30 AM",
            "2026-12-01 下午2:30 PM",
            "2026-12-01 2026-12-02",
            "2026-12-01 Tuesday",
            "46357",
            "46357.5",
            "Dec 1, 2026",
            "soon",
        ] {
            assert_eq!(read(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn months_and_times() {
        for typed in ["2026-12", "2026/12", "2026.12", "2026年12月", "２０２６－１２"] {
            assert_eq!(month(typed), NaiveDate::from_ymd_opt(2026, 12, 1), "{typed}");
        }
        for typed in [
            "2026",
            "202612",
            "2026-13",
            "2026-0",
            "2026-012",
            "12-2026",
            "2026年12",
            "2026-12-01",
            "26-12",
            "2026-12x",
        ] {
            assert_eq!(month(typed), None, "{typed}");
        }
        for (typed, shown) in [
            ("9:30", "09:30"),
            ("09:30", "09:30"),
            ("0:00", "00:00"),
            ("23:59", "23:59"),
            ("９：３０", "09:30"),
        ] {
            assert_eq!(
                time(typed).map(|time| time.format("%H:%M").to_string()).as_deref(),
                Some(shown),
                "{typed}"
            );
        }
        for typed in [
            "",
            "9",
            "930",
            "9:3",
            "9:030",
            "24:00",
            "25:00",
            "9:30x",
            "x9:30",
            "+9:30",
            "9:30-10:00",
            "-1:00",
        ] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_found_in_each_of_its_forms(days in 0u64..73_000, minutes in 0u32..1440) {
            let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(days);
            let at = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
            for form in ["%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y年%-m月%-d日"] {
                let text = date.format(form).to_string();
                prop_assert_eq!(moment(&text), Some(Moment { day: date, time: None }));
                for clock in ["%H:%M", "%-H:%M", "%H:%M:%S", "%-I:%M %p"] {
                    let both = format!("{text} {}", at.format(clock));
                    prop_assert_eq!(moment(&both), Some(Moment { day: date, time: Some(at) }), "{}", both);
                }
                // Without a sign between them only what closes the day keeps them apart.
                let glued = moment(&format!("{text}{}", at.format("%H:%M")));
                prop_assert_eq!(glued.map(|glued| glued.begins()), form.ends_with('日').then(|| date.and_time(at)));
            }
        }

        #[test]
        fn nothing_typed_is_a_crash(text in "\\PC{0,30}|[0-9年月日/:. TAPM上下午-]{0,24}") {
            if let Some(moment) = moment(&text) {
                prop_assert!(YEARS.contains(&moment.day.year()));
            }
            let _ = (day(&text), month(&text), time(&text));
        }
    }
}
