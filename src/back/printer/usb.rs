//! An ESC/POS printer on USB, with libusb. Owns when it is connected and let go; never sends a byte of
//! a badge twice by itself.
//!
//! There is no hotplug callback: a printer that is missing is looked for anew at each look (a scan of
//! sysfs takes well under a millisecond), and one that is pulled out ends the reading thread and takes
//! its device node along. So nothing depends on events that could be lost.

mod badge;
mod link;
mod plug;
mod proof;
mod wire;

use super::delays;
use crate::config::UsbPrinter;
use crate::errand::{Outcome, PrinterState, Trouble};
use crate::paper::bitmap::Bitmap;
use crate::paper::escpos::Job;
use link::{Link, Voice};
use plug::Plug;
use std::time::Instant;

/// A USB printer, there or not.
pub struct Usb {
    config: UsbPrinter,
    link: Option<Link>,
    /// Nobody saw the end of the last badge: a piece of it may hang in the printer, also when it was switched off
    /// and on since.
    torn: bool,
}

impl Usb {
    /// The printer of this configuration, not looked for yet; `torn` as in [`Printer::new`].
    ///
    /// [`Printer::new`]: super::Printer::new
    pub fn new(config: UsbPrinter, torn: bool) -> Self {
        Self { config, link: None, torn }
    }

    /// How it is now.
    pub fn look(&mut self) -> PrinterState {
        let until = Instant::now() + delays::LOOK;
        let seen = self.connected().and_then(|link| {
            link.idle();
            link.check(until)
        });
        self.let_go_if_gone();
        match seen {
            Ok(paper_low) => PrinterState::Ready { paper_low },
            Err(trouble) => PrinterState::Trouble(trouble),
        }
    }

    /// Whether it answers; none where that is not known yet.
    pub fn answers(&self) -> Option<bool> {
        match self.link.as_ref()?.voice {
            Voice::Untold(_) => None,
            Voice::Answers(_) => Some(true),
            Voice::Silent(_) | Voice::None => Some(false),
        }
    }

    /// Prints one badge.
    pub fn print(&mut self, bitmap: &Bitmap, job: &Job, tell: &mut dyn FnMut(PrinterState)) -> Outcome {
        let outcome = match self.connected() {
            Ok(link) => link.print(bitmap, job, tell),
            Err(trouble) => Outcome::NotYet(trouble),
        };
        self.let_go_if_gone();
        self.torn = match outcome {
            Outcome::Unknown(_) => true,
            Outcome::Done(_) => false,
            Outcome::NotYet(_) | Outcome::Failed(_) => self.torn,
        };
        outcome
    }

    /// The connection, made anew where there is none. One that was lost is not taken up again: it is
    /// told as unplugged first.
    fn connected(&mut self) -> Result<&mut Link, Trouble> {
        if self.link.as_ref().is_some_and(Link::is_gone) {
            self.let_go_if_gone();
            return Err(Trouble::Unplugged);
        }
        match &mut self.link {
            Some(link) => Ok(link),
            none => {
                let plug = Plug::find(self.config.id)?;
                Ok(none.insert(Link::new(plug, self.config.status, self.torn)))
            }
        }
    }

    fn let_go_if_gone(&mut self) {
        if self.link.as_ref().is_some_and(Link::is_gone) {
            tracing::info!("the printer was unplugged");
            self.link = None;
        }
    }
}
