//! From the text of `kiosk.toml` to the configuration. What is left out stands as in the built-in file.

use super::opening::{DAYS, Opening, hours};
use super::toml::{Entry, Mistake, Mistakes, Reader, Table};
use super::values::{
    a_path, address, colour, filled, list_of_addresses, list_of_days, list_of_names, list_of_texts, number,
    one_of, parsed, sender, spoken, text, texts, truth, usb_id,
};
use super::{
    Admits, Ask, AskStatus, BUILT_IN, Backup, Book, Camera, Company, Config, DailyCheck, Facilities,
    Instruction, Language, Lobby, Mail, MailKind, Printer, PrinterKind, Reception, Roll, Scanner, Screen,
    Security, Smtp, Staff, Supply, UsbPrinter, Visit, VisitType, Way, Wifi,
};
use crate::files::named;
use crate::typed::time;
use crate::visit::Kind;
use crate::words::{Lang, Texts};
use chrono::NaiveTime;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::de::{DeTable, DeValue};

/// The dots across the paper that badges can be laid out for.
const WIDTHS: [u32; 4] = [384, 512, 576, 640];
/// The keys of a type of visit that speak of somebody who comes in.
const FOR_VISITORS: [&str; 12] = [
    "company",
    "phone",
    "purposes",
    "admits",
    "longest_hours",
    "escort",
    "returns",
    "photo",
    "signature",
    "notice",
    "badge",
    "safety",
];

impl Config {
    /// The configuration that is built into the program.
    pub fn built_in() -> Self {
        let mut config = read(BUILT_IN, Path::new("."), None).0;
        config.book.samples = true;
        config
    }

    /// The configuration of a file.
    ///
    /// # Errors
    /// The file cannot be read, or every mistake in it.
    pub fn read(file: &Path) -> Result<Self, Mistakes> {
        let name = file.display().to_string();
        let text = load(file)
            .map_err(|what| Mistakes { file: name.clone(), all: vec![Mistake { line: 0, what }] })?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self::parse(&text, folder).map_err(|all| Mistakes { file: name, all })
    }

    /// The configuration in a text; its paths count from `folder`.
    ///
    /// # Errors
    /// Every mistake, by line.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, Vec<Mistake>> {
        match read(text, folder, Some(&Self::built_in())) {
            (config, mistakes) if mistakes.is_empty() => Ok(config),
            (_, mistakes) => Err(mistakes),
        }
    }
}

fn load(file: &Path) -> Result<String, String> {
    named::read_text(file).map_err(|problem| format!("it cannot be read: {problem}"))
}

/// Reads on after every mistake, with `default` for what is left out or wrong.
fn read(text: &str, folder: &Path, default: Option<&Config>) -> (Config, Vec<Mistake>) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = Reader::new(text);
    let (root, broken) = DeTable::parse_recoverable(text);
    for problem in &broken {
        reader.wrong(&problem.span().unwrap_or(0..0), problem.message().to_owned());
    }
    let bare = Config::bare();
    let default = default.unwrap_or(&bare);
    let mut root = Table::new("", Some(root.get_ref()), 0..0);
    let mut all = Tables { root: &mut root, reader: &mut reader, folder };
    let company = all.company(&default.company);
    let reception = all.reception(&default.reception);
    let reception_is_mailed = reception.email.is_some();
    let config = Config {
        company,
        reception,
        languages: all.languages(&default.languages),
        screen: all.screen(&default.screen),
        book: all.book(&default.book),
        visit: all.visit(&default.visit),
        visit_types: all.visit_types(&default.visit_types),
        opening: all.opening(),
        ways: all.ways(),
        emergency: all.emergency(&default.emergency),
        wifi: all.wifi(),
        scanner: all.scanner(&default.scanner),
        printer: all.printer(&default.printer),
        camera: all.camera(),
        mail: all.mail(&default.mail),
        staff: all.staff(&default.staff),
        facilities: all.facilities(&default.facilities),
        roll: all.roll(reception_is_mailed),
        import_ignore: all.import(),
        backup: all.backup(),
        export: all.export(default.export.as_deref()),
        supplies: all.supplies(&default.supplies),
        daily_checks: all.daily_checks(&default.daily_checks),
    };
    root.finish(&mut reader);
    (config, reader.finish())
}

struct Tables<'r, 'a, 't> {
    root: &'r mut Table<'a, 't>,
    reader: &'r mut Reader,
    folder: &'r Path,
}

impl<'a, 't> Tables<'_, 'a, 't> {
    fn table(&mut self, name: &'static str) -> Table<'a, 't> {
        let Some(entry) = self.root.take(name) else { return Table::new(name, None, 0..0) };
        let entries = entry.get_ref().as_table();
        if entries.is_none() {
            let list =
                entry.get_ref().as_array().is_some_and(|all| all.iter().any(|one| one.get_ref().is_table()));
            let right = if list {
                "one bracket is expected: there is only one such table"
            } else {
                "a table is expected"
            };
            self.reader.wrong(&entry.span(), format!("[{name}]: {right}"));
        }
        Table::new(name, entries, entry.span())
    }

    fn seconds(
        &mut self,
        table: &mut Table<'a, 't>,
        key: &'static str,
        least: u32,
        default: Duration,
    ) -> Duration {
        let seconds = table.read(self.reader, key, number(least..=3600));
        seconds.map_or(default, |seconds| Duration::from_secs(u64::from(seconds)))
    }

    fn path(&mut self, table: &mut Table<'a, 't>, key: &'static str) -> Option<PathBuf> {
        table.read(self.reader, key, a_path).map(|path| self.folder.join(path))
    }

    fn company(&mut self, default: &Company) -> Company {
        let mut table = self.table("company");
        let company = Company {
            name: table.read(self.reader, "name", filled).unwrap_or_else(|| default.name.clone()),
            accent: table
                .read(self.reader, "accent", parsed("a colour such as \"#0E6B58\"", colour))
                .unwrap_or(default.accent),
            logo: self.path(&mut table, "logo"),
        };
        table.finish(self.reader);
        company
    }

    fn reception(&mut self, default: &Reception) -> Reception {
        let mut table = self.table("reception");
        let reception = Reception {
            place: table.read(self.reader, "place", texts).unwrap_or_else(|| default.place.clone()),
            phone: table.read(self.reader, "phone", text).unwrap_or_else(|| default.phone.clone()),
            email: table.read(self.reader, "email", parsed("a mail address", address)),
            lang: table.read(self.reader, "lang", parsed("\"zh\" or \"en\"", spoken)).unwrap_or(default.lang),
            answer: table
                .read(self.reader, "answer_minutes", number(1..=120))
                .map_or(default.answer, |minutes| Duration::from_secs(u64::from(minutes) * 60)),
            case: table
                .read(self.reader, "case_days", number(1..=60))
                .map_or(default.case, |days| Duration::from_secs(u64::from(days) * 86_400)),
            remind: table
                .read(self.reader, "parcel_hours", number(1..=72))
                .map_or(default.remind, |hours| Duration::from_secs(u64::from(hours) * 3600)),
            checks_by: table
                .read(self.reader, "checks_by", parsed("a time such as \"09:30\"", time))
                .unwrap_or(default.checks_by),
            passes: table.read(self.reader, "passes", number(0..=999)).unwrap_or(default.passes),
            walk_ins_to_hosts: table
                .read(self.reader, "walk_ins_to_hosts", number(1..=1000))
                .unwrap_or(default.walk_ins_to_hosts),
            walk_ins_within: table
                .read(self.reader, "walk_ins_minutes", number(1..=1440))
                .map_or(default.walk_ins_within, |minutes| Duration::from_secs(u64::from(minutes) * 60)),
        };
        table.finish(self.reader);
        reception
    }

    /// The tables of a list such as `[[language]]`; none where it is left out or is no list.
    fn list(&mut self, name: &'static str) -> Option<Vec<Table<'a, 't>>> {
        let entry = self.root.take(name)?;
        let Some(array) = entry.get_ref().as_array().filter(|array| !array.is_empty()) else {
            let right = match entry.get_ref().is_table() {
                true => "two brackets are expected: each is a table of its own",
                false => "at least one table is expected",
            };
            self.reader.wrong(&entry.span(), format!("[[{name}]]: {right}"));
            return None;
        };
        let table =
            |entry: Entry<'a, 't>| Table::new(&format!("[{name}]"), entry.get_ref().as_table(), entry.span());
        Some(array.iter().map(table).collect())
    }

    fn visit_types(&mut self, default: &[VisitType]) -> Vec<VisitType> {
        let Some(tables) = self.list("visit_type") else { return default.to_vec() };
        let mut types: Vec<VisitType> = Vec::new();
        for mut table in tables {
            let id = table.read(self.reader, "id", filled);
            let name = table.read(self.reader, "name", texts);
            let kind = self.visit_type(&mut table);
            let (at, said) = (table.at().clone(), table.says("id") && table.says("name"));
            table.finish(self.reader);
            match (id, name) {
                (Some(id), _) if types.iter().any(|known| known.kind.id == id) => {
                    self.reader.wrong(&at, format!("[[visit_type]] id: {id} stands here twice"));
                }
                (Some(_), _) if kind.parcels && types.iter().any(|known| known.parcels) => {
                    self.reader.wrong(&at, "[[visit_type]] parcels: only one type is for parcels");
                }
                (Some(id), Some(name)) => {
                    types.push(VisitType { kind: Kind { id, name, ..kind.kind }, ..kind })
                }
                _ if said => {}
                _ => self.reader.wrong(&at, "[[visit_type]]: id and name are expected"),
            }
        }
        types
    }

    /// All but what a type is called.
    fn visit_type(&mut self, table: &mut Table<'a, 't>) -> VisitType {
        let mut ask = |table: &mut Table<'a, 't>, key, otherwise| {
            let words = [("no", Ask::No), ("may", Ask::May), ("must", Ask::Must)];
            table.read(self.reader, key, one_of(&words)).unwrap_or(otherwise)
        };
        let (company, phone) = (ask(table, "company", Ask::May), ask(table, "phone", Ask::May));
        let purposes = table.read(self.reader, "purposes", list_of_texts).unwrap_or_default();
        let admits = [("nobody", Admits::Nobody), ("host", Admits::Host), ("reception", Admits::Reception)];
        let admits = table.read(self.reader, "admits", one_of(&admits)).unwrap_or(Admits::Reception);
        let longest = table.read(self.reader, "longest_hours", number(1..=24));
        let mut switch = |key| table.read(self.reader, key, truth).unwrap_or(false);
        let (escort, returns) = (switch("escort"), switch("returns"));
        let (photo, signature) = (switch("photo"), switch("signature"));
        let notice = self.path(table, "notice");
        let badge = self.path(table, "badge");
        let safety = self.safety(table);
        let parcels = table.read(self.reader, "parcels", truth).unwrap_or(false);
        for key in FOR_VISITORS.iter().filter(|_| parcels) {
            let hint = "it means nothing for parcels: nobody comes in; take it out";
            table.refuse(self.reader, key, hint);
        }
        VisitType {
            kind: Kind { id: String::new(), name: Texts::default(), escort, returns, purpose: None },
            company,
            phone,
            purposes,
            admits,
            longest: longest.map(|hours| Duration::from_secs(u64::from(hours) * 3600)),
            notice,
            badge,
            photo,
            signature,
            safety,
            parcels,
        }
    }

    fn safety(&mut self, table: &mut Table<'a, 't>) -> Option<Instruction> {
        let read = |value: &DeValue<'t>| match (truth(value), a_path(value)) {
            (Ok(built_in), _) => Ok(built_in.then_some(Instruction::BuiltIn)),
            (_, Ok(folder)) => Ok(Some(Instruction::Folder(self.folder.join(folder)))),
            (_, Err(why)) if filled(value).is_ok() => Err(why),
            _ => Err("true for the built-in one, or the name of a folder is expected".to_owned()),
        };
        table.read(self.reader, "safety", read).flatten()
    }

    fn languages(&mut self, default: &[Language]) -> Vec<Language> {
        let Some(tables) = self.list("language") else { return default.to_vec() };
        let mut languages: Vec<Language> = Vec::new();
        for mut table in tables {
            let code = table.read(self.reader, "code", parsed("\"zh\" or \"en\"", spoken));
            let name = table.read(self.reader, "name", filled);
            let at = table.at().clone();
            let said = table.says("code") && table.says("name");
            table.finish(self.reader);
            match (code, name) {
                (Some(code), _) if languages.iter().any(|language| language.code == code) => {
                    self.reader.wrong(&at, format!("[[language]] code: {code} stands here twice"));
                }
                (Some(code), Some(name)) => languages.push(Language { code, name }),
                _ if said => {}
                _ => self.reader.wrong(&at, "[[language]]: code and name are expected"),
            }
        }
        languages
    }

    fn screen(&mut self, default: &Screen) -> Screen {
        let mut table = self.table("screen");
        let screen = Screen {
            fullscreen: table.read(self.reader, "fullscreen", truth).unwrap_or(default.fullscreen),
            idle: self.seconds(&mut table, "idle_seconds", 10, default.idle),
            warning: self.seconds(&mut table, "warning_seconds", 20, default.warning),
            thanks: self.seconds(&mut table, "thanks_seconds", 10, default.thanks),
        };
        table.finish(self.reader);
        screen
    }

    fn book(&mut self, default: &Book) -> Book {
        let mut table = self.table("book");
        let book = Book {
            path: self.path(&mut table, "path").unwrap_or_else(|| self.folder.join(&default.path)),
            // Invented codes that everybody can read are for trying out: no file has them unasked.
            samples: table.read(self.reader, "samples", truth).unwrap_or(false),
        };
        table.finish(self.reader);
        book
    }

    fn visit(&mut self, default: &Visit) -> Visit {
        let mut table = self.table("visit");
        let written = ["closes", "ends"].into_iter().find(|key| table.says(key));
        let visit = Visit {
            ends: table
                .read(self.reader, "ends", parsed("a time such as \"18:00\"", end))
                .unwrap_or(default.ends),
            closes: table
                .read(self.reader, "closes", parsed("a time such as \"22:00\"", end))
                .unwrap_or(default.closes),
            keep_days: table.read(self.reader, "keep_days", number(1..=3650)).unwrap_or(default.keep_days),
            safety_months: table
                .read(self.reader, "safety_months", number(1..=120))
                .unwrap_or(default.safety_months),
            remember_months: table
                .read(self.reader, "remember_months", number(0..=60))
                .unwrap_or(default.remember_months),
            notices: self.path(&mut table, "notices"),
        };
        if let (Some(key), Some(why)) = (written, visit.contradicts()) {
            table.object(self.reader, key, &why);
        }
        table.finish(self.reader);
        visit
    }

    fn opening(&mut self) -> Option<Opening> {
        let mut table = self.table("opening");
        if !table.is_there() {
            return None;
        }
        let (mut opening, mut wrong) = (Opening::default(), false);
        for (day, spans) in DAYS.into_iter().zip(&mut opening.hours) {
            let read = table.read(self.reader, day, |value| hours(value.as_str().unwrap_or("-")));
            wrong |= table.says(day) && read.is_none();
            *spans = read.unwrap_or_default();
        }
        for (day, why) in opening.overlaps() {
            table.object(self.reader, day, &why);
            wrong = true;
        }
        opening.closed = table.read(self.reader, "closed", list_of_days).unwrap_or_default();
        let never = opening.hours.iter().all(Vec::is_empty);
        if never && !wrong {
            self.reader.wrong(table.at(), "[opening]: the hours of one day at least are expected");
        }
        table.finish(self.reader);
        (!never).then_some(opening)
    }

    fn ways(&mut self) -> Vec<Way> {
        let mut ways = Vec::new();
        for mut table in self.list("way").unwrap_or_default() {
            let (to, say) = (table.read(self.reader, "to", filled), table.read(self.reader, "say", texts));
            let safety = self.safety(&mut table);
            let (at, said) = (table.at().clone(), table.says("to") && table.says("say"));
            table.finish(self.reader);
            match (to, say) {
                (Some(to), Some(say)) => ways.push(Way { to, say, safety }),
                _ if said => {}
                _ => self.reader.wrong(&at, "[[way]]: to and say are expected"),
            }
        }
        ways
    }

    fn emergency(&mut self, default: &Texts) -> Texts {
        let mut table = self.table("emergency");
        let notice = table.read(self.reader, "notice", texts).unwrap_or_else(|| default.clone());
        table.finish(self.reader);
        notice
    }

    fn wifi(&mut self) -> Option<Wifi> {
        let mut table = self.table("wifi");
        if !table.is_there() {
            return None;
        }
        let name = table.read(self.reader, "name", filled);
        let password = table.read(self.reader, "password", text).unwrap_or_default();
        if !table.says("name") {
            self.reader.wrong(table.at(), "[wifi] name: the network's name is expected");
        }
        table.finish(self.reader);
        name.map(|name| Wifi { name, password })
    }

    fn scanner(&mut self, default: &Scanner) -> Scanner {
        let mut table = self.table("scanner");
        let scanner = Scanner {
            device: self.path(&mut table, "device"),
            baud: table.read(self.reader, "baud", number(300..=4_000_000)).unwrap_or(default.baud),
            prefix: table.read(self.reader, "prefix", text).unwrap_or_else(|| default.prefix.clone()),
            suffix: table.read(self.reader, "suffix", text).unwrap_or_else(|| default.suffix.clone()),
        };
        table.finish(self.reader);
        scanner
    }

    fn printer(&mut self, default: &Printer) -> Printer {
        let mut table = self.table("printer");
        let usb = table.read(self.reader, "kind", one_of(&[("usb", true), ("file", false)])).unwrap_or(false);
        let folder = self.path(&mut table, "folder");
        let id = table.read(self.reader, "id", parsed("vendor:product such as \"04b8:0e15\"", usb_id));
        let status = one_of(&[("auto", AskStatus::Auto), ("never", AskStatus::Never)]);
        let status = table.read(self.reader, "status", status).unwrap_or(AskStatus::Auto);
        let width = table.read(self.reader, "width", |value| {
            number(384..=640)(value)
                .ok()
                .filter(|width| WIDTHS.contains(width))
                .ok_or_else(|| "384, 512, 576 or 640 is expected".to_owned())
        });
        let kind = if usb {
            PrinterKind::Usb(UsbPrinter { id, status })
        } else {
            PrinterKind::File(folder.unwrap_or_else(|| self.folder.join("out/badges")))
        };
        let template = self.path(&mut table, "template");
        if !table.says("kind") {
            let why = "kind = \"usb\" is missing; without it badges are written as files";
            ["id", "status"].iter().for_each(|key| table.object(self.reader, key, why));
        }
        table.finish(self.reader);
        Printer { kind, width: width.unwrap_or(default.width), template }
    }

    fn camera(&mut self) -> Option<Camera> {
        let mut table = self.table("camera");
        if !table.is_there() {
            return None;
        }
        let (device, picture) = (self.path(&mut table, "device"), self.path(&mut table, "picture"));
        let at = table.at().clone();
        let said = table.says("device") || table.says("picture");
        table.finish(self.reader);
        match (device, picture) {
            (Some(device), None) => Some(Camera::Device(device)),
            (None, Some(picture)) => Some(Camera::Picture(picture)),
            (None, None) if said => None,
            _ => {
                self.reader
                    .wrong(&at, "[camera]: either a device is expected, or a picture to try out without one");
                None
            }
        }
    }

    fn staff(&mut self, default: &Staff) -> Staff {
        let mut table = self.table("staff");
        let staff = Staff {
            pepper: self.path(&mut table, "pepper_file").unwrap_or_else(|| self.folder.join(&default.pepper)),
            lock: self.seconds(&mut table, "lock_seconds", 15, default.lock),
        };
        for secret in ["pin", "pins", "pepper"] {
            let hint = "secrets do not belong here; a PIN is set with `frontdesk pin set NAME`";
            table.refuse(self.reader, secret, hint);
        }
        table.finish(self.reader);
        staff
    }

    fn facilities(&mut self, default: &Facilities) -> Facilities {
        let mut table = self.table("facilities");
        let facilities = Facilities {
            email: table.read(self.reader, "email", parsed("a mail address", address)),
            lang: table.read(self.reader, "lang", parsed("\"zh\" or \"en\"", spoken)).unwrap_or(default.lang),
        };
        table.finish(self.reader);
        facilities
    }

    /// Who gets the names, and what whoever holds the button down in the lobby gets on paper: where the names reach
    /// somebody by mail, a passer-by gets numbers only; where they reach nobody, they are printed, for in a fire nobody
    /// would have them.
    fn roll(&mut self, reception: bool) -> Roll {
        let mut table = self.table("roll");
        let to = table.read(self.reader, "to", list_of_addresses).unwrap_or_default();
        let lobby = [("print", Lobby::Print), ("mail", Lobby::Mail), ("numbers", Lobby::Numbers)];
        let lobby = table.read(self.reader, "lobby", one_of(&lobby));
        let mailed = reception || !to.is_empty();
        if !mailed && matches!(lobby, Some(Lobby::Mail | Lobby::Numbers)) {
            let why = "the names would reach nobody: \"print\" is expected, or an address in [roll] to or [reception] email";
            table.object(self.reader, "lobby", why);
        }
        table.finish(self.reader);
        let otherwise = if mailed { Lobby::Numbers } else { Lobby::Print };
        Roll { to, lobby: lobby.unwrap_or(otherwise) }
    }

    fn import(&mut self) -> Vec<String> {
        let mut table = self.table("import");
        let ignore = table.read(self.reader, "ignore", list_of_names).unwrap_or_default();
        table.finish(self.reader);
        ignore
    }

    fn backup(&mut self) -> Option<Backup> {
        let mut table = self.table("backup");
        if !table.is_there() {
            return None;
        }
        let folder = self.path(&mut table, "folder");
        let keep = table.read(self.reader, "keep", number(1..=366)).unwrap_or(14);
        let at = table.read(self.reader, "at", parsed("a time such as \"02:30\"", time));
        if !table.says("folder") {
            self.reader.wrong(table.at(), "[backup] folder: where copies go is expected");
        }
        table.finish(self.reader);
        let at = at.or_else(|| NaiveTime::from_hms_opt(2, 30, 0)).unwrap_or(NaiveTime::MIN);
        folder.map(|folder| Backup { folder, keep, at })
    }

    fn export(&mut self, default: Option<&Path>) -> Option<PathBuf> {
        let mut table = self.table("export");
        let folder = self.path(&mut table, "folder").or_else(|| Some(self.folder.join(default?)));
        let managers = table.read(self.reader, "managers", truth).unwrap_or(true);
        table.finish(self.reader);
        folder.filter(|_| managers)
    }

    fn supplies(&mut self, default: &[Supply]) -> Vec<Supply> {
        let Some(tables) = self.list("supply") else { return default.to_vec() };
        let mut supplies: Vec<Supply> = Vec::new();
        for mut table in tables {
            let (id, name) = (table.read(self.reader, "id", filled), table.read(self.reader, "name", texts));
            let safety = table.read(self.reader, "safety", number(0..=100_000)).unwrap_or(0);
            let email = table.read(self.reader, "email", parsed("a mail address", address));
            let roll_metres = table.read(self.reader, "roll_metres", number(1..=1000));
            let (at, said) = (table.at().clone(), table.says("id") && table.says("name"));
            table.finish(self.reader);
            match (id, name) {
                (Some(id), _) if supplies.iter().any(|known| known.id == id) => {
                    self.reader.wrong(&at, format!("[[supply]] id: {id} stands here twice"));
                }
                (Some(_), _)
                    if roll_metres.is_some() && supplies.iter().any(|known| known.roll_metres.is_some()) =>
                {
                    self.reader.wrong(&at, "[[supply]] roll_metres: only one supply is the printer's paper");
                }
                (Some(id), Some(name)) => supplies.push(Supply { id, name, safety, email, roll_metres }),
                _ if said => {}
                _ => self.reader.wrong(&at, "[[supply]]: id and name are expected"),
            }
        }
        supplies
    }

    fn daily_checks(&mut self, default: &[DailyCheck]) -> Vec<DailyCheck> {
        let Some(tables) = self.list("daily_check") else { return default.to_vec() };
        let mut checks: Vec<DailyCheck> = Vec::new();
        for mut table in tables {
            let (id, name) = (table.read(self.reader, "id", filled), table.read(self.reader, "name", texts));
            let (at, said) = (table.at().clone(), table.says("id") && table.says("name"));
            table.finish(self.reader);
            match (id, name) {
                (Some(id), _) if checks.iter().any(|known| known.id == id) => {
                    self.reader.wrong(&at, format!("[[daily_check]] id: {id} stands here twice"));
                }
                (Some(id), Some(name)) => checks.push(DailyCheck { id, name }),
                _ if said => {}
                _ => self.reader.wrong(&at, "[[daily_check]]: id and name are expected"),
            }
        }
        checks
    }

    fn mail(&mut self, default: &Mail) -> Mail {
        let mut table = self.table("mail");
        let smtp =
            table.read(self.reader, "kind", one_of(&[("smtp", true), ("folder", false)])).unwrap_or(false);
        let folder = self.path(&mut table, "folder").unwrap_or_else(|| self.folder.join("out/mails"));
        let from = table.read(self.reader, "from", parsed("a mail address, or \"Name <address>\"", sender));
        if smtp && !table.says("from") {
            // The built-in sender is invented: no server would take it, or worse, it would.
            self.reader.wrong(table.at(), "[mail] from: the sender is expected with kind = \"smtp\"");
        }
        let server = self.smtp(&mut table, smtp);
        let hint = "a password does not belong here; write it to a file and name that as password_file";
        table.refuse(self.reader, "password", hint);
        if !table.says("kind") {
            let why = "kind = \"smtp\" is missing; without it mails are written as files";
            let of_smtp = ["host", "port", "security", "user", "password_file", "ca_file", "timeout_seconds"];
            of_smtp.iter().for_each(|key| table.object(self.reader, key, why));
        }
        table.finish(self.reader);
        let kind = if smtp { MailKind::Smtp(server) } else { MailKind::Folder(folder) };
        Mail { from: from.unwrap_or_else(|| default.from.clone()), kind }
    }

    fn smtp(&mut self, table: &mut Table<'a, 't>, wanted: bool) -> Smtp {
        let host = table.read(self.reader, "host", |value| {
            let right =
                "a name such as \"mail.example.com\" is expected; its port stands in a line of its own";
            filled(value).and_then(|host| if is_host(&host) { Ok(host) } else { Err(right.to_owned()) })
        });
        let words = [("tls", Security::Tls), ("starttls", Security::StartTls), ("none", Security::None)];
        let security = table.read(self.reader, "security", one_of(&words)).unwrap_or(Security::StartTls);
        let port =
            table.read(self.reader, "port", number(1..=65535)).and_then(|port| u16::try_from(port).ok());
        let user = table.read(self.reader, "user", filled);
        let smtp = Smtp {
            host: host.unwrap_or_default(),
            port: port.unwrap_or(match security {
                Security::Tls => 465,
                Security::StartTls => 587,
                Security::None => 25,
            }),
            security,
            user,
            password_file: self.path(table, "password_file"),
            ca_file: self.path(table, "ca_file"),
            timeout: self.seconds(table, "timeout_seconds", 1, Duration::from_secs(15)),
        };
        if wanted && !table.says("host") {
            self.reader
                .wrong(table.at(), "[mail] host: the mail server's name is expected with kind = \"smtp\"");
        }
        let near = ["localhost", "127.0.0.1", "::1"].contains(&smtp.host.as_str());
        if wanted && smtp.security == Security::None && !smtp.host.is_empty() && !near {
            let what = if smtp.user.is_some() { "the password" } else { "visitors' names" };
            let why = format!("\"none\" would send {what} in the open; use \"tls\" or \"starttls\"");
            table.object(self.reader, "security", &why);
        }
        if wanted && smtp.user.is_none() && !table.says("user") {
            table.object(self.reader, "password_file", "user is missing; without it nobody logs in");
        }
        smtp
    }
}

/// A name or an address, and nothing around it.
fn is_host(host: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    host.chars().all(in_name) || host.parse::<IpAddr>().is_ok()
}

/// An hour at which something ends: midnight has two names.
fn end(text: &str) -> Option<NaiveTime> {
    if text == "24:00" { Some(NaiveTime::MIN) } else { time(text) }
}

impl Config {
    /// What stands behind the built-in file, so that reading it needs no case of its own.
    fn bare() -> Self {
        let second = Duration::from_secs(1);
        Self {
            company: Company { name: String::new(), accent: 0, logo: None },
            reception: Reception {
                place: Texts::default(),
                phone: String::new(),
                email: None,
                lang: Lang::EN,
                answer: second,
                case: second,
                remind: second,
                checks_by: NaiveTime::MIN,
                passes: 0,
                walk_ins_to_hosts: 0,
                walk_ins_within: second,
            },
            languages: Vec::new(),
            screen: Screen { fullscreen: true, idle: second, warning: second, thanks: second },
            book: Book { path: PathBuf::new(), samples: false },
            visit: Visit {
                ends: NaiveTime::MIN,
                closes: NaiveTime::MIN,
                keep_days: 0,
                notices: None,
                safety_months: 0,
                remember_months: 0,
            },
            visit_types: Vec::new(),
            opening: None,
            ways: Vec::new(),
            emergency: Texts::default(),
            wifi: None,
            scanner: Scanner { device: None, baud: 0, prefix: String::new(), suffix: String::new() },
            printer: Printer { kind: PrinterKind::File(PathBuf::new()), width: 0, template: None },
            camera: None,
            mail: Mail { from: String::new(), kind: MailKind::Folder(PathBuf::new()) },
            staff: Staff { pepper: PathBuf::new(), lock: second },
            facilities: Facilities { email: None, lang: Lang::EN },
            roll: Roll { to: Vec::new(), lobby: Lobby::Print },
            import_ignore: Vec::new(),
            backup: None,
            export: None,
            supplies: Vec::new(),
            daily_checks: Vec::new(),
        }
    }
}
