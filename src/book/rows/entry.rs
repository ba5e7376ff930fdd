//! What the journal tells, kind by kind: the only list of what can happen. A kind that was ever written stays readable.

use crate::book::rows::payloads::Lines;
use serde::{Deserialize, Serialize};

/// What a journal line tells, with all that is needed to tell it again elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    /// The book was begun.
    Begun,
    /// Hosts were imported: how many were added and changed.
    HostsImported {
        /// Added.
        added: usize,
        /// Changed.
        changed: usize,
    },
    /// Invitations were imported: how many were added and changed.
    InvitationsImported {
        /// Added.
        added: usize,
        /// Changed.
        changed: usize,
    },
    /// A visitor was registered.
    Arrived {
        /// The visit.
        #[serde(flatten)]
        visit: Box<crate::visit::Visit>,
        /// When the house closes for them; none in lines of the first versions.
        #[serde(default)]
        closes: Option<crate::now::Wall>,
        /// The SHA-256 of the photo's grey bytes, in hex, where one was taken.
        #[serde(default)]
        photo: Option<String>,
    },
    /// An errand came to be.
    ErrandQueued {
        /// Which.
        errand: crate::errand::ErrandId,
        /// `badge` or `letter`.
        kind: String,
    },
    /// An errand stands otherwise.
    ErrandIs {
        /// Which.
        errand: crate::errand::ErrandId,
        /// How it stands.
        state: crate::errand::State,
    },
    /// Somebody looked whether a badge came out.
    BadgeSeen {
        /// Whether it did.
        came_out: bool,
        /// Which receptionist; empty: the visitor.
        #[serde(default)]
        by: String,
    },
    /// A new badge for a visit: the old token is void.
    BadgeAgain(Box<crate::visit::Visit>),
    /// A visitor signed out.
    Left,
    /// A visitor was signed out by the number of their badge alone, which anybody can read.
    LeftByNumber,
    /// That was not theirs: they are still here.
    SignOutTakenBack {
        /// Who said so; empty: whoever held the badge to the scanner.
        by: String,
    },
    /// That was theirs: they have left.
    SignOutConfirmed {
        /// Who said so.
        by: String,
    },
    /// So many strangers came within minutes that reception was written to in place of a host.
    HostsSpared,
    /// Nobody answered whether a visitor may come in: the next one is asked.
    Asked {
        /// Who.
        who: crate::visit::Asked,
    },
    /// Somebody who had left came back with the same badge.
    CameBack,
    /// Nobody saw a visitor leave; the house has closed.
    AssumedLeft {
        /// When the house closed for them; none in lines of the first versions.
        #[serde(default)]
        left: Option<crate::now::Wall>,
    },
    /// They are in the house until another hour: the clock was set right, or their invitation goes on longer.
    ClosesAt {
        /// When they are taken to have left.
        closes: crate::now::Wall,
    },
    /// A word on how it was, as it stands now.
    Feedback(Box<crate::visit::Feedback>),
    /// A complaint is to be answered.
    CaseOpened {
        /// Its number.
        number: u32,
        /// Who answers; empty: reception.
        responsible: String,
    },
    /// A complaint was dealt with.
    CaseClosed {
        /// Its number.
        number: u32,
        /// Who said so.
        by: String,
        /// What was done.
        done: String,
    },
    /// Parcels came.
    ParcelsCame(Box<crate::visit::Delivery>),
    /// Nobody came for the parcels: their recipient is written to again.
    ParcelsReminded,
    /// Parcels were collected.
    ParcelsCollected {
        /// Who said so.
        by: String,
    },
    /// A visitor may come in.
    Admitted {
        /// Who said so.
        by: String,
    },
    /// An emergency began or is over.
    Emergency {
        /// It began.
        on: bool,
        /// Who said so.
        by: String,
    },
    /// What was older than the notice promises was erased.
    Erased {
        /// Visits that ended before this moment, and what is as old.
        before: crate::now::Wall,
        /// How many visits, words, parcels, invitations and instructions.
        count: usize,
        /// The lines of the journal whose bodies went with them; none in lines of the first versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bodies: Option<Lines>,
    },
    /// A visitor may not come in: their visit is over.
    Declined {
        /// Who said so.
        by: String,
        /// The word for the visitor; may be empty.
        word: String,
    },
    /// Somebody may use reception's pages from now on, or has a new PIN or role.
    PinSet {
        /// Who.
        name: String,
        /// As what.
        role: crate::visit::Role,
        /// Who said so.
        by: String,
    },
    /// Somebody may use them no longer.
    PinRemoved {
        /// Who.
        name: String,
        /// Who said so.
        by: String,
    },
    /// Reception's pages were opened with a PIN.
    Unlocked {
        /// Who.
        by: String,
    },
    /// A PIN is tried: it counts as wrong until the pages are unlocked.
    PinTried {
        /// For whom.
        name: String,
        /// How many in a row are wrong, this one counted.
        misses: u32,
    },
    /// Reception corrected a visit: as it stands now.
    Corrected {
        /// The visit.
        visit: Box<crate::visit::Visit>,
        /// What reception noted; may be empty.
        note: String,
        /// Who said so.
        by: String,
    },
    /// Reception had a badge printed again: the old token is void.
    Reprinted {
        /// The visit with its new token.
        visit: Box<crate::visit::Visit>,
        /// Why.
        reason: String,
        /// Who said so.
        by: String,
    },
    /// Reception signed a visitor out.
    SignedOut {
        /// Who said so.
        by: String,
    },
    /// A receptionist checks a visitor in who stands at the desk.
    OnBehalf {
        /// Who.
        by: String,
    },
    /// A numbered pass was lent, or is back.
    Pass {
        /// Which.
        number: String,
        /// It is back.
        back: bool,
        /// Who said so.
        by: String,
    },
    /// A mail or a badge that failed was dealt with, or is tried again.
    Settled {
        /// Which errand.
        errand: crate::errand::ErrandId,
        /// It is tried again.
        again: bool,
        /// Who said so.
        by: String,
    },
    /// Reception made, changed or withdrew an invitation: as it stands now.
    Invited {
        /// The invitation.
        invitation: Box<crate::visit::Invitation>,
        /// Who said so.
        by: String,
    },
    /// Reception is to be told about somebody, or no longer.
    Watched {
        /// No longer.
        off: bool,
        /// Who said so.
        by: String,
    },
    /// A visitor may be one whom reception is to be told about.
    Sighted(Box<crate::visit::Sighting>),
    /// A roll was called.
    RollCalled {
        /// It is a drill.
        drill: bool,
        /// How many people were on site.
        people: usize,
        /// Who called it.
        by: String,
    },
    /// The list of a roll call was put out anew.
    RollIssued {
        /// How many people stand on it.
        people: usize,
        /// Who wanted it; empty: whoever stood before the kiosk.
        by: String,
    },
    /// Somebody of a roll call is safe or missing, or neither is known any more.
    RollMarked {
        /// Which visit.
        visit: crate::visit::VisitId,
        /// Safe; none: not known.
        safe: Option<bool>,
        /// Who said so.
        by: String,
    },
    /// A roll call is over.
    RollEnded {
        /// Who said so.
        by: String,
    },
    /// Visits, or numbers, were written to a file that leaves the book.
    Exported {
        /// How many visits, or of how many visits the numbers are.
        count: usize,
        /// Of which period the numbers are, such as 2026-11; none: it was the visits themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        numbers: Option<String>,
        /// Who did it.
        by: String,
    },
    /// One point of the daily look round was ticked, or the tick was taken back.
    Checked {
        /// Which.
        item: String,
        /// It was taken back.
        off: bool,
        /// Who did it.
        by: String,
    },
    /// A supply was counted.
    Stocked {
        /// Which.
        supply: String,
        /// How many there are.
        stock: u32,
        /// Who counted.
        by: String,
    },
    /// One person's data were erased because somebody asked for it.
    Forgotten {
        /// How many visits, invitations and other things.
        count: usize,
        /// Who did it.
        by: String,
        /// The lines of the journal whose bodies went with them; none in lines of the first versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bodies: Option<Lines>,
    },
    /// What earlier lines say was erased is gone from the book's file too.
    Wiped,
    /// The whole book was looked over.
    LookedOver {
        /// How much is not as it was written.
        faults: usize,
    },
    /// The journal's last hash was mailed to facilities.
    Sealed,
    /// The book was put back from a copy.
    Restored {
        /// Who did it.
        by: String,
    },
}

impl Entry {
    /// The name of its kind, as in the chain.
    pub fn kind(&self) -> &'static str {
        match self {
            Entry::Begun => "begun",
            Entry::HostsImported { .. } => "hosts_imported",
            Entry::InvitationsImported { .. } => "invitations_imported",
            Entry::Arrived { .. } => "arrived",
            Entry::ErrandQueued { .. } => "errand_queued",
            Entry::ErrandIs { .. } => "errand_is",
            Entry::BadgeSeen { .. } => "badge_seen",
            Entry::BadgeAgain(_) => "badge_again",
            Entry::Left => "left",
            Entry::LeftByNumber => "left_by_number",
            Entry::SignOutTakenBack { .. } => "sign_out_taken_back",
            Entry::SignOutConfirmed { .. } => "sign_out_confirmed",
            Entry::HostsSpared => "hosts_spared",
            Entry::Asked { .. } => "asked",
            Entry::CameBack => "came_back",
            Entry::AssumedLeft { .. } => "assumed_left",
            Entry::ClosesAt { .. } => "closes_at",
            Entry::Feedback(_) => "feedback",
            Entry::CaseOpened { .. } => "case_opened",
            Entry::CaseClosed { .. } => "case_closed",
            Entry::ParcelsCame(_) => "parcels_came",
            Entry::ParcelsReminded => "parcels_reminded",
            Entry::ParcelsCollected { .. } => "parcels_collected",
            Entry::Admitted { .. } => "admitted",
            Entry::Emergency { .. } => "emergency",
            Entry::Erased { .. } => "erased",
            Entry::Declined { .. } => "declined",
            Entry::PinSet { .. } => "pin_set",
            Entry::PinRemoved { .. } => "pin_removed",
            Entry::Unlocked { .. } => "unlocked",
            Entry::PinTried { .. } => "pin_tried",
            Entry::Corrected { .. } => "corrected",
            Entry::Reprinted { .. } => "reprinted",
            Entry::SignedOut { .. } => "signed_out",
            Entry::OnBehalf { .. } => "on_behalf",
            Entry::Pass { .. } => "pass",
            Entry::Settled { .. } => "settled",
            Entry::Invited { .. } => "invited",
            Entry::Watched { .. } => "watched",
            Entry::Sighted(_) => "sighted",
            Entry::RollCalled { .. } => "roll_called",
            Entry::RollIssued { .. } => "roll_issued",
            Entry::RollMarked { .. } => "roll_marked",
            Entry::RollEnded { .. } => "roll_ended",
            Entry::Exported { .. } => "exported",
            Entry::Checked { .. } => "checked",
            Entry::Stocked { .. } => "stocked",
            Entry::Forgotten { .. } => "forgotten",
            Entry::Wiped => "wiped",
            Entry::LookedOver { .. } => "looked_over",
            Entry::Sealed => "sealed",
            Entry::Restored { .. } => "restored",
        }
    }
}
