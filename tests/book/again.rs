//! What is done once more, or otherwise, takes the place of what was to be done before: no badge whose token is void comes
//! out of the printer, and no mail says what reception has corrected.

use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, Correction, Invitee, NewInvitation};
use frontdesk::config::{Admits, Config};
use frontdesk::errand::{About, Errand, Letter, Outcome, Seen, State, Trouble, Work};
use frontdesk::now::Now;
use frontdesk::visit::{Admission, Asked, Host, Invitation, PersonName, Visit};
use std::time::Duration;
use tempfile::TempDir;

const CONFIRMED: Outcome = Outcome::Done(Seen::Confirmed);
const NO_PAPER: Outcome = Outcome::NotYet(Trouble::PaperOut);
const REFUSED: Outcome = Outcome::Failed(Trouble::MailRefused);

struct House {
    book: Book,
    now: Now,
    _folder: TempDir,
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut reception = Config::built_in().reception;
        reception.email = Some("reception@example.com".to_owned());
        let now = morning();
        let mut book = Book::open(&folder.path().join("book.db"), reception, now).unwrap();
        let other = Host { id: "H002".to_owned(), email: "zhou@example.com".to_owned(), ..host() };
        book.put_hosts(&[host(), other], now).unwrap();
        Self { book, now, _folder: folder }
    }

    fn later(&mut self, seconds: u64) {
        self.now = self.now.after(Duration::from_secs(seconds));
    }

    /// A visitor who is in, and whose host has been written to.
    fn arrive(&mut self) -> Visit {
        self.book.arrive(visitor(self.now), self.now).unwrap()
    }

    fn ran(&mut self, errand: &Errand, outcome: Outcome) {
        self.book.ran(errand.id, outcome, self.now).unwrap();
    }

    /// What is due now; mails go, badges stay with the printer.
    fn badge(&mut self) -> Option<Errand> {
        let mut badge = None;
        for errand in self.book.due(self.now).unwrap() {
            match &errand.work {
                Work::Badge(_) => badge = Some(errand),
                Work::Letter(letter) => {
                    assert_eq!(letter.about, About::Arrival, "nobody is told of a badge that nobody misses");
                    self.ran(&errand, CONFIRMED);
                }
                Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => panic!("{errand:?}"),
            }
        }
        badge
    }

    /// The tokens of all badges that come out within the next minutes.
    fn printed(&mut self) -> Vec<String> {
        let mut tokens = Vec::new();
        for _ in 0..60 {
            self.later(5);
            let Some(errand) = self.badge() else { continue };
            let Work::Badge(badge) = &errand.work else { panic!("no badge") };
            tokens.push(badge.token.as_str().to_owned());
            self.ran(&errand, CONFIRMED);
        }
        tokens
    }

    /// The letters that are due now, each with this outcome.
    fn letters(&mut self, outcome: Outcome) -> Vec<Letter> {
        let mut letters = Vec::new();
        for errand in self.book.due(self.now).unwrap() {
            if let Work::Letter(letter) = &errand.work {
                letters.push(letter.clone());
                self.ran(&errand, outcome);
            } else {
                self.ran(&errand, CONFIRMED);
            }
        }
        letters
    }

    fn to(&mut self, outcome: Outcome) -> Vec<String> {
        self.letters(outcome).into_iter().map(|letter| letter.to).collect()
    }

    fn invite(&mut self, email: &str) -> Invitation {
        let new = NewInvitation {
            visitors: vec![Invitee {
                name: PersonName::parse("孙伟").unwrap(),
                company: None,
                phone: None,
                email: Some(email.to_owned()),
                lang: None,
            }],
            host_id: "H001".to_owned(),
            from: self.now.wall,
            until: self.now.after(Duration::from_secs(9 * 24 * 3600)).wall,
            days: 0,
            party: 0,
            visit_type: None,
        };
        self.book.invite(new, "王芳", self.now).unwrap().remove(0)
    }

    fn troubled(&self) -> Vec<frontdesk::errand::ErrandId> {
        self.book.troubles().unwrap().iter().map(|trouble| trouble.errand).collect()
    }

    /// Reception says that they see another host.
    fn send_to(&mut self, visit: &Visit, host: &str) -> Visit {
        let right = Correction { host_id: host.to_owned(), ..Correction::of(visit) };
        self.book.correct(visit.id, right, "王芳", self.now).unwrap().unwrap()
    }
}

#[test]
fn a_reprint_leaves_no_void_badge_in_the_queue() {
    // Whether it waits for its next try, or is with the printer just then.
    for is_with_printer in [false, true] {
        let mut house = House::open();
        let visit = house.arrive();
        let first = house.badge().unwrap();
        if !is_with_printer {
            house.ran(&first, NO_PAPER);
        }
        let again = house.book.reprint(visit.id, "没有出来", "王芳", house.now).unwrap().unwrap();
        if is_with_printer {
            assert_eq!(house.book.errand(first.id).unwrap(), Some(State::Sending), "it may come out yet");
            house.ran(&first, NO_PAPER);
        }
        assert_eq!(house.book.errand(first.id).unwrap(), Some(State::Failed(Trouble::PaperOut)));
        assert_eq!(house.printed(), [again.badge_token.as_str()], "{is_with_printer}");
        assert!(house.troubled().is_empty());
    }
}

#[test]
fn a_pass_is_lent_in_place_of_the_badge_that_waits() {
    let mut house = House::open();
    let visit = house.arrive();
    let first = house.badge().unwrap();
    house.ran(&first, NO_PAPER);
    assert!(house.book.lend_pass(visit.id, "3", "王芳", house.now).unwrap());
    assert!(house.printed().is_empty());
    assert!(house.troubled().is_empty());
    // With the pass in their hand they may still be given a badge.
    let again = house.book.reprint(visit.id, "纸已换", "王芳", house.now).unwrap().unwrap();
    assert_eq!(house.printed(), [again.badge_token.as_str()]);
    // What the printer has comes out.
    let other = house.arrive();
    let badge = house.badge().unwrap();
    assert!(house.book.lend_pass(other.id, "4", "王芳", house.now).unwrap());
    assert_eq!(house.book.errand(badge.id).unwrap(), Some(State::Sending));
    house.ran(&badge, CONFIRMED);
    assert_eq!(house.book.errand(badge.id).unwrap(), Some(State::Done(Seen::Confirmed)));
}

#[test]
fn an_invitation_that_is_corrected_leaves_no_old_mail_behind() {
    let mut house = House::open();
    let invitation = house.invite("sun@exmaple.com");
    assert_eq!(house.to(REFUSED), ["sun@exmaple.com"]);
    let refused = house.troubled();
    assert_eq!(refused.len(), 1);
    let right = Invitation { email: Some("sun@example.com".to_owned()), ..invitation.clone() };
    assert!(house.book.change_invitation(right.clone(), "王芳", house.now).unwrap().is_some());
    assert!(house.troubled().is_empty(), "the new mail takes its place");
    assert_eq!(house.to(REFUSED), ["sun@example.com"]);
    // It is written once more as the book has it now, whoever wrote it there.
    let right = Invitation { email: Some("sun.wei@example.com".to_owned()), ..right };
    house.book.put_invitations(&[right], house.now).unwrap();
    let refused = house.troubled();
    assert_eq!(refused.len(), 1);
    assert!(house.book.settle(refused[0], true, "王芳", house.now).unwrap());
    assert!(house.troubled().is_empty());
    assert_eq!(house.to(CONFIRMED), ["sun.wei@example.com"]);
    assert!(house.troubled().is_empty());
}

#[test]
fn a_mail_that_was_just_being_sent_is_not_sent_again_when_it_was_corrected_since() {
    let mut house = House::open();
    let invitation = house.invite("sun@example.com");
    let sending = house.book.due(house.now).unwrap().remove(0);
    let later = Invitation { until: invitation.until + 3_600_000, ..invitation };
    house.book.change_invitation(later.clone(), "王芳", house.now).unwrap();
    house.ran(&sending, Outcome::NotYet(Trouble::MailUnreachable));
    house.later(3600);
    let letters = house.letters(CONFIRMED);
    let until: Vec<i64> =
        letters.iter().map(|letter| letter.ticket.as_ref().unwrap().until.timestamp_millis()).collect();
    assert_eq!(until, [later.until]);
    assert!(house.troubled().is_empty());
}

#[test]
fn a_host_who_is_corrected_takes_the_place_of_the_mail_that_failed() {
    let mut house = House::open();
    let visit = house.arrive();
    assert_eq!(house.to(REFUSED), ["li@example.com"]);
    assert_eq!(house.troubled().len(), 1);
    let visit = house.send_to(&visit, "H002");
    assert!(house.troubled().is_empty());
    assert_eq!(house.to(REFUSED), ["zhou@example.com"]);
    // Their address was wrong, and is corrected in the list of hosts.
    let right = Host { id: "H002".to_owned(), email: "zhou.min@example.com".to_owned(), ..host() };
    house.book.put_hosts(&[right], house.now).unwrap();
    let refused = house.troubled();
    assert_eq!(refused.len(), 1);
    assert!(house.book.settle(refused[0], true, "王芳", house.now).unwrap());
    assert_eq!(house.to(CONFIRMED), ["zhou.min@example.com"]);
    assert!(house.troubled().is_empty());
    assert!(!house.book.settle(refused[0], true, "王芳", house.now).unwrap(), "it went");
    assert!(house.to(CONFIRMED).is_empty());
    assert!(!house.book.mail_again(visit.id, "王芳", house.now).unwrap());
}

#[test]
fn a_question_to_another_host_is_asked_once_and_waits_for_its_answer() {
    let mut house = House::open();
    let mut new = visitor(house.now);
    new.admits = Admits::Host;
    let visit = house.book.arrive(new, house.now).unwrap();
    assert_eq!(house.to(Outcome::NotYet(Trouble::MailUnreachable)), ["li@example.com"]);
    house.send_to(&visit, "H002");
    assert_eq!(house.to(CONFIRMED), ["zhou@example.com"]);
    house.later(60);
    assert!(house.to(CONFIRMED).is_empty(), "nobody else is asked yet");
    let waits = house.book.visit(visit.id).unwrap().unwrap();
    assert_eq!(waits.admission, Admission::Waiting(Asked::Host));
}
