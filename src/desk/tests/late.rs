//! Whoever comes late to a group: held back they wait alone, and page and mail say so; let in they belong to it.

use super::group::CODE;
use super::told::read;
use super::*;
use crate::errand::{About, Letter};
use crate::visit::Asked;

impl Reception {
    /// Three of five are in; the fourth may be somebody whom the watch list means.
    fn holds_back(name: &str) -> Self {
        let mut reception = Self::with_a_group();
        reception.group_of(2).sorted();
        reception
            .watch(name)
            .tell(Event::Session(Session::Home))
            .scan(CODE)
            .tell(Event::LookUp(LookUp::Correct));
        reception.details(name, "13400003333").tell(Event::Registration(Registration::Agree(vec![])));
        reception
    }

    fn asked_on_page(&self) -> Vec<Asked> {
        self.waiting_page().asked.into_iter().map(|asked| asked.who).collect()
    }

    /// The only question that is due.
    fn only_question(&mut self) -> Letter {
        let (_, letters) = self.sorted();
        let [letter] = &letters[..] else { panic!("{letters:?}") };
        assert_eq!(letter.about, About::MayCome(Asked::Reception));
        letter.clone()
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

#[test]
fn the_mail_about_one_who_is_held_back_says_how_to_decide_and_whose_group_it_is() {
    for unsigned in [false, true] {
        let mut reception = Reception::holds_back("周杰");
        if unsigned {
            reception = Reception::with_a_group();
            let mut contractors = reception.book.invitation("i1").unwrap().unwrap();
            contractors.visit_type = Some("contractor".to_owned());
            for kind in &mut reception.config.visit_types {
                kind.safety = None;
            }
            reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
            reception.book.put_invitations(&[contractors], reception.now).unwrap();
            reception.scan(CODE).tell(Event::LookUp(LookUp::Correct)).details("欧阳修明", "13800138000");
            reception.tell(Event::Registration(Registration::Agree(super::signature::written()))).sorted();
            reception
                .tell(Event::Session(Session::Home))
                .scan(CODE)
                .tell(Event::LookUp(LookUp::Correct))
                .details("周杰", "13400003333");
            reception.tell(Event::Registration(Registration::SignAtReception));
        }
        let letter = reception.only_question();
        let (zh, en) = (read(&letter, Lang::ZH), read(&letter, Lang::EN));
        assert!(zh.contains("同行：欧阳修明一行") && zh.contains("frontdesk admit"), "{zh}");
        assert!(en.contains("With: the group of 欧阳修明") && en.contains("frontdesk admit"), "{en}");
        assert!(!zh.contains("一起等候") && !en.contains("counts for them too"), "{zh}{en}");
    }
    // Behind a group that waits it is otherwise: one answer is for all.
    let mut reception = Reception::open();
    let (_, made) = reception.group_that_waits(1);
    reception.sorted();
    reception.watch("周杰").joins(&made, "周杰");
    let letter = reception.only_question();
    assert!(read(&letter, Lang::ZH).contains("一起等候"), "{}", read(&letter, Lang::ZH));
}

#[test]
fn a_host_is_told_whose_group_somebody_belongs_to_whom_reception_lets_in() {
    let mut reception = Reception::holds_back("周杰");
    reception.only_question();
    let waits = reception.book.waiting().unwrap().remove(0);
    assert!(reception.book.admit(waits.id, "前台", reception.now).unwrap());
    let (_, letters) = reception.sorted();
    let [letter] = &letters[..] else { panic!("{letters:?}") };
    assert_eq!((letter.about, letter.circumstances.group.as_str()), (About::Arrival, "欧阳修明"));
}

#[test]
fn the_code_of_a_group_is_over_when_its_time_is() {
    let mut reception = Reception::with_a_group();
    reception.group_of(3).tell(Event::Session(Session::Home));
    reception.now = reception.now.after(MINUTE * 60 * 9);
    reception.scan(CODE);
    assert_eq!(reception.miss(), Some(LookupError::Expired), "one more might have come, but sooner");
}
