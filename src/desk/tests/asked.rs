//! Who was asked about a visitor, as page and mail tell it: by the names of those who got the mail, and silent only
//! who could have answered.

use super::told::read;
use super::*;
use crate::book::Correction;
use crate::errand::{About, Earlier};
use crate::visit::Asked;

impl Reception {
    /// Whoever went away finds the page again.
    fn looks_again(&mut self) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByName));
        self.tell(Event::LookUp(LookUp::Name { name: "王芳".to_owned(), last_four: "9000".to_owned() }));
        self.tell(Event::LookUp(LookUp::Confirm))
    }

    fn names_on_page(&self) -> Vec<String> {
        self.waiting_page().asked.into_iter().map(|asked| asked.name).collect()
    }
}

#[test]
fn whoever_was_asked_first_is_named_when_it_is_another_host_now() {
    let mut reception = Reception::with_colleagues();
    let mut first = reception.book.host("h1").unwrap().unwrap();
    first.name.by.insert(Lang::EN, "Li Xiaoyun".to_owned());
    reception.book.put_hosts(&[first], reception.now).unwrap();
    reception.asks_for("customer", "王芳").sent();
    let visit = reception.book.waiting().unwrap().remove(0);
    let right = Correction { host_id: "h3".to_owned(), ..Correction::of(&visit) };
    reception.book.correct(visit.id, right, "刘姐", reception.now).unwrap();
    reception.sent();
    reception.tell(Event::System(System::Tick));
    assert_eq!(reception.names_on_page(), ["李晓云", "林小宇"]);
    assert_eq!(reception.waiting_page().host, "林小宇", "the page follows the correction");
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert_eq!(reception.names_on_page(), ["Li Xiaoyun", "林小宇"], "as the page says it");
    // Looked for again it is the same.
    reception.looks_again();
    assert_eq!(reception.names_on_page(), ["李晓云", "林小宇"]);
}

#[test]
fn a_mail_that_is_only_late_makes_nobody_unreachable() {
    let mut reception = Reception::with_colleagues();
    reception.asks_for("customer", "王芳");
    let late = reception.due().remove(0);
    reception.ran(&late, Outcome::NotYet(Trouble::MailUnreachable));
    reception.wait(reception.config.reception.answer_minutes);
    let due = reception.due();
    let letters: Vec<_> = due.iter().filter_map(|errand| errand.work.as_letter()).collect();
    let next = letters.iter().find(|letter| letter.about == About::MayCome(Asked::Deputy)).unwrap();
    assert_eq!(next.circumstances.earlier, Earlier::Silent);
    assert!(read(next, Lang::ZH).contains("尚未得到答复") && !read(next, Lang::ZH).contains("无法给"));
    // Both go out now: the host has only just got it.
    for errand in due.iter().filter(|errand| errand.id != late.id).chain([&late]) {
        reception.wait(Duration::from_secs(1)).ran(errand, Outcome::Done(Seen::Confirmed));
    }
    let passed = |reception: &Reception| {
        let asked = reception.waiting_page().asked;
        asked.into_iter().map(|asked| (asked.state, asked.passed)).collect::<Vec<_>>()
    };
    reception.looks_again();
    assert_eq!(passed(&reception), [(HostShown::Sent, false), (HostShown::Sent, false)]);
    // Reception is asked when both have had the mail for a while.
    reception.wait(reception.config.reception.answer_minutes);
    reception.sent();
    reception.looks_again();
    let silent = (HostShown::Sent, true);
    assert_eq!(passed(&reception), [silent, silent, (HostShown::Sent, false)]);
}
