//! By which letters a name is found later: its syllables from each on, their initials, and both mixed; Latin words as
//! they are. For looking through a whole book, where nobody can be compared one by one.

use super::lexicon::readings;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name with many ambiguous characters is found by this many ways to read it.
const WAYS: usize = 12;
/// Of what is longer, only the beginning is read.
const LONGEST: usize = 12;

/// A piece of a text, as it is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Characters that stand for themselves, one after another: Han and kana.
    Signs(Vec<char>),
    /// A word of letters or digits.
    Word(String),
}

/// The pieces of a text, without accents, capitals and widths; `ü` is `v` where it is typed alone.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut apart = true;
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in plain {
        if !c.is_alphanumeric() {
            // A middle dot parts a name's words and not its signs.
            apart = true;
            continue;
        }
        match pieces.last_mut() {
            Some(Piece::Signs(signs)) if is_sign(c) => signs.push(c),
            Some(Piece::Word(word)) if !is_sign(c) && !apart => word.push(c),
            _ if is_sign(c) => pieces.push(Piece::Signs(vec![c])),
            _ => pieces.push(Piece::Word(c.to_string())),
        }
        apart = false;
    }
    pieces
}

fn is_sign(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// The letters that a name of Han characters is found by; each also by its beginning.
pub fn keys(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let signs: Vec<char> = pieces(text)
        .into_iter()
        .flat_map(|piece| match piece {
            Piece::Signs(signs) => signs,
            Piece::Word(_) => Vec::new(),
        })
        .take(LONGEST)
        .collect();
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for sign in signs {
        let read: Vec<String> = readings(sign).flat_map(typed).collect();
        if read.is_empty() {
            continue;
        }
        let grown = ways.iter().flat_map(|way| {
            read.iter().map(move |syllable| [way.as_slice(), std::slice::from_ref(syllable)].concat())
        });
        ways = grown.take(WAYS).collect();
    }
    for way in ways.iter().filter(|way| !way.is_empty()) {
        let initials = |syllables: &[String]| -> String {
            syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()
        };
        for from in 0..way.len() {
            let rest = &way[from..];
            keys.insert(rest.concat());
            if rest.len() > 1 {
                keys.insert(initials(rest));
            }
        }
        // The surname in full and the rest by its initials, or the other way round.
        for at in 1..way.len() {
            keys.insert(way[..at].concat() + &initials(&way[at..]));
            keys.insert(initials(&way[..at]) + &way[at..].concat());
        }
    }
    keys
}

/// A syllable with `ü` is typed with `v`, or with `u` by whoever does not know that.
fn typed(reading: &'static str) -> Vec<String> {
    let mut typed = vec![reading.to_owned()];
    if reading.starts_with("lv") || reading.starts_with("nv") {
        typed.push(reading.replacen('v', "u", 1));
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_syllables_initials_and_both() {
        let keys = keys("欧阳修明");
        for key in ["ouyangxiuming", "xiuming", "ming", "oyxm", "xm", "ouyangxm", "ouyxm", "oyxiuming"] {
            assert!(keys.contains(key), "{key} of {keys:?}");
        }
        assert!(!keys.contains("uyang"));
    }

    #[test]
    fn surnames_with_readings_of_their_own() {
        for (name, key) in [
            ("单雄信", "shanxiongxin"),
            ("曾喆", "zengzhe"),
            ("尉迟恭", "yuchigong"),
            ("仇英", "qiuying"),
            ("吕布", "lvbu"),
            ("吕布", "lubu"),
            ("买买提·吐尔逊", "maimaitituerxun"),
            ("张𬎆", "zhangying"),
        ] {
            assert!(keys(name).contains(key), "{key} of {name}: {:?}", keys(name));
        }
    }

    #[test]
    fn pieces_of_what_is_asked() {
        let word = |word: &str| Piece::Word(word.to_owned());
        let signs = |signs: &str| Piece::Signs(signs.chars().collect());
        assert_eq!(pieces("José NÚÑEZ"), [word("jose"), word("nunez")]);
        assert_eq!(pieces("王fang"), [signs("王"), word("fang")]);
        assert_eq!(pieces("买买提·吐尔逊"), [signs("买买提吐尔逊")]);
        assert_eq!(pieces("Ａ０１７"), [word("a017")]);
        assert_eq!(pieces(" - \"*' "), []);
    }
}
