//! Invitations: who may come, found by token, by code, or by full name and last four digits.

use super::forgetting::ERASED;
use super::journal::Entry;
use super::reception::follow_invitation;
use super::{Book, BookError, Change, Changes, hosts, inviting};
use crate::now::Now;
use crate::visit::{Company, Host, Invitation, InviteCode, MailAddress, PersonName, Phone, Token, VisitId};
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use uuid::Uuid;

const COLUMNS: &str =
    "id, token, code, visitor, company, phone, host_id, good_from, good_until, party, cancelled, used_by,
    visit_type, email, lang, days";

fn damaged<E>(what: &'static str) -> impl FnOnce(E) -> BookError {
    move |_| BookError::Corrupt(format!("an invitation's {what}"))
}

fn invitation(row: &Row<'_>) -> Result<Invitation, BookError> {
    let text = |column: &str| row.get::<_, Option<String>>(column);
    Ok(Invitation {
        id: row.get("id")?,
        token: Token::try_from(row.get::<_, String>("token")?).map_err(damaged("token"))?,
        code: InviteCode::try_from(row.get::<_, String>("code")?).map_err(damaged("code"))?,
        visitor: PersonName::try_from(row.get::<_, String>("visitor")?).map_err(damaged("visitor"))?,
        company: text("company")?.map(Company::try_from).transpose().map_err(damaged("company"))?,
        phone: text("phone")?.map(Phone::try_from).transpose().map_err(damaged("phone"))?,
        host_id: row.get("host_id")?,
        from: row.get("good_from")?,
        until: row.get("good_until")?,
        party: row.get("party")?,
        cancelled: row.get("cancelled")?,
        used_by: text("used_by")?
            .map(|id| Uuid::parse_str(&id))
            .transpose()
            .map_err(damaged("visit"))?
            .map(VisitId),
        visit_type: text("visit_type")?,
        email: text("email")?,
        lang: text("lang")?.map(|lang| lang.parse()).transpose().map_err(damaged("language"))?,
        days: row.get("days")?,
    })
}

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
        hosts::bring_in(&change, hosts)?;
        bring_in(&change, invitations, false)?;
        Ok(change.commit()?)
    }

    fn one(&self, condition: &str, params: impl Params) -> Result<Option<Invitation>, BookError> {
        read(&self.connection, condition, params)
    }

    /// The visit for which an invitation was used today.
    pub(super) fn used_today(&self, invitation: &Invitation, now: Now) -> Result<Option<VisitId>, BookError> {
        used_today(&self.connection, invitation, now)
    }

    pub(super) fn invitations(
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

pub(super) fn read(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Option<Invitation>, BookError> {
    Ok(read_all(connection, condition, params)?.into_iter().next())
}

pub(super) fn read_all(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Invitation>, BookError> {
    let mut found =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM invitations WHERE {condition}"))?;
    let found = found.query_map(params, |row| Ok(invitation(row)))?;
    found.map(|invitation| invitation?).collect()
}

/// The visit for which an invitation was used on this day of it; of a group its leader.
pub(super) fn used_today(
    connection: &Connection,
    invitation: &Invitation,
    now: Now,
) -> Result<Option<VisitId>, BookError> {
    let today = invitation.span_of_day(now);
    let found: Option<String> = connection
        .prepare_cached(
            "SELECT id FROM visits WHERE invitation_id = ? AND leader IS NULL AND arrived >= ? AND arrived < ?
             ORDER BY rowid DESC LIMIT 1",
        )?
        .query_row(params![invitation.id, today.start, today.end], |row| row.get(0))
        .optional()?;
    Ok(found.map(|id| Uuid::parse_str(&id)).transpose().map_err(damaged("visit"))?.map(VisitId))
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

pub(super) fn insert(change: &Transaction<'_>, new: &Invitation) -> Result<(), BookError> {
    let inserted = change
        .prepare_cached(
            "INSERT INTO invitations (id, token, code, visitor, name_key, last_four, company, phone, host_id,
             good_from, good_until, party, cancelled, used_by, visit_type, email, lang, days)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET token = excluded.token, code = excluded.code,
             visitor = excluded.visitor, name_key = excluded.name_key,
             last_four = excluded.last_four, company = excluded.company, phone = excluded.phone,
             host_id = excluded.host_id, good_from = excluded.good_from, good_until = excluded.good_until,
             party = excluded.party, cancelled = excluded.cancelled, visit_type = excluded.visit_type,
             email = excluded.email, lang = excluded.lang, days = excluded.days",
        )?
        .execute(params![
            new.id,
            new.token.as_str(),
            new.code.as_str(),
            new.visitor.as_str(),
            new.visitor.key(),
            new.phone.as_ref().map(Phone::last_four).unwrap_or_default(),
            new.company.as_ref().map(Company::as_str),
            new.phone.as_ref().map(Phone::as_str),
            new.host_id,
            new.from,
            new.until,
            new.party,
            new.cancelled,
            new.used_by.map(|visit| visit.0.to_string()),
            new.visit_type,
            new.email,
            new.lang.map(|lang| lang.code().to_owned()),
            new.days,
        ]);
    match inserted {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Err(BookError::SameCode(new.id.clone()))
        }
        other => Ok(other.map(drop)?),
    }
}
