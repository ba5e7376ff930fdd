//! The last page: three truths with their live state. Nothing is said here that the book or a
//! device did not say.

use super::{Ctx, Ends, Next, PageLogic, Scan};
use crate::book::{Book, BookError, ErrandEntry};
use crate::config::{Config, Screen};
use crate::desk::idle::seconds_left;
use crate::desk::told::Told;
use crate::desk::view::{badge_shown, host_shown};
use crate::desk::{BadgeShown, Desk, Event, HostShown, PageView, Registration, ToldShown};
use crate::errand::{About, Badge, ErrandId, Kind, Seen, State};
use crate::now::{Now, Tick, Wall};
use crate::visit::{BadgeNumber, Host, Photo, Token, Visit, VisitId};
use std::time::Duration;

/// How long a visitor gets at least to read something new on this page.
const TIME_TO_READ: Duration = Duration::from_secs(10);

/// One visit after registration, with its group, as long as its visitor looks.
#[derive(Debug)]
pub struct Thanks {
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
pub struct OneBadge {
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

impl PageLogic for Thanks {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        let (host, mut badge) = (&self.host, self.badge_as_printed());
        badge.good_until = now.zone.here(badge.good_until);
        PageView::Thanks(Box::new(ThanksView {
            escort: badge.escort,
            badge,
            registered: self.visit.arrived,
            badge_state: badge_shown(self.worst().map(|badge| badge.state)),
            badge_number: self.worst().map_or(self.visit.badge, |badge| badge.number).to_string(),
            badges: self.out(),
            badges_unseen: self.unseen(),
            late_code: self.late_code.clone(),
            host_state: host_shown(self.letter.as_ref().map(|told| told.state)),
            told: Told::view(self.letter.as_ref(), desk.lang),
            name: self.visit.details.name.to_string(),
            host: host.name.get(desk.lang).to_owned(),
            place: host.place.get(desk.lang).to_owned(),
            way: match host.way.get(desk.lang) {
                "" => desk.config.way_to(&host.place, desk.lang).to_owned(),
                way => way.to_owned(),
            },
            seconds_left: seconds_left(now.tick, self.until),
        }))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        if let Event::Registration(Registration::CameOut(came_out)) = event {
            self.came_out(came_out, cx)?;
        }
        Ok(Next::Stay)
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::Stay)
    }

    /// A telephone that is still held there is not the next one in the queue; anything else is.
    fn scan(&self, token: Option<&Token>, book: &Book) -> Result<Scan, BookError> {
        let invitation = token.map(|token| book.invitation_by_token(token)).transpose()?.flatten();
        // Theirs is the invitation on which they came, and on which nobody else may come.
        let came_on_it =
            invitation.filter(|invitation| self.visit.invitation_id.as_ref() == Some(&invitation.id));
        let theirs = came_on_it.map(|invitation| book.room(&invitation.id)).transpose()? == Some(0);
        Ok(if theirs { Scan::Dropped } else { Scan::NextVisitor })
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::CountingTo(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.thanks_seconds))
    }

    /// What no device reports shows too: a badge that came too late, or another one that reception had printed.
    fn follow(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let before = self.states();
        self.take_up(cx.book)?;
        if self.states() != before {
            if let Some(visit) = cx.book.visit(self.visit.id)? {
                self.visit = visit;
            }
            self.stays(cx.desk.config.screen.idle_seconds, cx.now);
        }
        Ok(Next::Stay)
    }

    /// The page shows it if it is one of this visitor's.
    fn errand_is(&mut self, id: ErrandId, state: State, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let badges = self.badges.iter_mut().map(|badge| (badge.errand, &mut badge.state));
        let letter = self.letter.iter_mut().map(|told| (told.errand, &mut told.state));
        let mine = badges.chain(letter).find(|(own, _)| *own == id);
        if let Some((_, shown)) = mine
            && *shown != state
        {
            *shown = state;
            self.stays(cx.desk.config.screen.idle_seconds, cx.now);
        }
        Ok(Next::Stay)
    }
}

impl Thanks {
    /// The visitor says whether the badge came out that nobody saw.
    fn came_out(&mut self, came_out: bool, cx: &mut Ctx<'_>) -> Result<(), BookError> {
        let Some(OneBadge { visit, state: State::Unknown(_), .. }) = self.worst() else { return Ok(()) };
        let seen = cx.book.badge_seen(visit, came_out, cx.now)?;
        if visit == self.visit.id {
            self.visit = seen;
        }
        self.take_up(cx.book)?;
        self.until = self.until.max(cx.now.tick.after(TIME_TO_READ));
        Ok(())
    }

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

impl Ctx<'_> {
    /// The visit is registered and may begin.
    pub fn thank(&mut self, visit: Visit, host: Host) -> Result<Next, BookError> {
        let late_code = late_code(&visit, self.book)?;
        let photo = self.book.photo(visit.id)?;
        let until = self.until_read();
        let mut thanks = Thanks { visit, host, photo, badges: Vec::new(), letter: None, late_code, until };
        thanks.take_up(self.book)?;
        Ok(Next::go(thanks))
    }
}

/// What those say who come later; empty where nobody is expected, or somebody else leads the group.
pub fn late_code(visit: &Visit, book: &Book) -> Result<String, BookError> {
    let invitation = visit.invitation_id.as_deref();
    let invitation = invitation.map(|id| book.invitation(id)).transpose()?.flatten();
    Ok(match invitation {
        Some(invitation) if visit.leader.is_none() && book.room(&invitation.id)? > 0 => {
            invitation.code.as_str().to_owned()
        }
        _ => String::new(),
    })
}

/// The last page.
#[derive(Clone, Debug, PartialEq)]
pub struct ThanksView {
    /// The badge, for its picture.
    pub badge: Badge,
    /// When the visit was registered.
    pub registered: Wall,
    /// How the badges stand, the one worst off.
    pub badge_state: BadgeShown,
    /// Which badge that is.
    pub badge_number: String,
    /// How many badges came out, of how many.
    pub badges: (usize, usize),
    /// Some of them went to a printer that does not report back.
    pub badges_unseen: bool,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    /// How the mail to the host stands, or to somebody in their place.
    pub host_state: HostShown,
    /// To whom that is.
    pub told: ToldShown,
    /// The visitor's name.
    pub name: String,
    /// Whom they see.
    pub host: String,
    /// Where to go.
    pub place: String,
    /// How to get there.
    pub way: String,
    /// They wait where they are until the host comes for them.
    pub escort: bool,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}
