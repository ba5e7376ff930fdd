//! The PIN before reception's pages: who, which PIN, how long to wait after wrong ones.

use super::{PinMiss, PinView, ReceptionPages};
use crate::book::{Book, BookError, Guarded, Receptionist, Try};
use crate::desk::idle::{next_second, seconds_left};
use crate::desk::{Desk, Page};
use crate::now::{Now, Tick};
use crate::pin::{Pepper, Pin};

/// Somebody at the PIN.
#[derive(Debug)]
pub(in crate::desk) struct Pinning {
    people: Vec<Receptionist>,
    name: String,
    miss: Option<PinMiss>,
    /// Nobody may try before this.
    closed_until: Tick,
    tries: u32,
    /// A roll call has begun.
    roll: bool,
}

impl Pinning {
    /// A pause is shown before anybody has typed in vain.
    fn look_whether_closed(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        self.closed_until = now.tick.after(book.pause(Guarded::Pin(&self.name), now.tick)?.left);
        self.miss = (self.closed_until > now.tick).then_some(PinMiss::Paused);
        Ok(())
    }
}

impl Desk {
    /// To the PIN; from the pages that lead there, and while a roll call begins from wherever that was.
    pub(super) fn ask_pin(&mut self, roll: bool, now: Now, book: &Book) -> Result<(), BookError> {
        if matches!(self.page, Page::ReceptionPages(_)) {
            return Ok(());
        }
        let people = book.receptionists()?;
        // One alone need not say who they are.
        let name = if let [only] = people.as_slice() { only.name.clone() } else { String::new() };
        // A visitor's form does not stay below reception's pages.
        let lang = self.lang;
        self.reset();
        self.speak(lang);
        // Nobody may come to type: the page clears by itself.
        self.idle.touch(now.tick);
        let closed_until = Tick::default();
        let mut pinning = Pinning { people, name, miss: None, closed_until, tries: 0, roll };
        pinning.look_whether_closed(now, book)?;
        self.page = Page::Pin(Box::new(pinning));
        Ok(())
    }

    pub(super) fn choose_receptionist(&mut self, name: &str, now: Now, book: &Book) -> Result<(), BookError> {
        if let Page::Pin(pinning) = &mut self.page
            && pinning.people.iter().any(|one| one.name == name)
        {
            pinning.name = name.to_owned();
            pinning.look_whether_closed(now, book)?;
            pinning.tries = pinning.tries.wrapping_add(1);
        }
        Ok(())
    }

    pub(super) fn pin_typed(&mut self, typed: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Pin(pinning) = &mut self.page else { return Ok(()) };
        // Nobody has tried anything.
        if typed.is_empty() {
            return Ok(());
        }
        let Some(one) = pinning.people.iter().find(|one| one.name == pinning.name) else { return Ok(()) };
        let (name, role) = (one.name.clone(), one.role);
        pinning.tries = pinning.tries.wrapping_add(1);
        let pepper = match Pepper::read(&self.config.staff.pepper_file) {
            Ok(pepper) => pepper,
            Err(problem) => {
                tracing::error!("{}: {problem}", self.config.staff.pepper_file.display());
                pinning.miss = Some(PinMiss::NoPepper);
                return Ok(());
            }
        };
        match book.try_pin(&name, now)? {
            Try::Open(kept) if Pin::tried(typed).is(&kept, &pepper) => {
                book.unlock(&name, now)?;
                let roll = pinning.roll;
                let mut pages = ReceptionPages::new(name, role);
                if roll {
                    pages.section = super::Section::Roll;
                }
                self.show(Page::ReceptionPages(Box::new(pages)));
                return self.refresh(now, book);
            }
            Try::Open(_) | Try::Unknown => pinning.miss = Some(PinMiss::Wrong),
            Try::Closed(left) => {
                pinning.miss = Some(PinMiss::Paused);
                pinning.closed_until = now.tick.after(left);
                return Ok(());
            }
        }
        // How long this one closes the pages for.
        let miss = pinning.miss;
        pinning.look_whether_closed(now, book)?;
        pinning.miss = pinning.miss.or(miss);
        Ok(())
    }

    pub(in crate::desk) fn pin_view(&self, pinning: &Pinning, now: Now) -> PinView {
        let pause = seconds_left(now.tick, pinning.closed_until);
        PinView {
            names: pinning.people.iter().map(|one| one.name.clone()).collect(),
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
