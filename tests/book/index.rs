//! The index of what visits are found by: small, also where companies have long Chinese names, and made anew beside the
//! window where an earlier version left a large one behind.

use crate::older::SCHEMAS;
use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, BookError, Erasing, look_over};
use frontdesk::config::Config;
use frontdesk::now::Now;
use frontdesk::visit::{Company, PersonName, Visit, VisitId, Wanted};
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

fn open(path: &Path, at: Now) -> Result<Book, BookError> {
    Book::open(path, Config::built_in().reception, at)
}

fn later(seconds: u64) -> Now {
    morning().after(Duration::from_secs(seconds))
}

fn came(book: &mut Book, name: &str, company: &str) -> Visit {
    let mut new = visitor(morning());
    new.details.name = PersonName::parse(name).unwrap();
    new.details.company = Company::maybe(company).unwrap();
    let visit = book.arrive(new, morning()).unwrap();
    book.leave(visit.id, morning()).unwrap();
    visit
}

fn names(book: &Book, words: &str) -> Vec<String> {
    let wanted = Wanted { words: words.to_owned(), ..Wanted::default() };
    let found = book.search(&wanted, None, 2000).unwrap().into_iter();
    found.map(|visit| visit.details.name.to_string()).collect()
}

#[test]
fn a_company_is_found_by_its_signs_its_first_syllables_and_its_initials() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"), morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    came(&mut book, "甲", "杭州云栖科技股份有限公司");
    came(&mut book, "乙", "宁波港务集团有限公司上海分公司");
    came(&mut book, "丙", "Müller & Söhne GmbH");
    came(&mut book, "丁", "東洋精機株式会社 Toyo Seiki Co., Ltd.");
    came(&mut book, "戊", "上海东方云海有限责任公司");
    came(&mut book, "己", "海东贸易东海");
    for (asked, found) in [
        ("云栖", vec!["甲"]),
        ("杭州云栖科技股份有限公司", vec!["甲"]),
        ("杭州云栖科技有限公司", vec![]),
        ("hangzhou", vec!["甲"]),
        ("hangzhouyunqikeji", vec!["甲"]),
        ("hangzhouyunqikexue", vec![]),
        ("yunqikeji", vec!["甲"]),
        ("keji", vec!["甲"]),
        ("hzyqkj", vec!["甲"]),
        ("yqkj", vec!["甲"]),
        // Their legal form is part of the name, and sounds like everybody's.
        ("有限公司", vec!["乙", "甲"]),
        ("有限责任公司", vec!["戊"]),
        ("youxiangongsi", vec![]),
        ("shanghai", vec!["戊", "乙"]),
        ("shanghai 港务", vec!["乙"]),
        ("nbgw", vec!["乙"]),
        ("muller", vec!["丙"]),
        ("gmbh", vec!["丙"]),
        ("精機", vec!["丁"]),
        ("toyo", vec!["丁"]),
        ("ltd", vec!["丁"]),
        ("dyjj", vec!["丁"]),
        // Signs that stand apart do not stand together, though each pair of them stands somewhere.
        ("上海东方云海", vec!["戊"]),
        ("东方云", vec!["戊"]),
        ("海东", vec!["己", "戊"]),
        ("东海", vec!["己"]),
        ("海东海", vec![]),
        ("上东", vec![]),
    ] {
        assert_eq!(names(&book, asked), found, "{asked}");
    }
}

/// The bytes of the index, of the older one or the newer.
fn size(path: &Path, table: &str) -> i64 {
    let book = Connection::open(path).unwrap();
    let bytes = |sql: String| -> i64 { book.query_row(&sql, [], |row| row.get(0)).unwrap() };
    bytes(format!("SELECT coalesce(sum(length(block)), 0) FROM {table}_data"))
        + bytes(format!("SELECT coalesce(sum(length(c0)), 0) FROM {table}_content"))
}

#[test]
fn a_visit_takes_about_a_kilobyte_of_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let (given, at) = ("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂晓云修望舒建国志远思雨", 600);
    old_book(&path, at, |n| {
        let given: Vec<char> = given.chars().collect();
        let name = format!(
            "{}{}{}",
            ["王", "李", "欧阳", "单", "曾"][n % 5],
            given[n * 31 % given.len()],
            given[n / 7 % given.len()]
        );
        let place = ["杭州", "宁波", "重庆", "上海", "长沙"][n % 5];
        let trade = ["云栖", "华越", "长乐", "大都", "银行"][n / 5 % 5];
        (name, format!("{place}{trade}{}科技发展股份有限公司", given[n % given.len()]))
    });
    let mut book = open(&path, morning()).unwrap();
    book.index_anew().unwrap();
    let each = size(&path, "findable") / at as i64;
    println!("{each} bytes of the index a visit");
    assert!(each < 1200, "{each} bytes a visit");
    // However hostile the names are.
    book.put_hosts(&[host()], morning()).unwrap();
    let before = size(&path, "findable");
    came(&mut book, "单曾乐重长行", &"长重行乐会都朝曾".repeat(8));
    let one = size(&path, "findable") - before;
    assert!(one < 8 * 1024, "{one} bytes for one visit");
}

/// A book of version 6 with so many visits, each with its name and company, and something in the old index.
fn old_book(path: &Path, count: usize, called: impl Fn(usize) -> (String, String)) {
    let mut book = Connection::open(path).unwrap();
    book.pragma_update(None, "journal_mode", "WAL").unwrap();
    for schema in SCHEMAS {
        book.execute_batch(schema).unwrap();
    }
    book.pragma_update(None, "user_version", 6).unwrap();
    book.execute(
        "INSERT INTO hosts (id, name, department, place, way, email, phone, lang) VALUES ('H001',
         '{\"base\":\"李晓云\",\"by\":{}}', '{\"base\":\"\",\"by\":{}}', '{\"base\":\"\",\"by\":{}}', '{\"base\":\"\",\"by\":{}}', '', '', 'zh')",
        [],
    )
    .unwrap();
    let change = book.transaction().unwrap();
    for n in 0..count {
        let (name, company) = called(n);
        let id = uuid::Uuid::from_u128(n as u128 + 1).to_string();
        let at = morning().millis() - (count - n) as i64 * 60_000;
        let token = frontdesk::visit::Token::from_bytes((n as u128).to_be_bytes());
        change
            .execute(
                "INSERT INTO visits (id, badge, badge_token, name, company, party, host_id, lang, notice_version,
                 notice_lang, notice_sha256, agreed, arrived, good_until, zone, closes, \"left\")
                 VALUES (?1, 'A001', ?2, ?3, ?4, 0, 'H001', 'zh', '1', 'zh', '0', ?5, ?5, ?5, 480, ?5, ?5)",
                rusqlite::params![id, token.as_str(), name, company, at],
            )
            .unwrap();
        change
            .execute(
                "INSERT INTO found (rowid, name, company, sounds, marks) VALUES (last_insert_rowid(), ?1, ?2, ?3, '')",
                rusqlite::params![name, company, format!("{name} klang{n} ").repeat(40)],
            )
            .unwrap();
    }
    change.commit().unwrap();
}

#[test]
fn a_large_old_index_is_made_anew_beside_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    old_book(&path, 1_200, |n| (format!("访客{}", ["甲", "乙", "丙"][n % 3]), format!("公司 {n}")));
    let mut book = open(&path, morning()).unwrap();
    let all = book.search(&Wanted::default(), None, 2_000).unwrap();
    assert_eq!(all.len(), 1_200, "by nothing but their time all are found at once");
    // Nothing is done before the first page is on the screen.
    book.index_again(later(9)).unwrap();
    assert!(names(&book, "访客").is_empty() && book.is_being_indexed().unwrap());
    assert!(book.next_due(later(9)).unwrap().unwrap() <= Duration::from_secs(1));
    book.index_again(later(10)).unwrap();
    let first = names(&book, "访客");
    assert!(!first.is_empty() && first.len() < 300, "{} at once", first.len());
    assert_eq!(first[..], names(&book, "")[..first.len()], "the newest first");
    book.index_again(later(10)).unwrap();
    assert_eq!(names(&book, "访客").len(), first.len(), "with a pause in between");
    // Whoever comes, or is erased, meanwhile.
    came(&mut book, "访客丁", "");
    let (newest, oldest) = (all[0].id, all[1_199].id);
    for gone in [newest, oldest] {
        assert!(matches!(book.forget_whoever_made(gone, "mei", later(11)).unwrap(), Erasing::Done(_)));
    }
    assert!(book.unwiped_since(later(11)).unwrap().is_some(), "the old index has their names still");
    // A restart goes on where it was.
    drop(book);
    let mut book = open(&path, later(12)).unwrap();
    let mut now = later(30);
    let mut slices = 0;
    while book.is_being_indexed().unwrap() {
        book.index_again(now).unwrap();
        (now, slices) = (now.after(Duration::from_millis(100)), slices + 1);
        assert!(slices < 40, "it never ends");
    }
    assert_eq!(names(&book, "访客").len(), 1_199);
    assert_eq!(names(&book, "fangke").len(), 1_199);
    assert_eq!(names(&book, "公司 7").len(), names(&book, "gongsi 7").len());
    assert!(!book.wipe(now).unwrap());
    for _ in 0..400 {
        book.index_again(now).unwrap();
        now = now.after(Duration::from_millis(100));
    }
    assert!(book.wipe(now).unwrap(), "nothing is left of the old one");
    let old = "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%found%'";
    let old: i64 = Connection::open(&path).unwrap().query_row(old, [], |row| row.get(0)).unwrap();
    assert_eq!(old, 0);
    assert_eq!(look_over(&path).unwrap(), []);
    assert_eq!(book.search(&Wanted::default(), None, 2_000).unwrap().len(), 1_199);
    assert!(book.visit(VisitId(uuid::Uuid::from_u128(1))).unwrap().is_some());
}

#[test]
fn what_must_miss_nobody_waits_for_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    old_book(&path, 700, |n| (format!("访客{n}"), String::new()));
    let mut book = open(&path, morning()).unwrap();
    assert!(book.is_being_indexed().unwrap());
    book.finish_index().unwrap();
    assert!(!book.is_being_indexed().unwrap());
    assert_eq!(names(&book, "访客").len(), 700);
}
