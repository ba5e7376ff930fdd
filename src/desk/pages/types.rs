//! What do you come for?

use super::details::DetailsForm;
use super::host::HostSearch;
use super::{Ctx, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::desk::registration::{Origin, RegistrationDraft};
use crate::desk::{Desk, Event, PageView, Registration};
use crate::now::Now;
use crate::visit::Token;

/// The types of visits that are offered.
#[derive(Debug)]
pub struct Types;

impl PageLogic for Types {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        let kinds = desk.config.visit_types.iter();
        PageView::Types(
            kinds.map(|kind| (kind.kind.id.clone(), kind.kind.name.get(desk.lang).to_owned())).collect(),
        )
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Event::Registration(Registration::ChooseType(id)) = event else { return Ok(Next::Stay) };
        let kind = cx.desk.config.visit_types.iter().find(|kind| kind.kind.id == id);
        match kind {
            None => Ok(Next::Stay),
            Some(kind) if kind.parcels => Ok(Next::go(HostSearch::new(None, cx.book.hosts()?))),
            Some(kind) => {
                let origin = Origin::WalkIn(Box::new(kind.clone()), None);
                Ok(Next::go(DetailsForm(RegistrationDraft::new(origin, None))))
            }
        }
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::LooksUp { leaving: false })
    }
}
