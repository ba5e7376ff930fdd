//! The notice, and the pad where one signs.

use super::Ears;
use crate::desk::{AgreeView, Event, Registration};
use crate::front::pen::Pen;
use crate::front::values::{self, moment, rows, shown};
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::cell::RefCell;
use std::rc::Rc;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Agree>();
    page.on_sign_at_reception(ears.plain(Event::Registration(Registration::SignAtReception)));
    page.on_decline(ears.plain(Event::Registration(Registration::Decline)));
    let (pen, tell) = (Rc::clone(ears.pen), Rc::clone(ears.tell));
    // Not while the pen is held: the page may be taken away at once.
    page.on_agree(move || {
        let strokes = pen.borrow().strokes.clone();
        tell(Event::Registration(Registration::Agree(strokes)));
    });
    let write = |begins: bool| {
        let (pen, tell, window) = (Rc::clone(ears.pen), Rc::clone(ears.tell), ears.window.as_weak());
        move |x, y| {
            let path = pen.borrow_mut().write(x, y, begins);
            let Some(window) = window.upgrade() else { return };
            window.global::<ui::Agree>().set_typed(ui::AgreeTyped { signature: path.into() });
            if begins {
                tell(Event::Registration(Registration::Signing));
            }
        }
    };
    page.on_pen_down(write(true));
    page.on_pen_moved(write(false));
    let (pen, tell, window) = (Rc::clone(ears.pen), Rc::clone(ears.tell), ears.window.as_weak());
    page.on_redo(move || {
        let Some(window) = window.upgrade() else { return };
        wipe(&window, &pen);
        tell(Event::Registration(Registration::Signing));
    });
}

pub(super) fn show(window: &ui::Kiosk, agree: &AgreeView) {
    let page = window.global::<ui::Agree>();
    let view = page.get_view();
    page.set_view(ui::AgreeView {
        version: agree.notice.version.as_str().into(),
        blocks: rows(&view.blocks, values::blocks(&agree.notice)),
        name: shown(&agree.name),
        others: agree.others as i32,
        prints: agree.prints,
        signs: agree.signs,
        unsigned: agree.unsigned,
        was_signed: agree.signed.is_some(),
        signed: agree.signed.map(moment).unwrap_or_default(),
        ..view
    });
}

/// What was written is gone, and so are its strokes.
pub(in crate::front) fn wipe(window: &ui::Kiosk, pen: &RefCell<Pen>) {
    pen.borrow_mut().strokes = Vec::new();
    window.global::<ui::Agree>().set_typed(ui::AgreeTyped::default());
}
