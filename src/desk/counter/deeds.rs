//! What a receptionist does about a card, at once or after a form. The book says whether it is done; nothing else is
//! said to be.

use super::cards::visit_of;
use super::opened::vouches;
use super::{Counter, Deed, Said, Section};
use crate::book::{Book, BookError};
use crate::config::Lobby;
use crate::desk::{Desk, Page};
use crate::errand::ErrandId;
use crate::now::Now;
use crate::visit::VisitId;
use uuid::Uuid;

impl Desk {
    /// A deed was tapped: what needs words or a second thought gets a form first.
    pub(super) fn act(&mut self, deed: Deed, key: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        if !matches!(self.page, Page::Counter(_)) {
            return Ok(());
        }
        match deed {
            Deed::CheckIn => return self.check_in_for(key, now, book),
            Deed::WalkIn => {
                self.hand_over(now);
                self.begin_walk_in();
                return Ok(());
            }
            // One tap is not enough to vouch for somebody.
            Deed::Admit if vouches(key, book)? => return self.open_form(deed, key, now, book),
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
            | Deed::Erase => return self.open_form(deed, key, now, book),
            Deed::CallRoll if self.calls_at_once(book)? => return self.call_roll_at_once(now, book),
            Deed::CallRoll => return self.open_form(deed, key, now, book),
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
        let done = self.carry_out(deed, key, &by, now, book)?;
        self.came_of(deed, done, now);
        Ok(())
    }

    /// What needs no words. True where it is in the book.
    #[allow(clippy::wildcard_enum_match_arm, reason = "a visit's card offers these deeds only")]
    fn carry_out(
        &mut self,
        deed: Deed,
        key: &str,
        by: &str,
        now: Now,
        book: &mut Book,
    ) -> Result<bool, BookError> {
        if let Some(id) = visit_of(key) {
            return match deed {
                Deed::Admit => book.admit(id, by, now),
                Deed::SignOut => book.sign_out(id, by, now),
                Deed::StillHere => book.take_back_sign_out(id, by, now),
                Deed::HasLeft => book.confirm_sign_out(id, by, now),
                Deed::CameOut | Deed::NotOut => {
                    book.badge_seen_by(id, deed == Deed::CameOut, by, now).map(|_| true)
                }
                Deed::TakePass => book.take_pass(id, by, now),
                Deed::MailAgain => book.mail_again(id, by, now),
                _ => Ok(false),
            };
        }
        if let Some(errand) = key.strip_prefix("e:").and_then(|id| Uuid::parse_str(id).ok()).map(ErrandId) {
            return book.settle(errand, deed == Deed::MailAgain, by, now);
        }
        if let (Deed::MailAgain, Some(invitation)) = (deed, key.strip_prefix("i:")) {
            return book.invite_again(invitation, by, now);
        }
        if let Some(number) = key.strip_prefix("p:").and_then(|number| number.parse().ok()) {
            return book.collect(number, by, now);
        }
        if let Some(done) = carry_out_in_part(deed, key, by, now, book)? {
            return Ok(done);
        }
        if deed == Deed::EmergencyOff {
            book.set_emergency(None, by, now)?;
            self.emergency = None;
            return Ok(true);
        }
        Ok(false)
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
    fn check_in_for(&mut self, key: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Some(invitation) = key.strip_prefix("i:").map(|id| book.invitation(id)).transpose()?.flatten()
        else {
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

/// What is done about the roll and the look round; none: it is something else.
fn carry_out_in_part(
    deed: Deed,
    key: &str,
    by: &str,
    now: Now,
    book: &mut Book,
) -> Result<Option<bool>, BookError> {
    let Some((kind, id)) = key.split_once(':') else { return Ok(None) };
    let today = now.wall.date_naive();
    let done = match (kind, deed) {
        ("r", Deed::Safe | Deed::Missing | Deed::Unmark) => {
            let visit = Uuid::parse_str(id).ok().map(VisitId);
            let (Some(roll), Some(visit)) = (book.open_roll()?, visit) else { return Ok(Some(false)) };
            let safe = (deed != Deed::Unmark).then_some(deed == Deed::Safe);
            book.mark(roll.id, visit, safe, by, now)?
        }
        ("g", Deed::PrintAgain) => {
            let (Some(roll), Ok(page)) = (book.open_roll()?, id.parse()) else { return Ok(Some(false)) };
            book.print_roll_page_again(roll.id, page, by, now)?
        }
        ("d", Deed::Tick) => book.tick(today, id, by, now)?,
        ("d", Deed::Untick) => book.untick(today, id, by, now)?,
        _ => return Ok(None),
    };
    Ok(Some(done))
}
