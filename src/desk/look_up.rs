//! Looking for an invitation, a visit or a badge: by code, by name, by scan.

/// An invitation, a visit or a badge is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// "I have an invitation".
    HaveInvitation,
    /// "Enter the code", or the badge's number.
    ByCode,
    /// "Find me by name".
    ByName,
    /// Something in the look-up was edited: what was said about it is out of date.
    Typed,
    /// A code was typed.
    Code(String),
    /// A name and the last four digits of a telephone number were typed.
    Name {
        /// The full name.
        name: String,
        /// The last four digits.
        last_four: String,
    },
    /// One of several invitations was chosen, by its id.
    Choose(String),
    /// "Yes, this is me".
    Confirm,
    /// "This is me, and something must be corrected".
    Correct,
    /// "No, this is not me".
    NotMe,
    /// The scanner read this.
    Scanned(String),
}
