//! Who the visitor is: corrected by them, checked here, slips said under the field they belong to.

use super::{Desk, Field, FieldProblems, Page};
use crate::visit::{Company, Details, PARTY_MAX, PersonName, Phone, Problem};

fn check(field: Field, text: &str) -> Option<Problem> {
    match field {
        Field::Name => PersonName::parse(text).err(),
        Field::Company => Company::maybe(text).err(),
        Field::Phone => Phone::maybe(text).err(),
    }
}

impl Desk {
    pub(super) fn leave_field(&mut self, field: Field, text: &str) {
        if let Page::Details(filling) = &mut self.page {
            let problem = check(field, text);
            match field {
                Field::Name => filling.problems.name = problem,
                Field::Company => filling.problems.company = problem,
                Field::Phone => filling.problems.phone = problem,
            }
        }
    }

    pub(super) fn details_done(&mut self, name: &str, company: &str, phone: &str, party: i32) {
        let Page::Details(filling) = &mut self.page else { return };
        let party = u8::try_from(party.clamp(0, i32::from(PARTY_MAX))).unwrap_or(PARTY_MAX);
        match (PersonName::parse(name), Company::maybe(company), Phone::maybe(phone)) {
            (Ok(name), Ok(company), Ok(phone)) => {
                filling.details = Details { name, company, phone, party };
                filling.problems = FieldProblems::default();
                self.page = Page::Agree(filling.clone());
            }
            (name, company, phone) => {
                filling.problems =
                    FieldProblems { name: name.err(), company: company.err(), phone: phone.err() };
            }
        }
    }
}
