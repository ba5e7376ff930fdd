//! What letters say, and to whom they go. Reads only; queues nothing.

use crate::book::error::BookError;
use crate::book::rules::groups;
use crate::book::rules::recipients::{self, Recipient};
use crate::config::Reception;
use crate::errand::{About, Circumstances, Earlier, Letter, Reader};
use crate::now::Wall;
use crate::visit::{Host, Visit, Witness};
use crate::words::{Lang, Texts};
use rusqlite::Connection;

/// A letter about no visit.
pub(in crate::book) fn office_letter(about: About, to: String, lang: Lang, at: Wall) -> Letter {
    Letter {
        about,
        to,
        to_name: String::new(),
        lang,
        visitor: String::new(),
        company: String::new(),
        party: 0,
        host: String::new(),
        number: String::new(),
        arrived: at,
        visit_type: String::new(),
        purpose: String::new(),
        waiting_at: String::new(),
        due: None,
        lines: Vec::new(),
        ticket: None,
        circumstances: Circumstances::default(),
    }
}

/// The letter that tells a host who is here, or whoever can be written to instead; none where nobody can.
pub(in crate::book) fn host_letter(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    about: About,
) -> Result<Option<Letter>, BookError> {
    letter_to(change, reception, visit, host, about, &recipients::OF_A_VISITOR)
}

/// The same to reception, where so many strangers came that hosts are spared.
pub(in crate::book) fn spared_letter(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    about: About,
) -> Result<Option<Letter>, BookError> {
    let letter = letter_to(change, reception, visit, host, about, &[Reader::Reception])?;
    Ok(letter.map(|mut letter| {
        letter.circumstances.earlier = Earlier::Spared;
        letter
    }))
}

fn letter_to(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    about: About,
    readers: &[Reader],
) -> Result<Option<Letter>, BookError> {
    let recipient = recipients::first(change, reception, host, readers)?;
    Ok(recipient.map(|recipient| letter(visit, host, about, recipient, &reception.place)))
}

pub(in crate::book) fn letter(
    visit: &Visit,
    host: &Host,
    about: About,
    recipient: Recipient,
    waiting_at: &Texts,
) -> Letter {
    let details = &visit.details;
    let Recipient { reader, email: to, name: to_name, lang } = recipient;
    let escort = visit.kind.as_ref().is_some_and(|kind| kind.escort);
    // As the page sends them.
    let goes = about == About::Arrival && !escort;
    Letter {
        about,
        to,
        to_name,
        lang,
        visitor: details.name.to_string(),
        company: details.company.as_ref().map(ToString::to_string).unwrap_or_default(),
        party: details.party,
        host: host.name.get(lang).to_owned(),
        number: visit.badge.to_string(),
        arrived: visit.arrived,
        visit_type: visit.kind.as_ref().map(|kind| kind.name.get(lang).to_owned()).unwrap_or_default(),
        purpose: visit.purpose_in(lang).unwrap_or_default().to_owned(),
        waiting_at: waiting_at.get(lang).to_owned(),
        due: None,
        lines: Vec::new(),
        ticket: None,
        circumstances: Circumstances {
            reader,
            escort,
            heads_to: if goes { host.place.get(lang).to_owned() } else { String::new() },
            unsigned: visit.agreement.witness == Some(Witness::Reception),
            others: groups::is_announced(visit),
            ..Circumstances::default()
        },
    }
}
