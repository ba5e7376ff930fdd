//! How the tour walks: finds a control by its name, taps its middle, waits for devices, takes pictures.

use super::Step;
use super::labels;
use super::stage::Stage;
use crate::desk::{BadgeShown, Event, PageView, ThanksView};
use crate::errand::Report;
use crate::kiosk::Kiosk;
use crate::words::Lang;
use anyhow::{Context, bail, ensure};
use frontdesk_ui as ui;
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition, SharedString};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// Longer than a key must be held down for its accented forms, and than a new page takes no tap.
const HELD: Duration = Duration::from_millis(600);

/// How long the resting welcome page is watched.
const WATCHED: Duration = Duration::from_millis(700);

fn middle(element: &ElementHandle) -> LogicalPosition {
    let (corner, size) = (element.absolute_position(), element.size());
    LogicalPosition::new(corner.x + size.width / 2.0, corner.y + size.height / 2.0)
}

pub(super) fn is_out(thanks: &ThanksView) -> bool {
    matches!(thanks.badge_state, BadgeShown::Printed | BadgeShown::HandedOver)
}

/// A walk through the pages.
pub(super) struct Walk {
    pub kiosk: Kiosk,
    pub window: ui::Kiosk,
    stage: Stage,
    reports: Receiver<Report>,
    out: PathBuf,
    lang: Option<Lang>,
    patience: Duration,
    /// What the scanner types before each code.
    pub prefix: String,
    journey: &'static str,
    pub taps: u32,
    pictures: u32,
    pub steps: Vec<Step>,
}

impl Walk {
    pub(super) fn new(
        kiosk: Kiosk,
        window: ui::Kiosk,
        stage: Stage,
        reports: Receiver<Report>,
        out: &Path,
        lang: Option<Lang>,
        patience: Duration,
    ) -> Self {
        let out = out.to_owned();
        Self {
            kiosk,
            window,
            stage,
            reports,
            out,
            lang,
            patience,
            prefix: String::new(),
            journey: "",
            taps: 0,
            pictures: 0,
            steps: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, journey: &'static str) -> anyhow::Result<()> {
        self.journey = journey;
        self.taps = 0;
        self.kiosk.tell(Event::Home);
        self.rest();
        self.expect("welcome", |page| matches!(page, PageView::Welcome))?;
        self.note("begin", Duration::ZERO, true)
    }

    /// While nobody does anything and nothing changes, nothing is drawn.
    pub(super) fn rests(&mut self) -> anyhow::Result<()> {
        let (before, begun) = (self.kiosk.view(), Instant::now());
        let mut frames = 0;
        while begun.elapsed() < WATCHED {
            std::thread::sleep(Duration::from_millis(10));
            frames += u32::from(self.stage.draw());
        }
        let same = self.kiosk.view() == before;
        ensure!(frames == 0 || !same, "{frames} frames were drawn while nothing changed");
        Ok(())
    }

    /// Hands the back's reports on and draws.
    pub(super) fn settle(&mut self) {
        while let Ok(report) = self.reports.try_recv() {
            self.kiosk.tell(Event::Report(report));
        }
        self.stage.draw();
    }

    /// Waits for the devices until the thanks say what is wanted.
    pub(super) fn until(&mut self, what: &str, met: impl Fn(&ThanksView) -> bool) -> anyhow::Result<()> {
        self.wait_for(what, |page| matches!(page, PageView::Thanks(thanks) if met(thanks)))
    }

    pub(super) fn wait_for(&mut self, what: &str, met: impl Fn(&PageView) -> bool) -> anyhow::Result<()> {
        let begun = Instant::now();
        while !met(&self.kiosk.view().page) {
            let left = self.patience.saturating_sub(begun.elapsed());
            ensure!(
                !left.is_zero(),
                "{what}: not within {} s; the page is {:?}",
                self.patience.as_secs(),
                self.page()
            );
            if let Ok(report) = self.reports.recv_timeout(left.min(Duration::from_millis(100))) {
                self.kiosk.tell(Event::Report(report));
            }
            self.settle();
        }
        self.rest();
        Ok(())
    }

    /// The language of the page, by its code.
    pub(super) fn lang(&self) -> String {
        self.window.global::<ui::Frame>().get_language().into()
    }

    pub(super) fn page(&self) -> ui::Page {
        self.window.global::<ui::Frame>().get_page()
    }

    pub(super) fn expect(&self, what: &str, shown: impl Fn(&PageView) -> bool) -> anyhow::Result<()> {
        let page = self.kiosk.view().page;
        ensure!(shown(&page), "{what} was expected, and the page is {:?}", self.page());
        Ok(())
    }

    /// A text that a visitor must be able to read on this page.
    pub(super) fn expect_text(&self, text: &str) -> anyhow::Result<()> {
        let wanted = text.to_owned();
        let seen = ElementQuery::from_root(&self.window)
            .match_predicate(move |element| {
                let says = |words: Option<SharedString>| words.is_some_and(|words| words.contains(&wanted));
                says(element.accessible_label()) || says(element.accessible_value())
            })
            .find_first();
        ensure!(seen.is_some(), "\"{text}\" is not on the page {:?}", self.page());
        Ok(())
    }

    /// Presses and releases in the middle of the control that has this name in the language of the page.
    pub(super) fn tap(&mut self, english: &str) -> anyhow::Result<()> {
        let lang = self.lang();
        let name = labels::in_language(english, &lang);
        self.tap_named(name)
    }

    /// Taps what has exactly this name, in whatever language it is.
    pub(super) fn tap_named(&mut self, name: &str) -> anyhow::Result<()> {
        let Some(element) = ElementHandle::find_by_accessible_label(&self.window, name).next() else {
            bail!("there is no \"{name}\" on the page {:?}", self.page());
        };
        self.tap_element(&element, name)
    }

    pub(super) fn tap_element(&mut self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
        let begun = Instant::now();
        self.press(element, name)?;
        self.release(element);
        self.stage.draw();
        let took = begun.elapsed();
        // A finger leaves; the page is ready for the next one.
        self.window.window().dispatch_event(WindowEvent::PointerExited);
        self.rest();
        self.taps += 1;
        self.note(&format!("tap {name}"), took, false)
    }

    /// Writes with a finger on what has this name, through these places: shares of its width and height.
    pub(super) fn write(&mut self, english: &str, places: &[(f32, f32)]) -> anyhow::Result<()> {
        let lang = self.lang();
        let name = labels::in_language(english, &lang);
        let Some(pad) = ElementHandle::find_by_accessible_label(&self.window, name).next() else {
            bail!("there is no \"{name}\" on the page {:?}", self.page());
        };
        let (corner, size) = (pad.absolute_position(), pad.size());
        let at =
            |(x, y): &(f32, f32)| LogicalPosition::new(corner.x + x * size.width, corner.y + y * size.height);
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Ok(()) };
        let (button, window) = (PointerEventButton::Left, self.window.window());
        window.dispatch_event(WindowEvent::PointerPressed { position: at(first), button });
        for place in &places[1..] {
            window.dispatch_event(WindowEvent::PointerMoved { position: at(place) });
        }
        window.dispatch_event(WindowEvent::PointerReleased { position: at(last), button });
        window.dispatch_event(WindowEvent::PointerExited);
        self.rest();
        self.note(&format!("write on {name}"), Duration::ZERO, false)
    }

    /// Holds down the key of this name.
    pub(super) fn hold(&mut self, name: &str) -> anyhow::Result<()> {
        let found = ElementHandle::find_by_accessible_label(&self.window, name).next();
        let element = found.with_context(|| format!("there is no key {name}"))?;
        self.press(&element, name)?;
        self.stage.skip(HELD);
        self.release(&element);
        self.window.window().dispatch_event(WindowEvent::PointerExited);
        self.settle();
        self.taps += 1;
        self.note(&format!("hold {name}"), Duration::ZERO, false)
    }

    pub(super) fn press(&self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
        let middle = middle(element);
        let screen = self.window.window().size();
        let inside =
            (0.0..screen.width as f32).contains(&middle.x) && (0.0..screen.height as f32).contains(&middle.y);
        ensure!(inside, "{name} is outside the screen, at {} {}", middle.x, middle.y);
        let button = PointerEventButton::Left;
        self.window.window().dispatch_event(WindowEvent::PointerPressed { position: middle, button });
        Ok(())
    }

    pub(super) fn release(&self, element: &ElementHandle) {
        let (position, button) = (middle(element), PointerEventButton::Left);
        self.window.window().dispatch_event(WindowEvent::PointerReleased { position, button });
    }

    /// A visitor's pace: the page has come to rest.
    pub(super) fn rest(&mut self) {
        self.settle();
        self.stage.skip(HELD);
        self.settle();
        // Each visitor of the tour chooses its language: the kiosk has gone back to its own.
        let chosen = self.lang.filter(|_| matches!(self.kiosk.view().page, PageView::Welcome));
        if let Some(lang) = chosen.filter(|chosen| self.lang() != chosen.to_string()) {
            self.kiosk.tell(Event::ChooseLanguage(lang));
            self.settle();
        }
    }

    /// The scanner types: every key at once, then Enter.
    pub(super) fn scan(&mut self, text: &str) -> anyhow::Result<()> {
        let begun = Instant::now();
        for key in format!("{}{text}\n", self.prefix).chars() {
            let key = SharedString::from(key);
            self.window.window().dispatch_event(WindowEvent::KeyPressed { text: key.clone() });
            self.window.window().dispatch_event(WindowEvent::KeyReleased { text: key });
        }
        self.stage.draw();
        let took = begun.elapsed();
        self.rest();
        self.note("scan a QR code", took, true)
    }

    pub(super) fn note(&mut self, done: &str, took: Duration, picture: bool) -> anyhow::Result<()> {
        let page = format!("{:?}", self.page()).to_lowercase();
        let picture = picture.then(|| self.picture(&page)).transpose()?;
        self.steps.push(Step {
            journey: self.journey,
            page,
            done: done.to_owned(),
            taps: self.taps,
            goal: false,
            milliseconds_to_next_frame: took.as_secs_f64() * 1000.0,
            picture,
        });
        Ok(())
    }

    /// Takes a picture of the page as it is and hangs it on the last step.
    pub(super) fn look(&mut self, name: &str) -> anyhow::Result<()> {
        self.settle();
        let file = self.picture(name)?;
        if let Some(step) = self.steps.last_mut() {
            step.picture = Some(file);
        }
        Ok(())
    }

    pub(super) fn picture(&mut self, name: &str) -> anyhow::Result<String> {
        self.pictures += 1;
        let file = format!("{:02}-{name}.png", self.pictures);
        self.stage.picture(&self.out.join(&file))?;
        Ok(file)
    }
}
