//! A CSV file as rows of named cells. Finds out encoding, separator and columns, and collects problems.

use super::List;
use super::encoding::decoded;
use super::office::{self, badly_quoted, line_counter, separator, shortened, spans_lines};
use crate::files::named;
use crate::typed;
use crate::visit::fold;
use crate::words::Lang;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A list of people that is larger than this is no list of people.
const LARGEST: u64 = 64 * 1024 * 1024;
/// No cell of such a list says more.
const LONGEST_CELL: usize = 1000;
/// So many problems are named: more than any list of people has rows, and some 20 MB.
const PROBLEMS_NAMED: usize = 100_000;
/// So many bytes are read once more behind quotation marks that are wrong, in all.
const READ_AGAIN: usize = 32 * 1024 * 1024;

/// A problem in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Its line, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// The column's name; may be empty.
    pub column: String,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}: ", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, "{}: ", self.column)?;
        }
        f.write_str(&self.reason)
    }
}

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {why}")]
pub struct ReadError {
    path: PathBuf,
    why: String,
}

/// Reads a file for import.
///
/// # Errors
/// It cannot be read, or is far too large for a list of people.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let failed = |why: String| ReadError { path: path.to_owned(), why };
    named::read(path, LARGEST).map_err(|problem| failed(problem.to_string()))
}

/// The columns that a file may have.
pub(super) struct Columns<'a> {
    /// Their names, each with its other names.
    pub all: &'a [(&'static str, &'a [&'a str])],
    /// Those that may stand there once more for a language: `name_en`.
    pub in_languages: &'a [&'a str],
    /// Those that must be there.
    pub needed: &'a [&'a str],
}

/// The whole file.
pub(super) struct Table {
    rows: std::vec::IntoIter<(u64, csv::StringRecord)>,
    columns: Rc<HashMap<String, usize>>,
    /// Columns that nobody reads: where they are, and how they are headed.
    ignored: Vec<(usize, String)>,
    problems: Vec<RowProblem>,
    /// How many there are beyond those that are named.
    unnamed: usize,
    warnings: Vec<RowProblem>,
}

impl Table {
    /// Opens a file with these columns, and others that are to be ignored.
    pub fn open(bytes: &[u8], known: &Columns<'_>, ignore: &[String]) -> Result<Self, Vec<RowProblem>> {
        let unread = || vec![whole("its encoding is not recognised; save it as \"CSV UTF-8\"".to_owned())];
        let text = decoded(bytes).ok_or_else(unread)?;
        let text = typed::visible(&text);
        let (rows, misquoted) = rows(&text)?;
        let mut rows = rows.into_iter();
        let Some((line, heads)) = rows.next() else {
            let empty = vec![whole("the file is empty".to_owned())];
            return Err(if misquoted.is_empty() { empty } else { misquoted });
        };
        // Without its first line nobody knows what the cells of the others are.
        if misquoted.first().is_some_and(|problem| problem.line < line) {
            return Err(misquoted);
        }
        let Heads { columns, ignored, problems } = columns(line, &heads, known, ignore);
        if !problems.is_empty() {
            return Err(problems.into_iter().chain(misquoted).collect());
        }
        let columns = Rc::new(columns);
        Ok(Self { rows, columns, ignored, problems: misquoted, unnamed: 0, warnings: Vec::new() })
    }

    pub fn next_row(&mut self) -> Option<Cells> {
        let (line, record) = self.rows.next()?;
        let mut problems = Vec::new();
        let is_ignored = |at: usize| self.ignored.iter().any(|(ignored, _)| *ignored == at);
        let named = |at: usize| is_ignored(at) || self.columns.values().any(|column| *column == at);
        if record.iter().enumerate().any(|(at, cell)| !cell.is_empty() && !named(at)) {
            problems.push(RowProblem {
                line,
                column: String::new(),
                reason: "there are more cells than columns".to_owned(),
            });
        }
        if record.len() == 1 && self.columns.len() > 1 {
            let reason = "there is one cell only; separate cells as in the first line".to_owned();
            problems.push(RowProblem { line, column: String::new(), reason });
        }
        Some(Cells { line, record, columns: Rc::clone(&self.columns), problems, warnings: Vec::new() })
    }

    pub fn wrong(&mut self, line: u64, column: &str, reason: String) {
        self.name(RowProblem { line, column: column.to_owned(), reason });
    }

    fn name(&mut self, problem: RowProblem) {
        if self.problems.len() < PROBLEMS_NAMED {
            self.problems.push(problem);
        } else {
            self.unnamed += 1;
        }
    }

    /// All rows, if there is no problem in any.
    pub fn finish<T>(mut self, rows: Vec<T>) -> Result<List<T>, Vec<RowProblem>> {
        if self.problems.is_empty() {
            let ignored = self.ignored.into_iter().map(|(_, head)| head).collect();
            return Ok(List { rows, ignored, warnings: self.warnings });
        }
        self.problems.sort_by_key(|problem| problem.line);
        if self.unnamed > 0 {
            self.problems.push(whole(format!("and {} more problems", self.unnamed)));
        }
        Err(self.problems)
    }
}

fn whole(reason: String) -> RowProblem {
    RowProblem { line: 0, column: String::new(), reason }
}

/// A record with its first line.
type Record = (u64, csv::StringRecord);

/// The records of a text; empty ones are left out. Behind one whose quotation marks are wrong it is gone on with the next
/// line: what that record has swallowed may be rows of their own. And what is wrong with quotation marks.
fn rows(text: &str) -> Result<(Vec<Record>, Vec<RowProblem>), Vec<RowProblem>> {
    let (separator, mut from) = separator(text);
    let mut line_of = line_counter(text.as_bytes());
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut again = 0;
    while let Some(rest) = text.as_bytes().get(from..).filter(|rest| !rest.is_empty()) {
        let mut lines = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(rest);
        let bad = loop {
            let mut record = csv::StringRecord::new();
            let begin = from + at(lines.position());
            let read = lines.read_record(&mut record);
            if !read.map_err(|problem| vec![whole(format!("this is not CSV: {problem}"))])? {
                break None;
            }
            let line = line_of(begin as u64);
            let end = (from + at(lines.position())).min(text.len());
            let raw = text.as_bytes().get(begin..end).unwrap_or_default();
            if spans_lines(&record) && badly_quoted(raw, separator) {
                break Some((line, begin, end));
            }
            record.trim();
            if record.iter().any(|cell| !cell.is_empty()) {
                rows.push((line, record));
            }
        };
        let Some((line, begin, end)) = bad else { break };
        let reason = "a quotation mark in this row is not closed, or is closed where no cell ends".to_owned();
        problems.push(RowProblem { line, column: String::new(), reason });
        from = next_line(text.as_bytes(), begin);
        again += end - from.min(end);
        if again > READ_AGAIN {
            problems.push(whole("because of that the rows after it were not checked".to_owned()));
            break;
        }
    }
    Ok((rows, problems))
}

fn at(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Where the line after the one that begins here, or after empty ones, begins.
fn next_line(text: &[u8], begin: usize) -> usize {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let first = text.iter().skip(begin).position(|byte| !is_end(byte)).map_or(text.len(), |at| begin + at);
    text.iter().skip(first).position(is_end).map_or(text.len(), |at| first + at + 1)
}

/// What the first line says.
struct Heads {
    columns: HashMap<String, usize>,
    ignored: Vec<(usize, String)>,
    problems: Vec<RowProblem>,
}

fn columns(line: u64, heads: &csv::StringRecord, known: &Columns<'_>, ignore: &[String]) -> Heads {
    let (mut columns, mut ignored) = (HashMap::new(), Vec::new());
    let mut problems = Vec::new();
    let mut wrong = |column: &str, reason: String| {
        problems.push(RowProblem { line, column: column.to_owned(), reason });
    };
    for (at, head) in heads.iter().enumerate() {
        if ignore.iter().any(|name| !head.is_empty() && fold(name) == fold(head)) {
            ignored.push((at, head.to_owned()));
            continue;
        }
        let (stem, lang) = match head.rsplit_once('_') {
            Some((stem, lang @ ("zh" | "en"))) => (stem, Some(lang)),
            _ => (head, None),
        };
        let stem = stem.to_lowercase();
        let is_meant = |(name, others): &&(&str, &[&str])| {
            (*name == stem || others.contains(&stem.as_str()))
                && (lang.is_none() || known.in_languages.contains(name))
        };
        let found = known.all.iter().find(is_meant);
        let Some((name, _)) = found else {
            if !head.is_empty() {
                let names: Vec<&str> = known.all.iter().map(|(name, _)| *name).collect();
                let names = names.join(", ");
                wrong(
                    head,
                    format!("unknown column; the known ones are {names}; --ignore-columns skips others"),
                );
            }
            continue;
        };
        let name = lang.map_or((*name).to_owned(), |lang| format!("{name}_{lang}"));
        if columns.insert(name, at).is_some() {
            wrong(head, "this column stands here twice".to_owned());
        }
    }
    for name in known.needed.iter().filter(|name| !columns.contains_key(**name)) {
        wrong(name, "this column is missing".to_owned());
    }
    Heads { columns, ignored, problems }
}

/// One row.
pub(super) struct Cells {
    line: u64,
    record: csv::StringRecord,
    columns: Rc<HashMap<String, usize>>,
    problems: Vec<RowProblem>,
    warnings: Vec<RowProblem>,
}

impl Cells {
    /// What a cell says; empty where there is none.
    pub fn text(&mut self, column: &str) -> String {
        self.readable(column).unwrap_or_default()
    }

    /// What a cell says, if it can be what somebody wrote; where it cannot, the problem is kept.
    fn readable(&mut self, column: &str) -> Option<String> {
        let cell = self.columns.get(column).and_then(|at| self.record.get(*at)).unwrap_or_default();
        if cell.len() > LONGEST_CELL {
            self.wrong(column, "this cell is far too long");
            return None;
        }
        let cell = match office::value(cell) {
            Ok(cell) => cell,
            Err(reason) => {
                self.wrong(column, &reason);
                return None;
            }
        };
        if shortened(&cell) {
            let reason = format!(
                "{cell} is a number that the office program shortened; make the column's format \"Text\" and write it anew"
            );
            self.wrong(column, &reason);
            return None;
        }
        // Line breaks and other control characters have no place in names and addresses.
        let parts = cell.split(char::is_control).map(str::trim).filter(|part| !part.is_empty());
        Some(parts.collect::<Vec<_>>().join(" "))
    }

    /// What the column of this language says.
    pub fn text_in(&mut self, column: &str, lang: Lang) -> String {
        self.text(&format!("{column}_{lang}"))
    }

    /// A cell as a value; where it is none, the problem is kept.
    pub fn parsed<T>(&mut self, column: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.readable(column)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.wrong(column, &reason);
                None
            }
        }
    }

    pub fn wrong(&mut self, column: &str, reason: &str) {
        let problem = RowProblem { line: self.line, column: column.to_owned(), reason: reason.to_owned() };
        // A cell may be read twice.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// What is no mistake, and will be in somebody's way.
    pub fn warn(&mut self, column: &str, reason: String) {
        self.warnings.push(RowProblem { line: self.line, column: column.to_owned(), reason });
    }

    /// A value that may stand in one row only.
    pub fn once(&mut self, seen: &mut HashMap<String, u64>, column: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if let Some(line) = seen.insert(value.to_owned(), self.line) {
            let what = if self.text(column).is_empty() { "the same" } else { value };
            self.wrong(column, &format!("{what} stands in line {line} already"));
        }
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn finish(self, table: &mut Table) {
        self.problems.into_iter().for_each(|problem| table.name(problem));
        table.warnings.extend(self.warnings);
    }
}
