//! Registering a visitor, step by step: the draft that the pages fill in one after the other, and which page comes next.

use super::Desk;
use super::look_up::MatchedInvitation;
use super::pages::details::{DetailsForm, FieldProblems};
use super::pages::host::HostSearch;
use super::pages::members::MembersForm;
use super::pages::purpose::PurposeForm;
use super::pages::{Ctx, Next};
use crate::book::BookError;
use crate::config::{Ask, VisitType};
use crate::now::Wall;
use crate::paper::labels;
use crate::visit::{
    Details, Host, Instructed, Note, PersonName, Phone, Photo, Point, Remembered, Signature, VisitId,
};
use crate::words::Lang;

/// A visitor is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// "I have no appointment".
    WalkIn,
    /// What the visitor comes for was chosen, by the key of its type.
    ChooseType(String),
    /// Part of a host's name or department was typed.
    AskForHost(String),
    /// A department was chosen.
    ChooseDepartment(String),
    /// A host was chosen, by the id.
    ChooseHost(String),
    /// What they come for, in their own words.
    PurposeDone(String),
    /// The visitor left a field of the details.
    LeaveField(Field, String),
    /// The details, whole.
    DetailsDone {
        /// The name as typed.
        name: String,
        /// The company as typed.
        company: String,
        /// The telephone number as typed.
        phone: String,
        /// How many more people come along.
        party: i32,
        /// Whether they want to be remembered for next time.
        remember: bool,
    },
    /// One of a group was named; an empty name takes it back.
    NameMember {
        /// Which, from 0; the visitor who stands here is not counted.
        at: usize,
        /// The name as typed.
        name: String,
    },
    /// The group is whole.
    MembersDone,
    /// The safety induction, or why an answer was wrong, was read.
    InductionRead,
    /// A question of the safety induction was answered: which answer, from 0.
    Answer(usize),
    /// "Take my photo", or another one.
    TakePhoto,
    /// The photo is good; or there is to be none.
    PhotoDone {
        /// With the photo.
        with: bool,
    },
    /// The notice was agreed to; the strokes of the signature.
    Agree(Vec<Vec<Point>>),
    /// The notice was agreed to by somebody who cannot sign on the screen: reception signs with them.
    SignAtReception,
    /// Something was written or rubbed out where one signs.
    Signing,
    /// The notice was declined.
    Decline,
    /// The answer to "did your badge come out?".
    CameOut(bool),
}

/// A field of the details page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The company.
    Company,
    /// The telephone number.
    Phone,
}

/// A form on its way to a visit.
#[derive(Debug, Clone)]
pub(super) struct RegistrationDraft {
    pub origin: Origin,
    /// None until somebody without an invitation has typed them.
    pub details: Option<Details>,
    pub purpose: Option<Note>,
    /// Who comes along, as far as they are named; nobody where it is seen at once that each registers by themselves.
    pub members: Vec<Option<PersonName>>,
    pub instructed: Vec<Instructed>,
    /// Name and number, as they left the fields; by both somebody may be known.
    pub left: (Option<PersonName>, Option<Phone>),
    /// For whom the book was asked last, or would have been.
    pub asked: Option<(PersonName, Phone)>,
    /// Whether it was: a visitor who tries many is told nothing for a while.
    pub told: bool,
    /// They were here before and wanted to be remembered.
    pub recalled: Option<Remembered>,
    /// Whether they want to be remembered; none: they were not asked.
    pub remember: Option<bool>,
    /// The signature of an earlier visit under the same notice, and when it was written.
    pub signed: Option<(Signature, Wall)>,
    /// The photo for the badge.
    pub photo: Option<Photo>,
    /// They agreed without the signature that is needed.
    pub unsigned: bool,
    pub problems: FieldProblems,
}

/// Where a visit comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// An invitation, with its host.
    Invited(Box<MatchedInvitation>),
    /// Nothing was arranged; the host is chosen on the way.
    WalkIn(Box<VisitType>, Option<Box<Host>>),
}

impl RegistrationDraft {
    /// An empty form.
    pub(super) fn new(origin: Origin, details: Option<Details>) -> Self {
        Self {
            origin,
            details,
            purpose: None,
            members: Vec::new(),
            instructed: Vec::new(),
            left: (None, None),
            asked: None,
            told: false,
            recalled: None,
            remember: None,
            signed: None,
            photo: None,
            unsigned: false,
            problems: FieldProblems::default(),
        }
    }

    /// Whom they see, once that is known.
    pub(super) fn host(&self) -> Option<&Host> {
        match &self.origin {
            Origin::Invited(matched) => Some(&matched.host),
            Origin::WalkIn(_, host) => host.as_deref(),
        }
    }

    /// What they come for, where that is known.
    pub(super) fn kind(&self) -> Option<&VisitType> {
        match &self.origin {
            Origin::Invited(matched) => matched.kind.as_ref(),
            Origin::WalkIn(kind, _) => Some(kind),
        }
    }

    /// The key of what they come for.
    pub(super) fn kind_id(&self) -> Option<&str> {
        self.kind().map(|kind| kind.kind.id.as_str())
    }

    /// Whether nothing was arranged.
    pub(super) fn is_walk_in(&self) -> bool {
        matches!(self.origin, Origin::WalkIn(..))
    }

    /// The invitation's id.
    pub(super) fn invitation(&self) -> Option<&str> {
        match &self.origin {
            Origin::Invited(matched) => Some(&matched.invitation.id),
            Origin::WalkIn(..) => None,
        }
    }

    /// Whether the company and the telephone number are asked for.
    pub(super) fn asks(&self) -> (Ask, Ask) {
        self.kind().map_or((Ask::May, Ask::May), |kind| (kind.company, kind.phone))
    }

    /// Whether each who comes for this signs, or goes through an instruction, for themselves.
    fn is_one_by_one(&self) -> bool {
        self.kind().is_some_and(|kind| kind.signature || kind.safety.is_some())
    }

    /// Whether nothing needs to be asked of somebody who comes alone.
    pub(super) fn is_whole(&self) -> bool {
        let (company, phone) = self.asks();
        self.details.as_ref().is_some_and(|details| {
            details.party == 0
                && (company != Ask::Must || details.company.is_some())
                && (phone != Ask::Must || details.phone.is_some())
        })
    }

    /// The visit of the leader whose group they come late to.
    pub(super) fn joins(&self) -> Option<VisitId> {
        match &self.origin {
            Origin::Invited(matched) => matched.joins,
            Origin::WalkIn(..) => None,
        }
    }

    /// A name for each who comes along: their own, or which one of how many.
    pub(super) fn named_members(&self, lang: Lang) -> Vec<PersonName> {
        let all = self.members.len() + 1;
        let member = |(at, name): (usize, &Option<PersonName>)| {
            name.clone().or_else(|| PersonName::parse(&labels::member(lang, at + 2, all)).ok())
        };
        self.members.iter().enumerate().filter_map(member).collect()
    }

    /// Whether they still have to sign.
    pub(super) fn signs(&self) -> bool {
        self.kind().is_some_and(|kind| kind.signature) && self.signed.is_none()
    }

    /// As somebody finds it who goes back: what was chosen before stays chosen.
    pub fn tidied(&self) -> Self {
        Self { photo: None, problems: FieldProblems::default(), ..self.clone() }
    }

    /// Back to the pages that ask who comes.
    pub fn back_to_who(self) -> Next {
        if self.members.is_empty() { Next::go(DetailsForm(self)) } else { Next::go(MembersForm(self)) }
    }
}

impl Ctx<'_> {
    /// Who comes is known: whom do they see, or what do they agree to?
    pub fn after_details(&mut self, draft: RegistrationDraft) -> Result<Next, BookError> {
        if draft.is_walk_in() { self.look_for_host(draft) } else { self.induct(draft) }
    }

    /// The details are whole: whom do they see?
    pub fn look_for_host(&mut self, draft: RegistrationDraft) -> Result<Next, BookError> {
        Ok(Next::go(HostSearch::new(Some(draft), self.book.hosts()?)))
    }

    /// Back from induction, photo or notice to what was filled in last.
    pub fn back_to_form(&mut self, draft: RegistrationDraft) -> Result<Next, BookError> {
        if !draft.is_walk_in() {
            return Ok(draft.back_to_who());
        }
        if draft.kind().is_some_and(|kind| !kind.purposes.is_empty()) {
            return Ok(Next::go(PurposeForm(draft)));
        }
        self.look_for_host(draft)
    }
}

impl Desk {
    /// Whether each registers for themselves, and nobody is brought along: they sign, or go through an instruction, for
    /// what they come for or where they go to.
    pub(super) fn is_one_by_one(&self, draft: &RegistrationDraft) -> bool {
        let instructs =
            |host: &Host| !self.notices.topics(draft.kind_id(), &host.place, self.lang).is_empty();
        draft.is_one_by_one() || draft.host().is_some_and(instructs)
    }

    /// The same while they say who they are: whom somebody without an invitation sees is asked after that.
    pub(super) fn begins_one_by_one(&self, draft: &RegistrationDraft) -> bool {
        if draft.is_walk_in() { draft.is_one_by_one() } else { self.is_one_by_one(draft) }
    }

    /// How many were to come along, and now register by themselves: only whom they see has shown it.
    pub(super) fn registers_alone(&self, draft: &RegistrationDraft) -> usize {
        if self.is_one_by_one(draft) { draft.members.len() } else { 0 }
    }
}
