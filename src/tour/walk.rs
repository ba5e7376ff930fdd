//! How the tour walks: lets time go by, waits for devices, looks at pages, takes pictures. What a finger does is in
//! `fingers`.

mod fingers;

use super::Step;
use super::folder::Folder;
use super::stage::Stage;
use super::{Opened, Wish};
use crate::config::Config;
use crate::desk::{BadgeShown, Event, PageView, System, ThanksView};
use crate::errand::Report;
use crate::front::clock::Clock;
use crate::kiosk::Kiosk;
use crate::words::Lang;
use anyhow::{Context, ensure};
use frontdesk_ui as ui;
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::{ComponentHandle, SharedString};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// Longer than a key must be held down for its accented forms, and than a new page takes no tap.
const HELD: Duration = Duration::from_millis(600);

/// How long the resting welcome page is watched: longer than the kiosk leaves between two looks into the book.
const WATCHED: Duration = Duration::from_secs(5);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Whoever looks at a page and waits moves a finger so often: sooner than they are asked whether they are there.
const TOUCHES_EVERY: Duration = Duration::from_secs(8);

pub(super) fn is_out(thanks: &ThanksView) -> bool {
    matches!(thanks.badge_state, BadgeShown::Printed | BadgeShown::HandedOver)
}

/// A walk through the pages.
pub(super) struct Walk {
    pub kiosk: Kiosk,
    pub window: ui::Kiosk,
    reports: Receiver<Report>,
    pub clock: Clock,
    stage: Stage,
    folder: Folder,
    lang: Option<Lang>,
    patience: Duration,
    /// What each language is called on its switch.
    languages: Vec<(Lang, String)>,
    /// What the scanner types before each code.
    prefix: String,
    /// It proves a configuration of somebody's own, which need not have everything.
    pub own: bool,
    journey: &'static str,
    pub taps: u32,
    pictures: u32,
    pub steps: Vec<Step>,
    /// What the configuration gives no reason for, each with why.
    pub left_out: Vec<String>,
}

impl Walk {
    pub(super) fn new(
        config: &Config,
        wish: &Wish,
        folder: Folder,
        opened: Opened,
        stage: Stage,
        clock: Clock,
    ) -> Self {
        let (kiosk, window, reports) = opened;
        Self {
            kiosk,
            window,
            reports,
            clock,
            stage,
            folder,
            lang: wish.lang,
            patience: wish.patience,
            languages: config.languages.iter().map(|one| (one.code, one.name.clone())).collect(),
            prefix: config.scanner.prefix.clone(),
            own: wish.own_configuration,
            journey: "",
            taps: 0,
            pictures: 0,
            steps: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Somebody else comes to the kiosk.
    pub(super) fn begin(&mut self, journey: &'static str) -> anyhow::Result<()> {
        self.journey = journey;
        // Whoever was here has gone away, and the kiosk forgets them by itself.
        self.pass_until(Duration::from_secs(200), |page| matches!(page, PageView::Welcome));
        self.taps = 0;
        self.rest()?;
        self.expect("the welcome page", |page| matches!(page, PageView::Welcome))?;
        self.note("begin", None, true)
    }

    /// Another window takes the place of this one.
    pub(super) fn go_to(&mut self, (kiosk, window, reports): Opened) {
        (self.kiosk, self.window, self.reports) = (kiosk, window, reports);
    }

    /// While nobody does anything and nothing changes, nothing is drawn.
    pub(super) fn rests(&mut self) -> anyhow::Result<()> {
        self.settle();
        let until = self.clock.now().tick.after(WATCHED);
        while self.clock.now().tick < until {
            let before = self.kiosk.view();
            let drawn = self.stage.skip(BETWEEN_LOOKS);
            ensure!(!drawn || self.kiosk.view() != before, "the page was drawn while nothing changed");
        }
        Ok(())
    }

    /// Nobody does anything for so long.
    pub(super) fn pass(&mut self, time: Duration) {
        self.pass_until(time, |_| false);
    }

    /// Nobody does anything for so long, or until the page is so.
    pub(super) fn pass_until(&mut self, time: Duration, met: impl Fn(&PageView) -> bool) {
        let until = self.clock.now().tick.after(time);
        let at_once = (time / 200).max(Duration::from_secs(1));
        while !met(&self.kiosk.view().page) {
            let left = self.clock.now().tick.until(until);
            if left.is_zero() {
                return;
            }
            self.stage.skip(left.min(at_once));
            self.settle();
        }
    }

    /// Somebody stays at the page for so long, and moves a finger now and then.
    pub(super) fn stay(&mut self, time: Duration) {
        let until = self.clock.now().tick.after(time);
        loop {
            let left = self.clock.now().tick.until(until);
            if left.is_zero() {
                return;
            }
            self.stage.skip(left.min(TOUCHES_EVERY));
            self.stir();
        }
    }

    /// Hands the back's reports on and draws.
    pub(super) fn settle(&mut self) {
        while let Ok(report) = self.reports.try_recv() {
            self.kiosk.tell(Event::System(System::Report(report)));
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
            let waiting = Instant::now();
            if let Ok(report) = self.reports.recv_timeout(left.min(Duration::from_millis(100))) {
                self.kiosk.tell(Event::System(System::Report(report)));
            }
            self.stage.skip(waiting.elapsed());
            self.settle();
        }
        self.rest()
    }

    /// What the page says or lets be done with words that are so.
    fn saying(&self, so: impl Fn(&str) -> bool + 'static) -> Option<ElementHandle> {
        let says = move |words: Option<SharedString>| words.is_some_and(|words| so(&words));
        ElementQuery::from_root(&self.window)
            .match_predicate(move |element| {
                says(element.accessible_label()) || says(element.accessible_value())
            })
            .find_first()
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
        let seen = self.saying(move |words| words.contains(&wanted));
        ensure!(seen.is_some(), "\"{text}\" is not on the page {:?}", self.page());
        Ok(())
    }

    /// A visitor's pace: the page has come to rest.
    pub(super) fn rest(&mut self) -> anyhow::Result<()> {
        self.settle();
        self.stage.skip(HELD);
        self.settle();
        // Each visitor of the tour chooses its language: the kiosk has gone back to its own.
        let begins = matches!(self.kiosk.view().page, PageView::Welcome | PageView::Broken);
        let chosen = self.lang.filter(|_| begins);
        let Some(lang) = chosen.filter(|chosen| self.lang() != chosen.to_string()) else { return Ok(()) };
        let name = self.languages.iter().find(|(code, _)| *code == lang).map(|(_, name)| name.clone());
        let name = name.with_context(|| format!("the kiosk has no language {lang}"))?;
        self.touch(&self.named(&name)?, &name)?;
        self.stage.skip(HELD);
        self.settle();
        ensure!(self.lang() == lang.to_string(), "the page does not speak {lang}");
        Ok(())
    }

    pub(super) fn note(&mut self, done: &str, took: Option<Duration>, picture: bool) -> anyhow::Result<()> {
        let page = format!("{:?}", self.page()).to_lowercase();
        let picture = picture.then(|| self.picture(&page)).transpose()?;
        self.steps.push(Step {
            journey: self.journey,
            page,
            done: done.to_owned(),
            at: None,
            taps: self.taps,
            goal: false,
            milliseconds_to_next_frame: took.map(|took| took.as_secs_f64() * 1000.0),
            picture,
        });
        Ok(())
    }

    /// Takes a picture of the page as it is and hangs it on the last step.
    pub(super) fn look(&mut self, name: &str) -> anyhow::Result<()> {
        self.settle();
        let page = format!("{:?}", self.page()).to_lowercase();
        // What has changed by itself since then is a step of its own.
        if self.steps.last().is_none_or(|step| step.picture.is_some() || step.page != page) {
            self.note("look", None, false)?;
        }
        let file = self.picture(name)?;
        if let Some(step) = self.steps.last_mut() {
            step.picture = Some(file);
        }
        Ok(())
    }

    fn picture(&mut self, name: &str) -> anyhow::Result<String> {
        self.pictures += 1;
        let file = format!("{:03}-{name}.png", self.pictures);
        self.stage.picture(&self.folder.file(&file)?)?;
        Ok(file)
    }
}
