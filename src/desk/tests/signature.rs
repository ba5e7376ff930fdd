//! The signature: asked for where the type says so, and kept with what was signed.

use super::*;
use crate::visit::Point;

/// A finger that has signed.
pub(super) fn written() -> Vec<Vec<Point>> {
    vec![(0..40).map(|i| (200 + i * 30, if i % 2 == 0 { 300 } else { 700 })).collect()]
}

#[test]
fn an_empty_pad_and_a_dot_are_refused_and_nothing_is_kept() {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        kind.signature = true;
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception
        .tell(Event::WalkIn)
        .tell(Event::ChooseType("private".to_owned()))
        .details("王芳", "13900139000");
    reception.tell(Event::ChooseHost("h1".to_owned()));
    let unsigned = |reception: &Reception| {
        let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
        agree.unsigned
    };
    assert!(!unsigned(&reception), "nobody is told off before they have tried");
    for strokes in [vec![], vec![vec![(500, 500)]], vec![vec![(500, 500), (510, 505)]]] {
        reception.tell(Event::Agree(strokes));
        assert!(unsigned(&reception));
        reception.tell(Event::Signing);
        assert!(!unsigned(&reception));
    }
    assert_eq!(reception.visits(), 0);
    reception.tell(Event::Agree(written()));
    let visit = reception.book.open_visits().unwrap().remove(0);
    let signature = visit.agreement.signature.unwrap();
    assert!(signature.as_path().starts_with("M200 300") && visit.agreement.version == "2026-12");
    let journal = format!("{:?}", reception.book.entries().unwrap());
    assert!(journal.contains("Signature(…)"), "the journal has it too, and its words do not show it");
}

#[test]
fn nobody_signs_where_nothing_asks_for_it() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::Correct).details("欧阳修明", "13800138000").tell(Event::Agree(written()));
    assert_eq!(reception.book.open_visits().unwrap().remove(0).agreement.signature, None);
}
