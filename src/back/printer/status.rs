//! What a printer's bytes say: status, confirmations, and what they mean for a badge.
//! Owns the bit patterns (Epson's ESC/POS reference); never reads or writes a device.

use crate::errand::Trouble;

/// The questions, in the order of what matters: `DLE EOT n` for cover and paper end, paper, offline,
/// and errors.
pub const QUESTIONS: [u8; 4] = [2, 4, 1, 3];

/// Flow control of printers with a serial line behind their USB plug.
const XON: u8 = 0x11;
/// See [`XON`].
const XOFF: u8 = 0x13;

/// How a printer is, as far as it said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The near-end sensor reports little paper.
    pub paper_low: bool,
    paper_out: bool,
    cover_open: bool,
    offline: bool,
    error: bool,
}

impl Status {
    /// Adds the answer to `DLE EOT question`.
    pub fn note(&mut self, question: u8, answer: u8) {
        let has = |bits: u8| answer & bits != 0;
        match question {
            1 => self.offline |= has(0x08),
            2 => {
                self.cover_open |= has(0x04);
                self.paper_out |= has(0x20);
                self.error |= has(0x40);
            }
            3 => self.error |= has(0x08 | 0x20),
            4 => {
                self.paper_low |= has(0x0C);
                self.paper_out |= has(0x60);
            }
            _ => {}
        }
    }

    /// The status in an automatic report (`GS a`).
    pub fn of_report(report: [u8; 4]) -> Self {
        let [first, errors, paper, _] = report;
        Self {
            paper_low: paper & 0x03 != 0,
            paper_out: paper & 0x0C != 0,
            cover_open: first & 0x20 != 0,
            offline: first & 0x08 != 0,
            error: errors & (0x08 | 0x20 | 0x40) != 0,
        }
    }

    /// What keeps it from printing. The cause goes before its effects: an open cover also reads as no
    /// paper, and everything reads as offline.
    pub fn trouble(&self) -> Option<Trouble> {
        if self.cover_open {
            Some(Trouble::CoverOpen)
        } else if self.paper_out {
            Some(Trouble::PaperOut)
        } else if self.error {
            Some(Trouble::PrinterError)
        } else if self.offline {
            Some(Trouble::Offline)
        } else {
            None
        }
    }
}

/// One thing that a printer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// To `DLE EOT n`; which n, the byte does not tell.
    Status(u8),
    /// Sent by itself after `GS a`.
    Report([u8; 4]),
    /// To `GS ( H`, function 48: everything up to this mark is printed.
    Process([u8; 4]),
    /// To `GS r 1`: everything before it was executed.
    Paper,
}

/// All that was heard from one printer since it was plugged in.
#[derive(Default)]
pub struct Heard {
    partial: Vec<u8>,
    /// How it is.
    pub status: Status,
    /// The last answer to `DLE EOT`.
    pub reply: Option<u8>,
    /// The last process mark.
    pub process: Option<[u8; 4]>,
    /// How many answers to `GS r` came since this was last set to 0.
    pub papers: u32,
}

impl Heard {
    /// Takes bytes as they come in, in pieces of any size.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match self.hear(*byte) {
                Some(Answer::Status(reply)) => self.reply = Some(reply),
                Some(Answer::Report(report)) => self.status = Status::of_report(report),
                Some(Answer::Process(mark)) => self.process = Some(mark),
                Some(Answer::Paper) => self.papers += 1,
                None => {}
            }
        }
    }

    fn hear(&mut self, byte: u8) -> Option<Answer> {
        if let Some(first) = self.partial.first() {
            if *first != 0x37 {
                // Answers and flow control come in between the bytes of a report, which goes on behind them.
                if byte & 0x93 == 0x12 {
                    return Some(Answer::Status(byte));
                } else if matches!(byte, XON | XOFF) {
                    return None;
                }
            }
            let expected = match (first, self.partial.len()) {
                (0x37, 1) => byte == 0x22,
                (0x37, 6) => byte == 0x00,
                (0x37, _) => (0x20..=0x7E).contains(&byte),
                _ => byte & 0x90 == 0,
            };
            if expected {
                self.partial.push(byte);
                return self.whole();
            }
            // A frame that broke off: what follows begins anew.
            self.partial.clear();
        }
        if byte == 0x37 || byte & 0x93 == 0x10 {
            self.partial.push(byte);
            None
        } else if byte & 0x93 == 0x12 {
            Some(Answer::Status(byte))
        } else if byte & 0x90 == 0 {
            Some(Answer::Paper)
        } else {
            None // XON, XOFF and noise
        }
    }

    fn whole(&mut self) -> Option<Answer> {
        let answer = match self.partial[..] {
            [0x37, _, a, b, c, d, _] => Answer::Process([a, b, c, d]),
            [first, a, b, c] if first != 0x37 => Answer::Report([first, a, b, c]),
            _ => return None,
        };
        self.partial.clear();
        Some(answer)
    }
}

#[cfg(test)]
mod tests;
