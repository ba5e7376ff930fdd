//! Prints the numbers that are shown.

use crate::book::BookError;
use crate::desk::Page;
use crate::desk::reception::Section;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::action::Action;
use crate::desk::reception::form::Answers;
use crate::desk::reception::ordered::month;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;
use crate::errand::{NUMBERS_GOOD_FOR, NumbersSheet, NumbersTable, Work};
use crate::export;

/// So many lines under one heading are printed; the file has them all.
const MOST_PRINTED: usize = 40;

pub(super) struct PrintNumbers;

impl Perform for PrintNumbers {
    type About = OfPart;

    fn offered(on: &Place<'_>) -> bool {
        on.is_part(Section::Numbers)
    }

    fn perform(_: OfPart, request: &mut Request<'_>, _: &Answers<'_>) -> Result<Came, BookError> {
        let Request { desk, now, book, .. } = request;
        let Page::ReceptionPages(pages) = &desk.page else { return Ok(Came::Nowhere) };
        if pages.numbers.is_none() {
            return Ok(Came::Nowhere);
        }
        let (from, until) = month(pages.month, *now);
        let kinds: Vec<_> = desk.config.visit_types.iter().map(|kind| kind.kind.clone()).collect();
        let counted = export::tables(&book.numbers(from, until, *now)?, &kinds, &book.hosts()?, desk.lang);
        let work = Work::Numbers(NumbersSheet {
            period: pages.month.format("%Y-%m").to_string(),
            at: now.wall,
            tables: counted.into_iter().map(printed).collect(),
            lang: desk.lang,
        });
        let errand = book.order(&work, NUMBERS_GOOD_FOR, *now)?;
        desk.ordered(Action::PrintNumbers, String::new(), errand);
        Ok(Came::Shown)
    }
}

fn printed(counted: export::Counted) -> NumbersTable {
    let export::Counted { title, mut lines, bars } = counted;
    if bars.is_some() {
        // Nothing happened then: it need not use up paper.
        lines.retain(|(_, value)| *value > 0.0);
        lines.truncate(MOST_PRINTED);
    }
    let longest = lines.iter().map(|(_, value)| *value).fold(1.0, f64::max);
    let share = |value: f64| bars.map(|_| (value / longest * 1000.0).round() as u16);
    NumbersTable {
        title: title.to_owned(),
        lines: lines.into_iter().map(|(name, count)| (name, export::written(count), share(count))).collect(),
    }
}
