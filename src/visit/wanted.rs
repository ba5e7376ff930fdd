//! What somebody looks for among visits.

use crate::now::Wall;
use serde::{Deserialize, Serialize};

/// What is looked for; what is left empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Parts of a name, a company, a host's name or a badge's number; letters also of the pinyin, or its initials. All
    /// of them must fit.
    pub words: String,
    /// Registered at this moment or later.
    pub from: Option<Wall>,
    /// Registered before this moment.
    pub until: Option<Wall>,
    /// To see the host with this id.
    pub host: Option<String>,
    /// The id of a type of visit.
    pub kind: Option<String>,
    /// Words that may also mean a type of visit, each as [`super::fold`] writes it, and its id: who comes for it fits too.
    #[serde(default)]
    pub types: Vec<(String, String)>,
}
