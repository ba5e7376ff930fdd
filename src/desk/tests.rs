//! Stories of a reception, event by event, with a real book on a real disk and a clock that is moved by hand.

mod actions;
mod asked;
mod clocks;
mod corrections;
mod delivery;
mod exits;
mod feedback;
mod files;
mod flood;
mod forgetting;
mod giving_up;
mod group;
mod guessing;
mod house;
mod late;
mod mails;
mod matters;
mod next;
mod nights;
mod offered;
mod over;
mod parts;
mod pauses;
mod photo;
mod reception;
mod returning;
mod roll_call;
mod safety;
mod signature;
mod told;
mod walk_in;
mod watch;

use super::*;
use crate::config::VisitType;
use crate::errand::{Errand, Outcome, Report, Seen, State, Trouble, Work};
use crate::visit::{
    Company, Details, Host, Instructed, Invitation, InviteCode, PersonName, Phone, Problem, Token, Visit,
    VisitId,
};
use crate::words::Texts;
use chrono::DateTime;
use std::time::Duration;
use tempfile::TempDir;

const MINUTE: Duration = Duration::from_secs(60);

/// A reception with its book; time moves only when a story says so.
struct Reception {
    desk: Desk,
    book: Book,
    now: Now,
    config: Config,
    _folder: TempDir,
}

fn morning() -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
    Now::new(Tick(MINUTE), wall)
}

fn host(id: &str, name: &str) -> Host {
    Host {
        id: id.to_owned(),
        name: name.into(),
        department: "品质部".into(),
        place: "三楼 302".into(),
        way: "电梯出门右转".into(),
        email: format!("{id}@example.com"),
        phone: String::new(),
        lang: Lang::ZH,
        deputy: None,
        contact: false,
        gone: false,
    }
}

fn token(n: u8) -> Token {
    Token::from_bytes([n; 16])
}

fn code(n: u8) -> InviteCode {
    InviteCode::from_bytes([n; 6])
}

fn invitation(n: u8, name: &str, hours: std::ops::Range<i64>) -> Invitation {
    let start = morning().millis() - 41 * 60_000 - 9 * 3_600_000;
    Invitation {
        id: format!("i{n}"),
        token: token(n),
        code: code(n),
        visitor: PersonName::parse(name).unwrap(),
        company: Company::maybe("云栖新能源（杭州）有限公司").unwrap(),
        phone: Phone::maybe("13800138000").unwrap(),
        host_id: "h1".to_owned(),
        from: start + hours.start * 3_600_000,
        until: start + hours.end * 3_600_000,
        party: 0,
        cancelled: false,
        used_by: None,
        visit_type: None,
        email: None,
        lang: None,
        days: 0,
    }
}

impl Reception {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::built_in();
        config.reception.email = Some("reception@example.com".to_owned());
        config.reception.place = Texts::from("一楼前台");
        let now = morning();
        let mut book = Book::open(&folder.path().join("book.db"), config.reception.clone(), now).unwrap();
        book.put_hosts(&[host("h1", "李晓云"), host("h2", "刘欣怡")], now).unwrap();
        let cancelled = Invitation { cancelled: true, ..invitation(5, "赵倩", 8..18) };
        let invitations = [
            invitation(1, "欧阳修明", 8..18),
            invitation(2, "John Carter", 14..18),
            invitation(3, "孙伟", 7..9),
            invitation(4, "周杰", 8..18),
            Invitation { host_id: "h2".to_owned(), ..invitation(6, "周杰", 10 - 2..18) },
            cancelled,
        ];
        book.put_invitations(&invitations, now).unwrap();
        let desk = Desk::new(&config, Notices::load(&config).unwrap());
        Self { desk, book, now, config, _folder: folder }
    }

    fn tell(&mut self, event: Event) -> &mut Self {
        self.desk.handle(event, self.now, &mut self.book).unwrap();
        self
    }

    fn wait(&mut self, wait: Duration) -> &mut Self {
        self.now = self.now.after(wait);
        self.tell(Event::System(System::Tick))
    }

    fn page(&self) -> PageView {
        self.desk.view(self.now).page
    }

    fn miss(&self) -> Option<LookupError> {
        let PageView::Search(search) = self.page() else { panic!("not looking: {:?}", self.page()) };
        search.miss
    }

    fn thanks(&self) -> ThanksView {
        let PageView::Thanks(thanks) = self.page() else { panic!("not registered: {:?}", self.page()) };
        *thanks
    }

    /// What the runners would get now.
    fn due(&mut self) -> Vec<Errand> {
        self.book.due(self.now).unwrap()
    }

    fn ran(&mut self, errand: &Errand, outcome: Outcome) -> &mut Self {
        self.tell(Event::System(System::Report(Report::Ran(errand.id, outcome))))
    }

    fn scan(&mut self, n: u8) -> &mut Self {
        self.tell(Event::LookUp(LookUp::Scanned(token(n).as_str().to_owned())))
    }

    fn details(&mut self, name: &str, phone: &str) -> &mut Self {
        self.tell(Event::Registration(Registration::DetailsDone {
            name: name.to_owned(),
            company: "云栖".to_owned(),
            phone: phone.to_owned(),
            party: 0,
            remember: false,
        }))
    }

    fn check_in(&mut self) -> (Errand, Errand) {
        self.scan(1)
            .tell(Event::LookUp(LookUp::Correct))
            .details("欧阳修明", "13800138000")
            .tell(Event::Registration(Registration::Agree(Vec::new())));
        let mut errands = self.due();
        errands.sort_by_key(|errand| matches!(errand.work, Work::Letter(_)));
        assert_eq!(errands.len(), 2, "a badge and a letter");
        let letter = errands.remove(1);
        (errands.remove(0), letter)
    }

    fn visits(&self) -> usize {
        self.book.open_visits().unwrap().len()
    }
}

#[test]
fn a_visitor_with_a_code_in_the_hand() {
    let mut reception = Reception::open();
    reception.scan(1);
    let PageView::Confirm(found) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((found.visitor.as_str(), found.host.as_str()), ("欧***", "李晓云"));
    assert!(!format!("{found:?}").contains("13800138000"), "no number before it is confirmed");
    reception.tell(Event::LookUp(LookUp::Correct));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(details.details.unwrap().name.as_str(), "欧阳修明");
    reception.details("欧阳修铭", "13800138000");
    assert!(matches!(reception.page(), PageView::Agree(_)));
    assert_eq!(reception.visits(), 0, "nothing is kept before it is agreed to");
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    let thanks = reception.thanks();
    assert_eq!(thanks.name, "欧阳修铭");
    assert_eq!((thanks.badge_state, thanks.host_state), (BadgeShown::Printing, HostShown::Sending));
    assert_eq!(reception.visits(), 1);

    let errands = reception.due();
    for errand in &errands {
        reception.ran(errand, Outcome::Done(Seen::Confirmed));
    }
    let thanks = reception.thanks();
    assert_eq!((thanks.badge_state, thanks.host_state), (BadgeShown::Printed, HostShown::Sent));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!(visit.agreement.lang, Lang::ZH);
    assert_eq!(visit.agreement.at, reception.now.wall);
    reception.tell(Event::Session(Session::Done));
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn who_needs_to_correct_nothing_reads_the_notice_at_once() {
    let mut reception = Reception::open();
    reception.scan(1);
    assert!(matches!(reception.page(), PageView::Confirm(Found { whole: true, brings: true, .. })));
    reception.tell(Event::LookUp(LookUp::Confirm));
    // What will stand on the badge is seen whole before it is printed.
    assert!(matches!(reception.page(), PageView::Agree(agree) if agree.name == "欧阳修明"));
    // On second thoughts: the details are one step back, as they were invited.
    reception.tell(Event::Session(Session::Back));
    let PageView::Details(details) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(details.details.unwrap().phone.unwrap().as_str(), "13800138000");
    // Whoever brings others, or whose type needs what is not known, is asked.
    let group = Invitation { party: 2, ..invitation(7, "王芳", 8..18) };
    let contractor =
        Invitation {
            phone: None, visit_type: Some("contractor".to_owned()), ..invitation(8, "孙伟", 8..18)
        };
    reception.book.put_invitations(&[group, contractor], reception.now).unwrap();
    for n in [7, 8] {
        reception.tell(Event::Session(Session::Home)).scan(n);
        assert!(matches!(reception.page(), PageView::Confirm(Found { whole: false, .. })));
        reception.tell(Event::LookUp(LookUp::Confirm));
        assert!(matches!(reception.page(), PageView::Details(_)), "{n}");
    }
}

#[test]
fn a_badge_signs_its_wearer_out() {
    let mut reception = Reception::open();
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN))).check_in();
    reception.tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    let scan = Event::LookUp(LookUp::Scanned(badge.as_str().to_owned()));
    // Not now after all.
    reception.tell(scan.clone());
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((leave.name.as_str(), leave.number.as_str()), ("欧阳修明", "A001"));
    assert_eq!(reception.desk.view(reception.now).lang, Lang::EN, "the language chosen on arrival");
    reception.tell(Event::SignOut(SignOut::Stay));
    assert_eq!((reception.page(), reception.visits()), (PageView::Welcome, 1));
    // Somebody else looked at what lies over the page.
    reception
        .tell(scan.clone())
        .tell(Event::Session(Session::ShowPrivacy))
        .tell(Event::SignOut(SignOut::Leave));
    assert_eq!(reception.visits(), 1, "a tap for a page that is not shown is dropped");
    reception.tell(Event::Session(Session::CloseAside));
    reception.wait(Duration::from_secs(5)).tell(Event::SignOut(SignOut::Leave));
    assert!(matches!(reception.page(), PageView::Left(_)));
    assert_eq!(reception.visits(), 0);
    let left = reception.now.wall;
    // The page clears by itself.
    reception.wait(reception.config.screen.thanks_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
    reception.wait(Duration::from_secs(60)).tell(scan.clone());
    assert_eq!(reception.miss(), Some(LookupError::Left(left)));
    // A second tap changes nothing.
    reception.tell(Event::SignOut(SignOut::Leave));
    let lines = reception.book.entries().unwrap();
    assert_eq!(lines.iter().filter(|entry| **entry == crate::book::Entry::Left).count(), 1);
    assert!(matches!(reception.book.verify().unwrap(), crate::book::Verified::Whole { .. }));
}

#[test]
fn a_badge_that_another_one_was_printed_for_signs_nobody_out() {
    let mut reception = Reception::open();
    let (badge, _) = reception.check_in();
    let first = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception
        .ran(&badge, Outcome::Unknown(Trouble::Mute))
        .tell(Event::Registration(Registration::CameOut(false)))
        .tell(Event::Session(Session::Done));
    reception.tell(Event::LookUp(LookUp::Scanned(first.as_str().to_owned())));
    assert_eq!(reception.miss(), Some(LookupError::VoidBadge));
    assert_eq!(reception.visits(), 1);
    let second = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception
        .tell(Event::LookUp(LookUp::Scanned(second.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave));
    assert_eq!(reception.visits(), 0);
}

#[test]
fn whoever_cannot_scan_signs_out_by_number_or_name() {
    let mut reception = Reception::open();
    let lookup = |how: &str, what: &str| match how {
        "number" => Event::LookUp(LookUp::Code(what.to_owned())),
        name => Event::LookUp(LookUp::Name { name: name.to_owned(), last_four: what.to_owned() }),
    };
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).tell(Event::SignOut(SignOut::Leaving));
    let PageView::Search(search) = reception.page() else { panic!("{:?}", reception.page()) };
    assert!(search.leaving);
    // The number is no secret, so the name stays hidden.
    reception.tell(Event::LookUp(LookUp::ByCode)).tell(lookup("number", "17"));
    assert_eq!(reception.miss(), Some(LookupError::CodeWrong));
    reception.tell(lookup("number", "A002"));
    assert_eq!(reception.miss(), Some(LookupError::Unknown));
    reception.tell(lookup("number", "a001"));
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!((leave.name.as_str(), leave.number.as_str()), ("欧***", "A001"));
    // An invitation's code is nothing here, and a badge's number nothing there.
    reception
        .tell(Event::SignOut(SignOut::Stay))
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByCode))
        .tell(lookup("number", "A001"));
    assert_eq!(reception.miss(), Some(LookupError::CodeShort(2)));
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::SignOut(SignOut::Leaving))
        .tell(Event::LookUp(LookUp::ByName));
    reception.tell(lookup("欧阳修明", "8001"));
    assert_eq!(reception.miss(), Some(LookupError::NoMatch));
    reception.tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Search(SearchView { leaving: true, how: How::Scan, .. })));
    reception.tell(Event::LookUp(LookUp::ByName)).tell(lookup("欧阳 修明", "8000"));
    let PageView::Leave(leave) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(leave.name, "欧阳修明");
    reception.tell(Event::SignOut(SignOut::Leave));
    assert!(matches!(reception.page(), PageView::Left(_)));
    assert_eq!(reception.visits(), 0);
    reception.tell(Event::Session(Session::Done)).tell(Event::LookUp(LookUp::HaveInvitation));
    assert!(matches!(reception.page(), PageView::Search(SearchView { leaving: false, .. })));
}

#[test]
fn whoever_is_asked_may_clear_and_start_over() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Confirm));
    reception.wait(reception.config.screen.idle_seconds);
    assert!(reception.desk.view(reception.now).still_there.is_some());
    reception.tell(Event::Session(Session::Home));
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn the_next_one_in_the_queue_scans_while_the_goodbye_stands() {
    let mut reception = Reception::open();
    reception.check_in();
    reception.tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception
        .tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())))
        .tell(Event::SignOut(SignOut::Leave))
        .scan(4);
    assert!(matches!(reception.page(), PageView::Confirm(_)));
    // Who is asked whether they leave and walks away is not signed out.
    reception
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "13400003333")
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Session(Session::Done));
    let badge = reception.book.open_visits().unwrap().remove(0).badge_token;
    reception.tell(Event::LookUp(LookUp::Scanned(badge.as_str().to_owned())));
    reception.wait(reception.config.screen.idle_seconds);
    reception.wait(reception.config.screen.warning_seconds);
    assert_eq!((reception.page(), reception.visits()), (PageView::Welcome, 1));
}

#[test]
fn every_kind_of_invitation_that_is_no_good_has_its_own_sentence() {
    let mut reception = Reception::open();
    let scanned = |reception: &mut Reception, text: &str| {
        reception.tell(Event::LookUp(LookUp::Scanned(text.to_owned())));
        reception.miss()
    };
    let of = |n: u8| token(n).as_str().to_owned();
    let from = DateTime::parse_from_rfc3339("2026-11-23T14:00:00+08:00").unwrap();
    assert_eq!(scanned(&mut reception, &of(2)), Some(LookupError::NotYet(from)));
    assert_eq!(scanned(&mut reception, &of(3)), Some(LookupError::Expired));
    assert_eq!(scanned(&mut reception, &of(5)), Some(LookupError::Cancelled));
    assert_eq!(scanned(&mut reception, &of(99)), Some(LookupError::Strange), "of another house, or made up");
    assert_eq!(scanned(&mut reception, "https://example.com/?q=1"), Some(LookupError::Unreadable));
    assert_eq!(scanned(&mut reception, &"\u{7}ß0".repeat(5000)), Some(LookupError::Unreadable));
    assert_eq!(scanned(&mut reception, ""), Some(LookupError::Unreadable));
    reception.check_in();
    reception.tell(Event::Session(Session::Done));
    let now = reception.now.wall;
    assert_eq!(scanned(&mut reception, &of(1)), Some(LookupError::Used(now)));
    // Strange codes cost no pause: the next good one works at once.
    reception.scan(4);
    assert!(matches!(reception.page(), PageView::Confirm(_)));
}

#[test]
fn an_invitation_for_what_is_not_offered_any_more_goes_to_reception() {
    let mut reception = Reception::open();
    let welder = Invitation { visit_type: Some("welder".to_owned()), ..invitation(7, "王芳", 8..18) };
    reception.book.put_invitations(&[welder], reception.now).unwrap();
    reception.scan(7);
    assert_eq!(reception.miss(), Some(LookupError::NotOffered), "nobody knows what it asks for");
    reception
        .tell(Event::Session(Session::Home))
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByName));
    reception.tell(Event::LookUp(LookUp::Name { name: "王芳".to_owned(), last_four: "8000".to_owned() }));
    assert_eq!(reception.miss(), Some(LookupError::NotOffered));
}

#[test]
fn a_scan_counts_on_the_first_pages_and_never_in_a_form() {
    let mut reception = Reception::open();
    for first in [
        Event::LookUp(LookUp::HaveInvitation),
        Event::LookUp(LookUp::ByCode),
        Event::LookUp(LookUp::ByName),
        Event::Session(Session::ShowPrivacy),
        Event::Session(Session::ShowReception),
    ] {
        reception.tell(Event::Session(Session::Home)).tell(first.clone()).scan(1);
        assert!(matches!(reception.page(), PageView::Confirm(_)), "{first:?}");
    }
    reception.scan(4);
    assert!(matches!(reception.page(), PageView::Confirm(_)), "another one instead");
    reception.tell(Event::LookUp(LookUp::Correct)).scan(1);
    assert!(matches!(reception.page(), PageView::Details(_)));
    reception.details("周杰", "").scan(1);
    assert!(matches!(reception.page(), PageView::Agree(_)));
    reception.tell(Event::Registration(Registration::Agree(Vec::new()))).scan(4);
    assert!(matches!(reception.page(), PageView::Thanks(_)), "it is their own");
}

#[test]
fn a_typed_code_forgives_look_alikes_and_says_slips() {
    let mut reception = Reception::open();
    reception
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::LookUp(LookUp::ByCode))
        .tell(Event::LookUp(LookUp::Code("123".to_owned())));
    assert_eq!(reception.miss(), Some(LookupError::CodeShort(3)));
    reception.tell(Event::LookUp(LookUp::Typed));
    assert_eq!(reception.miss(), None);
    reception.tell(Event::LookUp(LookUp::Code("12345!".to_owned())));
    assert_eq!(reception.miss(), Some(LookupError::CodeWrong));
    reception.tell(Event::LookUp(LookUp::Code(code(1).as_str().to_lowercase())));
    assert!(matches!(reception.page(), PageView::Confirm(_)));
}

#[test]
fn names_are_found_only_whole_and_with_the_last_four_digits() {
    let mut reception = Reception::open();
    let look_up = |reception: &mut Reception, name: &str, last_four: &str| {
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::LookUp(LookUp::HaveInvitation))
            .tell(Event::LookUp(LookUp::ByName));
        reception
            .tell(Event::LookUp(LookUp::Name { name: name.to_owned(), last_four: last_four.to_owned() }));
    };
    for (name, last_four, miss) in [
        ("欧阳", "8000", LookupError::NoMatch),
        ("欧阳修明", "8001", LookupError::NoMatch),
        ("", "8000", LookupError::NameMissing),
        ("欧阳修明", "80", LookupError::LastFour),
        ("欧阳修明", "8o00", LookupError::LastFour),
    ] {
        look_up(&mut reception, name, last_four);
        assert_eq!(reception.miss(), Some(miss), "{name} {last_four}");
    }
    // Blanks, titles and widths make no difference once the digits are right.
    for written in ["欧 阳修明", "欧阳修明先生", "欧阳 修明", "Dr.欧阳修明"] {
        look_up(&mut reception, written, "8000");
        assert!(matches!(reception.page(), PageView::Confirm(_)), "{written}");
    }
    for last_four in ["8000", "８０００", " 8000 "] {
        look_up(&mut reception, "欧阳修明", last_four);
        assert!(matches!(reception.page(), PageView::Confirm(_)), "{last_four}");
    }
    look_up(&mut reception, "周杰", "8000");
    let PageView::Choose(found) = reception.page() else { panic!("{:?}", reception.page()) };
    assert_eq!(found.len(), 2, "two invitations of the same name");
    reception.tell(Event::LookUp(LookUp::Choose("i6".to_owned()))).tell(Event::LookUp(LookUp::Correct));
    assert!(matches!(reception.page(), PageView::Details(view) if view.host == "刘欣怡"));
}

#[test]
fn slips_are_said_under_their_fields() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct));
    reception.tell(Event::Registration(Registration::LeaveField(Field::Phone, "1380013".to_owned())));
    let problems = |reception: &Reception| {
        let PageView::Details(view) = reception.page() else { panic!("{:?}", reception.page()) };
        view.problems
    };
    assert_eq!(problems(&reception).phone, Some(Problem::PhoneShort(4)));
    reception.details(" ", "1380013");
    assert_eq!(problems(&reception).name, Some(Problem::NameMissing));
    assert_eq!(problems(&reception).phone, Some(Problem::PhoneShort(4)));
    reception.tell(Event::Registration(Registration::LeaveField(Field::Phone, "13800138000".to_owned())));
    assert_eq!(problems(&reception).phone, None);
    reception.details("欧阳修明", "");
    assert!(matches!(reception.page(), PageView::Agree(_)), "a telephone number is not demanded");
    reception.tell(Event::Session(Session::Back));
    assert!(
        matches!(reception.page(), PageView::Details(view) if view.details.as_ref().is_some_and(|details| details.company.is_some()))
    );
}

#[test]
fn declining_keeps_nothing() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).details("欧阳修明", "13800138000");
    let before = reception.desk.view(reception.now).forms;
    reception.tell(Event::Registration(Registration::Decline));
    let view = reception.desk.view(reception.now);
    assert_eq!(view.page, PageView::Declined);
    assert_ne!(view.forms, before, "the screen forgets what was typed");
    assert_eq!(reception.visits(), 0);
    assert!(reception.due().is_empty());
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    assert_eq!(reception.visits(), 0, "a late tap does not register");
    reception.tell(Event::Session(Session::Done)).scan(1);
    assert!(matches!(reception.page(), PageView::Confirm(_)), "the invitation is still good");
}

#[test]
fn the_notice_is_kept_in_the_language_it_was_read_in() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).details("欧阳修明", "");
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    let PageView::Agree(agree) = reception.page() else { panic!() };
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!((visit.agreement.lang, visit.lang), (Lang::EN, Lang::EN));
    assert_eq!(visit.agreement.sha256, agree.notice.sha256);
    assert_eq!(visit.agreement.version, agree.notice.version);
}

#[test]
fn a_double_tap_registers_once() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).details("欧阳修明", "");
    reception
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Registration(Registration::Agree(Vec::new())))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    assert_eq!(reception.visits(), 1);
}

#[test]
fn somebody_goes_away_at_any_step() {
    type Walk = fn(&mut Reception);
    let steps: [(&str, Walk); 8] = [
        ("search", |r| _ = r.tell(Event::LookUp(LookUp::HaveInvitation))),
        ("code", |r| _ = r.tell(Event::LookUp(LookUp::HaveInvitation)).tell(Event::LookUp(LookUp::ByCode))),
        ("name", |r| _ = r.tell(Event::LookUp(LookUp::HaveInvitation)).tell(Event::LookUp(LookUp::ByName))),
        ("confirm", |r| _ = r.scan(1)),
        ("choose", |r| {
            r.tell(Event::LookUp(LookUp::HaveInvitation)).tell(Event::LookUp(LookUp::ByName));
            r.tell(Event::LookUp(LookUp::Name { name: "周杰".to_owned(), last_four: "8000".to_owned() }));
        }),
        ("details", |r| _ = r.scan(1).tell(Event::LookUp(LookUp::Correct))),
        ("agree", |r| _ = r.scan(1).tell(Event::LookUp(LookUp::Correct)).details("李四", "")),
        ("privacy", |r| {
            _ = r.scan(1).tell(Event::LookUp(LookUp::Confirm)).tell(Event::Session(Session::ShowPrivacy))
        }),
    ];
    for (name, go) in steps {
        let mut reception = Reception::open();
        let (idle, warning) = (reception.config.screen.idle_seconds, reception.config.screen.warning_seconds);
        assert!(warning >= Duration::from_secs(20));
        reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
        go(&mut reception);
        let visitor = reception.desk.view(reception.now).visitor;
        assert_eq!(
            reception.desk.wakes_at(reception.now.tick),
            Some(reception.now.tick.after(idle)),
            "{name}"
        );
        reception.wait(idle);
        let view = reception.desk.view(reception.now);
        assert_eq!(view.still_there, Some(warning.as_secs() as u32), "{name}");
        // One tap goes on, and does nothing else.
        let page = reception.page();
        reception.wait(warning / 2).tell(Event::Registration(Registration::Agree(Vec::new())));
        assert_eq!((reception.page(), reception.visits()), (page, 0), "{name}");
        assert_eq!(reception.desk.view(reception.now).still_there, None, "{name}");

        reception.wait(idle).wait(warning);
        let view = reception.desk.view(reception.now);
        assert_eq!((view.page, view.lang, view.still_there), (PageView::Welcome, Lang::ZH, None), "{name}");
        assert_ne!(view.visitor, visitor, "{name}");
        assert_eq!(reception.desk.wakes_at(reception.now.tick), None, "{name}: nothing to wait for");
        let remains =
            format!("{:?} {:?} {:?}", reception.desk.page, reception.desk.aside, reception.desk.idle);
        for typed in ["李四", "周杰", "欧阳", "8000", "云栖"] {
            assert!(!remains.contains(typed), "{name}: {typed} remains");
        }
        assert_eq!(reception.visits(), 0, "{name}");
    }
}

#[test]
fn a_language_chosen_on_the_first_page_is_taken_back() {
    let mut reception = Reception::open();
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert_eq!(reception.desk.view(reception.now).lang, Lang::EN);
    let idle = reception.config.screen.idle_seconds;
    reception.wait(idle);
    let view = reception.desk.view(reception.now);
    assert_eq!((view.lang, view.still_there), (Lang::ZH, None));
}

#[test]
fn the_last_page_clears_by_itself() {
    let mut reception = Reception::open();
    reception.check_in();
    let shown = reception.config.screen.thanks_seconds;
    assert_eq!(reception.thanks().seconds_left, shown.as_secs() as u32);
    reception.wait(shown / 2).wait(shown / 2);
    assert_eq!(reception.page(), PageView::Welcome);
    assert_eq!(reception.visits(), 1, "the visit stays in the book");
}

#[test]
fn without_paper_the_visitor_is_registered_and_told() {
    let mut reception = Reception::open();
    reception.tell(Event::System(System::Report(Report::Printer(PrinterState::Trouble(Trouble::PaperOut)))));
    assert_eq!(
        reception.desk.view(reception.now).printer,
        PrinterState::Trouble(Trouble::PaperOut),
        "said before anybody begins"
    );
    let (badge, letter) = reception.check_in();
    reception.ran(&badge, Outcome::NotYet(Trouble::PaperOut)).ran(&letter, Outcome::Done(Seen::Confirmed));
    let thanks = reception.thanks();
    assert_eq!(thanks.badge_state, BadgeShown::Waiting(Trouble::PaperOut));
    assert_eq!(thanks.host_state, HostShown::Sent);

    // Paper is put in: the badge comes by itself, once.
    let wait = reception.book.next_due(reception.now).unwrap().unwrap();
    reception.wait(wait);
    let again = reception.due();
    assert_eq!(again.iter().map(|errand| errand.id).collect::<Vec<_>>(), [badge.id]);
    reception.ran(&badge, Outcome::Done(Seen::Confirmed));
    assert_eq!(reception.thanks().badge_state, BadgeShown::Printed);
    reception.wait(MINUTE * 10);
    assert!(reception.due().is_empty());
}

#[test]
fn a_badge_that_nobody_waits_for_is_not_printed_late() {
    let mut reception = Reception::open();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::NotYet(Trouble::Unplugged)).wait(MINUTE * 3);
    let due = reception.due();
    assert!(due.iter().all(|errand| matches!(&errand.work, Work::Letter(_))), "{due:?}");
    let told = due.iter().filter_map(|errand| errand.work.as_letter());
    let told = told.into_iter().any(|letter| letter.to == "reception@example.com");
    assert!(told, "reception is told who has no badge");
}

#[test]
fn whoever_still_stands_there_sees_that_their_badge_was_given_up() {
    let mut reception = Reception::open();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::NotYet(Trouble::PaperOut));
    let shown = reception.config.screen.thanks_seconds;
    for _ in 0..(3 * 60 / (shown.as_secs() / 2)) {
        reception.wait(shown / 2).tell(Event::System(System::Touched));
    }
    reception.wait(shown - Duration::from_secs(2));
    assert_eq!(reception.thanks().badge_state, BadgeShown::Waiting(Trouble::PaperOut));
    // No device says so: the book gives it up by itself.
    reception.due();
    reception.tell(Event::System(System::Tick));
    let thanks = reception.thanks();
    assert!(matches!(thanks.badge_state, BadgeShown::Failed(_)), "{:?}", thanks.badge_state);
    assert_eq!(thanks.seconds_left, 10, "there is time to read it");
    reception.wait(Duration::from_secs(5));
    assert_eq!(reception.thanks().seconds_left, 5, "it is said once");
}

#[test]
fn nobody_saw_the_badge_so_the_visitor_is_asked() {
    for came_out in [true, false] {
        let mut reception = Reception::open();
        let (badge, _) = reception.check_in();
        reception.ran(&badge, Outcome::Unknown(Trouble::Mute));
        assert_eq!(reception.thanks().badge_state, BadgeShown::Unknown(Trouble::Mute));
        let before = reception.thanks().badge.token;
        reception.due();
        // However late it comes, there is time to look into the tray and to answer.
        reception.wait(reception.config.screen.idle_seconds - Duration::from_secs(1));
        reception
            .tell(Event::Registration(Registration::CameOut(came_out)))
            .tell(Event::Registration(Registration::CameOut(came_out)));
        let badges: Vec<Errand> =
            reception.due().into_iter().filter(|e| matches!(e.work, Work::Badge(_))).collect();
        if came_out {
            assert_eq!(reception.thanks().badge_state, BadgeShown::Printed);
            assert!(badges.is_empty(), "nothing is printed twice");
        } else {
            assert_eq!(reception.thanks().badge_state, BadgeShown::Printing);
            assert_eq!(badges.len(), 1);
            assert_ne!(reception.thanks().badge.token, before, "the first one is void");
        }
    }
}

#[test]
fn reports_for_somebody_elses_errand_do_not_show() {
    let mut reception = Reception::open();
    let (badge, letter) = reception.check_in();
    reception.tell(Event::Session(Session::Done));
    reception.ran(&badge, Outcome::Done(Seen::Confirmed)).ran(&letter, Outcome::Failed(Trouble::MailRefused));
    assert_eq!(reception.page(), PageView::Welcome);
    reception
        .scan(4)
        .tell(Event::LookUp(LookUp::Correct))
        .details("周杰", "")
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    assert_eq!(reception.thanks().badge_state, BadgeShown::Printing);
}

#[test]
fn asides_leave_the_journey_as_it_was() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct)).tell(Event::Session(Session::ShowPrivacy));
    assert!(matches!(reception.page(), PageView::Privacy(_)));
    reception.tell(Event::Session(Session::CloseAside));
    assert!(matches!(reception.page(), PageView::Details(_)));
    reception.tell(Event::Session(Session::ShowReception)).tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Details(_)));
}

#[test]
fn a_clock_that_is_set_back_keeps_nobody_waiting() {
    let mut reception = Reception::open();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::NotYet(Trouble::PaperOut));
    reception.now.wall -= chrono::Duration::hours(5);
    let due = reception.due();
    assert!(due.iter().any(|errand| errand.id == badge.id), "{due:?}");
    assert_eq!(
        reception
            .book
            .errands_of(badge.subject)
            .unwrap()
            .iter()
            .filter(|e| e.state == State::Sending)
            .count(),
        2
    );
}
