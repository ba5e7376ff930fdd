//! Several invitations were found: which one is yours?

use super::confirm::{Confirm, found_view};
use super::search::Search;
use super::{Ctx, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::desk::look_up::MatchedInvitation;
use crate::desk::{Desk, Event, LookUp, PageView};
use crate::now::Now;
use crate::visit::Token;

/// Several that are good.
#[derive(Debug)]
pub struct Choose(pub Vec<MatchedInvitation>);

impl PageLogic for Choose {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        PageView::Choose(self.0.iter().map(|matched| found_view(matched, desk, now)).collect())
    }

    fn take(&mut self, event: Event, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(match event {
            Event::LookUp(LookUp::Choose(id)) => {
                let chosen = self.0.iter().find(|matched| matched.invitation.id == id);
                chosen.map_or(Next::Stay, |matched| Next::go(Confirm(matched.clone())))
            }
            Event::LookUp(LookUp::NotMe) => Next::go(Search::default()),
            _ => Next::Stay,
        })
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::go(Search::default()))
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::LooksUp { leaving: false })
    }
}
