//! One connection to a printer: what is known of it since it was plugged in, and asking it how it is.
//! Owns questions and answers; never sends anything of a badge.

use super::plug::Plug;
use super::proof::{PAPER, Proof, process};
use super::wire::{CUT, Wire, way_back};
use crate::back::printer::delays;
use crate::back::printer::status::{Heard, QUESTIONS, Status};
use crate::config::AskStatus;
use crate::errand::Trouble;
use std::time::{Duration, Instant};

/// A printer since it was plugged in.
pub(super) struct Link {
    pub(super) plug: Plug,
    pub(super) heard: Heard,
    pub(super) voice: Voice,
    pub(super) proof: Proof,
    /// What must be sent before anything else.
    pub(super) first: Vec<u8>,
    /// Whether answers to `GS r` may still come that belong to an earlier badge.
    pub(super) owed: bool,
    mark: u32,
    silences: u8,
    paper_low: bool,
    /// Nothing was sent but questions: it may be in the middle of a raster, and stopped.
    fresh: bool,
}

/// Whether a printer answers questions.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Not known yet; asked so many times more.
    Untold(u8),
    /// It answers these questions.
    Answers(Vec<u8>),
    /// It did not answer, and is asked once more then: it may have been busy for long when it was switched on.
    Silent(Instant),
    /// It cannot answer, or must not be asked.
    None,
}

impl Voice {
    /// Whether a silent printer is to be asked once more: when it is time, or when it said anything. That may have
    /// been a late answer, which must not be taken for the next one: then it is asked at the next look.
    fn is_tried_again(&mut self, said_anything: bool, now: Instant) -> bool {
        let Voice::Silent(again) = self else { return false };
        if said_anything {
            *again = now;
            return false;
        }
        let due = now >= *again;
        if due {
            *self = Voice::Untold(1);
        }
        due
    }
}

impl Link {
    /// A printer that was just plugged in or found; `torn`: a piece of the badge before may
    /// hang in it. A cut of white paper costs less than a badge with half of somebody else's on it.
    pub fn new(plug: Plug, ask: AskStatus, torn: bool) -> Self {
        let (voice, proof) = if ask == AskStatus::Auto && plug.has_ears() {
            (Voice::Untold(delays::TRIES_TO_HEAR), Proof::Untold(delays::TRIES_TO_LEARN))
        } else {
            (Voice::None, Proof::None)
        };
        let mut first = way_back();
        if torn {
            first.extend(CUT);
        }
        Self {
            plug,
            heard: Heard::default(),
            voice,
            proof,
            first,
            owed: false,
            // A mark that an earlier run of the program left in the printer must not be taken for ours.
            mark: getrandom::u32().unwrap_or_else(|_| std::process::id()),
            silences: 0,
            paper_low: false,
            fresh: true,
        }
    }

    pub fn is_gone(&self) -> bool {
        self.plug.is_gone()
    }

    /// Nothing is printed: one that did not answer may be given another chance.
    pub fn idle(&mut self) {
        if matches!(self.voice, Voice::Silent(_)) {
            let mut said_anything = false;
            while let Some(bytes) = self.plug.hear(Duration::ZERO) {
                self.heard.take(&bytes);
                said_anything = true;
            }
            self.voice.is_tried_again(said_anything, Instant::now());
        }
    }

    /// Whether the printer can print; tells whether its paper is low.
    ///
    /// # Errors
    /// What keeps it from printing. One silence of a printer that spoke before is forgiven: some do
    /// not answer while they feed or cut.
    pub fn check(&mut self, until: Instant) -> Result<bool, Trouble> {
        match self.ask_in_order(until) {
            Ok(status) => {
                self.silences = 0;
                self.paper_low = status.paper_low;
                if let Some(trouble) = status.trouble() {
                    return Err(trouble);
                }
                self.learn(until)?;
                Ok(self.paper_low)
            }
            Err(Trouble::Mute) => {
                self.silences = self.silences.saturating_add(1);
                match self.heard.status.trouble() {
                    Some(trouble) => Err(trouble),
                    None if self.silences > 1 || !matches!(self.voice, Voice::Answers(_)) => {
                        Err(Trouble::Mute)
                    }
                    None => Ok(self.paper_low),
                }
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Asks how it is, and sends what is outstanding. A fresh one is asked before that: one that is
    /// stopped takes no bytes, and would seem mute.
    fn ask_in_order(&mut self, until: Instant) -> Result<Status, Trouble> {
        if !self.fresh {
            return self.send_first(until).and_then(|()| self.ask(until));
        }
        let status = self.ask(until)?;
        if status.trouble().is_none() {
            self.fresh = false;
            self.send_first(until)?;
        }
        Ok(status)
    }

    /// Makes sure before a badge: nothing outstanding, no trouble, no answer that belongs to an earlier one.
    pub fn ready(&mut self) -> Result<(), Trouble> {
        let until = Instant::now() + delays::PREFLIGHT;
        self.check(until)?;
        if self.silences > 0 {
            self.check(until)?;
        }
        if self.owed && !self.settle(until, delays::PREFLIGHT)? {
            return Err(Trouble::Mute);
        }
        Ok(())
    }

    /// Asks all questions; a printer that has no voice is fine as far as anybody knows.
    pub fn ask(&mut self, until: Instant) -> Result<Status, Trouble> {
        let questions = match &self.voice {
            Voice::Silent(_) | Voice::None => return Ok(Status::default()),
            Voice::Untold(_) => QUESTIONS.to_vec(),
            Voice::Answers(questions) => questions.clone(),
        };
        let (mut status, mut answered) = (Status::default(), Vec::new());
        for question in questions {
            if let Some(answer) = self.ask_one(question, until)? {
                status.note(question, answer);
                answered.push(question);
            } else if answered.is_empty() {
                return self.no_answer();
            }
        }
        if matches!(self.voice, Voice::Untold(_)) {
            tracing::debug!(?answered, "the printer answers");
            (self.voice, self.proof) = (Voice::Answers(answered), Proof::Untold(delays::TRIES_TO_LEARN));
        }
        self.heard.status = status;
        Ok(status)
    }

    fn ask_one(&mut self, question: u8, until: Instant) -> Result<Option<u8>, Trouble> {
        self.listen(Instant::now(), |_| false);
        self.heard.reply = None;
        self.put(&[0x10, 0x04, question], until)?;
        self.listen(until.min(Instant::now() + delays::ANSWER), |heard| heard.reply.is_some());
        Ok(self.heard.reply)
    }

    fn no_answer(&mut self) -> Result<Status, Trouble> {
        match self.voice {
            Voice::Answers(_) => return Err(Trouble::Mute),
            Voice::Untold(tries) if tries > 1 => self.voice = Voice::Untold(tries - 1),
            Voice::Untold(_) | Voice::Silent(_) | Voice::None => {
                if self.proof != Proof::None {
                    tracing::info!("the printer does not answer: badges will be handed over, not confirmed");
                }
                self.voice = Voice::Silent(Instant::now() + delays::ASK_AGAIN);
                self.proof = Proof::None;
            }
        }
        Ok(Status::default())
    }

    /// Finds out how this printer confirms, once it answers and can print.
    fn learn(&mut self, until: Instant) -> Result<(), Trouble> {
        let (Proof::Untold(tries), Voice::Answers(_)) = (self.proof, &self.voice) else { return Ok(()) };
        let mark = self.next_mark();
        self.put(&process(mark), until)?;
        let soon = until.min(Instant::now() + delays::ANSWER);
        self.proof = if self.listen(soon, |heard| Proof::Process.is_given(heard, mark)) {
            Proof::Process
        } else if self.settle(until, delays::ANSWER)? {
            Proof::Paper
        } else if tries > 1 {
            Proof::Untold(tries - 1)
        } else {
            Proof::None
        };
        tracing::debug!(proof = ?self.proof, "how the printer confirms");
        Ok(())
    }

    /// Hears all answers to `GS r` that are still owed, by asking once more and waiting until it is
    /// quiet. False where there was none.
    fn settle(&mut self, until: Instant, patience: Duration) -> Result<bool, Trouble> {
        self.heard.papers = 0;
        self.put(&PAPER, until)?;
        if !self.listen(until.min(Instant::now() + patience), |heard| heard.papers > 0) {
            return Ok(false);
        }
        let mut count = 0;
        while count < self.heard.papers {
            count = self.heard.papers;
            self.listen(Instant::now() + delays::QUIET, |heard| heard.papers > count);
        }
        self.owed = false;
        Ok(true)
    }

    /// Listens until then, or until it was heard; tells whether it was.
    pub fn listen(&mut self, until: Instant, heard_it: impl Fn(&Heard) -> bool) -> bool {
        loop {
            if heard_it(&self.heard) {
                return true;
            }
            match self.plug.hear(until.saturating_duration_since(Instant::now())) {
                Some(bytes) => self.heard.take(&bytes),
                None => return heard_it(&self.heard),
            }
        }
    }

    /// A mark that was not used before: four printable characters.
    pub fn next_mark(&mut self) -> [u8; 4] {
        self.mark = self.mark.wrapping_add(1);
        let mut rest = self.mark;
        [(); 4].map(|()| {
            let digit = rest % 64;
            rest /= 64;
            b'0' + digit as u8 // 0x30 to 0x6F, within the allowed 0x20 to 0x7E
        })
    }

    /// Sends what is outstanding, as far as the printer takes it.
    fn send_first(&mut self, until: Instant) -> Result<(), Trouble> {
        if self.is_gone() {
            return Err(Trouble::Unplugged);
        }
        let first = Wire::plain(&self.first);
        let sent = self.send(&first, until.saturating_duration_since(Instant::now()));
        self.first.drain(..sent.as_ref().map_or_else(|broken| broken.taken, |()| first.bytes.len()));
        sent.map_err(|broken| broken.trouble)
    }

    /// Sends one command.
    pub fn put(&mut self, command: &[u8], until: Instant) -> Result<(), Trouble> {
        let command = Wire::plain(command);
        self.send(&command, until.saturating_duration_since(Instant::now())).map_err(|broken| {
            if broken.taken > 0 {
                self.first.splice(..0, command.left_over(broken.taken));
            }
            broken.trouble
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_printer_is_asked_again_a_minute_later_or_when_it_spoke() {
        let begun = Instant::now();
        let later = |seconds| begun + Duration::from_secs(seconds);
        let mut voice = Voice::Silent(begun + delays::ASK_AGAIN);
        assert!(!voice.is_tried_again(false, later(1)) && !voice.is_tried_again(false, later(59)));
        assert!(voice.is_tried_again(false, later(60)));
        assert_eq!(voice, Voice::Untold(1));
        assert!(!voice.is_tried_again(true, later(60)), "it is being asked");
        let mut voice = Voice::Silent(begun + delays::ASK_AGAIN);
        assert!(!voice.is_tried_again(true, later(1)), "first it has its say");
        assert!(voice.is_tried_again(false, later(2)));
        for mut voice in [Voice::None, Voice::Answers(vec![2, 4])] {
            assert!(!voice.is_tried_again(true, later(100)) && !voice.is_tried_again(false, later(200)));
        }
    }
}
