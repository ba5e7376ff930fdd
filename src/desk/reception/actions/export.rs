//! Writes what a part shows into a file of the house. It is not said to be there before its errand says so.

use crate::book::BookError;
use crate::desk::Page;
use crate::desk::reception::about::OfPart;
use crate::desk::reception::action::Action;
use crate::desk::reception::form::{Answers, Asks, choice};
use crate::desk::reception::ordered::month;
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{Choice, Label, Section};
use crate::errand::{EXPORT_GOOD_FOR, Exported, Work};

/// How the file ends, as the form offers it and as it is.
const ENDINGS: [(&str, &str); 2] = [("Excel (.xlsx)", "xlsx"), ("CSV (.csv)", "csv")];

pub(super) struct Export;

impl Perform for Export {
    type About = OfPart;

    const FOR_MANAGERS: bool = true;

    fn offered(on: &Place<'_>) -> bool {
        let Place::Part(part) = on else { return false };
        part.exports && (part.section == Section::Numbers || part.section == Section::History)
    }

    fn step(_: &OfPart, request: &Request<'_>) -> Result<Step, BookError> {
        if request.desk.config.export.is_none() {
            return Ok(Step::Nowhere);
        }
        let endings = ENDINGS.map(|(name, _)| Choice::Text(name.to_owned()));
        Ok(Asks::these(vec![choice(Label::File, endings.to_vec(), 0)]).into())
    }

    fn perform(_: OfPart, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let Request { desk, now, book, by } = request;
        let (Page::ReceptionPages(pages), Some(folder)) = (&desk.page, &desk.config.export) else {
            return Ok(Came::Nowhere);
        };
        let (_, ending) = answers.place(Label::File).and_then(|at| ENDINGS.get(at)).unwrap_or(&ENDINGS[0]);
        let stamp = now.wall.format("%Y-%m-%dT%H%M%S");
        let (name, what) = if pages.numbers.is_some() {
            let period = pages.month.format("%Y-%m").to_string();
            let (from, until) = month(pages.month, *now);
            (format!("numbers-{period}"), Exported::Numbers { period, from, until })
        } else {
            ("visits".to_owned(), Exported::Visits(desk.looked_for(&pages.filter)))
        };
        let file = folder.join(format!("{name}-{stamp}.{ending}"));
        let shown = file.strip_prefix(".").unwrap_or(&file).display().to_string();
        let export = crate::errand::Export { file, what, lang: desk.lang, by: (*by).to_owned() };
        let errand = book.order(&Work::Export(export), EXPORT_GOOD_FOR, *now)?;
        desk.ordered(Action::Export, shown, errand);
        Ok(Came::Shown)
    }
}
