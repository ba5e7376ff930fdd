//! What people type about themselves, parsed once at the edge and trusted inside.
//! Owns normalisation and limits; never guesses which part of a name is the family name.

use super::keys::{is_same_name, name_key, name_keys};
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A visitor's slip, said under the field it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The name is empty.
    #[error("the name is missing")]
    NameMissing,
    /// The name is longer than [`PersonName::MAX`] characters.
    #[error("the name is longer than {} characters", PersonName::MAX)]
    NameTooLong,
    /// The name holds no letter.
    #[error("the name holds no letter")]
    NameNotAName,
    /// The company is longer than [`Company::MAX`] characters.
    #[error("the company is longer than {} characters", Company::MAX)]
    CompanyTooLong,
    /// The company is empty where one is needed.
    #[error("the company is missing")]
    CompanyMissing,
    /// The telephone number is empty where one is needed.
    #[error("the telephone number is missing")]
    PhoneMissing,
    /// The number lacks this many digits.
    #[error("the telephone number lacks {}", digits(*.0))]
    PhoneShort(u8),
    /// The number has this many digits more than a Chinese mobile number, or than any number.
    #[error("the telephone number has {} too many", digits(*.0))]
    PhoneTooLong(u8),
    /// This is no number, or more than one.
    #[error(
        "the telephone number contains something other than digits; one number is expected, with an extension after #"
    )]
    PhoneNotANumber,
    /// The last four digits are not four digits.
    #[error("the last four digits are needed")]
    LastFourNeeded,
    /// The code has not all its characters yet; carries how many are missing.
    #[error("the code lacks {0} characters")]
    CodeShort(u8),
    /// The code holds a character that no code has.
    #[error("the code holds a character that no code has")]
    CodeWrong,
}

fn digits(count: u8) -> String {
    if count == 1 { "one digit".to_owned() } else { format!("{count} digits") }
}

/// NFC, without control and bidi-override characters, white space folded to single blanks.
///
/// Zero-width joiners stay only inside scripts whose letters they shape (Arabic to Myanmar).
pub(super) fn tidy(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        if c.is_whitespace() {
            gap = !kept.is_empty();
            continue;
        }
        let shaped = kept.chars().next_back().is_some_and(|p| ('\u{0600}'..='\u{109F}').contains(&p));
        let joiner = matches!(c, '\u{200C}' | '\u{200D}') && shaped;
        if c.is_control() || (is_format(c) && !joiner) {
            continue;
        }
        if gap {
            kept.push(' ');
            gap = false;
        }
        kept.push(c);
    }
    kept.trim_end_matches(['\u{200C}', '\u{200D}']).to_owned()
}

/// Unicode general category Cf, the parts that text from keyboards, files and scanners can hold
/// (UnicodeData.txt 15.0), with the byte-order mark and the tag characters.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{0600}'..='\u{0605}' | '\u{061C}' | '\u{06DD}' | '\u{070F}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}

/// The key of a word such as `yes` or the name of a host: compatibility-normalised, lower case, without blanks, and with
/// every kind of middle dot as `·`, so that "José  NÚÑEZ" finds "José Núñez". The names of visitors are found by
/// [`name_key`]. Keys that are in lists and books are made of it: it never changes.
pub fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_format(*c))
        .map(|c| if matches!(c, '•' | '‧' | '・' | '･' | '∙' | '⋅' | '˙') { '·' } else { c })
        .collect()
}

macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The text as it is shown and printed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Problem;

            fn try_from(text: String) -> Result<Self, Problem> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}

/// A visitor's full name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

text_value!(PersonName);

impl PersonName {
    /// The most characters (grapheme clusters) of a name.
    pub const MAX: usize = 60;

    /// A name out of what was typed.
    ///
    /// # Errors
    /// [`Problem::NameMissing`], [`Problem::NameTooLong`], [`Problem::NameNotAName`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let name = tidy(text);
        if name.is_empty() {
            Err(Problem::NameMissing)
        } else if name.graphemes(true).count() > Self::MAX {
            Err(Problem::NameTooLong)
        } else if !name.chars().any(char::is_alphabetic) {
            Err(Problem::NameNotAName)
        } else {
            Ok(Self(name))
        }
    }

    /// The key under which it is looked up, see [`name_key`].
    pub fn key(&self) -> String {
        name_key(&self.0)
    }

    /// The keys of it in every order of its words.
    pub fn keys(&self) -> Vec<String> {
        name_keys(&self.0)
    }

    /// Whether this is that name, where the last digits of a telephone number tell that they are one person.
    pub fn is(&self, other: &Self) -> bool {
        is_same_name(&self.0, &other.0)
    }

    /// The name with all but the first character of each part hidden: `欧***`, `J*** N***`.
    pub fn masked(&self) -> String {
        self.0.split(' ').map(mask_word).collect::<Vec<_>>().join(" ")
    }
}

/// The first character and three stars, whatever the length: the length is not told either.
fn mask_word(word: &str) -> String {
    word.graphemes(true).next().map(|first| format!("{first}***")).unwrap_or_default()
}

/// A visitor's company.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Company(String);

text_value!(Company);

impl Company {
    /// The most characters (grapheme clusters) of a company's name.
    pub const MAX: usize = 80;

    /// A company out of what was typed; empty is allowed where the field is optional, see [`Company::maybe`].
    ///
    /// # Errors
    /// [`Problem::CompanyTooLong`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let company = tidy(text);
        if company.graphemes(true).count() > Self::MAX {
            Err(Problem::CompanyTooLong)
        } else {
            Ok(Self(company))
        }
    }

    /// A company, or none where nothing was typed.
    ///
    /// # Errors
    /// As [`Company::parse`].
    pub fn maybe(text: &str) -> Result<Option<Self>, Problem> {
        Self::parse(text).map(|company| (!company.0.is_empty()).then_some(company))
    }

    /// The company with most of it hidden: `云***`.
    pub fn masked(&self) -> String {
        mask_word(&self.0)
    }
}

/// What somebody says in their own words, at most so many characters (grapheme clusters); its field takes no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Words<const MOST: usize>(String);

/// A line: what somebody comes for, who carries a parcel.
pub type Note = Words<80>;
/// Some sentences: a comment, a complaint.
pub type Remark = Words<400>;

impl<const MOST: usize> Words<MOST> {
    /// What was typed, or none where nothing was. What is too long is cut.
    pub fn maybe(text: &str) -> Option<Self> {
        let words = Self::from(text.to_owned());
        (!words.0.is_empty()).then_some(words)
    }

    /// The text as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> From<String> for Words<MOST> {
    fn from(text: String) -> Self {
        Self(tidy(&text).graphemes(true).take(MOST).collect())
    }
}

impl<const MOST: usize> From<Words<MOST>> for String {
    fn from(words: Words<MOST>) -> String {
        words.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_names_pass_as_they_are() {
        for name in [
            "欧阳修明",
            "买买提·吐尔逊",
            "José Núñez",
            "O'Brien",
            "Nguyễn Thị Hương",
            "田中 愛子",
            "Ng",
            "李",
        ] {
            assert_eq!(PersonName::parse(name).map(|n| n.as_str().to_owned()), Ok(name.to_owned()));
        }
    }

    #[test]
    fn names_are_tidied() {
        let parse = |text| PersonName::parse(text).map(String::from);
        assert_eq!(parse("  Jose\u{0301}  \t Núñez\n"), Ok("José Núñez".to_owned()));
        assert_eq!(parse("Ann\u{202E}a\u{0007}"), Ok("Anna".to_owned()));
        assert_eq!(parse("A\r\nBcc: x@y.z"), Ok("A Bcc: x@y.z".to_owned()));
        assert_eq!(parse("a\u{200D}b"), Ok("ab".to_owned()));
    }

    #[test]
    fn what_is_no_name_is_said() {
        assert_eq!(PersonName::parse(" \u{200B}\t"), Err(Problem::NameMissing));
        assert_eq!(PersonName::parse("12345"), Err(Problem::NameNotAName));
        assert_eq!(PersonName::parse(&"王".repeat(61)), Err(Problem::NameTooLong));
        assert!(PersonName::parse(&"王".repeat(60)).is_ok());
    }

    #[test]
    fn the_same_name_written_otherwise_is_found() {
        assert_eq!(fold("José  NÚÑEZ"), fold("jose\u{301} núñez"));
        assert_eq!(fold("买买提•吐尔逊"), fold("买买提·吐尔逊"));
        assert_ne!(fold("王芳"), fold("王方"));
    }

    #[test]
    fn masks_tell_little() {
        assert_eq!(PersonName::parse("欧阳修明").map(|n| n.masked()), Ok("欧***".to_owned()));
        assert_eq!(PersonName::parse("John Carter").map(|n| n.masked()), Ok("J*** C***".to_owned()));
    }

    proptest! {
        #[test]
        fn parsing_is_calm_and_settles(text in "\\PC{0,90}|.{0,90}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
                prop_assert!(!name.as_str().chars().any(char::is_control));
            }
            let _ = Company::maybe(&text);
        }
    }
}
