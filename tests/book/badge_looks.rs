//! Badges look as they did when somebody last looked at them, dot by dot. `UPDATE_GOLDEN=1` draws
//! the pictures in `tests/golden` anew; then look at them.

use crate::badges::usual;
use frontdesk::errand::Badge;
use frontdesk::paper::badge::Press;
use frontdesk::words::Lang;
use std::path::Path;

fn compare(title: &str, width: u32, badge: &Badge) {
    let paper = Press::built_in(width).unwrap().lay_out(badge).unwrap();
    let golden =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("badge-{title}.png"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, paper.png()).unwrap();
    }
    let expected =
        image::open(&golden).unwrap_or_else(|why| panic!("{}: {why}", golden.display())).into_luma8();
    let differs = expected.dimensions() != (paper.width, paper.height) || expected.into_raw() != paper.gray();
    if differs {
        let seen = std::env::temp_dir().join(format!("badge-{title}-now.png"));
        std::fs::write(&seen, paper.png()).unwrap();
        panic!("the badge differs from {}: see {}", golden.display(), seen.display());
    }
}

#[test]
fn a_chinese_name() {
    compare("chinese", 576, &usual());
}

#[test]
fn whoever_must_not_be_alone_has_another_last_line() {
    let press = Press::built_in(576).unwrap();
    let [usual, escorted] = [false, true].map(|escort| press.lay_out(&Badge { escort, ..usual() }).unwrap());
    let rows = usual.gray().chunks(576).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let other = escorted.gray().chunks(576).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let differ: Vec<usize> = (0..rows.len()).filter(|at| rows[*at] != other[*at]).collect();
    assert!(!differ.is_empty(), "nothing says that they must not be alone");
    assert!(differ.iter().all(|row| (734..790).contains(row)), "in the footer only: {differ:?}");
}

#[test]
fn every_width_of_paper() {
    for width in [384, 512, 640] {
        compare(&format!("{width}"), width, &usual());
    }
}

#[test]
fn a_long_uyghur_name() {
    compare("uyghur", 576, &Badge { name: "阿卜杜热合曼·阿卜杜拉".into(), ..usual() });
}

#[test]
fn a_long_western_name() {
    let badge = Badge {
        name: "Maximiliane Freifrau von Hohenstein-Wallerstein".into(),
        company: "Hohenstein Precision Instruments & Sons GmbH & Co. KG, Ludwigshafen".into(),
        host: "Christopher Montgomery".into(),
        department: "Quality Assurance".into(),
        place: "Room 302, 3rd floor, east wing".into(),
        lang: Lang::EN,
        ..usual()
    };
    compare("western", 576, &badge);
}

#[test]
fn the_longest_there_can_be() {
    let badge = |c: &str, lang| Badge {
        name: c.repeat(60),
        company: c.repeat(80),
        host: c.repeat(60),
        department: c.repeat(40),
        place: c.repeat(40),
        lang,
        ..usual()
    };
    compare("longest-chinese", 576, &badge("王", Lang::ZH));
    compare("longest-western", 576, &badge("W", Lang::EN));
    compare("longest-narrow", 384, &badge("W", Lang::EN));
}

#[test]
fn only_what_must_be_there() {
    let badge = Badge {
        name: "Ng".into(),
        company: String::new(),
        department: String::new(),
        place: String::new(),
        lang: Lang::EN,
        ..usual()
    };
    compare("shortest", 576, &badge);
}
