//! Every deed with every kind of card: what it is called is what happens, and nothing else. What no card offers changes
//! nothing, whatever a tap says.

use super::*;
use crate::book::{Entry, Invitee, NewInvitation, NewWatched};
use crate::errand::{ErrandId, Kind};
use crate::visit::{Feedback, Remark, VisitId};
use std::collections::{BTreeMap, BTreeSet};

const ALL: [Deed; 44] = [
    Deed::Admit,
    Deed::Decline,
    Deed::CheckIn,
    Deed::WalkIn,
    Deed::SignOut,
    Deed::SignOutAll,
    Deed::StillHere,
    Deed::HasLeft,
    Deed::Correct,
    Deed::Reprint,
    Deed::CameOut,
    Deed::NotOut,
    Deed::LendPass,
    Deed::TakePass,
    Deed::Note,
    Deed::Extend,
    Deed::MailAgain,
    Deed::Settle,
    Deed::CloseCase,
    Deed::Collect,
    Deed::Invite,
    Deed::ChangeInvitation,
    Deed::CancelInvitation,
    Deed::Watch,
    Deed::Unwatch,
    Deed::CallRoll,
    Deed::CallDrill,
    Deed::Safe,
    Deed::Missing,
    Deed::Unmark,
    Deed::PrintAgain,
    Deed::PrintRoll,
    Deed::EndRoll,
    Deed::Count,
    Deed::Tick,
    Deed::Untick,
    Deed::EmergencyOn,
    Deed::EmergencyOff,
    Deed::Earlier,
    Deed::Later,
    Deed::More,
    Deed::PrintNumbers,
    Deed::Export,
    Deed::Erase,
];

/// What is written of a deed, and about which kind of card it is; the part itself is "".
fn named(deed: Deed) -> (&'static [&'static str], &'static [&'static str]) {
    match deed {
        Deed::Admit => (&["admitted"], &["visit"]),
        Deed::Decline => (&["declined"], &["visit"]),
        Deed::SignOut => (&["left", "signed_out"], &["visit"]),
        Deed::StillHere => (&["sign_out_taken_back"], &["visit"]),
        Deed::HasLeft => (&["sign_out_confirmed"], &["visit"]),
        // Another host is asked.
        Deed::Correct => (&["asked", "corrected"], &["visit"]),
        Deed::Note | Deed::Extend => (&["corrected"], &["visit"]),
        Deed::Reprint => (&["reprinted"], &["visit"]),
        Deed::CameOut => (&["badge_seen"], &["visit"]),
        Deed::NotOut => (&["badge_again", "badge_seen"], &["visit"]),
        Deed::LendPass | Deed::TakePass => (&["pass"], &["visit"]),
        Deed::Erase => (&["forgotten", "wiped"], &["visit"]),
        Deed::MailAgain => (&["invited", "settled"], &["visit", "errand", "invitation"]),
        Deed::Settle => (&["settled"], &["errand"]),
        Deed::ChangeInvitation | Deed::CancelInvitation => (&["invited"], &["invitation"]),
        Deed::CloseCase => (&["case_closed"], &["case"]),
        Deed::Collect => (&["parcels_collected"], &["parcels"]),
        Deed::Unwatch => (&["watched", "wiped"], &["watched"]),
        Deed::Safe | Deed::Missing | Deed::Unmark => (&["roll_marked"], &["called"]),
        Deed::PrintAgain => (&["settled"], &["roll-page"]),
        Deed::Count => (&["stocked"], &["supply"]),
        Deed::Tick | Deed::Untick => (&["checked"], &["check"]),
        Deed::EmergencyOn | Deed::EmergencyOff => (&["emergency"], &["machine"]),
        // Whoever was said to have left has.
        Deed::SignOutAll => (&["left", "signed_out", "sign_out_confirmed"], &[""]),
        Deed::Invite => (&["invited"], &[""]),
        // Who is here is looked at.
        Deed::Watch => (&["sighted", "watched"], &[""]),
        Deed::CallRoll => (&["roll_called", "roll_ended"], &[""]),
        Deed::CallDrill => (&["roll_called", "roll_ended"], &[""]),
        Deed::EndRoll => (&["roll_ended"], &[""]),
        Deed::PrintRoll => (&["roll_issued"], &[""]),
        // The journal tells of a file when it is there.
        Deed::Export => (&[], &[""]),
        // Another page; of numbers there are none on the board.
        Deed::CheckIn | Deed::WalkIn | Deed::Earlier | Deed::Later | Deed::More | Deed::PrintNumbers => {
            (&[], &[])
        }
    }
}

impl Reception {
    /// A house with something of every kind that cards are about; the pages are open.
    fn lived_in() -> (Self, Vec<CardId>) {
        let mut reception = Self::manager();
        let mut visits = Vec::new();
        for n in 20..26 {
            // The one who will have left may be erased.
            let name = if n == 24 { "周敏" } else { "孙伟" };
            let invited =
                Invitation { email: Some("sun@example.com".to_owned()), ..invitation(n, name, 8..18) };
            reception.book.put_invitations(&[invited], reception.now).unwrap();
            reception
                .scan(n)
                .tell(Event::LookUp(LookUp::Confirm))
                .tell(Event::Registration(Registration::Agree(vec![])))
                .tell(Event::Session(Session::Done));
            // Of the first nobody saw whether the badge came out, the mail about the second did not go.
            for errand in reception.due() {
                let outcome = match (n, errand.work.kind()) {
                    (20, Kind::Paper) => Outcome::Unknown(Trouble::Mute),
                    (21, Kind::Letter) => Outcome::Failed(Trouble::MailRefused),
                    _ => Outcome::Done(Seen::Confirmed),
                };
                reception.ran(&errand, outcome);
            }
            let open = reception.book.open_visits().unwrap();
            visits.push(open.iter().max_by_key(|visit| visit.id).unwrap().id);
            reception.wait(MINUTE);
        }
        let now = reception.now;
        assert!(reception.book.lend_pass(visits[2], "3", "王芳", now).unwrap());
        reception.book.leave_by_number(visits[3], now).unwrap();
        reception.book.leave(visits[4], now).unwrap();
        reception.walks_in("陈立");
        let waits = reception.book.waiting().unwrap().remove(0).id;
        let invitee = Invitee {
            name: PersonName::parse("赵倩").unwrap(),
            company: None,
            phone: None,
            email: Some("zhao@example.com".to_owned()),
            lang: None,
        };
        let new = NewInvitation {
            visitors: vec![invitee],
            host_id: "h1".to_owned(),
            from: now.after(MINUTE * 60).wall,
            until: now.after(MINUTE * 120).wall,
            days: 0,
            party: 0,
            visit_type: None,
        };
        let invited = reception.book.invite(new, "王芳", now).unwrap().remove(0).id;
        let complaint = Feedback {
            rating: Some(1),
            words: Remark::maybe("太吵"),
            complaint: true,
            visit: None,
            department: "品质部".to_owned(),
        };
        reception.book.say(None, &complaint, now).unwrap();
        reception
            .tell(Event::Session(Session::Home))
            .tell(Event::Delivery(Parcels::Begin))
            .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
        reception.tell(Event::Delivery(Parcels::Done {
            carrier: "顺丰".to_owned(),
            parcels: 1,
            to_sign: false,
        }));
        let entry = NewWatched { name: "慕容复".to_owned(), ..NewWatched::default() };
        let watched = reception.book.watch(entry, "王芳", now).unwrap().unwrap();
        let roll = reception.book.call_roll(true, &[], "王芳", now).unwrap();
        loop {
            let due = reception.due();
            if due.is_empty() {
                break;
            }
            for errand in &due {
                reception.ran(errand, Outcome::Done(Seen::Confirmed));
            }
        }
        let failed = reception.book.troubles().unwrap();
        let failed = failed.iter().find(|errand| errand.kind == Kind::Letter).unwrap().errand;
        reception.tell(Event::Session(Session::Home)).unlock();
        let mut cards: Vec<CardId> = visits.into_iter().chain([waits]).map(CardId::Visit).collect();
        cards.extend([
            CardId::Invitation(invited),
            CardId::Errand(failed),
            CardId::Case(reception.book.cases().unwrap()[0].number),
            CardId::Word(now.millis()),
            CardId::Parcels(reception.book.parcels().unwrap()[0].number),
            CardId::Supply(reception.config.supplies[0].id.clone()),
            CardId::Check(reception.config.daily_checks[0].id.clone()),
            CardId::Missed(reception.config.daily_checks[0].id.clone()),
            CardId::Called(roll.people[0].visit),
            CardId::RollPage(1),
            CardId::Roll(roll.id.0),
            CardId::Watched(watched.id),
            CardId::Machine("emergency".to_owned()),
        ]);
        (reception, cards)
    }

    fn tells(&self) -> Vec<&'static str> {
        self.book.entries().unwrap().iter().map(Entry::kind).collect()
    }

    /// Fills the open form in so that it can be sent, and sends it.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the other fields are good as they are")]
    fn fill_in(&mut self) {
        let Some(form) = self.counter().form else { return };
        let mut values = self.form_values();
        for (field, value) in form.fields.iter().zip(&mut values) {
            let filled = match field.label {
                Label::Name | Label::Names => "陈立",
                Label::Company => "云栖",
                Label::Host => "刘欣怡",
                Label::Pass => "5",
                Label::Stock => "7",
                Label::Note | Label::Reason | Label::Word | Label::Done => "改了",
                _ => continue,
            };
            *value = filled.to_owned();
        }
        self.staff(Tap::Send(values));
        self.staff(Tap::Close);
    }
}

#[test]
fn every_deed_does_what_it_is_called_and_nothing_else() {
    let (mut reception, mut cards) = Reception::lived_in();
    let mut done: BTreeMap<Deed, BTreeSet<String>> = BTreeMap::new();
    let mut others = Vec::new();
    let nobody = uuid::Uuid::from_u128(7);
    let gone = [
        CardId::Visit(VisitId(nobody)),
        CardId::Invitation("I999".to_owned()),
        CardId::Errand(ErrandId(nobody)),
        CardId::Case(999),
        CardId::Parcels(999),
        CardId::Supply("gone".to_owned()),
        CardId::Called(VisitId(nobody)),
        CardId::RollPage(999),
        CardId::Watched(nobody),
    ];
    for deed in ALL {
        let (entries, kinds) = named(deed);
        for at in 0..=cards.len() + gone.len() {
            let card = cards.iter().chain(&gone).nth(at).cloned();
            let (before, edition) = (reception.tells(), reception.book.edition().unwrap());
            reception.staff(Tap::Do(deed, card.clone()));
            let stays = matches!(reception.page(), PageView::Counter(_));
            if stays {
                reception.fill_in();
            }
            let kind = card.as_ref().map(|card| card.to_string().split(':').next().unwrap().to_owned());
            let kind = kind.unwrap_or_default();
            // What goes out of the house with it has lines of its own.
            let told = reception.tells();
            let count = |all: &[&str], kind: &str| all.iter().filter(|one| **one == kind).count();
            let mut new: BTreeSet<&str> = told.iter().copied().collect();
            new.retain(|kind| !matches!(*kind, "errand_queued" | "errand_is"));
            new.retain(|kind| count(&told, kind) > count(&before, kind));
            let changed = reception.book.edition().unwrap() != edition;
            let is_gone = card.is_some() && at >= cards.len();
            let is_its = kinds.contains(&kind.as_str()) && new.iter().all(|entry| entries.contains(entry));
            if changed && (is_gone || !is_its) {
                others.push(format!("{deed:?} for {card:?} wrote {new:?}"));
            }
            if changed {
                done.entry(deed).or_default().insert(kind);
            }
            if changed || !stays {
                (reception, cards) = Reception::lived_in();
            }
        }
    }
    assert_eq!(others, Vec::<String>::new());
    // Each can be done about each kind of card that it is for.
    for deed in ALL {
        let kinds: BTreeSet<String> = named(deed).1.iter().map(|kind| (*kind).to_owned()).collect();
        let possible = done.remove(&deed).unwrap_or_default();
        // Nothing is ticked yet, no emergency is on, and a drill is called already.
        let not_yet = [Deed::Untick, Deed::Unmark, Deed::EmergencyOff, Deed::CallDrill];
        if !not_yet.contains(&deed) {
            assert_eq!(possible, kinds, "{deed:?}");
        }
    }
}
