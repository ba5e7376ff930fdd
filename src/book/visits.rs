//! Visits: who is here, with which badge.

use super::admission::{answer_until, first_question, noted_question, one_more};
use super::errands;
use super::journal::Entry;
use super::strangers::{Stranger, may_reach_host};
use super::{Book, BookError, Change, findable, groups, hosts, in_zone, people, watch, zone_of};
use crate::config::Admits;
use crate::errand::{ARRIVAL_GOOD_FOR, About, BADGE_GOOD_FOR, Badge, Earlier, Work};
use crate::now::{Now, Wall, wall_from_millis};
use crate::paper::letter::pages_have_a_note;
use crate::visit::{
    Admission, Agreement, Asked, BadgeNumber, Company, Details, Host, Instructed, Kind, Note, PersonName,
    Phone, Photo, Signature, Token, Visit, VisitId,
};
use crate::words::Lang;
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const COLUMNS: &str = "id, invitation_id, badge, badge_token, name, company, phone, party, host_id, lang,
    notice_version, notice_lang, notice_sha256, agreed, arrived, good_until, \"left\", zone,
    kind, purpose, admission, assumed, signature, instructed, leader, signed, note, pass, watched,
    witness, doubted";

/// A visit that is to be registered.
#[derive(Clone, Debug)]
pub struct NewVisit {
    /// The invitation it comes from.
    pub invitation: Option<String>,
    /// Who comes.
    pub details: Details,
    /// Whom they see.
    pub host_id: String,
    /// The language they chose.
    pub lang: Lang,
    /// What they agreed to.
    pub agreement: Agreement,
    /// Until when the badge is good.
    pub good_until: Wall,
    /// What they come for; none: it stands in the invitation.
    pub kind: Option<Kind>,
    /// The same in their own words.
    pub purpose: Option<Note>,
    /// Who says whether they may come in.
    pub admits: Admits,
    /// When the house closes.
    pub closes: Wall,
    /// The safety instructions that they went through.
    pub instructed: Vec<Instructed>,
    /// So many others come too, who register by themselves by a code that is made for them.
    pub others: u8,
    /// Who else comes with them; each gets a visit and a badge of their own.
    pub members: Vec<PersonName>,
    /// The visit of whoever's group they come late to.
    pub joins: Option<VisitId>,
    /// Whether they want to be remembered for next time; none: they were not asked.
    pub remember: Option<bool>,
    /// The photo for the badge.
    pub photo: Option<Photo>,
    /// The receptionist who registers them; none: they do it themselves.
    pub by: Option<String>,
}

impl NewVisit {
    /// The visit as it is before anybody was asked about it, and before it is known whose group it joins.
    fn registered(&self, change: &Change<'_>, badge: BadgeNumber) -> Visit {
        let now = change.now;
        Visit {
            id: VisitId(change.new_id()),
            invitation_id: self.invitation.clone(),
            badge,
            badge_token: Token::from_bytes(change.random()),
            details: self.details.clone(),
            host_id: self.host_id.clone(),
            lang: self.lang,
            agreement: self.agreement.clone(),
            // As the book keeps them: whole milliseconds, one zone.
            arrived: in_zone(now.millis(), zone_of(&now)),
            good_until: self.good_until,
            left: None,
            kind: self.kind.clone(),
            purpose: self.purpose.clone(),
            admission: Admission::default(),
            assumed: false,
            doubted: false,
            instructed: self.instructed.clone(),
            leader: self.joins,
            note: None,
            pass: None,
            watched: None,
        }
    }
}

/// How a badge stands whose QR code was scanned.
#[derive(Clone, Debug, PartialEq)]
pub enum Scanned {
    /// Whoever wears it is here.
    Here(Box<Visit>),
    /// They signed out then.
    Left(Wall),
    /// Nobody saw them leave; when the house closed, it was assumed.
    Assumed(Wall),
    /// They were signed out by its number alone, and the house is open.
    Doubted(Box<Visit>),
    /// They signed out and may come back.
    MayReturn(Box<Visit>),
    /// Another badge was printed instead of this one.
    Void,
}

fn damaged<E>(what: &'static str) -> impl FnOnce(E) -> BookError {
    move |_| BookError::Corrupt(format!("a visit's {what}"))
}

fn visit(row: &Row<'_>) -> Result<Visit, BookError> {
    let zone = row.get("zone")?;
    let time = |column: &str| -> Result<Wall, BookError> { Ok(in_zone(row.get(column)?, zone)) };
    let lang = |column: &str| -> Result<Lang, BookError> {
        row.get::<_, String>(column)?.parse().map_err(damaged("language"))
    };
    let text = |column: &str| row.get::<_, Option<String>>(column);
    Ok(Visit {
        id: VisitId(Uuid::parse_str(&row.get::<_, String>("id")?).map_err(damaged("id"))?),
        invitation_id: row.get("invitation_id")?,
        badge: BadgeNumber::try_from(row.get::<_, String>("badge")?).map_err(damaged("badge"))?,
        badge_token: Token::try_from(row.get::<_, String>("badge_token")?).map_err(damaged("token"))?,
        details: Details {
            name: PersonName::try_from(row.get::<_, String>("name")?).map_err(damaged("name"))?,
            company: text("company")?.map(Company::try_from).transpose().map_err(damaged("company"))?,
            phone: text("phone")?.map(Phone::try_from).transpose().map_err(damaged("phone"))?,
            party: row.get("party")?,
        },
        host_id: row.get("host_id")?,
        lang: lang("lang")?,
        agreement: Agreement {
            version: row.get("notice_version")?,
            lang: lang("notice_lang")?,
            sha256: row.get("notice_sha256")?,
            at: time("agreed")?,
            signature: text("signature")?.map(Signature::from),
            signed: row.get::<_, Option<i64>>("signed")?.map(|signed| in_zone(signed, zone)),
            witness: text("witness")?.map(|witness| serde_json::from_str(&witness)).transpose()?,
        },
        arrived: time("arrived")?,
        good_until: time("good_until")?,
        left: row.get::<_, Option<i64>>("left")?.map(|left| in_zone(left, zone)),
        kind: text("kind")?.map(|kind| serde_json::from_str(&kind)).transpose()?,
        purpose: text("purpose")?.map(Note::from),
        admission: serde_json::from_str(&row.get::<_, String>("admission")?)?,
        assumed: row.get("assumed")?,
        doubted: row.get("doubted")?,
        instructed: text("instructed")?
            .map(|all| serde_json::from_str(&all))
            .transpose()?
            .unwrap_or_default(),
        leader: text("leader")?
            .map(|id| Uuid::parse_str(&id))
            .transpose()
            .map_err(damaged("leader"))?
            .map(VisitId),
        note: text("note")?.map(Note::from),
        pass: text("pass")?,
        watched: text("watched")?.map(|sighting| serde_json::from_str(&sighting)).transpose()?,
    })
}

impl Book {
    /// Registers a visit, and one for each who comes along: the rows, their badges, one letter, and the
    /// journal's lines, in one change. Where somebody must say whether they may come in, that one is asked
    /// instead, and there is no badge yet.
    ///
    /// # Errors
    /// [`BookError::NoLongerGood`], [`BookError::NoBadgeFree`], or the book failed; nothing was kept.
    pub fn arrive(&mut self, new: NewVisit, now: Now) -> Result<Visit, BookError> {
        let began = self.day_began(now);
        let change = self.change(now)?;
        let reception = change.reception;
        let host = hosts::one(&change, &new.host_id)?
            .ok_or_else(|| BookError::Corrupt(format!("the host {} is gone", new.host_id)))?;
        let badge = next_badge(&change, began, now)?;
        let mut visit = new.registered(&change, badge);
        let mut group = String::new();
        if let Some(leader) = visit.leader {
            // Whoever comes late waits with the others, or is in as they are.
            let leader = groups::take_place(&change, &visit, leader)?;
            (visit.admission, group) = (leader.admission, leader.details.name.to_string());
        } else if visit.invitation_id.is_some() {
            groups::use_up(&change, &visit, now)?;
        } else if new.others > 0 || !new.members.is_empty() {
            let made = groups::invite_late_ones(&change, &visit, new.others)?;
            visit.invitation_id = Some(made);
        }
        let together = visit.leader.is_some() && visit.waits();
        // Who vouches for an agreement also opens the door: nobody else could see that it was given. Whoever comes late
        // to a group that is in waits for that alone.
        let witness = visit.agreement.witness.is_some() && !visit.waits();
        let mut watched = watch::sightings(&change, &groups::party_of(&visit.details, &new.members), now)?;
        let noted = watched.iter().any(Option::is_some);
        let spared = !witness
            && !noted
            && new.by.is_none()
            && is_told_to_host(&visit, new.admits)
            && groups::is_uninvited(&visit)
            && !may_reach_host(&change, reception, &Stranger::WalkIn, now)?;
        let admits = if spared && new.admits == Admits::Host { Admits::Reception } else { new.admits };
        let question = match visit.leader {
            // Nobody but reception says anything about whom the watch list may mean.
            _ if witness || noted => first_question(&change, reception, &visit, &host, Admits::Reception)?,
            None => first_question(&change, reception, &visit, &host, admits)?,
            Some(_) => None,
        };
        let mut until = None;
        if let Some(question) = &question {
            visit.admission = Admission::Waiting(question.asked);
            until = answer_until(reception, question.asked, now);
        }
        let closes = new.closes.timestamp_millis();
        // The first of them stood before the camera.
        let hash = |photo: &Photo| data_encoding::HEXLOWER.encode(&Sha256::digest(photo.gray()));
        let mut photo = new.photo.as_ref().map(hash);
        let mut party = vec![visit];
        for name in new.members {
            let member = groups::member(&change, &party, name, free_badge(&change, party.len(), badge, now)?);
            party.push(member);
        }
        for (visit, watched) in party.iter_mut().zip(watched.drain(..)) {
            visit.watched = watched;
        }
        for visit in &party {
            insert(&change, visit, until.take(), closes, now)?;
            let entry = Entry::Arrived {
                visit: Box::new(visit.clone()),
                closes: Some(new.closes),
                photo: photo.take(),
            };
            change.log(&entry, &visit.id.0.to_string())?;
            watch::write_down(&change, visit)?;
        }
        let visit = &party[0];
        if spared {
            let subject = visit.id.0.to_string();
            change.log(&Entry::HostsSpared, &subject)?;
        }
        if let Some(by) = new.by {
            let entry = Entry::OnBehalf { by };
            change.log(&entry, &visit.id.0.to_string())?;
        }
        if let Some(photo) = new.photo {
            change.execute(
                "UPDATE visits SET photo = ? WHERE id = ?",
                params![photo.gray(), visit.id.0.to_string()],
            )?;
        }
        for proof in &visit.instructed {
            people::instruct(&change, &visit.details, proof)?;
        }
        if let Some(wanted) = new.remember {
            people::remember(&change, &visit.details, &visit.host_id, wanted)?;
        }
        let letter = match (question, &visit.admission) {
            (Some(question), _) => question.letter,
            (None, Admission::Admitted) => {
                queue_badges(&change, &party, &host)?;
                match spared {
                    true => errands::spared_letter(&change, reception, visit, &host, About::Arrival)?,
                    false => errands::host_letter(&change, reception, visit, &host, About::Arrival)?,
                }
            }
            (None, Admission::Waiting(_)) if spared => {
                one_more(&change, reception, visit, &host, Asked::Reception)?
            }
            (None, Admission::Waiting(asked)) => one_more(&change, reception, visit, &host, *asked)?,
            (None, Admission::Declined(_)) => None,
        };
        let letter = letter.map(|mut letter| {
            letter.circumstances.group = group;
            letter.circumstances.together = together;
            if spared {
                letter.circumstances.earlier = Earlier::Spared;
            }
            letter.lines.extend(noted.then(|| pages_have_a_note(letter.lang).to_owned()));
            letter
        });
        if let Some(letter) = letter {
            let letter = Work::Letter(letter);
            change.queue(visit.id, &letter, ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(party.swap_remove(0))
    }

    /// Somebody looked whether a badge came out of which nobody saw the end. If it did not, another one
    /// is queued with a new token, and the old one is void.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn badge_seen(&mut self, id: VisitId, came_out: bool, now: Now) -> Result<Visit, BookError> {
        self.badge_seen_by(id, came_out, "", now)
    }

    /// The same, where a receptionist looked.
    ///
    /// # Errors
    /// As there.
    pub fn badge_seen_by(
        &mut self,
        id: VisitId,
        came_out: bool,
        by: &str,
        now: Now,
    ) -> Result<Visit, BookError> {
        let mut visit =
            self.visit(id)?.ok_or_else(|| BookError::Corrupt("a visit that was shown is gone".to_owned()))?;
        let host = self.host(&visit.host_id)?;
        let change = self.change_by(by, now)?;
        let Some(unknown) = errands::unknown_badge(&change, id)? else { return Ok(visit) };
        let subject = id.0.to_string();
        let entry = Entry::BadgeSeen { came_out, by: change.by() };
        change.log(&entry, &subject)?;
        errands::settle_unknown(&change, unknown, id, came_out)?;
        if let (false, Some(host)) = (came_out, host) {
            badge_again(&change, &mut visit)?;
            let entry = Entry::BadgeAgain(Box::new(visit.clone()));
            change.log(&entry, &subject)?;
            let badge = Work::Badge(badge_of(&visit, &host, now));
            change.queue(id, &badge, BADGE_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(visit)
    }

    /// The visit whose badge's QR code says this, ended or not.
    ///
    /// # Errors
    /// The book failed.
    pub fn visit_by_token(&self, token: &Token) -> Result<Option<Visit>, BookError> {
        Ok(self.visits("badge_token = ?", [token.as_str()])?.pop())
    }

    /// The badge whose QR code says this.
    ///
    /// # Errors
    /// The book failed.
    pub fn badge_by_token(&self, token: &Token, now: Now) -> Result<Option<Scanned>, BookError> {
        if let Some(visit) = self.visits("badge_token = ?", [token.as_str()])?.pop() {
            return Ok(Some(match visit.left {
                None => Scanned::Here(Box::new(visit)),
                Some(_) if visit.doubted && self.is_open_for(visit.id, now)? => {
                    Scanned::Doubted(Box::new(visit))
                }
                Some(_) if visit.may_return(now.millis()) => Scanned::MayReturn(Box::new(visit)),
                Some(closed) if visit.assumed => Scanned::Assumed(now.zone.here(closed)),
                Some(left) => Scanned::Left(now.zone.here(left)),
            }));
        }
        let mut void = self.connection.prepare_cached("SELECT 1 FROM void_tokens WHERE token = ?")?;
        Ok(void.exists([token.as_str()])?.then_some(Scanned::Void))
    }

    /// Whether the house has not closed for a visit.
    fn is_open_for(&self, id: VisitId, now: Now) -> Result<bool, BookError> {
        let mut open = self.connection.prepare_cached("SELECT 1 FROM visits WHERE id = ? AND closes > ?")?;
        Ok(open.exists(params![id.0.to_string(), now.millis()])?)
    }

    /// The visit of a badge that was printed anew since, by the old badge's code.
    ///
    /// # Errors
    /// The book failed.
    pub fn visit_by_void_token(&self, token: &Token) -> Result<Option<Visit>, BookError> {
        let voided = "id = (SELECT visit_id FROM void_tokens WHERE token = ?)";
        Ok(self.visits(voided, [token.as_str()])?.pop())
    }

    /// Ends a visit, and those of the whole group where its leader still waits to be let in: nobody of it can wait
    /// without them. One that has ended already stays as it is.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn leave(&mut self, id: VisitId, now: Now) -> Result<(), BookError> {
        let change = self.change(now)?;
        let Some(visit) = one(&change, id)? else { return Ok(()) };
        let leaving = if visit.waits() { groups::here(&change, id)? } else { vec![visit] };
        groups::sign_out(&change, &leaving)?;
        change.commit()?;
        Ok(())
    }

    /// Somebody who left comes back with the same badge, and their host is told. Whom the watch list may mean by now
    /// waits for reception instead, as if they arrived, and their badge is void. False where it is no longer allowed, or
    /// the badge's number was given away.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn come_back(&mut self, id: VisitId, now: Now) -> Result<bool, BookError> {
        let change = self.change(now)?;
        let reception = change.reception;
        let Some(mut visit) = one(&change, id)? else { return Ok(false) };
        let subject = id.0.to_string();
        let taken = change
            .prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND \"left\" IS NULL")?
            .exists([visit.badge.to_string()])?;
        if taken || !visit.may_return(now.millis()) {
            return Ok(false);
        }
        let back = change.execute(
            "UPDATE visits SET \"left\" = NULL, doubted = 0 WHERE id = ? AND closes > ?",
            params![subject, now.millis()],
        )?;
        // The house has closed meanwhile.
        if back == 0 {
            return Ok(false);
        }
        visit.left = None;
        change.log(&Entry::CameBack, &subject)?;
        let noted = watch::look_again(&change, &mut visit, false)?;
        if noted {
            wait_for_reception(&change, &mut visit)?;
        }
        visit.arrived = in_zone(now.millis(), zone_of(&now));
        visit.details.party = 0;
        let letter = match hosts::one(&change, &visit.host_id)? {
            None => None,
            Some(host) if noted => {
                noted_question(&change, reception, &visit, &host)?.and_then(|question| question.letter)
            }
            Some(host) if may_reach_host(&change, reception, &Stranger::Returner(id), now)? => {
                errands::host_letter(&change, reception, &visit, &host, About::CameBack)?
            }
            Some(host) => {
                change.log(&Entry::HostsSpared, &subject)?;
                errands::spared_letter(&change, reception, &visit, &host, About::CameBack)?
            }
        };
        if let Some(letter) = letter {
            let letter = Work::Letter(letter);
            change.queue(id, &letter, ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(true)
    }

    /// Whoever has not signed out when the house closes is taken to have left then.
    pub(super) fn close_house(&mut self, now: Now) -> Result<(), BookError> {
        for visit in self.visits("\"left\" IS NULL AND closes <= ?", [now.millis()])? {
            let change = self.change(now)?;
            let subject = visit.id.0.to_string();
            let closed: Option<i64> = change
                .query_row(
                    "UPDATE visits SET \"left\" = max(closes, arrived), assumed = 1, next_asked = NULL
                     WHERE id = ? AND \"left\" IS NULL RETURNING \"left\"",
                    [&subject],
                    |row| row.get(0),
                )
                .optional()?;
            // They have just signed out themselves.
            let Some(closed) = closed else { continue };
            let left = wall_from_millis(closed, &visit.arrived);
            groups::give_up(&change, visit.id)?;
            change.log(&Entry::AssumedLeft { left: Some(left) }, &subject)?;
            change.commit()?;
        }
        Ok(())
    }

    pub(super) fn visits(&self, condition: &str, params: impl Params) -> Result<Vec<Visit>, BookError> {
        find(&self.connection, condition, params)
    }

    /// One visit.
    ///
    /// # Errors
    /// The book failed.
    pub fn visit(&self, id: VisitId) -> Result<Option<Visit>, BookError> {
        one(&self.connection, id)
    }

    /// The photo on the badge of this visit.
    ///
    /// # Errors
    /// The book failed.
    pub fn photo(&self, id: VisitId) -> Result<Option<Photo>, BookError> {
        let photo: Option<Option<Vec<u8>>> = self
            .connection
            .prepare_cached("SELECT photo FROM visits WHERE id = ?")?
            .query_row([id.0.to_string()], |row| row.get(0))
            .optional()?;
        photo.flatten().map(|gray| Photo::try_from(gray).map_err(damaged("photo"))).transpose()
    }

    /// Everybody who registered today, first come first.
    ///
    /// # Errors
    /// The book failed.
    pub fn registered_today(&self, now: Now) -> Result<Vec<Visit>, BookError> {
        self.visits("arrived >= ? ORDER BY rowid", [self.day_began(now).timestamp_millis()])
    }

    /// Everybody who has not left, first come first.
    ///
    /// # Errors
    /// The book failed.
    pub fn open_visits(&self) -> Result<Vec<Visit>, BookError> {
        self.visits("\"left\" IS NULL ORDER BY rowid", [])
    }
}

/// Whether the host, or who stands in, is written to about a visitor who has just come.
fn is_told_to_host(visit: &Visit, admits: Admits) -> bool {
    match (visit.leader, &visit.admission) {
        (None, _) => admits != Admits::Reception,
        (Some(_), Admission::Admitted | Admission::Waiting(Asked::Host | Asked::Deputy)) => true,
        (Some(_), Admission::Waiting(Asked::Reception) | Admission::Declined(_)) => false,
    }
}

/// A visitor who is back waits for reception's answer; the badge in their hand is void until there is one.
fn wait_for_reception(change: &Change<'_>, visit: &mut Visit) -> Result<(), BookError> {
    let subject = visit.id.0.to_string();
    visit.admission = Admission::Waiting(Asked::Reception);
    change.execute(
        "UPDATE visits SET admission = ?, next_asked = NULL WHERE id = ?",
        params![serde_json::to_string(&visit.admission)?, subject],
    )?;
    let entry = Entry::Asked { who: Asked::Reception };
    change.log(&entry, &subject)?;
    badge_again(change, visit)?;
    change.log(&Entry::BadgeAgain(Box::new(visit.clone())), &subject)
}

/// Whoever is here may be so until then, though their badge ends sooner.
pub(super) fn closes_later(change: &Change<'_>, id: VisitId, until: Wall) -> Result<(), BookError> {
    let subject = id.0.to_string();
    let changed = change.execute(
        "UPDATE visits SET closes = ?2 WHERE id = ?1 AND closes < ?2",
        params![subject, until.timestamp_millis()],
    )?;
    if changed > 0 {
        change.log(&Entry::ClosesAt { closes: until }, &subject)?;
    }
    Ok(())
}

/// When somebody who had left came back last; none: they did not.
pub(super) fn came_back(connection: &Connection, visit: &Visit) -> Result<Option<Wall>, BookError> {
    let at: Option<i64> = connection
        .prepare_cached("SELECT max(at) FROM journal WHERE subject = ? AND kind = 'came_back'")?
        .query_row([visit.id.0.to_string()], |row| row.get(0))?;
    Ok(at.map(|at| wall_from_millis(at, &visit.arrived)))
}

/// The badge gets a new token; the old one is void, and is not printed where it was not yet.
pub(super) fn badge_again(change: &Change<'_>, visit: &mut Visit) -> Result<(), BookError> {
    let now = change.now;
    errands::take_back(change, visit.id.0, is_badge)?;
    let subject = visit.id.0.to_string();
    change.execute(
        "INSERT INTO void_tokens (token, visit_id, voided) VALUES (?, ?, ?)",
        params![visit.badge_token.as_str(), subject, now.millis()],
    )?;
    visit.badge_token = Token::from_bytes(change.random());
    change.execute(
        "UPDATE visits SET badge_token = ? WHERE id = ?",
        params![visit.badge_token.as_str(), subject],
    )?;
    Ok(())
}

pub(super) fn is_badge(work: &Work) -> bool {
    matches!(work, Work::Badge(_))
}

/// The visits of which this holds.
pub(super) fn find(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Visit>, BookError> {
    let mut visits = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM visits WHERE {condition}"))?;
    let visits = visits.query_map(params, |row| Ok(visit(row)))?;
    visits.map(|visit| visit?).collect()
}

/// One visit.
pub(super) fn one(connection: &Connection, id: VisitId) -> Result<Option<Visit>, BookError> {
    Ok(find(connection, "id = ?", [id.0.to_string()])?.pop())
}

/// What the badge says; a visit of the night in which the clocks are set reads by those of its beginning.
pub(super) fn badge_of(visit: &Visit, host: &Host, now: Now) -> Badge {
    Badge { good_until: now.zone.here(visit.good_until), ..Badge::of(visit, host) }
}

/// The badges of all who came together, in their order.
pub(super) fn queue_badges(change: &Change<'_>, party: &[Visit], host: &Host) -> Result<(), BookError> {
    let now = change.now;
    for visit in party {
        let badge = Work::Badge(badge_of(visit, host, now));
        change.queue(visit.id, &badge, BADGE_GOOD_FOR)?;
    }
    Ok(())
}

/// So long before now nobody came whose badge is still good: half a day longer than the longest stay.
const NO_BADGE_BEFORE: i64 = 36 * 3600 * 1000;

/// The number after the last one given today, or the first one; those that are still worn, or may be, are passed over.
fn next_badge(change: &Connection, began: Wall, now: Now) -> Result<BadgeNumber, BookError> {
    let last = change
        .prepare_cached("SELECT badge FROM visits WHERE arrived >= ? ORDER BY rowid DESC LIMIT 1")?
        .query_row([began.timestamp_millis()], |row| row.get::<_, String>(0))
        .optional()?
        .and_then(|badge| BadgeNumber::parse(&badge));
    free_badge(change, 0, last.map_or(BadgeNumber::FIRST, BadgeNumber::next), now)
}

/// The first number from this one on that nobody has, or may come back with, but for `given` numbers that are being given.
fn free_badge(
    change: &Connection,
    given: usize,
    first: BadgeNumber,
    now: Now,
) -> Result<BadgeNumber, BookError> {
    let mut given = given;
    let mut number = first;
    let mut worn = change.prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND \"left\" IS NULL")?;
    let mut good =
        change.prepare_cached("SELECT 1 FROM visits WHERE badge = ? AND arrived >= ? AND good_until > ?")?;
    for _ in 0..BadgeNumber::COUNT {
        let badge = number.to_string();
        let mut is_good = || good.exists(params![badge, now.millis() - NO_BADGE_BEFORE, now.millis()]);
        if !worn.exists([&badge])? && !is_good()? {
            if given == 0 {
                return Ok(number);
            }
            given -= 1;
        }
        number = number.next();
    }
    Err(BookError::NoBadgeFree)
}

fn insert(
    change: &Transaction<'_>,
    visit: &Visit,
    next_asked: Option<i64>,
    closes: i64,
    now: Now,
) -> Result<(), BookError> {
    let details = &visit.details;
    change
        .prepare_cached(&format!(
            "INSERT INTO visits ({COLUMNS}, next_asked, closes, name_key)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, 0, ?, ?, ?, ?, NULL, NULL, ?, ?, 0, ?, ?, ?)"
        ))?
        .execute(params![
            visit.id.0.to_string(),
            visit.invitation_id,
            visit.badge.to_string(),
            visit.badge_token.as_str(),
            details.name.as_str(),
            details.company.as_ref().map(Company::as_str),
            details.phone.as_ref().map(Phone::as_str),
            details.party,
            visit.host_id,
            visit.lang.code(),
            visit.agreement.version,
            visit.agreement.lang.code(),
            visit.agreement.sha256,
            visit.agreement.at.timestamp_millis(),
            visit.arrived.timestamp_millis(),
            visit.good_until.timestamp_millis(),
            zone_of(&now),
            visit.kind.as_ref().map(serde_json::to_string).transpose()?,
            visit.purpose.as_ref().map(Note::as_str),
            serde_json::to_string(&visit.admission)?,
            visit.agreement.signature.as_ref().map(Signature::as_path),
            Some(&visit.instructed).filter(|all| !all.is_empty()).map(serde_json::to_string).transpose()?,
            visit.leader.map(|leader| leader.0.to_string()),
            visit.agreement.signed.map(|signed| signed.timestamp_millis()),
            visit.watched.as_ref().map(serde_json::to_string).transpose()?,
            visit.agreement.witness.as_ref().map(serde_json::to_string).transpose()?,
            next_asked,
            closes,
            details.name.key(),
        ])?;
    findable::index(change, visit)
}
