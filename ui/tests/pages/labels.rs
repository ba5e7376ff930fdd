//! Two things that reception may do, look at or be told never have the same word, in any language.

use crate::desk::{ACTIONS, SECTIONS};
use crate::support::open;
use frontdesk_ui::*;
use slint::{ComponentHandle, SharedString};
use std::collections::BTreeMap;

const HEADINGS: [Heading; 19] = [
    Heading::Hand,
    Heading::Here,
    Heading::Expected,
    Heading::Left,
    Heading::Later,
    Heading::Parcels,
    Heading::Cases,
    Heading::Closed,
    Heading::Words,
    Heading::Supplies,
    Heading::Checks,
    Heading::Missed,
    Heading::Found,
    Heading::Unaccounted,
    Heading::Safe,
    Heading::Pages,
    Heading::Rolls,
    Heading::Watched,
    Heading::Machine,
];
const LABELS: [Label; 23] = [
    Label::Name,
    Label::Names,
    Label::Company,
    Label::Phone,
    Label::Host,
    Label::Purpose,
    Label::Email,
    Label::Word,
    Label::Reason,
    Label::Note,
    Label::Pass,
    Label::Done,
    Label::FirstDay,
    Label::LastDay,
    Label::From,
    Label::Until,
    Label::Weekdays,
    Label::Language,
    Label::Stock,
    Label::Type,
    Label::Party,
    Label::HowLong,
    Label::File,
];
const SLIPS: [DeskSlip; 20] = [
    DeskSlip::None,
    DeskSlip::NameMissing,
    DeskSlip::NameTooLong,
    DeskSlip::NameNoLetter,
    DeskSlip::CompanyMissing,
    DeskSlip::CompanyTooLong,
    DeskSlip::PhoneMissing,
    DeskSlip::PhoneShort,
    DeskSlip::PhoneTooLong,
    DeskSlip::PhoneNotANumber,
    DeskSlip::Missing,
    DeskSlip::NoHost,
    DeskSlip::SeveralHosts,
    DeskSlip::NoAddress,
    DeskSlip::EndsEarly,
    DeskSlip::Lent,
    DeskSlip::NoPass,
    DeskSlip::NoNumber,
    DeskSlip::TooMany,
    DeskSlip::NotEach,
];
const PLOTS: [PlotKind; 6] = [
    PlotKind::Days,
    PlotKind::Hours,
    PlotKind::Types,
    PlotKind::Departments,
    PlotKind::Hosts,
    PlotKind::Faces,
];
const FIGURES: [Figure; 7] = [
    Figure::Visits,
    Figure::NoShows,
    Figure::Assumed,
    Figure::ToBadge,
    Figure::ToAnswer,
    Figure::Satisfaction,
    Figure::Complaints,
];
/// The mails that a card may be about, as the front counts them.
const MAILS: i32 = 11;

/// What these are called; two that are called the same are named.
fn all_differ<T: std::fmt::Debug + Copy>(all: &[T], language: &str, called: impl Fn(T) -> SharedString) {
    let mut words: BTreeMap<SharedString, T> = BTreeMap::new();
    for one in all {
        let word = called(*one);
        if let Some(other) = words.insert(word.clone(), *one) {
            panic!("{other:?} and {one:?} are both called {word:?} in {language}");
        }
    }
}

#[test]
fn what_differs_is_called_differently_in_each_language() {
    for language in ["en", "zh"] {
        let kiosk = open((1080, 1920), language);
        let words = kiosk.global::<DeskWords>();
        all_differ(&ACTIONS, language, |action| words.invoke_action(action));
        all_differ(&ACTIONS, language, |action| words.invoke_question(action));
        all_differ(&SECTIONS, language, |section| words.invoke_section(section));
        all_differ(&HEADINGS, language, |heading| words.invoke_heading(heading));
        all_differ(&LABELS, language, |label| words.invoke_label(label));
        all_differ(&PLOTS, language, |plot| words.invoke_plot(plot));
        all_differ(&FIGURES, language, |figure| words.invoke_figure(figure));
        let slip = |slip| words.invoke_slip(DeskField { slip, n: 2, ..DeskField::default() });
        all_differ(&SLIPS, language, slip);
        let mail = |n| words.invoke_fact(Fact { kind: FactKind::Letter, n, ..Fact::default() });
        all_differ(&(0..MAILS).collect::<Vec<_>>(), language, mail);
    }
}

/// A new one is not forgotten here.
#[test]
fn the_lists_are_whole() {
    let source = std::fs::read_to_string("parts/desk-words.slint").expect("the words can be read");
    for (name, count) in [
        ("Action", ACTIONS.len()),
        ("Section", SECTIONS.len()),
        ("Heading", HEADINGS.len()),
        ("Label", LABELS.len()),
        ("DeskSlip", SLIPS.len()),
        ("PlotKind", PLOTS.len()),
        ("Figure", FIGURES.len()),
    ] {
        let list = source.split_once(&format!("enum {name} {{")).expect("such an enum").1;
        let list = list.split_once('}').expect("its end").0;
        assert_eq!(list.split(',').count(), count, "{name}");
    }
}
