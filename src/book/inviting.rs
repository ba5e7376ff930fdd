//! Invitations made at reception: one or many visitors, a period, days of the week; changed and withdrawn; each with a
//! mail to the visitor, where they have an address. Who is expected on a day.

use crate::book::correcting::follow_invitation;
use crate::book::error::BookError;
use crate::book::parties::fresh_code;
use crate::book::rows::entry::Entry;
use crate::book::rows::invitations::{self, insert, subject, times_told};
use crate::book::{Book, Change, ErrandEntry, outbox};
use crate::errand::{About, Circumstances, Letter, OFFICE_GOOD_FOR, Ticket, Work};
use crate::now::{Now, Wall};
use crate::visit::{Company, Host, Invitation, PersonName, Phone, Standing, Token};
use crate::words::Lang;

/// Invitations that are to be made.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Who is invited; each gets an invitation of their own.
    pub visitors: Vec<Invitee>,
    /// Whom they come to see.
    pub host_id: String,
    /// From when they may come.
    pub from: Wall,
    /// Until when.
    pub until: Wall,
    /// On which days of the week, once on each, as in [`Invitation`]; 0: once at all.
    pub days: u8,
    /// How many more people come along with each.
    pub party: u8,
    /// What they come for: the key of a visit type.
    pub visit_type: Option<String>,
}

/// One who is invited.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// Their name.
    pub name: PersonName,
    /// Their company.
    pub company: Option<Company>,
    /// Their telephone number.
    pub phone: Option<Phone>,
    /// Where they are written to; none: they are not.
    pub email: Option<String>,
    /// In which language; none: in reception's.
    pub lang: Option<Lang>,
}

impl Book {
    /// Invites these visitors, and writes to those who have an address.
    ///
    /// # Errors
    /// [`BookError::UnknownHost`], or the book failed; nobody was invited.
    pub fn invite(&mut self, new: NewInvitation, by: &str, now: Now) -> Result<Vec<Invitation>, BookError> {
        let host = self.known_host("", &new.host_id)?;
        let change = self.change_by(by, now)?;
        let mut made = Vec::new();
        for visitor in new.visitors {
            let invitation = Invitation {
                id: change.new_id().to_string(),
                token: Token::from_bytes(change.random()),
                code: fresh_code(&change)?,
                visitor: visitor.name,
                company: visitor.company,
                phone: visitor.phone,
                host_id: new.host_id.clone(),
                from: new.from.timestamp_millis(),
                until: new.until.timestamp_millis(),
                party: new.party,
                cancelled: false,
                used_by: None,
                visit_type: new.visit_type.clone(),
                email: visitor.email,
                lang: visitor.lang,
                days: new.days,
            };
            insert(&change, &invitation)?;
            tell(&change, &invitation, &host)?;
            made.push(invitation);
        }
        change.commit()?;
        Ok(made)
    }

    /// Changes an invitation to what this one says, but for its code, its QR code and what it was used for, and writes to the
    /// visitor again. As it stands then; none where it is not known or was withdrawn.
    ///
    /// # Errors
    /// [`BookError::UnknownHost`], or the book failed; nothing was changed.
    pub fn change_invitation(
        &mut self,
        changed: Invitation,
        by: &str,
        now: Now,
    ) -> Result<Option<Invitation>, BookError> {
        let host = self.known_host(&changed.id, &changed.host_id)?;
        let change = self.change_by(by, now)?;
        let Some(old) = invitations::read(&change, "id = ?", [&changed.id])?.filter(|old| !old.cancelled)
        else {
            return Ok(None);
        };
        let changed = Invitation {
            token: old.token.clone(),
            code: old.code.clone(),
            used_by: old.used_by,
            cancelled: false,
            ..changed
        };
        if changed != old {
            insert(&change, &changed)?;
            follow_invitation(&change, (&old, &changed), by)?;
            tell(&change, &changed, &host)?;
            change.commit()?;
        }
        Ok(Some(changed))
    }

    /// Withdraws an invitation, and writes that to the visitor unless its time is over. False where it is not known or
    /// was withdrawn before.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn cancel_invitation(&mut self, id: &str, by: &str, now: Now) -> Result<bool, BookError> {
        let Some(old) = self.invitation(id)?.filter(|old| !old.cancelled) else { return Ok(false) };
        let host = self.known_host(id, &old.host_id)?;
        let change = self.change_by(by, now)?;
        let withdrawn =
            change.execute("UPDATE invitations SET cancelled = 1 WHERE id = ? AND cancelled = 0", [id])?;
        if withdrawn == 0 {
            return Ok(false);
        }
        tell(&change, &Invitation { cancelled: true, ..old }, &host)?;
        change.commit()?;
        Ok(true)
    }

    /// Writes once more to whoever is invited. False where they have no address, or it is over or was withdrawn.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn invite_again(&mut self, id: &str, by: &str, now: Now) -> Result<bool, BookError> {
        let Some(invitation) = self.invitation(id)?.filter(|invitation| !invitation.cancelled) else {
            return Ok(false);
        };
        if invitation.email.is_none() || invitation.until < now.millis() {
            return Ok(false);
        }
        let host = self.known_host(id, &invitation.host_id)?;
        let change = self.change_by(by, now)?;
        tell(&change, &invitation, &host)?;
        change.commit()?;
        Ok(true)
    }

    /// Who is expected today and has not come: invitations good then and not used, the earliest first.
    ///
    /// # Errors
    /// The book failed.
    pub fn expected(&self, now: Now) -> Result<Vec<Invitation>, BookError> {
        let today = now.zone.day(now.day());
        let good = invitations::read_all(
            &self.connection,
            "good_until >= ? AND good_from < ? AND cancelled = 0 AND (days <> 0 OR used_by IS NULL)
             ORDER BY good_from, id",
            [today.start, today.end],
        )?;
        let mut expected = Vec::new();
        for invitation in good {
            let used = if invitation.days == 0 { None } else { self.used_today(&invitation, now)? };
            if used.is_none() && invitation.is_good_on(invitation.day(now), now.zone) {
                expected.push(invitation);
            }
        }
        Ok(expected)
    }

    /// What an invitation is worth now.
    ///
    /// # Errors
    /// The book failed.
    pub fn standing(&self, invitation: &Invitation, now: Now) -> Result<Standing, BookError> {
        let used = if invitation.days == 0 { None } else { self.used_today(invitation, now)? };
        Ok(invitation.standing(now, used))
    }

    /// How the mails about an invitation stand, in the order in which they came to be.
    ///
    /// # Errors
    /// The book failed.
    pub fn errands_of_invitation(&self, id: &str) -> Result<Vec<ErrandEntry>, BookError> {
        self.errands_of(subject(id))
    }

    fn known_host(&self, invitation: &str, host: &str) -> Result<Host, BookError> {
        self.host(host)?.ok_or_else(|| BookError::UnknownHost {
            invitation: invitation.to_owned(),
            host: host.to_owned(),
        })
    }
}

/// The journal's line, and the letter to the visitor; whether there is one.
pub(in crate::book) fn tell(
    change: &Change<'_>,
    invitation: &Invitation,
    host: &Host,
) -> Result<bool, BookError> {
    let (now, reception) = (change.now, change.reception);
    // A calendar takes the newest: so often it was told before.
    let sequence = times_told(change, &invitation.id)?;
    let entry = Entry::Invited { invitation: Box::new(invitation.clone()), by: change.by() };
    change.log(&entry, &invitation.id)?;
    // What was not sent is out of date.
    outbox::take_back(change, subject(&invitation.id), |_| true)?;
    let Some(email) = invitation.email.as_ref().filter(|_| invitation.until >= now.millis()) else {
        return Ok(false);
    };
    let lang = invitation.lang.unwrap_or(reception.lang);
    let (from, until) = (now.zone.wall(invitation.from), now.zone.wall(invitation.until));
    let ticket = Ticket {
        id: invitation.id.clone(),
        token: invitation.token.clone(),
        code: invitation.code.as_str().to_owned(),
        from,
        until,
        days: invitation.days,
        pieces: if invitation.days == 0 { Vec::new() } else { now.zone.pieces(from, until) },
        place: host.place.get(lang).to_owned(),
        sequence,
    };
    let letter = Letter {
        about: About::Invited { cancelled: invitation.cancelled },
        to: email.clone(),
        to_name: invitation.visitor.to_string(),
        lang,
        visitor: invitation.visitor.to_string(),
        company: invitation.company.as_ref().map(ToString::to_string).unwrap_or_default(),
        party: invitation.party,
        host: host.name.get(lang).to_owned(),
        number: String::new(),
        arrived: now.wall,
        visit_type: String::new(),
        purpose: String::new(),
        waiting_at: reception.place.get(lang).to_owned(),
        due: None,
        lines: Vec::new(),
        ticket: Some(Box::new(ticket)),
        circumstances: Circumstances::default(),
    };
    let work = Work::Letter(letter);
    change.queue(subject(&invitation.id), &work, OFFICE_GOOD_FOR)?;
    Ok(true)
}
