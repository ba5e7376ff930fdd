//! Whoever comes again: remembered if they want to be, and not asked to sign the same notice twice.

use super::*;
use crate::book::Verified;

const MONTH: Duration = Duration::from_secs(31 * 24 * 60 * 60);

impl Reception {
    /// A private visit with this in the fields, as far as the host.
    fn types(&mut self, name: &str, phone: &str, remember: bool) -> &mut Self {
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
        self.tell(Event::Registration(Registration::LeaveField(Field::Name, name.to_owned())));
        self.tell(Event::Registration(Registration::LeaveField(Field::Phone, phone.to_owned())));
        self.tell(Event::Registration(Registration::DetailsDone {
            name: name.to_owned(),
            company: "天成装饰".to_owned(),
            phone: phone.to_owned(),
            party: 0,
            remember,
        }))
    }

    fn types_at_once(&mut self, name: &str, phone: &str) -> &mut Self {
        if self.page() == PageView::Welcome {
            self.tell(Event::Registration(Registration::WalkIn))
                .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
        }
        self.details(name, phone)
    }

    fn sees(&mut self, host: &str) -> &mut Self {
        self.tell(Event::Registration(Registration::ChooseHost(host.to_owned())))
            .tell(Event::Registration(Registration::PurposeDone("对账".to_owned())))
    }

    fn comes(&mut self, remember: bool) -> &mut Self {
        self.types("王芳", "13900139000", remember).sees("h2");
        self.tell(Event::Registration(Registration::Agree(vec![])))
    }

    /// What the page fills in once name and number are known.
    fn recalled(&mut self, name: &str, phone: &str) -> Option<String> {
        self.tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
        self.tell(Event::Registration(Registration::LeaveField(Field::Name, name.to_owned())));
        self.tell(Event::Registration(Registration::LeaveField(Field::Phone, phone.to_owned())));
        let PageView::Details(details) = self.page() else { panic!("{:?}", self.page()) };
        details.recalled
    }
}

#[test]
fn nobody_is_remembered_who_did_not_ask_for_it() {
    let mut reception = Reception::open();
    reception.comes(false);
    assert_eq!(reception.recalled("王芳", "13900139000"), None);
}

#[test]
fn name_and_number_fill_in_company_and_host() {
    let mut reception = Reception::open();
    reception.comes(true);
    for (name, phone) in [("王芳", "13900139001"), ("王方", "13900139000"), ("王芳", "9000")] {
        assert_eq!(reception.recalled(name, phone), None, "{name} {phone}");
    }
    assert_eq!(reception.recalled("王 芳", "139 0013 9000").as_deref(), Some("天成装饰"));
    reception.tell(Event::Session(Session::Home)).types("王芳", "13900139000", true);
    let PageView::Host(hosts) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(matches!(&hosts.rows[0], HostRow::Host { id, last: true, .. } if id == "h2"), "{:?}", hosts.rows);
    // As soon as somebody else is looked for, the last one is not in the way.
    reception.tell(Event::Registration(Registration::AskForHost("李".to_owned())));
    let PageView::Host(hosts) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(hosts.rows.iter().all(|row| matches!(row, HostRow::Host { last: false, .. })));
}

#[test]
fn what_is_filled_in_is_shown_before_it_is_kept() {
    let mut reception = Reception::open();
    reception.comes(true);
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
    let done = |company: &str| {
        Event::Registration(Registration::DetailsDone {
            name: "王芳".to_owned(),
            company: company.to_owned(),
            phone: "13900139000".to_owned(),
            party: 0,
            remember: true,
        })
    };
    reception.tell(done(""));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(details.recalled.as_deref(), Some("天成装饰"));
    // They work for somebody else now.
    reception.tell(done("云栖"));
    assert!(matches!(reception.page(), PageView::Host(_)));
}

#[test]
fn a_visit_that_asks_for_no_company_leaves_the_one_that_is_remembered() {
    let mut reception = Reception::open();
    reception.comes(true);
    let interview = |reception: &mut Reception| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("interview".to_owned())));
        reception.tell(Event::Registration(Registration::LeaveField(Field::Name, "王芳".to_owned())));
        reception.tell(Event::Registration(Registration::LeaveField(Field::Phone, "13900139000".to_owned())));
        reception.tell(Event::Registration(Registration::DetailsDone {
            name: "王芳".to_owned(),
            company: String::new(),
            phone: "13900139000".to_owned(),
            party: 0,
            remember: true,
        }));
        reception
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
            .tell(Event::Registration(Registration::Agree(vec![])));
    };
    interview(&mut reception);
    assert_eq!(reception.recalled("王芳", "13900139000").as_deref(), Some("天成装饰"));
    reception.tell(Event::Session(Session::Home)).types("王芳", "13900139000", true);
    let PageView::Host(hosts) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(
        matches!(&hosts.rows[0], HostRow::Host { id, last: true, .. } if id == "h1"),
        "the host is the last one"
    );
}

#[test]
fn nobody_is_forgotten_who_was_not_shown_that_they_are_remembered() {
    let mut reception = Reception::open();
    reception.comes(true);
    // All in one go, with the last field left only by the button; the box was not ticked by the page yet.
    reception.tell(Event::Session(Session::Home)).types_at_once("王芳", "13900139000");
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(details.recalled.is_some(), "they see it first");
    reception.types_at_once("王芳", "13900139000");
    assert!(matches!(reception.page(), PageView::Host(_)), "what they say then counts");
}

#[test]
fn whoever_wants_to_be_forgotten_is_and_so_is_who_has_not_come_for_long() {
    let mut reception = Reception::open();
    reception.comes(true);
    assert!(reception.recalled("王芳", "13900139000").is_some());
    reception.tell(Event::Session(Session::Home)).comes(false);
    assert_eq!(reception.recalled("王芳", "13900139000"), None);
    reception.tell(Event::Session(Session::Home)).comes(true).tell(Event::Session(Session::Home));
    reception.wait(MONTH * (reception.config.visit.remember_months - 1));
    assert!(reception.recalled("王芳", "13900139000").is_some(), "longer than the visit itself");
    reception.tell(Event::Session(Session::Home)).wait(MONTH * 2);
    assert_eq!(reception.recalled("王芳", "13900139000"), None);
    assert!(matches!(reception.book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn an_invitation_changes_nothing_of_what_is_remembered() {
    let mut reception = Reception::open();
    reception.types("欧阳修明", "13800138000", true).sees("h2");
    reception.tell(Event::Registration(Registration::Agree(vec![]))).tell(Event::Session(Session::Home));
    reception
        .scan(1)
        .tell(Event::LookUp(LookUp::Correct))
        .details("欧阳修明", "13800138000")
        .tell(Event::Registration(Registration::Agree(vec![])));
    assert!(reception.recalled("欧阳修明", "13800138000").is_some());
}

#[test]
fn who_signed_this_version_signs_no_second_time() {
    let mut reception = Reception::open();
    for kind in &mut reception.config.visit_types {
        kind.signature = kind.kind.id == "supplier";
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    let to_the_notice = |reception: &mut Reception, name: &str| {
        reception.tell(Event::Session(Session::Home)).types(name, "13900139000", false).sees("h1");
        let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
        (agree.signs, agree.signed)
    };
    assert_eq!(to_the_notice(&mut reception, "王芳"), (true, None));
    reception.tell(Event::Registration(Registration::Agree(super::signature::written())));
    let first = reception.book.open_visits().unwrap().remove(0);
    reception.wait(MINUTE);
    assert_eq!(to_the_notice(&mut reception, "王芳"), (false, Some(first.agreement.at)));
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert!(matches!(reception.page(), PageView::Agree(AgreeView { signs: false, .. })), "in any language");
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    let second = reception.book.open_visits().unwrap().remove(1).agreement;
    assert_eq!((second.signature, second.signed), (first.agreement.signature, Some(first.agreement.at)));
    assert_eq!(second.at, reception.now.wall, "they agreed today");
    // A third time, it is still said when it was really written; and another person signs.
    assert_eq!(to_the_notice(&mut reception, "王芳"), (false, Some(first.agreement.at)));
    assert_eq!(to_the_notice(&mut reception, "王方"), (true, None));
    // When the signed visits are erased, there is nothing to show for it any more.
    let keep = Duration::from_secs(60 * 60 * 24) * (reception.config.visit.keep_days + 1);
    reception.tell(Event::Session(Session::Home)).wait(keep);
    reception.due();
    reception.wait(keep);
    assert_eq!(to_the_notice(&mut reception, "王芳"), (true, None));
}

#[test]
fn nobody_is_forgotten_while_nobody_may_be_told_what_is_remembered() {
    let mut reception = Reception::open();
    reception.comes(true).tell(Event::Session(Session::Home));
    for n in 1..=5 {
        assert_eq!(reception.recalled("王芳", &format!("1390013900{n}")), None);
    }
    assert_eq!(reception.recalled("王芳", "13900139000"), None, "told to nobody for a while");
    reception.tell(Event::Session(Session::Home)).comes(false).tell(Event::Session(Session::Home));
    reception.wait(MINUTE * 60);
    assert!(reception.recalled("王芳", "13900139000").is_some(), "the box was not theirs to untick");
    // Whoever sees that they are remembered and unticks it is forgotten.
    reception.tell(Event::Session(Session::Home)).comes(false).tell(Event::Session(Session::Home));
    assert_eq!(reception.recalled("王芳", "13900139000"), None);
}

#[test]
fn who_signed_a_notice_signs_the_same_words_no_second_time_whatever_they_come_for() {
    let mut reception = Reception::open();
    let folder = tempfile::tempdir().unwrap();
    for file in ["zh.md", "en.md"] {
        std::fs::write(folder.path().join(file), "version: 2026-12\n\n另一份 Another one\n").unwrap();
    }
    for kind in &mut reception.config.visit_types {
        kind.signature = true;
        kind.notice = (kind.kind.id == "private").then(|| folder.path().to_owned());
    }
    let notices = Notices::load(&reception.config).unwrap();
    assert_eq!(notices.of(Some("private"), Lang::ZH).version, notices.get(Lang::ZH).version);
    reception.desk = Desk::new(&reception.config, notices);
    reception.types("王芳", "13900139000", false).sees("h2");
    reception
        .tell(Event::Registration(Registration::Agree(super::signature::written())))
        .tell(Event::Session(Session::Home));
    for (kind, signs) in [("customer", false), ("private", true)] {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType(kind.to_owned())));
        reception
            .details("王芳", "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h2".to_owned())));
        reception.tell(Event::Registration(Registration::PurposeDone("对账".to_owned())));
        let PageView::Agree(agree) = reception.page() else { panic!("{:?}", reception.page()) };
        assert_eq!((agree.signs, agree.signed.is_none()), (signs, signs), "{kind}");
    }
}
