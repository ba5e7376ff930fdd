//! What the tour does, as a visitor would: every way in and out, each by itself. Owns the list of journeys and what
//! all of them need; each is told in a file below.

mod comer;
mod house;
mod invited;
mod leaving;
mod remembered;
mod walk_in;

use super::labels;
use super::walk::Walk;
use crate::book::Book;
use crate::config::{Config, VisitType};
use crate::desk::PageView;
use crate::visit::Visit;
use crate::words::Lang;
use anyhow::{Context, ensure};
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::time::Duration;

/// A journey, by its name.
type Journey = fn(&mut Walk, &Config) -> anyhow::Result<()>;

/// Every journey, in the order of the tour. The last two end the day, and the kiosk.
const JOURNEYS: [(&str, Journey); 19] = [
    ("invitation-code", Walk::invitation_by_code),
    ("invitation-qr", Walk::invitation_by_scan),
    ("invitation-name", Walk::invitation_by_name),
    ("walk-in", Walk::walk_in),
    ("escalation", Walk::escalation),
    ("group", Walk::group),
    ("delivery", Walk::delivery),
    ("safety", Walk::safety),
    ("signature", Walk::signature),
    ("photo", Walk::photo),
    ("returning", Walk::returning),
    ("leave", Walk::sign_out),
    ("return", Walk::come_back),
    ("feedback", Walk::feedback),
    ("reception", Walk::reception),
    ("troubles", Walk::troubles),
    ("idle", Walk::idle),
    ("house", Walk::house),
    ("broken", Walk::broken),
];

/// The most taps until the badge is printed, or the visit is over; what a configuration asks for besides comes on top.
const MOST_TAPS: [(&str, u32); 4] =
    [("invitation-qr", 3), ("invitation-code", 9), ("walk-in", 45), ("leave", 1)];

/// The most taps from reception's board until an action is done, or its form was opened and left by one tap, as by the one
/// that sends it.
const MOST_TAPS_AT_DESK: [(&str, u32); 13] = [
    ("desk-correct-here", 3),
    ("desk-print-again", 3),
    ("desk-pass", 3),
    ("desk-extend", 3),
    ("desk-note", 3),
    ("desk-count", 3),
    ("desk-change-invitation", 3),
    ("desk-admit", 3),
    ("desk-roll", 1),
    ("desk-invite", 3),
    ("desk-watch", 3),
    ("desk-print-numbers", 2),
    ("desk-check-in", 3),
];

/// The names of all journeys.
pub fn names() -> impl Iterator<Item = &'static str> {
    JOURNEYS.iter().map(|(name, _)| *name)
}

impl Walk {
    /// Every journey, one after the other, or the one of this name.
    pub(super) fn walk(&mut self, config: &Config, only: Option<&str>) -> anyhow::Result<()> {
        for (name, journey) in JOURNEYS {
            if only.is_none_or(|only| only == name) {
                self.begin(name)
                    .and_then(|()| journey(self, config))
                    .with_context(|| format!("journey \"{name}\""))?;
            }
        }
        Ok(())
    }

    /// What this journey is for is done; it must not have taken more taps than promised, but for so many that the
    /// configuration asks for besides.
    fn done(&mut self, name: &str, besides: u32) -> anyhow::Result<()> {
        let most = MOST_TAPS.iter().find(|(journey, _)| *journey == name).map(|(_, most)| *most + besides);
        ensure!(most.is_none_or(|most| self.taps <= most), "{} taps, {most:?} at most", self.taps);
        if let Some(step) = self.steps.last_mut() {
            step.goal = true;
        }
        Ok(())
    }

    /// What reception wanted is done; it must not have taken more taps than promised since the board, where so many were
    /// made before.
    pub(super) fn done_at_desk(&mut self, name: &str, board: u32) -> anyhow::Result<()> {
        let most = MOST_TAPS_AT_DESK.iter().find(|(action, _)| *action == name).map(|(_, most)| *most);
        let most = most.with_context(|| format!("nothing is promised about {name}"))?;
        let taps = self.taps.saturating_sub(board);
        ensure!(taps <= most, "{name}: {taps} taps, {most} at most");
        Ok(())
    }

    /// The first type of visit that is so. The built-in configuration has one of every kind; where somebody's own has
    /// none, there is nothing to prove, and the tour says so.
    pub(super) fn type_that<'a>(
        &mut self,
        config: &'a Config,
        what: &str,
        fits: impl Fn(&VisitType) -> bool,
    ) -> anyhow::Result<Option<&'a VisitType>> {
        let found = config.visit_types.iter().find(|kind| fits(kind));
        if found.is_none() {
            self.leave_out(&format!("{what}: no type of visit"))?;
        }
        Ok(found)
    }

    /// Somebody's own configuration gives no reason for this.
    fn leave_out(&mut self, what: &str) -> anyhow::Result<()> {
        ensure!(self.own, "the built-in configuration no longer has {what}");
        self.left_out.push(what.to_owned());
        Ok(())
    }

    fn type_letters(&mut self, letters: &str) -> anyhow::Result<()> {
        letters.chars().try_for_each(|key| match key {
            ' ' => self.tap("Space"),
            key => self.tap(&key.to_string()),
        })
    }

    /// Latin letters, whatever the language.
    pub(super) fn write_latin(&mut self) -> anyhow::Result<()> {
        match self.window.global::<ui::Keyboard>().get_chinese() {
            true => self.tap("Write Latin letters"),
            false => Ok(()),
        }
    }

    /// Pinyin, whatever the language.
    fn write_chinese(&mut self) -> anyhow::Result<()> {
        match self.window.global::<ui::Keyboard>().get_chinese() {
            true => Ok(()),
            false => self.tap("Write Chinese with pinyin"),
        }
    }

    /// The pages' words for this, with what stands in its gaps.
    fn worded(&self, english: &str, parts: &[&str]) -> String {
        let words = labels::in_language(english, &self.lang()).to_owned();
        let fill = |words: String, (at, part): (usize, &&str)| words.replace(&format!("{{{at}}}"), part);
        parts.iter().enumerate().fold(words, fill)
    }

    /// The pages' words for this are to be read.
    fn expect_words(&self, english: &str) -> anyhow::Result<()> {
        self.expect_text(labels::in_language(english, &self.lang()))
    }

    /// The language of the page, as the configuration names it.
    fn words_in(&self) -> Lang {
        self.lang().parse().unwrap_or(Lang::EN)
    }

    /// Agrees, with whatever is promised about the badge.
    fn agree(&mut self) -> anyhow::Result<()> {
        let at_once = self.shows("Agree and print badge");
        self.tap(if at_once { "Agree and print badge" } else { "Agree and register" })
    }

    /// Everybody who is here.
    fn here(&self) -> anyhow::Result<Vec<Visit>> {
        Ok(self.kiosk.with_book(|book| book.open_visits()).context("the book is closed")??)
    }

    /// What reception does elsewhere: lets in, or declines with a word.
    fn answer(&mut self, config: &Config, number: &str, word: Option<&str>) -> anyhow::Result<()> {
        let mut book = Book::open_beside(&config.book.path, config.reception.clone())?;
        let visit = book.waiting()?.into_iter().find(|visit| visit.badge.to_string() == number);
        let visit = visit.context("the visit does not wait in the book")?;
        let now = self.clock.now();
        let done = match word {
            None => book.admit(visit.id, "tour", now)?,
            Some(word) => book.decline(visit.id, "tour", word, now)?,
        };
        ensure!(done, "the answer was not taken");
        // The kiosk looks into its book by itself.
        let still = |page: &PageView| !matches!(page, PageView::Waiting(_));
        self.pass_until(Duration::from_secs(10), still);
        self.rest()?;
        self.note("reception answers", None, false)
    }
}
