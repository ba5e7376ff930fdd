//! A visitor arrives: the visits of all who came together, with their badges or the question whether they may come in,
//! in one change.

use crate::book::badges::{free_badge, next_badge, queue_badges};
use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::visits::insert;
use crate::book::rows::{hosts, in_zone, zone_of};
use crate::book::rules::questions::{Question, answer_until, first_question, one_more};
use crate::book::rules::{groups, letters};
use crate::book::strangers::{Stranger, may_reach_host};
use crate::book::{Book, Change, parties, people, watch};
use crate::config::Admits;
use crate::errand::{ARRIVAL_GOOD_FOR, About, Earlier, Letter, Work};
use crate::now::{Now, Wall};
use crate::paper::letter::pages_have_a_note;
use crate::visit::{
    Admission, Agreement, Asked, BadgeNumber, Details, Host, Instructed, Kind, Note, PersonName, Photo,
    Sighting, Token, Visit, VisitId,
};
use crate::words::Lang;
use rusqlite::params;
use sha2::{Digest, Sha256};

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
        let host = hosts::one(&change, &new.host_id)?
            .ok_or_else(|| BookError::Corrupt(format!("the host {} is gone", new.host_id)))?;
        let mut visit = new.registered(&change, next_badge(&change, began, now)?);
        let group = find_place(&change, &new, &mut visit)?;
        let together = visit.leader.is_some() && visit.waits();
        let watched = watch::sightings(&change, &groups::party_of(&visit.details, &new.members), now)?;
        let noted = watched.iter().any(Option::is_some);
        let (question, spared) = asked_first(&change, &new, &visit, &host, noted)?;
        let mut until = None;
        if let Some(question) = &question {
            visit.admission = Admission::Waiting(question.asked);
            until = answer_until(change.reception, question.asked, now);
        }
        let mut party = all_of_them(&change, &new, visit, watched)?;
        register(&change, &new, &party, until)?;
        let visit = &party[0];
        if spared {
            change.log(&Entry::HostsSpared, &visit.id.0.to_string())?;
        }
        keep_what_they_gave(&change, &new, visit)?;
        if let Some(mut letter) = letter_about(&change, question, &party, &host, spared)? {
            letter.circumstances.group = group;
            letter.circumstances.together = together;
            if spared {
                letter.circumstances.earlier = Earlier::Spared;
            }
            letter.lines.extend(noted.then(|| pages_have_a_note(letter.lang).to_owned()));
            change.queue(visit.id, &Work::Letter(letter), ARRIVAL_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(party.swap_remove(0))
    }
}

/// Whose group a visitor joins; empty: nobody's. Their invitation is used up, and a group without one is given one.
fn find_place(change: &Change<'_>, new: &NewVisit, visit: &mut Visit) -> Result<String, BookError> {
    if let Some(leader) = visit.leader {
        // Whoever comes late waits with the others, or is in as they are.
        let leader = parties::take_place(change, visit, leader)?;
        visit.admission = leader.admission;
        return Ok(leader.details.name.to_string());
    }
    if visit.invitation_id.is_some() {
        parties::use_up(change, visit, change.now)?;
    } else if new.others > 0 || !new.members.is_empty() {
        visit.invitation_id = Some(parties::invite_late_ones(change, visit, new.others)?);
    }
    Ok(String::new())
}

/// Who is asked first about a visitor whom the watch list may mean, if they are `noted`; and whether hosts are spared
/// mails about them.
fn asked_first(
    change: &Change<'_>,
    new: &NewVisit,
    visit: &Visit,
    host: &Host,
    noted: bool,
) -> Result<(Option<Question>, bool), BookError> {
    let reception = change.reception;
    // Who vouches for an agreement also opens the door: nobody else could see that it was given. Whoever comes late
    // to a group that is in waits for that alone.
    let witness = visit.agreement.witness.is_some() && !visit.waits();
    let spared = !witness
        && !noted
        && new.by.is_none()
        && is_told_to_host(visit, new.admits)
        && groups::is_uninvited(visit)
        && !may_reach_host(change, &Stranger::WalkIn)?;
    let admits = if spared && new.admits == Admits::Host { Admits::Reception } else { new.admits };
    let question = match visit.leader {
        // Nobody but reception says anything about whom the watch list may mean.
        _ if witness || noted => first_question(change, reception, visit, host, Admits::Reception)?,
        None => first_question(change, reception, visit, host, admits)?,
        Some(_) => None,
    };
    Ok((question, spared))
}

/// The visits of all who come together, the leader's first, each with what the watch list says of them.
fn all_of_them(
    change: &Change<'_>,
    new: &NewVisit,
    leader: Visit,
    watched: Vec<Option<Sighting>>,
) -> Result<Vec<Visit>, BookError> {
    let first = leader.badge;
    let mut party = vec![leader];
    for name in &new.members {
        let badge = free_badge(change, party.len(), first, change.now)?;
        let member = parties::member(change, &party, name.clone(), badge);
        party.push(member);
    }
    for (visit, watched) in party.iter_mut().zip(watched) {
        visit.watched = watched;
    }
    Ok(party)
}

/// Writes the visits down, with the journal's lines. The leader of those who wait is answered until then, UTC milliseconds.
fn register(
    change: &Change<'_>,
    new: &NewVisit,
    party: &[Visit],
    mut until: Option<i64>,
) -> Result<(), BookError> {
    // The first of them stood before the camera.
    let hash = |photo: &Photo| data_encoding::HEXLOWER.encode(&Sha256::digest(photo.gray()));
    let mut photo = new.photo.as_ref().map(hash);
    for visit in party {
        insert(change, visit, until.take(), new.closes.timestamp_millis(), change.now)?;
        let entry =
            Entry::Arrived { visit: Box::new(visit.clone()), closes: Some(new.closes), photo: photo.take() };
        change.log(&entry, &visit.id.0.to_string())?;
        watch::write_down(change, visit)?;
    }
    Ok(())
}

/// Who registered them, their photo, what they went through, and whether they want to be remembered.
fn keep_what_they_gave(change: &Change<'_>, new: &NewVisit, visit: &Visit) -> Result<(), BookError> {
    let subject = visit.id.0.to_string();
    if let Some(by) = &new.by {
        change.log(&Entry::OnBehalf { by: by.clone() }, &subject)?;
    }
    if let Some(photo) = &new.photo {
        change.execute("UPDATE visits SET photo = ? WHERE id = ?", params![photo.gray(), subject])?;
    }
    for proof in &visit.instructed {
        people::instruct(change, &visit.details, proof)?;
    }
    if let Some(wanted) = new.remember {
        people::remember(change, &visit.details, &visit.host_id, wanted)?;
    }
    Ok(())
}

/// The letter about those who have just come; those who are in get their badges.
fn letter_about(
    change: &Change<'_>,
    question: Option<Question>,
    party: &[Visit],
    host: &Host,
    spared: bool,
) -> Result<Option<Letter>, BookError> {
    let (reception, visit) = (change.reception, &party[0]);
    match (question, &visit.admission) {
        (Some(question), _) => Ok(question.letter),
        (None, Admission::Admitted) => {
            queue_badges(change, party, host)?;
            match spared {
                true => letters::spared_letter(change, reception, visit, host, About::Arrival),
                false => letters::host_letter(change, reception, visit, host, About::Arrival),
            }
        }
        (None, Admission::Waiting(_)) if spared => one_more(change, reception, visit, host, Asked::Reception),
        (None, Admission::Waiting(asked)) => one_more(change, reception, visit, host, *asked),
        (None, Admission::Declined(_)) => Ok(None),
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
