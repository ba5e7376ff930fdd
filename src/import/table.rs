//! A CSV file as rows of named cells. Finds out encoding, separator and columns, and collects problems.

use super::office::{badly_quoted, decoded, line_counter, separator, shortened, spans_lines};
use crate::words::Lang;
use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A list of people that is larger than this is no list of people.
const LARGEST: u64 = 64 * 1024 * 1024;
/// No cell of such a list says more.
const LONGEST_CELL: usize = 1000;
/// So many problems are enough to look at.
const PROBLEMS_NAMED: usize = 200;

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
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|problem| failed(problem.to_string()))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|problem| failed(problem.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed("it is larger than 64 MB; is it the right file?".to_owned()));
    }
    Ok(bytes)
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
    problems: Vec<RowProblem>,
}

impl Table {
    /// Opens a file with these columns.
    pub fn open(bytes: &[u8], known: &Columns<'_>) -> Result<Self, Vec<RowProblem>> {
        let unread = || vec![whole("its letters cannot be made out; save it as \"CSV UTF-8\"".to_owned())];
        let text = decoded(bytes).ok_or_else(unread)?;
        let mut rows = rows(&text)?;
        if rows.is_empty() {
            return Err(vec![whole("the file is empty".to_owned())]);
        }
        let (line, heads) = rows.remove(0);
        let (columns, problems) = columns(line, &heads, known);
        if problems.is_empty() {
            Ok(Self { rows: rows.into_iter(), columns: Rc::new(columns), problems })
        } else {
            Err(problems)
        }
    }

    pub fn next_row(&mut self) -> Option<Cells> {
        let (line, record) = self.rows.next()?;
        let mut problems = Vec::new();
        let named = |at: usize| self.columns.values().any(|column| *column == at);
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
        Some(Cells { line, record, columns: Rc::clone(&self.columns), problems })
    }

    pub fn wrong(&mut self, line: u64, column: &str, reason: String) {
        self.problems.push(RowProblem { line, column: column.to_owned(), reason });
    }

    /// All rows, if there is no problem in any.
    pub fn finish<T>(mut self, rows: Vec<T>) -> Result<Vec<T>, Vec<RowProblem>> {
        if self.problems.is_empty() {
            return Ok(rows);
        }
        self.problems.sort_by_key(|problem| problem.line);
        let more = self.problems.len().saturating_sub(PROBLEMS_NAMED);
        self.problems.truncate(PROBLEMS_NAMED);
        if more > 0 {
            self.problems.push(whole(format!("and {more} more problems")));
        }
        Err(self.problems)
    }
}

fn whole(reason: String) -> RowProblem {
    RowProblem { line: 0, column: String::new(), reason }
}

/// The records of a text, each with its first line; empty ones are left out.
fn rows(text: &str) -> Result<Vec<(u64, csv::StringRecord)>, Vec<RowProblem>> {
    let separator = separator(text);
    let mut lines = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let records = lines.records().collect::<Result<Vec<_>, _>>();
    let records = records.map_err(|problem| vec![whole(format!("this is not CSV: {problem}"))])?;
    let begins = |record: &csv::StringRecord| {
        let byte = record.position().map_or(0, csv::Position::byte);
        usize::try_from(byte).map_or(text.len(), |byte| byte.min(text.len()))
    };
    let ends: Vec<usize> = records.iter().skip(1).map(begins).chain([text.len()]).collect();
    let mut line_of = line_counter(text.as_bytes());
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (record, end) in records.into_iter().zip(ends) {
        let begin = begins(&record);
        let line = line_of(begin as u64);
        let raw = text.as_bytes().get(begin..end).unwrap_or_default();
        if spans_lines(&record) && badly_quoted(raw, separator) {
            let reason =
                "a quotation mark in this row is not closed, and the rows after it hang on it".to_owned();
            problems.push(RowProblem { line, column: String::new(), reason });
        }
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, record));
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn columns(
    line: u64,
    heads: &csv::StringRecord,
    known: &Columns<'_>,
) -> (HashMap<String, usize>, Vec<RowProblem>) {
    let mut columns = HashMap::new();
    let mut problems = Vec::new();
    let mut wrong = |column: &str, reason: String| {
        problems.push(RowProblem { line, column: column.to_owned(), reason });
    };
    for (at, head) in heads.iter().enumerate() {
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
                wrong(head, format!("unknown column; known are {}", names.join(", ")));
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
    (columns, problems)
}

/// One row.
pub(super) struct Cells {
    line: u64,
    record: csv::StringRecord,
    columns: Rc<HashMap<String, usize>>,
    problems: Vec<RowProblem>,
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
        if shortened(cell) {
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
        let (line, column, reason) = (self.line, column.to_owned(), reason.to_owned());
        self.problems.push(RowProblem { line, column, reason });
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
        table.problems.extend(self.problems);
    }
}
