//! The commands staff use over SSH, and opening the kiosk itself. Owns arguments, exit statuses and
//! what is printed; every rule is elsewhere.
//!
//! Exit status: 0 done, 1 something is wrong, 2 the command cannot run so (arguments, no display).
#![allow(clippy::print_stdout, clippy::print_stderr)] // this is where the program talks to a terminal

mod badge;
mod cases;
mod check;
mod compose;
mod copies;
mod doctor;
mod export;
mod failures;
mod forget;
mod house;
mod import;
mod journal;
mod open;
mod parcels;
mod pin;
mod roll;
#[cfg(test)]
mod snapshots;
mod supplies;
mod unseen;
mod waiting;
mod walk;
mod watch;

use crate::book::Book;
use crate::config::Config;
use crate::tour;
use crate::typed;
use crate::words::Lang;
use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the package installs the configuration: commands that mails name work as they stand there.
const INSTALLED: &str = "/etc/frontdesk/kiosk.toml";

/// A front-desk kiosk: visitors check in by themselves, get a badge, and the host gets a mail.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, about, after_help = "Without a command it opens the kiosk.")]
struct Arguments {
    /// The configuration; without it /etc/frontdesk/kiosk.toml, and without that the built-in one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Does the whole journey without a display and writes each page, the badge and the mail
    Tour(TourArguments),
    /// Checks the configuration and every file that it names, and tells every problem
    Check,
    /// Looks at everything the kiosk needs and says what to do about what is wrong
    Doctor {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Reads hosts or invitations from a CSV file into the book, all or nothing
    Import(ImportArguments),
    /// Lists mails and badges that were not done, or of which nobody saw the end
    Failures,
    /// Lists the visitors who wait to be let in
    Waiting,
    /// Lets a waiting visitor in: the badge is printed, the host is told
    Admit {
        /// The visitor's number, such as A017
        number: String,
    },
    /// Declines a waiting visitor: nothing is printed, the visit is over
    Decline {
        /// The visitor's number, such as A017
        number: String,
        /// A word for the visitor, shown on the kiosk
        #[arg(long, value_name = "TEXT", default_value = "")]
        word: String,
    },
    /// Lists the parcels that nobody has collected
    Parcels,
    /// Says that parcels were collected
    Collected {
        /// Their number, such as P17
        number: String,
    },
    /// Lists the complaints that nobody has dealt with
    Cases,
    /// Says what was done about a complaint
    Close {
        /// Its number, such as C3
        number: String,
        /// What was done
        #[arg(long, value_name = "TEXT")]
        done: String,
    },
    /// Says on every page that there is an emergency, until it is over
    Emergency {
        /// Whether there is one
        switch: Switch,
        /// What the pages say, instead of what is configured
        #[arg(long, value_name = "TEXT", default_value = "")]
        say: String,
    },
    /// Copies the book while the kiosk runs, and reads the copy through
    Backup {
        /// The folder; without it the configured one. Nothing is removed there
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
    /// Puts a copy in the book's place, and keeps what it replaces; the kiosk must be stopped
    Restore {
        /// The copy
        file: PathBuf,
        /// Also where the book goes on after the copy
        #[arg(long)]
        older: bool,
    },
    /// Shows what the book has about one person, and erases it with --yes
    Forget {
        /// The full name, as it was given
        #[arg(long)]
        name: String,
        /// The telephone number, as it was given
        #[arg(long)]
        phone: String,
        /// Erase it, for good
        #[arg(long)]
        yes: bool,
    },
    /// Writes visits to a CSV file or a workbook
    Export(ExportArguments),
    /// Writes the numbers of a month to a CSV file or a workbook with charts
    Numbers(NumbersArguments),
    /// The journal of all that happened
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Calls a roll: everyone on site is listed, printed by the kiosk and mailed
    Roll {
        /// It is a drill, and is marked as one
        #[arg(long)]
        drill: bool,
        #[command(subcommand)]
        then: Option<RollCommand>,
    },
    /// Lists what there is of each supply
    Supplies,
    /// Says how many there are of a supply
    Count {
        /// Its key in the configuration, such as tea
        id: String,
        /// How many
        stock: u32,
    },
    /// Whom reception is to be told about when they come
    #[command(subcommand)]
    Watch(WatchCommand),
    /// Writes the signature of somebody who is here as a picture (SVG)
    Signature {
        /// The visitor's number, such as A017
        number: String,
        /// The file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Says who may use reception's pages on the screen
    Pin {
        #[command(subcommand)]
        what: PinCommand,
    },
    /// Lays out a badge as a picture, to look at a template
    Badge(BadgeArguments),
    /// Shows what a visitor is offered for these letters
    Compose(ComposeArguments),
}

#[derive(Debug, Subcommand)]
enum PinCommand {
    /// Gives somebody a PIN, or another one; it is asked for, or read from the standard input
    Set {
        /// Their name, as it stands in the journal
        name: String,
        /// They also see feedback, numbers and reasons, export and erase
        #[arg(long)]
        manager: bool,
    },
    /// Takes somebody's PIN away
    Remove {
        /// Their name
        name: String,
    },
    /// Lists everybody who has one
    List,
}

#[derive(Debug, Subcommand)]
enum JournalCommand {
    /// Reads it through and names the first line that is not as it was written
    Verify {
        /// A hash that was mailed: the journal must hold it still
        #[arg(long, value_name = "HEX")]
        hash: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum RollCommand {
    /// Ends the roll call that is open
    End,
}

#[derive(Debug, Subcommand)]
enum WatchCommand {
    /// Puts somebody on the list
    Add(WatchedArguments),
    /// Lists everybody on it, with the reasons
    List,
    /// Takes somebody off it
    Remove {
        /// The entry, as the list names it
        entry: String,
    },
}

#[derive(Debug, Args)]
struct WatchedArguments {
    /// The name
    #[arg(long, default_value = "")]
    name: String,
    /// The telephone number
    #[arg(long, default_value = "")]
    phone: String,
    /// The company; alone, everybody of it is meant
    #[arg(long, default_value = "")]
    company: String,
    /// Why, for managers only
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// What reception is to do
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// The last day, such as 2026-12-31
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
}

#[derive(Debug, Args)]
struct TourArguments {
    /// The folder for the pictures
    #[arg(long, value_name = "FOLDER", default_value = "out/tour")]
    out: PathBuf,
    /// The language of the pages (zh, en); the kiosk's own without it
    #[arg(long, value_parser = spoken)]
    lang: Option<Lang>,
    /// Only this one; all of them without it
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(tour::names()))]
    journey: Option<String>,
    /// The screen in pixels
    #[arg(long, value_name = "WxH", default_value = "1080x1920", value_parser = tour::size)]
    size: (u32, u32),
    /// How many seconds printer and mail may take
    #[arg(long, value_name = "SECONDS", default_value_t = 45)]
    patience: u64,
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// What the file holds
    what: Importable,
    /// A CSV file: UTF-8, UTF-16 or GB18030, with a line of column names
    file: PathBuf,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
    /// Columns to skip, in addition to those in [import] ignore
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    ignore_columns: Vec<String>,
    /// Send no mail; otherwise every visitor with an address gets their QR code
    #[arg(long)]
    no_mail: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Importable {
    Hosts,
    Invitations,
}

#[derive(Debug, Args)]
struct ExportArguments {
    /// The first day, such as 2026-11-01
    #[arg(long, value_name = "DAY", value_parser = a_day)]
    from: NaiveDate,
    /// The last day
    #[arg(long, value_name = "DAY", value_parser = a_day)]
    until: NaiveDate,
    /// Only to see this host, by name or id
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// Only this type of visit, by its id
    #[arg(long = "type", value_name = "ID")]
    kind: Option<String>,
    /// Only where all of these words fit: parts of name, company, host or badge, also in pinyin
    #[arg(long, value_name = "TEXT", default_value = "")]
    words: String,
    /// The language of the headings (zh, en); the kiosk's own without it
    #[arg(long)]
    lang: Option<Lang>,
    /// The file
    #[arg(long, value_name = "FILE.csv")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct NumbersArguments {
    /// The month
    #[arg(long, value_name = "YYYY-MM", value_parser = a_month)]
    month: NaiveDate,
    /// The language of the words (zh, en); the kiosk's own without it
    #[arg(long)]
    lang: Option<Lang>,
    /// The file
    #[arg(long, value_name = "FILE.csv")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct BadgeArguments {
    /// The visitor's name
    #[arg(long)]
    name: String,
    /// The visitor's company
    #[arg(long, default_value = "")]
    company: String,
    /// The host's name
    #[arg(long, default_value = "李晓云")]
    host: String,
    /// The host's department
    #[arg(long, default_value = "品质部")]
    department: String,
    /// The host's floor and room
    #[arg(long, default_value = "三楼 302")]
    place: String,
    /// The language of the small print
    #[arg(long, default_value = "zh", value_parser = spoken)]
    lang: Lang,
    /// The picture to write
    #[arg(long, value_name = "FILE.png")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct ComposeArguments {
    /// What the field is for
    #[arg(long, default_value = "name")]
    field: FieldKind,
    /// How many pages to print; 0: all
    #[arg(long, value_name = "PAGES", default_value_t = 3)]
    pages: usize,
    /// What is typed, such as ouyangxiuming
    #[arg(required = true, value_name = "LETTERS")]
    letters: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FieldKind {
    Name,
    Company,
    Text,
}

fn spoken(text: &str) -> Result<Lang, String> {
    let lang = text.parse().ok().filter(Lang::is_spoken);
    lang.ok_or_else(|| "zh or en is expected".to_owned())
}

fn a_day(text: &str) -> Result<NaiveDate, String> {
    typed::day(text).ok_or_else(|| format!("{} is expected", typed::A_DAY))
}

/// The first day of a month.
fn a_month(text: &str) -> Result<NaiveDate, String> {
    typed::month(text).ok_or_else(|| "a month such as 2026-11 is expected".to_owned())
}

/// The program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    log_to_stderr();
    match carry_out(arguments) {
        Ok(status) => status,
        Err(problem) => {
            eprintln!("frontdesk: {problem:#}");
            ExitCode::from(1)
        }
    }
}

fn carry_out(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let file = match arguments.config.clone() {
        Some(file) => Some(file),
        None => installed(Path::new(INSTALLED))?,
    };
    if let Some(Command::Doctor { json }) = arguments.command {
        return Ok(doctor::run(file.as_deref(), json));
    }
    let config = match &file {
        Some(file) => Config::read(file),
        None => Ok(Config::built_in()),
    };
    let config = match config {
        Ok(config) => config,
        Err(problems) => {
            eprintln!("{problems}");
            return Ok(ExitCode::from(1));
        }
    };
    match arguments.command {
        None => open::kiosk(&config),
        Some(Command::Tour(tour)) => walk::run(&config, arguments.config.is_some(), file.is_some(), tour),
        Some(Command::Check) => Ok(check::run(&config, file.as_deref())),
        Some(Command::Doctor { .. }) => Ok(ExitCode::SUCCESS),
        Some(Command::Import(import)) => import::run(&config, &import),
        Some(Command::Failures) => failures::list(&config),
        Some(Command::Waiting) => waiting::list(&config),
        Some(Command::Admit { number }) => waiting::answer(&config, &number, None),
        Some(Command::Decline { number, word }) => waiting::answer(&config, &number, Some(&word)),
        Some(Command::Parcels) => parcels::list(&config),
        Some(Command::Collected { number }) => parcels::collected(&config, &number),
        Some(Command::Cases) => cases::list(&config),
        Some(Command::Close { number, done }) => cases::close(&config, &number, &done),
        Some(Command::Emergency { switch, say }) => house::emergency(&config, switch, &say),
        Some(Command::Backup { to }) => copies::backup(&config, to.as_deref()),
        Some(Command::Restore { file, older }) => copies::restore(&config, &file, older),
        Some(Command::Forget { name, phone, yes }) => forget::run(&config, &name, &phone, yes),
        Some(Command::Export(wanted)) => export::visits(&config, &wanted),
        Some(Command::Numbers(wanted)) => export::numbers(&config, &wanted),
        Some(Command::Journal(JournalCommand::Verify { hash })) => journal::verify(&config, hash.as_deref()),
        Some(Command::Roll { drill, then: None }) => roll::call(&config, drill),
        Some(Command::Roll { then: Some(RollCommand::End), .. }) => roll::end(&config),
        Some(Command::Supplies) => supplies::list(&config),
        Some(Command::Count { id, stock }) => supplies::count(&config, &id, stock),
        Some(Command::Watch(command)) => watch::run(&config, command),
        Some(Command::Signature { number, out }) => house::signature(&config, &number, &out),
        Some(Command::Pin { what: PinCommand::Set { name, manager } }) => pin::set(&config, &name, manager),
        Some(Command::Pin { what: PinCommand::Remove { name } }) => pin::remove(&config, &name),
        Some(Command::Pin { what: PinCommand::List }) => pin::list(&config),
        Some(Command::Badge(badge)) => badge::run(&config, &badge),
        Some(Command::Compose(compose)) => compose::run(&config, &compose),
    }
}

/// The installed configuration, where there is one. One that cannot be seen is no reason to take the built-in one.
fn installed(file: &Path) -> anyhow::Result<Option<PathBuf>> {
    let is_there = file.try_exists().with_context(|| format!("{} cannot be seen", file.display()))?;
    Ok(is_there.then(|| file.to_owned()))
}

/// The program as it was started: in a fresh checkout it is on no PATH.
fn called() -> String {
    let first = std::env::args_os().next();
    first.map_or_else(|| "frontdesk".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The book of a kiosk, beside it. A command that only looks or answers makes no new one.
fn book(config: &Config) -> anyhow::Result<Book> {
    Ok(Book::open_beside(there(config)?, config.reception.clone())?)
}

/// Where the book is, if it is there.
fn there(config: &Config) -> anyhow::Result<&Path> {
    let path = &config.book.path;
    ensure!(
        path.try_exists().with_context(|| format!("the book {} cannot be seen", path.display()))?,
        "there is no book {}; name the kiosk's configuration with --config",
        path.display()
    );
    Ok(path)
}

/// The same, for a command that only looks.
fn book_as_it_is(config: &Config) -> anyhow::Result<Book> {
    Ok(Book::open_as_it_is(there(config)?, config.reception.clone())?)
}

/// The same, for a command that is good before the first start: where there is no book it is begun, for the owner of its
/// folder. Whoever is neither that nor root could only make one that the kiosk cannot write.
fn book_or_new(config: &Config, command: &str) -> anyhow::Result<Book> {
    let path = &config.book.path;
    let is_there =
        path.try_exists().with_context(|| format!("the book {} cannot be seen", path.display()))?;
    let folder = path.ancestors().skip(1).find_map(|folder| std::fs::metadata(folder).ok());
    let own = rustix::process::geteuid();
    let foreign = folder.filter(|folder| !is_there && !own.is_root() && folder.uid() != own.as_raw());
    if let Some(folder) = foreign {
        bail!(
            "there is no book {} yet, and its folder belongs to the user {}: run this as that user, so that the kiosk \
             can write the book (sudo -u frontdesk frontdesk {command} …)",
            path.display(),
            folder.uid()
        );
    }
    Ok(Book::begin_beside(path, config.reception.clone())?)
}

fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let filter =
        EnvFilter::try_from_env("FRONTDESK_LOG").unwrap_or_else(|_| EnvFilter::new("warn,frontdesk=info"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second call in one process (tests) finds the first one's log: that is fine.
    let _ = log.with_ansi(false).try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_that_cannot_be_seen_is_no_missing_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kiosk.toml");
        assert_eq!(installed(&file).unwrap(), None);
        std::fs::write(&file, "").unwrap();
        assert_eq!(installed(&file).unwrap(), Some(file.clone()));
        // Where a folder should be there is none: nobody can tell what lies in it.
        let unseen = installed(&file.join("kiosk.toml")).unwrap_err();
        assert!(format!("{unseen:#}").contains("cannot be seen"), "{unseen:#}");
    }
}
