//! Who comes along: named if they like, each with a badge of their own. Whoever comes late joins by the same code.

use super::{Desk, Filling, Origin, Page};
use crate::book::{Book, BookError};
use crate::now::Now;
use crate::paper::labels;
use crate::visit::{PersonName, VisitId};
use crate::words::Lang;

impl Filling {
    /// The visit of whoever's group they come late to.
    pub(super) fn joins(&self) -> Option<VisitId> {
        match &self.origin {
            Origin::Invited(guest) => guest.joins,
            Origin::WalkIn(..) => None,
        }
    }

    /// A name for each who comes along: their own, or which one of how many.
    pub(super) fn named_members(&self, lang: Lang) -> Vec<PersonName> {
        let all = self.members.len() + 1;
        let member = |(at, name): (usize, &Option<PersonName>)| {
            name.clone().or_else(|| PersonName::parse(&labels::member(lang, at + 2, all)).ok())
        };
        self.members.iter().enumerate().filter_map(member).collect()
    }
}

impl Desk {
    /// A name that is none is not taken: the badge then says which one of how many.
    pub(super) fn name_member(&mut self, at: usize, name: &str) {
        if let Page::Members(filling) = &mut self.page
            && let Some(member) = filling.members.get_mut(at)
        {
            let parsed = PersonName::parse(name);
            filling.problems.name = parsed.as_ref().err().copied().filter(|_| !name.trim().is_empty());
            if filling.problems.name.is_none() {
                *member = parsed.ok();
            }
        }
    }

    pub(super) fn members_done(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        if let Page::Members(filling) = &self.page
            && filling.problems.name.is_none()
        {
            let filling = Filling::clone(filling);
            return self.after_details(filling, now, book);
        }
        Ok(())
    }
}
