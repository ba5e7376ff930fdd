//! The safety induction: a text, then its questions one by one. A wrong answer is explained and asked again.

use super::agree::AgreeView;
use super::{Ctx, Next, PageLogic};
use crate::book::BookError;
use crate::desk::registration::RegistrationDraft;
use crate::desk::{Desk, Event, PageView, Registration, Session};
use crate::notice::Lesson;
use crate::now::Now;
use crate::visit::Instructed;
use chrono::Months;

/// A visitor who goes through a safety induction.
#[derive(Debug, Clone)]
pub struct Induction {
    draft: RegistrationDraft,
    /// What the induction is for.
    topics: Vec<String>,
    /// Which question is asked, from 0; none while the text is read.
    asked: Option<usize>,
    /// The last answer was wrong, and it is said why.
    wrong: bool,
}

impl PageLogic for Induction {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        let walk_in = self.draft.is_walk_in();
        let Some(lesson) = self.lesson(desk) else { return PageView::Welcome };
        match self.asked.and_then(|at| Some((at, lesson.questions.get(at)?))) {
            None => PageView::Induction(AgreeView {
                walk_in,
                others: desk.registers_alone(&self.draft),
                questions: lesson.questions.len(),
                ..AgreeView::reading(lesson.notice.clone())
            }),
            Some((at, question)) => PageView::Question(QuestionView {
                walk_in,
                number: at + 1,
                of: lesson.questions.len(),
                text: question.text.clone(),
                answers: question.answers.clone(),
                why: self.wrong.then(|| question.why.clone()),
            }),
        }
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Registration(Registration::InductionRead) if !cx.is_covered() => {
                if self.wrong {
                    self.wrong = false;
                } else if self.asked.is_none() {
                    return self.ask(0, cx);
                }
            }
            Event::Registration(Registration::Answer(answer)) if !cx.is_covered() && !self.wrong => {
                return self.answer(answer, cx);
            }
            Event::Session(Session::ChooseLanguage(_)) => {
                // Another language need not have as many questions.
                let questions = self.lesson(cx.desk).map_or(0, |lesson| lesson.questions.len());
                self.asked = self.asked.filter(|at| *at < questions);
            }
            _ => {}
        }
        Ok(Next::Stay)
    }

    fn back(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        self.wrong = false;
        match self.asked {
            Some(at) => {
                self.asked = at.checked_sub(1);
                Ok(Next::Stay)
            }
            None => cx.back_to_form(self.draft.tidied()),
        }
    }
}

impl Induction {
    /// The text that is gone through, in the language of the page.
    fn lesson<'a>(&self, desk: &'a Desk) -> Option<&'a Lesson> {
        desk.notices.lesson(self.topics.first()?, desk.lang)
    }

    fn answer(&mut self, answer: usize, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let (Some(at), Some(lesson)) = (self.asked, self.lesson(cx.desk)) else { return Ok(Next::Stay) };
        if lesson.questions.get(at).is_some_and(|question| question.right == answer) {
            return self.ask(at + 1, cx);
        }
        self.wrong = true;
        Ok(Next::Stay)
    }

    /// Asks this question; after the last one the visitor is instructed.
    fn ask(&mut self, at: usize, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Some(lesson) = self.lesson(cx.desk) else { return Ok(Next::Stay) };
        if at < lesson.questions.len() {
            self.asked = Some(at);
            return Ok(Next::Stay);
        }
        let passed = self.topics.iter().map(|topic| Instructed {
            topic: topic.clone(),
            version: lesson.notice.version.clone(),
            lang: lesson.notice.lang,
            sha256: lesson.notice.sha256.clone(),
            at: cx.now.wall,
        });
        let mut draft = self.draft.clone();
        draft.instructed.extend(passed);
        // There may be another one.
        cx.induct(draft)
    }
}

impl Ctx<'_> {
    /// Every safety induction that the visitor does not know comes before the notice: that of what they come for, and
    /// that of the place they go to.
    pub fn induct(&mut self, mut draft: RegistrationDraft) -> Result<Next, BookError> {
        let just = std::mem::take(&mut draft.instructed);
        let (Some(details), Some(host)) = (&draft.details, draft.host()) else {
            return self.offer_photo(draft);
        };
        let oldest = self.now.wall.checked_sub_months(Months::new(self.desk.config.visit.safety_months));
        let mut passed: Vec<Instructed> = Vec::new();
        for topics in self.desk.notices.topics(draft.kind_id(), &host.place, self.desk.lang) {
            let lesson = topics.first().and_then(|topic| self.desk.notices.lesson(topic, self.desk.lang));
            let is_good = |known: &Instructed| {
                lesson.is_some_and(|lesson| known.version == lesson.notice.version)
                    && oldest.is_some_and(|oldest| known.at > oldest)
            };
            // Just now, before they went back for something; or on an earlier visit.
            let mut known =
                just.iter().find(|known| topics.contains(&known.topic) && is_good(known)).cloned();
            for topic in &topics {
                known = match known {
                    None => self.book.instructed(details, topic)?.filter(is_good),
                    known => known,
                };
            }
            let Some(known) = known else {
                draft.instructed = just;
                return Ok(Next::go(Induction { draft, topics, asked: None, wrong: false }));
            };
            passed.extend(topics.into_iter().map(|topic| Instructed { topic, ..known.clone() }));
        }
        draft.instructed = passed;
        self.offer_photo(draft)
    }
}

/// A question of the safety instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Nothing was arranged.
    pub walk_in: bool,
    /// Which question, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
    /// What is asked.
    pub text: String,
    /// What can be answered.
    pub answers: Vec<String>,
    /// The last answer was wrong: why.
    pub why: Option<String>,
}
