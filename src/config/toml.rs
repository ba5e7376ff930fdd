//! Reading TOML so that every problem is found at once, each with its line and what would be right.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
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
    mistakes: Vec<Mistake>,
    /// The lines that have one.
    wrong: HashSet<usize>,
}

impl Reader {
    pub fn new(text: &str) -> Self {
        let lines = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { lines, mistakes: Vec::new(), wrong: HashSet::new() }
    }

    /// A mistake at a place of the text.
    pub fn wrong(&mut self, at: &Range<usize>, what: impl Into<String>) {
        let line = self.line(at);
        self.wrong.insert(line);
        self.mistakes.push(Mistake { line, what: what.into() });
    }

    /// Whether there is a mistake in the line of this place already.
    pub fn is_wrong(&self, at: &Range<usize>) -> bool {
        self.wrong.contains(&self.line(at))
    }

    fn line(&self, at: &Range<usize>) -> usize {
        self.lines.partition_point(|begins| *begins <= at.start) + 1
    }

    pub fn finish(mut self) -> Vec<Mistake> {
        self.mistakes.sort_by_key(|mistake| mistake.line);
        self.mistakes.dedup();
        self.mistakes
    }
}

/// One table of the text, whose keys are taken one by one; what is left in the end is unknown.
pub(super) struct Table<'a, 't> {
    name: String,
    at: Range<usize>,
    entries: Option<&'a DeTable<'t>>,
    taken: Vec<&'static str>,
    refused: Vec<&'static str>,
}

/// A value with its place.
pub(super) type Entry<'a, 't> = &'a Spanned<DeValue<'t>>;

impl<'a, 't> Table<'a, 't> {
    pub fn new(name: &str, entries: Option<&'a DeTable<'t>>, at: Range<usize>) -> Self {
        Self { name: name.to_owned(), at, entries, taken: Vec::new(), refused: Vec::new() }
    }

    /// Where the table begins.
    pub fn at(&self) -> &Range<usize> {
        &self.at
    }

    pub fn is_there(&self) -> bool {
        self.entries.is_some()
    }

    /// The value of a key, if it is written.
    pub fn take(&mut self, key: &'static str) -> Option<Entry<'a, 't>> {
        self.taken.push(key);
        self.entries.and_then(|entries| entries.get(key))
    }

    /// Whether a key is written, right or wrong.
    pub fn says(&self, key: &str) -> bool {
        self.entries.is_some_and(|entries| entries.contains_key(key))
    }

    /// A key that is a mistake in itself, and that no hint names.
    pub fn refuse(&mut self, reader: &mut Reader, key: &'static str, why: &str) {
        if let Some(entry) = self.entries.and_then(|entries| entries.get(key)) {
            reader.wrong(&entry.span(), format!("{}: {why}", self.path(key)));
            self.refused.push(key);
        }
    }

    /// What is wrong with a key as such, where it is written and its value is none of the mistakes already.
    pub fn object(&self, reader: &mut Reader, key: &str, why: &str) {
        let entry = self.entries.and_then(|entries| entries.get(key));
        if let Some(entry) = entry.filter(|entry| !reader.is_wrong(&entry.span())) {
            reader.wrong(&entry.span(), format!("{}: {why}", self.path(key)));
        }
    }

    /// A value of this type. `read` says what would be right.
    pub fn read<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        read: impl FnOnce(&DeValue<'t>) -> Result<T, String>,
    ) -> Option<T> {
        let entry = self.take(key)?;
        match read(entry.get_ref()) {
            Ok(value) => Some(value),
            Err(right) => {
                reader.wrong(&entry.span(), format!("{}: {right}", self.path(key)));
                None
            }
        }
    }

    pub fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("[{}] {key}", self.name) }
    }

    /// Every key that nobody asked for is a mistake.
    pub fn finish(self, reader: &mut Reader) {
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
            reader.wrong(&key.span(), format!("{}: unknown key{hint}", self.path(name)));
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
