//! Every word of the pages has its Chinese equal, with the same places for values, and none is left over.

use std::collections::BTreeMap;
use std::path::Path;

/// The strings in double quotes at the start of a text, joined by `between`.
fn quoted(text: &str) -> Option<(String, &str)> {
    let rest = text.trim_start().strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Some((rest[..at].to_owned(), &rest[at + 1..])),
            _ => escaped = false,
        }
    }
    None
}

/// What the pages ask to have translated: each text, and its plural where it has one.
fn asked(directory: &Path, found: &mut BTreeMap<String, Option<String>>) {
    for entry in std::fs::read_dir(directory).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            asked(&path, found);
        } else if path.extension().is_some_and(|end| end == "slint") {
            let source = std::fs::read_to_string(&path).expect("the page can be read");
            for call in source.split("@tr(").skip(1) {
                let (one, rest) = quoted(call).expect("@tr takes a text");
                let many = rest.trim_start().strip_prefix('|').and_then(quoted).map(|(many, _)| many);
                found.insert(one, many);
            }
        }
    }
}

/// What the word list answers.
fn answered() -> BTreeMap<String, (Option<String>, String)> {
    let list =
        std::fs::read_to_string("lang/zh/LC_MESSAGES/frontdesk-ui.po").expect("the word list can be read");
    let mut answers = BTreeMap::new();
    for entry in list.split("\n\n").skip(1) {
        let line =
            |key: &str| entry.lines().find_map(|line| quoted(line.strip_prefix(key)?)).map(|(text, _)| text);
        let one = line("msgid ").expect("an entry has a text");
        let answer = line("msgstr ").or_else(|| line("msgstr[0] ")).expect("an entry has an answer");
        assert!(
            answers.insert(one.clone(), (line("msgid_plural "), answer)).is_none(),
            "twice in the word list: {one}"
        );
    }
    answers
}

/// The places for values in a text, in order of their names: `{0}`, `{1}`, `{n}`.
fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(place, _)| place).collect();
    places.sort_unstable();
    places
}

#[test]
fn every_text_has_its_chinese_equal_and_none_is_left_over() {
    let mut asked_for = BTreeMap::new();
    asked(Path::new("."), &mut asked_for);
    let answers = answered();
    assert!(asked_for.len() > 100, "the pages were not found");
    for (text, plural) in &asked_for {
        let Some((listed, answer)) = answers.get(text) else {
            panic!("not in the word list: {text}");
        };
        assert_eq!(listed, plural, "the plural differs: {text}");
        assert!(!answer.is_empty(), "no answer: {text}");
        assert_eq!(places(plural.as_ref().unwrap_or(text)), places(answer), "the values differ: {text}");
        let chinese = answer.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let words = text.replace("{n}", "").chars().any(char::is_alphabetic);
        assert!(chinese || !words, "not Chinese: {text} -> {answer}");
    }
    let unused: Vec<&String> = answers.keys().filter(|text| !asked_for.contains_key(*text)).collect();
    assert!(unused.is_empty(), "nobody asks for: {unused:?}");
}
