//! Coming without an invitation: what for, and whom to see. The recipient of parcels is found here too.

use super::Ears;
use crate::desk::{Event, HostView, Registration};
use crate::front::values::{self, rows, shown};
use frontdesk_ui as ui;
use slint::{ComponentHandle, SharedString};
use std::rc::Rc;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::WalkIn>();
    page.on_choose_type(
        ears.of(|key: SharedString| Event::Registration(Registration::ChooseType(key.into()))),
    );
    page.on_ask(ears.of(|text: SharedString| Event::Registration(Registration::AskForHost(text.into()))));
    let choose = ears.of(|(kind, key): (ui::HostKind, SharedString)| match kind {
        ui::HostKind::Department => Event::Registration(Registration::ChooseDepartment(key.into())),
        ui::HostKind::Anybody | ui::HostKind::Host | ui::HostKind::Last => {
            Event::Registration(Registration::ChooseHost(key.into()))
        }
    });
    page.on_choose(move |kind, key| choose((kind, key)));
    let (tell, fingers, window) = (Rc::clone(ears.tell), Rc::clone(ears.fingers), ears.window.as_weak());
    page.on_purpose_done(move |text| {
        // What is still being composed belongs to what was typed, not to what is chosen from the list.
        let purpose = || window.upgrade().map(|window| window.global::<ui::WalkIn>().get_typed().purpose);
        let is_typed = purpose().is_some_and(|typed| typed == text);
        fingers.finish();
        let text = if is_typed { purpose().unwrap_or(text) } else { text };
        tell(Event::Registration(Registration::PurposeDone(text.into())));
    });
}

pub(super) fn show_types(window: &ui::Kiosk, types: &[(String, String)]) {
    let page = window.global::<ui::WalkIn>();
    let view = page.get_view();
    let choices = types.iter().map(|(key, text)| ui::Choice { key: key.into(), text: text.into() });
    page.set_view(ui::WalkInView { types: rows(&view.types, choices), ..view });
}

/// What is typed is told only where the page is entered: after that it belongs to Slint.
pub(super) fn show_host(window: &ui::Kiosk, host: &HostView, entered: bool) {
    let page = window.global::<ui::WalkIn>();
    if entered {
        let asked = host.asked.as_str().into();
        page.set_typed(ui::WalkInTyped { asked, ..page.get_typed() });
    }
    page.set_view(ui::WalkInView {
        recipient: host.recipient,
        asks: host.asks,
        department: shown(host.department.as_deref().unwrap_or_default()),
        ..page.get_view()
    });
    page.set_rows(rows(&page.get_rows(), host.rows.iter().map(values::host_row)));
}

pub(super) fn show_purposes(window: &ui::Kiosk, purposes: &[String]) {
    let page = window.global::<ui::WalkIn>();
    let view = page.get_view();
    let purposes = rows(&view.purposes, purposes.iter().map(|text| text.as_str().into()));
    page.set_view(ui::WalkInView { purposes, ..view });
}
