//! How much is drawn again when one key is pressed or a second passes: only what belongs to it.

use crate::support::{Values, fill};
use frontdesk_ui::*;
use slint::platform::software_renderer::{MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter, WindowEvent};
use slint::{ComponentHandle, PhysicalSize, SharedString};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

const SIZE: (u32, u32) = (1080, 1920);

/// A field with its frame, and the foot of a page that clears by itself, in thousandths of the window.
const FIELD: u32 = 70;
const FOOT: u32 = 90;

struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    time: Rc<Cell<Duration>>,
}

impl Platform for Headless {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, slint::PlatformError> {
        Ok(self.window.clone())
    }

    fn duration_since_start(&self) -> Duration {
        self.time.get()
    }
}

/// A window that says which part of it was drawn last.
struct Stage {
    window: Rc<MinimalSoftwareWindow>,
    pixels: Vec<PremultipliedRgbaColor>,
    time: Rc<Cell<Duration>>,
}

impl Stage {
    fn raise() -> Self {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        window.set_size(PhysicalSize::new(SIZE.0, SIZE.1));
        let time = Rc::new(Cell::new(Duration::ZERO));
        let platform = Headless { window: window.clone(), time: time.clone() };
        slint::platform::set_platform(Box::new(platform)).expect("no other window is on this thread");
        Self { window, pixels: vec![PremultipliedRgbaColor::default(); (SIZE.0 * SIZE.1) as usize], time }
    }

    /// Draws what has changed; how many thousandths of the window that was.
    fn draw(&mut self) -> u32 {
        let mut drawn = 0;
        for _ in 0..4 {
            slint::platform::update_timers_and_animations();
            self.window.draw_if_needed(|renderer| {
                let region = renderer.render(&mut self.pixels, SIZE.0 as usize);
                drawn += region.iter().map(|(_, size)| size.width * size.height).sum::<u32>();
            });
            self.time.set(self.time.get() + Duration::from_millis(20));
        }
        drawn * 1000 / (SIZE.0 * SIZE.1)
    }

    fn press(&mut self, text: &str) -> u32 {
        let text = SharedString::from(text);
        self.window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        self.window.dispatch_event(WindowEvent::KeyReleased { text });
        self.draw()
    }

    /// The most that one of some letters costs in the field that so many presses of the Tab key lead to.
    fn typing(&mut self, kiosk: &Kiosk, page: Page, tabs: usize) -> u32 {
        kiosk.global::<Frame>().set_page(Page::Back);
        self.draw();
        fill(kiosk, Values::Short);
        kiosk.global::<Frame>().set_page(page);
        self.draw();
        for _ in 0..tabs {
            self.press("\t");
        }
        self.draw();
        // The first letter may answer a slip.
        self.press("1");
        ["2", "3", "4"].into_iter().map(|key| self.press(key)).max().unwrap_or_default()
    }
}

#[test]
fn a_key_draws_its_own_field_alone() {
    let mut stage = Stage::raise();
    let kiosk = Kiosk::new().expect("the window opens");
    kiosk.show().expect("the window shows");
    stage.draw();
    let typed = [
        ("the name", Page::Details, 1),
        ("the company", Page::Details, 2),
        ("the phone", Page::Details, 3),
        ("the code", Page::Code, 0),
        ("the name in an invitation", Page::Person, 0),
        ("the last four digits", Page::Person, 1),
        ("a member of a group", Page::Members, 1),
        ("the host", Page::Host, 1),
        ("the purpose", Page::Purpose, 1),
        ("the carrier", Page::Parcels, 1),
        ("a word", Page::Word, 1),
        ("reception's search", Page::Counter, 1),
    ];
    for (name, page, tabs) in typed {
        let drawn = stage.typing(&kiosk, page, tabs);
        assert!((1..=FIELD).contains(&drawn), "{name}: {drawn} thousandths of the window are drawn again");
    }
    fill(&kiosk, Values::Short);
    let frame = kiosk.global::<Frame>();
    frame.set_page(Page::Thanks);
    stage.draw();
    frame.set_seconds_left(29);
    let drawn = stage.draw();
    assert!((1..=FOOT).contains(&drawn), "a second: {drawn} thousandths of the window are drawn again");
}
