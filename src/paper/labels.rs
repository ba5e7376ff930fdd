//! The places in a badge's template that the small print and the visitor's facts are put into. Owns no drawing.

use crate::errand::Badge;
use crate::words::{Lang, words};

/// What a template may put in from the visit itself.
const VALUES: [&str; 9] =
    ["name", "company", "host", "department", "place", "until", "number", "type", "footer"];

/// What a template may put in from the word list.
const LABELS: [&str; 4] = ["visitor_label", "host_label", "until_label", "number_label"];

/// All placeholders, as staff write them, for a message.
pub fn all() -> String {
    VALUES.iter().chain(LABELS.iter()).map(|w| format!("{{{w}}}")).collect::<Vec<_>>().join(" ")
}

/// Whether a placeholder exists.
pub fn is_known(word: &str) -> bool {
    is_value(word) || LABELS.contains(&word)
}

/// Whether a placeholder differs from badge to badge, and not only from language to language.
pub fn is_value(word: &str) -> bool {
    VALUES.contains(&word)
}

/// The word list's wording of a placeholder.
pub fn label(word: &str, lang: Lang) -> Option<&'static str> {
    Some(match word {
        "visitor_label" => words!(lang, "badge-visitor"),
        "host_label" => words!(lang, "badge-host"),
        "until_label" => words!(lang, "badge-until"),
        "number_label" => words!(lang, "badge-number"),
        _ => return None,
    })
}

/// What stands on this badge in a placeholder's stead.
pub fn value(word: &str, badge: &Badge) -> String {
    match word {
        "name" => badge.name.clone(),
        "company" => badge.company.clone(),
        "host" => badge.host.clone(),
        "department" => badge.department.clone(),
        "place" => badge.place.clone(),
        // Month first, as the date is written in Chinese, and read the same in English.
        "until" => badge.good_until.format("%m-%d %H:%M").to_string(),
        "number" => badge.number.to_string(),
        "type" => badge.visit_type.clone(),
        "footer" if badge.escort => words!(badge.lang, "badge-footer-escort").to_owned(),
        "footer" => words!(badge.lang, "badge-footer").to_owned(),
        _ => label(word, badge.lang).unwrap_or_default().to_owned(),
    }
}

/// Somebody of a group whose name is not known: which one of how many.
pub fn member(lang: Lang, number: usize, of: usize) -> String {
    words!(lang, "badge-member", number = number, of = of)
}

/// What stands between braces in a text, placeholder or not.
pub fn braced(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices('{').map(|(at, _)| &text[at + 1..]);
    starts.filter_map(|rest| rest.split_once('}').map(|(word, _)| word))
}

/// The placeholders in a text, in their order.
pub fn placeholders(text: &str) -> Vec<&str> {
    braced(text).filter(|word| is_word(word)).collect()
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// Puts values into a text. Where a text joins several with ` · `, a part whose values are all empty
/// goes together with its dot.
pub fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut parts = Vec::new();
    for part in text.split(" · ") {
        let words = placeholders(part);
        let mut filled = String::new();
        let mut rest = part;
        let mut said = words.is_empty();
        for word in words {
            let hole = format!("{{{word}}}");
            if let Some((before, after)) = rest.split_once(&hole) {
                let value = value(word);
                said |= !value.trim().is_empty();
                filled.push_str(before);
                filled.push_str(&value);
                rest = after;
            }
        }
        filled.push_str(rest);
        if said {
            parts.push(filled);
        }
    }
    // Control characters cannot stand in XML and have no shape; a line break is a blank here.
    parts
        .join(" · ")
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_part_goes_with_its_dot() {
        let fill = |department: &str, place: &str| {
            fill("{department} · {place}", |w| if w == "place" { place.into() } else { department.into() })
        };
        assert_eq!(fill("品质部", "三楼 302"), "品质部 · 三楼 302");
        assert_eq!(fill("", "302"), "302");
        assert_eq!(fill("QA", ""), "QA");
        assert_eq!(fill("", ""), "");
    }

    #[test]
    fn a_value_is_never_read_as_a_placeholder() {
        assert_eq!(
            fill("{name} {company}", |w| if w == "name" { "{company}".into() } else { "X".into() }),
            "{company} X"
        );
        assert_eq!(fill("{name}", |_| "a\nb\u{0}".into()), "a b");
    }

    #[test]
    fn every_language_has_every_word() {
        for word in LABELS {
            let every =
                Lang::SPOKEN.iter().all(|lang| label(word, *lang).is_some_and(|said| !said.is_empty()));
            assert!(every && is_known(word) && !is_value(word), "{word}");
        }
        assert_eq!(label("host_label", Lang::ZH), Some("接待人"));
        assert_eq!(label("host_label", "fr".parse().unwrap()), Some("Host"));
        assert_eq!(placeholders("a {name} {x-1} {} { } {y"), ["name", "x-1"]);
    }
}
