//! Those who are expected: by the typed code, by a scan, by name, in a group.

use crate::config::Config;
use crate::desk::{HostShown, PageView};
use crate::tour::walk::{Walk, is_out};
use anyhow::{Context, bail, ensure};

/// The codes and tokens of sample invitations, as in assets/demo/invitations.csv.
const CODE: &str = "D5J6PV";
const TOKEN: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
const GROUP_TOKEN: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY";
const GROUP_CODE: &str = "A7K3M9";

/// Another one, by name: how it is typed, and the end of the telephone number.
const NAME: &str = "曾喆";
const PINYIN: &str = "zengzhe";
const LAST_FOUR: &str = "1234";
/// One who has two invitations.
pub(super) const TWICE: (&str, &str) = ("anna kim", "4321");

impl Walk {
    /// From the greeting over the typed code to badge and mail.
    pub(super) fn invitation_by_code(&mut self, config: &Config) -> anyhow::Result<()> {
        self.rests()?;
        self.tap("I have an invitation")?;
        self.look("code")?;
        self.type_letters(CODE)?;
        let PageView::Confirm(found) = self.kiosk.view().page else {
            bail!("the sample invitation was not found; the page is {:?}", self.page());
        };
        self.expect_text(&found.visitor)?;
        self.expect_text(&found.host)?;
        self.look("confirm")?;
        self.tap("Yes, this is me")?;
        self.expect("the notice", |page| matches!(page, PageView::Agree(_)))?;
        self.look("agree")?;
        self.tap("Agree and print badge")?;
        self.expect("the thanks", |page| matches!(page, PageView::Thanks(_)))?;
        self.done("invitation-code", 0)?;
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
        ensure!(
            self.here()?.iter().any(|visit| visit.badge == thanks.badge.number),
            "the visit that the page thanks for is not in the book"
        );
        self.look("thanks")?;
        self.tap("Done")?;
        self.expect("the welcome page", |page| matches!(page, PageView::Welcome))
    }

    /// A scanner that types; then somebody who corrects what was invited, and one who does not agree.
    pub(super) fn invitation_by_scan(&mut self, _: &Config) -> anyhow::Result<()> {
        self.scan(TOKEN)?;
        self.tap("Correct details, or bring others")?;
        let PageView::Details(details) = self.kiosk.view().page else {
            bail!("the details were expected, and the page is {:?}", self.page());
        };
        let start = details.details.context("the invitation's details are not there to start from")?;
        self.expect_text(start.name.as_str())?;
        self.look("details")?;
        self.tap("Company (if any)")?;
        self.look("details-keyboard")?;
        self.tap("Back")?;
        self.begin("invitation-declined")?;
        self.scan(TOKEN)?;
        self.tap("Yes, this is me")?;
        self.tap("I do not agree")?;
        self.look("declined")?;
        ensure!(
            self.here()?.iter().all(|visit| visit.details.name != start.name),
            "somebody who did not agree is in the book"
        );
        self.tap("Back to the start")?;
        self.begin("invitation-qr")?;
        self.scan(TOKEN)?;
        self.expect("the found invitation", |page| matches!(page, PageView::Confirm(_)))?;
        self.tap("Yes, this is me")?;
        // What will stand on the badge.
        self.expect_text(start.name.as_str())?;
        self.tap("Agree and print badge")?;
        self.until("the badge", is_out)?;
        self.done("invitation-qr", 0)?;
        self.tap("Done")
    }

    /// A Chinese name, typed as pinyin, and one with an accent; then one who has two invitations.
    pub(super) fn invitation_by_name(&mut self, _: &Config) -> anyhow::Result<()> {
        self.tap("I have an invitation")?;
        self.tap("Find by name")?;
        self.look("name")?;
        self.write_chinese()?;
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
        self.write_latin()?;
        self.hold("e")?;
        self.look("name-accents")?;
        self.tap("é")?;
        self.expect_text("é")?;
        self.tap("Back")?;
        self.tap("Back")?;
        self.begin("invitation-choose")?;
        self.tap("I have an invitation")?;
        self.tap("Find by name")?;
        self.type_name(TWICE)?;
        self.tap("Find invitation")?;
        let PageView::Choose(found) = self.kiosk.view().page else {
            bail!("two invitations were to be chosen from; the page is {:?}", self.page());
        };
        self.look("choose")?;
        let other = found.last().context("nothing is offered")?;
        self.choose_beginning(&other.host)?;
        self.expect(
            "the one that was chosen",
            |page| matches!(page, PageView::Confirm(chosen) if chosen.id == other.id),
        )?;
        self.tap("No, not me")?;
        self.tap("Back")
    }

    /// A full name and the last four digits, where both are asked for.
    pub(super) fn type_name(&mut self, (name, last_four): (&str, &str)) -> anyhow::Result<()> {
        self.write_latin()?;
        self.type_letters(name)?;
        self.tap("Next field")?;
        self.type_letters(last_four)
    }

    /// A group with one badge each, one who comes late by the typed code, and all of them out together.
    pub(super) fn group(&mut self, _: &Config) -> anyhow::Result<()> {
        self.scan(GROUP_TOKEN)?;
        self.tap("Yes, this is me")?;
        self.look("group-details")?;
        self.tap("One person fewer")?;
        self.tap("Next")?;
        self.tap_named(&self.worded("Visitor {0}/{1}", &["2", "2"]))?;
        self.write_latin()?;
        self.type_letters("ann")?;
        self.look("members-typing")?;
        self.tap("Hide keyboard")?;
        self.look("members")?;
        self.tap("Next")?;
        self.tap("Agree and print badge")?;
        self.until("both badges", |thanks| is_out(thanks) && thanks.badges == (2, 2))?;
        self.look("thanks-group")?;
        self.tap("Done")?;
        self.begin("group-late")?;
        self.tap("I have an invitation")?;
        self.type_letters(GROUP_CODE)?;
        self.look("confirm-group")?;
        self.tap("Yes, I belong to it")?;
        self.tap("Name")?;
        self.write_latin()?;
        self.type_letters("ben")?;
        self.tap("Hide keyboard")?;
        self.tap("Next")?;
        self.tap("Agree and print badge")?;
        self.until("the late one's badge", is_out)?;
        self.tap("Done")?;
        let leader = self.here()?.into_iter().find(|visit| visit.leader.is_some());
        let leader = leader.and_then(|member| member.leader).context("nobody belongs to the group")?;
        let before = self.here()?;
        let leader = before.iter().find(|visit| visit.id == leader).context("the leader is not here")?;
        self.begin("group-leaves")?;
        self.scan(leader.badge_token.as_str())?;
        self.look("leave-group")?;
        self.choose_beginning(&self.worded("Sign out the whole group ({0} people)", &["3"]))?;
        ensure!(self.here()?.len() + 3 == before.len(), "the group was not signed out in the book");
        self.tap("Done")
    }
}
