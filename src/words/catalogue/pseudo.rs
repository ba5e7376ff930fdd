//! A complete language that is data only: English with accents, and longer. What is still English in it is not from the
//! catalogue.

use super::add;
use crate::words::Lang;
use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};
use std::path::Path;
use std::sync::OnceLock;
use std::{env, fs};

/// Vowels, and what they become: every word has one, and the fonts of the paper have them all.
const VOWELS: [(char, &str); 12] = [
    ('a', "áà"),
    ('e', "éè"),
    ('i', "íì"),
    ('o', "óò"),
    ('u', "úù"),
    ('y', "ýý"),
    ('A', "ÁÀ"),
    ('E', "ÉÈ"),
    ('I', "ÍÌ"),
    ('O', "ÓÒ"),
    ('U', "ÚÙ"),
    ('Y', "ÝÝ"),
];

/// The pseudo-language, among the languages of this program from here on.
pub(crate) fn pseudo() -> Lang {
    static LANG: OnceLock<Lang> = OnceLock::new();
    *LANG.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("zz");
        fs::create_dir(&into).unwrap();
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("lang/en")).unwrap() {
            let file = file.unwrap();
            let mut words = parser::parse(fs::read_to_string(file.path()).unwrap()).unwrap();
            accented(&mut words);
            fs::write(into.join(file.file_name()), serializer::serialize(&words)).unwrap();
        }
        add(&into).unwrap()
    })
}

/// Fails where a text has words that are not from the pseudo-language's catalogue, or a place that was not filled.
/// Values in it must have no Latin vowel and no Chinese.
pub(crate) fn is_pseudo(text: &str) {
    let plain = |c: char| {
        VOWELS.iter().any(|(vowel, _)| *vowel == c) || matches!(c, '{' | '}' | '$' | '\u{3400}'..='\u{9FFF}')
    };
    let found = text.find(plain).map(|at| text[at..].chars().take(20).collect::<String>());
    assert!(found.is_none(), "{found:?} in {text}");
}

fn accented(words: &mut Resource<String>) {
    for entry in &mut words.body {
        if let Entry::Message(message) = entry {
            let attributes = message.attributes.iter_mut().map(|attribute| &mut attribute.value);
            message.value.iter_mut().chain(attributes).for_each(accent);
        }
    }
}

fn accent(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                for (vowel, accents) in VOWELS {
                    *value = value.replace(vowel, accents);
                }
            }
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|variant| accent(&mut variant.value));
            }
            PatternElement::Placeable { expression: Expression::Inline(_) } => {}
        }
    }
}
