//! Who the visitor is: corrected by them, checked here, slips said under the field they belong to.

use super::members::MembersForm;
use super::types::Types;
use super::{Ctx, Next, PageLogic};
use crate::book::{Book, BookError};
use crate::config::Ask;
use crate::desk::rate_limiter::RateLimiter;
use crate::desk::registration::{Origin, RegistrationDraft};
use crate::desk::{Desk, Event, Field, PageView, Registration};
use crate::now::Now;
use crate::visit::{Company, Details, PARTY_MAX, PersonName, Phone, Problem};

/// The form with name, company and telephone number.
#[derive(Debug)]
pub struct DetailsForm(pub RegistrationDraft);

impl PageLogic for DetailsForm {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        PageView::Details(details_view(&self.0, desk))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Registration(Registration::LeaveField(field, text)) => self.leave_field(field, &text, cx),
            Event::Registration(Registration::DetailsDone { name, company, phone, party, remember }) => {
                let typed = Typed { name: &name, company: &company, phone: &phone };
                self.done(typed, party, remember, cx)
            }
            _ => Ok(Next::Stay),
        }
    }

    /// To the look-up there is no way back: what was found was given away.
    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(if self.0.is_walk_in() { Next::go(Types) } else { Next::Reset })
    }
}

impl DetailsForm {
    fn leave_field(&mut self, field: Field, text: &str, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let draft = &mut self.0;
        let problem = draft.check(field, text);
        match field {
            Field::Name => draft.left.0 = PersonName::parse(text).ok(),
            Field::Phone => draft.left.1 = draft.phone(text).ok().flatten(),
            Field::Company => {}
        }
        draft.recall(&mut cx.desk.recalls, cx.now, cx.book)?;
        match field {
            Field::Name => draft.problems.name = problem,
            Field::Company => draft.problems.company = problem,
            Field::Phone => draft.problems.phone = problem,
        }
        Ok(Next::Stay)
    }

    fn done(
        &mut self,
        typed: Typed<'_>,
        party: i32,
        remember: bool,
        cx: &mut Ctx<'_>,
    ) -> Result<Next, BookError> {
        let asked = cx.desk.config.visit.remember_months > 0;
        let alone = cx.desk.begins_one_by_one(&self.0);
        let draft = &mut self.0;
        // Somebody who comes late to a group comes alone, and those of an invitation need no other code.
        let nobody = draft.joins().is_some() || (alone && !draft.is_walk_in());
        let party = if nobody { 0 } else { party };
        let party = u8::try_from(party.clamp(0, i32::from(PARTY_MAX))).unwrap_or(PARTY_MAX);
        let Typed { name, company, phone } = typed;
        if draft.greets_by(name, phone, &mut cx.desk.recalls, cx.now, cx.book)? {
            return Ok(Next::Stay);
        }
        match (PersonName::parse(name), draft.company(company), draft.phone(phone)) {
            (Ok(name), Ok(company), Ok(phone)) => {
                // Only by a number somebody can be known again; and who was not told that they are known cannot have
                // unticked it.
                let asked = asked && draft.is_walk_in() && phone.is_some();
                draft.remember = (asked && (remember || draft.told)).then_some(remember);
                let details = Details { name, company, phone, party };
                let before = draft.details.replace(details.clone());
                if before.is_some_and(|before| Details { party, ..before } != details) {
                    // Somebody else has not gone through it.
                    draft.instructed.clear();
                }
                draft.problems = FieldProblems::default();
                draft.members.resize(usize::from(if alone { 0 } else { party }), None);
                let draft = draft.clone();
                if !draft.members.is_empty() {
                    return Ok(Next::go(MembersForm(draft)));
                }
                cx.after_details(draft)
            }
            (name, company, phone) => {
                draft.problems =
                    FieldProblems { name: name.err(), company: company.err(), phone: phone.err() };
                Ok(Next::Stay)
            }
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

impl RegistrationDraft {
    fn company(&self, text: &str) -> Result<Option<Company>, Problem> {
        needed(self.asks().0, || Company::maybe(text), Problem::CompanyMissing)
    }

    fn phone(&self, text: &str) -> Result<Option<Phone>, Problem> {
        needed(self.asks().1, || Phone::maybe(text), Problem::PhoneMissing)
    }

    fn check(&self, field: Field, text: &str) -> Option<Problem> {
        match field {
            Field::Name => PersonName::parse(text).err(),
            Field::Company => self.company(text).err(),
            Field::Phone => self.phone(text).err(),
        }
    }

    /// By name and number somebody is known who wanted to be. A visitor who tries others is slowed down: for a while
    /// nothing is told of what is remembered.
    fn recall(&mut self, limiter: &mut RateLimiter, now: Now, book: &Book) -> Result<(), BookError> {
        let asked = match &self.left {
            (Some(name), Some(phone)) if self.is_walk_in() => Some((name.clone(), phone.clone())),
            _ => None,
        };
        if asked == self.asked {
            return Ok(());
        }
        self.told = limiter.closed_for(now.tick).is_zero();
        self.recalled = match &asked {
            Some((name, phone)) if self.told => {
                let recalled = book.recall(name, phone)?;
                limiter.missed(now.tick);
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
        limiter: &mut RateLimiter,
        now: Now,
        book: &Book,
    ) -> Result<bool, BookError> {
        let before = self.recalled.clone();
        self.left = (PersonName::parse(name).ok(), self.phone(phone).ok().flatten());
        self.recall(limiter, now, book)?;
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

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailsView {
    /// What to start from; none: from nothing.
    pub details: Option<Details>,
    /// Nothing was arranged.
    pub walk_in: bool,
    /// Whether they may bring others.
    pub party: bool,
    /// Whether others may come who register by themselves.
    pub others: OthersShown,
    /// Whether the company is asked for.
    pub company: Ask,
    /// Whether the telephone number is asked for.
    pub phone: Ask,
    /// Slips, each under its field.
    pub problems: FieldProblems,
    /// Whom the visitor sees.
    pub host: String,
    /// In which department.
    pub department: String,
    /// After how many days it is deleted.
    pub keep_days: u32,
    /// Whether they may ask to be remembered, and for how many months.
    pub remember_months: Option<u32>,
    /// They are known, and want to be; the company to fill in, which may be empty.
    pub recalled: Option<String>,
}

/// How others come whom nobody can sign for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OthersShown {
    /// Nothing is said of them.
    No,
    /// Do others come? They get a code.
    Asked,
    /// They come by the code of the invitation.
    Invited,
}

/// A slip for each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldProblems {
    /// In the name.
    pub name: Option<Problem>,
    /// In the company.
    pub company: Option<Problem>,
    /// In the telephone number.
    pub phone: Option<Problem>,
}

fn details_view(draft: &RegistrationDraft, desk: &Desk) -> DetailsView {
    let host = draft.host().filter(|_| !draft.is_walk_in());
    let (company, phone) = draft.asks();
    DetailsView {
        details: draft.details.clone(),
        walk_in: draft.is_walk_in(),
        party: draft.joins().is_none() && !desk.begins_one_by_one(draft),
        others: others_view(draft, desk),
        company,
        phone,
        problems: draft.problems,
        host: host.map(|host| host.name.get(desk.lang).to_owned()).unwrap_or_default(),
        department: host.map(|host| host.department.get(desk.lang).to_owned()).unwrap_or_default(),
        keep_days: desk.config.visit.keep_days,
        remember_months: (phone != Ask::No && draft.is_walk_in())
            .then_some(desk.config.visit.remember_months)
            .filter(|months| *months > 0),
        recalled: draft
            .recalled
            .as_ref()
            .map(|recalled| recalled.company.as_ref().map(ToString::to_string).unwrap_or_default()),
    }
}

fn others_view(draft: &RegistrationDraft, desk: &Desk) -> OthersShown {
    if draft.joins().is_some() || !desk.begins_one_by_one(draft) {
        return OthersShown::No;
    }
    match &draft.origin {
        Origin::WalkIn(..) => OthersShown::Asked,
        Origin::Invited(matched) if matched.invitation.party > 0 => OthersShown::Invited,
        Origin::Invited(_) => OthersShown::No,
    }
}
