//! Languages, texts that exist in several of them, and how a typed value stands in a sentence. Owns no screen text: that
//! is in `ui/lang`, and all other words are in `lang`.

pub(crate) mod catalogue;

pub(crate) use catalogue::words;
pub use catalogue::{WordsError, add, spoken};

use catalogue::SHIPPED;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use unicode_bidi::BidiClass as Class;

/// A language by its two-letter ISO 639-1 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang([u8; 2]);

impl Default for Lang {
    fn default() -> Self {
        Self::EN
    }
}

impl Lang {
    /// Chinese.
    pub const ZH: Lang = Lang(*b"zh");
    /// English.
    pub const EN: Lang = Lang(*b"en");

    /// Those whose words are compiled in: the folders of `lang`.
    pub const SPOKEN: [Lang; SHIPPED.len()] = {
        let mut spoken = [Lang::EN; SHIPPED.len()];
        let mut at = 0;
        while at < spoken.len() {
            let code = SHIPPED[at].0.as_bytes();
            spoken[at] = Lang([code[0], code[1]]);
            at += 1;
        }
        spoken
    };

    /// Whether there are words for it.
    pub fn is_spoken(&self) -> bool {
        spoken().contains(self)
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

/// Sentences one after another; empty ones are left out.
pub(crate) fn sentences<'a>(lang: Lang, sentences: impl IntoIterator<Item = &'a str>) -> String {
    let said = sentences.into_iter().filter(|sentence| !sentence.is_empty());
    said.collect::<Vec<_>>().join(words!(lang, "sentence-gap"))
}

/// A value that people typed, as it may stand inside a sentence: one that is written from right to left stands between
/// FSI and PDI (UAX 9), or it would turn what comes before and after it around. Signs of direction within it have no power
/// over the sentence. For what is shown or read only, never for what is kept, compared, or typed on.
pub fn isolated(value: &str) -> Cow<'_, str> {
    const FSI: char = '\u{2068}';
    const PDI: char = '\u{2069}';
    let turns = |c| {
        let class = unicode_bidi::bidi_class(c);
        matches!(class, Class::R | Class::AL | Class::AN | Class::PDI) || is_direction(c, class)
    };
    if !value.chars().any(turns) {
        return Cow::Borrowed(value);
    }
    let (mut shown, mut open) = (String::from(FSI), 0);
    for c in value.chars() {
        match c {
            FSI => open += 1,
            PDI if open > 0 => open -= 1,
            PDI => continue,
            c if is_direction(c, unicode_bidi::bidi_class(c)) => continue,
            _ => {}
        }
        shown.push(c);
    }
    shown.extend(std::iter::repeat_n(PDI, open + 1));
    Cow::Owned(shown)
}

/// A sign that is not seen and turns what follows: marks, embeddings, overrides, isolates.
fn is_direction(c: char, class: Class) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}')
        || matches!(
            class,
            Class::LRE
                | Class::RLE
                | Class::LRO
                | Class::RLO
                | Class::PDF
                | Class::LRI
                | Class::RLI
                | Class::FSI
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_from_right_to_left_stands_apart() {
        for (value, shown) in [
            ("", ""),
            ("欧阳修明", "欧阳修明"),
            ("José O’Brien", "José O’Brien"),
            ("买买提·吐尔逊", "买买提·吐尔逊"),
            ("+86 138 0013 8000", "+86 138 0013 8000"),
            ("https://example.com/(302)", "https://example.com/(302)"),
            ("משה כהן", "\u{2068}משה כהן\u{2069}"),
            ("محمد علي", "\u{2068}محمد علي\u{2069}"),
            ("Moshe (משה)", "\u{2068}Moshe (משה)\u{2069}"),
            ("٣٠٢", "\u{2068}٣٠٢\u{2069}"),
            ("Ann\u{202E}nhoJ", "\u{2068}AnnnhoJ\u{2069}"),
            ("\u{200F}Ann\u{200E}", "\u{2068}Ann\u{2069}"),
            ("Ann\u{2069}\u{202C}", "\u{2068}Ann\u{2069}"),
            ("\u{2067}Ann\u{2069}", "\u{2068}Ann\u{2069}"),
            ("\u{2068}משה", "\u{2068}\u{2068}משה\u{2069}\u{2069}"),
            // What was put together of such parts.
            ("\u{2068}משה\u{2069} · QA", "\u{2068}\u{2068}משה\u{2069} · QA\u{2069}"),
        ] {
            assert_eq!(isolated(value), shown, "{value:?}");
        }
    }

    /// Whatever is typed, the sentence around it stands as it was written.
    #[test]
    fn the_sentence_around_a_name_keeps_its_order() {
        for name in ["משה כהן", "محمد (علي)", "Ann\u{202E}", "\u{2067}x", "3 מ", "משה!", "שלום 12"]
        {
            let sentence = format!("A visitor for {}: 7 parcels (B) – call 302", isolated(name));
            let bidi = unicode_bidi::BidiInfo::new(&sentence, None);
            assert!(bidi.paragraphs[0].level.is_ltr());
            for (part, at) in ["A visitor for ", ": 7 parcels (B) – call 302"]
                .map(|part| (part, sentence.find(part).unwrap()))
            {
                let is_ltr = bidi.levels[at..at + part.len()].iter().all(|level| level.number() == 0);
                assert!(is_ltr, "{part} with {name:?}");
            }
        }
        let torn = unicode_bidi::BidiInfo::new("משה: 7 parcels", None);
        assert!(torn.paragraphs[0].level.is_rtl(), "which it does not by itself");
    }

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
