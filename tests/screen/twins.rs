//! Two of one name: each finds their own invitation, and nobody signs out the other one.

use super::lobby::{Lobby, rest};
use frontdesk::desk::{Event, LookUp, PageView, Registration, Session};
use frontdesk::visit::{Invitation, InviteCode, PersonName, Phone, Token};
use frontdesk::words::Lang;

/// Somebody called 王芳 is invited to this host, with this number.
fn invited(lobby: &Lobby, n: u8, host: &str, phone: &str) -> Invitation {
    let mut book = lobby.reception();
    let one = book.invitation("I001").unwrap().unwrap();
    let invitation = Invitation {
        id: format!("twin{n}"),
        token: Token::from_bytes([n; 16]),
        code: InviteCode::from_bytes([n; 6]),
        visitor: PersonName::parse("王芳").unwrap(),
        phone: Phone::maybe(phone).unwrap(),
        host_id: host.to_owned(),
        party: 0,
        ..one
    };
    book.put_invitations(std::slice::from_ref(&invitation), lobby.clock.now()).unwrap();
    invitation
}

fn look_up(lobby: &Lobby, name: &str, last_four: &str, find: &str) {
    lobby.tap("Find by name");
    lobby.type_text(name);
    lobby.tap("Last 4 digits of your phone number");
    lobby.type_text(last_four);
    lobby.tap("Hide keyboard");
    lobby.tap(find);
}

#[test]
fn of_two_invitations_under_one_name_and_number_one_is_chosen_by_its_host() {
    let lobby = Lobby::open();
    invited(&lobby, 1, "H001", "13900139000");
    invited(&lobby, 2, "H002", "13900139000");
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.tap("I have an invitation");
    // Composing stays out of the way: the name comes as from a real keyboard.
    look_up(&lobby, "王芳", "9000", "Find invitation");
    let PageView::Choose(found) = lobby.kiosk.view().page else { panic!("{:?}", lobby.kiosk.view().page) };
    assert_eq!(found.len(), 2);
    assert!(lobby.shows("Which visit is it?"));
    let of = |host: &str| {
        let all =
            i_slint_backend_testing::ElementQuery::from_root(&lobby.window).match_descendants().find_all();
        let labels: Vec<String> =
            all.iter().filter_map(|element| element.accessible_label()).map(String::from).collect();
        labels.into_iter().find(|label| label.starts_with(&format!("{host}, "))).expect("the host's line")
    };
    lobby.tap(&of("Liu Xinyi"));
    let PageView::Confirm(found) = lobby.kiosk.view().page else { panic!("{:?}", lobby.kiosk.view().page) };
    assert_eq!(found.host, "Liu Xinyi");
    lobby.tap("Yes, this is me");
    lobby.tap("Agree and print badge");
    let visit = lobby.kiosk.with_book(|book| book.open_visits().unwrap().remove(0)).unwrap();
    assert_eq!((visit.invitation_id.as_deref(), visit.host_id.as_str()), (Some("twin2"), "H002"));
}

#[test]
fn of_two_under_one_name_each_signs_out_by_their_own_number() {
    let lobby = Lobby::open();
    let pair = [invited(&lobby, 1, "H001", "13900139000"), invited(&lobby, 2, "H002", "13700137001")];
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    for one in &pair {
        lobby.kiosk.tell(Event::LookUp(LookUp::Scanned(one.token.as_str().to_owned())));
        lobby.kiosk.tell(Event::LookUp(LookUp::Confirm));
        lobby.kiosk.tell(Event::Registration(Registration::Agree(Vec::new())));
        lobby.kiosk.tell(Event::Session(Session::Done));
    }
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    rest();
    let hosts = || -> Vec<String> {
        let visits = lobby.kiosk.with_book(|book| book.open_visits().unwrap()).unwrap();
        visits.into_iter().map(|visit| visit.host_id).collect()
    };
    assert_eq!(hosts(), ["H001", "H002"]);
    lobby.tap("I am leaving");
    look_up(&lobby, "王芳", "7001", "Find my visit");
    assert!(matches!(lobby.kiosk.view().page, PageView::Leave(_)), "{:?}", lobby.kiosk.view().page);
    assert!(lobby.shows("Badge A002"));
    lobby.tap("Sign out");
    assert_eq!(hosts(), ["H001"], "the other one is still here");
}

#[test]
fn whoever_cannot_be_told_from_another_one_is_sent_to_the_badge() {
    let lobby = Lobby::open();
    let pair = [invited(&lobby, 1, "H001", "13900139000"), invited(&lobby, 2, "H002", "13900139000")];
    for one in &pair {
        lobby.kiosk.tell(Event::LookUp(LookUp::Scanned(one.token.as_str().to_owned())));
        lobby.kiosk.tell(Event::LookUp(LookUp::Confirm));
        lobby.kiosk.tell(Event::Registration(Registration::Agree(Vec::new())));
        lobby.kiosk.tell(Event::Session(Session::Done));
    }
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    rest();
    lobby.tap("I am leaving");
    look_up(&lobby, "王芳", "9000", "Find my visit");
    let several =
        "More than one visitor is here under this name. Please scan your badge or enter its number.";
    assert!(lobby.shows(several), "{:?}", lobby.kiosk.view().page);
    let visits = lobby.kiosk.with_book(|book| book.open_visits().unwrap().len());
    assert_eq!(visits, Some(2), "nobody was signed out");
}
