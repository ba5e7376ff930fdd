//! Mails about visitors who are here: which of them did not go, and written once more.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::errands::{self, Row};
use crate::book::rules::{letters, recipients};
use crate::errand::{ARRIVAL_GOOD_FOR, About, ErrandId, Letter, State, Trouble, Work};
use crate::now::Now;
use crate::visit::{Visit, VisitId};

impl Book {
    /// To whom the last mail about this visitor, who is here, did not go, and why; none: it went, or goes.
    ///
    /// # Errors
    /// The book failed.
    pub fn unsent_mail(&self, visit: &Visit) -> Result<Option<(String, Trouble)>, BookError> {
        let unsent = self.unsent(visit)?;
        Ok(unsent.map(|(_, letter, why)| (letter.name_or_address().to_owned(), why)))
    }

    fn unsent(&self, visit: &Visit) -> Result<Option<(Row, Letter, Trouble)>, BookError> {
        if visit.left.is_some() {
            return Ok(None);
        }
        let mut seen = Vec::new();
        for row in self.rows("subject = ? ORDER BY rowid DESC", [visit.id.0.to_string()])? {
            let Some(letter) = row.work.as_letter().cloned() else { continue };
            if !is_of_now(visit, letter.about) || seen.contains(&letter.about) {
                continue;
            }
            if let State::Failed(why) = row.state {
                return Ok(Some((row, letter, why)));
            }
            seen.push(letter.about);
        }
        Ok(None)
    }

    /// Writes once more about a visitor who is here where the last mail did not go: to whom it was, or whoever can be
    /// written to now. False where nobody can, or it is not so any more.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn mail_again(&mut self, id: VisitId, by: &str, now: Now) -> Result<bool, BookError> {
        let Some(visit) = self.visit(id)? else { return Ok(false) };
        let Some((failed, _, _)) = self.unsent(&visit)? else { return Ok(false) };
        self.write_again(&failed, by, now)
    }

    /// Writes about a visitor in place of this mail that did not go, as the book says now who they are and whom they
    /// see; the same mail where it says nothing else. False where nobody can be written to, or another mail of the kind was written since: this one is dealt with.
    pub(in crate::book) fn write_again(
        &mut self,
        failed: &Row,
        by: &str,
        now: Now,
    ) -> Result<bool, BookError> {
        let Some(old) = failed.work.as_letter() else { return Ok(false) };
        let (id, errand) = (VisitId(failed.subject), ErrandId(failed.id));
        let Some(visit) = self.visit(id)?.filter(|visit| visit.left.is_none() && is_of_now(visit, old.about))
        else {
            return Ok(false);
        };
        let Some(host) = self.host(&visit.host_id)? else { return Ok(false) };
        let of_visit = self.rows("subject = ? ORDER BY rowid DESC", [id.0.to_string()])?;
        let newest = of_visit
            .into_iter()
            .find(|row| row.work.as_letter().is_some_and(|letter| letter.about == old.about));
        let replaced = newest.is_some_and(|newest| newest.id != failed.id);
        let change = self.change_by(by, now)?;
        let reception = change.reception;
        let mut readers = recipients::OF_A_VISITOR.to_vec();
        if let About::MayCome(asked) = old.about {
            readers = vec![asked.into()];
        }
        let recipient = recipients::first(&change, reception, &host, &readers)?;
        if recipient.is_none() && !replaced {
            return Ok(false);
        }
        let letter = recipient.filter(|_| !replaced).map(|recipient| {
            let mut letter = letters::letter(&visit, &host, old.about, recipient, &reception.place);
            (letter.party, letter.arrived) = (old.party, old.arrived);
            letter.lines.clone_from(&old.lines);
            letter.circumstances.earlier = old.circumstances.earlier;
            letter.circumstances.group.clone_from(&old.circumstances.group);
            letter.circumstances.together = old.circumstances.together;
            letter
        });
        let entry = Entry::Settled { errand, again: !replaced, by: change.by() };
        change.log(&entry, &id.0.to_string())?;
        if letter.as_ref() == Some(old) {
            errands::queue_again(&change, errand.0, now)?;
        } else {
            change.execute("UPDATE errands SET settled = 1 WHERE id = ?", [errand.0.to_string()])?;
        }
        if let Some(letter) = letter.filter(|letter| letter != old) {
            let work = Work::Letter(letter);
            change.queue(id, &work, ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(!replaced)
    }
}

/// Whether a mail about this is one that matters now.
fn is_of_now(visit: &Visit, about: About) -> bool {
    match visit.waits() {
        true => matches!(about, About::MayCome(_)),
        false => matches!(about, About::Arrival | About::CameBack),
    }
}

/// Whether it is a letter to whoever a visitor comes to see.
pub(in crate::book) fn is_of_a_visitor(work: &Work) -> bool {
    let about = work.as_letter().map(|letter| letter.about);
    matches!(about, Some(About::Arrival | About::CameBack | About::MayCome(_)))
}
