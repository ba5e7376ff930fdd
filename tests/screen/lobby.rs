//! A lobby: the real pages, desk, book and files, with a clock that is moved by hand.

use frontdesk::back::Back;
use frontdesk::book::Book;
use frontdesk::config::{Config, MailKind, PrinterKind};
use frontdesk::desk::{Desk, Event, LookUp, PageView, System, View};
use frontdesk::errand::Report;
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
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

pub struct Lobby {
    pub kiosk: Kiosk,
    pub window: ui::Kiosk,
    pub clock: Clock,
    pub config: Config,
    /// What the printer, the post and the camera have told and the kiosk has not heard yet.
    told: Receiver<Report>,
    /// How often the devices were taken, and whether a piece of paper was said to hang in the printer.
    pub started: Rc<RefCell<Vec<bool>>>,
    pub folder: tempfile::TempDir,
}

/// The devices work in real time, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);

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
        let clock = Clock::at(Now::new(Tick::default(), wall));
        let screen = Screen::new(&config, stock::presses(&config).unwrap(), &clock).unwrap();
        let window = screen.window().clone_strong();
        let (tell, told) = channel();
        let (devices, tell) = (config.clone(), Arc::new(move |report| drop(tell.send(report))));
        let started: Rc<RefCell<Vec<bool>>> = Rc::default();
        let starts = Rc::clone(&started);
        let start_back = move |torn| {
            starts.borrow_mut().push(torn);
            Ok(Back::start(&devices, stock::presses(&devices)?, torn, tell.clone())?)
        };
        let desk = Desk::new(&config, Notices::load(&config).unwrap());
        let kiosk = Kiosk::open(desk, stock::book(&config), Box::new(start_back), screen, clock.clone());
        window.show().unwrap();
        rest();
        Self { kiosk, window, clock, config, told, started, folder }
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
            self.pause();
        }
        // The last key is given back a moment after it was judged.
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(200));
    }

    /// A person's pause between two keys. Time goes by evenly: after a leap, keys that came meanwhile are waited for.
    pub fn pause(&self) {
        for _ in 0..4 {
            self.clock.pass(Duration::from_millis(50));
            i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(50));
        }
    }

    /// The kiosk hears what its devices tell until the view is so.
    pub fn until(&self, what: &str, is_so: impl Fn(&View) -> bool) {
        let begun = Instant::now();
        while !is_so(&self.kiosk.view()) {
            assert!(begun.elapsed() < PATIENCE, "{what}: {:?}", self.kiosk.view());
            if let Ok(report) = self.told.recv_timeout(Duration::from_millis(100)) {
                self.kiosk.tell(Event::System(System::Report(report)));
            }
        }
        rest();
    }

    /// The book beside the kiosk, as staff's commands open it.
    pub fn reception(&self) -> Book {
        Book::open_beside(&self.config.book.path, self.config.reception.clone()).unwrap()
    }

    /// Reception lets in whoever waits; the page looks for the answer by itself.
    pub fn admit(&self) {
        let mut book = self.reception();
        let visit = book.waiting().unwrap().remove(0);
        assert!(book.admit(visit.id, "reception", self.clock.now()).unwrap());
        self.clock.pass(Duration::from_secs(1));
        self.kiosk.tell(Event::System(System::Tick));
        rest();
    }

    pub fn find(&self) {
        self.kiosk.tell(Event::LookUp(LookUp::ByCode));
        self.kiosk.tell(Event::LookUp(LookUp::Code("A7K3M9".to_owned())));
        rest();
    }

    /// Writes on the pad where one signs, as a finger does.
    pub fn sign(&self, points: &[(f32, f32)]) {
        let pad = ElementHandle::find_by_accessible_label(&self.window, "Signature").next().expect("a pad");
        let (corner, size) = (pad.absolute_position(), pad.size());
        let at = |(x, y): (f32, f32)| {
            slint::LogicalPosition::new(corner.x + size.width * x, corner.y + size.height * y)
        };
        let button = slint::platform::PointerEventButton::Left;
        let window = self.window.window();
        window.dispatch_event(WindowEvent::PointerPressed { position: at(points[0]), button });
        for point in points {
            window.dispatch_event(WindowEvent::PointerMoved { position: at(*point) });
            i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(10));
        }
        let position = at(points[points.len() - 1]);
        window.dispatch_event(WindowEvent::PointerReleased { position, button });
        rest();
    }

    /// Everything of a visitor that the pages can hold, each by its name.
    pub fn held(&self) -> Vec<String> {
        let invitation = self.window.global::<ui::Invitation>();
        let details = self.window.global::<ui::Details>();
        let (thanks, leave) = (self.window.global::<ui::Thanks>(), self.window.global::<ui::Leave>());
        let (walk_in, waiting) = (self.window.global::<ui::WalkIn>(), self.window.global::<ui::Waiting>());
        let (group, delivery) = (self.window.global::<ui::Group>(), self.window.global::<ui::Delivery>());
        let (feedback, agree) = (self.window.global::<ui::Feedback>(), self.window.global::<ui::Agree>());
        let keyboard = self.window.global::<ui::Keyboard>();
        let photo = self.window.global::<ui::Photo>().get_view().picture.size();
        let badge = thanks.get_view().badge.size();
        let rows = |rows: slint::ModelRc<ui::HostRow>| rows.iter().collect::<Vec<_>>();
        vec![
            format!("looks {} {}", invitation.get_typed().code, invitation.get_typed().name),
            format!("digits {}", invitation.get_typed().last_four),
            format!("found {:?}", invitation.get_view().found.iter().collect::<Vec<_>>()),
            format!("name {} company {}", details.get_typed().name, details.get_typed().company),
            format!("phone {} party {}", details.get_typed().phone, details.get_chosen().party),
            format!("remembered {} known {}", details.get_chosen().remember, details.get_view().recalled),
            format!("sees {} {}", details.get_view().host, details.get_view().department),
            format!("asks {} {}", walk_in.get_typed().asked, walk_in.get_view().department),
            format!("purpose {} rows {:?}", walk_in.get_typed().purpose, rows(walk_in.get_rows())),
            format!("waits {} {}", waiting.get_view().name, waiting.get_view().number),
            format!("for {} word {}", waiting.get_view().host, waiting.get_view().word),
            format!("asked {:?}", waiting.get_view().asked.iter().collect::<Vec<_>>()),
            format!(
                "group {} {:?}",
                group.get_view().leader,
                group.get_view().names.iter().collect::<Vec<_>>()
            ),
            format!("member {} typed {}", group.get_chosen().at, group.get_typed().name),
            format!("parcels {} by {}", delivery.get_chosen().parcels, delivery.get_typed().carrier),
            format!("parcels {} for {}", delivery.get_view().number, delivery.get_view().host),
            format!("department {}", delivery.get_view().department),
            format!("signature {}", agree.get_typed().signature),
            format!("photo {}x{}", photo.width, photo.height),
            format!("thanks {} {}", thanks.get_view().name, thanks.get_view().number),
            format!(
                "sees {} at {} {}",
                thanks.get_view().host,
                thanks.get_view().place,
                thanks.get_view().way
            ),
            format!("badge {} {}x{}", thanks.get_view().badge_number, badge.width, badge.height),
            format!("code {}", thanks.get_view().late_code),
            format!("leaves {} {} {}", leave.get_view().name, leave.get_view().number, leave.get_view().host),
            format!("face {}", leave.get_view().rating),
            format!("says {} anonymous {}", feedback.get_typed().words, feedback.get_chosen().anonymous),
            format!("case {}", feedback.get_view().number),
            format!("field {} composed {}", keyboard.get_field_text(), keyboard.get_composition()),
            format!("offered {:?}", keyboard.get_bar().iter().collect::<Vec<_>>()),
        ]
    }

    /// Everything that the pages hold or show.
    pub fn remains(&self) -> String {
        let mut all = self.held();
        for element in ElementQuery::from_root(&self.window).match_descendants().find_all() {
            let said =
                [element.accessible_value(), element.accessible_label(), element.accessible_description()];
            all.extend(said.into_iter().flatten().map(String::from));
        }
        format!("{} {:?}", all.join("|"), self.kiosk.view())
    }

    pub fn go_away(&self) {
        self.clock.pass(self.config.screen.idle_seconds);
        self.kiosk.tell(Event::System(System::Tick));
        // The last page clears without asking.
        if self.kiosk.view().page != PageView::Welcome {
            assert!(self.kiosk.view().still_there.is_some(), "nobody was asked");
        }
        self.clock.pass(self.config.screen.warning_seconds);
        self.kiosk.tell(Event::System(System::Tick));
        rest();
    }
}
