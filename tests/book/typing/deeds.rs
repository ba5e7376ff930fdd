//! What hands do to a composition, and what must be true after each deed. For random tests and the fuzzer.

use frontdesk::pinyin::{Composition, Lexicon, Purpose};
use std::collections::HashSet;

#[derive(Clone, Debug)]
pub enum Deed {
    Press(char),
    Erase,
    EraseSyllable,
    Choose(usize),
    Take,
    TakeFirst,
}

impl Deed {
    /// A deed for each byte.
    pub fn of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' | b'\'' => Self::Press(char::from(byte)),
            0..=63 => Self::Choose(usize::from(byte)),
            b'A'..=b'F' => Self::Erase,
            b'G' | b'H' => Self::EraseSyllable,
            b'I' => Self::Take,
            b'J' => Self::TakeFirst,
            128..=255 => Self::Press(char::from(b'a' + byte % 26)),
            other => Self::Press(char::from(other)),
        }
    }
}

/// Plays the deeds and checks after each that what is shown is what is written.
pub fn play(purpose: Purpose, deeds: impl IntoIterator<Item = Deed>, lexicon: &Lexicon) {
    let mut composition = Composition::new(purpose, "");
    for deed in deeds {
        let was_empty = composition.is_empty();
        let chosen_before = chosen(&composition, lexicon);
        match deed {
            Deed::Press(key) => {
                let before = composition.shown(lexicon);
                let taken = composition.press(key, lexicon);
                assert!(
                    taken || before == composition.shown(lexicon),
                    "{key:?} changed what it is no key for"
                );
            }
            Deed::Erase => assert_eq!(composition.erase(lexicon), !was_empty),
            Deed::EraseSyllable => assert_eq!(composition.erase_syllable(lexicon), !was_empty),
            Deed::Choose(index) => {
                let offered = composition.candidates().get(index).map(|offered| offered.text.clone());
                let written = composition.choose(index, lexicon);
                match (offered, written) {
                    (None, written) => assert_eq!(written, None),
                    (Some(offered), Some(written)) => assert_eq!(written, chosen_before + &offered),
                    (Some(offered), None) => {
                        assert_eq!(chosen(&composition, lexicon), chosen_before + &offered)
                    }
                }
            }
            Deed::Take => {
                assert!(composition.take().starts_with(&chosen_before));
                assert!(composition.is_empty());
            }
            Deed::TakeFirst => {
                assert!(composition.take_first(lexicon).starts_with(&chosen_before));
                assert!(composition.is_empty());
            }
        }
        look(&composition, lexicon);
    }
}

fn look(composition: &Composition, lexicon: &Lexicon) {
    assert_eq!(composition.shown(lexicon).is_empty(), composition.is_empty());
    assert_eq!(composition.candidates().is_empty(), composition.is_empty());
    let texts: HashSet<&str> = composition.candidates().iter().map(|offered| offered.text.as_str()).collect();
    assert_eq!(texts.len(), composition.candidates().len(), "something is offered twice");
    assert!(!texts.contains(""));
}

/// The part that is chosen already, as it is shown: what stands before the letters.
fn chosen(composition: &Composition, lexicon: &Lexicon) -> String {
    let shown = composition.shown(lexicon);
    shown.rsplit_once(' ').map_or(String::new(), |(chosen, _)| chosen.to_owned())
}
