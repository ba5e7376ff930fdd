//! People are who they are, however their name and number are written: found, remembered, shown and erased, also in a book
//! of an earlier version.

use crate::older;
use crate::support::{host, morning, visitor};
use data_encoding::HEXLOWER;
use frontdesk::book::{Book, Erasing, NewWatched, Traces, Verified};
use frontdesk::config::Config;
use frontdesk::now::Now;
use frontdesk::visit::{
    Company, Details, Instructed, Invitation, InviteCode, PersonName, Phone, Token, VisitId, Wanted, name_key,
};
use frontdesk::words::Lang;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::{Duration, Instant};

fn name(text: &str) -> PersonName {
    PersonName::parse(text).unwrap()
}

fn phone(text: &str) -> Phone {
    Phone::parse(text).unwrap()
}

fn book(folder: &Path) -> Book {
    let mut book = Book::open(&folder.join("book.db"), Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    book
}

fn invitation(id: &str, visitor: &str, number: Option<&str>) -> Invitation {
    let seed = Sha256::digest(id);
    Invitation {
        id: id.to_owned(),
        token: Token::from_bytes(seed[..16].try_into().unwrap()),
        code: InviteCode::from_bytes(seed[16..].first_chunk().copied().unwrap()),
        visitor: name(visitor),
        company: None,
        phone: number.map(phone),
        host_id: "H001".to_owned(),
        from: 0,
        until: i64::MAX,
        party: 0,
        cancelled: false,
        used_by: None,
        visit_type: None,
        email: None,
        lang: None,
        days: 0,
    }
}

/// They come, go through an instruction, are remembered, and leave.
fn comes(book: &mut Book, visitor_name: &str, number: Option<&str>, at: Now) -> VisitId {
    let mut new = visitor(at);
    new.details.name = name(visitor_name);
    new.details.phone = number.map(phone);
    new.details.company = Company::maybe("云栖").unwrap();
    new.remember = number.map(|_| true);
    new.instructed = vec![Instructed {
        topic: "type:contractor".to_owned(),
        version: "1".to_owned(),
        lang: Lang::ZH,
        sha256: "0".to_owned(),
        at: at.wall,
    }];
    let visit = book.arrive(new, at).unwrap();
    book.leave(visit.id, at).unwrap();
    visit.id
}

fn details(visitor: &str, number: &str) -> Details {
    Details { name: name(visitor), company: None, phone: Some(phone(number)), party: 0 }
}

fn counts(traces: &Traces) -> (usize, usize, bool, usize) {
    (traces.visits.len(), traces.invitations.len(), traces.remembered, traces.lessons)
}

/// The same names and numbers, written otherwise.
type Otherwise = &'static [(&'static str, &'static str)];

/// Names and numbers, and how else they are written.
const WRITTEN: [(&str, &str, Otherwise); 5] = [
    (
        "王芳",
        "13800138000",
        &[
            ("王芳", "+86 138-0013-8000"),
            ("王 芳", "8613800138000"),
            ("王芳女士", "0086 138 0013 8000"),
            ("Dr.王芳", "+86 (0)138 0013 8000"),
        ],
    ),
    (
        "José Núñez-García",
        "+442079460958",
        &[
            ("jose nunez garcia", "+44 (0)20 7946 0958"),
            ("NÚÑEZ GARCÍA, JOSÉ", "0044 20 7946 0958"),
            ("Mr. José Nu\u{301}n\u{303}ez García", "44 (0)20 7946 0958"),
        ],
    ),
    (
        "Seán O'Brien",
        "0571-88886666",
        &[
            ("Sean O’Brien", "+86 571 8888 6666"),
            ("SEAN OBRIEN", "0086-571-88886666"),
            ("O`Brien, Sean", "86 571 88886666"),
        ],
    ),
    (
        "买买提·吐尔逊",
        "0991-2345678-8302",
        &[
            ("买买提.吐尔逊", "0991 2345678 转 8302"),
            ("买买提・吐尔逊", "09912345678#8302"),
            ("买买提吐尔逊", "+86 991 2345678 ext 8302"),
        ],
    ),
    (
        "Wang Xiaoming",
        "13900139000",
        &[
            ("Xiao-Ming Wang", "139 0013 9000"),
            ("ＷＡＮＧ　ＸＩＡＯＭＩＮＧ", "１３９００１３９０００"),
            ("Wang Xiao Ming", "86-13900139000"),
        ],
    ),
];

#[test]
fn somebody_is_found_and_forgotten_however_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let mut at = morning();
    for (visitor, number, others) in WRITTEN {
        for (other, typed) in others {
            at = at.after(Duration::from_secs(60));
            let id = format!("{visitor}{other}");
            book.put_invitations(&[invitation(&id, visitor, Some(number))], at).unwrap();
            comes(&mut book, visitor, Some(number), at);
            let found = book.invitations_by_name(&name(other), phone(typed).last_four()).unwrap();
            assert!(found.iter().any(|found| found.id == id), "{other}");
            let recalled = book.recall(&name(other), &phone(typed)).unwrap();
            assert_eq!(recalled.unwrap().company.unwrap().as_str(), "云栖", "{other} {typed}");
            assert!(book.instructed(&details(other, typed), "type:contractor").unwrap().is_some(), "{other}");
            let traces = book.traces(&name(other), &phone(typed)).unwrap();
            assert_eq!((counts(&traces), traces.doubtful()), ((1, 1, true, 1), 0), "{other} {typed}");
            let Erasing::Done(_) = book.forget_person(&name(other), &phone(typed), "mei", at).unwrap() else {
                panic!("{other} {typed}: nothing was erased")
            };
            assert_eq!(book.traces(&name(visitor), &phone(number)).unwrap().count(), 0, "{other}");
            assert_eq!(book.forget_person(&name(other), &phone(typed), "mei", at).unwrap(), Erasing::Nothing);
        }
    }
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn an_invitation_is_found_with_the_extension_or_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    book.put_invitations(&[invitation("i", "王芳", Some("0571-88886666-8302"))], morning()).unwrap();
    for (last_four, found) in [("6666", 1), ("8302", 1), ("8886", 0), ("0571", 0)] {
        assert_eq!(book.invitations_by_name(&name("王芳"), last_four).unwrap().len(), found, "{last_four}");
    }
    assert!(book.invitations_by_name(&name("王方"), "6666").unwrap().is_empty());
}

#[test]
fn what_may_be_theirs_is_counted_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let at = morning();
    comes(&mut book, "王芳", None, at);
    comes(&mut book, "王芳", Some("13800138001"), at);
    comes(&mut book, "王方", Some("13800138000"), at);
    book.put_invitations(
        &[
            invitation("without", "王 芳", None),
            invitation("other number", "王芳女士", Some("13800138001")),
            invitation("other name", "王方", Some("13800138000")),
        ],
        at,
    )
    .unwrap();
    let watched = |name: &str, phone: &str| NewWatched {
        name: name.to_owned(),
        phone: phone.to_owned(),
        ..NewWatched::default()
    };
    for watched in [watched("王芳女士", ""), watched("", "+86 138 0013 8000"), watched("王方", "")] {
        book.watch(watched, "mei", at).unwrap().unwrap();
    }
    let traces = book.traces(&name("王芳"), &phone("13800138000")).unwrap();
    assert_eq!(counts(&traces), (0, 0, false, 0));
    let doubtful = (traces.nameless, traces.other_numbers, traces.other_names, traces.watched);
    assert_eq!(doubtful, (2, 2, 2, 2));
    let nothing = book.forget_person(&name("王芳"), &phone("13800138000"), "mei", at).unwrap();
    assert_eq!(nothing, Erasing::Nothing);
    assert_eq!(book.traces(&name("王芳"), &phone("13800138001")).unwrap().count(), 4);
    // Whoever is corrected is found as they are called then.
    let stranger = book.traces(&name("赵六"), &phone("13800138009")).unwrap();
    assert_eq!((stranger.count(), stranger.doubtful()), (0, 0));
}

#[test]
fn a_visit_is_found_by_pinyin_as_passports_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    for visitor in ["吕布", "赵略", "卢布", "万宇"] {
        comes(&mut book, visitor, None, morning());
    }
    for (words, found) in [
        ("lyubu", &["吕布"][..]),
        ("LYU BU", &["吕布"]),
        ("ly", &["赵略", "吕布"]),
        ("lvbu", &["吕布"]),
        ("lubu", &["卢布", "吕布"]),
        ("zhaolue", &["赵略"]),
        ("zhaolyue", &["赵略"]),
        ("zhaolve", &["赵略"]),
        ("wanyu", &["万宇"]),
    ] {
        let wanted = Wanted { words: words.to_owned(), ..Wanted::default() };
        let visits = book.search(&wanted, None, 9).unwrap();
        let names: Vec<&str> = visits.iter().map(|visit| visit.details.name.as_str()).collect();
        assert_eq!(names, found, "{words}");
    }
}

/// By what version 6 knew somebody.
fn known_before(pepper: &str, name: &str, number: &str) -> String {
    let mut hash = Sha256::new();
    for part in [pepper, &frontdesk::visit::fold(name), number] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    HEXLOWER.encode(&hash.finalize())
}

#[test]
fn a_book_of_version_6_knows_everybody_as_they_are_written_today() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let old = older::stored_version_6(&path);
    let pepper: String =
        old.query_row("SELECT value FROM house WHERE name = 'pepper'", [], |row| row.get(0)).unwrap();
    // As that version wrote them: a visit, an invitation, and somebody of whom only the hash is left.
    let visits = [
        ("司徒望舒", "+86 571 8888 6666", "+8657188886666"),
        ("王芳", "0044 (0)20 7946 0958", "004402079460958"),
        ("周杰", "+8613800138000", "8613800138000"),
    ];
    for (visitor, _, kept) in &visits[..1] {
        let changed = old.execute("UPDATE visits SET phone = ?2 WHERE name = ?1", [visitor, kept]).unwrap();
        assert_eq!(changed, 1);
    }
    old.execute("UPDATE visits SET phone = ? WHERE name = '王芳'", [visits[1].2]).unwrap();
    old.execute("UPDATE visits SET phone = ? WHERE name = '周杰'", [visits[2].2]).unwrap();
    old.execute(
        "INSERT INTO invitations (id, token, code, visitor, name_key, last_four, phone, host_id, good_from,
         good_until, party, cancelled) SELECT 'old', 'AAAAAAAAAAAAAAAAAAAAAAAAAA', 'K7K3M9', 'Đặng Łucja', 'đặngłucja',
         '0958', '00442079460958', host_id, good_from, good_until, 0, 0 FROM invitations LIMIT 1",
        [],
    )
    .unwrap();
    let person = |name: &str, number: &str| known_before(&pepper, name, number);
    for (at, (name, number)) in [
        ("王芳", "004402079460958"),
        ("王芳", "+4402079460958"),
        ("Gone Away", "008657188886666"),
        ("周杰", "8613800138000"),
    ]
    .into_iter()
    .enumerate()
    {
        old.execute(
            "INSERT INTO remembered (person, company, host_id, at) VALUES (?, ?, 'H001', ?)",
            params![person(name, number), format!("company {at}"), at as i64],
        )
        .unwrap();
    }
    old.execute(
        "INSERT INTO instructed (person, topic, proof, at) SELECT ?, topic, proof, at FROM instructed LIMIT 1",
        [person("Gone Away", "008657188886666")],
    )
    .unwrap();
    drop(old);

    let at = morning().after(Duration::from_secs(41 * 86_400));
    let mut book = Book::open(&path, Config::built_in().reception, at).unwrap();
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }), "no line of the journal was touched");
    let situ = book.traces(&name("司徒 望舒"), &phone("0571-88886666")).unwrap();
    assert_eq!(situ.visits.len(), 1);
    assert_eq!(situ.visits[0].details.phone.as_ref().unwrap().as_str(), "057188886666");
    let invited = book.invitations_by_name(&name("Lucja Dang"), "0958").unwrap();
    assert_eq!(invited[0].phone.as_ref().unwrap().as_str(), "+442079460958");
    assert_eq!(book.traces(&name("Dang Lucja"), &phone("+44 20 7946 0958")).unwrap().invitations, ["old"]);
    for (who, number, company) in [
        ("王 芳", "+44 20 7946 0958", "company 1"),
        ("周杰", "138 0013 8000", "company 3"),
        // Of them nothing but the hash is left.
        ("GONE AWAY", "0571 8888 6666", "company 2"),
    ] {
        let recalled = book.recall(&name(who), &phone(number)).unwrap();
        assert_eq!(recalled.and_then(|recalled| recalled.company).unwrap().as_str(), company, "{who}");
    }
    let gone = details("Gone Away", "+86 571 8888 6666");
    assert!(book.instructed(&gone, "type:contractor").unwrap().is_some());
    let erased = book.forget_person(&gone.name, gone.phone.as_ref().unwrap(), "mei", at).unwrap();
    assert!(matches!(erased, Erasing::Done(traces) if traces.remembered && traces.lessons == 1));
    assert!(book.recall(&gone.name, gone.phone.as_ref().unwrap()).unwrap().is_none());
    // Hashes of those who are on a visit were written anew: their names are found in any order from now on.
    drop(book);
    let connection = Connection::open(&path).unwrap();
    let known = |key: &str, number: &str| -> bool {
        let mut hash = Sha256::new();
        for part in [pepper.as_str(), &name_key(key), number] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let person = HEXLOWER.encode(&hash.finalize());
        connection.prepare("SELECT 1 FROM remembered WHERE person = ?").unwrap().exists([person]).unwrap()
    };
    assert!(known("周杰", "13800138000") && known("王芳", "+442079460958"));
}

#[test]
fn a_row_that_is_no_text_keeps_no_kiosk_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let old = older::stored_version_6(&path);
    for table in ["visits", "invitations"] {
        let torn = format!(
            "UPDATE {table} SET phone = CAST(x'31ff' AS TEXT) WHERE rowid = (SELECT min(rowid) FROM {table})"
        );
        assert_eq!(old.execute(&torn, []).unwrap(), 1, "{table}");
    }
    let done = "SELECT work FROM errands WHERE state = 'done' ORDER BY rowid LIMIT 1";
    let work: String = old.query_row(done, [], |row| row.get(0)).unwrap();
    old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(old);
    // Nor does an errand of which a bit was turned, so that it is no JSON.
    let mut file = std::fs::read(&path).unwrap();
    let at = file.windows(work.len()).position(|bytes| bytes == work.as_bytes()).unwrap();
    file[at] ^= 1;
    std::fs::write(&path, file).unwrap();
    let at = morning().after(Duration::from_secs(41 * 86_400));
    drop(Book::open(&path, Config::built_in().reception, at).unwrap());
    let book = Connection::open(&path).unwrap();
    let mut rows =
        book.prepare("SELECT name, name_key FROM visits ORDER BY rowid LIMIT -1 OFFSET 1").unwrap();
    let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    let keys: Vec<_> = rows.map(Result::unwrap).filter(|(name, _)| name != "已删除 Erased").collect();
    assert!(keys.len() > 1 && keys.iter().all(|(name, key)| *key == name_key(name)), "{keys:?}");
}

#[test]
fn sixty_thousand_visits_are_written_anew_in_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let old = older::stored_version_6(&path);
    let columns: Vec<String> =
        older::columns(&old, "visits").into_iter().map(|name| format!("\"{name}\"")).collect();
    let filled = columns.iter().map(|column| match column.as_str() {
        "\"id\"" => "printf('01a2d40e-a7e0-7963-bebf-%012x', n)".to_owned(),
        "\"badge_token\"" => {
            "replace(replace(replace(replace(printf('%08d', n), '0', 'A'), '1', 'B'), '8', 'C'), '9', 'D')
                             || 'AAAAAAAAAAAAAAAAAA'"
                .to_owned()
        }
        "\"phone\"" => "printf('+861%010d', 3000000000 + n)".to_owned(),
        "\"left\"" => "arrived".to_owned(),
        "\"pass\"" | "\"leader\"" => "NULL".to_owned(),
        other => other.to_owned(),
    });
    old.execute_batch(&format!(
        "WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 60000)
         INSERT INTO visits ({}) SELECT {} FROM many, (SELECT * FROM visits WHERE name = '王芳')",
        columns.join(", "),
        filled.collect::<Vec<_>>().join(", ")
    ))
    .unwrap();
    drop(old);
    let begun = Instant::now();
    let at = morning().after(Duration::from_secs(41 * 86_400));
    let book = Book::open(&path, Config::built_in().reception, at).unwrap();
    println!("60,000 visits were brought up to date in {:?}", begun.elapsed());
    assert_eq!(book.traces(&name("王芳"), &phone("13000000007")).unwrap().visits.len(), 1);
    assert_eq!(book.traces(&name("王芳"), &phone("13000000007")).unwrap().other_numbers, 60_000);
}
