//! A word on how it was, after signing out: a face, some sentences, a complaint that somebody answers.

use super::{Desk, Page};
use crate::book::{Book, BookError};
use crate::errand::{ErrandId, State};
use crate::now::{Now, Tick};
use crate::visit::{Case, Feedback, FeedbackId, Host, Remark, Visit};
use std::time::Duration;

/// How long a face that was chosen stays in sight, at least.
const TIME_TO_SAY: Duration = Duration::from_secs(15);

/// A visit that has just ended, as long as its visitor looks.
#[derive(Debug, Clone)]
pub(super) struct Goodbye {
    pub visit: Visit,
    /// Whether it was likely to be them who signed out.
    pub known: bool,
    pub host: Option<Host>,
    pub said: Option<FeedbackId>,
    pub rating: Option<u8>,
    pub until: Tick,
}

/// What was said is kept.
#[derive(Debug)]
pub(super) struct Heard {
    pub case: Option<Case>,
    /// None: nobody who answers has an address.
    pub letter: Option<(ErrandId, State)>,
    pub until: Tick,
}

impl Desk {
    /// The page after signing out.
    pub(super) fn say_goodbye(
        &mut self,
        visit: Visit,
        known: bool,
        now: Now,
        book: &Book,
    ) -> Result<(), BookError> {
        let host = book.host(&visit.host_id)?;
        let visit = book.visit(visit.id)?.unwrap_or(visit);
        let until = now.tick.after(self.config.screen.thanks);
        self.page = Page::Left(Box::new(Goodbye { visit, known, host, said: None, rating: None, until }));
        Ok(())
    }

    fn feedback(&self, goodbye: &Goodbye) -> Feedback {
        let department = goodbye.host.as_ref().map(|host| host.department.get(self.config.reception.lang));
        Feedback {
            rating: goodbye.rating,
            words: None,
            complaint: false,
            // A face alone is nobody's.
            visit: None,
            department: department.unwrap_or_default().to_owned(),
        }
    }

    pub(super) fn rate(&mut self, rating: u8, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Left(goodbye) = &self.page else { return Ok(()) };
        let mut goodbye = goodbye.clone();
        goodbye.rating = Some(rating.clamp(1, 5));
        let (id, _) = book.say(goodbye.said, &self.feedback(&goodbye), now)?;
        goodbye.said = Some(id);
        goodbye.until = goodbye.until.max(now.tick.after(TIME_TO_SAY));
        self.page = Page::Left(goodbye);
        Ok(())
    }

    pub(super) fn begin_word(&mut self, complaint: bool) {
        if let Page::Left(goodbye) = &self.page {
            self.page = Page::Word(goodbye.clone(), complaint);
        }
    }

    pub(super) fn word_done(
        &mut self,
        words: &str,
        anonymous: bool,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let (Page::Word(goodbye, complaint), Some(words)) = (&self.page, Remark::maybe(words)) else {
            return Ok(());
        };
        let feedback = Feedback {
            words: Some(words),
            complaint: *complaint,
            visit: (goodbye.known && !anonymous).then_some(goodbye.visit.id),
            ..self.feedback(goodbye)
        };
        let (id, case) = book.say(goodbye.said, &feedback, now)?;
        let letter = book.errands_of(id)?.last().map(|entry| (entry.id, entry.state));
        let until = now.tick.after(self.config.screen.thanks);
        // What was typed is kept in the book now, and forgotten here.
        self.forget_typed();
        self.page = Page::Heard(Box::new(Heard { case, letter, until }));
        self.idle.touch(now.tick);
        Ok(())
    }

    /// The mail to whoever answers stands otherwise.
    pub(super) fn follow_case(&mut self, id: ErrandId, state: State) {
        if let Page::Heard(heard) = &mut self.page
            && let Some((own, shown)) = &mut heard.letter
            && *own == id
        {
            *shown = state;
        }
    }
}
