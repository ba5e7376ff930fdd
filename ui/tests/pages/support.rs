//! A kiosk window without a display: every page in every state worth seeing, with short and longest values.
//! Stands in for the front: it types what the keyboard sends. Decides nothing.

use crate::desk;
use frontdesk_ui::*;
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions};
use slint::platform::WindowEvent;
use slint::{
    ComponentHandle, Image, Model, ModelRc, PhysicalSize, Rgb8Pixel, SharedPixelBuffer, SharedString,
    VecModel,
};

/// What stands in the fields and lines of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// As on most days.
    Short,
    /// As long as the book takes them, in words.
    Longest,
    /// As long as the book takes them, in the widest letters, without a blank.
    Latin,
    /// The same in Chinese, without a mark at which a line may end.
    Han,
}

impl Values {
    /// A value that is at most `most` characters long.
    pub fn pick(self, short: &str, long: &str, most: usize) -> SharedString {
        match self {
            Values::Short => short.into(),
            Values::Longest => long.into(),
            Values::Latin => "W".repeat(most).into(),
            Values::Han => "鑫".repeat(most).into(),
        }
    }

    pub fn is_long(self) -> bool {
        self != Values::Short
    }
}

/// Sets one field of what a page is told or holds.
macro_rules! put {
    ($of:expr, view.$field:ident = $value:expr) => {
        put!($of, get_view, set_view, $field, $value)
    };
    ($of:expr, typed.$field:ident = $value:expr) => {
        put!($of, get_typed, set_typed, $field, $value)
    };
    ($of:expr, chosen.$field:ident = $value:expr) => {
        put!($of, get_chosen, set_chosen, $field, $value)
    };
    ($of:expr, devices.$field:ident = $value:expr) => {
        put!($of, get_devices, set_devices, $field, $value)
    };
    ($of:expr, said.$field:ident = $value:expr) => {
        put!($of, get_said, set_said, $field, $value)
    };
    ($of:expr, numbers.$field:ident = $value:expr) => {
        put!($of, get_numbers, set_numbers, $field, $value)
    };
    ($of:expr, card.$field:ident = $value:expr) => {
        put!($of, get_card, set_card, $field, $value)
    };
    ($of:expr, form.$field:ident = $value:expr) => {
        put!($of, get_form, set_form, $field, $value)
    };
    ($of:expr, hosts.$field:ident = $value:expr) => {
        put!($of, get_hosts, set_hosts, $field, $value)
    };
    ($of:expr, $get:ident, $set:ident, $field:ident, $value:expr) => {{
        let of = &$of;
        let mut told = of.$get();
        told.$field = $value;
        of.$set(told);
    }};
}
pub(crate) use put;

/// A page in one of its states.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    pub name: &'static str,
    pub page: Page,
    pub show: fn(&Kiosk),
}

pub fn nothing(_: &Kiosk) {}

pub fn emergency(kiosk: &Kiosk) {
    let english = kiosk.global::<Frame>().get_language() == "en";
    let notice = if english {
        "Emergency: leave by the nearest exit now, and report to your host at the assembly point."
    } else {
        "紧急情况：请立即从最近的出口离开，到集合点向接待人报到。"
    };
    kiosk.global::<Frame>().set_emergency(notice.into());
}

/// Visitors' pages, in each shape that lays out differently.
pub const SCENES: &[Scene] = &[
    Scene { name: "welcome", page: Page::Welcome, show: nothing },
    Scene {
        name: "welcome-trouble",
        page: Page::Welcome,
        show: |k| k.global::<Frame>().set_trouble(Trouble::MissingGlyph),
    },
    Scene { name: "welcome-closed", page: Page::Welcome, show: |k| k.global::<Frame>().set_closed(true) },
    Scene {
        name: "welcome-no-delivery",
        page: Page::Welcome,
        show: |k| k.global::<Welcome>().set_parcels("".into()),
    },
    Scene { name: "welcome-emergency", page: Page::Welcome, show: emergency },
    Scene {
        name: "details-emergency",
        page: Page::Details,
        show: |k| {
            emergency(k);
            focus(k, 2);
        },
    },
    Scene { name: "thanks-emergency", page: Page::Thanks, show: emergency },
    Scene { name: "invitation", page: Page::Invitation, show: nothing },
    Scene {
        name: "invitation-miss",
        page: Page::Invitation,
        show: |k| put!(k.global::<Invitation>(), view.miss = Miss::Unreadable),
    },
    Scene {
        name: "invitation-strange",
        page: Page::Invitation,
        show: |k| put!(k.global::<Invitation>(), view.miss = Miss::Strange),
    },
    Scene {
        name: "code",
        page: Page::Code,
        show: |k| put!(k.global::<Invitation>(), typed.code = "7K3MXY".into()),
    },
    Scene {
        name: "code-miss",
        page: Page::Code,
        show: |k| {
            put!(k.global::<Invitation>(), typed.code = "7K3".into());
            put!(k.global::<Invitation>(), view.miss = Miss::Expired);
        },
    },
    Scene {
        name: "invitation-assumed",
        page: Page::Invitation,
        show: |k| put!(k.global::<Invitation>(), view.miss = Miss::Assumed),
    },
    Scene {
        name: "person-several",
        page: Page::Person,
        show: |k| {
            put!(k.global::<Invitation>(), view.leaving = true);
            put!(k.global::<Invitation>(), view.miss = Miss::Several);
        },
    },
    Scene { name: "person", page: Page::Person, show: nothing },
    Scene {
        name: "person-miss",
        page: Page::Person,
        show: |k| {
            put!(k.global::<Invitation>(), view.miss = Miss::Paused);
            put!(k.global::<Invitation>(), view.pause_seconds = 300);
            tab(k);
        },
    },
    Scene { name: "choose", page: Page::Choose, show: nothing },
    Scene { name: "confirm", page: Page::Confirm, show: nothing },
    Scene { name: "details", page: Page::Details, show: nothing },
    Scene {
        name: "details-remember",
        page: Page::Details,
        show: |k| put!(k.global::<Details>(), chosen.remember = true),
    },
    Scene {
        name: "details-known",
        page: Page::Details,
        show: |k| put!(k.global::<Details>(), view.recalled = true),
    },
    Scene { name: "details-slips", page: Page::Details, show: slips },
    Scene { name: "details-typing", page: Page::Details, show: |k| focus(k, 0) },
    Scene { name: "details-typing-company", page: Page::Details, show: |k| focus(k, 1) },
    Scene {
        name: "details-typing-phone",
        page: Page::Details,
        show: |k| {
            slips(k);
            focus(k, 2);
        },
    },
    Scene {
        name: "details-signs",
        page: Page::Details,
        show: |k| {
            focus(k, 0);
            k.global::<Keyboard>().set_signs(true);
        },
    },
    Scene {
        name: "details-composing",
        page: Page::Details,
        show: |k| {
            focus(k, 0);
            compose(k, &["欧阳修明", "欧阳秀明", "欧阳", "欧"]);
        },
    },
    Scene {
        name: "details-candidates",
        page: Page::Details,
        show: |k| {
            focus(k, 0);
            compose(k, &["欧阳修明", "欧阳秀明", "欧阳", "欧"]);
            k.global::<Keyboard>().set_rows(model([
                row(&["欧", "偶", "藕", "呕", "鸥", "殴"]),
                row(&["讴", "沤", "瓯", "怄"]),
                row(&["熰", "㒖"]),
            ]));
            k.global::<Keyboard>().set_after(true);
            k.global::<Keyboard>().set_open(true);
        },
    },
    Scene {
        name: "details-english",
        page: Page::Details,
        show: |k| {
            focus(k, 0);
            k.global::<Keyboard>().set_chinese(false);
            k.global::<Keyboard>().set_bar(row(&["é", "è", "ê", "ë", "ē"]).row);
        },
    },
    Scene {
        name: "details-interview",
        page: Page::Details,
        show: |k| put!(k.global::<Details>(), view.asks_company = false),
    },
    Scene {
        name: "details-others",
        page: Page::Details,
        show: |k| {
            let details = k.global::<Details>();
            put!(details, view.asks_party = false);
            put!(details, view.others = Others::Asked);
        },
    },
    Scene { name: "types", page: Page::Types, show: nothing },
    Scene { name: "host", page: Page::Host, show: nothing },
    Scene { name: "host-typing", page: Page::Host, show: |k| focus(k, 0) },
    Scene {
        name: "host-nobody",
        page: Page::Host,
        show: |k| {
            k.global::<WalkIn>().set_rows(ModelRc::default());
            focus(k, 0);
        },
    },
    Scene {
        name: "host-department",
        page: Page::Host,
        show: |k| {
            let walk_in = k.global::<WalkIn>();
            put!(walk_in, view.department = k.global::<Details>().get_view().department);
            let text = walk_in.get_view().department;
            let anybody = HostRow { kind: HostKind::Anybody, text, ..HostRow::default() };
            walk_in.set_rows(model([anybody]));
        },
    },
    Scene {
        name: "host-typed-department",
        page: Page::Host,
        show: |k| {
            let walk_in = k.global::<WalkIn>();
            put!(walk_in, view.asks = true);
            put!(walk_in, view.recipient = true);
            let row = |kind| HostRow {
                kind,
                text: k.global::<Details>().get_view().department,
                ..HostRow::default()
            };
            let host = walk_in.get_rows().row_data(0).unwrap();
            walk_in.set_rows(model([row(HostKind::Anybody), row(HostKind::Department), host]));
            focus(k, 0);
        },
    },
    Scene { name: "purpose", page: Page::Purpose, show: nothing },
    Scene { name: "purpose-typing", page: Page::Purpose, show: |k| focus(k, 0) },
    Scene { name: "waiting", page: Page::Waiting, show: nothing },
    Scene {
        name: "waiting-nobody",
        page: Page::Waiting,
        show: |k| {
            put!(k.global::<Waiting>(), view.speak = true);
            put!(k.global::<Waiting>(), view.asked = ModelRc::default());
        },
    },
    Scene {
        name: "waiting-group",
        page: Page::Waiting,
        show: |k| put!(k.global::<Waiting>(), view.late_code = "7K3MXY".into()),
    },
    Scene {
        name: "waiting-speak",
        page: Page::Waiting,
        show: |k| put!(k.global::<Waiting>(), view.speak = true),
    },
    Scene { name: "parcels", page: Page::Parcels, show: nothing },
    Scene { name: "parcels-typing", page: Page::Parcels, show: |k| focus(k, 0) },
    Scene { name: "delivered", page: Page::Delivered, show: nothing },
    Scene {
        name: "delivered-sign",
        page: Page::Delivered,
        show: |k| {
            put!(k.global::<Delivery>(), view.to_sign = true);
            put!(k.global::<Delivery>(), view.host_state = HostState::Nobody);
        },
    },
    Scene { name: "refused", page: Page::Refused, show: nothing },
    Scene { name: "members", page: Page::Members, show: nothing },
    Scene { name: "members-typing", page: Page::Members, show: |k| focus(k, 0) },
    Scene {
        name: "members-slip",
        page: Page::Members,
        show: |k| {
            put!(k.global::<Group>(), view.slip = Slip::NameNoLetter);
            focus(k, 0);
        },
    },
    Scene {
        name: "confirm-group",
        page: Page::Confirm,
        show: |k| {
            let invitation = k.global::<Invitation>();
            let found = invitation.get_view().found.row_data(0).unwrap();
            put!(invitation, view.found = model([Found { joins: true, ..found }]));
        },
    },
    Scene {
        name: "confirm-group-waits",
        page: Page::Confirm,
        show: |k| {
            let invitation = k.global::<Invitation>();
            let found = invitation.get_view().found.row_data(0).unwrap();
            put!(invitation, view.found = model([Found { joins: true, waits: true, ..found }]));
        },
    },
    Scene { name: "lesson", page: Page::Lesson, show: nothing },
    Scene {
        name: "lesson-others",
        page: Page::Lesson,
        show: |k| put!(k.global::<Safety>(), view.others = 49),
    },
    Scene { name: "agree-others", page: Page::Agree, show: |k| put!(k.global::<Agree>(), view.others = 49) },
    Scene {
        name: "confirm-again",
        page: Page::Confirm,
        show: |k| {
            let invitation = k.global::<Invitation>();
            let found = invitation.get_view().found.row_data(0).unwrap();
            put!(invitation, view.found = model([Found { here: true, whole: false, ..found }]));
        },
    },
    Scene {
        name: "thanks-escort",
        page: Page::Thanks,
        show: |k| put!(k.global::<Thanks>(), view.escort = true),
    },
    Scene {
        name: "details-remember-without-number",
        page: Page::Details,
        show: |k| {
            put!(k.global::<Details>(), chosen.remember = true);
            put!(k.global::<Details>(), typed.phone = "".into());
        },
    },
    Scene { name: "question", page: Page::Question, show: nothing },
    Scene {
        name: "question-wrong",
        page: Page::Question,
        show: |k| put!(k.global::<Safety>(), view.wrong = true),
    },
    Scene {
        name: "photo",
        page: Page::Photo,
        show: |k| put!(k.global::<Photo>(), view.state = PhotoState::Asked),
    },
    Scene {
        name: "photo-counting",
        page: Page::Photo,
        show: |k| put!(k.global::<Photo>(), view.state = PhotoState::Counting),
    },
    Scene {
        name: "photo-taken",
        page: Page::Photo,
        show: |k| {
            put!(k.global::<Photo>(), view.state = PhotoState::Taken);
            put!(k.global::<Photo>(), view.picture = picture());
        },
    },
    Scene {
        name: "photo-failed",
        page: Page::Photo,
        show: |k| put!(k.global::<Photo>(), view.state = PhotoState::Failed),
    },
    Scene { name: "agree", page: Page::Agree, show: nothing },
    Scene {
        name: "agree-was-signed",
        page: Page::Agree,
        show: |k| put!(k.global::<Agree>(), view.was_signed = true),
    },
    Scene {
        name: "agree-sign",
        page: Page::Agree,
        show: |k| {
            put!(k.global::<Agree>(), view.signs = true);
            put!(
                k.global::<Agree>(),
                typed.signature = "M200 300Q400 900 600 400Q800 -100 1000 700L1400 600".into()
            );
        },
    },
    Scene {
        name: "agree-unsigned",
        page: Page::Agree,
        show: |k| {
            put!(k.global::<Agree>(), view.signs = true);
            put!(k.global::<Agree>(), view.unsigned = true);
        },
    },
    Scene {
        name: "agree-busy",
        page: Page::Agree,
        show: |k| {
            put!(k.global::<Agree>(), view.busy = true);
            k.global::<Frame>().set_trouble(Trouble::PaperOut);
        },
    },
    Scene {
        name: "thanks-in-their-place",
        page: Page::Thanks,
        show: |k| {
            put!(k.global::<Thanks>(), view.host_state = HostState::Sent);
            put!(k.global::<Thanks>(), view.told = "".into());
        },
    },
    Scene {
        name: "thanks-printing",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::Printing, HostState::Sending),
    },
    Scene {
        name: "thanks-printed",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::Printed, HostState::Sent),
    },
    Scene {
        name: "thanks-handed-over",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::HandedOver, HostState::Waiting),
    },
    Scene {
        name: "thanks-waiting",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::Waiting, HostState::Failed),
    },
    Scene {
        name: "thanks-failed",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::Failed, HostState::Nobody),
    },
    Scene {
        name: "thanks-unknown",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::Unknown, HostState::Sent),
    },
    Scene {
        name: "thanks-asked",
        page: Page::Thanks,
        show: |k| badge(k, BadgeState::Asked, HostState::Sent),
    },
    Scene {
        name: "thanks-group",
        page: Page::Thanks,
        show: |k| {
            badge(k, BadgeState::Printing, HostState::Sent);
            put!(k.global::<Thanks>(), view.badges = 50);
            put!(k.global::<Thanks>(), view.late_code = "A7K3M9".into());
        },
    },
    Scene { name: "declined", page: Page::Declined, show: nothing },
    Scene { name: "leave", page: Page::Leave, show: nothing },
    Scene { name: "leave-group", page: Page::Leave, show: |k| put!(k.global::<Leave>(), view.others = 49) },
    Scene {
        name: "leave-returns",
        page: Page::Leave,
        show: |k| put!(k.global::<Leave>(), view.returns = true),
    },
    Scene {
        name: "leave-waits",
        page: Page::Leave,
        show: |k| {
            put!(k.global::<Leave>(), view.others = 49);
            put!(k.global::<Leave>(), view.waits = true);
        },
    },
    Scene {
        name: "leave-by-number",
        page: Page::Leave,
        show: |k| put!(k.global::<Leave>(), view.by_number = true),
    },
    Scene {
        name: "leave-doubted",
        page: Page::Leave,
        show: |k| {
            put!(k.global::<Leave>(), view.doubted = true);
            put!(k.global::<Leave>(), view.others = 49);
        },
    },
    Scene {
        name: "leaving-number-alone",
        page: Page::Code,
        show: |k| {
            put!(k.global::<Invitation>(), view.leaving = true);
            put!(k.global::<Invitation>(), view.miss = Miss::NumberAlone);
        },
    },
    Scene {
        name: "left-returns",
        page: Page::Left,
        show: |k| put!(k.global::<Leave>(), view.returns = true),
    },
    Scene {
        name: "leaving",
        page: Page::Invitation,
        show: |k| put!(k.global::<Invitation>(), view.leaving = true),
    },
    Scene {
        name: "leaving-number",
        page: Page::Code,
        show: |k| {
            put!(k.global::<Invitation>(), view.leaving = true);
            put!(k.global::<Invitation>(), view.miss = Miss::Unknown);
        },
    },
    Scene {
        name: "leaving-name",
        page: Page::Person,
        show: |k| put!(k.global::<Invitation>(), view.leaving = true),
    },
    Scene { name: "left", page: Page::Left, show: nothing },
    Scene { name: "return", page: Page::Return, show: nothing },
    Scene { name: "back", page: Page::Back, show: nothing },
    Scene { name: "word", page: Page::Word, show: nothing },
    Scene {
        name: "word-typing",
        page: Page::Word,
        show: |k| {
            put!(k.global::<Feedback>(), view.complaint = true);
            focus(k, 0);
        },
    },
    Scene {
        name: "heard",
        page: Page::Heard,
        show: |k| put!(k.global::<Feedback>(), view.number = "".into()),
    },
    Scene {
        name: "heard-case",
        page: Page::Heard,
        show: |k| {
            put!(k.global::<Feedback>(), view.number = "C17".into());
            put!(k.global::<Feedback>(), view.state = HostState::Failed);
        },
    },
    Scene {
        name: "invitation-left",
        page: Page::Invitation,
        show: |k| put!(k.global::<Invitation>(), view.miss = Miss::Left),
    },
    Scene { name: "reception", page: Page::Reception, show: nothing },
    Scene {
        name: "reception-hours",
        page: Page::Reception,
        show: |k| put!(k.global::<Reception>(), view.has_hours = true),
    },
    Scene {
        name: "reception-closed",
        page: Page::Reception,
        show: |k| {
            let reception = k.global::<Reception>();
            put!(reception, view.has_hours = true);
            put!(reception, view.today = "".into());
            put!(reception, view.closed = ModelRc::default());
        },
    },
    Scene { name: "privacy", page: Page::Privacy, show: nothing },
    Scene { name: "broken", page: Page::Broken, show: nothing },
    Scene { name: "still-there", page: Page::Details, show: |k| k.global::<Frame>().set_still_there(20) },
];

/// Every page there is, the visitors' and reception's.
pub fn scenes() -> impl Iterator<Item = &'static Scene> {
    SCENES.iter().chain(desk::SCENES)
}

/// The sizes named in SCREENS.md, and one as square as screens come.
pub const SIZES: &[(u32, u32)] =
    &[(1080, 1920), (800, 1280), (1280, 800), (2160, 3840), (1920, 1080), (1024, 768)];

/// The language that is not spoken, at the foot of a page in Chinese and of one in English.
pub const OTHERS: (&str, &str) = ("English", "中文");
/// What stands at the foot of every page of visitors, in English and in Chinese.
const FOOT: [(&str, &str); 6] = [
    ("Large text", "大字"),
    ("High contrast", "高对比"),
    ("Low reach", "低位操作"),
    (OTHERS.1, OTHERS.0),
    ("Privacy", "隐私说明"),
    ("Reception", "前台"),
];

/// What can be reached on a page at any time. Reception's pages have no foot: who works there chose the switches on the
/// PIN's page, and finds the languages at the side.
pub fn foot(page: Page, language: &str) -> Vec<&'static str> {
    let named = FOOT.map(|(english, chinese)| if language == "zh" { chinese } else { english });
    let helps = match page {
        Page::Counter => 0,
        // The desk behind it is broken: it can tell nothing.
        Page::Broken => 4,
        _ => 6,
    };
    named[..helps].to_vec()
}

fn slips(k: &Kiosk) {
    let details = k.global::<Details>();
    put!(details, view.name_slip = Slip::NameMissing);
    put!(details, view.company_slip = Slip::CompanyTooLong);
    put!(details, view.phone_slip = Slip::PhoneShort);
    put!(details, view.phone_digits = 4);
}

fn badge(k: &Kiosk, badge: BadgeState, host: HostState) {
    let thanks = k.global::<Thanks>();
    put!(thanks, view.badge_state = badge);
    put!(thanks, view.host_state = host);
    put!(
        thanks,
        view.badge_trouble = match badge {
            BadgeState::Waiting => Trouble::PaperOut,
            BadgeState::Failed => Trouble::MissingGlyph,
            BadgeState::Unknown => Trouble::Interrupted,
            _ => Trouble::None,
        }
    );
}

pub fn model<T: Clone + 'static, const N: usize>(rows: [T; N]) -> ModelRc<T> {
    ModelRc::new(VecModel::from(rows.to_vec()))
}

/// Moves the focus to the next field, as the Tab key does.
pub fn tab(kiosk: &Kiosk) {
    key(kiosk, "\t");
}

/// Offers as the front sends them: as wide as their text.
fn row(texts: &[&str]) -> Offers {
    let offer = |(index, text): (usize, &&str)| Offer {
        text: (*text).into(),
        index: index as i32,
        ems: 1.0 + text.chars().count() as f32,
        size: 1.0,
    };
    let row: Vec<_> = texts.iter().enumerate().map(offer).collect();
    Offers { row: ModelRc::new(VecModel::from(row)) }
}

fn compose(kiosk: &Kiosk, offers: &[&str]) {
    let keyboard = kiosk.global::<Keyboard>();
    keyboard.set_composition("ou'yang'xiu'ming".into());
    keyboard.set_bar(row(offers).row);
    keyboard.set_more(true);
}

pub fn focus(kiosk: &Kiosk, field: usize) {
    for _ in 0..=field {
        tab(kiosk);
    }
}

/// A key of a real keyboard, or the text that the front sends for an on-screen key.
pub fn key(kiosk: &Kiosk, text: &str) {
    dispatch(kiosk, text);
    settle();
}

fn dispatch(kiosk: &Kiosk, text: &str) {
    let text = SharedString::from(text);
    kiosk.window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
    kiosk.window().dispatch_event(WindowEvent::KeyReleased { text });
}

/// Lets everything run that was put off to the next turn of the event loop.
pub fn settle() {
    for _ in 0..4 {
        i_slint_backend_testing::mock_elapsed_time(std::time::Duration::from_millis(20));
    }
}

/// A visitor's pace: what has just come takes no touch yet.
pub fn rest() {
    settle();
    i_slint_backend_testing::mock_elapsed_time(std::time::Duration::from_millis(500));
}

/// A badge of the printer's width, ruled so that a picture shows where it ends.
fn picture() -> Image {
    thread_local!(static DRAWN: Image = draw());
    DRAWN.with(Image::clone)
}

fn draw() -> Image {
    let (width, height) = (576, 800);
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(width, height);
    for (at, pixel) in pixels.make_mut_slice().iter_mut().enumerate() {
        let (x, y) = (at as u32 % width, at as u32 / width);
        let black = y < 110 || (x > 300 && y > 400 && (x / 20 + y / 20) % 2 == 0 && x < 540 && y < 640);
        *pixel = if black { Rgb8Pixel::new(0, 0, 0) } else { Rgb8Pixel::new(255, 255, 255) };
    }
    Image::from_rgb8(pixels)
}

/// Opens a window with the platform of this thread.
pub fn open((width, height): (u32, u32), language: &str) -> Kiosk {
    let options =
        TestingBackendOptions { mock_time: true, threading: false, renderer_name: Some("software".into()) };
    // A second window on the same thread finds the platform already there.
    let _ = slint::platform::set_platform(Box::new(TestingBackend::new(options)));
    let kiosk = Kiosk::new().expect("the window opens");
    speak(&kiosk, language);
    kiosk.window().set_size(PhysicalSize::new(width, height));
    kiosk.show().expect("the window shows");
    let typing = kiosk.as_weak();
    kiosk.global::<Keyboard>().on_press(move |text| {
        if let Some(kiosk) = typing.upgrade() {
            dispatch(&kiosk, &text);
        }
    });
    let erasing = kiosk.as_weak();
    kiosk.global::<Keyboard>().on_erase(move |_| {
        if let Some(kiosk) = erasing.upgrade() {
            dispatch(&kiosk, "\u{8}");
        }
    });
    settle();
    kiosk
}

pub fn speak(kiosk: &Kiosk, language: &str) {
    slint::select_bundled_translation(if language == "zh" { "zh" } else { "" })
        .expect("the language is bundled");
    kiosk.global::<Frame>().set_language(language.into());
}

/// Brings the window into a scene from whatever it showed before.
pub fn show(kiosk: &Kiosk, scene: &Scene, values: Values) {
    let frame = kiosk.global::<Frame>();
    // Over a page with little on it, so that the next one begins anew.
    frame.set_page(if scene.page == Page::Back { Page::Welcome } else { Page::Back });
    frame.set_trouble(Trouble::None);
    frame.set_emergency("".into());
    frame.set_closed(false);
    frame.set_still_there(0);
    frame.set_step(match scene.page {
        Page::Invitation | Page::Code | Page::Person | Page::Choose => 1,
        Page::Confirm => 2,
        Page::Details | Page::Types | Page::Host | Page::Purpose => 3,
        Page::Agree => 4,
        _ => 0,
    });
    kiosk.global::<Keyboard>().set_composition("".into());
    kiosk.global::<Keyboard>().set_bar(ModelRc::default());
    kiosk.global::<Keyboard>().set_rows(ModelRc::default());
    kiosk.global::<Keyboard>().set_more(false);
    kiosk.global::<Keyboard>().set_after(false);
    kiosk.global::<Keyboard>().set_chinese(true);
    let agree = kiosk.global::<Agree>();
    put!(agree, view.busy = false);
    put!(agree, view.signs = false);
    put!(agree, typed.signature = "".into());
    put!(agree, view.unsigned = false);
    put!(agree, view.others = 0);
    put!(kiosk.global::<Safety>(), view.others = 0);
    put!(kiosk.global::<Thanks>(), view.escort = false);
    put!(kiosk.global::<Group>(), view.slip = Slip::None);
    put!(kiosk.global::<Safety>(), view.wrong = false);
    put!(kiosk.global::<Leave>(), view.others = 0);
    put!(kiosk.global::<Leave>(), view.waits = false);
    put!(kiosk.global::<Leave>(), view.returns = false);
    put!(kiosk.global::<Leave>(), view.by_number = false);
    put!(kiosk.global::<Leave>(), view.doubted = false);
    put!(kiosk.global::<Thanks>(), view.badges = 1);
    put!(kiosk.global::<Thanks>(), view.late_code = "".into());
    put!(agree, view.was_signed = false);
    let details = kiosk.global::<Details>();
    put!(details, view.remember_months = 12);
    put!(details, chosen.remember = false);
    put!(details, view.recalled = false);
    put!(details, view.name_slip = Slip::None);
    put!(details, view.company_slip = Slip::None);
    put!(details, view.phone_slip = Slip::None);
    put!(details, view.asks_company = true);
    put!(details, view.asks_party = true);
    put!(details, view.others = Others::No);
    put!(kiosk.global::<Waiting>(), view.speak = false);
    put!(kiosk.global::<Waiting>(), view.late_code = "".into());
    put!(kiosk.global::<Delivery>(), view.to_sign = false);
    put!(kiosk.global::<Delivery>(), view.host_state = HostState::Sent);
    put!(kiosk.global::<WalkIn>(), view.department = "".into());
    put!(kiosk.global::<WalkIn>(), view.asks = false);
    put!(kiosk.global::<WalkIn>(), view.recipient = false);
    put!(kiosk.global::<Reception>(), view.has_hours = false);
    put!(kiosk.global::<Invitation>(), view.miss = Miss::None);
    put!(kiosk.global::<Invitation>(), view.leaving = false);
    fill(kiosk, values);
    desk::fill(kiosk, values);
    settle();
    frame.set_page(scene.page);
    settle();
    (scene.show)(kiosk);
    settle();
}

fn blocks(values: Values) -> ModelRc<Block> {
    let chinese = [
        (BlockKind::Heading, "来访须知"),
        (BlockKind::Item, "请全程佩戴访客证，离开时签出归还。"),
        (BlockKind::Item, "未经许可请勿拍照、录像。"),
        (BlockKind::Item, "参观生产区须由接待人陪同并穿戴防护用品。"),
        (BlockKind::Heading, "个人信息告知"),
        (
            BlockKind::Text,
            "我们收集您的姓名、单位与手机号，仅用于访客安全管理，保存 30 天后自动删除。您可向前台申请查阅、更正或提前删除。",
        ),
    ];
    let english = "We keep your name, company and phone number for the safety of this site, for 30 days, and then delete them. \
        You may ask reception at any time to show, correct or delete what is kept about you.";
    let block = |(kind, text)| Block { kind, text: values.pick(text, text, 80) };
    let mut all: Vec<Block> = chinese.map(block).to_vec();
    if values == Values::Longest {
        for _ in 0..8 {
            all.push(Block {
                kind: BlockKind::Heading,
                text: "Personal data and how to have it corrected or deleted".into(),
            });
            all.push(Block { kind: BlockKind::Text, text: english.into() });
            all.push(Block { kind: BlockKind::Item, text: english.into() });
        }
    }
    ModelRc::new(VecModel::from(all))
}

/// The values of visitors' pages.
pub fn fill(kiosk: &Kiosk, values: Values) {
    let longest = values.is_long();
    let pick = |short: &str, long: &str| values.pick(short, long, 80);
    // Digits, and what is filled in only then.
    let plain = |short: &str, long: &str| SharedString::from(if longest { long } else { short });
    let filled = |value: &SharedString| if longest { value.clone() } else { SharedString::default() };
    let name = values.pick(
        "欧阳修明",
        &"阿卜杜热西提·买买提伊明".repeat(6).chars().take(60).collect::<String>(),
        60,
    );
    let company = pick(
        "云栖新能源（杭州）有限公司",
        &"上海国际新能源汽车零部件股份".repeat(6).chars().take(80).collect::<String>(),
    );
    let host = values.pick(
        "李晓云",
        &"Maximiliane Hohenlohe-Langenburg · ".repeat(2).chars().take(60).collect::<String>(),
        60,
    );
    let department =
        pick("品质部", "International Quality Assurance and Regulatory Affairs Department (Asia-Pacific)");
    let place = pick(
        "三楼 302 会议室",
        "Building 12, third floor, conference room “Zhangjiang Hi-Tech Park” 3021-B (north wing)",
    );
    let way = pick(
        "电梯出门右转",
        "Take the second lift on the left, then turn right and follow the green line to the very end",
    );
    let long_type =
        "Inspection by an authority, an insurer or an accredited certification body 公务检查".to_owned();
    let frame = kiosk.global::<Frame>();
    frame.set_company(pick(
        "华越科技 Huayue",
        "Huayue International Science and Technology (Hangzhou) Co., Ltd. 华越国际科技（杭州）有限公司",
    ));
    frame.set_now(Moment { year: 2026, month: 11, day: 23, weekday: 0, hour: 9, minute: 41 });

    let details = kiosk.global::<Details>();
    put!(details, typed.name = name.clone());
    put!(details, typed.company = company.clone());
    put!(details, typed.phone = plain("13800138000", "+8613800138000138000"));
    put!(details, chosen.party = if longest { 49 } else { 2 });
    put!(details, view.host = host.clone());
    put!(details, view.department = department.clone());

    let invitation = kiosk.global::<Invitation>();
    put!(invitation, typed.code = "".into());
    put!(invitation, typed.name = filled(&name));
    put!(invitation, typed.last_four = plain("", "8000"));
    let from = Moment { year: 2026, month: 11, day: 23, weekday: 0, hour: 9, minute: 30 };
    let until =
        Moment { year: 2026, month: if longest { 12 } else { 11 }, day: 23, weekday: 2, hour: 18, minute: 0 };
    let found = Found {
        key: "1".into(),
        visitor: if longest { name.clone() } else { "欧**明".into() },
        company: company.clone(),
        host: host.clone(),
        department: department.clone(),
        from: from.clone(),
        until,
        joins: false,
        waits: false,
        whole: longest,
        brings: true,
        here: false,
    };
    put!(invitation, view.found = ModelRc::new(VecModel::from(vec![found; if longest { 9 } else { 2 }])));

    let walk_in = kiosk.global::<WalkIn>();
    let types = ["客户", "供应商", "面试", "施工维修", "公务检查", "送货", "私人"];
    let types: Vec<Choice> = types
        .iter()
        .map(|text| Choice { key: (*text).into(), text: values.pick(text, &long_type, 40) })
        .collect();
    put!(walk_in, view.types = ModelRc::new(VecModel::from(types)));
    let row = HostRow {
        kind: HostKind::Host,
        key: "1".into(),
        text: host.clone(),
        more: slint::format!("{} · {}", department, place),
    };
    walk_in.set_rows(ModelRc::new(VecModel::from(vec![row; if longest { 30 } else { 3 }])));
    put!(walk_in, typed.asked = values.pick("", "maximiliane hohenlohe langenburg", 40));
    put!(walk_in, typed.purpose = filled(&company));
    let purposes = ["商务洽谈", "参观", "验货"].map(|text| pick(text, &long_type));
    put!(walk_in, view.purposes = model(purposes));
    kiosk.global::<Welcome>().set_parcels(values.pick("送货", &long_type, 40));
    let waiting = kiosk.global::<Waiting>();
    put!(waiting, view.name = name.clone());
    put!(waiting, view.host = host.clone());
    let asked = |who, state| AskedShown {
        who,
        name: host.clone(),
        state,
        since: from.clone(),
        passed: who != Asked::Reception,
    };
    let asked = [
        asked(Asked::Host, HostState::Sent),
        asked(Asked::Deputy, HostState::Failed),
        asked(Asked::Reception, HostState::Waiting),
    ];
    put!(waiting, view.asked = ModelRc::new(VecModel::from(asked[..if longest { 3 } else { 1 }].to_vec())));
    put!(waiting, view.word = values.pick("", &long_type, 200));
    let leave = kiosk.global::<Leave>();
    put!(leave, view.name = name.clone());
    put!(leave, view.host = host.clone());
    let feedback = kiosk.global::<Feedback>();
    let sentence = "等了一个小时，没有人来接待。I waited for an hour and nobody came to see me. ";
    put!(
        feedback,
        typed.words = values.pick("", &sentence.repeat(8).chars().take(400).collect::<String>(), 400)
    );
    put!(feedback, view.complaint = longest);
    let delivery = kiosk.global::<Delivery>();
    put!(delivery, view.told = host.clone());
    put!(delivery, view.host = host.clone());
    put!(delivery, view.department = department.clone());
    put!(delivery, typed.carrier = filled(&company));
    put!(delivery, chosen.parcels = if longest { 99 } else { 1 });

    let group = kiosk.global::<Group>();
    put!(group, view.names = ModelRc::new(VecModel::from(vec![filled(&name); if longest { 49 } else { 3 }])));
    put!(group, typed.name = filled(&name));
    let safety = kiosk.global::<Safety>();
    put!(safety, view.blocks = blocks(values));
    let question = "听到警报时，您应该怎么做？ What do you do when the alarm sounds in the workshop? ";
    put!(safety, view.question = pick("听到警报时，您应该怎么做？", &question.repeat(2)));
    put!(
        safety,
        view.answers =
            model([pick("把手上的活做完再走", &question.repeat(2)), pick("立即停止作业", question),])
    );
    put!(safety, view.why = pick("警报响起就停工撤离。", &question.repeat(4)));
    put!(kiosk.global::<Agree>(), view.blocks = blocks(values));
    put!(kiosk.global::<Agree>(), view.name = name.clone());
    put!(kiosk.global::<Privacy>(), view.blocks = blocks(values));

    let thanks = kiosk.global::<Thanks>();
    put!(thanks, view.name = name);
    put!(thanks, view.badge = picture());
    put!(thanks, view.told = host.clone());
    put!(thanks, view.host = host);
    put!(thanks, view.place = place.clone());
    put!(thanks, view.way = way);
    thanks.set_wifi_name(values.pick("Huayue-Guest", "Huayue-International-Guests-5GHz", 32));
    thanks.set_wifi_password(values.pick(
        "welcome2026",
        "correct-horse-battery-staple-2026-correct-horse-battery-staple-x",
        63,
    ));
    let reception = kiosk.global::<Reception>();
    reception.set_place(if longest { place.clone() } else { "一楼大堂，入口右侧".into() });
    reception.set_phone(plain("0571-8800 1234", "+86 571 8800 1234 ext. 56789"));
    let hours = "08:30 – 12:00 · 13:30 – 18:00";
    put!(
        reception,
        view.today = plain(hours, "06:00 – 08:30 · 09:00 – 12:00 · 13:30 – 18:00 · 19:30 – 24:00")
    );
    let closed = |month, last| Span {
        from: Moment { year: 2027, month, day: 1, weekday: 4, hour: 0, minute: 0 },
        until: Moment { year: 2027, month, day: last, weekday: 4, hour: 23, minute: 59 },
    };
    put!(reception, view.closed = model([closed(1, 1), closed(10, 7)]));
}

/// Writes what the window shows.
pub fn paint(kiosk: &Kiosk, file: &std::path::Path) {
    let shot = kiosk.window().take_snapshot().expect("the window can be painted");
    image::save_buffer(file, shot.as_bytes(), shot.width(), shot.height(), image::ExtendedColorType::Rgba8)
        .expect("the picture is written");
}
