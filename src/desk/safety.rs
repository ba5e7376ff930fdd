//! The safety instruction: a text, then its questions one by one. A wrong answer is explained and asked again.

use super::{Desk, Filling, Page};
use crate::book::{Book, BookError};
use crate::notice::Lesson;
use crate::now::Now;
use crate::visit::Instructed;
use chrono::Months;

/// A visitor who goes through a safety instruction.
#[derive(Debug, Clone)]
pub(super) struct Lecture {
    pub filling: Filling,
    /// What the instruction is for.
    pub topics: Vec<String>,
    /// Which question is asked, from 0; none while the text is read.
    pub asked: Option<usize>,
    /// The last answer was wrong, and it is said why.
    pub wrong: bool,
}

impl Lecture {
    /// One step back within the instruction; false where it begins.
    pub fn back(&mut self) -> bool {
        self.wrong = false;
        let at = self.asked;
        self.asked = at.and_then(|at| at.checked_sub(1));
        at.is_some()
    }
}

impl Desk {
    /// Every safety instruction that the visitor does not know comes before the notice: that of what they come for, and
    /// that of the place they go to.
    pub(super) fn instruct(&mut self, mut filling: Filling, now: Now, book: &Book) -> Result<(), BookError> {
        let just = std::mem::take(&mut filling.instructed);
        let (Some(details), Some(host)) = (&filling.details, filling.host()) else {
            return self.offer_photo(filling, book);
        };
        let oldest = now.wall.checked_sub_months(Months::new(self.config.visit.safety_months));
        let mut passed: Vec<Instructed> = Vec::new();
        for topics in self.notices.topics(filling.kind_id(), &host.place, self.lang) {
            let lesson = topics.first().and_then(|topic| self.notices.lesson(topic, self.lang));
            let is_good = |known: &Instructed| {
                lesson.is_some_and(|lesson| known.version == lesson.notice.version)
                    && oldest.is_some_and(|oldest| known.at > oldest)
            };
            // Just now, before they went back for something; or on an earlier visit.
            let mut known =
                just.iter().find(|known| topics.contains(&known.topic) && is_good(known)).cloned();
            for topic in &topics {
                known = match known {
                    None => book.instructed(details, topic)?.filter(is_good),
                    known => known,
                };
            }
            let Some(known) = known else {
                filling.instructed = just;
                let lecture = Lecture { filling, topics, asked: None, wrong: false };
                self.page = Page::Lecture(Box::new(lecture));
                return Ok(());
            };
            passed.extend(topics.into_iter().map(|topic| Instructed { topic, ..known.clone() }));
        }
        filling.instructed = passed;
        self.offer_photo(filling, book)
    }

    /// The notice; who has signed this version of it, in whatever language and for whatever visit, does not sign again.
    pub(super) fn show_notice(&mut self, mut filling: Filling, book: &Book) -> Result<(), BookError> {
        filling.signed = match (filling.kind(), &filling.details) {
            (Some(kind), Some(details)) if kind.signature => {
                let id = Some(kind.kind.id.as_str());
                let version = &self.notices.of(id, self.lang).version;
                book.signed(details, &self.notices.hashes(id, version))?
            }
            _ => None,
        };
        self.page = Page::Agree(Box::new(filling));
        Ok(())
    }

    /// The instruction that is being gone through, in the language of the page.
    pub(super) fn lesson(&self, lecture: &Lecture) -> Option<&Lesson> {
        self.notices.lesson(lecture.topics.first()?, self.lang)
    }

    pub(super) fn lesson_read(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Lecture(lecture) = &mut self.page else { return Ok(()) };
        if self.aside.is_some() {
            return Ok(());
        }
        if lecture.wrong {
            lecture.wrong = false;
        } else if lecture.asked.is_none() {
            return self.ask(0, now, book);
        }
        Ok(())
    }

    pub(super) fn answer(&mut self, answer: usize, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Lecture(lecture) = &self.page else { return Ok(()) };
        let (Some(at), Some(lesson)) = (lecture.asked, self.lesson(lecture)) else { return Ok(()) };
        if self.aside.is_some() || lecture.wrong {
            return Ok(());
        }
        if lesson.questions.get(at).is_some_and(|question| question.right == answer) {
            return self.ask(at + 1, now, book);
        }
        if let Page::Lecture(lecture) = &mut self.page {
            lecture.wrong = true;
        }
        Ok(())
    }

    /// Asks this question; after the last one the visitor is instructed.
    fn ask(&mut self, at: usize, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Lecture(lecture) = &self.page else { return Ok(()) };
        let Some(lesson) = self.lesson(lecture) else { return Ok(()) };
        let mut lecture = lecture.clone();
        if at < lesson.questions.len() {
            lecture.asked = Some(at);
            self.page = Page::Lecture(lecture);
            return Ok(());
        }
        let topics = std::mem::take(&mut lecture.topics);
        let passed = topics.into_iter().map(|topic| Instructed {
            topic,
            version: lesson.notice.version.clone(),
            lang: lesson.notice.lang,
            sha256: lesson.notice.sha256.clone(),
            at: now.wall,
        });
        lecture.filling.instructed.extend(passed);
        // There may be another one.
        self.instruct(lecture.filling, now, book)
    }
}
