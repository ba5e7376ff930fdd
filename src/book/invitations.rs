//! Invitations: who may come, found by token, by code, or by full name and last four digits.

use crate::book::correcting::follow_invitation;
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::invitations::{COLUMNS, insert, invitation, read, read_all, used_today};
use crate::book::rows::{ERASED, hosts};
use crate::book::{Book, Change, Changes, inviting};
use crate::now::Now;
use crate::visit::{Host, Invitation, InviteCode, MailAddress, PersonName, Token, VisitId};
use rusqlite::{OptionalExtension, Params, Transaction};

/// Takes invitations in within a change. Where somebody `tells` visitors, those who have an address are written to.
fn bring_in(change: &Change<'_>, invitations: &[Invitation], tells: bool) -> Result<Changes, BookError> {
    let now = change.now;
    let mut changes = Changes::default();
    let (mut news, mut others, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for new in invitations {
        let old = change
            .prepare_cached(&format!("SELECT {COLUMNS} FROM invitations WHERE id = ?"))?
            .query_row([&new.id], |row| Ok(invitation(row)))
            .optional()?
            .transpose()?;
        if old.as_ref().is_some_and(|old| said_already(old, new)) {
            changes.same += 1;
            continue;
        }
        if is_told(old.as_ref(), new, now) {
            told.push(new);
        }
        match old {
            Some(old) => {
                changes.changed += 1;
                make_room(change, &old, new)?;
                others.push((old, new));
            }
            None => changes.added += 1,
        }
        let known = change.prepare_cached("SELECT 1 FROM hosts WHERE id = ?")?.exists([&new.host_id])?;
        if !known {
            return Err(BookError::UnknownHost { invitation: new.id.clone(), host: new.host_id.clone() });
        }
        news.push(new);
    }
    for new in news {
        insert(change, new)?;
    }
    for (old, new) in others {
        follow_invitation(change, (&old, new), "")?;
    }
    let Changes { added, changed, .. } = changes;
    if added + changed > 0 {
        let entry = Entry::InvitationsImported { added, changed };
        change.log(&entry, "")?;
    }
    if tells {
        for new in told {
            let Some(host) = hosts::one(change, &new.host_id)? else { continue };
            let is_written = inviting::tell(change, new, &host)?;
            changes.mails += usize::from(is_written);
        }
    }
    Ok(changes)
}

/// Whether a visitor hears of this row: it is good from now on or no longer, and says other than what they were told, if
/// they have an address.
fn is_told(old: Option<&Invitation>, new: &Invitation, now: Now) -> bool {
    // Whoever was erased is nobody whom the row could be about.
    let old = old.filter(|old| old.visitor.as_str() != ERASED);
    let Some(old) = old else { return !new.cancelled && new.email.is_some() && new.until >= now.millis() };
    let is_used = old.used_by.is_some() && new.days == 0;
    let was_good = !old.cancelled && old.email.is_some();
    let is_good = !new.cancelled && new.email.is_some();
    // What is kept of them, and stands in no mail.
    let unsaid = Invitation {
        phone: new.phone.clone(),
        visit_type: new.visit_type.clone(),
        used_by: new.used_by,
        // The same address, written otherwise by an earlier version, is no news.
        email: if plain(&old.email) == plain(&new.email) { new.email.clone() } else { old.email.clone() },
        ..old.clone()
    };
    (was_good || is_good) && !is_used && new.until >= now.millis() && unsaid != *new
}

/// An address as it is written today.
fn plain(email: &Option<String>) -> Option<String> {
    let email = email.as_ref()?;
    Some(MailAddress::parse(email).map_or_else(|| email.clone(), String::from))
}

impl Book {
    /// Takes invitations in, all or none. What is there already is brought up to date and stays used. Nobody is written to.
    ///
    /// # Errors
    /// [`BookError::UnknownHost`], [`BookError::SameCode`], or the book failed; nothing was taken.
    pub fn put_invitations(&mut self, invitations: &[Invitation], now: Now) -> Result<Changes, BookError> {
        self.write_invitations(invitations, None, now, true)
    }

    /// The same; if somebody writes to visitors, to all who have an address and are invited, or invited otherwise, or no
    /// longer. What was said before is not said again.
    ///
    /// # Errors
    /// As [`Book::put_invitations`].
    pub fn import_invitations(
        &mut self,
        invitations: &[Invitation],
        writes: Option<&str>,
        now: Now,
    ) -> Result<Changes, BookError> {
        self.write_invitations(invitations, writes, now, true)
    }

    /// What [`Book::import_invitations`] would do.
    ///
    /// # Errors
    /// As there.
    pub fn would_import_invitations(
        &mut self,
        invitations: &[Invitation],
        writes: Option<&str>,
        now: Now,
    ) -> Result<Changes, BookError> {
        self.write_invitations(invitations, writes, now, false)
    }

    fn write_invitations(
        &mut self,
        invitations: &[Invitation],
        writes: Option<&str>,
        now: Now,
        keep: bool,
    ) -> Result<Changes, BookError> {
        let change = self.begin(writes, now)?;
        let changes = bring_in(&change, invitations, writes.is_some())?;
        if keep {
            change.commit()?;
        }
        Ok(changes)
    }

    /// Gives an empty book its first hosts and invitations, both or neither.
    ///
    /// # Errors
    /// As [`Book::put_invitations`].
    pub fn begin_with(
        &mut self,
        hosts: &[Host],
        invitations: &[Invitation],
        now: Now,
    ) -> Result<(), BookError> {
        let change = self.change(now)?;
        crate::book::hosts::bring_in(&change, hosts)?;
        bring_in(&change, invitations, false)?;
        Ok(change.commit()?)
    }

    fn one(&self, condition: &str, params: impl Params) -> Result<Option<Invitation>, BookError> {
        read(&self.connection, condition, params)
    }

    /// The visit for which an invitation was used today.
    pub(in crate::book) fn used_today(
        &self,
        invitation: &Invitation,
        now: Now,
    ) -> Result<Option<VisitId>, BookError> {
        used_today(&self.connection, invitation, now)
    }

    pub(in crate::book) fn invitations(
        &self,
        condition: &str,
        params: impl Params,
    ) -> Result<Vec<Invitation>, BookError> {
        read_all(&self.connection, condition, params)
    }

    /// The invitation with this id.
    ///
    /// # Errors
    /// The book failed.
    pub fn invitation(&self, id: &str) -> Result<Option<Invitation>, BookError> {
        self.one("id = ?", [id])
    }

    /// The invitation whose QR code says this.
    ///
    /// # Errors
    /// The book failed.
    pub fn invitation_by_token(&self, token: &Token) -> Result<Option<Invitation>, BookError> {
        self.one("token = ?", [token.as_str()])
    }

    /// The invitation with this code.
    ///
    /// # Errors
    /// The book failed.
    pub fn invitation_by_code(&self, code: &InviteCode) -> Result<Option<Invitation>, BookError> {
        self.one("code = ?", [code.as_str()])
    }

    /// The invitations of this name, in any order of its words, whose telephone number ends so; earliest first.
    ///
    /// # Errors
    /// The book failed.
    pub fn invitations_by_name(
        &self,
        name: &PersonName,
        last_four: &str,
    ) -> Result<Vec<Invitation>, BookError> {
        self.invitations(
            "name_key IN (SELECT value FROM json_each(?1)) AND last_four <> ''
             AND (last_four = ?2 OR number LIKE '%' || ?2) ORDER BY good_from, id",
            [&serde_json::to_string(&name.keys())?, last_four],
        )
    }
}

/// Whether importing `new` would change nothing. Whoever was erased does not come back with the same list.
fn said_already(old: &Invitation, new: &Invitation) -> bool {
    let is_erased = old.visitor.as_str() == ERASED && (old.from, old.until) == (new.from, new.until);
    is_erased || *old == Invitation { used_by: old.used_by, ..new.clone() }
}

/// Before `new` comes in the place of `old`: its code and token are free for others of the same list, and where
/// the id of somebody who was erased is given to somebody else, nobody has used it yet.
fn make_room(change: &Transaction<'_>, old: &Invitation, new: &Invitation) -> Result<(), BookError> {
    if (&old.code, &old.token) != (&new.code, &new.token) {
        change
            .prepare_cached("UPDATE invitations SET code = 'of ' || id, token = 'of ' || id WHERE id = ?")?
            .execute([&old.id])?;
    }
    if old.visitor.as_str() == ERASED {
        change.prepare_cached("UPDATE invitations SET used_by = NULL WHERE id = ?")?.execute([&old.id])?;
    }
    Ok(())
}
