//! Reading TOML so that every problem is found at once, each with its line and what would be right.

use super::values::{a_path, number};
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One mistake in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub what: String,
}

/// All mistakes of a configuration, by line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes {
    /// The file's name.
    pub file: String,
    /// The mistakes.
    pub all: Vec<Mistake>,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, Mistake { line, what }) in self.all.iter().enumerate() {
            let end = if n + 1 < self.all.len() { "\n" } else { "" };
            match line {
                0 => write!(f, "{}: {what}{end}", self.file)?,
                _ => write!(f, "{}:{line}: {what}{end}", self.file)?,
            }
        }
        Ok(())
    }
}

/// Collects mistakes while a text is read.
pub(super) struct Reader {
    /// Where each line but the first begins.
    lines: Vec<usize>,
    mistakes: RefCell<Vec<Mistake>>,
}

impl Reader {
    pub fn new(text: &str) -> Self {
        let lines = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { lines, mistakes: RefCell::default() }
    }

    /// A mistake at a place of the text.
    pub fn wrong(&self, at: &Range<usize>, what: impl Into<String>) {
        let mistake = Mistake { line: self.line(at), what: what.into() };
        self.mistakes.borrow_mut().push(mistake);
    }

    /// Whether there is a mistake in the line of this place already.
    fn is_wrong(&self, at: &Range<usize>) -> bool {
        let line = self.line(at);
        self.mistakes.borrow().iter().any(|mistake| mistake.line == line)
    }

    fn line(&self, at: &Range<usize>) -> usize {
        self.lines.partition_point(|begins| *begins <= at.start) + 1
    }

    pub fn finish(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes.dedup();
        mistakes
    }
}

/// One table of the text, whose keys are taken one by one; what is left in the end is unknown.
pub(super) struct Table<'a> {
    /// As it is written, such as `[screen]`; empty: the whole file.
    name: String,
    at: Range<usize>,
    entries: Option<&'a DeTable<'a>>,
    taken: Vec<&'static str>,
    refused: Vec<&'static str>,
    reader: &'a Reader,
    folder: &'a Path,
}

impl<'a> Table<'a> {
    /// The whole file; its paths count from `folder`.
    pub fn root(entries: &'a DeTable<'a>, reader: &'a Reader, folder: &'a Path) -> Self {
        Self {
            name: String::new(),
            at: 0..0,
            entries: Some(entries),
            taken: Vec::new(),
            refused: Vec::new(),
            reader,
            folder,
        }
    }

    fn within(&self, name: String, entries: Option<&'a DeTable<'a>>, at: Range<usize>) -> Self {
        let (reader, folder) = (self.reader, self.folder);
        Self { name, at, entries, taken: Vec::new(), refused: Vec::new(), reader, folder }
    }

    /// Reads the table of this name, which is empty where it is left out.
    pub fn table<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Table<'a>) -> T) -> T {
        let entry = self.take(name);
        let entries = entry.and_then(|entry| entry.get_ref().as_table());
        if let (Some(entry), None) = (entry, entries) {
            let list = entry.get_ref().as_array();
            let list = list.is_some_and(|all| all.iter().any(|one| one.get_ref().is_table()));
            let right = match list {
                true => "one bracket is expected: there is only one such table",
                false => "a table is expected",
            };
            self.reader.wrong(&entry.span(), format!("[{name}]: {right}"));
        }
        let at = entry.map_or(0..0, Spanned::span);
        let mut table = self.within(format!("[{name}]"), entries, at);
        let value = read(&mut table);
        table.finish();
        value
    }

    /// Reads the table of this name where it is written.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Table<'a>) -> Option<T>,
    ) -> Option<T> {
        self.table(name, |table| if table.entries.is_some() { read(table) } else { None })
    }

    /// Reads the tables of a list such as `[[language]]`, each with those before it; none where it is left out or is no
    /// list.
    pub fn list<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Table<'a>, &[T]) -> Option<T>,
    ) -> Option<Vec<T>> {
        let entry = self.take(name)?;
        let Some(array) = entry.get_ref().as_array().filter(|array| !array.is_empty()) else {
            let right = match entry.get_ref().is_table() {
                true => "two brackets are expected: each is a table of its own",
                false => "at least one table is expected",
            };
            self.reader.wrong(&entry.span(), format!("[[{name}]]: {right}"));
            return None;
        };
        let mut read_so_far = Vec::new();
        for entry in array.iter() {
            let mut table = self.within(format!("[[{name}]]"), entry.get_ref().as_table(), entry.span());
            let value = read(&mut table, &read_so_far);
            table.finish();
            read_so_far.extend(value);
        }
        Some(read_so_far)
    }

    /// A mistake of the table as a whole.
    pub fn wrong(&self, what: impl Into<String>) {
        self.reader.wrong(&self.at, what);
    }

    /// Both values, which every table of a list needs. One that is written and wrong is a mistake already.
    pub fn both<A, B>(&self, (a, b): (&str, &str), values: (Option<A>, Option<B>)) -> Option<(A, B)> {
        if !self.says(a) || !self.says(b) {
            self.wrong(format!("{}: {a} and {b} are expected", self.name));
        }
        values.0.zip(values.1)
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.taken.push(key);
        self.entries.and_then(|entries| entries.get(key))
    }

    /// Whether a key is written, right or wrong.
    pub fn says(&self, key: &str) -> bool {
        self.entries.is_some_and(|entries| entries.contains_key(key))
    }

    /// A key that is a mistake in itself, and that no hint names.
    pub fn refuse(&mut self, key: &'static str, why: &str) {
        if let Some(entry) = self.entries.and_then(|entries| entries.get(key)) {
            self.reader.wrong(&entry.span(), format!("{}: {why}", self.path_of(key)));
            self.refused.push(key);
        }
    }

    /// What is wrong with a key as such, where it is written and its value is none of the mistakes already.
    pub fn object(&self, key: &str, why: &str) {
        let entry = self.entries.and_then(|entries| entries.get(key));
        if let Some(entry) = entry.filter(|entry| !self.reader.is_wrong(&entry.span())) {
            self.reader.wrong(&entry.span(), format!("{}: {why}", self.path_of(key)));
        }
    }

    /// A value of this type. `read` says what would be right.
    pub fn key<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, String>,
    ) -> Option<T> {
        let entry = self.take(key)?;
        match read(entry.get_ref()) {
            Ok(value) => Some(value),
            Err(right) => {
                self.reader.wrong(&entry.span(), format!("{}: {right}", self.path_of(key)));
                None
            }
        }
    }

    /// The name of a file or a folder.
    pub fn path(&mut self, key: &'static str) -> Option<PathBuf> {
        self.key(key, a_path).map(|path| self.in_folder(&path))
    }

    /// Where a path of the file leads.
    pub fn in_folder(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.join(path)
    }

    /// So many of this unit, each as long as that.
    pub fn time(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
        unit: Duration,
    ) -> Option<Duration> {
        self.key(key, number(range)).map(|count| unit * count)
    }

    fn path_of(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{} {key}", self.name) }
    }

    /// Every key that nobody asked for is a mistake.
    pub fn finish(self) {
        for (key, _) in self.entries.into_iter().flatten() {
            let name: &str = key.get_ref();
            if self.taken.contains(&name) || self.refused.contains(&name) {
                continue;
            }
            let nearest = self.taken.iter().map(|known| (distance(name, known), *known)).min();
            let close =
                nearest.filter(|(away, known)| *away <= 2 && *away < known.len()).map(|(_, known)| known);
            let begun =
                || self.taken.iter().copied().find(|known| !name.is_empty() && known.starts_with(name));
            let hint = match close.or_else(begun) {
                Some(known) => format!("; did you mean \"{known}\"?"),
                None if self.taken.is_empty() => String::new(),
                None => format!("; known are {}", self.taken.join(", ")),
            };
            self.reader.wrong(&key.span(), format!("{}: unknown key{hint}", self.path_of(name)));
        }
    }
}

/// How many letters have to be changed, added or left out to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut left = row[0];
        row[0] = i + 1;
        for j in 0..b.len() {
            let up = row[j + 1];
            row[j + 1] = (up.min(row[j]) + 1).min(left + usize::from(c != b[j]));
            left = up;
        }
    }
    row[b.len()]
}
