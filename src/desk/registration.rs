//! Registering a visitor, step by step.

use crate::visit::Point;

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
    /// The safety instruction, or why an answer was wrong, was read.
    LessonRead,
    /// A question of the safety instruction was answered: which answer, from 0.
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
