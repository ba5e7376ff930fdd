//! Invitations made at reception: for one or many, for a period, for days of the week, changed and withdrawn.

use crate::support::{host, morning, visitor};
use chrono::{Offset, TimeZone};
use frontdesk::book::{Before, Book, BookError, Entry, Invitee, NewInvitation, NewVisit, Verified};
use frontdesk::config::Config;
use frontdesk::errand::{About, ErrandId, Letter, Outcome, Seen, State, Work};
use frontdesk::now::{Now, Wall, Zone};
use frontdesk::visit::{Invitation, PersonName, Phone, Standing, VisitId};
use frontdesk::words::Lang;
use std::collections::HashSet;
use std::time::Duration;
use tempfile::TempDir;

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;
/// Monday and Wednesday; the stories begin on a Monday.
const MONDAY_AND_WEDNESDAY: u8 = 0b101;

struct House {
    book: Book,
    now: Now,
    _folder: TempDir,
}

fn at(text: &str) -> Now {
    Now { wall: format!("2026-{text}:00+08:00").parse::<Wall>().unwrap(), ..morning() }
}

fn invitee(name: &str, email: Option<&str>) -> Invitee {
    Invitee {
        name: PersonName::parse(name).unwrap(),
        company: None,
        phone: Phone::maybe("13800138000").unwrap(),
        email: email.map(str::to_owned),
        lang: None,
    }
}

fn for_days(visitors: Vec<Invitee>, days: u8) -> NewInvitation {
    NewInvitation {
        visitors,
        host_id: "H001".to_owned(),
        from: at("11-23T09:00").wall,
        until: at("12-02T18:00").wall,
        days,
        party: 0,
        visit_type: None,
    }
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut reception = Config::built_in().reception;
        reception.place = "一楼前台".into();
        let now = morning();
        let mut book = Book::open(&folder.path().join("book.db"), reception, now).unwrap();
        book.put_hosts(&[host()], now).unwrap();
        Self { book, now, _folder: folder }
    }

    fn invite(&mut self, new: NewInvitation) -> Vec<Invitation> {
        self.book.invite(new, "王芳", self.now).unwrap()
    }

    fn weekly(&mut self) -> Invitation {
        self.invite(for_days(vec![invitee("欧阳修明", Some("ouyang@example.com"))], MONDAY_AND_WEDNESDAY))
            .remove(0)
    }

    fn standing(&self, id: &str, now: Now) -> Standing {
        self.book.standing(&self.book.invitation(id).unwrap().unwrap(), now).unwrap()
    }

    fn arrive(&mut self, id: &str, joins: Option<VisitId>, now: Now) -> Result<VisitId, BookError> {
        let new = NewVisit { invitation: Some(id.to_owned()), joins, ..visitor(now) };
        self.book.arrive(new, now).map(|visit| visit.id)
    }

    /// The letters to invited people that go out now.
    fn letters(&mut self, outcome: Outcome) -> Vec<(ErrandId, Letter)> {
        let mut letters = Vec::new();
        for errand in self.book.due(self.now).unwrap() {
            match errand.work {
                Work::Letter(letter) if matches!(letter.about, About::Invited { .. }) => {
                    self.book.ran(errand.id, outcome, self.now).unwrap();
                    letters.push((errand.id, letter));
                }
                Work::Letter(_)
                | Work::Badge(_)
                | Work::Roll(_)
                | Work::Numbers(_)
                | Work::Backup(_)
                | Work::Export(_) => {}
            }
        }
        letters
    }

    fn sent(&mut self) -> Vec<Letter> {
        self.letters(Outcome::Done(Seen::Confirmed)).into_iter().map(|(_, letter)| letter).collect()
    }

    fn expected(&self, day: Now) -> Vec<String> {
        self.book
            .expected(day)
            .unwrap()
            .into_iter()
            .map(|invitation| invitation.visitor.to_string())
            .collect()
    }
}

#[test]
fn each_of_many_gets_an_invitation_and_whoever_has_an_address_a_mail() {
    let mut house = House::open();
    let english = Invitee { lang: Some(Lang::EN), ..invitee("John Carter", Some("john@example.com")) };
    let made = house.invite(NewInvitation {
        party: 2,
        ..for_days(vec![invitee("欧阳修明", Some("ouyang@example.com")), english, invitee("孙伟", None)], 0)
    });
    assert_eq!(made.len(), 3);
    let secrets: HashSet<_> = made
        .iter()
        .flat_map(|one| [one.token.as_str().to_owned(), one.code.as_str().to_owned(), one.id.clone()])
        .collect();
    assert_eq!(secrets.len(), 9, "none has another's");
    for one in &made {
        assert_eq!(house.book.invitation(&one.id).unwrap().as_ref(), Some(one));
        assert_eq!((one.party, house.standing(&one.id, house.now)), (2, Standing::Good));
    }
    let letters = house.sent();
    let to: Vec<_> = letters.iter().map(|letter| (letter.to.as_str(), letter.lang, letter.about)).collect();
    let invited = About::Invited { cancelled: false };
    assert_eq!(to, [("ouyang@example.com", Lang::ZH, invited), ("john@example.com", Lang::EN, invited)]);
    let ticket = letters[0].ticket.as_ref().unwrap();
    assert_eq!(
        (&ticket.token, ticket.code.as_str(), ticket.sequence),
        (&made[0].token, made[0].code.as_str(), 0)
    );
    assert_eq!((ticket.from, ticket.place.as_str()), (at("11-23T09:00").wall, "三楼 302"));
    let said = house.book.entries().unwrap();
    assert_eq!(
        said.iter().filter(|entry| matches!(entry, Entry::Invited { by, .. } if by == "王芳")).count(),
        3
    );
    let stranger =
        NewInvitation { host_id: "nobody".to_owned(), ..for_days(vec![invitee("孙伟", None)], 0) };
    assert!(matches!(house.book.invite(stranger, "", house.now), Err(BookError::UnknownHost { .. })));
}

/// A list brings hundreds of mails at once; who is at reception is told before all of them have gone.
#[test]
fn many_invitations_keep_no_host_waiting() {
    let mut house = House::open();
    let people = (0..12).map(|n| invitee(&format!("Visitor {n}"), Some("a@example.com")));
    house.invite(for_days(people.collect(), 0));
    let mut out = house.book.due(house.now).unwrap();
    assert_eq!(out.len(), 5);
    assert_eq!(house.book.due(house.now).unwrap().len(), 0, "no more while these are on their way");
    let wait = house.book.next_due(house.now).unwrap();
    assert!(wait.is_none_or(|wait| wait > Duration::from_secs(1)), "nor is anything due before: {wait:?}");
    house.book.arrive(visitor(house.now), house.now).unwrap();
    let due = house.book.due(house.now).unwrap();
    assert!(
        due.iter().any(|errand| errand.work.as_letter().is_some_and(|letter| letter.about == About::Arrival))
    );
    let mut sent = 0;
    while let Some(errand) = out.pop() {
        house.book.ran(errand.id, Outcome::Done(Seen::Confirmed), house.now).unwrap();
        sent += 1;
        out.extend(house.book.due(house.now).unwrap());
        assert!(out.len() <= 5);
    }
    assert_eq!(sent, 12);
}

#[test]
fn days_of_the_week_are_good_once_each() {
    let mut house = House::open();
    let id = house.weekly().id;
    let good_from = |text: &str| Standing::NotYet(at(text).millis());
    for (now, standing) in [
        ("11-22T10:00", good_from("11-23T09:00")),
        ("11-23T08:59", good_from("11-23T09:00")),
        ("11-23T09:00", Standing::Good),
        ("11-23T18:00", Standing::Good),
        ("11-23T18:01", good_from("11-25T09:00")),
        ("11-24T10:00", good_from("11-25T09:00")),
        ("11-25T10:00", Standing::Good),
        ("11-26T10:00", good_from("11-30T09:00")),
        ("12-02T18:00", Standing::Good),
        ("12-02T18:01", Standing::Expired),
        ("12-07T10:00", Standing::Expired),
    ] {
        assert_eq!(house.standing(&id, at(now)), standing, "{now}");
    }
    let monday = house.arrive(&id, None, at("11-23T09:41")).unwrap();
    assert_eq!(house.standing(&id, at("11-23T17:00")), Standing::Used(monday));
    assert!(matches!(house.arrive(&id, None, at("11-23T17:00")), Err(BookError::NoLongerGood)));
    assert_eq!(house.standing(&id, at("11-24T09:00")), good_from("11-25T09:00"));
    let wednesday = house.arrive(&id, None, at("11-25T10:00")).unwrap();
    assert_eq!(house.standing(&id, at("11-25T11:00")), Standing::Used(wednesday));
    // The clock is set back: Monday stays used.
    assert_eq!(house.standing(&id, at("11-23T12:00")), Standing::Used(monday));
    assert!(matches!(house.arrive(&id, None, at("11-23T12:00")), Err(BookError::NoLongerGood)));
    assert!(matches!(house.arrive(&id, None, at("11-25T12:00")), Err(BookError::NoLongerGood)));
}

#[test]
fn days_of_the_week_keep_their_hours_when_clocks_are_set_back() {
    let mut house = House::open();
    let in_berlin = |text: &str| {
        let wall = format!("2026-{text}").parse::<Wall>().unwrap();
        let rules = |utc| chrono_tz::Europe::Berlin.offset_from_utc_datetime(&utc).fix();
        Now { wall, zone: Zone::Ruled(rules), ..house.now }
    };
    let (from, until) = ("10-12T09:00:00+02:00", "11-20T18:00:00+01:00");
    let new = NewInvitation {
        from: in_berlin(from).wall,
        until: in_berlin(until).wall,
        ..for_days(vec![invitee("孙伟", Some("sun@example.com"))], MONDAY_AND_WEDNESDAY)
    };
    let now = in_berlin("10-10T12:00:00+02:00");
    let id = house.book.invite(new, "王芳", now).unwrap().remove(0).id;
    for (hour, standing) in [
        ("10-21T17:59:00+02:00", Standing::Good),
        ("10-25T12:00:00+01:00", Standing::NotYet(in_berlin("10-26T09:00:00+01:00").millis())),
        ("10-26T08:59:00+01:00", Standing::NotYet(in_berlin("10-26T09:00:00+01:00").millis())),
        ("10-26T09:00:00+01:00", Standing::Good),
        ("10-26T17:59:00+01:00", Standing::Good),
        ("10-26T18:01:00+01:00", Standing::NotYet(in_berlin("10-28T09:00:00+01:00").millis())),
    ] {
        assert_eq!(house.standing(&id, in_berlin(hour)), standing, "{hour}");
    }
    let due = house.book.due(now).unwrap();
    let ticket = due.iter().find_map(|errand| errand.work.as_letter()?.ticket.as_ref()).expect("a letter");
    let first_of_each: Vec<_> = ticket.pieces.iter().map(|(from, _)| from.to_rfc3339()).collect();
    assert_eq!(first_of_each, ["2026-10-12T09:00:00+02:00", "2026-10-25T09:00:00+01:00"]);
}

#[test]
fn hours_that_end_before_they_begin_mean_the_rest_of_the_day() {
    let mut house = House::open();
    let until = at("12-02T00:00").wall;
    let id = house
        .invite(NewInvitation { until, ..for_days(vec![invitee("孙伟", None)], MONDAY_AND_WEDNESDAY) })
        .remove(0)
        .id;
    assert_eq!(house.standing(&id, at("11-23T23:59")), Standing::Good);
    assert_eq!(house.standing(&id, at("11-24T00:01")), Standing::NotYet(at("11-25T09:00").millis()));
}

#[test]
fn each_day_has_room_for_a_group_of_its_own() {
    let mut house = House::open();
    let new =
        NewInvitation { party: 1, ..for_days(vec![invitee("欧阳修明", None)], MONDAY_AND_WEDNESDAY) };
    let id = house.invite(new).remove(0).id;
    let monday = house.arrive(&id, None, at("11-23T10:00")).unwrap();
    assert_eq!(house.book.room(&id).unwrap(), 1);
    house.arrive(&id, Some(monday), at("11-23T10:10")).unwrap();
    assert_eq!(house.book.room(&id).unwrap(), 0);
    assert!(matches!(house.arrive(&id, Some(monday), at("11-23T10:20")), Err(BookError::NoLongerGood)));
    let wednesday = house.arrive(&id, None, at("11-25T10:00")).unwrap();
    assert_eq!(house.book.room(&id).unwrap(), 1);
    house.arrive(&id, Some(wednesday), at("11-25T10:10")).unwrap();
    assert_eq!(house.book.room(&id).unwrap(), 0);
}

#[test]
fn who_is_expected_is_who_can_come_and_has_not() {
    let mut house = House::open();
    let weekly = house.weekly().id;
    let once = house.invite(for_days(vec![invitee("孙伟", None)], 0)).remove(0).id;
    let off = house.invite(for_days(vec![invitee("赵倩", None)], 0)).remove(0).id;
    house.book.cancel_invitation(&off, "王芳", house.now).unwrap();
    assert_eq!(house.expected(at("11-22T12:00")), Vec::<String>::new());
    assert_eq!(house.expected(at("11-23T00:00")).len(), 2);
    assert_eq!(house.expected(at("11-24T23:59")), ["孙伟"]);
    house.arrive(&weekly, None, at("11-23T10:00")).unwrap();
    assert_eq!(house.expected(at("11-23T20:00")), ["孙伟"]);
    house.arrive(&once, None, at("11-23T10:00")).unwrap();
    assert_eq!(house.expected(at("11-23T20:00")), Vec::<String>::new());
    assert_eq!(house.expected(at("11-25T20:00")), ["欧阳修明"]);
    assert_eq!(house.expected(at("12-02T08:00")), ["欧阳修明"]);
    assert_eq!(house.expected(at("12-07T08:00")), Vec::<String>::new());
}

#[test]
fn what_is_changed_is_written_again_and_keeps_its_code() {
    let mut house = House::open();
    let made = house.weekly();
    // The first mail could not be sent yet: it is out of date now, and never goes out.
    let first = house.letters(Outcome::NotYet(frontdesk::errand::Trouble::MailUnreachable));
    assert_eq!(first.len(), 1);
    let later = Invitation {
        until: at("12-09T18:00").millis(),
        token: frontdesk::visit::Token::from_bytes([1; 16]),
        ..made.clone()
    };
    let changed = house.book.change_invitation(later, "王芳", house.now).unwrap().unwrap();
    assert_eq!((&changed.token, &changed.code), (&made.token, &made.code));
    assert_eq!(
        house.book.change_invitation(changed.clone(), "王芳", house.now).unwrap(),
        Some(changed),
        "nothing new"
    );
    house.now = house.now.after(std::time::Duration::from_secs(HOUR));
    let letters = house.sent();
    assert_eq!(letters.len(), 1, "the newest and no other");
    let ticket = letters[0].ticket.as_ref().unwrap();
    assert_eq!((ticket.sequence, ticket.until), (1, at("12-09T18:00").wall));
    assert_eq!(house.standing(&made.id, at("12-09T10:00")), Standing::Good);
    assert!(house.book.cancel_invitation(&made.id, "王芳", house.now).unwrap());
    assert!(!house.book.cancel_invitation(&made.id, "王芳", house.now).unwrap());
    assert_eq!(house.standing(&made.id, at("11-25T10:00")), Standing::Cancelled);
    let letters = house.sent();
    assert_eq!((letters.len(), letters[0].about), (1, About::Invited { cancelled: true }));
    assert_eq!(letters[0].ticket.as_ref().unwrap().sequence, 2);
    assert_eq!(house.book.change_invitation(made.clone(), "王芳", house.now).unwrap(), None);
    let states: Vec<State> =
        house.book.errands_of_invitation(&made.id).unwrap().iter().map(|errand| errand.state).collect();
    assert!(matches!(states[..], [State::Failed(_), State::Done(_), State::Done(_)]), "{states:?}");
    assert!(matches!(house.book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn an_invitation_out_of_a_file_can_be_changed_and_mailed_too() {
    let mut house = House::open();
    let made = house.weekly();
    house.sent();
    let imported = Invitation {
        id: "I001".to_owned(),
        token: frontdesk::visit::Token::from_bytes([2; 16]),
        code: frontdesk::visit::InviteCode::from_bytes([2; 6]),
        ..made
    };
    for (added, same) in [(1, 0), (0, 1)] {
        let changes = house.book.put_invitations(std::slice::from_ref(&imported), house.now).unwrap();
        assert_eq!((changes.added, changes.changed, changes.same), (added, 0, same));
    }
    assert_eq!(house.sent().len(), 0, "the file's owner writes to them");
    let changed = Invitation { party: 3, ..imported.clone() };
    house.book.change_invitation(changed, "王芳", house.now).unwrap();
    let letters = house.sent();
    assert_eq!(letters[0].ticket.as_ref().unwrap().id, "I001");
    assert_eq!(house.book.errands_of_invitation("I001").unwrap().len(), 1);
}

#[test]
fn an_address_that_an_earlier_version_wrote_otherwise_is_no_news() {
    let mut house = House::open();
    let made = Invitation { email: Some("sun@xn--mnchen-3ya.example".to_owned()), ..house.weekly() };
    let told = house.book.import_invitations(std::slice::from_ref(&made), Some("root"), house.now).unwrap();
    assert_eq!(told.mails, 1);
    house.sent();
    let before = Invitation { email: Some("sun@münchen.example".to_owned()), ..made.clone() };
    house.book.put_invitations(&[before], house.now).unwrap();
    let again = house.book.import_invitations(std::slice::from_ref(&made), Some("root"), house.now).unwrap();
    assert_eq!((again.changed, again.mails), (1, 0));
    let other = Invitation { email: Some("wei@xn--mnchen-3ya.example".to_owned()), ..made };
    assert_eq!(house.book.import_invitations(&[other], Some("root"), house.now).unwrap().mails, 1);
}

#[test]
fn what_is_old_is_erased_with_its_mails() {
    let mut house = House::open();
    let made = house.weekly();
    house.sent();
    house.now = house.now.after(std::time::Duration::from_secs(60 * DAY));
    let before = Before { visits: house.now.wall, lessons: house.now.wall, people: house.now.wall };
    assert_eq!(house.book.forget(&before, house.now).unwrap(), 1);
    let erased = house.book.invitation(&made.id).unwrap().unwrap();
    assert_eq!((erased.email, erased.phone), (None, None));
    assert!(house.book.errands_of_invitation(&made.id).unwrap().is_empty());
    assert!(!house.book.entries().unwrap().iter().any(|entry| matches!(entry, Entry::Invited { .. })));
    assert!(matches!(house.book.verify().unwrap(), Verified::Whole { .. }));
}
