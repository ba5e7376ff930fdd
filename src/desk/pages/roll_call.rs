//! The page after the button in the lobby was held down: what was put out, to whom the names go, and what is on record.
//! Anybody stands here: nobody's name and no address is shown. People are ticked off behind a PIN.

use super::{Ctx, Ends, Next, PageLogic};
use crate::book::{Book, BookError, Held, RollId};
use crate::config::{Config, Lobby};
use crate::desk::view::{badge_shown, host_shown};
use crate::desk::{BadgeShown, Desk, Event, HostShown, PageView, Tap};
use crate::errand::{ErrandId, Seen, State};
use crate::now::{Now, Wall};

/// A roll call, as long as somebody looks at the page.
#[derive(Debug)]
pub struct RollCalled {
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

impl PageLogic for RollCalled {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        let lobby = desk.config.roll.lobby;
        let paper = worst(self.paper.iter().copied());
        let reception = self.mails.iter().any(|(_, reception)| *reception);
        let failed = |state: &State| matches!(state, State::Failed(_) | State::Unknown(_));
        PageView::RollCall(RollCallView {
            news: self.news,
            lobby,
            issued: self.issued,
            paper: paper.map(|state| badge_shown(Some(state))),
            mail: host_shown(worst(self.mails.iter().map(|(state, _)| *state))),
            reception,
            others: self.mails.len() - usize::from(reception),
            again: self.news == RollNews::Nothing || self.paper.iter().any(failed),
        })
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        match event {
            Event::Reception(Tap::RollAgain) => self.put_out_again(cx),
            _ => Ok(Next::Stay),
        }
    }

    fn ends(&self, config: &Config) -> Ends {
        Ends::Quietly(config.screen.idle_seconds)
    }

    fn follow(&mut self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        self.take_up(&cx.desk.config, cx.book)?;
        Ok(Next::Stay)
    }

    fn errand_is(&mut self, _id: ErrandId, _state: State, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        self.follow(cx)
    }
}

impl RollCalled {
    /// The same list once more, as it stands; nobody needs a PIN for it.
    fn put_out_again(&self, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        // Somebody may have ended it meanwhile, and called another one.
        if cx.book.open_roll()?.is_none_or(|open| open.id != self.roll) {
            return Ok(Next::Reset);
        }
        let config = &cx.desk.config.roll;
        cx.book.issue_roll(config.lobby, &config.to, "", cx.now)?;
        show_roll(self.roll, RollNews::Again, cx)
    }

    /// What came of paper and mails shows as it becomes known.
    fn take_up(&mut self, config: &Config, book: &Book) -> Result<(), BookError> {
        self.paper = book.roll_pages(self.roll)?.into_iter().map(|print| print.state).collect();
        self.issued = book.roll(self.roll)?.map_or(self.issued, |roll| roll.issued);
        let mut newest: Vec<(String, (State, bool))> = Vec::new();
        for entry in book.errands_of(self.roll)? {
            let Some((to, _)) = entry.to else { continue };
            let mail = (entry.state, config.reception.email.as_ref() == Some(&to));
            match newest.iter_mut().find(|(known, _)| *known == to) {
                Some((_, earlier)) => *earlier = mail,
                None => newest.push((to, mail)),
            }
        }
        self.mails = newest.into_iter().map(|(_, mail)| mail).collect();
        Ok(())
    }
}

/// The roll is called from the welcome page; it is ticked off behind the PIN.
pub fn call_roll(cx: &mut Ctx<'_>) -> Result<Next, BookError> {
    let config = &cx.desk.config.roll;
    let (roll, held) = cx.book.call_roll_in_lobby(config.lobby, &config.to, cx.now)?;
    let news = match held {
        Held::Called => RollNews::Called,
        Held::GoesOn => RollNews::GoesOn,
        Held::Nothing => RollNews::Nothing,
    };
    show_roll(roll, news, cx)
}

fn show_roll(roll: RollId, news: RollNews, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
    let (paper, mails) = (Vec::new(), Vec::new());
    let mut called = RollCalled { roll, news, issued: cx.now.wall, paper, mails };
    // The roll is called already: where the book cannot be read, the next tick fills the page, and nothing is put out twice.
    called.take_up(&cx.desk.config, cx.book).unwrap_or_default();
    let lang = cx.desk.lang;
    cx.desk.reset();
    cx.desk.speak(lang);
    // Nobody may come to touch it: the page clears by itself.
    cx.desk.idle.touch(cx.now.tick);
    Ok(Next::go(called))
}

impl Desk {
    /// The roll is called without a PIN.
    pub(in crate::desk) fn call_roll_unseen(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.hand_to_page(Event::Reception(Tap::CallRoll), now, book)
    }

    /// Its list is wanted once more without a PIN.
    pub(in crate::desk) fn put_out_again(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.hand_to_page(Event::Reception(Tap::RollAgain), now, book)
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
