//! What the tour does, as a visitor would: every way in and out, each by itself.

use super::labels;
use super::walk::{Walk, is_out};
use crate::book::Book;
use crate::config::{Config, VisitType};
use crate::desk::{Event, HostRow, HostShown, Miss, PageView, PhotoShown, WaitingView};
use crate::front::clock::Clock;
use crate::notice::Notices;
use crate::visit::Visit;
use anyhow::{Context, bail, ensure};
use frontdesk_ui as ui;
use slint::ComponentHandle;
use std::time::Duration;

/// The codes and tokens of sample invitations, as in assets/demo/invitations.csv.
const CODE: &str = "D5J6PV";
const TOKEN: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
const GROUP_TOKEN: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY";
const SOMEBODYS_TOKEN: &str = "IFRGKZDJNYQGC3THMVWHGIDPNY";

/// Another one, by name: how it is typed, and the end of the telephone number.
const NAME: &str = "曾喆";
const PINYIN: &str = "zengzhe";
const LAST_FOUR: &str = "1234";

/// A journey, by its name.
type Journey = fn(&mut Walk, &Config) -> anyhow::Result<()>;

/// Every journey, in the order of the tour.
const JOURNEYS: [(&str, Journey); 14] = [
    ("invitation-code", Walk::invitation_by_code),
    ("invitation-qr", Walk::invitation_by_scan),
    ("invitation-name", Walk::invitation_by_name),
    ("walk-in", Walk::walk_in),
    ("group", Walk::group),
    ("delivery", Walk::delivery),
    ("safety", Walk::safety),
    ("signature", Walk::signature),
    ("photo", Walk::photo),
    ("returning", Walk::returning),
    ("leave", Walk::sign_out),
    ("feedback", Walk::feedback),
    ("reception", Walk::reception),
    ("troubles", Walk::troubles),
];

/// The most taps until the badge is printed, or the visit is over.
pub(super) const MOST_TAPS: [(&str, u32); 4] =
    [("invitation-qr", 3), ("invitation-code", 9), ("walk-in", 45), ("leave", 1)];

/// The names of all journeys.
pub fn names() -> impl Iterator<Item = &'static str> {
    JOURNEYS.iter().map(|(name, _)| *name)
}

impl Walk {
    /// Every journey, one after the other, or the one of this name.
    pub(super) fn walk(&mut self, config: &Config, only: Option<&str>) -> anyhow::Result<()> {
        self.prefix.clone_from(&config.scanner.prefix);
        for (name, journey) in JOURNEYS {
            if only.is_none_or(|only| only == name) {
                self.begin(name)?;
                journey(self, config).with_context(|| format!("journey \"{name}\""))?;
            }
        }
        Ok(())
    }

    /// What this journey is for is done; it must not have taken more taps than promised.
    fn done(&mut self, name: &str) -> anyhow::Result<()> {
        let most = MOST_TAPS.iter().find(|(journey, _)| *journey == name).map(|(_, most)| *most);
        ensure!(most.is_none_or(|most| self.taps <= most), "{} taps, {most:?} at most", self.taps);
        if let Some(step) = self.steps.last_mut() {
            step.goal = true;
        }
        Ok(())
    }

    /// From the greeting over the typed code to badge and mail.
    fn invitation_by_code(&mut self, config: &Config) -> anyhow::Result<()> {
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
        self.done("invitation-code")?;
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

    /// A scanner that types; then somebody who corrects what was invited.
    fn invitation_by_scan(&mut self, _: &Config) -> anyhow::Result<()> {
        self.scan(TOKEN)?;
        self.tap("Change company or phone first")?;
        let PageView::Details(details) = self.kiosk.view().page else {
            bail!("the details were expected, and the page is {:?}", self.page());
        };
        let start = details.details.context("the invitation's details are not there to start from")?;
        self.expect_text(start.name.as_str())?;
        self.look("details")?;
        self.tap("Company (if any)")?;
        self.look("details-keyboard")?;
        self.kiosk.tell(Event::Home);
        self.begin("invitation-qr")?;
        self.scan(TOKEN)?;
        self.expect("the found invitation", |page| matches!(page, PageView::Confirm(_)))?;
        self.tap("Yes, this is me")?;
        self.tap("Agree and print badge")?;
        self.until("the badge", is_out)?;
        self.done("invitation-qr")?;
        self.tap("Done")
    }

    /// A Chinese name, typed as pinyin, and one with an accent.
    fn invitation_by_name(&mut self, _: &Config) -> anyhow::Result<()> {
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
        self.write_latin()?;
        self.hold("e")?;
        self.look("name-accents")?;
        self.tap("é")?;
        self.expect_text("é")
    }

    /// A group with one badge each, one who comes late, and all of them out together.
    fn group(&mut self, _: &Config) -> anyhow::Result<()> {
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
        self.scan(GROUP_TOKEN)?;
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
        self.scan(leader.badge_token.as_str())?;
        self.look("leave-group")?;
        self.tap_named(&self.worded("Sign out the whole group ({0} people)", &["3"]))?;
        ensure!(self.here()?.len() + 3 == before.len(), "the group was not signed out in the book");
        Ok(())
    }

    /// Goods for the warehouse, which is found by its initials and has somebody who takes them.
    fn delivery(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = config.parcels() else { return Ok(()) };
        let lang = self.lang().parse().unwrap_or(crate::words::Lang::EN);
        self.tap_named(kind.kind.name.get(lang))?;
        self.look("recipient")?;
        self.tap("Host or department")?;
        self.type_letters("ccb")?;
        self.look("recipient-department")?;
        let PageView::Host(search) = self.kiosk.view().page else { bail!("no recipients are offered") };
        let Some(HostRow::Anybody { department, .. }) = search.rows.first() else {
            bail!("the warehouse's contact does not stand on top: {:?}", search.rows);
        };
        let someone = self.worded("Someone in {0}", &[department]);
        let why = labels::in_language("For the department, not for one person", &self.lang());
        self.tap_named(&self.worded("{0}, {1}", &[&someone, why]))?;
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

    /// Somebody who works in the house: reads, answers wrong once, then right, and signs.
    fn safety(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = config.visit_types.iter().find(|kind| kind.safety.is_some()) else { return Ok(()) };
        self.register_worker(kind, "13800138001")?;
        self.look("lesson")?;
        self.answer_questions(config, kind, true)?;
        self.sign_and_agree(kind)?;
        self.tap("Done")
    }

    /// Somebody who has to sign: an empty pad and a dot are refused.
    fn signature(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = config.visit_types.iter().find(|kind| kind.signature) else { return Ok(()) };
        self.register_worker(kind, "13800138003")?;
        if matches!(self.kiosk.view().page, PageView::Lesson(_)) {
            self.answer_questions(config, kind, false)?;
        }
        self.look("agree-sign")?;
        self.tap("Agree and register")?;
        self.look("agree-unsigned")?;
        self.write("Signature", &[(0.5, 0.5)])?;
        self.tap("Agree and register")?;
        self.expect_text(labels::in_language(
            "Please sign with your finger before you agree.",
            &self.lang(),
        ))?;
        self.sign_and_agree(kind)?;
        self.look("waiting-signed")?;
        self.tap("Done")
    }

    /// Somebody who agrees to a photo, and takes it twice.
    fn photo(&mut self, config: &Config) -> anyhow::Result<()> {
        let wanting = config.visit_types.iter().find(|kind| kind.photo && kind.safety.is_none());
        let Some(kind) = wanting.filter(|_| config.camera.is_some()) else { return Ok(()) };
        self.register_worker(kind, "13800138004")?;
        self.look("photo")?;
        let taken = |page: &PageView| matches!(page, PageView::Photo(photo) if matches!(photo.state, PhotoShown::Taken(_)));
        self.tap("Take my photo")?;
        self.look("photo-counting")?;
        self.wait_for("the photo", taken)?;
        self.look("photo-taken")?;
        self.tap("Take another one")?;
        self.wait_for("another photo", taken)?;
        self.tap("Use this photo")?;
        self.tap("Agree and register")?;
        let PageView::Waiting(waiting) = self.kiosk.view().page else {
            bail!("nobody is asked about them; the page is {:?}", self.page());
        };
        self.answer(config, &waiting.number, None)?;
        self.until("the badge with the photo", is_out)?;
        self.look("thanks-photo")?;
        self.tap("Done")
    }

    /// Somebody who wants to be remembered, and then comes again.
    fn returning(&mut self, config: &Config) -> anyhow::Result<()> {
        if config.visit.remember_months == 0 {
            return Ok(());
        }
        self.begin_to_type_in()?;
        self.tap("Next field")?;
        self.type_letters("tube")?;
        self.tap("Next field")?;
        self.type_letters("13800138002")?;
        self.tap("Hide keyboard")?;
        self.tap("Remember me for next time")?;
        self.look("remember")?;
        self.walk_to_the_notice()?;
        self.tap("Agree and register")?;
        self.expect("the waiting page", |page| matches!(page, PageView::Waiting(_)))?;
        self.tap("Done")?;
        self.begin("returning")?;
        self.begin_to_type_in()?;
        self.tap("Hide keyboard")?;
        self.tap("Phone")?;
        self.type_letters("13800138002")?;
        self.tap("Hide keyboard")?;
        self.expect_text("tube")?;
        self.look("known-again")?;
        self.tap("Next")?;
        self.look("last-host")?;
        self.tap_first_host()?;
        self.expect("the purpose", |page| matches!(page, PageView::Purpose(_)))
    }

    fn begin_to_type_in(&mut self) -> anyhow::Result<()> {
        self.tap("No appointment")?;
        let PageView::Types(types) = self.kiosk.view().page else { bail!("no types are offered") };
        self.tap_named(&types.first().context("no types are offered")?.1)?;
        self.tap("Name")?;
        self.write_latin()?;
        self.type_letters("eva")
    }

    /// From the details over host and purpose.
    fn walk_to_the_notice(&mut self) -> anyhow::Result<()> {
        self.tap("Next")?;
        self.tap("Host or department")?;
        self.type_letters("lxy")?;
        self.tap_first_host()?;
        if let PageView::Purpose(purposes) = self.kiosk.view().page {
            self.tap_named(purposes.first().context("no purposes are offered")?)?;
        }
        Ok(())
    }

    /// As far as the instruction or the notice.
    fn register_worker(&mut self, kind: &VisitType, phone: &str) -> anyhow::Result<()> {
        self.tap("No appointment")?;
        let lang = self.lang().parse().unwrap_or(crate::words::Lang::EN);
        self.tap_named(kind.kind.name.get(lang))?;
        self.tap("Name")?;
        self.write_latin()?;
        self.type_letters("ann")?;
        self.tap("Next field")?;
        self.type_letters("tube")?;
        self.tap("Next field")?;
        self.type_letters(phone)?;
        self.tap("Hide keyboard")?;
        self.walk_to_the_notice()
    }

    fn answer_questions(
        &mut self,
        config: &Config,
        kind: &VisitType,
        wrong_once: bool,
    ) -> anyhow::Result<()> {
        let lang = self.lang().parse().unwrap_or(crate::words::Lang::EN);
        let notices = Notices::load(config)?;
        let lesson = notices.lesson(&kind.kind.id, lang).context("there is no instruction")?;
        self.tap("I have read it")?;
        for (at, question) in lesson.questions.iter().enumerate() {
            if at == 0 && wrong_once {
                self.look("question")?;
                let wrong = usize::from(question.right == 0);
                self.tap_named(&question.answers[wrong])?;
                self.expect_text(&question.why)?;
                self.look("question-wrong")?;
                self.tap("Ask me again")?;
            }
            self.tap_named(&question.answers[question.right])?;
        }
        self.expect("the notice", |page| matches!(page, PageView::Agree(_)))
    }

    fn sign_and_agree(&mut self, kind: &VisitType) -> anyhow::Result<()> {
        if kind.signature {
            let strokes: Vec<(f32, f32)> =
                (0..60).map(|i| (0.1 + i as f32 * 0.012, 0.5 + 0.25 * (i as f32 * 0.5).sin())).collect();
            self.write("Signature", &strokes)?;
            self.look("agree-signed")?;
        }
        self.tap("Agree and register")?;
        let visit = self.here()?.pop().context("nobody is here")?;
        ensure!(visit.agreement.signature.is_some() == kind.signature, "the signature is not in the book");
        ensure!(visit.instructed.is_empty() == kind.safety.is_none(), "the instruction is not in the book");
        Ok(())
    }

    /// Somebody whom nobody expects, until reception lets them in; then one whom it does not.
    fn walk_in(&mut self, config: &Config) -> anyhow::Result<()> {
        self.register_walk_in(true)?;
        self.done("walk-in")?;
        let waiting = self.waiting()?;
        self.look("waiting")?;
        self.answer(config, &waiting.number, None)?;
        self.until("the badge after the answer", is_out)?;
        self.look("let-in")?;
        self.tap("Done")?;
        self.begin("walk-in-declined")?;
        self.register_walk_in(false)?;
        let waiting = self.waiting()?;
        self.answer(config, &waiting.number, Some("李晓云今天不在公司"))?;
        self.expect("the kind word", |page| matches!(page, PageView::Refused(_)))?;
        self.look("refused")?;
        self.tap("Done")
    }

    /// Chinese name, host by initials, as far as the notice and beyond it.
    pub(super) fn register_walk_in(&mut self, looks: bool) -> anyhow::Result<()> {
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
        let first = search.rows.into_iter().find(|row| matches!(row, HostRow::Host { .. }));
        let Some(HostRow::Host { name, department, place, last, .. }) = first else {
            bail!("nobody was found by initials");
        };
        let more = format!("{department} · {place}");
        let more = if last { self.worded("Last time · {0}", &[&more]) } else { more };
        self.tap_named(&self.worded("{0}, {1}", &[&name, &more]))
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
        self.note("reception answers", Duration::ZERO, false)
    }

    fn type_letters(&mut self, letters: &str) -> anyhow::Result<()> {
        letters.chars().try_for_each(|key| self.tap(&key.to_string()))
    }

    /// Latin letters, whatever the language.
    pub(super) fn write_latin(&mut self) -> anyhow::Result<()> {
        match self.window.global::<ui::Keyboard>().get_chinese() {
            true => self.tap("Write Latin letters"),
            false => Ok(()),
        }
    }

    /// The pages' words for this, with what stands in its gaps.
    fn worded(&self, english: &str, parts: &[&str]) -> String {
        let words = labels::in_language(english, &self.lang()).to_owned();
        let fill = |words: String, (at, part): (usize, &&str)| words.replace(&format!("{{{at}}}"), part);
        parts.iter().enumerate().fold(words, fill)
    }

    /// Everybody who is here.
    fn here(&self) -> anyhow::Result<Vec<Visit>> {
        Ok(self.kiosk.with_book(|book| book.open_visits()).context("the book is closed")??)
    }

    /// Somebody with a badge; where nobody is here, one comes in.
    fn somebody(&mut self) -> anyhow::Result<Visit> {
        if self.here()?.iter().all(|visit| visit.kind.is_some()) {
            for event in [Event::Scanned(SOMEBODYS_TOKEN.to_owned()), Event::Confirm, Event::Agree(vec![])] {
                self.kiosk.tell(event);
            }
            self.until("the badge", is_out)?;
            self.kiosk.tell(Event::Done);
            self.rest();
        }
        self.here()?.into_iter().find(|visit| visit.kind.is_none()).context("nobody is here")
    }

    /// Somebody who is here holds the badge to the scanner; then by its number, as far as the question.
    fn sign_out(&mut self, _: &Config) -> anyhow::Result<()> {
        let visit = self.somebody()?;
        let before = self.here()?.len();
        self.tap("I am leaving")?;
        self.look("leaving")?;
        self.tap("Enter badge number")?;
        self.look("leaving-number")?;
        self.type_letters(&visit.badge.to_string())?;
        self.expect("the sign-out by number", |page| matches!(page, PageView::Leave(_)))?;
        self.expect_text(&visit.details.name.masked())?;
        self.tap("Not yet")?;
        self.begin("leave")?;
        self.scan(visit.badge_token.as_str())?;
        self.expect("the sign-out", |page| matches!(page, PageView::Leave(_)))?;
        self.expect_text(visit.details.name.as_str())?;
        self.look("leave")?;
        self.tap("Sign out")?;
        self.expect("the goodbye", |page| matches!(page, PageView::Left(_)))?;
        self.done("leave")?;
        self.tap("Good")?;
        self.look("left")?;
        ensure!(self.here()?.len() + 1 == before, "the visit was not ended in the book");
        self.tap("Done")
    }

    /// By one scan and one tap; then a complaint in some words.
    fn feedback(&mut self, _: &Config) -> anyhow::Result<()> {
        let visit = self.somebody()?;
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
    fn troubles(&mut self, _: &Config) -> anyhow::Result<()> {
        self.scan("https://example.com/menu")?;
        self.expect(
            "the unreadable code",
            |page| matches!(page, PageView::Search(search) if search.miss == Some(Miss::Unreadable)),
        )?;
        let visit = self.somebody()?;
        let used = visit.invitation_id.context("they came without an invitation")?;
        let used = self.kiosk.with_book(|book| book.invitation(&used)).context("the book is closed")??;
        self.scan(used.context("the invitation is gone")?.token.as_str())?;
        self.expect(
            "the used invitation",
            |page| matches!(page, PageView::Search(search) if matches!(search.miss, Some(Miss::Used(_)))),
        )?;
        self.kiosk.tell(Event::Home);
        self.rest();
        self.kiosk.tell(Event::ShowPrivacy);
        self.settle();
        self.note("open the privacy notice", Duration::ZERO, true)?;
        self.kiosk.tell(Event::CloseAside);
        self.kiosk.tell(Event::ShowReception);
        self.settle();
        self.note("ask for reception", Duration::ZERO, true)?;
        self.kiosk.tell(Event::Home);
        self.rest();
        self.settle();
        Ok(())
    }
}
