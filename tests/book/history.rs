//! Five years later somebody asks: who was that? Visits are found by name, pinyin, company, host, badge and day, newest
//! first; what was erased is found no more, and stands nowhere in the file.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Before, Book, Entry, Verified};
use frontdesk::config::Config;
use frontdesk::now::Now;
use frontdesk::visit::{BadgeNumber, Company, Host, Kind, PersonName, Phone, Visit, VisitId, Wanted};
use std::fs;
use std::path::Path;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn open(path: &Path) -> Book {
    let mut book = Book::open(path, Config::built_in().reception, morning()).unwrap();
    let other = Host { id: "H002".to_owned(), name: "Bruce Lee".into(), ..host() };
    book.put_hosts(&[host(), other], morning()).unwrap();
    book
}

fn came(book: &mut Book, name: &str, company: &str, host: &str, at: Now) -> Visit {
    let mut new = visitor(at);
    new.details.name = PersonName::parse(name).unwrap();
    new.details.company = Company::maybe(company).unwrap();
    host.clone_into(&mut new.host_id);
    let kind =
        |id: &str| Kind { id: id.to_owned(), name: id.into(), escort: false, returns: false, purpose: None };
    new.kind = Some(kind(if company.is_empty() { "private" } else { "customer" }));
    book.arrive(new, at).unwrap()
}

fn names(visits: Vec<Visit>) -> Vec<String> {
    visits.into_iter().map(|visit| visit.details.name.to_string()).collect()
}

fn words(book: &Book, words: &str) -> Vec<String> {
    let wanted = Wanted { words: words.to_owned(), ..Wanted::default() };
    names(book.search(&wanted, None, 50).unwrap())
}

fn lobby(book: &mut Book) {
    for (n, (name, company, host)) in (0..).zip([
        ("欧阳修明", "云栖科技", "H001"),
        ("单雄信", "", "H002"),
        ("José Núñez", "Müller & Söhne GmbH", "H002"),
        ("买买提·吐尔逊", "", "H001"),
        ("王芳", "杭州云栖", "H001"),
        ("王方", "", "H002"),
        ("张𬎆", "", "H001"),
        ("A d0", "0h", "H001"),
    ]) {
        came(book, name, company, host, morning().after(DAY * n));
    }
}

#[test]
fn visits_are_found_by_whatever_is_remembered_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"));
    lobby(&mut book);
    for (asked, found) in [
        ("欧阳", vec!["欧阳修明"]),
        ("修明", vec!["欧阳修明"]),
        ("阳明", vec![]),
        ("ouyang", vec!["欧阳修明"]),
        ("OuYangXiuMing", vec!["欧阳修明"]),
        ("oyxm", vec!["欧阳修明"]),
        ("ouyangxm", vec!["欧阳修明"]),
        ("xiuming", vec!["欧阳修明"]),
        ("shanxiongxin", vec!["单雄信"]),
        ("wangf", vec!["王方", "王芳"]),
        ("wf", vec!["王方", "王芳"]),
        ("王芳", vec!["王芳"]),
        ("王fang", vec!["王方", "王芳"]),
        ("jose", vec!["José Núñez"]),
        ("NUÑEZ jos", vec!["José Núñez"]),
        ("muller", vec!["José Núñez"]),
        ("sohne", vec!["José Núñez"]),
        ("云栖", vec!["王芳", "欧阳修明"]),
        ("yunqi", vec!["王芳", "欧阳修明"]),
        ("吐尔逊", vec!["买买提·吐尔逊"]),
        ("买买提·吐尔逊", vec!["买买提·吐尔逊"]),
        ("张𬎆", vec!["张𬎆"]),
        ("zhangying", vec!["张𬎆"]),
        ("lixiaoyun 王", vec!["王芳"]),
        ("bruce", vec!["王方", "José Núñez", "单雄信"]),
        ("bruce wf", vec!["王方"]),
        ("李晓云 欧阳", vec!["欧阳修明"]),
        ("王芳 欧阳", vec![]),
        // What the index holds besides is no word of anybody's.
        ("d0", vec!["A d0"]),
        ("0h", vec!["A d0"]),
        ("2026", vec![]),
        ("marks", vec![]),
        ("\" OR name : \"", vec![]),
        ("*", vec![]),
        ("王 NOT 芳", vec![]),
        ("2026-11-25", vec!["José Núñez"]),
        ("2026/11/27 王", vec!["王芳"]),
        ("2026-12", vec![]),
        ("2026-11 wf", vec!["王方", "王芳"]),
        ("2026-11-31", vec![]),
    ] {
        assert_eq!(words(&book, asked), found, "{asked}");
    }
    let badge =
        book.open_visits().unwrap().into_iter().find(|visit| visit.details.name.as_str() == "王芳").unwrap();
    assert!(words(&book, &badge.badge.to_string()).contains(&"王芳".to_owned()));
    assert_eq!(words(&book, "").len(), 8, "nothing asked: all, newest first");
    assert_eq!(words(&book, "")[0], "A d0");
    assert!(BadgeNumber::parse("A001").is_some());
}

#[test]
fn by_day_host_and_type_page_after_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"));
    lobby(&mut book);
    let midnight = |day: u32| morning().after(DAY * day).wall - chrono::TimeDelta::minutes(581);
    let period = |from, until| Wanted {
        from: Some(midnight(from)),
        until: Some(midnight(until)),
        ..Wanted::default()
    };
    let found = |wanted: &Wanted| names(book.search(wanted, None, 50).unwrap());
    assert_eq!(found(&period(1, 2)), ["单雄信"]);
    assert_eq!(found(&period(1, 4)), ["买买提·吐尔逊", "José Núñez", "单雄信"]);
    assert_eq!(found(&Wanted { words: "王".to_owned(), ..period(0, 5) }), ["王芳"]);
    // Months, and more of them than are looked for one by one.
    assert_eq!(found(&Wanted { words: "王".to_owned(), ..period(0, 200) }), ["王方", "王芳"]);
    assert_eq!(found(&Wanted { words: "王".to_owned(), ..period(0, 3000) }), ["王方", "王芳"]);
    assert_eq!(found(&Wanted { from: Some(midnight(6)), ..Wanted::default() }).len(), 2);
    assert_eq!(found(&Wanted { host: Some("H002".to_owned()), ..period(2, 3000) }), ["王方", "José Núñez"]);
    let private = Wanted { kind: Some("private".to_owned()), ..Wanted::default() };
    assert_eq!(found(&private), ["张𬎆", "王方", "买买提·吐尔逊", "单雄信"]);
    assert_eq!(found(&Wanted { host: Some("H00".to_owned()), ..Wanted::default() }), Vec::<String>::new());
    for wanted in [Wanted::default(), private] {
        let all = book.search(&wanted, None, 50).unwrap();
        let (mut paged, mut after): (Vec<VisitId>, _) = (Vec::new(), None);
        loop {
            let page = book.search(&wanted, after, 3).unwrap();
            assert!(page.len() <= 3);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            paged.extend(page.iter().map(|visit| visit.id));
        }
        assert_eq!(paged, all.iter().map(|visit| visit.id).collect::<Vec<_>>());
    }
}

#[test]
fn a_visit_tells_its_whole_story() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"));
    let visit = came(&mut book, "王芳", "", "H001", morning());
    came(&mut book, "王方", "", "H001", morning());
    book.leave(visit.id, morning().after(DAY / 4)).unwrap();
    let story = book.story(visit.id).unwrap();
    assert!(
        matches!(&story[0], (at, Entry::Arrived { visit: told, .. }) if *at == morning().wall && **told == visit)
    );
    assert!(matches!(story.last().unwrap(), (at, Entry::Left) if *at == morning().after(DAY / 4).wall));
    assert_eq!(story.len(), 4, "with badge and letter, and nothing of the other: {story:?}");
}

/// Everything that stands in the book's file, and beside it.
fn bytes(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

#[test]
fn what_was_erased_is_found_no_more_and_stands_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"));
    // Enough visits before and after that the index has been merged on the way.
    for n in 0..60 {
        came(&mut book, &format!("访客{n}"), "某某公司", "H001", morning());
    }
    let visit = came(&mut book, "司徒望舒", "Zyzzyva Quokkas", "H001", morning());
    for n in 0..60 {
        came(&mut book, &format!("来宾{n}"), "", "H001", morning());
    }
    assert_eq!(words(&book, "situws"), ["司徒望舒"]);
    let there = bytes(folder.path());
    let personal = ["徒望", "司徒望舒", "situwangshu", "situws", "wangshu", "zyzzyva", "quokkas"];
    for word in personal {
        assert!(there.contains(word), "{word} is not even there: the test sees nothing");
    }
    book.leave(visit.id, morning()).unwrap();
    let later = morning().after(DAY * 2);
    let before = Before { visits: later.wall, lessons: later.wall, people: later.wall };
    while book.forget(&before, later).unwrap() > 0 {}
    assert_eq!(words(&book, "situws"), Vec::<String>::new());
    assert_eq!(words(&book, "司徒"), Vec::<String>::new());
    assert_eq!(words(&book, "fangke").len(), 50, "the others are found");
    let left = bytes(folder.path());
    for word in personal {
        assert!(!left.contains(word), "{word} is still in the file");
    }
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    assert_eq!(book.index_anew().unwrap(), 120);
    assert_eq!(words(&book, "situws"), Vec::<String>::new());
    assert!(Phone::maybe("").unwrap().is_none());
}
