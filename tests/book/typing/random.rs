//! Whatever is typed: nothing panics, and what is shown is what is written.

use super::LEXICON;
use super::deeds::{Deed, play};
use frontdesk::pinyin::Purpose;
use proptest::prelude::*;

fn deed() -> impl Strategy<Value = Deed> {
    let key = prop_oneof![
        12 => proptest::char::range('a', 'z'),
        1 => Just('\''),
        1 => Just('ü'),
        1 => any::<char>(),
    ];
    prop_oneof![
        30 => key.prop_map(Deed::Press),
        4 => Just(Deed::Erase),
        1 => Just(Deed::EraseSyllable),
        4 => (0usize..40).prop_map(Deed::Choose),
        1 => Just(Deed::Take),
        1 => Just(Deed::TakeFirst),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_and_choices(deeds in proptest::collection::vec(deed(), 1..60), name: bool) {
        play(if name { Purpose::Name } else { Purpose::Company }, deeds, &LEXICON);
    }

    /// What the fuzzer plays.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 1..120)) {
        play(Purpose::Text, bytes.into_iter().map(Deed::of), &LEXICON);
    }
}
