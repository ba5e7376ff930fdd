//! Who was asked about a visitor, as page and mail tell it: by the names of those who got the mail.

use super::*;
use crate::book::Correction;

impl Reception {
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
    reception.tell(Event::Tick);
    assert_eq!(reception.names_on_page(), ["李晓云", "林小宇"]);
    assert_eq!(reception.waiting_page().host, "林小宇", "the page follows the correction");
    reception.tell(Event::ChooseLanguage(Lang::EN));
    assert_eq!(reception.names_on_page(), ["Li Xiaoyun", "林小宇"], "as the page says it");
    // Looked for again it is the same.
    reception.tell(Event::Home).tell(Event::HaveInvitation).tell(Event::ByName);
    reception.tell(Event::LookUpName { name: "王芳".to_owned(), last_four: "9000".to_owned() });
    reception.tell(Event::Confirm);
    assert_eq!(reception.names_on_page(), ["李晓云", "林小宇"]);
}
