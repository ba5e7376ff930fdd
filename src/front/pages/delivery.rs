//! Something is brought.

use super::{Ears, show_ending};
use crate::desk::{DeliveredView, Event, Parcels, ParcelsView, Session};
use crate::front::values::{self, moment, shown};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Delivery>();
    page.on_done(ears.plain(Event::Session(Session::Done)));
    page.on_parcels_done(ears.typed(|window, to_sign| {
        let page = window.global::<ui::Delivery>();
        Event::Delivery(Parcels::Done {
            carrier: page.get_typed().carrier.into(),
            parcels: page.get_chosen().parcels,
            to_sign,
        })
    }));
}

pub(super) fn show_parcels(window: &ui::Kiosk, parcels: &ParcelsView, entered: bool) {
    let page = window.global::<ui::Delivery>();
    page.set_view(ui::DeliveryView {
        host: shown(&parcels.host),
        department: shown(&parcels.department),
        ..page.get_view()
    });
    if let Some(carrier) = parcels.carrier.as_ref().filter(|_| entered) {
        page.set_typed(ui::DeliveryTyped { carrier: carrier.as_str().into() });
    }
}

pub(super) fn show_delivered(window: &ui::Kiosk, delivered: &DeliveredView) {
    let page = window.global::<ui::Delivery>();
    page.set_view(ui::DeliveryView {
        number: delivered.number.as_str().into(),
        registered: moment(delivered.registered),
        count: i32::from(delivered.parcels),
        to_sign: delivered.to_sign,
        host: shown(&delivered.host),
        host_state: values::host(delivered.host_state),
        told: shown(values::told(&delivered.told, &delivered.host)),
        ..page.get_view()
    });
    show_ending(window, delivered.seconds_left);
}
