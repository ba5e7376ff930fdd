//! The tour behind the PIN: the board, a visitor let in, details corrected, a badge printed again, somebody expected
//! checked in. What the other parts show is below.

mod parts;

use super::walk::{Walk, is_out};
use crate::book::Book;
use crate::config::{Admits, Config, VisitType};
use crate::desk::{Action, Heading, PageView, Section};
use crate::now::Now;
use crate::pin::{Pepper, Pin};
use crate::visit::Role;
use anyhow::{Context, bail, ensure};
use slint::ComponentHandle;
use std::time::Duration;

/// The PIN of the tour's receptionist, on a book of its own.
const PIN: &str = "480215";
const NAME: &str = "王芳";
/// A little longer than the button has to be held down (`ui/parts/frame.slint`).
const HELD_TO_CALL: Duration = Duration::from_millis(3_300);

/// What the columns are called that the tour chooses.
const CHOSEN: [(Heading, &str); 4] = [
    (Heading::Here, "Here now"),
    (Heading::Expected, "Expected"),
    (Heading::Supplies, "Supplies"),
    (Heading::Words, "Recent feedback"),
];

impl Walk {
    /// Somebody waits; reception lets them in, corrects, prints again, locks.
    pub(super) fn reception(&mut self, config: &Config) -> anyhow::Result<()> {
        let asks = |kind: &VisitType| kind.admits != Admits::Nobody;
        let Some(kind) = self.type_that(config, "reception lets somebody in", asks)? else { return Ok(()) };
        set_pin(config, self.clock.now())?;
        self.register(config, kind)?;
        self.tap("Done")?;
        self.begin("reception")?;
        self.tap("Reception")?;
        self.look("reception")?;
        self.tap("For staff")?;
        self.look("pin")?;
        if !self.shows("Hide keyboard") {
            self.tap("PIN")?;
        }
        PIN.chars().try_for_each(|digit| self.tap(&digit.to_string()))?;
        self.tap("Open")?;
        self.expect("reception's board", |page| matches!(page, PageView::ReceptionPages(_)))?;
        self.look("desk")?;
        let waiting = self.first_card(Heading::Hand)?;
        self.form("Decline", "desk-decline")?;
        let board = self.taps;
        self.tap_named(&waiting)?;
        self.look("desk-card")?;
        self.tap("Admit")?;
        self.done_at_desk("desk-admit", board)?;
        self.look("desk-admitted")?;
        self.tap("Correct")?;
        self.look("desk-correct")?;
        self.tap("Company")?;
        self.look("desk-correct-typing")?;
        self.tap("Hide keyboard")?;
        self.tap("Back")?;
        self.tap("Print again")?;
        self.tap("Reason")?;
        self.write_latin()?;
        "lost".chars().try_for_each(|key| self.tap(&key.to_string()))?;
        self.tap("Hide keyboard")?;
        self.look("desk-reprint")?;
        self.tap("Print again")?;
        self.tap("Back")?;
        self.roll_call()?;
        self.tap("Today")?;
        self.actions_on_somebody_here(&waiting)?;
        self.tap("Sign out")?;
        self.tap("Back")?;
        self.something_is_said(config)?;
        for section in self.pages()?.sections.iter().map(|(section, _)| *section).collect::<Vec<_>>() {
            self.tap("Today")?;
            let board = self.taps;
            let name = section_name(section);
            self.tap(name)?;
            self.look(&format!("desk-{}", name.to_lowercase().replace(' ', "-")))?;
            self.part(section, config, board)?;
        }
        self.tap("Today")?;
        let board = self.taps;
        let expected = self.card_of(Heading::Expected)?;
        self.show_column(Heading::Expected)?;
        self.look("desk-expected")?;
        self.tap_named(&expected)?;
        self.look("desk-invitation")?;
        self.tap("Check in")?;
        self.done_at_desk("desk-check-in", board)?;
        self.look("desk-check-in")?;
        // Whoever brings others is asked for them.
        for _ in 0..2 {
            if matches!(self.kiosk.view().page, PageView::Details(_) | PageView::Members(_)) {
                self.tap("Next")?;
            }
        }
        self.look("desk-notice")?;
        self.expect("the notice", |page| matches!(page, PageView::Agree(_)))?;
        self.tap("Agree and print badge")?;
        self.until("the badge", is_out)?;
        self.tap("Done")?;
        self.fire()
    }

    /// Somebody sees smoke: the roll is called from the first page, without a PIN.
    fn fire(&mut self) -> anyhow::Result<()> {
        self.pass_until(Duration::from_secs(200), |page| matches!(page, PageView::Welcome));
        self.rest()?;
        self.hold_for("Reception", HELD_TO_CALL)?;
        self.expect("what went out", |page| matches!(page, PageView::RollCall(_)))?;
        self.look("roll-call")
    }

    /// Whatever is done about somebody who is here is three taps from the board. Their card stays open.
    fn actions_on_somebody_here(&mut self, name: &str) -> anyhow::Result<()> {
        let board = self.taps;
        self.show_column(Heading::Here)?;
        self.tap_named(name)?;
        let opened = self.taps - board;
        for (action, picture) in [
            ("Correct", "desk-correct-here"),
            ("Print again", "desk-print-again"),
            ("Lend a pass", "desk-pass"),
            ("Extend stay", "desk-extend"),
            ("Note", "desk-note"),
        ] {
            let card = self.taps;
            self.form(action, picture)?;
            self.done_at_desk(picture, card - opened)?;
        }
        Ok(())
    }

    fn pages(&self) -> anyhow::Result<crate::desk::ReceptionView> {
        let PageView::ReceptionPages(pages) = self.kiosk.view().page else {
            bail!("reception's pages were expected, and the page is {:?}", self.page());
        };
        Ok(*pages)
    }

    fn first_card(&self, heading: Heading) -> anyhow::Result<String> {
        let card = self.card_of(heading)?;
        ensure!(self.pages()?.columns.0.iter().any(|column| {
            column.heading == heading
                && column.cards.first().is_some_and(|card| card.actions.contains(&Action::Admit))
        }));
        Ok(card)
    }

    fn card_of(&self, heading: Heading) -> anyhow::Result<String> {
        let pages = self.pages()?;
        let column = pages.columns.0.iter().find(|column| column.heading == heading);
        let card = column.and_then(|column| column.cards.first()).context("the column is empty")?;
        Ok(card.title.clone())
    }

    /// Where not every column has a place of its own, one is chosen by its heading; the second one is at first.
    fn show_column(&mut self, heading: Heading) -> anyhow::Result<()> {
        let pages = self.pages()?;
        let at = pages.columns.0.iter().position(|column| column.heading == heading);
        let at = at.context("there is no such column")?;
        let (count, all) = (pages.columns.0[at].cards.len(), pages.columns.0.len());
        let size = self.window.window().size();
        let wide = size.width > size.height;
        if at < 2 || all <= if wide { 3 } else { 2 } {
            return Ok(());
        }
        let named = CHOSEN.iter().find(|(of, _)| *of == heading);
        let (_, english) = named.with_context(|| format!("no name for {heading:?}"))?;
        let name = super::labels::in_language(english, &self.lang()).to_owned();
        self.tap_named(&format!("{name} {count}"))
    }
}

fn section_name(section: Section) -> &'static str {
    match section {
        Section::Board => "Today",
        Section::Invitations => "Invitations",
        Section::Words => "Feedback",
        Section::Room => "Supplies and checks",
        Section::History => "History",
        Section::Roll => "Roll call",
        Section::Watch => "Watch list",
        Section::Numbers => "Numbers",
        Section::Machine => "Equipment",
    }
}

/// The tour's book is new: nobody in it has a PIN yet.
fn set_pin(config: &Config, now: Now) -> anyhow::Result<()> {
    let file = &config.staff.pepper_file;
    let pepper = match Pepper::read(file) {
        Ok(pepper) => pepper,
        Err(_) => Pepper::write(file, [7; 32]).with_context(|| format!("{}", file.display()))?,
    };
    let hash = Pin::new(PIN)?.hash(&pepper, [7; 16]).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let mut book = Book::open_beside(&config.book.path, config.reception.clone())?;
    book.set_pin(NAME, Role::Manager, &hash, "tour", now)?;
    Ok(())
}
