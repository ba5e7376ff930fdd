//! Somebody types, and goes away. Whatever page they were on, afterwards nothing that they typed is left:
//! not in the pages, not in the view, not in the book.

use super::lobby::{Lobby, rest};
use frontdesk::config::Camera;
use frontdesk::desk::{Event, LookUp, PageView, Registration, Session, System};
use frontdesk::errand::Report;
use frontdesk::visit::{Invitation, InviteCode, PersonName, Photo, Token};
use frontdesk_ui as ui;
use i_slint_backend_testing::mock_elapsed_time;
use slint::platform::WindowEvent;
use slint::{ComponentHandle, SharedString};
use std::time::Duration;

/// What the visitor of this story types, everywhere.
const TYPED: [&str; 7] = ["Zzyzx", "Quux", "7700123", "4711", "qiong", "琼", "Z47"];

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

    /// Somebody of a type that asks for all that can be asked for, up to the host.
    fn walk_in_with_a_phone(&self, kind: &str) {
        self.tap("No appointment");
        self.tap(kind);
        self.tap("Name");
        self.type_text("Zzyzx");
        if kind == "Contractor" {
            self.tap("Company");
            self.type_text("Quux");
        }
        self.tap("Phone");
        self.type_text("13900139000");
        self.tap("Hide keyboard");
        self.tap("Next");
        self.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
        rest();
    }

    fn contractor_at_the_lesson(&self) {
        self.walk_in_with_a_phone("Contractor");
        self.tap("Cleaning");
        assert!(matches!(self.kiosk.view().page, PageView::Induction(_)), "{:?}", self.kiosk.view().page);
    }

    fn contractor_at_the_notice(&self) {
        self.contractor_at_the_lesson();
        self.tap("I have read it");
        // The answers that are right in the built-in instruction.
        while let PageView::Question(question) = self.kiosk.view().page {
            let before = question.number;
            for at in 0..question.answers.len() {
                self.kiosk.tell(Event::Registration(Registration::Answer(at)));
                self.kiosk.tell(Event::Registration(Registration::InductionRead));
                let next = self.kiosk.view().page;
                if !matches!(next, PageView::Question(question) if question.number == before) {
                    break;
                }
            }
        }
        rest();
        assert!(matches!(self.kiosk.view().page, PageView::Agree(_)), "{:?}", self.kiosk.view().page);
    }

    fn signs_out(&self) {
        let visit = self.kiosk.with_book(|book| book.open_visits().unwrap().remove(0)).unwrap();
        self.kiosk.tell(Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned())));
        rest();
    }
}

/// Two of one name and number are invited to two hosts.
fn twins(lobby: &Lobby) {
    let mut book = lobby.reception();
    let one = book.invitation("I001").unwrap().unwrap();
    let twin = |n: u8, host: &str| Invitation {
        id: format!("twin{n}"),
        token: Token::from_bytes([n; 16]),
        code: InviteCode::from_bytes([n; 6]),
        visitor: PersonName::parse("Zzyzx").unwrap(),
        host_id: host.to_owned(),
        party: 0,
        ..one.clone()
    };
    book.put_invitations(&[twin(1, "H001"), twin(2, "H002")], lobby.clock.now()).unwrap();
}

#[test]
fn nothing_typed_is_left_wherever_the_visitor_went_away() {
    let lobby = Lobby::open_with(|config| {
        // The photo is told by the story; no camera is waited for.
        config.camera = Some(Camera::Picture("there is none".into()));
        for kind in &mut config.visit_types {
            kind.photo = kind.kind.id == "private";
        }
    });
    twins(&lobby);
    let nobody = lobby.held();
    let steps: [(&str, &str, &dyn Fn()); 26] = [
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
        ("the names of the group", "Quux", &|| {
            lobby.tap("I have an invitation");
            lobby.find();
            lobby.tap("Yes, this is me");
            lobby.tap("Next");
            lobby.tap("Visitor 2/3");
            lobby.type_text("Quux");
            lobby.tap("Visitor 3/3");
            lobby.type_text("Zzyzx");
        }),
        ("one of two invitations", "Z***", &|| {
            lobby.tap("I have an invitation");
            lobby.tap("Find by name");
            lobby.type_text("Zzyzx");
            lobby.tap("Last 4 digits of your phone number");
            lobby.type_text("8000");
            lobby.tap("Hide keyboard");
            lobby.tap("Find invitation");
            assert!(matches!(lobby.kiosk.view().page, PageView::Choose(_)));
        }),
        ("no after all", "Declined", &|| {
            lobby.invited_to_the_notice();
            assert!(lobby.remains().contains("Zzyzx"));
            lobby.tap("I do not agree");
            assert_eq!(lobby.kiosk.view().page, PageView::Declined);
            assert!(!lobby.remains().contains("Zzyzx"), "nothing is kept from here on");
        }),
        ("to be remembered", "remembered true", &|| {
            lobby.tap("No appointment");
            lobby.tap("Interview");
            lobby.tap("Remember me for next time");
        }),
        ("the lesson", "Zzyzx", &|| lobby.contractor_at_the_lesson()),
        ("the question", "Zzyzx", &|| {
            lobby.contractor_at_the_lesson();
            lobby.tap("I have read it");
            assert!(matches!(lobby.kiosk.view().page, PageView::Question(_)));
        }),
        ("half a signature", "signature M", &|| {
            lobby.contractor_at_the_notice();
            lobby.sign(&[(0.2, 0.4), (0.4, 0.7), (0.6, 0.3)]);
        }),
        ("the photo", "photo 192x240", &|| {
            lobby.walk_in_with_a_phone("Private");
            lobby.tap("Take my photo");
            let photo = vec![9; Photo::WIDTH * Photo::HEIGHT];
            lobby
                .kiosk
                .tell(Event::System(System::Report(Report::Photo(1, Some(Photo::try_from(photo).unwrap())))));
            rest();
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
            lobby.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
            rest();
            lobby.tap("Something else");
            lobby.type_text("Quux");
        }),
        ("the parcels", "Quux", &|| {
            lobby.tap("Delivery");
            lobby.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
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
        ("the sign-out", "Zzyzx", &|| lobby.signs_out()),
        ("the sign-out by number", "Z47", &|| {
            lobby.tap("I am leaving");
            lobby.tap("Enter badge number");
            lobby.type_text("Z47");
        }),
        ("the sign-out by name", "4711", &|| {
            lobby.tap("I am leaving");
            lobby.tap("Find by name");
            lobby.type_text("Zzyzx");
            lobby.tap("Last 4 digits of your phone number");
            lobby.type_text("4711");
            lobby.tap("Find my visit");
        }),
        ("half a complaint", "anonymous true", &|| {
            lobby.signs_out();
            lobby.tap("Sign out only me");
            lobby.tap("Very bad");
            lobby.tap("Complaint");
            lobby.tap("Your complaint");
            lobby.type_text("Quux");
            lobby.tap("Hide keyboard");
            lobby.tap("Without my name");
            assert!(lobby.remains().contains("Quux") && lobby.remains().contains("face 1"));
        }),
        ("the waiting page", "Zzyzx", &|| {
            lobby.walk_in_to_the_host();
            lobby.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
            lobby.kiosk.tell(Event::Registration(Registration::PurposeDone("Quux".to_owned())));
            rest();
            lobby.tap("Agree and register");
            assert!(matches!(lobby.kiosk.view().page, PageView::Waiting(_)));
        }),
    ];
    for (name, typed, walk) in steps {
        lobby.kiosk.tell(Event::Session(Session::Home));
        lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(frontdesk::words::Lang::EN)));
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
        assert_eq!(lobby.held(), nobody, "{name}");
    }
    let visits = lobby.kiosk.with_book(|book| book.open_visits().unwrap().len());
    assert_eq!(
        visits,
        Some(3),
        "two of three are in and one waits: who goes away is neither registered nor signed out"
    );
}

#[test]
fn keys_that_may_be_a_scan_go_with_whoever_pressed_them() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(frontdesk::words::Lang::EN)));
    lobby.tap("I have an invitation");
    // So fast that they are held back, as a scanner's are.
    for c in "47".chars() {
        let text = SharedString::from(c);
        lobby.window.window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        lobby.window.window().dispatch_event(WindowEvent::KeyReleased { text });
    }
    let code = || lobby.window.global::<ui::Invitation>().get_typed().code;
    assert_eq!(code(), "", "nobody knows yet whose they are");
    lobby.kiosk.tell(Event::Session(Session::Home));
    rest();
    lobby.kiosk.tell(Event::LookUp(LookUp::HaveInvitation));
    rest();
    lobby.clock.pass(Duration::from_secs(1));
    mock_elapsed_time(Duration::from_secs(1));
    rest();
    assert_eq!(code(), "");
    lobby.type_text("11");
    assert_eq!(code(), "11");
}
