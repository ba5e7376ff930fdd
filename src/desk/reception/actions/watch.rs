//! Puts somebody on the watch list, for good or for a while. Something of them must be known by which somebody can be
//! found.

use crate::book::{BookError, NewWatched, Pointless};
use crate::desk::reception::about::OfPart;
use crate::desk::reception::form::{Answers, Asks, FieldErrors, choice, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{Choice, FieldError, FieldKind, FieldView, Label, Section};
use crate::now::Now;
use crate::visit::{Company, PersonName, Problem};
use chrono::Days;

/// For how many days somebody may stay on the watch list; then for good.
const WATCHED_DAYS: [u64; 4] = [7, 30, 90, 365];

pub(super) struct Watch;

impl Perform for Watch {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Watch)
    }

    fn step(_: &OfPart, request: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::these(fields(request.now)).into())
    }

    fn perform(_: OfPart, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        match read(answers, request.now) {
            Ok(new) => Ok(request.book.watch(new, request.by, request.now)?.is_some().into()),
            Err(errors) => Ok(Came::Wrong(errors)),
        }
    }
}

fn fields(now: Now) -> Vec<FieldView> {
    let ahead = |days: &u64| now.day().checked_add_days(Days::new(*days)).unwrap_or(now.day());
    let until = WATCHED_DAYS.iter().map(|days| Choice::Day(now.zone.midnight(ahead(days))));
    vec![
        field(Label::Name, FieldKind::Name, "", PersonName::MAX as u32),
        field(Label::Phone, FieldKind::Digits, "", 24),
        field(Label::Company, FieldKind::Text, "", Company::MAX as u32),
        field(Label::Note, FieldKind::Text, "", 80),
        field(Label::Reason, FieldKind::Text, "", 200),
        choice(Label::HowLong, std::iter::once(Choice::Always).chain(until).collect(), 0),
    ]
}

fn read(answers: &Answers<'_>, now: Now) -> Result<NewWatched, FieldErrors> {
    let text = |label| answers.text(label).trim().to_owned();
    let until = match answers.chosen(Label::HowLong) {
        Some(Choice::Day(day)) => Some(now.zone.wall(now.zone.day(day.date_naive()).end - 60_000)),
        _ => None,
    };
    let new = NewWatched {
        name: text(Label::Name),
        phone: text(Label::Phone),
        company: text(Label::Company),
        reason: text(Label::Reason),
        note: text(Label::Note),
        until,
    };
    let Some(pointless) = new.pointless(now) else { return Ok(new) };
    Err(vec![match pointless {
        Pointless::Nobody => (Label::Name, FieldError::Missing),
        Pointless::Name => (Label::Name, FieldError::Problem(Problem::NameNotAName)),
        Pointless::Phone(problem) => (Label::Phone, FieldError::Problem(problem)),
        Pointless::Company => (Label::Company, FieldError::Missing),
        Pointless::Over => (Label::HowLong, FieldError::EndsEarly),
    }])
}
