//! Where actions are offered: a card or a part, with the state that decides which. Offers none itself.

use super::Section;
use crate::book::Called;
use crate::errand::State;
use crate::visit::{Invitation, Standing, Visit, Witness};

/// A card, or a part as a whole.
#[derive(Clone, Debug)]
pub(in crate::desk) enum Place<'a> {
    /// A part as a whole.
    Part(Part),
    /// A visit among others.
    Visit(&'a Visit),
    /// A visit whose card is open.
    OpenVisit {
        /// Which.
        visit: &'a Visit,
        /// How its last badge stands.
        badge: Option<State>,
        /// A mail about it did not go.
        unsent: bool,
    },
    /// A visitor whose badge is over and who is still here.
    Overstayed,
    /// A visitor who was signed out by number alone.
    Doubted,
    /// A visitor who has left with a pass.
    PassOut,
    /// A visitor whose badge is in trouble.
    BadgeTrouble(State),
    /// A mail that did not go.
    LetterTrouble,
    /// An invitation.
    Invitation {
        /// Which.
        invitation: &'a Invitation,
        /// Whether it is good.
        standing: Standing,
        /// Its card is open.
        open: bool,
    },
    /// A complaint that nobody has dealt with.
    Case,
    /// Parcels that nobody has collected.
    Parcels,
    /// A supply.
    Supply,
    /// A point of today's checks.
    Check {
        /// It is ticked.
        ticked: bool,
    },
    /// Somebody on the roll that is open.
    Called(&'a Called),
    /// A page of its paper.
    RollPage(State),
    /// An entry of the watch list.
    Watched,
    /// The emergency.
    Emergency {
        /// It is said on every page.
        on: bool,
    },
}

/// A part as a whole, as far as it decides what can be done there.
#[derive(Clone, Copy, Debug)]
pub(in crate::desk) struct Part {
    /// Which.
    pub section: Section,
    /// A roll call is open.
    pub roll: bool,
    /// The house has a folder for files.
    pub exports: bool,
    /// There may be more than is shown.
    pub full: bool,
}

impl<'a> Place<'a> {
    /// This part.
    pub fn is_part(&self, section: Section) -> bool {
        matches!(self, Place::Part(part) if part.section == section)
    }

    /// A visitor who waits to be let in, opened or not.
    pub fn is_waiting(&self) -> bool {
        match self {
            Place::Visit(visit) | Place::OpenVisit { visit, .. } => visit.waits() && visit.left.is_none(),
            Place::Part(_)
            | Place::Overstayed
            | Place::Doubted
            | Place::PassOut
            | Place::BadgeTrouble(_)
            | Place::LetterTrouble
            | Place::Invitation { .. }
            | Place::Case
            | Place::Parcels
            | Place::Supply
            | Place::Check { .. }
            | Place::Called(_)
            | Place::RollPage(_)
            | Place::Watched
            | Place::Emergency { .. } => false,
        }
    }

    /// The visit whose card is open, of somebody who has not left.
    pub fn open_visit(&self) -> Option<&'a Visit> {
        if let Place::OpenVisit { visit, .. } = self {
            Some(*visit).filter(|it| it.left.is_none())
        } else {
            None
        }
    }

    /// The same of somebody who is in.
    pub fn open_inside(&self) -> Option<&'a Visit> {
        self.open_visit().filter(|visit| !visit.waits())
    }

    /// The visit whose card is open, of somebody who has left.
    pub fn open_left(&self) -> Option<&'a Visit> {
        if let Place::OpenVisit { visit, .. } = self {
            Some(*visit).filter(|it| it.left.is_some())
        } else {
            None
        }
    }

    /// A badge of which nobody knows whether it came out, of somebody who is in.
    pub fn is_badge_unknown(&self) -> bool {
        matches!(self, Place::BadgeTrouble(State::Unknown(_)))
            || (matches!(self, Place::OpenVisit { badge: Some(State::Unknown(_)), .. })
                && self.open_inside().is_some())
    }

    /// A badge that did not come out, and everybody knows it.
    pub fn is_badge_failed(&self) -> bool {
        matches!(self, Place::BadgeTrouble(state) if !matches!(state, State::Unknown(_)))
    }

    /// An invitation on which somebody can still come.
    pub fn is_open_invitation(&self) -> bool {
        let Place::Invitation { invitation, standing, open } = self else { return false };
        match standing {
            Standing::Good | Standing::NotYet(_) => true,
            // They come again on another day.
            Standing::Used(_) => *open && invitation.days != 0,
            Standing::Cancelled | Standing::Expired => false,
        }
    }
}

/// Whether reception is still to sign with this visitor.
pub(super) fn is_unsigned(visit: &Visit) -> bool {
    visit.left.is_none() && visit.agreement.witness == Some(Witness::Reception)
}
