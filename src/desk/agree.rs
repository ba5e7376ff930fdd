//! The notice: agreeing to it registers the visit, declining ends it and keeps nothing.

use super::{Desk, Filling, How, Page, Search};
use crate::book::{Book, BookError, NewVisit};
use crate::config::Admits;
use crate::now::{Now, Wall};
use crate::visit::{Admission, Agreement, Point, Signature, Witness};
use chrono::{Duration, NaiveTime};

const MINUTE_MILLIS: i64 = 60_000;

impl Filling {
    /// Whether they still have to sign.
    pub(super) fn signs(&self) -> bool {
        self.kind().is_some_and(|kind| kind.signature) && self.signed.is_none()
    }
}

impl Desk {
    pub(super) fn agree(
        &mut self,
        strokes: &[Vec<Point>],
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let Page::Agree(filling) = &mut self.page else { return Ok(()) };
        if self.aside.is_some() {
            return Ok(());
        }
        let signs = filling.kind().is_some_and(|kind| kind.signature);
        let written = signs.then(|| Signature::parse(strokes)).flatten();
        let (signature, signed) = match (written, filling.signed.clone().filter(|_| signs)) {
            (None, Some((earlier, at))) => (Some(earlier), Some(at)),
            (written, _) => (written, None),
        };
        filling.unsigned = signs && signature.is_none();
        if filling.unsigned {
            return Ok(());
        }
        self.register(signature, signed, None, now, book)
    }

    /// Whoever cannot sign on the screen agrees all the same; reception vouches for it and lets them in.
    pub(super) fn sign_at_reception(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Agree(filling) = &self.page else { return Ok(()) };
        if self.aside.is_some() || !filling.signs() {
            return Ok(());
        }
        self.register(None, None, Some(Witness::Reception), now, book)
    }

    fn register(
        &mut self,
        signature: Option<Signature>,
        signed: Option<Wall>,
        witness: Option<Witness>,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let Page::Agree(filling) = &self.page else { return Ok(()) };
        let notice = self.notices.of(filling.kind_id(), self.lang);
        let agreement = Agreement {
            version: notice.version.clone(),
            lang: notice.lang,
            sha256: notice.sha256.clone(),
            at: now.wall,
            signature,
            signed,
            witness,
        };
        let (Some(mut details), Some(host)) = (filling.details.clone(), filling.host().cloned()) else {
            return Ok(());
        };
        let mut members = filling.named_members(self.lang);
        let mut others = 0;
        if self.is_one_by_one(filling) {
            others = std::mem::take(&mut details.party);
            members.clear();
        }
        let kind = filling.kind();
        let closes = good_until(now, self.config.visit.closes);
        // Whoever comes after the visiting hours stays no longer than the house is open.
        let ends = good_until(now, self.config.visit.ends).min(closes);
        let longest = kind.and_then(|kind| kind.longest);
        let new = NewVisit {
            invitation: filling.invitation().map(str::to_owned),
            details,
            host_id: host.id.clone(),
            lang: self.lang,
            agreement,
            good_until: longest.map_or(ends, |longest| ends.min(now.after(longest).wall)),
            kind: kind.map(|kind| kind.kind.clone()),
            purpose: filling.purpose.clone(),
            // Whoever was invited has been admitted before.
            admits: kind.filter(|_| filling.is_walk_in()).map_or(Admits::Nobody, |kind| kind.admits),
            closes,
            instructed: filling.instructed.clone(),
            others,
            members,
            joins: filling.joins(),
            remember: filling.remember,
            photo: filling.photo.clone().filter(|_| notice.photo),
            by: self.on_behalf.clone(),
        };
        let (invitation, invited) = (new.invitation.clone(), !filling.is_walk_in());
        let visit = match book.arrive(new, now) {
            Err(BookError::NoLongerGood) => return self.no_longer_good(invitation, now, book),
            other => other?,
        };
        match invited {
            true => self.guard.registered(),
            false => self.recalls.registered(),
        }
        match &visit.admission {
            Admission::Waiting(_) => self.wait(visit, host, now, book),
            Admission::Admitted | Admission::Declined(_) => self.thank(visit, host, now, book),
        }
    }

    /// The invitation was used or withdrawn while its visitor read: what is wrong with it now is said.
    fn no_longer_good(&mut self, id: Option<String>, now: Now, book: &Book) -> Result<(), BookError> {
        self.forget_typed();
        self.page = Page::Search(Search::default());
        let found = id.map(|id| book.invitation(&id)).transpose()?.flatten();
        self.found(How::Scan, found.into_iter().collect(), now, book)
    }

    /// What was said about the signature is out of date.
    pub(super) fn signing(&mut self) {
        if let Page::Agree(filling) = &mut self.page {
            filling.unsigned = false;
        }
    }

    /// Ends the visit kindly. The visitor's number changes, so that the screen forgets what was typed.
    pub(super) fn decline(&mut self, now: Now) {
        if matches!(self.page, Page::Agree(_)) && self.aside.is_none() {
            self.forget_typed();
            self.page = Page::Declined;
            self.idle.touch(now.tick);
        }
    }
}

/// The end of the visiting hours today; for those who come later, the end of the day.
fn good_until(now: Now, ends: NaiveTime) -> Wall {
    let end = now.zone.at(now.day().and_time(ends));
    if end > now.wall {
        return end;
    }
    let last_minute = now.zone.wall(now.zone.day(now.day()).end - MINUTE_MILLIS);
    last_minute.max(now.wall + Duration::milliseconds(MINUTE_MILLIS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::now::Tick;
    use chrono::DateTime;

    #[test]
    fn a_badge_is_good_until_the_visiting_hours_end() {
        let ends = NaiveTime::from_hms_opt(18, 0, 0).unwrap();
        let at = |now: &str| Now::new(Tick::default(), DateTime::parse_from_rfc3339(now).unwrap());
        let until = |now: &str| good_until(at(now), ends).to_rfc3339();
        assert_eq!(until("2026-11-23T09:41:00+08:00"), "2026-11-23T18:00:00+08:00");
        assert_eq!(until("2026-11-23T18:00:00+08:00"), "2026-11-23T23:59:00+08:00");
        assert_eq!(until("2026-11-23T23:59:30+08:00"), "2026-11-24T00:00:30+08:00", "never before it begins");
    }
}
