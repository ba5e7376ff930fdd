//! The syllables with ü, which keyboards have no key for: the dictionaries write them with v, passports with yu (吕 is LYU
//! there since 2012), and many people with u. Owns which letters mean which syllable.

/// How a syllable is typed besides the way that the dictionaries have. Where `lu` and `nu` are meant, these are other
/// syllables.
const SPELLINGS: [(&str, &str); 6] =
    [("lyu", "lv"), ("nyu", "nv"), ("lyue", "lve"), ("nyue", "nve"), ("lue", "lve"), ("nue", "nve")];

/// The syllable that these letters are in the dictionaries.
pub(super) fn syllable(letters: &str) -> &str {
    let typed = |(typed, _): &&(&str, &str)| *typed == letters;
    SPELLINGS.iter().find(typed).map_or(letters, |(_, syllable)| syllable)
}

/// The syllables that begin with these letters, though not in the dictionaries.
pub(super) fn begun(letters: &str) -> impl Iterator<Item = &'static str> {
    let begins = move |(typed, syllable): &&(&str, &str)| {
        typed.len() > letters.len() && typed.starts_with(letters) && !syllable.starts_with(letters)
    };
    SPELLINGS.iter().filter(begins).map(|(_, syllable)| *syllable)
}

/// How this syllable is typed besides, by those who look for a name.
pub(super) fn besides(syllable: &str) -> &'static [&'static str] {
    match syllable {
        "lv" => &["lyu", "lu"],
        "nv" => &["nyu", "nu"],
        "lve" => &["lyue", "lue"],
        "nve" => &["nyue", "nue"],
        _ => &[],
    }
}

/// These letters in every way that the dictionaries may have them, as they are first: `wanyu` may be `wan'yu` and `wa'nyu`.
pub fn spellings(letters: &str) -> Vec<String> {
    // No syllable ends in l.
    let sure = letters.replace("lyu", "lv");
    let with_nv = sure.replace("nyu", "nv");
    let mut all = vec![letters.to_owned()];
    for way in [sure, with_nv] {
        let with_e = way.replace("lue", "lve").replace("nue", "nve");
        for way in [way, with_e] {
            if !all.contains(&way) {
                all.push(way);
            }
        }
    }
    all
}

/// The same for letters that may go on: the last syllable may be unfinished.
pub fn beginnings(letters: &str) -> Vec<String> {
    let mut all = spellings(letters);
    for (unfinished, syllable) in [("ly", "lv"), ("ny", "nv")] {
        let finished: Vec<String> =
            all.iter().filter_map(|way| Some(way.strip_suffix(unfinished)?.to_owned() + syllable)).collect();
        all.extend(finished);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::{Composition, Lexicon, Purpose};

    fn offered(letters: &str, purpose: Purpose, lexicon: &Lexicon) -> Vec<String> {
        let mut composition = Composition::new(purpose, "");
        for letter in letters.chars() {
            assert!(composition.press(letter, lexicon), "{letters}");
        }
        composition.candidates().iter().map(|candidate| candidate.text.clone()).collect()
    }

    #[test]
    fn what_is_typed_as_passports_have_it_is_composed_as_the_dictionaries_do() {
        use Purpose::{Company, Name, Text};
        let lexicon = Lexicon::new(|_| true, ["绿洲掠影".to_owned()]);
        for (letters, text, purpose) in [
            ("lyu", "吕", Name),
            ("lyubu", "吕布", Name),
            ("lyudongbin", "吕洞宾", Name),
            ("lyuqiu", "闾丘", Name),
            ("nyu", "女", Text),
            ("nyushi", "女士", Text),
            ("lyuxing", "旅行", Text),
            ("lyuyou", "旅游", Text),
            ("lyueduo", "掠夺", Text),
            ("lueduo", "掠夺", Text),
            ("zhanlue", "战略", Text),
            ("qinlyue", "侵略", Text),
            ("nuedai", "虐待", Text),
            ("nyuedai", "虐待", Text),
            ("lyuzhoulyueying", "绿洲掠影", Company),
            ("lyuzhou", "绿洲掠影", Company),
        ] {
            let found = offered(letters, purpose, &lexicon);
            assert!(found.iter().any(|found| found == text), "{letters}: {found:?}");
        }
        // Where other syllables are meant, they come first as before.
        for (letters, first) in [("wanyu", '万'), ("chenyu", '陈'), ("luyi", '卢'), ("wenyu", '温')] {
            let found = offered(letters, Name, &lexicon);
            assert!(found[0].starts_with(first), "{letters}: {found:?}");
        }
        assert_eq!(offered("lvbu", Name, &lexicon)[0], offered("lyubu", Name, &lexicon)[0]);
    }

    #[test]
    fn letters_are_found_in_the_dictionaries_ways() {
        for (letters, ways) in [
            ("lyubu", &["lyubu", "lvbu"][..]),
            ("nyulang", &["nyulang", "nvlang"]),
            ("lyueyang", &["lyueyang", "lveyang"]),
            ("qinlue", &["qinlue", "qinlve"]),
            ("nuedai", &["nuedai", "nvedai"]),
            ("wanyu", &["wanyu", "wanv"]),
            ("lyuanyu", &["lyuanyu", "lvanyu", "lvanv"]),
            ("ouyang", &["ouyang"]),
            ("", &[""]),
        ] {
            assert_eq!(spellings(letters), ways, "{letters}");
        }
        assert_eq!(beginnings("ly"), ["ly", "lv"]);
        assert_eq!(beginnings("sunny"), ["sunny", "sunnv"]);
        assert_eq!(begun("lyu").collect::<Vec<_>>(), ["lve"]);
        assert_eq!(begun("l").count(), 0, "the dictionaries' own begin so");
        assert_eq!((syllable("lyu"), syllable("lu"), syllable("nue")), ("lv", "lu", "nve"));
    }
}
