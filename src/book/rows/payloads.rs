//! The journal's bodies that are erased, and the lines they were of: whatever takes one away says so in a later line.

use crate::book::error::BookError;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

/// Lines of the journal, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lines(
    /// From this one to that one, in order, with others between any two.
    Vec<(i64, i64)>,
);

impl Lines {
    /// How many they are.
    pub fn count(&self) -> i64 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Whether this one is among them.
    pub fn have(&self, line: i64) -> bool {
        let place = self.0.partition_point(|(first, _)| *first <= line);
        place.checked_sub(1).and_then(|before| self.0.get(before)).is_some_and(|(_, last)| line <= *last)
    }

    /// Those of them that are before this one.
    pub(in crate::book) fn before(&self, line: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let before = self.0.iter().filter(move |(first, _)| *first < line);
        before.map(move |(first, last)| (*first, (*last).min(line - 1)))
    }

    /// All of these, in any order, more than once or not.
    pub(in crate::book) fn of(mut spans: Vec<(i64, i64)>) -> Self {
        spans.sort_unstable();
        let mut lines: Vec<(i64, i64)> = Vec::new();
        for (first, last) in spans {
            match lines.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => lines.push((first, last)),
            }
        }
        Self(lines)
    }
}

impl From<Lines> for String {
    /// Such as `3-7 12`.
    fn from(lines: Lines) -> Self {
        let span = |(first, last): &(i64, i64)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        lines.0.iter().map(span).collect::<Vec<_>>().join(" ")
    }
}

impl TryFrom<String> for Lines {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let span = |span: &str| {
            let (first, last) = span.split_once('-').unwrap_or((span, span));
            let span = (first.parse().ok()?, last.parse().ok()?);
            (0 < span.0 && span.0 <= span.1).then_some(span)
        };
        let spans: Option<Vec<_>> = text.split_whitespace().map(span).collect();
        spans.map(Self::of).ok_or("no lines such as 3-7 12")
    }
}

/// Bodies that are being erased; which they were is for the journal.
#[derive(Default)]
pub(in crate::book) struct Erasing(Vec<(i64, i64)>);

impl Erasing {
    /// Erases what the journal says about this.
    pub fn all_about(&mut self, subject: &str, change: &Transaction<'_>) -> Result<(), BookError> {
        let mut erased = change.prepare_cached(
            "DELETE FROM journal_bodies WHERE seq IN (SELECT seq FROM journal WHERE subject = ?) RETURNING seq",
        )?;
        for line in erased.query_map([subject], |row| row.get::<_, i64>(0))? {
            let line = line?;
            self.0.push((line, line));
        }
        Ok(())
    }

    /// The lines whose bodies are erased now.
    pub fn lines(self) -> Lines {
        Lines::of(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Lines {
        Lines::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn lines_are_written_as_people_write_them() {
        for (numbers, text) in
            [(vec![], ""), (vec![7], "7"), (vec![12, 5, 3, 4, 4, 6, 7], "3-7 12"), (vec![2, 1, 3], "1-3")]
        {
            let spans = numbers.iter().map(|number| (*number, *number)).collect();
            assert_eq!(String::from(Lines::of(spans)), text);
            assert_eq!(String::from(lines(text)), text);
        }
        let some = lines("3-7 12");
        assert_eq!(some.count(), 6);
        let had: Vec<i64> = (0..20).filter(|line| some.have(*line)).collect();
        assert_eq!(had, [3, 4, 5, 6, 7, 12]);
        assert_eq!(some.before(6).collect::<Vec<_>>(), [(3, 5)]);
        for wrong in ["x", "3-", "-3", "7-3", "0", "3,4"] {
            assert!(Lines::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
