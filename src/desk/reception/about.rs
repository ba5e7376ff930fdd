//! What an action is about, read out of the card that was tapped. A card of another kind is none of its business.

use super::CardId;
use crate::errand::ErrandId;
use crate::visit::VisitId;
use uuid::Uuid;

/// The key of the card with the emergency.
pub(super) const EMERGENCY: &str = "emergency";

/// What an action is about.
pub(super) trait About: Sized {
    /// Out of the card that was tapped; none: the part. Nothing where the card is of another kind.
    fn of(card: Option<&CardId>) -> Option<Self>;
}

/// The part as a whole, and no card.
pub(super) struct OfPart;
/// An invitation, by its id.
pub(super) struct OfInvitation(pub String);
/// A complaint, by its number.
pub(super) struct OfCase(pub u32);
/// Parcels, by their number.
pub(super) struct OfParcels(pub u32);
/// A supply, by its id.
pub(super) struct OfSupply(pub String);
/// A point of today's checks, by its id.
pub(super) struct OfCheck(pub String);
/// Somebody on the roll that is open.
pub(super) struct OfCalled(pub VisitId);
/// A page of its paper, from 1.
pub(super) struct OfRollPage(pub u32);
/// An entry of the watch list.
pub(super) struct OfWatched(pub Uuid);
/// The emergency.
pub(super) struct OfEmergency;

impl About for OfPart {
    fn of(card: Option<&CardId>) -> Option<Self> {
        card.is_none().then_some(Self)
    }
}

macro_rules! about {
    ($($about:ty: $card:pat => $it:expr;)+) => {
        $(impl About for $about {
            fn of(card: Option<&CardId>) -> Option<Self> {
                if let Some($card) = card { Some($it) } else { None }
            }
        })+
    };
}

about! {
    VisitId: CardId::Visit(id) => *id;
    ErrandId: CardId::Errand(id) => *id;
    OfInvitation: CardId::Invitation(id) => Self(id.clone());
    OfCase: CardId::Case(number) => Self(*number);
    OfParcels: CardId::Parcels(number) => Self(*number);
    OfSupply: CardId::Supply(id) => Self(id.clone());
    OfCheck: CardId::Check(id) => Self(id.clone());
    OfCalled: CardId::Called(id) => Self(*id);
    OfRollPage: CardId::RollPage(page) => Self(*page);
    OfWatched: CardId::Watched(id) => Self(*id);
}

impl About for OfEmergency {
    fn of(card: Option<&CardId>) -> Option<Self> {
        matches!(card, Some(CardId::Machine(what)) if what == EMERGENCY).then_some(Self)
    }
}
