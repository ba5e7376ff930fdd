//! Errands: what must be done outside the program, each complete in itself, and what came of it.
//! Owns the words for both and the rule when to try again; runs nothing and keeps nothing.

mod fault;

pub use fault::Fault;

use crate::files;
use crate::now::Wall;
use crate::visit::{Asked, BadgeNumber, Host, Photo, Token, Visit, Wanted};
use crate::words::Lang;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// An errand's name in the book: UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ErrandId(pub Uuid);

/// Something to be done outside the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// Its key; a mail's Message-ID is made from it.
    pub id: ErrandId,
    /// The visit or the delivery that it is for.
    pub subject: Uuid,
    /// What is to be done, with all that is needed for it.
    pub work: Work,
    /// How often it was begun before this time.
    pub tries: u32,
    /// After this moment it is no use any more.
    pub good_until: Wall,
}

/// What is to be done. A runner needs nothing but this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    /// Print this badge.
    Badge(Badge),
    /// Write this letter and send it.
    Letter(Letter),
    /// Print this page of a roll call.
    Roll(RollPage),
    /// Print this sheet of numbers.
    Numbers(NumbersSheet),
    /// Copy the book.
    Backup(Backup),
    /// Write visits or numbers into a file.
    Export(Export),
}

impl Work {
    /// Which runner's it is.
    pub fn kind(&self) -> Kind {
        match self {
            Work::Badge(_) | Work::Roll(_) | Work::Numbers(_) => Kind::Paper,
            Work::Letter(_) => Kind::Letter,
            Work::Backup(_) | Work::Export(_) => Kind::File,
        }
    }

    /// What is to be written, where it is a letter.
    pub fn as_letter(&self) -> Option<&Letter> {
        match self {
            Work::Letter(letter) => Some(letter),
            Work::Badge(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => None,
        }
    }
}

/// The kinds of errand; each kind has its own runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// For the printer.
    Paper,
    /// For the mail.
    Letter,
    /// For files: copies of the book, and what is exported.
    File,
}

/// One page of a roll call, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollPage {
    /// When the roll was called.
    pub at: Wall,
    /// It is a drill.
    pub drill: bool,
    /// Which page, from 1.
    pub page: u32,
    /// Of how many.
    pub pages: u32,
    /// How many people are on site, on all pages.
    pub people: u32,
    /// Who is on this page, by area and host.
    pub lines: Vec<RollLine>,
    /// The language of the words.
    pub lang: Lang,
    /// Which list of this roll: 0 is the first.
    #[serde(default)]
    pub issue: u32,
    /// When the list was made, where that is not when the roll was called.
    #[serde(default)]
    pub listed: Option<Wall>,
    /// In place of the names: how many people there are at each place.
    #[serde(default)]
    pub counts: Vec<(String, u32)>,
    /// How many besides are said to have left: by the number of their badge alone.
    #[serde(default)]
    pub said_left: u32,
}

/// One person of a roll call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollLine {
    /// In the order of the paper, from 1.
    pub place: u32,
    /// Where they are to be found.
    pub area: String,
    /// Whom they see.
    pub host: String,
    /// The host's telephone; may be empty.
    pub host_phone: String,
    /// The visitor's name.
    pub name: String,
    /// Their company; may be empty.
    pub company: String,
    /// Their number, such as A017.
    pub number: String,
    /// What is ticked of them; none: nothing is known yet.
    #[serde(default)]
    pub mark: Option<RollMark>,
    /// When they were signed out by the number of their badge alone.
    #[serde(default)]
    pub said_left: Option<Wall>,
}

/// What somebody said of one person of a roll call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollMark {
    /// They are safe; else missing.
    pub safe: bool,
    /// When that was said.
    pub at: Wall,
}

/// What was counted in a period, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersSheet {
    /// The period, such as 2026-11.
    pub period: String,
    /// When it was counted.
    pub at: Wall,
    /// What was counted, each with its heading.
    pub tables: Vec<NumbersTable>,
    /// The language of the words.
    pub lang: Lang,
}

/// Some of these numbers under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersTable {
    /// The heading.
    pub title: String,
    /// What is counted, how many there are, and for how long a bar that stands, in thousandths of the longest; none: it
    /// is no share of anything.
    pub lines: Vec<(String, String, Option<u16>)>,
}

/// A file that leaves the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The file, with its folder; its ending is its format.
    pub file: std::path::PathBuf,
    /// What is to be in it.
    pub what: Exported,
    /// The language of its words.
    pub lang: Lang,
    /// Who wanted it.
    pub by: String,
}

/// What a file is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exported {
    /// Visits.
    Visits(Wanted),
    /// Numbers of a period.
    Numbers {
        /// What it is called, such as 2026-11.
        period: String,
        /// From this moment.
        from: Wall,
        /// Until before this one.
        until: Wall,
    },
}

/// Where the book is copied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The folder.
    pub folder: std::path::PathBuf,
    /// So many copies are kept.
    pub keep: u32,
}

/// What an invitation's letter carries besides words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The invitation's key: the same appointment in the visitor's calendar.
    pub id: String,
    /// What its QR code says.
    pub token: Token,
    /// What can be typed instead.
    pub code: String,
    /// From when it is good.
    pub from: Wall,
    /// Until when.
    pub until: Wall,
    /// On which days of the week, as in [`crate::visit::Invitation`]; 0: once at all.
    pub days: u8,
    /// The time from then until then in pieces within which no clock is set; none: it is one piece.
    #[serde(default)]
    pub pieces: Vec<(Wall, Wall)>,
    /// Where the host is; may be empty.
    pub place: String,
    /// How often the invitation was changed: a calendar takes the newest.
    pub sequence: u32,
}

/// All that stands on a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    /// Its number.
    pub number: BadgeNumber,
    /// What its QR code says.
    pub token: Token,
    /// The visitor's name.
    pub name: String,
    /// The visitor's company; may be empty.
    pub company: String,
    /// Whom they see.
    pub host: String,
    /// The host's department; may be empty.
    pub department: String,
    /// Where the host is; may be empty.
    pub place: String,
    /// Until when it is good.
    pub good_until: Wall,
    /// The language of the small print.
    pub lang: Lang,
    /// What the visitor comes for; empty with an invitation.
    #[serde(default)]
    pub visit_type: String,
    /// Its key, by which its template is chosen; empty with an invitation.
    #[serde(default)]
    pub kind_id: String,
    /// Whether the visitor must not be alone.
    #[serde(default)]
    pub escort: bool,
    /// The visitor's photo; kept with the visit, and added when the errand is handed out.
    #[serde(skip)]
    pub photo: Option<Photo>,
}

impl Badge {
    /// The badge of this visit to this host, in the visitor's language.
    pub fn of(visit: &Visit, host: &Host) -> Self {
        let details = &visit.details;
        Self {
            number: visit.badge,
            token: visit.badge_token.clone(),
            name: details.name.to_string(),
            company: details.company.as_ref().map(ToString::to_string).unwrap_or_default(),
            host: host.name.get(visit.lang).to_owned(),
            department: host.department.get(visit.lang).to_owned(),
            place: host.place.get(visit.lang).to_owned(),
            good_until: visit.good_until,
            lang: visit.lang,
            visit_type: visit
                .kind
                .as_ref()
                .map(|kind| kind.name.get(visit.lang).to_owned())
                .unwrap_or_default(),
            kind_id: visit.kind.as_ref().map(|kind| kind.id.clone()).unwrap_or_default(),
            escort: visit.kind.as_ref().is_some_and(|kind| kind.escort),
            photo: None,
        }
    }
}

/// Facts for one mail; the wording is made from them when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Why it is written.
    pub about: About,
    /// The address it goes to.
    pub to: String,
    /// The name of whom it goes to.
    pub to_name: String,
    /// The language it is written in.
    pub lang: Lang,
    /// The visitor's name; who brought the parcels, where that is known.
    pub visitor: String,
    /// The visitor's company; may be empty.
    pub company: String,
    /// How many more people came along; how many parcels came; how many of a roll are said to have left.
    pub party: u8,
    /// The host's name.
    pub host: String,
    /// The number of the badge, or of the delivery.
    #[serde(alias = "badge")]
    pub number: String,
    /// When they arrived.
    pub arrived: Wall,
    /// What they come for, as it is called; empty with an invitation.
    #[serde(default)]
    pub visit_type: String,
    /// The same in their own words; may be empty.
    #[serde(default)]
    pub purpose: String,
    /// Where they wait, or parcels lie; may be empty.
    pub waiting_at: String,
    /// Until when it is to be answered.
    #[serde(default)]
    pub due: Option<Wall>,
    /// Lines of their own, such as the people of a roll call.
    #[serde(default)]
    pub lines: Vec<String>,
    /// The invitation that it carries.
    #[serde(default)]
    pub ticket: Option<Box<Ticket>>,
    /// What its reader must know besides.
    #[serde(default)]
    pub circumstances: Circumstances,
}

impl Letter {
    /// Whom it goes to, as they are called; where they have no name, their address.
    pub fn name_or_address(&self) -> &str {
        if self.to_name.is_empty() { &self.to } else { &self.to_name }
    }
}

/// How a letter came to its reader, and how the visitor comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// Who reads it.
    pub reader: Reader,
    /// What became of those who come before this reader.
    pub earlier: Earlier,
    /// The visitor must not be alone.
    pub escort: bool,
    /// Whose group the visitor joins, by the leader's name; empty: they join none.
    pub group: String,
    /// That group waits for the same answer.
    pub together: bool,
    /// The telephone number of whoever complained and said who they are; may be empty.
    pub phone: String,
    /// Where the visitor goes by themselves; empty where they wait, or it is not said.
    pub heads_to: String,
    /// The visitor could not sign on the screen: reception is to sign with them.
    pub unsigned: bool,
    /// Others come with them and register by themselves.
    pub others: bool,
}

/// Who reads a letter about a visitor or about parcels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// Whom it is all about.
    #[default]
    Host,
    /// Whoever is there for the department.
    Contact,
    /// Who stands in for the host.
    Deputy,
    /// Reception.
    Reception,
}

impl From<Asked> for Reader {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::Host => Self::Host,
            Asked::Deputy => Self::Deputy,
            Asked::Reception => Self::Reception,
        }
    }
}

/// What became of those who are asked before somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earlier {
    /// There is nobody, or it is not known.
    #[default]
    Nobody,
    /// They have not answered.
    Silent,
    /// They cannot be written to.
    Unreachable,
    /// They were not written to: so many strangers came within minutes.
    Spared,
}

/// Why a letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// To the host: your visitor is here.
    Arrival,
    /// To whoever is responsible: a complaint is to be answered.
    Case,
    /// To whom parcels are for: they are here.
    Parcels {
        /// Somebody must come and sign.
        to_sign: bool,
        /// It was written before, and nobody came.
        again: bool,
    },
    /// To the host: your visitor, who had left, is back.
    CameBack,
    /// To the one who is asked: may this visitor come in?
    MayCome(Asked),
    /// To reception: this visitor is registered and has no badge; carries why.
    NoBadge(Trouble),
    /// To reception: nobody saw whether this badge came out; carries why.
    BadgeUnknown(Trouble),
    /// To a visitor: you are invited, or no longer.
    Invited {
        /// No longer.
        cancelled: bool,
    },
    /// To those who must know: who is on site.
    Roll {
        /// It is a drill.
        drill: bool,
    },
    /// To whoever is responsible: something runs out.
    Supply,
    /// To facilities: the hash of the journal's last line.
    Seal,
    /// To facilities: the book was not copied; carries why.
    NoBackup(Trouble),
    /// To facilities: something in the book is not as it was written.
    Damaged,
}

impl About {
    /// Whether it goes to a visitor who is not here yet.
    pub fn is_invitation(self) -> bool {
        matches!(self, Self::Invited { .. })
    }
}

/// What is wrong with a device or a server, out of a small vocabulary. Each has its own sentence
/// for visitors and for staff.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The printer has no paper.
    PaperOut,
    /// The printer's cover is open.
    CoverOpen,
    /// The printer says it is offline.
    Offline,
    /// There is no printer, or it was pulled out.
    Unplugged,
    /// The printer reports an error (cutter, temperature, or one that needs a power cycle).
    PrinterError,
    /// The printer takes no bytes or gives no answer in time.
    Mute,
    /// The kiosk may not use the printer.
    NoAccess,
    /// Another program holds the printer.
    Busy,
    /// The badge cannot be laid out: the font lacks this character.
    MissingGlyph(char),
    /// The badge's template cannot be used.
    BadTemplate,
    /// The mail server cannot be reached, or it broke off.
    MailUnreachable,
    /// The mail server says: later (4xx).
    MailLater,
    /// The mail server refuses this mail for good (5xx).
    MailRefused,
    /// The mail server does not accept the login.
    MailLogin,
    /// The mail server's certificate is not trusted, or there is no TLS where it must be.
    MailTls,
    /// The address or another part of the mail cannot be written.
    BadLetter,
    /// The folder that badges, mails or other files go to cannot be written.
    FolderUnwritable,
    /// The disk that the file goes to is full.
    DiskFull,
    /// The program ended while this was being done.
    Interrupted,
    /// It was not done in time.
    Late,
    /// The book could not be copied, or the copy is not whole.
    CopyFailed,
    /// What was to be exported could not be read out of the book, or is too much for one file.
    ExportFailed,
}

impl Trouble {
    /// What a folder has that refused a file.
    pub fn of_folder(problem: &std::io::Error) -> Self {
        if files::is_full(problem) { Self::DiskFull } else { Self::FolderUnwritable }
    }
}

impl std::fmt::Debug for Trouble {
    /// Its name alone: a character of a visitor's name is no business of a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => f.write_str(&name),
            _ => f.write_str("missing_glyph"),
        }
    }
}

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done, and how surely that is known.
    Done(Seen),
    /// Nothing was taken by the other side: it may be tried again unasked.
    NotYet(Trouble),
    /// It was refused for good: trying again is no use.
    Failed(Trouble),
    /// Something was taken and the end was not seen: somebody must look.
    Unknown(Trouble),
}

/// How surely a thing is known to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The other side confirmed it: the printer that it printed, the mail server that it took the mail.
    Confirmed,
    /// It was handed over whole; the other side never answers. Never to be called printed.
    HandedOver,
}

/// Where an errand stands in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for its turn; carries what went wrong the last time.
    Queued(Option<Trouble>),
    /// A runner has it.
    Sending,
    /// Done.
    Done(Seen),
    /// It will not be done.
    Failed(Trouble),
    /// Nobody saw the end.
    Unknown(Trouble),
}

/// How the printer is, as last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterState {
    /// Not looked at yet.
    NotSeen,
    /// It can print; whether its paper is near the end.
    Ready {
        /// The near-end sensor reports little paper.
        paper_low: bool,
    },
    /// It cannot print now.
    Trouble(Trouble),
}

/// What the back tells the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The photo with this number was taken; none: the camera gave no picture.
    Photo(u32, Option<Photo>),
    /// Whether the camera gives pictures, as far as is known; told at start, after each photo, and now and then.
    Camera(bool),
    /// An errand was run.
    Ran(ErrandId, Outcome),
    /// So much of the disk is free, in percent.
    Disk(u8),
    /// So much paper went through the printer, in millimetres.
    Fed(u32),
    /// The book was looked over; what is not as it was written.
    LookedOver(Vec<Fault>),
    /// The printer is so now; told at start and whenever it changes.
    Printer(PrinterState),
}

/// How long a badge may wait for the printer while nobody asks for it.
pub const BADGE_GOOD_FOR: Duration = Duration::from_secs(2 * 60);
/// How long each badge of a group may take the printer, at most; so much longer the next one may wait.
pub const BADGE_TAKES: Duration = Duration::from_secs(10);
/// How long a mail about a complaint is worth sending.
pub const CASE_GOOD_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How long a mail about parcels is worth sending.
pub const PARCELS_GOOD_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a mail to the office (a roll call, supplies, the journal's seal) is worth sending.
pub const OFFICE_GOOD_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How long a page of a roll call may wait for the printer.
pub const ROLL_GOOD_FOR: Duration = Duration::from_secs(30 * 60);
/// How long a sheet of numbers may wait for the printer: whoever wants it stands beside it.
pub const NUMBERS_GOOD_FOR: Duration = Duration::from_secs(2 * 60);
/// How long a file may be waited for.
pub const EXPORT_GOOD_FOR: Duration = Duration::from_secs(10 * 60);
/// How long a copy of the book may be tried.
pub const BACKUP_GOOD_FOR: Duration = Duration::from_secs(6 * 60 * 60);
/// How long an arrival mail is worth sending.
pub const ARRIVAL_GOOD_FOR: Duration = Duration::from_secs(2 * 60 * 60);

/// The shortest and the longest wait before another try, by kind.
fn waits(kind: Kind) -> (Duration, Duration) {
    match kind {
        // A person changes a roll in half a minute; looking costs a printer nothing.
        Kind::Paper => (Duration::from_secs(1), Duration::from_secs(4)),
        Kind::File => (Duration::from_secs(60), Duration::from_secs(10 * 60)),
        Kind::Letter => (Duration::from_secs(5), Duration::from_secs(10 * 60)),
    }
}

/// The longest that any errand waits for its next try. A later `next try` in the book means that the
/// wall clock was set back.
pub const LONGEST_WAIT: Duration = Duration::from_secs(10 * 60);

/// How long to wait before the next try of an errand that was begun `tries` times: doubling, capped,
/// with full jitter over the upper half, drawn from the errand's own id so that the same book always
/// behaves the same.
pub fn wait_before_retry(kind: Kind, id: ErrandId, tries: u32) -> Duration {
    let (shortest, longest) = waits(kind);
    let ceiling = shortest.saturating_mul(1 << tries.min(16)).min(longest);
    let mut seed = u64::from(tries).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15); // SplitMix64's increment
    for chunk in id.0.as_bytes().chunks(8) {
        for byte in chunk {
            seed = (seed ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3); // FNV-1a's prime
        }
    }
    let share = (seed >> 11) as f64 / (1u64 << 53) as f64;
    (ceiling / 2 + ceiling.mul_f64(share / 2.0)).max(shortest / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        let id = ErrandId(Uuid::from_u128(7));
        for kind in [Kind::Paper, Kind::Letter, Kind::File] {
            let (shortest, longest) = waits(kind);
            for tries in 0..40 {
                let wait = wait_before_retry(kind, id, tries);
                assert!(
                    wait >= shortest / 2 && wait <= longest && wait <= LONGEST_WAIT,
                    "{kind:?} {tries} {wait:?}"
                );
            }
            assert!(wait_before_retry(kind, id, 30) > wait_before_retry(kind, id, 0));
        }
    }

    #[test]
    fn two_errands_do_not_knock_at_the_same_time() {
        let wait = |n| wait_before_retry(Kind::Letter, ErrandId(Uuid::from_u128(n)), 5);
        assert_ne!(wait(1), wait(2));
        assert_eq!(wait(1), wait(1));
    }
}
