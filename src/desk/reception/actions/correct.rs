//! Corrects what a visitor typed, whom they see and what they come for. A new host is written to by the book.

use crate::book::{BookError, Correction};
use crate::config::Config;
use crate::desk::reception::form::{Answers, Asks, FieldErrors, choice, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{Choice, FieldError, FieldKind, FieldView, Label};
use crate::visit::{Company, Details, Kind, Note, PersonName, Phone, Visit, VisitId};
use crate::words::Lang;

pub(super) struct Correct;

impl Perform for Correct {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        on.open_visit().is_some()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        let (host, lang) = (request.book.host(&visit.host_id)?, request.desk.lang);
        let mut fields = details(&visit, host.as_ref().map(|host| host.name.get(lang)).unwrap_or_default());
        fields.push(type_field(&visit, &request.desk.config, lang));
        Ok(Asks { host, ..Asks::about(&visit, fields) }.into())
    }

    fn perform(id: VisitId, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let Some(visit) = request.book.visit(id)? else { return Ok(Came::TooLate) };
        match read(answers, &visit, &request.desk.config) {
            Ok(right) => Ok(request.book.correct(id, right, request.by, request.now)?.is_some().into()),
            Err(errors) => Ok(Came::Wrong(errors)),
        }
    }
}

fn details(visit: &Visit, host: &str) -> Vec<FieldView> {
    let details = &visit.details;
    let company = details.company.as_ref().map(Company::as_str).unwrap_or_default();
    let phone = details.phone.as_ref().map(Phone::as_str).unwrap_or_default();
    let purpose = visit.purpose.as_ref().map(Note::as_str).unwrap_or_default();
    vec![
        field(Label::Name, FieldKind::Name, details.name.as_str(), PersonName::MAX as u32),
        field(Label::Company, FieldKind::Text, company, Company::MAX as u32),
        field(Label::Phone, FieldKind::Digits, phone, 24),
        field(Label::Host, FieldKind::Host, host, 40),
        field(Label::Purpose, FieldKind::Text, purpose, 80),
    ]
}

/// What they come for: it brings its own rule whether they must be escorted.
fn type_field(visit: &Visit, config: &Config, lang: Lang) -> FieldView {
    let name = |kind: Option<&Kind>| kind.map_or("–", |kind| kind.name.get(lang)).to_owned();
    let kinds = kinds_of(visit, config).into_iter().map(name);
    choice(Label::Type, kinds.map(Choice::Text).collect(), 0)
}

/// What somebody may come for: what stands in their visit first, then the other types of the house.
fn kinds_of<'a>(visit: &'a Visit, config: &'a Config) -> Vec<Option<&'a Kind>> {
    let now = visit.kind.as_ref();
    let house = config.visit_types.iter().filter(|kind| !kind.parcels).map(|kind| &kind.kind);
    let others = house.filter(|kind| now.is_none_or(|now| now.id != kind.id)).map(Some);
    std::iter::once(now).chain(others).collect()
}

fn read(answers: &Answers<'_>, visit: &Visit, config: &Config) -> Result<Correction, FieldErrors> {
    let kind = answers.place(Label::Type).and_then(|at| kinds_of(visit, config).get(at).copied());
    let (name, company, phone, host) = (
        PersonName::parse(answers.text(Label::Name)),
        Company::maybe(answers.text(Label::Company)),
        Phone::maybe(answers.text(Label::Phone)),
        answers.host(),
    );
    match (name, company, phone, host) {
        (Ok(name), Ok(company), Ok(phone), Ok(host)) => Ok(Correction {
            details: Details { name, company, phone, party: visit.details.party },
            host_id: host.id,
            purpose: Note::maybe(answers.text(Label::Purpose)),
            kind: kind.unwrap_or(visit.kind.as_ref()).cloned(),
            ..Correction::of(visit)
        }),
        (name, company, phone, host) => {
            let errors = [
                name.err().map(|problem| (Label::Name, FieldError::Problem(problem))),
                company.err().map(|problem| (Label::Company, FieldError::Problem(problem))),
                phone.err().map(|problem| (Label::Phone, FieldError::Problem(problem))),
                host.err().map(|problem| (Label::Host, problem)),
            ];
            Err(errors.into_iter().flatten().collect())
        }
    }
}
