//! A lobby: the real pages, desk, book and files, with a clock that is moved by hand.

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
use slint::{ComponentHandle, Model, SharedString};
use std::sync::Arc;
use std::time::Duration;

pub struct Lobby {
    pub kiosk: Kiosk,
    pub window: ui::Kiosk,
    pub clock: Clock,
    pub config: Config,
    _folder: tempfile::TempDir,
}

/// A visitor's pace: the pages take notice, and so long a new page takes no tap.
pub fn rest() {
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(1));
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(500));
}

impl Lobby {
    pub fn open() -> Self {
        Self::open_with(|_| {})
    }

    pub fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        i_slint_backend_testing::init_no_event_loop();
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::built_in();
        config.book.path = folder.path().join("book.db");
        config.printer.kind = PrinterKind::File(folder.path().join("badges"));
        config.mail.kind = MailKind::Folder(folder.path().join("mails"));
        change(&mut config);
        let wall = chrono::DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
        let clock = Clock::at(Now { tick: Tick::default(), wall });
        let screen = Screen::new(&config, stock::presses(&config).unwrap(), &clock).unwrap();
        let window = screen.window().clone_strong();
        let back = Back::start(&config, stock::presses(&config).unwrap(), Arc::new(|_| {})).unwrap();
        let desk = Desk::new(&config, Notices::load(&config).unwrap());
        let kiosk = Kiosk::open(desk, stock::book(&config), screen, back, clock.clone());
        window.show().unwrap();
        rest();
        Self { kiosk, window, clock, config, _folder: folder }
    }

    pub fn tap(&self, label: &str) {
        let element = ElementHandle::find_by_accessible_label(&self.window, label).next();
        let element =
            element.unwrap_or_else(|| panic!("there is no {label} on {:?}", self.kiosk.view().page));
        element.mock_single_click(slint::platform::PointerEventButton::Left);
        rest();
    }

    /// As a finger does it: it comes down, the pages take notice, it goes up again.
    pub fn press(&self, label: &str) {
        let element = ElementHandle::find_by_accessible_label(&self.window, label).next();
        let element =
            element.unwrap_or_else(|| panic!("there is no {label} on {:?}", self.kiosk.view().page));
        let (corner, size) = (element.absolute_position(), element.size());
        self.press_at(slint::LogicalPosition::new(corner.x + size.width / 2.0, corner.y + size.height / 2.0));
    }

    pub fn press_at(&self, position: slint::LogicalPosition) {
        let button = slint::platform::PointerEventButton::Left;
        let window = self.window.window();
        for event in [
            WindowEvent::PointerMoved { position },
            WindowEvent::PointerPressed { position, button },
            WindowEvent::PointerReleased { position, button },
            WindowEvent::PointerExited,
        ] {
            window.dispatch_event(event);
            i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(50));
        }
    }

    pub fn shows(&self, label: &str) -> bool {
        ElementHandle::find_by_accessible_label(&self.window, label).next().is_some()
    }

    /// On a real keyboard, at a person's pace.
    pub fn type_text(&self, text: &str) {
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

    pub fn find(&self) {
        self.kiosk.tell(Event::ByCode);
        self.kiosk.tell(Event::LookUpCode("A7K3M9".to_owned()));
        rest();
    }

    /// Everything that the pages hold or show.
    pub fn remains(&self) -> String {
        let invitation = self.window.global::<ui::Invitation>();
        let details = self.window.global::<ui::Details>();
        let mut all = vec![
            invitation.get_code(),
            invitation.get_name(),
            invitation.get_last_four(),
            format!("{:?}", invitation.get_found().iter().collect::<Vec<_>>()).into(),
            self.window.global::<ui::Thanks>().get_name(),
            self.window.global::<ui::Thanks>().get_host(),
            self.window.global::<ui::Leave>().get_name(),
            self.window.global::<ui::Keyboard>().get_field_text(),
            self.window.global::<ui::WalkIn>().get_asked(),
            self.window.global::<ui::WalkIn>().get_purpose(),
            self.window.global::<ui::Waiting>().get_name(),
            self.window.global::<ui::Delivery>().get_carrier(),
            self.window.global::<ui::Feedback>().get_words(),
            details.get_host(),
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

    pub fn go_away(&self) {
        self.clock.pass(self.config.screen.idle);
        self.kiosk.tell(Event::Tick);
        // The last page clears without asking.
        if self.kiosk.view().page != PageView::Welcome {
            assert!(self.kiosk.view().still_there.is_some(), "nobody was asked");
        }
        self.clock.pass(self.config.screen.warning);
        self.kiosk.tell(Event::Tick);
        rest();
    }
}
