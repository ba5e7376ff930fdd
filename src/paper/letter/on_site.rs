//! The parts of mails about somebody or something at reception: visitors, badges that failed, parcels, complaints.

use super::typed::in_subject;
use super::{Parts, Sender, greeting, parcels, push, reader, visitor};
use crate::errand::{About, Letter, Reader, Trouble};
use crate::now::Wall;
use crate::paper::staff::{staff_sentence, what_to_do};
use crate::words::{Lang, sentences, words};
use chrono::Datelike;

/// The parts of such a letter, before the closing.
pub(super) fn parts(letter: &Letter, sender: &Sender) -> Parts {
    let (lang, number) = (letter.lang, letter.number.as_str());
    let (subject, opening) = match letter.about {
        About::Arrival | About::CameBack | About::MayCome(_) => visitor::words(letter, sender),
        About::Parcels { to_sign, again } => parcels::words(letter, to_sign, again),
        About::Case => (
            words!(lang, "letter-case.subject", number = number, host = &letter.host),
            words!(lang, "letter-case", greeting = greeting(letter), number = number),
        ),
        About::NoBadge(why) => (
            words!(lang, "letter-no-badge.subject", visitor = in_subject(letter).0, number = number),
            because(why, words!(lang, "letter-no-badge"), lang),
        ),
        About::BadgeUnknown(why) => (
            words!(lang, "letter-badge-unknown.subject", visitor = in_subject(letter).0, number = number),
            because(why, &words!(lang, "letter-badge-unknown", number = number), lang),
        ),
        // Worded in `office`.
        About::Invited { .. }
        | About::Roll { .. }
        | About::Supply
        | About::Seal
        | About::NoBackup(_)
        | About::Damaged => (String::new(), String::new()),
    };
    Parts { subject, opening, facts: facts(letter), lines: letter.lines.clone(), closing: Vec::new() }
}

/// What is said, with what happened and what to do about it.
pub(super) fn because(why: Trouble, said: &str, lang: Lang) -> String {
    sentences(lang, [said, &staff_sentence(why, lang), what_to_do(why, lang)])
}

fn facts(letter: &Letter) -> Vec<(&'static str, String)> {
    let lang = letter.lang;
    let (is_case, is_parcels) = (letter.about == About::Case, matches!(letter.about, About::Parcels { .. }));
    let mut facts = if is_parcels {
        parcels::facts(letter)
    } else if is_case {
        complained(letter)
    } else {
        visitor::facts(letter)
    };
    push(&mut facts, words!(lang, "fact-visit-type"), &letter.visit_type);
    let purpose = if is_case { words!(lang, "fact-feedback") } else { words!(lang, "fact-purpose") };
    push(&mut facts, purpose, &letter.purpose);
    if is_case {
        push(&mut facts, words!(lang, "fact-department"), &letter.host);
    } else if !is_to_host(letter) {
        let whom = if is_parcels { words!(lang, "fact-parcels-for") } else { words!(lang, "fact-host") };
        facts.push((whom, letter.host.clone()));
    }
    if let Some(due) = letter.due {
        let due = words!(lang, "date-day", day = due.day(), month = due.month());
        facts.push((words!(lang, "fact-answer-by"), due));
    }
    facts.push((words!(lang, "fact-time"), moment(&letter.arrived, lang)));
    // One who waits has no badge yet; the number is theirs all the same.
    let number = if has_badge(letter) { words!(lang, "fact-badge") } else { words!(lang, "fact-number") };
    facts.push((number, letter.number.clone()));
    if letter.circumstances.unsigned {
        facts.push((words!(lang, "fact-rules"), words!(lang, "fact-rules-unsigned").to_owned()));
    }
    if let Some((label, place)) = place_named(letter) {
        push(&mut facts, label, place);
    }
    facts
}

fn complained(letter: &Letter) -> Vec<(&'static str, String)> {
    let lang = letter.lang;
    let who = match letter.visitor.as_str() {
        "" => words!(lang, "fact-anonymous"),
        visitor => visitor,
    };
    let mut facts = vec![(words!(lang, "fact-visitor"), who.to_owned())];
    push(&mut facts, words!(lang, "fact-company"), &letter.company);
    push(&mut facts, words!(lang, "fact-phone"), &letter.circumstances.phone);
    facts
}

fn moment(at: &Wall, lang: Lang) -> String {
    let time = at.format("%H:%M").to_string();
    words!(lang, "date-day-time", day = at.day(), month = at.month(), time = time)
}

/// The place that a letter names, with what it is called; none where it names no place.
fn place_named(letter: &Letter) -> Option<(&'static str, &str)> {
    let (lang, said, reception) = (letter.lang, &letter.circumstances, letter.waiting_at.as_str());
    match letter.about {
        About::MayCome(_) => Some((words!(lang, "fact-waiting-at"), reception)),
        // Whoever must not be alone waits until the host comes for them.
        About::Arrival | About::CameBack if said.escort => Some((words!(lang, "fact-waiting-at"), reception)),
        About::Arrival => Some((words!(lang, "fact-heads-to"), &said.heads_to)),
        About::Parcels { .. } => Some((words!(lang, "fact-parcels-at"), reception)),
        About::CameBack
        | About::Case
        | About::NoBadge(_)
        | About::BadgeUnknown(_)
        | About::Invited { .. }
        | About::Roll { .. }
        | About::Supply
        | About::Seal
        | About::NoBackup(_)
        | About::Damaged => None,
    }
}

fn has_badge(letter: &Letter) -> bool {
    matches!(letter.about, About::Arrival | About::CameBack | About::NoBadge(_) | About::BadgeUnknown(_))
}

/// Whether it goes to whom it is all about, who need not be told their own name.
fn is_to_host(letter: &Letter) -> bool {
    let about_them =
        matches!(letter.about, About::Arrival | About::CameBack | About::Parcels { .. } | About::MayCome(_));
    about_them && reader(letter) == Reader::Host
}
