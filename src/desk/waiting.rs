//! Waiting to be let in: who was asked and what came of it, until somebody answers. Whoever leaves the page
//! keeps waiting; the book asks the next one by itself.

use super::leave::is_theirs;
use super::thanks::late_code;
use super::walk_in::is_called;
use super::{Desk, How, Miss, Page};
use crate::book::{Book, BookError, ErrandEntry};
use crate::errand::{About, ErrandId, Kind, State};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Admission, Asked, Host, PersonName, Visit};
use crate::words::Texts;
use std::time::Duration;

/// How often the book is asked for an answer while somebody looks at the page.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// One visit that waits, as long as its visitor looks.
#[derive(Debug)]
pub(super) struct Waiting {
    pub visit: Visit,
    pub host: Host,
    /// Who was asked by mail, in order.
    pub asked: Vec<OneAsked>,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    /// When the page clears.
    pub until: Tick,
}

/// Somebody who was asked by mail.
#[derive(Debug)]
pub(super) struct OneAsked {
    errand: ErrandId,
    pub who: Asked,
    /// As they are called; empty for reception.
    pub name: Texts,
    /// How the mail stands, and since when.
    pub state: State,
    pub since: Wall,
    /// The next one was asked when this mail had gone, and nobody had answered.
    pub passed: bool,
}

/// A visit that somebody looks for again, masked until they say that it is theirs.
#[derive(Debug)]
pub(super) struct Again {
    pub visit: Visit,
    pub host: Host,
}

impl Waiting {
    fn take_up(&mut self, errands: &[ErrandEntry], book: &Book) -> Result<(), BookError> {
        let mut asked = Vec::new();
        let questions: Vec<&ErrandEntry> =
            errands.iter().filter(|entry| matches!(entry.about, Some(About::MayCome(_)))).collect();
        for (at, entry) in questions.iter().enumerate() {
            let Some(About::MayCome(who)) = entry.about else { continue };
            let known = self.asked.iter().find(|known| known.errand == entry.id);
            let name = match (known, &entry.to) {
                (Some(known), _) => known.name.clone(),
                (None, Some((address, name))) if who != Asked::Reception => {
                    self.called(address, name, book)?
                }
                (None, _) => Texts::default(),
            };
            let (errand, state, since) = (entry.id, entry.state, entry.since);
            let later = &questions[at + 1..];
            let passed = matches!(state, State::Done(_)) && later.iter().any(|next| next.queued >= since);
            asked.push(OneAsked { errand, who, name, state, since, passed });
        }
        self.asked = asked;
        Ok(())
    }

    /// Whoever got a mail under this name, as the pages call them: the host may be another one by now.
    fn called(&self, address: &str, name: &str, book: &Book) -> Result<Texts, BookError> {
        let is_them = |host: &Host| host.email == address && is_called(host, name);
        if is_them(&self.host) {
            return Ok(self.host.name.clone());
        }
        let known = book.hosts()?.into_iter().find(is_them);
        Ok(known.map_or_else(|| Texts::from(name), |host| host.name))
    }
}

impl Desk {
    pub(super) fn wait(&mut self, visit: Visit, host: Host, now: Now, book: &Book) -> Result<(), BookError> {
        let until = now.tick.after(self.config.screen.idle);
        let late_code = late_code(&visit, book)?;
        let mut waiting = Waiting { visit, host, asked: Vec::new(), late_code, until };
        waiting.take_up(&questions(&waiting.visit, book)?, book)?;
        self.page = Page::Waiting(Box::new(waiting));
        Ok(())
    }

    /// Whoever left this page comes back to it by name and number; or sees that they are in, where no badge has come
    /// out yet. False where nobody is found.
    pub(super) fn look_again(
        &mut self,
        name: &PersonName,
        last_four: &str,
        book: &Book,
    ) -> Result<bool, BookError> {
        let mut theirs = Vec::new();
        for visit in book.open_visits()? {
            if is_theirs(&visit, name, last_four)
                && (visit.waits() || badge_came_out(&visit, book)?.is_none())
            {
                theirs.push(visit);
            }
        }
        self.ask_whose(theirs, book)
    }

    /// The same for whoever was answered meanwhile: declined today, or let in with a badge that came out.
    pub(super) fn look_for_answered(
        &mut self,
        name: &PersonName,
        last_four: &str,
        now: Now,
        book: &Book,
    ) -> Result<bool, BookError> {
        let answered = |visit: &Visit| match visit.admission {
            Admission::Waiting(_) => false,
            Admission::Admitted => visit.left.is_none(),
            Admission::Declined(_) => true,
        };
        let mut theirs = book.registered_today(now)?;
        theirs.retain(|visit| is_theirs(visit, name, last_four) && answered(visit));
        self.ask_whose(theirs, book)
    }

    /// Is the last of them yours?
    fn ask_whose(&mut self, mut theirs: Vec<Visit>, book: &Book) -> Result<bool, BookError> {
        let Some(visit) = theirs.pop() else { return Ok(false) };
        if theirs.iter().any(|other| other.details.phone != visit.details.phone) {
            self.missed(How::Name, Miss::Several);
            return Ok(true);
        }
        let Some(host) = book.host(&visit.host_id)? else { return Ok(false) };
        self.show(Page::Again(Box::new(Again { visit, host })));
        Ok(true)
    }

    /// "Yes, this is me": how their visit stands now.
    pub(super) fn see_again(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Again(again) = &self.page else { return Ok(()) };
        let host = again.host.clone();
        let Some(visit) = book.visit(again.visit.id)? else {
            self.reset();
            return Ok(());
        };
        match &visit.admission {
            Admission::Waiting(_) if visit.left.is_none() => return self.wait(visit, host, now, book),
            // Somebody signed them out.
            Admission::Waiting(_) => self.reset(),
            Admission::Admitted => match badge_came_out(&visit, book)? {
                Some(at) => self.missed(How::Name, Miss::LetIn(visit.badge, at)),
                None => return self.thank(visit, host, now, book),
            },
            Admission::Declined(word) => self.refuse(word.clone(), now),
        }
        Ok(())
    }

    fn refuse(&mut self, word: String, now: Now) {
        self.show(Page::Refused(word, now.tick.after(self.config.screen.idle)));
    }

    /// Whether somebody has answered; the page follows.
    pub(super) fn look_for_answer(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Waiting(waiting) = &mut self.page else { return Ok(()) };
        let Some(visit) = book.visit(waiting.visit.id)? else { return Ok(()) };
        let errands = questions(&visit, book)?;
        if visit.host_id != waiting.visit.host_id
            && let Some(host) = book.host(&visit.host_id)?
        {
            waiting.host = host;
        }
        match &visit.admission {
            Admission::Waiting(_) if visit.left.is_none() => {
                waiting.take_up(&errands, book)?;
                waiting.visit = visit;
            }
            // Somebody signed them out.
            Admission::Waiting(_) => self.reset(),
            Admission::Admitted => {
                let host = waiting.host.clone();
                return self.thank(visit, host, now, book);
            }
            Admission::Declined(word) => self.refuse(word.clone(), now),
        }
        Ok(())
    }

    pub(super) fn answer_wakes_at(&self, now: Tick) -> Option<Tick> {
        matches!(self.page, Page::Waiting(_)).then(|| now.after(LOOK_EVERY))
    }
}

/// What was sent about this visit: a group's is its leader's, as long as the leader waits too.
fn questions(visit: &Visit, book: &Book) -> Result<Vec<ErrandEntry>, BookError> {
    let leader = visit.leader.map(|leader| book.visit(leader)).transpose()?.flatten();
    let leader = leader.filter(|leader| leader.waits() && leader.left.is_none());
    book.errands_of(leader.map_or(visit.id, |leader| leader.id))
}

/// Since when the last badge of this visit is with its wearer, as far as is known.
fn badge_came_out(visit: &Visit, book: &Book) -> Result<Option<Wall>, BookError> {
    let badge = book.errands_of(visit.id)?.into_iter().rfind(|entry| entry.kind == Kind::Paper);
    Ok(badge.filter(|badge| matches!(badge.state, State::Done(_))).map(|badge| badge.since))
}
