//! Mails that did not go: what they were about, to whom, and sent again.

use super::*;
use crate::book::Entry;
use crate::errand::{About, Letter};
use crate::visit::Asked;

impl Reception {
    fn has_address(&mut self, id: &str, email: &str) -> &mut Self {
        let known = self.book.host(id).unwrap().unwrap();
        self.book.put_hosts(&[Host { email: email.to_owned(), ..known }], self.now).unwrap();
        self
    }

    fn written_letters(&mut self) -> Vec<(Errand, Letter)> {
        let letter = |errand: Errand| Some((errand.clone(), errand.work.as_letter()?.clone()));
        self.due().into_iter().filter_map(letter).collect()
    }
}

#[test]
fn an_arrival_that_nobody_was_told_of_is_told_again_at_the_right_address() {
    let mut reception = Reception::staffed();
    let (_, letter) = reception.check_in();
    reception
        .ran(&letter, Outcome::Failed(Trouble::MailRefused))
        .tell(Event::Session(Session::Done))
        .unlock();
    let opened = reception.open_card(Heading::Here, "欧阳修明").card;
    assert!(opened.facts.contains(&Fact::Mail("李晓云".to_owned(), Trouble::MailRefused)), "{opened:?}");
    assert!(opened.actions.contains(&Action::MailAgain));
    reception.has_address("h1", "li@example.com").act(Action::MailAgain, &opened);
    reception.is_done(Action::MailAgain);
    let again = reception.written_letters();
    let [(again, written)] = &again[..] else { panic!("{again:?}") };
    assert_eq!((written.about, written.to.as_str()), (About::Arrival, "li@example.com"));
    let opened = reception.opened().card;
    assert!(!opened.actions.contains(&Action::MailAgain), "it is on its way");
    assert!(reception.cards(Heading::Hand).is_empty());
    let told = Entry::Settled { errand: letter.id, again: true, by: "王芳".to_owned() };
    assert!(reception.book.entries().unwrap().contains(&told));
    // It fails too.
    reception.ran(again, Outcome::Failed(Trouble::MailRefused));
    assert!(reception.opened().card.actions.contains(&Action::MailAgain));
    reception.act(Action::SignOut, &opened);
    assert!(!reception.opened().card.actions.contains(&Action::MailAgain), "nobody needs to know any more");
    reception.act(Action::MailAgain, &opened);
    assert_eq!(reception.pages().said, Some(Said::TooLate));
}

#[test]
fn a_question_that_did_not_go_is_asked_again() {
    let mut reception = Reception::staffed();
    reception.walks_in("陈立");
    let (question, _) = reception.written_letters().remove(0);
    reception.ran(&question, Outcome::Failed(Trouble::BadLetter)).unlock();
    let opened = reception.open_card(Heading::Hand, "陈立").card;
    assert!(opened.actions.contains(&Action::MailAgain), "{opened:?}");
    reception.has_address("h1", "li@example.com").act(Action::MailAgain, &opened);
    reception.is_done(Action::MailAgain);
    let again = reception.written_letters();
    let (_, again) = again.iter().find(|(_, letter)| letter.to == "li@example.com").expect("asked again");
    assert_eq!(again.about, About::MayCome(Asked::Host));
}

#[test]
fn an_invitation_is_mailed_again() {
    let mut reception = Reception::staffed();
    let invited =
        Invitation { email: Some("z@example.com".to_owned()), ..invitation(1, "欧阳修明", 8..18) };
    reception.book.put_invitations(&[invited], reception.now).unwrap();
    reception.unlock();
    let opened = reception.open_card(Heading::Expected, "欧阳修明").card;
    assert_eq!(opened.actions.last(), Some(&Action::MailAgain));
    reception.act(Action::MailAgain, &opened);
    reception.is_done(Action::MailAgain);
    let (errand, letter) = reception.written_letters().remove(0);
    assert_eq!((letter.to.as_str(), letter.about), ("z@example.com", About::Invited { cancelled: false }));
    reception.ran(&errand, Outcome::Failed(Trouble::MailRefused));
    let card = reception.cards(Heading::Hand).remove(0);
    let facts = [
        Fact::Letter(About::Invited { cancelled: false }),
        Fact::Mail("欧阳修明".to_owned(), Trouble::MailRefused),
    ];
    assert_eq!((card.title.as_str(), card.facts.as_slice()), ("欧阳修明", facts.as_slice()));
    assert!(
        reception.opened().card.facts.contains(&Fact::Mail("z@example.com".to_owned(), Trouble::MailRefused))
    );
    reception.act(Action::MailAgain, &opened);
    assert!(reception.cards(Heading::Hand).is_empty(), "the old one is dealt with");
    // Without an address there is nobody to write to.
    let opened = reception.staff(Tap::Close).open_card(Heading::Expected, "周杰").card;
    assert!(!opened.actions.contains(&Action::MailAgain));
}

#[test]
fn a_mail_to_the_office_says_what_it_is_about_and_where_it_was_to_go() {
    let mut reception = Reception::unlocked();
    let supply = crate::config::Supply {
        email: Some("office@example.com".to_owned()),
        safety: 2,
        ..reception.config.supplies[0].clone()
    };
    reception.book.count_supply(&supply, 1, "王芳", reception.now).unwrap();
    let (errand, _) = reception.written_letters().remove(0);
    reception.ran(&errand, Outcome::Failed(Trouble::MailRefused));
    let card = reception.cards(Heading::Hand).remove(0);
    let mail = Fact::Mail("office@example.com".to_owned(), Trouble::MailRefused);
    assert_eq!((card.title.as_str(), card.facts), ("", vec![Fact::Letter(About::Supply), mail]));
}

#[test]
fn a_mail_about_parcels_names_them() {
    let mut reception = Reception::staffed();
    reception
        .tell(Event::Delivery(Parcels::Begin))
        .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    reception
        .tell(Event::Delivery(Parcels::Done { carrier: "顺丰".to_owned(), parcels: 2, to_sign: false }));
    let (errand, _) = reception.written_letters().remove(0);
    reception
        .ran(&errand, Outcome::Failed(Trouble::MailRefused))
        .tell(Event::Session(Session::Done))
        .unlock();
    let card = reception.cards(Heading::Hand).remove(0);
    assert_eq!((card.title.as_str(), card.corner.as_str()), ("顺丰", "P1"));
    assert_eq!(card.facts[0], Fact::Letter(About::Parcels { to_sign: false, again: false }));
}
