//! Who the visitor is: corrected by them, checked here, slips said under the field they belong to.

use super::guard::Guard;
use super::{Desk, Field, FieldProblems, Filling, Page};
use crate::book::{Book, BookError};
use crate::config::Ask;
use crate::now::Now;
use crate::visit::{Company, Details, Host, PARTY_MAX, PersonName, Phone, Problem};

impl Filling {
    /// Whether the company and the telephone number are asked for.
    pub(super) fn asks(&self) -> (Ask, Ask) {
        self.kind().map_or((Ask::May, Ask::May), |kind| (kind.company, kind.phone))
    }

    fn company(&self, text: &str) -> Result<Option<Company>, Problem> {
        needed(self.asks().0, || Company::maybe(text), Problem::CompanyMissing)
    }

    fn phone(&self, text: &str) -> Result<Option<Phone>, Problem> {
        needed(self.asks().1, || Phone::maybe(text), Problem::PhoneMissing)
    }

    /// Whether each who comes for this signs, or goes through an instruction, for themselves.
    fn is_one_by_one(&self) -> bool {
        self.kind().is_some_and(|kind| kind.signature || kind.safety.is_some())
    }

    /// Whether nothing needs to be asked of somebody who comes alone.
    pub(super) fn is_whole(&self) -> bool {
        let (company, phone) = self.asks();
        self.details.as_ref().is_some_and(|details| {
            details.party == 0
                && (company != Ask::Must || details.company.is_some())
                && (phone != Ask::Must || details.phone.is_some())
        })
    }

    fn check(&self, field: Field, text: &str) -> Option<Problem> {
        match field {
            Field::Name => PersonName::parse(text).err(),
            Field::Company => self.company(text).err(),
            Field::Phone => self.phone(text).err(),
        }
    }
}

/// What stands in the fields.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub name: &'a str,
    pub company: &'a str,
    pub phone: &'a str,
}

impl Filling {
    /// By name and number somebody is known who wanted to be. Whoever tries others is slowed down: what is remembered is
    /// then not told for a while.
    fn recall(&mut self, guard: &mut Guard, now: Now, book: &Book) -> Result<(), BookError> {
        let asked = match &self.left {
            (Some(name), Some(phone)) if self.is_walk_in() => Some((name.clone(), phone.clone())),
            _ => None,
        };
        if asked == self.asked {
            return Ok(());
        }
        self.told = guard.closed_for(now.tick).is_zero();
        self.recalled = match &asked {
            Some((name, phone)) if self.told => {
                let recalled = book.recall(name, phone)?;
                guard.missed(now.tick);
                recalled
            }
            _ => None,
        };
        self.asked = asked;
        Ok(())
    }

    /// True where it is only now seen who this is, or that it is somebody else: what is filled in or taken back, and
    /// whether they are remembered, is to be seen first.
    fn greets_by(
        &mut self,
        name: &str,
        phone: &str,
        guard: &mut Guard,
        now: Now,
        book: &Book,
    ) -> Result<bool, BookError> {
        let before = self.recalled.clone();
        self.left = (PersonName::parse(name).ok(), self.phone(phone).ok().flatten());
        self.recall(guard, now, book)?;
        Ok(before != self.recalled)
    }
}

/// What is not asked for is not read: it may stand in a field that an earlier type had and this one does not show.
fn needed<T>(
    ask: Ask,
    read: impl FnOnce() -> Result<Option<T>, Problem>,
    missing: Problem,
) -> Result<Option<T>, Problem> {
    match ask {
        Ask::No => Ok(None),
        Ask::May => read(),
        Ask::Must => read()?.map(Some).ok_or(missing),
    }
}

impl Desk {
    /// Whether each registers for themselves, and nobody is brought along: they sign, or go through an instruction, for
    /// what they come for or where they go to.
    pub(super) fn is_one_by_one(&self, filling: &Filling) -> bool {
        let instructs =
            |host: &Host| !self.notices.topics(filling.kind_id(), &host.place, self.lang).is_empty();
        filling.is_one_by_one() || filling.host().is_some_and(instructs)
    }

    /// The same while they say who they are: whom somebody without an invitation sees is asked after that.
    pub(super) fn begins_one_by_one(&self, filling: &Filling) -> bool {
        if filling.is_walk_in() { filling.is_one_by_one() } else { self.is_one_by_one(filling) }
    }

    pub(super) fn leave_field(
        &mut self,
        field: Field,
        text: &str,
        now: Now,
        book: &Book,
    ) -> Result<(), BookError> {
        if let Page::Details(filling) = &mut self.page {
            let problem = filling.check(field, text);
            match field {
                Field::Name => filling.left.0 = PersonName::parse(text).ok(),
                Field::Phone => filling.left.1 = filling.phone(text).ok().flatten(),
                Field::Company => {}
            }
            filling.recall(&mut self.recalls, now, book)?;
            match field {
                Field::Name => filling.problems.name = problem,
                Field::Company => filling.problems.company = problem,
                Field::Phone => filling.problems.phone = problem,
            }
        }
        Ok(())
    }

    pub(super) fn details_done(
        &mut self,
        typed: Typed<'_>,
        party: i32,
        remember: bool,
        now: Now,
        book: &Book,
    ) -> Result<(), BookError> {
        let asked = self.config.visit.remember_months > 0;
        let alone = matches!(&self.page, Page::Details(filling) if self.begins_one_by_one(filling));
        let Page::Details(filling) = &mut self.page else { return Ok(()) };
        // Whoever comes late to a group comes alone, and those of an invitation need no other code.
        let nobody = filling.joins().is_some() || (alone && !filling.is_walk_in());
        let party = if nobody { 0 } else { party };
        let party = u8::try_from(party.clamp(0, i32::from(PARTY_MAX))).unwrap_or(PARTY_MAX);
        let Typed { name, company, phone } = typed;
        if filling.greets_by(name, phone, &mut self.recalls, now, book)? {
            return Ok(());
        }
        match (PersonName::parse(name), filling.company(company), filling.phone(phone)) {
            (Ok(name), Ok(company), Ok(phone)) => {
                // Only by a number somebody can be known again; and who was not told that they are known cannot have
                // unticked it.
                let asked = asked && filling.is_walk_in() && phone.is_some();
                filling.remember = (asked && (remember || filling.told)).then_some(remember);
                let details = Details { name, company, phone, party };
                let before = filling.details.replace(details.clone());
                if before.is_some_and(|before| Details { party, ..before } != details) {
                    // Somebody else has not gone through it.
                    filling.instructed.clear();
                }
                filling.problems = FieldProblems::default();
                filling.members.resize(usize::from(if alone { 0 } else { party }), None);
                let filling = Filling::clone(filling);
                if !filling.members.is_empty() {
                    self.page = Page::Members(Box::new(filling));
                    return Ok(());
                }
                return self.after_details(filling, now, book);
            }
            (name, company, phone) => {
                filling.problems =
                    FieldProblems { name: name.err(), company: company.err(), phone: phone.err() };
            }
        }
        Ok(())
    }

    /// Who comes is known: whom do they see, or what do they agree to?
    pub(super) fn after_details(&mut self, filling: Filling, now: Now, book: &Book) -> Result<(), BookError> {
        if filling.is_walk_in() {
            return self.look_for_host(filling, book);
        }
        self.instruct(filling, now, book)
    }
}
