//! Whoever comes late to a group: held back they wait alone, and page and mail say so.

use super::group::CODE;
use super::*;
use crate::visit::Asked;

impl Reception {
    /// Three of five are in; the fourth may be somebody whom the watch list means.
    fn holds_back(name: &str) -> Self {
        let mut reception = Self::with_a_group();
        reception.group_of(2).sorted();
        reception.watch(name).tell(Event::Home).scan(CODE).tell(Event::Correct);
        reception.details(name, "13400003333").tell(Event::Agree(vec![]));
        reception
    }

    fn asked_on_page(&self) -> Vec<Asked> {
        self.waiting_page().asked.into_iter().map(|asked| asked.who).collect()
    }
}

#[test]
fn who_is_held_back_behind_a_group_that_is_in_sees_what_everybody_sees_who_waits_for_reception() {
    let reception = Reception::holds_back("周杰");
    assert_eq!((reception.asked_on_page(), reception.waiting_page().speak), (vec![Asked::Reception], false));
    // Nor are they told that the host was silent whose yes let the others in.
    let mut reception = Reception::open();
    let (leader, made) = reception.group_that_waits(1);
    reception.book.admit(leader.id, "前台", reception.now).unwrap();
    reception.watch("周杰").joins(&made, "周杰");
    assert_eq!(reception.asked_on_page(), [Asked::Reception]);
}
