//! What a receptionist does about a card, at once or after a form. The book says whether it is done; nothing else is
//! said to be.

use super::opened::vouches;
use super::{CardId, Counter, Deed, Said, Section};
use crate::book::{Book, BookError};
use crate::config::Lobby;
use crate::desk::{Desk, Page};
use crate::now::Now;
use crate::visit::VisitId;

impl Desk {
    /// A deed was tapped: what needs words or a second thought gets a form first.
    pub(super) fn act(
        &mut self,
        deed: Deed,
        card: Option<CardId>,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        if !matches!(self.page, Page::Counter(_)) {
            return Ok(());
        }
        if let (true, Some(card)) = (is_of_a_part(deed), &card) {
            self.came_of(deed, offered_nowhere(deed, Some(card)), now);
            return Ok(());
        }
        match deed {
            Deed::CheckIn => return self.check_in_for(card.as_ref(), now, book),
            Deed::WalkIn => {
                self.hand_over(now);
                self.begin_walk_in();
                return Ok(());
            }
            Deed::Decline
            | Deed::Correct
            | Deed::Reprint
            | Deed::LendPass
            | Deed::Note
            | Deed::Extend
            | Deed::CloseCase
            | Deed::Invite
            | Deed::ChangeInvitation
            | Deed::Watch
            | Deed::Count
            | Deed::SignOutAll
            | Deed::CancelInvitation
            | Deed::Unwatch
            | Deed::EmergencyOn
            | Deed::CallDrill
            | Deed::EndRoll
            | Deed::Export
            | Deed::Erase => return self.open_form(deed, card, now, book),
            Deed::CallRoll if self.calls_at_once(book)? => return self.call_roll_at_once(now, book),
            Deed::CallRoll => return self.open_form(deed, card, now, book),
            Deed::PrintNumbers => return self.print_numbers(now, book),
            Deed::PrintRoll => return self.print_roll(now, book),
            Deed::Admit
            | Deed::SignOut
            | Deed::StillHere
            | Deed::HasLeft
            | Deed::CameOut
            | Deed::NotOut
            | Deed::TakePass
            | Deed::MailAgain
            | Deed::Settle
            | Deed::Collect
            | Deed::Safe
            | Deed::Missing
            | Deed::Unmark
            | Deed::PrintAgain
            | Deed::Tick
            | Deed::Untick
            | Deed::EmergencyOff
            | Deed::Earlier
            | Deed::Later
            | Deed::More => {}
        }
        // One tap is not enough to vouch for somebody.
        if let (Deed::Admit, Some(CardId::Visit(id))) = (deed, &card)
            && vouches(*id, book)?
        {
            return self.open_form(deed, card, now, book);
        }
        let Page::Counter(counter) = &mut self.page else { return Ok(()) };
        if let Deed::Earlier | Deed::Later = deed {
            counter.turn(if deed == Deed::Later { 1 } else { -1 });
            return Ok(());
        }
        if deed == Deed::More {
            counter.more();
            return Ok(());
        }
        let by = counter.by.clone();
        let done = self.carry_out(deed, card.as_ref(), &by, now, book)?;
        self.came_of(deed, done, now);
        Ok(())
    }

    /// What needs no words. True where it is in the book.
    fn carry_out(
        &mut self,
        deed: Deed,
        card: Option<&CardId>,
        by: &str,
        now: Now,
        book: &mut Book,
    ) -> Result<bool, BookError> {
        let today = now.wall.date_naive();
        match (deed, card) {
            (Deed::Admit, Some(CardId::Visit(id))) => book.admit(*id, by, now),
            (Deed::SignOut, Some(CardId::Visit(id))) => book.sign_out(*id, by, now),
            (Deed::StillHere, Some(CardId::Visit(id))) => book.take_back_sign_out(*id, by, now),
            (Deed::HasLeft, Some(CardId::Visit(id))) => book.confirm_sign_out(*id, by, now),
            // Whoever is erased meanwhile is gone.
            (Deed::CameOut | Deed::NotOut, Some(CardId::Visit(id))) => {
                let is_there = book.visit(*id)?.is_some();
                is_there.then(|| book.badge_seen_by(*id, deed == Deed::CameOut, by, now)).transpose()?;
                Ok(is_there)
            }
            (Deed::TakePass, Some(CardId::Visit(id))) => book.take_pass(*id, by, now),
            (Deed::MailAgain, Some(CardId::Visit(id))) => book.mail_again(*id, by, now),
            (Deed::MailAgain, Some(CardId::Errand(id))) => book.settle(*id, true, by, now),
            (Deed::Settle, Some(CardId::Errand(id))) => book.settle(*id, false, by, now),
            (Deed::MailAgain, Some(CardId::Invitation(id))) => book.invite_again(id, by, now),
            (Deed::Collect, Some(CardId::Parcels(number))) => book.collect(*number, by, now),
            (Deed::Safe, Some(CardId::Called(id))) => mark(*id, Some(true), by, now, book),
            (Deed::Missing, Some(CardId::Called(id))) => mark(*id, Some(false), by, now, book),
            (Deed::Unmark, Some(CardId::Called(id))) => mark(*id, None, by, now, book),
            (Deed::PrintAgain, Some(CardId::RollPage(page))) => {
                let Some(roll) = book.open_roll()? else { return Ok(false) };
                book.print_roll_page_again(roll.id, *page, by, now)
            }
            (Deed::Tick, Some(CardId::Check(id))) => book.tick(today, id, by, now),
            (Deed::Untick, Some(CardId::Check(id))) => book.untick(today, id, by, now),
            (Deed::EmergencyOff, Some(CardId::Machine(_))) => {
                book.set_emergency(None, by, now)?;
                self.emergency = None;
                Ok(true)
            }
            (deed, card) => Ok(offered_nowhere(deed, card)),
        }
    }

    /// Says what came of a deed.
    pub(super) fn came_of(&mut self, deed: Deed, done: bool, now: Now) {
        if let Page::Counter(counter) = &mut self.page {
            counter.say(if done { Said::Done(deed) } else { Said::TooLate }, now);
            counter.stale();
        }
    }

    /// The pages are locked, and the visitor's ones shown: whoever stands here is registered by this receptionist.
    fn hand_over(&mut self, now: Now) {
        let Page::Counter(counter) = &self.page else { return };
        let (by, lang) = (counter.by.clone(), self.lang);
        self.reset();
        self.speak(lang);
        self.on_behalf = Some(by);
        // Whoever was handed the screen may go away without a touch.
        self.idle.touch(now.tick);
    }

    /// Somebody who is expected stands at the desk.
    fn check_in_for(&mut self, card: Option<&CardId>, now: Now, book: &mut Book) -> Result<(), BookError> {
        let invitation = match card {
            Some(CardId::Invitation(id)) => book.invitation(id)?,
            card => {
                offered_nowhere(Deed::CheckIn, card);
                None
            }
        };
        let Some(invitation) = invitation else {
            self.came_of(Deed::CheckIn, false, now);
            return Ok(());
        };
        self.hand_over(now);
        self.found(crate::desk::How::Scan, vec![invitation], now, book)?;
        // The receptionist has seen who it is.
        self.confirm(now, book)
    }

    /// What can be done in a part as a whole.
    pub(super) fn section_deeds(&self, counter: &Counter) -> Vec<Deed> {
        match counter.section {
            Section::Board => vec![Deed::WalkIn, Deed::SignOutAll, Deed::CallRoll],
            Section::Invitations => vec![Deed::Invite],
            Section::Watch => vec![Deed::Watch],
            Section::Roll if counter.roll.is_some() => vec![Deed::EndRoll, Deed::PrintRoll, Deed::CallRoll],
            Section::Roll => vec![Deed::CallRoll, Deed::CallDrill],
            Section::Numbers => {
                let mut deeds = vec![Deed::Earlier, Deed::Later, Deed::PrintNumbers];
                deeds.extend(self.config.export.as_ref().map(|_| Deed::Export));
                deeds
            }
            Section::History => {
                let export = self.config.export.iter().filter(|_| counter.is_manager());
                let full = counter.columns.iter().any(|column| column.cards.len() >= counter.most);
                full.then_some(Deed::More).into_iter().chain(export.map(|_| Deed::Export)).collect()
            }
            Section::Words | Section::Room | Section::Machine => Vec::new(),
        }
    }

    /// From the board one tap calls the roll: a fire does not wait for a second thought. Only a real roll that is open is
    /// not thrown away by a finger that slips, with all who are ticked on it.
    fn calls_at_once(&self, book: &Book) -> Result<bool, BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(false) };
        let real = book.open_roll()?.is_some_and(|roll| !roll.drill);
        Ok(counter.section == Section::Board && !real)
    }

    /// The list of the roll that is open once more, with its ticks and with who came since: names on paper, whatever goes
    /// on it without a PIN.
    fn print_roll(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        let by = counter.by.clone();
        let done = book.issue_roll(Lobby::Print, &self.config.roll.to, &by, now)?;
        self.came_of(Deed::PrintRoll, done, now);
        Ok(())
    }

    fn call_roll_at_once(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        let by = counter.by.clone();
        book.call_roll(false, &self.config.roll.to, &by, now)?;
        // Whoever called it ticks it off next.
        self.go(Section::Roll, now);
        self.came_of(Deed::CallRoll, true, now);
        Ok(())
    }
}

/// Whether it is done in a part as a whole, and about no card.
fn is_of_a_part(deed: Deed) -> bool {
    use Deed::*;
    matches!(
        deed,
        WalkIn
            | SignOutAll
            | CallRoll
            | CallDrill
            | EndRoll
            | PrintRoll
            | Invite
            | Watch
            | Earlier
            | Later
            | More
            | PrintNumbers
            | Export
    )
}

fn mark(id: VisitId, safe: Option<bool>, by: &str, now: Now, book: &mut Book) -> Result<bool, BookError> {
    let Some(roll) = book.open_roll()? else { return Ok(false) };
    book.mark(roll.id, id, safe, by, now)
}

/// No card offers this deed, or the card is not one that it is about: nothing is changed.
pub(super) fn offered_nowhere(deed: Deed, card: Option<&CardId>) -> bool {
    tracing::error!("{deed:?} is no deed for {card:?}; nothing was changed");
    false
}
