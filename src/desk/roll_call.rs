//! The page after the button in the lobby was held down: what was put out, to whom the names go, and what is on record.
//! Anybody stands here: nobody's name and no address is shown. People are ticked off behind a PIN.

use super::{BadgeShown, Desk, HostShown, Page};
use crate::book::{Book, BookError, Held, RollId};
use crate::config::Lobby;
use crate::errand::{Seen, State};
use crate::now::{Now, Wall};

/// A roll call, as long as somebody looks at the page.
#[derive(Debug)]
pub(super) struct RollCalled {
    roll: RollId,
    news: RollNews,
    /// When its list was put out last.
    issued: Wall,
    /// How its paper stands, page by page.
    paper: Vec<State>,
    /// How the newest mail to each address stands, and whether that is reception's.
    mails: Vec<(State, bool)>,
}

/// What became of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollNews {
    /// A roll was called.
    Called,
    /// One that somebody is ticking off goes on.
    GoesOn,
    /// Nothing new was put out.
    Nothing,
    /// It was put out once more because somebody here wants it.
    Again,
}

/// What is known of a roll that was called in the lobby.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollCallView {
    /// What became of the list.
    pub news: RollNews,
    /// What of it goes on paper here.
    pub lobby: Lobby,
    /// When its list was put out last.
    pub issued: Wall,
    /// How the paper stands, the page that is worst off; none: nothing goes on paper.
    pub paper: Option<BadgeShown>,
    /// How the mails with the names stand, the one that is worst off.
    pub mail: HostShown,
    /// Whether reception is among those who get one.
    pub reception: bool,
    /// How many others are.
    pub others: usize,
    /// Whether it can be put out once more from here.
    pub again: bool,
}

impl Desk {
    /// The roll is called from the welcome page; it is ticked off behind the PIN.
    pub(super) fn call_roll_unseen(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        if !matches!(self.page, Page::Welcome) {
            return Ok(());
        }
        let (roll, held) = book.call_roll_in_lobby(self.config.roll.lobby, &self.config.roll.to, now)?;
        let news = match held {
            Held::Called => RollNews::Called,
            Held::GoesOn => RollNews::GoesOn,
            Held::Nothing => RollNews::Nothing,
        };
        self.show_roll(roll, news, now, book)
    }

    /// The same list once more, as it stands now; nobody needs a PIN for it.
    pub(super) fn put_out_again(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::RollCalled(called) = &self.page else { return Ok(()) };
        // Somebody may have ended it meanwhile, and called another one.
        let roll = called.roll;
        if book.open_roll()?.is_none_or(|open| open.id != roll) {
            self.reset();
            return Ok(());
        }
        book.issue_roll(self.config.roll.lobby, &self.config.roll.to, "", now)?;
        self.show_roll(roll, RollNews::Again, now, book)
    }

    fn show_roll(&mut self, roll: RollId, news: RollNews, now: Now, book: &Book) -> Result<(), BookError> {
        let lang = self.lang;
        self.reset();
        self.speak(lang);
        // Nobody may come to touch it: the page clears by itself.
        self.idle.touch(now.tick);
        let (paper, mails) = (Vec::new(), Vec::new());
        self.page = Page::RollCalled(Box::new(RollCalled { roll, news, issued: now.wall, paper, mails }));
        self.follow_roll(book)
    }

    /// What came of paper and mails shows as it becomes known.
    pub(super) fn follow_roll(&mut self, book: &Book) -> Result<(), BookError> {
        let Page::RollCalled(called) = &mut self.page else { return Ok(()) };
        called.paper = book.roll_pages(called.roll)?.into_iter().map(|print| print.state).collect();
        called.issued = book.roll(called.roll)?.map_or(called.issued, |roll| roll.issued);
        let mut newest: Vec<(String, (State, bool))> = Vec::new();
        for entry in book.errands_of(called.roll)? {
            let Some((to, _)) = entry.to else { continue };
            let mail = (entry.state, self.config.reception.email.as_ref() == Some(&to));
            match newest.iter_mut().find(|(known, _)| *known == to) {
                Some((_, earlier)) => *earlier = mail,
                None => newest.push((to, mail)),
            }
        }
        called.mails = newest.into_iter().map(|(_, mail)| mail).collect();
        Ok(())
    }

    pub(super) fn roll_call_view(&self, called: &RollCalled) -> RollCallView {
        let lobby = self.config.roll.lobby;
        let paper = worst(called.paper.iter().copied());
        let reception = called.mails.iter().any(|(_, reception)| *reception);
        let failed = |state: &State| matches!(state, State::Failed(_) | State::Unknown(_));
        RollCallView {
            news: called.news,
            lobby,
            issued: called.issued,
            paper: paper.map(|state| super::view::badge_shown(Some(state))),
            mail: super::view::host_shown(worst(called.mails.iter().map(|(state, _)| *state))),
            reception,
            others: called.mails.len() - usize::from(reception),
            again: called.news == RollNews::Nothing || called.paper.iter().any(failed),
        }
    }
}

/// The one that wants attention most.
fn worst(states: impl Iterator<Item = State>) -> Option<State> {
    states.max_by_key(|state| match state {
        State::Failed(_) => 5,
        State::Unknown(_) => 4,
        State::Queued(Some(_)) => 3,
        State::Queued(None) | State::Sending => 2,
        State::Done(Seen::HandedOver) => 1,
        State::Done(Seen::Confirmed) => 0,
    })
}
