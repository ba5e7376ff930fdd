//! Who comes along: named if they like, each with a badge of their own.

use super::details::DetailsForm;
use super::{Ctx, Next, PageLogic};
use crate::book::BookError;
use crate::desk::registration::RegistrationDraft;
use crate::desk::{Desk, Event, PageView, Registration};
use crate::now::Now;
use crate::visit::{PersonName, Problem};

/// The names of a group.
#[derive(Debug)]
pub struct MembersForm(pub RegistrationDraft);

impl PageLogic for MembersForm {
    fn view(&self, _desk: &Desk, _now: Now) -> PageView {
        let draft = &self.0;
        let name = |name: &Option<PersonName>| name.as_ref().map(ToString::to_string).unwrap_or_default();
        PageView::Members(MembersView {
            walk_in: draft.is_walk_in(),
            leader: draft.details.as_ref().map(|details| details.name.to_string()).unwrap_or_default(),
            names: draft.members.iter().map(name).collect(),
            problem: draft.problems.name,
        })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Registration(Registration::NameMember { at, name }) => {
                self.name_member(at, &name);
                Ok(Next::Stay)
            }
            Event::Registration(Registration::MembersDone) if self.0.problems.name.is_none() => {
                cx.after_details(self.0.clone())
            }
            _ => Ok(Next::Stay),
        }
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::go(DetailsForm(self.0.tidied())))
    }
}

impl MembersForm {
    /// A name that is none is not taken: the badge then says which one of how many.
    fn name_member(&mut self, at: usize, name: &str) {
        let draft = &mut self.0;
        if let Some(member) = draft.members.get_mut(at) {
            let parsed = PersonName::parse(name);
            draft.problems.name = parsed.as_ref().err().copied().filter(|_| !name.trim().is_empty());
            if draft.problems.name.is_none() {
                *member = parsed.ok();
            }
        }
    }
}

/// Who comes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersView {
    /// Nothing was arranged.
    pub walk_in: bool,
    /// The name of the visitor who stands here.
    pub leader: String,
    /// The others; empty where one is not named.
    pub names: Vec<String>,
    /// A slip in the name that is typed.
    pub problem: Option<Problem>,
}
