//! Languages, and texts that exist in several of them. Owns no screen text: that is in `ui/lang`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A language by its two-letter ISO 639-1 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang([u8; 2]);

impl Lang {
    /// Chinese.
    pub const ZH: Lang = Lang(*b"zh");
    /// English.
    pub const EN: Lang = Lang(*b"en");

    /// Those that there are words for, on pages (`ui/lang`) and on paper.
    pub const SPOKEN: [Lang; 2] = [Lang::ZH, Lang::EN];

    /// Whether there are words for it.
    pub fn is_spoken(&self) -> bool {
        Self::SPOKEN.contains(self)
    }

    /// The two letters of ISO 639-1, lower case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("en")
    }
}

/// Not two letters of ISO 639-1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a language code of two letters, such as zh or en")]
pub struct NotALang(String);

impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(text: &str) -> Result<Self, NotALang> {
        match text.trim().to_ascii_lowercase().as_bytes() {
            &[a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(Lang([a, b])),
            _ => Err(NotALang(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Lang {
    type Error = NotALang;

    fn try_from(text: String) -> Result<Self, NotALang> {
        text.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> String {
        lang.code().to_owned()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text of the company's own (a name, a room, a way), with one wording for all languages and
/// better ones for some.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// What is said where no better wording is known.
    pub base: String,
    /// Better wordings by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<Lang, String>,
}

impl Texts {
    /// The wording for `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        self.by.get(&lang).unwrap_or(&self.base)
    }

    /// Every wording.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.base).chain(self.by.values()).map(String::as_str)
    }

    /// Whether there is nothing to say in any language.
    pub fn is_empty(&self) -> bool {
        self.base.is_empty() && self.by.values().all(String::is_empty)
    }
}

impl From<&str> for Texts {
    fn from(base: &str) -> Self {
        Self { base: base.to_owned(), by: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_of_ones_own_goes_before_the_common_one() {
        let mut room = Texts::from("三楼 302");
        assert_eq!(room.get(Lang::EN), "三楼 302");
        room.by.insert(Lang::EN, "Room 302, 3rd floor".to_owned());
        assert_eq!(room.get(Lang::EN), "Room 302, 3rd floor");
        assert_eq!(room.get(Lang::ZH), "三楼 302");
    }

    #[test]
    fn a_language_is_two_letters() {
        assert_eq!("ZH".parse(), Ok(Lang::ZH));
        for wrong in ["", "z", "zho", "z1", "中文"] {
            assert!(wrong.parse::<Lang>().is_err(), "{wrong}");
        }
    }
}
