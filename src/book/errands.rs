//! Errands as rows: queued with what they belong to, marked before a runner gets them, ended by what
//! it reports. First run, retry and recovery are the same path. The printer gets one piece of paper at a time:
//! what it has not been given can still be taken back, and no power cut makes it doubtful.

use super::journal::Entry;
use super::recipients::{self, Recipient};
use super::{Book, BookError, CLOCK_SWAYS, Change, groups, in_zone, inviting, zone_of};
use crate::config::Reception;
use crate::errand::{
    ARRIVAL_GOOD_FOR, About, BADGE_TAKES, Circumstances, Earlier, Errand, ErrandId, Kind, LONGEST_WAIT,
    Letter, OFFICE_GOOD_FOR, Outcome, Reader, RollPage, Seen, State, Trouble, Work, wait_before_retry,
};
use crate::now::{Now, Wall};
use crate::visit::{Admission, Host, Visit, VisitId, Witness};
use crate::words::Texts;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::time::Duration;
use uuid::Uuid;

/// How an errand of a visit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrandEntry {
    /// Which.
    pub id: ErrandId,
    /// Whose it is.
    pub kind: Kind,
    /// What a letter is about.
    pub about: Option<About>,
    /// Who reads it.
    pub reader: Option<Reader>,
    /// To whom a letter goes: the address, and the name in the letter's language.
    pub to: Option<(String, String)>,
    /// When it came to be.
    pub queued: Wall,
    /// How it stands.
    pub state: State,
    /// Since when.
    pub since: Wall,
}

pub(super) struct Row {
    pub id: Uuid,
    pub subject: Uuid,
    pub work: Work,
    pub state: State,
    tries: u32,
    good_until: i64,
    pub zone: i32,
    pub changed: i64,
}

/// No errand is begun again before this many milliseconds have passed.
const SOONEST_RETRY_MILLIS: i64 = 250;

/// What is never over.
const ALWAYS: &str = "SELECT 1 WHERE ?1 <> ''";

/// The paper whose turn it is, if the printer has none: a roll call before all else, then badges, first come first.
/// While it
/// waits for another try the others wait with it: what keeps it waiting is the printer, and it keeps its place.
const NEXT_PAPER: &str = "SELECT id, next_try FROM errands WHERE state = 'queued' AND paper = 1
     AND NOT EXISTS (SELECT 1 FROM errands WHERE state = 'sending' AND paper = 1)
     ORDER BY work ->> 'kind' = 'numbers', work ->> 'kind' = 'badge', rowid LIMIT 1";

/// Whether the paper that the printer had last was not seen to come out whole. A roll call goes before badges that were
/// wanted earlier, so it is not simply the newest; but no roll call has so many pages.
const LAST_PAPER: &str = "SELECT state <> 'done' FROM
         (SELECT state, changed FROM errands
          WHERE paper = 1 AND (state IN ('done', 'unknown') OR state = 'failed' AND why = '\"interrupted\"')
          ORDER BY rowid DESC LIMIT 1000)
     ORDER BY changed DESC, state = 'done' LIMIT 1";

/// So many invitations are with the post office at a time. A list of people brings hundreds at once, and a host must not
/// wait for all of them to hear who is at reception.
const INVITATIONS: usize = 5;

/// Of what is no paper, all that may go: no invitation while as many as may be are on their way.
const MAY_GO: &str = "state = 'queued' AND paper = 0 AND (work -> '$.about.invited' IS NULL OR
     (SELECT count(*) FROM errands WHERE state = 'sending' AND paper = 0 AND work -> '$.about.invited' IS NOT NULL) < 5)";

const COLUMNS: &str = "id, subject, work, state, why, tries, good_until, zone, changed";

fn uuid(text: &str) -> Result<Uuid, BookError> {
    Uuid::parse_str(text).map_err(|_| BookError::Corrupt("an errand's id".to_owned()))
}

/// When an errand came to be, UTC milliseconds: a UUIDv7 begins with that.
fn queued(id: Uuid) -> i64 {
    let (seconds, nanos) = id.get_timestamp().map_or((0, 0), |at| at.to_unix());
    i64::try_from(seconds).unwrap_or(0).saturating_mul(1000) + i64::from(nanos / 1_000_000)
}

fn row(row: &rusqlite::Row<'_>) -> Result<Row, BookError> {
    let why: Option<String> = row.get("why")?;
    let trouble =
        || -> Result<Trouble, BookError> { Ok(serde_json::from_str(why.as_deref().unwrap_or("null"))?) };
    let state = match row.get::<_, String>("state")?.as_str() {
        "queued" => State::Queued(why.as_deref().map(serde_json::from_str).transpose()?),
        "sending" => State::Sending,
        "done" => State::Done(serde_json::from_str::<Seen>(why.as_deref().unwrap_or("null"))?),
        "failed" => State::Failed(trouble()?),
        _ => State::Unknown(trouble()?),
    };
    Ok(Row {
        id: uuid(&row.get::<_, String>("id")?)?,
        subject: uuid(&row.get::<_, String>("subject")?)?,
        work: serde_json::from_str(&row.get::<_, String>("work")?)?,
        state,
        tries: row.get("tries")?,
        good_until: row.get("good_until")?,
        zone: row.get("zone")?,
        changed: row.get("changed")?,
    })
}

/// Writes an errand that waits. Paper is given the time that the printer takes for what waits before it.
pub(super) fn insert(
    change: &Transaction<'_>,
    (id, subject): (ErrandId, Uuid),
    work: &Work,
    good_for: Duration,
    now: Now,
) -> Result<(), BookError> {
    let good_for = match work.kind() {
        Kind::Paper => good_for.saturating_add(BADGE_TAKES.saturating_mul(papers(change)?)),
        Kind::Letter | Kind::File => good_for,
    };
    let good_until = now.after(good_for).millis();
    change
        .prepare_cached(
            "INSERT INTO errands (id, subject, work, state, tries, next_try, good_until, zone, changed)
             VALUES (?, ?, ?, 'queued', 0, ?, ?, ?, ?)",
        )?
        .execute(params![
            id.0.to_string(),
            subject.to_string(),
            serde_json::to_string(work)?,
            now.millis(),
            good_until,
            zone_of(&now),
            now.millis()
        ])?;
    Ok(())
}

/// What kind of work it is, as the journal calls it.
pub(super) fn word(work: &Work) -> &'static str {
    match work {
        Work::Badge(_) => "badge",
        Work::Roll(_) => "roll",
        Work::Numbers(_) => "numbers",
        Work::Letter(_) => "letter",
        Work::Backup(_) => "backup",
        Work::Export(_) => "export",
    }
}

/// How many pieces of paper wait for the printer or are with it.
fn papers(connection: &Connection) -> Result<u32, BookError> {
    let mut waiting = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM errands WHERE state = 'queued' AND paper = 1)
              + (SELECT count(*) FROM errands WHERE state = 'sending' AND paper = 1)",
    )?;
    Ok(waiting.query_row([], |row| row.get(0))?)
}

/// The letter that tells a host who is here, or whoever can be written to instead; none where nobody can.
pub(super) fn host_letter(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    about: About,
) -> Result<Option<Letter>, BookError> {
    letter_to(change, reception, visit, host, about, &recipients::OF_A_VISITOR)
}

/// The same to reception, where so many strangers came that hosts are spared.
pub(super) fn spared_letter(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    about: About,
) -> Result<Option<Letter>, BookError> {
    let letter = letter_to(change, reception, visit, host, about, &[Reader::Reception])?;
    Ok(letter.map(|mut letter| {
        letter.circumstances.earlier = Earlier::Spared;
        letter
    }))
}

fn letter_to(
    change: &Connection,
    reception: &Reception,
    visit: &Visit,
    host: &Host,
    about: About,
    readers: &[Reader],
) -> Result<Option<Letter>, BookError> {
    let recipient = recipients::first(change, reception, host, readers)?;
    Ok(recipient.map(|recipient| letter(visit, host, about, recipient, &reception.place)))
}

pub(super) fn letter(
    visit: &Visit,
    host: &Host,
    about: About,
    recipient: Recipient,
    waiting_at: &Texts,
) -> Letter {
    let details = &visit.details;
    let Recipient { reader, email: to, name: to_name, lang } = recipient;
    let escort = visit.kind.as_ref().is_some_and(|kind| kind.escort);
    // As the page sends them.
    let goes = about == About::Arrival && !escort;
    Letter {
        about,
        to,
        to_name,
        lang,
        visitor: details.name.to_string(),
        company: details.company.as_ref().map(ToString::to_string).unwrap_or_default(),
        party: details.party,
        host: host.name.get(lang).to_owned(),
        number: visit.badge.to_string(),
        arrived: visit.arrived,
        visit_type: visit.kind.as_ref().map(|kind| kind.name.get(lang).to_owned()).unwrap_or_default(),
        purpose: visit.purpose_in(lang).unwrap_or_default().to_owned(),
        waiting_at: waiting_at.get(lang).to_owned(),
        due: None,
        lines: Vec::new(),
        ticket: None,
        circumstances: Circumstances {
            reader,
            escort,
            heads_to: if goes { host.place.get(lang).to_owned() } else { String::new() },
            unsigned: visit.agreement.witness == Some(Witness::Reception),
            others: groups::is_announced(visit),
            ..Circumstances::default()
        },
    }
}

/// The badge of this visit of which nobody saw the end.
pub(super) fn unknown_badge(change: &Transaction<'_>, visit: VisitId) -> Result<Option<Uuid>, BookError> {
    let id = change
        .prepare_cached(
            "SELECT id FROM errands WHERE subject = ? AND state = 'unknown' AND work ->> 'kind' = 'badge'
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([visit.0.to_string()], |row| row.get::<_, String>(0))
        .optional()?;
    id.as_deref().map(uuid).transpose()
}

/// Every print of every page of a roll call, in the order in which they were wanted.
pub(super) fn roll_pages(
    connection: &Connection,
    roll: Uuid,
) -> Result<Vec<(ErrandId, RollPage, State)>, BookError> {
    let mut prints = Vec::new();
    for row in rows(connection, "subject = ? ORDER BY rowid", [roll.to_string()])? {
        if let Work::Roll(page) = row.work {
            prints.push((ErrandId(row.id), page, row.state));
        }
    }
    Ok(prints)
}

/// Somebody looked: the badge came out, or it did not and another one follows.
pub(super) fn settle_unknown(
    change: &Change<'_>,
    id: Uuid,
    visit: VisitId,
    came_out: bool,
) -> Result<(), BookError> {
    let state = if came_out { State::Done(Seen::Confirmed) } else { State::Failed(Trouble::Interrupted) };
    change.errand_is(id, visit.0, state)
}

/// Something else is done in place of these errands of a subject: what waits is not done any more, and what failed is
/// dealt with. What a runner has is left to it.
pub(super) fn take_back(
    change: &Change<'_>,
    subject: Uuid,
    which: fn(&Work) -> bool,
) -> Result<(), BookError> {
    let condition = "subject = ? AND (state = 'queued' OR (state = 'failed' AND settled = 0))";
    for row in rows(change, condition, [subject.to_string()])? {
        if !which(&row.work) {
            continue;
        }
        if let State::Queued(why) = row.state {
            let state = State::Failed(why.unwrap_or(Trouble::Late));
            change.errand_is(row.id, row.subject, state)?;
        }
        change
            .prepare_cached("UPDATE errands SET settled = 1 WHERE id = ?")?
            .execute([row.id.to_string()])?;
    }
    Ok(())
}

/// A letter that failed is tried once more as it is, under its own Message-ID; how many that were: one, or none any more.
pub(super) fn queue_again(change: &Transaction<'_>, id: Uuid, now: Now) -> Result<usize, BookError> {
    let mut again = change.prepare_cached(
        "UPDATE errands SET state = 'queued', why = NULL, tries = 0, next_try = ?1, changed = ?1,
         good_until = max(good_until, ?2) WHERE id = ?3 AND state = 'failed'",
    )?;
    Ok(again.execute(params![now.millis(), now.after(ARRIVAL_GOOD_FOR).millis(), id.to_string()])?)
}

/// Whether what an errand is about is over: it has been answered, collected or dealt with, or the visitor has
/// left; or it was told or printed otherwise since. Nothing more is printed or written about it then.
pub(super) fn is_over(connection: &Connection, row: &Row) -> Result<bool, BookError> {
    let here = "SELECT 1 FROM visits WHERE id = ?1 AND \"left\" IS NULL";
    let open = match &row.work {
        // Nobody wears a badge whose token is void.
        Work::Badge(badge) => {
            let mut worn = connection.prepare_cached(&format!("{here} AND badge_token = ?2"))?;
            return Ok(!worn.exists([&row.subject.to_string(), badge.token.as_str()])?);
        }
        Work::Roll(_) => "SELECT 1 FROM rolls WHERE id = ?1 AND ended IS NULL",
        Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => ALWAYS,
        Work::Letter(letter) => match letter.about {
            About::Arrival | About::CameBack | About::NoBadge(_) => here,
            // Or somebody has seen it since.
            About::BadgeUnknown(_) => {
                "SELECT 1 FROM visits WHERE id = ?1 AND \"left\" IS NULL AND EXISTS
                     (SELECT 1 FROM errands WHERE subject = ?1 AND state = 'unknown' AND paper = 1)"
            }
            About::MayCome(_) => {
                "SELECT 1 FROM visits
                 WHERE id = ?1 AND \"left\" IS NULL AND admission LIKE '{\"waiting\"%'"
            }
            About::Parcels { .. } => "SELECT 1 FROM deliveries WHERE id = ?1 AND collected IS NULL",
            About::Case => "SELECT 1 FROM cases WHERE feedback_id = ?1 AND closed IS NULL",
            About::Invited { cancelled: false } => {
                "SELECT 1 FROM invitations WHERE id = ?1 AND cancelled = 0"
            }
            About::Invited { cancelled: true }
            | About::Roll { .. }
            | About::Supply
            | About::Seal
            | About::NoBackup(_)
            | About::Damaged => ALWAYS,
        },
    };
    // An invitation's key need not be a UUID.
    let ticket = row.work.as_letter().and_then(|letter| letter.ticket.as_ref());
    let subject = ticket.map_or_else(|| row.subject.to_string(), |ticket| ticket.id.clone());
    if !connection.prepare_cached(open)?.exists([&subject])? {
        return Ok(true);
    }
    let Some(ticket) = ticket else { return Ok(false) };
    Ok(inviting::times_told(connection, &subject)? > ticket.sequence.saturating_add(1))
}

/// Writes how an errand stands.
pub(super) fn write_state(
    change: &Transaction<'_>,
    id: Uuid,
    state: State,
    now: Now,
) -> Result<(), BookError> {
    let (word, why) = match state {
        State::Queued(why) => ("queued", why.map(|why| serde_json::to_string(&why)).transpose()?),
        State::Sending => ("sending", None),
        State::Done(seen) => ("done", Some(serde_json::to_string(&seen)?)),
        State::Failed(why) => ("failed", Some(serde_json::to_string(&why)?)),
        State::Unknown(why) => ("unknown", Some(serde_json::to_string(&why)?)),
    };
    change
        .prepare_cached("UPDATE errands SET state = ?, why = ?, changed = ? WHERE id = ?")?
        .execute(params![word, why, now.millis(), id.to_string()])?;
    match state {
        State::Queued(_) | State::Sending => {}
        State::Done(_) | State::Failed(_) | State::Unknown(_) => unsearched(change, id)?,
    }
    Ok(())
}

/// What a file was looked for by may be somebody's name: once the file is written or given up nobody needs it.
fn unsearched(change: &Transaction<'_>, id: Uuid) -> Result<(), BookError> {
    change
        .prepare_cached(
            "UPDATE errands SET work = json_set(work, '$.what.visits.words', '')
             WHERE id = ? AND work ->> 'kind' = 'export' AND work ->> '$.what.visits.words' <> ''",
        )?
        .execute([id.to_string()])?;
    Ok(())
}

/// Gives up the files that are being written of visits found by words: somebody is erased, who may be in them and whose
/// name the words may be.
pub(super) fn give_up_searches(change: &Change<'_>) -> Result<(), BookError> {
    let searched = "state IN ('queued', 'sending') AND work ->> '$.what.visits.words' <> ''";
    for row in rows(change, searched, [])? {
        change.errand_is(row.id, row.subject, State::Failed(Trouble::Interrupted))?;
    }
    Ok(())
}

impl Book {
    /// The errands whose time has come, marked `sending` before anybody gets them. What is too late is
    /// ended here.
    ///
    /// # Errors
    /// The book failed; nobody gets anything.
    pub fn due(&mut self, now: Now) -> Result<Vec<Errand>, BookError> {
        let millis = now.millis();
        if self.believes_clock(now) {
            self.close_on_the_right_day(now)?;
            self.close_house(now)?;
        }
        self.ask_next(now)?;
        self.remind_of_parcels(now)?;
        // First, because ending a badge may queue a letter that is due at once.
        for row in self.rows("state = 'queued' AND good_until < ?", [millis])? {
            if let State::Queued(why) = row.state {
                self.end(&row, State::Failed(why.unwrap_or(Trouble::Late)), now)?;
            }
        }
        // A next try beyond the longest wait means that the clock was set back.
        let far = now.after(LONGEST_WAIT).millis();
        let mut due = Vec::new();
        // What is marked already has to reach its runner, whatever the book says then; the next call meets the same
        // trouble.
        match self.hand_out_papers(now, far, &mut due) {
            Err(problem) if due.is_empty() => return Err(problem),
            _ => {}
        }
        let mut rows = self.rows(&format!("{MAY_GO} AND next_try <= ?"), [millis])?;
        rows.extend(self.rows(&format!("{MAY_GO} AND next_try > ?"), [far])?);
        let mut invitations = self.invitations_on_their_way()?;
        for row in rows {
            let is_invitation = row.work.as_letter().is_some_and(|letter| letter.about.is_invitation());
            if is_invitation && invitations >= INVITATIONS {
                continue;
            }
            invitations += usize::from(is_invitation);
            match self.hand_out(row, now) {
                Ok(errand) => due.extend(errand),
                Err(_) if !due.is_empty() => break,
                Err(problem) => return Err(problem),
            }
        }
        Ok(due)
    }

    fn invitations_on_their_way(&self) -> Result<usize, BookError> {
        let sending = self.rows("state = 'sending' AND paper = 0", [])?;
        let invitations = sending.iter().filter_map(|row| row.work.as_letter());
        Ok(invitations.filter(|letter| letter.about.is_invitation()).count())
    }

    /// The paper whose turn it is. What is over by now is ended on the way and keeps nobody waiting.
    fn hand_out_papers(&mut self, now: Now, far: i64, due: &mut Vec<Errand>) -> Result<(), BookError> {
        while due.is_empty() {
            let next: Option<(String, i64)> = self
                .connection
                .prepare_cached(NEXT_PAPER)?
                .query_row([], |row| Ok((row.get("id")?, row.get("next_try")?)))
                .optional()?;
            let Some((id, next_try)) = next else { break };
            if next_try > now.millis() && next_try <= far {
                break;
            }
            let Some(row) = self.rows("id = ?", [id])?.pop() else { break };
            due.extend(self.hand_out(row, now)?);
        }
        Ok(())
    }

    /// Marks an errand `sending`; none where there is nothing to do any more.
    fn hand_out(&mut self, mut row: Row, now: Now) -> Result<Option<Errand>, BookError> {
        if is_over(&self.connection, &row)? {
            self.end(&row, State::Failed(Trouble::Late), now)?;
            return Ok(None);
        }
        let change = self.change(now)?;
        let still = change
            .prepare_cached("UPDATE errands SET tries = tries + 1 WHERE id = ? AND state = 'queued'")?
            .execute([row.id.to_string()])?;
        // A staff command was quicker.
        if still == 0 || is_over(&change, &row)? {
            return Ok(None);
        }
        change.errand_is(row.id, row.subject, State::Sending)?;
        change.commit()?;
        if let Work::Badge(badge) = &mut row.work {
            // A badge without its photo is better than none.
            badge.photo = self.photo(VisitId(row.subject)).ok().flatten();
        }
        Ok(Some(Errand {
            id: ErrandId(row.id),
            subject: row.subject,
            work: row.work,
            tries: row.tries,
            good_until: in_zone(row.good_until, row.zone),
        }))
    }

    /// How long until [`Book::due`] has something to do, or [`Book::index_again`].
    ///
    /// # Errors
    /// The book failed.
    pub fn next_due(&self, now: Now) -> Result<Option<Duration>, BookError> {
        // What lies farther ahead than anything is put off was written before the clock was set back.
        let far = |wait: Duration| now.after(wait + CLOCK_SWAYS).millis();
        let next: Option<i64> = self
            .connection
            .prepare_cached(&format!(
                "SELECT min(at) FROM (
                     SELECT min(next_try) AS at FROM errands WHERE {MAY_GO}
                     UNION ALL
                     SELECT next_try FROM ({NEXT_PAPER})
                     UNION ALL
                     SELECT min(good_until) + 1 FROM errands WHERE state = 'queued'
                     UNION ALL
                     SELECT min(next_asked) FROM visits WHERE next_asked IS NOT NULL AND \"left\" IS NULL
                     UNION ALL
                     SELECT 0 WHERE EXISTS (SELECT 1 FROM visits WHERE next_asked > ?1 AND \"left\" IS NULL)
                     UNION ALL
                     SELECT min(closes) FROM visits WHERE \"left\" IS NULL AND ?3
                     UNION ALL
                     SELECT min(remind) FROM deliveries WHERE remind IS NOT NULL AND collected IS NULL
                     UNION ALL
                     SELECT 0 WHERE EXISTS (SELECT 1 FROM deliveries WHERE remind > ?2 AND collected IS NULL)
                 )"
            ))?
            .query_row(
                params![far(self.reception.answer), far(self.reception.remind), self.steady.is_believed()],
                |row| row.get(0),
            )?;
        let next = next.map(|next| Duration::from_millis(u64::try_from(next - now.millis()).unwrap_or(0)));
        let indexed = self.indexes_from.map(|from| now.tick.until(from));
        Ok([next, indexed].into_iter().flatten().min().map(|next| next.min(LONGEST_WAIT)))
    }

    /// A runner reports. An errand that no runner has is left as it is; but what was in doubt, or was to be begun anew,
    /// because the book or the program had failed is done after all, if its runner saw that.
    ///
    /// # Errors
    /// The book failed; the errand is still `sending`.
    pub fn ran(&mut self, id: ErrandId, outcome: Outcome, now: Now) -> Result<Option<State>, BookError> {
        let Some(row) = self.rows("id = ?", [id.0.to_string()])?.pop() else { return Ok(None) };
        let interrupted = [State::Unknown(Trouble::Interrupted), State::Queued(Some(Trouble::Interrupted))];
        let after_all = interrupted.contains(&row.state) && matches!(outcome, Outcome::Done(_));
        if row.state != State::Sending && !after_all {
            return Ok(Some(row.state));
        }
        let state = match outcome {
            Outcome::Done(seen) => State::Done(seen),
            Outcome::Failed(why) => State::Failed(why),
            Outcome::Unknown(why) => State::Unknown(why),
            Outcome::NotYet(why) if now.millis() > row.good_until => State::Failed(why),
            Outcome::NotYet(why) => State::Queued(Some(why)),
        };
        self.end(&row, state, now)?;
        Ok(Some(state))
    }

    /// Writes how an errand stands now, with what follows from it.
    fn end(&mut self, row: &Row, state: State, now: Now) -> Result<(), BookError> {
        let over = is_over(&self.connection, row)?;
        let mut state = state;
        if let (State::Queued(why), true) = (state, over) {
            state = State::Failed(why.unwrap_or(Trouble::Late));
        }
        let letter = match (&row.work, state) {
            _ if over => None,
            (Work::Badge(_), State::Failed(why)) => self
                .letter_to_reception(VisitId(row.subject), About::NoBadge(why))?
                .map(|letter| (letter, ARRIVAL_GOOD_FOR)),
            (Work::Badge(_), State::Unknown(why)) => self
                .letter_to_reception(VisitId(row.subject), About::BadgeUnknown(why))?
                .map(|letter| (letter, ARRIVAL_GOOD_FOR)),
            (Work::Backup(_), State::Failed(why)) => {
                self.no_backup(why, now).map(|letter| (letter, OFFICE_GOOD_FOR))
            }
            _ => None,
        };
        let change = self.change(now)?;
        if let State::Queued(_) = state {
            let wait = wait_before_retry(row.work.kind(), ErrandId(row.id), row.tries);
            // Tried once more just before it is too late, but never at once: nothing has changed yet.
            let next = now.after(wait).millis().min(row.good_until).max(now.millis() + SOONEST_RETRY_MILLIS);
            change
                .prepare_cached("UPDATE errands SET next_try = ? WHERE id = ?")?
                .execute(params![next, row.id.to_string()])?;
        }
        change.errand_is(row.id, row.subject, state)?;
        if let (State::Done(_), Work::Badge(_)) = (state, &row.work) {
            change
                .prepare_cached("UPDATE visits SET badged = ? WHERE id = ? AND badged IS NULL")?
                .execute(params![now.millis(), row.subject.to_string()])?;
        }
        if let (State::Failed(_), Work::Letter(Letter { about: About::MayCome(asked), .. })) =
            (state, &row.work)
        {
            // Whoever cannot be asked cannot answer: the next one's turn has come, if it is still theirs.
            let waits = serde_json::to_string(&Admission::Waiting(*asked))?;
            change.execute(
                "UPDATE visits SET next_asked = ? WHERE id = ? AND next_asked IS NOT NULL AND admission = ?",
                params![now.millis(), row.subject.to_string(), waits],
            )?;
        }
        if let Some((letter, good_for)) = letter {
            change.queue(row.subject, &Work::Letter(letter), good_for)?;
        }
        Ok(change.commit()?)
    }

    fn letter_to_reception(&self, visit: VisitId, about: About) -> Result<Option<Letter>, BookError> {
        let Some(visit) = self.visit(visit)? else { return Ok(None) };
        let Some(host) = self.host(&visit.host_id)? else { return Ok(None) };
        let to = recipients::first(&self.connection, &self.reception, &host, &[Reader::Reception])?;
        Ok(to.map(|recipient| letter(&visit, &host, about, recipient, &&self.reception.place)))
    }

    /// What a power cut left with a runner: a letter is sent again under the same Message-ID, a badge may
    /// have come out, so somebody must look.
    pub(super) fn take_up(&mut self, now: Now) -> Result<(), BookError> {
        if self.connection.query_row("SELECT max(seq) IS NULL FROM journal", [], |row| row.get(0))? {
            let change = self.change(now)?;
            change.log(&Entry::Begun, "")?;
            change.commit()?;
        }
        for row in self.rows("state = 'sending'", [])? {
            let state = match row.work.kind() {
                Kind::Paper => State::Unknown(Trouble::Interrupted),
                Kind::Letter | Kind::File => State::Queued(Some(Trouble::Interrupted)),
            };
            self.end(&row, state, now)?;
        }
        Ok(())
    }

    /// Somebody at the screen wants something printed or written, about no visit.
    ///
    /// # Errors
    /// The book failed; nothing was queued.
    pub fn order(&mut self, work: &Work, good_for: Duration, now: Now) -> Result<ErrandId, BookError> {
        let change = self.change(now)?;
        let id = change.queue_own(work, good_for)?;
        change.commit()?;
        Ok(id)
    }

    /// How an errand stands; none: there is no such errand.
    ///
    /// # Errors
    /// The book failed.
    pub fn errand(&self, id: ErrandId) -> Result<Option<State>, BookError> {
        Ok(self.rows("id = ?", [id.0.to_string()])?.pop().map(|row| row.state))
    }

    /// Whether a piece of paper may hang in the printer: nobody saw the end of the last that was printed, or somebody
    /// saw that it did not come out.
    ///
    /// # Errors
    /// The book failed.
    pub fn is_paper_torn(&self) -> Result<bool, BookError> {
        let torn: Option<bool> =
            self.connection.prepare_cached(LAST_PAPER)?.query_row([], |row| row.get(0)).optional()?;
        Ok(torn.unwrap_or(false))
    }

    /// How the errands of a visit or a delivery stand, in the order in which they came to be.
    ///
    /// # Errors
    /// The book failed.
    pub fn errands_of(&self, subject: impl Into<Uuid>) -> Result<Vec<ErrandEntry>, BookError> {
        let rows = self.rows("subject = ? ORDER BY rowid", [subject.into().to_string()])?;
        Ok(rows
            .into_iter()
            .map(|row| ErrandEntry {
                id: ErrandId(row.id),
                kind: row.work.kind(),
                about: row.work.as_letter().map(|letter| letter.about),
                reader: row.work.as_letter().map(|letter| letter.circumstances.reader),
                to: row.work.as_letter().map(|letter| (letter.to.clone(), letter.to_name.clone())),
                queued: in_zone(queued(row.id), row.zone),
                state: row.state,
                since: in_zone(row.changed, row.zone),
            })
            .collect())
    }

    pub(super) fn rows(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<Row>, BookError> {
        rows(&self.connection, condition, params)
    }
}

pub(super) fn rows(
    connection: &Connection,
    condition: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Row>, BookError> {
    let mut rows = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM errands WHERE {condition}"))?;
    let rows = rows.query_map(params, |found| Ok(row(found)))?;
    rows.map(|found| found?).collect()
}
