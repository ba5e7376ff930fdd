//! What was said of visits: complaints until somebody dealt with them, what was done, and words for managers.

use super::actions::offered;
use super::board::Board;
use super::place::Place;
use super::{Card, CardId, Column, Fact, Heading, ReceptionPages, Tone};
use crate::book::{Book, BookError, ClosedCase, SaidOf};
use crate::desk::Desk;
use crate::now::Now;
use crate::visit::Case;
use chrono::Duration;

/// So far back what was said and done is shown, and no more of it.
const LOOK_BACK: Duration = Duration::days(31);
const MOST_WORDS: usize = 500;

impl Desk {
    /// Complaints, what was done about the last ones, and for managers what was said of the last visits.
    pub(super) fn words_columns(
        &self,
        board: &Board,
        pages: &ReceptionPages,
        now: Now,
        book: &Book,
    ) -> Result<Vec<Column>, BookError> {
        let cases = board.cases.iter().map(|case| case_card(case, now, pages.is_manager())).collect();
        let closed = book.closed_cases(now.wall - LOOK_BACK)?;
        let closed = closed.iter().map(|closed| closed_card(closed, pages.is_manager())).collect();
        let mut columns = vec![
            Column { heading: Heading::Cases, cards: cases },
            Column { heading: Heading::Closed, cards: closed },
        ];
        if pages.is_manager() {
            let said = book.feedback_since(now.wall - LOOK_BACK, MOST_WORDS)?;
            let cards = said.iter().map(word_card).collect();
            columns.push(Column { heading: Heading::Words, cards });
        }
        Ok(columns)
    }
}

/// What somebody said of a visit.
fn word_card(SaidOf { at, said, badge }: &SaidOf) -> Card {
    let mut facts: Vec<Fact> = said.rating.map(Fact::Rating).into_iter().collect();
    facts.extend(said.words.as_ref().map(|words| Fact::Text(words.as_str().to_owned())));
    facts.push(Fact::SaidOn(*at));
    Card {
        corner: badge.clone(),
        facts,
        tone: match said.rating {
            _ if said.complaint => Tone::Amber,
            Some(rating) if rating > 3 => Tone::Good,
            Some(_) | None => Tone::Plain,
        },
        ..Card::plain(CardId::Word(at.timestamp_millis()), &said.department)
    }
}

/// A complaint with these facts; what was said is for managers.
fn complaint(case: &Case, with_words: bool, facts: [Fact; 2]) -> Card {
    let words = with_words.then(|| Fact::Text(case.words.clone()));
    Card {
        corner: case.label(),
        facts: words.into_iter().chain(facts).collect(),
        ..Card::plain(CardId::Case(case.number), &case.department)
    }
}

/// A complaint that nobody has dealt with.
pub(super) fn case_card(case: &Case, now: Now, with_words: bool) -> Card {
    Card {
        at: Some(case.opened),
        tone: if case.due < now.wall { Tone::Red } else { Tone::Amber },
        actions: offered(&Place::Case),
        ..complaint(case, with_words, [Fact::Responsible(case.responsible.clone()), Fact::Due(case.due)])
    }
}

/// A complaint that somebody dealt with.
fn closed_card(closed: &ClosedCase, with_words: bool) -> Card {
    let facts = [Fact::Remedy(closed.done.clone()), Fact::Closed(closed.by.clone(), closed.at)];
    Card { tone: Tone::Good, ..complaint(&closed.case, with_words, facts) }
}
