//! What the tour does, as a visitor would: finds a control by its name, taps its middle, looks at the page.

use super::Step;
use super::labels;
use super::stage::Stage;
use crate::book::Book;
use crate::config::Config;
use crate::desk::{BadgeShown, Event, HostRow, HostShown, Miss, PageView, ThanksView, WaitingView};
use crate::errand::Report;
use crate::front::clock::Clock;
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

/// A code and a token of two sample invitations, as in assets/demo/invitations.csv.
const CODE: &str = "A7K3M9";
const TOKEN: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";

/// Another one, by name: how it is typed, and the end of the telephone number.
const NAME: &str = "曾喆";
const PINYIN: &str = "zengzhe";
const LAST_FOUR: &str = "1234";

/// Longer than a key must be held down for its accented forms, and than a new page takes no tap.
const HELD: Duration = Duration::from_millis(600);

/// How long the resting welcome page is watched.
const WATCHED: Duration = Duration::from_millis(700);

fn middle(element: &ElementHandle) -> LogicalPosition {
    let (corner, size) = (element.absolute_position(), element.size());
    LogicalPosition::new(corner.x + size.width / 2.0, corner.y + size.height / 2.0)
}

fn is_out(thanks: &ThanksView) -> bool {
    matches!(thanks.badge_state, BadgeShown::Printed | BadgeShown::HandedOver)
}

/// A walk through the pages.
pub(super) struct Walk {
    kiosk: Kiosk,
    window: ui::Kiosk,
    stage: Stage,
    reports: Receiver<Report>,
    out: PathBuf,
    lang: Option<Lang>,
    patience: Duration,
    /// What the scanner types before each code.
    prefix: String,
    journey: &'static str,
    taps: u32,
    pictures: u32,
    pub steps: Vec<Step>,
}

impl Walk {
    pub fn new(
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

    /// Every journey, one after the other.
    pub fn all(&mut self, config: &Config) -> anyhow::Result<()> {
        self.prefix.clone_from(&config.scanner.prefix);
        self.invitation_by_code(config).context("journey \"invitation by code\"")?;
        self.invitation_by_scan().context("journey \"invitation by QR code\"")?;
        self.invitation_by_name().context("journey \"invitation by name\"")?;
        self.walk_in(config).context("journey \"walk-in\"")?;
        self.delivery().context("journey \"delivery\"")?;
        self.sign_out().context("journey \"signing out\"")?;
        self.feedback().context("journey \"feedback\"")?;
        self.troubles().context("journey \"what goes wrong\"")
    }
}

impl Walk {
    /// From the greeting over the typed code to badge and mail, every page once.
    fn invitation_by_code(&mut self, config: &Config) -> anyhow::Result<()> {
        self.begin("invitation by code")?;
        self.rests()?;
        self.tap("I have an invitation")?;
        self.expect("the look-up", |page| matches!(page, PageView::Search(_)))?;
        self.look("invitation")?;
        self.tap("Enter 6-character code")?;
        for key in CODE.chars() {
            self.tap(&key.to_string())?;
        }
        self.look("code")?;
        self.tap("Find invitation")?;
        let PageView::Confirm(found) = self.kiosk.view().page else {
            bail!("the sample invitation was not found; the page is {:?}", self.page());
        };
        self.expect_text(&found.visitor)?;
        self.expect_text(&found.host)?;
        self.look("confirm")?;
        self.tap("Yes, this is me")?;
        let PageView::Details(details) = self.kiosk.view().page else {
            bail!("the details were expected, and the page is {:?}", self.page());
        };
        let start = details.details.context("the invitation's details are not there to start from")?;
        self.expect_text(start.name.as_str())?;
        self.look("details")?;
        self.tap("Company (if any)")?;
        self.look("details-keyboard")?;
        self.tap("Hide keyboard")?;
        self.tap("Next")?;
        self.expect("the notice", |page| matches!(page, PageView::Agree(_)))?;
        self.look("agree")?;
        self.tap("Agree and print badge")?;
        self.expect("the thanks", |page| matches!(page, PageView::Thanks(_)))?;
        self.thanks(config)
    }

    /// The last page says what the devices said, and the book has the visit.
    fn thanks(&mut self, config: &Config) -> anyhow::Result<()> {
        self.until("the badge and the mail", |thanks| {
            is_out(thanks) && thanks.host_state == HostShown::Sent
        })?;
        let PageView::Thanks(thanks) = self.kiosk.view().page else { bail!("the thanks are gone") };
        self.expect_text(&thanks.host)?;
        self.expect_text(&thanks.place)?;
        if let Some(wifi) = &config.wifi {
            self.expect_text(&wifi.name)?;
        }
        let visits = self.kiosk.with_book(|book| book.open_visits()).context("the book is closed")??;
        ensure!(
            visits.iter().any(|visit| visit.badge == thanks.badge.number),
            "the visit that the page thanks for is not in the book"
        );
        self.look("thanks")?;
        self.tap("Done")?;
        self.expect("the welcome page", |page| matches!(page, PageView::Welcome))
    }

    /// A scanner that types, in the other language.
    fn invitation_by_scan(&mut self) -> anyhow::Result<()> {
        self.begin("invitation by QR code")?;
        self.scan(TOKEN)?;
        self.expect("the found invitation", |page| matches!(page, PageView::Confirm(_)))?;
        self.tap("Yes, this is me")?;
        self.tap("Next")?;
        self.tap("Agree and print badge")?;
        self.until("the badge", is_out)?;
        self.tap("Done")
    }

    /// A Chinese name, typed as pinyin, and one with an accent.
    fn invitation_by_name(&mut self) -> anyhow::Result<()> {
        self.begin("invitation by name")?;
        self.tap("I have an invitation")?;
        self.tap("Find by name")?;
        self.look("name")?;
        if !self.window.global::<ui::Keyboard>().get_chinese() {
            self.tap("Write Chinese with pinyin")?;
        }
        self.type_letters(PINYIN)?;
        self.look("name-composing")?;
        self.tap("More characters")?;
        self.look("name-candidates")?;
        self.tap("Back to the keys")?;
        self.tap(NAME)?;
        self.expect_text(NAME)?;
        self.tap("Next field")?;
        self.type_letters(LAST_FOUR)?;
        self.look("name-typed")?;
        self.tap("Find invitation")?;
        self.expect("the invitation of that name", |page| matches!(page, PageView::Confirm(_)))?;
        self.tap("No, not me")?;
        self.tap("Find by name")?;
        if self.window.global::<ui::Keyboard>().get_chinese() {
            self.tap("Write Latin letters")?;
        }
        self.hold("e")?;
        self.look("name-accents")?;
        self.tap("é")?;
        self.expect_text("é")
    }

    /// Parcels for somebody who is found by initials.
    fn delivery(&mut self) -> anyhow::Result<()> {
        self.begin("delivery")?;
        self.tap("Delivery")?;
        self.look("recipient")?;
        self.tap("Host or department")?;
        self.type_letters("lxy")?;
        self.tap_first_host()?;
        self.tap("One parcel more")?;
        self.look("parcels")?;
        self.tap("Left at reception")?;
        self.wait_for(
            "the mail about the parcels",
            |page| matches!(page, PageView::Delivered(delivered) if delivered.host_state == HostShown::Sent),
        )?;
        let parcels = self.kiosk.with_book(|book| book.parcels()).context("the book is closed")??;
        ensure!(parcels.iter().any(|delivery| delivery.parcels == 2), "the parcels are not in the book");
        self.look("delivered")?;
        self.tap("Done")
    }

    /// Somebody whom nobody expects, until reception lets them in; then one whom it does not.
    fn walk_in(&mut self, config: &Config) -> anyhow::Result<()> {
        self.begin("walk-in")?;
        self.register_walk_in(true)?;
        let waiting = self.waiting()?;
        self.look("waiting")?;
        self.answer(config, &waiting.number, None)?;
        self.until("the badge after the answer", is_out)?;
        self.look("let-in")?;
        self.tap("Done")?;
        self.begin("walk-in declined")?;
        self.register_walk_in(false)?;
        let waiting = self.waiting()?;
        self.answer(config, &waiting.number, Some("李晓云今天不在公司"))?;
        self.expect("the kind word", |page| matches!(page, PageView::Refused(_)))?;
        self.look("refused")?;
        self.tap("Done")
    }

    /// Chinese name, host by initials, as far as the notice and beyond it.
    fn register_walk_in(&mut self, looks: bool) -> anyhow::Result<()> {
        let look = |walk: &mut Self, name| if looks { walk.look(name) } else { Ok(()) };
        self.tap("No appointment")?;
        look(self, "types")?;
        let PageView::Types(types) = self.kiosk.view().page else { bail!("no types are offered") };
        let (_, customer) = types.first().context("no types are offered")?;
        self.tap_named(&customer.clone())?;
        self.tap("Name")?;
        if !self.window.global::<ui::Keyboard>().get_chinese() {
            self.tap("Write Chinese with pinyin")?;
        }
        self.type_letters("wangfang")?;
        self.tap_named("王芳")?;
        self.tap("Hide keyboard")?;
        look(self, "walk-in-details")?;
        self.tap("Next")?;
        look(self, "departments")?;
        self.tap("Host or department")?;
        self.type_letters("lxy")?;
        look(self, "host")?;
        self.tap_first_host()?;
        look(self, "purpose")?;
        let PageView::Purpose(purposes) = self.kiosk.view().page else { bail!("no purposes are offered") };
        self.tap_named(&purposes.first().context("no purposes are offered")?.clone())?;
        self.tap("Agree and register")
    }

    fn tap_first_host(&mut self) -> anyhow::Result<()> {
        let PageView::Host(search) = self.kiosk.view().page else { bail!("no hosts are offered") };
        let Some(HostRow::Host { name, department, place, .. }) = search.rows.first().cloned() else {
            bail!("nobody was found by initials");
        };
        let lang = self.window.global::<ui::Frame>().get_language();
        let line = labels::in_language("{0}, {1}", &lang);
        self.tap_named(&line.replace("{0}", &name).replace("{1}", &format!("{department} · {place}")))
    }

    fn waiting(&mut self) -> anyhow::Result<WaitingView> {
        self.wait_for("the mail to the host", |page| {
            matches!(page, PageView::Waiting(waiting)
                if waiting.asked.first().is_some_and(|asked| asked.state == HostShown::Sent))
        })?;
        let PageView::Waiting(waiting) = self.kiosk.view().page else { bail!("the waiting page is gone") };
        ensure!(waiting.asked.len() == 1, "only the host was to be asked: {:?}", waiting.asked);
        Ok(*waiting)
    }

    /// What reception does elsewhere: lets in, or declines with a word.
    fn answer(&mut self, config: &Config, number: &str, word: Option<&str>) -> anyhow::Result<()> {
        let mut book = Book::open_beside(&config.book.path, config.reception.clone())?;
        let visit = book.waiting()?.into_iter().find(|visit| visit.badge.to_string() == number);
        let visit = visit.context("the visit does not wait in the book")?;
        let now = Clock::start().now();
        let done = match word {
            None => book.admit(visit.id, "tour", now)?,
            Some(word) => book.decline(visit.id, "tour", word, now)?,
        };
        ensure!(done, "the answer was not taken");
        self.kiosk.tell(Event::Tick);
        self.rest();
        Ok(())
    }

    fn type_letters(&mut self, letters: &str) -> anyhow::Result<()> {
        letters.chars().try_for_each(|key| self.tap(&key.to_string()))
    }

    /// Somebody who is here holds the badge to the scanner.
    fn sign_out(&mut self) -> anyhow::Result<()> {
        self.begin("signing out")?;
        let visits = self.kiosk.with_book(|book| book.open_visits()).context("the book is closed")??;
        let visit = visits.first().context("nobody is here")?.clone();
        self.tap("I am leaving")?;
        self.look("leaving")?;
        self.tap("Enter badge number")?;
        self.type_letters(&visit.badge.to_string())?;
        self.look("leaving-number")?;
        self.tap("Find my visit")?;
        self.expect("the sign-out by number", |page| matches!(page, PageView::Leave(_)))?;
        self.expect_text(&visit.details.name.masked())?;
        self.tap("Not yet")?;
        self.scan(visit.badge_token.as_str())?;
        self.expect("the sign-out", |page| matches!(page, PageView::Leave(_)))?;
        self.expect_text(visit.details.name.as_str())?;
        self.tap("Sign out")?;
        self.expect("the goodbye", |page| matches!(page, PageView::Left(_)))?;
        self.tap("Good")?;
        self.look("left")?;
        let still_here = self.kiosk.with_book(|book| book.open_visits()).context("the book is closed")??;
        ensure!(still_here.len() + 1 == visits.len(), "the visit was not ended in the book");
        self.tap("Done")
    }

    /// By one scan and one tap; then a complaint in some words.
    fn feedback(&mut self) -> anyhow::Result<()> {
        self.begin("feedback")?;
        let visits = self.kiosk.with_book(|book| book.open_visits()).context("the book is closed")??;
        let visit = visits.first().context("nobody is here")?.clone();
        self.scan(visit.badge_token.as_str())?;
        self.tap("Sign out")?;
        self.tap("Bad")?;
        self.tap("Complaint")?;
        self.tap("Your complaint")?;
        if self.window.global::<ui::Keyboard>().get_chinese() {
            self.tap("Write Latin letters")?;
        }
        self.type_letters("cold")?;
        self.look("complaint-typing")?;
        self.tap("Hide keyboard")?;
        self.tap("Without my name")?;
        self.look("complaint")?;
        self.tap("Send")?;
        self.expect("the number of the complaint", |page| {
            matches!(page, PageView::Heard { case: Some(_), .. })
        })?;
        let cases = self.kiosk.with_book(|book| book.cases()).context("the book is closed")??;
        ensure!(cases.iter().any(|case| case.words == "cold"), "the complaint is not in the book");
        self.look("heard")?;
        self.tap("Done")?;
        // A badge that may come back; the invited ones may not.
        self.scan(visit.badge_token.as_str())?;
        self.expect(
            "the badge that was signed out",
            |page| matches!(page, PageView::Search(search) if matches!(search.miss, Some(Miss::Left(_)))),
        )
    }

    /// Slips, strange codes, second thoughts.
    fn troubles(&mut self) -> anyhow::Result<()> {
        self.begin("what goes wrong")?;
        self.scan("https://example.com/menu")?;
        self.expect(
            "the unreadable code",
            |page| matches!(page, PageView::Search(search) if search.miss == Some(Miss::Unreadable)),
        )?;
        self.scan(TOKEN)?;
        self.expect(
            "the used invitation",
            |page| matches!(page, PageView::Search(search) if matches!(search.miss, Some(Miss::Used(_)))),
        )?;
        self.kiosk.tell(Event::Home);
        self.kiosk.tell(Event::ShowPrivacy);
        self.settle();
        self.note("open the privacy notice", Duration::ZERO, true)?;
        self.kiosk.tell(Event::CloseAside);
        self.kiosk.tell(Event::ShowReception);
        self.settle();
        self.note("ask for reception", Duration::ZERO, true)?;
        self.kiosk.tell(Event::Home);
        self.settle();
        Ok(())
    }

    fn begin(&mut self, journey: &'static str) -> anyhow::Result<()> {
        self.journey = journey;
        self.taps = 0;
        self.kiosk.tell(Event::Home);
        if let Some(lang) = self.lang {
            self.kiosk.tell(Event::ChooseLanguage(lang));
        }
        self.rest();
        self.expect("welcome", |page| matches!(page, PageView::Welcome))?;
        self.note("begin", Duration::ZERO, true)
    }

    /// While nobody does anything and nothing changes, nothing is drawn.
    fn rests(&mut self) -> anyhow::Result<()> {
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
    fn settle(&mut self) {
        while let Ok(report) = self.reports.try_recv() {
            self.kiosk.tell(Event::Report(report));
        }
        self.stage.draw();
    }

    /// Waits for the devices until the thanks say what is wanted.
    fn until(&mut self, what: &str, met: impl Fn(&ThanksView) -> bool) -> anyhow::Result<()> {
        self.wait_for(what, |page| matches!(page, PageView::Thanks(thanks) if met(thanks)))
    }

    fn wait_for(&mut self, what: &str, met: impl Fn(&PageView) -> bool) -> anyhow::Result<()> {
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

    fn page(&self) -> ui::Page {
        self.window.global::<ui::Frame>().get_page()
    }

    fn expect(&self, what: &str, shown: impl Fn(&PageView) -> bool) -> anyhow::Result<()> {
        let page = self.kiosk.view().page;
        ensure!(shown(&page), "{what} was expected, and the page is {:?}", self.page());
        Ok(())
    }

    /// A text that a visitor must be able to read on this page.
    fn expect_text(&self, text: &str) -> anyhow::Result<()> {
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
    fn tap(&mut self, english: &str) -> anyhow::Result<()> {
        let lang = self.window.global::<ui::Frame>().get_language();
        let name = labels::in_language(english, &lang);
        self.tap_named(name)
    }

    /// Taps what has exactly this name, in whatever language it is.
    fn tap_named(&mut self, name: &str) -> anyhow::Result<()> {
        let Some(element) = ElementHandle::find_by_accessible_label(&self.window, name).next() else {
            bail!("there is no \"{name}\" on the page {:?}", self.page());
        };
        self.tap_element(&element, name)
    }

    fn tap_element(&mut self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
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

    /// Holds down the key of this name.
    fn hold(&mut self, name: &str) -> anyhow::Result<()> {
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

    fn press(&self, element: &ElementHandle, name: &str) -> anyhow::Result<()> {
        let middle = middle(element);
        let screen = self.window.window().size();
        let inside =
            (0.0..screen.width as f32).contains(&middle.x) && (0.0..screen.height as f32).contains(&middle.y);
        ensure!(inside, "{name} is outside the screen, at {} {}", middle.x, middle.y);
        let button = PointerEventButton::Left;
        self.window.window().dispatch_event(WindowEvent::PointerPressed { position: middle, button });
        Ok(())
    }

    fn release(&self, element: &ElementHandle) {
        let (position, button) = (middle(element), PointerEventButton::Left);
        self.window.window().dispatch_event(WindowEvent::PointerReleased { position, button });
    }

    /// A visitor's pace: the page has come to rest.
    fn rest(&mut self) {
        self.settle();
        self.stage.skip(HELD);
        self.settle();
    }

    /// The scanner types: every key at once, then Enter.
    fn scan(&mut self, text: &str) -> anyhow::Result<()> {
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

    fn note(&mut self, done: &str, took: Duration, picture: bool) -> anyhow::Result<()> {
        let page = format!("{:?}", self.page()).to_lowercase();
        let picture = picture.then(|| self.picture(&page)).transpose()?;
        self.steps.push(Step {
            journey: self.journey,
            page,
            done: done.to_owned(),
            taps: self.taps,
            milliseconds_to_next_frame: took.as_secs_f64() * 1000.0,
            picture,
        });
        Ok(())
    }

    /// Takes a picture of the page as it is and hangs it on the last step.
    fn look(&mut self, name: &str) -> anyhow::Result<()> {
        self.settle();
        let file = self.picture(name)?;
        if let Some(step) = self.steps.last_mut() {
            step.picture = Some(file);
        }
        Ok(())
    }

    fn picture(&mut self, name: &str) -> anyhow::Result<String> {
        self.pictures += 1;
        let file = format!("{:02}-{name}.png", self.pictures);
        self.stage.picture(&self.out.join(&file))?;
        Ok(file)
    }
}
