//! Waiting to be let in, and the word for a visitor who may not come in.

use super::{Ears, show_ending};
use crate::desk::{Event, Session, WaitingView};
use crate::front::values::{self, moment, rows, shown};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    ears.window.global::<ui::Waiting>().on_done(ears.plain(Event::Session(Session::Done)));
}

pub(super) fn show(window: &ui::Kiosk, waiting: &WaitingView) {
    let page = window.global::<ui::Waiting>();
    let view = page.get_view();
    page.set_view(ui::WaitingView {
        name: shown(&waiting.name),
        number: waiting.number.as_str().into(),
        registered: moment(waiting.registered),
        host: shown(&waiting.host),
        asked: rows(&view.asked, waiting.asked.iter().map(values::asked)),
        late_code: waiting.late_code.as_str().into(),
        again: waiting.again,
        speak: waiting.speak,
        witness: waiting.witness,
        reception_is_told: waiting.reception_is_told,
        ..view
    });
    show_ending(window, waiting.seconds_left);
}

pub(super) fn show_refused(window: &ui::Kiosk, word: &str) {
    let page = window.global::<ui::Waiting>();
    page.set_view(ui::WaitingView { word: shown(word), ..page.get_view() });
}
