//! Registered: the badge and the host, as they stand.

use super::{Ears, show_ending};
use crate::desk::{Event, Registration, Session, ThanksView};
use crate::errand::Badge;
use crate::front::values::{self, gray_picture, moment, shown};
use crate::paper::badge::Presses;
use frontdesk_ui as ui;
use slint::{ComponentHandle, Image};

/// The picture of the badge, which is laid out only once.
pub(super) struct Picture {
    presses: Presses,
    of: Option<Badge>,
}

impl Picture {
    pub fn new(presses: Presses) -> Self {
        Self { presses, of: None }
    }

    /// The next badge is drawn again.
    pub fn forget(&mut self) {
        self.of = None;
    }

    /// The bitmap that is printed, unless it is the one that was drawn last; empty where it cannot be laid out.
    fn draw(&mut self, badge: &Badge) -> Option<Image> {
        if self.of.as_ref() == Some(badge) {
            return None;
        }
        self.of = Some(badge.clone());
        let bitmap = self.presses.lay_out(badge);
        Some(bitmap.map(|map| gray_picture(map.width, map.height, &map.gray())).unwrap_or_default())
    }
}

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Thanks>();
    page.on_done(ears.plain(Event::Session(Session::Done)));
    page.on_came_out(ears.of(|it| Event::Registration(Registration::CameOut(it))));
}

pub(super) fn show(window: &ui::Kiosk, thanks: &ThanksView, picture: &mut Picture) {
    let page = window.global::<ui::Thanks>();
    let (badge_state, badge_trouble) = values::badge(thanks.badge_state);
    page.set_view(ui::ThanksView {
        badge: picture.draw(&thanks.badge).unwrap_or_else(|| page.get_view().badge),
        badge_state,
        badge_trouble,
        host_state: values::host(thanks.host_state),
        told: shown(values::told(&thanks.told, &thanks.host)),
        name: shown(&thanks.name),
        number: thanks.badge.number.to_string().into(),
        badge_number: thanks.badge_number.as_str().into(),
        badges_out: thanks.badges.0 as i32,
        badges: thanks.badges.1 as i32,
        badges_unseen: thanks.badges_unseen,
        late_code: thanks.late_code.as_str().into(),
        registered: moment(thanks.registered),
        host: shown(&thanks.host),
        place: shown(&thanks.place),
        way: shown(&thanks.way),
        escort: thanks.escort,
    });
    show_ending(window, thanks.seconds_left);
}

/// A badge is held only while its page is shown.
pub(super) fn forget(window: &ui::Kiosk, picture: &mut Picture) {
    if picture.of.take().is_some() {
        window.global::<ui::Thanks>().set_view(ui::ThanksView::default());
    }
}
