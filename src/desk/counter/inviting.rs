//! The forms for invitations and for the watch list: what is asked, and what is made of the answers.

use super::board::midnight;
use super::forms::{Answers, Slips, choice, field};
use super::{Choice, FieldKind, FieldView, Label, Slip};
use crate::book::{Invitee, NewInvitation, NewWatched};
use crate::config::Config;
use crate::now::{Now, Wall, wall_from_millis};
use crate::visit::{Company, Host, Invitation, PersonName, Phone};
use crate::words::Lang;
use chrono::{Duration, NaiveTime, TimeZone};

/// So many days ahead somebody may be invited.
const DAYS: i64 = 120;
/// From and until when visits are offered to begin and to end, in hours of the day.
const HOURS: std::ops::RangeInclusive<u32> = 6..=22;
/// Where invitations begin and end that nobody changes, as places in [`HOURS`].
const FROM: usize = 3;
const UNTIL: usize = 12;
/// For how many days somebody may stay on the watch list; then for good.
const WATCHED_DAYS: [i64; 4] = [7, 30, 90, 365];
/// Once; every working day; every day; then each day alone.
const WEEKDAYS: [u8; 10] = [0, 31, 127, 1, 2, 4, 8, 16, 32, 64];
/// So many people may be invited at one time.
const MOST: usize = 50;

fn at(day: &Wall, hour: u32) -> Wall {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    day.offset().from_local_datetime(&day.date_naive().and_time(time)).single().unwrap_or(*day)
}

fn days(now: Now) -> Vec<Choice> {
    let today = midnight(&now.wall);
    (0..DAYS).map(|day| Choice::Day(today + Duration::days(day))).collect()
}

fn hours(now: Now) -> Vec<Choice> {
    HOURS.map(|hour| Choice::Hour(at(&now.wall, hour))).collect()
}

/// A new invitation, or one that is changed.
pub(super) fn invite_fields(
    changed: Option<(&Invitation, &Host)>,
    config: &Config,
    lang: Lang,
    now: Now,
) -> Vec<FieldView> {
    let texts = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let old = changed.map(|(invitation, _)| invitation);
    let host = changed.map(|(_, host)| host.name.get(lang));
    let times = old.map(|old| [old.from, old.until].map(|millis| wall_from_millis(millis, &now.wall)));
    let today = midnight(&now.wall);
    let day_at = |wall: &Wall| usize::try_from((midnight(wall) - today).num_days()).unwrap_or(0);
    let hour_at = |wall: &Wall| {
        use chrono::Timelike;
        let hour = wall.hour().clamp(*HOURS.start(), *HOURS.end());
        usize::try_from(hour - HOURS.start()).unwrap_or(FROM)
    };
    let (first, last) = times.as_ref().map_or((0, 0), |[from, until]| (day_at(from), day_at(until)));
    let (from, until) = times.as_ref().map_or((FROM, UNTIL), |[from, until]| (hour_at(from), hour_at(until)));
    let weekdays = old.and_then(|old| WEEKDAYS.iter().position(|days| *days == old.days)).unwrap_or(0);
    let types = std::iter::once(Choice::Text("–".to_owned()))
        .chain(config.visit_types.iter().map(|kind| Choice::Text(kind.kind.name.get(lang).to_owned())))
        .collect();
    let kind = old.and_then(|old| old.visit_type.as_ref());
    let kind = kind.and_then(|id| config.visit_types.iter().position(|kind| kind.kind.id == *id));
    let languages = config.languages.iter().map(|language| Choice::Text(language.name.clone())).collect();
    let spoken = old.and_then(|old| old.lang);
    let spoken = spoken.and_then(|lang| config.languages.iter().position(|known| known.code == lang));
    let name = match old {
        Some(old) => field(Label::Name, FieldKind::Name, old.visitor.as_str(), PersonName::MAX as u32),
        None => field(Label::Names, FieldKind::Name, "", 400),
    };
    let company = texts(old.and_then(|old| old.company.as_ref()).map(Company::as_str));
    let phone = texts(old.and_then(|old| old.phone.as_ref()).map(Phone::as_str));
    vec![
        name,
        field(Label::Company, FieldKind::Text, &company, Company::MAX as u32),
        field(Label::Phone, FieldKind::Digits, &phone, 24),
        field(Label::Email, FieldKind::Latin, &texts(old.and_then(|old| old.email.as_deref())), 120),
        field(Label::Host, FieldKind::Host, &texts(host), 40),
        choice(Label::FirstDay, days(now), first),
        choice(Label::LastDay, days(now), last),
        choice(Label::From, hours(now), from),
        choice(Label::Until, hours(now), until),
        choice(Label::Weekdays, WEEKDAYS.iter().map(|days| Choice::Weekdays(*days)).collect(), weekdays),
        choice(Label::Type, types, kind.map_or(0, |at| at + 1)),
        choice(Label::Language, languages, spoken.unwrap_or(0)),
    ]
}

pub(super) fn watch_fields(now: Now) -> Vec<FieldView> {
    let today = midnight(&now.wall);
    let until = WATCHED_DAYS.iter().map(|days| Choice::Day(today + Duration::days(*days)));
    vec![
        field(Label::Name, FieldKind::Name, "", PersonName::MAX as u32),
        field(Label::Phone, FieldKind::Digits, "", 24),
        field(Label::Company, FieldKind::Text, "", Company::MAX as u32),
        field(Label::Note, FieldKind::Text, "", 80),
        field(Label::Reason, FieldKind::Text, "", 200),
        choice(Label::HowLong, std::iter::once(Choice::Always).chain(until).collect(), 0),
    ]
}

impl Answers<'_> {
    /// Who is to be watched for; something of them must be known.
    pub fn watched(&self) -> Result<NewWatched, Slips> {
        let text = |label| self.text(label).trim().to_owned();
        let until = match self.chosen(Label::HowLong) {
            Some(Choice::Day(day)) => Some(*day + Duration::days(1) - Duration::minutes(1)),
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
        let known = [&new.name, &new.phone, &new.company].iter().any(|part| !part.is_empty());
        if known { Ok(new) } else { Err(self.slips(&[(Label::Name, Slip::Missing)])) }
    }

    /// Who is invited, when, to whom.
    pub fn invited(&self, config: &Config) -> Result<NewInvitation, Slips> {
        let mut slips = Vec::new();
        let label = if self.has(Label::Names) { Label::Names } else { Label::Name };
        let names = self.text(label).split([',', '，', '、', ';', '；', '\n']);
        let names = names.map(str::trim).filter(|name| !name.is_empty()).take(MOST);
        let names: Result<Vec<PersonName>, _> = names.map(PersonName::parse).collect();
        let names = names.map_err(|slip| slips.push((label, Slip::Problem(slip)))).unwrap_or_default();
        if names.is_empty() && slips.is_empty() {
            slips.push((label, Slip::Missing));
        }
        let company = Company::maybe(self.text(Label::Company));
        let company =
            company.map_err(|slip| slips.push((Label::Company, Slip::Problem(slip)))).ok().flatten();
        let phone = Phone::maybe(self.text(Label::Phone));
        let phone = phone.map_err(|slip| slips.push((Label::Phone, Slip::Problem(slip)))).ok().flatten();
        let email = Some(self.text(Label::Email).trim().to_owned()).filter(|email| !email.is_empty());
        if email.as_ref().is_some_and(|email| email.parse::<lettre::Address>().is_err()) {
            slips.push((Label::Email, Slip::NoAddress));
        }
        let host = self.host().map_err(|slip| slips.push((Label::Host, slip))).ok();
        let (from, until) =
            (self.moment(Label::FirstDay, Label::From), self.moment(Label::LastDay, Label::Until));
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            slips.push((Label::Until, Slip::EndsEarly));
        }
        let (Some(host), Some(from), Some(until), true) = (host, from, until, slips.is_empty()) else {
            return Err(self.slips(&slips));
        };
        let days = match self.chosen(Label::Weekdays) {
            Some(Choice::Weekdays(days)) => *days,
            _ => 0,
        };
        let kind = self.place(Label::Type).and_then(|at| at.checked_sub(1));
        let lang = self.place(Label::Language).and_then(|at| config.languages.get(at));
        let lang = lang.map(|language| language.code);
        let visitors = names.into_iter().map(|name| Invitee {
            name,
            company: company.clone(),
            phone: phone.clone(),
            email: email.clone(),
            lang,
        });
        Ok(NewInvitation {
            visitors: visitors.collect(),
            host_id: host.id,
            from,
            until,
            days,
            party: 0,
            visit_type: kind.and_then(|at| config.visit_types.get(at)).map(|kind| kind.kind.id.clone()),
        })
    }

    /// The hour of the day that were chosen.
    fn moment(&self, day: Label, hour: Label) -> Option<Wall> {
        use chrono::Timelike;
        match (self.chosen(day), self.chosen(hour)) {
            (Some(Choice::Day(day)), Some(Choice::Hour(hour))) => Some(at(day, hour.hour())),
            _ => None,
        }
    }
}

/// The invitation as it is changed.
pub(super) fn changed(old: Invitation, new: NewInvitation) -> Option<Invitation> {
    let visitor = new.visitors.into_iter().next()?;
    Some(Invitation {
        visitor: visitor.name,
        company: visitor.company,
        phone: visitor.phone,
        email: visitor.email,
        lang: visitor.lang,
        host_id: new.host_id,
        from: new.from.timestamp_millis(),
        until: new.until.timestamp_millis(),
        days: new.days,
        visit_type: new.visit_type,
        ..old
    })
}
