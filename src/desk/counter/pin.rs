//! The PIN before reception's pages: who, which PIN, how long to wait after wrong ones.

use super::{Counter, PinMiss, PinView};
use crate::book::{Book, BookError, Try};
use crate::desk::idle::{next_second, seconds_left};
use crate::desk::{Desk, Page};
use crate::now::{Now, Tick};
use crate::pin::{Pepper, Pin};
use crate::visit::Role;
use std::time::Duration;

/// Somebody at the PIN.
#[derive(Debug)]
pub(in crate::desk) struct Pinning {
    people: Vec<(String, Role)>,
    name: String,
    miss: Option<PinMiss>,
    /// Nobody may try before this.
    closed_until: Tick,
    tries: u32,
    /// A roll call has begun.
    roll: bool,
}

impl Desk {
    /// To the PIN; from the pages that lead there, and while a roll call begins from wherever that was.
    pub(super) fn ask_pin(&mut self, roll: bool, book: &Book) -> Result<(), BookError> {
        if matches!(self.page, Page::Counter(_)) {
            return Ok(());
        }
        let people: Vec<(String, Role)> =
            book.receptionists()?.into_iter().map(|one| (one.name, one.role)).collect();
        // One alone need not say who they are.
        let name = if people.len() == 1 { people[0].0.clone() } else { String::new() };
        // A visitor's form does not stay below reception's pages.
        let lang = self.lang;
        self.reset();
        self.speak(lang);
        self.page = Page::Pin(Box::new(Pinning {
            people,
            name,
            miss: None,
            closed_until: Tick::default(),
            tries: 0,
            roll,
        }));
        Ok(())
    }

    pub(super) fn choose_receptionist(&mut self, name: &str) {
        if let Page::Pin(pinning) = &mut self.page
            && pinning.people.iter().any(|(known, _)| known == name)
        {
            pinning.name = name.to_owned();
            pinning.miss = None;
            pinning.closed_until = Tick::default();
            pinning.tries = pinning.tries.wrapping_add(1);
        }
    }

    pub(super) fn pin_typed(&mut self, typed: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Pin(pinning) = &mut self.page else { return Ok(()) };
        let Some((name, role)) = pinning.people.iter().find(|(name, _)| *name == pinning.name).cloned()
        else {
            return Ok(());
        };
        pinning.tries = pinning.tries.wrapping_add(1);
        let pepper = match Pepper::read(&self.config.staff.pepper) {
            Ok(pepper) => pepper,
            Err(problem) => {
                tracing::error!("{}: {problem}", self.config.staff.pepper.display());
                pinning.miss = Some(PinMiss::NoPepper);
                return Ok(());
            }
        };
        match book.try_pin(&name, now)? {
            Try::Open(kept) if Pin::tried(typed).is(&kept, &pepper) => {
                book.unlock(&name, now)?;
                let roll = pinning.roll;
                let mut counter = Counter::new(name, role);
                if roll {
                    counter.section = super::Section::Roll;
                }
                self.show(Page::Counter(Box::new(counter)));
                return self.refresh(now, book);
            }
            Try::Open(_) | Try::Unknown => pinning.miss = Some(PinMiss::Wrong),
            Try::Closed(until) => {
                pinning.miss = Some(PinMiss::Paused);
                pinning.closed_until = until_tick(until, now);
                return Ok(());
            }
        }
        // How long this one closes the pages for.
        let closed = book.receptionists()?.into_iter().find(|one| one.name == name);
        pinning.closed_until = closed.map_or_else(Tick::default, |one| until_tick(one.closed_until, now));
        if pinning.closed_until > now.tick {
            pinning.miss = Some(PinMiss::Paused);
        }
        Ok(())
    }

    pub(in crate::desk) fn pin_view(&self, pinning: &Pinning, now: Now) -> PinView {
        let pause = seconds_left(now.tick, pinning.closed_until);
        PinView {
            names: pinning.people.iter().map(|(name, _)| name.clone()).collect(),
            name: pinning.name.clone(),
            // A pause that is over is not shown any more.
            miss: pinning.miss.filter(|miss| *miss != PinMiss::Paused || pause > 0),
            pause,
            tries: pinning.tries,
            roll: pinning.roll,
        }
    }

    /// When the countdown shows another number.
    pub(in crate::desk) fn pin_wakes_at(&self, now: Tick) -> Option<Tick> {
        let Page::Pin(pinning) = &self.page else { return None };
        (pinning.closed_until > now).then(|| next_second(now, pinning.closed_until))
    }
}

/// The tick of a wall time, UTC milliseconds.
fn until_tick(millis: i64, now: Now) -> Tick {
    now.tick.after(Duration::from_millis(u64::try_from(millis - now.millis()).unwrap_or(0)))
}
