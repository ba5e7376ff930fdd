//! Signing out, what is said on the way, and coming back.

/// A visitor leaves, or comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// "I am leaving".
    Leaving,
    /// "Sign me out".
    Leave,
    /// "Sign all of us out".
    LeaveTogether,
    /// "I am not leaving yet", or "I am not coming back".
    Stay,
    /// "I am back".
    ComeBack,
    /// A face was chosen, 1 to 5.
    Rate(u8),
    /// A comment or a complaint is to be written.
    BeginFeedback {
        /// It is a complaint.
        complaint: bool,
    },
    /// The comment or complaint, whole.
    FeedbackDone {
        /// The words.
        words: String,
        /// Without a name.
        anonymous: bool,
    },
}
