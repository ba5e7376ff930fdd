//! Under which key a person's name is looked up, so that it is found however it was written. Owns what makes no
//! difference between two names; shows nobody anything.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is written before or behind a Latin name and is no part of it. `Sr` and `Jr` tell a father from his son.
const TITLES: [&str; 16] = [
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "sir",
    "madam",
    "mme",
    "mlle",
    "herr",
    "frau",
    "phd",
    "esq",
];
/// The same behind a name in characters. Where it stands behind a surname alone, it is all that is known of them.
const TITLES_BEHIND: [&str; 22] = [
    "先生", "女士", "小姐", "太太", "夫人", "博士", "教授", "老师", "老師", "同志", "经理", "經理", "主任",
    "医生", "醫生", "律师", "律師", "师傅", "師傅", "さん", "様", "님",
];
/// Of fewer letters than this, what stands beside a title is no whole name.
const LEAST: usize = 2;
/// A name of so many words is looked for in every order of them; a longer one only turned and reversed.
const EVERY_ORDER: usize = 4;

/// The key of a name: its letters one after the other, without accents, capitals, widths, blanks, hyphens, dots,
/// apostrophes and titles.
pub fn name_key(name: &str) -> String {
    joined(&words(name))
}

/// The keys that a name has in every order of its words; as it was written comes first.
pub fn name_keys(name: &str) -> Vec<String> {
    let words = words(name);
    let mut keys: Vec<String> = Vec::new();
    for order in orders(&words) {
        let key = joined(&order);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Whether these are one name, where something else tells that they are one person: the last digits of a telephone number.
pub fn is_same_name(one: &str, other: &str) -> bool {
    let (keys, others) = (name_keys(one), name_keys(other));
    let is_among =
        |key: Option<&String>, keys: &[String]| key.is_some_and(|key| !key.is_empty() && keys.contains(key));
    is_among(keys.first(), &others) || is_among(others.first(), &keys)
}

/// The letters of a text as they are compared: without accents, capitals and widths, and without what is no letter.
pub fn letters(text: &str) -> String {
    folded(text).chars().filter(|c| is_letter(*c)).nfc().collect()
}

/// Marks that meet once the blank between them is gone take their standard order.
fn joined(words: &[impl AsRef<str>]) -> String {
    words.iter().flat_map(|word| word.as_ref().chars()).nfc().collect()
}

fn orders(words: &[String]) -> Vec<Vec<&str>> {
    let written: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.len() > EVERY_ORDER {
        let turned = (0..words.len()).map(|first| [&written[first..], &written[..first]].concat());
        return turned.flat_map(|turned| [turned.clone(), turned.into_iter().rev().collect()]).collect();
    }
    let mut orders: Vec<Vec<&str>> = vec![Vec::new()];
    for word in written {
        let mut longer = Vec::new();
        for order in orders {
            for at in (0..=order.len()).rev() {
                longer.push([&order[..at], &[word], &order[at..]].concat());
            }
        }
        orders = longer;
    }
    orders
}

/// The words of a name, without titles.
fn words(name: &str) -> Vec<String> {
    let name = folded(name);
    let mut words: Vec<String> = Vec::new();
    for chunk in name.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、' | '/' | '(' | ')')) {
        // "Ph.D." is one word, "Dr.Carter" two.
        let whole: String = chunk.chars().filter(|c| is_letter(*c)).collect();
        if is_title(&whole) { words.push(whole) } else { words.extend(parts(chunk)) }
    }
    let named = |word: &String| !is_title(word);
    if words.iter().filter(|word| named(word)).map(|word| word.chars().count()).sum::<usize>() >= LEAST {
        words.retain(named);
    }
    // Blanks between all characters only fill a column.
    if words.len() > 1 && words.iter().all(|word| word.chars().count() == 1 && word.starts_with(is_sign)) {
        words = vec![words.concat()];
    }
    for word in &mut words {
        while let Some(rest) = TITLES_BEHIND.iter().find_map(|title| word.strip_suffix(title)) {
            if rest.chars().count() < LEAST {
                break;
            }
            *word = rest.to_owned();
        }
    }
    words
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word) || TITLES_BEHIND.contains(&word)
}

/// The words of a text without blanks: characters are parted from Latin letters, and these by dots.
fn parts(chunk: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut dot = false;
    for c in chunk.chars() {
        if !is_letter(c) {
            dot |= c == '.';
            continue;
        }
        let goes_on = |part: &&mut String| part.ends_with(is_sign) == is_sign(c) && (!dot || is_sign(c));
        match parts.last_mut().filter(goes_on) {
            Some(part) => part.push(c),
            None => parts.push(c.to_string()),
        }
        dot = false;
    }
    parts
}

/// Small letters of one width, without accents.
fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase).nfd().filter(|c| !is_accent(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ħ' => plain.push('h'),
            'ŧ' => plain.push('t'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            c => plain.push(c),
        }
    }
    // The signs of kana and Hangul are put together again.
    plain.nfc().collect()
}

/// Marks without which a name is read as well: of Latin, Greek, Cyrillic, Hebrew and Arabic letters. In other scripts
/// marks are vowels.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Not the letters that are apostrophes, dots, or lengthen a line, nor what only chooses a shape.
fn is_letter(c: char) -> bool {
    let sign = matches!(c,
        '\u{02B0}'..='\u{02FF}' | '\u{0640}' | '\u{180B}'..='\u{180F}' | '\u{A78B}' | '\u{A78C}' | '\u{A78F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    (c.is_alphanumeric() || is_combining_mark(c)) && !sign
}

/// Han, kana and Hangul.
pub(super) fn is_sign(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x3005..=0x3007 | 0x3040..=0x318F | 0x31F0..=0x31FF | 0x3400..=0x9FFF | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_name_has_one_key_however_it_is_written() {
        for (name, written) in [
            // Apostrophes are one sign.
            (
                "O'Brien",
                &["O’Brien", "OʼBrien", "O＇Brien", "O`Brien", "O‘Brien", "O´Brien", "O′Brien", "OBRIEN"][..],
            ),
            // So are dots.
            (
                "买买提·吐尔逊",
                &[
                    "买买提•吐尔逊",
                    "买买提‧吐尔逊",
                    "买买提・吐尔逊",
                    "买买提．吐尔逊",
                    "买买提.吐尔逊",
                    "买买提･吐尔逊",
                    "买买提⋅吐尔逊",
                    "买买提吐尔逊",
                ],
            ),
            // Accents.
            (
                "José Núñez",
                &["Jose\u{301} Nu\u{301}n\u{303}ez", "Jose Nunez", "JOSÉ  NÚÑEZ", "ＪＯＳＥ　ＮＵＮＥＺ"],
            ),
            ("Nguyễn Thị Hương", &["Nguyen Thi Huong", "NGUYỄN THỊ HƯƠNG"]),
            ("Jürgen Groß", &["Jurgen Gross", "JÜRGEN GROẞ", "JÜRGEN GROSS"]),
            ("İbrahim Yıldız", &["ibrahim yıldız", "Ibrahim Yildiz", "İBRAHİM YILDIZ", "IBRAHIM YILDIZ"]),
            ("Søren Ørsted", &["Soren Orsted", "SØREN ØRSTED"]),
            ("Đặng Đình Áng", &["Dang Dinh Ang", "ĐẶNG ĐÌNH ÁNG"]),
            ("Łukasz Wałęsa", &["Lukasz Walesa"]),
            ("Æsa Bæk", &["Aesa Baek", "ÆSA BÆK"]),
            ("Андрей Ёлкин", &["АНДРЕЙ ЕЛКИН"]),
            ("Γιώργος Παππάς", &["ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ", "Γιωργος Παππας"]),
            ("أحمد", &["احمد", "أَحْمَد", "أحمــد"]),
            // Widths, and characters that are one.
            ("ガブリエル", &["ｶﾞﾌﾞﾘｴﾙ"]),
            ("王女芳", &["王⼥芳"]),
            // Blanks, hyphens, titles.
            (
                "Wang Xiaoming",
                &["Wang Xiao-Ming", "Wang Xiao Ming", "WANG XIAOMING", "WangXiaoming", "Mr. Wang Xiaoming"],
            ),
            ("Jean-Luc Picard", &["Jean Luc Picard", "Jean‐Luc Picard", "Jean–Luc Picard"]),
            (
                "John Carter",
                &[
                    "Dr. John Carter",
                    "Dr.John Carter",
                    "MR JOHN CARTER",
                    "John Carter, Ph.D.",
                    "Prof. Dr. John Carter",
                ],
            ),
            ("J. R. Smith", &["J.R. Smith", "JR Smith", "J R Smith"]),
            (
                "王芳",
                &[
                    "王芳女士",
                    "王芳 女士",
                    "王 芳",
                    "王　芳",
                    "王芳老师",
                    "王芳博士先生",
                    "Ms王芳",
                    "Dr.王芳",
                ],
            ),
            ("欧阳修明", &["欧 阳修明", "欧阳 修明"]),
            ("田中愛子", &["田中 愛子", "田中愛子さん", "田中愛子様"]),
        ] {
            for written in written {
                assert_eq!(name_key(written), name_key(name), "{written}");
                assert!(is_same_name(written, name), "{written}");
            }
        }
    }

    #[test]
    fn the_words_of_a_name_may_stand_in_another_order() {
        for (one, other) in [
            ("John Carter", "Carter, John"),
            ("John Carter", "CARTER John Mr."),
            ("Wang Xiaoming", "Xiaoming Wang"),
            ("Wang Xiaoming", "Xiao-Ming Wang"),
            ("Wang Xiao Ming", "Xiaoming Wang"),
            ("Nguyễn Thị Hương", "Huong Thi Nguyen"),
            ("Marie-Anne Dupont", "Dupont Marie Anne"),
            ("José Núñez García", "NUNEZ GARCIA, Jose"),
            ("Maria da Silva e Souza Lima", "Lima, Maria da Silva e Souza"),
            ("修明 欧阳", "欧阳修明"),
        ] {
            assert!(is_same_name(one, other) && is_same_name(other, one), "{one} {other}");
        }
    }

    #[test]
    fn other_names_stay_other_names() {
        for (one, other) in [
            ("王芳", "王方"),
            ("王芳", "汪芳"),
            ("王芳玉", "王玉芳"),
            ("王 芳 玉", "王 玉 芳"),
            ("王先生", "王女士"),
            ("王 先生", "王 女士"),
            // The father and the son.
            ("买买提·吐尔逊", "吐尔逊·买买提"),
            ("买买提.吐尔逊", "吐尔逊.买买提"),
            ("John Carter Jr.", "John Carter Sr."),
            ("John Carter Jr.", "John Carter"),
            ("John Carter", "John Cartel"),
            ("Amy Li", "May Li"),
            ("Ann", "Anne"),
            ("Müller", "Mueller"),
            ("かがみ", "かかみ"),
            ("김민수", "김민우"),
            ("Mr", "Ms"),
        ] {
            assert!(!is_same_name(one, other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn every_order_is_found_from_every_other(words in prop::collection::vec("[a-zÀ-ž]{3,6}", 1..5), turn in 0usize..5) {
            let mut other = words.clone();
            other.rotate_left(turn % words.len());
            other.reverse();
            prop_assert!(is_same_name(&words.join(" "), &other.join("-").replace('-', " ").to_uppercase()));
        }

        #[test]
        fn a_key_is_its_own(name in "\\PC{0,30}") {
            let key = letters(&name);
            prop_assert_eq!(letters(&key), key);
            let key = name_key(&name);
            prop_assert_eq!(letters(&key), key);
        }
    }
}
