//! The desk's values in the words of the pages' language: Slint's enums, structs and models.

use crate::desk::{AskedShown, BadgeShown, Found, HostRow, HostShown, How, LookupError, PageView, ToldShown};
use crate::errand::{PrinterState, Trouble};
use crate::notice::{Block, Notice};
use crate::now::Wall;
use crate::visit::{Asked, Problem};
use crate::words::isolated;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use frontdesk_ui as ui;
use slint::{Image, Model, ModelRc, Rgba8Pixel, SharedPixelBuffer, SharedString, VecModel};

/// What people typed, as it stands on a page: not for a field, nor for what comes back as a key.
pub(super) fn shown(value: &str) -> SharedString {
    isolated(value).as_ref().into()
}

pub(super) fn moment(wall: Wall) -> ui::Moment {
    ui::Moment {
        year: wall.year(),
        month: wall.month() as i32,
        day: wall.day() as i32,
        weekday: wall.weekday().num_days_from_monday() as i32,
        hour: wall.hour() as i32,
        minute: wall.minute() as i32,
    }
}

fn moment_of(day: NaiveDate, hour: i32, minute: i32) -> ui::Moment {
    ui::Moment {
        year: day.year(),
        month: day.month() as i32,
        day: day.day() as i32,
        weekday: day.weekday().num_days_from_monday() as i32,
        hour,
        minute,
    }
}

/// Such as `08:30 – 12:00 · 13:30 – 18:00`; empty on a closed day.
pub(super) fn hours(hours: &[(NaiveTime, NaiveTime)]) -> String {
    let time = |time: &NaiveTime| match time.minute() {
        // The end of the day; nothing else has seconds.
        59 if time.second() == 59 => "24:00".to_owned(),
        _ => time.format("%H:%M").to_string(),
    };
    let spans: Vec<String> =
        hours.iter().map(|(from, until)| format!("{} – {}", time(from), time(until))).collect();
    spans.join(" · ")
}

/// These rows: as the model that is shown already where it has the same ones, so that nothing is drawn again.
pub(super) fn rows<T: Clone + PartialEq + 'static>(
    shown: &ModelRc<T>,
    rows: impl IntoIterator<Item = T>,
) -> ModelRc<T> {
    let rows: Vec<T> = rows.into_iter().collect();
    let same = shown.row_count() == rows.len() && shown.iter().eq(rows.iter().cloned());
    if same { shown.clone() } else { ModelRc::new(VecModel::from(rows)) }
}

/// A picture of gray pixels, as the screen draws it.
pub(super) fn gray_picture(width: u32, height: u32, gray: &[u8]) -> Image {
    let mut buffer = SharedPixelBuffer::<Rgba8Pixel>::new(width, height);
    for (pixel, gray) in buffer.make_mut_slice().iter_mut().zip(gray) {
        *pixel = Rgba8Pixel { r: *gray, g: *gray, b: *gray, a: 255 };
    }
    Image::from_rgba8(buffer)
}

/// Whole days.
pub(super) fn days(days: &[(NaiveDate, NaiveDate)]) -> ModelRc<ui::Span> {
    let span = |(first, last): &(NaiveDate, NaiveDate)| ui::Span {
        from: moment_of(*first, 0, 0),
        until: moment_of(*last, 23, 59),
    };
    let spans: Vec<ui::Span> = days.iter().map(span).collect();
    ModelRc::new(VecModel::from(spans))
}

pub(super) fn page(page: &PageView) -> ui::Page {
    match page {
        PageView::Welcome => ui::Page::Welcome,
        PageView::Search(search) => match search.how {
            How::Scan => ui::Page::Invitation,
            How::Code => ui::Page::Code,
            How::Name => ui::Page::Person,
        },
        PageView::Choose(_) => ui::Page::Choose,
        PageView::Confirm(_) => ui::Page::Confirm,
        PageView::Types(_) => ui::Page::Types,
        PageView::Details(_) => ui::Page::Details,
        PageView::Members(_) => ui::Page::Members,
        PageView::Induction(_) => ui::Page::Lesson,
        PageView::Question(_) => ui::Page::Question,
        PageView::Photo(_) => ui::Page::Photo,
        PageView::Host(_) => ui::Page::Host,
        PageView::Purpose(_) => ui::Page::Purpose,
        PageView::Parcels(_) => ui::Page::Parcels,
        PageView::Delivered(_) => ui::Page::Delivered,
        PageView::Waiting(_) => ui::Page::Waiting,
        PageView::Refused(_) => ui::Page::Refused,
        PageView::Agree(_) => ui::Page::Agree,
        PageView::Thanks(_) => ui::Page::Thanks,
        PageView::Declined => ui::Page::Declined,
        PageView::Leave(_) => ui::Page::Leave,
        PageView::Left(_) => ui::Page::Left,
        PageView::Return(_) => ui::Page::Return,
        PageView::Back { .. } => ui::Page::Back,
        PageView::Feedback { .. } => ui::Page::Word,
        PageView::FeedbackKept { .. } => ui::Page::Heard,
        PageView::Reception => ui::Page::Reception,
        PageView::Privacy(_) => ui::Page::Privacy,
        PageView::RollCall(_) => ui::Page::RollCall,
        PageView::Pin(_) => ui::Page::Pin,
        PageView::ReceptionPages(_) => ui::Page::Counter,
        PageView::Broken => ui::Page::Broken,
    }
}

/// How far along the visitor is, and how many steps there are; 0 where there is no way to go.
pub(super) fn step(page: &PageView) -> (i32, i32) {
    match page {
        PageView::Search(search) if search.leaving => (0, 4),
        PageView::Search(_) | PageView::Choose(_) | PageView::Confirm(_) => (1, 4),
        PageView::Details(details) => (2, if details.walk_in { 5 } else { 4 }),
        PageView::Members(members) => (2, if members.walk_in { 5 } else { 4 }),
        PageView::Induction(agree) | PageView::Agree(agree) => {
            if agree.walk_in {
                (4, 5)
            } else {
                (3, 4)
            }
        }
        PageView::Photo(photo) => {
            if photo.walk_in {
                (4, 5)
            } else {
                (3, 4)
            }
        }
        PageView::Question(question) => {
            if question.walk_in {
                (4, 5)
            } else {
                (3, 4)
            }
        }
        PageView::Types(_) => (1, 5),
        PageView::Host(host) if host.recipient => (1, 3),
        PageView::Parcels(_) => (2, 3),
        PageView::Host(_) | PageView::Purpose(_) => (3, 5),
        PageView::Welcome
        | PageView::Thanks(_)
        | PageView::Waiting(_)
        | PageView::Delivered(_)
        | PageView::Refused(_)
        | PageView::Declined
        | PageView::Leave(_)
        | PageView::Left(_)
        | PageView::Return(_)
        | PageView::Back { .. }
        | PageView::Feedback { .. }
        | PageView::FeedbackKept { .. }
        | PageView::Reception
        | PageView::Privacy(_)
        | PageView::RollCall(_)
        | PageView::Pin(_)
        | PageView::ReceptionPages(_)
        | PageView::Broken => (0, 4),
    }
}

pub(super) fn printer(state: PrinterState) -> ui::Trouble {
    match state {
        PrinterState::NotSeen | PrinterState::Ready { paper_low: false } => ui::Trouble::None,
        PrinterState::Ready { paper_low: true } => ui::Trouble::PaperLow,
        PrinterState::Trouble(what) => trouble(what),
    }
}

pub(super) fn trouble(trouble: Trouble) -> ui::Trouble {
    match trouble {
        Trouble::PaperOut => ui::Trouble::PaperOut,
        Trouble::CoverOpen => ui::Trouble::CoverOpen,
        Trouble::Offline => ui::Trouble::Offline,
        Trouble::Unplugged => ui::Trouble::Unplugged,
        Trouble::PrinterError => ui::Trouble::PrinterError,
        Trouble::Mute => ui::Trouble::Mute,
        Trouble::NoAccess => ui::Trouble::NoAccess,
        Trouble::Busy => ui::Trouble::Busy,
        Trouble::MissingGlyph(_) => ui::Trouble::MissingGlyph,
        Trouble::BadTemplate => ui::Trouble::BadTemplate,
        Trouble::FolderUnwritable | Trouble::DiskFull => ui::Trouble::Folder,
        Trouble::Interrupted => ui::Trouble::Interrupted,
        Trouble::Late => ui::Trouble::Late,
        Trouble::MailUnreachable
        | Trouble::MailLater
        | Trouble::MailRefused
        | Trouble::MailLogin
        | Trouble::MailTls
        | Trouble::BadLetter
        | Trouble::CopyFailed
        | Trouble::ExportFailed => ui::Trouble::None,
    }
}

pub(super) fn miss(miss: Option<LookupError>) -> ui::Miss {
    match miss {
        None => ui::Miss::None,
        Some(LookupError::Unreadable) => ui::Miss::Unreadable,
        Some(LookupError::Strange) => ui::Miss::Strange,
        Some(LookupError::Unknown) => ui::Miss::Unknown,
        Some(LookupError::NoMatch) => ui::Miss::NoMatch,
        Some(LookupError::CodeShort(_)) => ui::Miss::CodeShort,
        Some(LookupError::CodeWrong) => ui::Miss::CodeWrong,
        Some(LookupError::NameMissing) => ui::Miss::NameMissing,
        Some(LookupError::LastFour) => ui::Miss::LastFour,
        Some(LookupError::Several) => ui::Miss::Several,
        Some(LookupError::ScanBadge) => ui::Miss::ScanBadge,
        Some(LookupError::Paused) => ui::Miss::Paused,
        Some(LookupError::Cancelled) => ui::Miss::Cancelled,
        Some(LookupError::Expired) => ui::Miss::Expired,
        Some(LookupError::NotYet(_)) => ui::Miss::NotYet,
        Some(LookupError::Used(_)) => ui::Miss::Used,
        Some(LookupError::GroupGone) => ui::Miss::GroupGone,
        Some(LookupError::NotOffered) => ui::Miss::NotOffered,
        Some(LookupError::NumberAlone) => ui::Miss::NumberAlone,
        Some(LookupError::VoidBadge) => ui::Miss::VoidBadge,
        Some(LookupError::Left(_)) => ui::Miss::Left,
        Some(LookupError::Assumed(_)) => ui::Miss::Assumed,
        Some(LookupError::LetIn(..)) => ui::Miss::LetIn,
    }
}

/// A slip, and how many digits it says are missing or too many.
pub(super) fn slip(problem: Option<Problem>) -> (ui::Slip, i32) {
    let slip = match problem {
        None => ui::Slip::None,
        Some(Problem::NameMissing) => ui::Slip::NameMissing,
        Some(Problem::NameTooLong) => ui::Slip::NameTooLong,
        Some(Problem::NameNotAName) => ui::Slip::NameNoLetter,
        Some(Problem::CompanyMissing) => ui::Slip::CompanyMissing,
        Some(Problem::CompanyTooLong) => ui::Slip::CompanyTooLong,
        Some(Problem::PhoneMissing) => ui::Slip::PhoneMissing,
        Some(Problem::PhoneShort(missing)) => return (ui::Slip::PhoneShort, i32::from(missing)),
        Some(Problem::PhoneTooLong(more)) => return (ui::Slip::PhoneTooLong, i32::from(more)),
        Some(Problem::PhoneNotANumber) => ui::Slip::PhoneNotANumber,
        // These belong to the look-up and never stand under a field of the details.
        Some(Problem::LastFourNeeded | Problem::CodeShort(_) | Problem::CodeWrong) => ui::Slip::None,
    };
    (slip, 0)
}

pub(super) fn found(found: &Found) -> ui::Found {
    ui::Found {
        key: found.id.as_str().into(),
        visitor: shown(&found.visitor),
        company: shown(&found.company),
        host: shown(&found.host),
        department: shown(&found.department),
        from: moment(found.from),
        until: moment(found.until),
        joins: found.joins,
        waits: found.waits,
        whole: found.whole,
        brings: found.brings,
        here: found.here,
    }
}

pub(super) fn host_row(row: &HostRow) -> ui::HostRow {
    let (kind, key, text, more) = match row {
        HostRow::Department(name) => (ui::HostKind::Department, name, name.as_str(), String::new()),
        HostRow::Anybody { id, department } => {
            (ui::HostKind::Anybody, id, department.as_str(), String::new())
        }
        HostRow::Host { id, name, department, place, last } => {
            let more = [department, place].map(|part| isolated(part));
            let more: Vec<_> = more.into_iter().filter(|part| !part.is_empty()).collect();
            let kind = if *last { ui::HostKind::Last } else { ui::HostKind::Host };
            (kind, id, name.as_str(), more.join(" · "))
        }
    };
    ui::HostRow { kind, key: key.into(), text: shown(text), more: more.into() }
}

pub(super) fn asked(asked: &AskedShown) -> ui::AskedShown {
    ui::AskedShown {
        who: match asked.who {
            Asked::Host => ui::Asked::Host,
            Asked::Deputy => ui::Asked::Deputy,
            Asked::Reception => ui::Asked::Reception,
        },
        name: shown(&asked.name),
        state: host(asked.state),
        since: moment(asked.since),
        passed: asked.passed,
    }
}

pub(super) fn blocks(notice: &Notice) -> impl Iterator<Item = ui::Block> {
    notice.blocks.iter().map(|block| match block {
        Block::Heading(text) => ui::Block { kind: ui::BlockKind::Heading, text: text.into() },
        Block::Text(text) => ui::Block { kind: ui::BlockKind::Text, text: text.into() },
        Block::Item(text) => ui::Block { kind: ui::BlockKind::Item, text: text.into() },
    })
}

pub(super) fn badge(state: BadgeShown) -> (ui::BadgeState, ui::Trouble) {
    match state {
        BadgeShown::Printing => (ui::BadgeState::Printing, ui::Trouble::None),
        BadgeShown::Printed => (ui::BadgeState::Printed, ui::Trouble::None),
        BadgeShown::HandedOver => (ui::BadgeState::HandedOver, ui::Trouble::None),
        BadgeShown::Waiting(why) => (ui::BadgeState::Waiting, trouble(why)),
        BadgeShown::Failed(why) => (ui::BadgeState::Failed, trouble(why)),
        BadgeShown::Unknown(why) => (ui::BadgeState::Unknown, trouble(why)),
    }
}

pub(super) fn host(state: HostShown) -> ui::HostState {
    match state {
        HostShown::Sending => ui::HostState::Sending,
        HostShown::Sent => ui::HostState::Sent,
        HostShown::Waiting => ui::HostState::Waiting,
        HostShown::Failed => ui::HostState::Failed,
        HostShown::Nobody => ui::HostState::Nobody,
    }
}

/// Whom a mail goes to, by name; empty: to reception.
pub(super) fn told<'a>(told: &'a ToldShown, host: &'a str) -> &'a str {
    match told {
        ToldShown::Host => host,
        ToldShown::Colleague(name) => name,
        ToldShown::Reception => "",
    }
}
