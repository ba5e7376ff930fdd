//! The roll was called in the lobby.

use super::Ears;
use crate::config::Lobby;
use crate::desk::{Event, RollCallView, RollNews, Tap};
use crate::front::values::{badge, host, moment};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    ears.window.global::<ui::Frame>().on_call_roll(ears.plain(Event::Reception(Tap::CallRoll)));
    let page = ears.window.global::<ui::RollCall>();
    page.on_put_out(ears.plain(Event::Reception(Tap::RollAgain)));
    page.on_tick_off(ears.plain(Event::Reception(Tap::Open)));
}

pub(super) fn show(window: &ui::Kiosk, called: &RollCallView) {
    let page = window.global::<ui::RollCall>();
    let view = page.get_view();
    let (paper_state, trouble) = called.paper.map_or((view.paper_state, view.trouble), badge);
    page.set_view(ui::RollCallView {
        news: match called.news {
            RollNews::Called => ui::RollNews::Called,
            RollNews::GoesOn => ui::RollNews::GoesOn,
            RollNews::Nothing => ui::RollNews::Nothing,
            RollNews::Again => ui::RollNews::Again,
        },
        paper: match called.lobby {
            Lobby::Print => ui::RollPaper::Names,
            Lobby::Numbers => ui::RollPaper::Numbers,
            Lobby::Mail => ui::RollPaper::None,
        },
        paper_state,
        trouble,
        issued: moment(called.issued),
        mail: host(called.mail),
        reception: called.reception,
        others: called.others as i32,
        again: called.again,
    });
}
