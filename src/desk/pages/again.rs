//! A visit that is registered was found by name and number: is it yours? Masked until they say so.

use super::confirm::Found;
use super::leave::is_theirs;
use super::refused::Refused;
use super::search::{How, LookupError, Search};
use super::waiting::badge_came_out;
use super::{Ctx, Next, PageLogic, Scan};
use crate::book::{Book, BookError};
use crate::desk::{Desk, Event, LookUp, PageView};
use crate::now::Now;
use crate::visit::{Admission, Host, PersonName, Token, Visit};

/// A visit that somebody looks for again.
#[derive(Debug)]
pub struct Again {
    visit: Visit,
    host: Host,
}

impl PageLogic for Again {
    /// Masked, as an invitation is.
    fn view(&self, desk: &Desk, now: Now) -> PageView {
        let Again { visit, host } = self;
        PageView::Confirm(Found {
            id: visit.id.0.to_string(),
            visitor: visit.details.name.masked(),
            company: visit.details.company.as_ref().map(|company| company.masked()).unwrap_or_default(),
            host: host.name.get(desk.lang).to_owned(),
            department: host.department.get(desk.lang).to_owned(),
            from: visit.arrived,
            until: now.zone.here(visit.good_until),
            joins: false,
            waits: false,
            whole: false,
            brings: false,
            here: true,
        })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::LookUp(LookUp::Confirm) => self.see_again(cx),
            Event::LookUp(LookUp::NotMe) => Ok(Next::go(Search::default())),
            _ => Ok(Next::Stay),
        }
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        Ok(Next::go(Search::default()))
    }

    fn scan(&self, _token: Option<&Token>, _book: &Book) -> Result<Scan, BookError> {
        Ok(Scan::LooksUp { leaving: false })
    }
}

impl Again {
    /// "Yes, this is me": how their visit stands.
    fn see_again(&self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Some(visit) = cx.book.visit(self.visit.id)? else { return Ok(Next::Reset) };
        let host = self.host.clone();
        match &visit.admission {
            Admission::Waiting(_) if visit.left.is_none() => cx.wait(visit, host),
            // Somebody signed them out.
            Admission::Waiting(_) => Ok(Next::Reset),
            Admission::Admitted => match badge_came_out(&visit, cx.book)? {
                Some(at) => Ok(Search { how: How::Name, ..Search::default() }
                    .missed(LookupError::LetIn(visit.badge, at))),
                None => cx.thank(visit, host),
            },
            Admission::Declined(word) => Ok(Next::go(Refused::with(word.clone(), cx))),
        }
    }
}

impl Ctx<'_> {
    /// Somebody who left their waiting page comes back to it by name and number; or sees that they are in, where no badge
    /// has come out yet.
    pub fn look_again(
        &self,
        search: Search,
        name: &PersonName,
        last_four: &str,
    ) -> Result<Option<Next>, BookError> {
        let mut theirs = Vec::new();
        for visit in self.book.open_visits()? {
            if is_theirs(&visit, name, last_four)
                && (visit.waits() || badge_came_out(&visit, self.book)?.is_none())
            {
                theirs.push(visit);
            }
        }
        self.ask_whose(search, theirs)
    }

    /// The same for somebody who was answered meanwhile: declined today, or let in with a badge that came out.
    pub fn look_for_answered(
        &self,
        search: Search,
        name: &PersonName,
        last_four: &str,
    ) -> Result<Option<Next>, BookError> {
        let answered = |visit: &Visit| match visit.admission {
            Admission::Waiting(_) => false,
            Admission::Admitted => visit.left.is_none(),
            Admission::Declined(_) => true,
        };
        let mut theirs = self.book.registered_today(self.now)?;
        theirs.retain(|visit| is_theirs(visit, name, last_four) && answered(visit));
        self.ask_whose(search, theirs)
    }

    /// Is the last of them yours?
    fn ask_whose(&self, search: Search, mut theirs: Vec<Visit>) -> Result<Option<Next>, BookError> {
        let Some(visit) = theirs.pop() else { return Ok(None) };
        if theirs.iter().any(|other| other.details.phone != visit.details.phone) {
            return Ok(Some(search.missed(LookupError::Several)));
        }
        let host = self.book.host(&visit.host_id)?;
        Ok(host.map(|host| Next::go(Again { visit, host })))
    }
}
