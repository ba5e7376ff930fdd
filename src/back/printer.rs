//! The badge printer: says how it is and prints one badge at a time, and what is known of it afterwards.
//! Owns the two kinds of printer; never lays anything out, never decides what to do about a trouble.
//!
//! The truth about a badge comes in steps. Nothing was taken: [`Outcome::NotYet`], it may be tried
//! again. Something was taken and the end was not seen: [`Outcome::Unknown`], somebody must look.
//! Everything was taken: [`Seen::Confirmed`] only if the printer itself said so behind the cut, else
//! [`Seen::HandedOver`].
//!
//! [`Seen::Confirmed`]: crate::errand::Seen::Confirmed
//! [`Seen::HandedOver`]: crate::errand::Seen::HandedOver

mod delays;
pub mod file;
mod status;
pub mod usb;

use crate::config::{self, PrinterKind};
use crate::errand::{Outcome, PrinterState};
use crate::paper::bitmap::Bitmap;
use crate::paper::escpos::Job;

/// The printer that the configuration names.
pub enum Printer {
    /// An ESC/POS printer on USB.
    Usb(Box<usb::Usb>),
    /// A folder that badges are put into.
    File(file::Folder),
}

impl Printer {
    /// The printer of this configuration. It is looked for later: this never fails and never waits.
    /// `torn`: nobody saw the end of the last paper, and a piece of it may hang in the printer; it is cut off before
    /// anything else is printed.
    pub fn new(config: &config::Printer, torn: bool) -> Printer {
        match &config.kind {
            PrinterKind::Usb(usb) => Printer::Usb(Box::new(usb::Usb::new(*usb, torn))),
            PrinterKind::File(folder) => Printer::File(file::Folder::new(folder.clone())),
        }
    }

    /// How the printer is now; connects to one that was plugged in. Takes at most half a second.
    pub fn look(&mut self) -> PrinterState {
        match self {
            Printer::Usb(usb) => usb.look(),
            Printer::File(folder) => folder.look(),
        }
    }

    /// Whether it answers when it is asked how it is; none: that is not known yet.
    pub fn answers(&self) -> Option<bool> {
        match self {
            Printer::Usb(usb) => usb.answers(),
            Printer::File(_) => Some(true),
        }
    }

    /// What the printer is called that was taken, where that is known.
    pub fn name(&self) -> Option<&str> {
        match self {
            Printer::Usb(usb) => usb.name(),
            Printer::File(_) => None,
        }
    }

    /// Printers that are there and are not the one.
    pub fn others(&self) -> &[String] {
        match self {
            Printer::Usb(usb) => usb.others(),
            Printer::File(_) => &[],
        }
    }

    /// Whether there is one that was just plugged in and may not be used yet: it is told as missing until then.
    pub fn is_awaited(&self) -> bool {
        match self {
            Printer::Usb(usb) => usb.is_awaited(),
            Printer::File(_) => false,
        }
    }

    /// Prints one badge, once. `name` is its number (`A017`). A printer that takes nothing is told
    /// after 1.5 s, one whose confirmation is overdue 1.5 s after the slowest would be done, and half a
    /// minute is the end in any case. Meanwhile `tell` hears within 2 s when it falls silent, and when it
    /// answers again.
    pub fn print(
        &mut self,
        name: &str,
        bitmap: &Bitmap,
        job: &Job,
        tell: &mut dyn FnMut(PrinterState),
    ) -> Outcome {
        let outcome = match self {
            Printer::Usb(usb) => usb.print(bitmap, job, tell),
            Printer::File(folder) => folder.print(name, bitmap, job),
        };
        tracing::debug!(badge = name, ?outcome, "a badge was run");
        outcome
    }
}
