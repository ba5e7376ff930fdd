//! Waiting to be let in: who was asked and what came of it, until somebody answers. A visitor who leaves the page
//! keeps waiting; the book asks the next one by itself.

use super::host::is_called;
use super::refused::Refused;
use super::thanks::late_code;
use super::{Ctx, Ends, Next, PageLogic};
use crate::book::{Book, BookError, ErrandEntry};
use crate::config::{Config, Screen};
use crate::desk::idle::seconds_left;
use crate::desk::view::host_shown;
use crate::desk::{Desk, HostShown, PageView};
use crate::errand::{About, ErrandId, Kind, State};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Admission, Asked, Host, Visit};
use crate::words::Texts;
use std::time::Duration;

/// How often the book is asked for an answer while somebody looks at the page.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// One visit that waits, as long as its visitor looks.
#[derive(Debug)]
pub struct Waiting {
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
pub struct OneAsked {
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

    /// The name that the pages give to the reader of a mail: the host may be another one by then.
    fn called(&self, address: &str, name: &str, book: &Book) -> Result<Texts, BookError> {
        let is_them = |host: &Host| host.email == address && is_called(host, name);
        if is_them(&self.host) {
            return Ok(self.host.name.clone());
        }
        let known = book.hosts()?.into_iter().find(is_them);
        Ok(known.map_or_else(|| Texts::from(name), |host| host.name))
    }
}

impl PageLogic for Waiting {
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        let asked: Vec<AskedShown> = self
            .asked
            .iter()
            .map(|asked| AskedShown {
                who: asked.who,
                name: asked.name.get(desk.lang).to_owned(),
                state: host_shown(Some(asked.state)),
                since: asked.since,
                passed: asked.passed,
            })
            .collect();
        let by_mail = asked.iter().any(|asked| asked.who == Asked::Reception);
        PageView::Waiting(Box::new(WaitingView {
            name: self.visit.details.name.to_string(),
            number: self.visit.badge.to_string(),
            registered: self.visit.arrived,
            host: self.host.name.get(desk.lang).to_owned(),
            reception_is_told: desk.config.reception.email.is_some(),
            late_code: self.late_code.clone(),
            again: self.visit.details.phone.is_some(),
            witness: self.visit.agreement.witness.is_some(),
            speak: self.visit.admission == Admission::Waiting(Asked::Reception) && !by_mail,
            asked,
            seconds_left: seconds_left(now.tick, self.until),
        }))
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::CountingTo(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.idle_seconds))
    }

    fn wakes_at(&self, _desk: &Desk, now: Tick) -> Option<Tick> {
        Some(now.after(LOOK_EVERY))
    }

    /// Whether somebody has answered.
    fn follow(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Some(visit) = cx.book.visit(self.visit.id)? else { return Ok(Next::Stay) };
        let errands = questions(&visit, cx.book)?;
        if visit.host_id != self.visit.host_id
            && let Some(host) = cx.book.host(&visit.host_id)?
        {
            self.host = host;
        }
        match &visit.admission {
            Admission::Waiting(_) if visit.left.is_none() => {
                self.take_up(&errands, cx.book)?;
                self.visit = visit;
                Ok(Next::Stay)
            }
            // Somebody signed them out.
            Admission::Waiting(_) => Ok(Next::Reset),
            Admission::Admitted => cx.thank(visit, self.host.clone()),
            Admission::Declined(word) => Ok(Next::go(Refused::with(word.clone(), cx))),
        }
    }

    fn errand_is(&mut self, _id: ErrandId, _state: State, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        self.follow(cx)
    }
}

impl Ctx<'_> {
    /// Somebody is asked about this visit.
    pub fn wait(&mut self, visit: Visit, host: Host) -> Result<Next, BookError> {
        let until = self.now.tick.after(self.desk.config.screen.idle_seconds);
        let late_code = late_code(&visit, self.book)?;
        let mut waiting = Waiting { visit, host, asked: Vec::new(), late_code, until };
        waiting.take_up(&questions(&waiting.visit, self.book)?, self.book)?;
        Ok(Next::go(waiting))
    }
}

/// What was sent about this visit: a group's is its leader's, as long as the leader waits too.
fn questions(visit: &Visit, book: &Book) -> Result<Vec<ErrandEntry>, BookError> {
    let leader = visit.leader.map(|leader| book.visit(leader)).transpose()?.flatten();
    let leader = leader.filter(|leader| leader.waits() && leader.left.is_none());
    book.errands_of(leader.map_or(visit.id, |leader| leader.id))
}

/// Since when the last badge of this visit is with its wearer, as far as is known.
pub fn badge_came_out(visit: &Visit, book: &Book) -> Result<Option<Wall>, BookError> {
    let badge = book.errands_of(visit.id)?.into_iter().rfind(|entry| entry.kind == Kind::Paper);
    Ok(badge.filter(|badge| matches!(badge.state, State::Done(_))).map(|badge| badge.since))
}

/// A visit that waits to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// The visitor's name.
    pub name: String,
    /// Their number.
    pub number: String,
    /// When they were registered.
    pub registered: Wall,
    /// Whom they see.
    pub host: String,
    /// Who was asked, in order.
    pub asked: Vec<AskedShown>,
    /// Whether reception can be told by mail, should nobody answer.
    pub reception_is_told: bool,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    /// Whether they find this page again by their name.
    pub again: bool,
    /// Whether reception must be spoken to: it was asked and has no address.
    pub speak: bool,
    /// Whether reception is to sign with them, and then lets them in.
    pub witness: bool,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}

/// Somebody who was asked whether a visitor may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedShown {
    /// Who.
    pub who: Asked,
    /// Their name; empty for reception.
    pub name: String,
    /// How the mail to them stands.
    pub state: HostShown,
    /// Since when.
    pub since: Wall,
    /// The mail had gone and nobody had answered when the next one was asked.
    pub passed: bool,
}
