//! How a character may be read, in letters as they are typed. Knows no words and no order.

use pinyin::ToPinyinMulti;

/// Characters of names that no dictionary reads: simplified from one that sounds like its right half 莹.
const UNREAD: &[(char, &str)] = &[('𬎆', "ying"), ('㼆', "ying")];

/// How a character may be read, as it is typed: without tones, `v` for ü.
pub(super) fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let all = c.to_pinyin_multi().into_iter().flatten().map(|reading| typed(reading.plain()));
    let all = all.chain(UNREAD.iter().filter(move |(rare, _)| *rare == c).map(|(_, reading)| *reading));
    let mut seen: Vec<&str> = Vec::new();
    all.filter(move |reading| {
        let new = !seen.contains(reading);
        seen.push(reading);
        new
    })
}

/// A syllable as it is typed. The few without a vowel are typed as the nearest one that has.
pub(super) fn typed(plain: &'static str) -> &'static str {
    match plain {
        "lü" => "lv",
        "lüe" => "lve",
        "nü" => "nv",
        "nüe" => "nve",
        "m" => "mu",
        "n" | "ng" => "en",
        "hm" => "hen",
        "hng" => "heng",
        "ê" => "ei",
        plain => plain,
    }
}
