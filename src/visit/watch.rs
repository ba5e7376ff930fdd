//! Whether a visitor may be somebody whom reception is to be told about. Owns what counts as the same and as nearly the
//! same; shows nobody anything.

use super::keys::{is_sign, letters};
use super::{Details, Likeness, Phone, Sighting, Watched, is_same_name};
use crate::pinyin::sound::sound_alike;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

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
    let phone = details.phone.as_ref().map(Phone::as_str).unwrap_or_default();
    let company = details.company.as_ref().map(super::Company::as_str).unwrap_or_default();
    let sighting = Sighting {
        watched: entry.id,
        name: names(&entry.name, details.name.as_str()),
        phone: phones(&entry.phone, phone),
        company: companies(&entry.company, company),
        inside: false,
    };
    let only_company = letters(&entry.name).is_empty() && digits(&entry.phone).is_empty();
    let found =
        sighting.name.is_some() || sighting.phone.is_some() || (only_company && sighting.company.is_some());
    found.then_some(sighting)
}

/// Whether some visitor can be called like this: every name has a letter.
pub fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Whether this is an extension of a house, by which some are known.
pub fn is_extension(text: &str) -> bool {
    matches!(digits(text).len(), 3 | 4)
}

/// Whether this tells one company from others. A dash is what people write who have none.
pub fn is_company(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// How alike two people's names are.
pub fn names(one: &str, other: &str) -> Option<Likeness> {
    if letters(one).is_empty() || letters(other).is_empty() {
        None
    } else if letters(one) == letters(other) {
        Some(Likeness::Same)
    } else if sound_alike(one, other) {
        Some(Likeness::SoundsAlike)
    } else if is_same_name(one, other)
        || looks(one).iter().zip(&looks(other)).any(|(one, other)| almost(one, other))
    {
        Some(Likeness::AlmostSame)
    } else {
        None
    }
}

/// A name as it is written, and as it looks, with Latin letters for those of other alphabets that look like them (Unicode
/// Technical Standard 39). Some look alike only as capitals, and some only as small letters.
fn looks(name: &str) -> [String; 4] {
    let name: String = name.nfkc().collect();
    let look = |text: &str| -> String {
        let mut seen = String::new();
        for c in text.chars() {
            match is_sign(c) {
                // Han characters are not taken for each other, nor for kana.
                true => seen.push(c),
                false => seen.extend(skeleton(c.encode_utf8(&mut [0; 4]))),
            }
        }
        seen
    };
    [look(&name), look(&name.to_lowercase()), look(&name.to_uppercase()), name]
}

/// With the words in another order, or one slip of the finger apart.
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

/// How alike two telephone numbers are, however they are written.
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
    if letters(one).is_empty() || letters(other).is_empty() {
        return None;
    }
    if letters(one) == letters(other) {
        return Some(Likeness::Same);
    }
    let (one, other) = (name_proper(one), name_proper(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // One character or two letters are in too many names.
    let said: usize = short.iter().map(|word| if word.is_ascii() { word.len() } else { 2 }).sum();
    let held = said >= 3 && long.windows(short.len().max(1)).any(|part| part == short.as_slice());
    held.then_some(Likeness::AlmostSame)
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect();
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .map(letters)
        .filter(|word| !word.is_empty())
        .collect()
}

/// The digits of a number in its normal form; of what is none, all there are.
fn digits(text: &str) -> Vec<char> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect();
    match Phone::taken(text) {
        Ok(phone) => digits(phone.as_str()),
        Err(_) => digits(&text.nfkc().collect::<String>()),
    }
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
            ("买买提·吐尔逊", "买买提吐尔逊", SAME),
            ("O'Brien", "OBrien", SAME),
            ("O'Brien", "O’Brien", SAME),
            ("Jean-Luc Picard", "Jean Luc Picard", SAME),
            ("欧阳修明", "欧阳修朋", ALMOST),
            ("欧阳修明", "欧阳明修", ALMOST),
            ("欧阳修明", "欧阳明", ALMOST),
            ("José Núñez", "Jose Nunez", SAME),
            ("Łukasz Øster", "Lukasz Oster", SAME),
            ("John Carter", "Dr. John Carter", ALMOST),
            ("王芳", "王芳女士", ALMOST),
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
            ("王先生", "王女士", None),
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
    fn names_in_mixed_alphabets_are_seen_through() {
        for (one, other, likeness) in [
            // Cyrillic а, о, е, с, р, х, у, і, ѕ, ј; В, Н, К, М, Т only as capitals.
            ("Ivanov", "Ivаnоv", ALMOST),
            ("John Carter", "Jоhn Саrtеr", ALMOST),
            ("JOHN CARTER", "ЈОНN САRТЕR", ALMOST),
            ("john carter", "ЈОНN САRТЕR", ALMOST),
            ("Bob Miller", "Воb Мillеr", ALMOST),
            ("Max Koch", "МАХ КОСН", ALMOST),
            // Greek ο, ν, ι; Α, Β, Ε, Ζ as capitals.
            ("Ivanov", "Ιvanov", ALMOST),
            ("Anna Zobel", "ΑΝΝΑ ΖΟΒΕL", ALMOST),
            ("Oliver", "Οliνer", ALMOST),
            // With the words in another order, or a slip of the finger besides.
            ("John Carter", "Саrtеr, Jоhn", ALMOST),
            ("John Carter", "Jоhn Саrtr", ALMOST),
            // Signs that look like letters.
            ("Bill Olsen", "BiII 0lsen", ALMOST),
            ("Ann Born", "Ann Bom", ALMOST),
            // A name in one alphabet is another's name in another.
            ("Иванов", "Ivanov", None),
            ("Наталья", "Hatalia", None),
            ("Роман", "Роман", SAME),
            ("Роман", "Богдан", None),
            ("王力", "王カ", None),
            ("工土", "エ士", None),
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
            ("86138 0013 8000", "13800138000", SAME),
            ("0571-88886666", "+86 571 8888 6666", SAME),
            ("0571-88886666-8302", "0571 88886666 转 8302", SAME),
            ("+44 (0)20 7946 0958", "00442079460958", SAME),
            ("0571-88886666", "0572-88886666", ALMOST),
            ("0571-88886666", "0571-88886666-8302", None),
            ("138001380001", "13800138000", ALMOST),
            ("13800138000 (wife)", "13800138000", SAME),
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
