//! The numbers of a period: what is counted, each with its words, and as one long table with charts beside it.

use super::table::{Cell, Table};
use super::{ExportError, Format};
use crate::book::{Numbers, Spread};
use crate::visit::{Host, Kind};
use crate::words::{Lang, words};
use rust_xlsxwriter::{Chart, ChartType, Workbook};
use std::collections::BTreeMap;
use std::io::{Seek, Write};
use std::path::Path;

/// So many departments, hosts and types stand in a chart; the table has them all.
const MOST_BARS: u32 = 12;
/// A chart's size in pixels, and how many of the sheet's rows it covers with the space below it.
const CHART: (u32, u32) = (560, 320);
const CHART_ROWS: u32 = 17;

/// What is counted under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The heading.
    pub title: &'static str,
    /// What it is, and how many.
    pub lines: Vec<(String, f64)>,
    /// How it is drawn; none: its lines are no shares of one thing.
    pub bars: Option<Bars>,
}

/// How bars stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bars {
    /// Beside each other: they are in an order of their own.
    Upright,
    /// Below each other, the longest first: their names are long.
    Lying,
}

/// Writes the numbers of a period that is called so, such as `2026-11`. The rows of a workbook wait in this folder.
///
/// # Errors
/// They cannot be written; what was written is to be thrown away.
pub fn numbers<W: Write + Seek + Send>(
    (lang, format, folder): (Lang, Format, &Path),
    period: &str,
    (numbers, kinds, hosts): (&Numbers, &[Kind], &[Host]),
    out: W,
) -> Result<W, ExportError> {
    let columns =
        [(words!(lang, "numbers-about"), 20.0), (period, 36.0), (words!(lang, "numbers-value"), 12.0)];
    let mut table = Table::new(format, out, folder, &columns)?;
    let counted = tables(numbers, kinds, hosts, lang);
    for Counted { title, lines, .. } in &counted {
        for (what, value) in lines {
            table.row(&[Cell::Text(title), Cell::Text(what), Cell::Number(*value)])?;
        }
    }
    table.finish(|workbook, _| draw(workbook, &counted, lang))
}

/// A second sheet with a chart of each table.
fn draw(workbook: &mut Workbook, counted: &[Counted], lang: Lang) -> Result<(), ExportError> {
    let table = words!(lang, "numbers-sheet");
    workbook.worksheet_from_index(0)?.set_name(table)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(words!(lang, "numbers-charts"))?;
    sheet.set_print_fit_to_pages(1, 0);
    // Below the headings.
    let (mut first, mut place) = (1, 0);
    for Counted { title, lines, bars } in counted {
        let next = first + u32::try_from(lines.len()).unwrap_or(u32::MAX);
        if let (Some(bars), false) = (bars, lines.is_empty()) {
            let last = next.min(first + if *bars == Bars::Lying { MOST_BARS } else { u32::MAX - first }) - 1;
            let mut chart = Chart::new(match bars {
                Bars::Upright => ChartType::Column,
                Bars::Lying => ChartType::Bar,
            });
            let series = chart.add_series();
            series.set_categories((table, first, 1, last, 1)).set_values((table, first, 2, last, 2));
            chart.title().set_name(*title);
            chart.legend().set_hidden();
            if *bars == Bars::Lying {
                // The first line is the topmost one.
                chart.x_axis().set_reverse();
            }
            chart.set_width(CHART.0).set_height(CHART.1);
            sheet.insert_chart(place, 0, &chart)?;
            place += CHART_ROWS;
        }
        first = next;
    }
    Ok(())
}

/// What a type of visit is called that the kiosk does not know: none was said where somebody was invited, or it is over.
pub fn kind_unknown(id: &str, lang: Lang) -> String {
    if id.is_empty() { words!(lang, "numbers-invited").to_owned() } else { id.to_owned() }
}

/// A department as it is counted; hosts may have none.
pub fn department(name: &str) -> String {
    if name.is_empty() { "–".to_owned() } else { name.to_owned() }
}

/// What is counted, in words of this language, in the order of the review.
pub fn tables(numbers: &Numbers, kinds: &[Kind], hosts: &[Host], lang: Lang) -> Vec<Counted> {
    let kind = |id: &str| match kinds.iter().find(|kind| kind.id == id) {
        Some(kind) => kind.name.get(lang).to_owned(),
        None => kind_unknown(id, lang),
    };
    let by_id: BTreeMap<&str, &Host> = hosts.iter().map(|host| (host.id.as_str(), host)).collect();
    let mut departments = BTreeMap::<&str, u32>::new();
    let mut of_hosts = Vec::new();
    for (id, count) in &numbers.hosts {
        let host = by_id.get(id.as_str());
        *departments.entry(host.map_or("", |host| host.department.get(lang))).or_default() += count;
        of_hosts.push((host.map_or(id.as_str(), |host| host.name.get(lang)).to_owned(), f64::from(*count)));
    }
    let mut departments: Vec<_> =
        departments.into_iter().map(|(name, count)| (department(name), f64::from(count))).collect();
    departments.sort_by(|a, b| b.1.total_cmp(&a.1));
    let days = numbers.days.iter().map(|(day, count)| (day.to_string(), f64::from(*count))).collect();
    let hours = (0..24).zip(numbers.hours).map(|(hour, count)| (format!("{hour:02}:00"), f64::from(count)));
    let faces =
        (1..).zip(numbers.faces).map(|(face, count): (u32, u32)| (face.to_string(), f64::from(count)));
    let kinds = numbers.kinds.iter().map(|(id, count)| (kind(id), f64::from(*count))).collect();
    let counted = |title, lines, bars| Counted { title, lines, bars };
    let (upright, lying) = (Some(Bars::Upright), Some(Bars::Lying));
    vec![
        counted(words!(lang, "numbers-summary"), summary(numbers, lang), None),
        counted(words!(lang, "numbers-by-day"), days, upright),
        counted(words!(lang, "numbers-by-hour"), hours.collect(), upright),
        counted(words!(lang, "numbers-by-type"), kinds, lying),
        counted(words!(lang, "numbers-by-department"), departments, lying),
        counted(words!(lang, "numbers-by-host"), of_hosts, lying),
        counted(words!(lang, "numbers-satisfaction"), faces.collect(), upright),
    ]
}

fn summary(numbers: &Numbers, lang: Lang) -> Vec<(String, f64)> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    let mut say = |what: &str, value: f64| lines.push((what.to_owned(), value));
    say(words!(lang, "numbers-visits"), numbers.visits.into());
    say(words!(lang, "numbers-people"), numbers.people.into());
    let Spread { count, median, nine_tenths, mean } = numbers.badge;
    if count > 0 {
        say(words!(lang, "numbers-badges"), count.into());
        say(words!(lang, "numbers-badge-median"), median);
        say(words!(lang, "numbers-badge-nine-tenths"), nine_tenths);
        say(words!(lang, "numbers-badge-mean"), mean);
    }
    let Spread { count, median, nine_tenths, mean } = numbers.answer;
    if count > 0 {
        say(words!(lang, "numbers-asked"), count.into());
        say(words!(lang, "numbers-answer-median"), median / 60.0);
        say(words!(lang, "numbers-answer-nine-tenths"), nine_tenths / 60.0);
        say(words!(lang, "numbers-answer-mean"), mean / 60.0);
    }
    say(words!(lang, "numbers-declined"), numbers.declined.into());
    say(words!(lang, "numbers-assumed"), numbers.assumed.into());
    say(words!(lang, "numbers-invitations"), numbers.invitations.into());
    say(words!(lang, "numbers-no-shows"), numbers.no_shows.into());
    if let Some(mean) = numbers.satisfaction() {
        say(words!(lang, "numbers-satisfaction-mean"), mean);
    }
    say(words!(lang, "numbers-complaints"), numbers.complaints.into());
    say(words!(lang, "numbers-in-time"), numbers.in_time.into());
    say(words!(lang, "numbers-late"), numbers.late.into());
    lines
}
