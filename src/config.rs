//! What facilities staff decide, out of `kiosk.toml`. Owns the values and their checks;
//! the built-in `kiosk.toml` explains every key.

mod closing;
mod opening;
mod read;
mod toml;
mod values;

pub use opening::Opening;
pub use toml::{Mistake, Mistakes};

use crate::visit::Kind;
use crate::words::{Lang, Texts};
use chrono::NaiveTime;
use std::path::PathBuf;
use std::time::Duration;

/// The `kiosk.toml` that is built into the program: runs anywhere, with nothing attached.
pub const BUILT_IN: &str = include_str!("../kiosk.toml");

/// Everything that can be configured. Paths are resolved against the folder of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `[company]`
    pub company: Company,
    /// `[reception]`
    pub reception: Reception,
    /// `[[language]]`, in the order of the switch on the screen; the first is the kiosk's own.
    pub languages: Vec<Language>,
    /// `[screen]`
    pub screen: Screen,
    /// `[book]`
    pub book: Book,
    /// `[visit]`
    pub visit: Visit,
    /// `[[visit_type]]`, in the order in which they are offered.
    pub visit_types: Vec<VisitType>,
    /// `[opening]`, if it is said when the house receives visitors.
    pub opening: Option<Opening>,
    /// `[[way]]`
    pub ways: Vec<Way>,
    /// What is said on every page while there is an emergency: `[emergency] notice`.
    pub emergency: Texts,
    /// `[wifi]`, if visitors get one.
    pub wifi: Option<Wifi>,
    /// `[scanner]`
    pub scanner: Scanner,
    /// `[printer]`
    pub printer: Printer,
    /// `[camera]`, if photos can be taken.
    pub camera: Option<Camera>,
    /// `[mail]`
    pub mail: Mail,
    /// `[staff]`
    pub staff: Staff,
    /// `[facilities]`
    pub facilities: Facilities,
    /// `[roll]`
    pub roll: Roll,
    /// The columns of lists that nobody reads: `[import] ignore`.
    pub import_ignore: Vec<String>,
    /// `[backup]`, if the book is copied every night.
    pub backup: Option<Backup>,
    /// Where files go that managers export on the screen: `[export] folder`; none: they cannot.
    pub export: Option<PathBuf>,
    /// `[[supply]]`, in the order in which they are shown.
    pub supplies: Vec<Supply>,
    /// `[[daily_check]]`, in the order in which they are ticked.
    pub daily_checks: Vec<DailyCheck>,
}

impl Config {
    /// How to get to a place: the way of the longest beginning that is known; empty where none is.
    pub fn way_to(&self, place: &Texts, lang: Lang) -> &str {
        let ways = self.ways.iter().filter(|way| way.leads_to(place));
        ways.max_by_key(|way| way.to.len()).map_or("", |way| way.say.get(lang))
    }

    /// The type of visit that is for parcels, where there is one.
    pub fn parcels(&self) -> Option<&VisitType> {
        self.visit_types.iter().find(|kind| kind.parcels)
    }

    /// What is kept of each type of visit.
    pub fn kinds(&self) -> Vec<Kind> {
        self.visit_types.iter().map(|kind| kind.kind.clone()).collect()
    }
}

/// Whose kiosk this is.
#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    /// The name at the head of every page.
    pub name: String,
    /// The accent colour, 0xRRGGBB.
    pub accent: u32,
    /// A picture for the head of every page (PNG); the accent colour's square without one.
    pub logo: Option<PathBuf>,
}

/// The people at the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Reception {
    /// Where visitors wait and are helped, as mails and pages say it.
    pub place: Texts,
    /// The telephone of reception; may be empty.
    pub phone: String,
    /// Where mails for reception go and where answers to the kiosk's mails go; none: nobody is told by mail.
    pub email: Option<String>,
    /// The language of mails to reception.
    pub lang: Lang,
    /// How long each who is asked whether a visitor may come in is given before the next one is asked.
    pub answer: Duration,
    /// How long whoever is responsible for a complaint has to answer it.
    pub case: Duration,
    /// How long parcels may lie before their recipient is written to again.
    pub remind: Duration,
    /// Until when the daily look round is to be done.
    pub checks_by: NaiveTime,
    /// How many numbered passes there are to lend when no badge can be printed.
    pub passes: u32,
    /// Of so many strangers within the time below the hosts are told by mail; further ones go to reception.
    pub walk_ins_to_hosts: u32,
    /// Within this time.
    pub walk_ins_within: Duration,
}

/// The receptionists' own pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    /// The file whose secret goes into every PIN's hash; made with the first PIN, readable by the kiosk only.
    pub pepper: PathBuf,
    /// Without a touch for this long, the pages are locked.
    pub lock: Duration,
}

/// Who looks after the kiosk.
#[derive(Clone, Debug, PartialEq)]
pub struct Facilities {
    /// Where the journal's daily seal goes, and what is wrong with the machine; none: nobody is told by mail.
    pub email: Option<String>,
    /// The language of these mails.
    pub lang: Lang,
}

/// Roll calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Roll {
    /// Who is written to besides reception.
    pub to: Vec<String>,
    /// What goes on paper where nobody with a PIN has called it.
    pub lobby: Lobby,
}

/// What of a roll call goes on paper. The names are mailed all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lobby {
    /// The names.
    Print,
    /// Nothing.
    Mail,
    /// How many people there are, and where.
    Numbers,
}

/// The nightly copy of the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// Where copies go.
    pub folder: PathBuf,
    /// So many are kept.
    pub keep: u32,
    /// When it is made.
    pub at: NaiveTime,
}

/// Something that must not run out.
#[derive(Clone, Debug, PartialEq)]
pub struct Supply {
    /// Its key in the book.
    pub id: String,
    /// What it is called.
    pub name: Texts,
    /// Below so many, whoever is responsible is written to.
    pub safety: u32,
    /// Who that is; none: reception.
    pub email: Option<String>,
    /// It is the printer's paper: so many metres are on a roll.
    pub roll_metres: Option<u32>,
}

/// Something that reception looks at every day.
#[derive(Clone, Debug, PartialEq)]
pub struct DailyCheck {
    /// Its key in the book.
    pub id: String,
    /// What is looked at.
    pub name: Texts,
}

/// One language of the switch.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// Its code.
    pub code: Lang,
    /// Its own name, as on the switch.
    pub name: String,
}

/// The touchscreen.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    /// Whether the window fills the screen.
    pub fullscreen: bool,
    /// Without a touch for this long, the visitor is asked whether they are still there.
    pub idle: Duration,
    /// How long the question stands before the page is reset; at least 20 s (WCAG 2.2.1).
    pub warning: Duration,
    /// How long the last page stays.
    pub thanks: Duration,
}

/// The SQLite file.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Where it is.
    pub path: PathBuf,
    /// Whether an empty book is given sample hosts and invitations.
    pub samples: bool,
}

/// Rules for visits.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Until when a badge is good, on the day of the visit; in the night after it, where the house closes after that.
    pub ends: NaiveTime,
    /// When the house closes: whoever has not signed out by then is taken to have left. Before noon: in the night after
    /// the day of the visit.
    pub closes: NaiveTime,
    /// After how many days a visit's personal data are deleted; said in the notice and on the pages.
    pub keep_days: u32,
    /// The folder of notices (`zh.md`, `en.md` …); the built-in ones without it.
    pub notices: Option<PathBuf>,
    /// For how many months a safety instruction need not be gone through again.
    pub safety_months: u32,
    /// For how many months those are remembered who want to be; 0: nobody is asked.
    pub remember_months: u32,
}

/// What a visitor without an invitation may come for.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitType {
    /// What is kept with each visit.
    pub kind: Kind,
    /// Whether the company is asked for.
    pub company: Ask,
    /// Whether the telephone number is asked for.
    pub phone: Ask,
    /// What is offered when the purpose is asked for; empty: it is not asked for.
    pub purposes: Vec<Texts>,
    /// Who says whether the visitor may come in.
    pub admits: Admits,
    /// How long the badge is good at most; none: until the visiting hours end.
    pub longest: Option<Duration>,
    /// The folder of notices of its own; the general ones without it.
    pub notice: Option<PathBuf>,
    /// A badge template of its own; the general one without it.
    pub badge: Option<PathBuf>,
    /// Whether a photo is taken for the badge of those who agree to it.
    pub photo: bool,
    /// Whether the visitor signs the notice.
    pub signature: bool,
    /// The safety instruction to go through.
    pub safety: Option<Instruction>,
    /// It is for parcels: nobody comes in, and nothing but `id` and `name` means anything.
    pub parcels: bool,
}

/// Where a safety instruction comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Instruction {
    /// The one that is built in.
    BuiltIn,
    /// A folder with one file for each language.
    Folder(PathBuf),
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// It is not.
    No,
    /// It may be left out.
    May,
    /// It is needed.
    Must,
}

/// Who says whether a visitor may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admits {
    /// Nobody: they may.
    Nobody,
    /// The host, or who stands in.
    Host,
    /// Reception.
    Reception,
}

/// How to get from reception to a room, a floor or a house.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// How the places of hosts begin that this is the way to.
    pub to: String,
    /// The way.
    pub say: Texts,
    /// The safety instruction that whoever sees a host there goes through.
    pub safety: Option<Instruction>,
}

impl Way {
    /// Whether this place, in any language, begins as the way's places do.
    pub fn leads_to(&self, place: &Texts) -> bool {
        std::iter::once(&place.base).chain(place.by.values()).any(|place| place.starts_with(&self.to))
    }
}

/// The network for visitors.
#[derive(Clone, Debug, PartialEq)]
pub struct Wifi {
    /// The network's name.
    pub name: String,
    /// Its password; may be empty.
    pub password: String,
}

/// The QR scanner.
#[derive(Clone, Debug, PartialEq)]
pub struct Scanner {
    /// A serial device; without it, the scanner types like a keyboard.
    pub device: Option<PathBuf>,
    /// The serial device's speed in baud.
    pub baud: u32,
    /// What the scanner is set to send before each code; may be empty, and hold control characters.
    pub prefix: String,
    /// What it is set to send behind each code besides Enter; may be empty.
    pub suffix: String,
}

/// The badge printer.
#[derive(Clone, Debug, PartialEq)]
pub struct Printer {
    /// Where badges go.
    pub kind: PrinterKind,
    /// Dots across the paper: 384, 512, 576 or 640.
    pub width: u32,
    /// The badge's template; the built-in one without it.
    pub template: Option<PathBuf>,
}

/// Where badges go.
#[derive(Clone, Debug, PartialEq)]
pub enum PrinterKind {
    /// An ESC/POS printer on USB.
    Usb(UsbPrinter),
    /// `.png` and `.bin` files in this folder.
    File(PathBuf),
}

/// Which USB printer, and how to talk to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsbPrinter {
    /// Vendor and product id, where the printer has no printer class or there are several.
    pub id: Option<(u16, u16)>,
    /// Whether the printer is asked how it is.
    pub status: AskStatus,
}

/// Whether a printer is asked how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskStatus {
    /// Asked; what it can answer is found out at connection.
    Auto,
    /// Never asked: some printers freeze or print the question.
    Never,
}

/// Where photos for badges come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Camera {
    /// A V4L2 device.
    Device(PathBuf),
    /// Always this picture (PNG), for trying out.
    Picture(PathBuf),
}

/// Mails.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// The sender: `Name <address>` or an address.
    pub from: String,
    /// Where mails go.
    pub kind: MailKind,
}

/// Where mails go.
#[derive(Clone, Debug, PartialEq)]
pub enum MailKind {
    /// To a mail server.
    Smtp(Smtp),
    /// `.eml` files in this folder.
    Folder(PathBuf),
}

/// How to reach the mail server.
#[derive(Clone, Debug, PartialEq)]
pub struct Smtp {
    /// Its host name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user to log in as; none: no login.
    pub user: Option<String>,
    /// The file that holds the password: never the password itself.
    pub password_file: Option<PathBuf>,
    /// A PEM file of a certificate authority to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// How long one answer may take.
    pub timeout: Duration,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// STARTTLS, and nothing is said before it (port 587).
    StartTls,
    /// None; only for a server on this machine.
    None,
}
