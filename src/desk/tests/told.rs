//! Who is written to: the host, or whoever can be written to in their place; what they are told, and what the page
//! says of it.

use super::*;
use crate::errand::{About, Earlier, Letter, Reader};
use crate::paper::letter::{Sender, write};
use crate::visit::Asked;

impl Reception {
    /// 李晓云 with 刘欣怡 as deputy and 林小宇 for the department.
    pub(super) fn with_colleagues() -> Self {
        let mut reception = Self::open();
        let deputy = Some("h2".to_owned());
        let hosts = [
            Host { deputy, ..host("h1", "李晓云") },
            Host { department: "采购部".into(), ..host("h2", "刘欣怡") },
            Host { contact: true, ..host("h3", "林小宇") },
        ];
        reception.book.put_hosts(&hosts, reception.now).unwrap();
        reception
    }

    /// These have left the company; their addresses still take mail.
    fn have_left(&mut self, ids: &[&str]) -> &mut Self {
        let mut hosts = self.book.hosts().unwrap();
        hosts.retain(|host| ids.contains(&host.id.as_str()));
        hosts.iter_mut().for_each(|host| host.gone = true);
        self.book.put_hosts(&hosts, self.now).unwrap();
        self
    }

    /// The letters that are due, sent.
    pub(super) fn sent(&mut self) -> Vec<Letter> {
        let due = self.due();
        for errand in &due {
            self.ran(errand, Outcome::Done(Seen::Confirmed));
        }
        due.into_iter().filter_map(|errand| errand.work.as_letter().cloned()).collect()
    }

    fn invited(&mut self) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .scan(1)
            .tell(Event::LookUp(LookUp::Confirm))
            .tell(Event::Registration(Registration::Agree(vec![])))
    }

    pub(super) fn asks_for(&mut self, kind: &str, name: &str) -> &mut Self {
        self.tell(Event::Session(Session::Home))
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType(kind.to_owned())));
        self.details(name, "13900139000")
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        self.tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
            .tell(Event::Registration(Registration::Agree(vec![])))
    }
}

pub(super) fn read(letter: &Letter, lang: Lang) -> String {
    let sender = Sender { company: "华越".to_owned(), reception_phone: "8000".to_owned(), replies: true };
    write(&Letter { lang, ..letter.clone() }, &sender).text
}

#[test]
fn an_invitation_to_whoever_has_left_the_company_is_told_to_who_stands_in() {
    let mut reception = Reception::with_colleagues();
    reception.have_left(&["h1"]).invited();
    let sent = reception.sent();
    let [letter] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((letter.to.as_str(), letter.about), ("h2@example.com", About::Arrival));
    for said in [read(letter, Lang::ZH), read(letter, Lang::EN)] {
        assert!(
            said.contains("李晓云") && !said.contains("您的访客") && !said.contains("your visitor"),
            "{said}"
        );
    }
    let thanks = reception.thanks();
    let told = ToldShown::Colleague("刘欣怡".to_owned());
    assert_eq!((thanks.host_state, thanks.told), (HostShown::Sent, told));
}

#[test]
fn with_nobody_to_stand_in_reception_is_told_and_without_an_address_nobody() {
    let mut reception = Reception::with_colleagues();
    reception.have_left(&["h1", "h2"]).invited();
    let sent = reception.sent();
    let [letter] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!(letter.to, "reception@example.com");
    assert!(read(letter, Lang::ZH).contains("李晓云的访客"));
    assert_eq!(reception.thanks().told, ToldShown::Reception);
    let folder = tempfile::tempdir().unwrap();
    let settings = crate::config::Reception { email: None, ..reception.config.reception.clone() };
    reception.book = Book::open(&folder.path().join("b"), settings, reception.now).unwrap();
    reception.book.put_hosts(&[Host { gone: true, ..host("h1", "李晓云") }], reception.now).unwrap();
    reception.book.put_invitations(&[invitation(1, "欧阳修明", 8..18)], reception.now).unwrap();
    reception.invited();
    assert_eq!(reception.sent(), []);
    assert_eq!(reception.thanks().host_state, HostShown::Nobody);
}

#[test]
fn a_visitor_let_in_is_told_to_whoever_can_read_it_then() {
    let mut reception = Reception::with_colleagues();
    reception.asks_for("customer", "王芳").sent();
    let waits = reception.book.waiting().unwrap().remove(0);
    reception.have_left(&["h1"]);
    reception.book.admit(waits.id, "前台", reception.now).unwrap();
    assert_eq!(reception.sent().remove(0).to, "h2@example.com");
}

#[test]
fn parcels_go_to_the_department_then_to_who_stands_in_then_to_reception() {
    let mut reception = Reception::with_colleagues();
    let unwritten = Host { email: String::new(), ..reception.book.host("h1").unwrap().unwrap() };
    reception.book.put_hosts(&[unwritten], reception.now).unwrap();
    let reception_reads = ("reception@example.com", ToldShown::Reception);
    let colleague = |name: &str| ToldShown::Colleague(name.to_owned());
    for (gone, (to, told)) in [
        ("nobody", ("h3@example.com", colleague("林小宇"))),
        ("h3", ("h2@example.com", colleague("刘欣怡"))),
        ("h2", reception_reads),
    ] {
        reception.have_left(&[gone]);
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Delivery(Parcels::Begin))
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception.tell(Event::Delivery(Parcels::Done {
            carrier: "顺丰".to_owned(),
            parcels: 2,
            to_sign: true,
        }));
        let sent = reception.sent();
        let [letter] = &sent[..] else { panic!("{sent:?}") };
        assert_eq!(letter.to, to);
        for said in [read(letter, Lang::ZH), read(letter, Lang::EN)] {
            assert!(
                said.contains("李晓云") && !said.contains("您的快递") && !said.contains("for you"),
                "{said}"
            );
        }
        let PageView::Delivered(delivered) = reception.page() else { panic!("{:?}", reception.page()) };
        assert_eq!((delivered.told, delivered.host_state), (told, HostShown::Sent));
    }
}

#[test]
fn a_question_says_what_became_of_those_before() {
    let claims = |letter: &Letter| {
        let (zh, en) = (read(letter, Lang::ZH), read(letter, Lang::EN));
        assert_eq!(zh.contains("答复。"), en.contains("nobody has answered"), "{zh}{en}");
        assert_eq!(zh.contains("无法给"), en.contains("cannot be written to"), "{zh}{en}");
        (zh.contains("答复。"), zh.contains("无法给"))
    };
    let asked = |letter: &Letter| (letter.about, letter.circumstances.earlier);
    // Reception says who comes in of this type: nobody was asked before.
    let mut reception = Reception::with_colleagues();
    for kind in &mut reception.config.visit_types {
        if kind.kind.id == "supplier" {
            kind.admits = crate::config::Admits::Reception;
        }
    }
    reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
    reception.asks_for("supplier", "王芳");
    let letter = reception.sent().remove(0);
    assert_eq!(asked(&letter), (About::MayCome(Asked::Reception), Earlier::Nobody));
    assert_eq!(claims(&letter), (false, false));
    // Silent, one after the other.
    reception.asks_for("customer", "李静");
    let letter = reception.sent().remove(0);
    assert_eq!(claims(&letter), (false, false), "the host is the first");
    for next in [Asked::Deputy, Asked::Reception] {
        reception.wait(reception.config.reception.answer_minutes);
        let letter = reception.sent().remove(0);
        assert_eq!(asked(&letter), (About::MayCome(next), Earlier::Silent));
        assert_eq!(claims(&letter), (true, false));
    }
    // The host cannot be asked at all, nor the deputy.
    reception.have_left(&["h1"]);
    let gone = reception.book.host("h1").unwrap().unwrap();
    reception.book.put_hosts(&[Host { gone: false, email: String::new(), ..gone }], reception.now).unwrap();
    reception.asks_for("customer", "孙伟");
    let letter = reception.sent().remove(0);
    assert_eq!(asked(&letter), (About::MayCome(Asked::Deputy), Earlier::Unreachable));
    assert_eq!(claims(&letter), (false, true));
    reception.have_left(&["h2"]).asks_for("customer", "赵倩");
    let letter = reception.sent().remove(0);
    assert_eq!(asked(&letter), (About::MayCome(Asked::Reception), Earlier::Unreachable));
    assert_eq!(claims(&letter), (false, true));
}

#[test]
fn whoever_is_asked_but_never_got_the_mail_has_not_been_silent() {
    let mut reception = Reception::with_colleagues();
    reception.asks_for("customer", "王芳");
    let question = reception.due().remove(0);
    reception.ran(&question, Outcome::Failed(Trouble::MailRefused));
    let letter = reception.sent().remove(0);
    assert_eq!(letter.circumstances.earlier, Earlier::Unreachable);
}

#[test]
fn a_host_is_told_how_to_answer_and_whether_to_fetch_the_visitor() {
    let mut reception = Reception::with_colleagues();
    let kind = reception.config.visit_types.iter().find(|kind| kind.kind.id == "customer").unwrap();
    let escort = kind.kind.escort;
    reception.asks_for("customer", "王芳");
    let mut letter = reception.sent().remove(0);
    assert_eq!(letter.circumstances.escort, escort);
    let said = |letter: &Letter, phone: &str, replies| {
        let sender = Sender { company: "华越".to_owned(), reception_phone: phone.to_owned(), replies };
        [Lang::ZH, Lang::EN].map(|lang| write(&Letter { lang, ..letter.clone() }, &sender).text)
    };
    for (phone, replies, zh, en) in [
        ("0571-8000", true, "请致电 0571-8000 或直接回复本邮件", "call 0571-8000, or reply to this mail."),
        ("0571-8000", false, "请致电 0571-8000，", "call 0571-8000."),
        ("", true, "请直接回复本邮件", "reply to this mail."),
        ("", false, "请当面告知前台", "tell reception in person"),
    ] {
        let [chinese, english] = said(&letter, phone, replies);
        assert!(chinese.contains(zh) && english.contains(en), "{chinese}{english}");
    }
    for accompanied in [true, false] {
        letter.circumstances.escort = accompanied;
        let [chinese, english] = said(&letter, "", true);
        assert_eq!(chinese.contains("须全程有人陪同"), accompanied);
        assert_eq!(english.contains("must not be alone"), accompanied);
    }
}

#[test]
fn a_letter_of_an_older_book_is_read_and_claims_nothing() {
    let mut reception = Reception::with_colleagues();
    let answer = reception.config.reception.answer_minutes;
    reception.asks_for("customer", "王芳").wait(answer);
    let letter = reception.sent().pop().unwrap();
    let mut old = serde_json::to_value(&letter).unwrap();
    old.as_object_mut().unwrap().remove("circumstances");
    let old: Letter = serde_json::from_value(old).unwrap();
    assert_eq!(old.circumstances, crate::errand::Circumstances::default());
    let said = read(&Letter { about: About::MayCome(Asked::Deputy), ..old }, Lang::EN);
    assert!(said.contains("a visitor for 李晓云 is waiting at reception. Please"), "{said}");
}

#[test]
fn who_comes_back_the_same_day_is_told_to_their_host() {
    let mut reception = Reception::with_colleagues();
    reception.asks_for("customer", "王芳").sent();
    let visit = reception.book.waiting().unwrap().remove(0);
    reception.book.admit(visit.id, "前台", reception.now).unwrap();
    reception.sent();
    let badge = reception.book.visit(visit.id).unwrap().unwrap().badge_token;
    let scan = Event::LookUp(LookUp::Scanned(badge.as_str().to_owned()));
    reception
        .tell(Event::Session(Session::Home))
        .tell(scan.clone())
        .tell(Event::SignOut(SignOut::Leave))
        .wait(MINUTE * 30);
    reception.tell(Event::Session(Session::Home)).tell(scan).tell(Event::SignOut(SignOut::ComeBack));
    let sent = reception.sent();
    let [letter] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((letter.about, letter.to.as_str()), (About::CameBack, "h1@example.com"));
    assert_eq!((letter.arrived, letter.circumstances.reader), (reception.now.wall, Reader::Host));
    assert!(read(letter, Lang::ZH).contains("您的访客已返回"));
}

#[test]
fn a_host_who_was_asked_about_some_is_told_of_each_more() {
    let mut reception = Reception::with_colleagues();
    reception.asks_for("customer", "王芳").sent();
    let leader = reception.book.waiting().unwrap().remove(0);
    // A group of one more, made at the desk.
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "周杰".to_owned(),
        company: "云栖".to_owned(),
        phone: "13400003333".to_owned(),
        party: 1,
        remember: false,
    }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])));
    reception.sent();
    let group = reception.book.waiting().unwrap().into_iter().find(|visit| visit.id != leader.id).unwrap();
    let made = reception.book.invitation(group.invitation_id.as_deref().unwrap()).unwrap().unwrap();
    let join = |reception: &mut Reception, name: &str| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())));
        reception
            .tell(Event::LookUp(LookUp::Confirm))
            .details(name, "13400004444")
            .tell(Event::Registration(Registration::Agree(vec![])));
        reception.sent()
    };
    // While they wait, and after they were let in.
    let sent = join(&mut reception, "赵倩");
    let [letter] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((letter.about, letter.visitor.as_str()), (About::MayCome(Asked::Host), "赵倩"));
    assert!(
        read(letter, Lang::ZH).contains("周杰一行") && !read(letter, Lang::ZH).contains("frontdesk admit")
    );
    reception.book.admit(group.id, "前台", reception.now).unwrap();
    let sent = reception.sent();
    assert_eq!(sent.iter().map(|letter| letter.party).collect::<Vec<_>>(), [2], "the third is counted in");
    let sent = join(&mut reception, "孙伟");
    let [letter] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((letter.about, letter.circumstances.group.as_str()), (About::Arrival, "周杰"));
}

#[test]
fn whoever_joins_sees_how_it_stands_with_the_group() {
    let mut reception = Reception::with_colleagues();
    reception
        .tell(Event::Registration(Registration::WalkIn))
        .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
    reception.tell(Event::Registration(Registration::DetailsDone {
        name: "周杰".to_owned(),
        company: "云栖".to_owned(),
        phone: "13400003333".to_owned(),
        party: 1,
        remember: false,
    }));
    reception
        .tell(Event::Registration(Registration::MembersDone))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())))
        .tell(Event::Registration(Registration::Agree(vec![])));
    let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(waiting.late_code.len(), 6, "those who come later need it now");
    reception.sent();
    let group = reception.book.waiting().unwrap().remove(0);
    let made = reception.book.invitation(group.invitation_id.as_deref().unwrap()).unwrap().unwrap();
    let waiting = |reception: &Reception| {
        let PageView::Waiting(waiting) = reception.page() else { panic!("{:?}", reception.page()) };
        *waiting
    };
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::Scanned(made.token.as_str().to_owned())));
    reception
        .tell(Event::LookUp(LookUp::Confirm))
        .details("赵倩", "13400004444")
        .tell(Event::Registration(Registration::Agree(vec![])));
    let seen = waiting(&reception);
    let asked: Vec<_> = seen.asked.iter().map(|asked| (asked.who, asked.state)).collect();
    assert_eq!((asked, seen.speak), (vec![(Asked::Host, HostShown::Sent)], false));
    // The deputy, then reception: for them too.
    let answer = reception.config.reception.answer_minutes;
    for _ in 0..2 {
        reception.wait(answer).sent();
    }
    let joined = reception.book.open_visits().unwrap().pop().unwrap();
    assert_eq!(joined.admission, crate::visit::Admission::Waiting(Asked::Reception));
    reception.book.admit(group.id, "前台", reception.now).unwrap();
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByName));
    reception.tell(Event::LookUp(LookUp::Name { name: "赵倩".to_owned(), last_four: "4444".to_owned() }));
    reception.tell(Event::LookUp(LookUp::Confirm)).sent();
    let thanks = reception.thanks();
    assert_eq!((thanks.host_state, thanks.told), (HostShown::Sent, ToldShown::Host));
}

#[test]
fn page_and_mail_send_visitor_and_host_to_the_same_place() {
    for escort in [true, false] {
        let mut reception = Reception::with_colleagues();
        for kind in &mut reception.config.visit_types {
            (kind.kind.escort, kind.kind.returns) = (escort, true);
            kind.admits = crate::config::Admits::Nobody;
        }
        reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
        reception.asks_for("customer", "王芳");
        let thanks = reception.thanks();
        assert_eq!((thanks.escort, thanks.place.as_str()), (escort, "三楼 302"));
        let letter = reception.sent().remove(0);
        assert_eq!(letter.about, About::Arrival);
        let says = |letter: &Letter| {
            let (zh, en) = (read(letter, Lang::ZH), read(letter, Lang::EN));
            let waits = (zh.contains("等候地点：一楼前台"), en.contains("Waiting at: 一楼前台"));
            let goes = (zh.contains("前往：三楼 302"), en.contains("On the way to: 三楼 302"));
            assert_eq!((waits.0, goes.0), (waits.1, goes.1), "{zh}{en}");
            (waits.0, goes.0)
        };
        assert_eq!(says(&letter), (escort, !escort));
        // Whoever is back and must not be alone waits there again.
        let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
        let scan = Event::LookUp(LookUp::Scanned(badge.as_str().to_owned()));
        reception
            .tell(Event::Session(Session::Home))
            .tell(scan.clone())
            .tell(Event::SignOut(SignOut::Leave))
            .wait(MINUTE);
        reception.tell(Event::Session(Session::Home)).tell(scan).tell(Event::SignOut(SignOut::ComeBack));
        let letter = reception.sent().pop().unwrap();
        assert_eq!(letter.about, About::CameBack);
        assert_eq!(says(&letter), (escort, false));
    }
}
