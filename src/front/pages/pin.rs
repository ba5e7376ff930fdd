//! The PIN before reception's pages.

use super::Ears;
use crate::desk::{Event, PageView, PinMiss, PinView, Tap};
use crate::front::values::rows;
use frontdesk_ui as ui;
use slint::{ComponentHandle, SharedString};

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Pin>();
    page.on_choose(ears.of(|name: SharedString| Event::Reception(Tap::Choose(name.into()))));
    page.on_pin(ears.of(|pin: SharedString| Event::Reception(Tap::Pin(pin.into()))));
}

/// Each try begins with an empty field.
pub(super) fn show(window: &ui::Kiosk, pin: &PinView, last: Option<&PageView>) {
    let page = window.global::<ui::Pin>();
    page.set_view(ui::PinView {
        names: rows(&page.get_view().names, pin.names.iter().map(SharedString::from)),
        name: pin.name.as_str().into(),
        pause: pin.pause as i32,
        roll: pin.roll,
        miss: match pin.miss {
            None => ui::PinMiss::None,
            Some(PinMiss::Wrong) => ui::PinMiss::Wrong,
            Some(PinMiss::Paused) => ui::PinMiss::Paused,
            Some(PinMiss::NoPepper) => ui::PinMiss::NoPepper,
        },
    });
    if !matches!(last, Some(PageView::Pin(last)) if last.tries == pin.tries) {
        page.set_typed(ui::PinTyped::default());
    }
}
