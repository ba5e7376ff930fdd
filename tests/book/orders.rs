//! What managers order at the desk: files and printed numbers. What somebody looked for is not kept for ever, and no
//! visitor waits for a paper of numbers.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Before, Book};
use frontdesk::config::Config;
use frontdesk::errand::{
    EXPORT_GOOD_FOR, ErrandId, Export, Exported, NUMBERS_GOOD_FOR, NumbersSheet, Outcome, Seen, State, Work,
};
use frontdesk::now::Now;
use frontdesk::visit::Wanted;
use frontdesk::words::Lang;
use std::fs;
use std::path::Path;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);
const CONFIRMED: Outcome = Outcome::Done(Seen::Confirmed);

fn open(folder: &Path) -> Book {
    let mut book = Book::open(&folder.join("book.db"), Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    book
}

/// A manager has visits with this word written into a file, and it is there.
fn written(book: &mut Book, word: &str, at: Now) -> ErrandId {
    let what = Exported::Visits(Wanted { words: word.to_owned(), ..Wanted::default() });
    let export = Export { file: "visits.csv".into(), what, lang: Lang::ZH, by: "王芳".to_owned() };
    let errand = book.order(&Work::Export(export), EXPORT_GOOD_FOR, at).unwrap();
    assert!(book.due(at).unwrap().iter().any(|due| due.id == errand));
    book.ran(errand, CONFIRMED, at).unwrap();
    errand
}

#[test]
fn what_somebody_looked_for_in_a_file_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(folder.path());
    let old = written(&mut book, "司徒望舒", morning());
    let later = morning().after(DAY * 31);
    let young = written(&mut book, "欧阳修明", later);
    // One that is still being written has to know what to look for.
    let what = Exported::Visits(Wanted { words: "诸葛亮".to_owned(), ..Wanted::default() });
    let export = Export { file: "later.csv".into(), what, lang: Lang::ZH, by: "王芳".to_owned() };
    book.order(&Work::Export(export), EXPORT_GOOD_FOR, later).unwrap();
    let over = morning().after(DAY).wall;
    let before = Before { visits: over, lessons: over, people: over };
    while book.forget(&before, later).unwrap() > 0 {}
    assert_eq!(book.errand(old).unwrap(), None);
    assert_eq!(book.errand(young).unwrap(), Some(State::Done(Seen::Confirmed)));
    drop(book);
    let left = fs::read(folder.path().join("book.db")).unwrap();
    let holds = |word: &str| left.windows(word.len()).any(|bytes| bytes == word.as_bytes());
    assert!(holds("诸葛亮") && !holds("欧阳修明") && !holds("司徒望舒"));
}

#[test]
fn no_badge_and_no_roll_call_waits_for_a_paper_of_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(folder.path());
    let sheet = || NumbersSheet {
        period: "2026-11".to_owned(),
        at: morning().wall,
        tables: Vec::new(),
        lang: Lang::ZH,
    };
    for _ in 0..2 {
        book.order(&Work::Numbers(sheet()), NUMBERS_GOOD_FOR, morning()).unwrap();
    }
    let mut papers = Vec::new();
    for turn in 0..9 {
        let at = morning().after(Duration::from_secs(5 * turn));
        let due = book.due(at).unwrap();
        let paper = due
            .iter()
            .find(|errand| matches!(errand.work, Work::Badge(_) | Work::Roll(_) | Work::Numbers(_)));
        if turn == 0 {
            // It is with the printer already: everything else comes while it is printed.
            book.arrive(visitor(at), at).unwrap();
            book.arrive(visitor(at), at).unwrap();
            book.call_roll(false, &[], "王芳", at).unwrap();
            assert!(book.due(at).unwrap().iter().all(|errand| matches!(errand.work, Work::Letter(_))));
        }
        let Some(paper) = paper else { break };
        papers.push(paper.work.clone());
        book.ran(paper.id, CONFIRMED, at).unwrap();
    }
    let order: Vec<&str> = papers
        .iter()
        .map(|work| match work {
            Work::Numbers(_) => "numbers",
            Work::Badge(_) => "badge",
            Work::Roll(_) => "roll",
            Work::Letter(_) | Work::Backup(_) | Work::Export(_) => "no paper",
        })
        .collect();
    assert_eq!(order, ["numbers", "roll", "badge", "badge", "numbers"]);
}
