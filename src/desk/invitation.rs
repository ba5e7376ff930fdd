//! The look-up: a QR code, a code of six characters, or full name and last four digits. What is
//! found stays masked until the visitor says that it is theirs.

use super::{Desk, Filling, Guest, How, Miss, Origin, Page, Search, Thanks};
use crate::book::{Book, BookError, Joining};
use crate::now::Now;
use crate::visit::{Details, Invitation, InviteCode, PersonName, Problem, Shape, Standing, Token, Visit};
use unicode_normalization::UnicodeNormalization;

impl Desk {
    pub(super) fn begin_search(&mut self, leaving: bool) {
        if matches!(self.page, Page::Welcome | Page::Search(_)) {
            // A code can be typed at once; a badge is at hand and is scanned.
            let how = if leaving { How::Scan } else { How::Code };
            self.show(Page::Search(Search { how, leaving, miss: None }));
        }
    }

    pub(super) fn show_search(&mut self, how: How) {
        if matches!(self.page, Page::Welcome | Page::Search(_)) {
            self.show(Page::Search(Search { how, miss: None, leaving: self.is_leaving() }));
        }
    }

    pub(super) fn is_leaving(&self) -> bool {
        matches!(self.page, Page::Search(Search { leaving: true, .. }))
    }

    pub(super) fn forget_miss(&mut self) {
        if let Page::Search(search) = &mut self.page {
            search.miss = None;
        }
    }

    /// A scan counts on the first pages, whatever lies over them, and on pages that are over; never in a form.
    pub(super) fn scanned(&mut self, text: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let token = Token::parse(text);
        if token.is_none() {
            scan_meant_nothing(text, now, book)?;
        }
        match &self.page {
            Page::Welcome
            | Page::Search(_)
            | Page::Choose(_)
            | Page::Confirm(_)
            | Page::Again(_)
            | Page::Types => {}
            // A badge held to the scanner opens its visitor's card.
            Page::ReceptionPages(_) => return self.card_scanned(text, now, book),
            Page::RollCalled(_) | Page::Pin(_) => return Ok(()),
            // A telephone that is still held there is not the next one in the queue.
            Page::Thanks(thanks) if self.is_theirs(thanks, token.as_ref(), book)? => return Ok(()),
            // The next one is.
            Page::Thanks(_)
            | Page::Declined
            | Page::Leave(_)
            | Page::Left(_)
            | Page::Return(_)
            | Page::Back(..)
            | Page::Heard(_)
            | Page::Waiting(_)
            | Page::Refused(..)
            | Page::Delivered(_) => {
                self.reset();
                self.idle.touch(now.tick);
            }
            Page::Details(_)
            | Page::Members(_)
            | Page::Lecture(_)
            | Page::Photo(_)
            | Page::Host(_)
            | Page::Purpose(_)
            | Page::Parcels(..)
            | Page::Word(..)
            | Page::Agree(_) => return Ok(()),
        }
        let Some(token) = token else {
            self.missed(How::Scan, Miss::Unreadable);
            return Ok(());
        };
        // A token has 128 bits: nobody guesses one, so a strange one is no attack and costs no pause.
        match book.invitation_by_token(&token)? {
            Some(invitation) => {
                book.scan_was_right()?;
                self.found(How::Scan, vec![invitation], now, book)?;
            }
            None => self.badge_scanned(&token, text, now, book)?,
        }
        if !matches!(self.page, Page::Search(_)) {
            // Who was scanned need not be who typed.
            self.forget_typed();
        }
        Ok(())
    }

    /// Whether this is the invitation on which they came, and nobody else may come on it.
    fn is_theirs(&self, thanks: &Thanks, token: Option<&Token>, book: &Book) -> Result<bool, BookError> {
        let Some(token) = token else { return Ok(false) };
        let Some(invitation) = book.invitation_by_token(token)? else { return Ok(false) };
        let came_on_it = thanks.visit.invitation_id.as_ref() == Some(&invitation.id);
        Ok(came_on_it && book.room(&invitation.id)? == 0)
    }

    pub(super) fn look_up_code(&mut self, typed: &str, now: Now, book: &Book) -> Result<(), BookError> {
        if !self.searches(How::Code) || self.is_closed(How::Code, now) {
            return Ok(());
        }
        if self.is_leaving() {
            return self.leave_by_number(typed, now, book);
        }
        let code = match InviteCode::parse(typed) {
            Ok(code) => code,
            Err(Problem::CodeShort(missing)) => {
                self.missed(How::Code, Miss::CodeShort(missing));
                return Ok(());
            }
            Err(_) => {
                self.missed(How::Code, Miss::CodeWrong);
                return Ok(());
            }
        };
        let Some(found) = book.invitation_by_code(&code)? else {
            self.guessed(How::Code, Miss::Unknown, now);
            return Ok(());
        };
        self.found(How::Code, vec![found], now, book)
    }

    pub(super) fn look_up_name(
        &mut self,
        name: &str,
        last_four: &str,
        now: Now,
        book: &Book,
    ) -> Result<(), BookError> {
        if !self.searches(How::Name) || self.is_closed(How::Name, now) {
            return Ok(());
        }
        let Ok(name) = PersonName::parse(name) else {
            self.missed(How::Name, Miss::NameMissing);
            return Ok(());
        };
        let last_four: String = last_four.trim().nfkc().collect();
        if last_four.len() != 4 || !last_four.bytes().all(|b| b.is_ascii_digit()) {
            self.missed(How::Name, Miss::LastFour);
            return Ok(());
        }
        let last_four = last_four.as_str();
        if self.is_leaving() {
            return self.leave_by_name(&name, last_four, now, book);
        }
        if self.look_again(&name, last_four, book)? {
            return Ok(());
        }
        let found = book.invitations_by_name(&name, last_four)?;
        let (good, why_not) = self.good_ones(found, now, book)?;
        // An invitation for later says more than what came of an earlier visit.
        let later = matches!(why_not, Some(Miss::NotYet(_)));
        if good.is_empty() && !later && self.look_for_answered(&name, last_four, now, book)? {
            return Ok(());
        }
        match (good.is_empty(), why_not) {
            (true, None) => self.guessed(How::Name, Miss::NoMatch, now),
            _ => self.offer(How::Name, good, why_not),
        }
        Ok(())
    }

    fn searches(&self, how: How) -> bool {
        matches!(&self.page, Page::Search(search) if search.how == how)
    }

    fn is_closed(&mut self, how: How, now: Now) -> bool {
        let closed = !self.guard.closed_for(now.tick).is_zero();
        if closed {
            self.missed(how, Miss::Paused);
        }
        closed
    }

    /// A miss that counts against guessing.
    pub(super) fn guessed(&mut self, how: How, miss: Miss, now: Now) {
        self.guard.missed(now.tick);
        let closed = !self.guard.closed_for(now.tick).is_zero();
        self.missed(how, if closed { Miss::Paused } else { miss });
    }

    pub(super) fn found(
        &mut self,
        how: How,
        found: Vec<Invitation>,
        now: Now,
        book: &Book,
    ) -> Result<(), BookError> {
        let (good, why_not) = self.good_ones(found, now, book)?;
        self.offer(how, good, why_not);
        Ok(())
    }

    /// Those that are good now, the soonest first; and why another one is not.
    fn good_ones(
        &self,
        found: Vec<Invitation>,
        now: Now,
        book: &Book,
    ) -> Result<(Vec<Guest>, Option<Miss>), BookError> {
        let mut good = Vec::new();
        let mut why_not = None;
        for invitation in found {
            let miss = match book.standing(&invitation, now)? {
                Standing::Good if !self.offers(&invitation) => Miss::NotOffered,
                Standing::Good => {
                    good.extend(self.guest(invitation, None, book)?);
                    continue;
                }
                Standing::Used(_) if self.is_leaving() => Miss::ScanBadge,
                Standing::Used(leader) => match book.joining(&invitation.id, leader)? {
                    Joining::Open(_) if now.millis() > invitation.until => Miss::Expired,
                    Joining::Open(_) if !self.offers(&invitation) => Miss::NotOffered,
                    Joining::Open(leader) => {
                        good.extend(self.guest(invitation, Some(&leader), book)?);
                        continue;
                    }
                    Joining::Brought(then) => Miss::Used(then),
                    Joining::Gone => Miss::GroupGone,
                    Joining::Over => Miss::Cancelled,
                    Joining::Full => Miss::Used(book.visit(leader)?.map_or(now.wall, |visit| visit.arrived)),
                },
                Standing::NotYet(from) => Miss::NotYet(now.zone.wall(from)),
                Standing::Expired => Miss::Expired,
                Standing::Cancelled => Miss::Cancelled,
            };
            // Of several that are no good, the one that helps the visitor most is named.
            why_not = why_not.max(Some(miss));
        }
        good.sort_by_key(|guest: &Guest| guest.invitation.from);
        Ok((good, why_not))
    }

    /// Whether it is known what this invitation asks of its visitor: signature, instruction, escort. A type that was taken
    /// out of the configuration took them along.
    fn offers(&self, invitation: &Invitation) -> bool {
        let is_there = |id: &String| self.config.visit_types.iter().any(|kind| kind.kind.id == *id);
        invitation.visit_type.as_ref().is_none_or(is_there)
    }

    fn offer(&mut self, how: How, mut good: Vec<Guest>, why_not: Option<Miss>) {
        match good.len() {
            0 => self.missed(how, why_not.unwrap_or(Miss::Unknown)),
            1 => self.show(Page::Confirm(Box::new(good.remove(0)))),
            _ => self.show(Page::Choose(good)),
        }
    }

    fn guest(
        &self,
        invitation: Invitation,
        leader: Option<&Visit>,
        book: &Book,
    ) -> Result<Option<Guest>, BookError> {
        let kinds = &self.config.visit_types;
        let kind =
            invitation.visit_type.as_ref().and_then(|id| kinds.iter().find(|kind| kind.kind.id == *id));
        let kind = kind.cloned();
        let (joins, waits) = (leader.map(|leader| leader.id), leader.is_some_and(Visit::waits));
        Ok(book.host(&invitation.host_id)?.map(|host| Guest { invitation, host, kind, joins, waits }))
    }

    pub(super) fn show(&mut self, page: Page) {
        self.aside = None;
        self.page = page;
    }

    pub(super) fn missed(&mut self, how: How, miss: Miss) {
        self.show(Page::Search(Search { how, miss: Some(miss), leaving: self.is_leaving() }));
    }

    pub(super) fn choose(&mut self, id: &str) {
        if let Page::Choose(guests) = &self.page
            && let Some(guest) = guests.iter().find(|guest| guest.invitation.id == id)
        {
            self.page = Page::Confirm(Box::new(guest.clone()));
        }
    }

    /// "Yes, this is me": where nothing is missing the notice comes next, else the details do.
    pub(super) fn confirm(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        if matches!(self.page, Page::Again(_)) {
            return self.see_again(now, book);
        }
        let Page::Confirm(guest) = &self.page else { return Ok(()) };
        if guest.brings_parcels() {
            self.page = Page::Parcels(Box::new(guest.host.clone()), Some(guest.clone()));
            return Ok(());
        }
        let filling = guest.filling();
        if filling.is_whole() {
            return self.instruct(filling, now, book);
        }
        self.page = Page::Details(Box::new(filling));
        Ok(())
    }

    pub(super) fn correct(&mut self) {
        if let Page::Confirm(guest) = &self.page
            && !guest.brings_parcels()
        {
            self.page = Page::Details(Box::new(guest.filling()));
        }
    }

    pub(super) fn not_me(&mut self) {
        if matches!(self.page, Page::Confirm(_) | Page::Choose(_) | Page::Again(_)) {
            self.page = Page::Search(Search::default());
        }
    }
}

impl Guest {
    /// Nobody comes in: what is brought is all that is asked.
    pub(super) fn brings_parcels(&self) -> bool {
        self.kind.as_ref().is_some_and(|kind| kind.parcels)
    }

    /// What is known of them, as a form.
    pub(super) fn filling(&self) -> Filling {
        let invitation = &self.invitation;
        let details = Details {
            name: invitation.visitor.clone(),
            company: invitation.company.clone(),
            phone: invitation.phone.clone(),
            party: invitation.party,
        };
        // Whoever comes late to a group says who they are.
        let details = self.joins.is_none().then_some(details);
        Filling::new(Origin::Invited(Box::new(self.clone())), details)
    }
}

/// What was read is nobody's business, its shape tells a scanner that is set wrongly.
pub(super) fn scan_meant_nothing(text: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
    let shape = Shape::of(text);
    book.scan_was_strange(shape, now)?;
    tracing::warn!("a scan was not recognised: {shape}");
    Ok(())
}
