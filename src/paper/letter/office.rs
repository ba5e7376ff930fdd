//! The parts of mails that are about no visitor who is here: invitations, roll calls, supplies, the journal's seal, copies
//! of the book.

use super::on_site::because;
use super::{Parts, greeting, push};
use crate::errand::{About, Letter, Ticket};
use crate::now::Wall;
use crate::visit::Hours;
use crate::words::{Lang, words};
use chrono::{Datelike, TimeDelta};

/// The parts of such a letter, before the closing; none where it is about a visitor.
pub(super) fn parts(letter: &Letter, company: &str) -> Option<Parts> {
    let lang = letter.lang;
    let (subject, opening) = match letter.about {
        About::Invited { cancelled: false } => (
            words!(lang, "letter-invited.subject", company = company),
            words!(lang, "letter-invited", greeting = greeting(letter), company = company),
        ),
        About::Invited { cancelled: true } => (
            words!(lang, "letter-cancelled.subject", company = company),
            words!(lang, "letter-cancelled", greeting = greeting(letter)),
        ),
        About::Roll { drill } => roll(letter, drill),
        About::Supply => (
            words!(lang, "letter-supply.subject", supply = &letter.purpose),
            words!(lang, "letter-supply", greeting = greeting(letter), supply = &letter.purpose),
        ),
        About::Seal => {
            let day = letter.arrived.format("%Y-%m-%d").to_string();
            (words!(lang, "letter-seal.subject", day = day), words!(lang, "letter-seal").to_owned())
        }
        About::NoBackup(why) => {
            let opening = because(why, words!(lang, "letter-no-backup"), lang);
            (words!(lang, "letter-no-backup.subject").to_owned(), opening)
        }
        About::Damaged => {
            (words!(lang, "letter-damaged.subject").to_owned(), words!(lang, "letter-damaged").to_owned())
        }
        About::Arrival
        | About::CameBack
        | About::Case
        | About::Parcels { .. }
        | About::MayCome(_)
        | About::NoBadge(_)
        | About::BadgeUnknown(_) => return None,
    };
    Some(Parts { subject, opening, facts: facts(letter), lines: letter.lines.clone(), closing: Vec::new() })
}

fn roll(letter: &Letter, drill: bool) -> (String, String) {
    let (lang, left) = (letter.lang, letter.party);
    let here = letter.lines.len().saturating_sub(usize::from(left));
    let time = letter.arrived.format("%H:%M").to_string();
    if drill {
        return (
            words!(lang, "letter-drill.subject", here = here, left = left),
            words!(lang, "letter-drill", time = time),
        );
    }
    (words!(lang, "letter-roll.subject", here = here, left = left), words!(lang, "letter-roll", time = time))
}

fn facts(letter: &Letter) -> Vec<(&'static str, String)> {
    let (lang, mut facts) = (letter.lang, Vec::new());
    if let Some(ticket) = &letter.ticket {
        facts.push((words!(lang, "fact-when"), when(ticket, lang)));
        push(&mut facts, words!(lang, "fact-host"), &letter.host);
        push(&mut facts, words!(lang, "fact-where"), &ticket.place);
        push(&mut facts, words!(lang, "fact-check-in-at"), &letter.waiting_at);
        if letter.about == (About::Invited { cancelled: false }) {
            facts.push((words!(lang, "fact-code"), ticket.code.clone()));
        }
    }
    if letter.about == About::Supply || letter.about == About::Seal {
        push(&mut facts, words!(lang, "fact-details"), &letter.number);
    }
    facts
}

/// From when until when, with the days of the week where it is good on several.
fn when(ticket: &Ticket, lang: Lang) -> String {
    let (from, until) = (&ticket.from, &ticket.until);
    let day = |at: &Wall| words!(lang, "date-year", day = at.day(), month = at.month(), year = at.year());
    let hour = |at: &Wall| at.format("%H:%M").to_string();
    let (first, last, begins, ends) = (day(from), day(until), hour(from), hour(until));
    let is_one_day = first == last;
    if ticket.days == 0 && is_one_day {
        return words!(lang, "when-hours", period = first, from = begins, until = ends);
    }
    // One night, and not the same hours on two days.
    let is_night = Hours::of(from, until).are_over_midnight();
    if ticket.days == 0 && is_night && *until - *from < TimeDelta::days(1) {
        return words!(lang, "when-one-night", first = first, from = begins, last = last, until = ends);
    }
    let mut period = if is_one_day { first } else { words!(lang, "when-days", first = first, last = last) };
    if ticket.days != 0 {
        let good = (0..7_u8).filter(|at| ticket.days & (1 << at) != 0);
        let days: Vec<String> = good.map(|at| words!(lang, "weekday", day = at + 1)).collect();
        let days = days.join(words!(lang, "list-gap"));
        period = words!(lang, "when-weekdays", period = period, days = days);
    }
    if is_night {
        words!(lang, "when-hours-overnight", period = period, from = begins, until = ends)
    } else {
        words!(lang, "when-hours", period = period, from = begins, until = ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::Token;

    #[test]
    fn a_mail_says_the_days_and_the_hours_in_both_languages() {
        let mondays_and_wednesdays = 0b101;
        for (from, until, days, zh, en) in [
            ("11-23T09:00", "11-23T18:00", 0, "2026年11月23日 09:00–18:00", "23 November 2026 09:00–18:00"),
            (
                "11-23T20:00",
                "11-24T06:00",
                0,
                "2026年11月23日 20:00 – 2026年11月24日 06:00",
                "23 November 2026 20:00 – 24 November 2026 06:00",
            ),
            (
                "11-23T09:00",
                "11-27T18:00",
                0,
                "2026年11月23日 – 2026年11月27日 09:00–18:00",
                "23 November 2026 – 27 November 2026 09:00–18:00",
            ),
            (
                "11-23T09:00",
                "12-02T18:00",
                mondays_and_wednesdays,
                "2026年11月23日 – 2026年12月2日，每周一、三 09:00–18:00",
                "23 November 2026 – 2 December 2026, Mon, Wed 09:00–18:00",
            ),
            (
                "11-23T20:00",
                "12-03T06:00",
                mondays_and_wednesdays,
                "2026年11月23日 – 2026年12月3日，每周一、三 20:00–06:00（次日）",
                "23 November 2026 – 3 December 2026, Mon, Wed 20:00–06:00 (next day)",
            ),
            (
                "11-23T09:00",
                "11-23T18:00",
                mondays_and_wednesdays,
                "2026年11月23日，每周一、三 09:00–18:00",
                "23 November 2026, Mon, Wed 09:00–18:00",
            ),
        ] {
            let wall = |text: &str| format!("2026-{text}:00+08:00").parse().unwrap();
            let ticket = Ticket {
                id: "1".to_owned(),
                token: Token::from_bytes([1; 16]),
                code: "A7K3M9".to_owned(),
                from: wall(from),
                until: wall(until),
                days,
                pieces: Vec::new(),
                place: String::new(),
                sequence: 0,
            };
            assert_eq!([when(&ticket, Lang::ZH), when(&ticket, Lang::EN)], [zh, en], "{from} {until} {days}");
        }
    }
}
