//! Mails about visitors who are here: which of them did not go, and written once more.

use super::journal::{self, Entry};
use super::{Book, BookError, errands, new_id, random, recipients};
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

    fn unsent(&self, visit: &Visit) -> Result<Option<(ErrandId, Letter, Trouble)>, BookError> {
        if visit.left.is_some() {
            return Ok(None);
        }
        let mut seen = Vec::new();
        for row in self.rows("subject = ? ORDER BY rowid DESC", [visit.id.0.to_string()])? {
            let Some(letter) = row.work.as_letter() else { continue };
            let is_of_now = match visit.waits() {
                true => matches!(letter.about, About::MayCome(_)),
                false => matches!(letter.about, About::Arrival | About::CameBack),
            };
            if !is_of_now || seen.contains(&letter.about) {
                continue;
            }
            if let State::Failed(why) = row.state {
                return Ok(Some((ErrandId(row.id), letter.clone(), why)));
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
        let (Some((failed, old, _)), Some(host)) = (self.unsent(&visit)?, self.host(&visit.host_id)?) else {
            return Ok(false);
        };
        let reception = self.reception.clone();
        let (change, chance) = self.change_at_random()?;
        let mut readers = recipients::OF_A_VISITOR.to_vec();
        if let About::MayCome(asked) = old.about {
            readers = vec![asked.into()];
        }
        let Some(recipient) = recipients::first(&change, &reception, &host, &readers)? else {
            return Ok(false);
        };
        let mut letter = errands::letter(&visit, &host, old.about, recipient, &reception.place);
        letter.party = old.party;
        letter.lines = old.lines;
        letter.circumstances.earlier = old.circumstances.earlier;
        letter.circumstances.group = old.circumstances.group;
        letter.circumstances.together = old.circumstances.together;
        change.execute("UPDATE errands SET settled = 1 WHERE id = ?", [failed.0.to_string()])?;
        let entry = Entry::Settled { errand: failed, again: true, by: by.to_owned() };
        journal::write(&change, &entry, &id.0.to_string(), random(chance), now)?;
        let (errand, work) = (new_id(chance, now), Work::Letter(letter));
        errands::queue(&change, errand, id, &work, ARRIVAL_GOOD_FOR, random(chance), now)?;
        change.commit()?;
        Ok(true)
    }
}
