//! What a visitor can do on every page. What a page does of its own is that page's.

use crate::words::Lang;

/// On every visitor's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// The question "are you still there?" was answered.
    StillHere,
    /// A language was chosen.
    ChooseLanguage(Lang),
    /// One step back.
    Back,
    /// To the first page, forgetting this visitor.
    Home,
    /// The privacy notice was asked for.
    ShowPrivacy,
    /// The way to reception was asked for.
    ShowReception,
    /// The page that lies over the journey (privacy, reception) was read.
    CloseAside,
    /// The last page was read.
    Done,
}
