//! Where actions are offered: each of them somewhere, in an order that does not change; and what each asks before.

use super::super::reception::actions::{offered, registered};
use super::super::reception::perform::{Request, Step};
use super::super::reception::place::{Part, Place};
use super::*;
use crate::book::Called;
use crate::visit::Standing;

/// What is at the desk in a house where everything has happened.
struct Sample {
    waits: Visit,
    inside: Visit,
    with_pass: Visit,
    left: Visit,
    doubted: Visit,
    plain: Invitation,
    weekly: Invitation,
    called: [Called; 4],
}

impl Sample {
    fn new() -> Self {
        let mut reception = Reception::staffed();
        reception.check_in();
        reception.tell(Event::Session(Session::Done)).walks_in("陈立");
        let waits = reception.book.waiting().unwrap().remove(0);
        let inside = reception.book.open_visits().unwrap().into_iter().find(|visit| !visit.waits()).unwrap();
        let with_pass = Visit { pass: Some("3".to_owned()), ..inside.clone() };
        let left = Visit { left: Some(reception.now.wall), ..inside.clone() };
        let doubted = Visit { doubted: true, pass: Some("3".to_owned()), ..left.clone() };
        let plain =
            Invitation { email: Some("w@example.com".to_owned()), ..invitation(1, "欧阳修明", 8..18) };
        let weekly = Invitation { days: 31, ..invitation(1, "欧阳修明", 8..18) };
        let roll = reception.book.call_roll(false, &[], "王芳", reception.now).unwrap();
        let unknown = roll.people[0].clone();
        let missing = Called { safe: Some(false), ..unknown.clone() };
        let safe = Called { safe: Some(true), marked: Some(reception.now.wall), ..unknown.clone() };
        let gone = Called { left: Some(reception.now.wall), ..unknown.clone() };
        Self {
            waits,
            inside,
            with_pass,
            left,
            doubted,
            plain,
            weekly,
            called: [unknown, missing, safe, gone],
        }
    }

    /// Every kind of place, and what is offered there.
    fn places(&self) -> Vec<(Place<'_>, Vec<Action>)> {
        use Action::*;
        let (unknown, failed) = (State::Unknown(Trouble::Mute), State::Failed(Trouble::MailRefused));
        let done = State::Done(Seen::Confirmed);
        let open = |visit, badge, unsent| Place::OpenVisit { visit, badge, unsent };
        let invited = |invitation, standing, open| Place::Invitation { invitation, standing, open };
        let part = |section, roll, full| Place::Part(Part { section, roll, exports: true, full });
        let used = Standing::Used(self.left.id);
        let [not_known, missing, safe, gone] = &self.called;
        vec![
            (Place::Visit(&self.waits), vec![Admit, Decline]),
            (Place::Visit(&self.inside), vec![]),
            (Place::Visit(&self.left), vec![]),
            (open(&self.waits, None, false), vec![Admit, Decline, Correct, Note, SignOut]),
            (open(&self.waits, None, true), vec![Admit, Decline, Correct, Note, SignOut, MailAgain]),
            (
                open(&self.inside, Some(unknown), true),
                vec![CameOut, NotOut, SignOut, Correct, Reprint, LendPass, Extend, Note, MailAgain],
            ),
            (
                open(&self.with_pass, Some(done), false),
                vec![SignOut, Correct, Reprint, TakePass, Extend, Note],
            ),
            (open(&self.left, Some(unknown), false), vec![Erase]),
            (open(&self.doubted, None, true), vec![StillHere, HasLeft, TakePass, MailAgain, Erase]),
            (Place::Overstayed, vec![SignOut, Extend]),
            (Place::Doubted, vec![StillHere, HasLeft]),
            (Place::PassOut, vec![TakePass]),
            (Place::BadgeTrouble(unknown), vec![CameOut, NotOut]),
            (Place::BadgeTrouble(failed), vec![Reprint, LendPass]),
            (Place::LetterTrouble, vec![MailAgain, Settle]),
            (
                invited(&self.plain, Standing::Good, true),
                vec![CheckIn, ChangeInvitation, CancelInvitation, MailAgain],
            ),
            (invited(&self.plain, Standing::Good, false), vec![ChangeInvitation, CancelInvitation]),
            (invited(&self.weekly, Standing::NotYet(0), true), vec![ChangeInvitation, CancelInvitation]),
            (invited(&self.weekly, used, true), vec![ChangeInvitation, CancelInvitation]),
            (invited(&self.weekly, used, false), vec![]),
            (invited(&self.plain, used, true), vec![]),
            (invited(&self.plain, Standing::Cancelled, true), vec![]),
            (invited(&self.plain, Standing::Expired, true), vec![]),
            (Place::Case, vec![CloseCase]),
            (Place::Parcels, vec![Collect]),
            (Place::Supply, vec![Count]),
            (Place::Check { ticked: false }, vec![Tick]),
            (Place::Check { ticked: true }, vec![Untick]),
            (Place::Called(not_known), vec![Safe, Missing]),
            (Place::Called(missing), vec![Safe, Unmark]),
            (Place::Called(safe), vec![Unmark]),
            (Place::Called(gone), vec![]),
            (Place::RollPage(failed), vec![PrintAgain]),
            (Place::RollPage(unknown), vec![PrintAgain]),
            (Place::RollPage(done), vec![PrintAgain]),
            (Place::RollPage(State::Sending), vec![]),
            (Place::Watched, vec![Unwatch]),
            (Place::Emergency { on: false }, vec![EmergencyOn]),
            (Place::Emergency { on: true }, vec![EmergencyOff]),
            (part(Section::Board, true, false), vec![WalkIn, SignOutAll, CallRoll]),
            (part(Section::Invitations, false, false), vec![Invite]),
            (part(Section::Words, true, true), vec![]),
            (part(Section::Room, true, true), vec![]),
            (part(Section::History, false, false), vec![Export]),
            (part(Section::History, false, true), vec![More, Export]),
            (part(Section::Roll, false, false), vec![CallRoll, CallDrill]),
            (part(Section::Roll, true, false), vec![EndRoll, PrintRoll, CallRoll]),
            (part(Section::Watch, false, false), vec![Watch]),
            (part(Section::Numbers, false, false), vec![Earlier, Later, PrintNumbers, Export]),
            (part(Section::Machine, true, true), vec![]),
        ]
    }
}

#[test]
fn every_place_offers_its_actions_in_their_order() {
    for (place, actions) in Sample::new().places() {
        assert_eq!(offered(&place), actions, "{place:?}");
    }
}

#[test]
fn every_action_is_offered_somewhere() {
    let sample = Sample::new();
    let found: Vec<Action> = sample.places().iter().flat_map(|(place, _)| offered(place)).collect();
    let nowhere: Vec<Action> = Action::ALL.into_iter().filter(|action| !found.contains(action)).collect();
    assert_eq!(nowhere, []);
}

#[test]
fn every_action_asks_before_or_acts_at_once() {
    let (mut reception, cards) = Reception::lived_in();
    for action in Action::ALL {
        let request =
            Request {
                desk: &mut reception.desk, by: "王芳", now: reception.now, book: &mut reception.book
            };
        let mut taken = 0;
        for card in cards.iter().map(Some).chain([None]) {
            match registered(action).step(card, &request).unwrap() {
                Step::AtOnce => taken += 1,
                Step::Ask(asks) => {
                    taken += 1;
                    // Answers are read by their labels.
                    for (at, field) in asks.fields.iter().enumerate() {
                        let again = asks.fields[..at].iter().any(|other| other.label == field.label);
                        assert!(!again, "{action:?} asks {:?} twice", field.label);
                    }
                }
                Step::Nowhere => {}
            }
        }
        assert!(taken > 0, "{action:?} is about nothing");
        assert!(taken < cards.len(), "{action:?} is about everything");
    }
}

#[test]
fn who_is_no_manager_is_refused_what_is_for_managers() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    let for_managers = Action::ALL.into_iter().filter(|action| registered(*action).is_for_managers());
    let for_managers: Vec<Action> = for_managers.collect();
    assert_eq!(for_managers, [Action::Erase, Action::Export]);
    for (action, card) in for_managers.into_iter().zip([Some(card.id), None]) {
        reception.staff(Tap::Do(action, card));
        assert_eq!((reception.pages().form, reception.pages().said), (None, Some(Said::TooLate)));
    }
}
