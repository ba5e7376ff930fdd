//! One text being composed: keys in, segmented letters and candidates out. What is shown as a candidate
//! is exactly what choosing it writes.

use super::lattice::{LONGEST, Lattice, Stage};
use super::lexicon::{LONGEST_SYLLABLE, Lexicon};

/// So many whole readings are offered for a name, and for another text.
const WHOLE_NAMES: usize = 16;
const WHOLE_TEXTS: usize = 4;
/// So many words are offered for one run of syllables.
const WORDS: usize = 8;
/// So many longer texts are offered of what this kiosk knows, and of the dictionary.
const LONGER_KNOWN: usize = 3;
const LONGER_WORDS: usize = 3;
/// From so many letters on; in a company's field, from so many on what is known comes first.
const LONGER_FROM: usize = 4;
const SURELY_KNOWN: usize = 6;
/// So many characters are offered for a syllable that is not finished.
const UNFINISHED: usize = 60;

/// What the field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A person's full name: surnames first, then characters of given names.
    Name,
    /// A company or another organisation.
    Company,
    /// Any other text.
    Text,
}

/// One thing that the letters may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What choosing it writes.
    pub text: String,
    /// How many letters it stands for, from the beginning.
    pub letters: usize,
}

/// A text being composed.
#[derive(Clone, Debug)]
pub struct Composition {
    purpose: Purpose,
    chosen: Vec<Chosen>,
    lattice: Lattice,
    candidates: Vec<Candidate>,
}

/// A part that is chosen already, with what was there before.
#[derive(Clone, Debug)]
struct Chosen {
    text: String,
    before: Lattice,
    /// How many letters were left.
    rest: usize,
}

impl Composition {
    /// A composition for a field in which `before` stands already.
    pub fn new(purpose: Purpose, before: &str) -> Self {
        let start = match before.trim().chars().next_back() {
            _ if purpose != Purpose::Name => Stage::Free,
            None => Stage::Start,
            // A name of another people goes on behind its dot; a Chinese one behind its surname.
            Some('·' | '・') => Stage::Free,
            Some(_) => Stage::Given(0),
        };
        let lattice = Lattice::new(start, purpose == Purpose::Name);
        Self { purpose, chosen: Vec::new(), lattice, candidates: Vec::new() }
    }

    /// Whether nothing is being composed.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.lattice.len() == 0
    }

    /// A key. `false`: it is none of a composition, which stays as it was.
    pub fn press(&mut self, key: char, lexicon: &Lexicon) -> bool {
        match key {
            '\'' | '’' if self.lattice.len() > 0 => self.lattice.cut(),
            'ü' => return self.press('v', lexicon),
            // Nobody types so much; what does is held back rather than half taken.
            'a'..='z' if self.lattice.len() == LONGEST => return true,
            'a'..='z' => self.lattice.push(key, lexicon),
            _ => return false,
        }
        self.refresh(lexicon);
        true
    }

    /// Takes back the last letter, or the last choice. `false`: there was nothing.
    pub fn erase(&mut self, lexicon: &Lexicon) -> bool {
        if self.lattice.len() > self.chosen.last().map_or(0, |chosen| chosen.rest) {
            self.lattice.pop(lexicon);
        } else if let Some(last) = self.chosen.pop() {
            self.lattice = last.before;
        } else {
            return false;
        }
        self.refresh(lexicon);
        true
    }

    /// Takes back the last syllable, or the last choice. `false`: there was nothing.
    pub fn erase_syllable(&mut self, lexicon: &Lexicon) -> bool {
        let shown = self.lattice.segmented(lexicon);
        let last = shown.trim_end_matches('\'').rsplit('\'').next().map_or(0, str::len);
        let rest = self.chosen.last().map_or(0, |chosen| chosen.rest);
        let left = self.lattice.len().saturating_sub(last).max(rest);
        if !self.erase(lexicon) {
            return false;
        }
        while self.lattice.len() > left && self.erase(lexicon) {}
        true
    }

    /// Chooses a candidate. `Some`: nothing is left to compose, and this is the whole text.
    pub fn choose(&mut self, index: usize, lexicon: &Lexicon) -> Option<String> {
        let candidate = self.candidates.get(index)?.clone();
        let rest = self.lattice.rest(candidate.letters, self.next_stage(&candidate.text), lexicon);
        let before = std::mem::replace(&mut self.lattice, rest);
        self.chosen.push(Chosen { text: candidate.text, before, rest: self.lattice.len() });
        if self.lattice.len() == 0 {
            return Some(self.take());
        }
        self.refresh(lexicon);
        None
    }

    /// The whole text as it stands: what was chosen, then the letters as they were typed.
    pub fn take(&mut self) -> String {
        let mut text: String = self.chosen.drain(..).map(|chosen| chosen.text).collect();
        text += &self.lattice.typed(0, self.lattice.len());
        *self = Self::new(self.purpose, &text);
        text
    }

    /// Takes the best reading of everything.
    pub fn take_first(&mut self, lexicon: &Lexicon) -> String {
        while !self.candidates.is_empty() {
            if let Some(text) = self.choose(0, lexicon) {
                return text;
            }
        }
        self.take()
    }

    /// What is being composed: what was chosen, then the letters cut into syllables.
    pub fn shown(&self, lexicon: &Lexicon) -> String {
        let mut shown: String = self.chosen.iter().map(|chosen| chosen.text.as_str()).collect();
        if !self.chosen.is_empty() && self.lattice.len() > 0 {
            shown.push(' ');
        }
        shown + &self.lattice.segmented(lexicon)
    }

    /// What the letters may mean, likeliest first; the last one is the letters themselves.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    fn next_stage(&self, text: &str) -> Stage {
        let size = u8::try_from(text.chars().count()).unwrap_or(u8::MAX);
        match self.lattice.start() {
            // One character or a compound surname is chosen for the surname.
            Stage::Start => Stage::Given(0),
            Stage::Given(count) => Stage::Given(count.saturating_add(size)),
            Stage::Free => Stage::Free,
        }
    }

    fn refresh(&mut self, lexicon: &Lexicon) {
        let lattice = &self.lattice;
        let end = lattice.len();
        let mut offered = Offered::default();
        if end == 0 {
            self.candidates.clear();
            return;
        }
        let letters = lattice.letters();
        for text in lexicon.known().exactly(letters) {
            offered.add(text, end);
        }
        if self.purpose == Purpose::Company && end >= SURELY_KNOWN {
            for text in lexicon.known().beginning(letters).take(LONGER_KNOWN) {
                offered.add(text, end);
            }
        }
        let whole = if self.purpose == Purpose::Name { WHOLE_NAMES } else { WHOLE_TEXTS };
        let is_written = |text: &String| !text.contains(|c: char| c.is_ascii_alphabetic());
        for text in lattice.whole().iter().filter(|text| is_written(text)).take(whole) {
            offered.add(text, end);
        }
        if end >= LONGER_FROM {
            for text in lexicon.known().beginning(letters).take(LONGER_KNOWN) {
                offered.add(text, end);
            }
        }
        for (word, _) in lattice.words(0, end, lexicon).iter().take(WORDS) {
            offered.add(word, end);
        }
        if end >= LONGER_FROM && self.purpose != Purpose::Name {
            for (word, _) in lexicon.longer_words(letters, LONGER_WORDS) {
                offered.add(&word, end);
            }
        }
        for to in (1..end).rev().filter(|to| lattice.goes_on(*to, lexicon)) {
            if self.purpose == Purpose::Name {
                for text in lattice.up_to(to).filter(is_written).take(2) {
                    offered.add(&text, to);
                }
            }
            for (word, _) in lattice.words(0, to, lexicon).iter().take(WORDS) {
                offered.add(word, to);
            }
        }
        self.add_characters(&mut offered, lexicon);
        offered.add(lattice.typed(0, end).trim_end_matches('\''), end);
        self.candidates = offered.all;
    }

    /// Every character that the first syllable can be, the longest syllable first.
    fn add_characters(&self, offered: &mut Offered, lexicon: &Lexicon) {
        let lattice = &self.lattice;
        let letters = lattice.letters();
        let first_cut = (1..=lattice.len()).find(|at| lattice.is_cut(*at)).unwrap_or(lattice.len());
        let longest = first_cut.min(LONGEST_SYLLABLE);
        let list = |syllable: &super::lexicon::Syllable| {
            let surnames = match lattice.start() {
                Stage::Start => syllable.surnames.clone(),
                Stage::Given(_) | Stage::Free => Vec::new(),
            };
            let others = match lattice.start() {
                Stage::Free => &syllable.characters,
                Stage::Start | Stage::Given(_) => &syllable.given,
            };
            surnames.into_iter().chain(others.iter().copied()).collect::<Vec<_>>()
        };
        let ends = || (1..=longest).rev().filter_map(|to| Some((to, lexicon.syllable(&letters[..to])?)));
        let (likely, odd): (Vec<_>, Vec<_>) = ends().partition(|(to, _)| lattice.goes_on(*to, lexicon));
        for (to, syllable) in likely.into_iter().chain(odd) {
            for (c, _) in list(syllable) {
                offered.add(c.encode_utf8(&mut [0; 4]), to);
            }
        }
        // Begun and not finished, or its first letter alone.
        let begun = if ends().next().is_some() { 0 } else { longest.min(2) };
        for to in (1..=begun).rev() {
            let mut begun: Vec<_> =
                lexicon.beginning(&letters[..to]).flat_map(|(_, syllable)| list(syllable)).collect();
            begun.sort_by_key(|(c, score)| (-score, *c));
            for (c, _) in begun.iter().take(UNFINISHED) {
                offered.add(c.encode_utf8(&mut [0; 4]), to);
            }
        }
    }
}

/// Candidates in their order, each text once.
#[derive(Default)]
struct Offered {
    all: Vec<Candidate>,
    texts: std::collections::HashSet<String>,
}

impl Offered {
    fn add(&mut self, text: &str, letters: usize) {
        if self.texts.insert(text.to_owned()) {
            self.all.push(Candidate { text: text.to_owned(), letters });
        }
    }
}
