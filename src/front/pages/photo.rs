//! A photo for the badge.

use super::Ears;
use crate::desk::{Event, PhotoShown, PhotoView, Registration};
use crate::front::values::gray_picture;
use crate::visit::Photo;
use frontdesk_ui as ui;
use slint::{ComponentHandle, Image};

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Photo>();
    page.on_take(ears.plain(Event::Registration(Registration::TakePhoto)));
    page.on_keep(ears.plain(Event::Registration(Registration::PhotoDone { with: true })));
    page.on_without(ears.plain(Event::Registration(Registration::PhotoDone { with: false })));
}

pub(super) fn show(window: &ui::Kiosk, photo: &PhotoView) {
    let (state, seconds, picture) = match &photo.state {
        PhotoShown::Asked => (ui::PhotoState::Asked, 0, Image::default()),
        PhotoShown::Counting(seconds) => (ui::PhotoState::Counting, *seconds, Image::default()),
        PhotoShown::Taken(photo) => {
            let picture = gray_picture(Photo::WIDTH as u32, Photo::HEIGHT as u32, photo.gray());
            (ui::PhotoState::Taken, 0, picture)
        }
        PhotoShown::Failed => (ui::PhotoState::Failed, 0, Image::default()),
    };
    let (seconds, keep_days) = (seconds as i32, photo.keep_days as i32);
    window.global::<ui::Photo>().set_view(ui::PhotoView { state, seconds, picture, keep_days });
}

/// A photo is held only while its page is shown.
pub(super) fn forget(window: &ui::Kiosk) {
    window.global::<ui::Photo>().set_view(ui::PhotoView::default());
}
