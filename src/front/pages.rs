//! Slint's pages, one file each: what the desk shows on it, and what people do on it as events.
//! Decides nothing. A new page is its file, its line in `hear` and its arm in `Pages::show`.

mod agree;
mod delivery;
mod details;
mod endings;
mod feedback;
mod group;
mod invitation;
mod leave;
mod photo;
mod pin;
mod reception;
mod roll_call;
mod safety;
mod thanks;
mod waiting;
mod walk_in;
mod welcome;

pub(super) use agree::wipe as wipe_pad;
pub(super) use endings::show_hours;

use super::fingers::Fingers;
use super::pen::Pen;
use crate::desk::{Event, PageView, View};
use crate::paper::badge::Presses;
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::cell::RefCell;
use std::rc::Rc;

/// Where the events go.
pub(super) type Tell = Rc<dyn Fn(Event)>;

/// What a page needs to hear.
pub(super) struct Ears<'a> {
    pub window: &'a ui::Kiosk,
    pub tell: &'a Tell,
    pub fingers: &'a Rc<Fingers>,
    pub pen: &'a Rc<RefCell<Pen>>,
}

impl Ears<'_> {
    /// Always this event.
    pub fn plain(&self, event: Event) -> impl Fn() + 'static {
        let tell = Rc::clone(self.tell);
        move || tell(event.clone())
    }

    /// The event of what the page says.
    pub fn of<T: 'static>(&self, event: impl Fn(T) -> Event + 'static) -> impl Fn(T) + 'static {
        let tell = Rc::clone(self.tell);
        move |said| tell(event(said))
    }

    /// The event of what is typed, once that which is still being composed is written.
    pub fn typed<T: 'static>(
        &self,
        event: impl Fn(&ui::Kiosk, T) -> Event + 'static,
    ) -> impl Fn(T) + 'static {
        let (tell, fingers, window) = (Rc::clone(self.tell), Rc::clone(self.fingers), self.window.as_weak());
        move |said| {
            fingers.finish();
            if let Some(window) = window.upgrade() {
                tell(event(&window, said));
            }
        }
    }
}

/// Wires every page.
pub(super) fn hear(ears: &Ears<'_>) {
    welcome::hear(ears);
    invitation::hear(ears);
    walk_in::hear(ears);
    details::hear(ears);
    group::hear(ears);
    delivery::hear(ears);
    safety::hear(ears);
    photo::hear(ears);
    agree::hear(ears);
    waiting::hear(ears);
    thanks::hear(ears);
    leave::hear(ears);
    feedback::hear(ears);
    endings::hear(ears);
    roll_call::hear(ears);
    pin::hear(ears);
    reception::hear(ears);
}

/// What is shown on the pages, with what they need of the last time.
pub(super) struct Pages {
    window: ui::Kiosk,
    badge: thanks::Picture,
    known: details::Known,
}

impl Pages {
    pub fn new(window: ui::Kiosk, presses: Presses) -> Self {
        Self { window, badge: thanks::Picture::new(presses), known: details::Known::default() }
    }

    /// All that the pages hold of the last visitor is gone.
    pub fn forget(&mut self) {
        self.window.global::<ui::Forget>().invoke_all();
        self.badge.forget();
        self.known = details::Known::default();
    }

    /// Shows the page of `view`; the one before it was `last`.
    pub fn show(&mut self, view: &View, last: Option<&PageView>) {
        let window = &self.window;
        if last.is_some_and(invitation::holds) && !invitation::holds(&view.page) {
            invitation::forget_typed(window);
        }
        if !matches!(view.page, PageView::Photo(_)) {
            photo::forget(window);
        }
        if !matches!(view.page, PageView::Thanks(_)) {
            thanks::forget(window, &mut self.badge);
        }
        match &view.page {
            PageView::Search(search) => invitation::show_search(window, search),
            PageView::Choose(found) => invitation::show_found(window, found),
            PageView::Confirm(found) => invitation::show_found(window, std::slice::from_ref(found)),
            PageView::Types(types) => walk_in::show_types(window, types),
            PageView::Host(host) => {
                let entered = enters(last, |last| matches!(last, PageView::Host(_)));
                walk_in::show_host(window, host, entered);
            }
            PageView::Purpose(purposes) => walk_in::show_purposes(window, purposes),
            PageView::Details(details) => {
                let entered = enters(last, |last| matches!(last, PageView::Details(_)));
                details::show(window, details, entered, &mut self.known);
            }
            PageView::Members(members) => {
                let entered = enters(last, |last| matches!(last, PageView::Members(_)));
                group::show(window, members, entered);
            }
            PageView::Parcels(parcels) => {
                let entered = enters(last, |last| matches!(last, PageView::Parcels(_)));
                delivery::show_parcels(window, parcels, entered);
            }
            PageView::Delivered(delivered) => delivery::show_delivered(window, delivered),
            PageView::Induction(lesson) => safety::show_lesson(window, lesson),
            PageView::Question(question) => safety::show_question(window, question),
            PageView::Photo(photo) => photo::show(window, photo),
            PageView::Agree(agree) => agree::show(window, agree),
            PageView::Waiting(waiting) => waiting::show(window, waiting),
            PageView::Refused(word) => waiting::show_refused(window, word),
            PageView::Thanks(thanks) => thanks::show(window, thanks, &mut self.badge),
            PageView::Leave(leaves) | PageView::Return(leaves) => leave::show(window, leaves),
            PageView::Left(goodbye) => leave::show_left(window, goodbye),
            PageView::Back { escort } => leave::show_back(window, *escort),
            PageView::Feedback { complaint, named } => feedback::show_word(window, *complaint, *named),
            PageView::FeedbackKept { case, seconds_left } => {
                feedback::show_heard(window, case.as_ref(), *seconds_left);
            }
            PageView::Privacy(agree) => endings::show_privacy(window, agree),
            PageView::RollCall(called) => roll_call::show(window, called),
            PageView::Pin(view) => pin::show(window, view, last),
            PageView::ReceptionPages(desk) => reception::show(window, view, desk, last),
            PageView::Welcome | PageView::Declined | PageView::Reception | PageView::Broken => {}
        }
    }
}

/// The page is begun: it does not merely change, and nobody comes back to it from what is read beside it.
fn enters(last: Option<&PageView>, is_same: fn(&PageView) -> bool) -> bool {
    last.is_none_or(|last| !is_same(last) && !matches!(last, PageView::Privacy(_) | PageView::Reception))
}

/// How long a page that clears by itself still stays. It is apart from the view, so that not all of the page is drawn
/// again every second.
fn show_ending(window: &ui::Kiosk, seconds_left: u32) {
    window.global::<ui::Frame>().set_seconds_left(seconds_left as i32);
}
