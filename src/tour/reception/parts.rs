//! The tour of reception's other parts: a roll call from the board, the forms, what is found and taken out.

use super::Walk;
use crate::book::Book;
use crate::config::Config;
use crate::desk::{Fact, Heading, PageView, ReceptionView, Said, Section};
use crate::errand::State;
use crate::visit::{Feedback, Remark};
use anyhow::ensure;

/// What a visitor of the tour said.
const WORDS: &str = "会议室很舒适，谢谢！ A warm welcome.";

fn pages(page: &PageView) -> Option<&ReceptionView> {
    if let PageView::ReceptionPages(pages) = page { Some(pages) } else { None }
}

impl Walk {
    /// A form, as it is opened, and away again.
    pub(super) fn form(&mut self, action: &str, picture: &str) -> anyhow::Result<()> {
        self.tap(action)?;
        self.look(picture)?;
        self.tap("Back")
    }

    /// The roll is called from the board, printed, ticked, ended.
    pub(super) fn roll_call(&mut self) -> anyhow::Result<()> {
        let board = self.taps;
        self.tap("Call the roll")?;
        self.done_at_desk("desk-roll", board)?;
        self.wait_for("the pages of the roll", |page| {
            let pages = pages(page)
                .and_then(|pages| pages.columns.0.iter().find(|column| column.heading == Heading::Pages));
            pages.is_some_and(|pages| {
                pages
                    .cards
                    .iter()
                    .all(|card| matches!(card.facts.first(), Some(Fact::RollPage(_, _, State::Done(_)))))
            })
        })?;
        self.look("desk-roll-open")?;
        self.tap("Safe")?;
        self.look("desk-roll-ticked")?;
        self.tap("End roll call")?;
        self.look("desk-roll-end")?;
        self.tap_last("End roll call")?;
        let ended = self.pages()?.columns.0.iter().any(|column| column.heading == Heading::Rolls);
        ensure!(ended, "the roll call is not over");
        Ok(())
    }

    /// So that there is something to read.
    pub(super) fn something_is_said(&mut self, config: &Config) -> anyhow::Result<()> {
        let mut book = Book::open_beside(&config.book.path, config.reception.clone())?;
        let said = Feedback {
            rating: Some(5),
            words: Remark::maybe(WORDS),
            complaint: false,
            visit: None,
            department: String::new(),
        };
        book.say(None, &said, self.clock.now())?;
        Ok(())
    }

    /// What is to be seen in a part besides itself, so many taps after the board.
    pub(super) fn part(&mut self, section: Section, config: &Config, board: u32) -> anyhow::Result<()> {
        match section {
            Section::Invitations => {
                self.form("Invite", "desk-invite")?;
                // The form was closed again, which whoever invites does not do; and they send it.
                self.done_at_desk("desk-invite", board)?;
                let change = self.taps;
                self.form("Change", "desk-change-invitation")?;
                // One tap led here.
                self.done_at_desk("desk-change-invitation", change - 1)
            }
            Section::Words => {
                self.show_column(Heading::Words)?;
                self.expect_text(WORDS)?;
                self.look("desk-feedback-words")
            }
            Section::Room if !config.supplies.is_empty() => {
                self.show_column(Heading::Supplies)?;
                self.form("Count", "desk-count")?;
                self.done_at_desk("desk-count", board)
            }
            Section::Watch => {
                self.form("Add to watch list", "desk-watch-form")?;
                self.done_at_desk("desk-watch", board)
            }
            Section::History => {
                let visit = self.card_of(Heading::Found)?;
                self.tap_named(&visit)?;
                self.look("desk-visit")?;
                self.form("Erase this person", "desk-erase")?;
                self.tap("Back")?;
                self.take_out("desk-export", "desk-exported")
            }
            Section::Numbers => {
                self.tap("Print")?;
                self.done_at_desk("desk-print-numbers", board)?;
                self.ordered_is_there("the numbers on paper")?;
                self.look("desk-numbers-printed")?;
                self.take_out("desk-numbers-export", "desk-numbers-exported")
            }
            Section::Board | Section::Room | Section::Roll | Section::Machine => Ok(()),
        }
    }

    /// What is shown goes into a file of the house.
    fn take_out(&mut self, form: &str, done: &str) -> anyhow::Result<()> {
        self.tap("Export")?;
        self.look(form)?;
        self.tap_last("Export")?;
        self.ordered_is_there("the file")?;
        self.look(done)
    }

    fn ordered_is_there(&mut self, what: &str) -> anyhow::Result<()> {
        self.wait_for(what, |page| {
            let said = pages(page).and_then(|pages| pages.said.as_ref());
            matches!(said, Some(Said::Ordered(_, _, State::Done(_))))
        })
    }
}
