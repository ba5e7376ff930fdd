//! The notice: agreeing to it registers the visit, declining ends it and keeps nothing.

use super::{Desk, Filling, How, Origin, Page, Search};
use crate::book::{Book, BookError, NewVisit};
use crate::config::Admits;
use crate::now::{Now, Wall};
use crate::visit::{Admission, Agreement, Point, Signature, Witness};

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
        let (ends, closes) = self.stays_until(filling, now, book)?;
        let new = NewVisit {
            invitation: filling.invitation().map(str::to_owned),
            details,
            host_id: host.id.clone(),
            lang: self.lang,
            agreement,
            good_until: ends,
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

    /// Until when the badge of whoever comes now is good, and when they are taken to have left: as the house is open, or
    /// as long as they are invited, or the group that they join stays.
    fn stays_until(&self, filling: &Filling, now: Now, book: &Book) -> Result<(Wall, Wall), BookError> {
        let visit = &self.config.visit;
        let (mut ends, mut closes) = (visit.badge_ends(now), visit.house_closes(now));
        if let Origin::Invited(guest) = &filling.origin
            && let Some(until) = guest.invitation.stay_ends(now)
        {
            // Whoever comes for last night stays for no hours of another day.
            let is_night = guest.invitation.day(now) < visit.day(now);
            (ends, closes) = if is_night { (until, until) } else { (ends.max(until), closes.max(until)) };
        }
        let leader = filling.joins().map(|leader| book.visit(leader)).transpose()?.flatten();
        if let Some(leader) = leader {
            (ends, closes) = (ends.max(leader.good_until), closes.max(leader.good_until));
        }
        let longest = filling.kind().and_then(|kind| kind.longest).map(|longest| now.after(longest).wall);
        Ok((longest.map_or(ends, |longest| ends.min(longest)), closes))
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
