//! A photo for the badge: only of who says yes, counted down, looked at before it is used.

use super::{Desk, Filling, Page};
use crate::book::{Book, BookError};
use crate::now::{Now, Tick};
use crate::visit::Photo;
use std::time::Duration;

/// From the yes to the photo: time to look up.
const COUNTDOWN: Duration = Duration::from_secs(3);
/// So long before the photo the camera is begun with, because it has to find the light.
const TO_BEGIN: Duration = Duration::from_secs(1);
/// A camera that has given nothing by then gives nothing.
const PATIENCE: Duration = Duration::from_secs(6);

/// Somebody who is asked for a photo.
#[derive(Debug)]
pub(super) struct Posing {
    pub filling: Filling,
    pub pose: Pose,
}

/// How far the photo is.
#[derive(Debug)]
pub(super) enum Pose {
    /// May one be taken?
    Asked,
    /// The photo with this number is taken then.
    Counting(u32, Tick),
    /// Is it good?
    Taken(Photo),
    /// The camera gave none.
    Failed,
}

impl Desk {
    /// A photo is offered where the type, the notice and a camera that works say so; then comes the notice.
    pub(super) fn offer_photo(&mut self, filling: Filling, book: &Book) -> Result<(), BookError> {
        let wanted =
            filling.kind().is_some_and(|kind| kind.photo && self.photographed.contains(&kind.kind.id))
                && self.config.camera.is_some()
                && self.camera_gives
                && self.notices.of(filling.kind_id(), self.lang).photo
                && filling.photo.is_none();
        if wanted {
            self.page = Page::Photo(Box::new(Posing { filling, pose: Pose::Asked }));
            return Ok(());
        }
        self.show_notice(filling, book)
    }

    pub(super) fn take_photo(&mut self, now: Now) {
        let Page::Photo(posing) = &mut self.page else { return };
        if self.aside.is_none() && !matches!(posing.pose, Pose::Counting(..)) {
            self.photos = self.photos.wrapping_add(1);
            posing.pose = Pose::Counting(self.photos, now.tick.after(COUNTDOWN));
        }
    }

    /// The number of the photo that the camera is to take now.
    pub fn wants_photo(&self, now: Tick) -> Option<u32> {
        let Page::Photo(posing) = &self.page else { return None };
        let Pose::Counting(number, at) = posing.pose else { return None };
        (now.until(at) <= TO_BEGIN).then_some(number)
    }

    pub(super) fn photo_came(&mut self, number: u32, photo: Option<Photo>) {
        if let Page::Photo(posing) = &mut self.page
            && matches!(posing.pose, Pose::Counting(wanted, _) if wanted == number)
        {
            posing.pose = photo.map_or(Pose::Failed, Pose::Taken);
        }
    }

    /// With the photo that was looked at, or without one.
    pub(super) fn photo_done(&mut self, with: bool, book: &Book) -> Result<(), BookError> {
        let Page::Photo(posing) = &self.page else { return Ok(()) };
        if self.aside.is_some() {
            return Ok(());
        }
        let mut filling = posing.filling.clone();
        filling.photo = match (&posing.pose, with) {
            (Pose::Taken(photo), true) => Some(photo.clone()),
            (_, true) => return Ok(()),
            (_, false) => None,
        };
        self.show_notice(filling, book)
    }

    /// A camera that gives nothing keeps nobody.
    pub(super) fn give_up_photo(&mut self, now: Tick) {
        if let Page::Photo(posing) = &mut self.page
            && matches!(posing.pose, Pose::Counting(_, at) if now >= at.after(PATIENCE))
        {
            posing.pose = Pose::Failed;
        }
    }

    pub(super) fn photo_wakes_at(&self, now: Tick) -> Option<Tick> {
        let Page::Photo(posing) = &self.page else { return None };
        let Pose::Counting(_, at) = posing.pose else { return None };
        Some(if now < at { super::idle::next_second(now, at) } else { at.after(PATIENCE) })
    }
}
