//! A comment or a complaint, and what becomes of it.

use super::{Ears, show_ending};
use crate::desk::{CaseView, Event, Session, SignOut};
use crate::front::values::{self, moment};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Feedback>();
    page.on_done(ears.plain(Event::Session(Session::Done)));
    let send = ears.typed(|window, ()| {
        let page = window.global::<ui::Feedback>();
        Event::SignOut(SignOut::FeedbackDone {
            words: page.get_typed().words.into(),
            anonymous: page.get_chosen().anonymous,
        })
    });
    page.on_send(move || send(()));
}

pub(super) fn show_word(window: &ui::Kiosk, complaint: bool, named: bool) {
    let page = window.global::<ui::Feedback>();
    page.set_view(ui::FeedbackView { complaint, named, ..page.get_view() });
}

pub(super) fn show_heard(window: &ui::Kiosk, case: Option<&CaseView>, seconds_left: u32) {
    let page = window.global::<ui::Feedback>();
    page.set_view(ui::FeedbackView {
        number: case.map(|case| case.number.as_str()).unwrap_or_default().into(),
        due: case.map(|case| moment(case.due)).unwrap_or_default(),
        state: case.map(|case| values::host(case.state)).unwrap_or_default(),
        ..page.get_view()
    });
    show_ending(window, seconds_left);
}
