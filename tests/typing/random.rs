//! Whatever is typed: nothing panics, and what is shown is what is written.

use super::LEXICON;
use frontdesk::pinyin::{Composition, Purpose};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Deed {
    Press(char),
    Erase,
    EraseSyllable,
    Choose(usize),
    Take,
    TakeFirst,
}

fn deed() -> impl Strategy<Value = Deed> {
    let letter = prop_oneof![
        12 => proptest::char::range('a', 'z'),
        1 => Just('\''),
        1 => Just('ü'),
        1 => any::<char>(),
    ];
    prop_oneof![
        30 => letter.prop_map(Deed::Press),
        4 => Just(Deed::Erase),
        1 => Just(Deed::EraseSyllable),
        4 => (0usize..40).prop_map(Deed::Choose),
        1 => Just(Deed::Take),
        1 => Just(Deed::TakeFirst),
    ]
}

/// What is on the screen must be what is in the composition.
fn look(composition: &Composition) {
    let shown = composition.shown(&LEXICON);
    assert_eq!(shown.is_empty(), composition.is_empty());
    assert_eq!(composition.candidates().is_empty(), composition.is_empty());
    let texts: std::collections::HashSet<&str> =
        composition.candidates().iter().map(|candidate| candidate.text.as_str()).collect();
    assert_eq!(texts.len(), composition.candidates().len(), "nothing is offered twice");
    assert!(!texts.contains(""));
}

/// The part that is chosen already, as it is shown: everything before the letters.
fn chosen(composition: &Composition) -> String {
    let shown = composition.shown(&LEXICON);
    shown.rsplit_once(' ').map_or(String::new(), |(chosen, _)| chosen.to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_and_choices(deeds in proptest::collection::vec(deed(), 1..60), name: bool) {
        let purpose = if name { Purpose::Name } else { Purpose::Text };
        let mut composition = Composition::new(purpose, "");
        for deed in deeds {
            match deed {
                Deed::Press(key) => {
                    let before = composition.shown(&LEXICON);
                    let taken = composition.press(key, &LEXICON);
                    prop_assert!(taken || before == composition.shown(&LEXICON));
                }
                Deed::Erase => {
                    let was_empty = composition.is_empty();
                    prop_assert_eq!(composition.erase(&LEXICON), !was_empty);
                }
                Deed::EraseSyllable => {
                    let was_empty = composition.is_empty();
                    prop_assert_eq!(composition.erase_syllable(&LEXICON), !was_empty);
                }
                Deed::Choose(index) => {
                    let before = chosen(&composition);
                    let offered = composition.candidates().get(index).cloned();
                    let written = composition.choose(index, &LEXICON);
                    match (offered, written) {
                        (None, written) => prop_assert_eq!(written, None),
                        (Some(offered), Some(written)) => prop_assert_eq!(written, before + &offered.text),
                        (Some(offered), None) => prop_assert_eq!(chosen(&composition), before + &offered.text),
                    }
                }
                Deed::Take => {
                    let before = chosen(&composition);
                    prop_assert!(composition.take().starts_with(&before));
                    prop_assert!(composition.is_empty());
                }
                Deed::TakeFirst => {
                    composition.take_first(&LEXICON);
                    prop_assert!(composition.is_empty());
                }
            }
            look(&composition);
        }
    }
}
