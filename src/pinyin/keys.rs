//! By which letters a name is found later: its syllables from each on, their initials, and both mixed; Latin words as
//! they are. For looking through a whole book, where nobody can be compared one by one.

use super::readings::readings;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Of what is longer, only the beginning is read.
const LONGEST: usize = 12;
/// A company's signs are read so far, and each in so many ways at most.
const COMPANY_LONGEST: usize = 16;
const COMPANY_READINGS: usize = 2;
/// From each of its signs on it is found by this many ways to read what follows.
const COMPANY_WAYS: usize = 4;
/// A company's sounds are kept so far, in letters: about three syllables.
pub const COMPANY_LETTERS: usize = 12;
/// What says which form a company has: nobody knows one company from another by its sound. The longer ones first.
const LEGAL_FORMS: [&str; 11] = [
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "股份公司",
    "有限公司",
    "合伙企业",
    "株式会社",
    "株式會社",
    "有限会社",
    "分公司",
    "公司",
];

/// A name with many ambiguous characters is found by this many ways to read it; fewer where it is long.
fn ways_of(signs: usize) -> usize {
    match signs {
        ..=4 => 12,
        5 | 6 => 4,
        _ => 2,
    }
}

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
    let signs: Vec<char> = signs(text).into_iter().flatten().take(LONGEST).collect();
    let most = ways_of(signs.len());
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for sign in signs {
        let read: Vec<String> = readings(sign).flat_map(typed).collect();
        if read.is_empty() {
            continue;
        }
        let grown = ways.iter().flat_map(|way| {
            read.iter().map(move |syllable| [way.as_slice(), std::slice::from_ref(syllable)].concat())
        });
        ways = grown.take(most).collect();
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

/// The signs of a text that stand together.
fn signs(text: &str) -> impl IntoIterator<Item = Vec<char>> {
    pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Signs(signs) => Some(signs),
        Piece::Word(_) => None,
    })
}

/// The letters that a company of Han characters is found by, each also by its beginning: from each sign on its first
/// syllables, cut off after [`COMPANY_LETTERS`], and its initials. Its legal form sounds like everybody's.
pub fn company_keys(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for signs in named(text) {
        for from in 0..signs.len() {
            let mut ways = vec![(String::new(), String::new())];
            for sign in &signs[from..] {
                let read: Vec<String> = readings(*sign).take(COMPANY_READINGS).flat_map(typed).collect();
                let grown: Vec<_> = ways
                    .iter()
                    .flat_map(|(sounds, initials)| {
                        read.iter().map(move |syllable| {
                            let sounds: String =
                                sounds.chars().chain(syllable.chars()).take(COMPANY_LETTERS).collect();
                            (sounds, initials.clone() + &syllable[..1])
                        })
                    })
                    .take(COMPANY_WAYS)
                    .collect();
                if !grown.is_empty() {
                    ways = grown;
                }
            }
            for (sounds, initials) in ways.into_iter().filter(|(sounds, _)| !sounds.is_empty()) {
                if initials.len() > 1 {
                    keys.insert(initials.chars().take(COMPANY_LETTERS).collect());
                }
                keys.insert(sounds);
            }
        }
    }
    keys
}

/// Whether a company is spelt by these letters from one of its signs on, however far they go.
pub fn spells(company: &str, letters: &str) -> bool {
    named(company).iter().any(|signs| (0..signs.len()).any(|from| follow(&signs[from..], letters)))
}

fn follow(signs: &[char], letters: &str) -> bool {
    let Some((sign, rest)) = signs.split_first() else { return letters.is_empty() };
    let mut read = readings(*sign).take(COMPANY_READINGS).flat_map(typed).peekable();
    if read.peek().is_none() {
        return follow(rest, letters);
    }
    letters.is_empty()
        || read.any(|syllable| {
            let left = letters.strip_prefix(&syllable);
            syllable.starts_with(letters) || left.is_some_and(|left| follow(rest, left))
        })
}

/// What a company is known by: its signs that stand together, without those of its legal form.
fn named(company: &str) -> Vec<Vec<char>> {
    let mut named = company.to_owned();
    for form in LEGAL_FORMS {
        named = named.replace(form, " ");
    }
    let whole = if signs(&named).into_iter().next().is_some() { named.as_str() } else { company };
    let all = signs(whole).into_iter();
    all.map(|signs| signs.into_iter().take(COMPANY_LONGEST).collect()).collect()
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
    fn a_company_is_found_by_its_first_syllables_and_initials() {
        let name = "杭州云栖科技股份有限公司";
        let found = company_keys(name);
        for key in ["hangzhouyunq", "zhouyunqikej", "yunqikeji", "keji", "ji", "hzyqkj", "yqkj", "kj"] {
            assert!(found.contains(key), "{key} of {found:?}");
        }
        for no in ["gongsi", "gs", "yxgs", "youxiangongs"] {
            assert!(!found.iter().any(|key| key.starts_with(no)), "{no} is of its form: {found:?}");
        }
        for (company, key) in [
            ("重庆银行", "chongqingyin"),
            ("重庆银行", "yinhang"),
            ("长安汽车有限责任公司上海分公司", "shanghai"),
            ("东洋精機株式会社", "dongyangjing"),
            ("Acme 贸易 (杭州) Co., Ltd.", "maoyi"),
            ("绿城", "lucheng"),
            // Who is called nothing else is found by it.
            ("公司", "gongsi"),
        ] {
            let found = company_keys(company);
            assert!(found.iter().any(|found| found.starts_with(key)), "{key} of {company}: {found:?}");
        }
        assert_eq!(company_keys("Acme Ltd."), BTreeSet::new());
        for (letters, spelt) in [
            ("hangzhouyunqikeji", true),
            ("hangzhouyunqik", true),
            ("zhouyunqi", true),
            ("hangzhouyunqx", false),
            ("hangzhouyunqikejigongsi", false),
            ("angzhou", false),
        ] {
            assert_eq!(spells(name, letters), spelt, "{letters}");
        }
        // However many ways there are to read it.
        let hostile = company_keys(&"长重行乐会都朝曾".repeat(9));
        assert!(hostile.iter().map(String::len).sum::<usize>() < 2_000, "{}", hostile.len());
        let name = keys(&"长重行乐会都朝曾".repeat(2));
        assert!(name.iter().map(String::len).sum::<usize>() < 3_000, "{}", name.len());
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
