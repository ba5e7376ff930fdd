//! A photo for the badge: only of who says yes, counted down, looked at before it is used.

use super::{Ctx, Next, PageLogic};
use crate::book::BookError;
use crate::desk::idle::{next_second, seconds_left};
use crate::desk::registration::RegistrationDraft;
use crate::desk::{Desk, Event, PageView, Registration, System};
use crate::errand::Report;
use crate::now::{Now, Tick};
use crate::visit::Photo;
use std::time::Duration;

/// From the yes to the photo: time to look up.
const COUNTDOWN: Duration = Duration::from_secs(3);
/// How long before the photo the camera is begun with, because it has to find the light.
const TO_BEGIN: Duration = Duration::from_secs(1);
/// A camera that has given nothing by then gives nothing.
const PATIENCE: Duration = Duration::from_secs(6);

/// Somebody who is asked for a photo.
#[derive(Debug)]
pub struct PhotoCapture {
    draft: RegistrationDraft,
    state: CaptureState,
}

/// How far the photo is.
#[derive(Debug)]
enum CaptureState {
    /// May one be taken?
    Asked,
    /// The photo with this number is taken then.
    Counting(u32, Tick),
    /// Is it good?
    Taken(Photo),
    /// The camera gave none.
    Failed,
}

impl PageLogic for PhotoCapture {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        PageView::Photo(PhotoView {
            walk_in: self.draft.is_walk_in(),
            state: match &self.state {
                CaptureState::Asked => PhotoShown::Asked,
                CaptureState::Counting(_, at) => PhotoShown::Counting(seconds_left(now.tick, *at)),
                CaptureState::Taken(photo) => PhotoShown::Taken(photo.clone()),
                CaptureState::Failed => PhotoShown::Failed,
            },
            keep_days: desk.config.visit.keep_days,
        })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Registration(Registration::TakePhoto) if !cx.is_covered() => {
                if !matches!(self.state, CaptureState::Counting(..)) {
                    cx.desk.photos = cx.desk.photos.wrapping_add(1);
                    self.state = CaptureState::Counting(cx.desk.photos, cx.now.tick.after(COUNTDOWN));
                }
                Ok(Next::Stay)
            }
            Event::Registration(Registration::PhotoDone { with }) if !cx.is_covered() => self.done(with, cx),
            Event::System(System::Report(Report::Photo(number, photo))) => {
                if matches!(self.state, CaptureState::Counting(wanted, _) if wanted == number) {
                    self.state = photo.map_or(CaptureState::Failed, CaptureState::Taken);
                }
                Ok(Next::Stay)
            }
            _ => Ok(Next::Stay),
        }
    }

    fn back(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        cx.back_to_form(self.draft.tidied())
    }

    /// A camera that gives nothing keeps nobody.
    fn pass(&mut self, now: Tick) {
        if matches!(self.state, CaptureState::Counting(_, at) if now >= at.after(PATIENCE)) {
            self.state = CaptureState::Failed;
        }
    }

    fn wakes_at(&self, _desk: &Desk, now: Tick) -> Option<Tick> {
        let CaptureState::Counting(_, at) = self.state else { return None };
        Some(if now < at { next_second(now, at) } else { at.after(PATIENCE) })
    }

    fn wants_photo(&self, now: Tick) -> Option<u32> {
        let CaptureState::Counting(number, at) = self.state else { return None };
        (now.until(at) <= TO_BEGIN).then_some(number)
    }
}

impl PhotoCapture {
    /// With the photo that was looked at, or without one.
    fn done(&self, with: bool, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let mut draft = self.draft.clone();
        draft.photo = match (&self.state, with) {
            (CaptureState::Taken(photo), true) => Some(photo.clone()),
            (_, true) => return Ok(Next::Stay),
            (_, false) => None,
        };
        cx.show_notice(draft)
    }
}

impl Ctx<'_> {
    /// A photo is offered where the type, the notice and a camera that works say so; then comes the notice.
    pub fn offer_photo(&mut self, draft: RegistrationDraft) -> Result<Next, BookError> {
        let desk = &*self.desk;
        let wanted = draft.kind().is_some_and(|kind| kind.photo && desk.photographed.contains(&kind.kind.id))
            && desk.config.camera.is_some()
            && desk.camera_gives
            && desk.notices.of(draft.kind_id(), desk.lang).photo
            && draft.photo.is_none();
        if wanted {
            return Ok(Next::go(PhotoCapture { draft, state: CaptureState::Asked }));
        }
        self.show_notice(draft)
    }
}

/// A photo for the badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoView {
    /// Nothing was arranged.
    pub walk_in: bool,
    /// How far it is.
    pub state: PhotoShown,
    /// After how many days it is deleted.
    pub keep_days: u32,
}

/// How far a photo is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoShown {
    /// May one be taken?
    Asked,
    /// Seconds until it is taken; 0: it is being taken.
    Counting(u32),
    /// Is it good?
    Taken(Photo),
    /// The camera gave none.
    Failed,
}
