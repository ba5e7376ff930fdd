//! Every action with every kind of card: what it is called is what happens, and nothing else. What no card offers changes
//! nothing, whatever a tap says.

use super::*;
use crate::book::{Entry, Invitee, NewInvitation, NewWatched};
use crate::errand::{ErrandId, Kind};
use crate::visit::{Feedback, Remark, VisitId};
use std::collections::{BTreeMap, BTreeSet};

/// What is written of an action, and about which kind of card it is; the part itself is "".
fn named(action: Action) -> (&'static [&'static str], &'static [&'static str]) {
    match action {
        Action::Admit => (&["admitted"], &["visit"]),
        Action::Decline => (&["declined"], &["visit"]),
        Action::SignOut => (&["left", "signed_out"], &["visit"]),
        Action::StillHere => (&["sign_out_taken_back"], &["visit"]),
        Action::HasLeft => (&["sign_out_confirmed"], &["visit"]),
        // Another host is asked.
        Action::Correct => (&["asked", "corrected"], &["visit"]),
        Action::Note | Action::Extend => (&["corrected"], &["visit"]),
        Action::Reprint => (&["reprinted"], &["visit"]),
        Action::CameOut => (&["badge_seen"], &["visit"]),
        Action::NotOut => (&["badge_again", "badge_seen"], &["visit"]),
        Action::LendPass | Action::TakePass => (&["pass"], &["visit"]),
        Action::Erase => (&["forgotten", "wiped"], &["visit"]),
        Action::MailAgain => (&["invited", "settled"], &["visit", "errand", "invitation"]),
        Action::Settle => (&["settled"], &["errand"]),
        Action::ChangeInvitation | Action::CancelInvitation => (&["invited"], &["invitation"]),
        Action::CloseCase => (&["case_closed"], &["case"]),
        Action::Collect => (&["parcels_collected"], &["parcels"]),
        Action::Unwatch => (&["watched", "wiped"], &["watched"]),
        Action::Safe | Action::Missing | Action::Unmark => (&["roll_marked"], &["called"]),
        Action::PrintAgain => (&["settled"], &["roll-page"]),
        Action::Count => (&["stocked"], &["supply"]),
        Action::Tick | Action::Untick => (&["checked"], &["check"]),
        Action::EmergencyOn | Action::EmergencyOff => (&["emergency"], &["machine"]),
        // Whoever was said to have left has.
        Action::SignOutAll => (&["left", "signed_out", "sign_out_confirmed"], &[""]),
        Action::Invite => (&["invited"], &[""]),
        // Who is here is looked at.
        Action::Watch => (&["sighted", "watched"], &[""]),
        Action::CallRoll => (&["roll_called", "roll_ended"], &[""]),
        Action::CallDrill => (&["roll_called", "roll_ended"], &[""]),
        Action::EndRoll => (&["roll_ended"], &[""]),
        Action::PrintRoll => (&["roll_issued"], &[""]),
        // The journal tells of a file when it is there.
        Action::Export => (&[], &[""]),
        // Another page; of numbers there are none on the board.
        Action::CheckIn
        | Action::WalkIn
        | Action::Earlier
        | Action::Later
        | Action::More
        | Action::PrintNumbers => (&[], &[]),
    }
}

impl Reception {
    /// A house with something of every kind that cards are about; the pages are open.
    pub(super) fn lived_in() -> (Self, Vec<CardId>) {
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
        let Some(form) = self.pages().form else { return };
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
fn every_action_does_only_what_it_is_called() {
    let (mut reception, mut cards) = Reception::lived_in();
    let mut done: BTreeMap<Action, BTreeSet<String>> = BTreeMap::new();
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
    for action in Action::ALL {
        let (entries, kinds) = named(action);
        for at in 0..=cards.len() + gone.len() {
            let card = cards.iter().chain(&gone).nth(at).cloned();
            let (before, edition) = (reception.tells(), reception.book.edition().unwrap());
            reception.staff(Tap::Do(action, card.clone()));
            let stays = matches!(reception.page(), PageView::ReceptionPages(_));
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
                others.push(format!("{action:?} for {card:?} wrote {new:?}"));
            }
            if changed {
                done.entry(action).or_default().insert(kind);
            }
            if changed || !stays {
                (reception, cards) = Reception::lived_in();
            }
        }
    }
    assert_eq!(others, Vec::<String>::new());
    // Each can be done about each kind of card that it is for.
    for action in Action::ALL {
        let kinds: BTreeSet<String> = named(action).1.iter().map(|kind| (*kind).to_owned()).collect();
        let possible = done.remove(&action).unwrap_or_default();
        // Nothing is ticked yet, no emergency is on, and a drill is called already.
        let not_yet = [Action::Untick, Action::Unmark, Action::EmergencyOff, Action::CallDrill];
        if !not_yet.contains(&action) {
            assert_eq!(possible, kinds, "{action:?}");
        }
    }
}
