//! The first page: where every journey begins. Nothing of anybody stands here.

use super::host::HostSearch;
use super::roll_call::call_roll;
use super::search::Search;
use super::types::Types;
use super::{Ctx, Ends, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::config::Config;
use crate::desk::{Desk, Event, PageView, Parcels, Registration, Tap};
use crate::now::Now;
use crate::visit::Token;

/// The greeting.
#[derive(Debug)]
pub struct Welcome;

impl PageLogic for Welcome {
    fn view(&self, _desk: &Desk, _now: Now) -> PageView {
        PageView::Welcome
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Registration(Registration::WalkIn) => Ok(Next::go(Types)),
            Event::Delivery(Parcels::Begin) if cx.desk.config.parcels().is_some() => {
                Ok(Next::go(HostSearch::new(None, cx.book.hosts()?)))
            }
            Event::Reception(Tap::CallRoll) => call_roll(cx),
            event => Ok(Search::begun_by(&event, false).map_or(Next::Stay, Next::go)),
        }
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Stay)
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::LooksUp { leaving: false })
    }

    /// Nothing was typed here: a language or larger letters are taken back without asking.
    fn ends(&self, config: &Config) -> Ends {
        Ends::Quietly(config.screen.idle_seconds)
    }
}
