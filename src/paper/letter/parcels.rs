//! The parts of mails about parcels that lie at reception.

use super::{greeting, push, reader, reader_key};
use crate::errand::{Earlier, Letter, Reader};
use crate::words::{sentences, words};

/// Subject and opening.
pub(super) fn words(letter: &Letter, to_sign: bool, again: bool) -> (String, String) {
    let (lang, number, count) = (letter.lang, &letter.number, letter.party);
    let (hello, reader, host) = (greeting(letter), reader_key(letter), &letter.host);
    let (subject, what) = match (again, to_sign) {
        (false, false) => (
            words!(lang, "letter-parcels.subject", count = count, number = number),
            words!(lang, "letter-parcels", greeting = hello, reader = reader, host = host),
        ),
        (false, true) => (
            words!(lang, "letter-parcels-to-sign.subject", count = count, number = number),
            words!(lang, "letter-parcels-to-sign", greeting = hello, reader = reader, host = host),
        ),
        (true, false) => (
            words!(lang, "letter-parcels-again.subject", count = count, number = number),
            words!(lang, "letter-parcels-again", greeting = hello, reader = reader, host = host),
        ),
        (true, true) => (
            words!(lang, "letter-parcels-again.subject", count = count, number = number),
            words!(lang, "letter-parcels-again-to-sign", greeting = hello, reader = reader, host = host),
        ),
    };
    (subject, sentences(lang, [what.as_str(), &why(letter)]))
}

/// Why somebody else reads it than the one whom the parcels are for.
fn why(letter: &Letter) -> String {
    let (lang, host) = (letter.lang, &letter.host);
    match reader(letter) {
        Reader::Host => String::new(),
        Reader::Contact | Reader::Deputy => words!(lang, "letter-parcels-stand-in", host = host),
        Reader::Reception if letter.circumstances.earlier == Earlier::Spared => {
            words!(lang, "letter-host-spared").to_owned()
        }
        Reader::Reception => words!(lang, "letter-parcels-unreachable", host = host),
    }
}

/// Who brought them, and how many there are.
pub(super) fn facts(letter: &Letter) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    push(&mut facts, words!(letter.lang, "fact-brought-by"), &letter.visitor);
    facts.push((words!(letter.lang, "fact-parcels"), letter.party.to_string()));
    facts
}
