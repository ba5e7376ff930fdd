//! The machine: printer, mail, disk, scanner, copies of the book, and the emergency.

use super::about::EMERGENCY;
use super::actions::offered;
use super::board::Board;
use super::place::Place;
use super::{Card, CardId, Fact, Tone};
use crate::book::{Book, BookError};
use crate::desk::Desk;
use crate::errand::PrinterState;
use crate::now::Now;
use chrono::Duration;

/// Without a copy of the book for so long something is wrong: one is made every night.
const COPY_IS_OLD: Duration = Duration::hours(36);

impl Desk {
    pub(super) fn printer_troubled(&self) -> bool {
        matches!(self.printer, PrinterState::Trouble(_))
    }

    pub(super) fn machine_cards(&self, board: &Board, now: Now, book: &Book) -> Result<Vec<Card>, BookError> {
        let plain = |key: &str, fact: Fact, tone| Card {
            facts: vec![fact],
            tone,
            ..Card::plain(CardId::Machine(key.to_owned()), "")
        };
        let printer = match self.printer {
            PrinterState::Trouble(_) => Tone::Red,
            PrinterState::Ready { paper_low: true } | PrinterState::NotSeen => Tone::Amber,
            PrinterState::Ready { paper_low: false } => Tone::Plain,
        };
        let (mails, why) = board.mails;
        let mail = if why.is_some() { Tone::Amber } else { Tone::Plain };
        let mut cards = vec![
            plain("printer", Fact::Printer(self.printer), printer),
            plain("mail", Fact::Mails(mails, why), mail),
        ];
        if let Some(free) = self.disk_free {
            cards.push(plain("disk", Fact::Disk(free), if free < 5 { Tone::Red } else { Tone::Plain }));
        }
        if book.strange_scans(now)?.is_some() {
            let is_serial = self.config.scanner.device.is_some();
            cards.push(plain("scanner", Fact::StrangeScans(is_serial), Tone::Amber));
        }
        let copy = match &self.config.backup {
            None => (Fact::NoCopies, Tone::Amber),
            Some(_) => {
                let last = book.last_copy()?;
                let is_old = last.is_none_or(|last| last + COPY_IS_OLD < now.wall);
                (Fact::Copied(last), if is_old { Tone::Amber } else { Tone::Plain })
            }
        };
        cards.push(plain("copies", copy.0, copy.1));
        let looked = book.looked_over(now)?;
        let is_sound = looked.is_none_or(|(_, faults)| faults == 0);
        cards.push(plain("book", Fact::LookedOver(looked), if is_sound { Tone::Plain } else { Tone::Red }));
        let on = self.emergency.is_some();
        let mut emergency = plain(EMERGENCY, Fact::Emergency(on), if on { Tone::Red } else { Tone::Plain });
        emergency.actions = offered(&Place::Emergency { on });
        cards.push(emergency);
        Ok(cards)
    }
}
