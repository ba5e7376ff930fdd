//! Whatever a visitor is called, the badge is whole: every word inside its place, the code
//! untouched. Or it is said which character cannot be printed.

use crate::badge_paper::print;
use crate::badges::usual;
use frontdesk::errand::{Badge, Trouble};
use frontdesk::paper::badge::{PHOTO_TEMPLATE, Press};
use frontdesk::paper::bitmap::{Area, Bitmap};
use frontdesk::paper::escpos::encode;
use frontdesk::paper::fonts::first_missing;
use frontdesk::visit::{Company, PersonName, Photo, Token};
use proptest::prelude::*;
use std::sync::LazyLock;

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::built_in(576).unwrap());
static EMPTY: LazyLock<Bitmap> = LazyLock::new(|| {
    let empty = || String::new();
    let badge = Badge {
        name: empty(),
        company: empty(),
        host: empty(),
        department: empty(),
        place: empty(),
        ..usual()
    };
    PRESS.lay_out(&badge).unwrap()
});

/// The boxes of the built-in template in which a visitor's and a host's words may stand.
const BOXES: [Area; 4] = [
    Area { x: 32, y: 128, width: 512, height: 158 },
    Area { x: 32, y: 290, width: 512, height: 88 },
    Area { x: 32, y: 449, width: 272, height: 67 },
    Area { x: 32, y: 517, width: 272, height: 54 },
];

/// All dots that are not on a badge without words are inside the boxes; so the code and all else
/// that is the same on every badge is as it was.
fn stays_in_its_boxes(paper: &Bitmap) -> Result<(), String> {
    stays_in(paper, &EMPTY, &BOXES)
}

fn stays_in(paper: &Bitmap, empty: &Bitmap, boxes: &[Area]) -> Result<(), String> {
    for y in 0..paper.height {
        for x in 0..paper.width {
            let inside = |b: &Area| {
                // A dot that is half covered may stand on the edge.
                (b.x - 1..=b.x + b.width).contains(&x) && (b.y - 1..=b.y + b.height).contains(&y)
            };
            if paper.is_black(x, y) != empty.is_black(x, y) && !boxes.iter().any(inside) {
                return Err(format!("a dot at {x}, {y} is in no box"));
            }
        }
    }
    Ok(())
}

static PHOTO_PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(PHOTO_TEMPLATE, 576).unwrap());
static PHOTO_EMPTY: LazyLock<Bitmap> = LazyLock::new(|| {
    let badge = Badge { name: String::new(), company: String::new(), ..usual() };
    PHOTO_PRESS.lay_out(&badge).unwrap()
});

/// The boxes of the template with a photo: beside it stand name and company, half as wide.
const PHOTO_BOXES: [Area; 5] = [
    Area { x: 32, y: 128, width: 200, height: 250 },
    Area { x: 256, y: 128, width: 288, height: 158 },
    Area { x: 256, y: 290, width: 288, height: 88 },
    BOXES[2],
    BOXES[3],
];

/// The template is drawn for 576 dots; on other paper all is smaller or larger, outwards to whole dots.
fn scaled(area: &Area, width: u32) -> Area {
    let (from, to) = (|dots: u32| dots * width / 576, |dots: u32| (dots * width).div_ceil(576));
    let (x, y) = (from(area.x), from(area.y));
    Area { x, y, width: to(area.x + area.width) - x, height: to(area.y + area.height) - y }
}

fn grey(shade: u8) -> Photo {
    Photo::try_from(vec![shade; Photo::WIDTH * Photo::HEIGHT]).unwrap()
}

#[test]
fn a_badge_with_a_photo_is_whole_on_every_paper_with_the_longest_names() {
    for width in [384, 512, 576, 640] {
        let press = Press::new(PHOTO_TEMPLATE, width).unwrap();
        assert!(press.has_photo() && !Press::built_in(width).unwrap().has_photo());
        let boxes = PHOTO_BOXES.map(|area| scaled(&area, width));
        let blank = String::new;
        let nobody = Badge { name: blank(), company: blank(), host: blank(), ..usual() };
        let nobody = Badge { department: blank(), place: blank(), ..nobody };
        let empty = press.lay_out(&nobody).unwrap();
        for name in [
            "阿卜杜热西提·买买提伊明".repeat(6).chars().take(60).collect(),
            "W".repeat(60),
            "Maximiliane Hohenlohe-Langenburg zu Schillingsfuerst-Waldenb".to_owned(),
            "jÅẶ gjpqy ".repeat(6),
        ] {
            let name = PersonName::parse(&name).unwrap().to_string();
            let company = "上海国际新能源汽车零部件股份".repeat(6).chars().take(80).collect();
            let badge = Badge { name, company, host: "W".repeat(60), photo: Some(grey(96)), ..usual() };
            let paper = press.lay_out(&badge).unwrap();
            stays_in(&paper, &empty, &boxes).unwrap_or_else(|why| panic!("{width}, {}: {why}", badge.name));
            for (what, place) in ["photo", "name", "company"].iter().zip(&boxes) {
                assert!(!paper.is_white(*place), "{width}, {}: the {what} left no ink", badge.name);
            }
            encode(&paper).unwrap();
        }
        // A photo is dithered: about as many dots are black as it is dark.
        let black = |shade: u8| {
            let paper = press.lay_out(&Badge { photo: Some(grey(shade)), ..nobody.clone() }).unwrap();
            let Area { x, y, width, height } = boxes[0];
            let dots = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
            dots.filter(|(x, y)| paper.is_black(*x, *y)).count() * 100 / (width * height) as usize
        };
        assert!(black(0) > 95 && black(255) < 5, "{width}: {} {}", black(0), black(255));
        assert!((35..=80).contains(&black(110)), "{width}: {}", black(110));
    }
}

#[test]
fn a_name_is_text_and_never_markup() {
    let attack = r#"</text><rect width="999" height="999"/>"#;
    let paper = PRESS.lay_out(&Badge { name: attack.into(), ..usual() }).unwrap();
    stays_in_its_boxes(&paper).unwrap();
    // It prints as it is written, so another spelling of the same attack prints otherwise.
    let other = PRESS.lay_out(&Badge { name: attack.replace("rect", "RECT"), ..usual() }).unwrap();
    assert_ne!(paper, other);
    for name in ["&lt;b&gt;", "<![CDATA[", "&#x41;", "A&B <C> \"D\" 'E'", "{company}", "<tspan x='0'>Z"] {
        let badge = Badge { name: name.into(), ..usual() };
        stays_in_its_boxes(&PRESS.lay_out(&badge).unwrap()).unwrap();
    }
    let entity = PRESS.lay_out(&Badge { name: "&#x41;".into(), ..usual() }).unwrap();
    assert_ne!(entity, PRESS.lay_out(&Badge { name: "A".into(), ..usual() }).unwrap());
    let braces = PRESS.lay_out(&Badge { name: "{company}".into(), ..usual() }).unwrap();
    assert_ne!(braces, PRESS.lay_out(&Badge { name: usual().company, ..usual() }).unwrap());
}

#[test]
fn a_character_without_a_shape_is_said() {
    let press = &*PRESS;
    for (badge, missing) in [
        (Badge { name: "Ann 🙂".into(), ..usual() }, '🙂'),
        (Badge { company: "محمد".into(), ..usual() }, 'م'),
        (Badge { host: "x\u{E000}".into(), ..usual() }, '\u{E000}'),
        (Badge { place: "\u{10FFFF}".into(), ..usual() }, '\u{10FFFF}'),
    ] {
        assert_eq!(press.lay_out(&badge), Err(Trouble::MissingGlyph(missing)));
    }
}

#[test]
fn line_breaks_and_control_characters_are_blanks() {
    let clean = PRESS.lay_out(&Badge { host: "Ann Lee".into(), ..usual() }).unwrap();
    assert_eq!(PRESS.lay_out(&Badge { host: "Ann\nLee\u{0}".into(), ..usual() }).unwrap(), clean);
}

#[test]
fn the_same_badge_is_always_the_same_dots() {
    assert_eq!(PRESS.lay_out(&usual()), Press::built_in(576).unwrap().lay_out(&usual()));
    assert_ne!(
        PRESS.lay_out(&usual()),
        PRESS.lay_out(&Badge { token: Token::from_bytes([1; 16]), ..usual() })
    );
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Zàâçéèêëîïôùûüÿñæœß'. -]{1,90}",
        "[\u{4E00}-\u{9FA5}·]{1,60}",
        "[<>&\"'{}/=;#a-z \\]\\[!-]{1,60}",
        "[\u{3041}-\u{3096}ẮẶỄỘỨgjpqyÅÇ ]{1,60}",
        "(🙂|👩‍👩‍👧|e\u{301}|[a-z]\u{FE0F}|\u{E0100}|王|\u{200D}){1,40}",
        "\\PC{1,60}",
        "(W|王|l|·| |-){1,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_is_printed_whole_or_refused(name in words(), company in words(), host in words(), place in words()) {
        let name = PersonName::parse(&name).map_or_else(|_| "A".to_owned(), String::from);
        let company = Company::parse(&company).map_or_else(|_| String::new(), String::from);
        let badge = Badge { name, company, host, place, ..usual() };
        let all = format!("{}{}{}{}", badge.name, badge.company, badge.host, badge.place);
        match PRESS.lay_out(&badge) {
            Ok(paper) => {
                stays_in_its_boxes(&paper).map_err(TestCaseError::fail)?;
                prop_assert!(!paper.is_white(BOXES[0]), "the name left no ink");
                let job = encode(&paper).map_err(|why| TestCaseError::fail(why.to_string()))?;
                prop_assert_eq!(print(&job.bytes).height, paper.height);
            }
            Err(Trouble::MissingGlyph(c)) => {
                prop_assert!(all.contains(c) && first_missing(&all).is_some());
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn any_name_beside_a_photo_is_printed_whole_or_refused(name in words(), company in words()) {
        let name = PersonName::parse(&name).map_or_else(|_| "A".to_owned(), String::from);
        let company = Company::parse(&company).map_or_else(|_| String::new(), String::from);
        let badge = Badge { name, company, photo: Some(grey(200)), ..usual() };
        match PHOTO_PRESS.lay_out(&badge) {
            Ok(paper) => {
                stays_in(&paper, &PHOTO_EMPTY, &PHOTO_BOXES[..3]).map_err(TestCaseError::fail)?;
                prop_assert!(!paper.is_white(PHOTO_BOXES[1]), "the name left no ink");
            }
            Err(why) => prop_assert!(matches!(why, Trouble::MissingGlyph(_)), "{why:?}"),
        }
    }
}
