//! Looking for an invitation, a visit or a badge: which ones are good, why one is not, and what a scan leads to.

use super::pages::choose::Choose;
use super::pages::confirm::Confirm;
use super::pages::leave::By;
use super::pages::returning::Returning;
use super::pages::search::{How, LookupError, Search};
use super::pages::types::Types;
use super::pages::{Ctx, Next, Page, Scan};
use super::registration::{Origin, RegistrationDraft};
use super::{Desk, Event};
use crate::book::{Book, BookError, Joining, Scanned};
use crate::config::VisitType;
use crate::now::{Now, Wall};
use crate::visit::{Details, Host, Invitation, Shape, Standing, Token, Visit, VisitId};

/// An invitation, a visit or a badge is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// "I have an invitation".
    HaveInvitation,
    /// "Enter the code", or the badge's number.
    ByCode,
    /// "Find me by name".
    ByName,
    /// Something in the look-up was edited: what was said about it is out of date.
    Typed,
    /// A code was typed.
    Code(String),
    /// A name and the last four digits of a telephone number were typed.
    Name {
        /// The full name.
        name: String,
        /// The last four digits.
        last_four: String,
    },
    /// One of several invitations was chosen, by its id.
    Choose(String),
    /// "Yes, this is me".
    Confirm,
    /// "This is me, and something must be corrected".
    Correct,
    /// "No, this is not me".
    NotMe,
    /// The scanner read this.
    Scanned(String),
}

/// An invitation that was found, with its host.
#[derive(Debug, Clone)]
pub(super) struct MatchedInvitation {
    pub invitation: Invitation,
    pub host: Host,
    /// What they come for, where the invitation says so.
    pub kind: Option<VisitType>,
    /// The visit of the leader whose group they come late to.
    pub joins: Option<VisitId>,
    /// That group still waits to be let in.
    pub waits: bool,
}

impl MatchedInvitation {
    /// Nobody comes in: what is brought is all that is asked.
    pub fn brings_parcels(&self) -> bool {
        self.kind.as_ref().is_some_and(|kind| kind.parcels)
    }

    /// What is known of them, as a form.
    pub fn draft(&self) -> RegistrationDraft {
        let invitation = &self.invitation;
        let details = Details {
            name: invitation.visitor.clone(),
            company: invitation.company.clone(),
            phone: invitation.phone.clone(),
            party: invitation.party,
        };
        // Somebody who comes late to a group says who they are.
        let details = self.joins.is_none().then_some(details);
        RegistrationDraft::new(Origin::Invited(Box::new(self.clone())), details)
    }
}

impl Search {
    /// Those that were found; or why not.
    pub(super) fn offer(self, mut good: Vec<MatchedInvitation>, why_not: Option<LookupError>) -> Next {
        match good.len() {
            0 => self.missed(why_not.unwrap_or(LookupError::Unknown)),
            1 => Next::go(Confirm(good.remove(0))),
            _ => Next::go(Choose(good)),
        }
    }
}

impl Ctx<'_> {
    /// Whether these are good, and which one is theirs.
    pub fn found(&self, search: Search, found: Vec<Invitation>) -> Result<Next, BookError> {
        let (good, why_not) = self.good_ones(found, search.leaving)?;
        Ok(search.offer(good, why_not))
    }

    /// Those that are good, the soonest first; and why another one is not.
    pub fn good_ones(
        &self,
        found: Vec<Invitation>,
        leaving: bool,
    ) -> Result<(Vec<MatchedInvitation>, Option<LookupError>), BookError> {
        let (now, book) = (self.now, &*self.book);
        let mut good = Vec::new();
        let mut why_not = None;
        for invitation in found {
            let miss = match book.standing(&invitation, now)? {
                Standing::Good if !self.desk.offers(&invitation) => LookupError::NotOffered,
                Standing::Good => {
                    good.extend(self.matched(invitation, None)?);
                    continue;
                }
                Standing::Used(_) if leaving => LookupError::ScanBadge,
                Standing::Used(leader) => match book.joining(&invitation.id, leader)? {
                    Joining::Open(_) if now.millis() > invitation.until => LookupError::Expired,
                    Joining::Open(_) if !self.desk.offers(&invitation) => LookupError::NotOffered,
                    Joining::Open(leader) => {
                        good.extend(self.matched(invitation, Some(&leader))?);
                        continue;
                    }
                    Joining::Brought(then) => LookupError::Used(then),
                    Joining::Gone => LookupError::GroupGone,
                    Joining::Over => LookupError::Cancelled,
                    Joining::Full => {
                        LookupError::Used(book.visit(leader)?.map_or(now.wall, |visit| visit.arrived))
                    }
                },
                Standing::NotYet(from) => LookupError::NotYet(now.zone.wall(from)),
                Standing::Expired => LookupError::Expired,
                Standing::Cancelled => LookupError::Cancelled,
            };
            // Of several that are no good, the one that helps the visitor most is named.
            why_not = why_not.max(Some(miss));
        }
        good.sort_by_key(|matched: &MatchedInvitation| matched.invitation.from);
        Ok((good, why_not))
    }

    fn matched(
        &self,
        invitation: Invitation,
        leader: Option<&Visit>,
    ) -> Result<Option<MatchedInvitation>, BookError> {
        let kinds = &self.desk.config.visit_types;
        let kind =
            invitation.visit_type.as_ref().and_then(|id| kinds.iter().find(|kind| kind.kind.id == *id));
        let kind = kind.cloned();
        let (joins, waits) = (leader.map(|leader| leader.id), leader.is_some_and(Visit::waits));
        let host = self.book.host(&invitation.host_id)?;
        Ok(host.map(|host| MatchedInvitation { invitation, host, kind, joins, waits }))
    }

    /// What was scanned is no invitation; perhaps it is a badge.
    fn badge_scanned(&mut self, search: Search, token: &Token, text: &str) -> Result<Next, BookError> {
        let badge = self.book.badge_by_token(token, self.now)?;
        match badge {
            Some(_) => self.book.scan_was_right()?,
            None => scan_meant_nothing(text, self.now, self.book)?,
        }
        match badge {
            Some(Scanned::MayReturn(visit)) => {
                self.desk.speak(visit.lang);
                Ok(Next::go(Returning(*visit)))
            }
            Some(Scanned::Here(visit)) => self.ask_wearer(*visit, None),
            Some(Scanned::Doubted(visit)) => {
                let left = visit.left.unwrap_or(visit.arrived);
                // Somebody holds the badge, so they are here; its number may have been typed by another one.
                let here = self.book.take_back_sign_out(visit.id, "", self.now)?;
                match self.book.visit(visit.id)?.filter(|_| here) {
                    Some(visit) => self.ask_wearer(visit, Some(left)),
                    None => Ok(search.missed(LookupError::Left(left))),
                }
            }
            Some(Scanned::Assumed(at)) => Ok(search.missed(LookupError::Assumed(at))),
            Some(Scanned::Left(at)) => Ok(search.missed(LookupError::Left(at))),
            Some(Scanned::Void) => Ok(search.missed(LookupError::VoidBadge)),
            None => Ok(search.missed(LookupError::Strange)),
        }
    }

    /// Is it you who leaves? In the language that they chose this morning.
    fn ask_wearer(&mut self, visit: Visit, doubted: Option<Wall>) -> Result<Next, BookError> {
        let lang = visit.lang;
        let next = self.ask_to_leave(visit, By::Scan, doubted)?;
        self.desk.speak(lang);
        Ok(next)
    }
}

impl Desk {
    /// A scan counts on the first pages, whatever lies over them, and on pages that are over; never in a form.
    pub(super) fn scanned(&mut self, text: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let token = Token::parse(text);
        if token.is_none() {
            scan_meant_nothing(text, now, book)?;
        }
        let leaving = match self.page.logic().scan(token.as_ref(), book)? {
            Scan::LooksUp { leaving } => leaving,
            Scan::OpensCard => return self.card_scanned(text, now, book),
            Scan::Dropped => return Ok(()),
            Scan::NextVisitor => {
                self.reset();
                self.idle.touch(now.tick);
                false
            }
        };
        let search = Search { how: How::Scan, leaving, miss: None };
        let Some(token) = token else {
            return self.follow(search.missed(LookupError::Unreadable), now, book);
        };
        let mut cx = Ctx { desk: self, now, book };
        // A token has 128 bits: nobody guesses one, so a strange one is no attack and costs no pause.
        let next = match cx.book.invitation_by_token(&token)? {
            Some(invitation) => {
                cx.book.scan_was_right()?;
                cx.found(search, vec![invitation])?
            }
            None => cx.badge_scanned(search, &token, text)?,
        };
        if !matches!(next, Next::Go(Page::Search(_))) {
            // The one who was scanned need not be the one who typed.
            self.forget_typed();
        }
        self.follow(next, now, book)
    }

    /// Whether it is known what this invitation asks of its visitor: signature, induction, escort. A type that was taken
    /// out of the configuration took them along.
    fn offers(&self, invitation: &Invitation) -> bool {
        let is_there = |id: &String| self.config.visit_types.iter().any(|kind| kind.kind.id == *id);
        invitation.visit_type.as_ref().is_none_or(is_there)
    }

    /// Somebody stands at reception whose invitations these are.
    pub(super) fn found(
        &mut self,
        how: How,
        found: Vec<Invitation>,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        self.on_page(now, book, |_, cx| cx.found(Search { how, ..Search::default() }, found))
    }

    /// "Yes, this is me", said for a visitor.
    pub(super) fn confirm(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.hand_to_page(Event::LookUp(LookUp::Confirm), now, book)
    }

    /// "I have no appointment", said for a visitor.
    pub(super) fn begin_walk_in(&mut self) {
        self.show(Types);
    }
}

/// What was read is nobody's business, its shape tells a scanner that is set wrongly.
pub(super) fn scan_meant_nothing(text: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
    let shape = Shape::of(text);
    book.scan_was_strange(shape, now)?;
    tracing::warn!("a scan was not recognised: {shape}");
    Ok(())
}
