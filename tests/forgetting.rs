//! Somebody types, and goes away. Whatever page they were on, afterwards nothing that they typed is left:
//! not in the pages, not in the view, not in the book.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what failed by failing"
)]

use frontdesk::back::Back;
use frontdesk::config::{Config, MailKind, PrinterKind};
use frontdesk::desk::{Desk, Event, PageView};
use frontdesk::front::clock::Clock;
use frontdesk::front::screen::Screen;
use frontdesk::kiosk::Kiosk;
use frontdesk::notice::Notices;
use frontdesk::now::{Now, Tick};
use frontdesk::stock;
use frontdesk_ui as ui;
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::platform::WindowEvent;
use slint::{ComponentHandle, SharedString};
use std::sync::Arc;
use std::time::Duration;

/// What the visitor of this story types, everywhere.
const TYPED: [&str; 4] = ["Zzyzx", "Quux", "7700123", "4711"];

struct Lobby {
    kiosk: Kiosk,
    window: ui::Kiosk,
    clock: Clock,
    config: Config,
    _folder: tempfile::TempDir,
}

impl Lobby {
    fn open() -> Self {
        i_slint_backend_testing::init_no_event_loop();
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::built_in();
        config.book.path = folder.path().join("book.db");
        config.printer.kind = PrinterKind::File(folder.path().join("badges"));
        config.mail.kind = MailKind::Folder(folder.path().join("mails"));
        let wall = chrono::DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
        let clock = Clock::at(Now { tick: Tick::default(), wall });
        let screen = Screen::new(&config, stock::press(&config).unwrap(), &clock).unwrap();
        let window = screen.window().clone_strong();
        let back = Back::start(&config, stock::press(&config).unwrap(), Arc::new(|_| {})).unwrap();
        let desk = Desk::new(&config, Notices::load(&config).unwrap());
        let kiosk = Kiosk::open(desk, stock::book(&config), screen, back, clock.clone());
        window.show().unwrap();
        Self { kiosk, window, clock, config, _folder: folder }
    }

    fn tap(&self, label: &str) {
        let element = ElementHandle::find_by_accessible_label(&self.window, label).next();
        let element =
            element.unwrap_or_else(|| panic!("there is no {label} on {:?}", self.kiosk.view().page));
        element.mock_single_click(slint::platform::PointerEventButton::Left);
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    }

    /// On a real keyboard, at a person's pace.
    fn type_text(&self, text: &str) {
        for c in text.chars() {
            let text = SharedString::from(c);
            self.window.window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
            self.window.window().dispatch_event(WindowEvent::KeyReleased { text });
            self.clock.pass(Duration::from_millis(200));
            i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(200));
        }
        // The last key is given back a moment after it was judged.
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(200));
    }

    fn find(&self) {
        self.kiosk.tell(Event::ByCode);
        self.kiosk.tell(Event::LookUpCode("A7K3M9".to_owned()));
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    }

    /// Everything that the pages hold or show.
    fn remains(&self) -> String {
        let invitation = self.window.global::<ui::Invitation>();
        let details = self.window.global::<ui::Details>();
        let mut all = vec![
            invitation.get_code(),
            invitation.get_name(),
            invitation.get_last_four(),
            details.get_name(),
            details.get_company(),
            details.get_phone(),
            slint::format!("{}", details.get_party()),
        ];
        for element in ElementQuery::from_root(&self.window).match_descendants().find_all() {
            all.extend(element.accessible_value());
            all.extend(element.accessible_label());
            all.extend(element.accessible_description());
        }
        format!("{} {:?}", all.join("|"), self.kiosk.view())
    }

    fn go_away(&self) {
        self.clock.pass(self.config.screen.idle);
        self.kiosk.tell(Event::Tick);
        assert!(self.kiosk.view().still_there.is_some(), "nobody was asked");
        self.clock.pass(self.config.screen.warning);
        self.kiosk.tell(Event::Tick);
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    }
}

#[test]
fn nothing_typed_is_left_wherever_the_visitor_went_away() {
    let lobby = Lobby::open();
    lobby.kiosk.tell(Event::ChooseLanguage(frontdesk::words::Lang::EN));
    let empty_party = lobby.window.global::<ui::Details>().get_party();
    let steps: [(&str, &str, &dyn Fn()); 6] = [
        ("the code", "4711", &|| {
            lobby.tap("I have an invitation");
            lobby.tap("Enter 6-character code");
            lobby.type_text("4711");
        }),
        ("the name", "Zzyzx", &|| {
            lobby.tap("I have an invitation");
            lobby.tap("Find by name");
            lobby.type_text("Zzyzx");
            lobby.tap("Last 4 digits of your phone number");
            lobby.type_text("4711");
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
        ("the notice", "Zzyzx", &|| {
            lobby.tap("I have an invitation");
            lobby.find();
            lobby.tap("Yes, this is me");
            lobby.tap("Name");
            lobby.type_text("Zzyzx");
            lobby.tap("Hide keyboard");
            lobby.tap("Next");
            assert!(matches!(lobby.kiosk.view().page, PageView::Agree(_)));
        }),
    ];
    for (name, typed, walk) in steps {
        lobby.kiosk.tell(Event::Home);
        lobby.kiosk.tell(Event::ChooseLanguage(frontdesk::words::Lang::EN));
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
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
    assert_eq!(visits, Some(0), "who goes away is not registered");
}
