//! What fingers and a scanner do at the kiosk, and how long the page takes to follow. Finds a control by its name;
//! knows no journey.

use super::super::labels;
use super::{HELD, Walk};
use anyhow::{Context, ensure};
use i_slint_backend_testing::ElementHandle;
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition, SharedString};
use std::time::{Duration, Instant};

const FINGER: PointerEventButton = PointerEventButton::Left;
/// How far one move of a finger scrolls, and how many of them reach the end of any list.
const SCROLLED: f32 = 200.0;
const MOST_SCROLLS: u32 = 60;
/// By then a scan is over.
const AFTER_A_SCAN: Duration = Duration::from_millis(60);
/// Farther down than this share of the screen, a choice of a list may lie under the buttons.
const LOWEST_CHOICE: f32 = 0.75;

fn middle(element: &ElementHandle) -> LogicalPosition {
    let (corner, size) = (element.absolute_position(), element.size());
    LogicalPosition::new(corner.x + size.width / 2.0, corner.y + size.height / 2.0)
}

impl Walk {
    /// Whether there is something of this name, in the language of the page.
    pub(in super::super) fn shows(&self, english: &str) -> bool {
        let name = labels::in_language(english, &self.lang()).to_owned();
        ElementHandle::find_by_accessible_label(&self.window, &name).next().is_some()
    }

    /// What has exactly this name, in whatever language it is.
    pub(super) fn named(&self, name: &str) -> anyhow::Result<ElementHandle> {
        let found = ElementHandle::find_by_accessible_label(&self.window, name).next();
        found.with_context(|| format!("there is no \"{name}\" on the page {:?}", self.page()))
    }

    /// Taps the middle of the control that has this name in the language of the page; goes down to it first, as a
    /// person would, where the page says that there is more below.
    pub(in super::super) fn tap(&mut self, english: &str) -> anyhow::Result<()> {
        while self.shows("More below") && (!self.shows(english) || self.lies_below(english)?) {
            let below = labels::in_language("More below", &self.lang()).to_owned();
            self.tap_named(&below)?;
        }
        let lang = self.lang();
        self.tap_named(labels::in_language(english, &lang))
    }

    /// Whether it lies where the button says that there is more below: under it, and not to be tapped.
    fn lies_below(&self, english: &str) -> anyhow::Result<bool> {
        let named = |english| self.named(labels::in_language(english, &self.lang()));
        let (button, at) = (named("More below")?, middle(&named(english)?).y);
        let top = button.absolute_position().y;
        Ok(at >= top && at <= top + button.size().height && english != "More below")
    }

    /// Taps the last control that has this name: a form's button, which its title names too.
    pub(in super::super) fn tap_last(&mut self, english: &str) -> anyhow::Result<()> {
        let name = labels::in_language(english, &self.lang()).to_owned();
        let last = ElementHandle::find_by_accessible_label(&self.window, &name).last();
        let last = last.with_context(|| format!("there is no \"{name}\" on the page {:?}", self.page()))?;
        self.tap_element(&last, &name)
    }

    /// Taps what has exactly this name, in whatever language it is.
    pub(in super::super) fn tap_named(&mut self, name: &str) -> anyhow::Result<()> {
        let element = self.named(name)?;
        self.tap_element(&element, name)
    }

    /// Taps a choice of a list that has exactly this name; scrolls to it first, where it lies farther down.
    pub(in super::super) fn choose(&mut self, name: &str) -> anyhow::Result<()> {
        let element = self.named(name)?;
        self.scroll_to(&element)?;
        self.tap_element(&element, name)
    }

    /// Taps a choice of a list whose name begins so.
    pub(in super::super) fn choose_beginning(&mut self, beginning: &str) -> anyhow::Result<()> {
        let wanted = beginning.to_owned();
        let found = self.saying(move |words| words.starts_with(&wanted));
        let element = found.with_context(|| format!("nothing begins with \"{beginning}\""))?;
        self.scroll_to(&element)?;
        self.tap_element(&element, beginning)
    }

    fn scroll_to(&mut self, element: &ElementHandle) -> anyhow::Result<()> {
        let screen = self.window.window().size();
        let position = LogicalPosition::new(screen.width as f32 / 2.0, screen.height as f32 / 2.0);
        for _ in 0..MOST_SCROLLS {
            let before = middle(element).y;
            if before <= screen.height as f32 * LOWEST_CHOICE {
                break;
            }
            let scrolled = WindowEvent::PointerScrolled { position, delta_x: 0.0, delta_y: -SCROLLED };
            self.window.window().dispatch_event(scrolled);
            self.leave();
            self.settle();
            if middle(element).y >= before {
                break;
            }
        }
        self.rest()
    }

    fn tap_element(&mut self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
        let (begun, at) = (Instant::now(), middle(element));
        self.touch(element, name)?;
        self.stage.draw();
        let took = begun.elapsed();
        // A finger leaves; the page is ready for the next one.
        self.leave();
        self.rest()?;
        self.taps += 1;
        self.note(&format!("tap {name}"), Some(took), false)?;
        if let Some(step) = self.steps.last_mut() {
            step.at = Some([at.x, at.y]);
        }
        Ok(())
    }

    /// A finger comes down in the middle and goes up again.
    pub(super) fn touch(&self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
        self.press(element, name)?;
        self.release(element);
        Ok(())
    }

    /// Writes with a finger on what has this name, through these places: shares of its width and height. The slowest
    /// move is noted.
    pub(in super::super) fn write(&mut self, english: &str, places: &[(f32, f32)]) -> anyhow::Result<()> {
        let lang = self.lang();
        let name = labels::in_language(english, &lang);
        let pad = self.named(name)?;
        let (corner, size) = (pad.absolute_position(), pad.size());
        let at =
            |(x, y): &(f32, f32)| LogicalPosition::new(corner.x + x * size.width, corner.y + y * size.height);
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Ok(()) };
        let (down, up) = (
            WindowEvent::PointerPressed { position: at(first), button: FINGER },
            WindowEvent::PointerReleased { position: at(last), button: FINGER },
        );
        let moves = places[1..].iter().map(|place| WindowEvent::PointerMoved { position: at(place) });
        let mut slowest = Duration::ZERO;
        for event in std::iter::once(down).chain(moves).chain([up]) {
            let begun = Instant::now();
            self.window.window().dispatch_event(event);
            self.stage.draw();
            slowest = slowest.max(begun.elapsed());
        }
        self.leave();
        self.rest()?;
        self.note(&format!("write on {name}"), Some(slowest), false)
    }

    /// Holds down the key of this name.
    pub(in super::super) fn hold(&mut self, name: &str) -> anyhow::Result<()> {
        self.hold_for(name, HELD)
    }

    /// Holds down for so long what has this name in the language of the page.
    pub(in super::super) fn hold_for(&mut self, english: &str, time: Duration) -> anyhow::Result<()> {
        let lang = self.lang();
        let name = labels::in_language(english, &lang);
        let element = self.named(name)?;
        self.press(&element, name)?;
        self.stage.skip(time);
        self.release(&element);
        self.leave();
        self.settle();
        self.taps += 1;
        self.note(&format!("hold {name}"), None, false)
    }

    /// The scanner types: every key at once, then Enter.
    pub(in super::super) fn scan(&mut self, text: &str) -> anyhow::Result<()> {
        let begun = Instant::now();
        for key in format!("{}{text}\n", self.prefix).chars() {
            let key = SharedString::from(key);
            self.window.window().dispatch_event(WindowEvent::KeyPressed { text: key.clone() });
            self.window.window().dispatch_event(WindowEvent::KeyReleased { text: key });
        }
        self.stage.draw();
        let took = begun.elapsed();
        self.stage.skip(AFTER_A_SCAN);
        self.rest()?;
        self.note("scan a QR code", Some(took), true)
    }

    /// A finger moves over the head of the page, where nothing is.
    pub(super) fn stir(&mut self) {
        for x in [4.0, 8.0] {
            let position = LogicalPosition::new(x, 4.0);
            self.window.window().dispatch_event(WindowEvent::PointerMoved { position });
            self.settle();
        }
        self.leave();
        self.settle();
    }

    fn leave(&self) {
        self.window.window().dispatch_event(WindowEvent::PointerExited);
    }

    fn press(&self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
        let middle = middle(element);
        let screen = self.window.window().size();
        let inside =
            (0.0..screen.width as f32).contains(&middle.x) && (0.0..screen.height as f32).contains(&middle.y);
        ensure!(inside, "{name} is outside the screen, at {} {}", middle.x, middle.y);
        self.window.window().dispatch_event(WindowEvent::PointerPressed { position: middle, button: FINGER });
        Ok(())
    }

    fn release(&self, element: &ElementHandle) {
        let position = middle(element);
        self.window.window().dispatch_event(WindowEvent::PointerReleased { position, button: FINGER });
    }
}
