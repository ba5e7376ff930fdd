//! One person's traces in the book: shown before they are erased because somebody asked for it, and erased in one
//! change. A person is known by name and telephone number together.

use crate::book::error::BookError;
use crate::book::keep::{retention, wiping};
use crate::book::rows::entry::Entry;
use crate::book::rows::{ERASED, invitations, payloads, visits};
use crate::book::{Book, Change, outbox, people};
use crate::now::Now;
use crate::visit::{Invitation, Likeness, PersonName, Phone, Visit, VisitId, is_same_name, letters, watch};
use rusqlite::{Connection, params};

/// What the book has about one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// By what they are known across visits; none: it is one visit without a telephone number.
    person: Option<(PersonName, Phone)>,
    /// Their visits, first come first.
    pub visits: Vec<Visit>,
    /// The keys of their invitations.
    pub invitations: Vec<String>,
    /// Words on how it was, and complaints, by their keys.
    pub words: Vec<String>,
    /// How many of these complaints nobody has dealt with; they stay open, without their words.
    pub open_cases: usize,
    /// They asked to be remembered.
    pub remembered: bool,
    /// How many safety instructions they are known to have gone through.
    pub lessons: usize,
    /// How many badges and mails were about them.
    pub errands: usize,
    /// How many photos.
    pub photos: usize,
    /// How many signatures.
    pub signatures: usize,
    /// How many entries of the watch list may be about them. They are not erased.
    pub watched: usize,
    /// How many visits and invitations of this name have no telephone number. Whose these and the next ones are is not
    /// known; they are not erased.
    pub nameless: usize,
    /// How many of this name have another number.
    pub other_numbers: usize,
    /// How many with this number are of another name.
    pub other_names: usize,
}

impl Traces {
    /// How many things erasing takes away.
    pub fn count(&self) -> usize {
        self.visits.len()
            + self.invitations.len()
            + self.words.len()
            + usize::from(self.remembered)
            + self.lessons
    }

    /// How many more may be about them and are not erased.
    pub fn doubtful(&self) -> usize {
        self.watched + self.nameless + self.other_numbers + self.other_names
    }

    /// Whether they are on site now; nothing is erased then.
    pub fn here(&self) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.left.is_none())
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasing {
    /// This was erased; [`Book::unwiped_since`] says whether it still stands in the file.
    Done(Box<Traces>),
    /// They are on site, with this visit; nothing was erased.
    StillHere(Box<Visit>),
    /// There is nothing about them.
    Nothing,
}

impl Book {
    /// What the book has about somebody of this name and number.
    ///
    /// # Errors
    /// The book failed.
    pub fn traces(&self, name: &PersonName, phone: &Phone) -> Result<Traces, BookError> {
        traces(&self.connection, name, phone)
    }

    /// What the book has about whoever made this visit: without a telephone number only the visit itself is surely theirs,
    /// and the invitation in their name by which they came.
    /// None: there is no such visit, or it was erased.
    ///
    /// # Errors
    /// The book failed.
    pub fn traces_of(&self, visit: VisitId) -> Result<Option<Traces>, BookError> {
        traces_of(&self.connection, visit)
    }

    /// Erases what [`Book::traces_of`] shows.
    ///
    /// # Errors
    /// The book failed; nothing was erased.
    pub fn forget_whoever_made(&mut self, visit: VisitId, by: &str, now: Now) -> Result<Erasing, BookError> {
        let change = self.change_by(by, now)?;
        let Some(traces) = traces_of(&change, visit)? else { return Ok(Erasing::Nothing) };
        let erasing = erase(change, traces)?;
        self.wipe_soon(now);
        Ok(erasing)
    }

    /// Erases all that the book has about somebody of this name and number, but for the watch list. The journal tells
    /// that it happened, not whose it was, and still verifies.
    ///
    /// # Errors
    /// The book failed; nothing was erased.
    pub fn forget_person(
        &mut self,
        name: &PersonName,
        phone: &Phone,
        by: &str,
        now: Now,
    ) -> Result<Erasing, BookError> {
        let change = self.change_by(by, now)?;
        let traces = traces(&change, name, phone)?;
        let erasing = erase(change, traces)?;
        self.wipe_soon(now);
        Ok(erasing)
    }
}

fn erase(change: Change<'_>, traces: Traces) -> Result<Erasing, BookError> {
    if let Some(here) = traces.here() {
        return Ok(Erasing::StillHere(Box::new(here.clone())));
    }
    let count = traces.count();
    if count == 0 {
        return Ok(Erasing::Nothing);
    }
    let mut erasing = payloads::Erasing::default();
    for words in &traces.words {
        retention::forget_subject(&change, words, &mut erasing)?;
    }
    for visit in &traces.visits {
        retention::forget_subject(&change, &visit.id.0.to_string(), &mut erasing)?;
    }
    for invitation in &traces.invitations {
        // Nobody is expected by it any more.
        change.execute(
            "UPDATE invitations SET visitor = ?2, company = NULL, phone = NULL, email = NULL, name_key = '',
             last_four = '', cancelled = CASE WHEN used_by IS NULL THEN 1 ELSE cancelled END WHERE id = ?1",
            params![invitation, ERASED],
        )?;
        retention::forget_mails(&change, invitation, &mut erasing)?;
    }
    if let Some((name, phone)) = &traces.person {
        people::forget(&change, name, phone)?;
    }
    outbox::give_up_searches(&change)?;
    let entry = Entry::Forgotten { count, by: change.by(), bodies: Some(erasing.lines()) };
    change.log(&entry, "")?;
    wiping::owe(&change, change.now)?;
    change.commit()?;
    Ok(Erasing::Done(Box::new(traces)))
}

fn traces(book: &Connection, name: &PersonName, phone: &Phone) -> Result<Traces, BookError> {
    let by_number = invitations::read_all(book, "number = ? ORDER BY id", [phone.key()])?;
    let own = by_number.iter().filter(|invitation| invitation.visitor.is(name));
    let mut invitations: Vec<String> = own.map(|invitation| invitation.id.clone()).collect();
    let with_number = visits::find(book, "number = ? ORDER BY rowid", [phone.key()])?;
    let mut found = with_number.clone();
    found.retain(|visit| visit.details.name.is(name));
    follow(book, name, &mut invitations, &mut found)?;
    let mut traces = Traces { person: Some((name.clone(), phone.clone())), ..Traces::default() };
    (traces.remembered, traces.lessons) = people::known(book, name, phone)?;
    traces.watched = watched(book, name, phone)?;

    let keys = serde_json::to_string(&name.keys())?;
    let of_name = "name_key <> '' AND name_key IN (SELECT value FROM json_each(?))";
    let mut others: Vec<(bool, Option<Phone>)> = Vec::new();
    let not_found = |visit: &Visit| !found.iter().any(|theirs| theirs.id == visit.id);
    let named = visits::find(book, of_name, [&keys])?.into_iter().chain(with_number);
    others.extend(named.filter(not_found).map(|visit| (visit.details.name.is(name), visit.details.phone)));
    let not_theirs = |invitation: &Invitation| !invitations.contains(&invitation.id);
    let named = invitations::read_all(book, of_name, [&keys])?.into_iter().chain(by_number);
    others.extend(named.filter(not_theirs).map(|other| (other.visitor.is(name), other.phone)));
    for other in others {
        *match other {
            (false, _) => &mut traces.other_names,
            (true, None) => &mut traces.nameless,
            (true, Some(_)) => &mut traces.other_numbers,
        } += 1;
    }
    traces.invitations = invitations;
    with_visits(book, traces, found)
}

fn traces_of(book: &Connection, visit: VisitId) -> Result<Option<Traces>, BookError> {
    let found = visits::find(book, "id = ? AND name <> ?", [&visit.0.to_string(), ERASED])?.pop();
    let Some(visit) = found else { return Ok(None) };
    let name = visit.details.name.clone();
    let phone = match &visit.details.phone {
        Some(phone) => Some(phone.clone()),
        None => invited_as(book, &visit)?,
    };
    Ok(Some(match phone {
        Some(phone) => traces(book, &name, &phone)?,
        None => {
            let (mut invitations, mut found) = (Vec::new(), vec![visit]);
            follow(book, &name, &mut invitations, &mut found)?;
            with_visits(book, Traces { invitations, ..Traces::default() }, found)?
        }
    }))
}

/// From a person's visits to the invitations by which they came, which need not tell a number, and from the invitations to
/// the visits where they did not give it again. Others of the group have names of their own.
fn follow(
    book: &Connection,
    name: &PersonName,
    invitations: &mut Vec<String>,
    found: &mut Vec<Visit>,
) -> Result<(), BookError> {
    for id in found.iter().filter_map(|visit| visit.invitation_id.as_ref()) {
        let own = invitations::read(book, "id = ?", [id])?.filter(|own| own.visitor.is(name));
        if !invitations.contains(id) && own.is_some() {
            invitations.push(id.clone());
        }
    }
    for id in invitations.iter() {
        let mut more = visits::find(book, "invitation_id = ? AND phone IS NULL", [id])?;
        // No digits say that they are the same: only the same letters in the same order do.
        more.retain(|visit| letters(visit.details.name.as_str()) == letters(name.as_str()));
        more.retain(|visit| found.iter().all(|known| known.id != visit.id));
        found.extend(more);
    }
    found.sort_by_key(|visit| visit.id);
    Ok(())
}

/// The number of the invitation by which somebody of this name came.
fn invited_as(book: &Connection, visit: &Visit) -> Result<Option<Phone>, BookError> {
    let Some(id) = &visit.invitation_id else { return Ok(None) };
    let invited = invitations::read(book, "id = ?", [id])?;
    Ok(invited.filter(|invited| invited.visitor.is(&visit.details.name)).and_then(|invited| invited.phone))
}

/// With these visits and what belongs to them.
fn with_visits(book: &Connection, mut traces: Traces, found: Vec<Visit>) -> Result<Traces, BookError> {
    for id in &traces.invitations {
        traces.errands += count(book, ERRANDS, &invitations::subject(id).to_string())?;
    }
    for visit in &found {
        let id = visit.id.0.to_string();
        let mut words = book.prepare_cached("SELECT id FROM feedback WHERE visit_id = ?")?;
        for words in words.query_map([&id], |row| row.get::<_, String>(0))? {
            let words = words?;
            let open = "SELECT count(*) FROM cases WHERE feedback_id = ? AND closed IS NULL";
            traces.open_cases += count(book, open, &words)?;
            traces.errands += count(book, ERRANDS, &words)?;
            traces.words.push(words);
        }
        traces.errands += count(book, ERRANDS, &id)?;
        traces.photos += count(book, "SELECT count(photo) FROM visits WHERE id = ?", &id)?;
        traces.signatures += usize::from(visit.agreement.signature.is_some());
    }
    traces.visits = found;
    Ok(traces)
}

const ERRANDS: &str = "SELECT count(*) FROM errands WHERE subject = ?";

fn count(book: &Connection, sql: &str, key: &str) -> Result<usize, BookError> {
    let count: i64 = book.prepare_cached(sql)?.query_row([key], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

fn watched(book: &Connection, name: &PersonName, phone: &Phone) -> Result<usize, BookError> {
    let mut all = book.prepare("SELECT name, phone FROM watched")?;
    let mut rows = all.query([])?;
    let mut watched = 0;
    while let Some(row) = rows.next()? {
        let (entry, number): (String, String) = (row.get("name")?, row.get("phone")?);
        let same_number = watch::phones(&number, phone.as_str()) == Some(Likeness::Same);
        watched += usize::from(same_number || is_same_name(&entry, name.as_str()));
    }
    Ok(watched)
}
