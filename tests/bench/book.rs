//! Looking an invitation up among a million, and registering a visit. `cargo bench --bench book`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot run says so by failing"
)]

use chrono::DateTime;
use criterion::{Criterion, criterion_group, criterion_main};
use frontdesk::book::{Book, NewVisit};
use frontdesk::config::{Admits, Config};
use frontdesk::now::{Now, Tick};
use frontdesk::visit::{Agreement, Details, Host, Invitation, InviteCode, PersonName, Phone, Token};
use frontdesk::words::Lang;
use std::hint::black_box;
use std::time::Duration;

const INVITATIONS: u32 = 1_000_000;

fn now() -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
    Now { tick: Tick::default(), wall }
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

fn full_book(folder: &std::path::Path) -> Book {
    let mut book = Book::open(&folder.join("book.db"), Config::built_in().reception, now()).unwrap();
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
    for thousand in 0..INVITATIONS / 10_000 {
        let some: Vec<_> = (thousand * 10_000..(thousand + 1) * 10_000).map(invitation).collect();
        book.put_invitations(&some, now()).unwrap();
    }
    book
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
        b.iter(|| {
            let new = NewVisit {
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
                others: false,
                members: Vec::new(),
                joins: None,
                remember: None,
                photo: None,
                by: None,
            };
            black_box(book.arrive(new, now()).unwrap())
        });
    });
    group.finish();
}

criterion_group!(benches, look_ups);
criterion_main!(benches);
