//! Those whom nobody expects: let in or not, asked about one after the other, instructed, photographed.

use super::comer::{Comer, is_registered};
use crate::config::{Admits, Config, VisitType};
use crate::desk::{HostShown, PageView, PhotoShown, WaitingView};
use crate::notice::Notices;
use crate::tour::walk::{Walk, is_out};
use crate::visit::Asked;
use anyhow::{Context, bail, ensure};
use std::time::Duration;

const WANG: Comer = Comer {
    letters: "wangfang",
    chosen: Some("王芳"),
    company: None,
    phone: None,
    by_department: false,
    pictured: true,
};

impl Walk {
    /// Somebody whom nobody expects, until they are let in; then one who is not, whom a department was to see.
    pub(super) fn walk_in(&mut self, config: &Config) -> anyhow::Result<()> {
        let kind =
            config.visit_types.iter().find(|kind| !kind.parcels).context("visitors can come for nothing")?;
        let typed = self.come(kind, &WANG)?;
        let answered = self.go_on(config, &WANG, kind, is_registered)?;
        self.done("walk-in", typed + answered)?;
        if kind.admits != Admits::Nobody {
            let waiting = self.asked_about()?;
            self.look("waiting")?;
            self.answer(config, &waiting.number, None)?;
        }
        self.until("the badge", is_out)?;
        self.look("let-in")?;
        self.tap("Done")?;
        let asks = |kind: &VisitType| kind.admits != Admits::Nobody;
        let Some(kind) = self.type_that(config, "somebody is declined", asks)? else { return Ok(()) };
        self.begin("walk-in-declined")?;
        let who = Comer { by_department: true, pictured: false, ..WANG };
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, is_registered)?;
        let waiting = self.asked_about()?;
        self.answer(config, &waiting.number, Some("李晓云今天不在公司"))?;
        self.expect("the kind word", |page| matches!(page, PageView::Refused(_)))?;
        self.look("refused")?;
        self.tap("Done")
    }

    /// Somebody whom nobody expects, as far as they are registered.
    pub(in crate::tour) fn register(&mut self, config: &Config, kind: &VisitType) -> anyhow::Result<()> {
        let who = Comer { pictured: false, ..WANG };
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, is_registered).map(drop)
    }

    /// Waits until one person was asked by mail, or reception must be spoken to.
    fn asked_about(&mut self) -> anyhow::Result<WaitingView> {
        self.asked_so_many(1)
    }

    fn asked_so_many(&mut self, many: usize) -> anyhow::Result<WaitingView> {
        self.wait_for("the mail to whoever is asked", |page| {
            matches!(page, PageView::Waiting(waiting)
                if waiting.speak || waiting.asked.len() >= many && waiting.asked.last().is_some_and(|asked| asked.state == HostShown::Sent))
        })?;
        let PageView::Waiting(waiting) = self.kiosk.view().page else { bail!("the waiting page is gone") };
        ensure!(waiting.asked.len() <= many, "too many were asked: {:?}", waiting.asked);
        Ok(*waiting)
    }

    /// The host does not answer, nor does who stands in; reception is asked, and says yes.
    pub(super) fn escalation(&mut self, config: &Config) -> anyhow::Result<()> {
        let by_host = |kind: &VisitType| kind.admits == Admits::Host;
        let Some(kind) = self.type_that(config, "a host is asked", by_host)? else { return Ok(()) };
        let who = Comer::of_phone("13800138005");
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, is_registered)?;
        self.asked_so_many(1)?;
        self.stay(config.reception.answer_minutes + Duration::from_secs(5));
        let waiting = self.asked_so_many(2)?;
        ensure!(
            waiting.asked.last().is_some_and(|asked| asked.who == Asked::Deputy),
            "who stands in for the host was not asked: {:?}",
            waiting.asked
        );
        self.look("waiting-deputy")?;
        self.stay(config.reception.answer_minutes + Duration::from_secs(5));
        let waiting = self.asked_so_many(3)?;
        let told = waiting.asked.last().is_some_and(|asked| asked.who == Asked::Reception);
        ensure!(told || waiting.speak, "reception was not asked: {:?}", waiting.asked);
        self.look("waiting-reception")?;
        self.let_in(config, kind)?;
        self.tap("Done")
    }

    /// Somebody who works in the house: reads, answers wrong once, then right.
    pub(super) fn safety(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = self.type_that(config, "a safety instruction", |kind| kind.safety.is_some())? else {
            return Ok(());
        };
        let who = Comer::of_phone("13800138001");
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, |page| matches!(page, PageView::Induction(_)))?;
        self.look("lesson")?;
        self.tap("I have read it")?;
        let notices = Notices::load(config)?;
        let lesson = notices.lesson(&kind.kind.id, self.words_in()).context("there is no instruction")?;
        if let Some(question) = lesson.questions.first() {
            self.look("question")?;
            let wrong = usize::from(question.right == 0);
            self.choose(&question.answers[wrong])?;
            self.expect_text(&question.why)?;
            self.look("question-wrong")?;
            self.tap("Ask me again")?;
        }
        self.go_on(config, &who, kind, is_registered)?;
        self.let_in(config, kind)?;
        self.tap("Done")
    }

    /// Somebody who agrees to a photo, and takes it twice.
    pub(super) fn photo(&mut self, config: &Config) -> anyhow::Result<()> {
        let (notices, lang) = (Notices::load(config)?, self.words_in());
        let wanting = |kind: &VisitType| {
            kind.photo && config.camera.is_some() && notices.of(Some(&kind.kind.id), lang).photo
        };
        let Some(kind) = self.type_that(config, "a photo", wanting)? else { return Ok(()) };
        let who = Comer::of_phone("13800138004");
        self.come(kind, &who)?;
        self.go_on(config, &who, kind, |page| matches!(page, PageView::Photo(_)))?;
        self.look("photo")?;
        let taken = |page: &PageView| matches!(page, PageView::Photo(photo) if matches!(photo.state, PhotoShown::Taken(_)));
        self.tap("Take my photo")?;
        self.look("photo-counting")?;
        self.wait_for("the photo", taken)?;
        self.look("photo-taken")?;
        self.tap("Take another one")?;
        self.wait_for("another photo", taken)?;
        self.tap("Use this photo")?;
        self.go_on(config, &who, kind, is_registered)?;
        self.let_in(config, kind)?;
        self.look("thanks-photo")?;
        self.tap("Done")
    }
}
