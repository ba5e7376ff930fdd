//! An invitation as an appointment that calendars read (RFC 5545). Owns its lines, their escaping and folding; nothing
//! that anybody typed becomes a line of its own. Knows no mail.

use crate::errand::{About, Letter, Ticket};
use crate::now::{Wall, Zone};
use crate::visit::Hours;
use crate::words::{isolated, words};
use chrono::{Datelike, TimeDelta, Utc};

/// The most octets of a line, without its end (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;
/// The days of a rule, Monday first.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The file for a calendar. `company` invites, with mails from `address`. It is published, not requested: the kiosk reads
/// no answers, and most calendars refuse a request from somebody who is no organiser they know.
pub fn appointment(letter: &Letter, ticket: &Ticket, company: &str, address: &str) -> String {
    let cancelled = letter.about == (About::Invited { cancelled: true });
    let (method, status) = if cancelled { ("CANCEL", "CANCELLED") } else { ("PUBLISH", "CONFIRMED") };
    let domain = address.rsplit('@').next().unwrap_or_default();
    let summary = words!(letter.lang, "calendar-summary", company = company);
    let mut lines = Lines(String::new());
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Front desk//frontdesk//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", method);
    let place: Vec<&str> =
        [letter.waiting_at.as_str(), company].into_iter().filter(|part| !part.is_empty()).collect();
    for (at, times) in appointments(ticket).iter().enumerate() {
        let piece = if at == 0 { String::new() } else { format!("-{}", at + 1) };
        lines.put("BEGIN", "VEVENT");
        lines.put("UID", &text(&format!("{}{piece}@{domain}", ticket.id)));
        lines.put("DTSTAMP", &utc(&letter.arrived));
        lines.put("SEQUENCE", &ticket.sequence.to_string());
        lines.put("DTSTART", &utc(&times.from));
        lines.put("DTEND", &utc(&times.until));
        if ticket.days != 0 {
            let days = named(in_utc(ticket.days, &times.from));
            lines.put("RRULE", &format!("FREQ=WEEKLY;BYDAY={days};UNTIL={}", utc(&times.last)));
        }
        lines.put("SUMMARY", &text(&summary));
        lines.put("LOCATION", &text(&place.join(", ")));
        lines.put("DESCRIPTION", &text(&description(letter, ticket)));
        lines.put(&format!("ORGANIZER;CN=\"{}\"", quoted(company)), &format!("mailto:{}", quoted(address)));
        lines.put("STATUS", status);
        lines.put("TRANSP", "TRANSPARENT");
        lines.put("END", "VEVENT");
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

fn description(letter: &Letter, ticket: &Ticket) -> String {
    let lang = letter.lang;
    let facts = [
        (words!(lang, "fact-code"), &ticket.code),
        (words!(lang, "fact-host"), &letter.host),
        (words!(lang, "fact-where"), &ticket.place),
    ];
    let known = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let said = known.map(|(label, value)| words!(lang, "fact", label = label, value = isolated(value)));
    said.collect::<Vec<_>>().join("\n")
}

/// From when until when the visitor may come on one day, and until when again on others.
struct Times {
    from: Wall,
    until: Wall,
    last: Wall,
}

/// The whole time, or the hours of the days. A rule in UTC is good as long as the clocks of the place are not set: where
/// they are, another one goes on.
fn appointments(ticket: &Ticket) -> Vec<Times> {
    let whole = (ticket.from, ticket.until);
    let pieces = if ticket.pieces.is_empty() { std::slice::from_ref(&whole) } else { &ticket.pieces };
    let days: Vec<Times> = pieces.iter().filter_map(|piece| first_day(ticket, piece)).collect();
    if days.is_empty() {
        return vec![Times { from: whole.0, until: whole.1, last: whole.1 }];
    }
    days
}

/// The hours of the first of several days in this piece of the time; none: there is no such day.
fn first_day(ticket: &Ticket, (begins, last): &(Wall, Wall)) -> Option<Times> {
    let good = |from: &Wall| ticket.days & (1 << from.weekday().num_days_from_monday()) != 0;
    let first = (0..7).filter_map(|days| begins.checked_add_signed(TimeDelta::days(days))).find(good);
    let from = first.filter(|from| from <= last)?;
    // Hours as of the invitation itself. In this piece the clocks are not set.
    let ends = Hours::of(&ticket.from, &ticket.until).end(from.date_naive());
    Some(Times { from, until: Zone::Fixed(*from.offset()).at(ends), last: *last })
}

fn named(days: u8) -> String {
    let named = DAYS.iter().enumerate().filter(|(at, _)| days & (1 << at) != 0);
    named.map(|(_, day)| *day).collect::<Vec<_>>().join(",")
}

/// The days of the week as they are in Greenwich, where an early morning in Shanghai is the evening before.
fn in_utc(days: u8, from: &Wall) -> u8 {
    let shift = from.with_timezone(&Utc).date_naive().signed_duration_since(from.date_naive()).num_days();
    (0..7)
        .filter(|day| days & (1 << day) != 0)
        .fold(0, |shifted, day| shifted | 1 << (i64::from(day) + shift).rem_euclid(7))
}

fn utc(wall: &Wall) -> String {
    wall.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value: one line, whatever was typed (RFC 5545, 3.3.11).
fn text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// What stands between quotes has no escapes: what would end it is left out.
fn quoted(words: &str) -> String {
    words.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\u{2028}' | '\u{2029}')).collect()
}

/// Lines that end as they must, none too long.
struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errand::Circumstances;
    use crate::now::BERLIN;
    use crate::visit::Token;
    use crate::words::Lang;
    use proptest::prelude::*;

    fn wall(text: &str) -> Wall {
        chrono::DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn ticket(from: &str, until: &str, days: u8) -> Ticket {
        Ticket {
            id: "0198c0de".to_owned(),
            token: Token::from_bytes([7; 16]),
            code: "A7K3M9".to_owned(),
            from: wall(from),
            until: wall(until),
            days,
            pieces: Vec::new(),
            place: "三楼 302".to_owned(),
            sequence: 2,
        }
    }

    fn letter(cancelled: bool) -> Letter {
        Letter {
            about: About::Invited { cancelled },
            to: "ouyang@example.com".to_owned(),
            to_name: "欧阳修明".to_owned(),
            lang: Lang::EN,
            visitor: "欧阳修明".to_owned(),
            company: String::new(),
            party: 0,
            host: "Li Xiaoyun".to_owned(),
            number: String::new(),
            arrived: wall("2026-11-20T09:41:00+08:00"),
            visit_type: String::new(),
            purpose: String::new(),
            waiting_at: "一楼前台".to_owned(),
            due: None,
            lines: Vec::new(),
            ticket: None,
            circumstances: Circumstances::default(),
        }
    }

    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn value(file: &str, name: &str) -> Option<String> {
        let start = format!("{name}:");
        unfolded(file).into_iter().find_map(|line| line.strip_prefix(&start).map(str::to_owned))
    }

    #[test]
    fn one_visit() {
        let ticket = ticket("2026-11-23T09:00:00+08:00", "2026-11-23T18:00:00+08:00", 0);
        let file = appointment(&letter(false), &ticket, "华越; Huayue, \"Ltd\"", "desk@example.com");
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Front desk//frontdesk//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:0198c0de@example.com",
            "DTSTAMP:20261120T014100Z",
            "SEQUENCE:2",
            "DTSTART:20261123T010000Z",
            "DTEND:20261123T100000Z",
            "SUMMARY:Visit to 华越\\; Huayue\\, \"Ltd\"",
            "LOCATION:一楼前台\\, 华越\\; Huayue\\, \"Ltd\"",
            "DESCRIPTION:Code: A7K3M9\\nHost: Li Xiaoyun\\nWhere: 三楼 302",
            "ORGANIZER;CN=\"华越; Huayue, Ltd\":mailto:desk@example.com",
            "STATUS:CONFIRMED",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        assert_eq!(unfolded(&file), expected);
        let off = appointment(&letter(true), &ticket, "华越", "desk@example.com");
        assert_eq!(value(&off, "METHOD").as_deref(), Some("CANCEL"));
        assert_eq!(value(&off, "STATUS").as_deref(), Some("CANCELLED"));
        assert_eq!(value(&off, "UID"), value(&file, "UID"), "the same appointment");
    }

    #[test]
    fn days_of_the_week() {
        // A Monday; good on Wednesdays and Fridays.
        let midweek = ticket("2026-11-23T09:00:00+08:00", "2026-12-31T18:00:00+08:00", 0b001_0100);
        let file = appointment(&letter(false), &midweek, "华越", "desk@example.com");
        assert_eq!(value(&file, "DTSTART").as_deref(), Some("20261125T010000Z"));
        assert_eq!(value(&file, "DTEND").as_deref(), Some("20261125T100000Z"));
        assert_eq!(value(&file, "RRULE").as_deref(), Some("FREQ=WEEKLY;BYDAY=WE,FR;UNTIL=20261231T100000Z"));
        // At seven in Shanghai it is the day before in Greenwich.
        let early = ticket("2026-11-23T07:00:00+08:00", "2026-12-31T06:00:00+08:00", 0b000_0001);
        let file = appointment(&letter(false), &early, "华越", "desk@example.com");
        assert_eq!(value(&file, "DTSTART").as_deref(), Some("20261122T230000Z"));
        assert_eq!(value(&file, "DTEND").as_deref(), Some("20261123T220000Z"), "at six on the next morning");
        assert_eq!(value(&file, "RRULE").as_deref(), Some("FREQ=WEEKLY;BYDAY=SU;UNTIL=20261230T220000Z"));
    }

    #[test]
    fn days_on_both_sides_of_summer_time() {
        let (from, until) = ("2026-10-12T09:00:00+02:00", "2026-11-20T17:00:00+01:00");
        let mondays = ticket(from, until, 0b000_0001);
        let pieces = BERLIN.pieces(mondays.from, mondays.until);
        let file = appointment(
            &letter(false),
            &Ticket { pieces: pieces.clone(), ..mondays.clone() },
            "华越",
            "desk@example.com",
        );
        let times: Vec<String> = unfolded(&file)
            .into_iter()
            .filter(|line| ["UID", "DTSTART", "DTEND", "RRULE"].iter().any(|name| line.starts_with(name)))
            .collect();
        let expected = [
            "UID:0198c0de@example.com",
            "DTSTART:20261012T070000Z",
            "DTEND:20261012T150000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261025T075959Z",
            "UID:0198c0de-2@example.com",
            "DTSTART:20261026T080000Z",
            "DTEND:20261026T160000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261120T160000Z",
        ];
        assert_eq!(times, expected);
        // Where it is for some weeks before the change alone, there is one appointment.
        let short = Ticket { until: wall("2026-10-26T08:30:00+01:00"), pieces, ..mondays };
        let pieces = BERLIN.pieces(short.from, short.until);
        let file = appointment(&letter(false), &Ticket { pieces, ..short }, "华越", "desk@example.com");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 1);
    }

    proptest! {
        #[test]
        fn nothing_typed_becomes_a_line(
            words in prop::collection::vec(
                prop_oneof!["\\PC{0,60}", "[\r\n;:,\\\\\"a\u{2028}\u{85}]{0,20}", Just("\r\nATTENDEE:mailto:x@example.com".to_owned())],
                5
            ),
        ) {
            let mut letter = letter(false);
            let mut ticket = ticket("2026-11-23T09:00:00+08:00", "2026-11-23T18:00:00+08:00", 0);
            letter.host = words[0].clone();
            letter.waiting_at = words[1].clone();
            ticket.place = words[2].clone();
            ticket.id = words[3].clone();
            let file = appointment(&letter, &ticket, &words[4], "desk@example.com");
            prop_assert!(file.ends_with("\r\n"));
            for line in file.split_terminator("\r\n") {
                prop_assert!(line.len() <= LONGEST_LINE && !line.contains(['\r', '\n']), "{line:?}");
            }
            let plain = appointment(&super::tests::letter(false), &ticket_like(&ticket), "c", "desk@example.com");
            let names = |file: &str| -> Vec<String> {
                unfolded(file).iter().map(|line| line.split([':', ';']).next().unwrap_or("").to_owned()).collect()
            };
            prop_assert_eq!(names(&file), names(&plain));
        }
    }

    fn ticket_like(ticket: &Ticket) -> Ticket {
        Ticket { id: "x".to_owned(), place: "y".to_owned(), ..ticket.clone() }
    }
}
