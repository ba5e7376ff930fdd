//! Coming back with the same badge: somebody who has left holds it to the scanner again, says yes, and is in.

use super::leave::LeaveView;
use super::search::{How, LookupError, Search};
use super::{Ctx, Ends, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::config::{Config, Screen};
use crate::desk::{Desk, Event, PageView, SignOut};
use crate::now::{Now, Tick};
use crate::visit::{Token, Visit};
use std::time::Duration;

/// Somebody who left holds the badge to the scanner again.
#[derive(Debug)]
pub struct Returning(pub Visit);

/// They are in again, until the page clears.
#[derive(Debug)]
pub struct Returned {
    until: Tick,
    /// Somebody who must be escorted waits.
    escort: bool,
}

impl PageLogic for Returning {
    fn view(&self, _desk: &Desk, now: Now) -> PageView {
        PageView::Return(LeaveView::of(&self.0, true, 0, now))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::SignOut(SignOut::ComeBack) if !cx.is_covered() => self.come_back(cx),
            Event::SignOut(SignOut::Stay) => Ok(Next::Reset),
            _ => Ok(Next::Stay),
        }
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::NextVisitor)
    }
}

impl Returning {
    fn come_back(&self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Returning(visit) = self;
        if !cx.book.come_back(visit.id, cx.now)? {
            let left = visit.left.unwrap_or(visit.arrived);
            return Ok(Search { how: How::Scan, ..Search::default() }.missed(LookupError::Left(left)));
        }
        let back = cx.book.visit(visit.id)?;
        let escort = back.as_ref().and_then(|visit| visit.kind.as_ref()).is_some_and(|kind| kind.escort);
        if let Some(visit) = back.filter(Visit::waits)
            && let Some(host) = cx.book.host(&visit.host_id)?
        {
            return cx.wait(visit, host);
        }
        Ok(Next::go(Returned { until: cx.until_read(), escort }))
    }
}

impl PageLogic for Returned {
    fn view(&self, _desk: &Desk, _now: Now) -> PageView {
        PageView::Back { escort: self.escort }
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::At(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.thanks_seconds))
    }
}
