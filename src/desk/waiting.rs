//! Waiting to be let in: who was asked and what came of it, until somebody answers. Whoever leaves the page
//! keeps waiting; the book asks the next one by itself.

use super::leave::is_theirs;
use super::thanks::late_code;
use super::{Desk, How, Miss, Page};
use crate::book::{Book, BookError, ErrandEntry};
use crate::errand::{About, ErrandId, Kind, State};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Admission, Asked, Host, PersonName, Visit};
use std::time::Duration;

/// How often the book is asked for an answer while somebody looks at the page.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// One visit that waits, as long as its visitor looks.
#[derive(Debug)]
pub(super) struct Waiting {
    pub visit: Visit,
    pub host: Host,
    /// Who stands in for the host, where there is somebody.
    pub deputy: Option<Host>,
    /// Who was asked by mail, in order, with how the mail stands since when.
    pub asked: Vec<(Asked, ErrandId, State, Wall)>,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    /// When the page clears.
    pub until: Tick,
}

impl Waiting {
    fn take_up(&mut self, errands: &[ErrandEntry]) {
        self.asked = errands
            .iter()
            .filter_map(|entry| match entry.about {
                Some(About::MayCome(asked)) => Some((asked, entry.id, entry.state, entry.since)),
                _ => None,
            })
            .collect();
    }
}

impl Desk {
    pub(super) fn wait(&mut self, visit: Visit, host: Host, now: Now, book: &Book) -> Result<(), BookError> {
        let deputy = host.deputy.as_deref().map(|id| book.host(id)).transpose()?.flatten();
        let until = now.tick.after(self.config.screen.idle);
        let late_code = late_code(&visit, book)?;
        let mut waiting = Waiting { visit, host, deputy, asked: Vec::new(), late_code, until };
        waiting.take_up(&questions(&waiting.visit, book)?);
        self.page = Page::Waiting(Box::new(waiting));
        Ok(())
    }

    /// Whoever left this page comes back to it by name and number; or sees that they are in, where no badge has come
    /// out yet. False where nobody is found.
    pub(super) fn look_again(
        &mut self,
        name: &PersonName,
        last_four: &str,
        now: Now,
        book: &Book,
    ) -> Result<bool, BookError> {
        let mut theirs = Vec::new();
        for visit in book.open_visits()? {
            if is_theirs(&visit, name, last_four) && (visit.waits() || !has_badge(&visit, book)?) {
                theirs.push(visit);
            }
        }
        let Some(visit) = theirs.pop() else { return Ok(false) };
        if theirs.iter().any(|other| other.details.phone != visit.details.phone) {
            self.missed(How::Name, Miss::Several);
            return Ok(true);
        }
        let Some(host) = book.host(&visit.host_id)? else { return Ok(false) };
        if visit.waits() {
            self.wait(visit, host, now, book)?
        } else {
            self.thank(visit, host, now, book)?
        }
        Ok(true)
    }

    /// Whether somebody has answered; the page follows.
    pub(super) fn look_for_answer(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Waiting(waiting) = &mut self.page else { return Ok(()) };
        let Some(visit) = book.visit(waiting.visit.id)? else { return Ok(()) };
        let errands = questions(&visit, book)?;
        match &visit.admission {
            Admission::Waiting(_) if visit.left.is_none() => {
                waiting.take_up(&errands);
                waiting.visit = visit;
            }
            // Somebody signed them out.
            Admission::Waiting(_) => self.reset(),
            Admission::Admitted => {
                let host = waiting.host.clone();
                return self.thank(visit, host, now, book);
            }
            Admission::Declined(word) => {
                self.aside = None;
                self.page = Page::Refused(word.clone(), now.tick.after(self.config.screen.idle));
            }
        }
        Ok(())
    }

    pub(super) fn answer_wakes_at(&self, now: Tick) -> Option<Tick> {
        matches!(self.page, Page::Waiting(_)).then(|| now.after(LOOK_EVERY))
    }
}

/// What was sent about this visit: a group's is its leader's, but for one who waits for reception to sign with them.
fn questions(visit: &Visit, book: &Book) -> Result<Vec<ErrandEntry>, BookError> {
    let alone = visit.agreement.witness.is_some();
    book.errands_of(if alone { visit.id } else { visit.asked_about() })
}

/// Whether the last badge of this visit is with its wearer, as far as is known.
fn has_badge(visit: &Visit, book: &Book) -> Result<bool, BookError> {
    let badge = book.errands_of(visit.id)?.into_iter().rfind(|entry| entry.kind == Kind::Paper);
    Ok(badge.is_some_and(|badge| matches!(badge.state, State::Done(_))))
}
