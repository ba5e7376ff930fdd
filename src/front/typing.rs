//! What the keys of the keyboard write: Chinese by composition, accented letters by holding one down.
//! Holds what is being composed and what is offered for it; the field that is typed into is Slint's.

use crate::pinyin::pages::{self, ROWS};
use crate::pinyin::{Composition, Lexicon, Purpose};
use std::ops::Range;

/// Letters of a composition that stand in one line of a small tall screen.
const LINE: usize = 48;

/// The accented forms of letters, the most asked for first: Western and Central European, Turkish, Vietnamese.
const ACCENTED: &[(char, &str)] = &[
    ('a', "áàâäãåæāăąảạấầẩẫậắằẳẵặ"),
    ('c', "çćčċ"),
    ('d', "đďð"),
    ('e', "éèêëēėęěẻẽẹếềểễệ"),
    ('g', "ğģ"),
    ('i', "íìîïīįıİỉĩị"),
    ('k', "ķ"),
    ('l', "łľļ"),
    ('n', "ñńňņ"),
    ('o', "óòôöõøœōőỏọốồổỗộơớờởỡợ"),
    ('r', "řŕ"),
    ('s', "ßśšşș"),
    ('t', "ťțţþ"),
    ('u', "üúùûūůűųủũụưứừửữự"),
    ('y', "ýÿỳỷỹỵ"),
    ('z', "źżž"),
];

/// The accented forms of a letter; none for most.
pub fn accented(letter: char) -> Vec<char> {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let forms = ACCENTED.iter().find(|(plain, _)| *plain == small).map_or("", |(_, forms)| forms);
    let sized = |c: char| {
        let mut capital = c.to_uppercase();
        match (c, capital.len()) {
            // In Turkish these are the small letter of one i and the capital of another: each stays as it is.
            ('ı' | 'İ', _) => c,
            // ß has no capital that anybody has on a badge.
            (_, 1) if letter.is_uppercase() => capital.next().unwrap_or(c),
            _ => c,
        }
    };
    forms.chars().map(sized).collect()
}

/// What is to be done with the field that has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Nothing: the key was for the composition.
    Nothing,
    /// This text is typed.
    Text(String),
    /// The last character is erased.
    Erase,
    /// The last character is erased and this typed.
    Instead(String),
}

/// Which field is typed into, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is for; none: it takes Latin letters only.
    pub purpose: Option<Purpose>,
    /// What stands in it.
    pub text: String,
    /// Whether the letters are pinyin.
    pub chinese: bool,
}

/// A choice above the keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it writes.
    pub text: String,
    /// Its number, for [`Typing::choose`].
    pub index: usize,
    /// Its width in ems.
    pub ems: f32,
    /// The size of its text: 1, or less where it would be wider than its row.
    pub size: f32,
}

/// What the keyboard shows above and over its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The letters, cut into syllables.
    pub composition: String,
    /// The first row of offers.
    pub bar: Vec<Offer>,
    /// The rows of the page that may lie over the keys.
    pub rows: Vec<Vec<Offer>>,
    /// Whether there is more than the bar.
    pub more: bool,
    /// Whether there are pages before and after this one.
    pub before: bool,
    /// See `before`.
    pub after: bool,
}

/// The typing of one visitor.
#[derive(Debug, Default)]
pub struct Typing {
    composition: Option<Composition>,
    /// The letter that is held down.
    held: Option<char>,
    page: usize,
}

impl Typing {
    /// Whether something is being composed.
    pub fn composes(&self) -> bool {
        self.composition.is_some()
    }

    /// Whether nothing is composed or offered.
    pub fn is_idle(&self) -> bool {
        self.composition.is_none() && self.held.is_none()
    }

    /// A key of the keyboard on the screen.
    pub fn press(&mut self, text: &str, place: &Place, lexicon: &Lexicon) -> Write {
        self.held = None;
        self.page = 0;
        let mut chars = text.chars();
        let key = chars.next().filter(|_| chars.next().is_none());
        if let Some(composition) = &mut self.composition {
            return match key {
                Some(' ') => self.choose(0, lexicon),
                Some('\n') => Write::Text(self.take()),
                Some(key) if composition.press(key, lexicon) => Write::Nothing,
                // A sign ends the composition: what reads best is meant, then the sign.
                _ => {
                    let first = composition.take_first(lexicon);
                    self.composition = None;
                    Write::Text(first + text)
                }
            };
        }
        let (Some(key), Some(purpose), true) = (key, place.purpose, place.chinese) else {
            return Write::Text(text.to_owned());
        };
        let mut fresh = Composition::new(purpose, &place.text);
        if fresh.press(key, lexicon) {
            self.composition = Some(fresh);
            return Write::Nothing;
        }
        Write::Text(text.to_owned())
    }

    /// A key of a real keyboard. None: the field gets it as it is.
    pub fn press_real(&mut self, text: &str, place: &Place, lexicon: &Lexicon) -> Option<Write> {
        let backspace = char::from(slint::platform::Key::Backspace).to_string();
        let escape = char::from(slint::platform::Key::Escape).to_string();
        if text == backspace {
            return self.composes().then(|| self.erase(false, lexicon));
        }
        if text == escape {
            return self.composes().then(|| {
                self.forget();
                Write::Nothing
            });
        }
        match text.chars().next() {
            Some(digit @ '1'..='9') if self.composes() => {
                Some(self.choose(digit as usize - '1' as usize, lexicon))
            }
            Some(key) if self.composes() && !key.is_control() && !is_function_key(key) => {
                Some(self.press(text, place, lexicon))
            }
            Some('\n') if self.composes() => Some(self.press(text, place, lexicon)),
            Some('a'..='z') => match self.press(text, place, lexicon) {
                Write::Nothing => Some(Write::Nothing),
                Write::Text(_) | Write::Erase | Write::Instead(_) => None,
            },
            _ => None,
        }
    }

    /// The erase key; `held`: it is being held down.
    pub fn erase(&mut self, held: bool, lexicon: &Lexicon) -> Write {
        self.held = None;
        self.page = 0;
        let Some(composition) = &mut self.composition else { return Write::Erase };
        if held {
            composition.erase_syllable(lexicon);
        } else {
            composition.erase(lexicon);
        }
        if composition.is_empty() {
            self.composition = None;
        }
        Write::Nothing
    }

    /// A letter is held down: its accented forms are offered instead of it.
    pub fn hold(&mut self, text: &str) {
        self.held = text.chars().next().filter(|letter| !accented(*letter).is_empty());
        self.page = 0;
    }

    /// Another field has the focus: what was offered for a letter of the last one is not for this one.
    pub fn let_go(&mut self) {
        if self.held.take().is_some() {
            self.page = 0;
        }
    }

    /// An offer is chosen.
    pub fn choose(&mut self, index: usize, lexicon: &Lexicon) -> Write {
        self.page = 0;
        if let Some(letter) = self.held.take() {
            let Some(form) = accented(letter).get(index).copied() else { return Write::Nothing };
            let Some(composition) = &mut self.composition else { return Write::Instead(form.to_string()) };
            // The letter itself was composed already.
            composition.erase(lexicon);
            if composition.press(form, lexicon) {
                return Write::Nothing;
            }
            return Write::Text(self.take() + &form.to_string());
        }
        let Some(composition) = &mut self.composition else { return Write::Nothing };
        let Some(text) = composition.choose(index, lexicon) else { return Write::Nothing };
        self.composition = None;
        Write::Text(text)
    }

    /// Ends the composition: the text as it stands, with the letters as they were typed.
    pub fn take(&mut self) -> String {
        self.held = None;
        self.composition.take().map(|mut composition| composition.take()).unwrap_or_default()
    }

    /// Whoever typed is gone.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// So many pages on, or back to the first one.
    pub fn turn(&mut self, by: i32) {
        self.page = match by {
            0 => 0,
            by => self.page.saturating_add_signed(by as isize),
        };
    }

    /// What the keyboard shows in a bar and rows of these widths.
    pub fn shown(&mut self, bar_ems: f32, row_ems: f32, lexicon: &Lexicon) -> Shown {
        let texts: Vec<String> = match (&self.held, &self.composition) {
            (Some(letter), _) => accented(*letter).iter().map(char::to_string).collect(),
            (None, Some(composition)) => {
                composition.candidates().iter().map(|candidate| candidate.text.clone()).collect()
            }
            (None, None) => Vec::new(),
        };
        let offer = |index: usize, widest: f32| {
            let text = texts[index].clone();
            let (ems, size) = pages::fitted(&text, widest);
            Offer { text, index, ems, size }
        };
        let offers =
            |range: Range<usize>, widest| range.map(|index| offer(index, widest)).collect::<Vec<_>>();
        let bar = pages::rows(&texts, bar_ems).next().unwrap_or_default();
        let further = bar.end;
        let rows: Vec<Range<usize>> = pages::rows(&texts[further..], row_ems)
            .map(|row| row.start + further..row.end + further)
            .collect();
        let last = rows.len().saturating_sub(1) / ROWS;
        self.page = self.page.min(last);
        let composition = self.composition.as_ref().map(|composition| composition.shown(lexicon));
        Shown {
            composition: composition.map(|letters| end_of(&letters)).unwrap_or_default(),
            bar: offers(bar, bar_ems),
            more: !rows.is_empty(),
            before: self.page > 0,
            after: self.page < last,
            rows: rows
                .into_iter()
                .skip(self.page * ROWS)
                .take(ROWS)
                .map(|row| offers(row, row_ems))
                .collect(),
        }
    }
}

/// The end of letters that are more than a line: what was typed last is in sight.
fn end_of(letters: &str) -> String {
    let count = letters.chars().count();
    if count <= LINE {
        return letters.to_owned();
    }
    std::iter::once('…').chain(letters.chars().skip(count - LINE + 1)).collect()
}

/// Slint's own keys (arrows, F1 …) are in the private use area.
fn is_function_key(key: char) -> bool {
    ('\u{F700}'..='\u{F8FF}').contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_letters_i_of_turkish_are_offered_at_both_sizes() {
        for (held, offered) in [('i', ['ı', 'İ', 'í']), ('I', ['ı', 'İ', 'Í'])] {
            let forms = accented(held);
            assert!(offered.iter().all(|form| forms.contains(form)), "{held}: {forms:?}");
            assert!(!forms.contains(&held), "{held}: {forms:?}");
        }
        assert_eq!(accented('S')[0], 'ß');
    }
}
