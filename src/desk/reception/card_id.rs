//! What a card of reception's pages is about. The screen keeps it as a text and gives it back with a tap.

use crate::errand::ErrandId;
use crate::visit::VisitId;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// What a card is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CardId {
    /// A visit.
    Visit(VisitId),
    /// An invitation, by its id.
    Invitation(String),
    /// An errand that went wrong.
    Errand(ErrandId),
    /// A complaint, by its number.
    Case(u32),
    /// Something said of a visit, by when; UTC milliseconds.
    Word(i64),
    /// Parcels, by their number.
    Parcels(u32),
    /// A supply, by its id.
    Supply(String),
    /// A point of today's look round, by its id.
    Check(String),
    /// A point of yesterday's that nobody looked at.
    Missed(String),
    /// Somebody on the roll that is open.
    Called(VisitId),
    /// A page of its paper, from 1.
    RollPage(u32),
    /// A roll call of before.
    Roll(Uuid),
    /// An entry of the watch list.
    Watched(Uuid),
    /// A device, or what else of the machine is told.
    Machine(String),
}

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CardId::Visit(id) => write!(f, "visit:{}", id.0),
            CardId::Invitation(id) => write!(f, "invitation:{id}"),
            CardId::Errand(id) => write!(f, "errand:{}", id.0),
            CardId::Case(number) => write!(f, "case:{number}"),
            CardId::Word(at) => write!(f, "word:{at}"),
            CardId::Parcels(number) => write!(f, "parcels:{number}"),
            CardId::Supply(id) => write!(f, "supply:{id}"),
            CardId::Check(id) => write!(f, "check:{id}"),
            CardId::Missed(id) => write!(f, "missed:{id}"),
            CardId::Called(id) => write!(f, "called:{}", id.0),
            CardId::RollPage(page) => write!(f, "roll-page:{page}"),
            CardId::Roll(id) => write!(f, "roll:{id}"),
            CardId::Watched(id) => write!(f, "watched:{id}"),
            CardId::Machine(what) => write!(f, "machine:{what}"),
        }
    }
}

impl FromStr for CardId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, id) = text.split_once(':').unwrap_or_default();
        let uuid = || Uuid::parse_str(id).ok();
        let read = match kind {
            "visit" => uuid().map(VisitId).map(CardId::Visit),
            "invitation" => Some(CardId::Invitation(id.to_owned())),
            "errand" => uuid().map(ErrandId).map(CardId::Errand),
            "case" => id.parse().ok().map(CardId::Case),
            "word" => id.parse().ok().map(CardId::Word),
            "parcels" => id.parse().ok().map(CardId::Parcels),
            "supply" => Some(CardId::Supply(id.to_owned())),
            "check" => Some(CardId::Check(id.to_owned())),
            "missed" => Some(CardId::Missed(id.to_owned())),
            "called" => uuid().map(VisitId).map(CardId::Called),
            "roll-page" => id.parse().ok().map(CardId::RollPage),
            "roll" => uuid().map(CardId::Roll),
            "watched" => uuid().map(CardId::Watched),
            "machine" => Some(CardId::Machine(id.to_owned())),
            _ => None,
        };
        read.ok_or_else(|| format!("{text:?} names no card"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_screen_keeps_is_read_back_as_it_was() {
        let id = Uuid::from_u128(7);
        for card in [
            CardId::Visit(VisitId(id)),
            CardId::Invitation("I:1 王芳".to_owned()),
            CardId::Errand(ErrandId(id)),
            CardId::Case(12),
            CardId::Word(-1),
            CardId::Parcels(3),
            CardId::Supply("paper".to_owned()),
            CardId::Check("door".to_owned()),
            CardId::Missed("door".to_owned()),
            CardId::Called(VisitId(id)),
            CardId::RollPage(2),
            CardId::Roll(id),
            CardId::Watched(id),
            CardId::Machine("printer".to_owned()),
        ] {
            assert_eq!(card.to_string().parse(), Ok(card));
        }
        for text in ["", "visit", "visit:", "visit:7", "case:x", "v:1", ":", "parcels:-1"] {
            assert!(text.parse::<CardId>().is_err(), "{text}");
        }
    }
}
