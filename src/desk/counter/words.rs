//! What was said of visits: complaints until somebody dealt with them, what was done, and words for managers.

use super::board::Board;
use super::{Card, Column, Counter, Deed, Fact, Heading, Tone};
use crate::book::{Book, BookError, ClosedCase};
use crate::desk::Desk;
use crate::now::{Now, Wall};
use crate::visit::{Case, Feedback, Visit};
use chrono::Duration;

/// So far back what was said and done is shown, and no more of it.
const LOOK_BACK: Duration = Duration::days(31);
const MOST_WORDS: usize = 500;

impl Desk {
    /// Complaints, what was done about the last ones, and for managers what was said of the last visits.
    pub(super) fn words_columns(
        &self,
        board: &Board,
        counter: &Counter,
        now: Now,
        book: &Book,
    ) -> Result<Vec<Column>, BookError> {
        let cases = board.cases.iter().map(|case| case_card(case, now, counter.is_manager())).collect();
        let closed = book.closed_cases(now.wall - LOOK_BACK)?;
        let closed = closed.iter().map(|closed| closed_card(closed, counter.is_manager())).collect();
        let mut columns = vec![
            Column { heading: Heading::Cases, cards: cases },
            Column { heading: Heading::Closed, cards: closed },
        ];
        if counter.is_manager() {
            let mut cards = Vec::new();
            for (at, said) in book.feedback_since(now.wall - LOOK_BACK, MOST_WORDS)? {
                let visit = said.visit.map(|id| book.visit(id)).transpose()?.flatten();
                cards.push(word_card(at, &said, visit.as_ref()));
            }
            columns.push(Column { heading: Heading::Words, cards });
        }
        Ok(columns)
    }
}

/// What somebody said of a visit.
fn word_card(at: Wall, said: &Feedback, visit: Option<&Visit>) -> Card {
    let mut facts: Vec<Fact> = said.rating.map(Fact::Rating).into_iter().collect();
    facts.extend(said.words.as_ref().map(|words| Fact::Text(words.as_str().to_owned())));
    facts.push(Fact::SaidOn(at));
    Card {
        key: format!("f:{}", at.timestamp_millis()),
        title: if said.department.is_empty() { String::new() } else { said.department.clone() },
        corner: visit.map(|visit| visit.badge.to_string()).unwrap_or_default(),
        at: None,
        facts,
        tone: match said.rating {
            _ if said.complaint => Tone::Amber,
            Some(rating) if rating > 3 => Tone::Good,
            Some(_) | None => Tone::Plain,
        },
        deeds: Vec::new(),
    }
}

/// A complaint; what was said is for managers.
pub(super) fn case_card(case: &Case, now: Now, with_words: bool) -> Card {
    let mut facts = vec![Fact::Responsible(case.responsible.clone()), Fact::Due(case.due)];
    if with_words {
        facts.insert(0, Fact::Text(case.words.clone()));
    }
    Card {
        key: format!("c:{}", case.number),
        title: case.department.clone(),
        corner: case.label(),
        at: Some(case.opened),
        facts,
        tone: if case.due < now.wall { Tone::Red } else { Tone::Amber },
        deeds: vec![Deed::CloseCase],
    }
}

/// A complaint that somebody dealt with; what was said is for managers.
fn closed_card(closed: &ClosedCase, with_words: bool) -> Card {
    let case = &closed.case;
    let mut facts = vec![Fact::Remedy(closed.done.clone()), Fact::Closed(closed.by.clone(), closed.at)];
    if with_words {
        facts.insert(0, Fact::Text(case.words.clone()));
    }
    Card {
        key: format!("c:{}", case.number),
        title: case.department.clone(),
        corner: case.label(),
        at: None,
        facts,
        tone: Tone::Good,
        deeds: Vec::new(),
    }
}
