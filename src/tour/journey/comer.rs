//! Somebody without an invitation, whatever the configuration asks of them: types what must be given, answers each
//! page as it comes, signs where that is wanted.

use crate::config::{Ask, Config, VisitType};
use crate::desk::{AgreeView, HostRow, HostView, PageView, QuestionView};
use crate::notice::Notices;
use crate::tour::walk::{Walk, is_out};
use anyhow::{Context, bail, ensure};

/// More pages than any type of visit has.
const MOST_PAGES: usize = 40;

/// Somebody without an invitation.
#[derive(Clone, Copy)]
pub(super) struct Comer {
    /// The letters of the name.
    pub letters: &'static str,
    /// The Chinese name that is chosen for them; none: they are the name.
    pub chosen: Option<&'static str>,
    /// Where they are asked for it, whether they must say it or not.
    pub company: Option<&'static str>,
    /// The same of the telephone number.
    pub phone: Option<&'static str>,
    /// They name a department, and nobody there.
    pub by_department: bool,
    /// Each page is pictured.
    pub pictured: bool,
}

/// A company and a number for whoever must have one.
const COMPANY: &str = "tube";
const PHONE: &str = "13800138000";

impl Comer {
    /// Somebody with a short name and this number, who says nothing that need not be said.
    pub fn of_phone(phone: &'static str) -> Self {
        Self {
            letters: "ann",
            chosen: None,
            company: None,
            phone: Some(phone),
            by_department: false,
            pictured: false,
        }
    }
}

impl Walk {
    /// From the greeting to the details, all of them typed. How many taps of these the type asks for.
    pub(super) fn come(&mut self, kind: &VisitType, who: &Comer) -> anyhow::Result<u32> {
        self.tap("No appointment")?;
        self.look_at(who, "types")?;
        let lang = self.words_in();
        self.choose(kind.kind.name.get(lang))?;
        self.tap("Name")?;
        match who.chosen {
            Some(name) => {
                self.write_chinese()?;
                self.type_letters(who.letters)?;
                self.tap_named(name)?;
            }
            None => {
                self.write_latin()?;
                self.type_letters(who.letters)?;
            }
        }
        let before = self.taps;
        let needed = |ask, given: Option<&'static str>, any| match ask {
            Ask::No => None,
            Ask::May => given,
            Ask::Must => Some(given.unwrap_or(any)),
        };
        let company = needed(kind.company, who.company, COMPANY);
        let phone = needed(kind.phone, who.phone, PHONE);
        if kind.company != Ask::No && (company.is_some() || phone.is_some()) {
            self.tap("Next field")?;
        }
        if let Some(company) = company {
            self.write_latin()?;
            self.type_letters(company)?;
        }
        if let Some(phone) = phone {
            self.tap("Next field")?;
            self.type_letters(phone)?;
        }
        let besides = self.taps - before;
        self.tap("Hide keyboard")?;
        self.look_at(who, "walk-in-details")?;
        Ok(besides)
    }

    fn look_at(&mut self, who: &Comer, name: &str) -> anyhow::Result<()> {
        if who.pictured { self.look(name) } else { Ok(()) }
    }

    /// From the details on, whatever comes, until a page is so. How many taps were asked for besides host and purpose.
    #[allow(clippy::wildcard_enum_match_arm, reason = "any other page is one that nobody expects here")]
    pub(super) fn go_on(
        &mut self,
        config: &Config,
        who: &Comer,
        kind: &VisitType,
        there: impl Fn(&PageView) -> bool,
    ) -> anyhow::Result<u32> {
        if matches!(self.kiosk.view().page, PageView::Details(_)) {
            self.tap("Next")?;
        }
        let mut besides = 0;
        for _ in 0..MOST_PAGES {
            let page = self.kiosk.view().page;
            if there(&page) {
                return Ok(besides);
            }
            let before = self.taps;
            match &page {
                PageView::Host(search) => self.choose_host(search, who)?,
                PageView::Purpose(purposes) => {
                    self.look_at(who, "purpose")?;
                    self.choose(purposes.first().context("no purposes are offered")?)?;
                }
                PageView::Induction(_) => self.tap("I have read it")?,
                PageView::Question(question) => self.answer_right(config, kind, question)?,
                PageView::Photo(_) => self.tap("Without a photo")?,
                PageView::Agree(notice) => self.sign_and_agree(notice)?,
                _ => bail!("the page {:?} was not to come here", self.page()),
            }
            if !matches!(page, PageView::Host(_) | PageView::Purpose(_) | PageView::Agree(_)) {
                besides += self.taps - before;
            }
        }
        bail!("there is no end of pages")
    }

    fn choose_host(&mut self, search: &HostView, who: &Comer) -> anyhow::Result<()> {
        self.look_at(who, "departments")?;
        if who.by_department {
            let hosts = self.kiosk.with_book(|book| book.hosts()).context("the book is closed")??;
            let contact = hosts.into_iter().find(|host| host.contact).context("no host is a contact")?;
            let department = contact.department.get(self.words_in()).to_owned();
            self.choose(&department)?;
            self.look("department")?;
            return self.choose_beginning(&self.worded("Someone in {0}", &[&department]));
        }
        // Whoever they saw last time stands there without being asked for.
        if !matches!(search.rows.first(), Some(HostRow::Host { last: true, .. })) {
            self.tap("Host or department")?;
            self.type_letters("lxy")?;
            self.look_at(who, "host")?;
        }
        self.tap_first_host()
    }

    pub(super) fn tap_first_host(&mut self) -> anyhow::Result<()> {
        let PageView::Host(search) = self.kiosk.view().page else { bail!("no hosts are offered") };
        let first = search.rows.into_iter().find(|row| matches!(row, HostRow::Host { .. }));
        let Some(HostRow::Host { name, department, place, last, .. }) = first else {
            bail!("nobody was found by initials");
        };
        let more = format!("{department} · {place}");
        let more = if last { self.worded("Last time · {0}", &[&more]) } else { more };
        self.choose(&self.worded("{0}, {1}", &[&name, &more]))
    }

    fn answer_right(
        &mut self,
        config: &Config,
        kind: &VisitType,
        question: &QuestionView,
    ) -> anyhow::Result<()> {
        let notices = Notices::load(config)?;
        let lesson = notices.lesson(&kind.kind.id, self.words_in()).context("there is no instruction")?;
        let asked = lesson.questions.get(question.number - 1).context("there is no such question")?;
        self.choose(&asked.answers[asked.right])
    }

    pub(super) fn sign_and_agree(&mut self, notice: &AgreeView) -> anyhow::Result<()> {
        if notice.signs {
            let strokes: Vec<(f32, f32)> =
                (0..60).map(|i| (0.1 + i as f32 * 0.012, 0.5 + 0.25 * (i as f32 * 0.5).sin())).collect();
            self.write("Signature", &strokes)?;
        }
        self.agree()
    }

    /// Somebody says yes, where anybody is asked; then the badge is there.
    pub(super) fn let_in(&mut self, config: &Config, kind: &VisitType) -> anyhow::Result<()> {
        let visit = self.here()?.pop().context("nobody is here")?;
        ensure!(visit.agreement.signature.is_some() == kind.signature, "the signature is not in the book");
        ensure!(visit.instructed.is_empty() == kind.safety.is_none(), "the instruction is not in the book");
        if matches!(self.kiosk.view().page, PageView::Waiting(_)) {
            self.answer(config, &visit.badge.to_string(), None)?;
        }
        self.until("the badge", is_out)
    }
}

/// Registered: thanked at once, or somebody is asked first.
pub(super) fn is_registered(page: &PageView) -> bool {
    matches!(page, PageView::Thanks(_) | PageView::Waiting(_))
}
