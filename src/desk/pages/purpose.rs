//! What for, in their own words, or in those that are offered.

use super::{Ctx, Next, PageLogic};
use crate::book::BookError;
use crate::desk::registration::{Origin, RegistrationDraft};
use crate::desk::{Desk, Event, PageView, Registration};
use crate::now::Now;
use crate::visit::Note;
use crate::words::Texts;

/// What somebody without an invitation comes for.
#[derive(Debug)]
pub struct PurposeForm(pub RegistrationDraft);

impl PageLogic for PurposeForm {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        let purposes = self.0.kind().into_iter().flat_map(|kind| &kind.purposes);
        PageView::Purpose(purposes.map(|purpose| purpose.get(desk.lang).to_owned()).collect())
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Event::Registration(Registration::PurposeDone(text)) = event else { return Ok(Next::Stay) };
        let Some(purpose) = Note::maybe(&text) else { return Ok(Next::Stay) };
        let mut draft = self.0.clone();
        if let Origin::WalkIn(kind, _) = &mut draft.origin {
            let chosen = |offered: &&Texts| offered.all().any(|said| said == purpose.as_str());
            kind.kind.purpose = kind.purposes.iter().find(chosen).cloned();
        }
        draft.purpose = Some(purpose);
        cx.induct(draft)
    }

    fn back(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        cx.look_for_host(self.0.tidied())
    }
}
