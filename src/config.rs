//! What facilities staff decide, out of `kiosk.toml`. Owns the values and their checks;
//! the built-in `kiosk.toml` explains every key.

mod backup;
mod book;
mod camera;
mod closing;
mod company;
mod daily_check;
mod facilities;
mod instruction;
mod language;
mod mail;
mod opening;
mod printer;
mod reception;
mod roll;
mod scanner;
mod screen;
mod staff;
mod supply;
mod table;

mod values;
mod visit;
mod visit_type;
mod way;
mod wifi;

pub use backup::Backup;
pub use book::Book;
pub use camera::Camera;
pub use company::Company;
pub use daily_check::DailyCheck;
pub use facilities::Facilities;
pub use instruction::Instruction;
pub use language::Language;
pub use mail::{Mail, MailKind, Security, Smtp};
pub use opening::Opening;
pub use printer::{AskStatus, Printer, PrinterKind, UsbPrinter};
pub use reception::Reception;
pub use roll::{Lobby, Roll};
pub use scanner::Scanner;
pub use screen::Screen;
pub use staff::Staff;
pub use supply::Supply;
pub use table::{Mistake, Mistakes};
pub use visit::Visit;
pub use visit_type::{Admits, Ask, VisitType};
pub use way::Way;
pub use wifi::Wifi;

use crate::files::named;
use crate::visit::Kind;
use crate::words::{Lang, Texts};
use std::path::{Path, PathBuf};
use table::{Reader, Table};
use toml::de::DeTable;
use values::{list_of_names, texts, truth};

/// The `kiosk.toml` that is built into the program: runs anywhere, with nothing attached.
pub const BUILT_IN: &str = include_str!("../kiosk.toml");

/// Everything that can be configured. Paths are resolved against the folder of the file.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The configuration that is built into the program.
    pub fn built_in() -> Self {
        let mut config = read(BUILT_IN, Path::new("."), &Self::default()).0;
        config.book.samples = true;
        config
    }

    /// The configuration of a file.
    ///
    /// # Errors
    /// The file cannot be read, or every mistake in it.
    pub fn read(file: &Path) -> Result<Self, Mistakes> {
        let name = file.display().to_string();
        let text = named::read_text(file).map_err(|problem| Mistakes {
            file: name.clone(),
            all: vec![Mistake { line: 0, what: format!("it cannot be read: {problem}") }],
        })?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self::parse(&text, folder).map_err(|all| Mistakes { file: name, all })
    }

    /// The configuration in a text; its paths count from `folder`.
    ///
    /// # Errors
    /// Every mistake, by line.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, Vec<Mistake>> {
        match read(text, folder, &Self::built_in()) {
            (config, mistakes) if mistakes.is_empty() => Ok(config),
            (_, mistakes) => Err(mistakes),
        }
    }

    /// Every table, in the order in which they are told of where one is unknown.
    fn of(root: &mut Table<'_>, default: &Self) -> Self {
        let company = root.table("company", |table| Company::read(table, &default.company));
        let reception = root.table("reception", |table| Reception::read(table, &default.reception));
        let mailed = reception.email.is_some();
        Self {
            company,
            reception,
            languages: root.list("language", Language::read).unwrap_or_else(|| default.languages.clone()),
            screen: root.table("screen", |table| Screen::read(table, &default.screen)),
            book: root.table("book", |table| Book::read(table, &default.book)),
            visit: root.table("visit", |table| Visit::read(table, &default.visit)),
            visit_types: root
                .list("visit_type", VisitType::read)
                .unwrap_or_else(|| default.visit_types.clone()),
            opening: root.optional("opening", Opening::read),
            ways: root.list("way", Way::read).unwrap_or_default(),
            emergency: root
                .table("emergency", |table| table.key("notice", texts))
                .unwrap_or_else(|| default.emergency.clone()),
            wifi: root.optional("wifi", Wifi::read),
            scanner: root.table("scanner", |table| Scanner::read(table, &default.scanner)),
            printer: root.table("printer", |table| Printer::read(table, &default.printer)),
            camera: root.optional("camera", Camera::read),
            mail: root.table("mail", |table| Mail::read(table, &default.mail)),
            staff: root.table("staff", |table| Staff::read(table, &default.staff)),
            facilities: root.table("facilities", |table| Facilities::read(table, &default.facilities)),
            roll: root.table("roll", |table| Roll::read(table, mailed)),
            import_ignore: root
                .table("import", |table| table.key("ignore", list_of_names))
                .unwrap_or_default(),
            backup: root.optional("backup", Backup::read),
            export: root.table("export", |table| {
                let folder = table.path("folder");
                let folder = folder.or_else(|| Some(table.in_folder(default.export.as_deref()?)));
                let managers = table.key("managers", truth).unwrap_or(true);
                folder.filter(|_| managers)
            }),
            supplies: root.list("supply", Supply::read).unwrap_or_else(|| default.supplies.clone()),
            daily_checks: root
                .list("daily_check", DailyCheck::read)
                .unwrap_or_else(|| default.daily_checks.clone()),
        }
    }

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

/// Reads on after every mistake, with `default` for what is left out or wrong.
fn read(text: &str, folder: &Path, default: &Config) -> (Config, Vec<Mistake>) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let reader = Reader::new(text);
    let (entries, broken) = DeTable::parse_recoverable(text);
    for problem in &broken {
        reader.wrong(&problem.span().unwrap_or(0..0), problem.message().to_owned());
    }
    let mut root = Table::root(entries.get_ref(), &reader, folder);
    let config = Config::of(&mut root, default);
    root.finish();
    (config, reader.finish())
}
