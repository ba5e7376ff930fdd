//! Those who were here before: known again by name and number, with a signature that still counts.

use super::comer::{Comer, is_registered};
use crate::config::{Ask, Config, VisitType};
use crate::desk::PageView;
use crate::tour::walk::Walk;
use anyhow::bail;

const EVA: Comer = Comer {
    letters: "eva",
    chosen: None,
    company: Some("tube"),
    phone: Some("13800138002"),
    by_department: false,
    pictured: false,
};

impl Walk {
    /// Somebody who has to sign: an empty pad and a dot are refused. When they come again, they need not.
    pub(super) fn signature(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = self.type_that(config, "a signature", |kind| kind.signature)? else {
            return Ok(());
        };
        let who = Comer::of_phone("13800138003");
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, |page| matches!(page, PageView::Agree(_)))?;
        self.look("agree-sign")?;
        self.agree()?;
        self.look("agree-unsigned")?;
        self.write("Signature", &[(0.5, 0.5)])?;
        self.agree()?;
        self.expect_words("Please sign with your finger before you agree.")?;
        let PageView::Agree(notice) = self.kiosk.view().page else { bail!("the notice is gone") };
        self.sign_and_agree(&notice)?;
        self.look("signed")?;
        self.let_in(config, kind)?;
        self.tap("Done")?;
        if kind.phone == Ask::No {
            return self.leave_out("a signature that still counts: nobody is known without a number");
        }
        self.begin("signed-before")?;
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, |page| matches!(page, PageView::Agree(_)))?;
        self.expect(
            "the earlier signature",
            |page| matches!(page, PageView::Agree(notice) if notice.signed.is_some() && !notice.signs),
        )?;
        self.look("agree-signed-before")?;
        self.agree()?;
        self.let_in(config, kind)?;
        self.tap("Done")
    }

    /// Somebody who wants to be remembered, and then comes again.
    pub(super) fn returning(&mut self, config: &Config) -> anyhow::Result<()> {
        if config.visit.remember_months == 0 {
            return self.leave_out("somebody is known again: nobody is remembered");
        }
        let known = |kind: &VisitType| kind.phone != Ask::No && kind.company != Ask::No;
        let Some(kind) = self.type_that(config, "somebody is known again", known)? else { return Ok(()) };
        self.come(kind, &EVA)?;
        self.tap("Remember me for next time")?;
        self.look("remember")?;
        self.go_on(config, &EVA, kind, is_registered)?;
        self.let_in(config, kind)?;
        self.tap("Done")?;
        self.begin("returning")?;
        self.tap("No appointment")?;
        self.choose(kind.kind.name.get(self.words_in()))?;
        self.tap("Name")?;
        self.write_latin()?;
        self.type_letters(EVA.letters)?;
        self.tap("Hide keyboard")?;
        self.tap("Phone")?;
        self.type_letters(EVA.phone.unwrap_or_default())?;
        self.tap("Hide keyboard")?;
        self.expect_text(EVA.company.unwrap_or_default())?;
        self.look("known-again")?;
        self.go_on(config, &EVA, kind, |page| matches!(page, PageView::Host(_)))?;
        self.look("last-host")?;
        self.go_on(config, &EVA, kind, is_registered)?;
        self.let_in(config, kind)?;
        self.tap("Done")
    }
}
