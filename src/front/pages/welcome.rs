//! The first page: the ways in.

use super::Ears;
use crate::desk::Event;
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Welcome>();
    page.on_invitation(ears.plain(Event::HaveInvitation));
    page.on_delivery(ears.plain(Event::Delivering));
    page.on_leaving(ears.plain(Event::Leaving));
    page.on_no_invitation(ears.plain(Event::WalkIn));
}
