//! Files that leave the house, whole or not there: written on the thread of the book's copies, or by a staff command.
//! Reads the book through a connection of its own, and the journal tells before a file has its name.

use crate::book::{Book, BookError};
use crate::config::{Config, Reception};
use crate::errand::{Export, Exported, Outcome, Seen, Trouble};
use crate::export::{self, ExportError, Format, Visits};
use crate::files::{folder_of, free_bytes, make_folders, whole};
use crate::now::{Now, Tick, Wall};
use crate::visit::{Host, Kind, Wanted};
use crate::words::Lang;
use chrono::Local;
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// So many visits are read at once.
const AT_ONCE: usize = 500;

/// So many bytes stay free while a file is written: the book goes on in them.
const LEFT_FREE: u64 = 16 * 1024 * 1024;
/// So many bytes a visit takes in a workbook: 25 cells with their marks, not yet packed.
const BYTES_A_VISIT: u64 = 2 * 1024;

/// What is needed to write any file.
pub(super) struct Exporter {
    book: PathBuf,
    reception: Reception,
    kinds: Vec<Kind>,
}

/// Where a file goes, in which words.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file; its folder is there.
    pub file: &'a Path,
    /// What its name's ending asks for.
    pub format: Format,
    /// The language of its words.
    pub lang: Lang,
}

impl Exporter {
    pub fn new(config: &Config) -> Self {
        Self { book: config.book.path.clone(), reception: config.reception.clone(), kinds: config.kinds() }
    }

    /// Writes a file. Whoever wants it stands at the screen: it is there now, or it is said why not.
    pub fn run(&self, order: &Export) -> Outcome {
        match self.write(order) {
            Ok(()) => Outcome::Done(Seen::Confirmed),
            Err(problem) => {
                tracing::error!("{} was not written: {problem}", order.file.display());
                Outcome::Failed(match problem {
                    ExportError::Full | ExportError::Book(BookError::Full) => Trouble::DiskFull,
                    ExportError::Io(_) | ExportError::GivenUp => Trouble::FolderUnwritable,
                    ExportError::Workbook(_) | ExportError::Book(_) => Trouble::ExportFailed,
                })
            }
        }
    }

    fn write(&self, order: &Export) -> Result<(), ExportError> {
        make_folders(folder_of(&order.file))?;
        let format = Format::of(&order.file).unwrap_or(Format::Csv);
        let place = Place { file: &order.file, format, lang: order.lang };
        let now = Now::new(Tick::default(), Local::now().fixed_offset());
        let mut book = Book::open_beside(&self.book, self.reception.clone())?;
        match &order.what {
            Exported::Visits(wanted) => visits(&mut book, wanted, place, &order.by, now).map(drop),
            Exported::Numbers { period, from, until } => {
                numbers(&mut book, (period, *from, *until), &self.kinds, place, &order.by, now).map(drop)
            }
        }
    }
}

/// Writes the visits that fit, newest first; how many.
///
/// # Errors
/// [`ExportError`]; a file of this name is then as it was.
pub fn visits(
    book: &mut Book,
    wanted: &Wanted,
    place: Place<'_>,
    by: &str,
    now: Now,
) -> Result<usize, ExportError> {
    let hosts: HashMap<String, Host> =
        book.hosts()?.into_iter().map(|host| (host.id.clone(), host)).collect();
    let mut count = 0;
    room(place.file, 0)?;
    whole(place.file, |part| {
        let mut file = Visits::new(place.lang, place.format, folder_of(place.file), BufWriter::new(part))?;
        let mut last = None;
        // No visit may be missing that is only not indexed yet.
        book.finish_index()?;
        loop {
            let some = book.search(wanted, last, AT_ONCE)?;
            let Some(oldest) = some.last() else { break };
            last = Some(oldest.id);
            // A workbook's rows wait in a file of their own, and are then written once more.
            count += some.len();
            room(place.file, if place.format == Format::Xlsx { count } else { 0 })?;
            for visit in &some {
                file.line(visit, hosts.get(&visit.host_id), book.unregistered(visit)?)?;
            }
        }
        let (mut out, lines) = file.finish()?;
        count = lines;
        out.flush()?;
        // The journal says so before the file has its name: none leaves unsaid.
        Ok::<_, ExportError>(book.exported(lines, by, now)?)
    })?;
    Ok(count)
}

/// Whether there is room for so many more visits.
fn room(file: &Path, visits: usize) -> Result<(), ExportError> {
    let needed = LEFT_FREE + BYTES_A_VISIT * visits as u64;
    match free_bytes(folder_of(file)) {
        Some(free) if free < needed => Err(ExportError::Full),
        Some(_) | None => Ok(()),
    }
}

/// Writes the numbers of a period that is called so; how many visits they are of.
///
/// # Errors
/// [`ExportError`]; a file of this name is then as it was.
pub fn numbers(
    book: &mut Book,
    (period, from, until): (&str, Wall, Wall),
    kinds: &[Kind],
    place: Place<'_>,
    by: &str,
    now: Now,
) -> Result<u32, ExportError> {
    let (numbers, hosts) = (book.numbers(from, until, now)?, book.hosts()?);
    room(place.file, 0)?;
    whole(place.file, |part| {
        let how = (place.lang, place.format, folder_of(place.file));
        export::numbers(how, period, (&numbers, kinds, &hosts), BufWriter::new(part))?.flush()?;
        Ok::<_, ExportError>(book.numbers_exported(period, numbers.visits as usize, by, now)?)
    })?;
    Ok(numbers.visits)
}
