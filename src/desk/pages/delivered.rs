//! Parcels are registered: their number, and whether the recipient was written to.

use super::{Ctx, Ends, Next, PageLogic};
use crate::book::{Book, BookError, ErrandEntry};
use crate::config::{Config, Screen};
use crate::desk::idle::seconds_left;
use crate::desk::told::Told;
use crate::desk::view::host_shown;
use crate::desk::{Desk, HostShown, PageView, ToldShown};
use crate::errand::{About, ErrandId, State};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Delivery, Host};
use std::time::Duration;

/// One delivery after registration, as long as somebody looks.
#[derive(Debug)]
pub struct Delivered {
    delivery: Delivery,
    host: Host,
    /// None: nobody can be written to.
    letter: Option<Told>,
    until: Tick,
}

impl Delivered {
    /// This one, to this host.
    pub fn of(delivery: Delivery, host: Host, cx: &Ctx<'_>) -> Result<Self, BookError> {
        let mut delivered = Self { delivery, host, letter: None, until: cx.until_read() };
        delivered.take_up(cx.book)?;
        Ok(delivered)
    }

    fn take_up(&mut self, book: &Book) -> Result<(), BookError> {
        let about_parcels = |entry: &ErrandEntry| matches!(entry.about, Some(About::Parcels { .. }));
        let letter = book.errands_of(self.delivery.id)?.into_iter().find(about_parcels);
        self.letter = letter.map(|entry| Told::of(&entry, &self.host, book)).transpose()?;
        Ok(())
    }
}

impl PageLogic for Delivered {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        PageView::Delivered(DeliveredView {
            number: self.delivery.label(),
            registered: self.delivery.arrived,
            parcels: self.delivery.parcels,
            to_sign: self.delivery.to_sign,
            host: self.host.name.get(desk.lang).to_owned(),
            host_state: host_shown(self.letter.as_ref().map(|told| told.state)),
            told: Told::view(self.letter.as_ref(), desk.lang),
            seconds_left: seconds_left(now.tick, self.until),
        })
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::CountingTo(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.thanks_seconds))
    }

    fn errand_is(&mut self, _id: ErrandId, _state: State, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        self.take_up(cx.book)?;
        Ok(Next::Stay)
    }
}

/// Registered parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredView {
    /// The number, such as P17.
    pub number: String,
    /// When it was registered.
    pub registered: Wall,
    /// How many parcels.
    pub parcels: u8,
    /// Somebody must come and sign.
    pub to_sign: bool,
    /// The recipient's name.
    pub host: String,
    /// How the mail to the recipient stands, or to somebody in their place.
    pub host_state: HostShown,
    /// To whom that is.
    pub told: ToldShown,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}
