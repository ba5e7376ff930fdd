//! Names and companies as visitors have them, and how many taps each takes.

use super::{LEXICON, taps};
use frontdesk::paper::fonts;
use frontdesk::pinyin::{Composition, Purpose};
use frontdesk::visit::PersonName;

const NAMES: &str = include_str!("names.tsv");
const COMPANIES: &str = include_str!("companies.tsv");

struct Row {
    text: &'static str,
    letters: &'static str,
    kind: &'static str,
}

fn rows(table: &'static str) -> Vec<Row> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [text, letters, kind] => Row { text, letters, kind },
            _ => panic!("three columns: {line}"),
        })
        .collect()
}

fn is_pinyin(c: char) -> bool {
    c.is_ascii_lowercase() || c == '\''
}

/// A key that writes what it says: a small letter is one tap, a capital or a sign of the letters' page two, any
/// other sign three; an accent is a letter held and a choice.
fn keys(c: char) -> usize {
    match c {
        'a'..='z' | ' ' | '·' | '-' => 1,
        'A'..='Z' | '0'..='9' => 2,
        _ => 3,
    }
}

/// Types a text and counts the taps. `Err`: what is written so far, where the next part is not offered.
fn type_out(row: &Row, purpose: Purpose) -> Result<usize, String> {
    let mut written = String::new();
    let mut count = 0;
    let mut letters = row.letters.chars().peekable();
    let latin = row.text.chars().all(|c| u32::from(c) < 0x2E80);
    while letters.peek().is_some() {
        let mut composed = String::new();
        while let Some(key) = letters.next_if(|c| !latin && is_pinyin(*c)) {
            composed.push(key);
        }
        if composed.is_empty() {
            let sign = letters.next().expect("there is one");
            written.push(sign);
            count += keys(sign);
        } else {
            count += composed.len() + compose(&composed, row.text, &mut written, purpose)?;
        }
    }
    if written == row.text { Ok(count) } else { Err(written) }
}

/// Composes letters until they are used up, always with the longest candidate that is right.
fn compose(letters: &str, target: &str, written: &mut String, purpose: Purpose) -> Result<usize, String> {
    let mut composition = Composition::new(purpose, written);
    for key in letters.chars() {
        assert!(composition.press(key, &LEXICON), "{key} of {letters} is a key");
    }
    let mut part = String::new();
    let mut count = 0;
    loop {
        let rest = target
            .strip_prefix(written.as_str())
            .and_then(|rest| rest.strip_prefix(part.as_str()))
            .ok_or_else(|| format!("{written}{part}"))?;
        let texts: Vec<&str> =
            composition.candidates().iter().map(|candidate| candidate.text.as_str()).collect();
        let right = texts.iter().enumerate().filter(|(_, text)| rest.starts_with(**text));
        let (index, text) = right
            .max_by_key(|(at, text)| (text.chars().count(), usize::MAX - at))
            .ok_or_else(|| format!("{written}{part}"))?;
        count += taps(&texts, index);
        part.push_str(text);
        if let Some(whole) = composition.choose(index, &LEXICON) {
            assert_eq!(whole, part, "what was shown is what is written");
            written.push_str(&whole);
            return Ok(count);
        }
    }
}

/// Types the whole table; the rows with how many taps more than letters each took.
fn type_all(table: &'static str, purpose: Purpose) -> Vec<(Row, usize)> {
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for row in rows(table) {
        match type_out(&row, purpose) {
            Ok(taps) => {
                let more = taps.saturating_sub(row.letters.chars().count());
                println!("{taps:3} taps, {more:2} more than letters: {} {}", row.text, row.letters);
                done.push((row, more));
            }
            Err(written) => failed.push(format!("{} {}: stuck after {written:?}", row.text, row.letters)),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    done
}

fn median(mut counts: Vec<usize>) -> usize {
    counts.sort_unstable();
    counts[counts.len() / 2]
}

#[test]
fn every_name_of_the_table_is_typed_with_few_taps() {
    let names = type_all(NAMES, Purpose::Name);
    assert!(names.len() >= 200, "{} names", names.len());
    let chinese = ["common", "reading", "compound", "rare"];
    let more = |kinds: &[&str]| {
        let of_kind = names.iter().filter(|(row, _)| kinds.contains(&row.kind));
        of_kind.map(|(_, more)| *more).collect::<Vec<_>>()
    };
    let counts = more(&chinese);
    println!(
        "Chinese names: median {} more than letters, most {:?}",
        median(counts.clone()),
        counts.iter().max()
    );
    assert!(counts.len() >= 120);
    assert!(median(counts) <= 3);
    assert!(median(more(&["common"])) <= 2);
}

#[test]
fn every_company_and_place_of_the_table_is_typed() {
    let companies = type_all(COMPANIES, Purpose::Company);
    assert!(companies.len() >= 60, "{} companies", companies.len());
    let counts: Vec<usize> = companies.iter().map(|(_, more)| *more).collect();
    println!(
        "companies: median {} more than letters, most {:?}",
        median(counts.clone()),
        counts.iter().max()
    );
    assert!(median(counts) <= 4);
}

/// What can be typed can be kept and printed.
#[test]
fn every_name_of_the_table_can_be_kept_and_printed() {
    for row in rows(NAMES) {
        assert_eq!(fonts::first_missing(row.text), None, "{}", row.text);
        assert!(PersonName::parse(row.text).is_ok(), "{}", row.text);
    }
}

/// The examples that the keyboard was built for.
#[test]
fn the_names_it_was_built_for() {
    let name = |text, letters| type_out(&Row { text, letters, kind: "" }, Purpose::Name).unwrap();
    assert_eq!(name("欧阳修明", "ouyangxiuming"), 14);
    assert_eq!(name("王芳", "wangfang"), 9);
    assert!(name("曾喆", "zengzhe") <= 8);
    assert!(name("单昇", "shansheng") <= 11);
    assert!(name("买买提·吐尔逊", "maimaiti·tuerxun") <= 24);
    assert_eq!(name("José Núñez", "José Núñez"), 10 + 1 + 1 + 6);
    let company = Row {
        text: "云栖新能源（杭州）有限公司",
        letters: "yunqixinnengyuan（hangzhou）youxiangongsi",
        kind: "",
    };
    assert!(type_out(&company, Purpose::Company).unwrap() <= 37 + 6 + 8);
}
