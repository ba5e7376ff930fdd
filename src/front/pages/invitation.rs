//! Looking for an invitation, or for the visit that ends.

use super::Ears;
use crate::desk::{Event, Found, LookUp, LookupError, PageView, SearchView};
use crate::front::values::{self, moment, rows};
use frontdesk_ui as ui;
use slint::{ComponentHandle, SharedString};

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Invitation>();
    page.on_by_code(ears.plain(Event::LookUp(LookUp::ByCode)));
    page.on_by_name(ears.plain(Event::LookUp(LookUp::ByName)));
    page.on_edited(ears.plain(Event::LookUp(LookUp::Typed)));
    page.on_confirm(ears.plain(Event::LookUp(LookUp::Confirm)));
    page.on_correct(ears.plain(Event::LookUp(LookUp::Correct)));
    page.on_not_me(ears.plain(Event::LookUp(LookUp::NotMe)));
    page.on_choose(ears.of(|key: SharedString| Event::LookUp(LookUp::Choose(key.into()))));
    page.on_look_up_code(ears.of(|code: SharedString| Event::LookUp(LookUp::Code(code.into()))));
    let by_name = ears.typed(|window, ()| {
        let typed = window.global::<ui::Invitation>().get_typed();
        Event::LookUp(LookUp::Name { name: typed.name.into(), last_four: typed.last_four.into() })
    });
    page.on_look_up_name(move || by_name(()));
}

pub(super) fn show_search(window: &ui::Kiosk, search: &SearchView) {
    let page = window.global::<ui::Invitation>();
    let mut view = ui::InvitationView {
        leaving: search.leaving,
        miss: values::miss(search.miss),
        pause_seconds: search.pause as i32,
        ..page.get_view()
    };
    if let Some(LookupError::NotYet(from)) = search.miss {
        view.good_from = moment(from);
    }
    if let Some(
        LookupError::Used(at) | LookupError::Left(at) | LookupError::Assumed(at) | LookupError::LetIn(_, at),
    ) = search.miss
    {
        view.used_at = moment(at);
    }
    if let Some(LookupError::LetIn(badge, _)) = search.miss {
        view.badge = badge.to_string().into();
    }
    page.set_view(view);
}

pub(super) fn show_found(window: &ui::Kiosk, found: &[Found]) {
    let page = window.global::<ui::Invitation>();
    let view = page.get_view();
    let found = rows(&view.found, found.iter().map(values::found));
    page.set_view(ui::InvitationView { found, ..view });
}

/// Whether what was typed here is still needed on this page.
pub(super) fn holds(page: &PageView) -> bool {
    matches!(page, PageView::Search(_) | PageView::Privacy(_) | PageView::Reception)
}

/// Somebody else may scan next.
pub(super) fn forget_typed(window: &ui::Kiosk) {
    window.global::<ui::Invitation>().set_typed(ui::InvitationTyped::default());
}
