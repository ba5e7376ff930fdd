//! Any keys and choices: nothing panics, and what is shown is what is written.
#![no_main]

extern crate self as frontdesk;

#[path = "../../book/typing/deeds.rs"]
mod deeds;
#[allow(dead_code, reason = "only composing is fuzzed")]
pub mod pinyin;

use libfuzzer_sys::fuzz_target;
use pinyin::{Lexicon, Purpose};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(|_| true, ["华越科技", "李晓云"].map(str::to_owned)));

fuzz_target!(|data: &[u8]| {
    let Some((purpose, keys)) = data.split_first() else { return };
    let purpose = [Purpose::Name, Purpose::Company, Purpose::Text][usize::from(purpose % 3)];
    deeds::play(purpose, keys.iter().copied().take(200).map(deeds::Deed::of), &LEXICON);
});
