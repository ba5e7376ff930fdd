//! Reception's pages: cards, numbers and forms, and what receptionists do on them.

use super::Ears;
use crate::desk::{
    Action, Event, FormView, NumbersView, Opened, PageView, ReceptionView, Said, Shared, Tap, View,
};
use crate::errand::PrinterState;
use crate::export::written;
use crate::front::reception::{
    action, action_of, card, card_of, fact, field, figure, heading, model, plot_kind, printer, section,
    section_of, slip, state,
};
use crate::front::values::{moment, rows, shown};
use crate::paper::staff::staff_sentence;
use crate::words::Lang;
use frontdesk_ui as ui;
use slint::{ComponentHandle, Model, SharedString};
use std::rc::Rc;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Counter>();
    page.on_lock(ears.plain(Event::Reception(Tap::Lock)));
    page.on_close(ears.plain(Event::Reception(Tap::Close)));
    page.on_go(ears.of(|to: ui::Section| Event::Reception(Tap::Go(section_of(to)))));
    page.on_narrow(ears.of(|words: SharedString| Event::Reception(Tap::Filter(words.into()))));
    page.on_ask_host(ears.of(|name: SharedString| Event::Reception(Tap::AskHost(name.into()))));
    page.on_choose_host(ears.of(|id: SharedString| Event::Reception(Tap::ChooseHost(id.into()))));
    let tell = Rc::clone(ears.tell);
    page.on_open(move |key| {
        if let Ok(Some(card)) = card_of(&key) {
            tell(Event::Reception(Tap::Card(card)));
        }
    });
    let tell = Rc::clone(ears.tell);
    page.on_do(move |action, key| {
        if let Ok(card) = card_of(&key) {
            tell(Event::Reception(Tap::Do(action_of(action), card)));
        }
    });
    let send = ears.typed(|window, ()| {
        let value = |field: ui::DeskField| {
            let is_chosen = matches!(field.kind, ui::FieldKind::Choice | ui::FieldKind::Weekdays);
            if is_chosen { field.chosen.to_string() } else { field.text.into() }
        };
        let fields = window.global::<ui::Counter>().get_fields();
        Event::Reception(Tap::Send(fields.iter().map(value).collect()))
    });
    page.on_send(move || send(()));
}

/// Shows what changed since the page `last`.
pub(super) fn show(window: &ui::Kiosk, view: &View, pages: &ReceptionView, last: Option<&PageView>) {
    let page = window.global::<ui::Counter>();
    // In another language every word is another one.
    let is_same_language = window.global::<ui::Frame>().get_language() == view.lang.code();
    let last = last.filter(|_| is_same_language);
    let last =
        last.and_then(|last| if let PageView::ReceptionPages(last) = last { Some(&**last) } else { None });
    show_part(&page, pages, view.lang);
    show_devices(&page, pages, view.lang);
    if pages.filter.is_empty() {
        page.set_typed(ui::CounterTyped::default());
    }
    if last.is_none_or(|last| last.section != pages.section) {
        page.set_chosen(ui::CounterChosen::default());
    }
    if last.is_none_or(|last| last.columns != pages.columns) {
        page.set_columns(model(&pages.columns.0, |column| ui::DeskColumn {
            heading: heading(column.heading),
            cards: model(&column.cards, |one| card(one, view.lang)),
        }));
    }
    if let Some(Shared(numbers)) = &pages.numbers
        && last.is_none_or(|last| last.numbers != pages.numbers)
    {
        show_numbers(&page, numbers);
    }
    page.set_said(said(pages.said.as_ref(), view.lang));
    if let Some(opened) = &pages.card
        && last.and_then(|last| last.card.as_ref()) != Some(opened)
    {
        show_card(&page, opened, view.lang);
    }
    if let Some(form) = &pages.form {
        show_form(&page, form, view.lang);
    }
}

fn show_part(page: &ui::Counter<'_>, pages: &ReceptionView, lang: Lang) {
    let view = page.get_view();
    let sections = pages
        .sections
        .iter()
        .map(|(part, count)| ui::SectionShown { section: section(*part), count: *count as i32 });
    page.set_view(ui::CounterView {
        by: shown(&pages.by),
        section: section(pages.section),
        sections: rows(&view.sections, sections),
        head: rows(&view.head, pages.head.iter().map(|head| fact(head, lang))),
        actions: rows(&view.actions, pages.actions.iter().map(|one| action(*one))),
        has_numbers: pages.numbers.is_some(),
        has_card: pages.card.is_some(),
        has_form: pages.form.is_some(),
    });
}

fn show_devices(page: &ui::Counter<'_>, pages: &ReceptionView, lang: Lang) {
    let devices = &pages.devices;
    page.set_devices(ui::CounterDevices {
        printer: printer(devices.printer, lang).into(),
        bad: matches!(devices.printer, PrinterState::Trouble(_)),
        low: !matches!(devices.printer, PrinterState::Ready { paper_low: false }),
        mails: devices.mails as i32,
        mail: devices.mail.map(|why| staff_sentence(why, lang)).unwrap_or_default().into(),
        disk_free: devices.disk_free.map_or(-1, i32::from),
    });
}

fn show_numbers(page: &ui::Counter<'_>, numbers: &NumbersView) {
    let figures = model(&numbers.figures, |(of, value)| ui::DeskFigure {
        figure: figure(*of),
        value: value.map_or_else(|| "–".to_owned(), written).into(),
    });
    let plots = model(&numbers.plots, |plot| {
        let highest = plot.bars.iter().map(|(_, value)| *value).fold(1.0, f64::max);
        ui::DeskPlot {
            kind: plot_kind(plot.kind),
            bars: model(&plot.bars, |(name, value)| ui::DeskBar {
                name: name.as_str().into(),
                value: written(*value).into(),
                share: (*value / highest) as f32,
            }),
        }
    });
    page.set_numbers(ui::CounterNumbers { month: moment(numbers.month), figures, plots });
}

fn said(said: Option<&Said>, lang: Lang) -> ui::CounterSaid {
    let of = |kind, of| ui::CounterSaid { kind, action: action(of), ..ui::CounterSaid::default() };
    match said {
        None => of(ui::SaidKind::None, Action::Admit),
        Some(Said::Done(what)) => of(ui::SaidKind::Done, *what),
        Some(Said::TooLate) => of(ui::SaidKind::TooLate, Action::Admit),
        Some(Said::StillHere) => of(ui::SaidKind::StillHere, Action::Erase),
        Some(Said::Unwiped) => of(ui::SaidKind::Unwiped, Action::Erase),
        Some(Said::Scanned(name)) => {
            ui::CounterSaid { file: shown(name), ..of(ui::SaidKind::Scanned, Action::Admit) }
        }
        Some(Said::SignedOut(count)) => {
            ui::CounterSaid { count: *count as i32, ..of(ui::SaidKind::SignedOut, Action::SignOutAll) }
        }
        Some(Said::Ordered(what, file, how)) => {
            let (state, why) = state(*how, lang);
            let file = file.as_str().into();
            ui::CounterSaid { file, state, why: why.into(), ..of(ui::SaidKind::Ordered, *what) }
        }
    }
}

fn show_card(page: &ui::Counter<'_>, opened: &Opened, lang: Lang) {
    page.set_card(ui::CounterCard {
        card: card(&opened.card, lang),
        story: model(&opened.story, |happened| fact(happened, lang)),
        signature: opened.signature.as_str().into(),
    });
}

fn show_form(page: &ui::Counter<'_>, form: &FormView, lang: Lang) {
    let number = form.number as i32;
    let is_new = page.get_form().number != number;
    let facts = if is_new { model(&form.facts, |one| fact(one, lang)) } else { page.get_form().facts };
    page.set_form(ui::CounterForm { action: action(form.action), about: shown(&form.about), facts, number });
    let found = form.hosts.iter().map(|host| ui::DeskHost {
        id: host.id.as_str().into(),
        name: shown(&host.name),
        at: shown(&host.at),
    });
    page.set_hosts(ui::CounterHosts {
        found: rows(&page.get_hosts().found, found),
        at: shown(&form.host_at),
    });
    if is_new {
        page.set_fields(model(&form.fields, field));
        return;
    }
    // What is typed belongs to Slint: only what is wrong with it is told again.
    let fields = page.get_fields();
    for (at, told) in form.fields.iter().enumerate() {
        if let Some(shown) = fields.row_data(at).filter(|shown| (shown.slip, shown.n) != slip(told.error)) {
            let (slip, n) = slip(told.error);
            fields.set_row_data(at, ui::DeskField { slip, n, ..shown });
        }
    }
}
