//! Signing out, the goodbye, and coming back the same day.

use super::{Ears, show_ending};
use crate::desk::{Event, GoodbyeView, LeaveView, Session, SignOut};
use crate::front::values::{moment, shown};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Leave>();
    page.on_leave(ears.plain(Event::SignOut(SignOut::Leave)));
    page.on_stay(ears.plain(Event::SignOut(SignOut::Stay)));
    page.on_leave_together(ears.plain(Event::SignOut(SignOut::LeaveTogether)));
    page.on_done(ears.plain(Event::Session(Session::Done)));
    page.on_come_back(ears.plain(Event::SignOut(SignOut::ComeBack)));
    page.on_rate(ears.of(|rating: i32| Event::SignOut(SignOut::Rate(u8::try_from(rating).unwrap_or(3)))));
    page.on_comment(ears.plain(Event::SignOut(SignOut::BeginFeedback { complaint: false })));
    page.on_complain(ears.plain(Event::SignOut(SignOut::BeginFeedback { complaint: true })));
}

pub(super) fn show(window: &ui::Kiosk, leave: &LeaveView) {
    let page = window.global::<ui::Leave>();
    page.set_view(ui::LeaveView {
        name: shown(&leave.name),
        number: leave.number.as_str().into(),
        arrived: moment(leave.arrived),
        others: leave.others as i32,
        waits: leave.waits,
        by_number: leave.by_number,
        doubted: leave.doubted.is_some(),
        doubted_at: leave.doubted.map(moment).unwrap_or_default(),
        returns: leave.returns.is_some(),
        returns_until: leave.returns.map(moment).unwrap_or_default(),
        ..page.get_view()
    });
}

pub(super) fn show_left(window: &ui::Kiosk, goodbye: &GoodbyeView) {
    let page = window.global::<ui::Leave>();
    page.set_view(ui::LeaveView {
        arrived: moment(goodbye.arrived),
        left: moment(goodbye.left),
        host: shown(&goodbye.host),
        rating: i32::from(goodbye.rating),
        waits: goodbye.waited,
        returns: goodbye.returns.is_some(),
        returns_until: goodbye.returns.map(moment).unwrap_or_default(),
        ..page.get_view()
    });
    show_ending(window, goodbye.seconds_left);
}

pub(super) fn show_back(window: &ui::Kiosk, escort: bool) {
    let page = window.global::<ui::Leave>();
    page.set_view(ui::LeaveView { escort, ..page.get_view() });
}
