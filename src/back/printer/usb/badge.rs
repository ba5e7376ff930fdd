//! One badge on its way to the printer: handing it over, then waiting for its confirmation.
//! Owns what may be claimed about it; never sends a byte twice.

use super::link::{Link, Voice};
use super::proof::Proof;
use super::wire::Wire;
use crate::back::printer::delays;
use crate::back::printer::status::Heard;
use crate::errand::{Outcome, PrinterState, Seen, Trouble};
use crate::paper::bitmap::Bitmap;
use crate::paper::escpos::Job;
use rusb::Error;
use std::time::{Duration, Instant};

/// Sending broke off.
pub(super) struct Broken {
    /// How many bytes were surely taken.
    pub taken: usize,
    /// Why no more were.
    pub trouble: Trouble,
}

impl Link {
    /// Prints one badge, once.
    pub fn print(&mut self, bitmap: &Bitmap, job: &Job, tell: &mut dyn FnMut(PrinterState)) -> Outcome {
        if let Err(trouble) = self.ready() {
            return Outcome::NotYet(trouble);
        }
        let wire = Wire::of(job, matches!(self.voice, Voice::Answers(_)));
        let begun = Instant::now();
        match self.send(&wire, delays::NO_PROGRESS) {
            Ok(()) => self.confirm(begun + time_to_print(bitmap), tell),
            Err(broken) => {
                self.first = wire.left_over(broken.taken);
                if broken.taken == 0 {
                    Outcome::NotYet(broken.trouble)
                } else {
                    Outcome::Unknown(broken.trouble)
                }
            }
        }
    }

    /// Sends all bytes, each once, as long as the printer takes some within `patience`.
    pub fn send(&mut self, wire: &Wire, patience: Duration) -> Result<(), Broken> {
        let begun = Instant::now();
        let (mut taken, mut moved, mut stalled) = (0, begun, false);
        while taken < wire.bytes.len() {
            let chunk = &wire.bytes[taken..wire.end_of_chunk(taken)];
            let count = match self
                .plug
                .write(chunk, patience.saturating_sub(moved.elapsed()).min(delays::TRANSFER))
            {
                Ok(count) => count,
                Err(Error::Timeout | Error::Interrupted) => 0,
                Err(Error::Pipe) if taken == 0 && !stalled => {
                    stalled = true;
                    self.plug.clear_stall();
                    continue;
                }
                Err(why) => return Err(Broken { taken, trouble: self.trouble_behind(why) }),
            };
            taken += count;
            self.listen(Instant::now(), |_| false);
            if count > 0 {
                moved = Instant::now();
            } else if let Some(trouble) = self.trouble_seen() {
                return Err(Broken { taken, trouble });
            }
            if moved.elapsed() >= patience || begun.elapsed() >= delays::LONGEST_SENDING {
                return Err(Broken { taken, trouble: Trouble::Mute });
            }
        }
        Ok(())
    }

    /// What is known, without asking, to keep the printer from going on.
    fn trouble_seen(&self) -> Option<Trouble> {
        if self.is_gone() { Some(Trouble::Unplugged) } else { self.heard.status.trouble() }
    }

    /// What a failed transfer means.
    fn trouble_behind(&mut self, why: Error) -> Trouble {
        tracing::debug!(%why, "a transfer to the printer failed");
        if matches!(why, Error::NoDevice | Error::NotFound) {
            return Trouble::Unplugged;
        }
        if why == Error::Access {
            return Trouble::NoAccess;
        }
        if why == Error::Busy {
            return Trouble::Busy;
        }
        let until = Instant::now() + delays::PLUG_IS_OUT;
        while Instant::now() < until {
            if self.is_gone() {
                return Trouble::Unplugged;
            }
            std::thread::sleep(delays::PLUG_IS_OUT / 10);
        }
        self.plug.clear_stall();
        self.heard.status.trouble().unwrap_or(Trouble::PrinterError)
    }

    /// Waits until the printer itself says that the badge is cut off; `due` is when it should be.
    fn confirm(&mut self, due: Instant, tell: &mut dyn FnMut(PrinterState)) -> Outcome {
        let (proof, mark) = (self.proof, self.next_mark());
        let Some(question) = proof.question(mark) else { return self.hand_over() };
        self.owed = proof == Proof::Paper;
        self.heard.papers = 0;
        if let Err(trouble) = self.put(&question, Instant::now() + delays::NO_PROGRESS) {
            return Outcome::Unknown(trouble);
        }
        let confirmed = |heard: &Heard| proof.is_given(heard, mark);
        match self.watch(due, confirmed, tell) {
            Some(trouble) if !self.listen(Instant::now() + delays::LAST_WORD, confirmed) => {
                Outcome::Unknown(trouble)
            }
            _ => {
                self.owed = false;
                Outcome::Done(Seen::Confirmed)
            }
        }
    }

    /// Waits for the confirmation and asks meanwhile how the printer is. None: it was confirmed.
    fn watch(
        &mut self,
        due: Instant,
        confirmed: impl Fn(&Heard) -> bool,
        tell: &mut dyn FnMut(PrinterState),
    ) -> Option<Trouble> {
        let last = due.max(Instant::now() + delays::LONGEST_CONFIRMING);
        let mut silent = Silence::default();
        loop {
            let next = Instant::now() + delays::ASK_EVERY;
            self.listen(next, |heard| confirmed(heard) || heard.status.trouble().is_some());
            if confirmed(&self.heard) {
                return None;
            }
            let told = self.ask(Instant::now() + delays::LOOK);
            let now = Instant::now();
            match told {
                _ if confirmed(&self.heard) => return None,
                _ if self.is_gone() => return Some(Trouble::Unplugged),
                Ok(status) if status.trouble().is_some() => return status.trouble(),
                // Alive and well: slow, then, but not for ever.
                Ok(status) if now < last => silent.broken(status.paper_low, tell),
                Err(Trouble::Mute) if now < due => silent.goes_on(now, tell),
                Ok(_) => return Some(Trouble::Mute),
                Err(trouble) => return Some(trouble),
            }
        }
    }

    /// The end for a printer that cannot confirm: all bytes are over there, more is not known.
    fn hand_over(&mut self) -> Outcome {
        match self.ask(Instant::now() + delays::LOOK) {
            Ok(status) => match status.trouble() {
                Some(trouble) => Outcome::Unknown(trouble),
                None => Outcome::Done(Seen::HandedOver),
            },
            // Busy printing, as far as anybody knows.
            Err(Trouble::Mute) => Outcome::Done(Seen::HandedOver),
            Err(trouble) => Outcome::Unknown(trouble),
        }
    }
}

/// A printer that does not answer while its badge is waited for. It may still be printing, so the badge is not given
/// up; but whoever stands there is told.
#[derive(Default)]
struct Silence {
    since: Option<Instant>,
    told: bool,
}

impl Silence {
    fn goes_on(&mut self, now: Instant, tell: &mut dyn FnMut(PrinterState)) {
        let since = *self.since.get_or_insert(now);
        if !self.told && now - since >= delays::SILENT {
            self.told = true;
            tell(PrinterState::Trouble(Trouble::Mute));
        }
    }

    fn broken(&mut self, paper_low: bool, tell: &mut dyn FnMut(PrinterState)) {
        if std::mem::take(self).told {
            tell(PrinterState::Ready { paper_low });
        }
    }
}

/// How long the slowest printer needs for this badge.
fn time_to_print(bitmap: &Bitmap) -> Duration {
    Duration::from_secs_f64(f64::from(bitmap.height) / f64::from(delays::SLOWEST_DOTS_A_SECOND))
        + delays::CUT_AND_ANSWER
}
