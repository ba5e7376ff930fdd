//! How long a badge takes from the visitor's facts to the printer's bytes, in a warm program.
//! The same work in Python, to compare on the same machine: `tests/bench/badge_baseline.py`.

use criterion::{Criterion, criterion_group, criterion_main};
use frontdesk::errand::Badge;
use frontdesk::paper::badge::Press;
use frontdesk::paper::escpos;
use frontdesk::visit::{BadgeNumber, Token};
use frontdesk::words::Lang;
use std::hint::black_box;

fn badge(name: &str) -> Badge {
    Badge {
        number: BadgeNumber::FIRST,
        token: Token::from_bytes([0x5A; 16]),
        name: name.to_owned(),
        company: "云栖新能源（杭州）有限公司".to_owned(),
        host: "李晓云".to_owned(),
        department: "品质部".to_owned(),
        place: "三楼 302".to_owned(),
        good_until: "2026-11-23T18:00:00+08:00".parse().unwrap_or_default(),
        lang: Lang::ZH,
        visit_type: String::new(),
        kind_id: String::new(),
        escort: false,
        photo: None,
    }
}

fn benches(c: &mut Criterion) {
    let Ok(press) = Press::built_in(576) else { return };
    for (title, name) in [("a Chinese name", "欧阳修明".to_owned()), ("the longest name", "王".repeat(60))]
    {
        let badge = badge(&name);
        c.bench_function(&format!("lay out and encode, {title}"), |b| {
            b.iter(|| press.lay_out(black_box(&badge)).map(|paper| escpos::encode(&paper)))
        });
    }
    let badge = badge("欧阳修明");
    c.bench_function("lay out", |b| b.iter(|| press.lay_out(black_box(&badge))));
    if let Ok(paper) = press.lay_out(&badge) {
        c.bench_function("encode", |b| b.iter(|| escpos::encode(black_box(&paper))));
    }
    c.bench_function("make a press", |b| b.iter(|| Press::built_in(576)));
}

criterion_group!(badges, benches);
criterion_main!(badges);
