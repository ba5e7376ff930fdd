//! Who is asked whether a visitor may come in, one after the other, and with which letter. Reads only.

use crate::book::error::BookError;
use crate::book::rules::letters::letter;
use crate::book::rules::recipients;
use crate::config::{Admits, Reception};
use crate::errand::{About, Earlier, Letter};
use crate::now::Now;
use crate::paper::letter::pages_have_a_note;
use crate::visit::{Asked, Host, Visit};
use rusqlite::Connection;

/// Who is asked, with the letter; none for reception without an address.
pub(in crate::book) struct Question {
    pub asked: Asked,
    pub letter: Option<Letter>,
}

/// The first who is asked about this visit; none: nobody is.
pub(in crate::book) fn first_question(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    admits: Admits,
) -> Result<Option<Question>, BookError> {
    match admits {
        Admits::Nobody => Ok(None),
        Admits::Host => question(change, reception, visit, host, (Asked::Host, Earlier::Nobody)).map(Some),
        Admits::Reception => {
            question(change, reception, visit, host, (Asked::Reception, Earlier::Nobody)).map(Some)
        }
    }
}

/// The question to this one, or to the next one who can be asked; with what became of those before.
pub(in crate::book) fn question(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    (first, earlier): (Asked, Earlier),
) -> Result<Question, BookError> {
    let order =
        [Asked::Host, Asked::Deputy, Asked::Reception].into_iter().skip_while(|asked| *asked != first);
    for asked in order {
        if let Some(recipient) = recipients::first(change, reception, host, &[asked.into()])? {
            let mut letter = letter(visit, host, About::MayCome(asked), recipient, &reception.place);
            letter.circumstances.earlier = match earlier {
                Earlier::Nobody if asked != first => Earlier::Unreachable,
                Earlier::Nobody | Earlier::Silent | Earlier::Unreachable | Earlier::Spared => earlier,
            };
            return Ok(Question { asked, letter: Some(letter) });
        }
    }
    Ok(Question { asked: Asked::Reception, letter: None })
}

/// The question to a host who is another one now, or to the next one who can be asked.
pub(in crate::book) fn host_question(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
) -> Result<Question, BookError> {
    question(change, reception, visit, host, (Asked::Host, Earlier::Nobody))
}

/// The question to reception about somebody whom the watch list may mean: its pages have a note.
pub(in crate::book) fn noted_question(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
) -> Result<Option<Question>, BookError> {
    let mut question = first_question(change, reception, visit, host, Admits::Reception)?;
    if let Some(letter) = question.as_mut().and_then(|question| question.letter.as_mut()) {
        letter.lines.push(pages_have_a_note(letter.lang).to_owned());
    }
    Ok(question)
}

/// One more has joined a group that waits: whoever is being asked about it is told.
pub(in crate::book) fn one_more(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    asked: Asked,
) -> Result<Option<Letter>, BookError> {
    let recipient = recipients::first(change, reception, host, &[asked.into()])?;
    Ok(recipient.map(|recipient| letter(visit, host, About::MayCome(asked), recipient, &reception.place)))
}

/// When the next one is asked, UTC milliseconds; none after reception.
pub(in crate::book) fn answer_until(reception: &Reception, asked: Asked, now: Now) -> Option<i64> {
    (asked != Asked::Reception).then(|| now.after(reception.answer_minutes).millis())
}
