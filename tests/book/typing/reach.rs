//! Which characters can be reached at all.

use super::{LEXICON, taps};
use encoding_rs::{BIG5, GBK};
use frontdesk::paper::fonts;
use frontdesk::pinyin::{Composition, Purpose};
use pinyin::ToPinyinMulti;
use std::collections::{BTreeMap, BTreeSet};

/// Every character that a syllable is offered for, in its order.
fn offered(letters: &str, purpose: Purpose) -> Vec<String> {
    let mut composition = Composition::new(purpose, "");
    for key in letters.chars() {
        composition.press(key, &LEXICON);
    }
    composition.candidates().iter().map(|candidate| candidate.text.clone()).collect()
}

/// Syllables without a vowel are typed as the nearest one that has.
fn typed(plain: &str) -> String {
    match plain {
        "m" => "mu".to_owned(),
        "n" | "ng" => "en".to_owned(),
        plain => plain.replace('ü', "v"),
    }
}

/// Han characters of two bytes in these ranges.
fn encoded(
    encoding: &'static encoding_rs::Encoding,
    first: std::ops::RangeInclusive<u8>,
    second: std::ops::RangeInclusive<u8>,
) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    for high in first {
        for low in second.clone() {
            let bytes = [high, low];
            if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes) {
                let mut chars = text.chars();
                found.extend(chars.next().filter(|c| chars.next().is_none() && u32::from(*c) >= 0x3400));
            }
        }
    }
    found
}

/// GB 2312: rows 16 to 87 of the standard's plane.
fn gb2312() -> BTreeSet<char> {
    encoded(GBK, 0xB0..=0xF7, 0xA1..=0xFE)
        .into_iter()
        .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
        .collect()
}

#[test]
fn every_character_of_gb_2312_is_offered_for_its_reading() {
    let characters = gb2312();
    assert_eq!(characters.len(), 6763);
    let mut by_syllable: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for c in &characters {
        let reading = c.to_pinyin_multi().and_then(|readings| readings.into_iter().next());
        let reading = reading.unwrap_or_else(|| panic!("{c} has a reading"));
        by_syllable.entry(typed(reading.plain())).or_default().push(*c);
    }
    for purpose in [Purpose::Name, Purpose::Text] {
        let mut most = 0;
        for (syllable, characters) in &by_syllable {
            let texts = offered(syllable, purpose);
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            for c in characters {
                let at = texts.iter().position(|text| text.chars().eq([*c]));
                let at = at.unwrap_or_else(|| panic!("{c} is not offered for {syllable}"));
                most = most.max(taps(&texts, at));
            }
        }
        println!("{purpose:?}: at most {most} taps behind the letters");
    }
}

#[test]
fn what_the_fonts_cannot_show_is_not_offered() {
    for syllable in ["yi", "zhi", "xi", "lv", "shan"] {
        for text in offered(syllable, Purpose::Text) {
            assert_eq!(fonts::first_missing(&text), None, "{text}");
        }
    }
}

#[test]
fn the_fonts_have_every_character_that_has_a_reading() {
    // The private characters are those of an old encoding; what they meant has its own code now.
    let han = (0x3400..0xA000).chain(0xF900..0xFB00).chain(0x20000..0x32400).filter_map(char::from_u32);
    let read = han.filter(|c| c.to_pinyin_multi().is_some());
    let missing: Vec<char> = read.filter(|c| !fonts::has_glyph(*c)).collect();
    // Two of Unicode 14, which no free font that can be packaged has; they are not offered.
    assert_eq!(missing, ['\u{2B737}', '\u{2B738}']);
}

#[test]
fn the_fonts_have_gb_2312_and_big5() {
    let big5 = encoded(BIG5, 0xA4..=0xF9, 0x40..=0xFE);
    assert!(big5.len() >= 13_000, "{}", big5.len());
    for c in gb2312().into_iter().chain(big5.into_iter().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))) {
        assert!(fonts::has_glyph(c), "{c}");
    }
    for c in "䶮㛃𬎆喆堃".chars() {
        assert!(fonts::has_glyph(c), "{c}");
    }
}
