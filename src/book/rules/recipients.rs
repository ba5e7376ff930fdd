//! Who is written to about a visitor or about parcels: whom they are for, or else whoever can be written to in
//! their place. Queues nothing.

use crate::book::error::BookError;
use crate::book::rows::hosts;
use crate::config::Reception;
use crate::errand::Reader;
use crate::visit::Host;
use crate::words::Lang;
use rusqlite::Connection;

/// About a visitor, in this order.
pub(in crate::book) const OF_A_VISITOR: [Reader; 3] = [Reader::Host, Reader::Deputy, Reader::Reception];

/// About parcels: a colleague of the same department knows what to do with them.
pub(in crate::book) const OF_PARCELS: [Reader; 4] =
    [Reader::Host, Reader::Contact, Reader::Deputy, Reader::Reception];

/// Somebody who can be written to.
pub(in crate::book) struct Recipient {
    pub reader: Reader,
    pub email: String,
    /// As they are called in their own mail; empty for reception.
    pub name: String,
    pub lang: Lang,
}

/// The first of these who can be written to; none: nobody can.
pub(in crate::book) fn first(
    connection: &Connection,
    reception: &Reception,
    host: &Host,
    readers: &[Reader],
) -> Result<Option<Recipient>, BookError> {
    for reader in readers {
        let found = match (reader, &reception.email) {
            (Reader::Reception, Some(email)) => Some((email.clone(), String::new(), reception.lang)),
            (Reader::Reception, None) => None,
            (Reader::Host | Reader::Contact | Reader::Deputy, _) => colleague(connection, host, *reader)?
                .map(|found| (found.email, found.name.get(found.lang).to_owned(), found.lang)),
        };
        if let Some((email, name, lang)) = found {
            return Ok(Some(Recipient { reader: *reader, email, name, lang }));
        }
    }
    Ok(None)
}

pub(in crate::book) fn colleague(
    connection: &Connection,
    host: &Host,
    reader: Reader,
) -> Result<Option<Host>, BookError> {
    let found = match reader {
        Reader::Host => Some(host.clone()),
        Reader::Deputy => host.deputy.as_deref().map(|id| hosts::one(connection, id)).transpose()?.flatten(),
        Reader::Contact => hosts::contacts(connection)?.into_iter().find(|contact| {
            contact.department == host.department && !host.department.is_empty() && can_read(contact)
        }),
        Reader::Reception => None,
    };
    Ok(found.filter(can_read))
}

/// Whoever has left the company reads nothing, though the address may still take mail.
fn can_read(host: &Host) -> bool {
    !host.gone && !host.email.is_empty()
}
