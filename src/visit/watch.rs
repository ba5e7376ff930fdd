//! Whether a visitor may be somebody whom reception is to be told about. Owns what counts as the same and as nearly the
//! same; shows nobody anything.

use super::{Details, Likeness, Sighting, Watched, fold};
use crate::pinyin::sound::sound_alike;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names of fewer characters are different names when one character differs: 张伟 and 张玮, Al and Ed.
const SHORTEST_NAME: usize = 3;
/// The same for telephone numbers: extensions differ by a digit all the time.
const SHORTEST_PHONE: usize = 8;

/// What companies are besides their names, longest first.
const LEGAL: [&str; 24] = [
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "分公司",
    "集团",
    "公司",
    "incorporated",
    "corporation",
    "company",
    "limited",
    "group",
    "gmbh",
    "corp",
    "pte",
    "plc",
    "ltd",
    "llc",
    "inc",
    "ag",
    "kg",
    "co",
    "sa",
    "bv",
];

/// The entry that this visitor is most like, if they are like any.
pub fn sighting(watched: &[Watched], details: &Details) -> Option<Sighting> {
    let alike = watched.iter().filter_map(|entry| like(entry, details));
    alike.min_by_key(|sighting| {
        let rank = |likeness: Option<Likeness>| (likeness.is_none(), likeness);
        let name_or_phone = rank(sighting.name).min(rank(sighting.phone));
        (name_or_phone, rank(sighting.company))
    })
}

/// In what a visitor is like this entry. Its name or its telephone number must be alike; the company alone where it has
/// nothing else.
fn like(entry: &Watched, details: &Details) -> Option<Sighting> {
    let phone = details.phone.as_ref().map(super::Phone::as_str).unwrap_or_default();
    let company = details.company.as_ref().map(super::Company::as_str).unwrap_or_default();
    let sighting = Sighting {
        watched: entry.id,
        name: names(&entry.name, details.name.as_str()),
        phone: phones(&entry.phone, phone),
        company: companies(&entry.company, company),
        inside: false,
    };
    let only_company = key(&entry.name).is_empty() && digits(&entry.phone).is_empty();
    let found =
        sighting.name.is_some() || sighting.phone.is_some() || (only_company && sighting.company.is_some());
    found.then_some(sighting)
}

/// Whether some visitor can be called like this: every name has a letter.
pub fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Whether some visitor's telephone number can be like this.
pub fn is_phone(text: &str) -> bool {
    !digits(text).is_empty()
}

/// Whether this tells one company from others. A dash is what people write who have none.
pub fn is_company(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// How alike two people's names are.
pub fn names(one: &str, other: &str) -> Option<Likeness> {
    if key(one).is_empty() || key(other).is_empty() {
        None
    } else if key(one) == key(other) {
        Some(Likeness::Same)
    } else if sound_alike(one, other) {
        Some(Likeness::SoundsAlike)
    } else if almost(one, other) {
        Some(Likeness::AlmostSame)
    } else {
        None
    }
}

/// Without accents and marks, with the words in another order, or one slip of the finger apart.
fn almost(one: &str, other: &str) -> bool {
    let (words, other_words) = (words(one), words(other));
    let (letters, other_letters): (Vec<char>, Vec<char>) =
        (words.concat().chars().collect(), other_words.concat().chars().collect());
    let mut sorted = (words, other_words);
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    let long = letters.len().min(other_letters.len()) >= SHORTEST_NAME;
    letters == other_letters || sorted.0 == sorted.1 || (long && one_slip(&letters, &other_letters))
}

/// How alike two telephone numbers are; the one of China before a number makes no difference.
pub fn phones(one: &str, other: &str) -> Option<Likeness> {
    let (one, other) = (digits(one), digits(other));
    if one.is_empty() || other.is_empty() {
        None
    } else if one == other {
        Some(Likeness::Same)
    } else if one.len().min(other.len()) >= SHORTEST_PHONE && one_slip(&one, &other) {
        Some(Likeness::AlmostSame)
    } else {
        None
    }
}

/// How alike two companies' names are: nearly the same is one that holds the other, whatever their legal forms.
pub fn companies(one: &str, other: &str) -> Option<Likeness> {
    if key(one).is_empty() || key(other).is_empty() {
        return None;
    }
    if key(one) == key(other) {
        return Some(Likeness::Same);
    }
    let (one, other) = (name_proper(one), name_proper(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // One character or two letters are in too many names.
    let said: usize = short.iter().map(|word| if word.is_ascii() { word.len() } else { 2 }).sum();
    let held = said >= 3 && long.windows(short.len().max(1)).any(|part| part == short.as_slice());
    held.then_some(Likeness::AlmostSame)
}

/// As it is looked up: neither case nor width nor blanks make a difference, nor how accents are put together.
fn key(text: &str) -> String {
    fold(&text.nfkc().collect::<String>().to_uppercase())
}

fn plain(text: &str) -> String {
    key(text).nfkd().filter(|c| !is_combining_mark(*c)).filter(|c| c.is_alphanumeric()).collect()
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect();
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect()
}

/// The digits behind what stands for China: +86, 0086, or 86 before a mobile number.
fn digits(text: &str) -> Vec<char> {
    let text: String = text.nfkc().collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = if text.trim_start().starts_with('+') {
        digits.strip_prefix("86")
    } else {
        digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11))
    };
    national.unwrap_or(&digits).chars().collect()
}

/// Latin words and single characters of others, without what every company is.
fn name_proper(company: &str) -> Vec<String> {
    let mut name = company.nfkc().collect::<String>().to_lowercase();
    for form in LEGAL.iter().filter(|form| !form.is_ascii()) {
        name = name.replace(form, " ");
    }
    let mut pieces = Vec::new();
    for word in words(&name) {
        if LEGAL.contains(&word.as_str()) {
            continue;
        }
        if word.is_ascii() {
            pieces.push(word);
        } else {
            pieces.extend(word.chars().map(String::from));
        }
    }
    pieces
}

/// Whether one character is wrong, missing or too many, or two neighbours are swapped.
fn one_slip(one: &[char], other: &[char]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - same], &other[..other.len() - same]) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::{Company, PersonName, Phone};
    use chrono::DateTime;
    use proptest::prelude::*;
    use uuid::Uuid;

    const SAME: Option<Likeness> = Some(Likeness::Same);
    const SOUNDS: Option<Likeness> = Some(Likeness::SoundsAlike);
    const ALMOST: Option<Likeness> = Some(Likeness::AlmostSame);

    fn entry(id: u128, name: &str, phone: &str, company: &str) -> Watched {
        Watched {
            id: Uuid::from_u128(id),
            name: name.to_owned(),
            phone: phone.to_owned(),
            company: company.to_owned(),
            reason: String::new(),
            note: String::new(),
            until: None,
            added: DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap(),
            by: String::new(),
        }
    }

    fn visitor(name: &str, phone: &str, company: &str) -> Details {
        Details {
            name: PersonName::parse(name).unwrap(),
            company: Company::maybe(company).unwrap(),
            phone: Phone::maybe(phone).unwrap(),
            party: 0,
        }
    }

    #[test]
    fn names_that_are_near_and_names_that_are_not() {
        for (one, other, likeness) in [
            ("欧阳修明", "欧阳修明", SAME),
            ("欧 阳修明", "欧阳 修明", SAME),
            ("José NÚÑEZ", "jose\u{301} núñez", SAME),
            ("ＡＮＮ　ＬＥＥ", "Ann Lee", SAME),
            ("Straße", "STRASSE", SAME),
            ("买买提·吐尔逊", "买买提・吐尔逊", SAME),
            ("王晓明", "汪小鸣", SOUNDS),
            ("张伟", "章炜", SOUNDS),
            ("单雄", "Shan Xiong", SOUNDS),
            ("仇英", "Qiu Ying", SOUNDS),
            ("解缙", "Xie Jin", SOUNDS),
            ("欧阳修明", "Xiuming Ouyang", SOUNDS),
            ("歐陽修明", "欧阳修明", SOUNDS),
            ("买买提·吐尔逊", "买买提吐尔逊", SOUNDS),
            ("O'Brien", "OBrien", ALMOST),
            ("欧阳修明", "欧阳修朋", ALMOST),
            ("欧阳修明", "欧阳明修", ALMOST),
            ("欧阳修明", "欧阳明", ALMOST),
            ("José Núñez", "Jose Nunez", ALMOST),
            ("John Carter", "Carter, John", ALMOST),
            ("John Carter", "Jonh Carter", ALMOST),
            ("John Carter", "John Cartr", ALMOST),
            ("Ann", "Anne", ALMOST),
            // Two characters of which one differs are two people.
            ("张伟", "张敏", None),
            ("张伟", "李伟", None),
            ("张伟", "伟张", None),
            ("张伟", "张伟明", None),
            ("Al", "Ed", None),
            ("Al", "Ali", None),
            ("John Carter", "Joan Cartel", None),
            ("王晓明", "李晓红", None),
            ("王晓明", "", None),
            ("", "", None),
        ] {
            assert_eq!(names(one, other), likeness, "{one} {other}");
            assert_eq!(names(other, one), likeness, "{other} {one}");
        }
    }

    #[test]
    fn telephone_numbers_that_are_near() {
        for (one, other, likeness) in [
            ("13800138000", "138-0013 8000", SAME),
            ("+86 13800138000", "13800138000", SAME),
            ("008613800138000", "８６１３８００１３８０００", SAME),
            ("13800138000", "13800138001", ALMOST),
            ("13800138000", "13800183000", ALMOST),
            ("13800138000", "1380138000", ALMOST),
            ("13800138000", "13900139000", None),
            ("8302", "8302", SAME),
            ("8302", "8303", None),
            ("", "", None),
            ("13800138000", "", None),
        ] {
            assert_eq!(phones(one, other), likeness, "{one} {other}");
            assert_eq!(phones(other, one), likeness, "{other} {one}");
        }
    }

    #[test]
    fn companies_whatever_their_legal_form() {
        for (one, other, likeness) in [
            ("云栖新能源", "云栖 新能源", SAME),
            ("云栖新能源", "云栖新能源（杭州）有限公司", ALMOST),
            ("云栖", "云栖新能源（杭州）有限公司", ALMOST),
            ("云栖股份有限公司", "云栖有限责任公司", ALMOST),
            ("Hohenstein", "Hohenstein Instruments GmbH & Co. KG", ALMOST),
            ("ACME Inc.", "Acme Ltd", ALMOST),
            ("Sun", "Sunrise Ltd", None),
            ("云", "云栖新能源（杭州）有限公司", None),
            ("有限公司", "云栖有限公司", None),
            ("GmbH", "ACME GmbH", None),
            ("云栖", "栖云", None),
            ("", "云栖", None),
        ] {
            assert_eq!(companies(one, other), likeness, "{one} {other}");
            assert_eq!(companies(other, one), likeness, "{other} {one}");
        }
    }

    #[test]
    fn the_name_or_the_number_is_enough_and_the_company_is_not() {
        let entries = [entry(1, "欧阳修明", "13800138000", "云栖"), entry(2, "", "", "Hohenstein")];
        let seen = |name, phone, company| sighting(&entries, &visitor(name, phone, company));
        let first = |name, phone, company| {
            Some(Sighting { watched: Uuid::from_u128(1), name, phone, company, inside: false })
        };
        assert_eq!(seen("欧阳修明", "13900139000", "华越"), first(SAME, None, None));
        assert_eq!(seen("王芳", "13800138000", "云栖有限公司"), first(None, SAME, ALMOST));
        assert_eq!(seen("王芳", "13900139000", "云栖"), None, "a colleague of theirs");
        let other =
            Sighting { watched: Uuid::from_u128(2), name: None, phone: None, company: ALMOST, inside: false };
        assert_eq!(seen("王芳", "13900139000", "Hohenstein GmbH"), Some(other));
    }

    #[test]
    fn the_most_alike_is_named() {
        let entries = [
            entry(1, "欧阳修朋", "", ""),
            entry(2, "欧阳修明", "", ""),
            entry(3, "欧阳秀铭", "", ""),
            entry(4, "欧阳修明", "", "云栖"),
        ];
        let seen = |entries: &[Watched], company| {
            sighting(entries, &visitor("欧阳修明", "", company)).map(|seen| seen.watched.as_u128())
        };
        assert_eq!(seen(&entries[..1], ""), Some(1));
        assert_eq!(seen(&entries, ""), Some(2));
        assert_eq!(seen(&[entries[0].clone(), entries[2].clone()], ""), Some(3));
        assert_eq!(seen(&entries, "云栖"), Some(4));
    }

    proptest! {
        #[test]
        fn no_exact_match_is_ever_missed(
            name in "[a-zA-ZÀ-žΑ-ωА-я\u{4E00}-\u{9FA5}·' -]{1,20}",
            others in prop::collection::vec("[a-z\u{4E00}-\u{4E80}]{2,6}", 0..4),
            how in 0u8..6,
        ) {
            prop_assume!(PersonName::parse(&name).is_ok());
            let typed = match how {
                0 => name.to_uppercase(),
                1 => name.to_lowercase(),
                2 => name.nfd().collect(),
                3 => name.chars().map(|c| match c {
                    '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
                    ' ' => '\u{3000}',
                    c => c,
                }).collect(),
                4 => name.chars().flat_map(|c| [c, ' ']).collect(),
                _ => format!("  {}\u{200B} ", name.nfc()),
            };
            let mut entries: Vec<Watched> =
                (2..).zip(&others).map(|(id, other)| entry(id, other, "", "")).collect();
            entries.push(entry(1, &typed, "", ""));
            let seen = sighting(&entries, &Details {
                name: PersonName::parse(&name).unwrap(), company: None, phone: None, party: 0,
            });
            prop_assert_eq!(seen.map(|seen| seen.name), Some(SAME), "{} {}", name, typed);
        }
    }
}
