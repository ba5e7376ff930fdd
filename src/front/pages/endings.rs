//! What is read beside the journey: where reception is, and the notice.

use super::Ears;
use crate::desk::{AgreeView, Event, Hours, Session, Tap};
use crate::front::values::{self, rows};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Reception>();
    page.on_done(ears.plain(Event::Session(Session::CloseAside)));
    page.on_staff(ears.plain(Event::Reception(Tap::Open)));
    ears.window.global::<ui::Privacy>().on_done(ears.plain(Event::Session(Session::CloseAside)));
}

pub(super) fn show_privacy(window: &ui::Kiosk, agree: &AgreeView) {
    let page = window.global::<ui::Privacy>();
    page.set_view(ui::PrivacyView {
        version: agree.notice.version.as_str().into(),
        blocks: rows(&page.get_view().blocks, values::blocks(&agree.notice)),
    });
}

/// When the house receives visitors, which stands on the page of reception.
pub(in crate::front) fn show_hours(window: &ui::Kiosk, hours: Option<&Hours>) {
    let page = window.global::<ui::Reception>();
    page.set_view(ui::ReceptionView {
        has_hours: hours.is_some(),
        today: hours.map(|hours| values::hours(&hours.today)).unwrap_or_default().into(),
        closed: hours.map(|hours| values::days(&hours.closed)).unwrap_or_default(),
    });
}
