//! Somebody types, and goes away. Whatever page they were on, afterwards nothing that they typed is left:
//! not in the pages, not in the view, not in the book.

use super::lobby::{Lobby, rest};
use frontdesk::desk::{Event, PageView};
use frontdesk_ui as ui;
use slint::ComponentHandle;

/// What the visitor of this story types, everywhere.
const TYPED: [&str; 6] = ["Zzyzx", "Quux", "7700123", "4711", "qiong", "琼"];

impl Lobby {
    fn invited_to_the_notice(&self) {
        self.tap("I have an invitation");
        self.find();
        self.tap("Yes, this is me");
        self.tap("Name");
        self.type_text("Zzyzx");
        self.tap("Hide keyboard");
        self.tap("Next");
        self.tap("Next");
    }

    fn walk_in_to_the_host(&self) {
        self.tap("No appointment");
        self.tap("Customer");
        self.tap("Name");
        self.type_text("Zzyzx");
        self.tap("Hide keyboard");
        self.tap("Next");
        assert!(matches!(self.kiosk.view().page, PageView::Host(_)));
    }
}

#[test]
fn nothing_typed_is_left_wherever_the_visitor_went_away() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::ChooseLanguage(frontdesk::words::Lang::EN));
    let empty_party = lobby.window.global::<ui::Details>().get_party();
    let steps: [(&str, &str, &dyn Fn()); 15] = [
        ("the code", "4711", &|| {
            lobby.tap("I have an invitation");
            lobby.type_text("4711");
        }),
        ("the name", "Zzyzx", &|| {
            lobby.tap("I have an invitation");
            lobby.tap("Find by name");
            lobby.type_text("Zzyzx");
            lobby.tap("Last 4 digits of your phone number");
            lobby.type_text("4711");
        }),
        ("a name half composed", "qiong", &|| {
            lobby.tap("I have an invitation");
            lobby.tap("Find by name");
            lobby.tap("Write Chinese with pinyin");
            lobby.type_text("qiong");
        }),
        ("the found invitation", "欧***", &|| {
            lobby.tap("I have an invitation");
            lobby.find();
        }),
        ("the details", "7700123", &|| {
            lobby.tap("I have an invitation");
            lobby.find();
            lobby.tap("Yes, this is me");
            lobby.tap("Name");
            lobby.type_text("Zzyzx");
            lobby.tap("Company (if any)");
            lobby.type_text("Quux");
            lobby.tap("Phone");
            lobby.type_text("7700123");
        }),
        ("the details with a slip", "Quux", &|| {
            lobby.tap("I have an invitation");
            lobby.find();
            lobby.tap("Yes, this is me");
            lobby.tap("Phone");
            lobby.type_text("x4711");
            lobby.tap("Name");
            lobby.type_text("Quux");
        }),
        ("the group", "Quux", &|| {
            lobby.tap("I have an invitation");
            lobby.find();
            lobby.tap("Yes, this is me");
            lobby.tap("Next");
            lobby.tap("Visitor 2/3");
            lobby.type_text("Quux");
        }),
        ("the notice", "Zzyzx", &|| {
            lobby.invited_to_the_notice();
            assert!(matches!(lobby.kiosk.view().page, PageView::Agree(_)));
        }),
        ("the walk-in's details", "Zzyzx", &|| {
            lobby.tap("No appointment");
            lobby.tap("Customer");
            lobby.tap("Name");
            lobby.type_text("Zzyzx");
        }),
        ("the host", "Quux", &|| {
            lobby.walk_in_to_the_host();
            lobby.tap("Host or department");
            lobby.type_text("Quux");
        }),
        ("the purpose", "Quux", &|| {
            lobby.walk_in_to_the_host();
            lobby.kiosk.tell(Event::ChooseHost("H001".to_owned()));
            rest();
            lobby.tap("Something else");
            lobby.type_text("Quux");
        }),
        ("the parcels", "Quux", &|| {
            lobby.tap("Delivery");
            lobby.kiosk.tell(Event::ChooseHost("H001".to_owned()));
            rest();
            lobby.tap("Carrier (if any)");
            lobby.type_text("Quux");
        }),
        // Last, as they leave a visit in the book.
        ("the thanks", "Zzyzx", &|| {
            lobby.invited_to_the_notice();
            lobby.tap("Agree and print badge");
            assert!(matches!(lobby.kiosk.view().page, PageView::Thanks(_)));
        }),
        ("the sign-out", "Zzyzx", &|| {
            let visit = lobby.kiosk.with_book(|book| book.open_visits().unwrap().remove(0)).unwrap();
            lobby.kiosk.tell(Event::Scanned(visit.badge_token.as_str().to_owned()));
            rest();
        }),
        ("the waiting page", "Zzyzx", &|| {
            lobby.walk_in_to_the_host();
            lobby.kiosk.tell(Event::ChooseHost("H001".to_owned()));
            lobby.kiosk.tell(Event::PurposeDone("Quux".to_owned()));
            rest();
            lobby.tap("Agree and register");
            assert!(matches!(lobby.kiosk.view().page, PageView::Waiting(_)));
        }),
    ];
    for (name, typed, walk) in steps {
        lobby.kiosk.tell(Event::Home);
        lobby.kiosk.tell(Event::ChooseLanguage(frontdesk::words::Lang::EN));
        rest();
        walk();
        let page = lobby.kiosk.view().page;
        assert_ne!(page, PageView::Welcome, "{name}");
        assert!(lobby.remains().contains(typed), "{name}: \"{typed}\" was not typed at all");
        lobby.go_away();
        assert_eq!(lobby.kiosk.view().page, PageView::Welcome, "{name}");
        let remains = lobby.remains();
        for typed in TYPED.iter().chain(&["欧阳", "云栖", "8000"]) {
            assert!(!remains.contains(typed), "{name}: \"{typed}\" remains in {remains}");
        }
        assert_eq!(lobby.window.global::<ui::Details>().get_party(), empty_party, "{name}");
    }
    let visits = lobby.kiosk.with_book(|book| book.open_visits().unwrap().len());
    assert_eq!(
        visits,
        Some(4),
        "three and one wait or are in: who goes away is neither registered nor signed out"
    );
}
