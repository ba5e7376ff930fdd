//! Visits: who is here, with which badge.

use crate::book::badges::{badge_again, badge_of};
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::errands;
use crate::book::rows::visits::{damaged, find, one};
use crate::book::{Book, outbox};
use crate::errand::{BADGE_GOOD_FOR, Work};
use crate::now::{Now, Wall};
use crate::visit::{Photo, Token, Visit, VisitId};
use rusqlite::{OptionalExtension, Params, params};

/// How a badge stands whose QR code was scanned.
#[derive(Clone, Debug, PartialEq)]
pub enum Scanned {
    /// Whoever wears it is here.
    Here(Box<Visit>),
    /// They signed out then.
    Left(Wall),
    /// Nobody saw them leave; when the house closed, it was assumed.
    Assumed(Wall),
    /// They were signed out by its number alone, and the house is open.
    Doubted(Box<Visit>),
    /// They signed out and may come back.
    MayReturn(Box<Visit>),
    /// Another badge was printed instead of this one.
    Void,
}

impl Book {
    /// Somebody looked whether a badge came out of which nobody saw the end. If it did not, another one
    /// is queued with a new token, and the old one is void.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn badge_seen(&mut self, id: VisitId, came_out: bool, now: Now) -> Result<Visit, BookError> {
        self.badge_seen_by(id, came_out, "", now)
    }

    /// The same, where a receptionist looked.
    ///
    /// # Errors
    /// As there.
    pub fn badge_seen_by(
        &mut self,
        id: VisitId,
        came_out: bool,
        by: &str,
        now: Now,
    ) -> Result<Visit, BookError> {
        let mut visit =
            self.visit(id)?.ok_or_else(|| BookError::Corrupt("a visit that was shown is gone".to_owned()))?;
        let host = self.host(&visit.host_id)?;
        let change = self.change_by(by, now)?;
        let Some(unknown) = errands::unknown_badge(&change, id)? else { return Ok(visit) };
        let subject = id.0.to_string();
        let entry = Entry::BadgeSeen { came_out, by: change.by() };
        change.log(&entry, &subject)?;
        outbox::settle_unknown(&change, unknown, id, came_out)?;
        if let (false, Some(host)) = (came_out, host) {
            badge_again(&change, &mut visit)?;
            let entry = Entry::BadgeAgain(Box::new(visit.clone()));
            change.log(&entry, &subject)?;
            let badge = Work::Badge(badge_of(&visit, &host, now));
            change.queue(id, &badge, BADGE_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(visit)
    }

    /// The visit whose badge's QR code says this, ended or not.
    ///
    /// # Errors
    /// The book failed.
    pub fn visit_by_token(&self, token: &Token) -> Result<Option<Visit>, BookError> {
        Ok(self.visits("badge_token = ?", [token.as_str()])?.pop())
    }

    /// The badge whose QR code says this.
    ///
    /// # Errors
    /// The book failed.
    pub fn badge_by_token(&self, token: &Token, now: Now) -> Result<Option<Scanned>, BookError> {
        if let Some(visit) = self.visits("badge_token = ?", [token.as_str()])?.pop() {
            return Ok(Some(match visit.left {
                None => Scanned::Here(Box::new(visit)),
                Some(_) if visit.doubted && self.is_open_for(visit.id, now)? => {
                    Scanned::Doubted(Box::new(visit))
                }
                Some(_) if visit.may_return(now.millis()) => Scanned::MayReturn(Box::new(visit)),
                Some(closed) if visit.assumed => Scanned::Assumed(now.zone.here(closed)),
                Some(left) => Scanned::Left(now.zone.here(left)),
            }));
        }
        let mut void = self.connection.prepare_cached("SELECT 1 FROM void_tokens WHERE token = ?")?;
        Ok(void.exists([token.as_str()])?.then_some(Scanned::Void))
    }

    /// Whether the house has not closed for a visit.
    fn is_open_for(&self, id: VisitId, now: Now) -> Result<bool, BookError> {
        let mut open = self.connection.prepare_cached("SELECT 1 FROM visits WHERE id = ? AND closes > ?")?;
        Ok(open.exists(params![id.0.to_string(), now.millis()])?)
    }

    /// The visit of a badge that was printed anew since, by the old badge's code.
    ///
    /// # Errors
    /// The book failed.
    pub fn visit_by_void_token(&self, token: &Token) -> Result<Option<Visit>, BookError> {
        let voided = "id = (SELECT visit_id FROM void_tokens WHERE token = ?)";
        Ok(self.visits(voided, [token.as_str()])?.pop())
    }

    pub(in crate::book) fn visits(
        &self,
        condition: &str,
        params: impl Params,
    ) -> Result<Vec<Visit>, BookError> {
        find(&self.connection, condition, params)
    }

    /// One visit.
    ///
    /// # Errors
    /// The book failed.
    pub fn visit(&self, id: VisitId) -> Result<Option<Visit>, BookError> {
        one(&self.connection, id)
    }

    /// The photo on the badge of this visit.
    ///
    /// # Errors
    /// The book failed.
    pub fn photo(&self, id: VisitId) -> Result<Option<Photo>, BookError> {
        let photo: Option<Option<Vec<u8>>> = self
            .connection
            .prepare_cached("SELECT photo FROM visits WHERE id = ?")?
            .query_row([id.0.to_string()], |row| row.get(0))
            .optional()?;
        photo.flatten().map(|gray| Photo::try_from(gray).map_err(damaged("photo"))).transpose()
    }

    /// Everybody who registered today, first come first.
    ///
    /// # Errors
    /// The book failed.
    pub fn registered_today(&self, now: Now) -> Result<Vec<Visit>, BookError> {
        self.visits("arrived >= ? ORDER BY rowid", [self.day_began(now).timestamp_millis()])
    }

    /// Everybody who has not left, first come first.
    ///
    /// # Errors
    /// The book failed.
    pub fn open_visits(&self) -> Result<Vec<Visit>, BookError> {
        self.visits("\"left\" IS NULL ORDER BY rowid", [])
    }
}
