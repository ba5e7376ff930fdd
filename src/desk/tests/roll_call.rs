//! The button in the lobby: what goes out without a PIN, and what the page says of it.

use super::*;
use crate::config::Lobby;

impl Reception {
    fn roll_page(&self) -> RollCallView {
        let PageView::RollCall(view) = self.page() else { panic!("no roll: {:?}", self.page()) };
        view
    }

    /// Somebody is in, with a badge.
    fn with_a_visitor(&mut self) -> &mut Self {
        let (badge, letter) = self.check_in();
        let done = Outcome::Done(Seen::Confirmed);
        self.ran(&badge, done).ran(&letter, done).tell(Event::Session(Session::Done))
    }

    /// All that is due is done.
    fn all_done(&mut self) -> usize {
        let mut papers = 0;
        loop {
            let due = self.due();
            if due.is_empty() {
                return papers;
            }
            for errand in due {
                papers += usize::from(matches!(errand.work, Work::Roll(_)));
                self.ran(&errand, Outcome::Done(Seen::Confirmed));
            }
        }
    }
}

#[test]
fn within_two_minutes_the_page_says_that_nothing_new_was_printed_and_offers_it() {
    let mut reception = Reception::staffed();
    reception.with_a_visitor();
    reception.staff(Tap::CallRoll);
    let called = reception.now.wall;
    let page = reception.roll_page();
    assert_eq!((page.news, page.issued, page.again), (RollNews::Called, called, false));
    assert_eq!((page.paper, page.mail), (Some(BadgeShown::Printing), HostShown::Sending), "not yet printed");
    assert_eq!((page.reception, page.others), (true, 0));
    assert_eq!(reception.all_done(), 1);
    let page = reception.roll_page();
    assert_eq!((page.paper, page.mail), (Some(BadgeShown::Printed), HostShown::Sent), "as it becomes known");
    // Somebody walks in, and another one sees the smoke.
    reception.tell(Event::Session(Session::Back)).walks_in("陈立").wait(MINUTE).staff(Tap::CallRoll);
    reception.all_done();
    let page = reception.roll_page();
    assert_eq!((page.news, page.issued, page.again), (RollNews::Nothing, called, true));
    // Without a PIN the list comes again, with whoever came since.
    reception.staff(Tap::RollAgain);
    let page = reception.roll_page();
    assert_eq!((page.news, page.issued), (RollNews::Again, reception.now.wall));
    let due = reception.due();
    let names = |errand: &Errand| if let Work::Roll(page) = &errand.work { page.lines.len() } else { 0 };
    assert_eq!(due.iter().map(names).sum::<usize>(), 2);
    // After two minutes nobody has to ask.
    reception.tell(Event::Session(Session::Back)).wait(2 * MINUTE).staff(Tap::CallRoll);
    assert_eq!(reception.roll_page().news, RollNews::Called);
    // And nobody can ask elsewhere.
    reception.tell(Event::Session(Session::Home)).staff(Tap::RollAgain);
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn names_are_nobodys_who_has_no_pin_where_the_house_wants_it_so() {
    for (lobby, papers) in [(Lobby::Print, 1), (Lobby::Numbers, 1), (Lobby::Mail, 0)] {
        let mut reception = Reception::staffed();
        reception.desk.config.roll.lobby = lobby;
        reception.desk.config.roll.to = vec!["fire@example.com".to_owned()];
        reception.with_a_visitor();
        reception.staff(Tap::CallRoll);
        let page = reception.roll_page();
        assert_eq!((page.lobby, page.paper.is_some(), page.others), (lobby, papers == 1, 1));
        let view = format!("{:?}", reception.page());
        assert!(!view.contains("欧阳") && !view.contains('@'), "{view}");
        assert_eq!(reception.all_done(), papers);
        // Behind the PIN the names are printed with one tap.
        reception.staff(Tap::Open).staff(Tap::Pin("480215".to_owned()));
        assert_eq!(reception.pages().section, Section::Roll);
        reception.staff(Tap::Do(Action::PrintRoll, None));
        reception.is_done(Action::PrintRoll);
        let due = reception.due();
        assert!(
            due.iter().any(|errand| matches!(&errand.work, Work::Roll(page) if page.lines.len() == 1)),
            "{due:?}"
        );
    }
}

#[test]
fn mail_that_does_not_go_is_said_and_what_failed_is_offered_again() {
    let mut reception = Reception::staffed();
    reception.with_a_visitor();
    reception.staff(Tap::CallRoll);
    for errand in reception.due() {
        let outcome = match errand.work.as_letter() {
            None => Outcome::Failed(Trouble::BadTemplate),
            Some(_) => Outcome::NotYet(Trouble::MailUnreachable),
        };
        reception.ran(&errand, outcome);
    }
    let page = reception.roll_page();
    assert_eq!(page.paper, Some(BadgeShown::Failed(Trouble::BadTemplate)));
    assert_eq!((page.mail, page.again), (HostShown::Waiting, true));
    // A house that writes to nobody says so.
    let mut reception = Reception::staffed();
    reception.desk.config.reception.email = None;
    reception.config.reception.email = None;
    let path = reception._folder.path().join("other.db");
    reception.book = Book::open(&path, reception.config.reception.clone(), reception.now).unwrap();
    reception.staff(Tap::CallRoll);
    let page = reception.roll_page();
    assert_eq!((page.mail, page.reception, page.others), (HostShown::Nobody, false, 0));
}
