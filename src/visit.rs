//! The nouns of a reception: who comes, whom to see, on which invitation, with which badge.
//! Owns their rules; knows neither the book nor the screen.

mod address;
mod hours;
mod keys;
mod names;
mod phone;
mod photo;
mod signature;
mod tokens;
mod wanted;
pub mod watch;

pub use address::MailAddress;
pub use hours::Hours;
pub use keys::{is_same_name, letters, name_key, name_keys};
pub use names::{Company, Note, PersonName, Problem, Remark, fold};
pub use phone::Phone;
pub use photo::Photo;
pub use signature::{Point, Signature, path};
pub use tokens::{BadgeNumber, InviteCode, Shape, Token, bare};
pub use wanted::Wanted;

use crate::now::{Now, Wall};
use crate::words::{Lang, Texts};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most people that one visit may bring along.
pub const PARTY_MAX: u8 = 49;

/// A visit's name in the book: UUIDv7, so that later visits sort later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VisitId(pub Uuid);

impl From<VisitId> for Uuid {
    fn from(id: VisitId) -> Uuid {
        id.0
    }
}

impl From<FeedbackId> for Uuid {
    fn from(id: FeedbackId) -> Uuid {
        id.0
    }
}

impl From<DeliveryId> for Uuid {
    fn from(id: DeliveryId) -> Uuid {
        id.0
    }
}

/// Somebody whom visitors come to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// The company's own key for this person, such as a staff number.
    pub id: String,
    /// The name as colleagues say it.
    pub name: Texts,
    /// The department.
    pub department: Texts,
    /// Floor and room, where visitors are sent.
    pub place: Texts,
    /// How to get there from reception; may be empty.
    pub way: Texts,
    /// Where arrival mails go.
    pub email: String,
    /// Telephone, as reception dials it; may be empty.
    pub phone: String,
    /// The language of mails to this host.
    pub lang: Lang,
    /// The id of the host who stands in.
    pub deputy: Option<String>,
    /// Who comes to see the department and names nobody is sent to this one.
    #[serde(default)]
    pub contact: bool,
    /// They have left the company: nobody is sent to them any more.
    #[serde(default)]
    pub gone: bool,
}

/// What a visitor comes for, as it was configured when they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its key in the configuration.
    pub id: String,
    /// What visitors and hosts call it.
    pub name: Texts,
    /// Whether the visitor must not be alone.
    pub escort: bool,
    /// Whether whoever left may come back with the same badge while it is good.
    #[serde(default)]
    pub returns: bool,
    /// Which of the purposes was chosen that are offered with it, in every language; what was typed is only a visit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Texts>,
}

/// Whether a visitor may come in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// They may.
    #[default]
    Admitted,
    /// Nobody has said so yet; who was asked last.
    Waiting(Asked),
    /// They may not; a word for them, which may be empty.
    Declined(String),
}

/// Whom a kiosk asks whether a visitor may come in, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The host.
    Host,
    /// Who stands in for the host.
    Deputy,
    /// Reception.
    Reception,
}

/// A pre-registration: who may come, when, to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The key of this invitation, from the company's file or made at import.
    pub id: String,
    /// What the invitation's QR code says.
    pub token: Token,
    /// What can be typed instead.
    pub code: InviteCode,
    /// Who is expected.
    pub visitor: PersonName,
    /// From which company; may be unknown.
    pub company: Option<Company>,
    /// The visitor's telephone; may be unknown.
    pub phone: Option<Phone>,
    /// Whom they come to see.
    pub host_id: String,
    /// The first moment it is good, UTC milliseconds.
    pub from: i64,
    /// The last moment it is good, UTC milliseconds.
    pub until: i64,
    /// How many more people come along.
    pub party: u8,
    /// Withdrawn by the host or reception.
    pub cancelled: bool,
    /// The visit that it was used for.
    pub used_by: Option<VisitId>,
    /// What they come for: the key of a visit type; none: it is not said.
    pub visit_type: Option<String>,
    /// Where the visitor is written to; none: they are not.
    #[serde(default)]
    pub email: Option<String>,
    /// In which language; none: the kiosk's own.
    #[serde(default)]
    pub lang: Option<Lang>,
    /// On which days of the week it can be used, once on each: 1 is Monday, 2 Tuesday, 4 Wednesday and so on; 0: it
    /// can be used once at all.
    #[serde(default)]
    pub days: u8,
}

/// What an invitation is worth at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The visitor may come in.
    Good,
    /// It was already used for this visit.
    Used(VisitId),
    /// Its time is over.
    Expired,
    /// Its time has not come; carries the first good moment, UTC milliseconds.
    NotYet(i64),
    /// It was withdrawn.
    Cancelled,
}

impl Invitation {
    /// What this invitation is worth now, where it was used for this visit on the same day of it. Withdrawn wins over used,
    /// used over time.
    pub fn standing(&self, now: Now, used_today: Option<VisitId>) -> Standing {
        let millis = now.millis();
        let used = if self.days == 0 { self.used_by } else { used_today };
        if self.cancelled {
            Standing::Cancelled
        } else if let Some(visit) = used {
            Standing::Used(visit)
        } else {
            match self.next_turn(now) {
                None => Standing::Expired,
                Some((from, _)) if millis < from => Standing::NotYet(from),
                Some(_) => Standing::Good,
            }
        }
    }
}

/// What a visitor says about themselves, corrected and checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The visitor's full name.
    pub name: PersonName,
    /// The company; visitors may have none.
    pub company: Option<Company>,
    /// A telephone number; may be left out where the invitation had none.
    pub phone: Option<Phone>,
    /// How many more people come along, 0 to [`PARTY_MAX`].
    pub party: u8,
}

/// A delivery's name in the book: UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeliveryId(pub Uuid);

/// The most parcels that one delivery may have.
pub const PARCELS_MAX: u8 = 99;

/// Parcels for somebody of the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its key.
    pub id: DeliveryId,
    /// What it is called, such as 17 for P17.
    pub number: u32,
    /// Whom it is for.
    pub host_id: String,
    /// Who brought it; may be unknown.
    pub carrier: Option<Note>,
    /// How many parcels, 1 to [`PARCELS_MAX`].
    pub parcels: u8,
    /// Somebody must come and sign; otherwise they lie at reception.
    pub to_sign: bool,
    /// When it came.
    pub arrived: Wall,
    /// When it was collected.
    pub collected: Option<Wall>,
}

impl Delivery {
    /// The number as people say it: P17.
    pub fn label(&self) -> String {
        format!("P{}", self.number)
    }
}

/// What the visitor agreed to: which version of the notice, in which language, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The version line of the notice, such as `2026-09`.
    pub version: String,
    /// The language it was shown in.
    pub lang: Lang,
    /// SHA-256 of the text shown, hex, so that the version can be proved.
    pub sha256: String,
    /// When it was agreed to.
    pub at: Wall,
    /// The signature under it, where one was asked for.
    #[serde(default)]
    pub signature: Option<Signature>,
    /// When that was written, where it was on an earlier visit, under the same version.
    #[serde(default)]
    pub signed: Option<Wall>,
    /// Who vouches for it, where it should have been signed and was not; none: nobody has to.
    #[serde(default)]
    pub witness: Option<Witness>,
}

/// Who vouches for an agreement whose visitor could not sign on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// Reception is to, before the visitor comes in.
    Reception,
    /// This one at reception did, by letting them in.
    By(String),
}

/// What somebody who wanted to be remembered need not type again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Their company.
    pub company: Option<Company>,
    /// Whom they saw last.
    pub host_id: String,
}

/// A safety instruction that somebody went through, with every question answered right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instructed {
    /// What it is for: a type of visit or a place, as the notices name it.
    pub topic: String,
    /// Its version line.
    pub version: String,
    /// The language it was shown in.
    pub lang: Lang,
    /// SHA-256 of the text and the questions, hex.
    pub sha256: String,
    /// When the last question was answered; on an earlier visit, perhaps.
    pub at: Wall,
}

/// One visit, as the book has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its key.
    pub id: VisitId,
    /// The invitation it came from.
    pub invitation_id: Option<String>,
    /// The badge's number, unique among all visits that have not left.
    pub badge: BadgeNumber,
    /// What the badge's QR code says.
    pub badge_token: Token,
    /// Who came.
    pub details: Details,
    /// Whom they came to see.
    pub host_id: String,
    /// The language the visitor chose.
    pub lang: Lang,
    /// What they agreed to.
    pub agreement: Agreement,
    /// When they were registered.
    pub arrived: Wall,
    /// Until when the badge is good.
    pub good_until: Wall,
    /// When they left.
    pub left: Option<Wall>,
    /// What they come for; none: it stands in the invitation.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// The same in their own words.
    #[serde(default)]
    pub purpose: Option<Note>,
    /// Whether they may come in.
    #[serde(default)]
    pub admission: Admission,
    /// Nobody saw them leave: it is assumed, as the house has closed.
    #[serde(default)]
    pub assumed: bool,
    /// They were signed out by the number of their badge alone, and nobody has said whether it is so.
    #[serde(default)]
    pub doubted: bool,
    /// The safety instructions that they went through, by topic.
    #[serde(default)]
    pub instructed: Vec<Instructed>,
    /// Whose group they belong to.
    #[serde(default)]
    pub leader: Option<VisitId>,
    /// What reception noted.
    #[serde(default)]
    pub note: Option<Note>,
    /// The numbered pass that they were lent, until it is back.
    #[serde(default)]
    pub pass: Option<String>,
    /// What the watch list says of them.
    #[serde(default)]
    pub watched: Option<Sighting>,
}

/// What somebody may do on reception's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything that helps visitors.
    Receptionist,
    /// Besides: reasons of the watch list, feedback, numbers, exports, erasing.
    Manager,
}

/// Somebody whom reception is to be told about when they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its key.
    pub id: Uuid,
    /// The name; empty where it is not known. One of name, telephone number and company is.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The company.
    pub company: String,
    /// Why; for managers only.
    pub reason: String,
    /// What reception is to do.
    pub note: String,
    /// Until when; none: until it is taken off the list.
    pub until: Option<Wall>,
    /// When it was put on the list.
    pub added: Wall,
    /// Who put it there.
    pub by: String,
}

/// How alike two words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same, but for what makes no difference: capitals, accents, widths, blanks and signs.
    Same,
    /// They sound the same in pinyin.
    SoundsAlike,
    /// A slip of the finger apart, or alike in another order, with a title, or in another alphabet.
    AlmostSame,
}

/// A visitor may be one whom reception is to be told about: in what they are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// The entry's key.
    pub watched: Uuid,
    /// The name.
    pub name: Option<Likeness>,
    /// The telephone number.
    pub phone: Option<Likeness>,
    /// The company.
    pub company: Option<Likeness>,
    /// They were in the house already when the entry was made.
    #[serde(default)]
    pub inside: bool,
}

impl Visit {
    /// Whether somebody is still asked whether they may come in; there is no badge yet.
    pub fn waits(&self) -> bool {
        matches!(self.admission, Admission::Waiting(_))
    }

    /// What they come for in their own words, or in the reader's, where they chose one of those that are offered.
    pub fn purpose_in(&self, lang: Lang) -> Option<&str> {
        let own = self.purpose.as_ref()?.as_str();
        let offered = self.kind.as_ref().and_then(|kind| kind.purpose.as_ref());
        // Reception may have put it right since then.
        let chosen = offered.filter(|offered| offered.all().any(|said| said == own));
        Some(chosen.map_or(own, |chosen| chosen.get(lang)))
    }

    /// The visit that is asked about: a group's is its leader's.
    pub fn asked_about(&self) -> VisitId {
        self.leader.unwrap_or(self.id)
    }

    /// Until when the badge lets its wearer in again after signing out; none where it does not, or at `millis` UTC no
    /// longer.
    pub fn returns_until(&self, millis: i64) -> Option<Wall> {
        let returns = self.kind.as_ref().is_some_and(|kind| kind.returns) && !self.waits();
        Some(self.good_until).filter(|until| returns && millis < until.timestamp_millis())
    }

    /// Whether somebody who left may come back with the same badge at `millis` UTC.
    pub fn may_return(&self, millis: i64) -> bool {
        self.left.is_some() && !self.assumed && self.returns_until(millis).is_some()
    }
}

/// A word on how a visit was; its name in the book: UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FeedbackId(pub Uuid);

/// A word on how a visit was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Five faces, 1 to 5, 5 is best.
    pub rating: Option<u8>,
    /// What was said.
    pub words: Option<Remark>,
    /// It is a complaint, and somebody must answer.
    pub complaint: bool,
    /// Of which visit; none: without a name.
    pub visit: Option<VisitId>,
    /// The department that was visited, as reception calls it.
    pub department: String,
}

/// A complaint until somebody has dealt with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What it is called, such as 3 for C3.
    pub number: u32,
    /// What was said.
    pub words: String,
    /// Which department it is about.
    pub department: String,
    /// Who answers; empty: reception.
    pub responsible: String,
    /// Until when.
    pub due: Wall,
    /// When it was opened.
    pub opened: Wall,
}

impl Case {
    /// The number as people say it: C3.
    pub fn label(&self) -> String {
        format!("C{}", self.number)
    }
}
