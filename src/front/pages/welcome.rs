//! The first page: the ways in.

use super::Ears;
use crate::desk::{Event, LookUp, Parcels, Registration, SignOut};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Welcome>();
    page.on_invitation(ears.plain(Event::LookUp(LookUp::HaveInvitation)));
    page.on_delivery(ears.plain(Event::Delivery(Parcels::Begin)));
    page.on_leaving(ears.plain(Event::SignOut(SignOut::Leaving)));
    page.on_no_invitation(ears.plain(Event::Registration(Registration::WalkIn)));
}
