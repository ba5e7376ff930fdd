//! The form for invitations, new ones and those that are changed: what is asked, and what is made of the answers.

use super::form::{Answers, FieldErrors, choice, field};
use super::{Choice, FieldError, FieldKind, FieldView, Label};
use crate::book::{Invitee, NewInvitation};
use crate::config::Config;
use crate::now::{Now, Wall, Zone};
use crate::visit::{Company, Host, Invitation, MailAddress, PersonName, Phone};
use crate::words::Lang;
use chrono::{NaiveTime, TimeDelta};

/// So many days ahead somebody may be invited.
const DAYS: usize = 120;
/// Visits are offered to begin and to end at every hour, from this one on: the night stands behind the evening.
const MORNING: TimeDelta = TimeDelta::hours(6);
/// Where invitations begin and end that nobody changes, in hours from then on.
const FROM: usize = 3;
const UNTIL: usize = 12;
/// All days of the week, a bit each.
const EVERY_DAY: usize = 0x7F;
/// So many people may be invited at one time.
const MOST: usize = 50;
/// The most characters of an address, and of one for each of them.
const LONGEST_ADDRESS: u32 = 120;
const LONGEST_ADDRESSES: u32 = 2000;
/// What stands between the names or the addresses of several.
const BETWEEN: [char; 6] = [',', '，', '、', ';', '；', '\n'];
/// Nothing is chosen.
const NOTHING: &str = "–";

/// The choices of a field and which of them is chosen: the one that is so already. What is offered to nobody, and is so
/// because somebody's file said it, stays a choice in its place among the others: whoever changes something else does
/// not change this.
fn with<T: Ord>(offered: impl Iterator<Item = T>, is: Option<T>, usual: usize) -> (Vec<T>, usize) {
    let mut all: Vec<T> = offered.collect();
    let Some(is) = is else { return (all, usual) };
    let place = all.binary_search(&is).unwrap_or_else(|place| {
        all.insert(place, is);
        place
    });
    (all, place)
}

fn day_choice(label: Label, is: Option<&Wall>, now: Now) -> FieldView {
    let offered = now.day().iter_days().take(DAYS).map(|day| now.zone.midnight(day));
    let (days, chosen) = with(offered, is.map(|is| now.zone.midnight(is.date_naive())), 0);
    choice(label, days.into_iter().map(Choice::Day).collect(), chosen)
}

fn hour_choice(label: Label, is: Option<&Wall>, usual: usize, now: Now) -> FieldView {
    let since_morning = |time: NaiveTime| time.overflowing_sub_signed(MORNING).0;
    let offered = (0..24).map(|hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN));
    let (hours, chosen) = with(offered, is.map(|is| since_morning(is.time())), usual);
    let hours = hours.into_iter().map(|time| time.overflowing_add_signed(MORNING).0);
    // Of no day: on today's the clocks may leave one out.
    let clock = Zone::Fixed(*now.wall.offset());
    choice(label, hours.map(|time| Choice::Hour(clock.at(now.day().and_time(time)))).collect(), chosen)
}

/// What they may come for: nothing is said, or a key with its name; behind them one that the kiosk no longer knows.
fn kinds(config: &Config, lang: Lang, old: Option<&Invitation>) -> Vec<(Option<String>, String)> {
    let known = config.visit_types.iter().map(|kind| &kind.kind);
    let known = known.map(|kind| (Some(kind.id.clone()), kind.name.get(lang).to_owned()));
    let mut kinds: Vec<_> = std::iter::once((None, NOTHING.to_owned())).chain(known).collect();
    let is = old.and_then(|old| old.visit_type.as_ref());
    if let Some(is) = is.filter(|is| kinds.iter().all(|(id, _)| id.as_ref() != Some(*is))) {
        kinds.push((Some(is.clone()), is.clone()));
    }
    kinds
}

/// In which language they are written to; behind the kiosk's own one that it does not speak, or none.
fn languages(config: &Config, old: Option<&Invitation>) -> Vec<(Option<Lang>, String)> {
    let known = config.languages.iter().map(|language| (Some(language.code), language.name.clone()));
    let mut languages: Vec<_> = known.collect();
    if let Some(is) = old.map(|old| old.lang).filter(|is| languages.iter().all(|(code, _)| code != is)) {
        languages.push((is, is.map_or_else(|| NOTHING.to_owned(), |lang| lang.to_string())));
    }
    languages
}

fn named<T: PartialEq>(label: Label, all: Vec<(T, String)>, is: Option<&T>) -> FieldView {
    let chosen = is.and_then(|is| all.iter().position(|(one, _)| one == is)).unwrap_or(0);
    choice(label, all.into_iter().map(|(_, name)| Choice::Text(name)).collect(), chosen)
}

/// A new invitation, or one that is changed.
pub(super) fn fields(
    changed: Option<(&Invitation, &Host)>,
    config: &Config,
    lang: Lang,
    now: Now,
) -> Vec<FieldView> {
    let texts = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let old = changed.map(|(invitation, _)| invitation);
    let host = changed.map(|(_, host)| host.name.get(lang));
    let times = old.map(|old| [old.from, old.until].map(|millis| now.zone.wall(millis)));
    let (from, until) = times.as_ref().map_or((None, None), |[from, until]| (Some(from), Some(until)));
    let name = match old {
        Some(old) => field(Label::Name, FieldKind::Name, old.visitor.as_str(), PersonName::MAX as u32),
        None => field(Label::Names, FieldKind::Name, "", 400),
    };
    let company = texts(old.and_then(|old| old.company.as_ref()).map(Company::as_str));
    let phone = texts(old.and_then(|old| old.phone.as_ref()).map(Phone::as_str));
    let email = texts(old.and_then(|old| old.email.as_deref()));
    let weekdays = FieldView {
        chosen: old.map_or(0, |old| old.days).into(),
        ..field(Label::Weekdays, FieldKind::Weekdays, "", 0)
    };
    let longest = if old.is_some() { LONGEST_ADDRESS } else { LONGEST_ADDRESSES };
    vec![
        name,
        field(Label::Company, FieldKind::Text, &company, Company::MAX as u32),
        field(Label::Phone, FieldKind::Digits, &phone, 24),
        field(Label::Email, FieldKind::Latin, &email, longest.max(email.chars().count() as u32)),
        field(Label::Host, FieldKind::Host, &texts(host), 40),
        day_choice(Label::FirstDay, from, now),
        day_choice(Label::LastDay, until, now),
        hour_choice(Label::From, from, FROM, now),
        hour_choice(Label::Until, until, UNTIL, now),
        weekdays,
        named(Label::Type, kinds(config, lang, old), old.map(|old| &old.visit_type)),
        named(Label::Language, languages(config, old), old.map(|old| &old.lang)),
    ]
}

/// Who is invited, when, to whom; or as what this one is changed. What is left as it stood stays as it was.
pub(super) fn read(
    answers: &Answers<'_>,
    config: &Config,
    old: Option<&Invitation>,
    now: Now,
) -> Result<NewInvitation, FieldErrors> {
    let mut errors = Vec::new();
    let names = names(answers, old).map_err(|error| errors.push(error)).unwrap_or_default();
    let company = Company::maybe(answers.text(Label::Company));
    let company =
        company.map_err(|error| errors.push((Label::Company, FieldError::Problem(error)))).ok().flatten();
    let phone = Phone::maybe(answers.text(Label::Phone));
    let phone = phone.map_err(|error| errors.push((Label::Phone, FieldError::Problem(error)))).ok().flatten();
    let emails = emails(answers, names.len(), old);
    let emails = emails.map_err(|error| errors.push((Label::Email, error))).unwrap_or_default();
    let same = old.filter(|_| answers.is_untouched(Label::Host)).map(|old| old.host_id.clone());
    let host = same.map_or_else(|| answers.host().map(|host| host.id), Ok);
    let host = host.map_err(|error| errors.push((Label::Host, error))).ok();
    let from = moment(answers, Label::FirstDay, Label::From, now);
    let until = moment(answers, Label::LastDay, Label::Until, now);
    let from = from.map_err(|error| errors.push(error)).ok();
    let until = until.map_err(|error| errors.push(error)).ok();
    if let (Some(from), Some(until)) = (from, until)
        // A file may say that both are the same moment.
        && (until < from || (until == from && old.is_none()))
    {
        errors.push((Label::Until, FieldError::EndsEarly));
    }
    let (Some(host_id), Some(from), Some(until), true) = (host, from, until, errors.is_empty()) else {
        return Err(errors);
    };
    let days = answers.place(Label::Weekdays).and_then(|days| u8::try_from(days & EVERY_DAY).ok());
    let days = days.unwrap_or_else(|| old.map_or(0, |old| old.days));
    let kind = answers.place(Label::Type).and_then(|at| kinds(config, Lang::EN, old).into_iter().nth(at));
    let lang = answers.place(Label::Language).and_then(|at| languages(config, old).into_iter().nth(at));
    let (kind, lang) = (kind.and_then(|(id, _)| id), lang.and_then(|(lang, _)| lang));
    let visitors = names.into_iter().enumerate().map(|(at, name)| Invitee {
        name,
        company: company.clone(),
        phone: phone.clone(),
        // One for each, or one for all.
        email: emails.get(at).or(emails.first()).cloned(),
        lang,
    });
    Ok(NewInvitation { visitors: visitors.collect(), host_id, from, until, days, party: 0, visit_type: kind })
}

/// The name of the one that is changed, whatever stands in it, or the names of all who are invited.
fn names(answers: &Answers<'_>, old: Option<&Invitation>) -> Result<Vec<PersonName>, (Label, FieldError)> {
    let label = if old.is_some() { Label::Name } else { Label::Names };
    let typed = answers.text(label);
    let names = if old.is_some() { vec![typed.trim()] } else { several(typed) };
    if names.iter().all(|name| name.is_empty()) {
        return Err((label, FieldError::Missing));
    }
    if names.len() > MOST {
        return Err((label, FieldError::TooMany));
    }
    let names: Result<_, _> = names.into_iter().map(PersonName::parse).collect();
    names.map_err(|problem| (label, FieldError::Problem(problem)))
}

/// No address, one for all, or one for each.
fn emails(answers: &Answers<'_>, people: usize, old: Option<&Invitation>) -> Result<Vec<String>, FieldError> {
    let is = old.and_then(|old| old.email.clone()).filter(|_| answers.is_untouched(Label::Email));
    if let Some(is) = is {
        return Ok(vec![is]);
    }
    let emails = several(answers.text(Label::Email));
    let addresses: Option<Vec<_>> = emails.iter().map(|email| MailAddress::parse(email)).collect();
    let Some(emails) = addresses else { return Err(FieldError::NoAddress) };
    // While no name is right, nobody knows how many there are.
    if emails.len() > 1 && people > 0 && emails.len() != people {
        return Err(FieldError::NotEach);
    }
    Ok(emails.into_iter().map(String::from).collect())
}

/// The hour of the day that were chosen.
fn moment(answers: &Answers<'_>, day: Label, hour: Label, now: Now) -> Result<Wall, (Label, FieldError)> {
    let Some(Choice::Day(on)) = answers.chosen(day) else { return Err((day, FieldError::Missing)) };
    let Some(Choice::Hour(time)) = answers.chosen(hour) else { return Err((hour, FieldError::Missing)) };
    Ok(now.zone.at(on.date_naive().and_time(time.time())))
}

/// What stands between commas.
fn several(typed: &str) -> Vec<&str> {
    typed.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).collect()
}
