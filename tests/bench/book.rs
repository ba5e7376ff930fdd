//! Looking an invitation up among a million, registering a visit, searching five years of them, and the board of a full
//! house. `cargo bench --bench book`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a bench that cannot run says so by failing"
)]

use chrono::DateTime;
use criterion::{Criterion, criterion_group, criterion_main};
use frontdesk::book::{Book, NewVisit};
use frontdesk::config::{Admits, Config};
use frontdesk::desk::{Desk, Event, PageView, Session, Tap};
use frontdesk::notice::Notices;
use frontdesk::now::{Now, Tick};
use frontdesk::pin::{Pepper, Pin};
use frontdesk::visit::{
    Agreement, Details, Host, Invitation, InviteCode, PersonName, Phone, Role, Token, Wanted,
};
use frontdesk::words::Lang;
use std::hint::black_box;
use std::time::Duration;

const INVITATIONS: u32 = 1_000_000;

fn now() -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
    Now::new(Tick::default(), wall)
}

fn token(n: u32) -> Token {
    let mut bytes = [7; 16];
    bytes[..4].copy_from_slice(&n.wrapping_mul(0x9E37_79B9).to_be_bytes());
    bytes[4..8].copy_from_slice(&n.to_be_bytes());
    Token::from_bytes(bytes)
}

/// Another code for each number: its digits to the base of the alphabet.
fn code(mut n: u32) -> InviteCode {
    let letters = InviteCode::ALPHABET.len() as u32;
    let mut bytes = [0; 6];
    for byte in &mut bytes {
        *byte = (n % letters) as u8;
        n /= letters;
    }
    InviteCode::from_bytes(bytes)
}

fn name(n: u32) -> PersonName {
    PersonName::parse(&format!("访客 Visitor {}", n / 3)).unwrap()
}

fn invitation(n: u32) -> Invitation {
    Invitation {
        id: format!("i{n}"),
        token: token(n),
        code: code(n),
        visitor: name(n),
        company: None,
        phone: Phone::maybe(&format!("138{n:08}")).unwrap(),
        host_id: "h1".to_owned(),
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

fn full_house(path: &std::path::Path) -> Book {
    let mut book = Book::open(path, Config::built_in().reception, now()).unwrap();
    let host = Host {
        id: "h1".to_owned(),
        name: "李晓云".into(),
        department: "品质部".into(),
        place: "三楼 302".into(),
        way: "".into(),
        email: "li@example.com".to_owned(),
        phone: String::new(),
        lang: Lang::ZH,
        deputy: None,
        contact: false,
        gone: false,
    };
    book.put_hosts(&[host], now()).unwrap();
    book
}

fn full_book(folder: &std::path::Path) -> Book {
    let mut book = full_house(&folder.join("book.db"));
    for thousand in 0..INVITATIONS / 10_000 {
        let some: Vec<_> = (thousand * 10_000..(thousand + 1) * 10_000).map(invitation).collect();
        book.put_invitations(&some, now()).unwrap();
    }
    book
}

fn new_visit() -> NewVisit {
    NewVisit {
        invitation: None,
        details: Details { name: name(1), company: None, phone: None, party: 0 },
        host_id: "h1".to_owned(),
        lang: Lang::ZH,
        agreement: Agreement {
            version: "1".to_owned(),
            lang: Lang::ZH,
            sha256: "0".to_owned(),
            at: now().wall,
            signature: None,
            signed: None,
            witness: None,
        },
        good_until: now().wall,
        kind: None,
        purpose: None,
        admits: Admits::Nobody,
        closes: now().after(Duration::from_secs(12 * 3600)).wall,
        instructed: Vec::new(),
        others: 0,
        members: Vec::new(),
        joins: None,
        remember: None,
        photo: None,
        by: None,
    }
}

fn look_ups(c: &mut Criterion) {
    let folder = tempfile::tempdir_in("target").unwrap();
    let mut book = full_book(folder.path());
    let mut n = 0_u32;
    let mut next = move || {
        n = (n.wrapping_mul(1_103_515_245).wrapping_add(12_345)) % INVITATIONS;
        n
    };
    let mut group = c.benchmark_group("among a million invitations");
    group.measurement_time(Duration::from_secs(3));
    group.bench_function("by token", |b| {
        b.iter(|| black_box(book.invitation_by_token(&token(next())).unwrap().unwrap()));
    });
    group.bench_function("by code", |b| {
        b.iter(|| black_box(book.invitation_by_code(&code(next())).unwrap().unwrap()));
    });
    group.bench_function("by name and last four digits", |b| {
        b.iter(|| {
            let n = next();
            let last_four = format!("{:04}", n % 10_000);
            assert!(!black_box(book.invitations_by_name(&name(n), &last_four).unwrap()).is_empty());
        });
    });
    group.bench_function("due, with nothing to do", |b| b.iter(|| black_box(book.due(now()).unwrap().len())));
    group.sample_size(20).bench_function("arrive, synced to the disk", |b| {
        b.iter(|| black_box(book.arrive(new_visit(), now()).unwrap()));
    });
    group.finish();
}

/// Five years of 300 visits a day.
const VISITS: u32 = 550_000;
const SURNAMES: [&str; 12] = ["王", "李", "张", "刘", "陈", "杨", "赵", "欧阳", "单", "曾", "吕", "尉迟"];
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂晓云修望舒建国志远思雨子涵浩然";
const COMPANIES: [&str; 6] =
    ["云栖科技", "杭州华越机械", "东洋精機", "Acme Ltd", "宁波港务集团", "Müller GmbH"];

fn visited(folder: &std::path::Path) -> Book {
    let path = folder.join("visits.db");
    let mut book = full_house(&path);
    let first = book.arrive(new_visit(), now()).unwrap().id.0.to_string();
    book.leave(book.open_visits().unwrap()[0].id, now()).unwrap();
    let mut connection = rusqlite::Connection::open(&path).unwrap();
    let change = connection.transaction().unwrap();
    let given: Vec<char> = GIVEN.chars().collect();
    for n in 0..VISITS {
        let name = format!(
            "{}{}{}",
            SURNAMES[n as usize * 7 % 97 % SURNAMES.len()],
            given[n as usize * 31 % given.len()],
            if n % 3 == 0 { String::new() } else { given[n as usize / 7 % given.len()].to_string() }
        );
        let arrived = now().millis() - i64::from(VISITS - n) * 288_000; // 300 a day
        change
            .prepare_cached(
                "INSERT INTO visits (id, badge_token, name, company, arrived, badge, party, host_id, lang,
                     notice_version, notice_lang, notice_sha256, agreed, good_until, zone, admission, closes, \"left\",
                     badged)
                 SELECT ?1, ?2, ?3, ?4, ?5, badge, party, host_id, lang, notice_version, notice_lang, notice_sha256,
                     ?5, ?5, zone, admission, closes, ?5 + 3600000, ?5 + 5000 FROM visits WHERE id = ?6",
            )
            .unwrap()
            .execute(rusqlite::params![
                uuid::Uuid::from_u128(u128::from(n) + 1).to_string(),
                token(n).as_str(),
                name,
                COMPANIES[n as usize % COMPANIES.len()],
                arrived,
                first
            ])
            .unwrap();
    }
    change.commit().unwrap();
    assert_eq!(book.index_anew().unwrap(), VISITS as usize + 1);
    book
}

/// Every search is to take less than 50 ms.
fn history(c: &mut Criterion) {
    let folder = tempfile::tempdir_in("target").unwrap();
    let book = visited(folder.path());
    let mut group = c.benchmark_group("among 550,000 visits");
    group.measurement_time(Duration::from_secs(3)).sample_size(20);
    let day = now().wall - chrono::Days::new(900);
    for (what, words, days) in [
        ("one letter", "l", 0),
        ("a surname", "王", 0),
        ("a name", "欧阳明", 0),
        ("pinyin", "ouyangming", 0),
        ("initials", "oym", 0),
        ("what nobody has", "zzzz", 0),
        ("a company", "华越", 0),
        ("a name and a host", "wang lixiaoyun", 0),
        ("a surname on a day two years ago", "王", 1),
        ("a name in a year", "ouyang", 365),
        ("nothing but a day", "", 1),
    ] {
        let until = (days > 0).then(|| day + chrono::Days::new(days));
        let wanted = Wanted { words: words.to_owned(), from: until.map(|_| day), until, ..Wanted::default() };
        group.bench_function(what, |b| {
            b.iter(|| black_box(book.search(&wanted, None, 50).unwrap().len()));
        });
    }
    let from = now().wall - chrono::Days::new(6 * 366);
    group.sample_size(10).bench_function("numbers of five years", |b| {
        b.iter(|| assert!(black_box(book.numbers(from, now().wall, now()).unwrap()).visits >= VISITS));
    });
    group.finish();
}

/// Reception's board with so many in the house, every card written anew: as after any change in the book.
fn board(c: &mut Criterion) {
    let mut group = c.benchmark_group("the board, every card anew");
    group.measurement_time(Duration::from_secs(5)).sample_size(20);
    for here in [300, 1_000, 5_000] {
        let folder = tempfile::tempdir_in("target").unwrap();
        let mut config = Config::built_in();
        config.staff.pepper_file = folder.path().join("pepper");
        let mut book = full_house(&folder.path().join("book.db"));
        for _ in 0..here {
            book.arrive(new_visit(), now()).unwrap();
        }
        let pepper = Pepper::write(&config.staff.pepper_file, [3; 32]).unwrap();
        let hash = Pin::new("480215").unwrap().hash(&pepper, [4; 16]).unwrap();
        book.set_pin("王芳", Role::Receptionist, &hash, "root", now()).unwrap();
        let mut desk = Desk::new(&config, Notices::load(&config).unwrap());
        desk.handle(Event::Reception(Tap::Open), now(), &mut book).unwrap();
        desk.handle(Event::Reception(Tap::Pin("480215".to_owned())), now(), &mut book).unwrap();
        let mut languages = [Lang::EN, Lang::ZH].iter().cycle();
        group.bench_function(format!("{here} visitors"), |b| {
            b.iter(|| {
                let lang = *languages.next().unwrap();
                desk.handle(Event::Session(Session::ChooseLanguage(lang)), now(), &mut book).unwrap();
                let PageView::ReceptionPages(pages) = desk.view(now()).page else {
                    panic!("reception is locked")
                };
                let cards: usize = pages.columns.0.iter().map(|column| column.cards.len()).sum();
                assert!(cards >= here);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, look_ups, history, board);
criterion_main!(benches);
