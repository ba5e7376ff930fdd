//! Those who leave: by badge, number or name, with a word or without; and those who come back the same day.

use super::comer::{Comer, is_registered};
use super::invited::TWICE;
use crate::config::Config;
use crate::desk::{LookupError, PageView};
use crate::tour::walk::{Walk, is_out};
use crate::visit::Visit;
use anyhow::{Context, ensure};

/// The sample invitations of those who leave: id and token, as in assets/demo/invitations.csv.
const ANNA: (&str, &str) = ("I014", "MFXG4YJANNUW2IDTMVRW63TEEE");
pub(super) const HUONG: (&str, &str) = ("I008", "IFRGKZDJNYQGC3THMVWHGIDPNY");

impl Walk {
    /// The visit of whoever has this invitation; if they are not here yet, they come in.
    fn somebody(&mut self, (invitation, token): (&str, &str)) -> anyhow::Result<Visit> {
        let theirs = |visit: &Visit| visit.invitation_id.as_deref() == Some(invitation);
        if !self.here()?.iter().any(theirs) {
            self.scan(token)?;
            self.tap("Yes, this is me")?;
            self.tap("Agree and print badge")?;
            self.until("the badge", is_out)?;
            self.tap("Done")?;
        }
        self.here()?.into_iter().find(theirs).context("they are not here")
    }

    /// By number and by name, as far as the question; then by the badge, and out.
    pub(super) fn sign_out(&mut self, _: &Config) -> anyhow::Result<()> {
        let visit = self.somebody(ANNA)?;
        let before = self.here()?.len();
        self.begin("leave-by-number")?;
        self.tap("I am leaving")?;
        self.look("leaving")?;
        self.tap("Enter badge number")?;
        self.look("leaving-number")?;
        self.type_letters(&visit.badge.to_string())?;
        self.expect("the sign-out by number", |page| matches!(page, PageView::Leave(_)))?;
        self.expect_text(&visit.details.name.masked())?;
        self.tap("Not yet")?;
        self.begin("leave-by-name")?;
        self.tap("I am leaving")?;
        self.tap("Find by name")?;
        self.type_name(TWICE)?;
        self.look("leaving-name")?;
        self.tap("Find my visit")?;
        self.expect("the sign-out by name", |page| matches!(page, PageView::Leave(_)))?;
        self.look("leave-by-name")?;
        self.tap("Not yet")?;
        self.begin("leave")?;
        self.scan(visit.badge_token.as_str())?;
        self.expect("the sign-out", |page| matches!(page, PageView::Leave(_)))?;
        self.expect_text(visit.details.name.as_str())?;
        self.look("leave")?;
        self.tap("Sign out")?;
        self.expect("the goodbye", |page| matches!(page, PageView::Left(_)))?;
        self.done("leave", 0)?;
        self.tap("Good")?;
        self.look("left")?;
        ensure!(self.here()?.len() + 1 == before, "the visit was not ended in the book");
        self.tap("Comment or suggestion")?;
        self.tap("Your comment or suggestion")?;
        self.write_latin()?;
        self.type_letters("tea")?;
        self.tap("Hide keyboard")?;
        self.look("comment")?;
        self.tap("Send")?;
        self.expect("the word for the comment", |page| {
            matches!(page, PageView::FeedbackKept { case: None, .. })
        })?;
        self.look("comment-heard")?;
        self.tap("Done")
    }

    /// Somebody goes out for lunch, and comes back with the same badge.
    pub(super) fn come_back(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = self.type_that(config, "somebody comes back", |kind| kind.kind.returns)? else {
            return Ok(());
        };
        let who = Comer::of_phone("13800138006");
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, is_registered)?;
        self.let_in(config, kind)?;
        self.tap("Done")?;
        let visit = self.here()?.pop().context("nobody is here")?;
        let inside =
            |walk: &Self| -> anyhow::Result<bool> { Ok(walk.here()?.iter().any(|here| here.id == visit.id)) };
        self.scan(visit.badge_token.as_str())?;
        self.look("leave-for-a-while")?;
        self.tap("Sign out")?;
        self.look("left-for-a-while")?;
        ensure!(!inside(self)?, "who went out is still inside in the book");
        self.tap("Done")?;
        self.begin("return")?;
        self.scan(visit.badge_token.as_str())?;
        self.expect("the way back", |page| matches!(page, PageView::Return(_)))?;
        self.look("return")?;
        self.tap("Come in")?;
        self.expect("the welcome back", |page| matches!(page, PageView::Back { .. }))?;
        self.look("back")?;
        ensure!(inside(self)?, "who came back is not inside in the book");
        self.tap("Done")
    }

    /// Out by one scan and one tap; then a complaint in some words.
    pub(super) fn feedback(&mut self, _: &Config) -> anyhow::Result<()> {
        let visit = self.somebody(HUONG)?;
        self.scan(visit.badge_token.as_str())?;
        self.tap("Sign out")?;
        self.tap("Bad")?;
        self.tap("Complaint")?;
        self.tap("Your complaint")?;
        self.write_latin()?;
        self.type_letters("cold")?;
        self.look("complaint-typing")?;
        self.tap("Hide keyboard")?;
        self.tap("Without my name")?;
        self.look("complaint")?;
        self.tap("Send")?;
        self.expect("the number of the complaint", |page| {
            matches!(page, PageView::FeedbackKept { case: Some(_), .. })
        })?;
        let cases = self.kiosk.with_book(|book| book.cases()).context("the book is closed")??;
        ensure!(cases.iter().any(|case| case.words == "cold"), "the complaint is not in the book");
        self.look("heard")?;
        self.tap("Done")?;
        // The badge of an invitation ends with the visit.
        self.scan(visit.badge_token.as_str())?;
        self.expect(
            "the badge that was signed out",
            |page| matches!(page, PageView::Search(search) if matches!(search.miss, Some(LookupError::Left(_)))),
        )?;
        self.tap("Back")
    }

    /// Slips, strange codes, second thoughts.
    pub(super) fn troubles(&mut self, _: &Config) -> anyhow::Result<()> {
        self.scan("https://example.com/menu")?;
        self.expect(
            "the unreadable code",
            |page| matches!(page, PageView::Search(search) if search.miss == Some(LookupError::Unreadable)),
        )?;
        self.begin("invitation-used")?;
        self.scan(HUONG.1)?;
        if matches!(self.kiosk.view().page, PageView::Confirm(_)) {
            self.tap("Yes, this is me")?;
            self.tap("Agree and print badge")?;
            self.until("the badge", is_out)?;
            self.tap("Done")?;
            self.scan(HUONG.1)?;
        }
        self.expect(
            "the used invitation",
            |page| matches!(page, PageView::Search(search) if matches!(search.miss, Some(LookupError::Used(_)))),
        )?;
        self.tap("Back")?;
        self.tap("Privacy")?;
        self.look("privacy")?;
        self.tap("Done")?;
        self.tap("Reception")?;
        self.look("reception")?;
        self.tap("Done")
    }
}
