//! The catalogues against each other and against the sources: nothing is missing, superfluous, or not filled; and a
//! language that is data only says everything.

use super::pseudo::{is_pseudo, pseudo};
use super::{Catalogue, SHIPPED, WordsError, add, filled, text};
use crate::book::{Numbers, Spread};
use crate::errand::{Fault, NumbersSheet, PrinterState, RollLine, RollMark, RollPage};
use crate::export::{self, Format, Visits};
use crate::now::Wall;
use crate::paper::letter::every::{TROUBLES, every};
use crate::paper::letter::{how_many_are_left, pages_have_a_note, write};
use crate::paper::staff::{printer_line, staff_sentence, what_to_do};
use crate::paper::{calendar, labels, numbers, roll};
use crate::words::Lang;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// What a text asks for: arguments, and other texts.
#[derive(Debug, Default)]
struct Asks {
    arguments: BTreeSet<String>,
    texts: BTreeSet<String>,
    /// What its comment says that it does without.
    without: BTreeSet<String>,
}

type Texts = BTreeMap<String, Asks>;

/// Every text of a language by its id, with the arguments of the texts in it.
fn texts(files: &[&str]) -> Texts {
    let mut texts = Texts::new();
    for file in files {
        for entry in parser::parse(*file).unwrap_or_else(|(_, wrong)| panic!("{wrong:?}")).body {
            let Entry::Message(message) = entry else { continue };
            let comment = message.comment.map(|comment| comment.content.join("\n")).unwrap_or_default();
            let without = comment.lines().filter_map(|line| line.strip_prefix("Without "));
            let without: BTreeSet<String> = without
                .flat_map(|names| names.split(", "))
                .map(|name| name.trim_start_matches('$').to_owned())
                .collect();
            let id = message.id.name;
            let value = message.value.into_iter().map(|value| (id.to_owned(), value));
            let attributes = message.attributes.into_iter();
            let attributes = attributes.map(|one| (format!("{id}.{}", one.id.name), one.value));
            for (id, pattern) in value.chain(attributes) {
                let mut asks = Asks { without: without.clone(), ..Asks::default() };
                look(&pattern, &mut asks);
                assert!(texts.insert(id.clone(), asks).is_none(), "{id} is there twice");
            }
        }
    }
    let within: Vec<(String, BTreeSet<String>)> = texts
        .iter()
        .map(|(id, asks)| {
            (id.clone(), asks.texts.iter().flat_map(|text| texts[text].arguments.clone()).collect())
        })
        .collect();
    for (id, arguments) in within {
        texts.get_mut(&id).unwrap().arguments.extend(arguments);
    }
    texts
}

fn look(pattern: &Pattern<&str>, asks: &mut Asks) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => look_in(inline, asks),
            Expression::Select { selector, variants } => {
                look_in(selector, asks);
                variants.iter().for_each(|variant| look(&variant.value, asks));
            }
        }
    }
}

fn look_in(expression: &InlineExpression<&str>, asks: &mut Asks) {
    match expression {
        InlineExpression::VariableReference { id } => drop(asks.arguments.insert(id.name.to_owned())),
        InlineExpression::MessageReference { id, attribute } => {
            let attribute = attribute.as_ref().map(|attribute| format!(".{}", attribute.name));
            asks.texts.insert(format!("{}{}", id.name, attribute.unwrap_or_default()));
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        InlineExpression::FunctionReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::Placeable { .. } => panic!("{expression:?} is not looked into by this test"),
    }
}

fn shipped() -> BTreeMap<&'static str, Texts> {
    SHIPPED.iter().map(|(code, files)| (*code, texts(files))).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Every source in these folders, and its tokens.
fn tokens(folders: &[&str]) -> Vec<(PathBuf, TokenStream)> {
    let mut paths = Vec::new();
    for folder in folders {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut paths);
    }
    paths
        .into_iter()
        .map(|path| {
            let source = fs::read_to_string(&path).unwrap();
            (path, source.parse().unwrap())
        })
        .collect()
}

/// Every `words!` of the sources: the text's id, and the arguments that it gets.
fn said(tokens: TokenStream, found: &mut Vec<(String, BTreeSet<String>)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        said(group.stream(), found);
        let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string());
        let is_words =
            before(2).is_some_and(|name| name == "words") && before(1).is_some_and(|sign| sign == "!");
        if is_words && group.delimiter() == Delimiter::Parenthesis {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            let parts: Vec<&[TokenTree]> = inside
                .split(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ','))
                .collect();
            let id = parts[1][0].to_string().trim_matches('"').to_owned();
            let arguments = parts[2..].iter().filter(|part| !part.is_empty());
            found.push((id, arguments.map(|part| part[0].to_string()).collect()));
        }
    }
}

#[test]
fn every_language_has_the_same_texts_and_arguments() {
    let languages = shipped();
    let english = &languages["en"];
    for (code, texts) in &languages {
        let [own, known] = [texts, english].map(|texts| texts.keys().collect::<BTreeSet<_>>());
        let odd: Vec<_> = own.symmetric_difference(&known).collect();
        assert!(odd.is_empty(), "{code} and en differ in {odd:?}");
        for (id, asks) in texts {
            let known = &english[id].arguments;
            let unknown: Vec<_> = asks.arguments.difference(known).collect();
            let dropped: Vec<_> =
                known.difference(&asks.arguments).filter(|name| !asks.without.contains(*name)).collect();
            assert!(unknown.is_empty() && dropped.is_empty(), "{code}: {id}: {unknown:?} {dropped:?}");
        }
    }
}

#[test]
fn every_text_is_said_with_its_arguments() {
    let languages = shipped();
    let english = &languages["en"];
    let mut calls = Vec::new();
    for (_, tokens) in tokens(&["src"]) {
        said(tokens, &mut calls);
    }
    assert!(calls.len() > 150, "{} calls were found", calls.len());
    for (id, arguments) in &calls {
        let asks = english.get(id).unwrap_or_else(|| panic!("there are no words for {id}"));
        assert_eq!(arguments, &asks.arguments, "{id}");
    }
    let within = languages.values().flat_map(Texts::values).flat_map(|asks| asks.texts.iter());
    let used: BTreeSet<&String> = calls.iter().map(|(id, _)| id).chain(within).collect();
    let idle: Vec<_> = english.keys().filter(|id| !used.contains(id)).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

/// A third language needs no code here.
#[test]
fn what_is_on_paper_and_in_files_has_no_words_in_its_code() {
    // Of what strangers type, and of what there is where nothing else is.
    let own = ["paper/letter/typed.rs"];
    let tests = ["paper/letter/every.rs", "paper/snapshots.rs"];
    for (path, tokens) in tokens(&["src/paper", "src/export"]) {
        if !own.iter().chain(&tests).any(|file| path.ends_with(file)) {
            no_words(tokens, &path);
        }
    }
}

fn no_words(tokens: TokenStream, path: &Path) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let attribute = tokens.next().map(|group| group.to_string()).unwrap_or_default();
                if attribute.replace(' ', "") == "[cfg(test)]" {
                    let ends = |token: &TokenTree| {
                        matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                            || matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';')
                    };
                    while tokens.next().is_some_and(|token| !ends(&token)) {}
                }
            }
            TokenTree::Group(group) => no_words(group.stream(), path),
            TokenTree::Ident(name) => assert!(name != "ZH", "{} tells Chinese apart", path.display()),
            TokenTree::Literal(literal) => {
                let words = literal.to_string();
                let is_chinese = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}');
                assert!(!words.contains(is_chinese), "{}: {words}", path.display());
            }
            TokenTree::Punct(_) => {}
        }
    }
}

#[test]
fn every_letter_is_written_in_a_language_that_is_data_only() {
    let lang = pseudo();
    // A character is no word.
    let words = |text: &str| text.replace("𬎆 (U+2C386)", "");
    let mut subjects = BTreeSet::new();
    for (letter, sender) in every(lang) {
        let written = write(&letter, &sender);
        is_pseudo(&words(&written.subject));
        is_pseudo(&words(&written.text));
        subjects.insert(written.subject);
        if let Some(ticket) = &letter.ticket {
            let file = calendar::appointment(&letter, ticket, "Фжщ", "1@2").replace("\r\n ", "");
            for name in ["SUMMARY:", "DESCRIPTION:"] {
                let said = file.lines().find_map(|line| line.strip_prefix(name)).unwrap();
                is_pseudo(said);
            }
        }
    }
    assert!(subjects.len() > 20, "{subjects:?}");
    for trouble in TROUBLES {
        is_pseudo(&words(&staff_sentence(trouble, lang)));
        is_pseudo(what_to_do(trouble, lang));
    }
    for paper_low in [true, false] {
        is_pseudo(&printer_line(PrinterState::Ready { paper_low }, lang));
    }
    is_pseudo(&printer_line(PrinterState::NotSeen, lang));
    is_pseudo(pages_have_a_note(lang));
    is_pseudo(&how_many_are_left(2, 3, lang));
    for fault in [
        Fault::File("1".to_owned()),
        Fault::Journal(2),
        Fault::Changed { table: "3".to_owned(), row: 4 },
        Fault::Gone { table: "3".to_owned(), row: 4 },
        Fault::Told { row: 5, columns: "6".to_owned() },
    ] {
        is_pseudo(&fault.sentence(lang));
    }
}

#[test]
fn every_paper_is_laid_out_in_a_language_that_is_data_only() {
    let at: Wall = "2026-11-23T09:41:00+08:00".parse().unwrap();
    for word in ["visitor_label", "host_label", "until_label", "number_label"] {
        is_pseudo(labels::label(word, pseudo()).unwrap());
    }
    is_pseudo(&labels::member(pseudo(), 2, 3));
    let page = |lang, counts: Vec<(String, u32)>, mark: Option<bool>| {
        let line = RollLine {
            place: 0,
            area: String::new(),
            host: "Щит".to_owned(),
            host_phone: "302".to_owned(),
            name: "Ωξφ".to_owned(),
            company: String::new(),
            number: "017".to_owned(),
            mark: mark.map(|safe| RollMark { safe, at }),
            said_left: Some(at),
        };
        if lang == pseudo() {
            is_pseudo(&roll::marked(&line, lang).unwrap());
        }
        let lines = if counts.is_empty() { vec![line] } else { Vec::new() };
        let (page, pages, people, issue, said_left) = (1, 2, 3, 1, 2);
        let (drill, listed) = (true, Some(at));
        RollPage { at, drill, page, pages, people, lines, lang, issue, listed, counts, said_left }
    };
    for (counts, mark) in
        [(vec![], Some(true)), (vec![], Some(false)), (vec![], None), (vec![(String::new(), 3)], None)]
    {
        let [own, english] =
            [pseudo(), Lang::EN].map(|lang| roll::lay_out(&page(lang, counts.clone(), mark), 576).unwrap());
        assert!(own.gray() != english.gray());
    }
    let sheet = |lang| NumbersSheet { period: "2026-11".to_owned(), at, tables: Vec::new(), lang };
    let [own, english] = [pseudo(), Lang::EN].map(|lang| numbers::lay_out(&sheet(lang), 576).unwrap());
    assert!(own.gray() != english.gray());
}

#[test]
fn every_file_is_written_in_a_language_that_is_data_only() {
    let lang = pseudo();
    let spread = Spread { count: 1, median: 2.0, nine_tenths: 3.0, mean: 4.0 };
    let counted = Numbers {
        visits: 1,
        people: 1,
        days: Vec::new(),
        hours: [1; 24],
        kinds: vec![(String::new(), 2)],
        hosts: vec![(String::new(), 2)],
        badge: spread,
        answer: spread,
        faces: [1; 5],
        invitations: 1,
        no_shows: 1,
        assumed: 1,
        declined: 1,
        complaints: 1,
        in_time: 1,
        late: 1,
    };
    let folder = tempfile::tempdir().unwrap();
    let out = || Cursor::new(Vec::new());
    let visits = Visits::new(lang, Format::Csv, folder.path(), out()).unwrap().finish().unwrap().0;
    let how = (lang, Format::Csv, folder.path());
    let numbers = export::numbers(how, "2026-11", (&counted, &[], &[]), out()).unwrap();
    for file in [visits, numbers] {
        is_pseudo(&String::from_utf8(file.into_inner()).unwrap());
    }
    let how = (lang, Format::Xlsx, folder.path());
    export::numbers(how, "2026-11", (&counted, &[], &[]), out()).unwrap();
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("zy");
    fs::create_dir(&into).unwrap();
    fs::write(into.join("some.ftl"), "export-host = Hôte\nexport-declined-why = { $nothing }\n").unwrap();
    let lang = add(&into).unwrap();
    assert!(lang.is_spoken());
    assert_eq!([text(lang, "export-host"), text(lang, "export-name")], ["Hôte", "Name"]);
    let why = || [("why", "ill".into())];
    assert_eq!(filled(lang, "export-declined-why", why()), "declined: ill");
    assert_eq!(text("fr".parse().unwrap(), "export-host"), "Host");
    assert!(matches!(add(&into), Err(WordsError::Known(_))));
}

#[test]
fn words_that_cannot_be_read_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, file, told) in [
        ("words", "a = b\n", "is not named by a language"),
        ("zx", "a = { $b\n", "zx: "),
        ("zx", "a = b\na = c\n", "zx: "),
        ("en", "a = b\n", "already"),
    ] {
        let into = folder.path().join(name);
        fs::create_dir_all(&into).unwrap();
        fs::write(into.join("some.ftl"), file).unwrap();
        let problem = add(&into).unwrap_err().to_string();
        assert!(problem.contains(told), "{problem}");
    }
    assert!(matches!(add(&folder.path().join("zw")), Err(WordsError::Unread(..))));
    for (code, files) in &SHIPPED {
        let (_, problems) = Catalogue::of(code, files.iter().map(|file| (*file).to_owned()));
        assert!(problems.is_empty(), "{code}: {problems:?}");
    }
}
