//! Who was written to about a visitor or about parcels, as the pages say it: the host, or somebody in their place.

use super::ToldShown;
use crate::book::{Book, BookError, ErrandEntry};
use crate::errand::{ErrandId, Reader, State};
use crate::visit::Host;
use crate::words::Lang;

/// A mail to a host, or to somebody in their place, as long as a page shows it.
#[derive(Debug)]
pub(super) struct Told {
    pub errand: ErrandId,
    pub state: State,
    reader: Reader,
    /// Whoever reads it in the host's place.
    colleague: Option<Host>,
}

impl Told {
    pub fn of(entry: &ErrandEntry, host: &Host, book: &Book) -> Result<Self, BookError> {
        let reader = entry.reader.unwrap_or_default();
        let colleague = match reader {
            Reader::Contact | Reader::Deputy => book.colleague(host, reader)?,
            Reader::Host | Reader::Reception => None,
        };
        Ok(Self { errand: entry.id, state: entry.state, reader, colleague })
    }

    /// To whom a mail goes, as a page says it; to the host while nothing else is known.
    pub fn view(told: Option<&Self>, lang: Lang) -> ToldShown {
        told.map_or(ToldShown::Host, |told| told.shown(lang))
    }

    fn shown(&self, lang: Lang) -> ToldShown {
        match (self.reader, &self.colleague) {
            (Reader::Host, _) => ToldShown::Host,
            (_, Some(colleague)) => ToldShown::Colleague(colleague.name.get(lang).to_owned()),
            // Whoever it was is not in the list any more; reception helps.
            (Reader::Contact | Reader::Deputy | Reader::Reception, None) => ToldShown::Reception,
        }
    }
}
