//! The parts of mails about a visitor who is here: registered, waiting for an answer, back again. Whoever reads it in the
//! host's place is told for whom, and why it came to them.

use super::typed::in_subject;
use super::{Sender, greeting, push, reader, reader_key};
use crate::errand::{About, Earlier, Letter, Reader};
use crate::words::{Lang, sentences, words};

/// Subject and opening.
pub(super) fn words(letter: &Letter, sender: &Sender) -> (String, String) {
    let (lang, hello, reader) = (letter.lang, greeting(letter), reader_key(letter));
    let (host, visitor) = (&letter.host, named(letter));
    if let About::MayCome(_) = letter.about {
        return (words!(lang, "letter-may-come-subject", visitor = visitor), asked(letter, sender));
    }
    let (subject, told) = if letter.about == About::CameBack {
        (
            words!(lang, "letter-back.subject", reader = reader, host = host, visitor = visitor),
            words!(lang, "letter-back", greeting = hello, reader = reader, host = host),
        )
    } else {
        (
            words!(lang, "letter-arrival.subject", reader = reader, host = host, visitor = visitor),
            words!(lang, "letter-arrival", greeting = hello, reader = reader, host = host),
        )
    };
    (subject, sentences(lang, [told.as_str(), why_reception(letter)]))
}

/// The visitor in a subject, with the company if there is one.
fn named(letter: &Letter) -> String {
    let (visitor, company) = in_subject(letter);
    if company.is_empty() {
        return visitor;
    }
    words!(letter.lang, "visitor-of-company", visitor = visitor, company = company)
}

/// Why reception reads what is for the host; nothing where it does not.
fn why_reception(letter: &Letter) -> &'static str {
    match (reader(letter), letter.circumstances.earlier) {
        (Reader::Reception, Earlier::Spared) => words!(letter.lang, "letter-host-spared"),
        (Reader::Reception, Earlier::Nobody | Earlier::Silent | Earlier::Unreachable) => {
            words!(letter.lang, "letter-host-unreachable")
        }
        (Reader::Host | Reader::Contact | Reader::Deputy, _) => "",
    }
}

fn asked(letter: &Letter, sender: &Sender) -> String {
    let (lang, hello, host) = (letter.lang, greeting(letter), &letter.host);
    let (reader, said) = (reader(letter), &letter.circumstances);
    let earlier = match said.earlier {
        Earlier::Nobody => "nobody",
        Earlier::Silent => "silent",
        Earlier::Unreachable => "unreachable",
        Earlier::Spared => "spared",
    };
    if said.together {
        let (greeted, key) = (if letter.to_name.is_empty() { "no" } else { "yes" }, reader_key(letter));
        let group = &said.group;
        return words!(
            lang,
            "letter-one-more",
            greeted = greeted,
            greeting = hello,
            group = group,
            reader = key,
            host = host
        );
    }
    let (waits, what_to_do) = match reader {
        Reader::Host => (words!(lang, "letter-may-come-host", greeting = hello), answer(sender, lang)),
        Reader::Contact | Reader::Deputy => (
            words!(lang, "letter-may-come-stand-in", earlier = earlier, greeting = hello, host = host),
            answer(sender, lang),
        ),
        Reader::Reception => (
            words!(lang, "letter-may-come-reception", earlier = earlier),
            words!(lang, "letter-may-come-commands", number = &letter.number),
        ),
    };
    sentences(lang, [waits.as_str(), &what_to_do])
}

/// How one answers whether a visitor may come in.
fn answer(Sender { reception_phone: phone, replies, .. }: &Sender, lang: Lang) -> String {
    match (phone.is_empty(), replies) {
        (false, true) => words!(lang, "answer-by-phone-or-mail", phone = phone),
        (false, false) => words!(lang, "answer-by-phone", phone = phone),
        (true, true) => words!(lang, "answer-by-mail").to_owned(),
        (true, false) => words!(lang, "answer-in-person").to_owned(),
    }
}

/// What the reader must know: who it is, whose group it is, who else comes, whether the visitor must be accompanied.
pub(super) fn facts(letter: &Letter) -> Vec<(&'static str, String)> {
    let (lang, said) = (letter.lang, &letter.circumstances);
    let mut facts = vec![(words!(lang, "fact-visitor"), letter.visitor.clone())];
    push(&mut facts, words!(lang, "fact-company"), &letter.company);
    if letter.party > 0 {
        let count = words!(lang, "fact-party-count", count = letter.party);
        facts.push((words!(lang, "fact-party"), count));
    }
    if !said.group.is_empty() {
        let group = words!(lang, "fact-group-of", group = &said.group);
        facts.push((words!(lang, "fact-group"), group));
    }
    if said.others {
        facts.push((words!(lang, "fact-party"), words!(lang, "fact-others").to_owned()));
    }
    if said.escort {
        facts.push((words!(lang, "fact-escort"), words!(lang, "fact-escort-always").to_owned()));
    }
    facts
}
