//! What managers take out of the book: files of visits and numbers, numbers on paper, and what is erased for somebody.
//! Nothing is said to be there before its errand says so.

use super::{Deed, Fact, Said, Trace};
use crate::book::{Book, BookError, Erasing, Traces};
use crate::desk::{Desk, Page};
use crate::errand::{
    EXPORT_GOOD_FOR, ErrandId, Export, Exported, NUMBERS_GOOD_FOR, NumbersSheet, NumbersTable, State, Work,
};
use crate::export;
use crate::now::{Now, Wall};
use crate::visit::VisitId;
use chrono::{Months, NaiveDate};

/// What was ordered, until another part is opened.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    deed: Deed,
    /// The file; empty: it goes to the printer.
    file: String,
    errand: ErrandId,
    state: State,
}

impl Ordered {
    pub fn said(&self) -> Said {
        Said::Ordered(self.deed, self.file.clone(), self.state)
    }

    /// As its errand stands now.
    pub fn now(mut self, book: &Book) -> Result<Self, BookError> {
        self.state = book.errand(self.errand)?.unwrap_or(self.state);
        Ok(self)
    }
}

/// How an ordered file ends, as the form offers it.
pub(super) const ENDINGS: [(&str, &str); 2] = [("Excel (.xlsx)", "xlsx"), ("CSV (.csv)", "csv")];

/// So many lines under one heading are printed; the file has them all.
const MOST_PRINTED: usize = 40;

impl Desk {
    /// A month begins, and ends.
    pub(super) fn month(month: NaiveDate, now: Now) -> (Wall, Wall) {
        let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
        (now.zone.midnight(month), now.zone.midnight(next))
    }

    /// What a part shows is written into a file of the house.
    pub(super) fn order_file(&mut self, ending: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        let Some(folder) = self.config.export.as_ref().filter(|_| counter.is_manager()) else {
            return Ok(());
        };
        let stamp = now.wall.format("%Y-%m-%dT%H%M%S");
        let (name, what) = if counter.numbers.is_some() {
            let period = counter.month.format("%Y-%m").to_string();
            let (from, until) = Self::month(counter.month, now);
            (format!("numbers-{period}"), Exported::Numbers { period, from, until })
        } else {
            ("visits".to_owned(), Exported::Visits(self.looked_for(&counter.filter)))
        };
        let file = folder.join(format!("{name}-{stamp}.{ending}"));
        let shown = file.strip_prefix(".").unwrap_or(&file).display().to_string();
        let work = Work::Export(Export { file, what, lang: self.lang, by: counter.by.clone() });
        let errand = book.order(&work, EXPORT_GOOD_FOR, now)?;
        self.ordered(Deed::Export, shown, errand);
        Ok(())
    }

    /// The numbers that are shown are printed.
    pub(super) fn print_numbers(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        if counter.numbers.is_none() {
            return Ok(());
        }
        let month = counter.month;
        let (from, until) = Self::month(month, now);
        let kinds: Vec<_> = self.config.visit_types.iter().map(|kind| kind.kind.clone()).collect();
        let counted = export::tables(&book.numbers(from, until, now)?, &kinds, &book.hosts()?, self.lang);
        let work = Work::Numbers(NumbersSheet {
            period: month.format("%Y-%m").to_string(),
            at: now.wall,
            tables: counted.into_iter().map(printed).collect(),
            lang: self.lang,
        });
        let errand = book.order(&work, NUMBERS_GOOD_FOR, now)?;
        self.ordered(Deed::PrintNumbers, String::new(), errand);
        Ok(())
    }

    fn ordered(&mut self, deed: Deed, file: String, errand: ErrandId) {
        if let Page::Counter(counter) = &mut self.page {
            counter.said = None;
            counter.ordered = Some(Ordered { deed, file, errand, state: State::Queued(None) });
            counter.stale();
        }
    }

    /// Whoever made a visit is erased; what came of it.
    pub(super) fn erase(
        &mut self,
        visit: VisitId,
        by: &str,
        now: Now,
        book: &mut Book,
    ) -> Result<Said, BookError> {
        Ok(match book.forget_whoever_made(visit, by, now)? {
            Erasing::Done(_) => {
                if let Page::Counter(counter) = &mut self.page {
                    counter.open = None;
                }
                if book.unwiped_since(now)?.is_some() { Said::Unwiped } else { Said::Done(Deed::Erase) }
            }
            Erasing::StillHere(_) => Said::StillHere,
            Erasing::Nothing => Said::TooLate,
        })
    }
}

/// What is to be erased, as the form shows it before.
pub(super) fn traces(traces: &Traces) -> Vec<Fact> {
    [
        (Trace::Here, usize::from(traces.here().is_some())),
        (Trace::Visits, traces.visits.len()),
        (Trace::Invitations, traces.invitations.len()),
        (Trace::Words, traces.words.len()),
        (Trace::Remembered, usize::from(traces.remembered)),
        (Trace::Lessons, traces.lessons),
        (Trace::Papers, traces.errands),
        (Trace::Photos, traces.photos),
        (Trace::Signatures, traces.signatures),
        (Trace::OpenCases, traces.open_cases),
        (Trace::Watched, traces.watched),
        (Trace::Nameless, traces.nameless),
        (Trace::OtherNumbers, traces.other_numbers),
        (Trace::OtherNames, traces.other_names),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(of, count)| Fact::Trace(of, count))
    .collect()
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
