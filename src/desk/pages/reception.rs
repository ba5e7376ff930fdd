//! Reception's pages and the PIN before them, as the desk sees them: what happens there is reception's own.

use super::{Ctx, Ends, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::config::Config;
use crate::desk::reception::{Pinning, ReceptionPages, Tap};
use crate::desk::{Desk, PageView};
use crate::now::{Now, Tick};
use crate::visit::Token;

impl PageLogic for ReceptionPages {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        PageView::ReceptionPages(Box::new(desk.reception_view(self, now)))
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Reception(Tap::Close))
    }

    /// A badge held to the scanner opens its visitor's card.
    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::OpensCard)
    }

    /// Nobody is asked: a stranger who comes by must not read on.
    fn ends(&self, config: &Config) -> Ends {
        Ends::Quietly(config.staff.lock_seconds)
    }
}

impl PageLogic for Pinning {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        PageView::Pin(desk.pin_view(self, now))
    }

    fn ends(&self, config: &Config) -> Ends {
        Ends::Quietly(config.screen.idle_seconds)
    }

    fn wakes_at(&self, desk: &Desk, now: Tick) -> Option<Tick> {
        desk.pin_wakes_at(now)
    }
}
