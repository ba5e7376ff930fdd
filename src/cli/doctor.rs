//! `frontdesk doctor`: looks at everything the kiosk needs and says what to do about what is wrong.
//! Changes nothing, prints no badge and sends no mail.

mod backup;
mod files;
mod machine;

use super::INSTALLED;
use crate::back::camera;
use crate::back::mail::{Post, lacks_credential};
use crate::back::printer::Printer;
use crate::book::{Book, BookError, BookStatus, LookedOver, look_over};
use crate::config::{AskStatus, Config, MailKind, PrinterKind, VisitType};
use crate::errand::{PrinterState, Trouble};
use crate::files::try_folder;
use crate::front::clock::Clock;
use crate::front::scanner;
use crate::import::UTF8_ONLY;
use crate::notice::Notices;
use crate::now::{Now, Wall};
use crate::paper::fonts;
use crate::paper::letter::Sender;
use crate::paper::staff::{staff_sentence, what_to_do};
use crate::stock;
use crate::visit::{Invitation, Shape};
use crate::words::Lang;
use chrono::Datelike;
use serde::Serialize;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Below this the disk is nearly full: a year of visits and backups needs less.
const DISK_LOW: u64 = 500 * 1024 * 1024;
/// Below this the book may fail at any moment.
const DISK_FULL: u64 = 20 * 1024 * 1024;
/// A look-over that is older was to be done again since.
const LOOK_AGE: chrono::TimeDelta = chrono::TimeDelta::days(9);
/// The year in which this program was written: a clock before it is wrong.
const FIRST_YEAR: i32 = 2026;
/// How long a printer may take to be found: longer than one that was just plugged in may be forbidden.
const PRINTER_PATIENCE: Duration = Duration::from_secs(6);

/// What to do where the rights of whoever runs the command are not the kiosk's.
const AS_THE_KIOSK: &str = "run it as the kiosk's own user: sudo -u frontdesk frontdesk doctor";

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    Ok,
    Warning,
    Wrong,
}

/// One line.
#[derive(Debug, Serialize)]
struct Finding {
    name: &'static str,
    health: Health,
    found: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    what_to_do: String,
}

fn ok(name: &'static str, found: impl Into<String>) -> Finding {
    Finding { name, health: Health::Ok, found: found.into(), what_to_do: String::new() }
}

fn wrong(name: &'static str, found: impl Into<String>, what_to_do: impl Into<String>) -> Finding {
    Finding { name, health: Health::Wrong, found: found.into(), what_to_do: what_to_do.into() }
}

fn warning(name: &'static str, found: impl Into<String>, what_to_do: impl Into<String>) -> Finding {
    Finding { name, health: Health::Warning, found: found.into(), what_to_do: what_to_do.into() }
}

/// Exit status: 0 all is well, 1 something is wrong.
pub(super) fn run(file: Option<&Path>, json: bool) -> ExitCode {
    let findings = findings(file);
    if json {
        println!("{}", serde_json::to_string_pretty(&findings).unwrap_or_default());
    } else {
        for finding in &findings {
            let mark = match finding.health {
                Health::Ok => "ok     ",
                Health::Warning => "warning",
                Health::Wrong => "WRONG  ",
            };
            println!("{mark}  {:<13}  {}", finding.name, finding.found);
            if !finding.what_to_do.is_empty() {
                println!("{:24} -> {}", "", finding.what_to_do);
            }
        }
    }
    match findings.iter().map(|finding| finding.health).max() {
        Some(Health::Wrong) => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

fn findings(file: Option<&Path>) -> Vec<Finding> {
    let config = match file {
        Some(file) => Config::read(file),
        None => Ok(Config::built_in()),
    };
    let config = match config {
        Ok(config) => config,
        Err(problems) => {
            return vec![wrong(
                "configuration",
                problems.to_string(),
                "correct these lines; `frontdesk check` looks again",
            )];
        }
    };
    let whose = file.map_or("the built-in one".to_owned(), |file| file.display().to_string());
    let mut findings =
        vec![ok("configuration", whose), reception(&config), notices(&config), template(&config)];
    if file == Some(Path::new(INSTALLED)) {
        findings.extend(machine::findings(Path::new("/")));
    }
    let now = Clock::start().now();
    let (book, look) = book(&config, file.is_some(), now);
    let in_use = look.as_ref().is_some_and(|look| look.in_use);
    findings.extend(book);
    findings.extend(files::files(&config, look.as_ref().map(|look| look.receptionists)));
    findings.push(disk(&config));
    findings.extend(backup::backup(&config, look.map(|look| look.last_copy), now.wall));
    findings.extend(export(&config));
    findings.push(printer(&config, in_use));
    findings.push(mail(&config));
    findings.extend(scanner(&config, in_use));
    findings.extend(camera(&config));
    findings.push(letters());
    findings.push(clock(now.wall));
    findings
}

fn reception(config: &Config) -> Finding {
    match &config.reception.email {
        Some(email) => ok("reception", format!("mails go to {email}")),
        None => warning(
            "reception",
            "has no address: nobody at reception is told by mail who waits, which badge was not printed or what \
             was complained about",
            "set [reception] email",
        ),
    }
}

fn notices(config: &Config) -> Finding {
    match Notices::load(config) {
        Ok(notices) => {
            let versions: Vec<String> = config
                .languages
                .iter()
                .map(|language| format!("{} {}", language.code, notices.get(language.code).version))
                .collect();
            ok("notices", versions.join(", "))
        }
        Err(problem) => {
            wrong("notices", problem.to_string(), "correct the file, or take [visit] notices out")
        }
    }
}

fn template(config: &Config) -> Finding {
    let own = config.visit_types.iter().filter_map(|kind| kind.badge.as_deref()).map(Some);
    let mut all = std::iter::once(config.printer.template.as_deref()).chain(own);
    match all.try_for_each(|template| stock::press(config, template).map(drop)) {
        Ok(()) => ok("badge", format!("{} dots wide", config.printer.width)),
        Err(problem) => wrong(
            "badge",
            format!("{problem:#}"),
            "correct the template; until then the built-in one is used",
        ),
    }
}

/// Where a type of visit wants photos, or there is a camera.
fn camera(config: &Config) -> Option<Finding> {
    let wanting = || config.visit_types.iter().filter(|kind| kind.photo);
    // Of several the one that gets none, if there is one.
    let wanting = wanting().find(|kind| !takes_photo(config, kind)).or_else(|| wanting().next());
    let Some(camera) = &config.camera else {
        return wanting.map(|kind| {
            let found = format!("there is none; [[visit_type]] {} is not asked for a photo", kind.kind.id);
            warning("camera", found, "name it in [camera], or take photo = true out")
        });
    };
    Some(match camera::take(camera) {
        Err(problem) => {
            wrong("camera", format!("{problem:#}"), "look at its cable and the rights of its device")
        }
        Ok(_) => match wanting {
            None => warning(
                "camera",
                "it works; no type of visit wants a photo",
                "set photo = true where one is wanted",
            ),
            Some(kind) if !takes_photo(config, kind) => warning(
                "camera",
                format!("it works; the badge of {} has no place for a photo, so none is taken", kind.kind.id),
                "draw a rectangle \"photo-box\" into its template; assets/badge-photo.svg has one",
            ),
            Some(kind) => match Notices::load(config) {
                Ok(notices) if notices.of(Some(&kind.kind.id), Lang::EN).photo => {
                    ok("camera", "it gives pictures")
                }
                _ => warning(
                    "camera",
                    format!(
                        "it works; the notice of {} does not speak of photos, so none is taken",
                        kind.kind.id
                    ),
                    "write a sentence about photos into the notice, and \"photo: yes\" under its version",
                ),
            },
        },
    })
}

fn takes_photo(config: &Config, kind: &VisitType) -> bool {
    stock::presses(config).is_ok_and(|presses| presses.takes_photo(&kind.kind.id))
}

/// Also what it saw in the book.
fn book(config: &Config, is_real: bool, now: Now) -> (Vec<Finding>, Option<BookStatus>) {
    let path = config.book.path.display();
    match config.book.path.try_exists() {
        Ok(true) => {}
        Ok(false) => {
            return (vec![ok("book", format!("{path} is not there yet; the kiosk makes it"))], None);
        }
        Err(problem) => return (vec![wrong("book", format!("{path}: {problem}"), AS_THE_KIOSK)], None),
    }
    let invented = if is_real { invented(config, now) } else { Vec::new() };
    let copies = config.backup.as_ref().map(|backup| backup.folder.as_path());
    match Book::look(&config.book.path, &invented, copies, now) {
        Ok(look) => {
            let mut findings = vec![ok(
                "book",
                format!(
                    "{path}: {} hosts, {} invitations, {} visitors here, SQLite {}",
                    look.hosts, look.invitations, look.here, look.sqlite
                ),
            )];
            if look.last_entry.is_some_and(|last| last > now.millis()) {
                findings.push(warning(
                    "book",
                    "its last entry is later than the clock",
                    "set the clock; entries keep their order",
                ));
            }
            findings.extend(older(&look));
            findings.extend(owner(&config.book.path));
            findings.extend(look.unwiped_since.map(|since| unwiped(now.zone.wall(since))));
            if look.holds {
                findings.push(warning(
                    "book",
                    "it holds the invented invitations that come with the program: everybody can read their codes",
                    "take samples = true out, stop the kiosk and begin with a new book",
                ));
            }
            findings.push(looked_over(&config.book.path, look.looked_over.as_ref(), now));
            findings.extend(not_offered(config, &look.invited_for));
            findings.extend(addresses(config, look.utf8_addresses));
            findings.extend(look.strange_scans.map(|shape| strange_scans(config, shape)));
            if look.failed > 0 {
                findings.push(warning(
                    "errands",
                    format!("{} mails or badges of the last day were not done", look.failed),
                    "`frontdesk failures` lists them",
                ));
            }
            if look.waiting > 0 {
                findings.push(warning(
                    "errands",
                    format!("{} wait to be done", look.waiting),
                    "see printer and mail below",
                ));
            }
            (findings, Some(look))
        }
        Err(problem) => {
            let what_to_do = if matches!(problem, BookError::ReadOnly(_)) {
                AS_THE_KIOSK
            } else {
                "see the README, \"Mishaps\""
            };
            (vec![wrong("book", problem.to_string(), what_to_do)], None)
        }
    }
}

/// A book that the program's older version has made.
fn older(look: &BookStatus) -> Option<Finding> {
    let (found, known) = look.versions;
    let said = format!("the book has version {found}; this program needs version {known}");
    let what_to_do = match look.in_use {
        true => {
            "restart the kiosk (systemctl restart frontdesk): the running kiosk is older than this program"
        }
        false => "start the kiosk: it brings the book up to date and keeps a copy of the old one next to it",
    };
    (found < known).then(|| warning("book", said, what_to_do))
}

/// The whole book, looked over now; and when the kiosk did it last.
fn looked_over(path: &Path, last: Option<&LookedOver>, now: Now) -> Finding {
    let faults = match look_over(path) {
        Ok(faults) => faults,
        Err(problem @ BookError::OlderThanProgram { .. }) => {
            let found = format!("the book was not checked: {problem}");
            return warning("integrity", found, "start the kiosk, then look again");
        }
        Err(problem) => {
            let found = format!("the book could not be checked: {problem}");
            return wrong("integrity", found, "see the README, \"Mishaps\"");
        }
    };
    let when = last.map_or_else(
        || "the kiosk has not checked the book yet; it does so once a week".to_owned(),
        |last| format!("the kiosk last checked it on {}", now.zone.wall(last.at).format("%Y-%m-%d %H:%M")),
    );
    if let Some((first, others)) = faults.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(", and {} more", others.len()) };
        return wrong(
            "integrity",
            format!("{}{more}; {when}", first.sentence(Lang::EN)),
            "check the disk and the memory, then restore the last good copy: `frontdesk restore`; a row that another \
             program wrote also counts as a fault",
        );
    }
    let found = format!("no damage in the journal, the rows and the visits; {when}");
    let age = last.map(|last| now.wall - now.zone.wall(last.at));
    if age.is_some_and(|age| age > LOOK_AGE) {
        return warning("integrity", found, "let the kiosk run for an hour: it checks once a week");
    }
    ok("integrity", found)
}

/// A reader that never ends keeps it so for ever.
fn unwiped(since: Wall) -> Finding {
    warning(
        "book",
        format!(
            "erased data is still in the book's file, since {}: a program is reading old pages",
            since.format("%Y-%m-%d %H:%M")
        ),
        "if a copy is being made, wait: the kiosk tries again every two seconds; otherwise end the program that reads \
         the book, or start the kiosk if it is not running",
    )
}

/// What people are invited for and no type of visit is any more: they are sent to reception.
fn not_offered(config: &Config, invited_for: &[(String, i64)]) -> Option<Finding> {
    let is_gone = |id: &str| config.visit_types.iter().all(|kind| kind.kind.id != id);
    let gone = invited_for.iter().filter(|(id, _)| is_gone(id));
    let gone: Vec<String> = gone.map(|(id, count)| format!("{id} ({count})")).collect();
    let found = format!("open invitations are for types that are not configured: {}", gone.join(", "));
    let what_to_do = "configure [[visit_type]] with this id again, or change the invitations";
    (!gone.is_empty()).then(|| warning("book", found, what_to_do))
}

/// The invitations that come with the program.
fn invented(config: &Config, now: Now) -> Vec<Invitation> {
    stock::samples(config, now).map(|(_, invitations)| invitations).unwrap_or_default()
}

/// Whoever looks as somebody else does not see what the kiosk may do.
fn owner(path: &Path) -> Option<Finding> {
    let (owner, own) = (std::fs::metadata(path).ok()?.uid(), rustix::process::geteuid().as_raw());
    let found = format!("it belongs to the user {owner}, and this is the user {own}");
    (owner != own).then(|| warning("book", found, AS_THE_KIOSK))
}

fn disk(config: &Config) -> Finding {
    let folder =
        config.book.path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match rustix::fs::statvfs(folder) {
        Ok(disk) => free_is(disk.f_bavail.saturating_mul(disk.f_frsize), folder),
        Err(problem) => {
            wrong("disk", format!("{}: {problem}", folder.display()), "look whether the disk is mounted")
        }
    }
}

fn free_is(free: u64, folder: &Path) -> Finding {
    let found = format!("{} MB free at {}", free / (1024 * 1024), folder.display());
    if free < DISK_FULL {
        wrong("disk", found, "free some space: the book cannot be written without it")
    } else if free < DISK_LOW {
        warning("disk", found, "free some space soon")
    } else {
        ok("disk", found)
    }
}

/// Whoever exports on the screen should not be the first to find out.
fn export(config: &Config) -> Option<Finding> {
    let folder = config.export.as_ref()?;
    let shown = folder.display();
    Some(match try_folder(folder) {
        Ok(()) => ok("export", format!("files can be written to {shown}")),
        Err(problem) => {
            let found = format!("no file can be written to {shown}: {problem}");
            wrong("export", found, "look at the folder's rights and its disk, or change [export] folder")
        }
    })
}

fn printer(config: &Config, in_use: bool) -> Finding {
    let mut printer = Printer::new(&config.printer, false);
    let began = Instant::now();
    let state = loop {
        let state = printer.look();
        let ready = matches!(state, PrinterState::Ready { .. } | PrinterState::NotSeen);
        if !(ready || printer.is_awaited())
            || printer.answers().is_some()
            || began.elapsed() > PRINTER_PATIENCE
        {
            break state;
        }
        std::thread::sleep(Duration::from_millis(250));
    };
    let is_unsure = match &config.printer.kind {
        PrinterKind::Usb(usb) => usb.id.is_none() && !printer.others().is_empty(),
        PrinterKind::File(_) => false,
    };
    let is_asked = match &config.printer.kind {
        PrinterKind::Usb(usb) => usb.status == AskStatus::Auto,
        PrinterKind::File(_) => false,
    };
    let whose = match &config.printer.kind {
        PrinterKind::Usb(_) => format!("USB {}", printer.name().unwrap_or_default()).trim_end().to_owned(),
        PrinterKind::File(folder) => format!("files in {}", folder.display()),
    };
    match state {
        PrinterState::Ready { .. } if is_asked && printer.answers() != Some(true) => warning(
            "printer",
            format!("{whose}, is there and never answers: no badge will be called printed"),
            "switch it off and on; if it is one that cannot answer, set [printer] status = \"never\"",
        ),
        PrinterState::Ready { .. } if is_unsure => warning(
            "printer",
            format!("{whose}, ready; also connected, but not used: {}", printer.others().join(", ")),
            "name the right one in [printer] id: the kiosk may take another one after its next start",
        ),
        PrinterState::Ready { paper_low: false } => ok("printer", format!("{whose}, ready")),
        PrinterState::Ready { paper_low: true } => {
            warning("printer", format!("{whose}, little paper left"), "have a new roll ready")
        }
        PrinterState::NotSeen => warning("printer", format!("{whose}, no answer yet"), "look again"),
        PrinterState::Trouble(Trouble::Unplugged) if !printer.others().is_empty() => wrong(
            "printer",
            format!(
                "the printer named in [printer] id was not found; connected: {}",
                printer.others().join(", ")
            ),
            "check its power and its USB cable, or correct [printer] id",
        ),
        PrinterState::Trouble(Trouble::Busy) if in_use => ok("printer", format!("{whose}, the kiosk has it")),
        PrinterState::Trouble(trouble) => {
            wrong("printer", staff_sentence(trouble, Lang::EN), what_to_do(trouble, Lang::EN))
        }
    }
}

fn mail(config: &Config) -> Finding {
    let whose = match &config.mail.kind {
        MailKind::Smtp(smtp) => format!("{}:{}", smtp.host, smtp.port),
        MailKind::Folder(folder) => format!("files in {}", folder.display()),
    };
    let head = Sender {
        company: config.company.name.clone(),
        reception_phone: config.reception.phone.clone(),
        replies: config.reception.email.is_some(),
    };
    if lacks_credential(&config.mail) {
        return warning(
            "mail",
            format!("{whose}: the password is the service's credential, so the login was not tried"),
            "look as the service does (systemctl edit frontdesk, LoadCredential=mail-password:/etc/frontdesk/mail-password): \
             systemctl start frontdesk-doctor; journalctl -u frontdesk-doctor -o cat -n 50",
        );
    }
    match Post::new(&config.mail, config.reception.email.as_deref(), head).probe() {
        Ok(()) => ok("mail", format!("{whose} answers; nothing was sent")),
        Err(trouble) => wrong(
            "mail",
            format!("{whose}: {}", staff_sentence(trouble, Lang::EN)),
            what_to_do(trouble, Lang::EN),
        ),
    }
}

fn scanner(config: &Config, in_use: bool) -> Option<Finding> {
    let device = config.scanner.device.as_ref()?;
    let name = device.display();
    Some(match device.try_exists() {
        Ok(true) if in_use => ok("scanner", format!("{name}, the kiosk has it")),
        Ok(true) => match scanner::try_line(device, config.scanner.baud) {
            Ok(()) => ok("scanner", format!("{name} can be opened")),
            Err(problem) => wrong(
                "scanner",
                format!("{name}: {problem}"),
                "look at the rights of its device (udev rule), and whether another program has it",
            ),
        },
        Ok(false) => wrong(
            "scanner",
            format!("{name} is not there"),
            "plug the scanner in, or correct [scanner] device",
        ),
        Err(problem) => wrong("scanner", format!("{name}: {problem}"), AS_THE_KIOSK),
    })
}

/// Whoever is not sure to be written to, in the configuration and the book.
fn addresses(config: &Config, in_book: i64) -> Option<Finding> {
    let configured = [&config.reception.email, &config.facilities.email].into_iter().flatten();
    let configured =
        configured.chain(&config.roll.to).chain(config.supplies.iter().filter_map(|s| s.email.as_ref()));
    let mut whose: Vec<String> = configured
        .chain(std::iter::once(&config.mail.from))
        .filter(|address| {
            address
                .rsplit_once('<')
                .map_or(address.as_str(), |(_, address)| address)
                .contains(|c: char| !c.is_ascii())
        })
        .cloned()
        .collect();
    if in_book > 0 {
        whose.push(format!("{in_book} of hosts and open invitations"));
    }
    let found = format!("{}: {UTF8_ONLY}", whose.join(", "));
    (!whose.is_empty()).then(|| warning("addresses", found, "give another address where there is one"))
}

/// What the kiosk noted; which device types or sends it, only a person can see.
fn strange_scans(config: &Config, last: Shape) -> Finding {
    let found =
        format!("the last three scans, within ten minutes, were not recognised; the last one had {last}");
    let what_to_do = if config.scanner.device.is_some() {
        "scan an invitation: if it is not recognised either, set [scanner] baud to the scanner's own speed"
    } else {
        "an invitation has 26 characters, A to Z and 2 to 7. If one is not recognised either, the scanner is set to \
         a different keyboard: Y and Z (German) or A and Q (French) are swapped, or digits come out as symbols. Scan the code \
         for \"US keyboard\" in its manual"
    };
    warning("scanner", found, what_to_do)
}

fn letters() -> Finding {
    let sample = "欧阳修明 曾喆 买买提·吐尔逊 José Núñez 東洋精機";
    match fonts::first_missing(sample) {
        None => ok("fonts", "built in: Chinese, Japanese kana, Latin, Greek, Cyrillic"),
        Some(missing) => {
            wrong("fonts", format!("{missing} is missing"), "build the program again with assets/fonts whole")
        }
    }
}

fn clock(wall: Wall) -> Finding {
    let found = wall.format("%Y-%m-%d %H:%M %:z").to_string();
    if wall.year() < FIRST_YEAR {
        wrong("clock", found, "set the clock (timedatectl): invitations are good by the clock")
    } else {
        ok("clock", found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_is_nearly_full() {
        let mb = 1024 * 1024;
        for (free, health) in [
            (0, Health::Wrong),
            (19 * mb, Health::Wrong),
            (21 * mb, Health::Warning),
            (499 * mb, Health::Warning),
            (501 * mb, Health::Ok),
        ] {
            let finding = free_is(free, Path::new("/var"));
            assert_eq!(
                (finding.health, finding.what_to_do.is_empty()),
                (health, health == Health::Ok),
                "{free}"
            );
        }
    }

    #[test]
    fn a_clock_that_was_never_set() {
        let at = |text: &str| clock(Wall::parse_from_rfc3339(text).unwrap()).health;
        assert_eq!(at("1970-01-01T00:00:00+00:00"), Health::Wrong);
        assert_eq!(at("2025-12-31T23:59:59+08:00"), Health::Wrong);
        assert_eq!(at("2026-11-23T09:41:00+08:00"), Health::Ok);
    }
}
