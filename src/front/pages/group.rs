//! Who comes along.

use super::Ears;
use crate::desk::{Event, MembersView, Registration};
use crate::front::values::{self, rows, shown};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Group>();
    page.on_name(ears.typed(|window, at: i32| {
        Event::Registration(Registration::NameMember {
            at: usize::try_from(at).unwrap_or(usize::MAX),
            name: window.global::<ui::Group>().get_typed().name.into(),
        })
    }));
    page.on_done(ears.plain(Event::Registration(Registration::MembersDone)));
}

pub(super) fn show(window: &ui::Kiosk, members: &MembersView, entered: bool) {
    let page = window.global::<ui::Group>();
    let names = rows(&page.get_view().names, members.names.iter().map(|name| shown(name)));
    let slip = values::slip(members.problem).0;
    page.set_view(ui::GroupView { leader: shown(&members.leader), names, slip });
    if entered {
        let name = members.names.first().map(String::as_str).unwrap_or_default().into();
        page.set_typed(ui::GroupTyped { name });
        page.set_chosen(ui::GroupChosen::default());
    }
}
