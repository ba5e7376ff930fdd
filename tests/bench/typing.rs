//! What a key costs while a name is composed or a host is looked for, and what the dictionaries weigh.
//! `cargo bench --bench typing`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench that cannot run says so by failing"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use frontdesk::paper::fonts;
use frontdesk::pinyin::people::{People, Person};
use frontdesk::pinyin::{Composition, Lexicon, Purpose};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Thirty letters and more each.
const LONG: [&str; 4] = [
    "yunqixinnengyuanhangzhouyouxiangongsi",
    "zhonghuarenmingongheguoguojiashuiwuju",
    "ouyangxiumingzhugekongmingsimaxiangru",
    "xianliuanwuluqixianguangshanxianganjie",
];
const HOSTS: usize = 20_000;
const ASKED: [&str; 8] = ["lixiaoyun", "lxy", "li晓y", "wangwei", "zhang", "ouyang", "shengchanbu", "smith"];

/// Resident memory of this process, in MB (`/proc/self/statm`, pages of 4 KiB).
fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<f64>().unwrap() * 4096.0 / 1e6
}

fn percentile(mut times: Vec<Duration>, share: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize]
}

fn composed(letters: &str, purpose: Purpose, lexicon: &Lexicon) -> Composition {
    let mut composition = Composition::new(purpose, "");
    letters.chars().for_each(|key| {
        composition.press(key, lexicon);
    });
    composition
}

fn keys(c: &mut Criterion) {
    // The fonts' tables are read by every page anyway.
    fonts::has_glyph('王');
    let before = resident();
    let begun = Instant::now();
    let lexicon = Lexicon::new(fonts::has_glyph, []);
    println!("the dictionaries are read in {:?}", begun.elapsed());
    let mut times = Vec::new();
    for purpose in [Purpose::Name, Purpose::Company, Purpose::Text] {
        for _ in 0..20 {
            for letters in LONG {
                let mut composition = Composition::new(purpose, "");
                for key in letters.chars() {
                    let begun = Instant::now();
                    composition.press(key, &lexicon);
                    times.push(begun.elapsed());
                }
            }
        }
    }
    println!("with what was used of them they take {:.1} MB", resident() - before);
    println!(
        "a key, of {}: median {:?}, 99 % {:?}, longest {:?}",
        times.len(),
        percentile(times.clone(), 0.5),
        percentile(times.clone(), 0.99),
        percentile(times, 1.0)
    );
    let (last, first) = (LONG[0].chars().last().unwrap(), &LONG[0][..LONG[0].len() - 1]);
    for (name, purpose) in [("name", Purpose::Name), ("company", Purpose::Company)] {
        let before = composed(first, purpose, &lexicon);
        c.bench_function(&format!("the last key of 37 in a {name}"), |b| {
            b.iter_batched(
                || before.clone(),
                |mut composition| {
                    composition.press(last, &lexicon);
                    composition
                },
                criterion::BatchSize::SmallInput,
            );
        });
    }
    c.bench_function("a name of 13 letters, typed and chosen", |b| {
        b.iter(|| composed("ouyangxiuming", Purpose::Name, &lexicon).choose(0, &lexicon));
    });
}

/// Invented hosts with all the surnames and characters there are in a few syllables.
fn hosts() -> Vec<Person> {
    let surnames: Vec<char> = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高".chars().collect();
    let given: Vec<char> = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超晓云海建国志文华玉梅".chars().collect();
    let departments = ["品质部", "研发部", "生产部", "销售部", "人力资源部", "财务部", "仓储部", "行政部"];
    (0..HOSTS)
        .map(|n| {
            let name: String = [
                surnames[n % surnames.len()],
                given[n / surnames.len() % given.len()],
                given[n / (surnames.len() * given.len()) % given.len()],
            ]
            .iter()
            .collect();
            let latin = format!("Alex {n} Smith");
            Person {
                names: vec![name, latin],
                departments: vec![departments[n % departments.len()].to_owned()],
            }
        })
        .collect()
}

fn people(c: &mut Criterion) {
    let hosts = hosts();
    let people = People::new(&hosts);
    let mut times = Vec::new();
    for _ in 0..20 {
        for asked in ASKED {
            for end in asked.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let begun = Instant::now();
                black_box(people.find(&asked[..end], 12));
                times.push(begun.elapsed());
            }
        }
    }
    println!(
        "a key among {HOSTS} hosts: median {:?}, 99 % {:?}, longest {:?}",
        percentile(times.clone(), 0.5),
        percentile(times.clone(), 0.99),
        percentile(times, 1.0)
    );
    c.bench_function("a host by initials among 20,000", |b| b.iter(|| people.find("lxy", 12)));
    c.bench_function("a host by one letter among 20,000", |b| b.iter(|| people.find("l", 12)));
}

criterion_group!(benches, keys, people);
criterion_main!(benches);
