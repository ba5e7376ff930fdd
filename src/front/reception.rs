//! What reception's pages show, in Slint's words: cards, facts, fields and how things stand.

use super::values::{badge, moment, shown as isolated};
use crate::desk::{
    Action, Card, CardId, Choice, Detail, Fact, FieldError, FieldKind, FieldView, Figure, Heading, Label,
    PlotKind, Section, Tone, Trace, WatchedBy, for_all_actions,
};
use crate::errand::{About, PrinterState, State};
use crate::now::Wall;
use crate::paper::staff::{printer_line, staff_sentence};
use crate::visit::{Asked, Likeness, Problem};
use crate::words::Lang;
use frontdesk_ui as ui;
use slint::{ModelRc, VecModel};

/// Each of `all` as a row that is shown.
pub(super) fn model<T, U: Clone + 'static>(all: &[T], shown: impl Fn(&T) -> U) -> ModelRc<U> {
    ModelRc::new(VecModel::from(all.iter().map(shown).collect::<Vec<U>>()))
}

pub(super) fn printer(state: PrinterState, lang: Lang) -> String {
    match state {
        PrinterState::Trouble(why) => staff_sentence(why, lang),
        PrinterState::NotSeen | PrinterState::Ready { paper_low: true } => printer_line(state, lang),
        PrinterState::Ready { paper_low: false } => String::new(),
    }
}

/// The card that the screen names; none: the part.
pub(super) fn card_of(key: &str) -> Result<Option<CardId>, ()> {
    if key.is_empty() {
        return Ok(None);
    }
    // An action for nothing that can be read is no action for the part.
    key.parse().map(Some).map_err(|problem| tracing::error!("a tap on reception's pages: {problem}"))
}

pub(super) fn card(card: &Card, lang: Lang) -> ui::DeskCard {
    ui::DeskCard {
        key: card.id.to_string().into(),
        title: isolated(&card.title),
        corner: card.corner.as_str().into(),
        has_at: card.at.is_some(),
        at: card.at.map(moment).unwrap_or_default(),
        facts: model(&card.facts, |one| fact(one, lang)),
        tone: match card.tone {
            Tone::Plain => ui::Tone::Plain,
            Tone::Good => ui::Tone::Good,
            Tone::Amber => ui::Tone::Amber,
            Tone::Red => ui::Tone::Red,
        },
        actions: model(&card.actions, |one| action(*one)),
    }
}

/// How something stands, and why in words.
pub(super) fn state(state: State, lang: Lang) -> (ui::BadgeState, String) {
    use crate::desk::BadgeShown;
    use crate::errand::Seen;
    let (shown, why) = match state {
        // Nothing has begun yet.
        State::Queued(None) => return (ui::BadgeState::Waiting, String::new()),
        State::Sending => (BadgeShown::Printing, None),
        State::Queued(Some(why)) => (BadgeShown::Waiting(why), Some(why)),
        State::Done(Seen::Confirmed) => (BadgeShown::Printed, None),
        State::Done(Seen::HandedOver) => (BadgeShown::HandedOver, None),
        State::Failed(why) => (BadgeShown::Failed(why), Some(why)),
        State::Unknown(why) => (BadgeShown::Unknown(why), Some(why)),
    };
    (badge(shown).0, why.map(|why| staff_sentence(why, lang)).unwrap_or_default())
}

pub(super) fn fact(fact: &Fact, lang: Lang) -> ui::Fact {
    let plain = |kind| ui::Fact { kind, ..ui::Fact::default() };
    let said = |kind, text: &str| ui::Fact { a: isolated(text), ..plain(kind) };
    let counted = |kind, n: i64| ui::Fact { n: i32::try_from(n).unwrap_or(i32::MAX), ..plain(kind) };
    let timed = |kind, at: &Wall| ui::Fact { at: moment(*at), ..plain(kind) };
    use ui::FactKind as Kind;
    match fact {
        Fact::Text(text) => said(Kind::Text, text),
        Fact::Goes(from, to, place) => {
            ui::Fact { a: isolated(from), b: isolated(to), c: isolated(place), ..plain(Kind::Goes) }
        }
        Fact::Waits(minutes) => counted(Kind::Waits, *minutes),
        Fact::Asked(who, name, how, at) => {
            let kind = match who {
                Asked::Host => Kind::AskedHost,
                Asked::Deputy => Kind::AskedDeputy,
                Asked::Reception => Kind::AskedReception,
            };
            let (shown, why) = how.map(|how| state(how, lang)).unwrap_or_default();
            ui::Fact { a: isolated(name), b: why.into(), state: shown, ..timed(kind, at) }
        }
        Fact::Came(at) => timed(Kind::Came, at),
        Fact::Left(at, false) => timed(Kind::Left, at),
        Fact::Left(at, true) => timed(Kind::Assumed, at),
        Fact::SaidLeft(at) => timed(Kind::SaidLeft, at),
        Fact::Expected(from, until) => ui::Fact { until: moment(*until), ..timed(Kind::Expected, from) },
        Fact::GoodUntil(at) => timed(Kind::GoodUntil, at),
        Fact::Overstayed(at) => timed(Kind::Overstayed, at),
        Fact::Badge(how) => {
            let (shown, why) = state(*how, lang);
            ui::Fact { b: why.into(), state: shown, ..plain(Kind::Badge) }
        }
        Fact::Letter(about) => counted(Kind::Letter, letter(*about)),
        Fact::Mail(to, why) => ui::Fact { b: staff_sentence(*why, lang).into(), ..said(Kind::Mail, to) },
        Fact::Discreet(text) => said(Kind::Discreet, text),
        Fact::DiscreetInside => plain(Kind::DiscreetInside),
        Fact::NoNote => plain(Kind::NoNote),
        Fact::Alike(of, likeness, listed) => {
            let kind = match of {
                WatchedBy::Name => Kind::AlikeName,
                WatchedBy::Phone => Kind::AlikePhone,
                WatchedBy::Company => Kind::AlikeCompany,
            };
            let m = match likeness {
                Likeness::Same => 0,
                Likeness::SoundsAlike => 1,
                Likeness::AlmostSame => 2,
            };
            ui::Fact { m, ..said(kind, listed) }
        }
        Fact::Reason(text) => said(Kind::Reason, text),
        Fact::Note(text) => said(Kind::Note, text),
        Fact::Pass(text) => said(Kind::Pass, text),
        Fact::Party(count) => counted(Kind::Party, *count as i64),
        Fact::Escort => plain(Kind::Escort),
        Fact::Phone(text) => said(Kind::Phone, text),
        Fact::Email(text) => said(Kind::Email, text),
        Fact::Purpose(text) => said(Kind::Purpose, text),
        Fact::Agreed(version, at, signed) => {
            let kind = if *signed { Kind::Signed } else { Kind::Agreed };
            ui::Fact { at: moment(*at), ..said(kind, version) }
        }
        Fact::Unsigned => plain(Kind::Unsigned),
        Fact::Vouched(by) => said(Kind::Vouched, by),
        Fact::NotInstructed => plain(Kind::NotInstructed),
        Fact::Instructed(version, at) => ui::Fact { at: moment(*at), ..said(Kind::Instructed, version) },
        Fact::Parcels(count, false) => counted(Kind::Parcels, i64::from(*count)),
        Fact::Parcels(count, true) => counted(Kind::ParcelsToSign, i64::from(*count)),
        Fact::Due(at) => timed(Kind::Due, at),
        Fact::Responsible(text) => said(Kind::Responsible, text),
        Fact::Closed(by, at) => ui::Fact { at: moment(*at), ..said(Kind::Closed, by) },
        Fact::Remedy(text) => said(Kind::Remedy, text),
        Fact::SaidOn(at) => timed(Kind::SaidOn, at),
        Fact::Rating(rating) => counted(Kind::Rating, i64::from(*rating)),
        Fact::Trace(of, count) => counted(trace(*of), *count as i64),
        Fact::Stock(count, safety) => ui::Fact {
            m: i32::try_from(*safety).unwrap_or(i32::MAX),
            ..counted(Kind::Stock, count.map_or(-1, i64::from))
        },
        Fact::Used(millimetres) => counted(Kind::Used, i64::from(*millimetres) / 1000),
        Fact::Ticked(by, at) => ui::Fact { at: moment(*at), ..said(Kind::Ticked, by) },
        Fact::NotTicked => plain(Kind::NotTicked),
        Fact::Missed(day) => timed(Kind::Missed, day),
        Fact::Days(days) => counted(Kind::Days, i64::from(*days)),
        Fact::Code(text) => said(Kind::Code, text),
        Fact::Cancelled => plain(Kind::Cancelled),
        Fact::NotCome => plain(Kind::NotCome),
        Fact::Until(Some(at)) => timed(Kind::Until, at),
        Fact::Until(None) => plain(Kind::ForGood),
        Fact::Printer(how) => said(Kind::Printer, &printer(*how, lang)),
        Fact::Mails(count, why) => ui::Fact {
            b: why.map(|why| staff_sentence(why, lang)).unwrap_or_default().into(),
            ..counted(Kind::Mails, *count as i64)
        },
        Fact::Disk(free) => counted(Kind::Disk, i64::from(*free)),
        Fact::StrangeScans(false) => plain(Kind::StrangeScans),
        Fact::StrangeScans(true) => plain(Kind::StrangeSerialScans),
        Fact::Copied(Some(at)) => timed(Kind::Copied, at),
        Fact::Copied(None) => plain(Kind::NeverCopied),
        Fact::NoCopies => plain(Kind::NoCopies),
        Fact::LookedOver(None) => plain(Kind::NeverLookedOver),
        Fact::LookedOver(Some((at, 0))) => timed(Kind::LookedOver, at),
        Fact::LookedOver(Some((_, faults))) => {
            counted(Kind::Faults, i64::try_from(*faults).unwrap_or(i64::MAX))
        }
        Fact::Indexing => plain(Kind::Indexing),
        Fact::Emergency(true) => plain(Kind::Emergency),
        Fact::Emergency(false) => plain(Kind::NoEmergency),
        Fact::Roll(people, drill, at) => {
            let kind = if *drill { Kind::Drill } else { Kind::Roll };
            ui::Fact { at: moment(*at), ..counted(kind, *people as i64) }
        }
        Fact::RollPage(page, pages, how) => {
            let (shown, why) = state(*how, lang);
            let of = i32::try_from(*pages).unwrap_or(i32::MAX);
            ui::Fact { b: why.into(), state: shown, m: of, ..counted(Kind::RollPage, i64::from(*page)) }
        }
        Fact::Accounted(safe, people) => ui::Fact {
            m: i32::try_from(*people).unwrap_or(i32::MAX),
            ..counted(Kind::Accounted, *safe as i64)
        },
        Fact::Ended(at) => timed(Kind::Ended, at),
        Fact::Happened(at, _, _, Detail::Errand(errand, how)) => {
            let kind =
                if *errand == crate::errand::Kind::Letter { Kind::LetterThen } else { Kind::BadgeThen };
            let (shown, why) = state(*how, lang);
            ui::Fact { b: why.into(), state: shown, ..timed(kind, at) }
        }
        Fact::Happened(at, what, by, more) => {
            ui::Fact { b: isolated(by), at: moment(*at), ..detail(more, said(Kind::Happened, what)) }
        }
    }
}

/// As the words count them.
fn letter(about: About) -> i64 {
    match about {
        About::Arrival | About::CameBack => 0,
        About::MayCome(_) => 1,
        About::NoBadge(_) | About::BadgeUnknown(_) => 2,
        About::Parcels { .. } => 3,
        About::Case => 4,
        About::Invited { .. } => 5,
        About::Roll { .. } => 6,
        About::Supply => 7,
        About::Seal => 8,
        About::NoBackup(_) => 9,
        About::Damaged => 10,
    }
}

/// What was corrected, each its own bit; `DeskWords` names them in the same order.
const CORRECTED: [Label; 8] = [
    Label::Name,
    Label::Company,
    Label::Phone,
    Label::Host,
    Label::Purpose,
    Label::Note,
    Label::HowLong,
    Label::Type,
];

fn detail(more: &Detail, happened: ui::Fact) -> ui::Fact {
    match more {
        // An errand has words of its own.
        Detail::None | Detail::Errand(..) => happened,
        Detail::Text(text) => ui::Fact { c: isolated(text), ..happened },
        Detail::Fields(labels) => {
            let bits = CORRECTED.iter().zip(0..).filter(|(label, _)| labels.contains(label));
            ui::Fact { n: bits.map(|(_, at)| 1 << at).sum(), ..happened }
        }
        Detail::Pass { number, back } => ui::Fact { c: number.into(), m: i32::from(*back), ..happened },
        Detail::Marked(safe) => ui::Fact { m: safe.map_or(0, |safe| if safe { 1 } else { 2 }), ..happened },
    }
}

fn trace(of: Trace) -> ui::FactKind {
    use ui::FactKind as Kind;
    match of {
        Trace::Here => Kind::TraceHere,
        Trace::Visits => Kind::TraceVisits,
        Trace::Invitations => Kind::TraceInvitations,
        Trace::Words => Kind::TraceWords,
        Trace::Remembered => Kind::TraceRemembered,
        Trace::Lessons => Kind::TraceLessons,
        Trace::Papers => Kind::TracePapers,
        Trace::Photos => Kind::TracePhotos,
        Trace::Signatures => Kind::TraceSignatures,
        Trace::OpenCases => Kind::TraceOpenCases,
        Trace::Watched => Kind::TraceWatched,
        Trace::Nameless => Kind::TraceNameless,
        Trace::OtherNumbers => Kind::TraceOtherNumbers,
        Trace::OtherNames => Kind::TraceOtherNames,
    }
}

pub(super) fn field(field: &FieldView) -> ui::DeskField {
    let (slip, n) = slip(field.error);
    ui::DeskField {
        label: label(field.label),
        kind: match field.kind {
            FieldKind::Name => ui::FieldKind::Name,
            FieldKind::Text => ui::FieldKind::Text,
            FieldKind::Latin => ui::FieldKind::Latin,
            FieldKind::Digits => ui::FieldKind::Digits,
            FieldKind::Host => ui::FieldKind::Host,
            FieldKind::Choice => ui::FieldKind::Choice,
            FieldKind::Weekdays => ui::FieldKind::Weekdays,
        },
        text: field.text.as_str().into(),
        limit: field.limit as i32,
        choices: model(&field.choices, choice),
        chosen: field.chosen as i32,
        slip,
        n,
    }
}

fn choice(choice: &Choice) -> ui::DeskChoice {
    let plain = |kind| ui::DeskChoice { kind, ..ui::DeskChoice::default() };
    match choice {
        Choice::Text(text) => ui::DeskChoice { text: text.into(), ..plain(ui::ChoiceKind::Text) },
        Choice::Day(at) => ui::DeskChoice { at: moment(*at), ..plain(ui::ChoiceKind::Day) },
        Choice::Hour(at) => ui::DeskChoice { at: moment(*at), ..plain(ui::ChoiceKind::Hour) },
        Choice::When(at) => ui::DeskChoice { at: moment(*at), ..plain(ui::ChoiceKind::When) },
        Choice::Number(n) => {
            ui::DeskChoice { n: i32::try_from(*n).unwrap_or(i32::MAX), ..plain(ui::ChoiceKind::Number) }
        }
        Choice::Always => plain(ui::ChoiceKind::Always),
    }
}

pub(super) fn slip(slip: Option<FieldError>) -> (ui::DeskSlip, i32) {
    let slip = match slip {
        None => ui::DeskSlip::None,
        Some(FieldError::Problem(Problem::NameMissing)) => ui::DeskSlip::NameMissing,
        Some(FieldError::Problem(Problem::NameTooLong)) => ui::DeskSlip::NameTooLong,
        Some(FieldError::Problem(Problem::NameNotAName)) => ui::DeskSlip::NameNoLetter,
        Some(FieldError::Problem(Problem::CompanyMissing)) => ui::DeskSlip::CompanyMissing,
        Some(FieldError::Problem(Problem::CompanyTooLong)) => ui::DeskSlip::CompanyTooLong,
        Some(FieldError::Problem(Problem::PhoneMissing)) => ui::DeskSlip::PhoneMissing,
        Some(FieldError::Problem(Problem::PhoneShort(missing))) => {
            return (ui::DeskSlip::PhoneShort, i32::from(missing));
        }
        Some(FieldError::Problem(Problem::PhoneTooLong(more))) => {
            return (ui::DeskSlip::PhoneTooLong, i32::from(more));
        }
        Some(FieldError::Problem(Problem::PhoneNotANumber)) => ui::DeskSlip::PhoneNotANumber,
        Some(
            FieldError::Missing
            | FieldError::Problem(Problem::LastFourNeeded | Problem::CodeShort(_) | Problem::CodeWrong),
        ) => ui::DeskSlip::Missing,
        Some(FieldError::NoHost) => ui::DeskSlip::NoHost,
        Some(FieldError::SeveralHosts) => ui::DeskSlip::SeveralHosts,
        Some(FieldError::NoAddress) => ui::DeskSlip::NoAddress,
        Some(FieldError::EndsEarly) => ui::DeskSlip::EndsEarly,
        Some(FieldError::Lent) => ui::DeskSlip::Lent,
        Some(FieldError::NoPass) => ui::DeskSlip::NoPass,
        Some(FieldError::NoNumber) => ui::DeskSlip::NoNumber,
        Some(FieldError::TooMany) => ui::DeskSlip::TooMany,
        Some(FieldError::NotEach) => ui::DeskSlip::NotEach,
    };
    (slip, 0)
}

/// The same word on both sides.
macro_rules! same_words {
    ($to:ident, $back:ident, $ours:ident, $($word:ident),+ $(,)?) => {
        pub(super) fn $to(value: $ours) -> ui::$ours {
            match value { $($ours::$word => ui::$ours::$word),+ }
        }
        same_words!(@ $back, $ours, $($word),+);
    };
    (@ none, $ours:ident, $($word:ident),+) => {};
    (@ $back:ident, $ours:ident, $($word:ident),+) => {
        pub(super) fn $back(value: ui::$ours) -> $ours {
            match value { $(ui::$ours::$word => $ours::$word),+ }
        }
    };
}

same_words!(
    section,
    section_of,
    Section,
    Board,
    Invitations,
    Words,
    Room,
    History,
    Roll,
    Watch,
    Numbers,
    Machine
);
same_words!(figure, none, Figure, Visits, NoShows, Assumed, ToBadge, ToAnswer, Satisfaction, Complaints);
same_words!(plot_kind, none, PlotKind, Days, Hours, Types, Departments, Hosts, Faces);
same_words!(
    heading,
    none,
    Heading,
    Hand,
    Here,
    Expected,
    Left,
    Later,
    Parcels,
    Cases,
    Closed,
    Words,
    Supplies,
    Checks,
    Missed,
    Found,
    Unaccounted,
    Safe,
    Pages,
    Rolls,
    Watched,
    Machine,
);
same_words!(
    label, none, Label, Name, Names, Company, Phone, Host, Purpose, Email, Word, Reason, Note, Pass, Done,
    FirstDay, LastDay, From, Until, Weekdays, Language, Stock, Type, Party, HowLong, File,
);
macro_rules! same_actions {
    ($($file:ident :: $name:ident $what:literal,)+) => {
        pub(super) fn action(value: Action) -> ui::Action {
            match value { $(Action::$name => ui::Action::$name),+ }
        }
        pub(super) fn action_of(value: ui::Action) -> Action {
            match value { $(ui::Action::$name => Action::$name),+ }
        }
    };
}
// The list of actions says which words there are.
for_all_actions!(same_actions);
