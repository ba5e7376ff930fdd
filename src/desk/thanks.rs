//! The last page: three truths with their live state. Nothing is said here that the book or a
//! device did not say.

use super::told::Told;
use super::{Desk, Page};
use crate::book::{Book, BookError, ErrandEntry};
use crate::errand::{About, Badge, ErrandId, Kind, Seen, State};
use crate::now::{Now, Tick};
use crate::visit::{BadgeNumber, Host, Photo, Visit, VisitId};
use std::time::Duration;

/// How long a visitor gets at least to read something new on this page.
const TIME_TO_READ: Duration = Duration::from_secs(10);

/// One visit after registration, with its group, as long as its visitor looks.
#[derive(Debug)]
pub(super) struct Thanks {
    pub visit: Visit,
    pub host: Host,
    photo: Option<Photo>,
    /// The visitor's own badge first.
    badges: Vec<OneBadge>,
    /// None: nobody can be written to.
    pub letter: Option<Told>,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    pub until: Tick,
}

/// How the last badge of somebody stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneBadge {
    pub visit: VisitId,
    pub number: BadgeNumber,
    errand: ErrandId,
    pub state: State,
}

/// How much a badge wants attention.
fn urgency(state: State) -> u8 {
    match state {
        State::Unknown(_) => 5,
        State::Failed(_) => 4,
        State::Queued(Some(_)) => 3,
        State::Queued(None) | State::Sending => 2,
        State::Done(Seen::HandedOver) => 1,
        State::Done(Seen::Confirmed) => 0,
    }
}

impl Thanks {
    /// How all of it stands.
    fn states(&self) -> Vec<(ErrandId, State)> {
        let badges = self.badges.iter().map(|badge| (badge.errand, badge.state));
        badges.chain(self.letter.iter().map(|told| (told.errand, told.state))).collect()
    }

    /// Something new is to be read. A question waits for its answer; the badge may lie in the tray, or half of it.
    fn stays(&mut self, idle: Duration, now: Now) {
        let asks = matches!(self.worst(), Some(OneBadge { state: State::Unknown(_), .. }));
        self.until = self.until.max(now.tick.after(if asks { idle } else { TIME_TO_READ }));
    }

    fn take_up(&mut self, book: &Book) -> Result<(), BookError> {
        let arrival = |visit| -> Result<Option<ErrandEntry>, BookError> {
            Ok(book.errands_of(visit)?.into_iter().rfind(|entry| entry.about == Some(About::Arrival)))
        };
        // Who joined a group that waited came in with the others, and was announced with them.
        let letter =
            arrival(self.visit.id)?.map_or_else(|| arrival(self.visit.asked_about()), |own| Ok(Some(own)));
        self.letter = letter?.map(|entry| Told::of(&entry, &self.host, book)).transpose()?;
        self.badges.clear();
        for visit in book.party(self.visit.id)? {
            let badge = book.errands_of(visit.id)?.into_iter().rfind(|entry| entry.kind == Kind::Paper);
            self.badges.extend(badge.map(|entry| OneBadge {
                visit: visit.id,
                number: visit.badge,
                errand: entry.id,
                state: entry.state,
            }));
        }
        Ok(())
    }

    /// The badge that wants attention most; of several the first.
    pub fn worst(&self) -> Option<OneBadge> {
        let most = self.badges.iter().map(|badge| urgency(badge.state)).max()?;
        self.badges.iter().find(|badge| urgency(badge.state) == most).copied()
    }

    /// Whether a printer that does not report back has taken one of the badges.
    pub fn unseen(&self) -> bool {
        self.badges.iter().any(|badge| badge.state == State::Done(Seen::HandedOver))
    }

    /// How many badges are with their wearers, as far as is known, of how many.
    pub fn out(&self) -> (usize, usize) {
        let out = self.badges.iter().filter(|badge| matches!(badge.state, State::Done(_))).count();
        (out, self.badges.len())
    }

    /// What the badge says, for its picture.
    pub fn badge_as_printed(&self) -> Badge {
        Badge { photo: self.photo.clone(), ..Badge::of(&self.visit, &self.host) }
    }
}

impl Desk {
    /// The visit is registered and may begin.
    pub(super) fn thank(&mut self, visit: Visit, host: Host, now: Now, book: &Book) -> Result<(), BookError> {
        let until = now.tick.after(self.config.screen.thanks);
        let late_code = late_code(&visit, book)?;
        let photo = book.photo(visit.id)?;
        let mut thanks = Thanks { visit, host, photo, badges: Vec::new(), letter: None, late_code, until };
        thanks.take_up(book)?;
        self.show(Page::Thanks(Box::new(thanks)));
        Ok(())
    }

    /// The book says how an errand stands; the page shows it if it is one of this visitor's.
    pub(super) fn errand_is(&mut self, id: ErrandId, state: State, now: Now) {
        let Page::Thanks(thanks) = &mut self.page else { return };
        let badges = thanks.badges.iter_mut().map(|badge| (badge.errand, &mut badge.state));
        let letter = thanks.letter.iter_mut().map(|told| (told.errand, &mut told.state));
        let mine = badges.chain(letter).find(|(own, _)| *own == id);
        if let Some((_, shown)) = mine
            && *shown != state
        {
            *shown = state;
            thanks.stays(self.config.screen.idle, now);
        }
    }

    /// What no device reports shows too: a badge that came too late, or another one that reception had printed.
    pub(super) fn follow_badges(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Thanks(thanks) = &mut self.page else { return Ok(()) };
        let before = thanks.states();
        thanks.take_up(book)?;
        if thanks.states() != before {
            if let Some(visit) = book.visit(thanks.visit.id)? {
                thanks.visit = visit;
            }
            thanks.stays(self.config.screen.idle, now);
        }
        Ok(())
    }

    /// The visitor says whether the badge came out that nobody saw.
    pub(super) fn came_out(&mut self, came_out: bool, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Thanks(thanks) = &mut self.page else { return Ok(()) };
        let Some(OneBadge { visit, state: State::Unknown(_), .. }) = thanks.worst() else { return Ok(()) };
        let seen = book.badge_seen(visit, came_out, now)?;
        if visit == thanks.visit.id {
            thanks.visit = seen;
        }
        thanks.take_up(book)?;
        thanks.until = thanks.until.max(now.tick.after(TIME_TO_READ));
        Ok(())
    }
}

/// What those say who come later; empty where nobody is expected, or somebody else leads the group.
pub(super) fn late_code(visit: &Visit, book: &Book) -> Result<String, BookError> {
    let invitation = visit.invitation_id.as_deref();
    let invitation = invitation.map(|id| book.invitation(id)).transpose()?.flatten();
    Ok(match invitation {
        Some(invitation) if visit.leader.is_none() && book.room(&invitation.id)? > 0 => {
            invitation.code.as_str().to_owned()
        }
        _ => String::new(),
    })
}
