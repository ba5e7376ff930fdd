//! An ESC/POS printer on USB, with libusb. Owns when it is connected and let go; never sends a byte of
//! a badge twice by itself.
//!
//! There is no hotplug callback: a printer that is missing is looked for anew at each look (a scan of
//! sysfs takes well under a millisecond), and one that is pulled out ends the reading thread and takes
//! its device node along. So nothing depends on events that could be lost.

mod badge;
mod find;
mod grace;
mod link;
mod plug;
mod proof;
mod wire;

use super::delays;
use crate::config::UsbPrinter;
use crate::errand::{Outcome, PrinterState, Trouble};
use crate::paper::bitmap::Bitmap;
use crate::paper::escpos::Job;
use find::{Id, find};
use grace::Grace;
use link::{Link, Voice};
use std::time::Instant;

/// A USB printer, there or not.
pub struct Usb {
    config: UsbPrinter,
    link: Option<Link>,
    /// Nobody saw the end of the last badge: a piece of it may hang in the printer, also when it was switched off
    /// and on since.
    torn: bool,
    /// The one that was taken: no other is, until the program is started again. Without a configured id an office's
    /// own printer, which is switched on while this one is off, would else get the next badge.
    kept: Option<Id>,
    name: Option<String>,
    others: Vec<String>,
    grace: Grace,
}

impl Usb {
    /// The printer of this configuration, not looked for yet; `torn` as in [`Printer::new`].
    ///
    /// [`Printer::new`]: super::Printer::new
    pub fn new(config: UsbPrinter, torn: bool) -> Self {
        Self { config, link: None, torn, kept: None, name: None, others: Vec::new(), grace: Grace::default() }
    }

    /// What the printer that was taken is called: its id, its own name and its port.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Printers that are there and are not the one.
    pub fn others(&self) -> &[String] {
        &self.others
    }

    /// Whether there is one that the kiosk may not open yet, and perhaps soon.
    pub fn is_awaited(&self) -> bool {
        self.grace.is_running(Instant::now())
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
        if self.link.is_none() {
            self.link = Some(self.connect()?);
        }
        self.link.as_mut().ok_or(Trouble::Unplugged)
    }

    fn connect(&mut self) -> Result<Link, Trouble> {
        let (plug, name, others) = match find(self.config.id.or(self.kept)) {
            Ok(found) => {
                self.kept = Some(found.id);
                (Ok(found.plug), Some(found.name), found.others)
            }
            Err(missed) => (Err(self.grace.trouble(&missed, Instant::now())), None, missed.others),
        };
        let changed = others != self.others;
        self.others = others;
        match (&plug, &name) {
            (Ok(plug), Some(name)) => {
                self.grace = Grace::default();
                tracing::info!(two_way = plug.has_ears(), "the printer is connected: {name}");
                if self.config.id.is_none() && !self.others.is_empty() {
                    tracing::warn!(
                        "there are several printers; the kiosk uses this one and not {}. Set [printer] id to \
                         choose another one",
                        self.others.join(", ")
                    );
                }
            }
            _ if changed && !self.others.is_empty() => tracing::warn!(
                "another printer is connected, but the kiosk does not use it: {}. If it is the right one, name it in \
                 [printer] id and restart the kiosk",
                self.others.join(", ")
            ),
            _ => {}
        }
        self.name = name.or(self.name.take());
        plug.map(|plug| Link::new(plug, self.config.status, self.torn))
    }

    fn let_go_if_gone(&mut self) {
        if self.link.as_ref().is_some_and(Link::is_gone) {
            tracing::info!("the printer was unplugged");
            self.link = None;
            // Those that stay behind are told once more: now somebody may take one of them for the printer.
            self.others.clear();
        }
    }
}
