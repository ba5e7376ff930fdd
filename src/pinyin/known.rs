//! What this kiosk knows by name: hosts, departments, companies. Offered as soon as it is recognised.

use super::readings::readings;
use super::spelling::{beginnings, spellings};
use std::collections::BTreeMap;
use std::ops::Bound;

/// A text with many ambiguous characters is found by this many ways to read it.
const WAYS: usize = 16;
/// Longer texts are not worth composing.
const LONGEST: usize = 30;

/// Texts by their letters.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_letters: BTreeMap<String, Vec<String>>,
}

impl Known {
    pub fn new(texts: impl IntoIterator<Item = String>, shows: impl Fn(char) -> bool) -> Self {
        let mut known = Self::default();
        for text in texts {
            if text.chars().count() < 2 || text.chars().count() > LONGEST || !text.chars().all(&shows) {
                continue;
            }
            for letters in ways(&text) {
                let texts = known.by_letters.entry(letters).or_default();
                if !texts.contains(&text) {
                    texts.push(text.clone());
                }
            }
        }
        known
    }

    /// What these letters are in full.
    pub fn exactly(&self, letters: &str) -> Vec<&String> {
        spellings(letters).iter().filter_map(|letters| self.by_letters.get(letters)).flatten().collect()
    }

    /// What begins with these letters, without what they are in full.
    pub fn beginning<'a>(&'a self, letters: &str) -> impl Iterator<Item = &'a String> + use<'a> {
        beginnings(letters).into_iter().flat_map(move |letters| {
            self.by_letters
                .range::<str, _>((Bound::Excluded(letters.as_str()), Bound::Unbounded))
                .take_while(move |(longer, _)| longer.starts_with(&letters))
                .flat_map(|(_, texts)| texts)
        })
    }
}

/// How the text is typed: the syllables of its characters, Latin letters as they are, nothing else. Also
/// with the first letters of the syllables alone.
fn ways(text: &str) -> Vec<String> {
    let mut ways = vec![String::new()];
    let mut initials = String::new();
    let mut chinese = false;
    for c in text.chars() {
        let mut next: Vec<String> = readings(c).map(str::to_owned).collect();
        if next.is_empty() {
            match c.to_ascii_lowercase() {
                letter @ 'a'..='z' => next.push(letter.to_string()),
                _ => continue,
            }
        } else {
            chinese = true;
        }
        initials.extend(next[0].chars().next());
        let grown = ways.iter().flat_map(|way| next.iter().map(move |syllable| format!("{way}{syllable}")));
        ways = grown.take(WAYS).collect();
    }
    if !chinese {
        return Vec::new();
    }
    if initials.len() > 2 {
        ways.push(initials);
    }
    ways
}
